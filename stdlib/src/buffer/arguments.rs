//! Reading the arguments of `Buffer`'s methods, and the errors when they are wrong.

use ouro_engine::{Context, Error, JsString, StringUnits, Value};

use super::codec::{Encoding, Text};
use crate::internal::node_error::{invalid_arg_type, node_error};

/// A string's code units, borrowed.
#[must_use]
pub fn text_of(string: &JsString) -> Text<'_> {
    match string.units() {
        StringUnits::Latin1(bytes) => Text::Latin1(bytes),
        StringUnits::Utf16(units) => Text::Utf16(units),
    }
}

/// The encoding of that name. ASCII text may be stored in two bytes a unit, so the storage says nothing.
pub(super) fn encoding_named(name: &JsString) -> Option<Encoding> {
    match name.as_ascii() {
        Some(name) => Encoding::parse(name),
        None => Encoding::parse(&name.to_string_lossy()),
    }
}

/// The encoding that an argument names; `undefined` is UTF-8.
///
/// # Errors
/// `ERR_UNKNOWN_ENCODING`.
pub(super) fn encoding_of(ctx: &mut Context, value: &Value) -> Result<Encoding, Error> {
    if value.is_undefined() {
        return Ok(Encoding::Utf8);
    }
    let name = value.to_js_string(ctx)?;
    match encoding_named(&name) {
        Some(encoding) => Ok(encoding),
        None => Err(node_error(
            ctx,
            "ERR_UNKNOWN_ENCODING",
            &[Value::from(name)],
        )),
    }
}

/// As [`encoding_of`], where everything falsy is UTF-8.
pub(super) fn encoding_or_utf8(ctx: &mut Context, value: &Value) -> Result<Encoding, Error> {
    if value.to_boolean() {
        encoding_of(ctx, value)
    } else {
        Ok(Encoding::Utf8)
    }
}

/// Whether a value shows bytes: a typed array or a `DataView`.
pub(super) fn is_view(value: &Value) -> bool {
    value.as_typed_array().is_some() || value.as_data_view().is_some()
}

/// How many bytes `this` shows.
///
/// # Errors
/// `ERR_INVALID_ARG_TYPE` where it shows none at all.
pub(super) fn len_of_this(ctx: &mut Context, this: &Value) -> Result<usize, Error> {
    if let Some(array) = this.as_typed_array() {
        return Ok(array.byte_length(ctx));
    }
    if let Some(view) = this.as_data_view() {
        return Ok(view.byte_length(ctx));
    }
    Err(Error::type_error("argument must be a buffer").with_code("ERR_INVALID_ARG_TYPE"))
}

/// `ERR_OUT_OF_RANGE`.
pub(super) fn out_of_range(ctx: &mut Context, name: &str, range: &str, received: &Value) -> Error {
    node_error(
        ctx,
        "ERR_OUT_OF_RANGE",
        &[Value::from(name), Value::from(range), received.clone()],
    )
}

/// Why no access of some width is possible at `offset`, when the last possible place is `last` (negative: nowhere).
pub(super) fn bounds_error(ctx: &mut Context, offset: &Value, last: i64) -> Error {
    let Some(number) = offset.as_number() else {
        return invalid_arg_type(ctx, "offset", "number", offset);
    };
    if number.floor() != number {
        return out_of_range(ctx, "offset", "an integer", offset);
    }
    if last < 0 {
        return node_error(ctx, "ERR_BUFFER_OUT_OF_BOUNDS", &[]);
    }
    out_of_range(ctx, "offset", &format!(">= 0 and <= {last}"), offset)
}

/// An integer from `min` to `max`, both included.
///
/// # Errors
/// `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`.
pub(super) fn integer_in(
    ctx: &mut Context,
    value: &Value,
    name: &str,
    max: usize,
) -> Result<usize, Error> {
    let Some(number) = value.as_number() else {
        return Err(invalid_arg_type(ctx, name, "number", value));
    };
    if number.floor() != number || number.is_infinite() {
        return Err(out_of_range(ctx, name, "an integer", value));
    }
    if number < 0.0 || number > max as f64 {
        let range = format!(">= 0 && <= {max}");
        return Err(out_of_range(ctx, name, &range, value));
    }
    Ok(number as usize)
}
