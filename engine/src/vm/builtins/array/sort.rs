//! `sort`, `toSorted`: a stable merge sort over runs that are in order already.

use std::cmp::Ordering;

use super::{check_room, is_plain, skip_missing, sorter::Sorter};
use crate::vm::{
    heap::{Obj, Str, Units},
    interpreter::{NativeFrame, Phase, QuickStep, Slot, Step},
    machine::{Completion, Vm},
    value::Value,
};

/// `this` as an object.
const OBJECT: Slot = Slot::new(0);
/// Its length when the method was called.
const LENGTH: Slot = Slot::new(1);
/// The sorter.
const SORTER: Slot = Slot::new(2);
/// How many values there are, undefined ones included.
const COUNT: Slot = Slot::new(3);
/// The array that `toSorted` makes.
const ARRAY: Slot = Slot::new(4);

/// Elements that are copied between two looks at the limits.
const PART: usize = 1 << 15;

/// Shorter runs are made this long by insertion: all there are up to 63, else 32 to 64, so that the number of runs is about
/// a power of two. Source: Tim Peters, <https://github.com/python/cpython/blob/main/Objects/listsort.txt>.
pub(super) const fn min_run(mut len: usize) -> usize {
    let mut odd = 0;
    while len >= 64 {
        odd |= len & 1;
        len >>= 1;
    }
    len + odd
}

/// Sorts `items`. `after(vm, a, b)`: must `a`, which is ahead now, come after `b`?
///
/// # Errors
/// As `after`; the items are in some order then.
pub(in crate::vm) fn merge_sort<T: Copy>(
    vm: &mut Vm,
    items: &mut Vec<T>,
    after: &mut dyn FnMut(&mut Vm, T, T) -> Completion<bool>,
) -> Completion<()> {
    let len = items.len();
    // Runs: (start, end) of stretches that are in order.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    while start < len {
        let end = make_run(vm, items, start, after)?;
        runs.push((start, end));
        start = end;
    }
    let mut from = std::mem::take(items);
    let mut to = from.clone();
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        for pair in runs.chunks(2) {
            match *pair {
                [(start, middle), (_, end)] => {
                    let result = merge(vm, &from, &mut to, (start, middle, end), after);
                    if result.is_err() {
                        *items = from;
                        return result;
                    }
                    merged.push((start, end));
                }
                [(start, end)] => {
                    if let (Some(to), Some(from)) = (to.get_mut(start..end), from.get(start..end)) {
                        to.copy_from_slice(from);
                    }
                    merged.push((start, end));
                }
                _ => {}
            }
        }
        runs = merged;
        std::mem::swap(&mut from, &mut to);
    }
    *items = from;
    Ok(())
}

/// Makes the stretch from `start` on a run; returns its end.
fn make_run<T: Copy>(
    vm: &mut Vm,
    items: &mut [T],
    start: usize,
    after: &mut dyn FnMut(&mut Vm, T, T) -> Completion<bool>,
) -> Completion<usize> {
    let mut end = start + 1;
    let mut previous_descends = None;
    while let (Some(&a), Some(&b)) = (items.get(end - 1), items.get(end)) {
        vm.work(1)?;
        let descends = after(vm, a, b)?;
        if previous_descends.is_some_and(|previous| previous != descends) {
            break;
        }
        previous_descends = Some(descends);
        end += 1;
    }
    if previous_descends == Some(true)
        && let Some(run) = items.get_mut(start..end)
    {
        // Strictly descending, so turning it round keeps equal items in order.
        run.reverse();
    }
    let goal = (start + min_run(items.len())).min(items.len());
    while end < goal {
        let Some(&item) = items.get(end) else {
            break;
        };
        let (mut low, mut high) = (start, end);
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(&other) = items.get(middle) else {
                break;
            };
            vm.work(1)?;
            if after(vm, other, item)? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if let Some(stretch) = items.get_mut(low..=end) {
            stretch.rotate_right(1);
        }
        end += 1;
    }
    Ok(end)
}

