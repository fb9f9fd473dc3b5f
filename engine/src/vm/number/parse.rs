//! Text to number: StringToNumber, `parseInt` and `parseFloat`.
//!
//! The scan over the text is ours, since the grammar is ECMAScript's. It adds up the digits as it
//! goes; when they are few, one exact division ends the matter. Otherwise the digits go to Rust's
//! decimal parser, which rounds correctly whatever the length. Other radices are exact as well.

use super::super::text::{CodeUnit, trim, trim_start};

/// Up to here powers of ten are exact doubles.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// In any radix a number with this many significant digits is beyond every double.
const HOPELESS: usize = 1100;

/// StringToNumber; NaN if the text is no StringNumericLiteral.
///
/// <https://tc39.es/ecma262/#sec-stringtonumber>
#[must_use]
pub fn string_to_number<U: CodeUnit>(text: &[U]) -> f64 {
    // FAST PATH: a few digits and nothing else.
    if let Some(int) = short_digits(text) {
        return f64::from(int);
    }
    let text = trim(text);
    match text {
        [] => 0.0,
        [zero, letter, digits @ ..] if zero.ascii() == b'0' => {
            let radix = match letter.ascii() {
                b'x' | b'X' => 16,
                b'o' | b'O' => 8,
                b'b' | b'B' => 2,
                _ => return whole_decimal(text),
            };
            if digits.is_empty() || digits.iter().any(|&d| digit(d, radix).is_none()) {
                return f64::NAN;
            }
            integer(digits, radix)
        }
        _ => whole_decimal(text),
    }
}

/// [`string_to_number`] of Latin-1.
#[must_use]
pub fn string_to_number_latin1(text: &[u8]) -> f64 {
    string_to_number(text)
}

/// [`string_to_number`] of UTF-16.
#[must_use]
pub fn string_to_number_utf16(text: &[u16]) -> f64 {
    string_to_number(text)
}

/// The global function `parseInt`; `radix` has been through ToInt32 and is 0 if it was left out.
///
/// <https://tc39.es/ecma262/#sec-parseint-string-radix>
#[must_use]
pub fn parse_int<U: CodeUnit>(text: &[U], radix: i32) -> f64 {
    // FAST PATH: a few digits and nothing else.
    if (radix == 10 || (radix == 0 && text.first().is_some_and(|unit| unit.ascii() != b'0')))
        && let Some(int) = short_digits(text)
    {
        return f64::from(int);
    }
    // 2-5. The sign.
    let text = trim_start(text);
    let (negative, mut text) = match text {
        [sign, rest @ ..] if sign.ascii() == b'-' => (true, rest),
        [sign, rest @ ..] if sign.ascii() == b'+' => (false, rest),
        _ => (false, text),
    };
    // 6-10. The radix.
    let mut base = match radix {
        0 => 10,
        2..=36 => radix.unsigned_abs(),
        _ => return f64::NAN,
    };
    if matches!(radix, 0 | 16)
        && let [zero, x, rest @ ..] = text
        && zero.ascii() == b'0'
        && x.ascii() | 0x20 == b'x'
    {
        text = rest;
        base = 16;
    }
    // 11-16. The digits.
    let end = text
        .iter()
        .position(|&unit| digit(unit, base).is_none())
        .unwrap_or(text.len());
    if end == 0 {
        return f64::NAN;
    }
    let int = integer(&text[..end], base);
    if negative { -int } else { int }
}

/// The global function `parseFloat`.
///
/// <https://tc39.es/ecma262/#sec-parsefloat-string>
#[must_use]
pub fn parse_float<U: CodeUnit>(text: &[U]) -> f64 {
    decimal_prefix(trim_start(text)).map_or(f64::NAN, |(value, _)| value)
}

/// The value of one to nine decimal digits without anything around them.
#[inline]
fn short_digits<U: CodeUnit>(text: &[U]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let mut int = 0;
    for unit in text {
        let digit = unit.ascii().wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        int = int * 10 + u32::from(digit);
    }
    Some(int)
}

/// The value of text that is a StrDecimalLiteral from end to end, else NaN.
fn whole_decimal<U: CodeUnit>(text: &[U]) -> f64 {
    match decimal_prefix(text) {
        Some((value, len)) if len == text.len() => value,
        _ => f64::NAN,
    }
}

