//! `copyWithin`, `fill`, `pop`, `push`, `reverse`, `shift`, `unshift`.

use super::{MAX_LENGTH, check_room, has_plain_protos, is_dense, is_plain, this_and_length};
use crate::vm::{
    heap::{Kind, Obj, flag},
    machine::{Args, Completion, Vm},
    value::Value,
};

/// `Array.prototype.push`
pub(super) fn push(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(array) = args.this.as_object()
        && is_dense(vm, array)
        && has_plain_protos(vm, array)
    {
        vm.ensure_growth(array, args.len())?;
        vm.work(args.len() / 16)?;
        for &value in args.values {
            vm.heap.push_dense(array, value);
        }
        let length = Value::from(array.dense_len());
        array.set_internal(0, length);
        return Ok(length);
    }
    let (object, length) = this_and_length(vm, args)?;
    let count = args.len();
    if length + count as f64 > MAX_LENGTH {
        return Err(vm.throw_type(format!(
            "Pushing {count} elements on an array-like of length {length} is disallowed, as the total surpasses 2**53-1"
        )));
    }
    for (index, &value) in args.values.iter().enumerate() {
        let key = vm.key_of_number(length + index as f64);
        vm.put(object, key, value, true)?;
    }
    let length = length + count as f64;
    vm.put_length(object, length)?;
    Ok(Value::number(length))
}

/// `Array.prototype.pop`
pub(super) fn pop(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(array) = args.this.as_object()
        && is_dense(vm, array)
        && let Some(last) = array.dense_len().checked_sub(1)
    {
        let value = array.dense(last);
        if !value.is_hole() {
            vm.heap.set_dense_len(array, last);
            array.set_internal(0, Value::from(last));
            return Ok(value);
        }
    }
    let (object, length) = this_and_length(vm, args)?;
    if length == 0.0 {
        vm.put_length(object, 0.0)?;
        return Ok(Value::UNDEFINED);
    }
    let last = length - 1.0;
    let value = vm.get_at(object, last)?;
    vm.root(value);
    vm.delete_at(object, last)?;
    vm.put_length(object, last)?;
    Ok(value)
}

/// `Array.prototype.shift`
pub(super) fn shift(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(array) = args.this.as_object()
        && is_plain(vm, array)
        && let Some(rest) = array.dense_len().checked_sub(1)
    {
        let value = array.dense(0);
        vm.move_dense(array, 1, 0, rest)?;
        vm.heap.set_dense_len(array, rest);
        array.set_internal(0, Value::from(rest));
        return Ok(if value.is_hole() {
            Value::UNDEFINED
        } else {
            value
        });
    }
    let (object, length) = this_and_length(vm, args)?;
    if length == 0.0 {
        vm.put_length(object, 0.0)?;
        return Ok(Value::UNDEFINED);
    }
    let first = vm.get_at(object, 0.0)?;
    vm.root(first);
    move_up_or_down(vm, object, 1.0, 0.0, length - 1.0)?;
    vm.delete_at(object, length - 1.0)?;
    vm.put_length(object, length - 1.0)?;
    Ok(first)
}

/// Moves `count` elements from `from` to `to`, in the order that keeps them; missing ones are deleted.
pub(super) fn move_up_or_down(
    vm: &mut Vm,
    object: Obj,
    from: f64,
    to: f64,
    count: f64,
) -> Completion<()> {
    let descending = from < to;
    let mut step = 0.0;
    while step < count {
        vm.work(1)?;
        let offset = if descending { count - 1.0 - step } else { step };
        match vm.get_at_if_present(object, from + offset)? {
            Some(value) => vm.put_at(object, to + offset, value)?,
            None => vm.delete_at(object, to + offset)?,
        }
        step += 1.0;
    }
    Ok(())
}