fn merge<T: Copy>(
    vm: &mut Vm,
    from: &[T],
    to: &mut [T],
    (start, middle, end): (usize, usize, usize),
    after: &mut dyn FnMut(&mut Vm, T, T) -> Completion<bool>,
) -> Completion<()> {
    let (left, right) = (
        from.get(start..middle).unwrap_or_default(),
        from.get(middle..end).unwrap_or_default(),
    );
    let Some(to) = to.get_mut(start..end) else {
        return Ok(());
    };
    let in_order = match (left.last(), right.first()) {
        (Some(&a), Some(&b)) => !after(vm, a, b)?,
        _ => true,
    };
    if in_order {
        for (place, item) in to.iter_mut().zip(left.iter().chain(right)) {
            *place = *item;
        }
        return Ok(());
    }
    let (mut l, mut r) = (0, 0);
    for place in to {
        *place = match (left.get(l), right.get(r)) {
            (Some(&a), Some(&b)) => {
                vm.work(1)?;
                if after(vm, a, b)? {
                    r += 1;
                    b
                } else {
                    l += 1;
                    a
                }
            }
            (Some(&a), None) => {
                l += 1;
                a
            }
            (None, Some(&b)) => {
                r += 1;
                b
            }
            (None, None) => break,
        };
    }
    Ok(())
}

/// The comparison function that was passed: callable or undefined.
pub(in crate::vm) fn check_comparator(vm: &mut Vm, function: Value) -> Completion<()> {
    if function.is_undefined() || vm.is_callable(function) {
        return Ok(());
    }
    Err(vm.throw_type("The comparison function must be either a function or undefined"))
}

/// Steps of sorting by a comparison function, for frames that keep a [`Sorter`] in `sorter`: takes the answer of the last
/// call, and makes the next one; `None`: all are in order.
pub(in crate::vm) fn compare_next(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    sorter: Slot,
    phase: Phase,
) -> Completion<Option<Step>> {
    let mut answer = None;
    if phase == Phase::Result {
        let order = frame.result();
        answer = Some(match order.as_int() {
            Some(int) => int < 0,
            None => vm.to_number(order)? < 0.0,
        });
    }
    let sorter = vm.heap.native_mut::<Sorter<Value>>(frame.get(sorter));
    let asked = sorter.and_then(|sorter| sorter.next(answer));
    // It is asked about the later one first, as in V8: programs see that, and those whose function contradicts itself
    // depend on it.
    Ok(asked.map(|(a, b)| frame.call(frame.arg(0), Value::UNDEFINED, [b, a])))
}

/// The usual step of both: an answer that is a number.
pub(super) struct Compare;

impl QuickStep for Compare {
    #[inline(always)]
    fn again(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<usize> {
        let order = frame.result();
        let after = match order.as_int() {
            Some(int) => int < 0,
            None => order.as_number()? < 0.0,
        };
        let sorter = vm.heap.native_mut::<Sorter<Value>>(frame.get(SORTER))?;
        let (a, b) = sorter.next_at_once(after)?;
        Some(frame.fill(frame.arg(0), Value::UNDEFINED, [b, a]))
    }
}

/// The items of the frame's sorter, in order, with undefined at the end.
fn take_sorted(vm: &mut Vm, frame: &NativeFrame<'_>) -> Vec<Value> {
    let sorter = vm.heap.native_mut::<Sorter<Value>>(frame.get(SORTER));
    let mut items = sorter.map(Sorter::take_items).unwrap_or_default();
    items.resize(frame.number(COUNT) as usize, Value::UNDEFINED);
    items
}

/// Puts a sorter for these values, which are rooted, into the frame.
fn start_sorter(vm: &mut Vm, frame: &mut NativeFrame<'_>, mut values: Vec<Value>) {
    frame.set(COUNT, Value::from(values.len()));
    values.retain(|value| !value.is_undefined());
    let sorter = vm.heap.new_native(Sorter::new(values));
    frame.set(SORTER, sorter);
}

/// The order of two strings by code units.
fn compare_units(a: Units<'_>, b: Units<'_>) -> Ordering {
    match (a, b) {
        (Units::Latin1(a), Units::Latin1(b)) => a.cmp(b),
        (Units::Utf16(a), Units::Utf16(b)) => a.cmp(b),
        _ => a.iter().cmp(b.iter()),
    }
}

/// A value and its text. Most comparisons are settled by the text's first four units, as one number.
#[derive(Clone, Copy)]
struct ByText {
    start: u64,
    text: Str,
    value: Value,
}

impl ByText {
    fn new(vm: &mut Vm, text: Str, value: Value) -> Self {
        // Ropes would be flattened in the comparison, where there is no time for it.
        let units = vm.heap.units(&text);
        let start = (0..4).fold(0, |start, index| {
            start << 16 | u64::from(units.get(index).unwrap_or(0))
        });
        Self { start, text, value }
    }

