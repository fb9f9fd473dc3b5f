//! Array iterators, over arrays and whatever else has a length. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-array-iterator-objects>.
//!
//! Internal slots: 0 the array (undefined when done), 1 the next index, 2 the kind (an int: [`KEYS`], [`VALUES`],
//! [`ENTRIES`]).

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

/// Indexes.
pub const KEYS: i32 = 0;
/// Elements.
pub const VALUES: i32 = 1;
/// Pairs of index and element.
pub const ENTRIES: i32 = 2;

/// Declares `%ArrayIteratorPrototype%`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let proto = vm.new_intrinsic_object(Kind::Object, Intrinsic::IteratorPrototype);
    vm.set_intrinsic(Intrinsic::ArrayIteratorPrototype, proto);
    let next = vm.define_method(proto, "next", 0, next);
    vm.set_intrinsic(Intrinsic::ArrayIteratorNext, next);
    let tag = vm.str("Array Iterator");
    vm.define_value(proto, "@@toStringTag", tag, attr::C);
}

impl Vm {
    /// `CreateArrayIterator`
    pub fn new_array_iterator(&mut self, array: Obj, kind: i32) -> Obj {
        let iterator =
            self.new_intrinsic_object(Kind::ArrayIterator, Intrinsic::ArrayIteratorPrototype);
        iterator.set_internal(0, array.into());
        iterator.set_internal(1, Value::ZERO);
        iterator.set_internal(2, Value::int(kind));
        iterator
    }
}

/// `Array.prototype.keys`
pub(super) fn keys(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    Ok(vm.new_array_iterator(object, KEYS).into())
}

/// `Array.prototype.values`
pub(super) fn values(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    Ok(vm.new_array_iterator(object, VALUES).into())
}

/// `Array.prototype.entries`
pub(super) fn entries(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    Ok(vm.new_array_iterator(object, ENTRIES).into())
}

/// `%ArrayIteratorPrototype%.next`
fn next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(iterator) = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::ArrayIterator)
    else {
        let text = vm.display_receiver(args.this);
        return Err(vm.throw_type(format!(
            "Method Array Iterator.prototype.next called on incompatible receiver {text}"
        )));
    };
    let value = advance(vm, iterator)?;
    let done = value.is_none();
    Ok(vm
        .iter_result(value.unwrap_or(Value::UNDEFINED), done)
        .into())
}

/// Is calling `next` on the iterator nothing but [`advance`]?
#[inline]
pub(super) fn is_plain(iterator: Obj, method: Value) -> bool {
    iterator.kind() == Kind::ArrayIterator && super::array::is_native(method, next)
}

/// The next value of an array iterator.
pub(super) fn advance(vm: &mut Vm, iterator: Obj) -> Completion<Option<Value>> {
    let Some(array) = iterator.internal(0).as_object() else {
        return Ok(None);
    };
    let length = if array.kind() == Kind::TypedArray {
        match vm.typed_array_length(array) {
            Some(length) => length as f64,
            None => {
                return Err(vm.throw_type(
                    "Cannot perform %ArrayIteratorPrototype%.next on a detached ArrayBuffer",
                ));
            }
        }
    } else {
        vm.length_of(array)?
    };
    let index = iterator.internal(1).as_number().unwrap_or(0.0);
    if index >= length {
        iterator.set_internal(0, Value::UNDEFINED);
        return Ok(None);
    }
    iterator.set_internal(1, Value::number(index + 1.0));
    let kind = iterator.internal(2).as_int().unwrap_or(VALUES);
    if kind == KEYS {
        return Ok(Some(Value::number(index)));
    }
    let value = vm.get_at(array, index)?;
    if kind == ENTRIES {
        let pair = vm.new_array_from(&[Value::number(index), value]);
        return Ok(Some(pair.into()));
    }
    Ok(Some(value))
}