/// The longest prefix that is a StrDecimalLiteral: its value and its length.
///
/// <https://tc39.es/ecma262/#prod-StrDecimalLiteral>
fn decimal_prefix<U: CodeUnit>(text: &[U]) -> Option<(f64, usize)> {
    let at = |index: usize| text.get(index).map_or(0, |unit| unit.ascii());
    let start = usize::from(matches!(at(0), b'+' | b'-'));
    let negative = at(0) == b'-';
    let signed = |value: f64| if negative { -value } else { value };
    if at(start) == b'I' {
        let name = text.get(start..start + 8)?;
        let spelled = name.iter().zip(b"Infinity").all(|(u, &b)| u.ascii() == b);
        return spelled.then(|| (signed(f64::INFINITY), start + 8));
    }
    let mut mantissa: u64 = 0;
    let mut end = start;
    while at(end).is_ascii_digit() {
        mantissa = mantissa
            .wrapping_mul(10)
            .wrapping_add(u64::from(at(end) - b'0'));
        end += 1;
    }
    let mut n_digits = end - start;
    let mut n_fraction = 0;
    if at(end) == b'.' {
        let point = end;
        end += 1;
        while at(end).is_ascii_digit() {
            mantissa = mantissa
                .wrapping_mul(10)
                .wrapping_add(u64::from(at(end) - b'0'));
            end += 1;
        }
        n_fraction = end - point - 1;
        n_digits += n_fraction;
    }
    if n_digits == 0 {
        return None;
    }
    let exponent_end = exponent_end(text, end);
    // FAST PATH: both are exact doubles, so the quotient is rounded once.
    if exponent_end == end && n_digits <= 15 {
        let value = mantissa as f64;
        if n_fraction == 0 {
            return Some((signed(value), end));
        }
        return Some((signed(value / POWERS_OF_TEN[n_fraction]), end));
    }
    Some((decimal(&text[..exponent_end]), exponent_end))
}

/// Where the ExponentPart that begins at `start` ends, or `start` if there is none.
fn exponent_end<U: CodeUnit>(text: &[U], start: usize) -> usize {
    let at = |index: usize| text.get(index).map_or(0, |unit| unit.ascii());
    if at(start) | 0x20 != b'e' {
        return start;
    }
    let digits = start + 1 + usize::from(matches!(at(start + 1), b'+' | b'-'));
    let mut end = digits;
    while at(end).is_ascii_digit() {
        end += 1;
    }
    if end == digits { start } else { end }
}

/// The value of a StrDecimalLiteral that has been checked, correctly rounded.
fn decimal<U: CodeUnit>(text: &[U]) -> f64 {
    let parse = |bytes: &[u8]| {
        core::str::from_utf8(bytes)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(f64::NAN)
    };
    let mut short = [0; 64];
    if let Some(bytes) = short.get_mut(..text.len()) {
        for (byte, unit) in bytes.iter_mut().zip(text) {
            *byte = unit.ascii();
        }
        return parse(bytes);
    }
    let long: Vec<u8> = text.iter().map(|unit| unit.ascii()).collect();
    parse(&long)
}

/// The value of a digit in this radix.
#[inline]
fn digit<U: CodeUnit>(unit: U, radix: u32) -> Option<u32> {
    char::from(unit.ascii()).to_digit(radix)
}

/// The value of a run of digits (anything else counts as 0), correctly rounded.
fn integer<U: CodeUnit>(digits: &[U], radix: u32) -> f64 {
    let zeros = digits.iter().take_while(|d| d.ascii() == b'0').count();
    let digits = &digits[zeros..];
    // FAST PATH: a number of 53 bits is exact.
    let mut int: u64 = 0;
    let mut rest = digits;
    while let [first, tail @ ..] = rest {
        if int >= 1 << 47 {
            break;
        }
        int = int * u64::from(radix) + u64::from(digit(*first, radix).unwrap_or(0));
        rest = tail;
    }
    if rest.is_empty() {
        return int as f64;
    }
    if radix == 10 {
        return decimal(digits);
    }
    if digits.len() > HOPELESS {
        return f64::INFINITY;
    }
    let mut big = Wide::from(int);
    for &unit in rest {
        big.push(radix, digit(unit, radix).unwrap_or(0));
    }
    big.to_f64()
}

/// An unsigned integer wide enough for [`HOPELESS`] digits, the least significant word first.
struct Wide {
    words: Vec<u32>,
}

impl From<u64> for Wide {
    fn from(int: u64) -> Self {
        Self {
            words: vec![int as u32, (int >> 32) as u32],
        }
    }
}

impl Wide {
    /// Multiplies by the radix and adds a digit.
    fn push(&mut self, radix: u32, digit: u32) {
        let mut carry = u64::from(digit);
        for word in &mut self.words {
            carry += u64::from(*word) * u64::from(radix);
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.words.push(carry as u32);
        }
    }

