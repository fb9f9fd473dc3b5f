//! What an inspector asks: kinds of objects, entries of collections, a Proxy's target, a function's source.

use boa_engine::{
    JsBigInt, JsString as InnerString, JsSymbol, JsValue,
    builtins::{
        array_buffer::{ArrayBuffer, SharedArrayBuffer},
        async_generator::AsyncGenerator,
        dataview::DataView,
        date::Date,
        error::Error as InnerError,
        function::OrdinaryFunction,
        generator::Generator,
        map::ordered_map::OrderedMap,
        object::OrdinaryObject,
        promise::Promise,
        proxy::Proxy,
        regexp::RegExp,
        set::ordered_set::OrderedSet,
        typed_array::TypedArray,
    },
    module::ModuleNamespace,
    object::builtins::{JsMapIterator, JsSetIterator, JsWeakMap, JsWeakSet},
};

use super::{
    context::Context,
    error::{Error, Result},
    function::Function,
    object::Object,
    string::JsString,
    value::Value,
};
use crate::{Arguments, Attributes, FunctionKind, ObjectClass, PropertyDescriptor, key};

/// A Proxy's two halves; both are `null` once it is revoked.
#[derive(Clone, Debug)]
pub struct ProxyParts {
    /// What it stands for.
    pub target: Value,
    /// Its traps.
    pub handler: Value,
}