    fn order(&self, other: &Self) -> Ordering {
        self.start
            .cmp(&other.start)
            .then_with(|| compare_units(self.text.flat_units(), other.text.flat_units()))
    }
}

/// Sorts values (rooted, none undefined) by their texts; fills up with undefined.
fn sort_by_text(vm: &mut Vm, values: Vec<Value>, count: usize) -> Completion<Vec<Value>> {
    let mut texts = Vec::with_capacity(values.len());
    for value in values {
        let text = vm.to_string(value)?;
        if Value::string(text) != value {
            vm.root(text);
        }
        texts.push(ByText::new(vm, text, value));
        vm.work(1)?;
    }
    // Runs of a length that needs no look at the limits, then merges.
    let longest = texts.iter().map(|text| text.text.len()).max();
    let run = if longest > Some(1024) { 1 } else { 256 };
    for run in texts.chunks_mut(run) {
        vm.work(run.len() * 10)?;
        run.sort_by(ByText::order);
    }
    merge_sort(vm, &mut texts, &mut |vm, a, b| {
        if a.start == b.start {
            vm.work(a.text.len().min(b.text.len()) / 32)?;
        }
        Ok(a.order(&b) == Ordering::Greater)
    })?;
    let mut items: Vec<Value> = texts.into_iter().map(|text| text.value).collect();
    items.resize(count, Value::UNDEFINED);
    Ok(items)
}

/// Sorts values (none is a hole; all rooted by the caller) by their texts, as `SortIndexedProperties` would: undefined last.
fn sort_values(vm: &mut Vm, mut values: Vec<Value>) -> Completion<Vec<Value>> {
    let count = values.len();
    values.retain(|value| !value.is_undefined());
    sort_by_text(vm, values, count)
}

/// Is there room to sort the dense elements of `object`? Each is in a list, rooted, with its text in another list and in the
/// one that is merged into.
fn ensure_sort_room(vm: &mut Vm, object: Obj, length: f64) -> Completion<()> {
    let count = length.min(f64::from(object.dense_len())) as usize;
    vm.ensure_room(if count < 1024 { 0 } else { count * 96 }, &[object.into()])
}

/// `Array.prototype.sort`
pub(super) fn sort(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        check_comparator(vm, frame.arg(0))?;
        let (object, length) = receiver(vm, frame)?;
        ensure_sort_room(vm, object, length)?;
        let values = present_values(vm, object, length)?;
        if frame.arg(0).is_undefined() {
            let values = sort_values(vm, values)?;
            return write_back(vm, object, &values, length);
        }
        start_sorter(vm, frame, values);
    }
    if let Some(step) = compare_next(vm, frame, SORTER, phase)? {
        return Ok(step);
    }
    let values = take_sorted(vm, frame);
    let object = frame.object(vm, OBJECT)?;
    for &value in &values {
        vm.root(value);
    }
    write_back(vm, object, &values, frame.number(LENGTH))
}

