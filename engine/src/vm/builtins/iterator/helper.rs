//! Iterator helpers: objects that give the values of another iterator, changed. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-iterator-helper-objects>.
//!
//! ECMA-262 has each as a generator with a closure. Here it is an object with the closure's variables: internal slots are 0
//! the kind (int), 1 the state (int), 2 a `Slots` cell of the variables, by the numbers below.

use super::{TAG, close_with, flattenable, this_and_callback, this_object, throw_incompatible};
use crate::vm::{
    builtins::array::MAX_LENGTH,
    heap::{Cell, Kind, Obj},
    iterate::IteratorRecord,
    machine::{Args, Completion, Throw, Vm},
    object::PropKey,
    realm::Intrinsic,
    value::Value,
};

const MAP: i32 = 0;
const FILTER: i32 = 1;
const TAKE: i32 = 2;
const DROP: i32 = 3;
const FLAT_MAP: i32 = 4;
const CONCAT: i32 = 5;
const CHUNKS: i32 = 6;
const WINDOWS: i32 = 7;
pub(super) const ZIP: i32 = 8;

const START: i32 = 0;
const YIELD: i32 = 1;
const RUNNING: i32 = 2;
const DONE: i32 = 3;

/// The iterator and its `next`.
const OUTER: usize = 0;
/// The callback; the array of iterables and their methods; the array of the values of the last window; or is a short window
/// wanted?
pub(super) const FUNCTION: usize = 2;
/// How many values there were, or how many are left.
pub(super) const COUNT: usize = 3;
/// The inner iterator and its `next`; undefined if there is none.
const INNER: usize = 4;
/// The values of the last window.
pub(super) const WINDOW: usize = 5;

/// Declares `%IteratorHelperPrototype%`.
pub(super) fn install(vm: &mut Vm, parent: Obj) {
    let proto = vm.new_object_with_proto(parent.into());
    vm.set_intrinsic(Intrinsic::IteratorHelperPrototype, proto);
    vm.define_methods(proto, &[("next", 0, next), ("return", 0, return_)]);
    let tag = vm.str("Iterator Helper");
    vm.define_value(proto, "@@toStringTag", tag, TAG);
}

pub(super) fn new_helper(
    vm: &mut Vm,
    kind: i32,
    record: Option<IteratorRecord>,
    function: Value,
    count: f64,
) -> Obj {
    let helper = vm.new_intrinsic_object(Kind::IteratorHelper, Intrinsic::IteratorHelperPrototype);
    let (iterator, next) = match record {
        Some(record) => (record.iterator.into(), record.next),
        None => (Value::UNDEFINED, Value::UNDEFINED),
    };
    let variables = vm.heap.new_slots(&[
        iterator,
        next,
        function,
        Value::number(count),
        Value::UNDEFINED,
        Value::UNDEFINED,
    ]);
    helper.set_internal(0, Value::int(kind));
    helper.set_internal(1, Value::int(START));
    helper.set_internal(2, Value::cell(variables));
    helper
}

fn with_callback(vm: &mut Vm, args: &Args<'_>, name: &str, kind: i32) -> Completion {
    let (object, function) = this_and_callback(vm, args, name)?;
    let record = vm.get_iterator_direct(object)?;
    Ok(new_helper(vm, kind, Some(record), function, 0.0).into())
}

/// `Iterator.prototype.map`
pub(super) fn map(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_callback(vm, args, "map", MAP)
}

/// `Iterator.prototype.filter`
pub(super) fn filter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_callback(vm, args, "filter", FILTER)
}

/// `Iterator.prototype.flatMap`
pub(super) fn flat_map(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_callback(vm, args, "flatMap", FLAT_MAP)
}

fn with_limit(vm: &mut Vm, args: &Args<'_>, name: &str, kind: i32) -> Completion {
    let object = this_object(vm, args, name)?;
    let limit = match vm.to_number(args.at(0)) {
        Ok(limit) => limit,
        Err(throw) => return Err(close_with(vm, object, throw)),
    };
    let integer = limit.trunc() + 0.0;
    if limit.is_nan() || integer < 0.0 || (limit.is_finite() && limit > MAX_LENGTH) {
        let text = crate::vm::number::to_string(limit);
        let throw = vm.throw_range(format!("{text} must be positive"));
        return Err(close_with(vm, object, throw));
    }
    let record = vm.get_iterator_direct(object)?;
    Ok(new_helper(vm, kind, Some(record), Value::UNDEFINED, integer).into())
}

