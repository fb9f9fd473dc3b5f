//! Collections: what runs at a safepoint, how much of it, and when it is due.
//!
//! ```text
//!          old cells grew                nothing left to mark             all swept
//!   Idle ----------------> Marking ----------------------------> Sweeping ---------> Idle
//!          clear `reached`,  slices, paced by allocation   slices: atoms, owners, large cells, blocks
//!          visit the roots
//! ```
//!
//! Minor collections go on meanwhile: they keep young cells and never free old ones, so what marking has on its stack stays
//! valid. Marking ends in a pause of its own: a minor collection (nothing is young then), the roots once more, weak
//! references. To keep that pause short, the roots are visited anew several times before it, each time with less left to do.
//!
//! Invariant: an old cell that a reached cell refers to is reached, pending or recorded, or the reached cell is remembered.
//! Work is counted in words visited, not in time: the same program collects at the same steps everywhere.

use super::{
    BLOCK, Block, CLASSES, Cell, Collection, FIRST, Heap, Kind, MIN_FULL_GROWTH, MINOR_BYTES,
    MINOR_MAPPED, Tracer, bigint, block, code,
    mark::{self, Mode},
    native,
};
use crate::GcKind;

/// What the heap is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing.
    Idle,
    /// Marks old cells.
    Marking,
    /// Frees old cells that were not reached.
    Sweeping,
}

/// What can be done at a safepoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vm) enum Work {
    /// A minor collection; it begins a major one when that is due.
    Minor,
    /// The next slice of the major collection under way.
    Slice,
    /// A major collection from its beginning to its end.
    Full,
}

/// What visits the roots.
pub(in crate::vm) type Roots<'r> = dyn FnMut(&mut Tracer<'_>) + 'r;

/// Bytes allocated between two slices.
const SLICE_BYTES: usize = 512 << 10;
/// The least work of a slice of marking, in words visited.
const SLICE_WORK: usize = 100_000;
/// The most, as long as the limit is far: a few milliseconds.
const MAX_SLICE_WORK: usize = 600_000;
/// Visits of the roots before marking ends whatever is left.
const MAX_ROUNDS: u32 = 6;
/// Stress: work of a slice, so that tests see many.
const STRESS_WORK: usize = 20_000;

/// The state of a major collection.
#[derive(Debug)]
pub(super) struct Major {
    pub phase: Phase,
    pub pending: mark::Pending,
    /// What reached cells were found to hold by minor collections.
    pub recorded: Vec<Cell>,
    /// Visits of the roots, and the work since the last one.
    rounds: u32,
    round_work: usize,
    /// Work done, and what it is expected to be in all.
    work: usize,
    expected: usize,
    /// Work of the last major collection for each KiB then in use.
    work_per_kib: usize,
    /// What was in use at the last slice: the next is due some bytes later.
    used_at_slice: usize,
    /// What may be in use when marking ends.
    goal: usize,
}

impl Default for Major {
    fn default() -> Self {
        Self {
            phase: Phase::Idle,
            pending: mark::Pending::default(),
            recorded: Vec::new(),
            rounds: 0,
            round_work: 0,
            work: 0,
            expected: 0,
            work_per_kib: 512,
            used_at_slice: 0,
            goal: 0,
        }
    }
}

impl Heap {
    /// Bytes that only a major collection can free.
    fn occupied(&self) -> usize {
        self.survived + self.large_bytes + self.shared.external.get()
    }

    /// How much may be occupied before a major collection begins.
    pub(super) fn threshold(&self) -> usize {
        let growth = MIN_FULL_GROWTH.max(self.full_baseline);
        let headroom = self.bound().saturating_sub(self.full_baseline);
        self.full_baseline.saturating_add(growth.min(headroom / 2))
    }

    /// Shall a major collection begin? Shapes are freed by nothing else, and objects that have one each, since they were
    /// changed in their own ways, may be gone long before.
    fn is_major_due(&self) -> bool {
        let shapes = self.shapes.bytes();
        self.occupied() > self.threshold()
            || shapes.saturating_sub(self.shape_baseline) > MIN_FULL_GROWTH.max(self.shape_baseline)
    }

