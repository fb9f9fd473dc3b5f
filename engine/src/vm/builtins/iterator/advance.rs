//! `next` and `return` of iterator helpers, as steps of native frames: the iterators and callbacks below them are calls of
//! the frame and do not nest the interpreter.

use super::{
    close_with,
    helper::{self, COUNT, FUNCTION, INNER, Kinds, OUTER, States, record},
    stepping::{self, Asked, answer},
    zip,
};
use crate::vm::{
    heap::{Cell, Obj},
    interpreter::{NativeFrame, Phase, Slot, Step},
    iterate::IteratorRecord,
    machine::{Completion, Throw, Vm},
    object::PropKey,
    value::Value,
};

/// What was called last: one of those below.
const CALLED: Slot = Slot::new(0);
/// The outer iterator's `next`.
const NEXT: Value = Value::int(0);
/// The callback.
const CALLBACK: Value = Value::int(1);
/// The method that gives the inner iterator of `flatMap`.
const OPEN: Value = Value::int(2);
/// The inner iterator's `next`.
const INNER_NEXT: Value = Value::int(3);
/// The inner iterator's `return`.
const INNER_RETURN: Value = Value::int(4);
/// The outer iterator's `return`.
const RETURN: Value = Value::int(5);

/// The value that `filter` asks the callback about.
const VALUE: Slot = Slot::new(1);

/// A helper under way.
#[derive(Clone, Copy)]
struct Helper {
    object: Obj,
    kind: i32,
    variables: Cell,
}

/// `%IteratorHelperPrototype%.next`
pub(super) fn next(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let helper = this_helper(vm, frame, phase, "next")?;
    if phase == Phase::Start {
        if helper.object.internal(1) == States::DONE {
            return Ok(ended(vm, helper));
        }
        helper.object.set_internal(1, States::RUNNING);
    }
    let asked = match phase {
        Phase::Start => begin(vm, frame, helper),
        Phase::Result => resume(vm, frame, helper),
        Phase::Caught => Err(caught(vm, frame, helper)),
    };
    match asked {
        Ok(Asked::Call(step)) => Ok(step),
        Ok(Asked::Value(value)) => {
            helper.object.set_internal(1, States::YIELD);
            Ok(Step::Return(vm.iter_result(value, false).into()))
        }
        Ok(Asked::Done) => Ok(ended(vm, helper)),
        Err(throw) => {
            helper.object.set_internal(1, States::DONE);
            Err(throw)
        }
    }
}

fn this_helper(
    vm: &mut Vm,
    frame: &NativeFrame<'_>,
    phase: Phase,
    name: &str,
) -> Completion<Helper> {
    let (object, variables) = helper::this_helper(vm, &frame.args(), name, phase == Phase::Start)?;
    Ok(Helper {
        object,
        kind: object.internal(0).as_int().unwrap_or(0),
        variables,
    })
}

fn ended(vm: &mut Vm, helper: Helper) -> Step {
    helper.object.set_internal(1, States::DONE);
    Step::Return(vm.iter_result(Value::UNDEFINED, true).into())
}

fn begin(vm: &mut Vm, frame: &mut NativeFrame<'_>, helper: Helper) -> Completion<Asked> {
    let variables = helper.variables;
    match helper.kind {
        Kinds::TAKE => {
            let left = count(variables);
            if left == 0.0 {
                return close_outer(vm, frame, variables);
            }
            set_count(variables, left - 1.0);
        }
        Kinds::FLAT_MAP if record(variables, INNER).is_some() => {
            let asked = ask_inner(vm, frame, variables)?;
            return go_on(vm, frame, helper, INNER_NEXT, asked);
        }
        Kinds::MAP | Kinds::FILTER | Kinds::DROP | Kinds::FLAT_MAP => {}
        kind => {
            return Ok(match helper::step(vm, kind, variables)? {
                Some(value) => Asked::Value(value),
                None => Asked::Done,
            });
        }
    }
    let asked = ask(vm, frame, NEXT, record(variables, OUTER))?;
    go_on(vm, frame, helper, NEXT, asked)
}

