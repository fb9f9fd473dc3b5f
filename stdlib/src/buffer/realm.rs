//! Where new buffers come from: the prototype they get, and the pool that small unsafe ones are cut from.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ouro_engine::{
    Arguments as _, ArrayBuffer, Context, Error, JsString, Object, TypedArray, Value,
};

use super::Row;
use super::codec::Decoded;
use crate::internal::node_error::{invalid_arg_type, node_error};

pub(super) const FUNCTIONS: &[Row] = &[
    ("alloc", 1, alloc),
    ("allocUnsafe", 1, alloc_unsafe),
    ("allocUnsafeSlow", 1, alloc_unsafe_slow),
    ("view", 3, view),
    ("isBuffer", 1, is_buffer),
    ("getPoolSize", 0, get_pool_size),
    ("setPoolSize", 1, set_pool_size),
];

/// `buffer.constants.MAX_STRING_LENGTH`, in UTF-16 code units.
const MAX_STRING_LEN: usize = 0x1fff_ffe8;
/// `buffer.constants.MAX_LENGTH`, in bytes.
const MAX_LEN: f64 = 9_007_199_254_740_991.0;
/// Slices of the pool begin at multiples of this, so that wider typed arrays can be laid over them.
const POOL_ALIGNMENT: usize = 8;

/// What a context's `Buffer` class has told Rust, and the current pool.
pub struct BufferRealm {
    prototype: Object,
    pool: RefCell<Option<ArrayBuffer>>,
    pool_used: Cell<usize>,
    pool_size: Cell<f64>,
}

impl BufferRealm {
    pub(super) fn install(ctx: &mut Context, prototype: Object) {
        let realm = Self {
            prototype,
            pool: RefCell::new(None),
            pool_used: Cell::new(0),
            pool_size: Cell::new(8192.0),
        };
        ctx.set_host(Rc::new(realm));
    }

    /// The realm's record; loads `buffer` where nobody has yet.
    fn of(ctx: &mut Context) -> Result<Rc<Self>, Error> {
        if let Some(realm) = ctx.host::<Self>() {
            return Ok(realm);
        }
        crate::internal::loader::CoreLoader::of(ctx)?.require(ctx, "buffer")?;
        ctx.host::<Self>()
            .ok_or_else(|| Error::type_error("Buffer is not installed"))
    }

    /// `len` bytes, from the pool where they are few. Their content is unspecified.
    fn allocate(&self, ctx: &mut Context, len: usize) -> Result<TypedArray, Error> {
        let pool_size = self.pool_size.get();
        if len == 0 || len as f64 >= pool_size / 2.0 || pool_size.is_nan() {
            return self.allocate_alone(ctx, len);
        }
        let used = self.pool_used.get();
        let current = self.pool.borrow().clone();
        let (pool, start) = match current {
            Some(pool) if used + len <= pool.byte_length() => (pool, used),
            _ => (self.new_pool(ctx, pool_size as usize)?, 0),
        };
        self.pool_used
            .set((start + len).next_multiple_of(POOL_ALIGNMENT));
        TypedArray::uint8_with_prototype(ctx, &pool, start, len, &self.prototype)
    }

    fn new_pool(&self, ctx: &mut Context, size: usize) -> Result<ArrayBuffer, Error> {
        let pool = ArrayBuffer::new(ctx, size)?;
        *self.pool.borrow_mut() = Some(pool.clone());
        Ok(pool)
    }

    /// `len` zero bytes in an `ArrayBuffer` of their own.
    fn allocate_alone(&self, ctx: &mut Context, len: usize) -> Result<TypedArray, Error> {
        let buffer = ArrayBuffer::new(ctx, len).map_err(|_| allocation_failed())?;
        TypedArray::uint8_with_prototype(ctx, &buffer, 0, len, &self.prototype)
    }
}

fn allocation_failed() -> Error {
    Error::range_error("Array buffer allocation failed")
}

/// A `Buffer` with a copy of these bytes; small ones are cut from the pool.
///
/// # Errors
/// `RangeError` where there is not enough memory.
pub fn new_pooled_buffer(ctx: &mut Context, bytes: &[u8]) -> Result<Value, Error> {
    let realm = BufferRealm::of(ctx)?;
    if bytes.len() as f64 >= realm.pool_size.get() / 2.0 {
        return new_buffer(ctx, bytes);
    }
    let array = Value::from(realm.allocate(ctx, bytes.len())?);
    ctx.with_bytes_mut(&array, |target| target.copy_from_slice(bytes))?;
    Ok(array)
}

/// A `Buffer` with a copy of these bytes, in memory of its own: what bindings hand to programs.
///
/// # Errors
/// `RangeError` where there is not enough memory.
pub fn new_buffer(ctx: &mut Context, bytes: &[u8]) -> Result<Value, Error> {
    let realm = BufferRealm::of(ctx)?;
    let buffer = ArrayBuffer::from_slice(ctx, bytes).map_err(|_| allocation_failed())?;
    let array = TypedArray::uint8_with_prototype(ctx, &buffer, 0, bytes.len(), &realm.prototype)?;
    Ok(Value::from(array))
}

/// Whether a value's prototype is `Buffer.prototype` itself.
pub(super) fn is_plain_buffer(ctx: &mut Context, value: &Value) -> Result<bool, Error> {
    let realm = BufferRealm::of(ctx)?;
    let prototype = value.as_object().and_then(|object| object.prototype(ctx));
    Ok(prototype.is_some_and(|prototype| {
        Value::from(prototype).strict_equals(&Value::from(&realm.prototype))
    }))
}

