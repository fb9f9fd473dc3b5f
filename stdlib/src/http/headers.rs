//! Received headers as JavaScript sees them. The parser hands them over as one text, `name LF value LF ...`; here that
//! becomes `headers`, `headersDistinct` and `rawHeaders` when the program asks.
//!
//! Source of the rules for repeated headers:
//! <https://nodejs.org/docs/latest-v24.x/api/http.html#messageheaders>

use ouro_engine::{Array, Attributes, Context, Error, JsString, Object, StringUnits, Value};

/// What a repeated header does to the value that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repeat {
    Ignore,
    Join(&'static [u8]),
    Collect,
}

/// Headers of which only the first counts.
const FIRST_COUNTS: [&[u8]; 18] = [
    b"age",
    b"authorization",
    b"content-length",
    b"content-type",
    b"etag",
    b"expires",
    b"from",
    b"host",
    b"if-modified-since",
    b"if-unmodified-since",
    b"last-modified",
    b"location",
    b"max-forwards",
    b"proxy-authorization",
    b"referer",
    b"retry-after",
    b"server",
    b"user-agent",
];

fn repeat_rule(name: &[u8], join_all: bool) -> Repeat {
    match name {
        b"set-cookie" => Repeat::Collect,
        b"cookie" => Repeat::Join(b"; "),
        _ if !join_all && FIRST_COUNTS.contains(&name) => Repeat::Ignore,
        _ => Repeat::Join(b", "),
    }
}

/// The pairs of a header text.
fn pairs(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut lines = text.split(|&byte| byte == b'\n');
    std::iter::from_fn(move || {
        let name = lines.next().filter(|name| !name.is_empty())?;
        Some((name, lines.next()?))
    })
}

/// Repeated headers, joined: the lower-case name and its values (one, unless they are collected).
fn merge(text: &[u8], join_all: bool) -> Vec<(Vec<u8>, Vec<Vec<u8>>)> {
    let mut merged: Vec<(Vec<u8>, Vec<Vec<u8>>)> = Vec::new();
    for (name, value) in pairs(text) {
        let Some((known, values)) = merged
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
        else {
            merged.push((name.to_ascii_lowercase(), vec![value.to_vec()]));
            continue;
        };
        match (repeat_rule(known, join_all), values.last_mut()) {
            (Repeat::Join(separator), Some(last)) => {
                last.extend_from_slice(separator);
                last.extend_from_slice(value);
            }
            (Repeat::Collect, _) => values.push(value.to_vec()),
            _ => {}
        }
    }
    merged
}

/// The bytes of a header text, which is Latin-1 by construction.
fn bytes_of(text: &JsString) -> Vec<u8> {
    match text.units() {
        StringUnits::Latin1(bytes) => bytes.to_vec(),
        StringUnits::Utf16(units) => units.iter().map(|&unit| unit as u8).collect(),
    }
}

fn string(bytes: &[u8]) -> Value {
    JsString::from_latin1(bytes).into()
}

/// `message.headers`.
///
/// # Errors
/// Where an object can't be made.
pub fn headers_object(ctx: &mut Context, text: &JsString, join_all: bool) -> Result<Value, Error> {
    let object = Object::new(ctx);
    for (name, values) in merge(&bytes_of(text), join_all) {
        let value = match values.as_slice() {
            [value] if name != b"set-cookie" => string(value),
            _ => Array::from_iter(ctx, values.iter().map(|value| string(value))).into(),
        };
        object.define(ctx, JsString::from_latin1(&name), value, Attributes::ALL)?;
    }
    Ok(object.into())
}

/// `message.headersDistinct`: every value of every name.
///
/// # Errors
/// Where an object can't be made.
pub fn headers_distinct(ctx: &mut Context, text: &JsString) -> Result<Value, Error> {
    let object = Object::new(ctx);
    let bytes = bytes_of(text);
    let mut names: Vec<Vec<u8>> = Vec::new();
    for (name, _) in pairs(&bytes) {
        let name = name.to_ascii_lowercase();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for name in names {
        let same = pairs(&bytes).filter(|(other, _)| other.eq_ignore_ascii_case(&name));
        let values: Vec<Value> = same.map(|(_, value)| string(value)).collect();
        let values = Array::from_values(ctx, &values);
        object.define(ctx, JsString::from_latin1(&name), values, Attributes::ALL)?;
    }
    Ok(object.into())
}

/// `message.rawHeaders`: names and values in turn, as they came.
pub fn raw_headers(ctx: &mut Context, text: &JsString) -> Value {
    let bytes = bytes_of(text);
    let list: Vec<Value> = pairs(&bytes)
        .flat_map(|(name, value)| [string(name), string(value)])
        .collect();
    Array::from_values(ctx, &list).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, join_all: bool, expected: &[(&str, &[&str])]) {
        let merged = merge(text.as_bytes(), join_all);
        let readable: Vec<(String, Vec<String>)> = merged
            .into_iter()
            .map(|(name, values)| {
                let values = values
                    .iter()
                    .map(|value| String::from_utf8_lossy(value).into_owned())
                    .collect();
                (String::from_utf8_lossy(&name).into_owned(), values)
            })
            .collect();
        let expected: Vec<(String, Vec<String>)> = expected
            .iter()
            .map(|(name, values)| {
                (
                    (*name).to_owned(),
                    values.iter().map(|&v| v.to_owned()).collect(),
                )
            })
            .collect();
        assert_eq!(readable, expected);
    }

    #[test]
    fn repeated_headers() {
        check("A\nb\na\nc\n", false, &[("a", &["b, c"])]);
        check("Host\nx\nhost\ny\n", false, &[("host", &["x"])]);
        check("Host\nx\nhost\ny\n", true, &[("host", &["x, y"])]);
        check(
            "Cookie\na=1\nCookie\nb=2\n",
            false,
            &[("cookie", &["a=1; b=2"])],
        );
        check(
            "Set-Cookie\na\nset-cookie\nb\n",
            false,
            &[("set-cookie", &["a", "b"])],
        );
        check("A\n\nB\n\n", false, &[("a", &[""]), ("b", &[""])]);
        check("", false, &[]);
    }
}
