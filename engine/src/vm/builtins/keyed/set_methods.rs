//! Methods of `Set.prototype` that combine and compare sets.

use super::{Walk, set_record::SetRecord, this_table};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    value::Value,
};

/// A new set with the values of the table; rooted.
fn copy(vm: &mut Vm, table: Value) -> Completion<Obj> {
    let set = vm.new_set();
    vm.root(set);
    vm.copy_entries(table, set.internal(0))?;
    Ok(set)
}

/// `Set.prototype.union`
pub(super) fn union(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.union")?;
    let other = SetRecord::of(vm, args.at(0))?;
    let mut keys = other.iterate(vm)?;
    let result = copy(vm, table)?;
    while let Some(value) = vm.iterator_step_value(&mut keys)? {
        vm.set_add(result, value)?;
    }
    Ok(result.into())
}

/// `Set.prototype.intersection`
pub(super) fn intersection(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.intersection")?;
    let other = SetRecord::of(vm, args.at(0))?;
    let result = vm.new_set();
    vm.root(result);
    if vm.table_len(table) as f64 <= other.size {
        let mut walk = Walk::rooted(vm, table);
        while let Some((value, _)) = walk.step(vm) {
            let mark = vm.root_mark();
            vm.root(value);
            if other.contains(vm, value)? {
                vm.set_add(result, value)?;
            }
            vm.unroot_to(mark);
        }
    } else {
        let mut keys = other.iterate(vm)?;
        while let Some(value) = vm.iterator_step_value(&mut keys)? {
            if vm.table_has(table, value) {
                vm.set_add(result, value)?;
            }
        }
    }
    Ok(result.into())
}

/// `Set.prototype.difference`
pub(super) fn difference(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.difference")?;
    let other = SetRecord::of(vm, args.at(0))?;
    let result = copy(vm, table)?;
    if vm.table_len(table) as f64 <= other.size {
        let mut walk = Walk::rooted(vm, table);
        while let Some((value, _)) = walk.step(vm) {
            let mark = vm.root_mark();
            vm.root(value);
            if other.contains(vm, value)? {
                vm.collection_delete(result, value)?;
            }
            vm.unroot_to(mark);
        }
    } else {
        let mut keys = other.iterate(vm)?;
        while let Some(value) = vm.iterator_step_value(&mut keys)? {
            vm.collection_delete(result, value)?;
        }
    }
    Ok(result.into())
}

/// `Set.prototype.symmetricDifference`
pub(super) fn symmetric_difference(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.symmetricDifference")?;
    let other = SetRecord::of(vm, args.at(0))?;
    let mut keys = other.iterate(vm)?;
    let result = copy(vm, table)?;
    while let Some(value) = vm.iterator_step_value(&mut keys)? {
        if vm.table_has(table, value) {
            vm.collection_delete(result, value)?;
        } else {
            vm.set_add(result, value)?;
        }
    }
    Ok(result.into())
}

/// `Set.prototype.isSubsetOf`
pub(super) fn is_subset_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.isSubsetOf")?;
    let other = SetRecord::of(vm, args.at(0))?;
    if vm.table_len(table) as f64 > other.size {
        return Ok(Value::FALSE);
    }
    let mut walk = Walk::rooted(vm, table);
    while let Some((value, _)) = walk.step(vm) {
        if !other.contains(vm, value)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

/// `Set.prototype.isSupersetOf`
pub(super) fn is_superset_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.isSupersetOf")?;
    let other = SetRecord::of(vm, args.at(0))?;
    if (vm.table_len(table) as f64) < other.size {
        return Ok(Value::FALSE);
    }
    let mut keys = other.iterate(vm)?;
    while let Some(value) = vm.iterator_step_value(&mut keys)? {
        if !vm.table_has(table, value) {
            return vm.iterator_close(&keys, Ok(Value::FALSE));
        }
    }
    Ok(Value::TRUE)
}

/// `Set.prototype.isDisjointFrom`
pub(super) fn is_disjoint_from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let table = this_table(vm, args, Kind::Set, "Set.prototype.isDisjointFrom")?;
    let other = SetRecord::of(vm, args.at(0))?;
    if vm.table_len(table) as f64 <= other.size {
        let mut walk = Walk::rooted(vm, table);
        while let Some((value, _)) = walk.step(vm) {
            if other.contains(vm, value)? {
                return Ok(Value::FALSE);
            }
        }
    } else {
        let mut keys = other.iterate(vm)?;
        while let Some(value) = vm.iterator_step_value(&mut keys)? {
            if vm.table_has(table, value) {
                return vm.iterator_close(&keys, Ok(Value::FALSE));
            }
        }
    }
    Ok(Value::TRUE)
}