/// `this` as an object and its length, kept in the frame.
fn receiver(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<(Obj, f64)> {
    let object = vm.to_object(frame.this())?;
    frame.set(OBJECT, object);
    let length = vm.length_of(object)?;
    frame.set(LENGTH, Value::number(length));
    Ok((object, length))
}

/// FAST PATH: the elements of a dense array, rooted; holes for those that are missing.
fn dense_values(vm: &mut Vm, object: Obj, length: f64) -> Completion<Option<Vec<Value>>> {
    if !is_plain(vm, object) || f64::from(object.dense_len()) != length {
        return Ok(None);
    }
    let mut values = Vec::with_capacity(length as usize);
    for part in object.dense_slice().chunks(PART) {
        values.extend_from_slice(part);
        vm.roots.extend_from_slice(part);
        vm.work(part.len() / 8)?;
    }
    Ok(Some(values))
}

/// The elements that are there, rooted.
fn present_values(vm: &mut Vm, object: Obj, length: f64) -> Completion<Vec<Value>> {
    if let Some(mut values) = dense_values(vm, object, length)? {
        values.retain(|value| !value.is_hole());
        return Ok(values);
    }
    let mut values = Vec::new();
    let mut index = 0.0;
    while index < length {
        if let Some(value) = vm.get_at_if_present(object, index)? {
            vm.root(value);
            values.push(value);
            index += 1.0;
        } else {
            index = skip_missing(vm, object, index);
        }
        vm.work(1)?;
    }
    Ok(values)
}

fn write_back(vm: &mut Vm, object: Obj, values: &[Value], length: f64) -> Completion<Step> {
    for (index, &value) in values.iter().enumerate() {
        vm.put_at(object, index as f64, value)?;
        vm.work(1)?;
    }
    // Missing elements come last: they are deleted, all that were there when the length was read.
    let mut index = values.len() as f64;
    while index < length {
        vm.work(1)?;
        let key = vm.key_of_number(index);
        if vm.has_property(object, key)? {
            vm.delete_or_throw(object, key)?;
        }
        index = skip_missing(vm, object, index);
    }
    Ok(Step::Return(object.into()))
}

/// `Array.prototype.toSorted`
pub(super) fn to_sorted(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    if phase == Phase::Start {
        check_comparator(vm, frame.arg(0))?;
        let (object, length) = receiver(vm, frame)?;
        let array = vm.array_create(length, Value::UNDEFINED)?;
        frame.set(ARRAY, array);
        check_room(vm, length)?;
        ensure_sort_room(vm, object, length)?;
        let values = all_values(vm, object, length)?;
        if frame.arg(0).is_undefined() {
            let values = sort_values(vm, values)?;
            vm.extend_dense(array, &values)?;
            return Ok(Step::Return(array.into()));
        }
        start_sorter(vm, frame, values);
    }
    if let Some(step) = compare_next(vm, frame, SORTER, phase)? {
        return Ok(step);
    }
    let values = take_sorted(vm, frame);
    let array = frame.object(vm, ARRAY)?;
    vm.extend_dense(array, &values)?;
    Ok(Step::Return(array.into()))
}

/// The elements, rooted; undefined for those that are missing.
fn all_values(vm: &mut Vm, object: Obj, length: f64) -> Completion<Vec<Value>> {
    if let Some(mut values) = dense_values(vm, object, length)? {
        for value in values.iter_mut().filter(|value| value.is_hole()) {
            *value = Value::UNDEFINED;
        }
        return Ok(values);
    }
    let mut values = Vec::new();
    let mut index = 0.0;
    while index < length {
        let value = vm.get_at(object, index)?;
        values.push(vm.root(value));
        vm.work(1)?;
        index += 1.0;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_stably() {
        let mut vm = Vm::new(1 << 14);
        for len in [0u32, 1, 2, 15, 16, 17, 100, 1000] {
            for modulus in [1, 3, 7, 1009] {
                let mut items: Vec<(u32, u32)> =
                    (0..len).map(|at| (at * 7919 % modulus, at)).collect();
                let sorted = merge_sort(&mut vm, &mut items, &mut |_, a, b| Ok(a.0 > b.0));
                assert!(sorted.is_ok() && items.is_sorted(), "{len} {modulus}");
            }
        }
    }

    #[test]
    fn contradictory_orders_lose_nothing() {
        let mut vm = Vm::new(1 << 14);
        let mut items: Vec<u32> = (0..500).collect();
        let mut count = 0;
        let sorted = merge_sort(&mut vm, &mut items, &mut |_, _, _| {
            count += 1;
            Ok(count % 3 == 0)
        });
        assert!(sorted.is_ok());
        items.sort_unstable();
        assert!(items.into_iter().eq(0..500));
    }
}
