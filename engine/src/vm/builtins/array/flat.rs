//! `flat`, `flatMap`.

use super::{callback, this_and_length};
use crate::vm::{
    heap::Obj,
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
    flatten(vm, array, object, length, depth, None)?;
    Ok(array.into())
}

/// `Array.prototype.flatMap`
pub(super) fn flat_map(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, length) = this_and_length(vm, args)?;
    if !vm.is_callable(args.at(0)) {
        return Err(vm.throw_type("flatMap mapper function is not callable"));
    }
    let mapper = callback(vm, args.at(0))?;
    let array = vm.array_species_create(object, 0.0)?;
    flatten(vm, array, object, length, 1.0, Some((mapper, args.at(1))))?;
    Ok(array.into())
}

/// `FlattenIntoArray`, with a stack of its own: arrays under way with their length, the next index, and how deep to go.
fn flatten(
    vm: &mut Vm,
    target: Obj,
    source: Obj,
    length: f64,
    depth: f64,
    mapper: Option<(Value, Value)>,
) -> Completion<()> {
    let mut to = 0.0;
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
        let Some(mut value) = vm.get_at_if_present(source, at)? else {
            continue;
        };
        vm.root(value);
        if let Some((mapper, this_arg)) = mapper.filter(|_| pending.len() == 1) {
            value = vm.call(mapper, this_arg, &[value, Value::number(at), source.into()])?;
            vm.root(value);
        }
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
            if to >= super::MAX_LENGTH {
                return Err(vm.throw_type("Invalid array length"));
            }
            vm.create_at(target, to, value)?;
            to += 1.0;
        }
    }
    Ok(())
}
