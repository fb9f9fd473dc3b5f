//! Looking inside objects, as `util.inspect` and structured clone do. Nothing here runs JavaScript.

use super::{context::Context, function::Function, object::Object, string::JsString, value::Value};
use crate::{
    FunctionKind, ObjectClass,
    vm::{
        builtins::{keyed::table::Table, weak::table::WeakTable},
        heap::{Code, Kind, code::code_flag, native},
        value::Value as Raw,
    },
};

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
        self.obj().kind() == Kind::Error
    }

    /// What kind of object it is.
    #[must_use]
    pub fn class(&self, ctx: &mut Context) -> ObjectClass {
        let _ = ctx;
        match self.obj().kind() {
            Kind::Function | Kind::NativeFunction | Kind::BoundFunction => ObjectClass::Function,
            Kind::Array => ObjectClass::Array,
            Kind::Arguments | Kind::MappedArguments => ObjectClass::Arguments,
            Kind::Error => ObjectClass::Error,
            Kind::Date => ObjectClass::Date,
            Kind::RegExp => ObjectClass::RegExp,
            Kind::Map => ObjectClass::Map,
            Kind::Set => ObjectClass::Set,
            Kind::WeakMap => ObjectClass::WeakMap,
            Kind::WeakSet => ObjectClass::WeakSet,
            Kind::WeakRef => ObjectClass::WeakRef,
            Kind::MapIterator => ObjectClass::MapIterator,
            Kind::SetIterator => ObjectClass::SetIterator,
            Kind::Promise => ObjectClass::Promise,
            Kind::Proxy => ObjectClass::Proxy,
            Kind::Generator => ObjectClass::Generator,
            Kind::AsyncGenerator => ObjectClass::AsyncGenerator,
            Kind::BooleanObject => ObjectClass::BooleanObject,
            Kind::NumberObject => ObjectClass::NumberObject,
            Kind::StringObject => ObjectClass::StringObject,
            Kind::SymbolObject => ObjectClass::SymbolObject,
            Kind::BigIntObject => ObjectClass::BigIntObject,
            Kind::ArrayBuffer => ObjectClass::ArrayBuffer,
            Kind::SharedArrayBuffer => ObjectClass::SharedArrayBuffer,
            Kind::TypedArray => ObjectClass::TypedArray,
            Kind::DataView => ObjectClass::DataView,
            Kind::ModuleNamespace => ObjectClass::ModuleNamespace,
            _ => ObjectClass::Ordinary,
        }
    }

    /// The entries of a `Map`, at most `limit`; `None` for anything else.
    #[must_use]
    pub fn map_entries(&self, limit: usize) -> Option<Vec<(Value, Value)>> {
        let entries = self.table(Kind::Map, |table| {
            table.iter().take(limit).collect::<Vec<_>>()
        })?;
        Some(
            entries
                .into_iter()
                .map(|(key, value)| (Value::own_any(key), Value::own_any(value)))
                .collect(),
        )
    }

    /// The values of a `Set`, at most `limit`; `None` for anything else.
    #[must_use]
    pub fn set_values(&self, limit: usize) -> Option<Vec<Value>> {
        let values = self.table(Kind::Set, |table| {
            table
                .iter()
                .take(limit)
                .map(|entry| entry.0)
                .collect::<Vec<_>>()
        })?;
        Some(values.into_iter().map(Value::own_any).collect())
    }

    /// How many entries a `Map` or `Set` has; `None` for anything else.
    #[must_use]
    pub fn collection_size(&self) -> Option<usize> {
        let count = |table: &Table| table.iter().count();
        self.table(Kind::Map, count)
            .or_else(|| self.table(Kind::Set, count))
    }

    /// What the iterator of a `Map` or `Set` has still to give, and whether that is keys and values by turns; the
    /// iterator stays where it is. `None` for anything else.
    #[must_use]
    pub fn iterator_rest(&self, ctx: &mut Context) -> Option<(Vec<Value>, bool)> {
        let object = self.obj();
        if !matches!(object.kind(), Kind::MapIterator | Kind::SetIterator) {
            return None;
        }
        let vm = ctx.vm();
        let has_keys = vm.collection_iterator_gives_entries(object);
        let rest = vm.collection_iterator_rest(object);
        Some((rest.into_iter().map(Value::own_any).collect(), has_keys))
    }

    /// What a `WeakMap` (keys and values) or `WeakSet` holds, in no order; `None` for anything else.
    #[must_use]
    pub fn weak_entries(&self) -> Option<Vec<(Value, Value)>> {
        let object = self.obj();
        if !matches!(object.kind(), Kind::WeakMap | Kind::WeakSet) {
            return None;
        }
        let entries = native::with(object.internal(0), WeakTable::entries)?;
        let own = |(key, value)| (Value::own_any(key), Value::own_any(value));
        Some(entries.into_iter().map(own).collect())
    }

    /// Looks at the table of a collection of this kind.
    fn table<R>(&self, kind: Kind, look: impl FnOnce(&Table) -> R) -> Option<R> {
        let object = self.obj();
        if object.kind() != kind {
            return None;
        }
        native::with(object.internal(0), look)
    }

    /// The primitive that a wrapper object holds; `None` for anything else.
    #[must_use]
    pub fn boxed_primitive(&self) -> Option<Value> {
        let object = self.obj();
        match object.kind() {
            Kind::BooleanObject
            | Kind::NumberObject
            | Kind::StringObject
            | Kind::SymbolObject
            | Kind::BigIntObject => Some(Value::own_any(object.internal(0))),
            _ => None,
        }
    }

    /// A Proxy's target and handler; `None` when it is no Proxy.
    #[must_use]
    pub fn proxy_parts(&self, ctx: &mut Context) -> Option<ProxyParts> {
        let _ = ctx;
        let object = self.obj();
        if object.kind() != Kind::Proxy {
            return None;
        }
        let part = |raw: Raw| {
            if raw.is_object() {
                Value::own_flat(raw)
            } else {
                Value::null()
            }
        };
        let target = part(object.internal(0));
        let handler = if target.is_null() {
            Value::null()
        } else {
            part(object.internal(1))
        };
        Some(ProxyParts { target, handler })
    }
}

impl Function {
    /// The source text, as `Function.prototype.toString` gives it.
    #[must_use]
    pub fn source_text(&self, ctx: &mut Context) -> JsString {
        let vm = ctx.vm();
        let text = vm.function_source(self.obj());
        JsString::own(vm, text)
    }

    /// What kind of function it is, by its code.
    #[must_use]
    pub fn kind(&self, ctx: &mut Context) -> FunctionKind {
        let _ = ctx;
        let object = self.obj();
        if object.kind() != Kind::Function {
            return FunctionKind::Normal;
        }
        let flags = Code::from_value(object.internal(0)).map_or(0, Code::flags);
        match (
            flags & code_flag::ASYNC != 0,
            flags & code_flag::GENERATOR != 0,
        ) {
            (true, true) => FunctionKind::AsyncGenerator,
            (true, false) => FunctionKind::Async,
            (false, true) => FunctionKind::Generator,
            (false, false) if flags & code_flag::CLASS != 0 => FunctionKind::Class,
            (false, false) => FunctionKind::Normal,
        }
    }
}
