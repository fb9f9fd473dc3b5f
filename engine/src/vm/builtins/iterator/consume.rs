//! Methods that use an iterator up: `every`, `find`, `forEach`, `reduce`, `some`, `toArray`.

use super::{this_and_callback, this_object};
use crate::vm::{
    iterate::IteratorRecord,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Calls the callback with each value and its number. `each` gets its result and the value (rooted); what it returns ends
/// the loop and closes the iterator.
fn visit(
    vm: &mut Vm,
    args: &Args<'_>,
    name: &str,
    mut each: impl FnMut(&mut Vm, Value, Value) -> Option<Value>,
) -> Completion<Option<Value>> {
    let (object, function) = this_and_callback(vm, args, name)?;
    let mut record = vm.get_iterator_direct(object)?;
    let mut counter = 0.0;
    let mark = vm.root_mark();
    while let Some(value) = vm.iterator_step_value(&mut record)? {
        vm.root(value);
        let result = vm.call(function, Value::UNDEFINED, &[value, Value::number(counter)]);
        let result = vm.close_on_error(&record, result)?;
        if let Some(end) = each(vm, result, value) {
            return vm.iterator_close(&record, Ok(Some(end)));
        }
        vm.unroot_to(mark);
        counter += 1.0;
    }
    Ok(None)
}

/// `Iterator.prototype.forEach`
pub(super) fn for_each(vm: &mut Vm, args: &Args<'_>) -> Completion {
    visit(vm, args, "forEach", |_, _, _| None)?;
    Ok(Value::UNDEFINED)
}

/// `Iterator.prototype.some`
pub(super) fn some(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let found = visit(vm, args, "some", |vm, result, _| vm.to_boolean(result).then_some(Value::TRUE))?;
    Ok(found.unwrap_or(Value::FALSE))
}

/// `Iterator.prototype.every`
pub(super) fn every(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let found = visit(vm, args, "every", |vm, result, _| (!vm.to_boolean(result)).then_some(Value::FALSE))?;
    Ok(found.unwrap_or(Value::TRUE))
}

/// `Iterator.prototype.find`
pub(super) fn find(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let found = visit(vm, args, "find", |vm, result, value| vm.to_boolean(result).then_some(value))?;
    Ok(found.unwrap_or(Value::UNDEFINED))
}

/// `Iterator.prototype.reduce`
pub(super) fn reduce(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, function) = this_and_callback(vm, args, "reduce")?;
    let mut record: IteratorRecord = vm.get_iterator_direct(object)?;
    let mut counter = 0.0;
    let mark = vm.root_mark();
    let mut accumulator = args.at(1);
    if args.len() < 2 {
        let Some(first) = vm.iterator_step_value(&mut record)? else {
            return Err(vm.throw_type("Reduce of a done iterator with no initial value"));
        };
        accumulator = vm.root(first);
        counter = 1.0;
    }
    while let Some(value) = vm.iterator_step_value(&mut record)? {
        vm.root(value);
        let result = vm.call(function, Value::UNDEFINED, &[accumulator, value, Value::number(counter)]);
        let result = vm.close_on_error(&record, result)?;
        vm.unroot_to(mark);
        accumulator = vm.root(result);
        counter += 1.0;
    }
    Ok(accumulator)
}

/// `Iterator.prototype.toArray`
pub(super) fn to_array(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = this_object(vm, args, "toArray")?;
    let mut record = vm.get_iterator_direct(object)?;
    let array = vm.new_array();
    vm.root(array);
    while let Some(value) = vm.iterator_step_value(&mut record)? {
        super::super::array::check_room(vm, f64::from(array.dense_len()) + 1.0)?;
        vm.array_push(array, value);
    }
    Ok(array.into())
}
