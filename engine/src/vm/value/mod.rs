//! `Value`: an ECMAScript language value in 64 bits.
//!
//! Doubles are stored as they are; everything else lives among the bit patterns of NaNs that arithmetic never makes:
//!
//! | bits | meaning |
//! |---|---|
//! | `0000...` to `FFF8_0000_0000_0000` | a double; NaN has the one pattern [`NAN_BITS`] |
//! | `FFFA` + small number | undefined, null, false, true, the hole |
//! | `FFFB` + pointer | a string |
//! | `FFFC` + pointer | an object |
//! | `FFFD` + pointer | any other cell: symbol, BigInt, environment, code, native data |
//! | `FFFF` + 32 bits | an int32 |
//!
//! A double that comes from outside (typed arrays, hosts) passes [`Value::number`], which makes its NaN canonical, so that
//! no bit pattern forges a pointer. A `Value` is `Copy` and keeps nothing alive: the collector runs at safepoints only, and
//! there every live value is on the value stack, in a cell, or among the roots.

use super::heap::{Cell, Obj, Str};

/// An ECMAScript language value, or one of the engine's own (hole, internal cell).
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value(u64);

const TAG_SPECIAL: u64 = 0xFFFA;
const TAG_STRING: u64 = 0xFFFB;
const TAG_OBJECT: u64 = 0xFFFC;
const TAG_CELL: u64 = 0xFFFD;
const TAG_INT: u64 = 0xFFFF;
const FIRST_TAGGED: u64 = TAG_SPECIAL << 48;
const PAYLOAD: u64 = (1 << 48) - 1;

/// The bits of the only NaN.
pub const NAN_BITS: u64 = 0x7FF8_0000_0000_0000;

impl Value {
    /// `undefined`
    pub const UNDEFINED: Self = Self(FIRST_TAGGED | 1);
    /// `null`
    pub const NULL: Self = Self(FIRST_TAGGED | 2);
    /// `false`
    pub const FALSE: Self = Self(FIRST_TAGGED | 4);
    /// `true`
    pub const TRUE: Self = Self(FIRST_TAGGED | 5);
    /// No value: a missing array element, an uninitialised binding.
    pub const HOLE: Self = Self(FIRST_TAGGED | 8);
    /// Thrown when the engine is stopped; no handler catches it.
    pub const TERMINATION: Self = Self(FIRST_TAGGED | 16);
    /// `NaN`
    pub const NAN: Self = Self(NAN_BITS);
    /// `0`
    pub const ZERO: Self = Self(TAG_INT << 48);

    /// The raw bits.
    #[inline(always)]
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// From raw bits that [`Value::bits`] gave, or a raw word below 2^48.
    #[inline(always)]
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// An int32.
    #[inline(always)]
    #[must_use]
    pub const fn int(value: i32) -> Self {
        Self((TAG_INT << 48) | value as u32 as u64)
    }

    /// A double as it is: `value` must not be a NaN of unknown origin.
    #[inline(always)]
    #[must_use]
    pub const fn double(value: f64) -> Self {
        Self(value.to_bits())
    }

    /// Any number: an int32 where that is exact (`-0` stays a double), NaN canonical.
    #[inline]
    #[must_use]
    pub fn number(value: f64) -> Self {
        let int = value as i32;
        if f64::from(int) == value && (int != 0 || value.is_sign_positive()) {
            Self::int(int)
        } else if value.is_nan() {
            Self::NAN
        } else {
            Self::double(value)
        }
    }

    /// A boolean.
    #[inline(always)]
    #[must_use]
    pub const fn bool(value: bool) -> Self {
        Self(FIRST_TAGGED | 4 | value as u64)
    }

    /// A string.
    #[inline(always)]
    #[must_use]
    pub fn string(value: Str) -> Self {
        Self((TAG_STRING << 48) | value.cell().addr())
    }

