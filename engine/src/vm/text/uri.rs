//! `encodeURI`, `encodeURIComponent`, `decodeURI` and `decodeURIComponent`.

use super::unit::CodeUnit;

/// The text has a lone surrogate (to encode) or a `%` that begins no valid sequence (to decode): a
/// URIError, "URI malformed".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedUri;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// `encodeURI`: the text with all but letters, digits and the URI's punctuation as `%XX`.
///
/// # Errors
/// On a lone surrogate.
///
/// <https://tc39.es/ecma262/#sec-encodeuri-uri>
pub fn encode_uri<U: CodeUnit>(text: &[U]) -> Result<Vec<u8>, MalformedUri> {
    encode(text, |byte| is_unreserved(byte) || is_reserved(byte))
}

/// `encodeURIComponent`: as [`encode_uri`], but the URI's delimiters are encoded as well.
///
/// # Errors
/// On a lone surrogate.
///
/// <https://tc39.es/ecma262/#sec-encodeuricomponent-uricomponent>
pub fn encode_uri_component<U: CodeUnit>(text: &[U]) -> Result<Vec<u8>, MalformedUri> {
    encode(text, is_unreserved)
}

/// `decodeURI`: each `%XX` decoded, except those that stand for the URI's delimiters. `None` if
/// there is nothing to decode.
///
/// # Errors
/// On a `%` without two hexadecimal digits, and on bytes that are not UTF-8.
///
/// <https://tc39.es/ecma262/#sec-decodeuri-encodeduri>
pub fn decode_uri<U: CodeUnit>(text: &[U]) -> Result<Option<Vec<u16>>, MalformedUri> {
    decode(text, is_reserved)
}

/// `decodeURIComponent`: each `%XX` decoded. `None` if there is nothing to decode.
///
/// # Errors
/// On a `%` without two hexadecimal digits, and on bytes that are not UTF-8.
///
/// <https://tc39.es/ecma262/#sec-decodeuricomponent-encodeduricomponent>
pub fn decode_uri_component<U: CodeUnit>(text: &[U]) -> Result<Option<Vec<u16>>, MalformedUri> {
    decode(text, |_| false)
}

/// uriUnescaped: letters, digits and uriMark.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte)
}

/// uriReserved, and `#`.
fn is_reserved(byte: u8) -> bool {
    b";/?:@&=+$,#".contains(&byte)
}

/// How many bytes a unit becomes; half of a pair: half of the pair's.
fn encoded_bytes<U: CodeUnit>(unit: U, keep: fn(u8) -> bool) -> usize {
    match unit.code() {
        _ if keep(unit.ascii()) => 1,
        0..0x80 => 3,
        0x80..0x800 | 0xD800..=0xDFFF => 6,
        _ => 9,
    }
}

/// Encode(string, extraUnescaped).
///
/// <https://tc39.es/ecma262/#sec-encode>
fn encode<U: CodeUnit>(text: &[U], keep: fn(u8) -> bool) -> Result<Vec<u8>, MalformedUri> {
    let mut out = Vec::with_capacity(text.iter().map(|&unit| encoded_bytes(unit, keep)).sum());
    let mut utf8 = [0; 4];
    let mut index = 0;
    while let Some(unit) = text.get(index) {
        index += 1;
        let ascii = unit.ascii();
        if keep(ascii) {
            out.push(ascii);
            continue;
        }
        let c = match unit.code() {
            high @ 0xD800..=0xDBFF => {
                let low = text.get(index).map_or(0, |low| low.code());
                if !(0xDC00..=0xDFFF).contains(&low) {
                    return Err(MalformedUri);
                }
                index += 1;
                0x10000 + ((u32::from(high) & 0x3FF) << 10) + (u32::from(low) & 0x3FF)
            }
            code => u32::from(code),
        };
        let c = char::from_u32(c).ok_or(MalformedUri)?;
        for byte in c.encode_utf8(&mut utf8).bytes() {
            let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
            out.extend_from_slice(&[b'%', high, low]);
        }
    }
    Ok(out)
}

