//! Arguments of binding functions, and names on their way back.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use ouro_engine::{Arguments, Context, Error, TypedArray, Value};

/// A path: text as UTF-8, or the bytes of a view.
pub(super) fn path(ctx: &mut Context, args: &[Value], index: usize) -> Result<PathBuf, Error> {
    let value = args.at(index);
    if let Some(text) = value.as_string() {
        return Ok(PathBuf::from(text.to_string_lossy()));
    }
    let bytes = ctx.with_bytes(value, <[u8]>::to_vec)?;
    Ok(PathBuf::from(OsString::from_vec(bytes)))
}

/// A file descriptor; what is none becomes -1, which every call answers with `EBADF`.
pub(super) fn fd(args: &[Value], index: usize) -> i32 {
    args.at(index).as_i32().unwrap_or(-1)
}

/// A 32-bit number of flags or mode bits.
pub(super) fn bits(ctx: &mut Context, args: &[Value], index: usize) -> Result<u32, Error> {
    args.at(index).to_u32(ctx)
}

/// A place in a file: `None`, for anything negative, is where the file is.
pub(super) fn position(args: &[Value], index: usize) -> Option<u64> {
    let value = args.at(index);
    if let Some(big) = value.as_bigint() {
        return big.to_i64().and_then(|at| u64::try_from(at).ok());
    }
    value.as_u64()
}

/// A length or offset; 0 for anything else.
pub(super) fn size(args: &[Value], index: usize) -> usize {
    args.at(index)
        .as_u64()
        .and_then(|size| usize::try_from(size).ok())
        .unwrap_or(0)
}

/// A number with a fraction.
pub(super) fn number(ctx: &mut Context, args: &[Value], index: usize) -> Result<f64, Error> {
    args.at(index).to_number(ctx)
}

/// A flag.
pub(super) fn flag(args: &[Value], index: usize) -> bool {
    args.at(index).to_boolean()
}

/// A name as JavaScript sees it: text, or a `Uint8Array` where the caller wants the bytes.
pub(super) fn name_value(ctx: &mut Context, name: &OsStr, as_bytes: bool) -> Result<Value, Error> {
    if as_bytes {
        return TypedArray::from_bytes(ctx, name.as_bytes()).map(Value::from);
    }
    Ok(Value::from(name.to_string_lossy().as_ref()))
}
