//! node:url and the `URL` classes. A URL lives in JavaScript as its serialization plus the places where its parts begin
//! and end; Rust parses, and re-parses when a part is assigned.
//!
//! Binding functions:
//! - `parse(input, base)`, `set(href, part, value)`, `canParse(input, base)` from `internal/url.js`. The first two
//!   answer with an array: href, then the fields of `record::Offsets` in order; `parse` with `undefined` on failure.
//! - `parseForm(text)`, `serializeForm(list)`: names and values in turn; `internal/url.js`.
//! - `domainToASCII(domain)`, `domainToUnicode(domain)` from `internal/url.js`; `toASCII(domain)` from `legacy.js`.
//! - `percentDecode(text)`: a `Uint8Array`; `encodePath(text)`; from `internal/url.js`.

mod form;
mod host;
mod parser;
mod percent;
mod record;
mod setters;
#[cfg(test)]
mod wpt;

use ouro_engine::{Arguments as _, Array, Context, Error, Object, TypedArray, Value};

use parser::parse;
use record::Url;

/// Makes `binding('url')`.
///
/// # Errors
/// Only where the heap is exhausted.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "parse", 2, js_parse)?;
    object.set_function(ctx, "canParse", 2, can_parse)?;
    object.set_function(ctx, "set", 3, set)?;
    object.set_function(ctx, "parseForm", 1, parse_form)?;
    object.set_function(ctx, "serializeForm", 1, serialize_form)?;
    object.set_function(ctx, "domainToASCII", 1, domain_to_ascii)?;
    object.set_function(ctx, "domainToUnicode", 1, domain_to_unicode)?;
    object.set_function(ctx, "toASCII", 1, to_ascii)?;
    object.set_function(ctx, "percentDecode", 1, percent_decode)?;
    object.set_function(ctx, "encodePath", 1, encode_path)?;
    Ok(object)
}

/// The URL and its optional base from two arguments.
fn parse_arguments(ctx: &mut Context, args: &[Value]) -> Result<Option<Url>, Error> {
    let input = args.at(0).to_rust_string(ctx)?;
    if args.at(1).is_undefined() {
        return Ok(parse(&input, None));
    }
    let base = args.at(1).to_rust_string(ctx)?;
    Ok(parse(&base, None).and_then(|base| parse(&input, Some(&base))))
}

fn js_parse(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let url = parse_arguments(ctx, args)?;
    Ok(url.map_or(Value::undefined(), |url| to_array(ctx, &url)))
}

fn can_parse(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(Value::from(parse_arguments(ctx, args)?.is_some()))
}

fn set(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let href = args.at(0).to_rust_string(ctx)?;
    let part = args.at(1).to_rust_string(ctx)?;
    let value = args.at(2).to_rust_string(ctx)?;
    let Some(mut url) = parse(&href, None) else {
        return Ok(Value::undefined());
    };
    setters::set(&mut url, &part, &value);
    Ok(to_array(ctx, &url))
}

fn to_array(ctx: &mut Context, url: &Url) -> Value {
    let (href, at) = url.serialize();
    let offsets = [
        at.protocol_end,
        at.username_start,
        at.username_end,
        at.password_end,
        at.host_start,
        at.host_end,
        at.port_end,
        at.path_start,
        at.path_end,
        at.query_end,
    ];
    let mut values = vec![Value::from(href)];
    values.extend(offsets.map(Value::from));
    Value::from(Array::from_values(ctx, &values))
}

fn parse_form(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let parts = form::parse(&text)
        .into_iter()
        .flat_map(|(name, value)| [name, value]);
    let values: Vec<Value> = parts.map(Value::from).collect();
    Ok(Value::from(Array::from_values(ctx, &values)))
}

fn serialize_form(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let list = args
        .at(0)
        .as_array()
        .ok_or_else(|| Error::type_error("list is no array"))?;
    let mut parts = Vec::new();
    for value in list.to_vec(ctx)? {
        parts.push(value.to_rust_string(ctx)?);
    }
    Ok(Value::from(form::serialize(&parts)))
}

/// The domain as a special URL would have it, or the empty string.
fn domain_to_ascii(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let domain = args.at(0).to_rust_string(ctx)?;
    Ok(Value::from(host_of_domain(&domain)))
}

fn domain_to_unicode(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let domain = args.at(0).to_rust_string(ctx)?;
    let (unicode, _) = idna::domain_to_unicode(&host_of_domain(&domain));
    Ok(Value::from(unicode))
}

fn host_of_domain(domain: &str) -> String {
    let url = parse("ws://x", None);
    let Some(mut url) = url else {
        return String::new();
    };
    url.host = None;
    parser::parse_into(&mut url, domain, parser::State::Hostname);
    url.host.unwrap_or_default()
}

/// Punycode without the rules of URLs; the empty string where even that fails.
fn to_ascii(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let domain = args.at(0).to_rust_string(ctx)?;
    Ok(Value::from(
        idna::domain_to_ascii(&domain).unwrap_or_default(),
    ))
}

fn percent_decode(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let bytes = percent::decode(text.as_bytes());
    TypedArray::from_bytes(ctx, &bytes).map(Value::from)
}

fn encode_path(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let mut out = String::with_capacity(text.len());
    percent::push_all_encoded(&mut out, &text, percent::EncodeSet::FilePath);
    Ok(Value::from(out))
}
