//! Native cells: Rust data that the heap owns, traces and drops. What a `Map` keeps its table in, for one.
//!
//! Layout: header, then a thin pointer to a boxed trait object.
#![allow(unsafe_code, reason = "owns boxed data behind a raw pointer")]

use std::any::Any;

use super::{
    Heap, Tracer, allocated,
    cell::{Cell, Kind},
};
use crate::vm::value::Value;

/// Rust data in a cell.
pub trait NativeData: Any {
    /// Visits every value that the data holds strongly.
    fn trace(&self, tracer: &mut Tracer<'_>);

    /// Visits some thousand of the values, from position `from` on; where to go on, if there are more. Data that can be large
    /// does this, so that marking it can pause. What changes meanwhile is visited by [`NativeData::trace_recent`].
    fn trace_part(&self, from: usize, tracer: &mut Tracer<'_>) -> Option<usize> {
        let _ = from;
        self.trace(tracer);
        None
    }

    /// Visits at least every value that was stored since the last call of this, or since the first of [`NativeData::trace`].
    fn trace_recent(&mut self, tracer: &mut Tracer<'_>) {
        self.trace(tracer);
    }

    /// Does it hold weak references? Then the two methods below are called after marking.
    fn is_weak(&self) -> bool {
        false
    }

    /// Ephemerons: visits the values whose keys are alive now; did that reach anything new?
    fn trace_ephemerons(&self, tracer: &mut Tracer<'_>) -> bool {
        let _ = tracer;
        false
    }

    /// Drops weak references to what is not alive ([`Tracer::is_alive`]).
    fn sweep_weak(&mut self, tracer: &Tracer<'_>) {
        let _ = tracer;
    }

    /// Memory that it shares with others: its address and its size. Neither may change.
    fn shared(&self) -> Option<(usize, usize)> {
        None
    }

    /// Is it the memory of an `ArrayBuffer`? For statistics.
    fn is_buffer(&self) -> bool {
        false
    }

    /// Bytes that the data holds outside of the heap now. Whoever changes that tells [`Heap::charge_external`].
    fn external_bytes(&self) -> usize {
        0
    }
}

type Boxed = Box<dyn NativeData>;

/// A cell with Rust data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Native(Cell);

impl Native {
    /// The cell.
    #[inline]
    #[must_use]
    pub const fn cell(self) -> Cell {
        self.0
    }

    /// The native cell that `value` is.
    #[inline]
    #[must_use]
    pub fn from_value(value: Value) -> Option<Self> {
        let cell = value.as_cell()?;
        (cell.kind() == Kind::Native).then_some(Self(cell))
    }
}

impl From<Native> for Value {
    fn from(native: Native) -> Self {
        Self::cell(native.0)
    }
}

fn data(cell: Cell) -> *mut Boxed {
    std::ptr::with_exposed_provenance_mut::<Boxed>(cell.read(8) as usize)
}

impl Heap {
    /// Moves `data` into a new cell.
    pub fn new_native<T: NativeData>(&mut self, data: T) -> Native {
        let boxed: Box<Boxed> = Box::new(Box::new(data));
        self.charge_external(bytes_of(&boxed) as isize);
        if boxed.is_buffer() {
            self.shared.count_buffer(boxed.external_bytes() as isize);
        }
        if let Some((address, bytes)) = boxed.shared() {
            self.shared.hold(address, || bytes);
        }
        let cell = self.alloc_owner(Kind::Native, 16);
        cell.write(8, Box::into_raw(boxed).expose_provenance() as u64);
        Native(cell)
    }

    /// The data of type `T` in the native cell that `value` is. The borrow ends before the heap can change.
    #[must_use]
    pub fn native<T: NativeData>(&self, value: Value) -> Option<&T> {
        let cell = Native::from_value(value)?.0;
        // SAFETY: a native cell owns its box until it is swept, which needs `&mut Heap`.
        let boxed = unsafe { &*data(cell) };
        (&**boxed as &dyn Any).downcast_ref()
    }

