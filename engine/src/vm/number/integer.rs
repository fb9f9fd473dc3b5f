//! Conversions of a number to the integer types: always modulo 2^n, never by trapping.

/// ToInt32.
///
/// <https://tc39.es/ecma262/#sec-toint32>
#[inline]
#[must_use]
pub fn to_int32(x: f64) -> i32 {
    // FAST PATH: truncation to 64 bits is exact below 2^63, and NaN becomes 0.
    let int = x as i64;
    if int != i64::MAX && int != i64::MIN {
        return int as i32;
    }
    to_int32_large(x)
}

/// ToInt32 of what is beyond 64 bits, where doubles are multiples of 2^11 and more.
#[cold]
fn to_int32_large(x: f64) -> i32 {
    let bits = x.to_bits();
    let shift = ((bits >> 52) & 0x7FF) as i32 - 1075;
    if !(0..32).contains(&shift) {
        return 0;
    }
    let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
    let low = (mantissa << shift) as i32;
    if x < 0.0 { low.wrapping_neg() } else { low }
}

/// ToUint32.
///
/// <https://tc39.es/ecma262/#sec-touint32>
#[inline]
#[must_use]
pub fn to_uint32(x: f64) -> u32 {
    to_int32(x) as u32
}

/// ToInt16.
///
/// <https://tc39.es/ecma262/#sec-toint16>
#[inline]
#[must_use]
pub fn to_int16(x: f64) -> i16 {
    to_int32(x) as i16
}

/// ToUint16.
///
/// <https://tc39.es/ecma262/#sec-touint16>
#[inline]
#[must_use]
pub fn to_uint16(x: f64) -> u16 {
    to_int32(x) as u16
}

/// ToInt8.
///
/// <https://tc39.es/ecma262/#sec-toint8>
#[inline]
#[must_use]
pub fn to_int8(x: f64) -> i8 {
    to_int32(x) as i8
}

/// ToUint8.
///
/// <https://tc39.es/ecma262/#sec-touint8>
#[inline]
#[must_use]
pub fn to_uint8(x: f64) -> u8 {
    to_int32(x) as u8
}

/// ToUint8Clamp: the nearest byte, ties to even, NaN to 0.
///
/// <https://tc39.es/ecma262/#sec-touint8clamp>
#[inline]
#[must_use]
pub fn to_uint8_clamp(x: f64) -> u8 {
    x.round_ties_even() as u8
}

/// ToIntegerOrInfinity of a number: truncated, NaN and both zeros to +0.
///
/// <https://tc39.es/ecma262/#sec-tointegerorinfinity>
#[inline]
#[must_use]
pub fn to_integer_or_infinity(x: f64) -> f64 {
    if x.is_nan() {
        return 0.0;
    }
    // Adding +0 turns -0 into +0.
    x.trunc() + 0.0
}

/// ToLength of a number: an integer from 0 to 2^53 - 1.
///
/// <https://tc39.es/ecma262/#sec-tolength>
#[inline]
#[must_use]
pub fn to_length(x: f64) -> u64 {
    // A cast saturates, and takes NaN and what is negative to 0.
    (x as u64).min((1 << 53) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_32_bits() {
        let cases = [
            (0.0, 0),
            (-0.9, 0),
            (1.9, 1),
            (-1.9, -1),
            (4294967296.0, 0),
            (4294967297.5, 1),
            (2147483648.0, i32::MIN),
            (-2147483649.0, i32::MAX),
            (f64::NAN, 0),
            (f64::INFINITY, 0),
            (f64::NEG_INFINITY, 0),
            (9223372036854775808.0, 0),
            (9223372036854775808.0 + 2048.0, 2048),
            (-(9223372036854775808.0 + 2048.0), -2048),
            (9007199254740993e12, 338538496),
            (f64::MAX, 0),
            (5e-324, 0),
        ];
        for (x, int) in cases {
            let exact = if x.is_finite() {
                (x.trunc() % 4294967296.0) as i64 as i32
            } else {
                0
            };
            assert_eq!(to_int32(x), exact, "{x}");
            if x != 9007199254740993e12 {
                assert_eq!(to_int32(x), int, "{x}");
            }
        }
        assert_eq!(to_uint32(-1.0), u32::MAX);
    }

    #[test]
    fn narrow_types() {
        assert_eq!(to_int8(200.0), -56);
        assert_eq!(to_uint8(-1.0), 255);
        assert_eq!(to_int16(40000.0), -25536);
        assert_eq!(to_uint16(65537.0), 1);
        let clamped = [-5.0, 0.5, 1.5, 254.5, 255.5, 1e9, f64::NAN].map(to_uint8_clamp);
        assert_eq!(clamped, [0, 0, 2, 254, 255, 255, 0]);
    }

    #[test]
    fn integer_or_infinity() {
        assert!(to_integer_or_infinity(-0.5).is_sign_positive());
        assert_eq!(to_integer_or_infinity(f64::NAN), 0.0);
        assert_eq!(to_integer_or_infinity(-7.9), -7.0);
        assert_eq!(to_integer_or_infinity(f64::NEG_INFINITY), f64::NEG_INFINITY);
        assert_eq!(to_length(-3.0), 0);
        assert_eq!(to_length(3.7), 3);
        assert_eq!(to_length(1e300), (1 << 53) - 1);
    }
}
