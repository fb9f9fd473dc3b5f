//! IdentifierName: which characters may begin and continue one.

use super::unit::CodeUnit;

/// IdentifierStartChar: ID_Start, `$` or `_`.
///
/// <https://tc39.es/ecma262/#prod-IdentifierStartChar>
#[inline]
#[must_use]
pub fn is_id_start(c: char) -> bool {
    // FAST PATH: ASCII.
    if c.is_ascii() {
        return c.is_ascii_alphabetic() || matches!(c, '$' | '_');
    }
    unicode_id_start::is_id_start_unicode(c)
}

/// IdentifierPartChar: ID_Continue, `$`, or one of the zero-width joiners.
///
/// <https://tc39.es/ecma262/#prod-IdentifierPartChar>
#[inline]
#[must_use]
pub fn is_id_continue(c: char) -> bool {
    // FAST PATH: ASCII.
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '$' | '_');
    }
    matches!(c, '\u{200C}' | '\u{200D}') || unicode_id_start::is_id_continue_unicode(c)
}

/// Whether the whole text is an IdentifierName written without escapes.
///
/// <https://tc39.es/ecma262/#prod-IdentifierName>
#[must_use]
pub fn is_identifier_name<U: CodeUnit>(text: &[U]) -> bool {
    let mut chars = char::decode_utf16(text.iter().map(|unit| unit.code()));
    let starts = matches!(chars.next(), Some(Ok(c)) if is_id_start(c));
    starts && chars.all(|c| c.is_ok_and(is_id_continue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> bool {
        is_identifier_name(&text.encode_utf16().collect::<Vec<u16>>())
    }

    #[test]
    fn names() {
        for name in [
            "a",
            "$",
            "_1",
            "été",
            "ñ",
            "变量",
            "a\u{200D}b",
            "𝒳",
            "℘",
            "゛x",
            "a\u{30FB}",
        ] {
            assert!(check(name), "{name}");
        }
        for name in ["", "1a", "a-b", "\u{200C}a", "a b", "😀", "a😀", "\u{B7}"] {
            assert!(!check(name), "{name}");
        }
        assert!(check("a\u{B7}"));
        assert!(!is_identifier_name(&[0x61_u16, 0xD800]));
        assert!(is_identifier_name::<u8>(b"caf\xE9"));
    }
}
