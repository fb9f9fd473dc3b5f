//! `toUpperCase` and `toLowerCase`.
//!
//! The mappings are Unicode's full ones (`ß` to `SS`, `İ` to `i̇`), which Rust's standard library
//! has, and with them the one rule that looks at the neighbours: a sigma at the end of a word.
//! Each conversion says so when the text is unchanged, so that a caller can keep its string.
//!
//! <https://tc39.es/ecma262/#sec-string.prototype.tolowercase>

use super::unit::Text;
use super::well_formed::well_formed_runs;

const CAPITAL_SIGMA: u16 = 0x03A3;

/// Latin-1 in lower case, which is Latin-1 again; `None` if nothing changes.
#[must_use]
pub fn to_lower_latin1(text: &[u8]) -> Option<Vec<u8>> {
    let first = text.iter().position(|&byte| lower_byte(byte) != byte)?;
    // FAST PATH: ASCII.
    if text.is_ascii() {
        return Some(text.to_ascii_lowercase());
    }
    let mut lower = Vec::with_capacity(text.len());
    lower.extend_from_slice(&text[..first]);
    lower.extend(text[first..].iter().map(|&byte| lower_byte(byte)));
    Some(lower)
}

/// Latin-1 in upper case; `None` if nothing changes. `ÿ` and `µ` leave Latin-1, and `ß` takes two
/// units.
#[must_use]
pub fn to_upper_latin1(text: &[u8]) -> Option<Text> {
    let first = text.iter().position(|&byte| upper_changes(byte))?;
    // FAST PATH: ASCII.
    if text.is_ascii() {
        return Some(Text::Latin1(text.to_ascii_uppercase()));
    }
    let rest = &text[first..];
    if !rest.iter().any(|&byte| matches!(byte, 0xB5 | 0xDF | 0xFF)) {
        let mut upper = Vec::with_capacity(text.len());
        upper.extend_from_slice(&text[..first]);
        upper.extend(rest.iter().map(|&byte| upper_byte(byte)));
        return Some(Text::Latin1(upper));
    }
    if !rest.iter().any(|&byte| matches!(byte, 0xB5 | 0xFF)) {
        let mut upper = text[..first].to_vec();
        for &byte in rest {
            match byte {
                0xDF => upper.extend_from_slice(b"SS"),
                _ => upper.push(upper_byte(byte)),
            }
        }
        return Some(Text::Latin1(upper));
    }
    let wide: Vec<u16> = text.iter().map(|&byte| u16::from(byte)).collect();
    to_upper_utf16(&wide).map(Text::Utf16)
}

#[inline]
fn lower_byte(byte: u8) -> u8 {
    let capital = matches!(byte, b'A'..=b'Z' | 0xC0..=0xD6 | 0xD8..=0xDE);
    byte + if capital { 0x20 } else { 0 }
}

#[inline]
fn upper_changes(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | 0xB5 | 0xDF..=0xF6 | 0xF8..=0xFF)
}

/// The capital of a letter whose capital is one unit of Latin-1.
#[inline]
fn upper_byte(byte: u8) -> u8 {
    let small = matches!(byte, b'a'..=b'z' | 0xE0..=0xF6 | 0xF8..=0xFE);
    byte - if small { 0x20 } else { 0 }
}

/// UTF-16 in lower case; `None` if nothing changes. Lone surrogates stay as they are.
#[must_use]
pub fn to_lower_utf16(text: &[u16]) -> Option<Vec<u16>> {
    // FAST PATH: ASCII.
    if is_ascii(text) {
        return map_ascii(text, u8::to_ascii_lowercase);
    }
    let mut lower = Vec::with_capacity(text.len() + 4);
    if text.contains(&CAPITAL_SIGMA) {
        // A lone surrogate has no case and is not skipped over, so a word ends there as it does
        // at the end of the text.
        for (run, lone) in well_formed_runs(text) {
            lower.extend(String::from_utf16_lossy(run).to_lowercase().encode_utf16());
            lower.extend(lone);
        }
    } else {
        map_chars(text, char::to_lowercase, &mut lower);
    }
    (lower != text).then_some(lower)
}

