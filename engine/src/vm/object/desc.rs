//! Property descriptors. Source: ECMA-262 <https://tc39.es/ecma262/#sec-property-descriptor-specification-type>.

use super::{PropKey, attr};
use crate::vm::{
    heap::Obj,
    machine::{Completion, Vm},
    value::Value,
};

/// A property descriptor; fields may be absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PropDesc {
    /// `[[Value]]`
    pub value: Option<Value>,
    /// `[[Get]]`: a function or undefined.
    pub get: Option<Value>,
    /// `[[Set]]`: a function or undefined.
    pub set: Option<Value>,
    /// `[[Writable]]`
    pub writable: Option<bool>,
    /// `[[Enumerable]]`
    pub enumerable: Option<bool>,
    /// `[[Configurable]]`
    pub configurable: Option<bool>,
}

impl PropDesc {
    /// A complete data descriptor with attribute bits.
    #[must_use]
    pub const fn data(value: Value, attrs: u8) -> Self {
        Self {
            value: Some(value),
            get: None,
            set: None,
            writable: Some(attrs & attr::W != 0),
            enumerable: Some(attrs & attr::E != 0),
            configurable: Some(attrs & attr::C != 0),
        }
    }

    /// A complete accessor descriptor with attribute bits.
    #[must_use]
    pub const fn accessor(get: Value, set: Value, attrs: u8) -> Self {
        Self {
            value: None,
            get: Some(get),
            set: Some(set),
            writable: None,
            enumerable: Some(attrs & attr::E != 0),
            configurable: Some(attrs & attr::C != 0),
        }
    }

    /// `IsAccessorDescriptor`
    #[must_use]
    pub const fn is_accessor(&self) -> bool {
        self.get.is_some() || self.set.is_some()
    }

    /// `IsDataDescriptor`
    #[must_use]
    pub const fn is_data(&self) -> bool {
        self.value.is_some() || self.writable.is_some()
    }

    /// The attribute bits; absent fields are off.
    #[must_use]
    pub const fn attrs(&self) -> u8 {
        let w = if matches!(self.writable, Some(true)) {
            attr::W
        } else {
            0
        };
        let e = if matches!(self.enumerable, Some(true)) {
            attr::E
        } else {
            0
        };
        let c = if matches!(self.configurable, Some(true)) {
            attr::C
        } else {
            0
        };
        w | e | c
    }
}

/// What an object itself says about a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Own {
    /// It has no such property.
    None,
    /// A data property: value and attributes.
    Data(Value, u8),
    /// An accessor: getter, setter (undefined if absent), attributes.
    Accessor(Value, Value, u8),
}

impl Own {
    /// As a complete descriptor.
    #[must_use]
    pub const fn descriptor(self) -> Option<PropDesc> {
        match self {
            Self::None => None,
            Self::Data(value, attrs) => Some(PropDesc::data(value, attrs)),
            Self::Accessor(get, set, attrs) => Some(PropDesc::accessor(get, set, attrs)),
        }
    }

    /// Its attribute bits.
    #[must_use]
    pub const fn attrs(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Data(_, attrs) | Self::Accessor(_, _, attrs) => attrs,
        }
    }
}

impl Vm {
    /// `ToPropertyDescriptor`
    ///
    /// # Errors
    /// `TypeError` when it is no descriptor; whatever a getter throws.
    pub fn to_property_descriptor(&mut self, value: Value) -> Completion<PropDesc> {
        let Some(object) = value.as_object() else {
            let text = self.display_plain(value);
            return Err(self.throw_type(format!("Property description must be an object: {text}")));
        };
        let mut desc = PropDesc::default();
        let names = self.names;
        desc.enumerable = self
            .optional_field(object, names.enumerable)?
            .map(|v| self.to_boolean(v));
        desc.configurable = self
            .optional_field(object, names.configurable)?
            .map(|v| self.to_boolean(v));
        desc.value = self.optional_field(object, names.value)?;
        if let Some(value) = desc.value {
            self.root(value);
        }
        desc.writable = self
            .optional_field(object, names.writable)?
            .map(|v| self.to_boolean(v));
        desc.get = self.accessor_field(object, names.get, "Getter")?;
        desc.set = self.accessor_field(object, names.set, "Setter")?;
        if desc.is_accessor() && desc.is_data() {
            let text = self.display_receiver(value);
            let message = format!(
                "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, {text}"
            );
            return Err(self.throw_type(message));
        }
        Ok(desc)
    }

    fn optional_field(&mut self, object: Obj, key: PropKey) -> Completion<Option<Value>> {
        if self.has_property(object, key)? {
            self.get(object, key, object.into()).map(Some)
        } else {
            Ok(None)
        }
    }

    fn accessor_field(
        &mut self,
        object: Obj,
        key: PropKey,
        what: &str,
    ) -> Completion<Option<Value>> {
        let Some(function) = self.optional_field(object, key)? else {
            return Ok(None);
        };
        if !function.is_undefined() && !self.is_callable(function) {
            let text = self.display_plain(function);
            return Err(self.throw_type(format!("{what} must be a function: {text}")));
        }
        Ok(Some(self.root(function)))
    }

    /// `FromPropertyDescriptor`
    pub fn from_property_descriptor(&mut self, desc: Option<PropDesc>) -> Value {
        let Some(desc) = desc else {
            return Value::UNDEFINED;
        };
        let object = self.new_plain_object();
        let names = self.names;
        let fields = [
            (names.value, desc.value),
            (names.writable, desc.writable.map(Value::bool)),
            (names.get, desc.get),
            (names.set, desc.set),
            (names.enumerable, desc.enumerable.map(Value::bool)),
            (names.configurable, desc.configurable.map(Value::bool)),
        ];
        for (key, value) in fields {
            if let Some(value) = value {
                self.add_own(object, key, value, attr::ALL);
            }
        }
        object.into()
    }
}
