//! base64 as `Buffer` reads and writes it, and the strict forgiving-base64 of `atob`. Layer 1.
//!
//! `Buffer` mixes both alphabets, skips what is in neither and stops at `=`. The common case, clean text, goes through
//! a vectorized decoder first; only what it refuses takes the slow path.

use base64_simd::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::codec::Text;

/// Standard alphabet, padded.
#[must_use]
pub fn encode(bytes: &[u8]) -> Vec<u8> {
    STANDARD.encode_type(bytes)
}

/// URL-safe alphabet, not padded.
#[must_use]
pub fn encode_url(bytes: &[u8]) -> Vec<u8> {
    URL_SAFE_NO_PAD.encode_type(bytes)
}

/// How many bytes the text can hold at most, going by its length and the padding at its end.
#[must_use]
pub fn decoded_length(text: Text<'_>) -> usize {
    let mut len = text.len();
    for _ in 0..2 {
        if len > 0 && text.unit(len - 1) == u16::from(b'=') {
            len -= 1;
        }
    }
    len / 4 * 3 + len % 4 * 3 / 4
}

/// Decodes leniently: never fails, gives what could be read.
#[must_use]
pub fn decode(text: Text<'_>) -> Vec<u8> {
    if let Text::Latin1(bytes) = text {
        let clean = match bytes {
            [.., b'='] => STANDARD.decode_to_vec(bytes),
            _ => STANDARD_NO_PAD.decode_to_vec(bytes),
        };
        if let Ok(decoded) = clean {
            return decoded;
        }
    }
    decode_slowly(text)
}

fn decode_slowly(text: Text<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut n_bits) = (0u32, 0);
    for index in 0..text.len() {
        let unit = text.unit(index);
        if unit == u16::from(b'=') {
            break;
        }
        let Some(value) = value_of(unit) else {
            continue;
        };
        bits = bits << 6 | value;
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits & 0xff) as u8);
        }
    }
    out
}

fn value_of(unit: u16) -> Option<u32> {
    let byte = u8::try_from(unit).ok()?;
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// Why `atob` refuses a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AtobError {
    /// A character outside of the standard alphabet.
    #[error("invalid character")]
    InvalidCharacter,
    /// The number of characters, padding removed, leaves one over.
    #[error("not correctly encoded")]
    InvalidLength,
}

/// Forgiving-base64 decode. Source: WHATWG Infra <https://infra.spec.whatwg.org/#forgiving-base64-decode>.
///
/// # Errors
/// [`AtobError`], as the steps there say.
pub fn atob(text: Text<'_>) -> Result<Vec<u8>, AtobError> {
    let mut kept = Vec::with_capacity(text.len());
    for index in 0..text.len() {
        // A unit beyond Latin-1 is no base64 character and no white space.
        match u8::try_from(text.unit(index)) {
            Ok(b'\t' | b'\n' | b'\x0c' | b'\r' | b' ') => {}
            Ok(byte) => kept.push(byte),
            Err(_) => return Err(AtobError::InvalidCharacter),
        }
    }
    if kept.len().is_multiple_of(4) {
        for _ in 0..2 {
            if kept.last() == Some(&b'=') {
                kept.pop();
            }
        }
    }
    let standard = |byte: &u8| value_of(u16::from(*byte)).is_some() && !matches!(byte, b'-' | b'_');
    if !kept.iter().all(standard) {
        return Err(AtobError::InvalidCharacter);
    }
    if kept.len() % 4 == 1 {
        return Err(AtobError::InvalidLength);
    }
    Ok(decode(Text::Latin1(&kept)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[u8]) {
        assert_eq!(decode(Text::Latin1(text.as_bytes())), expected, "{text}");
    }

    #[test]
    fn lenient() {
        check("aGVsbG8=", b"hello");
        check("aGVsbG8", b"hello");
        check("aGVs\nbG8 =junk", b"hello");
        check("-_-_", &[0xfb, 0xff, 0xbf]);
        check("+/+/", &[0xfb, 0xff, 0xbf]);
        check("=bad", b"");
        check("a", b"");
        check("aa", &[0x69]);
        check("ab", &[0x69]);
        check("*", b"");
    }

    #[test]
    fn lengths() {
        for (text, len) in [
            ("", 0),
            ("aa==", 1),
            ("aaa=", 2),
            ("aaaa", 3),
            ("aaaaa", 3),
            ("bkE+BA==", 4),
        ] {
            assert_eq!(decoded_length(Text::Latin1(text.as_bytes())), len, "{text}");
        }
    }

    #[test]
    fn atob_is_strict_about_its_alphabet() {
        let atob = |text: &str| atob(Text::Latin1(text.as_bytes()));
        assert_eq!(atob(" YQ == "), Ok(b"a".to_vec()));
        assert_eq!(atob("a"), Err(AtobError::InvalidLength));
        assert_eq!(atob("a-b_"), Err(AtobError::InvalidCharacter));
        assert_eq!(atob("ab="), Err(AtobError::InvalidCharacter));
    }
}