impl Object {
    /// Is it an error, by its slot?
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.0.is::<InnerError>()
    }

    /// What kind of object it is. Runs no JavaScript, except that an `arguments` object and a `WeakRef` are told by
    /// calling built-ins.
    #[must_use]
    pub fn class(&self, ctx: &mut Context) -> ObjectClass {
        let object = &self.0;
        if let Some(class) = self.class_by_slot() {
            return class;
        }
        if object.is_callable() {
            return ObjectClass::Function;
        }
        if object.is::<OrdinaryObject>() {
            return ObjectClass::Ordinary;
        }
        if JsMapIterator::from_object(object.clone()).is_ok() {
            return ObjectClass::MapIterator;
        }
        if JsSetIterator::from_object(object.clone()).is_ok() {
            return ObjectClass::SetIterator;
        }
        if JsWeakMap::from_object(object.clone()).is_ok() {
            return ObjectClass::WeakMap;
        }
        if JsWeakSet::from_object(object.clone()).is_ok() {
            return ObjectClass::WeakSet;
        }
        self.class_by_asking(ctx)
    }

    /// The kinds whose data Boa lets one name.
    fn class_by_slot(&self) -> Option<ObjectClass> {
        let object = &self.0;
        let slots: [(bool, ObjectClass); 19] = [
            (object.is::<Proxy>(), ObjectClass::Proxy),
            (object.is_array(), ObjectClass::Array),
            (object.is::<InnerError>(), ObjectClass::Error),
            (object.is::<Date>(), ObjectClass::Date),
            (object.is::<RegExp>(), ObjectClass::RegExp),
            (object.is::<OrderedMap<JsValue>>(), ObjectClass::Map),
            (object.is::<OrderedSet>(), ObjectClass::Set),
            (object.is::<Promise>(), ObjectClass::Promise),
            (object.is::<Generator>(), ObjectClass::Generator),
            (object.is::<AsyncGenerator>(), ObjectClass::AsyncGenerator),
            (object.is::<bool>(), ObjectClass::BooleanObject),
            (object.is::<f64>(), ObjectClass::NumberObject),
            (object.is::<InnerString>(), ObjectClass::StringObject),
            (object.is::<JsSymbol>(), ObjectClass::SymbolObject),
            (object.is::<JsBigInt>(), ObjectClass::BigIntObject),
            (object.is::<ArrayBuffer>(), ObjectClass::ArrayBuffer),
            (
                object.is::<SharedArrayBuffer>(),
                ObjectClass::SharedArrayBuffer,
            ),
            (object.is::<DataView>(), ObjectClass::DataView),
            (object.is::<ModuleNamespace>(), ObjectClass::ModuleNamespace),
        ];
        if object.is::<TypedArray>() {
            return Some(ObjectClass::TypedArray);
        }
        slots.iter().find(|(is, _)| *is).map(|(_, class)| *class)
    }

    fn class_by_asking(&self, ctx: &mut Context) -> ObjectClass {
        let this = JsValue::from(self.0.clone());
        let deref = ctx.captured().weak_ref_deref.clone();
        if deref.call(ctx, &Value(this.clone()), &[]).is_ok() {
            return ObjectClass::WeakRef;
        }
        let tag = OrdinaryObject::to_string(&this, &[], &mut ctx.inner);
        let tag = tag.ok().and_then(|tag| tag.as_string());
        if tag.is_some_and(|tag| tag == "[object Arguments]") {
            ObjectClass::Arguments
        } else {
            ObjectClass::Ordinary
        }
    }

    /// The entries of a `Map`, at most `limit`; `None` for anything else.
    #[must_use]
    pub fn map_entries(&self, limit: usize) -> Option<Vec<(Value, Value)>> {
        let map = self.0.downcast_ref::<OrderedMap<JsValue>>()?;
        Some(
            map.iter()
                .take(limit)
                .map(|(key, value)| (Value(key.clone()), Value(value.clone())))
                .collect(),
        )
    }

    /// The values of a `Set`, at most `limit`; `None` for anything else.
    #[must_use]
    pub fn set_values(&self, limit: usize) -> Option<Vec<Value>> {
        let set = self.0.downcast_ref::<OrderedSet>()?;
        Some(
            set.iter()
                .take(limit)
                .map(|value| Value(value.clone()))
                .collect(),
        )
    }

    /// What the iterator of a `Map` or `Set` has still to give: this backend does not say.
    #[must_use]
    pub fn iterator_rest(&self, ctx: &mut Context) -> Option<(Vec<Value>, bool)> {
        let _ = ctx;
        None
    }

    /// What a `WeakMap` or `WeakSet` holds: this backend does not say.
    #[must_use]
    pub fn weak_entries(&self) -> Option<Vec<(Value, Value)>> {
        None
    }

    /// How many entries a `Map` or `Set` has; `None` for anything else.
    #[must_use]
    pub fn collection_size(&self) -> Option<usize> {
        if let Some(map) = self.0.downcast_ref::<OrderedMap<JsValue>>() {
            return Some(map.len());
        }
        self.0.downcast_ref::<OrderedSet>().map(|set| set.len())
    }

    /// What a `WeakMap`, `Map` or similar primitive wrapper holds: the boxed primitive; `None` for anything else.
    #[must_use]
    pub fn boxed_primitive(&self) -> Option<Value> {
        let object = &self.0;
        if let Some(value) = object.downcast_ref::<bool>() {
            return Some(Value::from(*value));
        }
        if let Some(value) = object.downcast_ref::<f64>() {
            return Some(Value::from(*value));
        }
        if let Some(value) = object.downcast_ref::<InnerString>() {
            return Some(Value(JsValue::from(value.clone())));
        }
        if let Some(value) = object.downcast_ref::<JsSymbol>() {
            return Some(Value(JsValue::from(value.clone())));
        }
        object
            .downcast_ref::<JsBigInt>()
            .map(|value| Value(JsValue::from(value.clone())))
    }

    /// A Proxy's target and handler; `None` when it is no Proxy.
    #[must_use]
    pub fn proxy_parts(&self, ctx: &mut Context) -> Option<ProxyParts> {
        if !self.is_proxy() {
            return None;
        }
        let registry = ctx.captured().proxies.clone();
        let registry = JsWeakMap::from_object(registry.0).ok()?;
        let pair = registry
            .get(&self.0, &mut ctx.inner)
            .ok()
            .and_then(|pair| pair.as_object())
            .map(Object);
        let revoked = || ProxyParts {
            target: Value::null(),
            handler: Value::null(),
        };
        let Some(pair) = pair else {
            return Some(revoked());
        };
        let target = pair.get(ctx, 0).unwrap_or_default();
        let handler = pair.get(ctx, 1).unwrap_or_default();
        Some(ProxyParts { target, handler })
    }
}

impl Function {
    /// The source text, as `Function.prototype.toString` gives it.
    #[must_use]
    pub fn source_text(&self, ctx: &mut Context) -> JsString {
        let to_string = ctx.captured().function_to_string.clone();
        let text = to_string.call(ctx, &Value::from(self), &[]);
        text.ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    }

    /// What kind of function it is: async functions and generators by the intrinsic prototype that they are made with. (A
    /// program that replaces a function's prototype hides its kind.)
    #[must_use]
    pub fn kind(&self, ctx: &mut Context) -> FunctionKind {
        let prototypes = ctx.captured().function_prototypes.clone();
        let mut step = self.prototype(ctx);
        // A short walk: nobody nests prototypes of functions deeply, and a cycle is impossible.
        for _ in 0..8 {
            let Some(prototype) = step else { break };
            if let Some((_, kind)) = prototypes.iter().find(|(known, _)| *known == prototype) {
                return *kind;
            }
            step = prototype.prototype(ctx);
        }
        if self.is_class(ctx) {
            FunctionKind::Class
        } else {
            FunctionKind::Normal
        }
    }

