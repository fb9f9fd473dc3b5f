//! `toFixed`, `toExponential` and `toPrecision`.
//!
//! Rust's formatter gives the exactly rounded digits of a double; where ECMAScript differs is a
//! tie, which goes to the larger number. Ties are rare and can be told from the double's lowest
//! bit alone (see `is_tie`), so they are found first and rounded here.

use core::fmt::Write as _;

use super::format::Digits;

/// The most digits the three methods accept.
pub const MAX_DIGITS: u32 = 100;

/// The number with `digits` digits after the point, of which there are at most 100.
///
/// <https://tc39.es/ecma262/#sec-number.prototype.tofixed>
#[must_use]
pub fn to_fixed(x: f64, digits: u32) -> String {
    let digits = digits.min(MAX_DIGITS);
    if !x.is_finite() || x.abs() >= 1e21 {
        return super::to_string(x);
    }
    let mut text = String::with_capacity(24 + digits as usize);
    // The sign is the number's, even when every digit is 0; negative zero has none.
    if x < 0.0 {
        text.push('-');
    }
    let magnitude = x.abs();
    if is_tie(magnitude, digits as i32) {
        // One digit more is exact, and is a 5.
        let exact = format!("{:.*}", digits as usize + 1, magnitude);
        push_rounded_up(&mut text, &exact[..exact.len() - 1]);
    } else {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{:.*}", digits as usize, magnitude);
    }
    text
}

/// The number as `d.ddde±x` with `digits` digits after the point (at most 100), or as many as it
/// takes to tell the number apart if `None`.
///
/// <https://tc39.es/ecma262/#sec-number.prototype.toexponential>
#[must_use]
pub fn to_exponential(x: f64, digits: Option<u32>) -> String {
    if !x.is_finite() {
        return super::to_string(x);
    }
    let (digits, exponent) = match digits {
        Some(digits) => rounded(x.abs(), digits.min(MAX_DIGITS) + 1),
        None => shortest(x.abs()),
    };
    let mut text = String::with_capacity(digits.len() + 8);
    if x < 0.0 {
        text.push('-');
    }
    push_exponential(&mut text, &digits, exponent);
    text
}

/// The number with `precision` significant digits, taken into 1..=100.
///
/// <https://tc39.es/ecma262/#sec-number.prototype.toprecision>
#[must_use]
pub fn to_precision(x: f64, precision: u32) -> String {
    if !x.is_finite() {
        return super::to_string(x);
    }
    let precision = precision.clamp(1, MAX_DIGITS);
    let (digits, exponent) = rounded(x.abs(), precision);
    let mut text = String::with_capacity(digits.len() + 8);
    if x < 0.0 {
        text.push('-');
    }
    let p = precision as i32;
    if exponent < -6 || exponent >= p {
        push_exponential(&mut text, &digits, exponent);
    } else if exponent < 0 {
        text.push_str("0.");
        text.extend((exponent..-1).map(|_| '0'));
        text.push_str(&digits);
    } else {
        let (whole, fraction) = digits.split_at(exponent as usize + 1);
        text.push_str(whole);
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
    }
    text
}

/// The digits that Number::toString uses, and the power of ten of the first of them.
fn shortest(x: f64) -> (String, i32) {
    if x == 0.0 {
        return ("0".to_owned(), 0);
    }
    let digits = Digits::of(x);
    let text = digits.as_slice().iter().copied().map(char::from).collect();
    (text, digits.point() - 1)
}

/// The `precision` leading digits of a finite, non-negative number, and the power of ten of the
/// first of them.
fn rounded(x: f64, precision: u32) -> (String, i32) {
    if x == 0.0 {
        return ("0".repeat(precision as usize), 0);
    }
    let nearest = split(&format!("{:.*e}", precision as usize - 1, x));
    // The exponent before rounding: one more digit cannot round a tie away.
    let (mut digits, exponent) = split(&format!("{:.*e}", precision as usize, x));
    if !is_tie(x, precision as i32 - 1 - exponent) {
        return nearest;
    }
    digits.pop();
    let mut up = String::with_capacity(digits.len() + 1);
    push_rounded_up(&mut up, &digits);
    if up.len() > precision as usize {
        up.pop();
        return (up, exponent + 1);
    }
    (up, exponent)
}

