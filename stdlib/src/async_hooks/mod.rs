//! `async_context`: the value that follows a program from a call into the callbacks that come of it.
//!
//! Binding functions, both called by `async_hooks`: `get()`, `set(frame)`. The engine takes the value along into promise
//! jobs, the loop's bindings take it into their callbacks.

use ouro_engine::{Arguments, Context, Error, Object, Value};

/// Makes the binding `async_context`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "get", 0, get)?;
    object.set_function(ctx, "set", 1, set)?;
    Ok(object)
}

fn get(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(ctx.async_context())
}

fn set(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    ctx.set_async_context(args.at(0).clone());
    Ok(Value::undefined())
}
