//! Blocks: 64 KiB of cells of one size, or one large cell. The mark bits lie in the block's own header.
//!
//! A cell's block is found by masking its address, and from there what all blocks of a heap share: the list of cells that
//! handles keep alive, and the remembered set.
#![allow(unsafe_code, reason = "blocks are raw memory")]
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "an offset and the access to it are one act"
)]

use std::{
    alloc::{Layout, alloc, dealloc},
    cell::{Cell as StdCell, UnsafeCell},
    collections::HashMap,
    ptr::NonNull,
};

use super::cell::{Cell, Header, flag};

/// Bytes of a block, and its alignment.
pub const BLOCK: usize = 64 << 10;
/// Bytes of a granule.
pub const GRANULE: usize = 16;
/// Offset of a block's first cell.
pub const FIRST: usize = 560;
/// The largest cell that shares a block, in bytes.
pub const MAX_SMALL: usize = 8112;

/// The start of every block.
#[repr(C)]
pub struct Block {
    shared: *const Shared,
    /// Bytes of a cell; a large block's whole cell.
    pub cell_bytes: usize,
    /// Does the block hold one large cell?
    pub large: bool,
    marks: [u64; BLOCK / GRANULE / 64],
}

const _: () = assert!(size_of::<Block>() <= FIRST && FIRST.is_multiple_of(GRANULE));

/// What all cells of a heap reach without the heap.
pub struct Shared {
    rooted: UnsafeCell<Vec<Cell>>,
    many_roots: UnsafeCell<HashMap<Cell, u32>>,
    remembered: UnsafeCell<Vec<Cell>>,
    /// Bytes that native data holds outside of the heap, charged to it.
    pub external: StdCell<usize>,
    /// Set when the heap is gone but handles are left: how many.
    orphans: StdCell<Option<usize>>,
}

impl Shared {
    pub(super) fn new() -> Self {
        Self {
            rooted: UnsafeCell::default(),
            many_roots: UnsafeCell::default(),
            remembered: UnsafeCell::default(),
            external: StdCell::new(0),
            orphans: StdCell::new(None),
        }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn remember(&self, cell: Cell) {
        cell.add_flags(flag::REMEMBERED);
        // SAFETY: a heap is used by one thread, and no reference to the list outlives a function of this file.
        unsafe { (*self.remembered.get()).push(cell) }
    }

    pub(super) fn take_remembered(&self) -> Vec<Cell> {
        // SAFETY: as in `remember`.
        std::mem::take(unsafe { &mut *self.remembered.get() })
    }

    /// Cells with handles; those whose last handle went are dropped from the list.
    pub(super) fn roots(&self) -> Vec<Cell> {
        // SAFETY: as in `remember`.
        let rooted = unsafe { &mut *self.rooted.get() };
        rooted.retain(|cell| {
            let alive = cell.header().roots > 0;
            if !alive {
                cell.clear_flags(flag::LISTED);
            }
            alive
        });
        rooted.clone()
    }

    /// Called when the heap goes: are there handles left that still need its memory?
    pub(super) fn orphan(&self) -> bool {
        // SAFETY: as in `remember`.
        let many = unsafe { &*self.many_roots.get() };
        let count = self
            .roots()
            .iter()
            .map(|cell| usize::from(cell.header().roots))
            .sum::<usize>()
            + many.values().map(|&more| more as usize).sum::<usize>();
        self.orphans.set(Some(count));
        count > 0
    }
}

/// What the cell's heap shares.
#[inline(always)]
pub(super) fn shared_of(cell: Cell) -> &'static Shared {
    // SAFETY: every on-heap cell lies in the first 64 KiB of a block that points to its heap's shared part, which lives as
    // long as any block. The lifetime is not used beyond the calls of this module's functions.
    unsafe { &*(*block_of(cell)).shared }
}

/// The cell's block.
#[inline(always)]
pub(super) fn block_of(cell: Cell) -> *mut Block {
    cell.as_ptr().map_addr(|addr| addr & !(BLOCK - 1)).cast()
}

/// Adds a handle.
#[inline]
pub(in crate::vm) fn add_root(cell: Cell) {
    let mut header = cell.header();
    if header.flags & flag::OFF_HEAP != 0 {
        return;
    }
    let shared = shared_of(cell);
    if header.roots == u8::MAX {
        // SAFETY: as in `Shared::remember`.
        *unsafe { &mut *shared.many_roots.get() }
            .entry(cell)
            .or_insert(0) += 1;
        return;
    }
    header.roots += 1;
    if header.flags & flag::LISTED == 0 {
        header.flags |= flag::LISTED;
        // SAFETY: as in `Shared::remember`.
        unsafe { (*shared.rooted.get()).push(cell) }
    }
    cell.set_header(header);
}

/// Takes a handle away.
#[inline]
pub(in crate::vm) fn remove_root(cell: Cell) {
    let mut header = cell.header();
    if header.flags & flag::OFF_HEAP != 0 {
        return;
    }
    let shared = shared_of(cell);
    if header.roots == u8::MAX && take_from_many(shared, cell) {
        return release_orphan(shared);
    }
    header.roots = header.roots.saturating_sub(1);
    cell.set_header(header);
    release_orphan(shared);
}

