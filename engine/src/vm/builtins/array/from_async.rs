//! `Array.fromAsync`. Source: <https://tc39.es/proposal-array-from-async/#sec-array.fromAsync>.
//!
//! An async function of the engine: its variables lie in a `Slots` cell, by the numbers below, and a promise's reactions
//! resume it where [`PHASE`] says.

use super::{callback, constructor::create_from_this};
use crate::vm::{
    heap::{Cell, Obj},
    machine::{Args, Completion, Throw, Vm},
    object::PropKey,
    value::Value,
};

const PROMISE: usize = 0;
const ARRAY: usize = 1;
/// The iterator, or the array-like.
const SOURCE: usize = 2;
const NEXT: usize = 3;
const MAPPER: usize = 4;
const THIS: usize = 5;
const INDEX: usize = 6;
/// The length of the array-like; undefined when there is an iterator.
const LENGTH: usize = 7;
const PHASE: usize = 8;
const ERROR: usize = 9;

/// What it waits for: nothing yet,
const LOOP: i32 = 0;
/// the iterator's result, or the array-like's element,
const ITEM: i32 = 1;
/// the mapper's result,
const MAPPED: i32 = 2;
/// or `return` of the iterator, after an error.
const CLOSED: i32 = 3;

/// `Array.fromAsync`
pub(super) fn from_async(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let promise = vm.promise_new();
    vm.root(promise);
    let mut variables = [Value::UNDEFINED; 10];
    variables[PROMISE] = promise.into();
    variables[MAPPER] = args.at(1);
    variables[THIS] = args.at(2);
    variables[INDEX] = Value::ZERO;
    variables[PHASE] = Value::int(LOOP);
    let variables = vm.heap.new_slots(&variables);
    vm.root(Value::cell(variables));
    let started = start(vm, args, variables);
    let result = match started {
        Ok(()) => run(vm, variables, Value::UNDEFINED),
        Err(throw) => Err(throw),
    };
    settle(vm, variables, result)?;
    Ok(promise.into())
}

/// What comes before the first wait.
fn start(vm: &mut Vm, args: &Args<'_>, variables: Cell) -> Completion<()> {
    let items = args.at(0);
    if !args.at(1).is_undefined() {
        callback(vm, args.at(1))?;
    }
    let key = PropKey::symbol(vm.symbols.async_iterator);
    let mut method = vm.get_method(items, key)?;
    let is_async = !method.is_undefined();
    if !is_async {
        let key = PropKey::symbol(vm.symbols.iterator);
        method = vm.get_method(items, key)?;
    }
    if method.is_undefined() {
        let source = vm.to_object(items)?;
        variables.slots_set(SOURCE, source.into());
        let length = vm.length_of(source)?;
        variables.slots_set(LENGTH, Value::number(length));
        let array = create_from_this(vm, args.this, Some(length))?;
        variables.slots_set(ARRAY, array.into());
        return Ok(());
    }
    // The iterator comes before the array.
    let record = vm.get_iterator_from_method(items, method)?;
    let (iterator, next) = if is_async {
        (record.iterator.into(), record.next)
    } else {
        vm.async_from_sync_iterator(record.iterator.into(), record.next)?
    };
    variables.slots_set(SOURCE, iterator);
    variables.slots_set(NEXT, next);
    let array = create_from_this(vm, args.this, None)?;
    variables.slots_set(ARRAY, array.into());
    Ok(())
}

