//! Environments: the captured variables of a scope.
//!
//! Layout: header (its `shape` field counts the slots), parent (an environment or null), info (a native cell with the names
//! where run time needs them, a `with` object, or undefined), slots.

use super::{
    Heap, Tracer,
    cell::{Cell, Header, Kind},
};
use crate::vm::value::Value;

/// Byte offset of the first slot.
pub const SLOTS: usize = 24;
/// Byte offset of the parent.
pub const PARENT: usize = 8;
/// Byte offset of the info.
pub const INFO: usize = 16;

/// An environment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Env(Cell);

impl Env {
    /// The cell.
    #[inline(always)]
    #[must_use]
    pub const fn cell(self) -> Cell {
        self.0
    }

    /// The environment that `value` is.
    #[inline(always)]
    #[must_use]
    pub fn from_value(value: Value) -> Option<Self> {
        let cell = value.as_cell()?;
        (cell.kind() == Kind::Env).then_some(Self(cell))
    }

    /// The environment around it.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        Self::from_value(Value::from_bits(self.0.read(PARENT)))
    }

    /// What says more about it, else undefined.
    #[must_use]
    pub fn info(self) -> Value {
        Value::from_bits(self.0.read(INFO))
    }

    /// How many slots it has.
    #[inline]
    #[must_use]
    pub fn len(self) -> usize {
        self.0.header().shape as usize
    }

    /// Has it no slots?
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The value in a slot; the hole beyond the last.
    #[inline]
    #[must_use]
    pub fn get(self, slot: usize) -> Value {
        if slot < self.len() {
            Value::from_bits(self.0.read(SLOTS + slot * 8))
        } else {
            Value::HOLE
        }
    }

    /// Stores into a slot; beyond the last nothing happens.
    #[inline]
    pub fn set(self, slot: usize, value: Value) {
        if slot < self.len() {
            self.0.write(SLOTS + slot * 8, value.bits());
            self.0.write_barrier();
        }
    }

    /// Where a slot that there is lies: the cell and the byte offset. It stays there as long as the environment lives.
    pub(in crate::vm) const fn slot_place(self, slot: usize) -> (Cell, usize) {
        (self.0, SLOTS + slot * 8)
    }

    /// Replaces the info.
    pub fn set_info(self, info: Value) {
        self.0.write(INFO, info.bits());
        self.0.write_barrier();
    }
}

impl From<Env> for Value {
    fn from(env: Env) -> Self {
        Self::cell(env.0)
    }
}

impl Heap {
    /// A new environment of `slots` slots, all `fill`.
    #[inline]
    pub fn new_env(&mut self, parent: Value, slots: usize, fill: Value) -> Env {
        let header = Header {
            kind: Kind::Env,
            flags: 0,
            inline: 0,
            roots: 0,
            shape: slots as u32,
        };
        let cell = self.alloc_headed(header, SLOTS + slots * 8);
        cell.write(PARENT, parent.bits());
        cell.write(INFO, Value::UNDEFINED.bits());
        for slot in 0..slots {
            cell.write(SLOTS + slot * 8, fill.bits());
        }
        Env(cell)
    }

    /// A copy of an environment: same parent, same values.
    pub fn copy_env(&mut self, env: Env) -> Env {
        let copy = self.new_env(
            Value::from_bits(env.0.read(PARENT)),
            env.len(),
            Value::UNDEFINED,
        );
        copy.0.write(INFO, env.0.read(INFO));
        for slot in 0..env.len() {
            copy.0.write(SLOTS + slot * 8, env.0.read(SLOTS + slot * 8));
        }
        copy
    }
}

pub(super) fn trace(cell: Cell, tracer: &mut Tracer<'_>) {
    let slots = cell.header().shape as usize;
    for word in 0..slots + 2 {
        tracer.value(Value::from_bits(cell.read(PARENT + word * 8)));
    }
}
