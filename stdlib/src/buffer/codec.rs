//! Text to bytes and back in the encodings of `Buffer`. Layer 1: no JavaScript types.
//!
//! A JavaScript string arrives as [`Text`], the way it is stored: Latin-1 bytes or UTF-16 units. Decoders give
//! [`Decoded`], which stays in one byte a character where that is enough, so that ASCII data is never widened.
//! No input is an error here: malformed UTF-8 becomes U+FFFD (WHATWG Encoding), base64 and hex are read as far as they
//! go, as <https://nodejs.org/docs/latest-v24.x/api/buffer.html#buffers-and-character-encodings> says.

use std::borrow::Cow;

use encoding_rs::mem;

use super::base64;

/// An encoding that `Buffer` knows, aliases resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `utf8`, `utf-8`.
    Utf8,
    /// `utf16le`, `utf-16le`, `ucs2`, `ucs-2`.
    Utf16le,
    /// `latin1`, `binary`.
    Latin1,
    /// `ascii`: writes as Latin-1, reads seven bits.
    Ascii,
    /// `base64`.
    Base64,
    /// `base64url`: other alphabet, no padding.
    Base64Url,
    /// `hex`, lower case.
    Hex,
}

impl Encoding {
    /// The encoding of that name, in any case of letters; `None` for an unknown one.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        const NAMES: [(&str, Encoding); 12] = [
            ("utf8", Encoding::Utf8),
            ("utf-8", Encoding::Utf8),
            ("hex", Encoding::Hex),
            ("base64", Encoding::Base64),
            ("latin1", Encoding::Latin1),
            ("binary", Encoding::Latin1),
            ("ascii", Encoding::Ascii),
            ("utf16le", Encoding::Utf16le),
            ("ucs2", Encoding::Utf16le),
            ("base64url", Encoding::Base64Url),
            ("utf-16le", Encoding::Utf16le),
            ("ucs-2", Encoding::Utf16le),
        ];
        let found = NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, encoding)| *encoding)
    }

    /// The canonical name, as Node normalizes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16le => "utf16le",
            Self::Latin1 => "latin1",
            Self::Ascii => "ascii",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Hex => "hex",
        }
    }
}

/// The code units of a string, as stored.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// One byte a code unit.
    Latin1(&'a [u8]),
    /// Two bytes a code unit, surrogates possibly alone.
    Utf16(&'a [u16]),
}

impl Text<'_> {
    /// Length in code units.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Latin1(bytes) => bytes.len(),
            Self::Utf16(units) => units.len(),
        }
    }

    /// Is there nothing?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code unit at `index`; U+FFFF beyond the end.
    pub(super) fn unit(&self, index: usize) -> u16 {
        match self {
            Self::Latin1(bytes) => bytes.get(index).map_or(u16::MAX, |&b| u16::from(b)),
            Self::Utf16(units) => units.get(index).copied().unwrap_or(u16::MAX),
        }
    }
}

/// What bytes say in some encoding.
#[derive(Debug, PartialEq, Eq)]
pub enum Decoded<'a> {
    /// Each byte is a code unit; borrowed where the input already was that.
    Latin1(Cow<'a, [u8]>),
    /// Code units.
    Utf16(Vec<u16>),
}

/// Decodes all of `bytes`.
#[must_use]
pub fn decode(bytes: &[u8], encoding: Encoding) -> Decoded<'_> {
    match encoding {
        Encoding::Utf8 => decode_utf8(bytes),
        Encoding::Utf16le => decode_utf16le(bytes),
        Encoding::Latin1 => Decoded::Latin1(Cow::Borrowed(bytes)),
        Encoding::Ascii if bytes.is_ascii() => Decoded::Latin1(Cow::Borrowed(bytes)),
        Encoding::Ascii => Decoded::Latin1(bytes.iter().map(|byte| byte & 0x7f).collect()),
        Encoding::Base64 => Decoded::Latin1(Cow::Owned(base64::encode(bytes))),
        Encoding::Base64Url => Decoded::Latin1(Cow::Owned(base64::encode_url(bytes))),
        Encoding::Hex => Decoded::Latin1(Cow::Owned(encode_hex(bytes))),
    }
}

fn decode_utf8(bytes: &[u8]) -> Decoded<'_> {
    if bytes.is_ascii() {
        return Decoded::Latin1(Cow::Borrowed(bytes));
    }
    let mut units = vec![0; bytes.len() + 1];
    let len = mem::convert_utf8_to_utf16(bytes, &mut units);
    units.truncate(len);
    Decoded::Utf16(units)
}

fn decode_utf16le(bytes: &[u8]) -> Decoded<'_> {
    let pairs = bytes.chunks_exact(2);
    let units = pairs.map(|pair| u16::from(pair[0]) | u16::from(pair[1]) << 8);
    Decoded::Utf16(units.collect())
}

