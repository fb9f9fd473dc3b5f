//! Arithmetic of short BigInts: up to 512 bits, by value, without allocating.
//!
//! The interpreter asks here first; `None` means that the operands or the result are for `num-bigint`. Most BigInts that
//! programs use are this short: 64-bit counters, times in nanoseconds, hashes, the field elements of elliptic curves.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};

/// The most 64-bit digits a short BigInt has.
pub const MAX_LIMBS: usize = 8;

/// Digits, the least significant first.
type Limbs = [u64; MAX_LIMBS];

/// A short BigInt. Zero has no digits and is not negative; the highest digit is never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    negative: bool,
    len: u8,
    limbs: Limbs,
}

impl Short {
    /// From sign and digits, which may end in zeros; digits beyond [`MAX_LIMBS`] are ignored.
    #[must_use]
    pub fn new(negative: bool, digits: &[u64]) -> Self {
        let mut limbs = [0; MAX_LIMBS];
        for (limb, &digit) in limbs.iter_mut().zip(digits) {
            *limb = digit;
        }
        Self::trimmed(negative, limbs)
    }

    /// From what another short BigInt was made of: `len` digits, the highest of them not 0, and zeros.
    #[must_use]
    pub(in crate::vm) const fn of_canonical(negative: bool, len: usize, limbs: Limbs) -> Self {
        Self {
            negative,
            len: len as u8,
            limbs,
        }
    }

    fn trimmed(negative: bool, limbs: Limbs) -> Self {
        let len = MAX_LIMBS - limbs.iter().rev().take_while(|&&limb| limb == 0).count();
        Self {
            negative: negative && len > 0,
            len: len as u8,
            limbs,
        }
    }

    /// The same number, if it is short.
    #[must_use]
    pub fn from_big(big: &BigInt) -> Option<Self> {
        if big.bits() > 64 * MAX_LIMBS as u64 {
            return None;
        }
        let mut limbs = [0; MAX_LIMBS];
        for (limb, digit) in limbs.iter_mut().zip(big.magnitude().iter_u64_digits()) {
            *limb = digit;
        }
        Some(Self::trimmed(big.sign() == Sign::Minus, limbs))
    }

    /// The same number, for what only `num-bigint` does.
    #[must_use]
    pub fn to_big(&self) -> BigInt {
        let halves = self
            .digits()
            .iter()
            .flat_map(|&digit| [digit as u32, (digit >> 32) as u32])
            .collect();
        let sign = if self.negative {
            Sign::Minus
        } else {
            Sign::Plus
        };
        BigInt::from_biguint(sign, BigUint::new(halves))
    }

    /// Is it below zero?
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.negative
    }

    /// The magnitude's digits, the least significant first; none for zero.
    #[must_use]
    pub fn digits(&self) -> &[u64] {
        self.limbs.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Modulo 2^64.
    #[must_use]
    pub fn to_u64_wrapping(&self) -> u64 {
        let digit = self.limbs[0];
        if self.negative {
            digit.wrapping_neg()
        } else {
            digit
        }
    }

    fn negated(mut self) -> Self {
        self.negative = !self.negative && self.len > 0;
        self
    }

    /// BigInt::add.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        if self.negative == other.negative {
            return sum(&self.limbs, &other.limbs).map(|limbs| Self::trimmed(self.negative, limbs));
        }
        Some(match difference(&self.limbs, &other.limbs) {
            (limbs, false) => Self::trimmed(self.negative, limbs),
            (limbs, true) => Self::trimmed(other.negative, limbs),
        })
    }

    /// BigInt::subtract.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Option<Self> {
        self.add(&other.negated())
    }

    /// BigInt::multiply.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Option<Self> {
        let mut limbs = [0; MAX_LIMBS];
        for (i, &x) in self.digits().iter().enumerate() {
            let mut carry = 0;
            for (j, &y) in other.digits().iter().enumerate() {
                let limb = limbs.get_mut(i + j)?;
                let wide = u128::from(x) * u128::from(y) + u128::from(*limb) + u128::from(carry);
                *limb = wide as u64;
                carry = (wide >> 64) as u64;
            }
            match limbs.get_mut(i + other.digits().len()) {
                Some(limb) => *limb = carry,
                None if carry > 0 => return None,
                None => {}
            }
        }
        Some(Self::trimmed(self.negative != other.negative, limbs))
    }

    /// BigInt::divide and BigInt::remainder at once; `None` if `other` is 0.
    #[must_use]
    pub fn div_rem(&self, other: &Self) -> Option<(Self, Self)> {
        let (quotient, remainder) = match other.digits() {
            [] => return None,
            _ if self.len < other.len => ([0; MAX_LIMBS], self.limbs),
            &[divisor] => divide_by_digit(&self.limbs, divisor),
            divisor => long_division(&self.limbs, divisor),
        };
        Some((
            Self::trimmed(self.negative != other.negative, quotient),
            Self::trimmed(self.negative, remainder),
        ))
    }
}

