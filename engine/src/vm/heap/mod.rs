//! The heap: non-moving, blocks of one cell size, sticky mark bits.
//!
//! * Allocation bumps through runs of free cells. It never collects: a collection happens at a safepoint of the interpreter
//!   ([`Heap::due`] says when), so Rust code may hold cells freely as long as it calls no JavaScript.
//! * A minor collection keeps the cells that survived before ("old") and marks from the roots and the remembered set. A store
//!   into an old cell passes [`Cell::write_barrier`].
//! * A major collection marks old cells in slices between which the program runs, and frees dead ones in slices too: see
//!   [`collect`] and [`sweep`]. Its marks are others than those that keep cells.
//! * Only cells that own Rust memory (native data, code, BigInts) are visited when they die.
//! * Everything has an account, and the limit is compared with it: see [`account`].
#![allow(
    unsafe_code,
    reason = "the allocator: raw memory, fenced in by this folder"
)]

mod account;
pub mod bigint;
mod block;
pub mod cell;
pub mod code;
pub(in crate::vm) mod collect;
pub mod env;
pub mod events;
mod flatten;
mod held;
mod mark;
pub mod native;
mod new_text;
pub mod obj;
pub mod off_heap;
#[cfg(test)]
mod slice_tests;
mod spare;
mod statistics;
pub mod str;
mod sweep;
pub mod symbol;
#[cfg(test)]
mod tests;
mod units;
pub mod visit;

use std::ptr::NonNull;

pub(in crate::vm) use account::allocated;
use block::{BLOCK, Block, FIRST, GRANULE, MAX_SMALL, Shared};
pub(in crate::vm) use block::{add_root, remove_root};
pub use cell::{Cell, Header, Kind, flag};
pub use code::{Code, CodeData};
pub(in crate::vm) use collect::Work;
pub use env::Env;
pub use mark::Tracer;
pub use native::{Native, NativeData};
pub use obj::Obj;
pub(in crate::vm) use obj::capacity_of;
pub use str::Str;
pub use symbol::Sym;
pub use units::Units;

use super::object::shape::Shapes;

/// Sizes of small cells, in bytes.
const CLASSES: [usize; 26] = [
    16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 1024, 1280,
    1536, 2048, 3072, 4096, 6144, MAX_SMALL,
];

/// Small-cell bytes between two minor collections: half of a usual L2 cache.
const MINOR_BYTES: usize = 2 << 20;
/// As many pieces of memory from the system start one too: each takes long to give back.
const MINOR_MAPPED: usize = 256;
/// Bytes of such a piece, at least.
const MAPPED: isize = 64 << 10;
/// The least that old cells may grow between two full collections.
const MIN_FULL_GROWTH: usize = 16 << 20;
/// How many empty blocks are kept for the next cycle.
const EMPTY_BLOCKS: usize = MINOR_BYTES * 2 / BLOCK;

/// The class of a size in granules.
static CLASS_OF: [u8; MAX_SMALL / GRANULE + 1] = {
    let mut table = [0u8; MAX_SMALL / GRANULE + 1];
    let (mut granules, mut class) = (0, 0);
    while granules < table.len() {
        while CLASSES[class] < granules * GRANULE {
            class += 1;
        }
        table[granules] = class as u8;
        granules += 1;
    }
    table
};

/// The run of free cells that allocation of one size bumps through.
#[derive(Clone, Copy)]
struct Run {
    next: *mut u8,
    end: *mut u8,
    size: usize,
}

/// The blocks of one cell size.
#[derive(Default)]
struct SizeClass {
    blocks: Vec<NonNull<Block>>,
    /// Blocks with room, the next one last.
    available: Vec<NonNull<Block>>,
    /// The block that allocation goes through, and where in it the search for the next run goes on.
    current: Option<NonNull<Block>>,
    search: usize,
    /// Blocks in which something was allocated since the last collection.
    touched: Vec<NonNull<Block>>,
}

/// What a collection did.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// What it was.
    pub kind: crate::GcKind,
    /// Bytes in use afterwards.
    pub used: usize,
}

/// Counts since the heap was made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Minor collections.
    pub minor: u64,
    /// Major collections that have ended marking.
    pub full: u64,
}

