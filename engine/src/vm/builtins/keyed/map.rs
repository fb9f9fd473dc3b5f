//! `Map`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-map-objects>.

use super::{
    group,
    iterator::{self, Gives},
    this_table,
};
use crate::vm::{
    heap::{Kind, Obj},
    interpreter::{NativeFrame, Phase, Slot, Step},
    machine::{Args, Completion, Vm},
    object::{PropKey, attr},
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Map` and its iterators' prototype.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new("Map", 0, construct, Intrinsic::Map, Intrinsic::MapPrototype);
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_catching(constructor, "groupBy", 2, group::map_group_by);
    vm.define_getter(constructor, "@@species", |_, args| Ok(args.this));
    vm.define_methods(
        prototype,
        &[
            ("get", 1, get),
            ("set", 2, set),
            ("has", 1, has),
            ("delete", 1, delete),
            ("clear", 0, clear),
            ("keys", 0, keys),
            ("values", 0, values),
            ("getOrInsert", 2, get_or_insert),
        ],
    );
    let entries = vm.define_method(prototype, "entries", 0, entries);
    vm.set_intrinsic(Intrinsic::MapProtoEntries, entries);
    vm.define_value(prototype, "@@iterator", entries, attr::METHOD);
    vm.define_resumables(
        prototype,
        &[
            ("forEach", 1, for_each),
            ("getOrInsertComputed", 2, get_or_insert_computed),
        ],
    );
    vm.define_getter(prototype, "size", size);
    let tag = vm.str("Map");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
    iterator::install(vm, Kind::MapIterator);
}

/// `new Map(iterable)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor Map requires 'new'"));
    }
    let map = vm.create_from_constructor(Kind::Map, args.new_target, Intrinsic::MapPrototype)?;
    let table = vm.new_table();
    map.set_internal(0, table);
    let iterable = args.at(0);
    if iterable.is_nullish() {
        return Ok(map.into());
    }
    vm.root(map);
    let key = vm.names.set;
    let adder = vm.get_o(map, key)?;
    if !vm.is_callable(adder) {
        let (text, object) = (vm.display(adder), vm.display_receiver(map.into()));
        let message =
            format!("'{text}' returned for property 'set' of object '{object}' is not a function");
        return Err(vm.throw_type(message));
    }
    vm.root(adder);
    let direct = is_own_set(adder);
    if direct
        && let Some(other) = iterable
            .as_object()
            .filter(|other| other.kind() == Kind::Map)
        && vm.is_pristine_collection(other)
    {
        vm.copy_entries(other.internal(0), table)?;
        return Ok(map.into());
    }
    vm.iterate(iterable, |vm, item| {
        let Some(pair) = item.as_object() else {
            let text = vm.display(item);
            return Err(vm.throw_type(format!("Iterator value {text} is not an entry object")));
        };
        let key = vm.get_o(pair, PropKey::index(0))?;
        vm.root(key);
        let value = vm.get_o(pair, PropKey::index(1))?;
        if direct {
            return vm.table_insert(table, key, value);
        }
        vm.call(adder, map.into(), &[key, value]).map(drop)
    })?;
    Ok(map.into())
}

/// Is it `Map.prototype.set` itself?
fn is_own_set(adder: Value) -> bool {
    crate::vm::builtins::array::is_native(adder, set)
}

/// `Map.prototype.get`
fn get(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.get")?;
    vm.hash_long(args.at(0))?;
    Ok(vm.table_get(table, args.at(0)).unwrap_or(Value::UNDEFINED))
}

/// `Map.prototype.set`
#[inline(never)]
fn set(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.set")?;
    vm.hash_long(args.at(0))?;
    vm.table_insert(table, args.at(0), args.at(1))?;
    Ok(args.this)
}

/// `Map.prototype.has`
fn has(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.has")?;
    vm.hash_long(args.at(0))?;
    Ok(vm.table_has(table, args.at(0)).into())
}

/// `Map.prototype.delete`
fn delete(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.delete")?;
    vm.hash_long(args.at(0))?;
    Ok(vm.table_remove(table, args.at(0))?.into())
}

/// `Map.prototype.clear`
fn clear(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.clear")?;
    vm.heap.table_clear(table);
    Ok(Value::UNDEFINED)
}

/// `get Map.prototype.size`
fn size(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "get Map.prototype.size")?;
    Ok(Value::from(vm.table_len(table)))
}

/// `Map.prototype.forEach`
fn for_each(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    super::for_each(vm, frame, phase, Kind::Map, "Map.prototype.forEach")
}

/// `Map.prototype.keys`
fn keys(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.keys")?;
    iterator::create(vm, table, Kind::MapIterator, Gives::Keys)
}

/// `Map.prototype.values`
fn values(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.values")?;
    iterator::create(vm, table, Kind::MapIterator, Gives::Values)
}

/// `Map.prototype.entries`
fn entries(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.entries")?;
    iterator::create(vm, table, Kind::MapIterator, Gives::Entries)
}

/// `Map.prototype.getOrInsert`
fn get_or_insert(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Map, "Map.prototype.getOrInsert")?;
    vm.hash_long(args.at(0))?;
    if let Some(value) = vm.table_get(table, args.at(0)) {
        return Ok(value);
    }
    vm.table_insert(table, args.at(0), args.at(1))?;
    Ok(args.at(1))
}

/// The table and the key of `getOrInsertComputed`.
const TABLE: Slot = Slot::new(0);
const KEY: Slot = Slot::new(1);

/// `Map.prototype.getOrInsertComputed`
fn get_or_insert_computed(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    if phase != Phase::Start {
        let value = frame.result();
        vm.table_insert(frame.get(TABLE), frame.get(KEY), value)?;
        return Ok(Step::Return(value));
    }
    let name = "Map.prototype.getOrInsertComputed";
    let table = this_table(vm, &frame.args(), Kind::Map, name)?;
    let callback = frame.arg(1);
    if !vm.is_callable(callback) {
        return Err(vm.throw_not_callable(callback));
    }
    let key = vm.heap.table_key(frame.arg(0)).value();
    frame.set(TABLE, table);
    frame.set(KEY, key);
    if let Some(value) = vm.table_get(table, key) {
        return Ok(Step::Return(value));
    }
    Ok(frame.call(callback, Value::UNDEFINED, [key]))
}
