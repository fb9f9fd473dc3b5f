//! `at`, `includes`, `indexOf`, `lastIndexOf`.

use super::{is_dense, is_empty_from, skip_missing, this_and_length};
use crate::vm::{
    heap::Heap,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// `Array.prototype.at`
pub(super) fn at(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let relative = vm.to_integer(args.at(0))?;
    let index = if relative < 0.0 {
        length + relative
    } else {
        relative
    };
    if index < 0.0 || index >= length {
        return Ok(Value::UNDEFINED);
    }
    vm.get_at(object, index)
}

/// Elements that are looked at between two looks at the limits.
const PART: usize = 1 << 14;

/// The first place in `values` that equals `wanted` strictly.
fn position(heap: &mut Heap, values: &[Value], wanted: Value) -> Option<usize> {
    if let Some(number) = wanted.as_number() {
        return values.iter().position(|value| {
            *value == wanted && !number.is_nan() || value.as_number() == Some(number)
        });
    }
    if wanted.is_string() || wanted.is_bigint() {
        return values
            .iter()
            .position(|&value| heap.strictly_equal(value, wanted));
    }
    values.iter().position(|&value| value == wanted)
}

/// `Array.prototype.indexOf`
pub(super) fn index_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    if length == 0.0 {
        return Ok(Value::int(-1));
    }
    let wanted = args.at(0);
    vm.flatten_long(wanted)?;
    let mut index = vm.relative_index(args.at(1), length, 0.0)?;
    if is_dense(vm, object) && super::has_plain_protos(vm, object) {
        let values = object.dense_slice();
        let end = values.len().min(length as usize);
        // A long text is compared with each that is as long.
        let cost = wanted.as_string().map_or(1, |text| 1 + text.len() / 64);
        let mut start = index as usize;
        for part in values
            .get(start..end)
            .unwrap_or_default()
            .chunks(PART / cost.min(PART))
        {
            vm.work(part.len() / 16 * cost + cost / 4)?;
            if let Some(place) = position(&mut vm.heap, part, wanted) {
                return Ok(Value::from(start + place));
            }
            start += part.len();
        }
        return Ok(Value::int(-1));
    }
    while index < length {
        vm.work(1)?;
        if let Some(value) = vm.get_at_if_present(object, index)? {
            if vm.strictly_equal(value, wanted)? {
                return Ok(Value::number(index));
            }
            index += 1.0;
        } else {
            index = skip_missing(vm, object, index);
        }
    }
    Ok(Value::int(-1))
}

/// `Array.prototype.lastIndexOf`
pub(super) fn last_index_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    if length == 0.0 {
        return Ok(Value::int(-1));
    }
    let wanted = args.at(0);
    vm.flatten_long(wanted)?;
    let from = if args.len() > 1 {
        vm.to_integer(args.at(1))?
    } else {
        length - 1.0
    };
    let mut index = if from < 0.0 {
        length + from
    } else {
        from.min(length - 1.0)
    };
    if is_empty_from(vm, object, f64::from(object.dense_len())) {
        index = index.min(f64::from(object.dense_len()) - 1.0);
    }
    while index >= 0.0 {
        vm.work(1)?;
        if let Some(value) = vm.get_at_if_present(object, index)?
            && vm.strictly_equal(value, wanted)?
        {
            return Ok(Value::number(index));
        }
        index -= 1.0;
    }
    Ok(Value::int(-1))
}

/// `Array.prototype.includes`
pub(super) fn includes(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    if length == 0.0 {
        return Ok(Value::FALSE);
    }
    let wanted = args.at(0);
    vm.flatten_long(wanted)?;
    let mut index = vm.relative_index(args.at(1), length, 0.0)?;
    if is_dense(vm, object) && super::has_plain_protos(vm, object) {
        let values = object.dense_slice();
        let end = values.len().min(length as usize);
        let cost = wanted.as_string().map_or(1, |text| 1 + text.len() / 64);
        let all = values.get(index as usize..end).unwrap_or_default();
        for part in all.chunks(PART / cost.min(PART)) {
            vm.work(part.len() / 16 * cost + cost / 4)?;
            let found = if wanted.is_undefined() {
                part.iter()
                    .any(|value| value.is_undefined() || value.is_hole())
            } else if wanted.as_number().is_some_and(f64::is_nan) {
                part.contains(&Value::NAN)
            } else {
                position(&mut vm.heap, part, wanted).is_some()
            };
            if found {
                return Ok(Value::TRUE);
            }
        }
        // The array may have shrunk since its length was read: what is gone reads as undefined.
        return Ok(Value::bool(wanted.is_undefined() && (end as f64) < length));
    }
    while index < length {
        vm.work(1)?;
        let value = vm.get_at(object, index)?;
        if vm.heap.same_value_zero(value, wanted) {
            return Ok(Value::TRUE);
        }
        if is_empty_from(vm, object, index) {
            return Ok(Value::bool(wanted.is_undefined()));
        }
        index += 1.0;
    }
    Ok(Value::FALSE)
}
