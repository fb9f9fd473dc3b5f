//! Methods of `Buffer` that compare, find, copy, cut and join bytes.

use std::cmp::Ordering;

use ouro_engine::{Arguments as _, Context, Error, TypedArrayKind, Value};

use super::Row;
use super::arguments::{encoding_or_utf8, is_view, len_of_this, out_of_range, text_of};
use super::codec::{self, Encoding};
use super::realm::{is_plain_buffer, new_buffer, new_padded_buffer, new_view};
use super::search;
use crate::internal::node_error::node_error;

/// Own properties of the binding object.
pub(super) const FUNCTIONS: &[Row] = &[
    ("kindOf", 1, kind_of),
    ("isDetached", 1, is_detached),
    ("fromBytes", 1, from_bytes),
    ("concat", 2, concat),
    ("compare", 2, compare),
    ("compareRanges", 6, compare_ranges),
    ("fillBytes", 4, fill_bytes),
    ("fillString", 5, fill_string),
];

/// Methods of `Buffer.prototype`.
pub(super) const METHODS: &[Row] = &[
    ("equals", 1, equals),
    ("copy", 4, copy),
    ("indexOf", 3, |ctx, this, args| {
        index_of(ctx, this, args, true)
    }),
    ("lastIndexOf", 3, |ctx, this, args| {
        index_of(ctx, this, args, false)
    }),
    ("includes", 3, includes),
    ("subarray", 2, subarray),
    ("slice", 2, slice),
    ("swap16", 0, |ctx, this, _| swap(ctx, this, 2)),
    ("swap32", 0, |ctx, this, _| swap(ctx, this, 4)),
    ("swap64", 0, |ctx, this, _| swap(ctx, this, 8)),
];

fn is_uint8_array(value: &Value) -> bool {
    let array = value.as_typed_array();
    array.is_some_and(|array| array.kind() == TypedArrayKind::Uint8)
}

fn not_a_buffer(ctx: &mut Context, name: &str, value: &Value) -> Error {
    bad_type(ctx, name, &["Buffer", "Uint8Array"], value)
}

pub(super) fn bad_type(ctx: &mut Context, name: &str, expected: &[&str], value: &Value) -> Error {
    let expected = ouro_engine::Array::from_iter(ctx, expected.iter().copied());
    node_error(
        ctx,
        "ERR_INVALID_ARG_TYPE",
        &[Value::from(name), Value::from(expected), value.clone()],
    )
}

/// `kindOf(value)`: 1 `Uint8Array`, 2 another typed array, 3 `DataView`, 4 `ArrayBuffer`, 5 `SharedArrayBuffer`, else 0.
fn kind_of(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let value = args.at(0);
    if !value.is_object() {
        return Ok(Value::from(0));
    }
    let kind = if let Some(array) = value.as_typed_array() {
        if array.kind() == TypedArrayKind::Uint8 {
            1
        } else {
            2
        }
    } else if value.as_data_view().is_some() {
        3
    } else if value.as_array_buffer().is_some() {
        4
    } else if ctx.with_bytes(value, <[u8]>::len).is_ok() {
        5
    } else {
        0
    };
    Ok(Value::from(kind))
}

/// `isDetached(arrayBuffer)`.
fn is_detached(_: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let buffer = args.at(0).as_array_buffer();
    Ok(Value::from(
        buffer.is_some_and(|buffer| buffer.is_detached()),
    ))
}

/// `fromBytes(array)`: a `Buffer` with a copy of a `Uint8Array`; `undefined` for anything else.
fn from_bytes(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    if !is_uint8_array(args.at(0)) {
        return Ok(Value::undefined());
    }
    let bytes = ctx.with_bytes(args.at(0), <[u8]>::to_vec)?;
    super::realm::new_pooled_buffer(ctx, &bytes)
}

/// `buf.equals(otherBuffer)`.
fn equals(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    for (name, value) in [("buffer", this), ("otherBuffer", args.at(0))] {
        if !is_uint8_array(value) {
            return Err(not_a_buffer(ctx, name, value));
        }
    }
    Ok(Value::from(
        order(ctx, this, args.at(0))? == Ordering::Equal,
    ))
}

/// `compare(a, b)`: -1, 0 or 1.
fn compare(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(Value::from(order(ctx, args.at(0), args.at(1))? as i32))
}

/// Two views at once: the second is lent by copy when the context can lend only one.
fn order(ctx: &mut Context, left: &Value, right: &Value) -> Result<Ordering, Error> {
    let right = ctx.with_bytes(right, <[u8]>::to_vec)?;
    ctx.with_bytes(left, |left| left.cmp(&right))
}

