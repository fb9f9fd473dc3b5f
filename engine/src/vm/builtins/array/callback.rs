//! Methods that call back: `every`, `filter`, `find`..., `forEach`, `map`, `reduce`, `reduceRight`, `some`.

use super::{callback, skip_missing, this_and_length};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Calls the callback with each element that is there, ascending. `each` gets its result, the element (rooted) and the
/// index; what it returns ends the loop.
fn visit(
    vm: &mut Vm,
    args: &Args<'_>,
    (object, length): (Obj, f64),
    mut each: impl FnMut(&mut Vm, Value, Value, f64) -> Completion<Option<Value>>,
) -> Completion<Option<Value>> {
    let (function, this_arg) = (args.at(0), args.at(1));
    let mark = vm.root_mark();
    let mut index = 0.0;
    while index < length {
        if let Some(value) = vm.get_at_if_present(object, index)? {
            vm.root(value);
            let result = vm.call(
                function,
                this_arg,
                &[value, Value::number(index), object.into()],
            )?;
            if let Some(end) = each(vm, result, value, index)? {
                return Ok(Some(end));
            }
            vm.unroot_to(mark);
            index += 1.0;
        } else {
            vm.work(1)?;
            index = skip_missing(vm, object, index);
        }
    }
    Ok(None)
}

fn start(vm: &mut Vm, args: &Args<'_>) -> Completion<(Obj, f64)> {
    if args.this.is_nullish() {
        return Err(vm.throw_no_receiver(args.callee));
    }
    let start = this_and_length(vm, args)?;
    callback(vm, args.at(0))?;
    Ok(start)
}

/// `Array.prototype.forEach`
pub(super) fn for_each(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let start = start(vm, args)?;
    visit(vm, args, start, |_, _, _, _| Ok(None))?;
    Ok(Value::UNDEFINED)
}

/// `Array.prototype.map`
pub(super) fn map(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let start = start(vm, args)?;
    let array = vm.array_species_create(start.0, start.1)?;
    visit(vm, args, start, |vm, result, _, index| {
        vm.root(result);
        vm.create_at(array, index, result).map(|()| None)
    })?;
    Ok(array.into())
}

/// `Array.prototype.filter`
pub(super) fn filter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let start = start(vm, args)?;
    let array = vm.array_species_create(start.0, 0.0)?;
    let mut to = 0.0;
    visit(vm, args, start, |vm, result, value, _| {
        if vm.to_boolean(result) {
            vm.create_at(array, to, value)?;
            to += 1.0;
        }
        Ok(None)
    })?;
    Ok(array.into())
}

/// `Array.prototype.some`
pub(super) fn some(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let start = start(vm, args)?;
    let found = visit(vm, args, start, |vm, result, _, _| {
        Ok(vm.to_boolean(result).then_some(Value::TRUE))
    })?;
    Ok(found.unwrap_or(Value::FALSE))
}

/// `Array.prototype.every`
pub(super) fn every(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let start = start(vm, args)?;
    let found = visit(vm, args, start, |vm, result, _, _| {
        Ok((!vm.to_boolean(result)).then_some(Value::FALSE))
    })?;
    Ok(found.unwrap_or(Value::TRUE))
}

/// `FindViaPredicate`: index and value.
fn find_via(vm: &mut Vm, args: &Args<'_>, descending: bool) -> Completion<Option<(f64, Value)>> {
    let (object, length) = start(vm, args)?;
    let (function, this_arg) = (args.at(0), args.at(1));
    let mark = vm.root_mark();
    let mut step = 0.0;
    while step < length {
        let index = if descending {
            length - 1.0 - step
        } else {
            step
        };
        let value = vm.get_at(object, index)?;
        vm.root(value);
        let result = vm.call(
            function,
            this_arg,
            &[value, Value::number(index), object.into()],
        )?;
        if vm.to_boolean(result) {
            return Ok(Some((index, value)));
        }
        vm.unroot_to(mark);
        step += 1.0;
    }
    Ok(None)
}

/// `Array.prototype.find`
pub(super) fn find(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(find_via(vm, args, false)?.map_or(Value::UNDEFINED, |found| found.1))
}

/// `Array.prototype.findIndex`
pub(super) fn find_index(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(find_via(vm, args, false)?.map_or(Value::int(-1), |found| Value::number(found.0)))
}

/// `Array.prototype.findLast`
pub(super) fn find_last(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(find_via(vm, args, true)?.map_or(Value::UNDEFINED, |found| found.1))
}

/// `Array.prototype.findLastIndex`
pub(super) fn find_last_index(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(find_via(vm, args, true)?.map_or(Value::int(-1), |found| Value::number(found.0)))
}

/// `Array.prototype.reduce`
pub(super) fn reduce(vm: &mut Vm, args: &Args<'_>) -> Completion {
    fold(vm, args, false)
}

/// `Array.prototype.reduceRight`
pub(super) fn reduce_right(vm: &mut Vm, args: &Args<'_>) -> Completion {
    fold(vm, args, true)
}

fn fold(vm: &mut Vm, args: &Args<'_>, descending: bool) -> Completion {
    let (object, length) = start(vm, args)?;
    let function = args.at(0);
    let mut accumulator = (args.len() > 1).then(|| args.at(1));
    let mark = vm.root_mark();
    let mut step = 0.0;
    while step < length {
        let index = if descending {
            length - 1.0 - step
        } else {
            step
        };
        let Some(value) = vm.get_at_if_present(object, index)? else {
            vm.work(1)?;
            step = if descending {
                step + 1.0
            } else {
                skip_missing(vm, object, index)
            };
            continue;
        };
        step += 1.0;
        let next = match accumulator {
            None => value,
            Some(so_far) => vm.call(
                function,
                Value::UNDEFINED,
                &[so_far, value, Value::number(index), object.into()],
            )?,
        };
        vm.unroot_to(mark);
        accumulator = Some(vm.root(next));
    }
    match accumulator {
        Some(value) => Ok(value),
        None => Err(vm.throw_type("Reduce of empty array with no initial value")),
    }
}