/// The step counter that the interpreter polls. It lies in the heap, so that an allocation which makes a collection due
/// can bring the next poll forward.
#[derive(Clone, Copy, Debug)]
pub struct Poll {
    /// Steps left until the next poll.
    pub left: i64,
    /// Steps taken off `left` to bring the poll forward.
    held: i64,
}

impl Poll {
    /// Steps left of the slice.
    #[must_use]
    pub const fn remaining(&self) -> i64 {
        self.left + self.held
    }

    /// Makes the next poll come after `steps` steps.
    pub const fn restart(&mut self, steps: i64) {
        *self = Self {
            left: steps,
            held: 0,
        };
    }

    /// Makes the next step poll.
    pub const fn soon(&mut self) {
        self.held += self.left;
        self.left = 0;
    }
}

/// A heap: all cells of one context.
pub struct Heap {
    shared: Box<Shared>,
    runs: [Run; CLASSES.len()],
    classes: [SizeClass; CLASSES.len()],
    /// Empty blocks, ready for cells of any size.
    empty_blocks: Vec<NonNull<Block>>,
    young_large: Vec<NonNull<Block>>,
    old_large: Vec<NonNull<Block>>,
    /// Cells that own Rust memory: those of this cycle, and the survivors; code cells apart.
    young_owners: Vec<Cell>,
    old_owners: Vec<Cell>,
    old_code: Vec<Cell>,
    /// Bytes of runs handed out since the last collection.
    fresh: usize,
    /// How often memory outside of the heap, so much that it comes from the system, was taken since then.
    mapped: usize,
    /// Bytes that survived the last collection, large cells included.
    survived: usize,
    large_bytes: usize,
    spare: spare::Spare,
    /// `survived` at the last full collection.
    full_baseline: usize,
    /// Bytes of shapes then.
    shape_baseline: usize,
    /// Blocks of small cells that exist, empty ones too.
    n_blocks: usize,
    /// Bytes of the heap's own tables, counted now and then.
    tables: usize,
    /// Bytes of what the machine has beside the heap.
    machine_bytes: usize,
    limit: usize,
    /// What may be taken before everything must be collected.
    allowed: usize,
    /// Steps until the interpreter's next poll.
    pub poll: Poll,
    /// Collect at every n-th safepoint, 0: only when due.
    stress: u32,
    stress_left: u32,
    stress_turn: u32,
    /// The hidden classes.
    pub shapes: Shapes,
    /// Interned strings.
    pub(in crate::vm) atoms: str::Atoms,
    /// Counts of collections.
    pub counts: Counts,
    /// The record of collections.
    pub events: events::Events,
    /// The shared empty elements cell.
    empty_elements: Option<Cell>,
    minor_pending: mark::Pending,
    major: collect::Major,
    unswept: sweep::Unswept,
}

impl Default for Heap {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Heap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heap")
            .field("used", &self.used())
            .finish_non_exhaustive()
    }
}

impl Heap {
    /// An empty heap.
    #[must_use]
    pub fn new() -> Self {
        let mut heap = Self {
            shared: Box::new(Shared::new()),
            runs: CLASSES.map(|size| Run {
                next: std::ptr::null_mut(),
                end: std::ptr::null_mut(),
                size,
            }),
            classes: Default::default(),
            empty_blocks: Vec::new(),
            young_large: Vec::new(),
            old_large: Vec::new(),
            young_owners: Vec::new(),
            old_owners: Vec::new(),
            old_code: Vec::new(),
            fresh: 0,
            mapped: 0,
            survived: 0,
            large_bytes: 0,
            spare: spare::Spare::default(),
            full_baseline: 0,
            shape_baseline: 0,
            n_blocks: 0,
            tables: 0,
            machine_bytes: 0,
            limit: usize::MAX,
            allowed: usize::MAX,
            poll: Poll { left: 0, held: 0 },
            stress: 0,
            stress_left: 0,
            stress_turn: 0,
            shapes: Shapes::new(),
            atoms: str::Atoms::default(),
            counts: Counts::default(),
            events: events::Events::default(),
            empty_elements: None,
            minor_pending: mark::Pending::default(),
            major: collect::Major::default(),
            unswept: sweep::Unswept::default(),
        };
        let empty = heap.alloc(Kind::Elements, 32);
        empty.write(8, 0);
        heap.empty_elements = Some(empty);
        heap
    }

