//! `sort` and `toSorted`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-%typedarray%.prototype.sort>.

use super::{
    ElementKind,
    create::{create_plain, validate},
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares the methods.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(prototype, &[("sort", 1, sort), ("toSorted", 1, to_sorted)]);
}

fn check_comparator(vm: &mut Vm, comparator: Value) -> Completion<()> {
    if comparator.is_undefined() || vm.is_callable(comparator) {
        return Ok(());
    }
    Err(vm.throw_type("The comparison function must be either a function or undefined"))
}

fn sort(vm: &mut Vm, args: &Args<'_>) -> Completion {
    check_comparator(vm, args.at(0))?;
    let (view, len) = validate(vm, args.this, "prototype.sort")?;
    let sorted = sorted(vm, view.kind, view.bits_range(0, len), args.at(0))?;
    view.set_bits_range(0, &sorted);
    Ok(args.this)
}

fn to_sorted(vm: &mut Vm, args: &Args<'_>) -> Completion {
    check_comparator(vm, args.at(0))?;
    let (view, len) = validate(vm, args.this, "prototype.toSorted")?;
    let new = create_plain(vm, view.kind, len)?;
    vm.root(new.array);
    let sorted = sorted(vm, view.kind, view.bits_range(0, len), args.at(0))?;
    new.set_bits_range(0, &sorted);
    Ok(new.array.into())
}

/// The raw elements in order.
fn sorted(
    vm: &mut Vm,
    kind: ElementKind,
    mut elements: Vec<u64>,
    comparator: Value,
) -> Completion<Vec<u64>> {
    if comparator.is_undefined() {
        let steps = elements.len() / 8 * elements.len().max(2).ilog2() as usize;
        vm.work(steps)?;
        elements
            .iter_mut()
            .for_each(|bits| *bits = kind.to_ordinal(*bits));
        elements.sort_unstable();
        elements
            .iter_mut()
            .for_each(|bits| *bits = kind.from_ordinal(*bits));
        return Ok(elements);
    }
    merge_sort(vm, kind, elements, comparator)
}

/// Merges runs that double in length: stable, and indifferent to comparators that contradict themselves.
fn merge_sort(
    vm: &mut Vm,
    kind: ElementKind,
    mut elements: Vec<u64>,
    comparator: Value,
) -> Completion<Vec<u64>> {
    let len = elements.len();
    let mut width = 1;
    while width < len {
        let mut merged = Vec::with_capacity(len);
        for run in elements.chunks(width * 2) {
            let (left, right) = run.split_at(width.min(run.len()));
            merge(vm, kind, left, right, comparator, &mut merged)?;
        }
        elements = merged;
        width *= 2;
    }
    Ok(elements)
}

fn merge(
    vm: &mut Vm,
    kind: ElementKind,
    left: &[u64],
    right: &[u64],
    comparator: Value,
    merged: &mut Vec<u64>,
) -> Completion<()> {
    // FAST PATH: two runs that are in order already.
    if let (Some(&last), Some(&first)) = (left.last(), right.first())
        && !is_greater(vm, kind, last, first, comparator)?
    {
        merged.extend_from_slice(left);
        merged.extend_from_slice(right);
        return Ok(());
    }
    let (mut left, mut right) = (left, right);
    while let (Some((&a, rest_left)), Some((&b, rest_right))) =
        (left.split_first(), right.split_first())
    {
        if is_greater(vm, kind, a, b, comparator)? {
            merged.push(b);
            right = rest_right;
        } else {
            merged.push(a);
            left = rest_left;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    Ok(())
}

fn is_greater(
    vm: &mut Vm,
    kind: ElementKind,
    a: u64,
    b: u64,
    comparator: Value,
) -> Completion<bool> {
    vm.work(1)?;
    let (a, b) = (kind.decode(&mut vm.heap, a), kind.decode(&mut vm.heap, b));
    let order = vm.call(comparator, Value::UNDEFINED, &[a, b])?;
    Ok(vm.to_number(order)? > 0.0)
}
