//! `buf.readInt8` … `buf.writeDoubleBE`: numbers in bytes.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#bufreadbigint64beoffset>. A method is a row of
//! [`READERS`] or [`WRITERS`]; `readUint8` and the like are aliases that `mod.rs` makes.

use ouro_engine::{Arguments as _, BigInt, Context, Error, Value};

use super::Row;
use super::arguments::{bounds_error, len_of_this, out_of_range};
use crate::internal::node_error::invalid_arg_type;

/// A reader of `$number`'s width, in the byte order of `$from`.
macro_rules! reader {
    ($number:ty, $from:ident, $convert:expr) => {
        |ctx, this, args| {
            let bytes = read_bytes::<{ size_of::<$number>() }>(ctx, this, args.at(0))?;
            let number = <$number>::$from(bytes);
            Ok(Value::from($convert(number)))
        }
    };
}

/// A writer of an integer that must lie in `$number`'s range.
macro_rules! writer {
    ($number:ty, $to:ident) => {
        |ctx, this, args| {
            let value = number_in(
                ctx,
                args.at(0),
                <$number>::MIN.into(),
                <$number>::MAX.into(),
            )?;
            write_bytes(ctx, this, args.at(1), (value as $number).$to())
        }
    };
}

macro_rules! float_writer {
    ($number:ty, $to:ident) => {
        |ctx, this, args| {
            let value = args.at(0).to_number(ctx)?;
            write_bytes(ctx, this, args.at(1), (value as $number).$to())
        }
    };
}

macro_rules! bigint_writer {
    ($read:ident, $range:expr, $to:ident) => {
        |ctx, this, args| {
            let Some(value) = args.at(0).as_bigint() else {
                return Err(Error::type_error(
                    "Cannot mix BigInt and other types, use explicit conversions",
                ));
            };
            let Some(value) = value.$read() else {
                return Err(out_of_range(ctx, "value", $range, args.at(0)));
            };
            write_bytes(ctx, this, args.at(1), value.$to())
        }
    };
}

const INT64_RANGE: &str = ">= -(2n ** 63n) and < 2n ** 63n";
const UINT64_RANGE: &str = ">= 0n and < 2n ** 64n";

/// Methods that read.
pub(super) const READERS: &[Row] = &[
    ("readUInt8", 0, reader!(u8, from_le_bytes, i32::from)),
    ("readUInt16LE", 0, reader!(u16, from_le_bytes, i32::from)),
    ("readUInt16BE", 0, reader!(u16, from_be_bytes, i32::from)),
    ("readUInt32LE", 0, reader!(u32, from_le_bytes, u32::from)),
    ("readUInt32BE", 0, reader!(u32, from_be_bytes, u32::from)),
    ("readInt8", 0, reader!(i8, from_le_bytes, i32::from)),
    ("readInt16LE", 0, reader!(i16, from_le_bytes, i32::from)),
    ("readInt16BE", 0, reader!(i16, from_be_bytes, i32::from)),
    ("readInt32LE", 0, reader!(i32, from_le_bytes, i32::from)),
    ("readInt32BE", 0, reader!(i32, from_be_bytes, i32::from)),
    ("readFloatLE", 0, reader!(f32, from_le_bytes, f64::from)),
    ("readFloatBE", 0, reader!(f32, from_be_bytes, f64::from)),
    ("readDoubleLE", 0, reader!(f64, from_le_bytes, f64::from)),
    ("readDoubleBE", 0, reader!(f64, from_be_bytes, f64::from)),
    (
        "readBigInt64LE",
        0,
        reader!(i64, from_le_bytes, BigInt::from),
    ),
    (
        "readBigInt64BE",
        0,
        reader!(i64, from_be_bytes, BigInt::from),
    ),
    (
        "readBigUInt64LE",
        0,
        reader!(u64, from_le_bytes, BigInt::from),
    ),
    (
        "readBigUInt64BE",
        0,
        reader!(u64, from_be_bytes, BigInt::from),
    ),
    ("readUIntLE", 2, |ctx, this, args| {
        read_sized(ctx, this, args, false, false)
    }),
    ("readUIntBE", 2, |ctx, this, args| {
        read_sized(ctx, this, args, false, true)
    }),
    ("readIntLE", 2, |ctx, this, args| {
        read_sized(ctx, this, args, true, false)
    }),
    ("readIntBE", 2, |ctx, this, args| {
        read_sized(ctx, this, args, true, true)
    }),
];

