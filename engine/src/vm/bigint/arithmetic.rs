//! Arithmetic: `+ - * / % **` and negation.

use super::{BigInt, BigIntError, MAX_BITS, Poll, Result, checked, long};
use num_bigint::Sign;
use num_traits::{One as _, ToPrimitive as _, Zero as _};

/// BigInt::add.
///
/// # Errors
/// When the sum is too big.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-add>
pub fn add(x: &BigInt, y: &BigInt) -> Result<BigInt> {
    checked(x + y)
}

/// BigInt::subtract.
///
/// # Errors
/// When the difference is too big.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-subtract>
pub fn sub(x: &BigInt, y: &BigInt) -> Result<BigInt> {
    checked(x - y)
}

/// BigInt::unaryMinus.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-unaryMinus>
#[must_use]
pub fn neg(x: &BigInt) -> BigInt {
    -x
}

/// BigInt::multiply.
///
/// # Errors
/// When the product is too big, or the poll says stop.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-multiply>
pub fn mul(x: &BigInt, y: &BigInt, poll: Poll<'_>) -> Result<BigInt> {
    if x.is_zero() || y.is_zero() {
        return Ok(BigInt::zero());
    }
    // The product has this many bits, or one more.
    if x.bits() + y.bits() - 1 > MAX_BITS {
        return Err(BigIntError::TooBig);
    }
    let magnitude = long::mul(x.magnitude(), y.magnitude(), poll)?;
    checked(BigInt::from_biguint(x.sign() * y.sign(), magnitude))
}

/// BigInt::divide: truncated towards zero.
///
/// # Errors
/// When `y` is 0, or the poll says stop.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-divide>
pub fn div(x: &BigInt, y: &BigInt, poll: Poll<'_>) -> Result<BigInt> {
    if y.is_zero() {
        return Err(BigIntError::DivisionByZero);
    }
    let (quotient, _) = long::div_rem(x.magnitude(), y.magnitude(), poll)?;
    Ok(BigInt::from_biguint(x.sign() * y.sign(), quotient))
}

/// BigInt::remainder: the sign is the dividend's.
///
/// # Errors
/// When `y` is 0, or the poll says stop.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-remainder>
pub fn rem(x: &BigInt, y: &BigInt, poll: Poll<'_>) -> Result<BigInt> {
    if y.is_zero() {
        return Err(BigIntError::DivisionByZero);
    }
    let (_, remainder) = long::div_rem(x.magnitude(), y.magnitude(), poll)?;
    Ok(BigInt::from_biguint(x.sign(), remainder))
}

/// BigInt::exponentiate.
///
/// # Errors
/// When the exponent is negative, the power is too big, or the poll says stop.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-exponentiate>
pub fn exponentiate(base: &BigInt, exponent: &BigInt, poll: Poll<'_>) -> Result<BigInt> {
    if exponent.sign() == Sign::Minus {
        return Err(BigIntError::NegativeExponent);
    }
    if exponent.is_zero() {
        return Ok(BigInt::one());
    }
    if base.magnitude().bits() <= 1 {
        // 0, 1 and -1: only the parity matters.
        return Ok(if exponent.bit(0) {
            base.clone()
        } else {
            base * base
        });
    }
    // The power has more than (bits - 1) × exponent bits.
    let n = exponent.to_u64().ok_or(BigIntError::TooBig)?;
    match (base.bits() - 1).checked_mul(n) {
        Some(bits) if bits < MAX_BITS => {}
        _ => return Err(BigIntError::TooBig),
    }
    // FAST PATH: powers of two are shifts.
    let twos = base.magnitude().trailing_zeros().unwrap_or(0);
    let odd = base >> twos;
    let power = if odd.magnitude().is_one() {
        if odd.sign() == Sign::Minus && n % 2 == 1 {
            odd
        } else {
            BigInt::one()
        }
    } else {
        square_and_multiply(&odd, n, poll)?
    };
    checked(power << (twos * n))
}

fn square_and_multiply(base: &BigInt, exponent: u64, poll: Poll<'_>) -> Result<BigInt> {
    let mut power = base.clone();
    for bit in (0..exponent.ilog2()).rev() {
        power = mul(&power, &power, &mut *poll)?;
        if exponent >> bit & 1 == 1 {
            power = mul(&power, base, &mut *poll)?;
        }
    }
    Ok(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(x: i64) -> BigInt {
        BigInt::from(x)
    }

    fn go() -> bool {
        true
    }

    #[test]
    fn signs() {
        for (x, y) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (0, 5), (6, 3)] {
            assert_eq!(div(&big(x), &big(y), &mut go), Ok(big(x / y)));
            assert_eq!(rem(&big(x), &big(y), &mut go), Ok(big(x % y)));
            assert_eq!(mul(&big(x), &big(y), &mut go), Ok(big(x * y)));
        }
        let zero = Err(BigIntError::DivisionByZero);
        assert_eq!(div(&big(1), &big(0), &mut go), zero);
        assert_eq!(rem(&big(0), &big(0), &mut go), zero);
    }

    #[test]
    fn powers() {
        let pow = |x, y| exponentiate(&big(x), &big(y), &mut go);
        assert_eq!(pow(3, 20), Ok(big(3486784401)));
        assert_eq!(pow(-3, 3), Ok(big(-27)));
        assert_eq!(pow(-2, 63), Ok(big(i64::MIN)));
        assert_eq!(pow(-4, 2), Ok(big(16)));
        assert_eq!(pow(6, 5), Ok(big(7776)));
        assert_eq!(pow(0, 0), Ok(big(1)));
        assert_eq!(pow(0, 5), Ok(big(0)));
        assert_eq!(pow(-1, i64::MAX), Ok(big(-1)));
        assert_eq!(pow(-1, i64::MAX - 1), Ok(big(1)));
        assert_eq!(pow(2, -1), Err(BigIntError::NegativeExponent));
        assert_eq!(pow(2, 1 << 30), Err(BigIntError::TooBig));
        assert_eq!(pow(3, i64::MAX), Err(BigIntError::TooBig));
        assert_eq!(pow(2, (1 << 30) - 1).map(|x| x.bits()), Ok(1 << 30));
    }

    #[test]
    fn limits() {
        let largest = (BigInt::one() << (1 << 30)) - 1;
        assert_eq!(add(&largest, &big(1)), Err(BigIntError::TooBig));
        assert_eq!(sub(&neg(&largest), &big(1)), Err(BigIntError::TooBig));
        assert_eq!(mul(&largest, &big(2), &mut go), Err(BigIntError::TooBig));
    }
}
