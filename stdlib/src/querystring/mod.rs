//! node:querystring: escaping in Rust, pairs in JavaScript.
//!
//! Binding functions, called from `querystring.js`: `escape(text)` (`undefined` where it ends in a surrogate),
//! `unescapeBytes(text, decodeSpaces)` (a `Buffer`).

use ouro_engine::{Arguments as _, Context, Error, JsString, Object, Value};

use crate::buffer::new_buffer;

/// Makes `binding('querystring')`.
///
/// # Errors
/// Only where the heap is exhausted.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "escape", 1, escape)?;
    object.set_function(ctx, "unescapeBytes", 2, unescape_bytes)?;
    Ok(object)
}

fn escape(_: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(text) = args.at(0).as_string() else {
        return Ok(Value::undefined());
    };
    Ok(Value::from(
        combine(text.utf16()).map(|text| JsString::from(escape_text(&text))),
    ))
}

fn unescape_bytes(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    // Node reads the low byte of each code unit.
    let bytes: Vec<u8> = text.utf16().map(|unit| (unit & 0xff) as u8).collect();
    let decoded = unescape(&bytes, args.at(1).to_boolean());
    new_buffer(ctx, &decoded)
}

/// Any surrogate makes a character with whatever unit follows it, as Node has it; `None` where none follows.
fn combine(mut units: impl Iterator<Item = u16>) -> Option<String> {
    let mut text = String::new();
    while let Some(unit) = units.next() {
        let code = match unit {
            0xd800..=0xdfff => {
                0x1_0000 + (u32::from(unit & 0x3ff) << 10 | u32::from(units.next()? & 0x3ff))
            }
            _ => u32::from(unit),
        };
        text.push(char::from_u32(code)?);
    }
    Some(text)
}

/// `%XX` for everything but letters, digits and `!'()*-._~`.
fn escape_text(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"!'()*-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

fn unescape(bytes: &[u8], decode_spaces: bool) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        rest = behind;
        match (first, behind) {
            (b'+', _) if decode_spaces => out.push(b' '),
            (b'%', [high, low, after @ ..]) => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => {
                    out.push((high << 4 | low) as u8);
                    rest = after;
                }
                _ => out.push(b'%'),
            },
            _ => out.push(*first),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_unescapes() {
        assert_eq!(escape_text("a b€!"), "a%20b%E2%82%AC!");
        assert_eq!(unescape(b"a+%41%zz%4", true), b"a A%zz%4");
    }
}
