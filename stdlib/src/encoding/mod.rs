//! The Encoding standard: what `TextEncoder` and `TextDecoder` (`internal/encoding.js`) stand on.
//!
//! Binding functions, all called from `internal/encoding.js`: `nameOf(label)`, `createDecoder(label, fatal, ignoreBOM)`,
//! `decode(decoder, bytes, stream)`, `encode(text)`, `encodeInto(text, bytes)`.
//! Source: <https://encoding.spec.whatwg.org/>.

use std::cell::RefCell;

use encoding_rs::{Decoder, DecoderResult, Encoding};
use ouro_engine::{
    Arguments as _, Array, Context, Error, JsString, Object, Payload, TypedArray, Value,
};

use crate::buffer::codec::{self, Decoded};
use crate::buffer::{new_string, text_of};

/// Makes `binding('encoding')`.
///
/// # Errors
/// Only where the heap is exhausted.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "nameOf", 1, name_of)?;
    object.set_function(ctx, "createDecoder", 3, create_decoder)?;
    object.set_function(ctx, "decode", 3, decode)?;
    object.set_function(ctx, "encode", 1, encode)?;
    object.set_function(ctx, "encodeInto", 2, encode_into)?;
    Ok(object)
}

/// A decoder between two calls of `decode`.
struct TextDecoder {
    encoding: &'static Encoding,
    fatal: bool,
    ignore_bom: bool,
    /// Where a stream has begun and not ended.
    running: RefCell<Option<Decoder>>,
}

impl Payload for TextDecoder {}

impl TextDecoder {
    fn start(&self) -> Decoder {
        if self.ignore_bom {
            self.encoding.new_decoder_without_bom_handling()
        } else {
            self.encoding.new_decoder_with_bom_removal()
        }
    }

    /// The text of the bytes; `None` where they are malformed and that is fatal.
    fn decode(&self, bytes: &[u8], stream: bool) -> Option<Vec<u16>> {
        let mut decoder = self.running.take().unwrap_or_else(|| self.start());
        let room = decoder.max_utf16_buffer_length(bytes.len())?;
        let mut units = vec![0; room];
        let written = if self.fatal {
            let (result, _, written) =
                decoder.decode_to_utf16_without_replacement(bytes, &mut units, !stream);
            if let DecoderResult::Malformed(..) = result {
                return None;
            }
            written
        } else {
            decoder.decode_to_utf16(bytes, &mut units, !stream).2
        };
        units.truncate(written);
        if stream {
            *self.running.borrow_mut() = Some(decoder);
        }
        Some(units)
    }
}

fn encoding_of(label: &JsString) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.to_string_lossy().as_bytes())
}

/// `nameOf(label)`: the encoding's name in lower case, or `undefined`.
fn name_of(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let label = args.at(0).to_js_string(ctx)?;
    Ok(Value::from(
        encoding_of(&label).map(|encoding| encoding.name().to_ascii_lowercase()),
    ))
}

fn create_decoder(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let label = args.at(0).to_js_string(ctx)?;
    let Some(encoding) = encoding_of(&label) else {
        return Ok(Value::undefined());
    };
    let decoder = TextDecoder {
        encoding,
        fatal: args.at(1).to_boolean(),
        ignore_bom: args.at(2).to_boolean(),
        running: RefCell::new(None),
    };
    Ok(Value::from(Object::with_payload(ctx, None, decoder)))
}

/// `decode(decoder, bytes, stream)`: the text, or `undefined` where the bytes are malformed and that is fatal.
fn decode(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let decoder = args
        .at(0)
        .as_object()
        .and_then(|object| object.payload::<TextDecoder>());
    let decoder = decoder.ok_or_else(|| Error::type_error("not a decoder"))?;
    let stream = args.at(2).to_boolean();
    let plain =
        decoder.encoding == encoding_rs::UTF_8 && !stream && decoder.running.borrow().is_none();
    let run = |bytes: &[u8]| {
        // FAST PATH: ASCII in one piece.
        if plain && bytes.is_ascii() {
            return Some(Ok(JsString::from_latin1(bytes)));
        }
        decoder.decode(bytes, stream).map(Err)
    };
    // JavaScript has checked the type, so an error means that the bytes were taken away: nothing is left to decode.
    let decoded = match ctx.with_bytes(args.at(1), run) {
        Ok(decoded) => decoded,
        Err(_) => run(&[]),
    };
    match decoded {
        Some(Ok(string)) => Ok(Value::from(string)),
        Some(Err(units)) => new_string(ctx, &Decoded::Utf16(units)),
        None => Ok(Value::undefined()),
    }
}

fn encode(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    let bytes = codec::encode(text_of(&text), codec::Encoding::Utf8);
    TypedArray::from_bytes(ctx, &bytes).map(Value::from)
}

/// `encodeInto(text, bytes)`: `[code units read, bytes written]`.
fn encode_into(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_js_string(ctx)?;
    let (read, written) = ctx.with_bytes_mut(args.at(1), |bytes| {
        codec::encode_utf8_into(text_of(&text), bytes)
    })?;
    Ok(Value::from(Array::from_values(
        ctx,
        &[Value::from(read), Value::from(written)],
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, fatal: bool, pieces: &[&[u8]], expected: Option<&str>) {
        let Some(encoding) = Encoding::for_label(label.as_bytes()) else {
            panic!("no encoding is called {label}");
        };
        let decoder = TextDecoder {
            encoding,
            fatal,
            ignore_bom: false,
            running: RefCell::new(None),
        };
        let mut text = Some(Vec::new());
        for (index, piece) in pieces.iter().enumerate() {
            let more = decoder.decode(piece, index + 1 < pieces.len());
            text = text.zip(more).map(|(text, more)| [text, more].concat());
        }
        assert_eq!(
            text.map(|units| String::from_utf16_lossy(&units))
                .as_deref(),
            expected,
            "{label}"
        );
    }

    #[test]
    fn decodes_in_pieces() {
        check(
            "utf-8",
            false,
            &[b"\xef\xbb", b"\xbfa\xe2\x82", b"\xac"],
            Some("a€"),
        );
        check("utf-8", false, &[b"a\xe2\x82"], Some("a\u{fffd}"));
        check("utf-8", true, &[b"a\xe2\x82"], None);
        check("utf-16be", false, &[b"\0", b"a\0b"], Some("ab"));
        check("shift_jis", false, &[b"\x82", b"\xa0"], Some("あ"));
        check("latin1", false, &[b"\x80"], Some("€"));
    }
}