impl Short {
    /// A bitwise operation of numbers that are not negative; one that makes 0 of zeros.
    #[must_use]
    pub fn bitwise(&self, other: &Self, operation: impl Fn(u64, u64) -> u64) -> Option<Self> {
        if self.negative || other.negative {
            return None;
        }
        let mut limbs = self.limbs;
        for (limb, &other) in limbs.iter_mut().zip(&other.limbs) {
            *limb = operation(*limb, other);
        }
        Some(Self::trimmed(false, limbs))
    }

    /// BigInt::leftShift by a `count` that is not negative.
    #[must_use]
    pub fn left_shift(&self, count: &Self) -> Option<Self> {
        let count = count.shift_count()?;
        let (whole, bits) = (count / 64, (count % 64) as u32);
        let digits = self.digits();
        if digits.is_empty() {
            return Some(*self);
        }
        let top = digits.last().map_or(64, |top| top.leading_zeros());
        if digits.len() + whole + usize::from(top < bits) > MAX_LIMBS {
            return None;
        }
        let mut limbs = [0; MAX_LIMBS];
        shift_left(limbs.get_mut(whole..)?, digits, bits);
        Some(Self::trimmed(self.negative, limbs))
    }

    /// BigInt::signedRightShift of a number that is not negative by a `count` that is not.
    #[must_use]
    pub fn right_shift(&self, count: &Self) -> Option<Self> {
        if self.negative {
            return None;
        }
        let count = count.shift_count()?;
        let (whole, bits) = (count / 64, (count % 64) as u32);
        let mut limbs = [0; MAX_LIMBS];
        shift_right(
            &mut limbs,
            self.digits().get(whole..).unwrap_or_default(),
            bits,
        );
        Some(Self::trimmed(false, limbs))
    }

    fn shift_count(&self) -> Option<usize> {
        match self.digits() {
            [] => Some(0),
            &[count] if !self.negative => usize::try_from(count).ok(),
            _ => None,
        }
    }
}

