//! Methods of `Buffer` that turn bytes into text or text into bytes.

use ouro_engine::{Arguments as _, Context, Error, Value};

use super::Row;
use super::arguments::{
    encoding_named, encoding_of, encoding_or_utf8, integer_in, len_of_this, text_of,
};
use super::base64::{self, AtobError};
use super::bytes::bad_type;
use super::codec::{self, Encoding};
use super::realm::{
    check_string_length, new_buffer, new_pooled_buffer, new_string, string_of, string_too_long,
};
use crate::internal::node_error::{invalid_arg_type, node_error};

/// Own properties of the binding object.
pub(super) const FUNCTIONS: &[Row] = &[
    ("fromString", 2, from_string),
    ("byteLength", 2, byte_length),
    ("isUtf8", 1, is_utf8),
    ("isAscii", 1, is_ascii),
    ("transcode", 3, transcode),
    ("atob", 1, atob),
    ("btoa", 1, btoa),
    ("normalizeEncoding", 1, normalize_encoding),
];

/// Methods of `Buffer.prototype`.
pub(super) const METHODS: &[Row] = &[
    ("toString", 3, to_string),
    ("write", 4, write),
    ("utf8Slice", 2, |ctx, this, args| {
        slice(ctx, this, args, Encoding::Utf8)
    }),
    ("ucs2Slice", 2, |ctx, this, args| {
        slice(ctx, this, args, Encoding::Utf16le)
    }),
    ("latin1Slice", 2, |ctx, this, args| {
        slice(ctx, this, args, Encoding::Latin1)
    }),
    ("asciiSlice", 2, |ctx, this, args| {
        slice(ctx, this, args, Encoding::Ascii)
    }),
    ("base64Slice", 2, |ctx, this, args| {
        slice(ctx, this, args, Encoding::Base64)
    }),
    ("base64urlSlice", 2, |ctx, this, args| {
        slice(ctx, this, args, Encoding::Base64Url)
    }),
    ("hexSlice", 2, |ctx, this, args| {
        slice(ctx, this, args, Encoding::Hex)
    }),
    ("utf8Write", 3, |ctx, this, args| {
        write_part(ctx, this, args, Encoding::Utf8)
    }),
    ("ucs2Write", 3, |ctx, this, args| {
        write_part(ctx, this, args, Encoding::Utf16le)
    }),
    ("latin1Write", 3, |ctx, this, args| {
        write_part(ctx, this, args, Encoding::Latin1)
    }),
    ("asciiWrite", 3, |ctx, this, args| {
        write_part(ctx, this, args, Encoding::Ascii)
    }),
    ("base64Write", 3, |ctx, this, args| {
        write_part(ctx, this, args, Encoding::Base64)
    }),
    ("base64urlWrite", 3, |ctx, this, args| {
        write_part(ctx, this, args, Encoding::Base64Url)
    }),
    ("hexWrite", 3, |ctx, this, args| {
        write_part(ctx, this, args, Encoding::Hex)
    }),
];

/// `buf.toString([encoding[, start[, end]]])`.
/// Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#buftostringencoding-start-end>.
fn to_string(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let len = len_of_this(ctx, this)?;
    let start = match args.at(1) {
        start if start.is_undefined() => 0,
        start => clamp(start.to_number(ctx)?, len),
    };
    let end = match args.at(2) {
        end if end.is_undefined() => len,
        end => clamp(end.to_number(ctx)?, len),
    };
    if end <= start {
        return Ok(Value::from(""));
    }
    let encoding = encoding_of(ctx, args.at(0))?;
    decode_range(ctx, this, start, end, encoding)
}

/// A position as `toString` and `write` forgive it: truncated, then moved into `0..=len`.
fn clamp(number: f64, len: usize) -> usize {
    // The cast saturates and makes NaN 0.
    (number as usize).min(len)
}

