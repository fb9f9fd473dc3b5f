//! Symbols. Layout: header (its `shape` field is the hash), description (a string or undefined).

use super::{
    Heap,
    cell::{Cell, Kind, flag},
};
use crate::vm::value::Value;

/// A symbol; private names are symbols with [`flag::PRIVATE`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(transparent)]
pub struct Sym(Cell);

impl Sym {
    /// The cell.
    #[inline]
    #[must_use]
    pub const fn cell(self) -> Cell {
        self.0
    }

    /// The symbol that `value` is.
    #[inline]
    #[must_use]
    pub fn from_value(value: Value) -> Option<Self> {
        let cell = value.as_cell()?;
        (cell.kind() == Kind::Symbol).then_some(Self(cell))
    }

    /// Its description: a string or undefined.
    #[must_use]
    pub fn description(self) -> Value {
        Value::from_bits(self.0.read(8))
    }

    /// Is it a private name?
    #[inline]
    #[must_use]
    pub fn is_private(self) -> bool {
        self.0.flags() & flag::PRIVATE != 0
    }

    /// Is it one of the engine's well-known symbols?
    #[must_use]
    pub fn is_well_known(self) -> bool {
        self.0.flags() & flag::WELL_KNOWN != 0
    }

    /// Was it made by `Symbol.for`?
    #[must_use]
    pub fn is_registered(self) -> bool {
        self.0.flags() & flag::ATOM != 0
    }
}

impl From<Sym> for Value {
    fn from(symbol: Sym) -> Self {
        Self::cell(symbol.0)
    }
}

impl Heap {
    /// A new symbol.
    pub fn new_symbol(&mut self, description: Value) -> Sym {
        let cell = self.alloc(Kind::Symbol, 16);
        cell.write(8, description.bits());
        Sym(cell)
    }

    /// A new private name.
    pub fn new_private_name(&mut self, description: Value) -> Sym {
        let symbol = self.new_symbol(description);
        symbol.0.add_flags(flag::PRIVATE);
        symbol
    }
}