    /// A new cell of at least `bytes` bytes. The header is set (shape 0); the caller fills the rest at once.
    #[inline(always)]
    pub(in crate::vm) fn alloc(&mut self, kind: Kind, bytes: usize) -> Cell {
        self.alloc_headed(
            Header {
                kind,
                flags: 0,
                inline: 0,
                roots: 0,
                shape: 0,
            },
            bytes,
        )
    }

    /// As [`Heap::alloc`] with a header of the caller's.
    #[inline(always)]
    pub(in crate::vm) fn alloc_headed(&mut self, header: Header, bytes: usize) -> Cell {
        if bytes > MAX_SMALL {
            return self.alloc_large(header, bytes);
        }
        let class = usize::from(CLASS_OF[bytes.div_ceil(GRANULE)]);
        let run = &mut self.runs[class];
        let next = run.next;
        let after = next.wrapping_add(run.size);
        if after > run.end {
            return self.alloc_refilled(header, class);
        }
        run.next = after;
        // SAFETY: a run that is not empty lies in a block, so its cells' addresses aren't null.
        let cell = Cell::from_ptr(unsafe { NonNull::new_unchecked(next.cast::<Header>()) });
        cell.set_header(header);
        cell
    }

    #[cold]
    #[inline(never)]
    fn alloc_refilled(&mut self, header: Header, class: usize) -> Cell {
        let (block, start, end) = self.refill(class);
        let run = &mut self.runs[class];
        let base = block.as_ptr().cast::<u8>();
        run.next = base.wrapping_add(start + run.size);
        run.end = base.wrapping_add(end);
        let cell = Block::cell_at(block, start);
        cell.set_header(header);
        cell
    }

    /// Finds the next run of free cells, as offsets into its block; adds a block where there is none.
    fn refill(&mut self, class: usize) -> (NonNull<Block>, usize, usize) {
        let size = CLASSES[class];
        let last = FIRST + (BLOCK - FIRST) / size * size;
        loop {
            let list = &mut self.classes[class];
            if let Some(block) = list.current {
                let mut start = list.search;
                while start < last && Block::is_kept_at(block, start) {
                    start += size;
                }
                if start < last {
                    let end = Block::next_kept(block, start, last);
                    list.search = end;
                    self.count_fresh(end - start);
                    return (block, start, end);
                }
            }
            let block = match list.available.pop() {
                Some(block) => block,
                None => self.add_block(class),
            };
            let list = &mut self.classes[class];
            list.current = Some(block);
            list.search = FIRST;
            list.touched.push(block);
        }
    }

    fn new_block(&mut self, cell_bytes: usize) -> Option<NonNull<Block>> {
        self.make_room(BLOCK);
        Block::allocate(&raw const *self.shared, cell_bytes, false)
    }

    /// A new block for a size class.
    fn add_block(&mut self, class: usize) -> NonNull<Block> {
        let size = CLASSES[class];
        let block = match self.empty_blocks.pop() {
            Some(block) => {
                Block::reuse(block, size);
                block
            }
            None => match self.new_block(size) {
                Some(block) => {
                    self.n_blocks += 1;
                    self.count_tables();
                    if self.is_over() {
                        self.poll.soon();
                    }
                    block
                }
                None => std::alloc::handle_alloc_error(std::alloc::Layout::new::<[u8; BLOCK]>()),
            },
        };
        let blocks = &mut self.classes[class].blocks;
        Block::set_index(block, blocks.len());
        blocks.push(block);
        block
    }

    /// Takes an empty block from its size class.
    fn remove_block(&mut self, class: usize, block: NonNull<Block>) {
        let blocks = &mut self.classes[class].blocks;
        let index = Block::index(block);
        debug_assert!(blocks.get(index) == Some(&block));
        blocks.swap_remove(index);
        if let Some(&moved) = blocks.get(index) {
            Block::set_index(moved, index);
        }
        if self.empty_blocks.len() < EMPTY_BLOCKS {
            self.empty_blocks.push(block);
        } else {
            self.n_blocks -= 1;
            Block::free(block);
        }
    }

