//! Marking: from the roots along every reference, with an explicit stack; then the weak ones.

use super::{
    Heap,
    block::{self},
    cell::{Cell, Header, Kind, flag},
    code, env, native, obj, str,
};
use crate::vm::{object::shape::Shapes, value::Value};

/// More values than this are visited in parts.
const LONG: usize = 1024;

/// Visits references: what roots and native data call while a collection marks.
pub struct Tracer<'h> {
    stack: &'h mut Vec<Cell>,
    /// Long cells of values that were reached, and how many of their values are still to be visited: the stack stays small
    /// however long an array is.
    long: Vec<(Cell, usize)>,
    shapes: &'h mut Shapes,
    weak: Vec<Cell>,
    /// Visit marked cells too: a look at a heap in which everything alive is marked, see `visit`.
    listing: bool,
}

impl Tracer<'_> {
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

    /// Visits a cell.
    #[inline]
    pub fn cell(&mut self, cell: Cell) {
        if block::mark(cell) {
            cell.add_flags(flag::OLD);
            self.stack.push(cell);
        } else if self.listing {
            self.stack.push(cell);
        }
    }

    /// Visits a shape that is kept otherwise than by an object.
    pub fn shape(&mut self, shape: u32) {
        if self.shapes.get(shape).dictionary {
            for key in self.shapes.dictionary_keys(shape) {
                self.value(key.value());
            }
            let proto = self.shapes.get(shape).proto;
            self.value(proto);
        }
        let mut at = shape;
        while let Some((proto, key, parent)) = self.shapes.mark(at) {
            self.value(proto);
            if let Some(key) = key {
                self.value(key.value());
            }
            at = parent;
        }
    }

    /// Has the value been reached (or is it no cell)? For weak references.
    #[must_use]
    pub fn is_alive(&self, value: Value) -> bool {
        value.as_cell().is_none_or(block::is_marked)
    }

    fn drain(&mut self) {
        loop {
            while let Some(cell) = self.stack.pop() {
                self.trace(cell);
            }
            let Some((cell, left)) = self.long.last_mut() else {
                return;
            };
            let (cell, end) = (*cell, *left);
            *left = end.saturating_sub(LONG);
            if *left == 0 {
                self.long.pop();
            }
            obj::trace_part(cell, end.saturating_sub(LONG)..end, self);
        }
    }

    /// Visits a cell of this many values, now or bit by bit.
    pub(super) fn storage(&mut self, cell: Cell, len: usize) {
        if len > LONG && !self.listing {
            self.long.push((cell, len));
        } else {
            obj::trace_part(cell, 0..len, self);
        }
    }

    /// Visits what a cell refers to.
    fn trace(&mut self, cell: Cell) {
        let Header {
            kind,
            inline,
            shape,
            ..
        } = cell.header();
        if kind.is_object() {
            self.shape(shape);
            obj::trace(cell, inline, self);
            return;
        }
        match kind {
            Kind::String => str::trace(cell, self),
            Kind::Symbol => self.value(Value::from_bits(cell.read(8))),
            Kind::Env => env::trace(cell, self),
            Kind::Code => code::trace(cell, self),
            Kind::Native if native::trace(cell, self) => self.weak.push(cell),
            Kind::Slots | Kind::Elements => obj::trace_storage(cell, self),
            _ => {}
        }
    }
}

/// Marks everything that is reachable; then clears weak references to what is not.
pub(super) fn mark_all(heap: &mut Heap, full: bool, roots: &mut dyn FnMut(&mut Tracer<'_>)) {
    let remembered = heap.shared.take_remembered();
    let rooted = heap.shared.roots();
    let atoms = heap.atoms.permanent();
    let mut stack = std::mem::take(&mut heap.mark_stack);
    if full {
        heap.shapes.clear_marks();
    }
    let mut tracer = Tracer {
        stack: &mut stack,
        shapes: &mut heap.shapes,
        weak: Vec::new(),
        listing: false,
        long: Vec::new(),
    };
    for cell in remembered {
        cell.clear_flags(flag::REMEMBERED);
        if !full {
            // Old, so already marked: visit what it holds now.
            tracer.stack.push(cell);
        }
    }
    if let Some(empty) = heap.empty_elements {
        tracer.cell(empty);
    }
    for cell in rooted.into_iter().chain(atoms) {
        tracer.cell(cell);
    }
    tracer.shapes_roots();
    if !full {
        // Shapes live until a full collection, even if no object has them: caches and transitions refer to them.
        tracer.shape_protos();
    }
    roots(&mut tracer);
    tracer.drain();
    settle_weak(&mut tracer);
    heap.mark_stack = stack;
}

/// The cells that `visit` visits; nothing else happens. Everything alive must be marked.
pub(super) fn list(heap: &mut Heap, visit: impl FnOnce(&mut Tracer<'_>)) -> Vec<Cell> {
    let mut stack = Vec::new();
    let mut tracer = Tracer {
        stack: &mut stack,
        shapes: &mut heap.shapes,
        weak: Vec::new(),
        listing: true,
        long: Vec::new(),
    };
    visit(&mut tracer);
    stack
}

/// The cells that a cell holds strongly, as [`list`]; an object's shape aside.
pub(super) fn children(heap: &mut Heap, cell: Cell) -> Vec<Cell> {
    list(heap, |tracer| tracer.trace(cell))
}

impl Tracer<'_> {
    fn shape_protos(&mut self) {
        for shape in self.shapes.unmarked() {
            self.shape(shape);
        }
    }

    /// Shapes that the table itself keeps.
    fn shapes_roots(&mut self) {
        for shape in self.shapes.permanent() {
            self.shape(shape);
        }
    }
}

/// Ephemerons to a fixed point, then clears what is dead.
fn settle_weak(tracer: &mut Tracer<'_>) {
    loop {
        let mut progress = false;
        let cells = std::mem::take(&mut tracer.weak);
        for &cell in &cells {
            progress |= native::trace_ephemerons(cell, tracer);
        }
        tracer.drain();
        let more = std::mem::take(&mut tracer.weak);
        progress |= !more.is_empty();
        tracer.weak = cells;
        tracer.weak.extend(more);
        if !progress {
            break;
        }
    }
    for cell in std::mem::take(&mut tracer.weak) {
        native::sweep_weak(cell, tracer);
    }
}
