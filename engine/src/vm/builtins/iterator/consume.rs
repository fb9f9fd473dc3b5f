//! Methods that use an iterator up: `every`, `find`, `forEach`, `includes`, `join`, `reduce`, `some`, `toArray`.

use super::{close_with, this_and_callback, this_object};
use crate::vm::{
    builtins::{array::MAX_LENGTH, string::StringBuilder},
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
    let found = visit(vm, args, "some", |vm, result, _| {
        vm.to_boolean(result).then_some(Value::TRUE)
    })?;
    Ok(found.unwrap_or(Value::FALSE))
}

/// `Iterator.prototype.every`
pub(super) fn every(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let found = visit(vm, args, "every", |vm, result, _| {
        (!vm.to_boolean(result)).then_some(Value::FALSE)
    })?;
    Ok(found.unwrap_or(Value::TRUE))
}

/// `Iterator.prototype.find`
pub(super) fn find(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let found = visit(vm, args, "find", |vm, result, value| {
        vm.to_boolean(result).then_some(value)
    })?;
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
        let result = vm.call(
            function,
            Value::UNDEFINED,
            &[accumulator, value, Value::number(counter)],
        );
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
        vm.array_push(array, value)?;
    }
    Ok(array.into())
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
