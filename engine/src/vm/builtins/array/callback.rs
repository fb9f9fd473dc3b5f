//! Methods that call back: `every`, `filter`, `find`..., `forEach`, `map`, `reduce`, `reduceRight`, `some`.
//!
//! They are resumable (`interpreter::native_frame`): each step takes the callback's result and calls it for the next element.
//! Where that lies densely in an array, a [`QuickStep`] does it.

use super::{callback, skip_missing};
use crate::vm::{
    heap::{Kind, Obj, flag},
    interpreter::{NativeFrame, Phase, Quick, QuickStep, Slot, Step},
    machine::{Completion, Vm},
    value::Value,
};

/// `this` as an object.
const OBJECT: Slot = Slot::new(0);
/// Its length when the method was called.
const LENGTH: Slot = Slot::new(1);
/// The index after that of the last call; descending: the index of the last call.
const INDEX: Slot = Slot::new(2);
/// The element of the last call.
const ELEMENT: Slot = Slot::new(3);
/// The array that `map` and `filter` make.
const ARRAY: Slot = Slot::new(4);
/// How many elements `filter` put there.
const COUNT: Slot = Slot::new(5);
/// What `reduce` has so far; the hole before there is anything.
const ACCUMULATOR: Slot = Slot::new(4);

/// Up to this length, `map` expects that every element is there.
const EXPECTED: f64 = 65_536.0;

/// Declares the methods that have a quick step.
pub(super) fn install(vm: &mut Vm, proto: Obj) {
    vm.define_quick(
        proto,
        &[
            ("every", 1, every, Quick::of::<While<true>>()),
            ("filter", 1, filter, Quick::of::<Filter>()),
            ("find", 1, find, Quick::of::<While<false>>()),
            ("findIndex", 1, find_index, Quick::of::<While<false>>()),
            ("forEach", 1, for_each, Quick::of::<ForEach>()),
            ("map", 1, map, Quick::of::<Map>()),
            ("reduce", 1, reduce, Quick::of::<Reduce>()),
            ("some", 1, some, Quick::of::<While<false>>()),
        ],
    );
}

