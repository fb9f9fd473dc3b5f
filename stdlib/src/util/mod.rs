//! `util`: what util.inspect() and its kin ask about objects, and `.env` texts.
//!
//! Binding functions: `getProxyDetails(value)` (`[target, handler]`, both `null` once revoked; `undefined` for no Proxy),
//! `getPromiseDetails(promise)` (`[0 pending | 1 fulfilled | 2 rejected, result]`), `previewEntries(object, isIterator)`,
//! `getConstructorName(object)`, `getExternalValue(value)` — `internal/util/inspect_rare`; `getOwnNonIndexProperties(
//! object, filter)` — `internal/util/inspect` and `internal/util/comparisons`; `parseEnv(text)` — `util`.

mod parse_env;
pub mod types;

use ouro_engine::{
    Arguments, Array, BigInt, Context, Error, NativeFn, Object, ObjectClass, PromiseState,
    PropertyDescriptor, Value,
};

pub use parse_env::parse_env;

/// Makes the binding `util`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    let functions: [(&str, usize, NativeFn); 7] = [
        ("getProxyDetails", 1, get_proxy_details),
        ("getPromiseDetails", 1, get_promise_details),
        ("previewEntries", 2, preview_entries),
        ("getConstructorName", 1, get_constructor_name),
        ("getExternalValue", 1, get_external_value),
        ("getOwnNonIndexProperties", 2, get_own_non_index_properties),
        ("parseEnv", 1, parse_env_text),
    ];
    for (name, length, function) in functions {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn get_proxy_details(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let parts = args
        .at(0)
        .as_object()
        .and_then(|object| object.proxy_parts(ctx));
    Ok(match parts {
        Some(parts) => Array::from_values(ctx, &[parts.target, parts.handler]).into(),
        None => Value::undefined(),
    })
}

fn get_promise_details(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(promise) = args.at(0).as_promise() else {
        return Ok(Value::undefined());
    };
    let (state, result) = match promise.state() {
        PromiseState::Pending => (0, Value::undefined()),
        PromiseState::Fulfilled(value) => (1, value),
        PromiseState::Rejected(reason) => (2, reason),
    };
    Ok(Array::from_values(ctx, &[state.into(), result]).into())
}

/// The entries of a collection without touching it: a flat list, or with `isIterator` `[list, hasKeys]`.
///
/// `undefined` for what can't be looked into.
fn preview_entries(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(object) = args.at(0).as_object() else {
        return Ok(Value::undefined());
    };
    let (entries, has_keys) = if let Some(pairs) = object.map_entries(usize::MAX) {
        (
            pairs
                .into_iter()
                .flat_map(|(key, value)| [key, value])
                .collect(),
            true,
        )
    } else if let Some(values) = object.set_values(usize::MAX) {
        (values, false)
    } else if let Some(rest) = object.iterator_rest(ctx) {
        rest
    } else if let Some(entries) = object.weak_entries() {
        let has_keys = object.class(ctx) == ObjectClass::WeakMap;
        let list = if has_keys {
            entries.into_iter().flat_map(|(k, v)| [k, v]).collect()
        } else {
            entries.into_iter().map(|(key, _)| key).collect()
        };
        (list, has_keys)
    } else {
        return Ok(Value::undefined());
    };
    let list = Array::from_values(ctx, &entries);
    if args.at(1).to_boolean() {
        return Ok(Array::from_values(ctx, &[list.into(), has_keys.into()]).into());
    }
    Ok(list.into())
}

/// The class that an object was made as, as far as its slots tell; for objects without prototype.
fn get_constructor_name(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let class = args.at(0).as_object().map(|object| object.class(ctx));
    let name = match class {
        Some(ObjectClass::Function) => "Function",
        Some(ObjectClass::Array) => "Array",
        Some(ObjectClass::Error) => "Error",
        Some(ObjectClass::Date) => "Date",
        Some(ObjectClass::RegExp) => "RegExp",
        Some(ObjectClass::Map) => "Map",
        Some(ObjectClass::Set) => "Set",
        Some(ObjectClass::WeakMap) => "WeakMap",
        Some(ObjectClass::WeakSet) => "WeakSet",
        Some(ObjectClass::WeakRef) => "WeakRef",
        Some(ObjectClass::Promise) => "Promise",
        Some(ObjectClass::ArrayBuffer) => "ArrayBuffer",
        Some(ObjectClass::SharedArrayBuffer) => "SharedArrayBuffer",
        Some(ObjectClass::DataView) => "DataView",
        _ => "Object",
    };
    Ok(name.into())
}

fn get_external_value(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(BigInt::from(0_i64).into())
}

/// Only enumerable properties.
const ONLY_ENUMERABLE: i32 = 2;
/// No symbols.
const SKIP_SYMBOLS: i32 = 16;

/// The own keys that are no array indices.
fn get_own_non_index_properties(
    ctx: &mut Context,
    _this: &Value,
    args: &[Value],
) -> Result<Value, Error> {
    let Some(object) = args.at(0).as_object() else {
        return Ok(Array::new(ctx).into());
    };
    let filter = args.at(1).to_i32(ctx)?;
    let mut found = Vec::new();
    for key in object.own_keys(ctx)? {
        if key.as_index().is_some() || (filter & SKIP_SYMBOLS != 0 && key.as_symbol().is_some()) {
            continue;
        }
        if filter & ONLY_ENUMERABLE != 0 {
            let enumerable = match object.own_property(ctx, key.clone())? {
                Some(
                    PropertyDescriptor::Data { attributes, .. }
                    | PropertyDescriptor::Accessor { attributes, .. },
                ) => attributes.enumerable(),
                None => false,
            };
            if !enumerable {
                continue;
            }
        }
        found.push(key.to_value());
    }
    Ok(Array::from_values(ctx, &found).into())
}

/// An object without prototype that has the names and values of a `.env` text.
fn parse_env_text(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let object = Object::with_prototype(ctx, None);
    for (name, value) in parse_env(&text) {
        object.set(ctx, name.as_str(), value.as_str())?;
    }
    Ok(object.into())
}
