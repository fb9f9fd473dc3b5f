//! BigInts. Layout: header, pointer to the boxed number.
#![allow(unsafe_code, reason = "owns boxed data behind a raw pointer")]

use num_bigint::BigInt as Number;

use super::{
    Heap,
    cell::{Cell, Kind},
};
use crate::vm::value::Value;

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
    pub fn number(&self) -> &Number {
        // SAFETY: the cell owns its box until it is swept, and sweeping happens at safepoints only.
        unsafe { &*data(self.0) }
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
        self.charge_external((number.bits() / 8) as isize);
        let cell = self.alloc_owner(Kind::BigInt, 16);
        cell.write(
            8,
            Box::into_raw(Box::new(number)).expose_provenance() as u64,
        );
        Big(cell)
    }
}

pub(super) fn drop_data(cell: Cell) {
    // SAFETY: called once, when the cell is dead; the pointer came from `Box::into_raw`.
    let number = unsafe { Box::from_raw(data(cell)) };
    let bytes = (number.bits() / 8) as isize;
    let external = &super::block::shared_of(cell).external;
    external.set(external.get().saturating_add_signed(-bytes));
}
