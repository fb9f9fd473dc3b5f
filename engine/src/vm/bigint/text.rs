//! BigInts as text: literals, StringToBigInt and `toString`.
//!
//! Long decimal text is read and written by halves, so that the work is that of a few long
//! multiplications and divisions, which can be interrupted (`long.rs`).

use super::super::text::{CodeUnit, trim};
use super::{BigInt, BigIntError, MAX_BITS, Poll, Result, long};
use num_bigint::{BigUint, Sign};
use num_traits::Zero as _;

/// Text of up to this many digits is read or written in one go.
const DIGITS_AT_ONCE: usize = 4096;

/// StringToBigInt: `None` (a SyntaxError, or undefined in a comparison) if the text is no
/// StringIntegerLiteral. White space around is allowed, a sign only before decimal digits, and no
/// text at all is 0.
///
/// # Errors
/// When the number is too big, or the poll says stop.
///
/// <https://tc39.es/ecma262/#sec-stringtobigint>
pub fn string_to_bigint<U: CodeUnit>(text: &[U], poll: Poll<'_>) -> Result<Option<BigInt>> {
    let text = trim(text);
    let (sign, radix, digits) = match text {
        [] => return Ok(Some(BigInt::zero())),
        [zero, letter, digits @ ..] if zero.ascii() == b'0' && radix_of(*letter).is_some() => {
            (Sign::Plus, radix_of(*letter).unwrap_or(10), digits)
        }
        [sign, digits @ ..] if sign.ascii() == b'-' => (Sign::Minus, 10, digits),
        [sign, digits @ ..] if sign.ascii() == b'+' => (Sign::Plus, 10, digits),
        _ => (Sign::Plus, 10, text),
    };
    let magnitude = parse_digits(digits, radix, poll)?;
    Ok(magnitude.map(|magnitude| BigInt::from_biguint(sign, magnitude)))
}

/// The radix that the letter of `0x`, `0o` or `0b` stands for.
fn radix_of<U: CodeUnit>(letter: U) -> Option<u32> {
    match letter.ascii() | 0x20 {
        b'x' => Some(16),
        b'o' => Some(8),
        b'b' => Some(2),
        _ => None,
    }
}

/// The magnitude that these digits write in `radix` (2 to 36): a BigInt literal without prefix,
/// separators and `n`. `None` if there are no digits, or there is anything else.
///
/// # Errors
/// When the number is too big, or the poll says stop.
pub fn parse_digits<U: CodeUnit>(
    digits: &[U],
    radix: u32,
    poll: Poll<'_>,
) -> Result<Option<BigUint>> {
    if digits.is_empty() || !(2..=36).contains(&radix) {
        return Ok(None);
    }
    let value = |unit: &U| char::from(unit.ascii()).to_digit(radix).map(|d| d as u8);
    let values: Option<Vec<u8>> = digits.iter().map(value).collect();
    let Some(values) = values else {
        return Ok(None);
    };
    let zeros = values.iter().take_while(|&&value| value == 0).count();
    let values = &values[zeros..];
    // Every digit but the first is worth at least this many bits.
    let len = values.len() as u64;
    if len
        .saturating_sub(1)
        .saturating_mul(u64::from(radix.ilog2()))
        > MAX_BITS
    {
        return Err(BigIntError::TooBig);
    }
    let magnitude = if radix.is_power_of_two() {
        BigUint::from_radix_be(values, radix).unwrap_or_default()
    } else {
        read(values, &mut Powers::new(radix), poll)?
    };
    if magnitude.bits() > MAX_BITS {
        return Err(BigIntError::TooBig);
    }
    Ok(Some(magnitude))
}

fn read(values: &[u8], powers: &mut Powers, poll: Poll<'_>) -> Result<BigUint> {
    if values.len() <= DIGITS_AT_ONCE {
        return Ok(BigUint::from_radix_be(values, powers.radix).unwrap_or_default());
    }
    let level = Powers::level(values.len());
    let (high, low) = values.split_at(values.len() - (DIGITS_AT_ONCE << level));
    let high = read(high, powers, &mut *poll)?;
    let low = read(low, powers, &mut *poll)?;
    let power = powers.get(level, &mut *poll)?;
    Ok(long::mul(&high, power, poll)? + low)
}

