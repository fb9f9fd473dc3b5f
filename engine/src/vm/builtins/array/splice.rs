//! `slice`, `splice`.

use super::{MAX_LENGTH, check_room, is_plain, mutate::move_up_or_down, this_and_length};
use crate::vm::{
    machine::{Args, Completion, Vm},
    value::Value,
};

/// `Array.prototype.slice`
pub(super) fn slice(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let mut index = vm.relative_index(args.at(0), length, 0.0)?;
    let end = vm.relative_index(args.at(1), length, length)?;
    let count = (end - index).max(0.0);
    if is_plain(vm, object)
        && f64::from(object.dense_len()) == length
        && vm.has_plain_species(object)
    {
        check_room(vm, count)?;
        let array = vm.new_array();
        vm.extend_dense_from(array, object, index as u32, (index + count) as u32)?;
        array.set_internal(0, Value::number(count));
        return Ok(array.into());
    }
    let array = vm.array_species_create(object, count)?;
    let mut to = 0.0;
    while index < end {
        vm.work(1)?;
        if let Some(value) = vm.get_at_if_present(object, index)? {
            vm.create_at(array, to, value)?;
        }
        index += 1.0;
        to += 1.0;
    }
    vm.put_length(array, to)?;
    Ok(array.into())
}

/// `Array.prototype.splice`
pub(super) fn splice(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let start = vm.relative_index(args.at(0), length, 0.0)?;
    let items = args.values.get(2..).unwrap_or_default();
    let inserted = items.len() as f64;
    let deleted = match args.len() {
        0 => 0.0,
        1 => length - start,
        _ => vm.to_integer(args.at(1))?.clamp(0.0, length - start),
    };
    if length + inserted - deleted > MAX_LENGTH {
        return Err(vm.throw_type("Invalid array length"));
    }
    if is_plain(vm, object)
        && f64::from(object.dense_len()) == length
        && vm.has_plain_species(object)
    {
        check_room(vm, length + inserted)?;
        let (old, start, deleted, inserted) = (
            length as u32,
            start as u32,
            deleted as u32,
            items.len() as u32,
        );
        let removed = vm.new_array();
        vm.extend_dense_from(removed, object, start, start + deleted)?;
        removed.set_internal(0, Value::from(deleted));
        let new = old - deleted + inserted;
        vm.set_dense_len(object, new.max(old))?;
        vm.move_dense(
            object,
            start + deleted,
            start + inserted,
            old - start - deleted,
        )?;
        for (index, &value) in items.iter().enumerate() {
            object.set_dense(start + index as u32, value);
        }
        vm.heap.set_dense_len(object, new);
        object.set_internal(0, Value::from(new));
        return Ok(removed.into());
    }
    let removed = vm.array_species_create(object, deleted)?;
    let mut index = 0.0;
    while index < deleted {
        vm.work(1)?;
        if let Some(value) = vm.get_at_if_present(object, start + index)? {
            vm.create_at(removed, index, value)?;
        }
        index += 1.0;
    }
    vm.put_length(removed, deleted)?;
    move_up_or_down(
        vm,
        object,
        start + deleted,
        start + inserted,
        if inserted == deleted {
            0.0
        } else {
            length - start - deleted
        },
    )?;
    let mut beyond = length;
    while beyond > length - deleted + inserted {
        vm.work(1)?;
        vm.delete_at(object, beyond - 1.0)?;
        beyond -= 1.0;
    }
    for (index, &value) in items.iter().enumerate() {
        vm.put_at(object, start + index as f64, value)?;
    }
    vm.put_length(object, length - deleted + inserted)?;
    Ok(removed.into())
}
