//! The account: what the context has taken from the system, and what it may take.
//!
//! [`Heap::used`] counts cells and paces collections; [`Heap::taken`] counts memory, so the free cells of a block, its
//! header, the heap's own tables and the value stack too. The limit is compared with the latter, in three steps:
//!
//! ```text
//!   0 ........................................ allowed ........ limit
//!   the program runs                          |  a collection  |  natives throw
//! ```
//!
//! * Above `allowed` the next safepoint collects everything. If what is in use then leaves less than a part of the limit
//!   ([`Heap::breath`]), it throws, so that a program which fits barely does not collect at every step.
//! * Between `allowed` and the limit lies a reserve of the same size: what native code allocates until that safepoint, and
//!   what a program needs to deal with the error. Each error that frees nothing gives half of what is left of it.
//! * Above the limit (and half of the reserve's size more) native loops throw too ([`crate::vm::machine::Vm::work`]): they
//!   cannot collect.
//!
//! Blocks kept for the next large cells ([`super::spare`]) are not counted: they are freed before they would be too much.
//!
//! Whoever needs much at once asks [`Heap::would_exceed`] before it is allocated, for all that exists while it is copied.

use std::ptr::NonNull;

use super::{BLOCK, Block, CLASSES, FIRST, Heap, MAPPED, MINOR_MAPPED};

/// Bytes that the system's allocator takes to hand out `bytes`: its own word, rounded up.
#[must_use]
pub(in crate::vm) const fn allocated(bytes: usize) -> usize {
    if bytes == 0 {
        return 0;
    }
    (bytes + 8).next_multiple_of(16)
}

impl Heap {
    /// Bytes taken from the system: blocks and large cells with their headers, what is charged to them, tables.
    #[must_use]
    pub fn taken(&self) -> usize {
        let n_large = self.young_large.len() + self.old_large.len() + self.unswept.large.len();
        self.n_blocks * BLOCK
            + self.large_bytes
            + n_large * FIRST
            + self.shared.external.get()
            + self.shapes.bytes()
            + self.tables
            + self.machine_bytes
    }

    /// Sets the limit, in bytes, that [`Heap::taken`] is compared with.
    pub fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes;
        self.allowed = self.regular();
    }

    /// The limit in bytes; `usize::MAX` if there is none.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// What must be left free after a collection, and what is held back for errors: a sixty-fourth of the limit.
    const fn breath(&self) -> usize {
        self.limit / 64
    }

    /// What may be taken as long as no error was thrown.
    const fn regular(&self) -> usize {
        if self.limit == usize::MAX {
            return usize::MAX;
        }
        self.limit - self.breath()
    }

    /// Is a collection needed to go on?
    #[inline]
    pub(in crate::vm) fn is_over(&self) -> bool {
        self.taken() > self.allowed
    }

    /// Is so much more taken than may be that it was native code? Native loops ask. A program that has just caught an error
    /// and let go of what it had may stand right at the limit, with no collection yet.
    pub(in crate::vm) fn is_over_limit(&self) -> bool {
        self.taken() > self.limit.saturating_add(self.breath() / 2)
    }

    /// Would `bytes` more go over the limit? Whoever allocates an amount that a program chose asks this first, and throws.
    /// Spare blocks make room first.
    #[must_use]
    pub fn would_exceed(&mut self, bytes: usize) -> bool {
        self.make_room(bytes);
        self.exceeds(bytes)
    }

    pub(super) fn exceeds(&self, bytes: usize) -> bool {
        self.taken().saturating_add(bytes) > self.limit
    }

    /// Would `bytes` more go over the limit even if all garbage were gone? Where it is not that bad but close, the next step
    /// collects. For who cannot wait for a collection, but need not have the bytes at once.
    pub(in crate::vm) fn cannot_hold(&mut self, bytes: usize) -> bool {
        if self.would_exceed(bytes) {
            self.poll.soon();
        }
        let fixed = self.shapes.bytes() + self.tables + self.machine_bytes;
        self.full_baseline
            .saturating_add(fixed)
            .saturating_add(bytes)
            > self.limit
    }

    /// What [`Heap::used`] may come to, free cells aside.
    pub(super) fn bound(&self) -> usize {
        let n_large = self.young_large.len() + self.old_large.len() + self.unswept.large.len();
        let headers = (self.n_blocks + n_large) * FIRST;
        self.limit
            .saturating_sub(self.tables + self.machine_bytes + headers)
    }

    /// Charges (or with a negative number returns) bytes of memory outside of the heap.
    pub fn charge_external(&mut self, bytes: isize) {
        let external = &self.shared.external;
        external.set(external.get().saturating_add_signed(bytes));
        self.make_room(0);
        if bytes >= MAPPED {
            self.mapped += 1;
        }
        if bytes > 0 && (self.mapped >= MINOR_MAPPED || self.is_over()) {
            self.poll.soon();
        }
    }

    /// Says what the machine takes beside the heap: stack, queues, scratch memory.
    pub(in crate::vm) fn set_machine_bytes(&mut self, bytes: usize) {
        self.machine_bytes = bytes;
        if self.is_over() {
            self.poll.soon();
        }
    }

    /// Asked right after everything was collected: must the program hear that it has too much? If so, it gets room to deal
    /// with that.
    pub(in crate::vm) fn is_exhausted(&mut self) -> bool {
        self.free_empty_blocks();
        self.count_tables();
        let (taken, regular) = (self.taken(), self.regular());
        let room = regular.saturating_sub(taken) + self.free_cells();
        if taken <= regular && room >= self.breath() {
            self.allowed = regular;
            return false;
        }
        // The more often this is said in vain, the less room is left: what remains is halved.
        self.allowed = taken.max(regular) + self.limit.saturating_sub(taken.max(regular)) / 2;
        true
    }

    /// Bytes of free cells that allocation can find.
    fn free_cells(&self) -> usize {
        self.classes
            .iter()
            .zip(&CLASSES)
            .map(|(class, &size)| {
                let cells = (BLOCK - FIRST) / size;
                let free = |&block: &NonNull<Block>| (cells - Block::live(block)) * size;
                class.available.iter().map(free).sum::<usize>()
            })
            .sum()
    }

    /// Gives the empty blocks back to the system.
    pub(in crate::vm) fn free_empty_blocks(&mut self) {
        self.free_spare();
        for block in std::mem::take(&mut self.empty_blocks) {
            self.n_blocks -= 1;
            Block::free(block);
        }
    }

    /// Counts the heap's own tables anew.
    pub(super) fn count_tables(&mut self) {
        let words = self.young_owners.capacity()
            + self.old_owners.capacity()
            + self.old_code.capacity()
            + self.young_large.capacity()
            + self.old_large.capacity()
            + self.empty_blocks.capacity()
            + self.unswept.capacity()
            + self.minor_pending.capacity()
            + self.major.pending.capacity()
            + self.major.recorded.capacity()
            + self.shared.capacity()
            + self
                .classes
                .iter()
                .map(|class| {
                    class.blocks.capacity() + class.available.capacity() + class.touched.capacity()
                })
                .sum::<usize>();
        self.tables = words * 8 + self.atoms.table_bytes() + self.shapes.table_bytes();
    }
}