/// Methods that write.
pub(super) const WRITERS: &[Row] = &[
    ("writeUInt8", 1, |ctx, this, args| {
        write_byte(ctx, this, args, 0.0, 255.0)
    }),
    ("writeInt8", 1, |ctx, this, args| {
        write_byte(ctx, this, args, -128.0, 127.0)
    }),
    ("writeUInt16LE", 1, writer!(u16, to_le_bytes)),
    ("writeUInt16BE", 1, writer!(u16, to_be_bytes)),
    ("writeUInt32LE", 1, writer!(u32, to_le_bytes)),
    ("writeUInt32BE", 1, writer!(u32, to_be_bytes)),
    ("writeInt16LE", 1, writer!(i16, to_le_bytes)),
    ("writeInt16BE", 1, writer!(i16, to_be_bytes)),
    ("writeInt32LE", 1, writer!(i32, to_le_bytes)),
    ("writeInt32BE", 1, writer!(i32, to_be_bytes)),
    ("writeFloatLE", 1, float_writer!(f32, to_le_bytes)),
    ("writeFloatBE", 1, float_writer!(f32, to_be_bytes)),
    ("writeDoubleLE", 1, float_writer!(f64, to_le_bytes)),
    ("writeDoubleBE", 1, float_writer!(f64, to_be_bytes)),
    (
        "writeBigInt64LE",
        1,
        bigint_writer!(to_i64, INT64_RANGE, to_le_bytes),
    ),
    (
        "writeBigInt64BE",
        1,
        bigint_writer!(to_i64, INT64_RANGE, to_be_bytes),
    ),
    (
        "writeBigUInt64LE",
        1,
        bigint_writer!(to_u64, UINT64_RANGE, to_le_bytes),
    ),
    (
        "writeBigUInt64BE",
        1,
        bigint_writer!(to_u64, UINT64_RANGE, to_be_bytes),
    ),
    ("writeUIntLE", 3, |ctx, this, args| {
        write_sized(ctx, this, args, false, false)
    }),
    ("writeUIntBE", 3, |ctx, this, args| {
        write_sized(ctx, this, args, false, true)
    }),
    ("writeIntLE", 3, |ctx, this, args| {
        write_sized(ctx, this, args, true, false)
    }),
    ("writeIntBE", 3, |ctx, this, args| {
        write_sized(ctx, this, args, true, true)
    }),
];

/// An offset that is a whole number not below 0; `undefined` is 0.
fn plain_offset(offset: &Value) -> Option<usize> {
    if offset.is_undefined() {
        return Some(0);
    }
    offset.as_u64().map(|offset| offset as usize)
}

fn read_bytes<const N: usize>(
    ctx: &mut Context,
    this: &Value,
    offset: &Value,
) -> Result<[u8; N], Error> {
    if let Some(start) = plain_offset(offset) {
        let end = start.saturating_add(N);
        let found = ctx.with_bytes(this, |bytes| {
            bytes.get(start..end).and_then(|part| part.try_into().ok())
        })?;
        if let Some(bytes) = found {
            return Ok(bytes);
        }
    }
    Err(no_room(ctx, this, offset, N)?)
}

/// Writes and returns the offset behind what was written.
fn write_bytes<const N: usize>(
    ctx: &mut Context,
    this: &Value,
    offset: &Value,
    data: [u8; N],
) -> Result<Value, Error> {
    write_slice(ctx, this, offset, &data)
}

fn write_slice(
    ctx: &mut Context,
    this: &Value,
    offset: &Value,
    data: &[u8],
) -> Result<Value, Error> {
    if let Some(start) = plain_offset(offset) {
        let end = start.saturating_add(data.len());
        let done = ctx.with_bytes_mut(this, |bytes| match bytes.get_mut(start..end) {
            Some(target) => {
                target.copy_from_slice(data);
                true
            }
            None => false,
        })?;
        if done {
            return Ok(Value::from(end));
        }
    }
    Err(no_room(ctx, this, offset, data.len())?)
}