/// BigInt::toString in `radix`, which is taken into 2..=36.
///
/// # Errors
/// When the poll says stop.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-bigint-tostring>
pub fn to_string_radix(x: &BigInt, radix: u32, poll: Poll<'_>) -> Result<String> {
    let radix = radix.clamp(2, 36);
    // FAST PATH: short, or a radix that only regroups the bits.
    if radix.is_power_of_two() || x.bits() <= 1024 {
        return Ok(x.to_str_radix(radix));
    }
    let mut text = String::new();
    if x.sign() == Sign::Minus {
        text.push('-');
    }
    // No more digits than this.
    let len = x.bits() as usize / radix.ilog2() as usize + 1;
    let level = len.div_ceil(DIGITS_AT_ONCE).next_power_of_two().ilog2();
    let mut powers = Powers::new(radix);
    write(x.magnitude(), level, false, &mut powers, &mut text, poll)?;
    Ok(text)
}

/// Appends the digits of `x`, which has at most [`DIGITS_AT_ONCE`] × 2^level of them; with zeros in
/// front up to that many if `padded`.
fn write(
    x: &BigUint,
    level: u32,
    padded: bool,
    powers: &mut Powers,
    text: &mut String,
    poll: Poll<'_>,
) -> Result<()> {
    let Some(below) = level.checked_sub(1) else {
        let digits = x.to_str_radix(powers.radix);
        let width = if padded { DIGITS_AT_ONCE } else { 0 };
        let zeros = width.saturating_sub(digits.len());
        text.extend(core::iter::repeat_n('0', zeros));
        text.push_str(&digits);
        return Ok(());
    };
    let (high, low) = long::div_rem(x, powers.get(below, &mut *poll)?, &mut *poll)?;
    if !padded && high.is_zero() {
        return write(&low, below, false, powers, text, poll);
    }
    write(&high, below, padded, powers, text, &mut *poll)?;
    write(&low, below, true, powers, text, poll)
}

/// radix^([`DIGITS_AT_ONCE`] × 2^level), each computed once.
struct Powers {
    radix: u32,
    squares: Vec<BigUint>,
}

impl Powers {
    fn new(radix: u32) -> Self {
        Self {
            radix,
            squares: Vec::new(),
        }
    }

    /// The level that cuts text of this length (more than one go takes) about in half.
    fn level(len: usize) -> u32 {
        ((len - 1) / DIGITS_AT_ONCE).max(1).ilog2()
    }

    fn get(&mut self, level: u32, poll: Poll<'_>) -> Result<&BigUint> {
        let level = level as usize;
        if self.squares.is_empty() {
            let first = BigUint::from(self.radix).pow(DIGITS_AT_ONCE as u32);
            self.squares.push(first);
        }
        while self.squares.len() <= level {
            let last = &self.squares[self.squares.len() - 1];
            let square = long::mul(last, last, &mut *poll)?;
            self.squares.push(square);
        }
        Ok(&self.squares[level])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<BigInt> {
        string_to_bigint(text.as_bytes(), &mut || true).unwrap_or_default()
    }

    #[test]
    fn literals() {
        let cases = [
            ("", 0),
            (" \n", 0),
            ("0", 0),
            ("-0", 0),
            (" 123 ", 123),
            ("-123", -123),
            ("+7", 7),
            ("0xfF", 255),
            ("0O17", 15),
            ("0b101", 5),
            ("00012", 12),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text), Some(BigInt::from(value)), "{text}");
        }
        for text in [
            "1n", "1.0", "1e3", "0x", "-0x1", "+", "--1", "1_0", "Infinity", "0b2", "a",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn long_text_survives() {
        for len in [1, 300, 4095, 4096, 4097, 8192, 8193, 12_289, 20_000, 40_000] {
            for fill in ["9", "0", "1234567"] {
                let mut text = format!("1{}", fill.repeat(len));
                text.truncate(len);
                for radix in [10, 7, 36, 16] {
                    let digits: String = if radix == 7 {
                        text.replace(['7', '8', '9'], "6")
                    } else {
                        text.clone()
                    };
                    let x = parse_digits(digits.as_bytes(), radix, &mut || true);
                    let x = x.unwrap_or_default().unwrap_or_default();
                    let x = BigInt::from(x);
                    let written = to_string_radix(&x, radix, &mut || true);
                    assert_eq!(written, Ok(digits), "{len} {fill} {radix}");
                }
            }
        }
    }

    #[test]
    fn can_be_stopped() {
        let digits = "7".repeat(300_000);
        let stopped = string_to_bigint(digits.as_bytes(), &mut || false);
        assert_eq!(stopped, Err(BigIntError::Interrupted));
        let x = BigInt::from(-3) << 1_000_000;
        let stopped = to_string_radix(&x, 10, &mut || false);
        assert_eq!(stopped, Err(BigIntError::Interrupted));
    }
}
