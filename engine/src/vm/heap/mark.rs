//! Marking: along every reference, with explicit stacks. [`Tracer`] is what roots and native data see of it.
//!
//! A minor collection keeps young cells ([`Mode::Minor`]): it stops at old ones, whose flag tells them. A major collection
//! marks old cells as reached ([`Mode::Major`]), a slice at a time: it passes over young ones, because each of them will have
//! become old, or garbage, when it ends. What a program stores into a reached cell meanwhile is written down by the minor
//! collection that looks at the cell anyway (it is remembered): see [`remembered`].

use super::{
    Heap, block,
    cell::{Cell, Header, Kind, flag},
    code, env, native, obj, str,
};
use crate::vm::{object::shape::Shapes, value::Value};

/// What a visit to a cell does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Keeps young cells.
    Minor,
    /// Marks old cells as reached.
    Major,
    /// Counts visits to cells that major marking missed.
    Verify,
    /// Lists the cells visited, and changes nothing.
    List,
}

/// What is marked but not traced yet, and what marking found on its way.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Marked cells whose references were not visited.
    pub stack: Vec<Cell>,
    /// Large cells, and from where on their references were not visited.
    pub parts: Vec<(Cell, usize)>,
    /// Native cells with weak references.
    pub weak: Vec<Cell>,
    /// Realms that something reached belongs to.
    pub realms: Realms,
}

/// Which realms are in use, as far as a major collection knows.
#[derive(Clone, Debug, Default)]
pub(in crate::vm) struct Realms {
    reached: Vec<bool>,
    /// Was one reached whose own values were not visited since?
    is_news: bool,
}

impl Realms {
    fn reach(&mut self, realm: u32) {
        let at = realm as usize;
        if self.reached.len() <= at {
            self.reached.resize(at + 1, false);
        }
        self.is_news |= !std::mem::replace(&mut self.reached[at], true);
    }

    /// Was it reached?
    pub(in crate::vm) fn contains(&self, realm: u32) -> bool {
        self.reached.get(realm as usize) == Some(&true)
    }

    fn clear(&mut self) {
        self.reached.clear();
        self.is_news = false;
    }
}

impl Pending {
    pub fn is_empty(&self) -> bool {
        self.stack.is_empty() && self.parts.is_empty()
    }

    /// Words of its lists.
    pub fn capacity(&self) -> usize {
        self.stack.capacity() + self.parts.capacity() * 2 + self.weak.capacity()
    }

    pub fn clear(&mut self) {
        self.stack.clear();
        self.parts.clear();
        self.weak.clear();
        self.realms.clear();
    }
}

/// Visits references: what roots and native data call while a collection marks.
pub struct Tracer<'h> {
    mode: Mode,
    /// Minor, while a cell is visited that the major marking has reached: what it holds has to be reached too.
    records: bool,
    recorded: &'h mut Vec<Cell>,
    pending: &'h mut Pending,
    shapes: &'h mut Shapes,
    /// Verifying: how many cells were missed.
    pub(super) missed: usize,
    /// How much was done, about a word visited each.
    pub(super) work: usize,
}

/// Values of a large cell that are visited in one go.
const PART: usize = 4096;

impl<'h> Tracer<'h> {
    pub(super) fn new(
        mode: Mode,
        recorded: &'h mut Vec<Cell>,
        pending: &'h mut Pending,
        shapes: &'h mut Shapes,
    ) -> Self {
        Self {
            mode,
            records: false,
            recorded,
            pending,
            shapes,
            missed: 0,
            work: 0,
        }
    }

    /// Visits a value.
    #[inline]
    pub fn value(&mut self, value: Value) {
        if let Some(cell) = value.as_cell() {
            self.cell(cell);
        }
    }

    /// Visits several values.
    pub fn values(&mut self, values: &[Value]) {
        for &value in values {
            self.value(value);
        }
    }

    /// Visits values that something reached holds, as far as `records` says.
    pub(super) fn record(&mut self, records: bool, values: &[Value]) {
        self.records = records;
        self.values(values);
        self.records = false;
    }

