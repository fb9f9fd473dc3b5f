//! Replacing matches by what a function gives for each: the steps that `String.prototype.replace`, `replaceAll` and
//! `RegExp.prototype[Symbol.replace]` share.
//!
//! All matches are found before the function sees the first.

use std::sync::Arc;

use super::StringBuilder;
use crate::vm::{
    builtins::regexp::push_part,
    heap::{NativeData, Str, Tracer},
    interpreter::{NativeFrame, Slot, Step},
    machine::{Completion, Vm},
    object::PropKey,
    value::Value,
};

/// The string in which matches are replaced.
const STRING: Slot = Slot::new(0);
/// The function.
const FUNCTION: Slot = Slot::new(1);
/// The native cell of the [`Replacing`].
const STATE: Slot = Slot::new(2);

/// Names of groups with the numbers of their groups.
pub(in crate::vm::builtins) type GroupNames = Arc<[(PropKey, Vec<u32>)]>;

/// What is done so far.
#[derive(Debug)]
struct Replacing {
    /// Start and end of each match and its groups, `width` numbers a match; `usize::MAX` for groups that took no part.
    positions: Vec<usize>,
    width: usize,
    /// How many matches the function has seen.
    seen: usize,
    names: GroupNames,
    builder: StringBuilder,
    /// Where the last match ended.
    end_of_last: usize,
    bytes: usize,
}

impl NativeData for Replacing {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.names
            .iter()
            .for_each(|(name, _)| tracer.value(name.value()));
    }

    fn external_bytes(&self) -> usize {
        self.bytes
    }
}

/// The first step: `positions` of all matches, `width` numbers each, at least two.
///
/// # Errors
/// As [`proceed`].
pub(in crate::vm::builtins) fn begin(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    string: Str,
    function: Value,
    (positions, width, names): (Vec<usize>, usize, GroupNames),
) -> Completion<Step> {
    if positions.is_empty() || width < 2 {
        return Ok(Step::Return(string.into()));
    }
    let state = vm.heap.new_native(Replacing {
        bytes: positions.capacity() * size_of::<usize>(),
        positions,
        width,
        seen: 0,
        names,
        builder: StringBuilder::default(),
        end_of_last: 0,
    });
    frame.set(STRING, string);
    frame.set(FUNCTION, function);
    frame.set(STATE, state);
    call_next(vm, frame, string)
}

/// The step after the function returned.
///
/// # Errors
/// Whatever the conversion of its result throws; `RangeError` when the string gets too long.
pub(in crate::vm::builtins) fn proceed(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
) -> Completion<Step> {
    let replaced = vm.to_string(frame.result())?;
    let string = vm.to_string(frame.get(STRING))?;
    with_builder(vm, frame, |vm, builder| builder.push_str(vm, replaced))?;
    call_next(vm, frame, string)
}

fn state<'v>(vm: &'v mut Vm, frame: &NativeFrame<'_>) -> Option<&'v mut Replacing> {
    vm.heap.native_mut(frame.get(STATE))
}

fn with_builder<T>(
    vm: &mut Vm,
    frame: &NativeFrame<'_>,
    work: impl FnOnce(&mut Vm, &mut StringBuilder) -> T,
) -> T {
    let mut builder = state(vm, frame).map_or_else(StringBuilder::default, |state| {
        std::mem::take(&mut state.builder)
    });
    let result = work(vm, &mut builder);
    if let Some(state) = state(vm, frame) {
        state.builder = builder;
    }
    result
}

/// Calls the function for the next match, or ends.
fn call_next(vm: &mut Vm, frame: &mut NativeFrame<'_>, string: Str) -> Completion<Step> {
    let Some(state) = state(vm, frame) else {
        return Ok(Step::Return(string.into()));
    };
    let (from, at) = (state.end_of_last, state.seen * state.width);
    let Some(found) = state
        .positions
        .get(at..at + state.width)
        .map(<[usize]>::to_vec)
    else {
        return with_builder(vm, frame, |vm, builder| {
            push_part(vm, builder, string, from, string.len())?;
            Ok(Step::Return(std::mem::take(builder).finish(vm).into()))
        });
    };
    let start = found.first().copied().unwrap_or(0);
    state.end_of_last = found.get(1).copied().unwrap_or(start);
    state.seen += 1;
    let names = Arc::clone(&state.names);
    with_builder(vm, frame, |vm, builder| {
        push_part(vm, builder, string, from, start)
    })?;
    let function = frame.get(FUNCTION);
    if let ([start, end], true) = (&*found, names.is_empty()) {
        let matched = vm.heap.substring(string, *start, *end);
        let values = [matched.into(), Value::from(*start), string.into()];
        return Ok(frame.call(function, Value::UNDEFINED, values));
    }
    let mut list = vm.capture_values(string, &found);
    let groups = (!names.is_empty()).then(|| {
        let values = vm.new_array_from(&list);
        vm.groups_object(&names, values)
    });
    list.push(Value::from(start));
    list.push(string.into());
    list.extend(groups.map(Value::from));
    frame.call_with(vm, function, Value::UNDEFINED, &list)
}
