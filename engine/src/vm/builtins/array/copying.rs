//! Methods that copy: `toReversed`, `toSpliced`, `with`.

use super::{MAX_LENGTH, check_room, display_plain, this_and_length};
use crate::vm::{
    machine::{Args, Completion, Vm},
    value::Value,
};

/// `Array.prototype.toReversed`
pub(super) fn to_reversed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
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