    fn count_fresh(&mut self, bytes: usize) {
        self.fresh += bytes;
        if self.fresh >= MINOR_BYTES || self.is_slice_due() {
            self.poll.soon();
        }
    }

    /// Does a test ask for a collection at every safepoint?
    pub(in crate::vm) const fn is_stressed(&self) -> bool {
        self.stress != 0
    }

    #[cold]
    #[inline(never)]
    fn alloc_large(&mut self, header: Header, bytes: usize) -> Cell {
        let bytes = bytes.next_multiple_of(GRANULE);
        let Some(block) = self.take_large(bytes) else {
            let layout = std::alloc::Layout::from_size_align(bytes, BLOCK);
            std::alloc::handle_alloc_error(
                layout.unwrap_or(std::alloc::Layout::new::<[u8; BLOCK]>()),
            );
        };
        self.young_large.push(block);
        self.large_bytes += Block::cell_bytes(block);
        if self.large_bytes > self.threshold() || self.is_over() || self.is_slice_due() {
            self.poll.soon();
        }
        let cell = Block::cell_at(block, FIRST);
        cell.set_header(header);
        cell
    }

    /// Frees the elements that an object has just outgrown, if they are large and no collection has seen them: a native loop
    /// that fills an array would leave twice its size behind. Elements belong to one object, so nothing else refers to them.
    pub(in crate::vm) fn free_outgrown(&mut self, cell: Cell) {
        if cell.flags() & flag::OLD != 0 || !block::is_large(cell) {
            return;
        }
        let lately = self.young_large.len().saturating_sub(16);
        let found = self.young_large.get(lately..).and_then(|blocks| {
            let of_cell = |&block: &NonNull<Block>| Block::cell_at(block, FIRST) == cell;
            blocks.iter().position(of_cell)
        });
        if let Some(at) = found {
            let block = self.young_large.swap_remove(lately + at);
            self.large_bytes -= Block::cell_bytes(block);
            Block::free(block);
        }
    }

    /// As [`Heap::alloc`], for a cell whose death must free Rust memory.
    fn alloc_owner(&mut self, kind: Kind, bytes: usize) -> Cell {
        let cell = self.alloc(kind, bytes);
        self.young_owners.push(cell);
        cell
    }

    /// Bytes in use: cells, large cells, external memory. Cells that died since the last collection count still.
    #[must_use]
    pub fn used(&self) -> usize {
        self.survived
            + self.fresh
            + self.large_bytes
            + self.shared.external.get()
            + self.shapes.bytes()
    }

    /// Collect at every n-th safepoint, for tests; 0 turns that off.
    pub fn set_stress(&mut self, every: u32) {
        self.stress = every;
        self.stress_left = every;
        self.poll.soon();
    }

    /// The realms that the last major collection reached.
    pub(in crate::vm) fn reached_realms(&self) -> &mark::Realms {
        &self.major.pending.realms
    }

    /// Are old cells being freed?
    #[inline]
    fn is_sweeping(&self) -> bool {
        self.major.phase == collect::Phase::Sweeping
    }

    /// The shared empty elements.
    #[inline]
    pub(in crate::vm) fn empty_elements(&self) -> Cell {
        match self.empty_elements {
            Some(cell) => cell,
            // `new` sets it before anybody can ask.
            None => unreachable!("a heap has its empty elements"),
        }
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        self.free_spare();
        for cell in std::mem::take(&mut self.young_owners)
            .into_iter()
            .chain(std::mem::take(&mut self.old_owners))
            .chain(std::mem::take(&mut self.old_code))
            .chain(std::mem::take(&mut self.unswept.owners))
        {
            if cell.header().roots == 0 {
                collect::finish(cell);
            }
        }
        if self.shared.orphan() {
            // Handles still point into the blocks: leave them, and what they share, to the process.
            let shared = std::mem::replace(&mut self.shared, Box::new(Shared::new()));
            Box::leak(shared);
            return;
        }
        let blocks = self.classes.iter().flat_map(|class| &class.blocks);
        for &block in blocks
            .chain(&self.empty_blocks)
            .chain(&self.young_large)
            .chain(&self.old_large)
            .chain(&self.unswept.large)
        {
            Block::free(block);
        }
    }
}
