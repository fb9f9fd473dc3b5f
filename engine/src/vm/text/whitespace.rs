//! White space and line terminators, and trimming by them.
//!
//! ECMA-262 clauses 12.2 and 12.3. Category Zs of Unicode is a short, frozen list, so it is
//! spelled out here.

use super::unit::CodeUnit;

/// Whether the code unit is a LineTerminator.
///
/// <https://tc39.es/ecma262/#prod-LineTerminator>
#[inline]
#[must_use]
pub fn is_line_terminator(code: u16) -> bool {
    matches!(code, 0x0A | 0x0D | 0x2028 | 0x2029)
}

/// Whether the code unit is WhiteSpace: the named controls, U+FEFF and category Zs.
///
/// <https://tc39.es/ecma262/#prod-WhiteSpace>
#[inline]
#[must_use]
pub fn is_white_space(code: u16) -> bool {
    match code {
        0x09 | 0x0B | 0x0C | 0x20 | 0xA0 => true,
        _ if code < 0x1680 => false,
        0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 | 0xFEFF => true,
        _ => false,
    }
}

/// Whether the code unit is StrWhiteSpaceChar: WhiteSpace or LineTerminator. Every such character
/// is one code unit long.
///
/// <https://tc39.es/ecma262/#prod-StrWhiteSpaceChar>
#[inline]
#[must_use]
pub fn is_str_white_space(code: u16) -> bool {
    is_white_space(code) || is_line_terminator(code)
}

/// The text without white space and line terminators at its start.
///
/// <https://tc39.es/ecma262/#sec-trimstring>
#[must_use]
pub fn trim_start<U: CodeUnit>(text: &[U]) -> &[U] {
    let start = text
        .iter()
        .position(|unit| !is_str_white_space(unit.code()))
        .unwrap_or(text.len());
    &text[start..]
}

/// The text without white space and line terminators at its end.
///
/// <https://tc39.es/ecma262/#sec-trimstring>
#[must_use]
pub fn trim_end<U: CodeUnit>(text: &[U]) -> &[U] {
    let end = text
        .iter()
        .rposition(|unit| !is_str_white_space(unit.code()))
        .map_or(0, |last| last + 1);
    &text[..end]
}

/// The text without white space and line terminators at either end.
///
/// <https://tc39.es/ecma262/#sec-trimstring>
#[must_use]
pub fn trim<U: CodeUnit>(text: &[U]) -> &[U] {
    trim_end(trim_start(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_every_kind_of_white_space() {
        let text: Vec<u16> = "\u{FEFF}\u{2028} \t\u{3000}a b\r\n\u{A0}\u{1680}"
            .encode_utf16()
            .collect();
        assert_eq!(trim(&text), &[0x61, 0x20, 0x62]);
        assert_eq!(trim_start::<u8>(b"  x "), b"x ");
        assert_eq!(trim_end::<u8>(b"  x \xA0"), b"  x");
        assert_eq!(trim::<u8>(b" \n\x0B "), b"");
    }

    #[test]
    fn what_is_not_white_space() {
        for code in [0x180E, 0x200B, 0x85, 0x1C, 0xFFFE, 0x202E] {
            assert!(!is_str_white_space(code), "{code:x}");
        }
    }
}