fn encode_hex(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = Vec::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
    out
}

/// How many bytes `text` takes, as `Buffer.byteLength` counts: for base64 it goes by length and padding alone.
#[must_use]
pub fn byte_length(text: Text<'_>, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => utf8_length(text),
        Encoding::Utf16le => text.len() * 2,
        Encoding::Latin1 | Encoding::Ascii => text.len(),
        Encoding::Hex => text.len() / 2,
        Encoding::Base64 | Encoding::Base64Url => base64::decoded_length(text),
    }
}

fn utf8_length(text: Text<'_>) -> usize {
    match text {
        Text::Latin1(bytes) => bytes.len() + bytes.iter().filter(|&&b| b >= 0x80).count(),
        Text::Utf16(units) => {
            let pairs = char::decode_utf16(units.iter().copied());
            pairs.map(|c| c.map_or(3, char::len_utf8)).sum()
        }
    }
}

/// Encodes all of `text`.
#[must_use]
pub fn encode(text: Text<'_>, encoding: Encoding) -> Vec<u8> {
    match (encoding, text) {
        (Encoding::Utf8, Text::Latin1(bytes)) if bytes.is_ascii() => bytes.to_vec(),
        (Encoding::Latin1 | Encoding::Ascii, Text::Latin1(bytes)) => bytes.to_vec(),
        (Encoding::Base64 | Encoding::Base64Url, _) => base64::decode(text),
        _ => {
            let mut out = vec![0; byte_length(text, encoding)];
            let len = encode_into(text, encoding, &mut out);
            out.truncate(len);
            out
        }
    }
}

/// Encodes as much of `text` as fits into `out`, whole characters only, and says how many bytes that were.
pub fn encode_into(text: Text<'_>, encoding: Encoding, out: &mut [u8]) -> usize {
    match encoding {
        Encoding::Utf8 => encode_utf8_into(text, out).1,
        Encoding::Utf16le => encode_utf16le_into(text, out),
        Encoding::Latin1 | Encoding::Ascii => encode_latin1_into(text, out),
        Encoding::Hex => decode_hex_into(text, out),
        Encoding::Base64 | Encoding::Base64Url => {
            let bytes = base64::decode(text);
            let len = bytes.len().min(out.len());
            out[..len].copy_from_slice(&bytes[..len]);
            len
        }
    }
}

/// UTF-8 as far as it fits, lone surrogates as U+FFFD: `(code units read, bytes written)`.
pub fn encode_utf8_into(text: Text<'_>, out: &mut [u8]) -> (usize, usize) {
    match text {
        Text::Latin1(bytes) => mem::convert_latin1_to_utf8_partial(bytes, out),
        Text::Utf16(units) => mem::convert_utf16_to_utf8_partial(units, out),
    }
}

fn encode_utf16le_into(text: Text<'_>, out: &mut [u8]) -> usize {
    let len = text.len().min(out.len() / 2);
    for (index, pair) in out.chunks_exact_mut(2).take(len).enumerate() {
        pair.copy_from_slice(&text.unit(index).to_le_bytes());
    }
    len * 2
}

/// The low byte of each code unit.
fn encode_latin1_into(text: Text<'_>, out: &mut [u8]) -> usize {
    let len = text.len().min(out.len());
    match text {
        Text::Latin1(bytes) => out[..len].copy_from_slice(&bytes[..len]),
        Text::Utf16(units) => {
            for (to, unit) in out.iter_mut().zip(units) {
                *to = (*unit & 0xff) as u8;
            }
        }
    }
    len
}

/// Reads pairs of hex digits up to the first that is none.
fn decode_hex_into(text: Text<'_>, out: &mut [u8]) -> usize {
    let digit = |index| char::from_u32(u32::from(text.unit(index))).and_then(|c| c.to_digit(16));
    let len = (text.len() / 2).min(out.len());
    for (index, to) in out.iter_mut().take(len).enumerate() {
        let (Some(high), Some(low)) = (digit(index * 2), digit(index * 2 + 1)) else {
            return index;
        };
        *to = (high << 4 | low) as u8;
    }
    len
}