    /// Visits a cell.
    #[inline]
    pub fn cell(&mut self, cell: Cell) {
        let header = cell.header();
        self.work += 1;
        match self.mode {
            Mode::List => self.pending.stack.push(cell),
            Mode::Minor => {
                if self.records && header.flags & flag::OFF_HEAP == 0 && !block::is_reached(cell) {
                    self.recorded.push(cell);
                }
                if header.flags & (flag::OLD | flag::OFF_HEAP) == 0 {
                    cell.add_flags(flag::OLD);
                    block::keep(cell);
                    self.push(cell, header);
                }
            }
            Mode::Major => {
                if header.flags & (flag::OLD | flag::OFF_HEAP) == flag::OLD && block::reach(cell) {
                    self.push(cell, header);
                }
            }
            Mode::Verify => {
                if header.flags & flag::OFF_HEAP == 0
                    && (header.flags & flag::OLD == 0 || !block::is_reached(cell))
                {
                    self.missed += 1;
                }
            }
        }
    }

    #[inline]
    fn push(&mut self, cell: Cell, header: Header) {
        let is_leaf = match header.kind {
            Kind::String => str::is_leaf(header),
            Kind::BigInt | Kind::Bytes => true,
            _ => false,
        };
        if !is_leaf {
            self.pending.stack.push(cell);
        }
    }

    /// Visits a realm, in a major collection: code and native functions keep theirs alive. A minor one keeps all.
    pub fn realm(&mut self, realm: u32) {
        match self.mode {
            Mode::Major => self.pending.realms.reach(realm),
            Mode::Verify => self.missed += usize::from(!self.pending.realms.contains(realm)),
            Mode::Minor | Mode::List => {}
        }
    }

    /// Is the realm in use, as far as is known? Only then is visited what belongs to it. The roots are visited again when
    /// more is known.
    #[must_use]
    pub fn is_realm_in_use(&self, realm: u32) -> bool {
        matches!(self.mode, Mode::Minor | Mode::List) || self.pending.realms.contains(realm)
    }

    /// Visits a shape, in a major collection: a minor one visits what shapes have referred to since the one before, and so
    /// needs not look at every object's.
    pub fn shape(&mut self, shape: u32) {
        let mut at = shape;
        while let Some((proto, key, parent)) = self.shapes.mark(at) {
            self.value(proto);
            if let Some(key) = key {
                self.value(key.value());
            }
            if self.shapes.get(at).dictionary {
                // It changes in place, but then notes what it got: once is enough.
                let table = self.shapes.take_table(at);
                for key in table.iter().flat_map(|table| table.keys()) {
                    self.value(key.value());
                }
                self.shapes.put_table(at, table);
            }
            at = parent;
        }
    }

    /// Has the value been reached (or is it no cell)? For weak references.
    #[must_use]
    pub fn is_alive(&self, value: Value) -> bool {
        value.as_cell().is_none_or(|cell| {
            let flags = cell.flags();
            flags & flag::OFF_HEAP != 0
                || flags & flag::OLD != 0 && (self.mode == Mode::Minor || block::is_reached(cell))
        })
    }

    /// Traces what is pending, until nothing is or about `budget` words were visited; is nothing left?
    pub(super) fn drain(&mut self, budget: usize) -> bool {
        while self.work < budget {
            if let Some(cell) = self.pending.stack.pop() {
                self.trace(cell);
            } else if let Some((cell, from)) = self.pending.parts.pop() {
                self.trace_part(cell, from);
            } else {
                return true;
            }
        }
        self.pending.is_empty()
    }

    /// Visits what a cell refers to.
    pub(super) fn trace(&mut self, cell: Cell) {
        let Header {
            kind,
            inline,
            shape,
            ..
        } = cell.header();
        self.work += 8;
        if kind.is_object() {
            if kind == Kind::NativeFunction && matches!(self.mode, Mode::Major | Mode::Verify) {
                obj::trace_native_realm(cell, self);
            }
            match self.mode {
                Mode::Major => self.shape(shape),
                Mode::Verify => self.missed += usize::from(!self.shapes.is_marked(shape)),
                Mode::Minor | Mode::List => {}
            }
            obj::trace(cell, inline, self);
            return;
        }
        match kind {
            Kind::String => str::trace(cell, self),
            Kind::Symbol => self.value(Value::from_bits(cell.read(8))),
            Kind::Env => env::trace(cell, self),
            Kind::Code => code::trace(cell, self),
            Kind::Native | Kind::Slots | Kind::Elements if self.mode == Mode::Major => {
                self.trace_part(cell, 0);
            }
            Kind::Native if native::trace(cell, self) => self.pending.weak.push(cell),
            Kind::Slots | Kind::Elements => {
                obj::trace_storage(cell, 0, usize::MAX, self);
            }
            _ => {}
        }
    }

