//! What a typed array tells about itself, and its iterators. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object>.

use super::{View, create::validate};
use crate::vm::{
    builtins::array_buffer::incompatible,
    heap::Obj,
    machine::{Args, Completion, NativeFn, Vm},
    object::{Own, PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// Declares the accessors, the iterators and what is shared with `Array.prototype`.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_getter(prototype, "buffer", buffer);
    vm.define_getter(prototype, "byteLength", byte_length);
    vm.define_getter(prototype, "byteOffset", byte_offset);
    vm.define_getter(prototype, "length", length);
    vm.define_getter(prototype, "@@toStringTag", to_string_tag);
    let array = vm.intrinsic(Intrinsic::ArrayPrototype);
    let iterators: [(&str, NativeFn); 3] =
        [("entries", entries), ("keys", keys), ("values", values)];
    for (name, function) in iterators {
        let key = vm.heap.key(name);
        // The method of arrays makes the iterator; it is captured so that programs cannot exchange it.
        let shared = own_value(vm, array, key);
        let method = vm.new_native_with(function, key, 0, shared);
        vm.define_value(prototype, name, method, attr::METHOD);
        if name == "values" {
            vm.define_value(prototype, "@@iterator", method, attr::METHOD);
        }
    }
    let key = vm.names.to_string;
    let to_string = own_value(vm, array, key);
    vm.define_value(prototype, "toString", to_string, attr::METHOD);
}

fn own_value(vm: &mut Vm, object: Obj, key: PropKey) -> Value {
    match vm.ordinary_own_property(object, key) {
        Own::Data(value, _) => value,
        _ => Value::UNDEFINED,
    }
}

fn this_view(vm: &mut Vm, this: Value, name: &str) -> Completion<View> {
    match View::of_value(this) {
        Some(view) => Ok(view),
        None => Err(incompatible(
            vm,
            &format!("get TypedArray.prototype.{name}"),
            this,
        )),
    }
}

fn buffer(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(this_view(vm, args.this, "buffer")?.buffer())
}

fn byte_length(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_view(vm, args.this, "byteLength")?;
    Ok(Value::from(view.len().unwrap_or(0) * view.kind.size()))
}

fn byte_offset(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_view(vm, args.this, "byteOffset")?;
    Ok(Value::from(view.len().map_or(0, |_| view.offset)))
}

/// `get %TypedArray%.prototype.length`; the interpreter knows it.
#[inline(never)]
pub(in crate::vm) fn length(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_view(vm, args.this, "length")?;
    Ok(Value::from(view.len().unwrap_or(0)))
}

fn to_string_tag(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(match View::of_value(args.this) {
        Some(view) => vm.heap.atom_str(view.kind.name()).into(),
        None => Value::UNDEFINED,
    })
}

fn entries(vm: &mut Vm, args: &Args<'_>) -> Completion {
    iterator(vm, args, "prototype.entries")
}

fn keys(vm: &mut Vm, args: &Args<'_>) -> Completion {
    iterator(vm, args, "prototype.keys")
}

fn values(vm: &mut Vm, args: &Args<'_>) -> Completion {
    iterator(vm, args, "prototype.values")
}

fn iterator(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    validate(vm, args.this, method)?;
    vm.call(args.captured(), args.this, &[])
}
