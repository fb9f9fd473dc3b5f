//! The methods that call a function for each element. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object>.
//!
//! They are resumable (`interpreter::native_frame`): each step takes the callback's result and calls it for the next element.

use super::{
    View,
    create::{species_create, validate},
};
use crate::vm::{
    interpreter::{NativeFrame, Phase, Slot, Step, set_typed_element, typed_element},
    machine::{Completion, Vm},
    value::Value,
};

/// The array's length when the method was called.
const LENGTH: Slot = Slot::new(0);
/// The index after that of the last call; descending: the index of the last call.
const INDEX: Slot = Slot::new(1);
/// The element of the last call.
const ELEMENT: Slot = Slot::new(2);
/// The typed array that `map` makes, or an array of what `filter` keeps.
const RESULT: Slot = Slot::new(3);
/// What `reduce` has so far.
const ACCUMULATOR: Slot = Slot::new(3);

/// Declares the methods.
pub(super) fn install(vm: &mut Vm, prototype: crate::vm::heap::Obj) {
    vm.define_resumables(
        prototype,
        &[
            ("every", 1, every),
            ("filter", 1, filter),
            ("find", 1, find),
            ("findIndex", 1, find_index),
            ("findLast", 1, find_last),
            ("findLastIndex", 1, find_last_index),
            ("forEach", 1, for_each),
            ("map", 1, map),
            ("reduce", 1, reduce),
            ("reduceRight", 1, reduce_right),
            ("some", 1, some),
        ],
    );
}

/// Checks `this` and the callback.
fn start(vm: &mut Vm, frame: &mut NativeFrame<'_>, method: &str) -> Completion<(View, usize)> {
    let (view, len) = validate(vm, frame.this(), method)?;
    if !vm.is_callable(frame.arg(0)) {
        let text = vm.display(frame.arg(0));
        return Err(vm.throw_type(format!("{text} is not a function")));
    }
    frame.set(LENGTH, Value::from(len));
    frame.set(INDEX, Value::ZERO);
    Ok((view, len))
}

/// The next index, ascending, and its element: undefined where the array has shrunk.
#[inline]
fn next(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<(Value, Value)> {
    let index = frame.index(INDEX);
    if index >= frame.index(LENGTH) {
        return None;
    }
    frame.set(INDEX, Value::from(index + 1));
    Some((Value::from(index), element(vm, frame, index)))
}

/// As [`next`], descending: the length was put where the index is.
fn previous(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<(Value, Value)> {
    let index = frame.number(INDEX) - 1.0;
    if index < 0.0 {
        return None;
    }
    frame.set(INDEX, Value::number(index));
    Some((Value::number(index), element(vm, frame, index as usize)))
}

#[inline]
fn element(vm: &mut Vm, frame: &NativeFrame<'_>, index: usize) -> Value {
    let Some(array) = frame.this().as_object() else {
        return Value::UNDEFINED;
    };
    // FAST PATH: numbers.
    let value = typed_element(array, index);
    if !value.is_hole() {
        return value;
    }
    View::of(array).map_or(Value::UNDEFINED, |view| view.get(&mut vm.heap, index))
}

/// Calls the callback for the next element; `None` when there is none.
#[inline]
fn call(frame: &mut NativeFrame<'_>, next: Option<(Value, Value)>) -> Option<Step> {
    let (index, element) = next?;
    frame.set(ELEMENT, element);
    Some(frame.call(frame.arg(0), frame.arg(1), [element, index, frame.this()]))
}

fn every(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame, "prototype.every")?;
    } else if !vm.to_boolean(frame.result()) {
        return Ok(Step::Return(Value::FALSE));
    }
    let next = next(vm, frame);
    Ok(call(frame, next).unwrap_or(Step::Return(Value::TRUE)))
}

fn some(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame, "prototype.some")?;
    } else if vm.to_boolean(frame.result()) {
        return Ok(Step::Return(Value::TRUE));
    }
    let next = next(vm, frame);
    Ok(call(frame, next).unwrap_or(Step::Return(Value::FALSE)))
}

/// Looks for an element, ascending: `found` tells what to return then, `missing` is returned at the end.
fn search(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    method: &str,
    found: impl FnOnce(&NativeFrame<'_>) -> Value,
    missing: Value,
) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame, method)?;
    } else if vm.to_boolean(frame.result()) {
        return Ok(Step::Return(found(frame)));
    }
    let next = next(vm, frame);
    Ok(call(frame, next).unwrap_or(Step::Return(missing)))
}

