//! `BigInt`: integers of any size.

use super::error::{Error, Result};

/// A JavaScript BigInt. Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types-bigint-type>.
#[derive(Clone, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct BigInt(pub(super) boa_engine::JsBigInt);

impl BigInt {
    /// From text in `radix` 2 to 36, with an optional sign.
    ///
    /// # Errors
    /// `SyntaxError` when the text is no such number.
    pub fn parse(text: &str, radix: u32) -> Result<Self> {
        if !(2..=36).contains(&radix) {
            return Err(Error::range_error("BigInt radix must be between 2 and 36"));
        }
        boa_engine::JsBigInt::from_string_radix(text, radix)
            .map(Self)
            .ok_or_else(|| Error::syntax_error(format!("Cannot convert {text} to a BigInt")))
    }

    /// As text in `radix` 2 to 36 (other radixes count as 10).
    #[must_use]
    pub fn to_string_radix(&self, radix: u32) -> String {
        self.0
            .to_string_radix(if (2..=36).contains(&radix) { radix } else { 10 })
    }

    /// The nearest number.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64()
    }

    /// The value, when it fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        i64::try_from(self.0.as_inner()).ok()
    }

    /// The value, when it fits.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        u64::try_from(self.0.as_inner()).ok()
    }

    /// `BigInt.asIntN(64, self)`: the low 64 bits, signed.
    #[must_use]
    pub fn wrapping_i64(&self) -> i64 {
        self.wrapping_u64().cast_signed()
    }

    /// `BigInt.asUintN(64, self)`: the low 64 bits.
    #[must_use]
    pub fn wrapping_u64(&self) -> u64 {
        let low = self.0.as_inner().iter_u64_digits().next().unwrap_or(0);
        if self.0.to_f64() < 0.0 {
            low.wrapping_neg()
        } else {
            low
        }
    }
}

macro_rules! from_integer {
    ($($integer:ty),*) => {
        $(impl From<$integer> for BigInt {
            fn from(value: $integer) -> Self {
                Self(boa_engine::JsBigInt::from(value))
            }
        })*
    };
}

from_integer!(i32, u32, i64, u64, i128, u128);