fn decode_range(
    ctx: &mut Context,
    this: &Value,
    start: usize,
    end: usize,
    encoding: Encoding,
) -> Result<Value, Error> {
    let least_len = match encoding {
        Encoding::Hex => (end - start) * 2,
        Encoding::Base64 | Encoding::Base64Url => (end - start) / 3 * 4,
        Encoding::Latin1 | Encoding::Ascii => end - start,
        Encoding::Utf8 => (end - start) / 3,
        Encoding::Utf16le => (end - start) / 2,
    };
    check_string_length(ctx, least_len)?;
    let decoded = ctx.with_bytes(this, |bytes| {
        let bytes = bytes.get(start..end).unwrap_or_default();
        string_of(&codec::decode(bytes, encoding))
    })?;
    decoded.map(Value::from).ok_or_else(|| string_too_long(ctx))
}

/// `buf.utf8Slice([start[, end]])` and its kin.
fn slice(
    ctx: &mut Context,
    this: &Value,
    args: &[Value],
    encoding: Encoding,
) -> Result<Value, Error> {
    let len = len_of_this(ctx, this)?;
    let start = index_of(ctx, args.at(0), 0)?;
    let end = index_of(ctx, args.at(1), len)?.min(len);
    if start > len {
        return Err(Error::range_error("Index out of range").with_code("ERR_OUT_OF_RANGE"));
    }
    decode_range(ctx, this, start.min(end), end, encoding)
}

fn index_of(ctx: &mut Context, value: &Value, default: usize) -> Result<usize, Error> {
    if value.is_undefined() {
        return Ok(default);
    }
    let number = value.to_integer(ctx)?;
    if number < 0.0 {
        return Err(Error::range_error("Index out of range").with_code("ERR_OUT_OF_RANGE"));
    }
    Ok(number as usize)
}

/// `buf.write(string[, offset[, length]][, encoding])`.
/// Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#bufwritestring-offset-length-encoding>.
fn write(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let len = len_of_this(ctx, this)?;
    let (first, second, third) = (args.at(1), args.at(2), args.at(3));
    let (offset, room, encoding) = if first.is_undefined() {
        (0, len, if second.is_string() { second } else { third })
    } else if first.is_string() && second.is_undefined() {
        (0, len, first)
    } else {
        let offset = integer_in(ctx, first, "offset", len)?;
        let rest = len - offset;
        if second.is_string() {
            (offset, rest, second)
        } else if second.is_undefined() {
            (offset, rest, third)
        } else {
            (
                offset,
                integer_in(ctx, second, "length", len)?.min(rest),
                third,
            )
        }
    };
    let encoding = encoding_or_utf8(ctx, encoding)?;
    encode_at(ctx, this, args.at(0), offset, room, encoding)
}

/// `buf.utf8Write(string[, offset[, length]])` and its kin.
fn write_part(
    ctx: &mut Context,
    this: &Value,
    args: &[Value],
    encoding: Encoding,
) -> Result<Value, Error> {
    let len = len_of_this(ctx, this)?;
    let offset = part_of(ctx, args.at(1), "offset", 0, len)?;
    let room = part_of(ctx, args.at(2), "length", len - offset, len - offset)?;
    encode_at(ctx, this, args.at(0), offset, room, encoding)
}

fn part_of(
    ctx: &mut Context,
    value: &Value,
    name: &str,
    default: usize,
    max: usize,
) -> Result<usize, Error> {
    if value.is_undefined() {
        return Ok(default);
    }
    let number = value.to_integer(ctx)?;
    if number < 0.0 || number > max as f64 {
        return Err(node_error(
            ctx,
            "ERR_BUFFER_OUT_OF_BOUNDS",
            &[Value::from(name)],
        ));
    }
    Ok(number as usize)
}

