//! `Object`: properties, prototypes, calls.

use super::{
    context::Context,
    error::{Error, Result},
    property::{PropertyKey, attributes, bits},
    value::Value,
};
use crate::{
    Attributes, PropertyDescriptor,
    vm::{
        heap::{Kind, Obj},
        machine::Vm,
        object::{Own, PropDesc, PropKey, attr},
        value::Value as Raw,
    },
};

/// A JavaScript object of any kind. Cloning counts an owner of the same object; `==` is identity.
///
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-object-type>.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct Object(pub(super) Value);

/// Makes plain objects with the same properties, quicker than setting them one by one.
#[derive(Clone, Debug)]
pub struct ObjectTemplate {
    model: Object,
    len: usize,
}

impl ObjectTemplate {
    /// A template for ordinary objects with these properties, in this order; all writable, enumerable, configurable.
    ///
    /// # Errors
    /// None in this backend.
    pub fn new(ctx: &mut Context, names: &[&str]) -> Result<Self> {
        let vm = ctx.vm();
        let model = vm.new_plain_object();
        for name in names {
            let key = vm.heap.key(name);
            match key.as_index() {
                Some(index) => vm.store_element(model, index, Raw::UNDEFINED, attr::ALL),
                None => vm.store_named(model, key, Raw::UNDEFINED, attr::ALL),
            }
        }
        Ok(Self {
            model: Object::own(model),
            len: names.len(),
        })
    }

    /// An object with these values, in the template's order; what is missing is `undefined`.
    ///
    /// # Errors
    /// None in this backend.
    pub fn create(&self, ctx: &mut Context, values: &[Value]) -> Result<Object> {
        let vm = ctx.vm();
        let model = self.model.obj();
        let shape = model.shape();
        let inline = model.cell().header().inline;
        let object = vm.heap.new_object(Kind::Object, shape, inline);
        let count = vm.heap.shapes.get(shape).count();
        vm.heap.reserve_slots(object, count);
        for (slot, value) in values.iter().take(self.len.min(count as usize)).enumerate() {
            let value = value.enter(vm);
            object.set_slot(slot as u32, value);
        }
        Ok(Object::own(object))
    }
}

impl Object {
    /// Owns a machine object.
    #[inline]
    pub(in crate::vm) fn own(object: Obj) -> Self {
        Self(Value::own_flat(object.into()))
    }

    /// The machine's object.
    #[inline]
    pub(in crate::vm) fn obj(&self) -> Obj {
        match self.0.raw().as_object() {
            Some(object) => object,
            None => unreachable!("an `Object` holds an object"),
        }
    }

    /// `{}`
    #[must_use]
    pub fn new(ctx: &mut Context) -> Self {
        Self::own(ctx.vm().new_plain_object())
    }

    /// `Object.create(prototype)`
    #[must_use]
    pub fn with_prototype(ctx: &mut Context, prototype: Option<&Self>) -> Self {
        let proto = prototype.map_or(Raw::NULL, |prototype| prototype.0.raw());
        Self::own(ctx.vm().new_object_with_proto(proto))
    }