/// Goes on with what was called last has returned.
fn resume(vm: &mut Vm, frame: &mut NativeFrame<'_>, helper: Helper) -> Completion<Asked> {
    let (called, result, variables) = (frame.get(CALLED), frame.result(), helper.variables);
    match called {
        NEXT => {
            let asked = if helper.kind == Kinds::DROP && count(variables) > 0.0 {
                skipped(vm, result)?
            } else {
                answer(vm, result)?
            };
            go_on(vm, frame, helper, NEXT, asked)
        }
        INNER_NEXT => {
            let asked = answer(vm, result);
            let asked = or_close(vm, variables, asked)?;
            go_on(vm, frame, helper, INNER_NEXT, asked)
        }
        CALLBACK => {
            set_count(variables, count(variables) + 1.0);
            match helper.kind {
                Kinds::MAP => Ok(Asked::Value(result)),
                Kinds::FILTER if vm.to_boolean(result) => Ok(Asked::Value(frame.get(VALUE))),
                Kinds::FILTER => {
                    let asked = ask(vm, frame, NEXT, record(variables, OUTER))?;
                    go_on(vm, frame, helper, NEXT, asked)
                }
                _ => open(vm, frame, helper, result),
            }
        }
        OPEN => opened(vm, frame, helper, result),
        _ => {
            stepping::check_closed(vm, result)?;
            Ok(Asked::Done)
        }
    }
}

/// Goes on with what the iterator says whose `next` is `called`.
fn go_on(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    helper: Helper,
    mut called: Value,
    mut asked: Asked,
) -> Completion<Asked> {
    let variables = helper.variables;
    loop {
        let value = match asked {
            Asked::Done if called == INNER_NEXT => {
                variables.slots_set(INNER, Value::UNDEFINED);
                called = NEXT;
                asked = ask(vm, frame, NEXT, record(variables, OUTER))?;
                continue;
            }
            Asked::Value(value) => value,
            _ => return Ok(asked),
        };
        if called == INNER_NEXT {
            return Ok(asked);
        }
        let number = count(variables);
        match helper.kind {
            Kinds::DROP if number > 0.0 => {
                set_count(variables, number - 1.0);
                asked = ask(vm, frame, NEXT, record(variables, OUTER))?;
            }
            Kinds::TAKE | Kinds::DROP => return Ok(asked),
            _ => {
                frame.set(CALLED, CALLBACK);
                frame.set(VALUE, value);
                let function = variables.slots_get(FUNCTION);
                let values = [value, Value::number(number)];
                return Ok(Asked::Call(frame.call(function, Value::UNDEFINED, values)));
            }
        }
    }
}

/// Asks an iterator whose `next` is `called`.
fn ask(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    called: Value,
    record: Option<IteratorRecord>,
) -> Completion<Asked> {
    frame.set(CALLED, called);
    match record {
        Some(record) => stepping::ask(vm, frame, record.iterator, record.next),
        None => Ok(Asked::Done),
    }
}

fn ask_inner(vm: &mut Vm, frame: &mut NativeFrame<'_>, variables: Cell) -> Completion<Asked> {
    let asked = ask(vm, frame, INNER_NEXT, record(variables, INNER));
    or_close(vm, variables, asked)
}

/// What `next` says of a value that `drop` leaves out: it is not read.
fn skipped(vm: &mut Vm, result: Value) -> Completion<Asked> {
    let Some(object) = result.as_object() else {
        return answer(vm, result);
    };
    let key = vm.names.done;
    let done = vm.get_o(object, key)?;
    Ok(if vm.to_boolean(done) {
        Asked::Done
    } else {
        Asked::Value(Value::UNDEFINED)
    })
}

/// `GetIteratorFlattenable` of what the callback of `flatMap` returned.
fn open(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    helper: Helper,
    mapped: Value,
) -> Completion<Asked> {
    if !mapped.is_object() {
        return opened(vm, frame, helper, mapped);
    }
    let key = PropKey::symbol(vm.symbols.iterator);
    let method = vm.get_method(mapped, key);
    let method = or_close(vm, helper.variables, method)?;
    if method.is_undefined() {
        return opened(vm, frame, helper, mapped);
    }
    frame.set(CALLED, OPEN);
    Ok(Asked::Call(frame.call(method, mapped, [])))
}