/// As [`search`], descending.
fn search_back(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    method: &str,
    found: impl FnOnce(&NativeFrame<'_>) -> Value,
    missing: Value,
) -> Completion<Step> {
    if phase == Phase::Start {
        let (_, len) = start(vm, frame, method)?;
        frame.set(INDEX, Value::from(len));
    } else if vm.to_boolean(frame.result()) {
        return Ok(Step::Return(found(frame)));
    }
    let previous = previous(vm, frame);
    Ok(call(frame, previous).unwrap_or(Step::Return(missing)))
}

fn find(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let found = |frame: &NativeFrame<'_>| frame.get(ELEMENT);
    search(vm, frame, phase, "prototype.find", found, Value::UNDEFINED)
}

fn find_last(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let found = |frame: &NativeFrame<'_>| frame.get(ELEMENT);
    let missing = Value::UNDEFINED;
    search_back(vm, frame, phase, "prototype.findLast", found, missing)
}

fn find_index(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let found = |frame: &NativeFrame<'_>| Value::number(frame.number(INDEX) - 1.0);
    let missing = Value::int(-1);
    search(vm, frame, phase, "prototype.findIndex", found, missing)
}

fn find_last_index(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let found = |frame: &NativeFrame<'_>| frame.get(INDEX);
    let missing = Value::int(-1);
    search_back(vm, frame, phase, "prototype.findLastIndex", found, missing)
}

fn for_each(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame, "prototype.forEach")?;
    }
    let next = next(vm, frame);
    Ok(call(frame, next).unwrap_or(Step::Return(Value::UNDEFINED)))
}

fn map(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    const METHOD: &str = "prototype.map";
    if phase == Phase::Start {
        let (view, len) = start(vm, frame, METHOD)?;
        let new = species_create(vm, &view, len, METHOD)?;
        frame.set(RESULT, new.array);
    } else {
        let index = frame.index(INDEX) - 1;
        let new = frame.object(vm, RESULT)?;
        // FAST PATH: numbers.
        if !set_typed_element(new, index, frame.result())
            && let Some(new) = View::of(new)
        {
            let bits = new.kind.convert(vm, frame.result())?;
            new.set_bits(index, bits);
        }
    }
    let next = next(vm, frame);
    let end = Step::Return(frame.get(RESULT));
    Ok(call(frame, next).unwrap_or(end))
}

fn filter(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    const METHOD: &str = "prototype.filter";
    if phase == Phase::Start {
        start(vm, frame, METHOD)?;
        let kept = vm.new_array();
        frame.set(RESULT, kept);
    } else if vm.to_boolean(frame.result()) {
        let kept = frame.object(vm, RESULT)?;
        vm.array_push(kept, frame.get(ELEMENT))?;
    }
    let next = next(vm, frame);
    if let Some(step) = call(frame, next) {
        return Ok(step);
    }
    let kept = frame.object(vm, RESULT)?;
    let len = kept.dense_len();
    let Some(view) = View::of_value(frame.this()) else {
        return Ok(Step::Return(Value::UNDEFINED));
    };
    let new = species_create(vm, &view, len as usize, METHOD)?;
    for index in 0..len {
        vm.work(1)?;
        let bits = new.kind.convert(vm, kept.dense(index))?;
        new.set_bits(index as usize, bits);
    }
    Ok(Step::Return(new.array.into()))
}

fn reduce(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    fold(vm, frame, phase, false)
}

fn reduce_right(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    fold(vm, frame, phase, true)
}

fn fold(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    descending: bool,
) -> Completion<Step> {
    let next = if descending { previous } else { next };
    if phase == Phase::Start {
        let method = if descending {
            "prototype.reduceRight"
        } else {
            "prototype.reduce"
        };
        let (_, len) = start(vm, frame, method)?;
        if descending {
            frame.set(INDEX, Value::from(len));
        }
        let first = if frame.argc() > 1 {
            frame.arg(1)
        } else if let Some((_, first)) = next(vm, frame) {
            first
        } else {
            return Err(vm.throw_type("Reduce of empty array with no initial value"));
        };
        frame.set(ACCUMULATOR, first);
    } else {
        frame.set(ACCUMULATOR, frame.result());
    }
    let so_far = frame.get(ACCUMULATOR);
    let Some((index, element)) = next(vm, frame) else {
        return Ok(Step::Return(so_far));
    };
    let values = [so_far, element, index, frame.this()];
    Ok(frame.call(frame.arg(0), Value::UNDEFINED, values))
}
