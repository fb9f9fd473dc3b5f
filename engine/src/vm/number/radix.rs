//! Number::toString in radices 2 to 36.
//!
//! ECMAScript leaves the digits of a fraction to the implementation. Here a fraction ends as soon
//! as its digits single out the double: when what remains is less than half the distance to the
//! next double, the rest says nothing.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Integers from here on are not all doubles.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The number's text in `radix`, which is taken into 2..=36.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>
#[must_use]
pub fn to_string_radix(x: f64, radix: u32) -> String {
    let radix = radix.clamp(2, 36);
    if radix == 10 || !x.is_finite() {
        return super::to_string(x);
    }
    let magnitude = x.abs();
    let mut whole = Vec::new(); // least significant digit first
    let mut fraction = Vec::new();
    let mut int = magnitude.floor();
    if int != magnitude && write_fraction(magnitude, radix, &mut fraction) {
        int += 1.0;
    }
    write_whole(int, radix, &mut whole);
    let mut text = String::with_capacity(whole.len() + fraction.len() + 2);
    if x < 0.0 {
        text.push('-');
    }
    text.extend(whole.iter().rev().map(|&digit| digit_char(digit)));
    if !fraction.is_empty() {
        text.push('.');
        text.extend(fraction.iter().map(|&digit| digit_char(digit)));
    }
    text
}

fn digit_char(digit: u8) -> char {
    DIGITS
        .get(usize::from(digit))
        .copied()
        .map_or('0', char::from)
}

/// Digits of the integer, the last one first. Digits that are all below the precision of a double
/// are 0; one that is partly so is still given.
fn write_whole(mut int: f64, radix: u32, whole: &mut Vec<u8>) {
    let base = f64::from(radix);
    while int / base >= EXACT {
        int /= base;
        whole.push(0);
    }
    // FAST PATH: integer division where it is exact.
    if int < EXACT {
        let mut int = int as u64;
        let radix = u64::from(radix);
        while int > 0 || whole.is_empty() {
            whole.push((int % radix) as u8);
            int /= radix;
        }
        return;
    }
    // The last digit but zeros rounds with the doubles, as other engines have it.
    let digit = int % base;
    whole.push(digit as u8);
    write_whole((int - digit) / base, radix, whole);
}

/// Digits of the fraction of `magnitude`; true if rounding carried into the integer.
fn write_fraction(magnitude: f64, radix: u32, fraction: &mut Vec<u8>) -> bool {
    let base = f64::from(radix);
    let mut rest = magnitude - magnitude.floor();
    let mut half_gap = ((magnitude.next_up() - magnitude) * 0.5).max(f64::from_bits(1));
    while rest >= half_gap {
        rest *= base;
        half_gap *= base;
        let digit = rest as u8;
        rest -= f64::from(digit);
        fraction.push(digit);
        let rounds_up = rest > 0.5 || (rest == 0.5 && digit % 2 == 1);
        if rounds_up && rest + half_gap > 1.0 {
            return carry(radix, fraction);
        }
    }
    false
}

/// Adds one in the last place; true if that carries past the point.
fn carry(radix: u32, fraction: &mut Vec<u8>) -> bool {
    while let Some(last) = fraction.pop() {
        if u32::from(last) + 1 < radix {
            fraction.push(last + 1);
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_node_gives() {
        let cases = [
            (255.0, 16, "ff"),
            (-255.0, 2, "-11111111"),
            (0.5, 2, "0.1"),
            (0.1, 3, "0.0022002200220022002200220022002201"),
            (0.1, 16, "0.1999999999999a"),
            (35.0, 36, "z"),
            (1e21, 36, "5v1j4f4ds7c000"),
            (0.0, 7, "0"),
            (-0.0, 7, "0"),
            (f64::NAN, 2, "NaN"),
            (f64::NEG_INFINITY, 2, "-Infinity"),
            (1e21, 10, "1e+21"),
        ];
        for (x, radix, text) in cases {
            assert_eq!(to_string_radix(x, radix), text, "{x} {radix}");
        }
    }

    #[test]
    fn the_smallest_number_is_not_zero() {
        let text = to_string_radix(5e-324, 2);
        assert_eq!(text.len(), 1076);
        assert!(text.ends_with('1'));
    }

    #[test]
    fn a_carry_reaches_the_integer() {
        let mut digits = vec![1, 2, 2];
        assert!(!carry(3, &mut digits));
        assert_eq!(digits, [2]);
        assert!(carry(3, &mut vec![2, 2]));
    }
}