/// There is an inner iterator.
fn opened(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    helper: Helper,
    iterator: Value,
) -> Completion<Asked> {
    let variables = helper.variables;
    let inner = match iterator.as_object() {
        Some(iterator) => vm.get_iterator_direct(iterator),
        None => {
            let text = vm.display(iterator);
            Err(vm.throw_type(format!("{text} is not an object")))
        }
    };
    helper::set_inner(variables, or_close(vm, variables, inner)?);
    let asked = ask_inner(vm, frame, variables)?;
    go_on(vm, frame, helper, INNER_NEXT, asked)
}

/// Closes the outer iterator if there is an error.
fn or_close<T>(vm: &mut Vm, variables: Cell, result: Completion<T>) -> Completion<T> {
    match record(variables, OUTER) {
        Some(outer) => vm.close_on_error(&outer, result),
        None => result,
    }
}

/// What is thrown by anything but the outer iterator closes that.
fn caught(vm: &mut Vm, frame: &NativeFrame<'_>, helper: Helper) -> Throw {
    let throw = Throw(frame.result());
    match record(helper.variables, OUTER) {
        Some(outer) if !matches!(frame.get(CALLED), NEXT | RETURN) => {
            close_with(vm, outer.iterator, throw)
        }
        _ => throw,
    }
}

/// Closes the outer iterator; the helper is done then.
fn close_outer(vm: &mut Vm, frame: &mut NativeFrame<'_>, variables: Cell) -> Completion<Asked> {
    frame.set(CALLED, RETURN);
    let Some(outer) = record(variables, OUTER) else {
        return Ok(Asked::Done);
    };
    Ok(match stepping::close(vm, frame, outer.iterator)? {
        Some(step) => Asked::Call(step),
        None => Asked::Done,
    })
}

/// `%IteratorHelperPrototype%.return`
pub(super) fn return_(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let helper = this_helper(vm, frame, phase, "return")?;
    let asked = match phase {
        Phase::Start => begin_return(vm, frame, helper),
        Phase::Caught => Err(caught(vm, frame, helper)),
        Phase::Result => {
            let closed = stepping::check_closed(vm, frame.result());
            if frame.get(CALLED) == INNER_RETURN {
                or_close(vm, helper.variables, closed)
                    .and_then(|()| close_outer(vm, frame, helper.variables))
            } else {
                closed.map(|()| Asked::Done)
            }
        }
    };
    match asked {
        Ok(Asked::Call(step)) => Ok(step),
        Ok(_) => Ok(ended(vm, helper)),
        Err(throw) => {
            helper.object.set_internal(1, States::DONE);
            Err(throw)
        }
    }
}

/// Closes the inner iterator, then the outer one.
fn begin_return(vm: &mut Vm, frame: &mut NativeFrame<'_>, helper: Helper) -> Completion<Asked> {
    let state = helper.object.internal(1);
    if state == States::DONE {
        return Ok(Asked::Done);
    }
    // Before the first value the helper counts as done while its iterator closes; later as running.
    let state = if state == States::START {
        States::DONE
    } else {
        States::RUNNING
    };
    helper.object.set_internal(1, state);
    if helper.kind == Kinds::ZIP {
        return zip::close(vm, helper.variables).map(|()| Asked::Done);
    }
    if let Some(inner) = record(helper.variables, INNER) {
        frame.set(CALLED, INNER_RETURN);
        let step = stepping::close(vm, frame, inner.iterator);
        if let Some(step) = or_close(vm, helper.variables, step)? {
            return Ok(Asked::Call(step));
        }
    }
    close_outer(vm, frame, helper.variables)
}

fn count(variables: Cell) -> f64 {
    variables.slots_get(COUNT).as_number().unwrap_or(0.0)
}

fn set_count(variables: Cell, count: f64) {
    variables.slots_set(COUNT, Value::number(count));
}
