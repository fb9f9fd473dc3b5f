//! Base64 and hexadecimal text of `Uint8Array`s. Source: the proposal "`ArrayBuffer` to/from Base64", part of ECMA-262
//! <https://tc39.es/ecma262/#sec-uint8array>.

use super::{
    array_buffer::{detached, incompatible},
    buffer_data::{with_bytes, with_bytes_mut},
    typed_array::{ElementKind, View, create_plain},
};
use crate::vm::{
    heap::{Obj, Str, str::MAX_LENGTH},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

/// Declares the functions; `Uint8Array` exists.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let constructor = vm.intrinsic(Intrinsic::Uint8Array);
    vm.define_methods(
        constructor,
        &[("fromBase64", 1, from_base64), ("fromHex", 1, from_hex)],
    );
    let prototype = vm.intrinsic(Intrinsic::Uint8ArrayPrototype);
    vm.define_methods(
        prototype,
        &[
            ("setFromBase64", 1, set_from_base64),
            ("setFromHex", 1, set_from_hex),
            ("toBase64", 0, to_base64),
            ("toHex", 0, to_hex),
        ],
    );
}

/// What decoding came to.
#[derive(Debug, Default, PartialEq)]
struct Decoded {
    /// Units of the text that became bytes.
    read: usize,
    bytes: Vec<u8>,
    error: Option<&'static str>,
}

/// What becomes of a chunk of less than four characters at the end.
#[derive(Clone, Copy, PartialEq)]
enum LastChunk {
    Loose,
    Strict,
    StopBeforePartial,
}

const BAD_CHARACTER: &str = "Found a character that cannot be part of a valid base64 string.";
const BAD_END: &str = "The base64 input terminates with a single character, excluding padding (=).";
const BAD_PADDING: &str = "Input string must contain valid padding in base64.";
const EXTRA_BITS: &str = "The base64 input has extra bits after its last byte.";

fn is_space(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0C | 0x0D | 0x20)
}

/// `SkipAsciiWhitespace`
fn skip_space(text: &[u16], mut index: usize) -> usize {
    while text.get(index).is_some_and(|&unit| is_space(unit)) {
        index += 1;
    }
    index
}

/// The six bits that a character stands for.
fn sextet(unit: u16, url: bool) -> Option<u8> {
    let byte = u8::try_from(unit).ok()?;
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' if !url => Some(62),
        b'/' if !url => Some(63),
        b'-' if url => Some(62),
        b'_' if url => Some(63),
        _ => None,
    }
}

/// The characters of a chunk that is not complete yet.
#[derive(Clone, Copy, Default)]
struct Chunk {
    bits: u32,
    len: u8,
}

impl Chunk {
    fn push(&mut self, sextet: u8) {
        self.bits = self.bits << 6 | u32::from(sextet);
        self.len += 1;
    }

    /// `DecodeFinalBase64Chunk` of two or three characters.
    fn finish(self, bytes: &mut Vec<u8>, strict: bool) -> Result<(), &'static str> {
        let [_, a, b, _] = (self.bits << (6 * u32::from(4 - self.len.min(4)))).to_be_bytes();
        let extra = if self.len == 2 {
            self.bits & 0xF
        } else {
            self.bits & 3
        };
        if strict && extra != 0 {
            return Err(EXTRA_BITS);
        }
        bytes.push(a);
        if self.len == 3 {
            bytes.push(b);
        }
        Ok(())
    }
}

/// `FromBase64`
fn decode_base64(text: &[u16], url: bool, last: LastChunk, max: usize) -> Decoded {
    let mut out = Decoded::default();
    if max > 0 {
        out.error = decode_into(text, url, last, max, &mut out.read, &mut out.bytes).err();
    }
    out
}

fn decode_into(
    text: &[u16],
    url: bool,
    last: LastChunk,
    max: usize,
    read: &mut usize,
    bytes: &mut Vec<u8>,
) -> Result<(), &'static str> {
    let mut chunk = Chunk::default();
    let mut index = 0;
    loop {
        index = skip_space(text, index);
        let Some(&unit) = text.get(index) else {
            match (chunk.len, last) {
                (0, _) => {}
                (_, LastChunk::StopBeforePartial) => return Ok(()),
                (1, LastChunk::Loose) => return Err(BAD_END),
                (_, LastChunk::Loose) => chunk.finish(bytes, false)?,
                (_, LastChunk::Strict) => return Err(BAD_PADDING),
            }
            *read = text.len();
            return Ok(());
        };
        index += 1;
        if unit == u16::from(b'=') {
            if chunk.len < 2 {
                return Err(BAD_PADDING);
            }
            index = skip_space(text, index);
            if chunk.len == 2 {
                match text.get(index) {
                    None if last == LastChunk::StopBeforePartial => return Ok(()),
                    None => return Err(BAD_PADDING),
                    Some(&unit) if unit == u16::from(b'=') => index = skip_space(text, index + 1),
                    Some(_) => {}
                }
            }
            if index < text.len() {
                return Err(BAD_CHARACTER);
            }
            chunk.finish(bytes, last == LastChunk::Strict)?;
            *read = text.len();
            return Ok(());
        }
        let sextet = sextet(unit, url).ok_or(BAD_CHARACTER)?;
        let room = max - bytes.len().min(max);
        if (room == 1 && chunk.len == 2) || (room == 2 && chunk.len == 3) {
            return Ok(());
        }
        chunk.push(sextet);
        if chunk.len == 4 {
            bytes.extend_from_slice(chunk.bits.to_be_bytes().get(1..).unwrap_or_default());
            chunk = Chunk::default();
            *read = index;
            if bytes.len() >= max {
                return Ok(());
            }
        }
    }
}