/// Decode(string, preserveEscapeSet).
///
/// <https://tc39.es/ecma262/#sec-decode>
fn decode<U: CodeUnit>(
    text: &[U],
    preserve: fn(u8) -> bool,
) -> Result<Option<Vec<u16>>, MalformedUri> {
    let Some(first) = text.iter().position(|unit| unit.ascii() == b'%') else {
        return Ok(None);
    };
    let mut out = Vec::with_capacity(text.len());
    out.extend(text[..first].iter().map(|unit| unit.code()));
    let mut index = first;
    while let Some(unit) = text.get(index) {
        if unit.ascii() != b'%' {
            out.push(unit.code());
            index += 1;
            continue;
        }
        let start = index;
        let byte = escaped_byte(text, index)?;
        index += 3;
        if byte < 0x80 {
            if preserve(byte) {
                out.extend(text[start..index].iter().map(|unit| unit.code()));
            } else {
                out.push(u16::from(byte));
            }
            continue;
        }
        // The first byte of a UTF-8 sequence says how many there are.
        let len = byte.leading_ones() as usize;
        let mut bytes = [byte, 0, 0, 0];
        let sequence = bytes.get_mut(..len).ok_or(MalformedUri)?;
        for place in &mut sequence[1..] {
            *place = escaped_byte(text, index)?;
            index += 3;
        }
        let c = core::str::from_utf8(sequence).map_err(|_| MalformedUri)?;
        out.extend(c.encode_utf16());
    }
    Ok(Some(out))
}

/// The value of the `%XX` at this place.
fn escaped_byte<U: CodeUnit>(text: &[U], index: usize) -> Result<u8, MalformedUri> {
    let Some([percent, high, low]) = text.get(index..index + 3) else {
        return Err(MalformedUri);
    };
    let digit = |unit: &U| char::from(unit.ascii()).to_digit(16).ok_or(MalformedUri);
    if percent.ascii() != b'%' {
        return Err(MalformedUri);
    }
    Ok((digit(high)? * 16 + digit(low)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn encodes() {
        let text = utf16("a b/é?€&😀#~");
        let whole = encode_uri(&text).unwrap_or_default();
        assert_eq!(whole, b"a%20b/%C3%A9?%E2%82%AC&%F0%9F%98%80#~");
        let component = encode_uri_component::<u8>(b"a/\xE9;%").unwrap_or_default();
        assert_eq!(component, b"a%2F%C3%A9%3B%25");
        for lone in [
            &[0xD800_u16][..],
            &[0xDC00],
            &[0xD800, 0x61],
            &[0xD800, 0xD800],
        ] {
            assert_eq!(encode_uri(lone), Err(MalformedUri));
        }
    }

    #[test]
    fn decodes() {
        let component = |text: &str| decode_uri_component(text.as_bytes());
        assert_eq!(component("abc"), Ok(None));
        assert_eq!(
            component("%41%c3%A9%F0%9F%98%80%2f"),
            Ok(Some(utf16("Aé😀/")))
        );
        let whole = decode_uri::<u8>(b"%41%2f%23%20");
        assert_eq!(whole, Ok(Some(utf16("A%2f%23 "))));
    }

    #[test]
    fn malformed() {
        for text in [
            "%",
            "%4",
            "%zz",
            "%80",
            "%C3",
            "%C3%",
            "%C3x41",
            "%C3%41",
            "%C0%80",
            "%ED%A0%80",
            "%F4%90%80%80",
            "%F8%80%80%80%80",
            "%FF",
            "%E2%82",
        ] {
            assert_eq!(
                decode_uri_component(text.as_bytes()),
                Err(MalformedUri),
                "{text}"
            );
            assert_eq!(decode_uri(text.as_bytes()), Err(MalformedUri), "{text}");
        }
    }
}