    /// Visits a part of what a cell that can be large refers to, from position `from` on.
    fn trace_part(&mut self, cell: Cell, from: usize) {
        if cell.kind() == Kind::Native {
            let (next, is_weak) = native::trace_part(cell, from, self);
            if is_weak && from == 0 {
                self.pending.weak.push(cell);
            }
            self.pending.parts.extend(next.map(|next| (cell, next)));
            return;
        }
        let end = from + PART;
        let len = obj::trace_storage(cell, from, end, self);
        self.work += len.saturating_sub(from).min(PART) / 4;
        if end < len {
            self.pending.parts.push((cell, end));
        }
    }
}

/// Visits what an old cell holds that was stored into since the last minor collection. If major marking has reached it
/// already (`is_marking`), it has to hear of what it holds now.
pub(super) fn remembered(
    cell: Cell,
    is_marking: bool,
    tracer: &mut Tracer<'_>,
    again: &mut Vec<Cell>,
) {
    let is_whole = cell.flags() & flag::REMEMBERED != 0;
    cell.clear_flags(flag::REMEMBERED);
    let kind = cell.kind();
    let is_reached = is_marking && block::is_reached(cell);
    if is_reached && kind.is_object() {
        // Its shape counts too, so it is traced again. Objects are small: what may be large hangs on them.
        again.push(cell);
    }
    tracer.records = is_reached && !kind.is_object();
    match kind {
        Kind::Native => {
            if native::trace_recent(cell, tracer) {
                tracer.pending.weak.push(cell);
            }
        }
        Kind::Slots | Kind::Elements if !is_whole => obj::trace_cards(cell, tracer),
        Kind::Slots | Kind::Elements => {
            block::take_cards(cell, |_, _| {});
            obj::trace_storage(cell, 0, usize::MAX, tracer);
        }
        _ => tracer.trace(cell),
    }
    tracer.records = false;
}

/// The cells that `visit` visits, in order.
pub(super) fn list(heap: &mut Heap, visit: impl FnOnce(&mut Tracer<'_>)) -> Vec<Cell> {
    let (mut recorded, mut pending) = (Vec::new(), Pending::default());
    let mut tracer = Tracer::new(Mode::List, &mut recorded, &mut pending, &mut heap.shapes);
    visit(&mut tracer);
    pending.weak.clear();
    pending.stack
}

/// The cells that a cell holds strongly, as [`list`]; an object's shape aside.
pub(super) fn children(heap: &mut Heap, cell: Cell) -> Vec<Cell> {
    list(heap, |tracer| tracer.trace(cell))
}

/// Ephemerons to a fixed point, with what realms that were reached meanwhile hold: `roots` visits that. Then clears what is
/// dead.
pub(super) fn settle_weak(tracer: &mut Tracer<'_>, roots: &mut dyn FnMut(&mut Tracer<'_>)) {
    loop {
        let mut progress = std::mem::take(&mut tracer.pending.realms.is_news);
        if progress {
            roots(tracer);
            tracer.drain(usize::MAX);
        }
        let cells = std::mem::take(&mut tracer.pending.weak);
        for &cell in &cells {
            progress |= native::trace_ephemerons(cell, tracer);
        }
        tracer.drain(usize::MAX);
        let more = std::mem::take(&mut tracer.pending.weak);
        progress |= !more.is_empty();
        tracer.pending.weak = cells;
        tracer.pending.weak.extend(more);
        if !progress {
            break;
        }
    }
    for cell in std::mem::take(&mut tracer.pending.weak) {
        native::sweep_weak(cell, tracer);
    }
}
