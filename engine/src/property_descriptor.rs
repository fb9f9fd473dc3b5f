//! What a property is, and what can be its key. Backend-independent.

use crate::{Attributes, Object, PropertyKey, Value};

/// What a property is: a value, or a getter and setter, with its attributes.
///
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-property-descriptor-specification-type>.
#[derive(Clone, Debug)]
pub enum PropertyDescriptor {
    /// A data property.
    Data {
        /// Its value.
        value: Value,
        /// Its flags.
        attributes: Attributes,
    },
    /// An accessor property; `WRITABLE` has no meaning here.
    Accessor {
        /// The getter, if there is one.
        get: Option<Object>,
        /// The setter, if there is one.
        set: Option<Object>,
        /// Its flags.
        attributes: Attributes,
    },
}

impl From<String> for PropertyKey {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for PropertyKey {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&PropertyKey> for PropertyKey {
    fn from(key: &PropertyKey) -> Self {
        key.clone()
    }
}