    /// Asked at safepoints: what should be done?
    #[inline]
    pub(in crate::vm) fn due(&mut self) -> Option<Work> {
        if self.stress != 0 {
            self.stress_left = self.stress_left.saturating_sub(1);
            if self.stress_left == 0 {
                self.stress_left = self.stress;
                self.stress_turn = self.stress_turn.wrapping_add(1);
                // Some at once, then slices with minor collections between: of both, the next may find a value unrooted.
                return Some(match self.stress_turn % 64 {
                    0..8 => Work::Full,
                    turn if turn % 3 == 0 => Work::Minor,
                    _ => Work::Slice,
                });
            }
        }
        if self.fresh >= MINOR_BYTES
            || self.mapped >= MINOR_MAPPED
            || self.shapes.has_many_recent()
            || self.is_over()
        {
            return Some(Work::Minor);
        }
        if self.major.phase == Phase::Marking && self.is_late() {
            return Some(Work::Full);
        }
        match self.major.phase {
            Phase::Idle => self.is_major_due().then_some(Work::Minor),
            _ => self.is_slice_due().then_some(Work::Slice),
        }
    }

    /// Does the program allocate so much, outside of the heap perhaps, that slices do not keep up? Large buffers can be
    /// garbage that nothing but the end of a major collection frees.
    fn is_late(&self) -> bool {
        let slack = self.full_baseline.max(MIN_FULL_GROWTH * 4);
        let headroom = self.bound().saturating_sub(self.major.goal);
        self.used() > self.major.goal.saturating_add(slack.min(headroom / 2))
    }

    #[inline]
    pub(super) fn is_slice_due(&self) -> bool {
        self.major.phase != Phase::Idle && self.used() >= self.major.used_at_slice + SLICE_BYTES
    }

    /// Collects at once: old cells too if `full`. `roots` names every value that is reachable otherwise than from cells and
    /// handles. Only at safepoints.
    #[cfg(test)]
    pub(in crate::vm) fn collect(&mut self, full: bool, roots: &mut Roots<'_>) -> Collection {
        self.run(if full { Work::Full } else { Work::Minor }, roots)
    }

    /// Does `work`. `roots` names every value that is reachable otherwise than from cells and handles. Only at safepoints.
    pub(in crate::vm) fn run(&mut self, work: Work, roots: &mut Roots<'_>) -> Collection {
        let kind = match work {
            Work::Minor => {
                self.minor(roots);
                self.counts.minor += 1;
                if self.major.phase == Phase::Idle && (self.is_major_due() || self.stress != 0) {
                    self.begin_major(roots);
                }
                GcKind::Minor
            }
            Work::Slice => match self.major.phase {
                Phase::Idle => {
                    self.begin_major(roots);
                    GcKind::MarkSlice
                }
                Phase::Marking => {
                    let budget = self.slice_budget();
                    self.mark_slice(budget, roots)
                }
                Phase::Sweeping => {
                    if self.is_late() {
                        self.sweep_all();
                    } else {
                        self.sweep_slice();
                    }
                    GcKind::SweepSlice
                }
            },
            Work::Full => {
                self.sweep_all();
                // What new shapes refer to is kept by a minor collection that finds marking under way.
                self.minor(roots);
                self.begin_major(roots);
                self.end_major(roots, false);
                self.sweep_all();
                GcKind::Full
            }
        };
        self.major.used_at_slice = self.used();
        self.count_tables();
        Collection {
            kind,
            used: self.used(),
        }
    }

    // Minor collections.

    /// Keeps the young cells that are in use; frees the others.
    fn minor(&mut self, roots: &mut Roots<'_>) {
        let is_marking = self.major.phase == Phase::Marking;
        self.atoms.forget_recent();
        let remembered = self.shared.take_remembered();
        let rooted = self.shared.roots();
        let recent = self.shapes.take_recent();
        let mut pending = std::mem::take(&mut self.minor_pending);
        let mut tracer = Tracer::new(
            Mode::Minor,
            &mut self.major.recorded,
            &mut pending,
            &mut self.shapes,
        );
        for cell in remembered {
            mark::remembered(cell, is_marking, &mut tracer, &mut self.major.pending.stack);
        }
        tracer.record(is_marking, &recent);
        if let Some(empty) = self.empty_elements {
            tracer.cell(empty);
        }
        for cell in rooted {
            tracer.cell(cell);
        }
        roots(&mut tracer);
        tracer.drain(usize::MAX);
        mark::settle_weak(&mut tracer, roots);
        self.minor_pending = pending;
        self.end_minor();
    }

