//! Sending messages: the head from JavaScript's headers, and head and body in one write.

use std::cell::{Cell, RefCell};
use std::io::Write as _;
use std::rc::Rc;

use ouro_engine::{Arguments as _, Context, Error, JsString, Object, StringUnits, Value};
use ouro_runtime::RuntimeCore;

use super::connection::Callbacks;
use super::head::{Decision, HeadWriter, Plan, is_valid_name, is_valid_value};
use crate::buffer::codec::{Encoding, byte_length, encode};
use crate::buffer::text_of;
use crate::net::NetHandle;

/// Buffers that heads and responses are put together in, and what the last head decided.
#[derive(Default)]
struct Scratch {
    head: RefCell<Vec<u8>>,
    message: RefCell<Vec<u8>>,
    decision: Cell<Decision>,
}

/// Gives the realm its buffers.
pub fn install(ctx: &mut Context) {
    ctx.set_host(Rc::new(Scratch::default()));
}

fn scratch(ctx: &Context) -> Result<Rc<Scratch>, Error> {
    ctx.host::<Scratch>()
        .ok_or_else(|| Error::type_error("http is not installed"))
}

/// A string's characters as Latin-1; `None` if one doesn't fit. How the engine stores the string doesn't matter.
fn latin1(text: &JsString) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    push_latin1(&mut bytes, text).then_some(bytes)
}

/// Appends a string as Latin-1; `false` if a character doesn't fit.
fn push_latin1(out: &mut Vec<u8>, text: &JsString) -> bool {
    match text.units() {
        StringUnits::Latin1(bytes) => out.extend_from_slice(bytes),
        StringUnits::Utf16(units) => {
            for &unit in units {
                let Ok(byte) = u8::try_from(unit) else {
                    return false;
                };
                out.push(byte);
            }
        }
    }
    true
}

// How headers are passed; the same numbers are in _http_outgoing.js.
const OUT_HEADERS: i32 = 1;
const HEADERS_OBJECT: i32 = 2;
const HEADERS_FLAT: i32 = 3;
const HEADERS_PAIRS: i32 = 4;

/// `buildHead(firstLine, headers, kind, bits, contentLength, timeout, max)`: the head's text, or `null` when a header is
/// invalid. What was decided is read with `headBits` and `headContentLength`.
pub fn build_head(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let first_line = args.at(0).to_js_string(ctx)?;
    let kind = args.at(2).as_i32().unwrap_or(0);
    let plan = plan(
        args.at(3).as_i32().unwrap_or(0),
        args.at(4).as_number(),
        args.at(5).to_u32(ctx)?,
        args.at(6).to_u32(ctx)?,
    );
    let scratch = scratch(ctx)?;
    // Reading a header may run JavaScript, which may build another head: the buffer is taken, not borrowed.
    let mut out = scratch.head.take();
    let mut first = Vec::with_capacity(first_line.len());
    let mut valid = push_latin1(&mut first, &first_line);
    let mut writer = HeadWriter::new(&mut out, &first);
    valid = valid && write_headers(ctx, &mut writer, args.at(1), kind)?;
    if !valid {
        return Ok(Value::null());
    }
    scratch.decision.set(writer.finish(&plan));
    let text = JsString::from_latin1(&out);
    scratch.head.replace(out);
    Ok(text.into())
}

fn plan(
    bits: i32,
    content_length: Option<f64>,
    keep_alive_timeout_s: u32,
    max_requests: u32,
) -> Plan {
    let bit = |n: u32| bits & (1 << n) != 0;
    Plan {
        send_date: bit(0),
        should_keep_alive: bit(1),
        chunked_by_default: bit(2),
        has_body: bit(3),
        removed_connection: bit(4),
        removed_length: bit(5),
        removed_transfer_encoding: bit(6),
        last_request: bit(7),
        has_agent: bit(8),
        no_chunked_status: bit(9),
        content_length: content_length
            .filter(|length| *length >= 0.0)
            .map(|length| length as u64),
        keep_alive_timeout_s,
        max_requests,
    }
}

