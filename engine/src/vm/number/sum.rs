//! `Math.sumPrecise`: the sum as if it were computed exactly and rounded once.
//!
//! The exact sum is `xsum`'s superaccumulator. What is here is the specification's bookkeeping
//! of infinities, NaN and the sign of zero.

use xsum::{Xsum, XsumSmall};

/// What has been added so far, apart from the finite sum.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    MinusZero,
    Finite,
    PlusInfinity,
    MinusInfinity,
    NotANumber,
}

/// The sum of the numbers added so far.
///
/// <https://tc39.es/ecma262/#sec-math.sumprecise>
pub struct PreciseSum {
    state: State,
    sum: XsumSmall,
}

impl Default for PreciseSum {
    fn default() -> Self {
        Self::new()
    }
}

impl PreciseSum {
    /// The sum of nothing, which is -0.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: State::MinusZero,
            sum: XsumSmall::new(),
        }
    }

    /// Adds a number.
    pub fn add(&mut self, x: f64) {
        match self.state {
            State::NotANumber => {}
            _ if x.is_nan() => self.state = State::NotANumber,
            State::MinusInfinity if x == f64::INFINITY => self.state = State::NotANumber,
            State::PlusInfinity if x == f64::NEG_INFINITY => self.state = State::NotANumber,
            _ if x == f64::INFINITY => self.state = State::PlusInfinity,
            _ if x == f64::NEG_INFINITY => self.state = State::MinusInfinity,
            State::MinusZero | State::Finite if x != 0.0 || x.is_sign_positive() => {
                self.state = State::Finite;
                self.sum.add(x);
            }
            _ => {}
        }
    }

    /// The sum, rounded once.
    pub fn finish(mut self) -> f64 {
        match self.state {
            State::MinusZero => -0.0,
            // Terms that cancel leave +0.
            State::Finite => self.sum.sum() + 0.0,
            State::PlusInfinity => f64::INFINITY,
            State::MinusInfinity => f64::NEG_INFINITY,
            State::NotANumber => f64::NAN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(terms: &[f64]) -> f64 {
        let mut sum = PreciseSum::new();
        for &term in terms {
            sum.add(term);
        }
        sum.finish()
    }

    #[test]
    fn exact() {
        assert_eq!(sum(&[1e20, 0.1, -1e20]), 0.1);
        assert_eq!(sum(&[1e308, 1e308, -1e308, -1e308]), 0.0);
        assert_eq!(sum(&[1e308, 1e308, -1e308]), 1e308);
        assert_eq!(sum(&[1e308, 1e308]), f64::INFINITY);
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[0.1; 5000]), 500.0);
        assert_eq!(sum(&[5e-324, 5e-324]), 1e-323);
    }

    #[test]
    fn zeros_and_infinities() {
        assert!(sum(&[]).is_sign_negative());
        assert!(sum(&[-0.0, -0.0]).is_sign_negative());
        assert!(sum(&[-0.0, 0.0]).is_sign_positive());
        assert!(sum(&[1.0, -1.0]).is_sign_positive());
        assert!(sum(&[-1.0, 1.0, -0.0]).is_sign_positive());
        assert_eq!(sum(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
        assert!(sum(&[f64::NAN, 1.0]).is_nan());
    }
}