/// `compareRanges(a, b, bStart, aStart, bEnd, aEnd)`; the caller has checked them.
fn compare_ranges(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let mut positions = [0; 4];
    for (position, value) in positions.iter_mut().zip(args.iter().skip(2)) {
        *position = value.to_integer(ctx)? as usize;
    }
    let [right_start, left_start, right_end, left_end] = positions;
    let right = ctx.with_bytes(args.at(1), |bytes| {
        part(bytes, right_start, right_end).to_vec()
    })?;
    let order = ctx.with_bytes(args.at(0), |bytes| {
        part(bytes, left_start, left_end).cmp(&right)
    })?;
    Ok(Value::from(order as i32))
}

fn part(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    let end = end.min(bytes.len());
    bytes.get(start.min(end)..end).unwrap_or_default()
}

/// `buf.copy(target[, targetStart[, sourceStart[, sourceEnd]]])`.
/// Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#bufcopytarget-targetstart-sourcestart-sourceend>.
fn copy(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let target = args.at(0);
    if !is_uint8_array(this) {
        return Err(not_a_buffer(ctx, "source", this));
    }
    if !is_view(target) {
        return Err(not_a_buffer(ctx, "target", target));
    }
    let target_start = copy_position(ctx, args.at(1), "targetStart", f64::INFINITY)?.unwrap_or(0);
    let source_len = len_of_this(ctx, this)?;
    let source_start =
        copy_position(ctx, args.at(2), "sourceStart", source_len as f64)?.unwrap_or(0);
    let source_end =
        copy_position(ctx, args.at(3), "sourceEnd", f64::INFINITY)?.unwrap_or(source_len);
    let target_len = len_of_this(ctx, target)?;
    let available = source_end.min(source_len).saturating_sub(source_start);
    let len = available.min(target_len.saturating_sub(target_start));
    if len == 0 {
        return Ok(Value::from(0));
    }
    let bytes = ctx.with_bytes(this, |bytes| {
        part(bytes, source_start, source_start + len).to_vec()
    })?;
    ctx.with_bytes_mut(target, |into| {
        if let Some(into) = into.get_mut(target_start..target_start + bytes.len()) {
            into.copy_from_slice(&bytes);
        }
    })?;
    Ok(Value::from(len))
}

/// A position given to `copy`: truncated, NaN is 0, not below 0 and not beyond `max`.
fn copy_position(
    ctx: &mut Context,
    value: &Value,
    name: &str,
    max: f64,
) -> Result<Option<usize>, Error> {
    if value.is_undefined() {
        return Ok(None);
    }
    let number = value.to_integer(ctx)?;
    if number < 0.0 || number > max {
        let range = if max.is_finite() {
            format!(">= 0 && <= {max}")
        } else {
            ">= 0".to_owned()
        };
        return Err(out_of_range(ctx, name, &range, &Value::from(number)));
    }
    Ok(Some(number as usize))
}

/// `buf.includes(value[, byteOffset][, encoding])`.
fn includes(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let found = index_of(ctx, this, args, true)?;
    Ok(Value::from(found.as_number() != Some(-1.0)))
}

/// `buf.indexOf(value[, byteOffset][, encoding])` and `lastIndexOf`.
/// Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#bufindexofvalue-byteoffset-encoding>.
fn index_of(
    ctx: &mut Context,
    this: &Value,
    args: &[Value],
    forward: bool,
) -> Result<Value, Error> {
    if !is_view(this) {
        return Err(bad_type(
            ctx,
            "buffer",
            &["Buffer", "TypedArray", "DataView"],
            this,
        ));
    }
    let (offset, encoding) = match args.at(1) {
        offset if offset.is_string() => (&Value::undefined(), offset),
        offset => (offset, args.at(2)),
    };
    let len = len_of_this(ctx, this)?;
    let offset = match offset.to_number(ctx)? {
        number if number.is_nan() => {
            if forward {
                0.0
            } else {
                len as f64
            }
        }
        number => number.trunc().clamp(-2_147_483_648.0, 2_147_483_647.0),
    };
    let encoding = encoding_or_utf8(ctx, encoding)?;
    let value = args.at(0);
    let needle = if let Some(number) = value.as_number() {
        vec![Value::from(number).to_u32(ctx)? as u8]
    } else if let Some(string) = value.as_string() {
        codec::encode(text_of(&string), encoding)
    } else if is_uint8_array(value) {
        ctx.with_bytes(value, <[u8]>::to_vec)?
    } else {
        return Err(bad_type(
            ctx,
            "value",
            &["number", "string", "Buffer", "Uint8Array"],
            value,
        ));
    };
    let Some(start) = search::start_of_search(len, offset, forward) else {
        let empty_at_end = needle.is_empty() && forward;
        return Ok(if empty_at_end {
            Value::from(len)
        } else {
            Value::from(-1)
        });
    };
    if needle.is_empty() {
        return Ok(Value::from(start));
    }
    let step = if encoding == Encoding::Utf16le && !value.is_number() {
        2
    } else {
        1
    };
    let found = ctx.with_bytes(this, |hay| search::find(hay, &needle, start, forward, step))?;
    Ok(found.map_or(Value::from(-1), Value::from))
}

