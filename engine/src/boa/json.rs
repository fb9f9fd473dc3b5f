//! `JSON.parse` and `JSON.stringify` for Rust callers, whatever the program did to the global `JSON`.

use super::{context::Context, error::Result, string::JsString, value::Value};

impl Context {
    /// `JSON.parse(text)`
    ///
    /// # Errors
    /// `SyntaxError` when the text is not JSON.
    pub fn json_parse(&mut self, text: impl Into<JsString>) -> Result<Value> {
        let parse = self.captured().json_parse.clone();
        parse.call(self, &Value::undefined(), &[Value::from(text.into())])
    }

    /// `JSON.stringify(value)`; `None` where that is `undefined`. May run JavaScript (`toJSON`, getters).
    ///
    /// # Errors
    /// `TypeError` for cycles and BigInts; whatever the program's code throws.
    pub fn json_stringify(&mut self, value: &Value) -> Result<Option<JsString>> {
        let stringify = self.captured().json_stringify.clone();
        let text = stringify.call(self, &Value::undefined(), std::slice::from_ref(value))?;
        Ok(text.as_string())
    }
}