/// Recodes bytes from one encoding to another; what the target cannot show becomes `?`.
///
/// `None` where either side is not UTF-8, UTF-16LE, Latin-1 or ASCII.
/// Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#buffertranscodesource-fromenc-toenc>.
#[must_use]
pub fn transcode(bytes: &[u8], from: Encoding, to: Encoding) -> Option<Vec<u8>> {
    use Encoding::{Ascii, Latin1, Utf8, Utf16le};
    if ![from, to]
        .iter()
        .all(|e| matches!(e, Utf8 | Utf16le | Latin1 | Ascii))
    {
        return None;
    }
    let decoded = match from {
        Ascii => Decoded::Latin1(Cow::Borrowed(bytes)),
        _ => decode(bytes, from),
    };
    let text = match &decoded {
        Decoded::Latin1(units) => Text::Latin1(units),
        Decoded::Utf16(units) => Text::Utf16(units),
    };
    match to {
        Latin1 => Some(narrow(text, 0xff)),
        Ascii => Some(narrow(text, 0x7f)),
        _ => Some(encode(text, to)),
    }
}

fn narrow(text: Text<'_>, max: u32) -> Vec<u8> {
    let units = (0..text.len()).map(|index| text.unit(index));
    let narrowed = char::decode_utf16(units).map(|c| match c.map(u32::from) {
        Ok(code) if code <= max => code as u8,
        _ => b'?',
    });
    narrowed.collect()
}

/// Is this UTF-8 without an error?
#[must_use]
pub fn is_utf8(bytes: &[u8]) -> bool {
    simdutf8::basic::from_utf8(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn show(decoded: &Decoded<'_>) -> String {
        match decoded {
            Decoded::Latin1(bytes) => bytes.iter().map(|&b| char::from(b)).collect(),
            Decoded::Utf16(units) => String::from_utf16_lossy(units),
        }
    }

    fn check(bytes: &[u8], encoding: Encoding, expected: &str) {
        assert_eq!(
            show(&decode(bytes, encoding)),
            expected,
            "{bytes:?} as {encoding:?}"
        );
    }

    #[test]
    fn names_resolve_in_any_case() {
        assert_eq!(Encoding::parse("UCS-2"), Some(Encoding::Utf16le));
        assert_eq!(Encoding::parse("Binary"), Some(Encoding::Latin1));
        assert_eq!(Encoding::parse("utf-7"), None);
    }

    #[test]
    fn decodes() {
        check("héllo €".as_bytes(), Encoding::Utf8, "héllo €");
        check(b"a\xff\xf0\x9f\x98b", Encoding::Utf8, "a\u{fffd}\u{fffd}b");
        check(b"\xed\xa0\x80", Encoding::Utf8, "\u{fffd}\u{fffd}\u{fffd}");
        check(b"a\0b\0c", Encoding::Utf16le, "ab");
        check(b"\xe1\x80", Encoding::Ascii, "a\0");
        check(b"\xe1", Encoding::Latin1, "á");
        check(b"\x00\xff\x10", Encoding::Hex, "00ff10");
    }

    #[test]
    fn encodes() {
        let text = utf16("ab€😀");
        assert_eq!(
            encode(Text::Utf16(&text), Encoding::Utf8),
            "ab€😀".as_bytes()
        );
        assert_eq!(
            encode(Text::Latin1(b"\xe9"), Encoding::Utf8),
            "é".as_bytes()
        );
        assert_eq!(
            encode(Text::Utf16(&[0xd800]), Encoding::Utf8),
            "\u{fffd}".as_bytes()
        );
        assert_eq!(encode(Text::Utf16(&[0x1234]), Encoding::Latin1), [0x34]);
        assert_eq!(encode(Text::Latin1(b"a0Ffz0"), Encoding::Hex), [0xa0, 0xff]);
        assert_eq!(encode(Text::Utf16(&[0x130, 0x131]), Encoding::Hex), b"");
    }

    #[test]
    fn writes_whole_characters_only() {
        let mut out = [0; 4];
        let text = utf16("a€€");
        assert_eq!(encode_utf8_into(Text::Utf16(&text), &mut out), (2, 4));
        assert_eq!(
            encode_into(Text::Utf16(&text), Encoding::Utf16le, &mut out[..3]),
            2
        );
    }

    #[test]
    fn counts_without_encoding() {
        let text = utf16("é€😀");
        assert_eq!(byte_length(Text::Utf16(&text), Encoding::Utf8), 9);
        assert_eq!(byte_length(Text::Utf16(&[0xdc00, 0x41]), Encoding::Utf8), 4);
        assert_eq!(byte_length(Text::Latin1(b"aGk="), Encoding::Base64), 2);
        assert_eq!(byte_length(Text::Latin1(b"abc"), Encoding::Hex), 1);
    }

    #[test]
    fn transcodes_with_question_marks() {
        let euro = "€".as_bytes();
        assert_eq!(
            transcode(euro, Encoding::Utf8, Encoding::Ascii),
            Some(b"?".to_vec())
        );
        assert_eq!(
            transcode(b"\xe9", Encoding::Latin1, Encoding::Utf16le),
            Some(vec![0xe9, 0])
        );
        assert_eq!(transcode(b"", Encoding::Hex, Encoding::Utf8), None);
    }
}
