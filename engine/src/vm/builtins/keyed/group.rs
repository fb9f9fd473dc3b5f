//! `Map.groupBy` and `Object.groupBy`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-groupby>.
//!
//! Both collect in a map: one of properties has their keys as keys.

use crate::vm::{
    builtins::iterator::stepping::{self, Asked, answer},
    heap::Obj,
    interpreter::{NativeFrame, Phase, Slot, Step},
    iterate::IteratorRecord,
    machine::{Completion, Throw, Vm},
    object::PropKey,
    value::Value,
};

/// What was called last: one of the two below.
const CALLED: Slot = Slot::new(0);
const NEXT: Value = Value::int(0);
const CALLBACK: Value = Value::int(1);
/// The iterator, or an array whose iterator is the usual one.
const SOURCE: Slot = Slot::new(1);
/// The iterator's `next`; the hole for an array.
const NEXT_METHOD: Slot = Slot::new(2);
/// How many items there were.
const INDEX: Slot = Slot::new(3);
/// The item of the last call.
const ITEM: Slot = Slot::new(4);
/// The map of the groups.
const GROUPS: Slot = Slot::new(5);

/// `Map.groupBy`
pub(super) fn map_group_by(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    if phase == Phase::Start {
        if frame.arg(0).is_nullish() {
            return Err(vm.throw_not_iterable(frame.arg(0)));
        }
        if !vm.is_callable(frame.arg(1)) {
            return Err(vm.throw_not_callable(frame.arg(1)));
        }
    }
    match group_by(vm, frame, phase, false)? {
        Some(step) => Ok(step),
        None => Ok(Step::Return(frame.get(GROUPS))),
    }
}

/// `Object.groupBy`
pub(in crate::vm::builtins) fn object_group_by(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
) -> Completion<Step> {
    if phase == Phase::Start {
        if frame.arg(0).is_nullish() {
            let text = vm.display_plain(frame.arg(0));
            return Err(vm.throw_type(format!("{text} is not iterable")));
        }
        if !vm.is_callable(frame.arg(1)) {
            let text = vm.display_plain(frame.arg(1));
            return Err(vm.throw_type(format!("{text} is not a function")));
        }
    }
    if let Some(step) = group_by(vm, frame, phase, true)? {
        return Ok(step);
    }
    let groups = frame.object(vm, GROUPS)?;
    let object = vm.new_object_with_proto(Value::NULL);
    vm.root(object);
    for (key, group) in vm.collection_entries(groups) {
        vm.create_data_property_or_throw(object, PropKey::from_value(key), group)?;
    }
    Ok(Step::Return(object.into()))
}

/// `GroupBy`: the next step, `None` when all items are in their groups.
fn group_by(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    by_property: bool,
) -> Completion<Option<Step>> {
    let asked = match phase {
        Phase::Start => {
            open(vm, frame)?;
            ask(vm, frame)?
        }
        Phase::Caught => {
            let throw = Throw(frame.result());
            return match iterator(frame) {
                Some(record) if frame.get(CALLED) == CALLBACK => {
                    vm.iterator_close(&record, Err(throw))
                }
                _ => Err(throw),
            };
        }
        Phase::Result if frame.get(CALLED) == NEXT => answer(vm, frame.result())?,
        Phase::Result => {
            if let Err(throw) = put(vm, frame, by_property) {
                return match iterator(frame) {
                    Some(record) => vm.iterator_close(&record, Err(throw)),
                    None => Err(throw),
                };
            }
            ask(vm, frame)?
        }
    };
    let item = match asked {
        Asked::Call(step) => return Ok(Some(step)),
        Asked::Done => return Ok(None),
        Asked::Value(item) => item,
    };
    let (callback, index) = (frame.arg(1), frame.get(INDEX));
    frame.set(CALLED, CALLBACK);
    frame.set(ITEM, item);
    frame.set(INDEX, Value::number(frame.number(INDEX) + 1.0));
    Ok(Some(frame.call(callback, Value::UNDEFINED, [item, index])))
}

fn open(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<()> {
    let groups = vm.new_map();
    frame.set(GROUPS, groups);
    frame.set(INDEX, Value::ZERO);
    let items = frame.arg(0);
    if vm.pristine_array(items).is_some() {
        // What the array's iterator would do can be done without it: nobody sees it.
        frame.set(SOURCE, items);
        frame.set(NEXT_METHOD, Value::HOLE);
        return Ok(());
    }
    let record = vm.get_iterator(items)?;
    frame.set(SOURCE, record.iterator);
    frame.set(NEXT_METHOD, record.next);
    Ok(())
}

/// The iterator under way; `None` for an array.
fn iterator(frame: &NativeFrame<'_>) -> Option<IteratorRecord> {
    let next = frame.get(NEXT_METHOD);
    if next.is_hole() {
        return None;
    }
    Some(IteratorRecord {
        iterator: frame.get(SOURCE).as_object()?,
        next,
        done: false,
    })
}

fn ask(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<Asked> {
    if let Some(record) = iterator(frame) {
        frame.set(CALLED, NEXT);
        return stepping::ask(vm, frame, record.iterator, record.next);
    }
    let array: Obj = frame.object(vm, SOURCE)?;
    let index = frame.index(INDEX) as u32;
    // The array may change meanwhile: its length is read anew each time, as its iterator would.
    if index >= vm.array_length(array) {
        return Ok(Asked::Done);
    }
    vm.get_o(array, PropKey::index(index)).map(Asked::Value)
}

/// Puts the item into the group that the callback named.
fn put(vm: &mut Vm, frame: &NativeFrame<'_>, by_property: bool) -> Completion<()> {
    let mut key = frame.result();
    if by_property {
        key = vm.to_property_key(key)?.value();
    }
    let table = frame.object(vm, GROUPS)?.internal(0);
    let group = match vm.table_get(table, key).and_then(Value::as_object) {
        Some(group) => group,
        None => {
            let group = vm.new_array();
            vm.table_insert(table, key, group.into())?;
            group
        }
    };
    vm.array_push(group, frame.get(ITEM))?;
    Ok(())
}