/// `Iterator.prototype.take`
pub(super) fn take(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_limit(vm, args, "take", TAKE)
}

/// `Iterator.prototype.drop`
pub(super) fn drop(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_limit(vm, args, "drop", DROP)
}

/// A size from 1 to 2^32 - 1, without conversion.
fn size_argument(vm: &mut Vm, size: Value) -> Completion<f64> {
    match size.as_number() {
        Some(number) if number.trunc() == number && number.is_finite() => {
            if (1.0..=4_294_967_295.0).contains(&number) {
                return Ok(number);
            }
            let text = vm.display(size);
            Err(vm.throw_range(format!("{text} is out of range")))
        }
        _ => {
            let text = vm.display(size);
            Err(vm.throw_type(format!("{text} is not an integral number")))
        }
    }
}

/// `Iterator.prototype.chunks`. Source: <https://tc39.es/proposal-iterator-chunking/#sec-iterator.prototype.chunks>.
pub(super) fn chunks(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = this_object(vm, args, "chunks")?;
    let size = match size_argument(vm, args.at(0)) {
        Ok(size) => size,
        Err(throw) => return Err(close_with(vm, object, throw)),
    };
    let record = vm.get_iterator_direct(object)?;
    Ok(new_helper(vm, CHUNKS, Some(record), Value::UNDEFINED, size).into())
}

/// `Iterator.prototype.windows`
pub(super) fn windows(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = this_object(vm, args, "windows")?;
    let checked = match size_argument(vm, args.at(0)) {
        Ok(size) => undersized_argument(vm, args.at(1)).map(|partial| (size, partial)),
        Err(throw) => Err(throw),
    };
    let (size, partial) = match checked {
        Ok(checked) => checked,
        Err(throw) => return Err(close_with(vm, object, throw)),
    };
    let record = vm.get_iterator_direct(object)?;
    Ok(new_helper(vm, WINDOWS, Some(record), Value::bool(partial), size).into())
}

/// Is a window with fewer values than asked for wanted?
fn undersized_argument(vm: &mut Vm, value: Value) -> Completion<bool> {
    let text = value
        .as_string()
        .map(|text| vm.heap.units(&text).to_string_lossy());
    match text.as_deref() {
        None if value.is_undefined() => Ok(false),
        Some("only-full") => Ok(false),
        Some("allow-partial") => Ok(true),
        _ => {
            let text = vm.display(value);
            Err(vm.throw_type(format!(
                "{text} is neither \"only-full\" nor \"allow-partial\""
            )))
        }
    }
}

/// `Iterator.concat`
pub(super) fn concat(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let iterables = vm.new_array();
    vm.root(iterables);
    let key = PropKey::symbol(vm.symbols.iterator);
    for &item in args.values {
        if !item.is_object() {
            let text = vm.display(item);
            return Err(vm.throw_type(format!("{text} is not an object")));
        }
        let method = vm.get_method(item, key)?;
        if method.is_undefined() {
            return Err(vm.throw_not_iterable(item));
        }
        vm.array_push(iterables, item)?;
        vm.array_push(iterables, method)?;
    }
    Ok(new_helper(vm, CONCAT, None, iterables.into(), 0.0).into())
}

/// The record in the variables from `place` on.
fn record(variables: Cell, place: usize) -> Option<IteratorRecord> {
    let iterator = variables.slots_get(place).as_object()?;
    Some(IteratorRecord {
        iterator,
        next: variables.slots_get(place + 1),
        done: false,
    })
}

