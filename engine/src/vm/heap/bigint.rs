//! BigInts. Layout: header, a describing word, and
//!
//! * of a short one the magnitude's digits; the word is `len << 2 | negative << 1 | 1`;
//! * of a long one nothing more; the word is a pointer to the boxed number.
#![allow(unsafe_code, reason = "owns boxed data behind a raw pointer")]

use std::{borrow::Cow, cmp::Ordering};

use num_bigint::BigInt as Number;
use num_traits::Zero as _;

use super::{
    Heap, allocated,
    cell::{Cell, Kind},
};
use crate::vm::{
    bigint::{
        self,
        short::{MAX_LIMBS, Short},
    },
    value::Value,
};

/// A BigInt.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Big(Cell);

fn data(cell: Cell) -> *mut Number {
    std::ptr::with_exposed_provenance_mut(cell.read(8) as usize)
}

impl Big {
    /// The cell.
    #[must_use]
    pub const fn cell(self) -> Cell {
        self.0
    }

    /// The BigInt that `value` is.
    #[must_use]
    pub fn from_value(value: Value) -> Option<Self> {
        let cell = value.as_cell()?;
        (cell.kind() == Kind::BigInt).then_some(Self(cell))
    }

    /// The number. The borrow must end before the next safepoint.
    #[must_use]
    pub fn number(&self) -> Cow<'_, Number> {
        if let Some(short) = self.short() {
            return Cow::Owned(short.to_big());
        }
        // SAFETY: the cell owns its box until it is swept, and sweeping happens at safepoints only.
        Cow::Borrowed(unsafe { &*data(self.0) })
    }

    /// Are both the same number?
    #[must_use]
    pub fn equals(self, other: Self) -> bool {
        match (self.short(), other.short()) {
            (Some(x), Some(y)) => x == y,
            // A long one off the heap may be short in digits: look at the numbers.
            _ => self.number() == other.number(),
        }
    }

    /// How both compare.
    #[must_use]
    pub fn order(self, other: Self) -> Ordering {
        match (self.short(), other.short()) {
            (Some(x), Some(y)) => x.cmp(&y),
            _ => (*self.number()).cmp(&*other.number()),
        }
    }

    /// Is it 0n?
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.short().map_or_else(
            || self.number().is_zero(),
            |short| short.digits().is_empty(),
        )
    }

    /// Modulo 2^64, as typed arrays store it.
    #[must_use]
    pub fn to_u64_wrapping(self) -> u64 {
        match self.short() {
            Some(short) => short.to_u64_wrapping(),
            None => bigint::to_u64_wrapping(&self.number()),
        }
    }

    /// The number, if it is a short one.
    #[must_use]
    pub fn short(self) -> Option<Short> {
        let word = self.0.read(8);
        if word & 1 == 0 {
            return None;
        }
        let mut digits = [0; MAX_LIMBS];
        let len = (word >> 2) as usize;
        for (index, digit) in digits.iter_mut().take(len).enumerate() {
            *digit = self.0.read(16 + 8 * index);
        }
        Some(Short::of_canonical(word & 2 != 0, len, digits))
    }
}

impl From<Big> for Value {
    fn from(big: Big) -> Self {
        Self::cell(big.0)
    }
}

impl Heap {
    /// A new BigInt.
    pub fn new_bigint(&mut self, number: Number) -> Big {
        if let Some(short) = Short::from_big(&number) {
            return self.new_short_bigint(&short);
        }
        self.charge_external(bytes_of(&number) as isize);
        // Exactly as large as it is charged: what computed it may have left as much free.
        let number = number.clone();
        let cell = self.alloc_owner(Kind::BigInt, 16);
        cell.write(
            8,
            Box::into_raw(Box::new(number)).expose_provenance() as u64,
        );
        Big(cell)
    }

    /// A new BigInt of up to 512 bits.
    pub fn new_short_bigint(&mut self, short: &Short) -> Big {
        let digits = short.digits();
        let cell = self.alloc(Kind::BigInt, 16 + 8 * digits.len());
        let word = (digits.len() as u64) << 2 | u64::from(short.is_negative()) << 1 | 1;
        cell.write(8, word);
        for (index, &digit) in digits.iter().enumerate() {
            cell.write(16 + 8 * index, digit);
        }
        Big(cell)
    }
}

/// Bytes that a number and its box take.
fn bytes_of(number: &Number) -> usize {
    let digits = number.bits().div_ceil(64) as usize * 8;
    allocated(digits) + allocated(size_of::<Number>())
}

/// Bytes that it holds outside of the heap.
pub(super) fn external_bytes(cell: Cell) -> usize {
    let big = Big(cell);
    match big.short() {
        Some(_) => 0,
        None => bytes_of(&big.number()),
    }
}

pub(super) fn drop_data(cell: Cell) {
    // SAFETY: called once, when the cell is dead; the pointer came from `Box::into_raw`.
    let number = unsafe { Box::from_raw(data(cell)) };
    let bytes = bytes_of(&number) as isize;
    let external = &super::block::shared_of(cell).external;
    external.set(external.get().saturating_add_signed(-bytes));
}
