//! The functions of Math where ECMAScript and the C library part ways, and thin names for the
//! rest, so that every one of them is called from one place.

/// Number::exponentiate. Unlike C's `pow`, NaN as the exponent and a base of ±1 with an infinite
/// exponent give NaN.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-number-exponentiate>
#[inline]
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    // FAST PATH: squares are the commonest power, and one multiplication rounds them rightly.
    if exponent == 2.0 {
        return base * base;
    }
    if exponent.is_nan() || (exponent.is_infinite() && base.abs() == 1.0) {
        return f64::NAN;
    }
    base.powf(exponent)
}

/// Number::remainder: the sign is the dividend's.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-number-remainder>
#[inline]
#[must_use]
pub fn remainder(n: f64, d: f64) -> f64 {
    // FAST PATH: small integers, except where the result would be a zero with a sign.
    let (a, b) = (n as i32, d as i32);
    if a > 0 && b > 0 && f64::from(a) == n && f64::from(b) == d {
        return f64::from(a % b);
    }
    n % d
}

/// `Math.round`: ties go up, and what rounds to zero keeps its sign.
///
/// <https://tc39.es/ecma262/#sec-math.round>
#[inline]
#[must_use]
pub fn round(x: f64) -> f64 {
    let floor = x.floor();
    // Infinities and NaN give NaN here and fall through to the floor, which is themselves.
    let up = if x - floor >= 0.5 { floor + 1.0 } else { floor };
    up.copysign(x)
}

/// The larger of two numbers, as `Math.max` picks: NaN wins, +0 is above -0.
///
/// <https://tc39.es/ecma262/#sec-math.max>
#[inline]
#[must_use]
pub fn max(a: f64, b: f64) -> f64 {
    if a > b {
        a
    } else if b > a {
        b
    } else if a == b {
        if a.is_sign_negative() { b } else { a }
    } else {
        f64::NAN
    }
}

/// The smaller of two numbers, as `Math.min` picks: NaN wins, -0 is below +0.
///
/// <https://tc39.es/ecma262/#sec-math.min>
#[inline]
#[must_use]
pub fn min(a: f64, b: f64) -> f64 {
    if a < b {
        a
    } else if b < a {
        b
    } else if a == b {
        if a.is_sign_negative() { a } else { b }
    } else {
        f64::NAN
    }
}

/// `Math.sign`: 1, -1, or the zero or NaN given.
///
/// <https://tc39.es/ecma262/#sec-math.sign>
#[inline]
#[must_use]
pub fn sign(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() {
        x
    } else {
        1_f64.copysign(x)
    }
}

/// `Math.clz32`, after ToUint32.
///
/// <https://tc39.es/ecma262/#sec-math.clz32>
#[inline]
#[must_use]
pub fn clz32(x: f64) -> u32 {
    super::to_uint32(x).leading_zeros()
}

/// `Math.imul`: the low 32 bits of a product.
///
/// <https://tc39.es/ecma262/#sec-math.imul>
#[inline]
#[must_use]
pub fn imul(a: f64, b: f64) -> i32 {
    super::to_int32(a).wrapping_mul(super::to_int32(b))
}

/// `Math.hypot`: an infinity wins over NaN, and nothing overflows on the way.
///
/// <https://tc39.es/ecma262/#sec-math.hypot>
#[must_use]
pub fn hypot(terms: &[f64]) -> f64 {
    let mut largest = 0.0;
    let mut has_nan = false;
    for term in terms {
        let magnitude = term.abs();
        has_nan |= magnitude.is_nan();
        if magnitude > largest {
            largest = magnitude;
        }
    }
    if largest == f64::INFINITY {
        return f64::INFINITY;
    }
    if has_nan {
        return f64::NAN;
    }
    if largest == 0.0 {
        return 0.0;
    }
    match terms {
        [a] => a.abs(),
        [a, b] => a.hypot(*b),
        _ => scaled_hypot(terms, largest),
    }
}

/// Sums the squares after dividing by a power of two near the largest term, which is exact, and
/// keeps what each addition loses (Kahan's summation).
fn scaled_hypot(terms: &[f64], largest: f64) -> f64 {
    let exponent = ((largest.to_bits() >> 52) as i32).clamp(1, 2045) - 1023;
    let scale = f64::from_bits(((1023 - exponent) as u64) << 52);
    let mut sum = 0.0;
    let mut lost = 0.0;
    for term in terms {
        let scaled = term * scale;
        let square = scaled * scaled - lost;
        let next = sum + square;
        lost = (next - sum) - square;
        sum = next;
    }
    sum.sqrt() / scale
}

