//! Calls from native code.
use crate::vm::{heap::{Obj, Str}, machine::{Completion, Vm}, value::Value};

impl Vm {
    /// `Call(f, this, args)`: runs JavaScript.
    ///
    /// # Errors
    /// Whatever the function throws.
    pub fn call(&mut self, f: Value, this: Value, args: &[Value]) -> Completion {
        let _ = (f, this, args);
        Ok(Value::UNDEFINED)
    }

    /// `Construct(f, args, new_target)`
    ///
    /// # Errors
    /// Whatever the constructor throws.
    pub fn construct(&mut self, f: Obj, args: &[Value], new_target: Obj) -> Completion<Obj> {
        let _ = (args, new_target);
        Ok(f)
    }

    /// Records where the running code is in `error`, for its `stack`.
    pub fn attach_stack(&mut self, error: Obj, message: Option<Str>) {
        let _ = (error, message);
    }
}