fn this_helper(vm: &mut Vm, args: &Args<'_>, name: &str) -> Completion<(Obj, Cell)> {
    if let Some(helper) = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::IteratorHelper)
        && let Some(variables) = helper.internal(2).as_cell()
    {
        if helper.internal(1) == Value::int(RUNNING) {
            return Err(vm.throw_type("Generator is already running"));
        }
        return Ok((helper, variables));
    }
    Err(throw_incompatible(
        vm,
        &format!("Iterator Helper.prototype.{name}"),
        args.this,
    ))
}

/// `%IteratorHelperPrototype%.next`
fn next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (helper, variables) = this_helper(vm, args, "next")?;
    if helper.internal(1) == Value::int(DONE) {
        return Ok(vm.iter_result(Value::UNDEFINED, true).into());
    }
    helper.set_internal(1, Value::int(RUNNING));
    let result = match helper.internal(0).as_int() {
        Some(MAP) => step_map(vm, variables),
        Some(FILTER) => step_filter(vm, variables),
        Some(TAKE) => step_take(vm, variables),
        Some(DROP) => step_drop(vm, variables),
        Some(FLAT_MAP) => step_flat_map(vm, variables),
        Some(CHUNKS) => step_chunks(vm, variables),
        Some(WINDOWS) => step_windows(vm, variables),
        Some(ZIP) => super::zip::step(vm, variables),
        _ => step_concat(vm, variables),
    };
    let ended = !matches!(result, Ok(Some(_)));
    helper.set_internal(1, Value::int(if ended { DONE } else { YIELD }));
    let value = result?;
    Ok(vm
        .iter_result(value.unwrap_or(Value::UNDEFINED), ended)
        .into())
}

/// `%IteratorHelperPrototype%.return`
fn return_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (helper, variables) = this_helper(vm, args, "return")?;
    let state = helper.internal(1);
    if state != Value::int(DONE) {
        // Before the first value the helper counts as done while its iterator closes; later as running.
        helper.set_internal(
            1,
            Value::int(if state == Value::int(START) {
                DONE
            } else {
                RUNNING
            }),
        );
        let is_zip = helper.internal(0) == Value::int(ZIP);
        let closed = if is_zip {
            super::zip::close(vm, variables)
        } else {
            close_all(vm, variables)
        };
        helper.set_internal(1, Value::int(DONE));
        closed?;
    }
    Ok(vm.iter_result(Value::UNDEFINED, true).into())
}

/// Closes the inner iterator, then the outer one.
fn close_all(vm: &mut Vm, variables: Cell) -> Completion<()> {
    let mut closed = Ok(());
    if let Some(inner) = record(variables, INNER) {
        closed = vm.iterator_close(&inner, closed);
    }
    match record(variables, OUTER) {
        Some(outer) => vm.iterator_close(&outer, closed),
        None => closed,
    }
}

fn count(variables: Cell) -> f64 {
    variables.slots_get(COUNT).as_number().unwrap_or(0.0)
}

fn set_count(variables: Cell, count: f64) {
    variables.slots_set(COUNT, Value::number(count));
}

/// The next value of the outer iterator and its callback's result for it.
fn call_with_next(
    vm: &mut Vm,
    variables: Cell,
    record: &mut IteratorRecord,
) -> Completion<Option<(Value, Value)>> {
    let Some(value) = vm.iterator_step_value(record)? else {
        return Ok(None);
    };
    vm.root(value);
    let number = count(variables);
    let result = vm.call(
        variables.slots_get(FUNCTION),
        Value::UNDEFINED,
        &[value, Value::number(number)],
    );
    let result = vm.close_on_error(record, result)?;
    set_count(variables, number + 1.0);
    Ok(Some((value, result)))
}

fn step_map(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut record) = record(variables, OUTER) else {
        return Ok(None);
    };
    Ok(call_with_next(vm, variables, &mut record)?.map(|(_, mapped)| mapped))
}

fn step_filter(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut record) = record(variables, OUTER) else {
        return Ok(None);
    };
    let mark = vm.root_mark();
    while let Some((value, selected)) = call_with_next(vm, variables, &mut record)? {
        if vm.to_boolean(selected) {
            return Ok(Some(value));
        }
        vm.unroot_to(mark);
    }
    Ok(None)
}

