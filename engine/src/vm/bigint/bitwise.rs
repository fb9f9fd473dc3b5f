//! Bitwise operations, as if on two's complement without end, and wrapping to a width.

use super::{BigInt, BigIntError, MAX_BITS, Result, checked};
use num_bigint::Sign;
use num_traits::{One as _, ToPrimitive as _, Zero as _};

/// BigInt::bitwiseAND.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseAND>
#[must_use]
pub fn bitwise_and(x: &BigInt, y: &BigInt) -> BigInt {
    x & y
}

/// BigInt::bitwiseOR.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseOR>
#[must_use]
pub fn bitwise_or(x: &BigInt, y: &BigInt) -> BigInt {
    x | y
}

/// BigInt::bitwiseXOR.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseXOR>
#[must_use]
pub fn bitwise_xor(x: &BigInt, y: &BigInt) -> BigInt {
    x ^ y
}

/// BigInt::bitwiseNOT: -x - 1.
///
/// # Errors
/// When the result is too big.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-bitwiseNOT>
pub fn bitwise_not(x: &BigInt) -> Result<BigInt> {
    checked(!x)
}

/// BigInt::leftShift; a negative `y` shifts to the right.
///
/// # Errors
/// When the result is too big.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-leftShift>
pub fn left_shift(x: &BigInt, y: &BigInt) -> Result<BigInt> {
    match y.sign() {
        Sign::NoSign => Ok(x.clone()),
        Sign::Minus => Ok(shift_right(x, y.magnitude().to_u64())),
        Sign::Plus => shift_left(x, y.to_u64()),
    }
}

/// BigInt::signedRightShift, which rounds down; a negative `y` shifts to the left.
///
/// # Errors
/// When the result is too big.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-signedRightShift>
pub fn signed_right_shift(x: &BigInt, y: &BigInt) -> Result<BigInt> {
    match y.sign() {
        Sign::NoSign => Ok(x.clone()),
        Sign::Minus => shift_left(x, y.magnitude().to_u64()),
        Sign::Plus => Ok(shift_right(x, y.to_u64())),
    }
}

/// `bits` is `None` beyond 64 bits.
fn shift_left(x: &BigInt, bits: Option<u64>) -> Result<BigInt> {
    if x.is_zero() {
        return Ok(BigInt::zero());
    }
    match bits.and_then(|bits| bits.checked_add(x.bits())) {
        Some(len) if len <= MAX_BITS => Ok(x << bits.unwrap_or(0)),
        _ => Err(BigIntError::TooBig),
    }
}

fn shift_right(x: &BigInt, bits: Option<u64>) -> BigInt {
    match bits {
        Some(bits) if bits < x.bits() => x >> bits,
        _ if x.sign() == Sign::Minus => -BigInt::one(),
        _ => BigInt::zero(),
    }
}

/// `BigInt.asIntN`: the low `bits` bits, the topmost of them as the sign. `bits` is an index, up
/// to 2^53 - 1.
///
/// # Errors
/// Never for a BigInt within [`MAX_BITS`]; a guard against one beyond.
///
/// <https://tc39.es/ecma262/#sec-bigint.asintn>
pub fn as_int_n(bits: u64, x: &BigInt) -> Result<BigInt> {
    let Some(sign_bit) = bits.checked_sub(1) else {
        return Ok(BigInt::zero());
    };
    // FAST PATH: it fits.
    if x.bits() < bits {
        return Ok(x.clone());
    }
    let modulus = low_bits(bits, x);
    checked(if modulus.bit(sign_bit) {
        modulus - (BigInt::one() << bits)
    } else {
        modulus
    })
}

/// `BigInt.asUintN`: the low `bits` bits. `bits` is an index, up to 2^53 - 1.
///
/// # Errors
/// When a negative number would take too many bits.
///
/// <https://tc39.es/ecma262/#sec-bigint.asuintn>
pub fn as_uint_n(bits: u64, x: &BigInt) -> Result<BigInt> {
    // FAST PATH: it fits.
    if x.sign() != Sign::Minus && x.bits() <= bits {
        return Ok(x.clone());
    }
    if bits > MAX_BITS {
        return Err(BigIntError::TooBig);
    }
    Ok(low_bits(bits, x))
}

/// x modulo 2^`bits`; `bits` is no more than a BigInt may have.
fn low_bits(bits: u64, x: &BigInt) -> BigInt {
    let mask = (BigInt::one() << bits) - 1;
    x & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(x: i64) -> BigInt {
        BigInt::from(x)
    }

    #[test]
    fn twos_complement() {
        for x in [-300, -256, -1, 0, 1, 77, 255] {
            for y in [-129, -1, 0, 5, 1024] {
                assert_eq!(bitwise_and(&big(x), &big(y)), big(x & y));
                assert_eq!(bitwise_or(&big(x), &big(y)), big(x | y));
                assert_eq!(bitwise_xor(&big(x), &big(y)), big(x ^ y));
            }
            assert_eq!(bitwise_not(&big(x)), Ok(big(!x)));
            for shift in 0..20 {
                assert_eq!(left_shift(&big(x), &big(shift)), Ok(big(x << shift)));
                assert_eq!(left_shift(&big(x), &big(-shift)), Ok(big(x >> shift)));
                assert_eq!(
                    signed_right_shift(&big(x), &big(shift)),
                    Ok(big(x >> shift))
                );
            }
        }
    }

    #[test]
    fn far_shifts() {
        let far = big(1) << 80;
        assert_eq!(left_shift(&big(1), &far), Err(BigIntError::TooBig));
        assert_eq!(left_shift(&big(0), &far), Ok(big(0)));
        assert_eq!(signed_right_shift(&big(-5), &far), Ok(big(-1)));
        assert_eq!(signed_right_shift(&big(5), &far), Ok(big(0)));
        assert_eq!(left_shift(&big(1), &big(1 << 30)), Err(BigIntError::TooBig));
    }

    #[test]
    fn widths() {
        for x in [
            -300_i64, -256, -129, -128, -1, 0, 1, 127, 128, 255, 256, 1000,
        ] {
            assert_eq!(as_int_n(8, &big(x)), Ok(big(i64::from(x as i8))), "{x}");
            assert_eq!(as_uint_n(8, &big(x)), Ok(big(i64::from(x as u8))), "{x}");
            assert_eq!(as_int_n(0, &big(x)), Ok(big(0)));
            assert_eq!(as_uint_n(0, &big(x)), Ok(big(0)));
            assert_eq!(as_int_n(1, &big(x)), Ok(big(-(x & 1))));
        }
        let widest = (1 << 53) - 1;
        assert_eq!(as_int_n(widest, &big(-5)), Ok(big(-5)));
        assert_eq!(as_uint_n(widest, &big(5)), Ok(big(5)));
        assert_eq!(as_uint_n(widest, &big(-5)), Err(BigIntError::TooBig));
    }
}
