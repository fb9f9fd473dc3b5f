//! `Array`, `Array.from`, `Array.isArray`, `Array.of`.

use super::callback;
use crate::vm::{
    heap::Obj,
    interpreter::{NativeFrame, Phase, Slot, Step},
    iterate::IteratorRecord,
    machine::{Args, Completion, Throw, Vm},
    object::PropKey,
    realm::Intrinsic,
    value::Value,
};

/// `new Array(n)` makes room for this many elements at once; longer ones wait for their elements.
const PREALLOCATED: f64 = 4_194_304.0;

/// `Array(...)`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-array>.
pub(super) fn array(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut proto = Value::UNDEFINED;
    if args.is_construct() && args.new_target != Value::from(args.callee) {
        proto = vm.prototype_from_constructor(args.new_target, Intrinsic::ArrayPrototype)?;
    }
    let array = match *args.values {
        [length] if length.is_number() => {
            let number = length.as_number().unwrap_or(0.0);
            if number != f64::from(number as u32) {
                return Err(vm.throw_range("Invalid array length"));
            }
            let array = vm.array_create(number, proto)?;
            if number <= PREALLOCATED && !vm.heap.would_exceed(number as usize * 8) {
                vm.set_dense_len_exact(array, number as u32)?;
            }
            array
        }
        _ => {
            let array = vm.array_create(0.0, proto)?;
            vm.extend_dense(array, args.values)?;
            array.set_internal(0, Value::from(args.len()));
            array
        }
    };
    Ok(array.into())
}

/// `Array.isArray`
pub(super) fn is_array(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.is_array(args.at(0)).map(Value::bool)
}

/// `Construct(this, [length])` if `this` is a constructor, else a new array. Rooted.
pub(super) fn create_from_this(vm: &mut Vm, this: Value, length: Option<f64>) -> Completion<Obj> {
    let array = match this.as_object() {
        Some(constructor)
            if this != Value::from(vm.intrinsic(Intrinsic::Array)) && vm.is_constructor(this) =>
        {
            match length {
                Some(length) => vm.construct(constructor, &[Value::number(length)], constructor)?,
                None => vm.construct(constructor, &[], constructor)?,
            }
        }
        _ => vm.array_create(length.unwrap_or(0.0), Value::UNDEFINED)?,
    };
    Ok(vm.root(array))
}

/// `Array.of`
pub(super) fn of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let array = create_from_this(vm, args.this, Some(args.len() as f64))?;
    for (index, &value) in args.values.iter().enumerate() {
        vm.create_at(array, index as f64, value)?;
    }
    vm.put_length(array, args.len() as f64)?;
    Ok(array.into())
}

/// The array that `Array.from` makes.
const ARRAY: Slot = Slot::new(0);
/// The index of the element under way.
const INDEX: Slot = Slot::new(1);
/// The iterator, or the array-like object.
const SOURCE: Slot = Slot::new(2);
/// The iterator's `next`; the hole where there is no iterator.
const NEXT: Slot = Slot::new(3);
/// The length of an array-like object; the hole for an array whose iterator is the usual one.
const LENGTH: Slot = Slot::new(4);

/// `Array.from`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-array.from>.
pub(super) fn from(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    match phase {
        Phase::Start => {
            if let Some(array) = from_plain(vm, frame)? {
                return Ok(Step::Return(array.into()));
            }
            start_from(vm, frame)?;
        }
        Phase::Result => put(vm, frame, frame.result())?,
        Phase::Caught => {
            let thrown = Err(Throw(frame.result()));
            return match iterator(vm, frame)? {
                Some(record) => vm.iterator_close(&record, thrown),
                None => thrown,
            };
        }
    }
    let map = frame.arg(1);
    loop {
        let Some(value) = next_value(vm, frame)? else {
            let array = frame.object(vm, ARRAY)?;
            vm.put_length(array, frame.number(INDEX))?;
            return Ok(Step::Return(array.into()));
        };
        if !map.is_undefined() {
            return Ok(frame.call(map, frame.arg(2), [value, frame.get(INDEX)]));
        }
        let mark = vm.root_mark();
        vm.root(value);
        put(vm, frame, value)?;
        vm.unroot_to(mark);
        vm.work(1)?;
    }
}

