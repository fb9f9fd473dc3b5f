//! `zlib`: compression, one shot or in streams.
//!
//! Binding functions, called by `zlib` and `internal/zlib/streams`: `runSync(input, settings)`,
//! `run(input, settings, callback)` (on the worker pool), `newStream(settings)` and `crc32(data, value)`. Settings are an
//! array: `[mode, level, windowBits, memLevel, strategy, dictionary, brotliPairs, finishFlush, maxOutputLength]`.
//!
//! A stream object has `step(input, offset, out, outOffset, flush)`, which returns how many bytes it wrote and leaves how
//! many it took in `consumed()`, `isEnded()`, `reset()`, `setLevel(level, strategy)` and `close()`.

mod codec;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ouro_engine::{Arguments as _, Context, Error, NativeFn, Object, Payload, Value};
use ouro_runtime::RuntimeCore;

use crate::buffer::new_buffer;
use crate::internal::node_error::node_error;
use codec::{Codec, Mode, RunError, Settings, ZlibError};

const FUNCTIONS: [(&str, usize, NativeFn); 4] = [
    ("runSync", 2, run_sync),
    ("run", 3, run),
    ("newStream", 1, new_stream),
    ("crc32", 2, crc32),
];

const METHODS: [(&str, usize, NativeFn); 6] = [
    ("step", 5, step),
    ("consumed", 0, consumed),
    ("isEnded", 0, is_ended),
    ("reset", 0, reset),
    ("setLevel", 2, set_level),
    ("close", 0, close),
];

/// How much input a step looks at.
const PIECE_BYTES: usize = 64 * 1024;

struct Prototype(Object);

/// What a stream object carries.
struct Stream {
    codec: RefCell<Option<Codec>>,
    consumed: Cell<usize>,
    ended: Cell<bool>,
}

impl Payload for Stream {}

/// Makes the binding `zlib`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let prototype = Object::new(ctx);
    for (name, length, function) in METHODS {
        prototype.define_function(ctx, name, length, function)?;
    }
    ctx.set_host(Rc::new(Prototype(prototype)));
    let object = Object::new(ctx);
    for (name, length, function) in FUNCTIONS {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn to_error(error: ZlibError) -> Error {
    Error::error(error.message)
        .with_property("errno", error.errno)
        .with_code(&error.code)
}

fn run_error(ctx: &mut Context, error: RunError) -> Error {
    match error {
        RunError::Zlib(error) => to_error(error),
        RunError::TooLarge(max) => {
            node_error(ctx, "ERR_BUFFER_TOO_LARGE", &[Value::from(max as f64)])
        }
    }
}

/// The settings array, with the flush that ends the stream and the longest output.
fn settings(ctx: &mut Context, value: &Value) -> Result<(Settings, i32, usize), Error> {
    let array = value
        .as_array()
        .ok_or_else(|| Error::type_error("settings must be an array"))?;
    let list = array.to_vec(ctx)?;
    let number = |index: usize| list.at(index).as_number().unwrap_or_default() as i32;
    let mode = Mode::from_number(number(0)).ok_or_else(|| Error::type_error("no such mode"))?;
    let dictionary = match list.at(5).is_nullish() {
        true => None,
        false => Some(ctx.with_bytes(list.at(5), <[u8]>::to_vec)?),
    };
    let pairs = match list.at(6).as_array() {
        Some(pairs) => pairs.to_vec(ctx)?,
        None => Vec::new(),
    };
    let brotli = pairs.chunks_exact(2).map(|pair| (pair.at(0), pair.at(1)));
    let brotli = brotli.map(|(key, value)| {
        (
            key.as_number().unwrap_or_default() as u32,
            value.as_number().unwrap_or_default() as u32,
        )
    });
    let max = list.at(8).as_number().unwrap_or(f64::MAX) as usize;
    let settings = Settings {
        mode,
        level: number(1),
        window_bits: number(2),
        mem_level: number(3),
        strategy: number(4),
        dictionary,
        brotli: brotli.collect(),
    };
    Ok((settings, number(7), max.min(usize::MAX - 1)))
}

fn run_sync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (settings, finish, max) = settings(ctx, args.at(1))?;
    let result = ctx.with_bytes(args.at(0), |input| codec::run(settings, input, finish, max))?;
    match result {
        Ok(bytes) => new_buffer(ctx, &bytes),
        Err(error) => Err(run_error(ctx, error)),
    }
}