impl Ord for Short {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitudes = self.limbs.iter().rev().cmp(other.limbs.iter().rev());
        match (self.negative, other.negative) {
            (false, false) => magnitudes,
            (true, true) => magnitudes.reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Short {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn sum(x: &Limbs, y: &Limbs) -> Option<Limbs> {
    let mut carry = false;
    let mut limbs = *x;
    for (limb, &y) in limbs.iter_mut().zip(y) {
        let (partial, over) = limb.overflowing_add(y);
        let (total, over_again) = partial.overflowing_add(u64::from(carry));
        (*limb, carry) = (total, over | over_again);
    }
    (!carry).then_some(limbs)
}

fn subtract(x: &Limbs, y: &Limbs) -> (Limbs, bool) {
    let mut borrow = false;
    let mut limbs = *x;
    for (limb, &y) in limbs.iter_mut().zip(y) {
        let (partial, under) = limb.overflowing_sub(y);
        let (total, under_again) = partial.overflowing_sub(u64::from(borrow));
        (*limb, borrow) = (total, under | under_again);
    }
    (limbs, borrow)
}

/// |`x` - `y`|, and whether `y` was the greater.
fn difference(x: &Limbs, y: &Limbs) -> (Limbs, bool) {
    match subtract(x, y) {
        (limbs, false) => (limbs, false),
        (_, true) => (subtract(y, x).0, true),
    }
}

/// Short division by one digit, which is not 0.
fn divide_by_digit(x: &Limbs, divisor: u64) -> (Limbs, Limbs) {
    let mut quotient = [0; MAX_LIMBS];
    let mut rest = 0_u128;
    for (digit, &limb) in quotient.iter_mut().zip(x).rev() {
        let part = (rest << 64) | u128::from(limb);
        // One 64-bit division where it is enough: 128-bit ones are slow.
        if rest == 0 {
            (*digit, rest) = (limb / divisor, u128::from(limb % divisor));
        } else {
            *digit = (part / u128::from(divisor)) as u64;
            rest = part % u128::from(divisor);
        }
    }
    let mut remainder = [0; MAX_LIMBS];
    remainder[0] = rest as u64;
    (quotient, remainder)
}

/// Long division (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D). `divisor` has at least two digits, the
/// highest of them not 0.
fn long_division(x: &Limbs, divisor: &[u64]) -> (Limbs, Limbs) {
    let n = divisor.len();
    let shift = divisor.last().map_or(0, |top| top.leading_zeros());
    // D1: shift both so that the divisor's highest bit is set.
    let mut v = [0; MAX_LIMBS];
    shift_left(&mut v, divisor, shift);
    let mut u = [0; MAX_LIMBS + 1];
    shift_left(&mut u, x, shift);
    let mut quotient = [0; MAX_LIMBS];
    let v = &v[..n.min(MAX_LIMBS)];
    let [.., second, first] = *v else {
        return (quotient, *x);
    };
    let used = x
        .iter()
        .rposition(|&limb| limb != 0)
        .map_or(0, |top| top + 1);
    for j in (0..(used + 1).saturating_sub(n)).rev() {
        let Some([low @ .., top]) = u.get_mut(j..=j + n) else {
            continue;
        };
        let [.., third, next] = *low else { continue };
        let mut digit = estimate(*top, next, third, first, second);
        // D4: take `digit` times the divisor away; D6: once too often, so give one back.
        if multiply_subtract(low, top, v, digit) {
            digit -= 1;
            let mut carry = false;
            for (limb, &v) in low.iter_mut().zip(v) {
                let (partial, over) = limb.overflowing_add(v);
                let (total, over_again) = partial.overflowing_add(u64::from(carry));
                (*limb, carry) = (total, over | over_again);
            }
            *top = top.wrapping_add(u64::from(carry));
        }
        if let Some(place) = quotient.get_mut(j) {
            *place = digit;
        }
    }
    let mut remainder = [0; MAX_LIMBS];
    shift_right(&mut remainder, &u[..=n.min(MAX_LIMBS)], shift);
    (quotient, remainder)
}

/// D3: the quotient's next digit from the three highest digits that are left and the divisor's two; at most one too big.
fn estimate(top: u64, next: u64, third: u64, first: u64, second: u64) -> u64 {
    let high = (u128::from(top) << 64) | u128::from(next);
    let mut digit = high / u128::from(first);
    let mut rest = high % u128::from(first);
    while digit > u128::from(u64::MAX)
        || digit * u128::from(second) > ((rest << 64) | u128::from(third))
    {
        digit -= 1;
        rest += u128::from(first);
        if rest > u128::from(u64::MAX) {
            break;
        }
    }
    digit as u64
}

/// `low` and `top` minus `v` times `digit`; did it go below zero?
fn multiply_subtract(low: &mut [u64], top: &mut u64, v: &[u64], digit: u64) -> bool {
    let mut carry = 0_u128;
    for (limb, &v) in low.iter_mut().zip(v) {
        carry += u128::from(v) * u128::from(digit);
        let (rest, under) = limb.overflowing_sub(carry as u64);
        *limb = rest;
        carry = (carry >> 64) + u128::from(under);
    }
    let (rest, under) = top.overflowing_sub(carry as u64);
    *top = rest;
    under
}

/// `from` times two to the `shift` (below 64) into `into`, which has room.
fn shift_left(into: &mut [u64], from: &[u64], shift: u32) {
    let mut carry = 0;
    let zeros = std::iter::repeat(&0);
    for (place, &limb) in into.iter_mut().zip(from.iter().chain(zeros)) {
        *place = (limb << shift) | carry;
        carry = limb.checked_shr(64 - shift).unwrap_or(0);
    }
}

/// `from` divided by two to the `shift` (below 64) into `into`, as far as that reaches.
fn shift_right(into: &mut [u64], from: &[u64], shift: u32) {
    for (index, (place, &limb)) in into.iter_mut().zip(from).enumerate() {
        let high = from.get(index + 1).copied().unwrap_or(0);
        *place = (limb >> shift) | high.checked_shl(64 - shift).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::{BigInt, MAX_LIMBS, Short};

    /// Digits that make carries, borrows and wrong estimates, in every position.
    fn samples() -> Vec<Short> {
        const DIGITS: [u64; 6] = [0, 1, 2, 1 << 63, u64::MAX - 1, u64::MAX];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut samples = Vec::new();
        for len in 0..=MAX_LIMBS {
            for _ in 0..24 {
                let mut digits = [0; MAX_LIMBS];
                for digit in digits.iter_mut().take(len) {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    *digit = match state >> 60 {
                        0..4 => state,
                        _ => DIGITS[(state >> 32) as usize % DIGITS.len()],
                    };
                }
                samples.push(Short::new(state & 1 << 40 != 0, &digits));
            }
        }
        samples
    }

    #[test]
    fn conversion_keeps_the_number() {
        for short in samples() {
            assert_eq!(Short::from_big(&short.to_big()), Some(short));
        }
        assert_eq!(Short::from_big(&(BigInt::from(1) << 512_u32)), None);
        let longest = (BigInt::from(1) << 512_u32) - 1_u32;
        assert!(Short::from_big(&-longest).is_some());
    }

    #[test]
    fn shifts_are_those_of_the_long_way() {
        for x in samples() {
            let big = x.to_big();
            for count in [0, 1, 63, 64, 65, 127, 128, 300, 511, 512, 513, 5_000] {
                let by = Short::new(false, &[count]);
                assert_eq!(
                    x.left_shift(&by),
                    Short::from_big(&(&big << count)),
                    "{big} << {count}"
                );
                let expected = (!x.is_negative()).then(|| &big >> count);
                assert_eq!(x.right_shift(&by).map(|short| short.to_big()), expected);
            }
            assert_eq!(x.left_shift(&Short::new(true, &[1])), None);
        }
    }

    #[test]
    fn results_are_those_of_the_long_way() {
        let all = samples();
        for x in &all {
            for y in &all {
                let (big_x, big_y) = (x.to_big(), y.to_big());
                assert_eq!(x.add(y), Short::from_big(&(&big_x + &big_y)));
                assert_eq!(x.sub(y), Short::from_big(&(&big_x - &big_y)));
                assert_eq!(x.cmp(y), big_x.cmp(&big_y));
                if let Some(and) = x.bitwise(y, |x, y| x & y) {
                    assert_eq!(and.to_big(), &big_x & &big_y);
                }
                assert_eq!(x.mul(y), Short::from_big(&(&big_x * &big_y)));
                let expected = (!y.digits().is_empty()).then(|| (&big_x / &big_y, &big_x % &big_y));
                let got = x.div_rem(y).map(|(q, r)| (q.to_big(), r.to_big()));
                assert_eq!(got, expected, "{big_x} / {big_y}");
            }
        }
    }
}
