//! Looking at the heap: who refers to whom and how large everything is. For snapshots; nothing is changed.
//!
//! A look follows a full collection, with nothing in between that runs JavaScript: then everything alive is marked.

use super::{
    Heap, Tracer,
    block::{self, Block},
    cell::{Cell, Kind, flag},
    mark, native,
};
use std::ptr::NonNull;

impl Heap {
    /// The cells that `visit` visits, in order; some may occur twice.
    pub(in crate::vm) fn list(&mut self, visit: impl FnOnce(&mut Tracer<'_>)) -> Vec<Cell> {
        mark::list(self, visit)
    }

    /// The cells that a cell holds strongly, in the order in which it has them. What an object's shape holds is not told.
    pub(in crate::vm) fn children(&mut self, cell: Cell) -> Vec<Cell> {
        mark::children(self, cell)
    }

    /// Bytes of memory outside of the heap that cells own.
    #[must_use]
    pub fn external(&self) -> usize {
        self.shared.external.get()
    }

    /// Of the external bytes, those of buffers.
    #[must_use]
    pub fn buffers(&self) -> usize {
        self.shared.buffers.get()
    }

    /// The cells that handles outside of the heap keep alive.
    pub(in crate::vm) fn handles(&self) -> Vec<Cell> {
        self.shared.roots()
    }
}

/// Bytes that a cell takes, with the Rust memory that it owns.
pub(in crate::vm) fn size_of_cell(cell: Cell) -> usize {
    if cell.flags() & flag::OFF_HEAP != 0 {
        return 0;
    }
    let Some(block) = NonNull::new(block::block_of(cell)) else {
        return 0;
    };
    let external = match cell.kind() {
        Kind::Native => native::external_bytes(cell),
        _ => 0,
    };
    Block::cell_bytes(block) + external
}
