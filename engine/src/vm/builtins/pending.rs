//! Faces of built-ins that are not in yet.

use crate::vm::{heap::Str, machine::{Completion, Vm}, value::Value};

impl Vm {
    /// JSON
    ///
    /// # Errors
    /// Always, until it is in.
    pub fn json_parse(&mut self, text: Str) -> Completion {
        let _ = text;
        Err(self.throw_type("JSON is missing"))
    }

    /// JSON
    ///
    /// # Errors
    /// Always, until it is in.
    pub fn json_stringify(&mut self, value: Value, replacer: Value, space: Value) -> Completion {
        let _ = (value, replacer, space);
        Err(self.throw_type("JSON is missing"))
    }
}