/// Whether `Buffer.prototype` is among a value's prototypes: what `instanceof Buffer` asks.
pub(super) fn is_buffer(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = BufferRealm::of(ctx)?;
    let wanted = Value::from(&realm.prototype);
    let mut link = args.at(0).as_object();
    if link.as_ref().is_some_and(Object::is_proxy) {
        let class = realm.prototype.get(ctx, "constructor")?;
        return args.at(0).instance_of(ctx, &class).map(Value::from);
    }
    while let Some(object) = link {
        link = object.prototype(ctx);
        if link
            .as_ref()
            .is_some_and(|next| Value::from(next).strict_equals(&wanted))
        {
            return Ok(Value::from(true));
        }
    }
    Ok(Value::from(false))
}

/// A `Buffer` of `len` bytes, these first and zeros behind them.
///
/// # Errors
/// `RangeError` where there is not enough memory.
pub(super) fn new_padded_buffer(
    ctx: &mut Context,
    bytes: &[u8],
    len: usize,
) -> Result<Value, Error> {
    let array = Value::from(BufferRealm::of(ctx)?.allocate_alone(ctx, len)?);
    ctx.with_bytes_mut(&array, |target| {
        if let Some(target) = target.get_mut(..bytes.len()) {
            target.copy_from_slice(bytes);
        }
    })?;
    Ok(array)
}

/// A view of `len` bytes of an `ArrayBuffer` or `SharedArrayBuffer`, as a `Buffer`.
pub(super) fn new_view(
    ctx: &mut Context,
    buffer: &Object,
    start: usize,
    len: usize,
) -> Result<Value, Error> {
    let realm = BufferRealm::of(ctx)?;
    if let Some(buffer) = ArrayBuffer::from_object(buffer.clone()) {
        let array = TypedArray::uint8_with_prototype(ctx, &buffer, start, len, &realm.prototype)?;
        return Ok(Value::from(array));
    }
    let constructor = ctx.global().get(ctx, "Uint8Array")?.to_object(ctx)?;
    let args = [Value::from(buffer), Value::from(start), Value::from(len)];
    let array = constructor.construct(ctx, &args)?;
    array.set_prototype(ctx, Some(&realm.prototype));
    Ok(Value::from(array))
}

/// Decoded text as a JavaScript string.
///
/// # Errors
/// `ERR_STRING_TOO_LONG`.
pub fn new_string(ctx: &mut Context, decoded: &Decoded<'_>) -> Result<Value, Error> {
    string_of(decoded)
        .map(Value::from)
        .ok_or_else(|| string_too_long(ctx))
}

/// As [`new_string`] while the context is lent out; `None` where the string would be too long.
pub(super) fn string_of(decoded: &Decoded<'_>) -> Option<JsString> {
    match decoded {
        Decoded::Latin1(bytes) if bytes.len() <= MAX_STRING_LEN => {
            Some(JsString::from_latin1(bytes))
        }
        Decoded::Utf16(units) if units.len() <= MAX_STRING_LEN => Some(JsString::from_utf16(units)),
        _ => None,
    }
}

/// Refuses to decode where even the shortest result would be too long, before any memory is spent.
pub(super) fn check_string_length(ctx: &mut Context, least_len: usize) -> Result<(), Error> {
    if least_len > MAX_STRING_LEN {
        return Err(string_too_long(ctx));
    }
    Ok(())
}

pub(super) fn string_too_long(ctx: &mut Context) -> Error {
    node_error(ctx, "ERR_STRING_TOO_LONG", &[Value::from(MAX_STRING_LEN)])
}

/// A size argument: a number from 0 to `MAX_LENGTH`.
fn size_of(ctx: &mut Context, value: &Value) -> Result<usize, Error> {
    match value.as_number() {
        Some(size) if (0.0..=MAX_LEN).contains(&size) => Ok(size as usize),
        Some(_) => {
            let range = format!(">= 0 && <= {MAX_LEN}");
            let args = [Value::from("size"), Value::from(range), value.clone()];
            Err(node_error(ctx, "ERR_OUT_OF_RANGE", &args))
        }
        None => Err(invalid_arg_type(ctx, "size", "number", value)),
    }
}

fn alloc(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let size = size_of(ctx, args.at(0))?;
    BufferRealm::of(ctx)?
        .allocate_alone(ctx, size)
        .map(Value::from)
}

fn alloc_unsafe(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let size = size_of(ctx, args.at(0))?;
    BufferRealm::of(ctx)?.allocate(ctx, size).map(Value::from)
}

fn alloc_unsafe_slow(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    alloc(ctx, this, args)
}

/// `view(arrayBuffer, start, length)`; the caller has checked the range.
fn view(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let buffer = args.at(0).to_object(ctx)?;
    let start = args.at(1).to_integer(ctx)? as usize;
    let len = args.at(2).to_integer(ctx)? as usize;
    new_view(ctx, &buffer, start, len)
}

fn get_pool_size(ctx: &mut Context, _: &Value, _: &[Value]) -> Result<Value, Error> {
    Ok(Value::from(BufferRealm::of(ctx)?.pool_size.get()))
}

fn set_pool_size(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let size = args.at(0).to_number(ctx)?;
    BufferRealm::of(ctx)?
        .pool_size
        .set(size.min(f64::from(1 << 30)));
    Ok(Value::undefined())
}
