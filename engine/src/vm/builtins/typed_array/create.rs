//! Making typed arrays from Rust. Source: ECMA-262 <https://tc39.es/ecma262/#sec-abstract-operations-for-typedarray-objects>.

use super::{ElementKind, View, attach};
use crate::vm::{
    builtins::{array::is_native, array_buffer, buffer_data},
    heap::{Kind, Obj},
    machine::{Completion, Throw, Vm},
    object::{Own, PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// `ValidateTypedArray`: the view and its length. `method` is named in the message.
pub(super) fn validate(vm: &mut Vm, value: Value, method: &str) -> Completion<(View, usize)> {
    let Some(view) = View::of_value(value) else {
        return Err(vm.throw_type("this is not a typed array."));
    };
    match view.len() {
        Some(len) => Ok((view, len)),
        None => Err(array_buffer::detached(
            vm,
            &format!("%TypedArray%.{method}"),
        )),
    }
}

/// The `RangeError` for a length that no typed array has.
pub(super) fn invalid_length(vm: &mut Vm, length: f64) -> Throw {
    vm.throw_range(format!("Invalid typed array length: {length}"))
}

/// The `TypeError` for BigInt elements where numbers are, or the other way round.
pub(super) fn mixed(vm: &mut Vm) -> Throw {
    vm.throw_type("Cannot mix BigInt and other types, use explicit conversions")
}

/// `AllocateTypedArrayBuffer`: makes `array` (a new object) a view of a new buffer.
pub(super) fn allocate_for(
    vm: &mut Vm,
    array: Obj,
    kind: ElementKind,
    length: f64,
) -> Completion<View> {
    let bytes = length * kind.size() as f64;
    if bytes > buffer_data::MAX_BYTES as f64 {
        return Err(invalid_length(vm, length));
    }
    let buffer = array_buffer::allocate(vm, bytes)?;
    attach(array, kind, buffer, 0, Some(length as usize));
    match View::of(array) {
        Some(view) => Ok(view),
        None => Err(invalid_length(vm, length)),
    }
}

/// A new typed array of the intrinsic class, zeroed.
pub(in crate::vm::builtins) fn create_plain(
    vm: &mut Vm,
    kind: ElementKind,
    length: usize,
) -> Completion<View> {
    let array = vm.new_intrinsic_object(Kind::TypedArray, kind.prototype());
    allocate_for(vm, array, kind, length as f64)
}

/// `TypedArrayCreateFromConstructor`. The new array is rooted.
pub(super) fn create_from(
    vm: &mut Vm,
    constructor: Obj,
    args: &[Value],
    method: &str,
) -> Completion<View> {
    let new = vm.construct(constructor, args, constructor)?;
    vm.root(new);
    let Some(view) = View::of(new) else {
        return Err(array_buffer::incompatible(
            vm,
            &format!("%TypedArray%.{method}"),
            new.into(),
        ));
    };
    let (view, len) = validate(vm, view.array.into(), method)?;
    if let &[wanted] = args
        && let Some(wanted) = wanted.as_number()
        && (len as f64) < wanted
    {
        return Err(
            vm.throw_type("Derived TypedArray constructor created an array which was too small")
        );
    }
    Ok(view)
}

/// Would `TypedArraySpeciesCreate` use the intrinsic constructor, without anybody noticing that it was looked for?
pub(super) fn has_plain_species(vm: &mut Vm, exemplar: &View) -> bool {
    let proto = vm.intrinsic(exemplar.kind.prototype());
    let constructor = vm.intrinsic(exemplar.kind.constructor());
    let parent = vm.intrinsic(Intrinsic::TypedArray);
    let key = vm.names.constructor;
    let symbol = PropKey::symbol(vm.symbols.species);
    vm.proto_of(exemplar.array) == Value::from(proto)
        && vm.proto_of(constructor) == Value::from(parent)
        && vm.heap.shapes.lookup(exemplar.array.shape(), key).is_none()
        && vm.ordinary_own_property(proto, key) == Own::Data(constructor.into(), attr::METHOD)
        && vm.heap.shapes.lookup(constructor.shape(), symbol).is_none()
        && matches!(
            vm.ordinary_own_property(parent, symbol),
            Own::Accessor(getter, ..) if is_native(getter, array_buffer::species)
        )
}

/// The constructor that `TypedArraySpeciesCreate` uses; `None`: the intrinsic one.
fn species(vm: &mut Vm, exemplar: &View) -> Completion<Option<Obj>> {
    if has_plain_species(vm, exemplar) {
        return Ok(None);
    }
    let species = vm.species_constructor(exemplar.array)?;
    let intrinsic = vm.intrinsic(exemplar.kind.constructor());
    Ok(species.as_object().filter(|&species| species != intrinsic))
}

/// `TypedArraySpeciesCreate` with a length. The new array is rooted.
pub(super) fn species_create(
    vm: &mut Vm,
    exemplar: &View,
    length: usize,
    method: &str,
) -> Completion<View> {
    match species(vm, exemplar)? {
        Some(constructor) => {
            let view = create_from(vm, constructor, &[Value::from(length)], method)?;
            same_content(vm, exemplar, view)
        }
        None => {
            let view = create_plain(vm, exemplar.kind, length)?;
            vm.root(view.array);
            Ok(view)
        }
    }
}

/// `TypedArraySpeciesCreate` over the exemplar's buffer. The new array is rooted.
pub(super) fn species_create_over(
    vm: &mut Vm,
    exemplar: &View,
    args: &[Value],
    method: &str,
) -> Completion<View> {
    let constructor = match species(vm, exemplar)? {
        Some(constructor) => constructor,
        None => vm.intrinsic(exemplar.kind.constructor()),
    };
    let view = create_from(vm, constructor, args, method)?;
    same_content(vm, exemplar, view)
}

fn same_content(vm: &mut Vm, exemplar: &View, view: View) -> Completion<View> {
    if view.kind.is_big() == exemplar.kind.is_big() {
        Ok(view)
    } else {
        Err(mixed(vm))
    }
}