/// UTF-16 in upper case; `None` if nothing changes. Lone surrogates stay as they are.
#[must_use]
pub fn to_upper_utf16(text: &[u16]) -> Option<Vec<u16>> {
    // FAST PATH: ASCII.
    if is_ascii(text) {
        return map_ascii(text, u8::to_ascii_uppercase);
    }
    let mut upper = Vec::with_capacity(text.len() + 4);
    map_chars(text, char::to_uppercase, &mut upper);
    (upper != text).then_some(upper)
}

fn is_ascii(text: &[u16]) -> bool {
    text.chunks(64)
        .all(|chunk| chunk.iter().fold(0, |all, unit| all | unit) < 0x80)
}

fn map_ascii(text: &[u16], map: fn(&u8) -> u8) -> Option<Vec<u16>> {
    let convert = |unit: u16| u16::from(map(&(unit as u8)));
    let first = text.iter().position(|&unit| convert(unit) != unit)?;
    let mut out = Vec::with_capacity(text.len());
    out.extend_from_slice(&text[..first]);
    out.extend(text[first..].iter().map(|&unit| convert(unit)));
    Some(out)
}

fn map_chars<I: Iterator<Item = char>>(text: &[u16], map: fn(char) -> I, out: &mut Vec<u16>) {
    let mut pair = [0; 2];
    for decoded in char::decode_utf16(text.iter().copied()) {
        match decoded {
            Ok(c) => {
                for c in map(c) {
                    out.extend_from_slice(c.encode_utf16(&mut pair));
                }
            }
            Err(lone) => out.push(lone.unpaired_surrogate()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn lower() {
        let cases = [
            ("ABC xyz", "abc xyz"),
            ("ÀÖ×ØÞß", "àö×øþß"),
            ("İ", "i\u{307}"),
            ("ΑΣ", "ας"),
            ("ΑΣΑ", "ασα"),
            ("Σ", "σ"),
            ("ΑΣ.", "ας."),
            ("ΑΣ\u{AD}Α", "ασ\u{AD}α"),
            ("𐐀", "𐐨"),
        ];
        for (text, lower) in cases {
            assert_eq!(to_lower_utf16(&utf16(text)), Some(utf16(lower)), "{text}");
        }
        assert_eq!(to_lower_utf16(&utf16("abc é")), None);
        assert_eq!(to_lower_utf16(&utf16("abc")), None);
        let lone = to_lower_utf16(&[0x391, 0x3A3, 0xD800, 0x391]);
        assert_eq!(lone, Some(vec![0x3B1, 0x3C2, 0xD800, 0x3B1]));
    }

    #[test]
    fn upper() {
        let cases = [
            ("straße", "STRASSE"),
            ("ÿµ", "\u{178}\u{39C}"),
            ("ﬁ", "FI"),
            ("ŉ", "ʼN"),
            ("ᾳ", "ΑΙ"),
            ("𐐨", "𐐀"),
        ];
        for (text, upper) in cases {
            assert_eq!(to_upper_utf16(&utf16(text)), Some(utf16(upper)), "{text}");
        }
        assert_eq!(to_upper_utf16(&[0xDC00]), None);
        assert_eq!(to_upper_utf16(&[0xDC00, 0x61]), Some(vec![0xDC00, 0x41]));
    }

    #[test]
    fn latin1_agrees_with_utf16() {
        for byte in 0..=0xFF_u8 {
            let wide = [u16::from(byte)];
            let lower = to_lower_latin1(&[byte]).map(|l| l.into_iter().map(u16::from).collect());
            assert_eq!(lower, to_lower_utf16(&wide), "{byte:x}");
            let upper = to_upper_latin1(&[byte]).map(|upper| match upper {
                Text::Latin1(upper) => upper.into_iter().map(u16::from).collect(),
                Text::Utf16(upper) => upper,
            });
            assert_eq!(upper, to_upper_utf16(&wide), "{byte:x}");
        }
        assert_eq!(to_upper_latin1(b"ABC-1"), None);
        let mixed = to_upper_latin1(b"a\xDFb");
        assert_eq!(mixed, Some(Text::Latin1(b"ASSB".to_vec())));
    }
}
