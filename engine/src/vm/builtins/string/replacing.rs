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
/// The native cell of the [`Matches`].
const MATCHES: Slot = Slot::new(2);
/// How many matches the function has seen.
const SEEN: Slot = Slot::new(3);
/// What it gave for them: an array of strings.
const PARTS: Slot = Slot::new(4);

/// Names of groups with the numbers of their groups.
pub(in crate::vm::builtins) type GroupNames = Arc<[(PropKey, Vec<u32>)]>;

/// All matches.
#[derive(Debug)]
struct Matches {
    /// Start and end of each match and its groups, `width` numbers a match; `usize::MAX` for groups that took no part.
    positions: Vec<usize>,
    width: usize,
    names: GroupNames,
}

impl NativeData for Matches {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.names
            .iter()
            .for_each(|(name, _)| tracer.value(name.value()));
    }

    fn external_bytes(&self) -> usize {
        self.positions.capacity() * size_of::<usize>()
    }
}

/// The first step: `positions` of all matches, `width` numbers each, at least two.
///
/// # Errors
/// `RangeError` when the arguments do not fit on the stack.
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
    let matches = vm.heap.new_native(Matches {
        positions,
        width,
        names,
    });
    frame.set(STRING, string);
    frame.set(FUNCTION, function);
    frame.set(MATCHES, matches);
    frame.set(SEEN, Value::ZERO);
    let parts = vm.new_array();
    frame.set(PARTS, parts);
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
    let parts = frame.object(vm, PARTS)?;
    vm.heap.push_dense(parts, replaced.into());
    let string = vm.to_string(frame.get(STRING))?;
    call_next(vm, frame, string)
}

/// Calls the function for the next match, or ends.
fn call_next(vm: &mut Vm, frame: &mut NativeFrame<'_>, string: Str) -> Completion<Step> {
    let seen = frame.index(SEEN);
    let Some(matches) = vm.heap.native::<Matches>(frame.get(MATCHES)) else {
        return Ok(Step::Return(string.into()));
    };
    let at = seen * matches.width;
    let function = frame.get(FUNCTION);
    match matches.positions.get(at..at + matches.width) {
        None => join(vm, frame, string),
        Some(&[start, end]) => {
            frame.set(SEEN, Value::from(seen + 1));
            let matched = vm.capture_value_at(string, start, end);
            let values = [matched, Value::from(start), string.into()];
            Ok(frame.call(function, Value::UNDEFINED, values))
        }
        Some(found) => {
            frame.set(SEEN, Value::from(seen + 1));
            let (found, names) = (found.to_vec(), Arc::clone(&matches.names));
            let mut list = vm.capture_values(string, &found);
            let groups = (!names.is_empty()).then(|| {
                let values = vm.new_array_from(&list);
                vm.groups_object(&names, values)
            });
            list.push(Value::from(found.first().copied().unwrap_or(0)));
            list.push(string.into());
            list.extend(groups.map(Value::from));
            frame.call_with(vm, function, Value::UNDEFINED, &list)
        }
    }
}

/// The string with its parts in place of the matches.
fn join(vm: &mut Vm, frame: &NativeFrame<'_>, string: Str) -> Completion<Step> {
    let parts = frame.object(vm, PARTS)?;
    let mut builder = StringBuilder::default();
    let mut from = 0;
    for index in 0..parts.dense_len() {
        let Some(matches) = vm.heap.native::<Matches>(frame.get(MATCHES)) else {
            break;
        };
        let at = index as usize * matches.width;
        let Some(&[start, end]) = matches.positions.get(at..at + 2) else {
            break;
        };
        push_part(vm, &mut builder, string, from, start)?;
        if let Some(part) = parts.dense(index).as_string() {
            builder.push_str(vm, part)?;
        }
        from = end;
        vm.work(1)?;
    }
    push_part(vm, &mut builder, string, from, string.len())?;
    Ok(Step::Return(builder.complete(vm)?.into()))
}
