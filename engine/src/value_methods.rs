//! `Value`: what every backend does the same way, over what each does its own. Backend-independent.

use crate::{
    Array, ArrayBuffer, BigInt, Context, DataView, Function, JsString, Object, Promise, Result,
    Symbol, TypedArray, Value,
};

/// A value taken apart by type, for `match`.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(JsString),
    /// A symbol.
    Symbol(Symbol),
    /// A BigInt.
    BigInt(BigInt),
    /// An object, functions included.
    Object(Object),
}

/// Convenient access to a native function's arguments.
pub trait Arguments {
    /// The argument at `index`; `undefined` when it was not passed.
    fn at(&self, index: usize) -> &Value;
}

impl Value {
    /// The function, if it can be called.
    #[must_use]
    pub fn as_function(&self) -> Option<Function> {
        self.as_object().and_then(Function::from_object)
    }

    /// The array, if it is one (a Proxy for one is not).
    #[must_use]
    pub fn as_array(&self) -> Option<Array> {
        self.as_object().and_then(Array::from_object)
    }

    /// The promise, if it is one.
    #[must_use]
    pub fn as_promise(&self) -> Option<Promise> {
        self.as_object().and_then(Promise::from_object)
    }

    /// The typed array, if it is one.
    #[must_use]
    pub fn as_typed_array(&self) -> Option<TypedArray> {
        self.as_object().and_then(TypedArray::from_object)
    }

    /// The array buffer, if it is one.
    #[must_use]
    pub fn as_array_buffer(&self) -> Option<ArrayBuffer> {
        self.as_object().and_then(ArrayBuffer::from_object)
    }

    /// The data view, if it is one.
    #[must_use]
    pub fn as_data_view(&self) -> Option<DataView> {
        self.as_object().and_then(DataView::from_object)
    }

    /// `ToIntegerOrInfinity`. May run JavaScript.
    ///
    /// # Errors
    /// As [`Value::to_number`].
    pub fn to_integer(&self, ctx: &mut Context) -> Result<f64> {
        let number = self.to_number(ctx)?;
        Ok(if number.is_nan() { 0.0 } else { number.trunc() })
    }

    /// `ToString` as Rust text; lone surrogates become U+FFFD.
    ///
    /// # Errors
    /// As [`Value::to_js_string`].
    pub fn to_rust_string(&self, ctx: &mut Context) -> Result<String> {
        Ok(self.to_js_string(ctx)?.to_string_lossy())
    }
}

impl Default for Value {
    fn default() -> Self {
        Self::undefined()
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::from(JsString::from(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(JsString::from(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::from(JsString::from(text))
    }
}

impl From<&Value> for Value {
    fn from(value: &Value) -> Self {
        value.clone()
    }
}

impl From<()> for Value {
    fn from((): ()) -> Self {
        Self::undefined()
    }
}

/// `None` is `undefined`.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::undefined(), Into::into)
    }
}
