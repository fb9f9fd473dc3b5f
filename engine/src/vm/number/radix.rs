//! Number::toString in radices 2 to 36.
//!
//! ECMAScript leaves the digits to the implementation, "a generalization" of the shortest text of
//! radix 10. Programs see which digits they get (`Math.random().toString(36)`), so these are the
//! ones that Node prints, found by comparing its output with models over some hundred thousand
//! values. What the comparison says:
//!
//! * A fraction is worked out in doubles: times the radix, the whole part is the digit. The same
//!   multiplication carries along `slack`, half the way to the next double. Digits end when what
//!   is left, or what is missing to the next digit, is within the slack. The roundings of those
//!   products show in the last digits, so exact arithmetic would print others.
//! * A whole number past 2^53 is divided down, in doubles too, as long as the quotient keeps 53
//!   bits; each such division is a zero at the end.
//!
//! Tables of what Node printed are in the tests.

/// 2^53: from here on, doubles are more than one apart.
const PRECISE: f64 = 9_007_199_254_740_992.0;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Number::toString(x, radix). The radix is taken for 10 if it is not one of 2 to 36.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>
#[must_use]
pub fn to_string_radix(x: f64, radix: u32) -> String {
    if !x.is_finite() || x == 0.0 || radix == 10 || !(2..=36).contains(&radix) {
        return super::to_string(x);
    }
    let (fraction, rounds_to_one) = fraction_digits(x.abs(), radix);
    let whole = x.abs().trunc() + f64::from(u8::from(rounds_to_one));
    let mut text = String::with_capacity(fraction.len() + 16);
    if x < 0.0 {
        text.push('-');
    }
    push_whole(whole, radix, &mut text);
    if !fraction.is_empty() {
        text.push('.');
        text.extend(fraction.iter().map(|&digit| letter(digit)));
    }
    text
}

fn letter(digit: u8) -> char {
    char::from(DIGITS.get(usize::from(digit)).copied().unwrap_or(b'0'))
}

/// The digits after the point of a positive number, and whether they round up to the next whole
/// number.
fn fraction_digits(x: f64, radix: u32) -> (Vec<u8>, bool) {
    let mut rest = x.fract();
    let mut slack = (x.next_up() - x) / 2.0;
    if slack == 0.0 {
        // Half of the smallest double is none; then it must be exact.
        slack = f64::from_bits(1);
    }
    let mut digits = Vec::new();
    while rest >= slack {
        slack *= f64::from(radix);
        rest *= f64::from(radix);
        // Less than the radix, which is at most 36.
        let digit = rest as u8;
        rest -= f64::from(digit);
        digits.push(digit);
        // Of a tie the even digit is taken.
        let upper_is_nearer = rest > 0.5 || (rest == 0.5 && digit % 2 == 1);
        if upper_is_nearer && rest + slack > 1.0 {
            let overflows = round_up(&mut digits, radix);
            return (digits, overflows);
        }
    }
    (digits, false)
}

/// Adds one to the last digit, where zeros at the end are left out; true if nothing is left, and
/// the one goes to the whole number.
fn round_up(digits: &mut Vec<u8>, radix: u32) -> bool {
    let highest = radix as u8 - 1;
    let kept = digits.iter().rposition(|&digit| digit < highest);
    digits.truncate(kept.map_or(0, |index| index + 1));
    match digits.last_mut() {
        Some(digit) => {
            *digit += 1;
            false
        }
        None => true,
    }
}

/// Writes a whole number that is not negative.
fn push_whole(mut whole: f64, radix: u32, text: &mut String) {
    let base = f64::from(radix);
    let mut zeros = 0;
    while whole / base >= PRECISE {
        whole /= base;
        zeros += 1;
    }
    let mut backwards = Vec::with_capacity(56);
    while whole >= PRECISE {
        let digit = whole % base;
        backwards.push(digit as u8);
        whole = (whole - digit) / base;
    }
    // FAST PATH: below 2^53 integers divide faster.
    let mut whole = whole as u64;
    while whole > 0 || backwards.is_empty() {
        backwards.push((whole % u64::from(radix)) as u8);
        whole /= u64::from(radix);
    }
    text.extend(backwards.iter().rev().map(|&digit| letter(digit)));
    text.extend(std::iter::repeat_n('0', zeros));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(f64, u32, &str)]) {
        for &(x, radix, text) in cases {
            assert_eq!(to_string_radix(x, radix), text, "{x} {radix}");
        }
    }

    #[test]
    fn texts_that_node_gives() {
        check(&[
            (255.0, 16, "ff"),
            (-255.5, 2, "-11111111.1"),
            (0.5, 2, "0.1"),
            (35.0, 36, "z"),
            (0.0, 7, "0"),
            (-0.0, 7, "0"),
            (f64::NAN, 2, "NaN"),
            (f64::NEG_INFINITY, 2, "-Infinity"),
            (1e21, 10, "1e+21"),
            (123.456, 36, "3f.gez4w97ry"),
        ]);
    }

    #[test]
    fn fractions_end_where_the_double_is_told_from_others() {
        check(&[
            (0.1, 3, "0.0022002200220022002200220022002201"),
            (0.1, 16, "0.1999999999999a"),
            (1.0 / 3.0, 3, "0.1"),
            (0.3, 5, "0.122222222222222222222222"),
            (1e-7, 20, "0.0000068"),
            (4.553, 23, "4.cgc81fe490kc"),
            (1.277, 33, "1.94li3sdkow7"),
            (5.604722305634266e-9, 34, "0.000008mctu1ihp2q"),
            (35.99999999999999, 36, "z.zzzzzzzzz"),
            (4_503_599_627_370_495.5, 6, "112202205035035011223.3"),
        ]);
    }

    #[test]
    fn ties_go_to_the_even_digit() {
        check(&[
            (0.5, 3, "0.1111111111111111111111111111111112"),
            (2.5, 3, "2.111111111111111111111111111111112"),
            (2.5, 5, "2.2222222222222222222222"),
            (43.5, 7, "61.33333333333333334"),
            (736.5, 29, "pb.eeeeeeeee"),
        ]);
    }

    #[test]
    fn large_numbers_end_in_zeros() {
        check(&[
            (1e21, 36, "5v1j4f4ds7c000"),
            (1e21, 7, "5135235413265003022600000"),
            (7.728844446040499e30, 29, "1eja1feb8ekp0000000000"),
            (8.772360892361497e27, 17, "77g756f05e6dga000000000"),
            (1.1620677649656863e19, 7, "26543124012162360141000"),
            (
                9_007_199_254_740_994.0,
                3,
                "1121202011211211122211100012101111",
            ),
            (9_007_199_254_740_991.0, 35, "399uaj5f5vv"),
        ]);
        let text = to_string_radix(2f64.powi(70), 2);
        assert_eq!((text.len(), &text[..2]), (71, "10"));
    }

    #[test]
    fn the_smallest_number_is_not_zero() {
        let text = to_string_radix(5e-324, 2);
        assert_eq!(text.len(), 1076);
        assert!(text.ends_with('1'));
    }

    #[test]
    fn rounding_up_reaches_the_whole_number() {
        let mut digits = vec![1, 2, 2];
        assert!(!round_up(&mut digits, 3));
        assert_eq!(digits, [2]);
        assert!(round_up(&mut vec![2, 2], 3));
    }

    /// The value does not fit a radix: as radix 10, without a panic.
    #[test]
    fn a_radix_that_is_none() {
        check(&[(12.5, 1, "12.5"), (12.5, 99, "12.5"), (12.5, 0, "12.5")]);
    }
}
