//! Iterator helpers: objects that give the values of another iterator, changed. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-iterator-helper-objects>.
//!
//! ECMA-262 has each as a generator with a closure. Here it is an object with the closure's variables: internal slots are 0
//! the kind (int), 1 the state (int), 2 a `Slots` cell of the variables, by the numbers below.

use super::{TAG, advance, close_with, this_and_callback, this_object, throw_incompatible};
use crate::vm::{
    builtins::array::MAX_LENGTH,
    heap::{Cell, Kind, Obj},
    iterate::IteratorRecord,
    machine::{Args, Completion, Throw, Vm},
    object::PropKey,
    realm::Intrinsic,
    value::Value,
};

/// What a helper does.
pub(super) struct Kinds;

impl Kinds {
    pub(super) const MAP: i32 = 0;
    pub(super) const FILTER: i32 = 1;
    pub(super) const TAKE: i32 = 2;
    pub(super) const DROP: i32 = 3;
    pub(super) const FLAT_MAP: i32 = 4;
    pub(super) const CONCAT: i32 = 5;
    pub(super) const CHUNKS: i32 = 6;
    pub(super) const WINDOWS: i32 = 7;
    pub(super) const ZIP: i32 = 8;
}

/// How far a helper is.
pub(super) struct States;

impl States {
    pub(super) const START: Value = Value::int(0);
    pub(super) const YIELD: Value = Value::int(1);
    pub(super) const RUNNING: Value = Value::int(2);
    pub(super) const DONE: Value = Value::int(3);
}

/// The iterator and its `next`.
pub(super) const OUTER: usize = 0;
/// The callback; the array of iterables and their methods; the array of the values of the last window; or is a short window
/// wanted?
pub(super) const FUNCTION: usize = 2;
/// How many values there were, or how many are left.
pub(super) const COUNT: usize = 3;
/// The inner iterator and its `next`; undefined if there is none.
pub(super) const INNER: usize = 4;
/// The values of the last window.
pub(super) const WINDOW: usize = 5;

/// Declares `%IteratorHelperPrototype%`.
pub(super) fn install(vm: &mut Vm, parent: Obj) {
    let proto = vm.new_object_with_proto(parent.into());
    vm.set_intrinsic(Intrinsic::IteratorHelperPrototype, proto);
    vm.define_catching(proto, "next", 0, advance::next);
    vm.define_catching(proto, "return", 0, advance::return_);
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
    helper.set_internal(1, States::START);
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
    with_callback(vm, args, "map", Kinds::MAP)
}

/// `Iterator.prototype.filter`
pub(super) fn filter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_callback(vm, args, "filter", Kinds::FILTER)
}

/// `Iterator.prototype.flatMap`
pub(super) fn flat_map(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_callback(vm, args, "flatMap", Kinds::FLAT_MAP)
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
    with_limit(vm, args, "take", Kinds::TAKE)
}

/// `Iterator.prototype.drop`
pub(super) fn drop(vm: &mut Vm, args: &Args<'_>) -> Completion {
    with_limit(vm, args, "drop", Kinds::DROP)
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
    Ok(new_helper(vm, Kinds::CHUNKS, Some(record), Value::UNDEFINED, size).into())
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
    Ok(new_helper(vm, Kinds::WINDOWS, Some(record), Value::bool(partial), size).into())
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
    Ok(new_helper(vm, Kinds::CONCAT, None, iterables.into(), 0.0).into())
}

/// The record in the variables from `place` on.
pub(super) fn record(variables: Cell, place: usize) -> Option<IteratorRecord> {
    let iterator = variables.slots_get(place).as_object()?;
    Some(IteratorRecord {
        iterator,
        next: variables.slots_get(place + 1),
        done: false,
    })
}

/// `this` as a helper and its variables. One that is running cannot be started again.
pub(super) fn this_helper(
    vm: &mut Vm,
    args: &Args<'_>,
    name: &str,
    starts: bool,
) -> Completion<(Obj, Cell)> {
    if let Some(helper) = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::IteratorHelper)
        && let Some(variables) = helper.internal(2).as_cell()
    {
        if starts && helper.internal(1) == States::RUNNING {
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

/// The program was stopped while something ran for `this`: a helper is done then, like a generator.
pub(in crate::vm) fn abandon(this: Value) {
    if let Some(helper) = this
        .as_object()
        .filter(|object| object.kind() == Kind::IteratorHelper)
        && helper.internal(1) == States::RUNNING
    {
        helper.set_internal(1, States::DONE);
    }
}

/// The next value of a helper that is no state machine ([`advance`]).
pub(super) fn step(vm: &mut Vm, kind: i32, variables: Cell) -> Completion<Option<Value>> {
    match kind {
        Kinds::CHUNKS => step_chunks(vm, variables),
        Kinds::WINDOWS => step_windows(vm, variables),
        Kinds::ZIP => super::zip::step(vm, variables),
        _ => step_concat(vm, variables),
    }
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

pub(super) fn set_inner(variables: Cell, inner: IteratorRecord) {
    variables.slots_set(INNER, inner.iterator.into());
    variables.slots_set(INNER + 1, inner.next);
}

fn step_concat(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(iterables) = variables.slots_get(FUNCTION).as_object() else {
        return Ok(None);
    };
    loop {
        if let Some(value) = step_inner(vm, variables)? {
            return Ok(Some(value));
        }
        let index = variables.slots_get(COUNT).as_number().unwrap_or(0.0) as u32;
        if index >= iterables.dense_len() {
            return Ok(None);
        }
        variables.slots_set(COUNT, Value::from(index + 2));
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
    let size = variables.slots_get(COUNT).as_number().unwrap_or(0.0);
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
    let size = variables.slots_get(COUNT).as_number().unwrap_or(0.0);
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