    /// An object.
    #[inline(always)]
    #[must_use]
    pub fn object(value: Obj) -> Self {
        Self((TAG_OBJECT << 48) | value.cell().addr())
    }

    /// Any other cell.
    #[inline(always)]
    #[must_use]
    pub fn cell(value: Cell) -> Self {
        Self((TAG_CELL << 48) | value.addr())
    }

    /// Is it an int32?
    #[inline(always)]
    #[must_use]
    pub const fn is_int(self) -> bool {
        self.0 >= TAG_INT << 48
    }

    /// Are both int32s?
    #[inline(always)]
    #[must_use]
    pub const fn both_int(self, other: Self) -> bool {
        (self.0 & other.0) >= TAG_INT << 48
    }

    /// Is it stored as a double?
    #[inline(always)]
    #[must_use]
    pub const fn is_double(self) -> bool {
        self.0 < FIRST_TAGGED
    }

    /// Is it a number?
    #[inline(always)]
    #[must_use]
    pub const fn is_number(self) -> bool {
        self.is_double() || self.is_int()
    }

    /// Is it a string?
    #[inline(always)]
    #[must_use]
    pub const fn is_string(self) -> bool {
        self.0 >> 48 == TAG_STRING
    }

    /// Is it an object?
    #[inline(always)]
    #[must_use]
    pub const fn is_object(self) -> bool {
        self.0 >> 48 == TAG_OBJECT
    }

    /// Is it a symbol, a BigInt or an internal cell?
    #[inline(always)]
    #[must_use]
    pub const fn is_other_cell(self) -> bool {
        self.0 >> 48 == TAG_CELL
    }

    /// Does it point at a cell of the heap?
    #[inline(always)]
    #[must_use]
    pub const fn is_cell(self) -> bool {
        self.0.wrapping_sub(TAG_STRING << 48) < (TAG_CELL + 1 - TAG_STRING) << 48
    }

    /// Is it a symbol?
    #[inline]
    #[must_use]
    pub fn is_symbol(self) -> bool {
        self.as_cell().is_some_and(Cell::is_symbol) && self.is_other_cell()
    }

    /// Is it a BigInt?
    #[inline]
    #[must_use]
    pub fn is_bigint(self) -> bool {
        self.is_other_cell() && self.as_cell().is_some_and(Cell::is_bigint)
    }

    /// Is it `undefined`?
    #[inline(always)]
    #[must_use]
    pub const fn is_undefined(self) -> bool {
        self.0 == Self::UNDEFINED.0
    }

    /// Is it `null`?
    #[inline(always)]
    #[must_use]
    pub const fn is_null(self) -> bool {
        self.0 == Self::NULL.0
    }

    /// Is it undefined, null, a boolean or one of the engine's own singular values?
    #[inline(always)]
    #[must_use]
    pub const fn is_special(self) -> bool {
        self.0 >> 48 == TAG_SPECIAL
    }

    /// Is it `undefined` or `null`?
    #[inline(always)]
    #[must_use]
    pub const fn is_nullish(self) -> bool {
        self.0.wrapping_sub(Self::UNDEFINED.0) <= 1
    }

    /// Is it a boolean?
    #[inline(always)]
    #[must_use]
    pub const fn is_bool(self) -> bool {
        self.0 & !1 == Self::FALSE.0
    }

    /// Is it the hole?
    #[inline(always)]
    #[must_use]
    pub const fn is_hole(self) -> bool {
        self.0 == Self::HOLE.0
    }

    /// The int32, if [`Value::is_int`] holds.
    #[inline(always)]
    #[must_use]
    pub const fn to_int_unchecked(self) -> i32 {
        self.0 as u32 as i32
    }

    /// The double, if [`Value::is_double`] holds.
    #[inline(always)]
    #[must_use]
    pub const fn to_double_unchecked(self) -> f64 {
        f64::from_bits(self.0)
    }

    /// The int32, if it is one.
    #[inline(always)]
    #[must_use]
    pub const fn as_int(self) -> Option<i32> {
        if self.is_int() {
            Some(self.to_int_unchecked())
        } else {
            None
        }
    }

