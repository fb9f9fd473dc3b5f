//! Multiplication and division of long operands, in pieces small enough to be interrupted between.
//!
//! `num-bigint` does not return before it is done. So operands beyond a threshold are taken apart
//! here, by Karatsuba's method for products and by long division in large "digits" for quotients,
//! until `num-bigint` is left with some milliseconds of work at a time.

use super::{BigIntError, Poll, Result};
use num_bigint::BigUint;
use num_integer::Integer as _;
use num_traits::Zero as _;

/// Operands below this many bits are multiplied in one go.
const MUL_BITS: u64 = 1 << 17;

/// A division step may cost this many products of two words.
const DIV_STEP: u64 = 1 << 21;

/// The product of two magnitudes.
///
/// # Errors
/// [`BigIntError::Interrupted`] when the poll says stop.
pub fn mul(x: &BigUint, y: &BigUint, poll: Poll<'_>) -> Result<BigUint> {
    let (short, long) = if x.bits() <= y.bits() { (x, y) } else { (y, x) };
    if short.bits() <= 64 || long.bits() <= MUL_BITS {
        return Ok(short * long);
    }
    if !poll() {
        return Err(BigIntError::Interrupted);
    }
    if short.bits() * 2 <= long.bits() {
        return mul_unbalanced(short, long, poll);
    }
    // (a·B + b)(c·B + d) with three products: ac, bd and (a + b)(c + d).
    let half = long.bits().div_ceil(128) * 64;
    let (a, b) = split(long, half);
    let (c, d) = split(short, half);
    let high = mul(&a, &c, &mut *poll)?;
    let low = mul(&b, &d, &mut *poll)?;
    let middle = mul(&(a + b), &(c + d), poll)? - &high - &low;
    Ok((high << (2 * half)) + (middle << half) + low)
}

/// Cuts the longer operand into pieces as long as the shorter, or as one go takes.
fn mul_unbalanced(short: &BigUint, long: &BigUint, poll: Poll<'_>) -> Result<BigUint> {
    let piece = short.bits().max(MUL_BITS / 2).div_ceil(32) as usize;
    let mut digits = Vec::new();
    let mut carry = BigUint::zero();
    let words = long.to_u32_digits();
    for chunk in words.chunks(piece) {
        carry += mul(short, &BigUint::from_slice(chunk), &mut *poll)?;
        let mut low = carry.to_u32_digits();
        let rest = low.split_off(low.len().min(chunk.len()));
        low.resize(chunk.len(), 0);
        digits.extend(low);
        carry = BigUint::new(rest);
    }
    digits.extend(carry.to_u32_digits());
    Ok(BigUint::new(digits))
}

/// The number as `high` × 2^`at` + `low`.
fn split(x: &BigUint, at: u64) -> (BigUint, BigUint) {
    let mut low = x.to_u32_digits();
    let high = low.split_off(low.len().min((at / 32) as usize));
    (BigUint::new(high), BigUint::new(low))
}

/// Quotient and remainder of two magnitudes; `y` is not 0.
///
/// # Errors
/// [`BigIntError::Interrupted`] when the poll says stop, [`BigIntError::DivisionByZero`].
pub fn div_rem(x: &BigUint, y: &BigUint, poll: Poll<'_>) -> Result<(BigUint, BigUint)> {
    if y.is_zero() {
        return Err(BigIntError::DivisionByZero);
    }
    let quotient_words = x.bits().saturating_sub(y.bits()) / 64 + 1;
    let divisor_words = y.bits().div_ceil(64);
    if quotient_words.saturating_mul(divisor_words) <= DIV_STEP {
        return Ok(x.div_rem(y));
    }
    // A "digit" of the quotient is as long as one step affords.
    let piece = ((DIV_STEP / divisor_words).clamp(16, 1 << 16) * 2) as usize;
    let words = x.to_u32_digits();
    let mut quotient = Vec::with_capacity(words.len());
    let mut remainder = BigUint::zero();
    for chunk in words.rchunks(piece) {
        if !poll() {
            return Err(BigIntError::Interrupted);
        }
        remainder <<= chunk.len() * 32;
        remainder += BigUint::from_slice(chunk);
        let (digit, rest) = remainder.div_rem(y);
        remainder = rest;
        let mut digit = digit.to_u32_digits();
        digit.resize(chunk.len(), 0);
        quotient.push(digit);
    }
    let quotient = quotient.into_iter().rev().flatten().collect();
    Ok((BigUint::new(quotient), remainder))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number of about this many bits, without a pattern.
    fn noise(bits: u64, seed: u32) -> BigUint {
        let mut word = seed;
        BigUint::new(
            (0..bits / 32)
                .map(|_| {
                    word = word.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    word ^ word >> 15
                })
                .collect(),
        )
    }

    #[test]
    fn pieces_make_the_same_product() {
        for (a, b) in [
            (400_000, 390_000),
            (500_000, 1_000),
            (600_000, 150_000),
            (300_000, 128),
        ] {
            let (x, y) = (noise(a, 1), noise(b, 2));
            assert_eq!(mul(&x, &y, &mut || true), Ok(&x * &y));
        }
    }

    #[test]
    fn pieces_make_the_same_quotient() {
        for (a, b) in [
            (600_000, 300_000),
            (2_000_000, 90_000),
            (8_000_000, 3_200),
            (64, 600_000),
        ] {
            let (x, y) = (noise(a, 3), noise(b, 4));
            assert_eq!(div_rem(&x, &y, &mut || true), Ok(x.div_rem(&y)));
        }
        let exact = noise(300_000, 5) * noise(400_000, 6);
        let (q, r) = div_rem(&exact, &noise(400_000, 6), &mut || true).unwrap_or_default();
        assert!(r.is_zero() && q == noise(300_000, 5));
    }

    #[test]
    fn stops_when_told() {
        let x = noise(1_000_000, 7);
        let mut n_polls = 0;
        let mut twice = || {
            n_polls += 1;
            n_polls <= 2
        };
        assert_eq!(mul(&x, &x, &mut twice), Err(BigIntError::Interrupted));
        assert_eq!(n_polls, 3);
        let y = noise(400_000, 8);
        assert_eq!(
            div_rem(&x, &y, &mut || false),
            Err(BigIntError::Interrupted)
        );
    }
}