    /// As [`Heap::native`], to change it. Counts as a store into the cell.
    #[must_use]
    pub fn native_mut<T: NativeData>(&mut self, value: Value) -> Option<&mut T> {
        let cell = Native::from_value(value)?.0;
        cell.write_barrier();
        // SAFETY: as in `native`; `&mut self` makes the borrow the only one.
        let boxed = unsafe { &mut *data(cell) };
        (&mut **boxed as &mut dyn Any).downcast_mut()
    }
}

/// Looks at the data of type `T` in the native cell that `value` is, without the heap at hand. `look` must not run code that
/// could collect or change the data.
pub(in crate::vm) fn with<T: NativeData, R>(value: Value, look: impl FnOnce(&T) -> R) -> Option<R> {
    let cell = Native::from_value(value)?.0;
    // SAFETY: as in `Heap::native`; the reference lives for the call of `look` only.
    let boxed = unsafe { &*data(cell) };
    (&**boxed as &dyn Any).downcast_ref().map(look)
}

/// As [`Heap::charge_buffer`], without the heap at hand: to the heap of the native cell that `value` is.
pub(in crate::vm) fn charge_buffer(value: Value, bytes: isize) {
    if let Some(native) = Native::from_value(value) {
        let shared = super::block::shared_of(native.0);
        let external = &shared.external;
        external.set(external.get().saturating_add_signed(bytes));
        shared.count_buffer(bytes);
    }
}

impl super::block::Shared {
    fn count_buffer(&self, bytes: isize) {
        self.buffers
            .set(self.buffers.get().saturating_add_signed(bytes));
    }
}

impl Heap {
    /// As [`Heap::charge_external`], of the memory of a buffer whose cell exists.
    pub(in crate::vm) fn charge_buffer(&mut self, bytes: isize) {
        self.charge_external(bytes);
        self.shared.count_buffer(bytes);
    }
}

/// Visits its references; is it weak?
pub(super) fn trace(cell: Cell, tracer: &mut Tracer<'_>) -> bool {
    // SAFETY: as in `Heap::native`; marking runs no code that could drop it.
    let boxed = unsafe { &*data(cell) };
    boxed.trace(tracer);
    boxed.is_weak()
}

/// Bytes outside of the heap: the data, its box, and what it holds.
fn bytes_of(boxed: &Boxed) -> usize {
    allocated(size_of::<Boxed>()) + allocated(size_of_val(&**boxed)) + boxed.external_bytes()
}

/// Bytes that its data takes outside of the heap.
pub(super) fn external_bytes(cell: Cell) -> usize {
    // SAFETY: as in `trace`.
    bytes_of(unsafe { &*data(cell) })
}

/// Visits a part of its references: where to go on, and is it weak?
pub(super) fn trace_part(
    cell: Cell,
    from: usize,
    tracer: &mut Tracer<'_>,
) -> (Option<usize>, bool) {
    // SAFETY: as in `trace`.
    let boxed = unsafe { &*data(cell) };
    (boxed.trace_part(from, tracer), boxed.is_weak())
}

/// Visits the references that it got since the last minor collection; is it weak?
pub(super) fn trace_recent(cell: Cell, tracer: &mut Tracer<'_>) -> bool {
    // SAFETY: as in `trace`; no other reference to the data exists during a collection.
    let boxed = unsafe { &mut *data(cell) };
    boxed.trace_recent(tracer);
    boxed.is_weak()
}

pub(super) fn trace_ephemerons(cell: Cell, tracer: &mut Tracer<'_>) -> bool {
    // SAFETY: as in `trace`.
    unsafe { (*data(cell)).trace_ephemerons(tracer) }
}

pub(super) fn sweep_weak(cell: Cell, tracer: &Tracer<'_>) {
    // SAFETY: as in `trace`; no other reference to the data exists during a collection.
    unsafe { (*data(cell)).sweep_weak(tracer) }
}

/// Is the data the memory of an `ArrayBuffer`?
pub(super) fn is_buffer(cell: Cell) -> bool {
    // SAFETY: as in `Heap::native`.
    unsafe { (*data(cell)).is_buffer() }
}

pub(super) fn drop_data(cell: Cell) {
    // SAFETY: called once, when the cell is dead; the pointer came from `Box::into_raw`.
    let boxed = unsafe { Box::from_raw(data(cell)) };
    let shared = super::block::shared_of(cell);
    let external = shared.external.get();
    shared
        .external
        .set(external.saturating_sub(bytes_of(&boxed)));
    if boxed.is_buffer() {
        shared.count_buffer(-(boxed.external_bytes() as isize));
    }
    if let Some((address, _)) = boxed.shared() {
        shared.let_go(address);
    }
}