/// What all of them begin with: the receiver's length is read, then the callback looked at.
fn start(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<(Obj, f64)> {
    if frame.this().is_nullish() {
        return Err(vm.throw_no_receiver(frame.callee()));
    }
    let object = vm.to_object(frame.this())?;
    frame.set(OBJECT, object);
    let length = vm.length_of(object)?;
    frame.set(LENGTH, Value::number(length));
    frame.set(INDEX, Value::ZERO);
    callback(vm, frame.arg(0))?;
    Ok((object, length))
}

/// The element of an array at `INDEX`, if it lies densely: what makes the usual step cheap.
#[inline(always)]
fn dense_next(frame: &NativeFrame<'_>) -> Option<(i32, Value, Value)> {
    let object = frame.get(OBJECT);
    let (index, length) = (frame.get(INDEX).as_int()?, frame.get(LENGTH).as_int()?);
    let array = object.as_object()?;
    if index >= length || array.kind() != Kind::Array {
        return None;
    }
    let value = array.dense(index as u32);
    (!value.is_hole()).then_some((index, value, object))
}

/// Calls the callback with the next element that is there, ascending; `None` when there is none.
#[inline]
fn visit_present(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<Option<Step>> {
    if let Some((index, value, object)) = dense_next(frame) {
        return Ok(Some(call(
            frame,
            Value::int(index),
            Value::int(index + 1),
            value,
            object,
        )));
    }
    visit_slowly(vm, frame)
}

fn call(
    frame: &mut NativeFrame<'_>,
    index: Value,
    next: Value,
    value: Value,
    object: Value,
) -> Step {
    frame.set(INDEX, next);
    frame.set(ELEMENT, value);
    frame.call(frame.arg(0), frame.arg(1), [value, index, object])
}

#[inline(never)]
fn visit_slowly(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<Option<Step>> {
    let object = frame.object(vm, OBJECT)?;
    let (mut index, length) = (frame.number(INDEX), frame.number(LENGTH));
    while index < length {
        if let Some(value) = vm.get_at_if_present(object, index)? {
            let next = Value::number(index + 1.0);
            return Ok(Some(call(
                frame,
                Value::number(index),
                next,
                value,
                object.into(),
            )));
        }
        vm.work(1)?;
        index = skip_missing(vm, object, index);
    }
    Ok(None)
}

/// As [`call`], with the next dense element.
#[inline(always)]
fn fill(frame: &mut NativeFrame<'_>, (index, value, object): (i32, Value, Value)) -> usize {
    frame.set(INDEX, Value::int(index + 1));
    frame.set(ELEMENT, value);
    let (function, this) = (frame.arg(0), frame.arg(1));
    frame.fill(function, this, [value, Value::int(index), object])
}

/// `ToBoolean` of the callback's result.
#[inline(always)]
fn is_true(vm: &Vm, frame: &NativeFrame<'_>) -> bool {
    let result = frame.result();
    if result.is_bool() {
        result == Value::TRUE
    } else {
        vm.to_boolean(result)
    }
}

/// Appends to the array that is being made, at this index, if it has room there and nobody has meddled with it.
#[inline(always)]
fn append(frame: &NativeFrame<'_>, index: i32, value: Value) -> Option<()> {
    let array = frame.get(ARRAY).as_object()?;
    let fits = array.kind() == Kind::Array
        && !array.has_flag(flag::EXOTIC | flag::IS_PROTO)
        && array.append_dense(index as u32, value);
    fits.then_some(())
}

/// `forEach`
struct ForEach;

impl QuickStep for ForEach {
    #[inline(always)]
    fn again(_: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<usize> {
        let next = dense_next(frame)?;
        Some(fill(frame, next))
    }
}

/// Methods that go on as long as the callback answers `GOES_ON`.
struct While<const GOES_ON: bool>;

impl<const GOES_ON: bool> QuickStep for While<GOES_ON> {
    #[inline(always)]
    fn again(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<usize> {
        if is_true(vm, frame) != GOES_ON {
            return None;
        }
        let next = dense_next(frame)?;
        Some(fill(frame, next))
    }
}

struct Map;

impl QuickStep for Map {
    #[inline(always)]
    fn again(_: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<usize> {
        let next = dense_next(frame)?;
        append(frame, next.0 - 1, frame.result())?;
        Some(fill(frame, next))
    }
}

struct Filter;

impl QuickStep for Filter {
    #[inline(always)]
    fn again(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<usize> {
        let next = dense_next(frame)?;
        if is_true(vm, frame) {
            let count = frame.get(COUNT).as_int()?;
            append(frame, count, frame.get(ELEMENT))?;
            frame.set(COUNT, Value::int(count + 1));
        }
        Some(fill(frame, next))
    }
}

struct Reduce;

impl QuickStep for Reduce {
    #[inline(always)]
    fn again(_: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<usize> {
        let (index, value, object) = dense_next(frame)?;
        let so_far = frame.result();
        frame.set(ACCUMULATOR, so_far);
        frame.set(INDEX, Value::int(index + 1));
        let values = [so_far, value, Value::int(index), object];
        Some(frame.fill(frame.arg(0), Value::UNDEFINED, values))
    }
}

/// The index of the last call.
fn last_index(frame: &NativeFrame<'_>) -> f64 {
    frame.number(INDEX) - 1.0
}

// ANCHOR: for_each
/// `Array.prototype.forEach`
pub(super) fn for_each(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame)?;
    }
    Ok(visit_present(vm, frame)?.unwrap_or(Step::Return(Value::UNDEFINED)))
}
// ANCHOR_END: for_each

/// `Array.prototype.map`
pub(super) fn map(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        let (object, length) = start(vm, frame)?;
        let array = vm.array_species_create(object, length)?;
        frame.set(ARRAY, array);
        if array.kind() == Kind::Array && length <= EXPECTED {
            vm.reserve_dense(array, length as u32)?;
        }
    } else {
        let array = frame.object(vm, ARRAY)?;
        vm.create_at(array, last_index(frame), frame.result())?;
    }
    let end = Step::Return(frame.get(ARRAY));
    Ok(visit_present(vm, frame)?.unwrap_or(end))
}

/// `Array.prototype.filter`
pub(super) fn filter(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        let (object, _) = start(vm, frame)?;
        let array = vm.array_species_create(object, 0.0)?;
        frame.set(ARRAY, array);
        frame.set(COUNT, Value::ZERO);
    } else if vm.to_boolean(frame.result()) {
        let (array, count) = (frame.object(vm, ARRAY)?, frame.number(COUNT));
        vm.create_at(array, count, frame.get(ELEMENT))?;
        frame.set(COUNT, Value::number(count + 1.0));
    }
    let end = Step::Return(frame.get(ARRAY));
    Ok(visit_present(vm, frame)?.unwrap_or(end))
}

/// `Array.prototype.some`
pub(super) fn some(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame)?;
    } else if vm.to_boolean(frame.result()) {
        return Ok(Step::Return(Value::TRUE));
    }
    Ok(visit_present(vm, frame)?.unwrap_or(Step::Return(Value::FALSE)))
}

/// `Array.prototype.every`
pub(super) fn every(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame)?;
    } else if !vm.to_boolean(frame.result()) {
        return Ok(Step::Return(Value::FALSE));
    }
    Ok(visit_present(vm, frame)?.unwrap_or(Step::Return(Value::TRUE)))
}