/// `FromHex`
fn decode_hex(text: &[u16], max: usize) -> Decoded {
    let mut out = Decoded::default();
    if !text.len().is_multiple_of(2) {
        out.error = Some("Input string must contain hex characters in even length");
        return out;
    }
    let digit = |unit: u16| char::from_u32(u32::from(unit)).and_then(|char| char.to_digit(16));
    for pair in text.chunks_exact(2).take(max) {
        let &[high, low] = pair else {
            break;
        };
        let (Some(high), Some(low)) = (digit(high), digit(low)) else {
            out.error = Some("Input string must contain hex characters");
            return out;
        };
        out.bytes.push((high << 4 | low) as u8);
        out.read += 2;
    }
    out
}

/// The text with padding unless `omit` says otherwise.
fn encode_base64(bytes: &[u8], url: bool, omit: bool) -> Vec<u8> {
    const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let alphabet = if url { URL } else { STANDARD };
    let mut text = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| chunk.get(index).map_or(0, |&byte| u32::from(byte));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4_usize {
            if place <= chunk.len() {
                text.extend(alphabet.get((bits >> (18 - 6 * place) & 63) as usize));
            } else if !omit {
                text.push(b'=');
            }
        }
    }
    text
}

/// The argument, which must be a string already.
fn text_argument(vm: &mut Vm, value: Value) -> Completion<Str> {
    match value.as_string() {
        Some(text) => Ok(text),
        None => Err(vm.throw_type("Input argument must be a string")),
    }
}

/// `GetOptionsObject`: `None` for undefined.
fn options(vm: &mut Vm, value: Value) -> Completion<Option<Obj>> {
    match value.as_object() {
        Some(options) => Ok(Some(options)),
        None if value.is_undefined() => Ok(None),
        None => Err(vm.throw_type("Options must be an object")),
    }
}

/// Which of `choices` the option is; the first if it is undefined.
fn choice(vm: &mut Vm, options: Option<Obj>, name: &str, choices: &[&str]) -> Completion<usize> {
    let Some(options) = options else {
        return Ok(0);
    };
    let key = vm.heap.key(name);
    let value = vm.get_o(options, key)?;
    if value.is_undefined() {
        return Ok(0);
    }
    if let Some(text) = value.as_string() {
        let text = vm.heap.units(&text).to_string_lossy();
        if let Some(index) = choices.iter().position(|&choice| choice == text) {
            return Ok(index);
        }
    }
    Err(vm.throw_type(format!("Invalid {name} option")))
}

fn alphabet(vm: &mut Vm, options: Option<Obj>) -> Completion<bool> {
    Ok(choice(vm, options, "alphabet", &["base64", "base64url"])? == 1)
}

fn last_chunk(vm: &mut Vm, options: Option<Obj>) -> Completion<LastChunk> {
    let which = choice(
        vm,
        options,
        "lastChunkHandling",
        &["loose", "strict", "stop-before-partial"],
    )?;
    Ok(match which {
        0 => LastChunk::Loose,
        1 => LastChunk::Strict,
        _ => LastChunk::StopBeforePartial,
    })
}

/// `ValidateUint8Array`
fn this_array(vm: &mut Vm, this: Value, method: &str) -> Completion<View> {
    match View::of_value(this).filter(|view| view.kind == ElementKind::Uint8) {
        Some(view) => Ok(view),
        None => Err(incompatible(
            vm,
            &format!("Uint8Array.prototype.{method}"),
            this,
        )),
    }
}

/// A new `Uint8Array` with the bytes, or the error.
fn finish_new(vm: &mut Vm, decoded: &Decoded) -> Completion {
    if let Some(error) = decoded.error {
        return Err(vm.throw_syntax(error));
    }
    let view = create_plain(vm, ElementKind::Uint8, decoded.bytes.len())?;
    store(&view, &decoded.bytes);
    Ok(view.array.into())
}

fn store(view: &View, bytes: &[u8]) {
    with_bytes_mut(view.array, |room| {
        room.iter_mut()
            .zip(bytes)
            .for_each(|(target, &byte)| *target = byte);
    });
}

/// Stores the bytes; `{ read, written }`, or the error.
fn finish_set(vm: &mut Vm, view: &View, decoded: &Decoded) -> Completion {
    store(view, &decoded.bytes);
    if let Some(error) = decoded.error {
        return Err(vm.throw_syntax(error));
    }
    let result = vm.new_plain_object();
    for (name, count) in [("read", decoded.read), ("written", decoded.bytes.len())] {
        let key = vm.heap.key(name);
        vm.add_own(result, key, Value::from(count), attr::ALL);
    }
    Ok(result.into())
}

