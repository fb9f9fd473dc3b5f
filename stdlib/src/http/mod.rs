//! Node's `http`: the HTTP/1 parser and writer in Rust, the request and response objects in JavaScript.
//!
//! Binding functions: `METHODS`; `newParser(kind, maxHeadBytes, maxPairs, lenient)` (`internal/http/server_connection`,
//! `_http_client`; the methods of a parser object are the table of `connection.rs`); `setCallbacks(head, body, end, upgrade,
//! error, eof, idle, flushed)` (`_http_common`); `sendBody(handle, head, chunk, mode, trailer, owner)`, `utf8Length(text)`
//! (`_http_server`); `buildHead(firstLine, headers, kind, bits, contentLength, timeout, max)`, `headBits()`,
//! `headContentLength()`, `checkHeader(name, value)` (`_http_outgoing`); `checkToken(text)`, `checkHeaderValue(text)`
//! (`_http_common`, `_http_outgoing`, `_http_client`); `headersObject(raw, joinAll)`, `headersDistinct(raw)`,
//! `rawHeaders(raw)` (`_http_incoming`, `_http_client`).
//!
//! Layers: `parser/` and `head.rs` know no JavaScript; `headers.rs`, `write.rs` and `connection.rs` are the glue.

mod connection;
mod head;
mod headers;
pub mod parser;
mod write;

use ouro_engine::{Arguments as _, Array, Context, Error, NativeFn, Object, Value};

const FUNCTIONS: [(&str, usize, NativeFn); 13] = [
    ("newParser", 4, connection::new_parser),
    ("setCallbacks", 8, connection::set_callbacks),
    ("sendBody", 6, write::send_body),
    ("buildHead", 7, write::build_head),
    ("headBits", 0, write::head_bits),
    ("headContentLength", 0, write::head_content_length),
    ("checkHeader", 2, write::check_header),
    ("checkToken", 1, write::check_token),
    ("checkHeaderValue", 1, write::check_header_value),
    ("utf8Length", 1, write::utf8_length),
    ("headersObject", 2, headers_object),
    ("headersDistinct", 1, headers_distinct),
    ("rawHeaders", 1, raw_headers),
];

/// Makes the binding `http`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in FUNCTIONS {
        object.set_function(ctx, name, length, function)?;
    }
    let methods = Array::from_iter(ctx, parser::METHODS);
    object.set(ctx, "METHODS", methods)?;
    connection::install(ctx)?;
    write::install(ctx);
    Ok(object)
}

fn headers_object(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    headers::headers_object(ctx, &text, args.at(1).to_boolean())
}

fn headers_distinct(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    headers::headers_distinct(ctx, &text)
}

fn raw_headers(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    Ok(headers::raw_headers(ctx, &text))
}