/// `FindViaPredicate`: true once the element and its index (in `ELEMENT` and `INDEX`) are found; else the next call, or
/// `None` at the end.
fn find_via(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    descending: bool,
) -> Completion<Result<bool, Step>> {
    if phase == Phase::Start {
        let (_, length) = start(vm, frame)?;
        if descending {
            frame.set(INDEX, Value::number(length));
        }
    } else if vm.to_boolean(frame.result()) {
        if !descending {
            frame.set(INDEX, Value::number(last_index(frame)));
        }
        return Ok(Ok(true));
    }
    if !descending && let Some((index, value, object)) = dense_next(frame) {
        return Ok(Err(call(
            frame,
            Value::int(index),
            Value::int(index + 1),
            value,
            object,
        )));
    }
    let (next, length) = (frame.number(INDEX), frame.number(LENGTH));
    let index = if descending { next - 1.0 } else { next };
    if !(0.0..length).contains(&index) {
        return Ok(Ok(false));
    }
    let object = frame.object(vm, OBJECT)?;
    let value = vm.get_at(object, index)?;
    let next = if descending { index } else { index + 1.0 };
    let step = call(
        frame,
        Value::number(index),
        Value::number(next),
        value,
        object.into(),
    );
    Ok(Err(step))
}

fn found_value(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    descending: bool,
) -> Completion<Step> {
    Ok(match find_via(vm, frame, phase, descending)? {
        Ok(true) => Step::Return(frame.get(ELEMENT)),
        Ok(false) => Step::Return(Value::UNDEFINED),
        Err(step) => step,
    })
}

fn found_index(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    descending: bool,
) -> Completion<Step> {
    Ok(match find_via(vm, frame, phase, descending)? {
        Ok(true) => Step::Return(frame.get(INDEX)),
        Ok(false) => Step::Return(Value::int(-1)),
        Err(step) => step,
    })
}

/// `Array.prototype.find`
pub(super) fn find(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    found_value(vm, frame, phase, false)
}

/// `Array.prototype.findIndex`
pub(super) fn find_index(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    found_index(vm, frame, phase, false)
}

/// `Array.prototype.findLast`
pub(super) fn find_last(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    found_value(vm, frame, phase, true)
}

/// `Array.prototype.findLastIndex`
pub(super) fn find_last_index(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    found_index(vm, frame, phase, true)
}

/// `Array.prototype.reduce`
pub(super) fn reduce(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Start {
        start(vm, frame)?;
        start_fold(frame);
    } else {
        frame.set(ACCUMULATOR, frame.result());
    }
    if let Some((index, value, object)) = dense_next(frame)
        && !frame.get(ACCUMULATOR).is_hole()
    {
        frame.set(INDEX, Value::int(index + 1));
        return Ok(fold(frame, value, Value::int(index), object));
    }
    let object = frame.object(vm, OBJECT)?;
    let (mut index, length) = (frame.number(INDEX), frame.number(LENGTH));
    while index < length {
        let Some(value) = vm.get_at_if_present(object, index)? else {
            vm.work(1)?;
            index = skip_missing(vm, object, index);
            continue;
        };
        frame.set(INDEX, Value::number(index + 1.0));
        if !frame.get(ACCUMULATOR).is_hole() {
            return Ok(fold(frame, value, Value::number(index), object.into()));
        }
        frame.set(ACCUMULATOR, value);
        index += 1.0;
    }
    end_fold(vm, frame)
}

/// `Array.prototype.reduceRight`
pub(super) fn reduce_right(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    if phase == Phase::Start {
        let (_, length) = start(vm, frame)?;
        frame.set(INDEX, Value::number(length));
        start_fold(frame);
    } else {
        frame.set(ACCUMULATOR, frame.result());
    }
    let object = frame.object(vm, OBJECT)?;
    let mut index = frame.number(INDEX);
    while index > 0.0 {
        index -= 1.0;
        let Some(value) = vm.get_at_if_present(object, index)? else {
            vm.work(1)?;
            continue;
        };
        frame.set(INDEX, Value::number(index));
        if !frame.get(ACCUMULATOR).is_hole() {
            return Ok(fold(frame, value, Value::number(index), object.into()));
        }
        frame.set(ACCUMULATOR, value);
    }
    end_fold(vm, frame)
}

fn start_fold(frame: &mut NativeFrame<'_>) {
    let initial = if frame.argc() > 1 {
        frame.arg(1)
    } else {
        Value::HOLE
    };
    frame.set(ACCUMULATOR, initial);
}

fn fold(frame: &mut NativeFrame<'_>, value: Value, index: Value, object: Value) -> Step {
    let so_far = frame.get(ACCUMULATOR);
    frame.call(
        frame.arg(0),
        Value::UNDEFINED,
        [so_far, value, index, object],
    )
}

fn end_fold(vm: &mut Vm, frame: &NativeFrame<'_>) -> Completion<Step> {
    let result = frame.get(ACCUMULATOR);
    if result.is_hole() {
        return Err(vm.throw_type("Reduce of empty array with no initial value"));
    }
    Ok(Step::Return(result))
}