    /// Frees what owners and large cells that died young hold, and makes room for new cells.
    fn end_minor(&mut self) {
        for cell in std::mem::take(&mut self.young_owners) {
            if !is_old(cell) {
                finish(cell);
            } else if cell.kind() == Kind::Code {
                self.old_code.push(cell);
            } else {
                self.old_owners.push(cell);
            }
        }
        for block in std::mem::take(&mut self.young_large) {
            if Block::is_kept_at(block, FIRST) {
                self.old_large.push(block);
            } else {
                self.free_large(block);
            }
        }
        for class in 0..CLASSES.len() {
            let mut touched = std::mem::take(&mut self.classes[class].touched);
            for block in touched.drain(..) {
                self.offer(class, block);
            }
            // Keeps its memory for the next cycle.
            self.classes[class].touched = touched;
            self.classes[class].current = None;
        }
        for run in &mut self.runs {
            (run.next, run.end) = (std::ptr::null_mut(), std::ptr::null_mut());
        }
        self.fresh = 0;
        self.mapped = 0;
    }

    /// Counts a block's cells anew and puts it where allocation finds it, if there is room.
    pub(super) fn offer(&mut self, class: usize, block: std::ptr::NonNull<Block>) {
        let size = CLASSES[class];
        let before = Block::live(block);
        let live = Block::recount(block);
        self.survived = self.survived + live * size - before * size;
        if live == 0 {
            self.remove_block(class, block);
        } else if live * 4 <= (BLOCK - FIRST) / size * 3 {
            self.classes[class].available.push(block);
        }
    }

    // Major collections.

    /// Begins to mark old cells.
    fn begin_major(&mut self, roots: &mut Roots<'_>) {
        for class in &self.classes {
            for &block in &class.blocks {
                Block::clear_reached(block);
            }
        }
        for &block in self.old_large.iter().chain(&self.young_large) {
            Block::clear_reached(block);
        }
        self.shapes.clear_marks();
        self.major.pending.clear();
        self.major.recorded.clear();
        self.major.phase = Phase::Marking;
        self.major.work = 0;
        self.major.rounds = 0;
        let occupied = self.occupied();
        self.major.expected = occupied / 1024 * self.major.work_per_kib;
        let headroom = self.bound().saturating_sub(self.used());
        let growth = (self.full_baseline / 2)
            .max(MIN_FULL_GROWTH)
            .min(headroom / 2);
        self.major.goal = self.used().saturating_add(growth);
        self.visit_roots(roots);
    }

    /// How much to mark now so that marking ends before too much more is in use.
    fn slice_budget(&self) -> usize {
        if self.stress != 0 {
            return STRESS_WORK;
        }
        let used = self.used();
        let debt = used.saturating_sub(self.major.used_at_slice);
        let left = self.major.expected.saturating_sub(self.major.work);
        let room = self.major.goal.saturating_sub(used).max(SLICE_BYTES);
        let budget = (left as u128 * debt as u128 / room as u128) as usize;
        // Who is late hurries, and close to the limit there is no time to lose.
        let most = if self.bound().saturating_sub(used) < MINOR_BYTES * 2 {
            usize::MAX
        } else if used > self.major.goal {
            MAX_SLICE_WORK * 3
        } else {
            MAX_SLICE_WORK
        };
        budget.clamp(SLICE_WORK, most)
    }

    fn major_tracer(&mut self) -> (Vec<Cell>, Tracer<'_>) {
        let recorded = std::mem::take(&mut self.major.recorded);
        let tracer = Tracer::new(
            Mode::Major,
            &mut self.major.recorded,
            &mut self.major.pending,
            &mut self.shapes,
        );
        (recorded, tracer)
    }

    /// Reaches what roots, handles and the heap itself refer to, and what minor collections recorded.
    fn visit_roots(&mut self, roots: &mut Roots<'_>) {
        let rooted = self.shared.roots();
        let atoms = self.atoms.permanent();
        let empty = self.empty_elements;
        let permanent = self.shapes.permanent();
        let (recorded, mut tracer) = self.major_tracer();
        for cell in rooted.into_iter().chain(atoms).chain(empty).chain(recorded) {
            tracer.cell(cell);
        }
        visit_realms(&mut tracer, roots, &permanent);
        let work = tracer.work;
        self.major.work += work;
        self.major.rounds += 1;
        self.major.round_work = 0;
    }

