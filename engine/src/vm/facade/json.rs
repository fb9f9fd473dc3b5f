//! `JSON.parse` and `JSON.stringify` for Rust callers, whatever the program did to the global `JSON`.

use super::{context::Context, error::Result, string::JsString, value::Value};
use crate::vm::value::Value as Raw;

impl Context {
    /// `JSON.parse(text)`
    ///
    /// # Errors
    /// `SyntaxError` when the text is not JSON.
    pub fn json_parse(&mut self, text: impl Into<JsString>) -> Result<Value> {
        let text = text.into();
        let raw = self.guarded(|vm| {
            let text = text.enter(vm);
            vm.json_parse(text)
        })?;
        Ok(Value::own(self.vm(), raw))
    }

    /// `JSON.stringify(value)`; `None` where that is `undefined`. May run JavaScript (`toJSON`, getters).
    ///
    /// # Errors
    /// `TypeError` for cycles and BigInts; whatever the program's code throws.
    pub fn json_stringify(&mut self, value: &Value) -> Result<Option<JsString>> {
        let text = self.guarded(|vm| {
            let value = value.enter(vm);
            vm.json_stringify(value, Raw::UNDEFINED, Raw::UNDEFINED)
        })?;
        let text = Value::own(self.vm(), text);
        Ok(text.as_string())
    }
}
