//! `BigInt`: integers of any size.

use num_bigint::BigInt as Number;
use num_traits::ToPrimitive;

use super::{
    error::{Error, Result},
    value::Value,
};
use crate::vm::{
    heap::{bigint::Big, off_heap},
    value::Value as Raw,
};

/// A JavaScript BigInt. Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types-bigint-type>.
#[derive(Clone, Debug)]
#[repr(transparent)]
pub struct BigInt(pub(super) Value);

impl BigInt {
    /// From text in `radix` 2 to 36, with an optional sign.
    ///
    /// # Errors
    /// `SyntaxError` when the text is no such number.
    pub fn parse(text: &str, radix: u32) -> Result<Self> {
        if !(2..=36).contains(&radix) {
            return Err(Error::range_error("BigInt radix must be between 2 and 36"));
        }
        Number::parse_bytes(text.as_bytes(), radix)
            .map(Self::from_number)
            .ok_or_else(|| Error::syntax_error(format!("Cannot convert {text} to a BigInt")))
    }

    fn from_number(number: Number) -> Self {
        Self(Value::from_counted(Raw::cell(off_heap::new_bigint(number))))
    }

    fn with<R>(&self, look: impl FnOnce(&Number) -> R) -> R {
        match Big::from_value(self.0.raw()) {
            Some(big) => look(&big.number()),
            None => look(&Number::ZERO),
        }
    }

    /// As text in `radix` 2 to 36 (other radixes count as 10).
    #[must_use]
    pub fn to_string_radix(&self, radix: u32) -> String {
        self.with(|number| number.to_str_radix(if (2..=36).contains(&radix) { radix } else { 10 }))
    }

    /// The nearest number.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.with(|number| number.to_f64().unwrap_or(f64::NAN))
    }

    /// The value, when it fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        self.with(ToPrimitive::to_i64)
    }

    /// The value, when it fits.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        self.with(ToPrimitive::to_u64)
    }

    /// `BigInt.asIntN(64, self)`: the low 64 bits, signed.
    #[must_use]
    pub fn wrapping_i64(&self) -> i64 {
        self.wrapping_u64().cast_signed()
    }

    /// `BigInt.asUintN(64, self)`: the low 64 bits.
    #[must_use]
    pub fn wrapping_u64(&self) -> u64 {
        self.with(|number| {
            let low = number.iter_u64_digits().next().unwrap_or(0);
            if number.sign() == num_bigint::Sign::Minus {
                low.wrapping_neg()
            } else {
                low
            }
        })
    }
}

impl PartialEq for BigInt {
    fn eq(&self, other: &Self) -> bool {
        self.with(|a| other.with(|b| a == b))
    }
}

impl Eq for BigInt {}

macro_rules! from_integer {
    ($($integer:ty),*) => {
        $(impl From<$integer> for BigInt {
            fn from(value: $integer) -> Self {
                Self::from_number(Number::from(value))
            }
        })*
    };
}

from_integer!(i32, u32, i64, u64, i128, u128);
