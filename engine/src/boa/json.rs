//! `JSON.parse` and `JSON.stringify` for Rust callers, whatever the program did to the global `JSON`; and our
//! `JSON.parse` in place of Boa's.

use super::{
    context::Context,
    error::{Error, Result},
    function::Function,
    json_parse,
    string::JsString,
    value::Value,
};
use crate::{Arguments, Attributes, key};

impl Context {
    /// `JSON.parse(text)`
    ///
    /// # Errors
    /// `SyntaxError` when the text is not JSON.
    pub fn json_parse(&mut self, text: impl Into<JsString>) -> Result<Value> {
        json_parse::parse(self, &text.into()).map(Value)
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

/// Puts our `JSON.parse` into the current realm. With a reviver, Boa's walks the text once ours found it right.
pub(super) fn install(ctx: &mut Context) -> Result<()> {
    let json = ctx.global().get(ctx, key!("JSON"))?.to_object(ctx)?;
    let original = json.get(ctx, key!("parse"))?.as_function();
    let original = original.ok_or_else(|| Error::internal("the realm lacks JSON.parse"))?;
    let parse = Function::from_closure(ctx, "parse", 2, move |ctx, this, args| {
        let text = args.at(0).to_js_string(ctx)?;
        let value = json_parse::parse(ctx, &text)?;
        if args.at(1).is_function() {
            return original.call(ctx, this, &[Value::from(text), args.at(1).clone()]);
        }
        Ok(Value(value))
    });
    json.define(ctx, key!("parse"), parse, Attributes::METHOD)
}