    /// The number, if it is one.
    #[inline(always)]
    #[must_use]
    pub fn as_number(self) -> Option<f64> {
        if self.is_int() {
            Some(f64::from(self.to_int_unchecked()))
        } else if self.is_double() {
            Some(self.to_double_unchecked())
        } else {
            None
        }
    }

    /// The boolean, if it is one.
    #[inline]
    #[must_use]
    pub const fn as_bool(self) -> Option<bool> {
        if self.is_bool() {
            Some(self.0 & 1 == 1)
        } else {
            None
        }
    }

    /// The cell, if it points at one.
    #[inline(always)]
    #[must_use]
    pub fn as_cell(self) -> Option<Cell> {
        if self.is_cell() {
            Some(Cell::from_addr(self.0 & PAYLOAD))
        } else {
            None
        }
    }

    /// The object, if it is one.
    #[inline(always)]
    #[must_use]
    pub fn as_object(self) -> Option<Obj> {
        if self.is_object() {
            Some(Obj::from_cell(Cell::from_addr(self.0 & PAYLOAD)))
        } else {
            None
        }
    }

    /// The string, if it is one.
    #[inline(always)]
    #[must_use]
    pub fn as_string(self) -> Option<Str> {
        if self.is_string() {
            Some(Str::from_cell(Cell::from_addr(self.0 & PAYLOAD)))
        } else {
            None
        }
    }

    /// The pointer bits, whatever the tag.
    #[inline(always)]
    #[must_use]
    pub const fn payload(self) -> u64 {
        self.0 & PAYLOAD
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::UNDEFINED => f.write_str("undefined"),
            Self::NULL => f.write_str("null"),
            Self::TRUE => f.write_str("true"),
            Self::FALSE => f.write_str("false"),
            Self::HOLE => f.write_str("<hole>"),
            Self::TERMINATION => f.write_str("<termination>"),
            _ if self.is_number() => write!(f, "{:?}", self.as_number().unwrap_or(0.0)),
            _ => write!(f, "<cell {:#x}>", self.payload()),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::bool(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        i32::try_from(value).map_or_else(|_| Self::double(f64::from(value)), Self::int)
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        i32::try_from(value).map_or_else(|_| Self::double(value as f64), Self::int)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::number(value)
    }
}

impl From<Obj> for Value {
    fn from(value: Obj) -> Self {
        Self::object(value)
    }
}

impl From<Str> for Value {
    fn from(value: Str) -> Self {
        Self::string(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_value() {
        for number in [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.5,
            2_147_483_647.0,
            2_147_483_648.0,
            f64::INFINITY,
            f64::MIN_POSITIVE,
        ] {
            let value = Value::number(number);
            assert_eq!(
                value.as_number().map(f64::to_bits),
                Some(number.to_bits()),
                "{number}"
            );
        }
        assert!(Value::number(3.0).is_int() && Value::number(-0.0).is_double());
    }

    #[test]
    fn no_nan_forges_a_pointer() {
        for tag in 0xFFF8u64..=0xFFFF {
            for low in [0u64, 1, 0xFFFF_FFFF_FFFF] {
                let value = Value::number(f64::from_bits((tag << 48) | low));
                assert!(value.is_double() && !value.is_cell(), "{tag:x}");
            }
        }
    }

    #[test]
    fn kinds_do_not_overlap() {
        let all = [
            Value::UNDEFINED,
            Value::NULL,
            Value::TRUE,
            Value::FALSE,
            Value::HOLE,
            Value::int(-1),
            Value::NAN,
        ];
        for value in all {
            let kinds = [
                value.is_nullish(),
                value.is_bool(),
                value.is_hole(),
                value.is_number(),
                value.is_cell(),
            ];
            assert_eq!(kinds.iter().filter(|&&is| is).count(), 1, "{value:?}");
        }
    }
}