    /// Marks until `budget` words were visited.
    fn mark_slice(&mut self, budget: usize, roots: &mut Roots<'_>) -> GcKind {
        let (recorded, mut tracer) = self.major_tracer();
        for cell in recorded {
            tracer.cell(cell);
        }
        let is_done = tracer.drain(budget);
        let work = tracer.work;
        self.major.work += work;
        self.major.round_work += work;
        if !is_done {
            return GcKind::MarkSlice;
        }
        // What this round found is about what the last pause would find, were it now.
        if self.major.round_work > budget / 2 && self.major.rounds < MAX_ROUNDS {
            self.visit_roots(roots);
            return GcKind::MarkSlice;
        }
        self.end_major(roots, cfg!(debug_assertions) && self.stress != 0);
        GcKind::Major
    }

    /// Marks what is left, settles weak references and shapes, and leaves the rest to sweeping.
    fn end_major(&mut self, roots: &mut Roots<'_>, verify: bool) {
        let occupied = self.occupied();
        self.minor(roots);
        self.visit_roots(roots);
        let permanent = self.shapes.permanent();
        let (_, mut tracer) = self.major_tracer();
        tracer.drain(usize::MAX);
        mark::settle_weak(&mut tracer, &mut |tracer| {
            visit_realms(tracer, roots, &permanent)
        });
        let work = tracer.work;
        self.major.work += work;
        self.major.work_per_kib = (self.major.work / (occupied / 1024 + 1)).clamp(16, 4096);
        self.major.recorded.clear();
        if verify {
            self.verify(roots);
        }
        self.old_code.retain(|&cell| {
            let alive = block::is_reached(cell);
            if !alive {
                finish(cell);
            }
            alive
        });
        let realms = &self.major.pending.realms;
        self.shapes.release(&|realm| !realms.contains(realm));
        let dead = self.shapes.sweep();
        code::forget_shapes(&self.old_code, &dead);
        self.counts.full += 1;
        self.begin_sweep();
    }

    /// Checks that whatever a reached cell refers to is reached: that the barrier missed nothing.
    fn verify(&mut self, roots: &mut Roots<'_>) {
        let mut recorded = Vec::new();
        let mut pending = mark::Pending {
            realms: self.major.pending.realms.clone(),
            ..mark::Pending::default()
        };
        let mut tracer = Tracer::new(Mode::Verify, &mut recorded, &mut pending, &mut self.shapes);
        roots(&mut tracer);
        for (class, &size) in self.classes.iter().zip(&CLASSES) {
            for &block in &class.blocks {
                let cells = (BLOCK - FIRST) / size;
                for offset in (0..cells).map(|cell| FIRST + cell * size) {
                    if Block::is_reached_at(block, offset) {
                        tracer.trace(Block::cell_at(block, offset));
                    }
                }
            }
        }
        for &block in &self.old_large {
            if Block::is_reached_at(block, FIRST) {
                tracer.trace(Block::cell_at(block, FIRST));
            }
        }
        let missed = tracer.missed;
        assert_eq!(missed, 0, "major marking missed cells that are in use");
    }
}

/// Visits the roots and, since these tell which realms are in use, the shapes that realms keep.
fn visit_realms(tracer: &mut Tracer<'_>, roots: &mut Roots<'_>, permanent: &[(u32, u32)]) {
    roots(tracer);
    for &(shape, realm) in permanent {
        if tracer.is_realm_in_use(realm) {
            tracer.shape(shape);
        }
    }
}

/// Did the cell survive a collection?
pub(super) fn is_old(cell: Cell) -> bool {
    cell.flags() & super::flag::OLD != 0
}

/// Frees the Rust memory of a dead cell.
pub(super) fn finish(cell: Cell) {
    match cell.kind() {
        Kind::Native => native::drop_data(cell),
        Kind::Code => code::drop_data(cell),
        Kind::BigInt => bigint::drop_data(cell),
        _ => {}
    }
}