fn no_room(ctx: &mut Context, this: &Value, offset: &Value, width: usize) -> Result<Error, Error> {
    let len = len_of_this(ctx, this)?;
    let offset = if offset.is_undefined() {
        &Value::from(0)
    } else {
        offset
    };
    Ok(bounds_error(ctx, offset, len as i64 - width as i64))
}

fn number_in(ctx: &mut Context, value: &Value, min: f64, max: f64) -> Result<f64, Error> {
    let number = value.to_number(ctx)?;
    if number < min || number > max {
        let range = format!(">= {min} and <= {max}");
        return Err(out_of_range(ctx, "value", &range, &Value::from(number)));
    }
    Ok(number)
}

/// One byte: unlike the wider writers, this one looks at the offset's type before the value's range.
fn write_byte(
    ctx: &mut Context,
    this: &Value,
    args: &[Value],
    min: f64,
    max: f64,
) -> Result<Value, Error> {
    let value = args.at(0).to_number(ctx)?;
    let offset = args.at(1);
    if !offset.is_undefined() && !offset.is_number() {
        return Err(invalid_arg_type(ctx, "offset", "number", offset));
    }
    let value = number_in(ctx, &Value::from(value), min, max)?;
    write_bytes(ctx, this, offset, [value as i32 as u8])
}

/// The `byteLength` argument: 1 to 6.
fn width_of(ctx: &mut Context, value: &Value) -> Result<usize, Error> {
    let Some(number) = value.as_number() else {
        return Err(invalid_arg_type(ctx, "byteLength", "number", value));
    };
    if number.floor() != number {
        return Err(out_of_range(ctx, "byteLength", "an integer", value));
    }
    if !(1.0..=6.0).contains(&number) {
        return Err(out_of_range(ctx, "byteLength", ">= 1 and <= 6", value));
    }
    Ok(number as usize)
}

/// `buf.readUIntLE(offset, byteLength)` and its kin.
fn read_sized(
    ctx: &mut Context,
    this: &Value,
    args: &[Value],
    signed: bool,
    big: bool,
) -> Result<Value, Error> {
    let offset = args.at(0);
    if offset.is_undefined() {
        return Err(invalid_arg_type(ctx, "offset", "number", offset));
    }
    let width = width_of(ctx, args.at(1))?;
    let mut wide = [0; 8];
    let start = offset.as_u64().map_or(usize::MAX, |start| start as usize);
    let found = ctx.with_bytes(this, |bytes| {
        match bytes.get(start..start.saturating_add(width)) {
            Some(part) => {
                wide[..width].copy_from_slice(part);
                true
            }
            None => false,
        }
    })?;
    if !found {
        return Err(no_room(ctx, this, offset, width)?);
    }
    if big {
        wide[..width].reverse();
    }
    let unsigned = i64::from_le_bytes(wide);
    let spare_bits = 64 - width * 8;
    let number = if signed {
        unsigned << spare_bits >> spare_bits
    } else {
        unsigned
    };
    Ok(match i32::try_from(number) {
        Ok(small) => Value::from(small),
        Err(_) => Value::from(number as f64),
    })
}

/// `buf.writeUIntLE(value, offset, byteLength)` and its kin.
fn write_sized(
    ctx: &mut Context,
    this: &Value,
    args: &[Value],
    signed: bool,
    big: bool,
) -> Result<Value, Error> {
    let width = width_of(ctx, args.at(2))?;
    let bits = width * 8;
    let value = args.at(0).to_number(ctx)?;
    let limit = 2f64.powi(if signed { bits as i32 - 1 } else { bits as i32 });
    let min = if signed { -limit } else { 0.0 };
    if value < min || value > limit - 1.0 {
        let range = match (width > 4, signed) {
            (false, _) => format!(">= {min} and <= {}", limit - 1.0),
            (true, true) => format!(">= -(2 ** {}) and < 2 ** {}", bits - 1, bits - 1),
            (true, false) => format!(">= 0 and < 2 ** {bits}"),
        };
        return Err(out_of_range(ctx, "value", &range, &Value::from(value)));
    }
    let offset = args.at(1);
    if offset.is_undefined() {
        return Err(invalid_arg_type(ctx, "offset", "number", offset));
    }
    let mut data = (value as i64).to_le_bytes();
    let data = &mut data[..width];
    if big {
        data.reverse();
    }
    write_slice(ctx, this, offset, data)
}
