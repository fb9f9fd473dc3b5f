//! BigInts: ECMAScript's rules over `num-bigint`'s arithmetic. Knows nothing of the VM's values.
//!
//! | file | what |
//! | --- | --- |
//! | `arithmetic.rs` | `+ - * / % **`, negation, increments |
//! | `bitwise.rs` | `& \| ^ ~ << >>`, `asIntN`, `asUintN` |
//! | `short.rs` | arithmetic of up to 512 bits, by value |
//! | `long.rs` | multiplication and division of long operands, in pieces |
//! | `text.rs` | literals, StringToBigInt, `toString` |
//! | `convert.rs` | to and from doubles and 64-bit integers, comparison with doubles |
//! | `cost.rs` | what an operation will cost, before it is begun |
//!
//! A BigInt has at most [`MAX_BITS`] bits; what would be larger is an error *before* it is
//! computed. Operations that can take long ask their [`Poll`] now and then whether to go on.

pub mod arithmetic;
pub mod bitwise;
pub mod convert;
pub mod cost;
pub mod long;
pub mod short;
pub mod text;

pub use arithmetic::{add, div, exponentiate, mul, neg, rem, sub};
pub use bitwise::{
    as_int_n, as_uint_n, bitwise_and, bitwise_not, bitwise_or, bitwise_xor, left_shift,
    signed_right_shift,
};
pub use convert::{compare_f64, equals_f64, from_f64, to_f64, to_i64_wrapping, to_u64_wrapping};
pub use num_bigint::BigInt;
pub use short::Short;
pub use text::{parse_digits, string_to_bigint, to_string_radix};

use core::fmt;

/// The longest magnitude a BigInt may have, in bits.
pub const MAX_BITS: u64 = 1 << 30;

/// Asked now and then during a long operation; `false` ends it with [`BigIntError::Interrupted`].
pub type Poll<'a> = &'a mut dyn FnMut() -> bool;

/// The steps that a question of the poll stands for: some milliseconds of work, so that every one looks at the limits.
pub const POLL_STEPS: usize = 10_000;

/// Why an operation has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BigIntError {
    /// A RangeError: the divisor is 0.
    DivisionByZero,
    /// A RangeError: the exponent is negative.
    NegativeExponent,
    /// A RangeError: the result would exceed [`MAX_BITS`].
    TooBig,
    /// No error of the program's: the poll said to stop.
    Interrupted,
}

impl fmt::Display for BigIntError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DivisionByZero => "Division by zero",
            Self::NegativeExponent => "Exponent must be non-negative",
            Self::TooBig => "Maximum BigInt size exceeded",
            Self::Interrupted => "interrupted",
        })
    }
}

impl core::error::Error for BigIntError {}

/// The result of an operation on BigInts.
pub type Result<T> = core::result::Result<T, BigIntError>;

/// The number itself if it is not too long.
pub(crate) fn checked(x: BigInt) -> Result<BigInt> {
    if x.bits() > MAX_BITS {
        return Err(BigIntError::TooBig);
    }
    Ok(x)
}
