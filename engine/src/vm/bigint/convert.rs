//! To and from doubles and 64-bit integers, and comparison with doubles.

use super::BigInt;
use core::cmp::Ordering;
use num_bigint::Sign;
use num_traits::{FromPrimitive as _, ToPrimitive as _, Zero as _};

/// NumberToBigInt: the BigInt of the same value; `None` (a RangeError) if the number is not an
/// integer.
///
/// <https://tc39.es/ecma262/#sec-numbertobigint>
#[must_use]
pub fn from_f64(x: f64) -> Option<BigInt> {
    if x.trunc() != x {
        return None;
    }
    BigInt::from_f64(x)
}

/// The nearest double, ties to even; an infinity when there is none near.
///
/// <https://tc39.es/ecma262/#sec-number-constructor-number-value>
#[must_use]
pub fn to_f64(x: &BigInt) -> f64 {
    let magnitude = x.magnitude();
    let bits = magnitude.bits();
    let value = if bits <= 64 {
        magnitude.to_u64().unwrap_or(0) as f64
    } else if bits > 1024 {
        f64::INFINITY
    } else {
        // The top 64 bits, the last of which also stands for all below; then one rounding.
        let shift = bits - 64;
        let top = (magnitude >> shift).to_u64().unwrap_or(0);
        let lost = magnitude.trailing_zeros().unwrap_or(0) < shift;
        (top | u64::from(lost)) as f64 * 2_f64.powi(shift as i32)
    };
    if x.sign() == Sign::Minus {
        -value
    } else {
        value
    }
}

/// The low 64 bits.
///
/// <https://tc39.es/ecma262/#sec-tobiguint64>
#[must_use]
pub fn to_u64_wrapping(x: &BigInt) -> u64 {
    let low = x.magnitude().iter_u64_digits().next().unwrap_or(0);
    if x.sign() == Sign::Minus {
        low.wrapping_neg()
    } else {
        low
    }
}

/// The low 64 bits, the topmost of them as the sign.
///
/// <https://tc39.es/ecma262/#sec-tobigint64>
#[must_use]
pub fn to_i64_wrapping(x: &BigInt) -> i64 {
    to_u64_wrapping(x) as i64
}

/// How a BigInt compares with a number, exactly; `None` for NaN.
///
/// <https://tc39.es/ecma262/#sec-islessthan>
#[must_use]
pub fn compare_f64(x: &BigInt, y: f64) -> Option<Ordering> {
    if y.is_nan() {
        return None;
    }
    // FAST PATH: a sign or a size apart.
    let sign = match x.sign() {
        Sign::Minus => -1.0,
        Sign::NoSign => 0.0,
        Sign::Plus => 1.0,
    };
    if y.is_infinite() || x.bits() > 1024 {
        return if y.is_infinite() {
            0.0.partial_cmp(&y)
        } else {
            sign.partial_cmp(&0.0)
        };
    }
    if y == 0.0 || sign != y.signum() {
        return sign.partial_cmp(&y);
    }
    let whole = BigInt::from_f64(y.trunc()).unwrap_or_else(BigInt::zero);
    // Equal integer parts: the fraction of y decides, being beyond x on y's own side.
    let fraction = y - y.trunc();
    x.cmp(&whole)
        .then_with(|| 0.0.partial_cmp(&fraction).unwrap_or(Ordering::Equal))
        .into()
}

/// BigInt::equal with a number: whether their values are the same.
///
/// <https://tc39.es/ecma262/#sec-islooselyequal>
#[must_use]
pub fn equals_f64(x: &BigInt, y: f64) -> bool {
    compare_f64(x, y) == Some(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles() {
        assert_eq!(from_f64(1.5), None);
        assert_eq!(from_f64(f64::NAN), None);
        assert_eq!(from_f64(f64::INFINITY), None);
        assert_eq!(from_f64(-0.0), Some(BigInt::zero()));
        for x in [
            1e300,
            -9007199254740993.0,
            f64::MAX,
            2_f64.powi(64),
            12345.0,
        ] {
            assert_eq!(from_f64(x).as_ref().map(to_f64), Some(x));
        }
    }

    #[test]
    fn rounds_to_even() {
        let big = |text: &str| text.parse::<BigInt>().unwrap_or_default();
        let cases = [
            ("9007199254740993", 9007199254740992.0),
            ("9007199254740995", 9007199254740996.0),
            ("-36893488147419107328", -36893488147419103232.0),
            ("36893488147419107329", 36893488147419111424.0),
            ("18446744073709551615", 18446744073709551616.0),
        ];
        for (text, x) in cases {
            assert_eq!(to_f64(&big(text)), x, "{text}");
            assert_eq!(text.parse(), Ok(x));
        }
        let largest = from_f64(f64::MAX).unwrap_or_default();
        let half_way = BigInt::from(1) << 970;
        assert_eq!(to_f64(&(&largest + &half_way - 1)), f64::MAX);
        assert_eq!(to_f64(&(&largest + &half_way)), f64::INFINITY);
        assert_eq!(to_f64(&(BigInt::from(-1) << 2000)), f64::NEG_INFINITY);
    }

    #[test]
    fn wraps() {
        for x in [i64::MIN, -1, 0, 1, i64::MAX] {
            assert_eq!(to_i64_wrapping(&BigInt::from(x)), x);
            assert_eq!(
                to_i64_wrapping(&(BigInt::from(x) + (BigInt::from(7) << 64))),
                x
            );
            assert_eq!(to_u64_wrapping(&BigInt::from(x)), x as u64);
        }
    }

    #[test]
    fn compares() {
        use Ordering::{Equal, Greater, Less};
        let cases = [
            (1, 1.5, Less),
            (2, 1.5, Greater),
            (-1, -1.5, Greater),
            (-2, -1.5, Less),
            (0, -0.0, Equal),
            (0, 0.1, Less),
            (0, -0.1, Greater),
            (5, -5.0, Greater),
            (i64::MAX, 9223372036854775808.0, Less),
            (i64::MIN, -9223372036854775808.0, Equal),
            (1, f64::INFINITY, Less),
            (1, f64::NEG_INFINITY, Greater),
            (1, 5e-324, Greater),
        ];
        for (x, y, order) in cases {
            assert_eq!(compare_f64(&BigInt::from(x), y), Some(order), "{x} {y}");
        }
        assert_eq!(compare_f64(&BigInt::zero(), f64::NAN), None);
        let long = BigInt::from(-1) << 5000;
        assert_eq!(compare_f64(&long, f64::MIN), Some(Less));
        assert_eq!(compare_f64(&long, f64::NEG_INFINITY), Some(Greater));
        assert!(equals_f64(&BigInt::from(3), 3.0));
    }
}
