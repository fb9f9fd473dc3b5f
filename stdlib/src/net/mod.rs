//! `net`: TCP connections and Unix domain sockets.
//!
//! Binding functions: `newTCP()`, `newPipe()`, `guessHandleType(fd)` (`internal/net/socket`, `connect`, `server`);
//! `isIP(text)` (`net`, `dns`, `internal/net/connect`); `parseIP(text)` (`internal/net/block_list`).
//!
//! `newTCP` and `newPipe` make handle objects, whose methods are the table of `handle.rs`. Errors of a handle's methods are
//! negative errno numbers, as libuv has them; the JavaScript above makes the Node error of them.

pub(crate) mod address;
mod handle;

use ouro_engine::{
    Arguments as _, ArrayBuffer, Context, Error, NativeFn, Object, TypedArray, TypedArrayKind,
    Value,
};

pub(crate) use handle::status;
pub use handle::{NetHandle, errno, new_handle};

const FUNCTIONS: [(&str, usize, NativeFn); 5] = [
    ("newTCP", 0, new_tcp),
    ("newPipe", 0, new_pipe),
    ("guessHandleType", 1, guess_handle_type),
    ("isIP", 1, is_ip),
    ("parseIP", 1, parse_ip),
];

/// Makes the binding `net`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    handle::install(ctx)?;
    let object = Object::new(ctx);
    for (name, length, function) in FUNCTIONS {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn new_tcp(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    handle::new_handle(ctx, false, None).map(Value::from)
}

fn new_pipe(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    handle::new_handle(ctx, true, None).map(Value::from)
}

fn guess_handle_type(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let fd = args.at(0).to_i32(ctx)?;
    Ok(crate::sys::descriptor_type(fd).into())
}

fn is_ip(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    Ok(Value::from(address::ip_version(&text)))
}

fn parse_ip(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let Some(bytes) = address::ip_bytes(&text) else {
        return Ok(Value::undefined());
    };
    let buffer = ArrayBuffer::from_slice(ctx, &bytes)?;
    TypedArray::over_buffer(ctx, TypedArrayKind::Uint8, &buffer).map(|array| Value::from(&*array))
}
