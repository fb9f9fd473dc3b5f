//! Blocks: 64 KiB of cells of one size, or one large cell. The mark bits lie in the block's own header, twice: `kept` says
//! which cells survived a collection, `reached` which of them the major marking under way has come by.
//! Invariant: `reached` is a part of `kept`.
//!
//! A large cell needs one bit of each; the rest of its `kept` bits are *cards*, one for each part of the cell, set where
//! something was stored since the last minor collection.
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

use super::{
    cell::{Cell, Header, flag},
    held::Held,
};

/// Bytes of a block, and its alignment.
pub const BLOCK: usize = 64 << 10;
/// Bytes of a granule.
pub const GRANULE: usize = 16;
/// Offset of a block's first cell.
pub const FIRST: usize = 1088;
/// The largest cell that shares a block, in bytes.
pub const MAX_SMALL: usize = 8048;

/// The start of every block.
#[repr(C)]
pub struct Block {
    shared: *const Shared,
    /// Bytes of a cell; a large block's whole cell.
    pub cell_bytes: usize,
    /// Does the block hold one large cell?
    pub large: bool,
    /// Large: has a card been set since the last minor collection?
    has_cards: bool,
    /// Cells that were kept when they were counted last.
    live: u32,
    /// Where its size class lists it.
    index: u32,
    kept: Bits,
    reached: Bits,
}

type Bits = [u64; BLOCK / GRANULE / 64];

/// Words of `kept` that hold no cards in a large block: the large cell's own bit lies there.
const CARD_WORDS_FROM: usize = 2;
/// How many cards a large cell has at most.
const CARDS: usize = (BLOCK / GRANULE / 64 - CARD_WORDS_FROM) * 64;
const _: () = assert!(FIRST / GRANULE < CARD_WORDS_FROM * 64);

const _: () = assert!(size_of::<Block>() <= FIRST && FIRST.is_multiple_of(GRANULE));

/// What all cells of a heap reach without the heap.
pub struct Shared {
    rooted: UnsafeCell<Vec<Cell>>,
    many_roots: UnsafeCell<HashMap<Cell, u32>>,
    remembered: UnsafeCell<Vec<Cell>>,
    held: UnsafeCell<Held>,
    /// Bytes that native data holds outside of the heap, charged to it.
    pub external: StdCell<usize>,
    /// Of those, the bytes of `ArrayBuffer`s and `SharedArrayBuffer`s.
    pub buffers: StdCell<usize>,
    /// Set when the heap is gone but handles are left: how many.
    orphans: StdCell<Option<usize>>,
}

