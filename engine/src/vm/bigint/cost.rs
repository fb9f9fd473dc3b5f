//! What an operation will cost, before it is begun: for callers that meter a program's work.
//!
//! The unit is about one product of two 64-bit words, some nanoseconds. Estimates are upper
//! bounds in shape, not in figures: they grow as the work does.

use super::BigInt;

/// An operation whose cost depends on more than the length of its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `+`, `-`, the bitwise operators, comparison, a shift: linear.
    Linear,
    /// `*`.
    Multiply,
    /// `/` and `%`.
    Divide,
}

/// The cost of an operation on two BigInts.
#[must_use]
pub fn cost(operation: Operation, x: &BigInt, y: &BigInt) -> u64 {
    let (a, b) = (words(x.bits()), words(y.bits()));
    match operation {
        Operation::Linear => a.max(b),
        Operation::Multiply => multiply(a, b),
        Operation::Divide => (a.saturating_sub(b) + 1)
            .saturating_mul(b)
            .saturating_add(a),
    }
}

/// The cost of `base ** exponent`, whose last step is the multiplication of two halves. An
/// exponent that makes the result too big costs nothing: it is refused at once.
#[must_use]
pub fn exponentiate_cost(base: &BigInt, exponent: u64) -> u64 {
    match base.bits().checked_mul(exponent) {
        Some(bits) if bits <= 2 * super::MAX_BITS => {
            let half = words(bits) / 2 + 1;
            multiply(half, half).saturating_mul(2)
        }
        _ => 0,
    }
}

/// The cost of `toString` in a radix, or of reading as many bits back.
#[must_use]
pub fn text_cost(bits: u64, radix: u32) -> u64 {
    let n = words(bits);
    if radix.is_power_of_two() {
        return n;
    }
    n.saturating_mul(n) / 2 + n
}

fn words(bits: u64) -> u64 {
    bits / 64 + 1
}

/// Karatsuba's: as many square products as fit side by side, each of n^1.585.
fn multiply(a: u64, b: u64) -> u64 {
    let (short, long) = (a.min(b), a.max(b));
    let square = if short <= 32 {
        short * short
    } else {
        (short as f64).powf(1.585) as u64 * 4
    };
    square.saturating_mul(long / short + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_with_the_work() {
        let x = BigInt::from(1) << 100_000;
        let y = BigInt::from(1) << 200_000;
        let multiply = |a, b| cost(Operation::Multiply, a, b);
        assert!(multiply(&x, &x) < multiply(&x, &y) && multiply(&x, &y) < multiply(&y, &y));
        assert!(cost(Operation::Linear, &x, &y) < multiply(&x, &x));
        assert!(cost(Operation::Divide, &y, &x) > cost(Operation::Divide, &x, &y));
        assert!(exponentiate_cost(&BigInt::from(3), 1_000_000) > 1_000_000);
        assert_eq!(exponentiate_cost(&x, u64::MAX), 0);
        assert!(text_cost(1 << 20, 10) > text_cost(1 << 20, 16));
    }
}
