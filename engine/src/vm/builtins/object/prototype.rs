//! `Object.prototype`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-properties-of-the-object-prototype-object>.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::{PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// Declares the methods.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("hasOwnProperty", 1, has_own_property),
            ("isPrototypeOf", 1, is_prototype_of),
            ("propertyIsEnumerable", 1, property_is_enumerable),
            ("valueOf", 0, value_of),
            ("toLocaleString", 0, to_locale_string),
        ],
    );
    let to_string = vm.define_method(prototype, "toString", 0, to_string);
    vm.set_intrinsic(Intrinsic::ObjectProtoToString, to_string);
}

/// `Object.prototype.hasOwnProperty`
fn has_own_property(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = vm.to_property_key(args.at(0))?;
    vm.root(key.value());
    let object = vm.to_object(args.this)?;
    vm.has_own(object, key).map(Value::bool)
}

/// `Object.prototype.isPrototypeOf`
fn is_prototype_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(mut at) = args.at(0).as_object() else {
        return Ok(Value::FALSE);
    };
    let object = Value::from(vm.to_object(args.this)?);
    vm.root(object);
    loop {
        vm.work(1)?;
        let proto = vm.get_prototype_of(at)?;
        if proto == object {
            return Ok(Value::TRUE);
        }
        match proto.as_object() {
            Some(proto) => at = vm.root(proto),
            None => return Ok(Value::FALSE),
        }
    }
}

/// `Object.prototype.propertyIsEnumerable`
fn property_is_enumerable(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = vm.to_property_key(args.at(0))?;
    vm.root(key.value());
    let object = vm.to_object(args.this)?;
    let own = vm.own_property(object, key)?;
    Ok(Value::bool(own.attrs() & attr::E != 0))
}

/// `Object.prototype.valueOf`
fn value_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.to_object(args.this).map(Value::from)
}

/// `Object.prototype.toLocaleString`
fn to_locale_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.this.is_nullish() {
        return Err(vm.throw_type("Object.prototype.toLocaleString called on null or undefined"));
    }
    let key = vm.names.to_string;
    vm.invoke(args.this, key, &[])
}

/// `Object.prototype.toString`
pub(super) fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.this.is_undefined() {
        return Ok(vm.str("[object Undefined]").into());
    }
    if args.this.is_null() {
        return Ok(vm.str("[object Null]").into());
    }
    let object = vm.to_object(args.this)?;
    vm.root(object);
    let default = if vm.is_array(object.into())? {
        "Array"
    } else {
        builtin_tag(vm, object)
    };
    let key = PropKey::symbol(vm.symbols.to_string_tag);
    let tag = vm.get_o(object, key)?;
    let Some(tag) = tag.as_string() else {
        return Ok(vm.heap.atom_str(&format!("[object {default}]")).into());
    };
    let (start, end) = (vm.str("[object "), vm.str("]"));
    let start = vm.concat_or_throw(start, tag)?;
    vm.concat_or_throw(start, end).map(Value::from)
}

/// `builtinTag`, arrays aside.
pub(in crate::vm) fn builtin_tag(vm: &Vm, object: Obj) -> &'static str {
    match object.kind() {
        Kind::Arguments | Kind::MappedArguments => "Arguments",
        Kind::Error => "Error",
        Kind::BooleanObject => "Boolean",
        Kind::NumberObject => "Number",
        Kind::StringObject => "String",
        Kind::Date => "Date",
        Kind::RegExp => "RegExp",
        _ if vm.is_callable(object.into()) => "Function",
        _ => "Object",
    }
}