    /// `[[Get]]` with the object itself as receiver. May run JavaScript (getters, Proxy traps).
    ///
    /// # Errors
    /// Whatever a getter throws.
    pub fn get(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<Value> {
        let key = key.into();
        let raw = ctx.guarded(|vm| {
            let key = key.enter(vm);
            vm.get_o(self.obj(), key)
        })?;
        Ok(Value::own(ctx.vm(), raw))
    }

    /// `object[key] = value` in strict mode. May run JavaScript.
    ///
    /// # Errors
    /// `TypeError` when the property cannot be set; whatever a setter throws.
    pub fn set(
        &self,
        ctx: &mut Context,
        key: impl Into<PropertyKey>,
        value: impl Into<Value>,
    ) -> Result<()> {
        let (key, value) = (key.into(), value.into());
        ctx.guarded(|vm| {
            let (key, value) = (key.enter(vm), value.enter(vm));
            vm.root(value);
            vm.put(self.obj(), key, value, true)
        })
    }

    /// Creates or replaces an own data property; prototypes and setters are not asked.
    ///
    /// # Errors
    /// `TypeError` when the object refuses (frozen, non-configurable, Proxy).
    pub fn define(
        &self,
        ctx: &mut Context,
        key: impl Into<PropertyKey>,
        value: impl Into<Value>,
        attributes: Attributes,
    ) -> Result<()> {
        let (key, value) = (key.into(), value.into());
        ctx.guarded(|vm| {
            let (key, value) = (key.enter(vm), value.enter(vm));
            vm.root(value);
            vm.define_or_throw(self.obj(), key, &PropDesc::data(value, bits(attributes)))
        })
    }

    /// `Object.defineProperty` with a whole descriptor.
    ///
    /// # Errors
    /// As [`Object::define`].
    pub fn define_property(
        &self,
        ctx: &mut Context,
        key: impl Into<PropertyKey>,
        descriptor: PropertyDescriptor,
    ) -> Result<()> {
        let key = key.into();
        ctx.guarded(|vm| {
            let key = key.enter(vm);
            let desc = descriptor.enter(vm);
            vm.define_or_throw(self.obj(), key, &desc)
        })
    }

    /// `delete object[key]` in sloppy mode: `false` when the property may not be deleted.
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn delete(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<bool> {
        let key = key.into();
        ctx.guarded(|vm| {
            let key = key.enter(vm);
            vm.delete(self.obj(), key)
        })
    }

    /// `key in object`
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn has(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<bool> {
        let key = key.into();
        ctx.guarded(|vm| {
            let key = key.enter(vm);
            vm.has_property(self.obj(), key)
        })
    }

    /// `Object.hasOwn(object, key)`
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn has_own(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<bool> {
        let key = key.into();
        ctx.guarded(|vm| {
            let key = key.enter(vm);
            vm.has_own(self.obj(), key)
        })
    }

    /// `Reflect.ownKeys(object)`: indices, then strings, then symbols, enumerable or not.
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn own_keys(&self, ctx: &mut Context) -> Result<Vec<PropertyKey>> {
        let keys = ctx.guarded(|vm| vm.own_keys(self.obj()))?;
        let vm = ctx.vm();
        Ok(keys
            .into_iter()
            .map(|key| PropertyKey::own(vm, key))
            .collect())
    }

    /// `Object.getOwnPropertyDescriptor(object, key)`
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn own_property(
        &self,
        ctx: &mut Context,
        key: impl Into<PropertyKey>,
    ) -> Result<Option<PropertyDescriptor>> {
        let key = key.into();
        let own = ctx.guarded(|vm| {
            let key = key.enter(vm);
            vm.own_property(self.obj(), key)
        })?;
        let vm = ctx.vm();
        let side = |value: Raw| value.as_object().map(Self::own);
        Ok(match own {
            Own::None => None,
            Own::Data(value, attrs) => Some(PropertyDescriptor::Data {
                value: Value::own(vm, value),
                attributes: attributes(attrs),
            }),
            Own::Accessor(get, set, attrs) => Some(PropertyDescriptor::Accessor {
                get: side(get),
                set: side(set),
                attributes: attributes(attrs & !attr::W),
            }),
        })
    }

    /// The `[[Prototype]]` slot; a Proxy's trap is not asked.
    #[must_use]
    pub fn prototype(&self, ctx: &mut Context) -> Option<Self> {
        ctx.vm().proto_of(self.obj()).as_object().map(Self::own)
    }

    /// Sets the `[[Prototype]]` slot; `false` when the object is not extensible. No cycle check, no Proxy trap.
    pub fn set_prototype(&self, ctx: &mut Context, prototype: Option<&Self>) -> bool {
        let vm = ctx.vm();
        let object = self.obj();
        if !vm.heap.shapes.get(object.shape()).extensible {
            return false;
        }
        vm.replace_proto(
            object,
            prototype.map_or(Raw::NULL, |prototype| prototype.0.raw()),
        );
        true
    }

    /// `Object.freeze(object)`
    ///
    /// # Errors
    /// `TypeError` when the object refuses.
    pub fn freeze(&self, ctx: &mut Context) -> Result<()> {
        ctx.guarded(|vm| freeze(vm, self.obj()))
    }

    /// Can it be called?
    #[must_use]
    pub fn is_callable(&self) -> bool {
        super::value::callable(self.0.raw())
    }

    /// Can it be used with `new`?
    #[must_use]
    pub fn is_constructor(&self) -> bool {
        crate::vm::convert::is_constructor(self.0.raw())
    }

    /// Is it an array exotic object? (Looks through no Proxy.)
    #[must_use]
    pub fn is_array(&self) -> bool {
        self.obj().kind() == Kind::Array
    }

    /// Is it a Proxy?
    #[must_use]
    pub fn is_proxy(&self) -> bool {
        self.obj().kind() == Kind::Proxy
    }

    /// Calls it as a function. Runs JavaScript; microtasks are not run.
    ///
    /// # Errors
    /// `TypeError` when it is not callable; whatever the function throws.
    pub fn call(&self, ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value> {
        let raw = ctx.guarded(|vm| {
            let this = this.enter(vm);
            vm.root(this);
            with_args(vm, args, |vm, args| vm.call(self.0.raw(), this, args))
        })?;
        Ok(Value::own(ctx.vm(), raw))
    }

    /// `Reflect.construct(object, args, new_target)`
    ///
    /// # Errors
    /// As [`Object::construct`].
    pub fn construct_with_target(
        &self,
        ctx: &mut Context,
        args: &[Value],
        new_target: Option<&Self>,
    ) -> Result<Self> {
        if !self.is_constructor() {
            return Err(Error::type_error("object is not a constructor"));
        }
        let object = ctx.guarded(|vm| {
            let target = new_target.unwrap_or(self).obj();
            with_args(vm, args, |vm, args| vm.construct(self.obj(), args, target))
        })?;
        Ok(Self::own(object))
    }
}

/// Runs `call` with the machine's values of `args`; those that had to be copied into the heap are rooted meanwhile.
fn with_args<R>(vm: &mut Vm, args: &[Value], call: impl FnOnce(&mut Vm, &[Raw]) -> R) -> R {
    const FEW: usize = 8;
    let mut few = [Raw::UNDEFINED; FEW];
    if args.len() <= FEW {
        for (raw, arg) in few.iter_mut().zip(args) {
            *raw = arg.enter(vm);
            vm.root(*raw);
        }
        return call(vm, &few[..args.len()]);
    }
    let mut many = Vec::with_capacity(args.len());
    for arg in args {
        let raw = arg.enter(vm);
        many.push(vm.root(raw));
    }
    call(vm, &many)
}

/// `SetIntegrityLevel(object, frozen)`
fn freeze(vm: &mut Vm, object: Obj) -> crate::vm::Completion<()> {
    if !vm.prevent_extensions(object)? {
        return Err(vm.throw_type("Cannot freeze"));
    }
    let keys: Vec<PropKey> = vm.own_keys(object)?;
    for key in keys {
        let desc = match vm.own_property(object, key)? {
            Own::None => continue,
            Own::Data(..) => PropDesc {
                writable: Some(false),
                configurable: Some(false),
                ..PropDesc::default()
            },
            Own::Accessor(..) => PropDesc {
                configurable: Some(false),
                ..PropDesc::default()
            },
        };
        vm.define_or_throw(object, key, &desc)?;
    }
    Ok(())
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.0.raw() == other.0.raw()
    }
}

impl Eq for Object {}

/// Declares a transparent newtype over `Object` for one kind of object.
macro_rules! object_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[repr(transparent)]
        pub struct $name(pub(super) $crate::vm::facade::object::Object);

        impl std::ops::Deref for $name {
            type Target = $crate::vm::facade::object::Object;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl From<$name> for $crate::vm::facade::object::Object {
            fn from(object: $name) -> Self {
                object.0
            }
        }

        impl From<$name> for $crate::vm::facade::value::Value {
            fn from(object: $name) -> Self {
                Self::from(object.0)
            }
        }

        impl From<&$name> for $crate::vm::facade::value::Value {
            fn from(object: &$name) -> Self {
                Self::from(&object.0)
            }
        }
    };
}

pub(super) use object_newtype;