/// The text's units, counted as work.
fn units(vm: &mut Vm, text: Str) -> Completion<Vec<u16>> {
    vm.work(text.len() / 4)?;
    Ok(vm.heap.units(&text).to_vec())
}

fn from_base64(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = text_argument(vm, args.at(0))?;
    let options = options(vm, args.at(1))?;
    let url = alphabet(vm, options)?;
    let last = last_chunk(vm, options)?;
    let text = units(vm, text)?;
    finish_new(vm, &decode_base64(&text, url, last, usize::MAX))
}

fn from_hex(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = text_argument(vm, args.at(0))?;
    let text = units(vm, text)?;
    finish_new(vm, &decode_hex(&text, usize::MAX))
}

fn set_from_base64(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_array(vm, args.this, "setFromBase64")?;
    let text = text_argument(vm, args.at(0))?;
    let options = options(vm, args.at(1))?;
    let url = alphabet(vm, options)?;
    let last = last_chunk(vm, options)?;
    let Some(len) = view.len() else {
        return Err(detached(vm, "Uint8Array.prototype.setFromBase64"));
    };
    let text = units(vm, text)?;
    finish_set(vm, &view, &decode_base64(&text, url, last, len))
}

fn set_from_hex(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_array(vm, args.this, "setFromHex")?;
    let text = text_argument(vm, args.at(0))?;
    let Some(len) = view.len() else {
        return Err(detached(vm, "Uint8Array.prototype.setFromHex"));
    };
    let text = units(vm, text)?;
    finish_set(vm, &view, &decode_hex(&text, len))
}

/// Encodes the bytes of `view`, whose text will have `len` units.
fn encode(
    vm: &mut Vm,
    view: &View,
    len: usize,
    encode: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Completion {
    if len > MAX_LENGTH || vm.heap.would_exceed(len.saturating_mul(2)) {
        return Err(vm.throw_range("Invalid string length"));
    }
    vm.work(len / 4)?;
    let text = with_bytes(view.array, encode).unwrap_or_default();
    Ok(vm.heap.str_latin1(&text).into())
}

fn to_base64(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_array(vm, args.this, "toBase64")?;
    let options = options(vm, args.at(0))?;
    let url = alphabet(vm, options)?;
    let omit = match options {
        Some(options) => {
            let key = vm.heap.key("omitPadding");
            let omit = vm.get_o(options, key)?;
            vm.to_boolean(omit)
        }
        None => false,
    };
    let Some(len) = view.len() else {
        return Err(detached(vm, "Uint8Array.prototype.toBase64"));
    };
    encode(vm, &view, len.div_ceil(3) * 4, |bytes| {
        encode_base64(bytes, url, omit)
    })
}

fn to_hex(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_array(vm, args.this, "toHex")?;
    let Some(len) = view.len() else {
        return Err(detached(vm, "Uint8Array.prototype.toHex"));
    };
    encode(vm, &view, len * 2, |bytes| {
        let digit =
            |nibble: u8| char::from_digit(u32::from(nibble), 16).map_or(0, |char| char as u8);
        bytes
            .iter()
            .flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)])
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(text: &str, last: LastChunk, max: usize) -> Decoded {
        let units: Vec<u16> = text.encode_utf16().collect();
        decode_base64(&units, false, last, max)
    }

    #[test]
    fn base64_both_ways() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(
                encode_base64(bytes.as_bytes(), false, false),
                text.as_bytes()
            );
            let decoded = decode(text, LastChunk::Strict, usize::MAX);
            assert_eq!(
                (decoded.bytes.as_slice(), decoded.read, decoded.error),
                (bytes.as_bytes(), text.len(), None)
            );
        }
        assert_eq!(encode_base64(&[0xFB, 0xFF], true, true), b"-_8");
    }

    #[test]
    fn last_chunks() {
        assert_eq!(decode("ZXhhZg", LastChunk::Loose, 99).bytes, b"exaf");
        assert_eq!(decode("ZXhhZg", LastChunk::StopBeforePartial, 99).read, 4);
        assert!(decode("ZXhhZg", LastChunk::Strict, 99).error.is_some());
        assert!(decode("ZXhhZh==", LastChunk::Strict, 99).error.is_some());
        assert_eq!(decode("ZXhhZh==", LastChunk::Loose, 99).bytes, b"exaf");
        assert!(decode("ZXhhZ=", LastChunk::Loose, 99).error.is_some());
        assert_eq!(
            decode("Zm9vYmFy", LastChunk::Loose, 5),
            Decoded {
                read: 4,
                bytes: b"foo".to_vec(),
                error: None
            }
        );
    }

    #[test]
    fn hex() {
        let units: Vec<u16> = "00fFzz".encode_utf16().collect();
        let decoded = decode_hex(&units, 9);
        assert_eq!(
            (decoded.bytes.as_slice(), decoded.read),
            ([0, 255].as_slice(), 4)
        );
        assert!(decoded.error.is_some() && decode_hex(&units, 2).error.is_none());
    }
}
