//! Where a long text may be cut, so that its parts are converted like the whole.
//!
//! Each function takes a place that is wanted, and gives one near it, above 0 and at most the text's end.

use super::unit::CodeUnit;

/// Anywhere but within a surrogate pair.
#[must_use]
pub fn between_code_points<U: CodeUnit>(text: &[U], at: usize) -> usize {
    let code = |index: usize| text.get(index).map_or(0, |unit| unit.code());
    let is_pair =
        at > 0 && matches!(code(at - 1), 0xD800..=0xDBFF) && matches!(code(at), 0xDC00..=0xDFFF);
    (at + usize::from(is_pair)).min(text.len())
}

/// Where no sigma is near: how one is written in lower case depends on the letters around it.
#[must_use]
pub fn between_letters<U: CodeUnit>(text: &[U], at: usize) -> usize {
    /// Neither a sigma nor skipped over when one looks for the letters around it.
    fn is_plain(code: u16) -> bool {
        matches!(code, 0x09..=0x0D | 0x20 | 0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F
            | 0x400..=0x481 | 0x5D0..=0x5EA | 0x1200..=0x1248 | 0x3041..=0x3096 | 0x30A1..=0x30FA
            | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3)
    }
    let code = |index: usize| text.get(index).map_or(0x20, |unit| unit.code());
    (at.max(1)..text.len())
        .find(|&at| is_plain(code(at - 1)) && is_plain(code(at)))
        .unwrap_or(text.len())
}

/// Before a character that joins no earlier one, in any normalization form.
#[must_use]
pub fn before_starter<U: CodeUnit>(text: &[U], at: usize) -> usize {
    fn starts(code: u16) -> bool {
        matches!(code, 0x00..=0x2FF | 0x400..=0x482 | 0x5D0..=0x5EA | 0x621..=0x64A | 0x1200..=0x1248
            | 0x1E00..=0x1EFF | 0x3041..=0x3096 | 0x30A1..=0x30FA | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
            | 0xAC00..=0xD7A3 | 0xD83C..=0xD83D)
    }
    (at.max(1)..text.len())
        .find(|&at| text.get(at).is_some_and(|unit| starts(unit.code())))
        .unwrap_or(text.len())
}

/// Between two sequences of `%XX` that stand for a code point each. Where the text is malformed: anywhere.
#[must_use]
pub fn between_sequences<U: CodeUnit>(text: &[U], at: usize) -> usize {
    /// Units of the longest sequence.
    const LONGEST: usize = 12;
    let ascii = |index: usize| text.get(index).map_or(0, |unit| unit.ascii());
    let fits = |at: &usize| {
        let begins = ascii(*at) == b'%'
            && !matches!(ascii(*at + 1), b'8' | b'9' | b'a' | b'b' | b'A' | b'B');
        let is_outside = ascii(*at) != b'%' && ascii(*at - 1) != b'%' && ascii(*at - 2) != b'%';
        begins || is_outside
    };
    let last = at.saturating_add(LONGEST + 3);
    let found = (at.max(2)..last.min(text.len())).find(fits);
    found.unwrap_or(if last < text.len() {
        at.max(1)
    } else {
        text.len()
    })
}

/// Not within an escape of `unescape`: `%XX`, `%uXXXX`.
#[must_use]
pub fn between_escapes<U: CodeUnit>(text: &[U], at: usize) -> usize {
    let from = at.saturating_sub(5);
    let near = text.get(from..at.min(text.len())).unwrap_or_default();
    match near.iter().rposition(|unit| unit.ascii() == b'%') {
        Some(back) if from + back > 0 => from + back,
        Some(_) => between_escapes(text, at + 6),
        None => at.max(1).min(text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Form, decode_uri_component, encode_uri_component, normalize_utf16, to_lower_utf16,
        to_upper_utf16, to_well_formed, unescape,
    };
    use super::*;

    /// Whether parts about every `size` units, converted, make what the whole becomes.
    fn check(
        text: &str,
        size: usize,
        cut: fn(&[u16], usize) -> usize,
        convert: fn(&[u16]) -> Vec<u16>,
    ) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let (mut rest, mut made) = (units.as_slice(), Vec::new());
        while !rest.is_empty() {
            let at = if rest.len() > size {
                cut(rest, size)
            } else {
                rest.len()
            };
            let (part, after) = rest.split_at(at);
            assert!(!part.is_empty());
            made.extend(convert(part));
            rest = after;
        }
        assert_eq!(made, convert(&units), "{text} {size}");
    }

    #[test]
    fn parts_become_what_the_whole_does() {
        let texts = [
            "ΑΣ ΑΣΑ aΣ.b Σ'Σ 'Σ'x  ΑΣ",
            "e\u{301}\u{323}a\u{323}\u{301} \u{1E9B}\u{323}가\u{11A8}\u{1100}\u{1161}",
            "a😀b😀😀Dž ß ﬃ",
            "plain text of some length, nothing more",
        ];
        for text in texts {
            for size in 1..12 {
                check(text, size, between_letters, |part| {
                    to_lower_utf16(part).unwrap_or(part.to_vec())
                });
                check(text, size, between_code_points, |part| {
                    to_upper_utf16(part).unwrap_or(part.to_vec())
                });
                check(text, size, between_code_points, |part| {
                    to_well_formed(part).unwrap_or(part.to_vec())
                });
                check(text, size, between_code_points, |part| {
                    let bytes = encode_uri_component(part).unwrap_or_default();
                    bytes.into_iter().map(u16::from).collect()
                });
                check(text, size, before_starter, |part| {
                    normalize_utf16(part, Form::Nfc).unwrap_or(part.to_vec())
                });
                check(text, size, before_starter, |part| {
                    normalize_utf16(part, Form::Nfkd).unwrap_or(part.to_vec())
                });
            }
        }
        for text in [
            "%E1%88%B4%41%c3%A9x%F0%9F%98%80%F0%9F%98%80ab%25",
            "abcdefgh%41",
        ] {
            for size in 1..16 {
                check(text, size, between_sequences, |part| {
                    let decoded = decode_uri_component(part).unwrap_or(Some(vec![0xFFFF]));
                    decoded.unwrap_or(part.to_vec())
                });
            }
        }
        for text in ["%u1234%41%%u00e9%u12%u1%4%", "%%%%%%%%%%%u1234"] {
            for size in 1..12 {
                check(text, size, between_escapes, |part| {
                    unescape(part).unwrap_or(part.to_vec())
                });
            }
        }
    }
}
