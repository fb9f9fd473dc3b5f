//! `concat`.

use super::{MAX_LENGTH, check_room, is_plain, skip_missing};
use crate::vm::{
    heap::{Kind, Obj, flag},
    machine::{Args, Completion, Vm},
    object::PropKey,
    value::Value,
};

/// `Array.prototype.concat`
pub(super) fn concat(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.this.is_nullish() {
        return Err(vm.throw_type("Array.prototype.concat called on null or undefined"));
    }
    let object = vm.to_object(args.this)?;
    vm.root(object);
    let array = vm.array_species_create(object, 0.0)?;
    let mut length = 0.0;
    for position in 0..=args.len() {
        let item = if position == 0 {
            object.into()
        } else {
            args.at(position - 1)
        };
        match item.as_object() {
            Some(part) if is_spreadable(vm, part)? => length = append(vm, array, length, part)?,
            _ => {
                if length >= MAX_LENGTH {
                    return Err(vm.throw_type("Invalid array length"));
                }
                vm.create_at(array, length, item)?;
                length += 1.0;
            }
        }
    }
    vm.put_length(array, length)?;
    Ok(array.into())
}

/// `IsConcatSpreadable`
fn is_spreadable(vm: &mut Vm, object: Obj) -> Completion<bool> {
    let key = PropKey::symbol(vm.symbols.is_concat_spreadable);
    let spreadable = vm.get_o(object, key)?;
    if spreadable.is_undefined() {
        vm.is_array(object.into())
    } else {
        Ok(vm.to_boolean(spreadable))
    }
}

/// Appends the elements of `part` at `length`; returns the new length.
fn append(vm: &mut Vm, array: Obj, length: f64, part: Obj) -> Completion<f64> {
    let count = vm.length_of(part)?;
    if length + count > MAX_LENGTH {
        return Err(vm.throw_type("Invalid array length"));
    }
    if array.kind() == Kind::Array
        && !array.has_flag(flag::EXOTIC)
        && f64::from(array.dense_len()) == length
        && array != part
        && is_plain(vm, part)
    {
        check_room(vm, length + count)?;
        vm.extend_dense_from(array, part, 0, part.dense_len())?;
        if f64::from(vm.array_length(array)) < length + count {
            array.set_internal(0, Value::from(array.dense_len()));
        }
        return Ok(length + count);
    }
    let mut index = 0.0;
    while index < count {
        vm.work(1)?;
        if let Some(value) = vm.get_at_if_present(part, index)? {
            vm.create_at(array, length + index, value)?;
            index += 1.0;
        } else {
            index = skip_missing(vm, part, index);
        }
    }
    Ok(length + count)
}
