//! Property keys and descriptors.

use std::hash::{Hash, Hasher};

use super::{
    object::Object,
    string::{JsString, StaticStr},
    symbol::Symbol,
    value::Value,
};
use crate::{
    Attributes, PropertyDescriptor,
    vm::{
        heap::Units,
        machine::Vm,
        object::{PropDesc, PropKey, attr, key::array_index},
        value::Value as Raw,
    },
};

/// The name of a property: a string, an integer index or a symbol.
///
/// Made from `&str`, integers, [`JsString`], [`Symbol`]; from a literal without any allocation by [`crate::key!`].
/// Source: ECMA-262 <https://tc39.es/ecma262/#property-key>.
#[derive(Clone, Debug)]
pub struct PropertyKey(Repr);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Repr {
    /// A string that is no array index.
    String(JsString),
    Symbol(Symbol),
    Index(u32),
}

impl PartialEq for PropertyKey {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for PropertyKey {}

impl Hash for PropertyKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl PropertyKey {
    /// From static text that is not an array index; see [`crate::key!`].
    #[must_use]
    pub fn from_static(text: &'static StaticStr) -> Self {
        Self(Repr::String(JsString::from_static(text)))
    }

    pub(super) fn own(vm: &mut Vm, key: PropKey) -> Self {
        if let Some(index) = key.as_index() {
            return Self(Repr::Index(index));
        }
        let value = Value::own(vm, key.value());
        match value.as_symbol() {
            Some(symbol) => Self(Repr::Symbol(symbol)),
            None => Self(Repr::String(JsString::from_value(value))),
        }
    }

    /// The machine's key.
    pub(super) fn enter(&self, vm: &mut Vm) -> PropKey {
        match &self.0 {
            Repr::Index(index) => PropKey::index(*index),
            Repr::Symbol(symbol) => {
                let symbol = symbol.0.enter(vm);
                PropKey::from_value(symbol)
            }
            Repr::String(text) => {
                let units = super::cast::units(text.value().raw_ref());
                PropKey::atom(vm.heap.atom_of(units))
            }
        }
    }

    /// The key as a JavaScript value: a string or a symbol.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.0 {
            Repr::String(text) => Value::from(text),
            Repr::Symbol(symbol) => Value::from(symbol),
            Repr::Index(index) => Value::from(JsString::from(index.to_string())),
        }
    }

    /// The key's text, unless it is a symbol.
    #[must_use]
    pub fn to_js_string(&self) -> Option<JsString> {
        match &self.0 {
            Repr::String(text) => Some(text.clone()),
            Repr::Symbol(_) => None,
            Repr::Index(index) => Some(JsString::from(index.to_string())),
        }
    }

    /// The symbol, if it is one.
    #[must_use]
    pub fn as_symbol(&self) -> Option<Symbol> {
        match &self.0 {
            Repr::Symbol(symbol) => Some(symbol.clone()),
            _ => None,
        }
    }

    /// The array index, if it is one.
    #[must_use]
    pub fn as_index(&self) -> Option<u32> {
        match &self.0 {
            Repr::Index(index) => Some(*index),
            _ => None,
        }
    }
}

impl From<&str> for PropertyKey {
    fn from(text: &str) -> Self {
        match array_index(Units::Latin1(text.as_bytes())) {
            Some(index) => Self(Repr::Index(index)),
            None => Self(Repr::String(JsString::from(text))),
        }
    }
}

impl From<JsString> for PropertyKey {
    fn from(text: JsString) -> Self {
        match array_index(super::cast::units(text.value().raw_ref())) {
            Some(index) => Self(Repr::Index(index)),
            None => Self(Repr::String(text)),
        }
    }
}

impl From<&JsString> for PropertyKey {
    fn from(text: &JsString) -> Self {
        Self::from(text.clone())
    }
}

impl From<Symbol> for PropertyKey {
    fn from(symbol: Symbol) -> Self {
        Self(Repr::Symbol(symbol))
    }
}

impl From<&Symbol> for PropertyKey {
    fn from(symbol: &Symbol) -> Self {
        Self(Repr::Symbol(symbol.clone()))
    }
}

impl From<u32> for PropertyKey {
    fn from(index: u32) -> Self {
        if index == u32::MAX {
            Self::from(index.to_string())
        } else {
            Self(Repr::Index(index))
        }
    }
}

impl From<usize> for PropertyKey {
    fn from(index: usize) -> Self {
        match u32::try_from(index) {
            Ok(index) => Self::from(index),
            Err(_) => Self::from(index.to_string()),
        }
    }
}

/// For integer literals; a negative number is the string of that number, as in JavaScript.
impl From<i32> for PropertyKey {
    fn from(index: i32) -> Self {
        match u32::try_from(index) {
            Ok(index) => Self::from(index),
            Err(_) => Self::from(index.to_string()),
        }
    }
}

impl PropertyDescriptor {
    /// The machine's descriptor.
    pub(super) fn enter(&self, vm: &mut Vm) -> PropDesc {
        match self {
            Self::Data { value, attributes } => PropDesc::data(value.enter(vm), bits(*attributes)),
            Self::Accessor {
                get,
                set,
                attributes,
            } => {
                let side = |side: &Option<Object>| {
                    side.as_ref()
                        .map_or(Raw::UNDEFINED, |object| object.0.raw())
                };
                PropDesc::accessor(side(get), side(set), bits(*attributes) & !attr::W)
            }
        }
    }
}

/// The machine's attribute bits.
pub(super) fn bits(attributes: Attributes) -> u8 {
    let bit = |on: bool, bit: u8| if on { bit } else { 0 };
    bit(attributes.writable(), attr::W)
        | bit(attributes.enumerable(), attr::E)
        | bit(attributes.configurable(), attr::C)
}

/// The facade's attributes.
pub(super) fn attributes(bits: u8) -> Attributes {
    let flag = |bit: u8, flag: Attributes| {
        if bits & bit != 0 {
            flag
        } else {
            Attributes::NONE
        }
    };
    flag(attr::W, Attributes::WRITABLE)
        | flag(attr::E, Attributes::ENUMERABLE)
        | flag(attr::C, Attributes::CONFIGURABLE)
}