    /// The nearest double, ties to even. The number is at least 2^32.
    fn to_f64(&self) -> f64 {
        let n = self.words.len();
        let word = |index: usize| u64::from(self.words.get(index).copied().unwrap_or(0));
        let top = self.words.iter().rposition(|&word| word != 0).unwrap_or(0);
        debug_assert!(n > 1 && top > 0);
        // The top 64 bits after the leading zeros, with a last bit that stands for all the rest.
        let zeros = (word(top) as u32).leading_zeros();
        let below = |index: usize| if top >= index { word(top - index) } else { 0 };
        let wide = u128::from(below(0)) << 64 | u128::from(below(1)) << 32 | u128::from(below(2));
        let aligned = (wide << zeros) >> 32;
        let lost = (wide << zeros) as u32 != 0
            || self
                .words
                .iter()
                .take(top.saturating_sub(2))
                .any(|&w| w != 0);
        let bits = aligned as u64 | u64::from(lost);
        // 64 bits to 53 is one rounding, the power of two is exact or overflows.
        let shift = (top as i32 + 1) * 32 - zeros as i32 - 64;
        bits as f64 * 2_f64.powi(shift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> f64 {
        let wide: Vec<u16> = text.encode_utf16().collect();
        let value = string_to_number_utf16(&wide);
        if text.is_ascii() {
            let narrow = string_to_number_latin1(text.as_bytes());
            assert_eq!(narrow.to_bits(), value.to_bits(), "{text}");
        }
        value
    }

    #[test]
    fn numeric_literals() {
        let cases = [
            ("", 0.0),
            (" \n\u{FEFF}", 0.0),
            ("42", 42.0),
            ("  42\t", 42.0),
            ("007", 7.0),
            ("-1.5", -1.5),
            ("+.5", 0.5),
            ("5.", 5.0),
            ("1e3", 1000.0),
            ("1.5E-3", 0.0015),
            ("Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("0xFf", 255.0),
            ("0B101", 5.0),
            ("0o17", 15.0),
            ("1e1000", f64::INFINITY),
            ("1e-99999999999999999999", 0.0),
            ("123456789012345678901234567890", 1.2345678901234568e29),
            ("0.1234567890123456789", 0.12345678901234568),
            ("9007199254740993", 9007199254740992.0),
            ("0x20000000000001", 9007199254740992.0),
            ("0x20000000000003", 9007199254740996.0),
            ("0x200000000000011", 144115188075855890.0),
            ("4.35", 4.35),
        ];
        for (text, value) in cases {
            assert_eq!(number(text), value, "{text}");
        }
        assert!(number("-0").is_sign_negative());
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "x",
            "1x",
            ".",
            "+",
            "-",
            "1e",
            "1e+",
            "e5",
            "0x",
            "0xg",
            "-0x1",
            "0b2",
            "1_0",
            "infinity",
            "Infinit",
            "Infinity1",
            "NaN",
            "1 2",
            "..5",
            "1..",
            "\u{180E}1",
            "１",
            "+-1",
            "nan",
            "inf",
            "0x1.8",
        ] {
            assert!(number(text).is_nan(), "{text}");
        }
    }

    #[test]
    fn ints() {
        let int = |text: &str, radix| parse_int(text.as_bytes(), radix);
        assert_eq!(int("  -42abc", 0), -42.0);
        assert_eq!(int("0x1F", 0), 31.0);
        assert_eq!(int("0x1F", 16), 31.0);
        assert_eq!(int("0x1F", 10), 0.0);
        assert_eq!(int("011", 0), 11.0);
        assert_eq!(int("zZ", 36), 1295.0);
        assert_eq!(int("12345678901234567890", 10), 12345678901234567000.0);
        assert_eq!(int(&"1".repeat(60), 2), 1152921504606846975.0);
        assert_eq!(int(&"z".repeat(198), 36), 36_f64.powi(198));
        assert_eq!(int(&"1".repeat(1200), 2), f64::INFINITY);
        assert_eq!(int(&format!("{}7", "0".repeat(5000)), 8), 7.0);
        assert!(int("-0", 0).is_sign_negative());
        for (text, radix) in [("", 0), ("-", 10), ("0x", 0), ("9", 8), ("1", 1), ("1", 37)] {
            assert!(int(text, radix).is_nan(), "{text}");
        }
    }

    #[test]
    fn wide_integers_round_to_even() {
        let hex = |text: &str| parse_int(text.as_bytes(), 16);
        assert_eq!(hex("20000000000001"), 9007199254740992.0);
        assert_eq!(hex("2000000000000100000000000000001"), {
            (9007199254740994.0) * 2_f64.powi(68)
        });
        assert_eq!(hex("2000000000000100000000000000000"), 2_f64.powi(121));
        assert_eq!(hex(&format!("1{}", "0".repeat(255))), 2_f64.powi(1020));
    }

    #[test]
    fn floats() {
        let float = |text: &str| parse_float(text.as_bytes());
        assert_eq!(float(" 3.25xyz"), 3.25);
        assert_eq!(float("1e5e"), 1e5);
        assert_eq!(float("1e+"), 1.0);
        assert_eq!(float("-.5."), -0.5);
        assert_eq!(float("-Infinityx"), f64::NEG_INFINITY);
        assert_eq!(float("0x10"), 0.0);
        assert_eq!(float("5.e3"), 5000.0);
        for text in ["", "abc", ".", "-", "Inf", ".e1"] {
            assert!(float(text).is_nan(), "{text}");
        }
    }
}