/// `run(input, settings, callback)`: on the worker pool; `callback(error)` or `callback(null, buffer)`.
fn run(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (settings, finish, max) = settings(ctx, args.at(1))?;
    let input = ctx.with_bytes(args.at(0), <[u8]>::to_vec)?;
    let callback = args
        .at(2)
        .as_function()
        .ok_or_else(|| Error::type_error("callback must be a function"))?;
    let core = RuntimeCore::of(ctx)?;
    let id = core.id();
    let async_context = ctx.async_context();
    let work = move || codec::run(settings, &input, finish, max);
    core.event_loop().submit(work, move |host, result| {
        host.enter(id, |ctx| {
            let outer = ctx.set_async_context(async_context);
            let args = match result {
                Ok(Ok(bytes)) => vec![Value::null(), new_buffer(ctx, &bytes)?],
                Ok(Err(error)) => vec![run_error(ctx, error).into_value(ctx)],
                Err(_) => vec![Error::error("the work was cancelled").into_value(ctx)],
            };
            let outcome = callback.call(ctx, &Value::undefined(), &args);
            ctx.set_async_context(outer);
            outcome.map(drop)
        });
    });
    Ok(Value::undefined())
}

fn new_stream(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (settings, _, _) = settings(ctx, args.at(0))?;
    let codec = Codec::new(settings).map_err(to_error)?;
    let prototype = ctx
        .host::<Prototype>()
        .ok_or_else(|| Error::type_error("zlib is not installed"))?;
    let stream = Stream {
        codec: RefCell::new(Some(codec)),
        consumed: Cell::new(0),
        ended: Cell::new(false),
    };
    Ok(Object::with_payload(ctx, Some(&prototype.0), stream).into())
}

fn of(this: &Value) -> Result<Rc<Stream>, Error> {
    this.as_object()
        .and_then(|object| object.payload::<Stream>())
        .ok_or_else(|| Error::type_error("not a zlib stream"))
}

/// `step(input, offset, out, outOffset, flush)`: how many bytes were written to `out`.
fn step(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let stream = of(this)?;
    let offset = args.at(1).to_u32(ctx)? as usize;
    let out_offset = args.at(3).to_u32(ctx)? as usize;
    let flush = args.at(4).to_i32(ctx)?;
    // The views may share memory, so the input is copied, a piece at a time. Only the last piece is flushed.
    let (input, is_rest) = ctx.with_bytes(args.at(0), |bytes| {
        let rest = bytes.get(offset..).unwrap_or_default();
        let piece = rest.get(..PIECE_BYTES).unwrap_or(rest);
        (piece.to_vec(), piece.len() == rest.len())
    })?;
    let flush = if is_rest { flush } else { 0 };
    let mut codec = stream.codec.borrow_mut();
    let Some(codec) = codec.as_mut() else {
        return Err(Error::error("zlib binding closed"));
    };
    let result = ctx.with_bytes_mut(args.at(2), |out| {
        codec.step(&input, out.get_mut(out_offset..).unwrap_or_default(), flush)
    })?;
    let step = result.map_err(to_error)?;
    stream.consumed.set(step.consumed);
    stream.ended.set(step.ended);
    Ok(Value::from(step.produced as f64))
}

fn consumed(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Value::from(of(this)?.consumed.get() as f64))
}

fn is_ended(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(of(this)?.ended.get().into())
}

fn reset(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let stream = of(this)?;
    stream.ended.set(false);
    if let Some(codec) = stream.codec.borrow_mut().as_mut() {
        codec.reset().map_err(to_error)?;
    }
    Ok(Value::undefined())
}

fn set_level(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (level, strategy) = (args.at(0).to_i32(ctx)?, args.at(1).to_i32(ctx)?);
    if let Some(codec) = of(this)?.codec.borrow_mut().as_mut() {
        codec.set_level(level, strategy);
    }
    Ok(Value::undefined())
}

fn close(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    of(this)?.codec.borrow_mut().take();
    Ok(Value::undefined())
}

/// `crc32(data, value)`: the checksum of RFC 1952, going on from an earlier one.
fn crc32(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let start = args.at(1).to_u32(ctx)?;
    let sum = match args.at(0).as_string() {
        Some(text) => zlib_rs::crc32::crc32(start, text.to_string_lossy().as_bytes()),
        None => ctx.with_bytes(args.at(0), |bytes| zlib_rs::crc32::crc32(start, bytes))?,
    };
    Ok(Value::from(f64::from(sum)))
}
