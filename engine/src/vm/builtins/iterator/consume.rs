//! Methods that use an iterator up: `every`, `find`, `forEach`, `includes`, `join`, `reduce`, `some`, `toArray`.
//!
//! Those that call back, and `toArray`, are resumable: each step takes what the iterator or the callback returned, and calls
//! the other.

use super::{
    close_with,
    stepping::{self, Asked, answer},
    this_and_callback, this_object,
};
use crate::vm::{
    builtins::{
        array::{MAX_LENGTH, check_room},
        string::StringBuilder,
    },
    heap::Obj,
    interpreter::{NativeFrame, Phase, Slot, Step},
    machine::{Args, Completion, Throw, Vm},
    value::Value,
};

/// What the callback is called for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    ForEach,
    Some,
    Every,
    Find,
    Reduce,
}

/// What was called last: one of the three below.
const CALLED: Slot = Slot::new(0);
const NEXT: Value = Value::int(0);
const CALLBACK: Value = Value::int(1);
const RETURN: Value = Value::int(2);
/// The iterator and its `next`.
const ITERATOR: Slot = Slot::new(1);
const NEXT_METHOD: Slot = Slot::new(2);
/// How many values the callback was called with.
const COUNTER: Slot = Slot::new(3);
/// The value of the last call; what is returned, while the iterator closes.
const VALUE: Slot = Slot::new(4);
/// What `reduce` has so far, the hole before there is anything; the array of `toArray`.
const ACCUMULATOR: Slot = Slot::new(5);

/// `Iterator.prototype.forEach`
pub(super) fn for_each(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    visit(vm, frame, phase, Method::ForEach)
}

/// `Iterator.prototype.some`
pub(super) fn some(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    visit(vm, frame, phase, Method::Some)
}

/// `Iterator.prototype.every`
pub(super) fn every(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    visit(vm, frame, phase, Method::Every)
}

/// `Iterator.prototype.find`
pub(super) fn find(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    visit(vm, frame, phase, Method::Find)
}

/// `Iterator.prototype.reduce`
pub(super) fn reduce(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    visit(vm, frame, phase, Method::Reduce)
}

/// Calls the callback with each value and its number.
fn visit(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    method: Method,
) -> Completion<Step> {
    let called = frame.get(CALLED);
    let asked = match phase {
        Phase::Start => {
            start(vm, frame, method)?;
            ask(vm, frame)?
        }
        Phase::Caught => return Err(caught(vm, frame)),
        Phase::Result if called == NEXT => answer(vm, frame.result())?,
        Phase::Result if called == RETURN => return returned(vm, frame),
        Phase::Result => {
            if let Some(end) = judge(vm, frame, method) {
                return close(vm, frame, end);
            }
            ask(vm, frame)?
        }
    };
    match asked {
        Asked::Call(step) => Ok(step),
        Asked::Value(value) => pass(vm, frame, method, value),
        Asked::Done => end(vm, frame, method).map(Step::Return),
    }
}

fn start(vm: &mut Vm, frame: &mut NativeFrame<'_>, method: Method) -> Completion<()> {
    let name = match method {
        Method::ForEach => "forEach",
        Method::Some => "some",
        Method::Every => "every",
        Method::Find => "find",
        Method::Reduce => "reduce",
    };
    let (object, _) = this_and_callback(vm, &frame.args(), name)?;
    open(vm, frame, object)?;
    let accumulator = if frame.argc() < 2 {
        Value::HOLE
    } else {
        frame.arg(1)
    };
    frame.set(ACCUMULATOR, accumulator);
    Ok(())
}

fn open(vm: &mut Vm, frame: &mut NativeFrame<'_>, object: Obj) -> Completion<()> {
    let record = vm.get_iterator_direct(object)?;
    frame.set(ITERATOR, record.iterator);
    frame.set(NEXT_METHOD, record.next);
    frame.set(COUNTER, Value::ZERO);
    Ok(())
}

