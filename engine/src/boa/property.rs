//! Property keys and descriptors.

use boa_engine::property::{NonMaxU32, PropertyDescriptor as Inner, PropertyKey as InnerKey};

use super::{
    object::Object,
    string::{JsString, StaticStr},
    symbol::Symbol,
    value::Value,
};
use crate::{Attributes, PropertyDescriptor};

/// The name of a property: a string, an integer index or a symbol.
///
/// Made from `&str`, integers, [`JsString`], [`Symbol`]; from a literal without any allocation by [`crate::key!`].
/// Source: ECMA-262 <https://tc39.es/ecma262/#property-key>.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[repr(transparent)]
pub struct PropertyKey(pub(super) InnerKey);

impl PropertyKey {
    /// From static text that is not an array index; see [`crate::key!`].
    #[must_use]
    pub fn from_static(text: &'static StaticStr) -> Self {
        Self(InnerKey::String(JsString::from_static(text).0))
    }

    /// The key as a JavaScript value: a string or a symbol.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.0 {
            InnerKey::String(text) => Value::from(JsString(text.clone())),
            InnerKey::Symbol(symbol) => Value::from(Symbol(symbol.clone())),
            InnerKey::Index(index) => Value::from(JsString::from(index.get().to_string())),
        }
    }

    /// The key's text, unless it is a symbol.
    #[must_use]
    pub fn to_js_string(&self) -> Option<JsString> {
        match &self.0 {
            InnerKey::String(text) => Some(JsString(text.clone())),
            InnerKey::Symbol(_) => None,
            InnerKey::Index(index) => Some(JsString::from(index.get().to_string())),
        }
    }

    /// The symbol, if it is one.
    #[must_use]
    pub fn as_symbol(&self) -> Option<Symbol> {
        match &self.0 {
            InnerKey::Symbol(symbol) => Some(Symbol(symbol.clone())),
            _ => None,
        }
    }

    /// The array index, if it is one.
    #[must_use]
    pub fn as_index(&self) -> Option<u32> {
        match &self.0 {
            InnerKey::Index(index) => Some(index.get()),
            _ => None,
        }
    }
}

impl From<&str> for PropertyKey {
    fn from(text: &str) -> Self {
        Self(InnerKey::from(JsString::from(text).0))
    }
}

impl From<JsString> for PropertyKey {
    fn from(text: JsString) -> Self {
        Self(InnerKey::from(text.0))
    }
}

impl From<&JsString> for PropertyKey {
    fn from(text: &JsString) -> Self {
        Self(InnerKey::from(text.0.clone()))
    }
}

impl From<Symbol> for PropertyKey {
    fn from(symbol: Symbol) -> Self {
        Self(InnerKey::Symbol(symbol.0))
    }
}

impl From<&Symbol> for PropertyKey {
    fn from(symbol: &Symbol) -> Self {
        Self(InnerKey::Symbol(symbol.0.clone()))
    }
}

impl From<u32> for PropertyKey {
    fn from(index: u32) -> Self {
        match NonMaxU32::new(index) {
            Some(index) => Self(InnerKey::Index(index)),
            None => Self(InnerKey::String(JsString::from(index.to_string()).0)),
        }
    }
}

impl From<usize> for PropertyKey {
    fn from(index: usize) -> Self {
        match u32::try_from(index) {
            Ok(index) => Self::from(index),
            Err(_) => Self(InnerKey::String(JsString::from(index.to_string()).0)),
        }
    }
}

/// For integer literals; a negative number is the string of that number, as in JavaScript.
impl From<i32> for PropertyKey {
    fn from(index: i32) -> Self {
        match u32::try_from(index) {
            Ok(index) => Self::from(index),
            Err(_) => Self(InnerKey::String(JsString::from(index.to_string()).0)),
        }
    }
}

impl PropertyDescriptor {
    pub(super) fn into_inner(self) -> Inner {
        match self {
            Self::Data { value, attributes } => data(value, attributes),
            Self::Accessor {
                get,
                set,
                attributes,
            } => {
                let raw = |side: Option<Object>| {
                    side.map_or(boa_engine::JsValue::undefined(), |o| o.0.into())
                };
                Inner::builder()
                    .get(raw(get))
                    .set(raw(set))
                    .enumerable(attributes.enumerable())
                    .configurable(attributes.configurable())
                    .build()
            }
        }
    }
}

pub(super) fn data(value: Value, attributes: Attributes) -> Inner {
    Inner::builder()
        .value(value.0)
        .writable(attributes.writable())
        .enumerable(attributes.enumerable())
        .configurable(attributes.configurable())
        .build()
}
