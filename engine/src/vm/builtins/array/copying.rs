//! Methods that copy: `toReversed`, `toSpliced`, `with`.

use super::{MAX_LENGTH, check_room, display_plain, is_plain, this_and_length};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// FAST PATH: is it a dense array of that length, and is there room for a copy with `more` elements?
fn is_copied_at_once(vm: &mut Vm, object: Obj, length: f64, more: usize) -> Completion<bool> {
    if !is_plain(vm, object) || f64::from(object.dense_len()) != length {
        return Ok(false);
    }
    check_room(vm, length + more as f64)?;
    Ok(true)
}

/// An array of dense elements of another one, with some in between; missing ones are undefined.
fn spliced(vm: &mut Vm, object: Obj, start: f64, items: &[Value], rest: f64) -> Completion<Obj> {
    let array = vm.new_array();
    let (start, rest, end) = (start as u32, rest as u32, object.dense_len());
    let length = (start + (end - rest.min(end))) as usize + items.len();
    vm.reserve_dense(array, length as u32)?;
    vm.extend_dense_from(array, object, 0, start)?;
    vm.extend_dense(array, items)?;
    vm.extend_dense_from(array, object, rest, end)?;
    vm.fill_holes(array)?;
    array.set_internal(0, Value::from(array.dense_len()));
    Ok(array)
}

/// `Array.prototype.toReversed`
pub(super) fn to_reversed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    if is_copied_at_once(vm, object, length, 0)? {
        let array = spliced(vm, object, length, &[], length)?;
        vm.reverse_dense(array)?;
        return Ok(array.into());
    }
    let array = vm.array_create(length, Value::UNDEFINED)?;
    vm.root(array);
    check_room(vm, length)?;
    let mut index = 0.0;
    while index < length {
        vm.work(1)?;
        let value = vm.get_at(object, length - 1.0 - index)?;
        vm.create_at(array, index, value)?;
        index += 1.0;
    }
    Ok(array.into())
}

/// `Array.prototype.toSpliced`
pub(super) fn to_spliced(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let start = vm.relative_index(args.at(0), length, 0.0)?;
    let items = args.values.get(2..).unwrap_or_default();
    let skipped = match args.len() {
        0 => 0.0,
        1 => length - start,
        _ => vm.to_integer(args.at(1))?.clamp(0.0, length - start),
    };
    let new_length = length + items.len() as f64 - skipped;
    if new_length > MAX_LENGTH {
        return Err(vm.throw_type("Invalid array length"));
    }
    if is_copied_at_once(vm, object, length, items.len())? {
        return Ok(spliced(vm, object, start, items, start + skipped)?.into());
    }
    let array = vm.array_create(new_length, Value::UNDEFINED)?;
    vm.root(array);
    check_room(vm, new_length)?;
    let mut to = 0.0;
    while to < start {
        vm.work(1)?;
        let value = vm.get_at(object, to)?;
        vm.create_at(array, to, value)?;
        to += 1.0;
    }
    for &item in items {
        vm.create_at(array, to, item)?;
        to += 1.0;
    }
    let mut from = start + skipped;
    while to < new_length {
        vm.work(1)?;
        let value = vm.get_at(object, from)?;
        vm.create_at(array, to, value)?;
        to += 1.0;
        from += 1.0;
    }
    Ok(array.into())
}

// ANCHOR: with
/// `Array.prototype.with`
pub(super) fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let relative = vm.to_integer(args.at(0))?;
    let place = if relative < 0.0 {
        length + relative
    } else {
        relative
    };
    if place >= length || place < 0.0 {
        let text = display_plain(vm, args.at(0));
        return Err(vm.throw_range(format!("Invalid index : {text}")));
    }
    if is_copied_at_once(vm, object, length, 0)? {
        return Ok(spliced(vm, object, place, &[args.at(1)], place + 1.0)?.into());
    }
    let array = vm.array_create(length, Value::UNDEFINED)?;
    vm.root(array);
    check_room(vm, length)?;
    let mut index = 0.0;
    while index < length {
        vm.work(1)?;
        let value = if index == place {
            args.at(1)
        } else {
            vm.get_at(object, index)?
        };
        vm.create_at(array, index, value)?;
        index += 1.0;
    }
    Ok(array.into())
}
// ANCHOR_END: with