/// Writes all headers of any form; `false` when one is invalid.
fn write_headers(
    ctx: &mut Context,
    writer: &mut HeadWriter<'_>,
    headers: &Value,
    kind: i32,
) -> Result<bool, Error> {
    let Some(object) = headers.as_object() else {
        return Ok(true);
    };
    match kind {
        OUT_HEADERS => {
            for key in object.own_keys(ctx)? {
                let entry = object.get(ctx, key)?.to_object(ctx)?;
                let name = entry.get(ctx, 0u32)?;
                let value = entry.get(ctx, 1u32)?;
                if !write_header(ctx, writer, &name, &value)? {
                    return Ok(false);
                }
            }
        }
        HEADERS_OBJECT => {
            for key in object.own_keys(ctx)? {
                if key.as_symbol().is_some() {
                    continue;
                }
                let name = key.to_value();
                let value = object.get(ctx, key)?;
                if !write_header(ctx, writer, &name, &value)? {
                    return Ok(false);
                }
            }
        }
        HEADERS_FLAT => {
            let list = elements(ctx, &object)?;
            for pair in list.chunks(2) {
                if !write_header(ctx, writer, pair.at(0), pair.at(1))? {
                    return Ok(false);
                }
            }
        }
        HEADERS_PAIRS => {
            for pair in elements(ctx, &object)? {
                let pair = pair.to_object(ctx)?;
                let name = pair.get(ctx, 0u32)?;
                let value = pair.get(ctx, 1u32)?;
                if !write_header(ctx, writer, &name, &value)? {
                    return Ok(false);
                }
            }
        }
        _ => {}
    }
    Ok(true)
}

fn elements(ctx: &mut Context, object: &Object) -> Result<Vec<Value>, Error> {
    match Value::from(object).as_array() {
        Some(array) => array.to_vec(ctx),
        None => Ok(Vec::new()),
    }
}

/// Writes one header; an array gives a line each, except that cookies share one.
fn write_header(
    ctx: &mut Context,
    writer: &mut HeadWriter<'_>,
    name: &Value,
    value: &Value,
) -> Result<bool, Error> {
    let Some(name) = name.as_string() else {
        return Ok(false);
    };
    let mut name_bytes = Vec::with_capacity(name.len());
    if !push_latin1(&mut name_bytes, &name) {
        return Ok(false);
    }
    let Some(array) = value.as_array() else {
        return write_value(ctx, writer, &name_bytes, value);
    };
    let values = array.to_vec(ctx)?;
    if values.len() > 1 && name_bytes.eq_ignore_ascii_case(b"cookie") {
        let mut joined = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                joined.extend_from_slice(b"; ");
            }
            let text = value.to_js_string(ctx)?;
            if !push_latin1(&mut joined, &text) {
                return Ok(false);
            }
        }
        return Ok(writer.header(&name_bytes, &joined));
    }
    for value in &values {
        if !write_value(ctx, writer, &name_bytes, value)? {
            return Ok(false);
        }
    }
    // A name with nothing to say must be valid all the same.
    Ok(!values.is_empty() || is_valid_name(&name_bytes))
}

fn write_value(
    ctx: &mut Context,
    writer: &mut HeadWriter<'_>,
    name: &[u8],
    value: &Value,
) -> Result<bool, Error> {
    if value.is_undefined() {
        return Ok(false);
    }
    let text = value.to_js_string(ctx)?;
    match text.units() {
        StringUnits::Latin1(bytes) => Ok(writer.header(name, bytes)),
        StringUnits::Utf16(_) => Ok(latin1(&text).is_some_and(|bytes| writer.header(name, &bytes))),
    }
}

/// `headBits()`: what the last head decided, as bits.
pub fn head_bits(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let decision = scratch(ctx)?.decision.get();
    let flags = [
        decision.last,
        decision.chunked,
        decision.content_length.is_some(),
        decision.expect,
        decision.trailer,
        decision.no_keep_alive,
    ];
    let bits = flags
        .iter()
        .enumerate()
        .fold(0, |bits, (n, &flag)| bits | i32::from(flag) << n);
    Ok(bits.into())
}