fn take_from_many(shared: &Shared, cell: Cell) -> bool {
    // SAFETY: as in `Shared::remember`.
    let many = unsafe { &mut *shared.many_roots.get() };
    match many.get_mut(&cell) {
        Some(1) => many.remove(&cell).is_some(),
        Some(more) => {
            *more -= 1;
            true
        }
        None => false,
    }
}

/// The memory of a heap that is gone is left behind while handles point into it; the last one does not free it either (the
/// blocks are no longer listed), which costs memory only where a host drops its context before its handles.
fn release_orphan(shared: &Shared) {
    if let Some(left) = shared.orphans.get() {
        shared.orphans.set(Some(left.saturating_sub(1)));
    }
}

impl Block {
    /// A new block for cells of `cell_bytes`, or for one large cell.
    pub(super) fn allocate(
        shared: *const Shared,
        cell_bytes: usize,
        large: bool,
    ) -> Option<NonNull<Self>> {
        let layout = Self::layout(cell_bytes, large)?;
        // SAFETY: the layout's size is not zero.
        let ptr = NonNull::new(unsafe { alloc(layout) })?.cast::<Self>();
        let marks = [0; BLOCK / GRANULE / 64];
        // SAFETY: freshly allocated, large and aligned enough for a block header.
        unsafe {
            ptr.write(Self {
                shared,
                cell_bytes,
                large,
                marks,
            })
        };
        Some(ptr)
    }

    fn layout(cell_bytes: usize, large: bool) -> Option<Layout> {
        let bytes = if large {
            FIRST.checked_add(cell_bytes)?
        } else {
            BLOCK
        };
        Layout::from_size_align(bytes, BLOCK).ok()
    }

    /// Frees the block.
    pub(super) fn free(block: NonNull<Self>) {
        // SAFETY: the block is initialised until it is freed here, once, by the heap that lists it.
        let (bytes, large) = unsafe { ((*block.as_ptr()).cell_bytes, (*block.as_ptr()).large) };
        if let Some(layout) = Self::layout(bytes, large) {
            // SAFETY: the same layout as in `allocate`.
            unsafe { dealloc(block.as_ptr().cast(), layout) }
        }
    }

    /// The cell at byte `offset`.
    pub(super) fn cell_at(block: NonNull<Self>, offset: usize) -> Cell {
        let ptr = block
            .as_ptr()
            .cast::<u8>()
            .wrapping_add(offset)
            .cast::<Header>();
        // SAFETY: not null, because `block` isn't and the sum stays inside the block.
        Cell::from_ptr(unsafe { NonNull::new_unchecked(ptr) })
    }

    pub(super) fn marks(block: NonNull<Self>) -> *mut [u64; BLOCK / GRANULE / 64] {
        // SAFETY: a pointer to a field of an initialised block; no reference is made.
        unsafe { &raw mut (*block.as_ptr()).marks }
    }

    /// Is the cell at byte `offset` marked?
    #[inline]
    pub(super) fn is_marked_at(block: NonNull<Self>, offset: usize) -> bool {
        let bit = offset / GRANULE;
        // SAFETY: the bitmap has a bit for each granule of a block.
        unsafe { (*Self::marks(block))[bit / 64] >> (bit % 64) & 1 == 1 }
    }

    /// Clears all marks.
    pub(super) fn clear_marks(block: NonNull<Self>) {
        // SAFETY: as in `is_marked_at`.
        unsafe { *Self::marks(block) = [0; BLOCK / GRANULE / 64] }
    }

    /// How many cells are marked.
    pub(super) fn count_marks(block: NonNull<Self>) -> usize {
        // SAFETY: as in `is_marked_at`.
        unsafe {
            (*Self::marks(block))
                .iter()
                .map(|word| word.count_ones() as usize)
                .sum()
        }
    }

    /// Bytes of its cells.
    pub(super) fn cell_bytes(block: NonNull<Self>) -> usize {
        // SAFETY: the block is initialised.
        unsafe { (*block.as_ptr()).cell_bytes }
    }
}

/// Marks the cell; was it unmarked?
#[inline]
pub(super) fn mark(cell: Cell) -> bool {
    if cell.flags() & flag::OFF_HEAP != 0 {
        return false;
    }
    let block = block_of(cell);
    let bit = (cell.as_ptr().addr() & (BLOCK - 1)) / GRANULE;
    // SAFETY: the cell lies in an initialised block, see `shared_of`.
    let word = unsafe { &mut (*block).marks[bit / 64] };
    let mask = 1 << (bit % 64);
    let fresh = *word & mask == 0;
    *word |= mask;
    fresh
}

/// Is the cell marked?
#[inline]
pub(super) fn is_marked(cell: Cell) -> bool {
    if cell.flags() & flag::OFF_HEAP != 0 {
        return true;
    }
    let block = block_of(cell);
    let bit = (cell.as_ptr().addr() & (BLOCK - 1)) / GRANULE;
    // SAFETY: as in `mark`.
    unsafe { (*block).marks[bit / 64] >> (bit % 64) & 1 == 1 }
}
