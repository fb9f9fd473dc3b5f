//! `freeze`, `seal`, `preventExtensions` and the questions about them.
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-setintegritylevel>.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::{Own, PropDesc, attr},
    value::Value,
};

/// An integrity level.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Sealed,
    Frozen,
}

/// `Object.preventExtensions`
pub(super) fn prevent_extensions(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(object) = args.at(0).as_object()
        && !vm.prevent_extensions(object)?
    {
        return Err(refused(vm, object));
    }
    Ok(args.at(0))
}

/// `Object.seal`
pub(super) fn seal(vm: &mut Vm, args: &Args<'_>) -> Completion {
    set_level(vm, args.at(0), Level::Sealed)
}

/// `Object.freeze`
pub(super) fn freeze(vm: &mut Vm, args: &Args<'_>) -> Completion {
    set_level(vm, args.at(0), Level::Frozen)
}

/// `Object.isExtensible`
pub(super) fn is_extensible(vm: &mut Vm, args: &Args<'_>) -> Completion {
    match args.at(0).as_object() {
        Some(object) => vm.is_extensible(object).map(Value::bool),
        None => Ok(Value::FALSE),
    }
}

/// `Object.isSealed`
pub(super) fn is_sealed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    test_level(vm, args.at(0), Level::Sealed)
}

/// `Object.isFrozen`
pub(super) fn is_frozen(vm: &mut Vm, args: &Args<'_>) -> Completion {
    test_level(vm, args.at(0), Level::Frozen)
}

fn refused(vm: &mut Vm, object: Obj) -> crate::vm::Throw {
    if object.kind() == Kind::Proxy {
        return vm.throw_type("'preventExtensions' on proxy: trap returned falsish");
    }
    vm.throw_type("Cannot prevent extensions")
}

/// `SetIntegrityLevel`, or else throws.
fn set_level(vm: &mut Vm, value: Value, level: Level) -> Completion {
    let Some(object) = value.as_object() else {
        return Ok(value);
    };
    if object.kind() == Kind::TypedArray
        && level == Level::Frozen
        && vm.typed_array_length(object).unwrap_or(0) > 0
    {
        return Err(vm.throw_type("Cannot freeze array buffer views with elements"));
    }
    if object.kind() == Kind::Object && object.dense_len() == 0 && vm.sparse(object).is_none() {
        // FAST PATH: objects of one shape go to one other shape.
        vm.settle_stack(object, true)?;
        let shapes = &mut vm.heap.shapes;
        if let Some(shape) = shapes.with_integrity(object.shape(), level == Level::Frozen) {
            object.set_shape(shape);
            vm.note_change(object);
            return Ok(value);
        }
    }
    if !vm.prevent_extensions(object)? {
        return Err(refused(vm, object));
    }
    if set_plain_level(vm, object, level)? {
        return Ok(value);
    }
    let keys = vm.own_keys(object)?;
    keys.iter().for_each(|key| vm.roots.push(key.value()));
    for key in keys {
        vm.work(1)?;
        let mut desc = PropDesc {
            configurable: Some(false),
            ..PropDesc::default()
        };
        if level == Level::Frozen {
            match vm.own_property(object, key)? {
                Own::None => continue,
                Own::Data(..) => desc.writable = Some(false),
                Own::Accessor(..) => {}
            }
        }
        vm.define_or_throw(object, key, &desc)?;
    }
    Ok(value)
}

/// Changes all attributes at once, if the object has named properties only and nothing to say about them.
fn set_plain_level(vm: &mut Vm, object: Obj, level: Level) -> Completion<bool> {
    let plain = matches!(
        object.kind(),
        Kind::Object | Kind::Function | Kind::NativeFunction | Kind::BoundFunction
    );
    if !plain || object.dense_len() > 0 || vm.sparse(object).is_some() {
        return Ok(false);
    }
    vm.settle_stack(object, true)?;
    vm.make_dictionary(object);
    let entries = vm.heap.shapes.entries(object.shape());
    vm.work(entries.len())?;
    for (key, slot) in entries {
        let mut attrs = slot.attrs & !attr::C;
        if level == Level::Frozen && attrs & attr::ACCESSOR == 0 {
            attrs &= !attr::W;
        }
        if attrs != slot.attrs && !key.is_private() {
            vm.heap.shapes.set_attrs(object.shape(), key, attrs);
        }
    }
    vm.note_change(object);
    Ok(true)
}

/// `TestIntegrityLevel`
fn test_level(vm: &mut Vm, value: Value, level: Level) -> Completion {
    let Some(object) = value.as_object() else {
        return Ok(Value::TRUE);
    };
    if vm.is_extensible(object)? {
        return Ok(Value::FALSE);
    }
    let keys = vm.own_keys(object)?;
    keys.iter().for_each(|key| vm.roots.push(key.value()));
    for key in keys {
        vm.work(1)?;
        match vm.own_property(object, key)? {
            Own::None => {}
            own if own.attrs() & attr::C != 0 => return Ok(Value::FALSE),
            Own::Data(_, attrs) if level == Level::Frozen && attrs & attr::W != 0 => {
                return Ok(Value::FALSE);
            }
            _ => {}
        }
    }
    Ok(Value::TRUE)
}
