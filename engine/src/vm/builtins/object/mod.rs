//! Objects. Source: ECMA-262 <https://tc39.es/ecma262/#sec-object-objects>.

mod enumerate;
mod integrity;
mod legacy;
mod properties;
mod prototype;

pub(in crate::vm) use prototype::builtin_tag;

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Object`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Object",
        1,
        construct,
        Intrinsic::Object,
        Intrinsic::ObjectPrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        constructor,
        &[
            ("assign", 2, properties::assign),
            (
                "getOwnPropertyDescriptor",
                2,
                properties::get_own_property_descriptor,
            ),
            (
                "getOwnPropertyDescriptors",
                1,
                properties::get_own_property_descriptors,
            ),
            ("getOwnPropertyNames", 1, enumerate::get_own_property_names),
            (
                "getOwnPropertySymbols",
                1,
                enumerate::get_own_property_symbols,
            ),
            ("hasOwn", 2, properties::has_own),
            ("is", 2, is),
            ("preventExtensions", 1, integrity::prevent_extensions),
            ("seal", 1, integrity::seal),
            ("create", 2, properties::create),
            ("defineProperties", 2, properties::define_properties),
            ("defineProperty", 3, properties::define_property),
            ("freeze", 1, integrity::freeze),
            ("getPrototypeOf", 1, get_prototype_of),
            ("setPrototypeOf", 2, set_prototype_of),
            ("isExtensible", 1, integrity::is_extensible),
            ("isFrozen", 1, integrity::is_frozen),
            ("isSealed", 1, integrity::is_sealed),
            ("keys", 1, enumerate::keys),
            ("entries", 1, enumerate::entries),
            ("fromEntries", 1, enumerate::from_entries),
            ("values", 1, enumerate::values),
        ],
    );
    vm.define_catching(
        constructor,
        "groupBy",
        2,
        super::keyed::group::object_group_by,
    );
    prototype::install(vm, prototype);
    legacy::install(vm, prototype);
}

/// `Object(value)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.is_construct() && args.new_target != args.callee.into() {
        let object =
            vm.create_from_constructor(Kind::Object, args.new_target, Intrinsic::ObjectPrototype)?;
        return Ok(object.into());
    }
    if args.at(0).is_nullish() {
        return Ok(vm.new_plain_object().into());
    }
    vm.to_object(args.at(0)).map(Value::from)
}

/// `Object.is`
fn is(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(vm.heap.same_value(args.at(0), args.at(1))))
}

/// `Object.getPrototypeOf`
fn get_prototype_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.at(0))?;
    vm.get_prototype_of(object)
}

/// `Object.setPrototypeOf`
fn set_prototype_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (target, proto) = (args.at(0), args.at(1));
    if target.is_nullish() {
        return Err(vm.throw_type("Object.setPrototypeOf called on null or undefined"));
    }
    vm.check_prototype(proto)?;
    if let Some(object) = target.as_object() {
        vm.set_prototype_or_throw(object, proto)?;
    }
    Ok(target)
}

impl Vm {
    /// Throws unless the value may be a prototype: an object or null.
    ///
    /// # Errors
    /// `TypeError`
    pub(in crate::vm) fn check_prototype(&mut self, proto: Value) -> Completion<()> {
        if proto.is_object() || proto.is_null() {
            return Ok(());
        }
        let text = self.display_plain(proto);
        Err(self.throw_type(format!(
            "Object prototype may only be an Object or null: {text}"
        )))
    }

    /// `[[SetPrototypeOf]]`, or else throws.
    ///
    /// # Errors
    /// `TypeError` when the object refuses; whatever a Proxy trap throws.
    pub(in crate::vm) fn set_prototype_or_throw(
        &mut self,
        object: Obj,
        proto: Value,
    ) -> Completion<()> {
        if self.set_prototype_of(object, proto)? {
            return Ok(());
        }
        if object.kind() == Kind::Proxy {
            let message =
                "'setPrototypeOf' on proxy: trap returned falsish for property 'undefined'";
            return Err(self.throw_type(message));
        }
        let which = Intrinsic::ObjectPrototype as usize;
        if self
            .realms
            .iter()
            .any(|realm| realm.intrinsics[which] == Value::from(object))
        {
            let message =
                "Immutable prototype object 'Object.prototype' cannot have their prototype set";
            return Err(self.throw_type(message));
        }
        if !self.heap.shapes.get(object.shape()).extensible {
            let text = self.display_receiver(object.into());
            return Err(self.throw_type(format!("{text} is not extensible")));
        }
        Err(self.throw_type("Cyclic __proto__ value"))
    }
}