/// `Math.atan2`, in which C and ECMAScript agree down to the zeros.
///
/// <https://tc39.es/ecma262/#sec-math.atan2>
#[must_use]
pub fn atan2(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

/// `Math.log1p`.
///
/// <https://tc39.es/ecma262/#sec-math.log1p>
#[must_use]
pub fn log1p(x: f64) -> f64 {
    // Rust's promises no sign for a zero.
    if x == 0.0 { x } else { x.ln_1p() }
}

/// `Math.expm1`.
///
/// <https://tc39.es/ecma262/#sec-math.expm1>
#[must_use]
pub fn expm1(x: f64) -> f64 {
    if x == 0.0 { x } else { x.exp_m1() }
}

/// `Math.asinh`.
///
/// <https://tc39.es/ecma262/#sec-math.asinh>
#[must_use]
pub fn asinh(x: f64) -> f64 {
    if x == 0.0 || x.is_infinite() {
        x
    } else {
        x.asinh()
    }
}

/// `Math.acosh`.
///
/// <https://tc39.es/ecma262/#sec-math.acosh>
#[must_use]
pub fn acosh(x: f64) -> f64 {
    x.acosh()
}

/// `Math.atanh`.
///
/// <https://tc39.es/ecma262/#sec-math.atanh>
#[must_use]
pub fn atanh(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    // Half the logarithm of (1 + x) / (1 - x), which keeps its digits for a small x.
    let magnitude = x.abs();
    let value = 0.5 * (2.0 * magnitude / (1.0 - magnitude)).ln_1p();
    if magnitude > 1.0 {
        f64::NAN
    } else {
        value.copysign(x)
    }
}

/// A function of Math that takes one number to one number, by its name; `None` for any other name.
#[must_use]
pub fn unary(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "abs" => f64::abs,
        "acos" => f64::acos,
        "acosh" => acosh,
        "asin" => f64::asin,
        "asinh" => asinh,
        "atan" => f64::atan,
        "atanh" => atanh,
        "cbrt" => f64::cbrt,
        "ceil" => f64::ceil,
        "cos" => f64::cos,
        "cosh" => f64::cosh,
        "exp" => f64::exp,
        "expm1" => expm1,
        "f16round" => super::f16round,
        "floor" => f64::floor,
        "fround" => super::fround,
        "log" => f64::ln,
        "log10" => f64::log10,
        "log1p" => log1p,
        "log2" => f64::log2,
        "round" => round,
        "sign" => sign,
        "sin" => f64::sin,
        "sinh" => f64::sinh,
        "sqrt" => f64::sqrt,
        "tan" => f64::tan,
        "tanh" => f64::tanh,
        "trunc" => f64::trunc,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: f64, b: f64) -> bool {
        a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
    }

    #[test]
    fn rounding() {
        let cases = [
            (0.5, 1.0),
            (-0.5, -0.0),
            (-0.2, -0.0),
            (-0.0, -0.0),
            (2.5, 3.0),
            (-2.5, -2.0),
            (-2.6, -3.0),
            (0.49999999999999994, 0.0),
            (-0.5000000000000001, -1.0),
            (4503599627370495.5, 4503599627370496.0),
            (9007199254740991.0, 9007199254740991.0),
            (f64::INFINITY, f64::INFINITY),
            (f64::NEG_INFINITY, f64::NEG_INFINITY),
            (f64::NAN, f64::NAN),
        ];
        for (x, rounded) in cases {
            assert!(same(round(x), rounded), "{x}");
        }
    }

    #[test]
    fn extremes() {
        assert!(same(max(-0.0, 0.0), 0.0) && same(max(0.0, -0.0), 0.0));
        assert!(same(min(-0.0, 0.0), -0.0) && same(min(0.0, -0.0), -0.0));
        assert!(max(f64::NAN, 1.0).is_nan() && min(1.0, f64::NAN).is_nan());
        assert!(same(max(1.0, 2.0), 2.0) && same(min(1.0, 2.0), 1.0));
    }

    #[test]
    fn powers() {
        assert!(pow(1.0, f64::INFINITY).is_nan());
        assert!(pow(-1.0, f64::NEG_INFINITY).is_nan());
        assert!(pow(1.0, f64::NAN).is_nan());
        assert_eq!(pow(f64::NAN, 0.0), 1.0);
        assert!(same(pow(-0.0, 3.0), -0.0));
        assert_eq!(pow(f64::NEG_INFINITY, 0.5), f64::INFINITY);
        assert_eq!(pow(2.0, 10.0), 1024.0);
        assert!(same(remainder(-4.0, 2.0), -0.0) && same(remainder(7.0, 3.0), 1.0));
        assert!(remainder(1.0, 0.0).is_nan());
        assert_eq!(remainder(5.0, f64::INFINITY), 5.0);
    }

    #[test]
    fn lengths() {
        assert_eq!(hypot(&[]), 0.0);
        assert_eq!(hypot(&[-0.0]), 0.0);
        assert_eq!(hypot(&[3.0, 4.0]), 5.0);
        assert_eq!(hypot(&[1e200, 1e200, 1e200]), 1.7320508075688772e200);
        assert_eq!(hypot(&[5e-324, 0.0, 0.0]), 5e-324);
        assert_eq!(hypot(&[1e-320, 1e-320, 1e-320]), 1.732e-320);
        assert_eq!(hypot(&[f64::NAN, f64::NEG_INFINITY]), f64::INFINITY);
        assert!(hypot(&[f64::NAN, 1.0]).is_nan());
    }

    #[test]
    fn zeros_keep_their_sign() {
        for name in [
            "asinh", "atanh", "expm1", "log1p", "sign", "cbrt", "trunc", "sinh",
        ] {
            let function = unary(name).unwrap_or(f64::abs);
            assert!(same(function(-0.0), -0.0), "{name}");
        }
        assert!(atanh(1.0).is_infinite() && atanh(1.5).is_nan());
        assert_eq!(atanh(-1.0), f64::NEG_INFINITY);
        assert!(unary("random").is_none());
        assert_eq!(clz32(0.0), 32);
        assert_eq!(imul(4294967295.0, 5.0), -5);
    }
}
