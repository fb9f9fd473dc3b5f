//! `Array`, `Array.from`, `Array.isArray`, `Array.of`.

use super::callback;
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
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
                vm.heap.set_dense_len_exact(array, number as u32);
            }
            array
        }
        _ => {
            let array = vm.array_create(0.0, proto)?;
            vm.heap.extend_dense(array, args.values);
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

/// `Array.from`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-array.from>.
pub(super) fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (items, map, this_arg) = (args.at(0), args.at(1), args.at(2));
    if !map.is_undefined() {
        callback(vm, map)?;
    }
    if map.is_undefined()
        && args.this == Value::from(vm.intrinsic(Intrinsic::Array))
        && let Some(source) = vm.pristine_array(items)
        && super::is_plain(vm, source)
    {
        super::check_room(vm, f64::from(source.dense_len()))?;
        let array = vm.new_array();
        vm.heap.extend_dense(array, source.dense_slice());
        array.fill_holes();
        array.set_internal(0, Value::from(array.dense_len()));
        return Ok(array.into());
    }
    let key = PropKey::symbol(vm.symbols.iterator);
    let method = if items.is_nullish() {
        Value::UNDEFINED
    } else {
        vm.get_method(items, key)?
    };
    if items.is_nullish() {
        return Err(vm.throw_not_iterable(items));
    }
    if method.is_undefined() {
        return from_array_like(vm, args.this, items, map, this_arg);
    }
    vm.root(method);
    let array = create_from_this(vm, args.this, None)?;
    let mut record = vm.get_iterator_from_method(items, method)?;
    let mut index = 0.0;
    loop {
        let mark = vm.root_mark();
        let Some(mut value) = vm.iterator_step_value(&mut record)? else {
            vm.put_length(array, index)?;
            return Ok(array.into());
        };
        vm.root(value);
        if !map.is_undefined() {
            let mapped = vm.call(map, this_arg, &[value, Value::number(index)]);
            value = vm.close_on_error(&record, mapped)?;
            vm.root(value);
        }
        let created = vm.create_at(array, index, value);
        vm.close_on_error(&record, created)?;
        index += 1.0;
        vm.unroot_to(mark);
    }
}

fn from_array_like(
    vm: &mut Vm,
    this: Value,
    items: Value,
    map: Value,
    this_arg: Value,
) -> Completion {
    let source = vm.to_object(items)?;
    vm.root(source);
    let length = vm.length_of(source)?;
    let array = create_from_this(vm, this, Some(length))?;
    let mut index = 0.0;
    while index < length {
        vm.work(1)?;
        let mut value = vm.get_at(source, index)?;
        if !map.is_undefined() {
            value = vm.call(map, this_arg, &[value, Value::number(index)])?;
        }
        vm.create_at(array, index, value)?;
        index += 1.0;
    }
    vm.put_length(array, length)?;
    Ok(array.into())
}
