//! `%MapIteratorPrototype%` and `%SetIteratorPrototype%`.
//!
//! Internal slots of an iterator: 0 the table's native cell (undefined once it is done), 1 the position times 4 plus what
//! it gives, 2 the epoch of the position. Source: ECMA-262 <https://tc39.es/ecma262/#sec-map-iterator-objects>,
//! <https://tc39.es/ecma262/#sec-set-iterator-objects>.

use super::{Table, Walk, incompatible};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

/// What an iterator gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    Keys = 0,
    Values = 1,
    Entries = 2,
}

/// Declares the prototype of the iterators of maps or sets.
pub(super) fn install(vm: &mut Vm, kind: Kind) {
    let (which, function, intrinsic, tag): (_, crate::vm::NativeFn, _, _) = match kind {
        Kind::MapIterator => (
            Intrinsic::MapIteratorPrototype,
            map_next,
            Intrinsic::MapIteratorNext,
            "Map Iterator",
        ),
        _ => (
            Intrinsic::SetIteratorPrototype,
            set_next,
            Intrinsic::SetIteratorNext,
            "Set Iterator",
        ),
    };
    let parent = vm.ensure_iterator_prototype();
    let prototype = vm.new_object_of(Kind::Object, parent.into());
    vm.mark_as_proto(prototype);
    vm.set_intrinsic(which, prototype);
    let next = vm.define_method(prototype, "next", 0, function);
    vm.set_intrinsic(intrinsic, next);
    let tag = vm.str(tag);
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `CreateMapIterator`, `CreateSetIterator`
pub(super) fn create(vm: &mut Vm, table: Value, kind: Kind, gives: Gives) -> Completion {
    let proto = if kind == Kind::MapIterator {
        Intrinsic::MapIteratorPrototype
    } else {
        Intrinsic::SetIteratorPrototype
    };
    let walk = Walk::new(vm, table);
    let iterator = vm.new_intrinsic_object(kind, proto);
    iterator.set_internal(0, table);
    iterator.set_internal(1, Value::int(gives as i32));
    iterator.set_internal(2, walk.epoch);
    Ok(iterator.into())
}

fn map_next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    match args.this.as_object() {
        Some(iterator) if iterator.kind() == Kind::MapIterator => Ok(next(vm, iterator)),
        _ => Err(incompatible(vm, "Map Iterator.prototype.next", args.this)),
    }
}

fn set_next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    match args.this.as_object() {
        Some(iterator) if iterator.kind() == Kind::SetIterator => Ok(next(vm, iterator)),
        _ => Err(incompatible(vm, "Set Iterator.prototype.next", args.this)),
    }
}

/// The position and what the iterator gives.
fn state_of(iterator: Obj) -> (usize, Gives) {
    let packed = iterator.internal(1).as_number().unwrap_or(0.0) as usize;
    let gives = match packed & 3 {
        0 => Gives::Keys,
        1 => Gives::Values,
        _ => Gives::Entries,
    };
    (packed >> 2, gives)
}

fn next(vm: &mut Vm, iterator: Obj) -> Value {
    let table = iterator.internal(0);
    let (position, gives) = state_of(iterator);
    let (epoch, position) = vm.heap.table_position(iterator.internal(2), position);
    let found = vm
        .heap
        .native::<Table>(table)
        .and_then(|table| table.entry_from(position));
    let Some((position, key, value)) = found else {
        iterator.set_internal(0, Value::UNDEFINED);
        iterator.set_internal(2, Value::UNDEFINED);
        return vm.iter_result(Value::UNDEFINED, true).into();
    };
    iterator.set_internal(1, Value::from(((position + 1) << 2) | gives as usize));
    iterator.set_internal(2, epoch);
    let is_map = iterator.kind() == Kind::MapIterator;
    let result = match gives {
        Gives::Keys => key,
        Gives::Values if is_map => value,
        Gives::Values => key,
        Gives::Entries => vm
            .new_array_from(&[key, if is_map { value } else { key }])
            .into(),
    };
    vm.iter_result(result, false).into()
}

/// Is it the iterator of `entries()`?
pub(super) fn gives_entries(iterator: Obj) -> bool {
    matches!(state_of(iterator).1, Gives::Entries)
}

/// What the iterator has still to give, without moving it.
pub(super) fn rest(vm: &mut Vm, iterator: Obj) -> Vec<Value> {
    let (position, gives) = state_of(iterator);
    let (_, mut position) = vm.heap.table_position(iterator.internal(2), position);
    let mut rest = Vec::new();
    let Some(table) = vm.heap.native::<Table>(iterator.internal(0)) else {
        return rest;
    };
    let is_map = iterator.kind() == Kind::MapIterator;
    while let Some((at, key, value)) = table.entry_from(position) {
        let value = if is_map { value } else { key };
        match gives {
            Gives::Keys => rest.push(key),
            Gives::Values => rest.push(value),
            Gives::Entries => rest.extend([key, value]),
        }
        position = at + 1;
    }
    rest
}
