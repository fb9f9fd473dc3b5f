//! `Object`: properties, prototypes, calls.

use boa_engine::{
    JsNativeError, JsObject,
    builtins::object::OrdinaryObject,
    object::{IntegrityLevel, builtins::JsProxy},
};

use super::{
    cast,
    context::Context,
    error::{Error, Result},
    function::Function,
    property::{PropertyKey, data},
    value::Value,
};
use crate::{Attributes, PropertyDescriptor};

/// A JavaScript object of any kind. Cloning counts a reference to the same object; `==` is identity.
///
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-object-type>.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct Object(pub(super) JsObject);

/// Makes plain objects with the same properties, quicker than setting them one by one.
#[derive(Clone, Debug)]
pub struct ObjectTemplate {
    make: Function,
    len: usize,
}

impl ObjectTemplate {
    /// A template for ordinary objects with these properties, in this order; all writable, enumerable, configurable.
    ///
    /// # Errors
    /// `Internal` only.
    pub fn new(ctx: &mut Context, names: &[&str]) -> Result<Self> {
        // An object literal in a function: the backend gives it a shape once and keeps it with the code.
        let params: Vec<String> = (0..names.len()).map(|index| format!("a{index}")).collect();
        let mut body = String::from("return {");
        for (name, param) in names.iter().zip(&params) {
            let name = ctx.json_stringify(&Value::from(*name))?.unwrap_or_default();
            // Computed where a literal key would set the prototype.
            let open = if name == "\"__proto__\"" {
                ("[", "]")
            } else {
                ("", "")
            };
            body.push_str(&format!("{}{name}{}: {param}, ", open.0, open.1));
        }
        body.push('}');
        let params: Vec<&str> = params.iter().map(String::as_str).collect();
        let make = super::script::compile_function(ctx, &body, &params, "")?;
        Ok(Self {
            make,
            len: names.len(),
        })
    }

    /// An object with these values, in the template's order; what is missing is `undefined`.
    ///
    /// # Errors
    /// `RangeError` at the call depth limit.
    pub fn create(&self, ctx: &mut Context, values: &[Value]) -> Result<Object> {
        let values = values.get(..self.len).unwrap_or(values);
        let object = self
            .make
            .call(ctx, &Value::undefined(), values)?
            .as_object();
        object.ok_or_else(|| Error::internal("a template made no object"))
    }
}

impl Object {
    /// `{}`
    #[must_use]
    pub fn new(ctx: &mut Context) -> Self {
        let prototype = ctx.inner.intrinsics().constructors().object().prototype();
        // A shared shape: objects that get the same properties in the same order share their layout.
        Self(JsObject::new(ctx.inner.root_shape(), prototype, OrdinaryObject).upcast())
    }

    /// `Object.create(prototype)`
    #[must_use]
    pub fn with_prototype(ctx: &mut Context, prototype: Option<&Self>) -> Self {
        let _ = ctx;
        Self(JsObject::from_proto_and_data(
            prototype.map(|p| p.0.clone()),
            OrdinaryObject,
        ))
    }

