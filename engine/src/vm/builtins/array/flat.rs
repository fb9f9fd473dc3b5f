//! `flat`, `flatMap`.

use super::this_and_length;
use crate::vm::{
    heap::Obj,
    interpreter::{NativeFrame, Phase, Slot, Step, plain_array},
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Arrays nested deeper are refused: they may contain themselves.
const MAX_DEPTH: usize = 10_000;

/// `Array.prototype.flat`
pub(super) fn flat(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    let depth = if args.at(0).is_undefined() {
        1.0
    } else {
        vm.to_integer(args.at(0))?.max(0.0)
    };
    let array = vm.array_species_create(object, 0.0)?;
    flatten(vm, array, object, length, depth, 0.0)?;
    Ok(array.into())
}

/// Arrays up to this length are appended in one go.
const SHORT: u32 = 64;

/// `this` as an object.
const OBJECT: Slot = Slot::new(0);
/// Its length when the method was called.
const LENGTH: Slot = Slot::new(1);
/// The index after that of the last call.
const INDEX: Slot = Slot::new(2);
/// The array that is made.
const ARRAY: Slot = Slot::new(3);
/// How many elements it has.
const COUNT: Slot = Slot::new(4);

/// `Array.prototype.flatMap`
pub(super) fn flat_map(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        let object = vm.to_object(frame.this())?;
        frame.set(OBJECT, object);
        let length = vm.length_of(object)?;
        if !vm.is_callable(frame.arg(0)) {
            return Err(vm.throw_type("flatMap mapper function is not callable"));
        }
        let array = vm.array_species_create(object, 0.0)?;
        frame.set(LENGTH, Value::number(length));
        frame.set(INDEX, Value::ZERO);
        frame.set(ARRAY, array);
        frame.set(COUNT, Value::ZERO);
    } else {
        let (array, mapped) = (frame.object(vm, ARRAY)?, frame.result());
        let mut to = frame.number(COUNT);
        match mapped.as_object() {
            // FAST PATH: elements that all are there.
            Some(inner) if plain_array(mapped).is_some() && inner.dense_len() <= SHORT => {
                for index in 0..inner.dense_len() {
                    append(vm, array, to, inner.dense(index))?;
                    to += 1.0;
                }
            }
            Some(inner) if vm.is_array(mapped)? => {
                let length = vm.length_of(inner)?;
                to = flatten(vm, array, inner, length, 0.0, to)?;
            }
            _ => {
                append(vm, array, to, mapped)?;
                to += 1.0;
            }
        }
        frame.set(COUNT, Value::number(to));
    }
    let object = frame.object(vm, OBJECT)?;
    let (mut index, length) = (frame.number(INDEX), frame.number(LENGTH));
    while index < length {
        vm.work(1)?;
        if let Some(value) = vm.get_at_if_present(object, index)? {
            frame.set(INDEX, Value::number(index + 1.0));
            let values = [value, Value::number(index), object.into()];
            return Ok(frame.call(frame.arg(0), frame.arg(1), values));
        }
        index += 1.0;
    }
    Ok(Step::Return(frame.get(ARRAY)))
}

fn append(vm: &mut Vm, target: Obj, to: f64, value: Value) -> Completion<()> {
    if to >= super::MAX_LENGTH {
        return Err(vm.throw_type("Invalid array length"));
    }
    vm.create_at(target, to, value)
}

/// `FlattenIntoArray` without a mapper, with a stack of its own: arrays under way with their length, the next index, and how
/// deep to go. Puts elements from index `to` on; returns the index after the last.
fn flatten(
    vm: &mut Vm,
    target: Obj,
    source: Obj,
    length: f64,
    depth: f64,
    mut to: f64,
) -> Completion<f64> {
    let mut pending = vec![(source, length, 0.0, depth, vm.root_mark())];
    while let Some((source, length, index, depth, mark)) = pending.last_mut() {
        let (source, depth) = (*source, *depth);
        vm.unroot_to(*mark);
        if *index >= *length {
            pending.pop();
            continue;
        }
        let at = *index;
        *index += 1.0;
        vm.work(1)?;
        let Some(value) = vm.get_at_if_present(source, at)? else {
            continue;
        };
        vm.root(value);
        if depth > 0.0
            && let Some(inner) = value.as_object()
            && vm.is_array(value)?
        {
            if pending.len() >= MAX_DEPTH {
                return Err(vm.throw_range("Maximum call stack size exceeded"));
            }
            let length = vm.length_of(inner)?;
            let mark = vm.root_mark();
            pending.push((inner, length, 0.0, depth - 1.0, mark));
        } else {
            append(vm, target, to, value)?;
            to += 1.0;
        }
    }
    Ok(to)
}