/// Runs on with what was waited for, up to the next wait (`None`) or the end.
fn run(vm: &mut Vm, variables: Cell, mut value: Value) -> Completion<Option<Value>> {
    let (Some(array), Some(source)) = (
        variables.slots_get(ARRAY).as_object(),
        variables.slots_get(SOURCE).as_object(),
    ) else {
        return Ok(Some(Value::UNDEFINED));
    };
    let mark = vm.root_mark();
    loop {
        vm.work(1)?;
        vm.unroot_to(mark);
        vm.root(value);
        let index = variables.slots_get(INDEX).as_number().unwrap_or(0.0);
        match variables.slots_get(PHASE).as_int() {
            Some(LOOP) => match variables.slots_get(LENGTH).as_number() {
                Some(length) if index >= length => {
                    vm.put_length(array, length)?;
                    return Ok(Some(array.into()));
                }
                Some(_) => {
                    let item = vm.get_at(source, index)?;
                    return wait(vm, variables, ITEM, item);
                }
                None => {
                    let result = vm.call(variables.slots_get(NEXT), source.into(), &[])?;
                    return wait(vm, variables, ITEM, result);
                }
            },
            Some(ITEM) => {
                if variables.slots_get(LENGTH).is_undefined() {
                    let Some(result) = value.as_object() else {
                        let text = vm.display(value);
                        return Err(
                            vm.throw_type(format!("Iterator result {text} is not an object"))
                        );
                    };
                    let key = vm.names.done;
                    let done = vm.get_o(result, key)?;
                    if vm.to_boolean(done) {
                        vm.put_length(array, index)?;
                        return Ok(Some(array.into()));
                    }
                    let key = vm.names.value;
                    value = vm.get_o(result, key)?;
                    vm.root(value);
                }
                let mapper = variables.slots_get(MAPPER);
                if mapper.is_undefined() {
                    store(vm, variables, array, index, value)?;
                } else {
                    let mapped = vm.call(
                        mapper,
                        variables.slots_get(THIS),
                        &[value, Value::number(index)],
                    );
                    let waiting = match mapped {
                        Ok(mapped) => wait(vm, variables, MAPPED, mapped),
                        Err(throw) => Err(throw),
                    };
                    return match waiting {
                        Err(throw) => close(vm, variables, throw),
                        waiting => waiting,
                    };
                }
            }
            Some(MAPPED) => store(vm, variables, array, index, value)?,
            _ => return Err(Throw(variables.slots_get(ERROR))),
        }
        if variables.slots_get(PHASE) == Value::int(CLOSED) {
            return Ok(None);
        }
    }
}

/// Defines the element; if that fails, the iterator is closed.
fn store(vm: &mut Vm, variables: Cell, array: Obj, index: f64, value: Value) -> Completion<()> {
    if let Err(throw) = vm.create_at(array, index, value) {
        return close(vm, variables, throw).map(drop);
    }
    variables.slots_set(INDEX, Value::number(index + 1.0));
    variables.slots_set(PHASE, Value::int(LOOP));
    Ok(())
}

/// `Await(value)`
fn wait(vm: &mut Vm, variables: Cell, phase: i32, value: Value) -> Completion<Option<Value>> {
    vm.root(value);
    variables.slots_set(PHASE, Value::int(phase));
    let promise = vm.promise_resolve_value(value)?;
    vm.promise_then_native(promise, fulfilled, rejected, Value::cell(variables));
    Ok(None)
}

/// `AsyncIteratorClose` with an error: waits for `return`, whatever that gives.
fn close(vm: &mut Vm, variables: Cell, throw: Throw) -> Completion<Option<Value>> {
    if throw.0 == Value::TERMINATION || !variables.slots_get(LENGTH).is_undefined() {
        return Err(throw);
    }
    variables.slots_set(ERROR, throw.0);
    let key = vm.names.return_;
    let iterator = variables.slots_get(SOURCE);
    let result = match vm.get_method(iterator, key) {
        Ok(method) if method.is_undefined() => return Err(throw),
        Ok(method) => vm.call(method, iterator, &[]),
        Err(_) => return Err(throw),
    };
    match result.and_then(|value| wait(vm, variables, CLOSED, value)) {
        Ok(_) => Ok(None),
        Err(Throw(Value::TERMINATION)) => Err(Throw(Value::TERMINATION)),
        Err(_) => Err(throw),
    }
}

/// Settles the promise when the function has ended.
fn settle(vm: &mut Vm, variables: Cell, result: Completion<Option<Value>>) -> Completion<()> {
    let Some(promise) = variables.slots_get(PROMISE).as_object() else {
        return Ok(());
    };
    match result {
        Ok(None) => {}
        Ok(Some(value)) => vm.promise_resolve_with(promise, value),
        Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
        Err(Throw(reason)) => vm.promise_reject_with(promise, reason),
    }
    Ok(())
}

fn fulfilled(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(variables) = args.at(0).as_cell() {
        let result = run(vm, variables, args.at(1));
        settle(vm, variables, result)?;
    }
    Ok(Value::UNDEFINED)
}

fn rejected(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(variables) = args.at(0).as_cell() {
        vm.root(args.at(1));
        let throw = Throw(args.at(1));
        let result = match variables.slots_get(PHASE).as_int() {
            // A mapper's promise was rejected: the iterator is closed. Its own errors close nothing.
            Some(MAPPED) => close(vm, variables, throw),
            Some(CLOSED) => Err(Throw(variables.slots_get(ERROR))),
            _ => Err(throw),
        };
        settle(vm, variables, result)?;
    }
    Ok(Value::UNDEFINED)
}
