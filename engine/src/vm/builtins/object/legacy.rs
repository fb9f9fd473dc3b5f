//! `__proto__` and the `__defineGetter__` family.
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-object.prototype.__proto__>.

use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    object::{Own, PropDesc},
    value::Value,
};

/// Declares them on `Object.prototype`.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("__defineGetter__", 2, define_getter),
            ("__defineSetter__", 2, define_setter),
            ("__lookupGetter__", 1, lookup_getter),
            ("__lookupSetter__", 1, lookup_setter),
        ],
    );
    vm.define_accessor(prototype, "__proto__", Some(get_proto), Some(set_proto));
}

fn get_proto(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    vm.get_prototype_of(object)
}

fn set_proto(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.this.is_nullish() {
        return Err(vm.throw_type("set Object.prototype.__proto__ called on null or undefined"));
    }
    let proto = args.at(0);
    if (proto.is_object() || proto.is_null())
        && let Some(object) = args.this.as_object()
    {
        vm.set_prototype_or_throw(object, proto)?;
    }
    Ok(Value::UNDEFINED)
}

fn define_getter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    define(vm, args, true)
}

fn define_setter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    define(vm, args, false)
}

fn define(vm: &mut Vm, args: &Args<'_>, is_getter: bool) -> Completion {
    let object = vm.to_object(args.this)?;
    vm.root(object);
    let function = args.at(1);
    if !vm.is_callable(function) {
        let name = if is_getter {
            "__defineGetter__"
        } else {
            "__defineSetter__"
        };
        return Err(vm.throw_type(format!("Object.prototype.{name}: Expecting function")));
    }
    let side = Some(function);
    let (get, set) = if is_getter {
        (side, None)
    } else {
        (None, side)
    };
    let desc = PropDesc {
        get,
        set,
        enumerable: Some(true),
        configurable: Some(true),
        ..PropDesc::default()
    };
    let key = vm.to_property_key(args.at(0))?;
    vm.define_or_throw(object, key, &desc)?;
    Ok(Value::UNDEFINED)
}

fn lookup_getter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    lookup(vm, args, true)
}

fn lookup_setter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    lookup(vm, args, false)
}

fn lookup(vm: &mut Vm, args: &Args<'_>, is_getter: bool) -> Completion {
    let mut at = vm.to_object(args.this)?;
    vm.root(at);
    let key = vm.to_property_key(args.at(0))?;
    vm.root(key.value());
    loop {
        vm.work(1)?;
        match vm.own_property(at, key)? {
            Own::Accessor(getter, setter, _) => return Ok(if is_getter { getter } else { setter }),
            Own::Data(..) => return Ok(Value::UNDEFINED),
            Own::None => {}
        }
        match vm.get_prototype_of(at)?.as_object() {
            Some(proto) => at = vm.root(proto),
            None => return Ok(Value::UNDEFINED),
        }
    }
}