fn encode_at(
    ctx: &mut Context,
    this: &Value,
    string: &Value,
    offset: usize,
    room: usize,
    encoding: Encoding,
) -> Result<Value, Error> {
    let Some(string) = string.as_string() else {
        return Err(invalid_arg_type(ctx, "argument", "string", string));
    };
    let written = ctx.with_bytes_mut(this, |bytes| {
        let target = bytes
            .get_mut(offset..offset.saturating_add(room))
            .unwrap_or_default();
        codec::encode_into(text_of(&string), encoding, target)
    })?;
    Ok(Value::from(written))
}

/// `fromString(string, encoding)`: a new `Buffer`.
fn from_string(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let encoding = match args.at(1) {
        name if name.is_string() => encoding_or_utf8(ctx, name)?,
        _ => Encoding::Utf8,
    };
    let string = args.at(0).to_js_string(ctx)?;
    match (encoding, text_of(&string)) {
        // FAST PATH: ASCII is its own UTF-8.
        (Encoding::Utf8, codec::Text::Latin1(bytes)) if bytes.is_ascii() => {
            new_pooled_buffer(ctx, bytes)
        }
        (_, text) => new_pooled_buffer(ctx, &codec::encode(text, encoding)),
    }
}

/// `Buffer.byteLength(string[, encoding])`; an unknown encoding counts as UTF-8.
/// Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#static-method-bufferbytelengthstring-encoding>.
fn byte_length(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(string) = args.at(0).as_string() else {
        return match ctx.with_bytes(args.at(0), <[u8]>::len) {
            Ok(len) => Ok(Value::from(len)),
            Err(_) => {
                let expected = ["string", "Buffer", "ArrayBuffer"];
                Err(bad_type(ctx, "string", &expected, args.at(0)))
            }
        };
    };
    let name = args.at(1).as_string();
    let encoding = name.as_ref().and_then(encoding_named);
    let len = codec::byte_length(text_of(&string), encoding.unwrap_or(Encoding::Utf8));
    Ok(Value::from(len))
}

fn is_utf8(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    ctx.with_bytes(args.at(0), codec::is_utf8).map(Value::from)
}

fn is_ascii(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    ctx.with_bytes(args.at(0), <[u8]>::is_ascii)
        .map(Value::from)
}

/// `transcode(bytes, from, to)`: a new `Buffer`, or `undefined` where that pair of encodings is not offered.
fn transcode(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let known = |value: &Value| value.as_string().as_ref().and_then(encoding_named);
    let (Some(from), Some(to)) = (known(args.at(1)), known(args.at(2))) else {
        return Ok(Value::undefined());
    };
    let Some(bytes) = ctx.with_bytes(args.at(0), |bytes| codec::transcode(bytes, from, to))? else {
        return Ok(Value::undefined());
    };
    new_buffer(ctx, &bytes)
}

/// `atob(string)`: the decoded string, or a number that says why not (1 a character, 2 the length).
fn atob(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let string = args.at(0).to_js_string(ctx)?;
    match base64::atob(text_of(&string)) {
        Ok(bytes) => new_string(ctx, &codec::decode(&bytes, Encoding::Latin1)),
        Err(AtobError::InvalidCharacter) => Ok(Value::from(1)),
        Err(AtobError::InvalidLength) => Ok(Value::from(2)),
    }
}

/// `btoa(string)`: base64, or `undefined` where a character is beyond Latin-1.
fn btoa(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let string = args.at(0).to_js_string(ctx)?;
    let text = text_of(&string);
    if (0..text.len()).any(|index| text.unit(index) > 0xff) {
        return Ok(Value::undefined());
    }
    let bytes = codec::encode(text, Encoding::Latin1);
    new_string(ctx, &codec::decode(&bytes, Encoding::Base64))
}

/// `normalizeEncoding(name)`: the canonical name, or `undefined`.
fn normalize_encoding(_: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let name = args.at(0).as_string();
    let encoding = name.as_ref().and_then(encoding_named);
    Ok(Value::from(encoding.map(Encoding::name)))
}