/// A copy of an array that nothing can tell from going through it.
fn from_plain(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<Option<Obj>> {
    if frame.arg(1).is_undefined()
        && frame.this() == Value::from(vm.intrinsic(Intrinsic::Array))
        && let Some(source) = vm.pristine_array(frame.arg(0))
        && super::is_plain(vm, source)
    {
        super::check_room(vm, f64::from(source.dense_len()))?;
        let array = vm.new_array();
        vm.extend_dense_from(array, source, 0, source.dense_len())?;
        vm.fill_holes(array)?;
        array.set_internal(0, Value::from(array.dense_len()));
        return Ok(Some(array));
    }
    Ok(None)
}

/// Makes the array, and finds out how to go through the items.
fn start_from(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Completion<()> {
    let (items, map) = (frame.arg(0), frame.arg(1));
    if !map.is_undefined() {
        callback(vm, map)?;
    }
    frame.set(INDEX, Value::ZERO);
    if items.is_nullish() {
        return Err(vm.throw_not_iterable(items));
    }
    let key = PropKey::symbol(vm.symbols.iterator);
    let method = vm.get_method(items, key)?;
    if method.is_undefined() {
        let source = vm.to_object(items)?;
        frame.set(SOURCE, source);
        frame.set(NEXT, Value::HOLE);
        let length = vm.length_of(source)?;
        frame.set(LENGTH, Value::number(length));
        let array = create_from_this(vm, frame.this(), Some(length))?;
        frame.set(ARRAY, array);
        return Ok(());
    }
    vm.root(method);
    let array = create_from_this(vm, frame.this(), None)?;
    frame.set(ARRAY, array);
    if vm.pristine_array(items).is_some() {
        // What the array's iterator would do can be done without it: nobody sees it.
        frame.set(SOURCE, items);
        frame.set(NEXT, Value::HOLE);
        frame.set(LENGTH, Value::HOLE);
        return Ok(());
    }
    let record = vm.get_iterator_from_method(items, method)?;
    frame.set(SOURCE, record.iterator);
    frame.set(NEXT, record.next);
    Ok(())
}

/// The iterator under way; `None` for an array-like object.
fn iterator(vm: &mut Vm, frame: &NativeFrame<'_>) -> Completion<Option<IteratorRecord>> {
    let next = frame.get(NEXT);
    if next.is_hole() {
        return Ok(None);
    }
    Ok(Some(IteratorRecord {
        iterator: frame.object(vm, SOURCE)?,
        next,
        done: false,
    }))
}

fn next_value(vm: &mut Vm, frame: &NativeFrame<'_>) -> Completion<Option<Value>> {
    if let Some(mut record) = iterator(vm, frame)? {
        return vm.iterator_step_value(&mut record);
    }
    let index = frame.number(INDEX);
    let source = frame.object(vm, SOURCE)?;
    let length = match frame.get(LENGTH) {
        // An array that may grow and shrink under way.
        length if length.is_hole() => f64::from(vm.array_length(source)),
        length => length.as_number().unwrap_or(0.0),
    };
    if index >= length {
        return Ok(None);
    }
    vm.get_at(source, index).map(Some)
}

/// Puts a value at the index under way, and goes on to the next.
fn put(vm: &mut Vm, frame: &mut NativeFrame<'_>, value: Value) -> Completion<()> {
    let (array, index) = (frame.object(vm, ARRAY)?, frame.number(INDEX));
    let created = vm.create_at(array, index, value);
    match iterator(vm, frame)? {
        Some(record) if created.is_err() => vm.close_on_error(&record, created)?,
        _ => created?,
    }
    frame.set(INDEX, Value::number(index + 1.0));
    Ok(())
}
