//! Booleans. Source: ECMA-262 <https://tc39.es/ecma262/#sec-boolean-objects>.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Boolean`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor {
        kind: Kind::BooleanObject,
        ..Constructor::new(
            "Boolean",
            1,
            construct,
            Intrinsic::Boolean,
            Intrinsic::BooleanPrototype,
        )
    };
    let (_, prototype) = vm.define_constructor(&class);
    prototype.set_internal(0, Value::FALSE);
    vm.define_methods(
        prototype,
        &[("toString", 0, to_string), ("valueOf", 0, value_of)],
    );
}

/// `Boolean(value)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let value = Value::bool(vm.to_boolean(args.at(0)));
    if !args.is_construct() {
        return Ok(value);
    }
    let object = vm.create_from_constructor(
        Kind::BooleanObject,
        args.new_target,
        Intrinsic::BooleanPrototype,
    )?;
    object.set_internal(0, value);
    Ok(object.into())
}

/// `ThisBooleanValue`
fn this_boolean(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<bool> {
    let value = match args.this.as_object() {
        Some(object) if object.kind() == Kind::BooleanObject => object.internal(0),
        _ => args.this,
    };
    match value.as_bool() {
        Some(value) => Ok(value),
        None => Err(vm.throw_type(format!(
            "Boolean.prototype.{method} requires that 'this' be a Boolean"
        ))),
    }
}

/// `Boolean.prototype.toString`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let value = this_boolean(vm, args, "toString")?;
    Ok(if value {
        vm.names.true_
    } else {
        vm.names.false_
    }
    .value())
}

/// `Boolean.prototype.valueOf`
fn value_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_boolean(vm, args, "valueOf").map(Value::bool)
}
