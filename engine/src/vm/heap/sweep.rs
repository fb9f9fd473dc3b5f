//! Sweeping: frees the old cells that a major collection did not reach, a slice at a time.
//!
//! In this order, because each step frees memory that the ones before look at: interned strings (the table lists cells),
//! owners (their Rust memory is named in the cell), large cells, blocks. Until a block is swept, nothing is allocated in it,
//! and its dead cells lie there untouched. A string that is interned again before its turn came is reached by that.

use std::ptr::NonNull;

use super::{
    Block, Cell, FIRST, Heap,
    block::{self},
    collect::{self, Phase},
};

/// What is left to sweep.
#[derive(Debug, Default)]
pub(super) struct Unswept {
    /// Parts of the table of atoms.
    pub atoms: usize,
    pub owners: Vec<Cell>,
    pub large: Vec<NonNull<Block>>,
    /// Blocks and the number of their size class.
    pub blocks: Vec<(u8, NonNull<Block>)>,
}

impl Unswept {
    /// Words of its lists.
    pub(super) fn capacity(&self) -> usize {
        self.owners.capacity() + self.large.capacity() + self.blocks.capacity() * 2
    }

    fn is_empty(&self) -> bool {
        self.atoms == 0 && self.owners.is_empty() && self.large.is_empty() && self.blocks.is_empty()
    }
}

/// Work of a slice: what an interned string, an owner, a large cell and a block cost of it.
const SLICE: usize = 20_000;
const ATOM: usize = 1;
const OWNER: usize = 1;
const LARGE: usize = 40;
const BLOCK: usize = 30;
/// Bytes that are given back to the system for one more.
const FREED_A_STEP: usize = 2048;

impl Heap {
    /// Marking has ended: all old cells are to be swept.
    pub(super) fn begin_sweep(&mut self) {
        self.major.phase = Phase::Sweeping;
        self.unswept.atoms = self.atoms.parts();
        self.unswept.owners = std::mem::take(&mut self.old_owners);
        self.unswept.large = std::mem::take(&mut self.old_large);
        for (number, class) in self.classes.iter_mut().enumerate() {
            class.available.clear();
            let blocks = class.blocks.iter().map(|&block| (number as u8, block));
            self.unswept.blocks.extend(blocks);
        }
    }

    /// Sweeps a part.
    pub(super) fn sweep_slice(&mut self) {
        self.sweep(if self.is_stressed() {
            SLICE / 16
        } else {
            SLICE
        });
    }

    /// Sweeps the rest, if a sweep is under way.
    pub(super) fn sweep_all(&mut self) {
        if self.major.phase == Phase::Sweeping {
            self.sweep(usize::MAX);
        }
    }

    fn sweep(&mut self, budget: usize) {
        let mut work = 0;
        while work < budget {
            work += self.sweep_step();
            if self.unswept.is_empty() {
                self.major.phase = Phase::Idle;
                self.full_baseline = self.survived + self.large_bytes + self.shared.external.get();
                self.shape_baseline = self.shapes.bytes();
                return;
            }
        }
    }

    /// Sweeps the next thing. Returns the work that it was.
    fn sweep_step(&mut self) -> usize {
        if self.unswept.atoms > 0 {
            self.unswept.atoms -= 1;
            return self.atoms.sweep_part(self.unswept.atoms) * ATOM + 1;
        }
        if let Some(cell) = self.unswept.owners.pop() {
            if block::is_reached(cell) {
                self.old_owners.push(cell);
            } else {
                let before = self.shared.external.get();
                collect::finish(cell);
                let freed = before.saturating_sub(self.shared.external.get());
                return OWNER + freed / FREED_A_STEP;
            }
            return OWNER;
        }
        if let Some(block) = self.unswept.large.pop() {
            if Block::is_reached_at(block, FIRST) {
                self.old_large.push(block);
                return LARGE;
            }
            let bytes = Block::cell_bytes(block);
            self.free_large(block);
            return LARGE + bytes / FREED_A_STEP;
        }
        if let Some((class, block)) = self.unswept.blocks.pop() {
            Block::keep_reached(block);
            self.offer(usize::from(class), block);
        }
        BLOCK
    }
}