    /// Is it a class in source? Boa keeps no source text of classes, but only a class among functions from source has a
    /// `prototype` that is not writable.
    fn is_class(&self, ctx: &mut Context) -> bool {
        if !self.0.0.is::<OrdinaryFunction>() {
            return false;
        }
        let prototype = self.own_property(ctx, key!("prototype")).ok().flatten();
        matches!(prototype, Some(PropertyDescriptor::Data { attributes, .. }) if !attributes.writable())
    }
}

/// The prototypes that tell async functions and generators apart.
pub(super) fn function_prototypes(ctx: &mut Context) -> Result<Vec<(Object, FunctionKind)>> {
    let sources = [
        ("(async function () {})", FunctionKind::Async),
        ("(function* () {})", FunctionKind::Generator),
        ("(async function* () {})", FunctionKind::AsyncGenerator),
    ];
    let mut prototypes = Vec::with_capacity(sources.len());
    for (source, kind) in sources {
        let source = boa_engine::Source::from_bytes(source);
        let function = ctx.inner.eval(source).map_err(Error::from_inner)?;
        let prototype = function
            .as_object()
            .and_then(|function| function.prototype());
        let prototype =
            prototype.ok_or_else(|| Error::internal("a function without a prototype"))?;
        prototypes.push((Object(prototype), kind));
    }
    Ok(prototypes)
}

/// Puts a `Proxy` in place that notes each proxy's target and handler, which Boa keeps to itself; returns the notes.
pub(super) fn watch_proxies(ctx: &mut Context) -> Result<Object> {
    let registry = JsWeakMap::new(&mut ctx.inner);
    let notes = Object(boa_engine::JsObject::from(registry));
    let missing = || Error::internal("the realm lacks Proxy");
    let original = ctx
        .global()
        .get(ctx, key!("Proxy"))?
        .as_object()
        .ok_or_else(missing)?;
    let revocable = original
        .get(ctx, key!("revocable"))?
        .as_function()
        .ok_or_else(missing)?;

    let (inner, list) = (original.clone(), notes.clone());
    let constructor =
        Function::constructor_from_closure(ctx, "Proxy", 2, move |ctx, new_target, args| {
            if new_target.is_undefined() {
                return Err(Error::type_error("Constructor Proxy requires 'new'"));
            }
            let proxy = inner.construct(ctx, args)?;
            note(ctx, &list, &proxy, args)?;
            Ok(Value::from(proxy))
        });
    let (list, holder) = (notes.clone(), Value::from(&original));
    let make_revocable = Function::from_closure(ctx, "revocable", 2, move |ctx, _, args| {
        let pair = revocable.call(ctx, &holder, args)?;
        let object = pair.to_object(ctx)?;
        if let Some(proxy) = object.get(ctx, key!("proxy"))?.as_object() {
            note(ctx, &list, &proxy, args)?;
            forget_on_revoke(ctx, &list, &object, proxy)?;
        }
        Ok(pair)
    });
    constructor.define(ctx, key!("revocable"), make_revocable, Attributes::METHOD)?;
    ctx.global()
        .define(ctx, key!("Proxy"), constructor, Attributes::METHOD)?;
    Ok(notes)
}

fn note(ctx: &mut Context, notes: &Object, proxy: &Object, args: &[Value]) -> Result<()> {
    let pair = super::array::Array::from_values(ctx, &[args.at(0).clone(), args.at(1).clone()]);
    let registry = JsWeakMap::from_object(notes.0.clone())
        .map_err(|_| Error::internal("no notes of proxies"))?;
    registry
        .set(&proxy.0, Value::from(pair).0, &mut ctx.inner)
        .map(drop)
        .map_err(Error::from_inner)
}

fn forget_on_revoke(ctx: &mut Context, notes: &Object, pair: &Object, proxy: Object) -> Result<()> {
    let Some(revoke) = pair.get(ctx, key!("revoke"))?.as_function() else {
        return Ok(());
    };
    let notes = notes.clone();
    let wrapped = Function::from_closure(ctx, "", 0, move |ctx, this, args| {
        if let Ok(registry) = JsWeakMap::from_object(notes.0.clone()) {
            registry
                .delete(&proxy.0, &mut ctx.inner)
                .map_err(Error::from_inner)?;
        }
        revoke.call(ctx, this, args)
    });
    pair.define(ctx, key!("revoke"), wrapped, Attributes::ALL)
}