/// `headContentLength()`: the `Content-Length` that the program gave in the last head.
pub fn head_content_length(
    ctx: &mut Context,
    _this: &Value,
    _args: &[Value],
) -> Result<Value, Error> {
    let length = scratch(ctx)?.decision.get().content_length;
    Ok(length.map_or(Value::null(), |length| Value::from(length as f64)))
}

const CHUNKED: i32 = 1;
const LAST: i32 = 2;

/// `sendBody(handle, head, chunk, mode, trailer, owner)`: writes head and body at once. When not all could be written,
/// `flushed(owner, status)` is called later. Returns as the handle's writes do.
pub fn send_body(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(args.at(0))?;
    let mode = args.at(3).as_i32().unwrap_or(0);
    let scratch = scratch(ctx)?;
    let mut out = scratch.message.borrow_mut();
    out.clear();
    if let Some(head) = args.at(1).as_string() {
        push_latin1(&mut out, &head);
    }
    match args.at(2) {
        chunk if chunk.is_undefined() => {}
        chunk => match chunk.as_string() {
            Some(text) => match text.as_ascii() {
                Some(ascii) => push_chunk(&mut out, ascii.as_bytes(), mode),
                None => push_chunk(&mut out, &encode(text_of(&text), Encoding::Utf8), mode),
            },
            None => ctx.with_bytes(chunk, |bytes| push_chunk(&mut out, bytes, mode))?,
        },
    }
    if mode == CHUNKED | LAST {
        out.extend_from_slice(b"0\r\n");
        if let Some(trailer) = args.at(4).as_string() {
            push_latin1(&mut out, &trailer);
        }
        out.extend_from_slice(b"\r\n");
    }
    let owner = args.at(5).clone();
    let context = RuntimeCore::of(ctx)?.id();
    let callbacks = Callbacks::of(ctx)?;
    let status = handle.write_bytes(&out, move |host, status| {
        host.call(
            context,
            &callbacks.flushed,
            &Value::undefined(),
            &[owner, Value::from(status)],
        );
    });
    // A buffer that one great response needed is not kept.
    if out.capacity() > 1 << 20 {
        *out = Vec::new();
    }
    Ok(status.into())
}

fn push_chunk(out: &mut Vec<u8>, bytes: &[u8], mode: i32) {
    if mode & CHUNKED == 0 {
        out.extend_from_slice(bytes);
    } else if !bytes.is_empty() {
        // Writing to a Vec can't fail.
        let _ = write!(out, "{:x}\r\n", bytes.len());
        out.extend_from_slice(bytes);
        out.extend_from_slice(b"\r\n");
    }
}

/// `checkHeader(name, value)`: the name in lower case, or `undefined` when one of them can't be sent.
pub fn check_header(_ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (Some(name), Some(value)) = (args.at(0).as_string(), args.at(1).as_string()) else {
        return Ok(Value::undefined());
    };
    let (Some(bytes), Some(value)) = (latin1(&name), latin1(&value)) else {
        return Ok(Value::undefined());
    };
    if !is_valid_name(&bytes) || !is_valid_value(&value) {
        return Ok(Value::undefined());
    }
    if bytes.iter().any(u8::is_ascii_uppercase) {
        return Ok(JsString::from_latin1(&bytes.to_ascii_lowercase()).into());
    }
    Ok(name.into())
}

/// `checkToken(text)`: whether it can name a header or a method.
pub fn check_token(_ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(text) = args.at(0).as_string() else {
        return Ok(false.into());
    };
    Ok(latin1(&text)
        .is_some_and(|bytes| is_valid_name(&bytes))
        .into())
}

/// `checkHeaderValue(text)`: whether it can be a header's value.
pub fn check_header_value(
    ctx: &mut Context,
    _this: &Value,
    args: &[Value],
) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    Ok(latin1(&text)
        .is_some_and(|bytes| is_valid_value(&bytes))
        .into())
}

/// `utf8Length(text)`: its length in bytes.
pub fn utf8_length(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    Ok(byte_length(text_of(&text), Encoding::Utf8).into())
}
