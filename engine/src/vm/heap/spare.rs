//! Spare blocks: those of large cells that died, kept for the next large cells. Their pages are mapped already; to take such a
//! block from the system again costs a page fault for each.

use std::ptr::NonNull;

use super::{Block, FIRST, Heap};

/// Bytes of spare blocks that are kept.
const MOST: usize = 16 << 20;
/// How many are looked at for one that fits.
const LOOKED_AT: usize = 64;

/// Blocks of large cells that died.
#[derive(Debug, Default)]
pub(super) struct Spare {
    blocks: Vec<NonNull<Block>>,
    bytes: usize,
}

impl Spare {
    /// A block for a large cell of `bytes`, at most an eighth larger.
    fn take(&mut self, bytes: usize) -> Option<NonNull<Block>> {
        let fits = bytes..=bytes + bytes / 8;
        let from = self.blocks.len().saturating_sub(LOOKED_AT);
        let at = self
            .blocks
            .get(from..)?
            .iter()
            .rposition(|&block| fits.contains(&Block::cell_bytes(block)))?;
        let block = self.blocks.swap_remove(from + at);
        self.bytes -= FIRST + Block::cell_bytes(block);
        Some(block)
    }

    /// The blocks, to be freed.
    pub(super) fn drain(&mut self) -> Vec<NonNull<Block>> {
        self.bytes = 0;
        std::mem::take(&mut self.blocks)
    }
}

impl Heap {
    /// A block for a large cell of `bytes` or a little more.
    pub(super) fn take_large(&mut self, bytes: usize) -> Option<NonNull<Block>> {
        let shared = &raw const *self.shared;
        if let Some(block) = self.spare.take(bytes) {
            Block::renew(block, shared);
            return Some(block);
        }
        self.make_room(FIRST + bytes);
        Block::allocate(shared, bytes, true)
    }

    /// Keeps the block of a large cell that died, or frees it.
    pub(super) fn free_large(&mut self, block: NonNull<Block>) {
        let bytes = FIRST + Block::cell_bytes(block);
        self.large_bytes -= Block::cell_bytes(block);
        if self.spare.bytes + bytes > MOST || self.taken() > self.limit() / 2 {
            return Block::free(block);
        }
        self.spare.bytes += bytes;
        self.spare.blocks.push(block);
    }

    /// Frees the spare blocks if, with them, `bytes` more are too much: they are not counted as taken.
    #[inline]
    pub(super) fn make_room(&mut self, bytes: usize) {
        if self.spare.bytes > 0 && self.exceeds(self.spare.bytes.saturating_add(bytes)) {
            self.free_spare();
        }
    }

    /// Gives the spare blocks back to the system.
    #[cold]
    pub(super) fn free_spare(&mut self) {
        self.spare.drain().into_iter().for_each(Block::free);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, FIRST, Kind};
    use super::*;

    fn large(heap: &mut Heap, bytes: usize) -> Cell {
        heap.alloc(Kind::Slots, bytes)
    }

    fn collect(heap: &mut Heap) {
        heap.run(super::super::Work::Full, &mut |_| {});
    }

    #[test]
    fn a_dead_cells_block_serves_the_next_of_its_size() {
        let mut heap = Heap::new();
        let first = large(&mut heap, 100_000).addr();
        collect(&mut heap);
        assert_eq!(heap.spare.bytes, FIRST + 100_000);
        let second = large(&mut heap, 95_008);
        assert_eq!((second.addr(), heap.spare.bytes), (first, 0));
        let used = heap.large_bytes;
        assert_eq!(used, 100_000);
        collect(&mut heap);
        assert_eq!(heap.large_bytes, 0);
        assert_ne!(large(&mut heap, 50_000).addr(), first);
    }

    #[test]
    fn spare_blocks_make_room() {
        let mut heap = Heap::new();
        heap.set_limit(4 << 20);
        large(&mut heap, 1 << 20);
        collect(&mut heap);
        assert!(heap.spare.bytes > 0);
        large(&mut heap, 3 << 20);
        assert_eq!(heap.spare.bytes, 0);
    }

    #[test]
    fn no_more_than_some_are_kept() {
        let mut heap = Heap::new();
        for _ in 0..30 {
            large(&mut heap, 1 << 20);
        }
        collect(&mut heap);
        assert!(heap.spare.bytes <= MOST && heap.spare.bytes > MOST / 2);
    }
}