impl Shared {
    pub(super) fn new() -> Self {
        Self {
            rooted: UnsafeCell::default(),
            many_roots: UnsafeCell::default(),
            remembered: UnsafeCell::default(),
            held: UnsafeCell::default(),
            external: StdCell::new(0),
            buffers: StdCell::new(0),
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

    /// As `remember`, for a store at byte `offset`: of a large cell, only the part around it is.
    #[cold]
    #[inline(never)]
    pub(super) fn remember_at(&self, cell: Cell, offset: usize) {
        let block = block_of(cell);
        // SAFETY: the cell lies in an initialised block, see `shared_of`.
        if !unsafe { (*block).large } {
            return self.remember(cell);
        }
        // SAFETY: as above.
        let card = offset / card_bytes(unsafe { (*block).cell_bytes });
        // SAFETY: as above; a card's number is below `CARDS`, see `card_bytes`.
        unsafe { (*block).kept[CARD_WORDS_FROM + card / 64] |= 1 << (card % 64) }
        // SAFETY: as above.
        if !std::mem::replace(unsafe { &mut (*block).has_cards }, true) {
            // SAFETY: as in `remember`.
            unsafe { (*self.remembered.get()).push(cell) }
        }
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

    /// Words of its lists.
    pub(super) fn capacity(&self) -> usize {
        // SAFETY: as in `remember`.
        let rooted = unsafe { (*self.rooted.get()).capacity() };
        // SAFETY: as in `remember`.
        let many = unsafe { (*self.many_roots.get()).capacity() };
        // SAFETY: as in `remember`.
        let remembered = unsafe { (*self.remembered.get()).capacity() };
        rooted + many * 3 + remembered + self.with_held(|held| held.capacity())
    }

    /// Changes what is known of shared memory.
    pub(super) fn with_held<R>(&self, change: impl FnOnce(&mut Held) -> R) -> R {
        // SAFETY: as in `remember`; the closures passed here do not come back to this heap.
        change(unsafe { &mut *self.held.get() })
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
        // SAFETY: freshly allocated, large and aligned enough for a block header.
        unsafe { ptr.write(Self::new(shared, cell_bytes, large)) };
        Some(ptr)
    }

    /// Makes the block of a large cell that died one for a new cell.
    pub(super) fn renew(block: NonNull<Self>, shared: *const Shared) {
        let cell_bytes = Self::cell_bytes(block);
        // SAFETY: the block is initialised, and nothing refers to its cell any more; its layout stays.
        unsafe { block.write(Self::new(shared, cell_bytes, true)) }
    }

    const fn new(shared: *const Shared, cell_bytes: usize, large: bool) -> Self {
        Self {
            shared,
            cell_bytes,
            large,
            has_cards: false,
            live: 0,
            index: 0,
            kept: [0; BLOCK / GRANULE / 64],
            reached: [0; BLOCK / GRANULE / 64],
        }
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

    /// Makes an empty block one for cells of `cell_bytes`.
    pub(super) fn reuse(block: NonNull<Self>, cell_bytes: usize) {
        debug_assert!(Self::count_kept(block) == 0);
        // SAFETY: the block is initialised, and small ones have the same layout whatever their cells.
        unsafe { (*block.as_ptr()).cell_bytes = cell_bytes }
    }

    /// How many cells were kept when they were counted last.
    pub(super) fn live(block: NonNull<Self>) -> usize {
        // SAFETY: the block is initialised.
        unsafe { (*block.as_ptr()).live as usize }
    }

    /// Where its size class lists it.
    pub(super) fn index(block: NonNull<Self>) -> usize {
        // SAFETY: the block is initialised.
        unsafe { (*block.as_ptr()).index as usize }
    }

    pub(super) fn set_index(block: NonNull<Self>, index: usize) {
        // SAFETY: the block is initialised.
        unsafe { (*block.as_ptr()).index = index as u32 }
    }

    /// Is the cell at byte `offset` kept?
    #[inline]
    pub(super) fn is_kept_at(block: NonNull<Self>, offset: usize) -> bool {
        let bit = offset / GRANULE;
        // SAFETY: the bitmap has a bit for each granule of a block.
        unsafe { (*block.as_ptr()).kept[bit / 64] >> (bit % 64) & 1 == 1 }
    }

    /// Is the cell at byte `offset` reached?
    #[inline]
    pub(super) fn is_reached_at(block: NonNull<Self>, offset: usize) -> bool {
        let bit = offset / GRANULE;
        // SAFETY: as in `is_kept_at`.
        unsafe { (*block.as_ptr()).reached[bit / 64] >> (bit % 64) & 1 == 1 }
    }

    /// The offset of the first kept cell at or behind `offset`, at most `end`.
    #[inline]
    pub(super) fn next_kept(block: NonNull<Self>, offset: usize, end: usize) -> usize {
        let bit = offset / GRANULE;
        // SAFETY: as in `is_kept_at`.
        let bits = unsafe { &(*block.as_ptr()).kept };
        let mut at = bit / 64;
        let mut word = bits.get(at).copied().unwrap_or(0) & (u64::MAX << (bit % 64));
        while word == 0 {
            at += 1;
            match bits.get(at) {
                Some(&next) => word = next,
                None => return end,
            }
        }
        ((at * 64 + word.trailing_zeros() as usize) * GRANULE).min(end)
    }

    /// Forgets what major marking reached.
    pub(super) fn clear_reached(block: NonNull<Self>) {
        // SAFETY: the block is initialised.
        unsafe { (*block.as_ptr()).reached = [0; BLOCK / GRANULE / 64] }
    }

    /// From now on, what major marking reached is what is kept.
    pub(super) fn keep_reached(block: NonNull<Self>) {
        // SAFETY: the block is initialised; no reference is made.
        unsafe { (*block.as_ptr()).kept = (*block.as_ptr()).reached }
    }

    /// Counts the kept cells anew.
    pub(super) fn recount(block: NonNull<Self>) -> usize {
        let live = Self::count_kept(block);
        // SAFETY: the block is initialised.
        unsafe { (*block.as_ptr()).live = live as u32 }
        live
    }

    fn count_kept(block: NonNull<Self>) -> usize {
        // SAFETY: the block is initialised.
        let bits = unsafe { &(*block.as_ptr()).kept };
        bits.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Bytes of its cells.
    pub(super) fn cell_bytes(block: NonNull<Self>) -> usize {
        // SAFETY: the block is initialised.
        unsafe { (*block.as_ptr()).cell_bytes }
    }
}

/// Bytes of a large cell that share a card.
fn card_bytes(cell_bytes: usize) -> usize {
    cell_bytes.div_ceil(CARDS).next_power_of_two().max(512)
}

/// Takes the cards of a large cell that are set: byte ranges in which something was stored.
pub(super) fn take_cards(cell: Cell, mut visit: impl FnMut(usize, usize)) {
    let block = block_of(cell);
    // SAFETY: the cell lies in an initialised block, see `shared_of`.
    let block = unsafe { &mut *block };
    if !std::mem::replace(&mut block.has_cards, false) {
        return;
    }
    let bytes = card_bytes(block.cell_bytes);
    for (at, word) in block.kept.iter_mut().enumerate().skip(CARD_WORDS_FROM) {
        let mut bits = std::mem::take(word);
        while bits != 0 {
            let card = (at - CARD_WORDS_FROM) * 64 + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            visit(card * bytes, (card + 1) * bytes);
        }
    }
}

/// Is it a large cell?
pub(super) fn is_large(cell: Cell) -> bool {
    // SAFETY: as in `keep`.
    unsafe { (*block_of(cell)).large }
}

/// Keeps the cell.
#[inline(always)]
pub(super) fn keep(cell: Cell) {
    let bit = (cell.as_ptr().addr() & (BLOCK - 1)) / GRANULE;
    // SAFETY: the cell lies in an initialised block, see `shared_of`.
    unsafe { (*block_of(cell)).kept[bit / 64] |= 1 << (bit % 64) };
}

/// Marks a kept cell as reached; was it not?
#[inline(always)]
pub(super) fn reach(cell: Cell) -> bool {
    let bit = (cell.as_ptr().addr() & (BLOCK - 1)) / GRANULE;
    // SAFETY: as in `keep`.
    let word = unsafe { &mut (*block_of(cell)).reached[bit / 64] };
    let mask = 1 << (bit % 64);
    let fresh = *word & mask == 0;
    *word |= mask;
    fresh
}

/// Is the cell reached?
#[inline(always)]
pub(super) fn is_reached(cell: Cell) -> bool {
    let bit = (cell.as_ptr().addr() & (BLOCK - 1)) / GRANULE;
    // SAFETY: as in `keep`.
    unsafe { (*block_of(cell)).reached[bit / 64] >> (bit % 64) & 1 == 1 }
}