    /// `[[Get]]` with the object itself as receiver. May run JavaScript (getters, Proxy traps).
    ///
    /// # Errors
    /// Whatever a getter throws.
    pub fn get(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<Value> {
        self.0
            .get(key.into().0, &mut ctx.inner)
            .map(Value)
            .map_err(Error::from_inner)
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
        self.0
            .set(key.into().0, value.into().0, true, &mut ctx.inner)
            .map(drop)
            .map_err(Error::from_inner)
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
        self.0
            .define_property_or_throw(key.into().0, data(value.into(), attributes), &mut ctx.inner)
            .map(drop)
            .map_err(Error::from_inner)
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
        self.0
            .define_property_or_throw(key.into().0, descriptor.into_inner(), &mut ctx.inner)
            .map(drop)
            .map_err(Error::from_inner)
    }

    /// `delete object[key]` in sloppy mode: `false` when the property may not be deleted.
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn delete(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<bool> {
        let deleted = self
            .0
            .delete_property_or_throw(key.into().0, &mut ctx.inner);
        match deleted {
            Ok(done) => Ok(done),
            Err(error) if error.as_native().is_some_and(JsNativeError::is_type) => Ok(false),
            Err(error) => Err(Error::from_inner(error)),
        }
    }

    /// `key in object`
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn has(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<bool> {
        self.0
            .has_property(key.into().0, &mut ctx.inner)
            .map_err(Error::from_inner)
    }

    /// `Object.hasOwn(object, key)`
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn has_own(&self, ctx: &mut Context, key: impl Into<PropertyKey>) -> Result<bool> {
        self.0
            .has_own_property(key.into().0, &mut ctx.inner)
            .map_err(Error::from_inner)
    }

    /// `Reflect.ownKeys(object)`: indices, then strings, then symbols, enumerable or not.
    ///
    /// # Errors
    /// Whatever a Proxy trap throws.
    pub fn own_keys(&self, ctx: &mut Context) -> Result<Vec<PropertyKey>> {
        let keys = self
            .0
            .own_property_keys(&mut ctx.inner)
            .map_err(Error::from_inner)?;
        Ok(keys.into_iter().map(PropertyKey).collect())
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
        let args = [
            boa_engine::JsValue::from(self.0.clone()),
            key.into().to_value().0,
        ];
        let found = OrdinaryObject::get_own_property_descriptor(
            &boa_engine::JsValue::undefined(),
            &args,
            &mut ctx.inner,
        )
        .map_err(Error::from_inner)?;
        let Some(found) = found.as_object() else {
            return Ok(None);
        };
        let inner = found
            .to_property_descriptor(&mut ctx.inner)
            .map_err(Error::from_inner)?;
        let flag = |on: Option<bool>, flag| {
            if on == Some(true) {
                flag
            } else {
                Attributes::NONE
            }
        };
        let attributes = flag(inner.writable(), Attributes::WRITABLE)
            | flag(inner.enumerable(), Attributes::ENUMERABLE)
            | flag(inner.configurable(), Attributes::CONFIGURABLE);
        Ok(Some(if inner.is_accessor_descriptor() {
            let side =
                |value: Option<&boa_engine::JsValue>| value.and_then(|v| v.as_object()).map(Object);
            PropertyDescriptor::Accessor {
                get: side(inner.get()),
                set: side(inner.set()),
                attributes,
            }
        } else {
            PropertyDescriptor::Data {
                value: inner.value().cloned().map_or(Value::undefined(), Value),
                attributes,
            }
        }))
    }

    /// The `[[Prototype]]` slot; a Proxy's trap is not asked.
    #[must_use]
    pub fn prototype(&self, ctx: &mut Context) -> Option<Self> {
        let _ = ctx;
        self.0.prototype().map(Self)
    }

    /// Sets the `[[Prototype]]` slot; `false` when the object is not extensible. No cycle check, no Proxy trap.
    pub fn set_prototype(&self, ctx: &mut Context, prototype: Option<&Self>) -> bool {
        let _ = ctx;
        self.0.set_prototype(prototype.map(|p| p.0.clone()))
    }

    /// `Object.freeze(object)`
    ///
    /// # Errors
    /// `TypeError` when the object refuses.
    pub fn freeze(&self, ctx: &mut Context) -> Result<()> {
        self.0
            .set_integrity_level(IntegrityLevel::Frozen, &mut ctx.inner)
            .map(drop)
            .map_err(Error::from_inner)
    }

    /// Can it be called?
    #[must_use]
    pub fn is_callable(&self) -> bool {
        self.0.is_callable()
    }

    /// Can it be used with `new`?
    #[must_use]
    pub fn is_constructor(&self) -> bool {
        self.0.is_constructor()
    }

    /// Is it an array exotic object? (Looks through no Proxy.)
    #[must_use]
    pub fn is_array(&self) -> bool {
        self.0.is_array()
    }

    /// Is it a Proxy?
    #[must_use]
    pub fn is_proxy(&self) -> bool {
        JsProxy::from_object(self.0.clone()).is_ok()
    }

    /// Calls it as a function. Runs JavaScript; microtasks are not run.
    ///
    /// # Errors
    /// `TypeError` when it is not callable; whatever the function throws.
    pub fn call(&self, ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value> {
        ctx.guarded(|ctx| self.0.call(&this.0, cast::raw_values(args), &mut ctx.inner))
            .map(Value)
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
        ctx.guarded(|ctx| {
            self.0.construct(
                cast::raw_values(args),
                new_target.map(|t| &t.0),
                &mut ctx.inner,
            )
        })
        .map(Self)
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        JsObject::equals(&self.0, &other.0)
    }
}

impl Eq for Object {}

/// Declares a transparent newtype over `Object` for one kind of object.
macro_rules! object_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[repr(transparent)]
        pub struct $name(pub(super) $crate::boa::object::Object);

        impl std::ops::Deref for $name {
            type Target = $crate::boa::object::Object;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl From<$name> for $crate::boa::object::Object {
            fn from(object: $name) -> Self {
                object.0
            }
        }

        impl From<$name> for $crate::boa::value::Value {
            fn from(object: $name) -> Self {
                Self::from(object.0)
            }
        }

        impl From<&$name> for $crate::boa::value::Value {
            fn from(object: &$name) -> Self {
                Self::from(&object.0)
            }
        }
    };
}

pub(super) use object_newtype;
