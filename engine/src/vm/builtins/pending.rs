//! Faces of built-ins that are not in yet.

use crate::vm::{heap::{Obj, Str}, machine::{Completion, Vm}, value::Value};

impl Vm {
    /// A regular expression.
    ///
    /// # Errors
    /// Always, until they are in.
    pub fn new_regexp(&mut self, pattern: Str, flags: Str) -> Completion<Obj> {
        let _ = (pattern, flags);
        Err(self.throw_type("regular expressions are missing"))
    }

    /// `GetSubstitution`
    ///
    /// # Errors
    /// None.
    pub fn get_substitution(&mut self, matched: Str, string: Str, position: usize, captures: &[Value], groups: Value, template: Str) -> Completion<Str> {
        let _ = (matched, string, position, captures, groups);
        Ok(template)
    }
}
