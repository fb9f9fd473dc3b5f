//! `Set`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-set-objects>.

use super::{
    iterator::{self, Gives},
    set_methods, this_table,
};
use crate::vm::{
    heap::{Kind, Obj},
    interpreter::{NativeFrame, Phase, Step},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Set` and its iterators' prototype.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new("Set", 0, construct, Intrinsic::Set, Intrinsic::SetPrototype);
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_getter(constructor, "@@species", |_, args| Ok(args.this));
    vm.define_methods(
        prototype,
        &[
            ("has", 1, has),
            ("add", 1, add),
            ("delete", 1, delete),
            ("clear", 0, clear),
            ("entries", 0, entries),
            ("isSubsetOf", 1, set_methods::is_subset_of),
            ("isSupersetOf", 1, set_methods::is_superset_of),
            ("isDisjointFrom", 1, set_methods::is_disjoint_from),
            ("union", 1, set_methods::union),
            ("intersection", 1, set_methods::intersection),
            ("difference", 1, set_methods::difference),
            ("symmetricDifference", 1, set_methods::symmetric_difference),
        ],
    );
    let values = vm.define_method(prototype, "values", 0, values);
    vm.set_intrinsic(Intrinsic::SetProtoValues, values);
    vm.define_value(prototype, "keys", values, attr::METHOD);
    vm.define_value(prototype, "@@iterator", values, attr::METHOD);
    vm.define_resumable(prototype, "forEach", 1, for_each);
    vm.define_getter(prototype, "size", size);
    let tag = vm.str("Set");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
    iterator::install(vm, Kind::SetIterator);
}

/// `new Set(iterable)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor Set requires 'new'"));
    }
    let set = vm.create_from_constructor(Kind::Set, args.new_target, Intrinsic::SetPrototype)?;
    let table = vm.new_table();
    set.set_internal(0, table);
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
    let direct = crate::vm::builtins::array::is_native(adder, add);
    if direct
        && let Some(other) = iterable
            .as_object()
            .filter(|other| other.kind() == Kind::Set)
        && vm.is_pristine_collection(other)
    {
        vm.copy_entries(other.internal(0), table)?;
        return Ok(set.into());
    }
    vm.iterate(iterable, |vm, item| {
        if direct {
            return vm.table_insert(table, item, Value::UNDEFINED);
        }
        vm.call(adder, set.into(), &[item]).map(drop)
    })?;
    Ok(set.into())
}

/// `Set.prototype.has`
fn has(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.has")?;
    vm.hash_long(args.at(0))?;
    Ok(vm.table_has(table, args.at(0)).into())
}

/// `Set.prototype.add`
#[inline(never)]
fn add(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.add")?;
    vm.hash_long(args.at(0))?;
    vm.table_insert(table, args.at(0), Value::UNDEFINED)?;
    Ok(args.this)
}

/// `Set.prototype.delete`
fn delete(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.delete")?;
    vm.hash_long(args.at(0))?;
    Ok(vm.table_remove(table, args.at(0))?.into())
}

/// `Set.prototype.clear`
fn clear(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.clear")?;
    vm.heap.table_clear(table);
    Ok(Value::UNDEFINED)
}

/// `get Set.prototype.size`
fn size(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "get Set.prototype.size")?;
    Ok(Value::from(vm.table_len(table)))
}

/// `Set.prototype.forEach`
fn for_each(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    super::for_each(vm, frame, phase, Kind::Set, "Set.prototype.forEach")
}

/// `Set.prototype.values`
fn values(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.values")?;
    iterator::create(vm, table, Kind::SetIterator, Gives::Values)
}

/// `Set.prototype.entries`
fn entries(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.entries")?;
    iterator::create(vm, table, Kind::SetIterator, Gives::Entries)
}
