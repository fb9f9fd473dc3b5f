//! Standard streams: blocking writes, and what kind of thing a descriptor is.
//!
//! Binding functions: `writeSync(fd, string | view)`, `guessHandleType(fd)` — `internal/process/stdio`, `console`;
//! `readSync(fd)` gives what is to be read up to the end as a string — the REPL and `ouro -`.

use ouro_engine::{Arguments, Context, Error, NativeFn, Object, Value};

use crate::internal::system_error::SystemError;
use crate::sys;

/// Makes the binding `stdio`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("writeSync", 2, write_sync as NativeFn),
        ("guessHandleType", 1, guess_handle_type),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

/// Writes all of a string (as UTF-8) or view; throws what the system says.
fn write_sync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let fd = args.at(0).to_i32(ctx)?;
    let data = args.at(1);
    let result = match data.as_string() {
        Some(text) => match text.as_ascii() {
            Some(ascii) => sys::write_all(fd, ascii.as_bytes()),
            None => sys::write_all(fd, text.to_string_lossy().as_bytes()),
        },
        None => ctx.with_bytes(data, |bytes| sys::write_all(fd, bytes))?,
    };
    result
        .map(|()| Value::undefined())
        .map_err(|error| SystemError::from_io(&error, "write").into_error(ctx))
}

/// `TTY`, `FILE`, `PIPE`, `TCP`, `UNKNOWN` or `INVALID`.
fn guess_handle_type(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let fd = args.at(0).to_i32(ctx)?;
    Ok(sys::guess_handle_type(fd).into())
}