fn step_take(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut record) = record(variables, OUTER) else {
        return Ok(None);
    };
    let left = count(variables);
    if left == 0.0 {
        return vm.iterator_close(&record, Ok(None));
    }
    set_count(variables, left - 1.0);
    vm.iterator_step_value(&mut record)
}

fn step_drop(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut record) = record(variables, OUTER) else {
        return Ok(None);
    };
    while count(variables) > 0.0 {
        set_count(variables, count(variables) - 1.0);
        vm.work(1)?;
        if vm.iterator_step(&mut record)?.is_none() {
            return Ok(None);
        }
    }
    vm.iterator_step_value(&mut record)
}

/// The next value of the inner iterator; `None`, and no inner iterator any more, when it is done.
fn step_inner(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut inner) = record(variables, INNER) else {
        return Ok(None);
    };
    let value = vm.iterator_step_value(&mut inner);
    if !matches!(value, Ok(Some(_))) {
        variables.slots_set(INNER, Value::UNDEFINED);
    }
    value
}

fn set_inner(variables: Cell, inner: IteratorRecord) {
    variables.slots_set(INNER, inner.iterator.into());
    variables.slots_set(INNER + 1, inner.next);
}

fn step_flat_map(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut outer) = record(variables, OUTER) else {
        return Ok(None);
    };
    let mark = vm.root_mark();
    loop {
        let value = step_inner(vm, variables);
        if let Some(value) = vm.close_on_error(&outer, value)? {
            return Ok(Some(value));
        }
        let Some((_, mapped)) = call_with_next(vm, variables, &mut outer)? else {
            return Ok(None);
        };
        vm.root(mapped);
        let inner = flattenable(vm, mapped, false);
        set_inner(variables, vm.close_on_error(&outer, inner)?);
        vm.unroot_to(mark);
    }
}

fn step_concat(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(iterables) = variables.slots_get(FUNCTION).as_object() else {
        return Ok(None);
    };
    loop {
        if let Some(value) = step_inner(vm, variables)? {
            return Ok(Some(value));
        }
        let index = count(variables) as u32;
        if index >= iterables.dense_len() {
            return Ok(None);
        }
        set_count(variables, f64::from(index + 2));
        let iterator = vm.call(iterables.dense(index + 1), iterables.dense(index), &[])?;
        let Some(iterator) = iterator.as_object() else {
            let text = vm.display(iterator);
            return Err::<_, Throw>(vm.throw_type(format!("{text} is not an object")));
        };
        let inner = vm.get_iterator_direct(iterator)?;
        set_inner(variables, inner);
    }
}

fn step_chunks(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut record) = record(variables, OUTER) else {
        return Ok(None);
    };
    let size = count(variables);
    let chunk = vm.new_array();
    vm.root(chunk);
    while f64::from(chunk.dense_len()) < size {
        let Some(value) = vm.iterator_step_value(&mut record)? else {
            return Ok((chunk.dense_len() > 0).then_some(chunk.into()));
        };
        vm.array_push(chunk, value)?;
    }
    Ok(Some(chunk.into()))
}

/// The first window is filled; each further one drops its first value and takes one more. The inner iterator's variable
/// holds the last window.
fn step_windows(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(mut record) = record(variables, OUTER) else {
        return Ok(None);
    };
    let size = count(variables);
    let window = vm.new_array();
    vm.root(window);
    let last = variables.slots_get(WINDOW).as_object();
    if let Some(last) = last {
        vm.extend_dense_from(window, last, 1, last.dense_len())?;
        window.set_internal(0, Value::from(window.dense_len()));
    }
    while f64::from(window.dense_len()) < size {
        let Some(value) = vm.iterator_step_value(&mut record)? else {
            let partial = last.is_none()
                && window.dense_len() > 0
                && variables.slots_get(FUNCTION) == Value::TRUE;
            return Ok(partial.then_some(window.into()));
        };
        vm.array_push(window, value)?;
    }
    let kept = vm.new_array_from(window.dense_slice());
    variables.slots_set(WINDOW, kept.into());
    Ok(Some(window.into()))
}
