//! `Value`: any ECMAScript language value.

use boa_engine::{JsValue, JsVariant};

use super::{
    bigint::BigInt,
    context::Context,
    error::{Error, Result},
    object::Object,
    property::PropertyKey,
    string::JsString,
    symbol::Symbol,
};
use crate::{Arguments, ValueKind};

/// Any ECMAScript language value. Cloning copies a word and may count a reference.
///
/// A `Value` that Rust holds, wherever it is, keeps what it refers to alive.
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types>.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct Value(pub(super) JsValue);

impl Value {
    /// `undefined`
    #[must_use]
    pub const fn undefined() -> Self {
        Self(JsValue::undefined())
    }

    /// `null`
    #[must_use]
    pub const fn null() -> Self {
        Self(JsValue::null())
    }

    /// Is it `undefined`?
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        self.0.is_undefined()
    }

    /// Is it `null`?
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0.is_null()
    }

    /// Is it `null` or `undefined`?
    #[must_use]
    pub fn is_nullish(&self) -> bool {
        self.0.is_null_or_undefined()
    }

    /// Is it a boolean?
    #[must_use]
    pub fn is_boolean(&self) -> bool {
        self.0.is_boolean()
    }

    /// Is it a number?
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.0.is_number()
    }

    /// Is it a string?
    #[must_use]
    pub fn is_string(&self) -> bool {
        self.0.is_string()
    }

    /// Is it a symbol?
    #[must_use]
    pub fn is_symbol(&self) -> bool {
        self.0.is_symbol()
    }

    /// Is it a BigInt?
    #[must_use]
    pub fn is_bigint(&self) -> bool {
        self.0.is_bigint()
    }

    /// Is it an object (functions included)?
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.0.is_object()
    }

    /// Can it be called?
    #[must_use]
    pub fn is_function(&self) -> bool {
        self.0.is_callable()
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.0.as_boolean()
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        self.0.as_number()
    }

    /// The number, if it is one, integral and of 32 bits.
    #[must_use]
    pub fn as_i32(&self) -> Option<i32> {
        self.0.as_i32()
    }

    /// The number, if it is one, integral and not negative, up to 2^53.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        let number = self.as_number()?;
        let fits = (0.0..=9_007_199_254_740_992.0).contains(&number) && number.trunc() == number;
        fits.then_some(number as u64)
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_string(&self) -> Option<JsString> {
        self.0.as_string().map(JsString)
    }

    /// The symbol, if it is one.
    #[must_use]
    pub fn as_symbol(&self) -> Option<Symbol> {
        self.0.as_symbol().map(Symbol)
    }

    /// The BigInt, if it is one.
    #[must_use]
    pub fn as_bigint(&self) -> Option<BigInt> {
        self.0.as_bigint().map(BigInt)
    }

    /// The object, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<Object> {
        self.0.as_object().map(Object)
    }

    /// Takes the value apart by its type.
    #[must_use]
    pub fn kind(&self) -> ValueKind {
        match self.0.variant() {
            JsVariant::Undefined => ValueKind::Undefined,
            JsVariant::Null => ValueKind::Null,
            JsVariant::Boolean(value) => ValueKind::Boolean(value),
            JsVariant::Integer32(value) => ValueKind::Number(f64::from(value)),
            JsVariant::Float64(value) => ValueKind::Number(value),
            JsVariant::String(value) => ValueKind::String(JsString(value)),
            JsVariant::Symbol(value) => ValueKind::Symbol(Symbol(value)),
            JsVariant::BigInt(value) => ValueKind::BigInt(BigInt(value)),
            JsVariant::Object(value) => ValueKind::Object(Object(value)),
        }
    }

    /// What `typeof` answers.
    #[must_use]
    pub fn type_of(&self) -> &'static str {
        self.0.type_of()
    }

    /// `ToBoolean`: never runs JavaScript.
    #[must_use]
    pub fn to_boolean(&self) -> bool {
        self.0.to_boolean()
    }

    /// `ToNumber`. May run JavaScript (`valueOf`).
    ///
    /// # Errors
    /// `TypeError` for symbols and BigInts; whatever the conversion throws.
    pub fn to_number(&self, ctx: &mut Context) -> Result<f64> {
        self.0.to_number(&mut ctx.inner).map_err(Error::from_inner)
    }

    /// `ToInt32`. May run JavaScript.
    ///
    /// # Errors
    /// As [`Value::to_number`].
    pub fn to_i32(&self, ctx: &mut Context) -> Result<i32> {
        self.0.to_i32(&mut ctx.inner).map_err(Error::from_inner)
    }

    /// `ToUint32`. May run JavaScript.
    ///
    /// # Errors
    /// As [`Value::to_number`].
    pub fn to_u32(&self, ctx: &mut Context) -> Result<u32> {
        self.0.to_u32(&mut ctx.inner).map_err(Error::from_inner)
    }

    /// `ToString`. May run JavaScript (`toString`).
    ///
    /// # Errors
    /// `TypeError` for symbols; whatever the conversion throws.
    pub fn to_js_string(&self, ctx: &mut Context) -> Result<JsString> {
        self.0
            .to_string(&mut ctx.inner)
            .map(JsString)
            .map_err(Error::from_inner)
    }

    /// `ToObject`: wraps primitives.
    ///
    /// # Errors
    /// `TypeError` for `undefined` and `null`.
    pub fn to_object(&self, ctx: &mut Context) -> Result<Object> {
        self.0
            .to_object(&mut ctx.inner)
            .map(Object)
            .map_err(Error::from_inner)
    }

    /// `ToPropertyKey`. May run JavaScript.
    ///
    /// # Errors
    /// Whatever the conversion throws.
    pub fn to_property_key(&self, ctx: &mut Context) -> Result<PropertyKey> {
        self.0
            .to_property_key(&mut ctx.inner)
            .map(PropertyKey)
            .map_err(Error::from_inner)
    }

    /// `===`
    #[must_use]
    pub fn strict_equals(&self, other: &Self) -> bool {
        self.0.strict_equals(&other.0)
    }

    /// `Object.is`
    #[must_use]
    pub fn same_value(&self, other: &Self) -> bool {
        JsValue::same_value(&self.0, &other.0)
    }

    /// `self instanceof constructor`. May run JavaScript.
    ///
    /// # Errors
    /// `TypeError` when `constructor` is no function; whatever `Symbol.hasInstance` throws.
    pub fn instance_of(&self, ctx: &mut Context, constructor: &Self) -> Result<bool> {
        self.0
            .instance_of(&constructor.0, &mut ctx.inner)
            .map_err(Error::from_inner)
    }
}

impl Arguments for [Value] {
    fn at(&self, index: usize) -> &Value {
        const UNDEFINED: &Value = &Value::undefined();
        self.get(index).unwrap_or(UNDEFINED)
    }
}

macro_rules! from_number {
    ($($number:ty),*) => {
        $(impl From<$number> for Value {
            fn from(value: $number) -> Self {
                Self(JsValue::from(value))
            }
        })*
    };
}

from_number!(
    bool, i8, u8, i16, u16, i32, u32, i64, u64, usize, isize, f32, f64
);

macro_rules! from_newtype {
    ($($name:ty),*) => {
        $(
            impl From<$name> for Value {
                fn from(value: $name) -> Self {
                    Self(JsValue::from(value.0))
                }
            }
            impl From<&$name> for Value {
                fn from(value: &$name) -> Self {
                    Self(JsValue::from(value.0.clone()))
                }
            }
        )*
    };
}

from_newtype!(JsString, Symbol, BigInt, Object);
