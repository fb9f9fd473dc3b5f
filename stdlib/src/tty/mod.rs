//! `tty`: terminals.
//!
//! Binding functions: `isatty(fd)`, `getWindowSize(fd)` (`[columns, rows]` or `undefined`), `setRawMode(fd, on)` — `tty`.

use ouro_engine::{Arguments, Array, Context, Error, NativeFn, Object, Value};

use crate::internal::system_error::SystemError;
use crate::sys;

/// Makes the binding `tty`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("isatty", 1, isatty as NativeFn),
        ("getWindowSize", 1, get_window_size),
        ("setRawMode", 2, set_raw_mode),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn isatty(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(sys::is_terminal(args.at(0).to_i32(ctx)?).into())
}

fn get_window_size(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let size = sys::window_size(args.at(0).to_i32(ctx)?);
    Ok(match size {
        Some((columns, rows)) => Array::from_iter(ctx, [columns, rows]).into(),
        None => Value::undefined(),
    })
}

fn set_raw_mode(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let fd = args.at(0).to_i32(ctx)?;
    sys::set_raw_mode(fd, args.at(1).to_boolean())
        .map(|()| Value::undefined())
        .map_err(|error| SystemError::from_io(&error, "setRawMode").into_error(ctx))
}