/// `buf.subarray([start[, end]])`: the same memory, another view.
fn subarray(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(array) = this.as_typed_array() else {
        return Err(not_a_buffer(ctx, "this", this));
    };
    let len = array.byte_length(ctx);
    let start = relative(ctx, args.at(0), len, 0)?;
    let end = relative(ctx, args.at(1), len, len)?;
    let buffer = array.buffer(ctx)?;
    let offset = array.byte_offset(ctx);
    new_view(ctx, &buffer, offset + start, end.saturating_sub(start))
}

/// `buf.slice([start[, end]])`: as `subarray`, whichever that is for the object at hand.
fn slice(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    if is_plain_buffer(ctx, this)? {
        return subarray(ctx, this, args);
    }
    let object = this.to_object(ctx)?;
    let method = object.get(ctx, "subarray")?.to_object(ctx)?;
    method.call(ctx, this, args)
}

/// An index that may count from the end, moved into `0..=len`.
fn relative(ctx: &mut Context, value: &Value, len: usize, default: usize) -> Result<usize, Error> {
    if value.is_undefined() {
        return Ok(default);
    }
    let number = value.to_integer(ctx)?;
    let from_start = if number < 0.0 {
        number + len as f64
    } else {
        number
    };
    Ok((from_start.max(0.0) as usize).min(len))
}

/// `buf.swap16()` and its kin.
fn swap(ctx: &mut Context, this: &Value, width: usize) -> Result<Value, Error> {
    if !is_uint8_array(this) {
        return Err(not_a_buffer(ctx, "this", this));
    }
    if !len_of_this(ctx, this)?.is_multiple_of(width) {
        let bits = format!("{}-bits", width * 8);
        return Err(node_error(
            ctx,
            "ERR_INVALID_BUFFER_SIZE",
            &[Value::from(bits)],
        ));
    }
    ctx.with_bytes_mut(this, |bytes| search::swap(bytes, width))?;
    Ok(this.clone())
}

/// `concat(list[, length])`, `list` being an array.
fn concat(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let list = args.at(0).to_object(ctx)?;
    let count = list.get(ctx, "length")?.to_u32(ctx)?;
    let mut joined = Vec::new();
    for index in 0..count {
        let item = list.get(ctx, index)?;
        if !is_uint8_array(&item) {
            return Err(not_a_buffer(ctx, &format!("list[{index}]"), &item));
        }
        ctx.with_bytes(&item, |bytes| joined.extend_from_slice(bytes))?;
    }
    if let Some(len) = args.at(1).as_u64() {
        let len = len as usize;
        if len > joined.len() {
            return new_padded_buffer(ctx, &joined, len);
        }
        joined.truncate(len);
    }
    new_buffer(ctx, &joined)
}

/// `fillBytes(target, pattern, start, end)`: `pattern` is a byte or a view. False where a view is empty.
fn fill_bytes(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let pattern = if let Some(number) = args.at(1).as_number() {
        vec![Value::from(number).to_u32(ctx)? as u8]
    } else {
        ctx.with_bytes(args.at(1), <[u8]>::to_vec)?
    };
    fill(ctx, args, &pattern)
}

/// `fillString(target, string, start, end, encoding)`. False where the string means no byte at all.
fn fill_string(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let encoding = encoding_or_utf8(ctx, args.at(4))?;
    let string = args.at(1).to_js_string(ctx)?;
    let pattern = codec::encode(text_of(&string), encoding);
    fill(ctx, args, &pattern)
}

fn fill(ctx: &mut Context, args: &[Value], pattern: &[u8]) -> Result<Value, Error> {
    let start = args.at(2).to_integer(ctx)?;
    let end = args.at(3).to_integer(ctx)?;
    if pattern.is_empty() {
        return Ok(Value::from(false));
    }
    let in_range = ctx.with_bytes_mut(args.at(0), |bytes| {
        let len = bytes.len() as f64;
        if start < 0.0 || end > len {
            return false;
        }
        if let Some(target) = bytes.get_mut(start as usize..end as usize) {
            search::fill(target, pattern);
        }
        true
    })?;
    if in_range {
        Ok(Value::from(true))
    } else {
        Err(node_error(ctx, "ERR_BUFFER_OUT_OF_BOUNDS", &[]))
    }
}
