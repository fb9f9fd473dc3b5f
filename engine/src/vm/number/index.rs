//! Property keys that are numbers: array indices and canonical numeric strings.

use super::super::text::CodeUnit;
use super::{Buffer, string_to_number};

/// The array index (0 to 2^32 - 2) of which this text is the canonical form: no sign, no leading
/// zero.
///
/// <https://tc39.es/ecma262/#array-index>
#[inline]
#[must_use]
pub fn array_index<U: CodeUnit>(text: &[U]) -> Option<u32> {
    let (first, rest) = text.split_first()?;
    let first = first.ascii().wrapping_sub(b'0');
    if first > 9 || rest.len() > 9 || (first == 0 && !rest.is_empty()) {
        return None;
    }
    let mut index = u64::from(first);
    for unit in rest {
        let digit = unit.ascii().wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        index = index * 10 + u64::from(digit);
    }
    u32::try_from(index).ok().filter(|&index| index != u32::MAX)
}

/// CanonicalNumericIndexString: the number of which this text is the canonical form, "-0" being
/// negative zero.
///
/// <https://tc39.es/ecma262/#sec-canonicalnumericindexstring>
#[must_use]
pub fn canonical_numeric<U: CodeUnit>(text: &[U]) -> Option<f64> {
    // FAST PATH: few property names begin like a number.
    let first = text.first()?.ascii();
    if !matches!(first, b'0'..=b'9' | b'-' | b'I' | b'N') {
        return None;
    }
    let spells = |bytes: &[u8]| {
        text.len() == bytes.len() && text.iter().zip(bytes).all(|(u, &b)| u.ascii() == b)
    };
    if spells(b"-0") {
        return Some(-0.0);
    }
    let number = string_to_number(text);
    spells(Buffer::new().format(number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices() {
        let index = |text: &str| array_index(text.as_bytes());
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("7"), Some(7));
        assert_eq!(index("4294967294"), Some(4294967294));
        for text in [
            "",
            "00",
            "01",
            "4294967295",
            "9999999999",
            "12345678901",
            "-1",
            "1.",
            "a",
        ] {
            assert_eq!(index(text), None, "{text}");
        }
        assert_eq!(array_index(&[0x31_u16, 0x130]), None);
    }

    #[test]
    fn canonical() {
        let numeric = |text: &str| canonical_numeric(text.as_bytes());
        assert_eq!(numeric("1.5"), Some(1.5));
        assert_eq!(numeric("-1"), Some(-1.0));
        assert_eq!(numeric("Infinity"), Some(f64::INFINITY));
        assert!(numeric("NaN").is_some_and(f64::is_nan));
        assert!(numeric("-0").is_some_and(|x| x == 0.0 && x.is_sign_negative()));
        assert_eq!(numeric("1e+21"), Some(1e21));
        for text in ["", "1.0", "+1", "1e21", "00", " 1", "Nope", "0x1", "-NaN"] {
            assert_eq!(numeric(text), None, "{text}");
        }
    }
}