/// Whether a finite, non-negative number lies exactly half-way between two neighbouring multiples
/// of 10^-`place`.
///
/// Write x as f × 2^q with f odd. Half-way means that 2x × 10^`place` is an odd integer. That is
/// f × 2^(q + 1 + `place`) × 5^`place`, so the power of two must vanish, and for a negative
/// `place` the power of five must divide f.
fn is_tie(x: f64, place: i32) -> bool {
    if x == 0.0 {
        return false;
    }
    let bits = x.to_bits();
    let biased = (bits >> 52) as i32 & 0x7FF;
    let mut f = bits & ((1 << 52) - 1);
    let mut q = -1074;
    if biased > 0 {
        f |= 1 << 52;
        q += biased - 1;
    }
    let zeros = f.trailing_zeros();
    f >>= zeros;
    q += zeros as i32;
    if q + 1 + place != 0 {
        return false;
    }
    // 5^23 is more than 53 bits.
    match 5_u64.checked_pow(place.min(0).unsigned_abs()) {
        Some(power) => f.is_multiple_of(power),
        None => false,
    }
}

/// Splits Rust's `1.25e-7` into the digits `125` and the exponent -7.
fn split(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits = mantissa.chars().filter(|&c| c != '.').collect();
    (digits, exponent.parse().unwrap_or(0))
}

/// Appends `digits` (which may hold a point) plus one in the last place.
fn push_rounded_up(text: &mut String, digits: &str) {
    let mut up: Vec<u8> = digits.bytes().collect();
    if up.last() == Some(&b'.') {
        up.pop();
    }
    let mut carry = true;
    for byte in up.iter_mut().rev().filter(|byte| **byte != b'.') {
        if *byte == b'9' {
            *byte = b'0';
        } else {
            *byte += 1;
            carry = false;
            break;
        }
    }
    if carry {
        text.push('1');
    }
    text.extend(up.into_iter().map(char::from));
}

fn push_exponential(text: &mut String, digits: &str, exponent: i32) {
    let (first, rest) = digits.split_at(1);
    text.push_str(first);
    if !rest.is_empty() {
        text.push('.');
        text.push_str(rest);
    }
    // Writing to a `String` cannot fail.
    let _ = write!(text, "e{exponent:+}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed() {
        let cases = [
            (0.0, 0, "0"),
            (-0.0, 2, "0.00"),
            (0.5, 0, "1"),
            (1.5, 0, "2"),
            (2.5, 0, "3"),
            (-2.5, 0, "-3"),
            (-0.4, 0, "-0"),
            (9.5, 0, "10"),
            (99.95, 1, "100.0"),
            (1.005, 2, "1.00"),
            (1.45, 1, "1.4"),
            (0.125, 2, "0.13"),
            (999.9375, 3, "999.938"),
            (123.456, 2, "123.46"),
            (1e21, 2, "1e+21"),
            (1e-10, 2, "0.00"),
            (1000000000000000128.0, 1, "1000000000000000128.0"),
            (1125899906842624.2, 1, "1125899906842624.3"),
            (f64::NAN, 2, "NaN"),
            (f64::NEG_INFINITY, 2, "-Infinity"),
        ];
        for (x, digits, text) in cases {
            assert_eq!(to_fixed(x, digits), text);
        }
        assert_eq!(to_fixed(0.1, 100).len(), 102);
    }

    #[test]
    fn exponential() {
        let cases = [
            (0.0, None, "0e+0"),
            (-0.0, Some(2), "0.00e+0"),
            (123456.0, Some(2), "1.23e+5"),
            (123456.0, None, "1.23456e+5"),
            (25.0, Some(0), "3e+1"),
            (35.0, Some(0), "4e+1"),
            (95.0, Some(0), "1e+2"),
            (1445969.2231445312, None, "1.4459692231445312e+6"),
            (-1.5e-9, None, "-1.5e-9"),
            (12345.0, Some(3), "1.235e+4"),
            (0.00055, Some(0), "6e-4"),
            (f64::INFINITY, Some(200), "Infinity"),
        ];
        for (x, digits, text) in cases {
            assert_eq!(to_exponential(x, digits), text);
        }
    }

    #[test]
    fn precision() {
        let cases = [
            (0.0, 1, "0"),
            (0.0, 3, "0.00"),
            (123.456, 4, "123.5"),
            (0.000123, 2, "0.00012"),
            (0.0000001, 1, "1e-7"),
            (0.000001, 1, "0.000001"),
            (1250.0, 2, "1.3e+3"),
            (1350.0, 2, "1.4e+3"),
            (995.0, 2, "1.0e+3"),
            (99.99, 3, "100"),
            (1e21, 22, "1000000000000000000000"),
            (-35.0, 1, "-4e+1"),
            (1e21, 3, "1.00e+21"),
        ];
        for (x, precision, text) in cases {
            assert_eq!(to_precision(x, precision), text);
        }
    }
}
