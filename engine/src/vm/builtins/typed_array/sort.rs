//! `sort` and `toSorted`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-%typedarray%.prototype.sort>.

use super::{
    ElementKind, View,
    create::{create_plain, validate},
};
use crate::vm::{
    builtins::array::Sorter,
    heap::Obj,
    interpreter::{NativeFrame, Phase, Slot, Step},
    machine::{Completion, Vm},
    value::Value,
};

/// The array that gets the elements.
const ARRAY: Slot = Slot::new(0);
/// The sorter of their bits.
const SORTER: Slot = Slot::new(1);

/// Declares the methods.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_resumables(prototype, &[("sort", 1, sort), ("toSorted", 1, to_sorted)]);
}

fn check_comparator(vm: &mut Vm, comparator: Value) -> Completion<()> {
    if comparator.is_undefined() || vm.is_callable(comparator) {
        return Ok(());
    }
    Err(vm.throw_type("The comparison function must be either a function or undefined"))
}

fn sort(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        check_comparator(vm, frame.arg(0))?;
        let (view, len) = validate(vm, frame.this(), "prototype.sort")?;
        frame.set(ARRAY, view.array);
        start_sort(vm, frame, &view, len)?;
    }
    sort_step(vm, frame, phase)
}

fn to_sorted(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        check_comparator(vm, frame.arg(0))?;
        let (view, len) = validate(vm, frame.this(), "prototype.toSorted")?;
        let new = create_plain(vm, view.kind, len)?;
        frame.set(ARRAY, new.array);
        start_sort(vm, frame, &view, len)?;
    }
    sort_step(vm, frame, phase)
}

/// Puts the elements into the frame's sorter.
fn start_sort(vm: &mut Vm, frame: &mut NativeFrame<'_>, view: &View, len: usize) -> Completion<()> {
    let mut elements = view.all_bits(vm, 0, len)?;
    let sorter = if frame.arg(0).is_undefined() {
        sort_by_number(vm, view.kind, &mut elements)?;
        Sorter::sorted(elements)
    } else if vm.heap.would_exceed(elements.len().saturating_mul(16)) {
        return Err(vm.throw_range("Invalid typed array length"));
    } else {
        Sorter::new(elements)
    };
    let sorter = vm.heap.new_native(sorter);
    frame.set(SORTER, sorter);
    Ok(())
}

fn sort_step(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let mut answer = None;
    if phase == Phase::Result {
        let order = frame.result();
        answer = Some(match order.as_int() {
            Some(int) => int > 0,
            None => vm.to_number(order)? > 0.0,
        });
    }
    let array = frame.get(ARRAY);
    let Some(view) = View::of_value(array) else {
        return Ok(Step::Return(array));
    };
    let Some(sorter) = vm.heap.native_mut::<Sorter<u64>>(frame.get(SORTER)) else {
        return Ok(Step::Return(array));
    };
    if let Some((a, b)) = sorter.next(answer) {
        let a = view.kind.decode(&mut vm.heap, a);
        // No collection comes before the call.
        let b = view.kind.decode(&mut vm.heap, b);
        return Ok(frame.call(frame.arg(0), Value::UNDEFINED, [a, b]));
    }
    let items = sorter.take_items();
    view.set_all_bits(vm, 0, &items)?;
    Ok(Step::Return(array))
}

/// Sorts raw elements as numbers.
fn sort_by_number(vm: &mut Vm, kind: ElementKind, elements: &mut Vec<u64>) -> Completion<()> {
    for part in elements.chunks_mut(MANY) {
        part.iter_mut()
            .for_each(|bits| *bits = kind.to_ordinal(*bits));
        vm.work(part.len() / 16)?;
    }
    sort_bits(vm, elements)?;
    for part in elements.chunks_mut(MANY) {
        part.iter_mut()
            .for_each(|bits| *bits = kind.from_ordinal(*bits));
        vm.work(part.len() / 16)?;
    }
    Ok(())
}

/// More elements are sorted by their digits, which is as fast and can be stopped.
const MANY: usize = 1 << 16;

/// Sorts numbers.
fn sort_bits(vm: &mut Vm, elements: &mut Vec<u64>) -> Completion<()> {
    if elements.len() <= MANY {
        vm.work(elements.len() / 8 * elements.len().max(2).ilog2() as usize)?;
        elements.sort_unstable();
        return Ok(());
    }
    if vm.heap.would_exceed(elements.len().saturating_mul(8)) {
        return Err(vm.throw_range("Invalid typed array length"));
    }
    // Its places are filled in any order, so its pages are touched first, in order.
    let mut sorted = Vec::with_capacity(elements.len());
    for part in elements.chunks(MANY) {
        sorted.extend_from_slice(part);
        vm.work(MANY / 8)?;
    }
    for shift in (0..u64::BITS).step_by(8) {
        let digit = |bits: u64| usize::from((bits >> shift) as u8);
        let mut places = [0_usize; 256];
        for part in elements.chunks(MANY) {
            part.iter().for_each(|&bits| places[digit(bits)] += 1);
            vm.work(MANY / 16)?;
        }
        if places.contains(&elements.len()) {
            continue;
        }
        // From how many there are to where the first of them goes.
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for part in elements.chunks(MANY) {
            for &bits in part {
                let place = &mut places[digit(bits)];
                if let Some(slot) = sorted.get_mut(*place) {
                    *slot = bits;
                }
                *place += 1;
            }
            vm.work(MANY / 8)?;
        }
        std::mem::swap(elements, &mut sorted);
    }
    Ok(())
}
