//! `WeakMap`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-weakmap-objects>.

use super::{
    table::{WeakTable, can_be_held},
    this_data,
};
use crate::vm::{
    heap::Kind,
    interpreter::{NativeFrame, Phase, Slot, Step},
    machine::{Args, Completion, Throw, Vm},
    object::{PropKey, attr},
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `WeakMap`.
pub(super) fn install(vm: &mut Vm) {
    let class = Constructor::new(
        "WeakMap",
        0,
        construct,
        Intrinsic::WeakMap,
        Intrinsic::WeakMapPrototype,
    );
    let (_, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        prototype,
        &[
            ("delete", 1, delete),
            ("get", 1, get),
            ("set", 2, set),
            ("has", 1, has),
            ("getOrInsert", 2, get_or_insert),
        ],
    );
    vm.define_resumable(prototype, "getOrInsertComputed", 2, get_or_insert_computed);
    let tag = vm.str("WeakMap");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `new WeakMap(iterable)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor WeakMap requires 'new'"));
    }
    let map =
        vm.create_from_constructor(Kind::WeakMap, args.new_target, Intrinsic::WeakMapPrototype)?;
    map.set_internal(0, vm.heap.new_native(WeakTable::new(true)).into());
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
    vm.iterate(iterable, |vm, item| {
        let Some(pair) = item.as_object() else {
            let text = vm.display(item);
            return Err(vm.throw_type(format!("Iterator value {text} is not an entry object")));
        };
        let key = vm.get_o(pair, PropKey::index(0))?;
        vm.root(key);
        let value = vm.get_o(pair, PropKey::index(1))?;
        vm.call(adder, map.into(), &[key, value]).map(drop)
    })?;
    Ok(map.into())
}

fn throw_invalid_key(vm: &mut Vm) -> Throw {
    vm.throw_type("Invalid value used as weak map key")
}

/// `WeakMap.prototype.delete`
fn delete(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakMap, "WeakMap.prototype.delete")?;
    Ok(vm.heap.weak_remove(table, args.at(0)).into())
}

fn find(vm: &Vm, table: Value, key: Value) -> Option<Value> {
    vm.heap.native::<WeakTable>(table)?.get(key)
}

/// `WeakMap.prototype.get`
fn get(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakMap, "WeakMap.prototype.get")?;
    Ok(find(vm, table, args.at(0)).unwrap_or(Value::UNDEFINED))
}

/// `WeakMap.prototype.has`
fn has(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakMap, "WeakMap.prototype.has")?;
    Ok(find(vm, table, args.at(0)).is_some().into())
}

/// `WeakMap.prototype.set`
fn set(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakMap, "WeakMap.prototype.set")?;
    if !can_be_held(args.at(0)) {
        return Err(throw_invalid_key(vm));
    }
    vm.weak_insert(table, args.at(0), args.at(1))?;
    Ok(args.this)
}

/// `WeakMap.prototype.getOrInsert`
fn get_or_insert(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakMap, "WeakMap.prototype.getOrInsert")?;
    if !can_be_held(args.at(0)) {
        return Err(throw_invalid_key(vm));
    }
    if let Some(value) = find(vm, table, args.at(0)) {
        return Ok(value);
    }
    vm.weak_insert(table, args.at(0), args.at(1))?;
    Ok(args.at(1))
}

/// The table of `getOrInsertComputed`.
const TABLE: Slot = Slot::new(0);

/// `WeakMap.prototype.getOrInsertComputed`
fn get_or_insert_computed(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    let (key, callback) = (frame.arg(0), frame.arg(1));
    if phase != Phase::Start {
        let value = frame.result();
        vm.weak_insert(frame.get(TABLE), key, value)?;
        return Ok(Step::Return(value));
    }
    let name = "WeakMap.prototype.getOrInsertComputed";
    let table = this_data(vm, &frame.args(), Kind::WeakMap, name)?;
    if !can_be_held(key) {
        return Err(throw_invalid_key(vm));
    }
    if !vm.is_callable(callback) {
        return Err(vm.throw_not_callable(callback));
    }
    if let Some(value) = find(vm, table, key) {
        return Ok(Step::Return(value));
    }
    frame.set(TABLE, table);
    Ok(frame.call(callback, Value::UNDEFINED, [key]))
}
