//! `WeakSet`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-weakset-objects>.

use super::{
    table::{WeakTable, can_be_held},
    this_data,
};
use crate::vm::{
    heap::Kind,
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `WeakSet`.
pub(super) fn install(vm: &mut Vm) {
    let class = Constructor::new(
        "WeakSet",
        0,
        construct,
        Intrinsic::WeakSet,
        Intrinsic::WeakSetPrototype,
    );
    let (_, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        prototype,
        &[("delete", 1, delete), ("has", 1, has), ("add", 1, add)],
    );
    let tag = vm.str("WeakSet");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `new WeakSet(iterable)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor WeakSet requires 'new'"));
    }
    let set =
        vm.create_from_constructor(Kind::WeakSet, args.new_target, Intrinsic::WeakSetPrototype)?;
    set.set_internal(0, vm.heap.new_native(WeakTable::new(false)).into());
    let iterable = args.at(0);
    if iterable.is_nullish() {
        return Ok(set.into());
    }
    vm.root(set);
    let key = vm.names.add;
    let adder = vm.get_o(set, key)?;
    if !vm.is_callable(adder) {
        let (text, object) = (vm.display(adder), vm.display_receiver(set.into()));
        let message =
            format!("'{text}' returned for property 'add' of object '{object}' is not a function");
        return Err(vm.throw_type(message));
    }
    vm.root(adder);
    vm.iterate(iterable, |vm, item| {
        vm.call(adder, set.into(), &[item]).map(drop)
    })?;
    Ok(set.into())
}

/// `WeakSet.prototype.delete`
fn delete(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakSet, "WeakSet.prototype.delete")?;
    Ok(vm.heap.weak_remove(table, args.at(0)).into())
}

/// `WeakSet.prototype.has`
fn has(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakSet, "WeakSet.prototype.has")?;
    Ok(vm
        .heap
        .native::<WeakTable>(table)
        .is_some_and(|table| table.has(args.at(0)))
        .into())
}

/// `WeakSet.prototype.add`
fn add(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_data(vm, args, Kind::WeakSet, "WeakSet.prototype.add")?;
    if !can_be_held(args.at(0)) {
        return Err(vm.throw_type("Invalid value used in weak set"));
    }
    vm.weak_insert(table, args.at(0), Value::UNDEFINED)?;
    Ok(args.this)
}