/// `Array.prototype.unshift`
pub(super) fn unshift(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let count = args.len() as u32;
    if let Some(array) = args.this.as_object()
        && is_plain(vm, array)
    {
        let length = array.dense_len();
        check_room(vm, f64::from(length) + f64::from(count))?;
        vm.set_dense_len(array, length + count)?;
        vm.move_dense(array, 0, count, length)?;
        for (index, &value) in args.values.iter().enumerate() {
            array.set_dense(index as u32, value);
        }
        let length = Value::from(length + count);
        array.set_internal(0, length);
        return Ok(length);
    }
    let (object, length) = this_and_length(vm, args)?;
    let count = f64::from(count);
    if count > 0.0 {
        if length + count > MAX_LENGTH {
            return Err(vm.throw_type("Invalid array length"));
        }
        move_up_or_down(vm, object, 0.0, count, length)?;
        for (index, &value) in args.values.iter().enumerate() {
            vm.put_at(object, index as f64, value)?;
        }
    }
    vm.put_length(object, length + count)?;
    Ok(Value::number(length + count))
}

/// `Array.prototype.reverse`
pub(super) fn reverse(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    if is_plain(vm, object) {
        vm.reverse_dense(object)?;
        return Ok(object.into());
    }
    let middle = (length / 2.0).floor();
    let mut lower = 0.0;
    while lower < middle {
        vm.work(1)?;
        let mark = vm.root_mark();
        let upper = length - 1.0 - lower;
        let low = vm.get_at_if_present(object, lower)?;
        vm.root(low.unwrap_or(Value::UNDEFINED));
        let high = vm.get_at_if_present(object, upper)?;
        vm.root(high.unwrap_or(Value::UNDEFINED));
        if let Some(high) = high {
            vm.put_at(object, lower, high)?;
        } else if low.is_some() {
            vm.delete_at(object, lower)?;
        }
        if let Some(low) = low {
            vm.put_at(object, upper, low)?;
        } else if high.is_some() {
            vm.delete_at(object, upper)?;
        }
        vm.unroot_to(mark);
        lower += 1.0;
    }
    Ok(object.into())
}

/// `Array.prototype.fill`
pub(super) fn fill(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let value = args.at(0);
    let mut index = vm.relative_index(args.at(1), length, 0.0)?;
    let end = vm.relative_index(args.at(2), length, length)?;
    if object.kind() == Kind::Array
        && !object.has_flag(flag::EXOTIC)
        && index <= f64::from(object.dense_len())
        && end <= f64::from(vm.array_length(object))
        && has_plain_protos(vm, object)
    {
        if index >= end {
            return Ok(object.into());
        }
        let (index, end) = (index as u32, end as u32);
        if end > object.dense_len() {
            check_room(vm, f64::from(end))?;
            vm.set_dense_len_exact(object, end)?;
        }
        vm.fill_dense(object, index, end, value)?;
        return Ok(object.into());
    }
    while index < end {
        vm.work(1)?;
        vm.put_at(object, index, value)?;
        index += 1.0;
    }
    Ok(object.into())
}

/// `Array.prototype.copyWithin`
pub(super) fn copy_within(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let to = vm.relative_index(args.at(0), length, 0.0)?;
    let from = vm.relative_index(args.at(1), length, 0.0)?;
    let end = vm.relative_index(args.at(2), length, length)?;
    let count = (end - from).min(length - to);
    if count <= 0.0 {
        return Ok(object.into());
    }
    if is_plain(vm, object) && f64::from(object.dense_len()) == length {
        vm.move_dense(object, from as u32, to as u32, count as u32)?;
        return Ok(object.into());
    }
    if from < to && to < from + count {
        move_up_or_down(vm, object, from, to, count)?;
    } else {
        // Ascending, whichever way it goes.
        let mut step = 0.0;
        while step < count {
            vm.work(1)?;
            match vm.get_at_if_present(object, from + step)? {
                Some(value) => vm.put_at(object, to + step, value)?,
                None => vm.delete_at(object, to + step)?,
            }
            step += 1.0;
        }
    }
    Ok(object.into())
}