/// Asks the iterator for its next value.
#[inline]
fn ask(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<Asked> {
    frame.set(CALLED, NEXT);
    let (iterator, next) = (frame.object(vm, ITERATOR)?, frame.get(NEXT_METHOD));
    stepping::ask(vm, frame, iterator, next)
}

/// Calls the callback with the value.
fn pass(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    method: Method,
    value: Value,
) -> Completion<Step> {
    let (function, counter) = (frame.arg(0), frame.get(COUNTER));
    frame.set(COUNTER, Value::number(frame.number(COUNTER) + 1.0));
    if method != Method::Reduce {
        frame.set(CALLED, CALLBACK);
        frame.set(VALUE, value);
        return Ok(frame.call(function, Value::UNDEFINED, [value, counter]));
    }
    let accumulator = frame.get(ACCUMULATOR);
    if !accumulator.is_hole() {
        frame.set(CALLED, CALLBACK);
        return Ok(frame.call(function, Value::UNDEFINED, [accumulator, value, counter]));
    }
    frame.set(ACCUMULATOR, value);
    match ask(vm, frame)? {
        Asked::Call(step) => Ok(step),
        Asked::Value(value) => pass(vm, frame, method, value),
        Asked::Done => end(vm, frame, method).map(Step::Return),
    }
}

/// Takes the callback's result; gives what ends the loop and closes the iterator.
fn judge(vm: &mut Vm, frame: &mut NativeFrame<'_>, method: Method) -> Option<Value> {
    let result = frame.result();
    match method {
        Method::ForEach => None,
        Method::Some => vm.to_boolean(result).then_some(Value::TRUE),
        Method::Every => (!vm.to_boolean(result)).then_some(Value::FALSE),
        Method::Find => vm.to_boolean(result).then(|| frame.get(VALUE)),
        Method::Reduce => {
            frame.set(ACCUMULATOR, result);
            None
        }
    }
}

/// What the method returns once there are no more values.
fn end(vm: &mut Vm, frame: &NativeFrame<'_>, method: Method) -> Completion {
    match method {
        Method::ForEach | Method::Find => Ok(Value::UNDEFINED),
        Method::Some => Ok(Value::FALSE),
        Method::Every => Ok(Value::TRUE),
        Method::Reduce if frame.get(ACCUMULATOR).is_hole() => {
            Err(vm.throw_type("Reduce of a done iterator with no initial value"))
        }
        Method::Reduce => Ok(frame.get(ACCUMULATOR)),
    }
}

/// Closes the iterator, then returns `value`.
fn close(vm: &mut Vm, frame: &mut NativeFrame<'_>, value: Value) -> Completion<Step> {
    frame.set(CALLED, RETURN);
    frame.set(VALUE, value);
    let iterator = frame.object(vm, ITERATOR)?;
    Ok(stepping::close(vm, frame, iterator)?.unwrap_or(Step::Return(value)))
}

/// The iterator's `return` returned.
fn returned(vm: &mut Vm, frame: &NativeFrame<'_>) -> Completion<Step> {
    stepping::check_closed(vm, frame.result())?;
    Ok(Step::Return(frame.get(VALUE)))
}

/// What the callback throws closes the iterator; what the iterator throws does not.
fn caught(vm: &mut Vm, frame: &NativeFrame<'_>) -> Throw {
    let throw = Throw(frame.result());
    match frame.get(ITERATOR).as_object() {
        Some(iterator) if frame.get(CALLED) == CALLBACK => close_with(vm, iterator, throw),
        _ => throw,
    }
}

/// `Iterator.prototype.toArray`
pub(super) fn to_array(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let mut asked = if phase == Phase::Start {
        let object = this_object(vm, &frame.args(), "toArray")?;
        open(vm, frame, object)?;
        let array = vm.new_array();
        frame.set(ACCUMULATOR, array);
        ask(vm, frame)?
    } else {
        answer(vm, frame.result())?
    };
    let array = frame.object(vm, ACCUMULATOR)?;
    loop {
        let value = match asked {
            Asked::Call(step) => return Ok(step),
            Asked::Done => return Ok(Step::Return(array.into())),
            Asked::Value(value) => value,
        };
        check_room(vm, f64::from(array.dense_len()) + 1.0)?;
        vm.array_push(array, value)?;
        asked = ask(vm, frame)?;
    }
}

/// `Iterator.prototype.includes`. Source: <https://tc39.es/proposal-iterator-includes/>.
pub(super) fn includes(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = this_object(vm, args, "includes")?;
    let mut skipped = match skipped_argument(vm, args.at(1)) {
        Ok(skipped) => skipped,
        Err(throw) => return Err(close_with(vm, object, throw)),
    };
    let mut record = vm.get_iterator_direct(object)?;
    while let Some(value) = vm.iterator_step_value(&mut record)? {
        if skipped > 0.0 {
            skipped -= 1.0;
        } else if vm.heap.same_value_zero(value, args.at(0)) {
            return vm.iterator_close(&record, Ok(Value::TRUE));
        }
    }
    Ok(Value::FALSE)
}

/// How many values to skip: an integral number or infinity, without conversion.
fn skipped_argument(vm: &mut Vm, value: Value) -> Completion<f64> {
    match value.as_number() {
        None if value.is_undefined() => Ok(0.0),
        Some(number) if number == number.trunc() => {
            if number >= 0.0 && (number.is_infinite() || number <= MAX_LENGTH) {
                return Ok(number);
            }
            let text = vm.display(value);
            Err(vm.throw_range(format!("{text} is out of range")))
        }
        _ => {
            let text = vm.display(value);
            Err(vm.throw_type(format!("{text} is not an integral number")))
        }
    }
}

/// `Iterator.prototype.join`. Source: <https://tc39.es/proposal-iterator-join/>.
pub(super) fn join(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = this_object(vm, args, "join")?;
    let separator = if args.at(0).is_undefined() {
        vm.str(",")
    } else {
        match vm.to_string(args.at(0)) {
            Ok(separator) => separator,
            Err(throw) => return Err(close_with(vm, object, throw)),
        }
    };
    vm.root(separator);
    let mut record = vm.get_iterator_direct(object)?;
    let mut text = StringBuilder::default();
    let mut is_first = true;
    let mark = vm.root_mark();
    while let Some(value) = vm.iterator_step_value(&mut record)? {
        if !is_first {
            vm.append(&mut text, separator)?;
        }
        is_first = false;
        if !value.is_nullish() {
            vm.root(value);
            let part = vm.to_string(value);
            let part = vm.close_on_error(&record, part)?;
            vm.append(&mut text, part)?;
        }
        vm.unroot_to(mark);
    }
    Ok(text.complete(vm)?.into())
}
