//! Objects in memory.
//!
//! | offset | holds |
//! |---|---|
//! | 0 | header; its `inline` field counts the inline values, its `shape` field is the hidden class |
//! | 8 | out-of-line property slots: a `Slots` cell, or 0 |
//! | 16 | elements: an `Elements` cell, the shared empty one if there are none |
//! | 24 | inline values: the kind's internal slots first, then property slots |
//!
//! `Slots`: header (its `shape` field is the capacity), 8 unused bytes, values. `Elements`: header, length u32 and capacity
//! u32, values; a missing one is the hole. This file knows where things lie; what they mean is `vm::object`'s.
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "an offset and the access to it are one act"
)]

use super::{
    Heap, Tracer, block,
    cell::{Cell, Header, Kind, flag},
};
use crate::vm::value::Value;

/// Byte offset of the out-of-line slots pointer.
pub const OUT: usize = 8;
/// Byte offset of the elements pointer.
pub const ELEMENTS: usize = 16;
/// Byte offset of the first inline value.
pub const INLINE: usize = 24;
/// Byte offset of the first value in `Slots` and `Elements` cells.
pub const STORAGE: usize = 16;

/// An object.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(transparent)]
pub struct Obj(Cell);

impl Obj {
    #[inline(always)]
    pub(in crate::vm) const fn from_cell(cell: Cell) -> Self {
        Self(cell)
    }

    /// The cell.
    #[inline(always)]
    #[must_use]
    pub const fn cell(self) -> Cell {
        self.0
    }

    /// What it is.
    #[inline(always)]
    #[must_use]
    pub fn kind(self) -> Kind {
        self.0.kind()
    }

    /// Its hidden class.
    #[inline(always)]
    #[must_use]
    pub fn shape(self) -> u32 {
        self.0.header().shape
    }

    /// Changes the hidden class. The slots must fit it.
    #[inline]
    pub(in crate::vm) fn set_shape(self, shape: u32) {
        let mut header = self.0.header();
        header.shape = shape;
        self.0.set_header(header);
        self.0.write_barrier();
    }

    /// Flag bits, see [`flag`].
    #[inline(always)]
    #[must_use]
    pub fn has_flag(self, bits: u8) -> bool {
        self.0.flags() & bits != 0
    }

    /// The value of an internal slot (`index` below [`Kind::internal_slots`]; undefined beyond).
    #[inline(always)]
    #[must_use]
    pub fn internal(self, index: usize) -> Value {
        debug_assert!(
            index < usize::from(self.kind().internal_slots()),
            "{:?} has no slot {index}",
            self.kind()
        );
        Value::from_bits(self.0.read(INLINE + index * 8))
    }

    /// Stores into an internal slot.
    #[inline(always)]
    pub fn set_internal(self, index: usize, value: Value) {
        debug_assert!(
            index < usize::from(self.kind().internal_slots()),
            "{:?} has no slot {index}",
            self.kind()
        );
        self.0.write(INLINE + index * 8, value.bits());
        self.0.write_barrier();
    }

    /// Where property slot `slot` lies: the cell and the byte offset.
    #[inline]
    pub(in crate::vm) fn slot_place(self, slot: u32) -> (Cell, usize) {
        let header = self.0.header();
        let index = slot as usize + usize::from(header.kind.internal_slots());
        let inline = usize::from(header.inline);
        if index < inline {
            (self.0, INLINE + index * 8)
        } else {
            (
                Cell::from_addr(self.0.read(OUT)),
                STORAGE + (index - inline) * 8,
            )
        }
    }

    /// The value of a property slot that the shape counts.
    #[inline]
    #[must_use]
    pub fn slot(self, slot: u32) -> Value {
        let (cell, offset) = self.slot_place(slot);
        Value::from_bits(cell.read(offset))
    }

    /// Stores into a property slot that the shape counts.
    #[inline]
    pub fn set_slot(self, slot: u32, value: Value) {
        let (cell, offset) = self.slot_place(slot);
        cell.write(offset, value.bits());
        cell.write_barrier();
    }

    /// The elements cell.
    #[inline(always)]
    #[must_use]
    pub(in crate::vm) fn elements(self) -> Cell {
        Cell::from_addr(self.0.read(ELEMENTS))
    }

    /// How many dense elements it has, holes included.
    #[inline(always)]
    #[must_use]
    pub fn dense_len(self) -> u32 {
        self.elements().read(8) as u32
    }

    /// How many dense elements there is room for.
    #[inline]
    #[must_use]
    pub(in crate::vm) fn dense_capacity(self) -> u32 {
        (self.elements().read(8) >> 32) as u32
    }

    /// The dense element at `index`; the hole if there is none.
    #[inline(always)]
    #[must_use]
    pub fn dense(self, index: u32) -> Value {
        let elements = self.elements();
        if index < elements.read(8) as u32 {
            Value::from_bits(elements.read(STORAGE + index as usize * 8))
        } else {
            Value::HOLE
        }
    }

    /// Overwrites the dense element at `index`, which must be below [`Obj::dense_len`].
    #[inline(always)]
    pub fn set_dense(self, index: u32, value: Value) {
        let elements = self.elements();
        debug_assert!(index < elements.read(8) as u32);
        let offset = STORAGE + index as usize * 8;
        elements.write(offset, value.bits());
        elements.write_barrier_at(offset, value);
    }

    /// Appends a dense element to an array, at `index`: if that is where the next one goes and there is room. Was it done?
    #[inline(always)]
    pub(in crate::vm) fn append_dense(self, index: u32, value: Value) -> bool {
        debug_assert!(self.kind() == Kind::Array);
        let elements = self.elements();
        let word = elements.read(8);
        if index != word as u32 || u64::from(index) >= word >> 32 {
            return false;
        }
        let offset = STORAGE + index as usize * 8;
        elements.write(offset, value.bits());
        elements.write(8, word + 1);
        elements.write_barrier_at(offset, value);
        let length = self.internal(0);
        if length.is_int() && length.to_int_unchecked() as u32 <= index {
            self.0.write(INLINE, Value::from(index + 1).bits());
        }
        true
    }

    /// Copies `count` dense elements from index `from` to index `to`; the ranges may overlap and must be dense.
    #[allow(unsafe_code, reason = "moves values inside the elements' memory")]
    pub(in crate::vm) fn move_dense(self, from: u32, to: u32, count: u32) {
        let elements = self.elements();
        let len = elements.read(8) as u32;
        let fits = |start: u32| start.checked_add(count).is_some_and(|end| end <= len);
        if !fits(from) || !fits(to) {
            return;
        }
        // SAFETY: both ranges lie inside the initialised elements.
        unsafe {
            let base = elements.at(STORAGE).cast::<Value>();
            std::ptr::copy(
                base.add(from as usize),
                base.add(to as usize),
                count as usize,
            );
        }
        elements.write_barrier();
    }

    /// Overwrites the dense elements from `start` to `end`.
    pub(in crate::vm) fn fill_dense(self, start: u32, end: u32, value: Value) {
        let elements = self.elements();
        let end = end.min(elements.read(8) as u32);
        for index in start..end {
            elements.write(STORAGE + index as usize * 8, value.bits());
        }
        elements.write_barrier();
    }

    /// Makes the holes from `start` to `end` undefined.
    pub(in crate::vm) fn fill_holes(self, start: u32, end: u32) {
        let elements = self.elements();
        let end = end.min(elements.read(8) as u32);
        for index in start as usize..end as usize {
            if Value::from_bits(elements.read(STORAGE + index * 8)).is_hole() {
                elements.write(STORAGE + index * 8, Value::UNDEFINED.bits());
            }
        }
    }

    /// The dense elements. Valid until the next store, growth or safepoint.
    #[allow(unsafe_code, reason = "a view of the elements' memory")]
    #[inline]
    #[must_use]
    pub fn dense_slice(&self) -> &[Value] {
        let elements = self.elements();
        let len = elements.read(8) as u32 as usize;
        // SAFETY: `len` values are initialised behind the elements' header; the module text says how long they stay.
        unsafe { std::slice::from_raw_parts(elements.at(STORAGE).cast::<Value>(), len) }
    }
}

/// Elements in the making, which take the place of an object's own when they have all of them.
#[derive(Debug)]
pub(in crate::vm) struct NewElements(Cell);

impl NewElements {
    /// Copies the object's elements from `start` (as many are there already) to `end`, as far as there is room.
    #[inline]
    pub(in crate::vm) fn copy_part(&self, object: Obj, start: u32, end: u32) {
        let old = object.elements();
        let word = self.0.read(8);
        let end = end.min(old.read(8) as u32).min((word >> 32) as u32);
        if word as u32 != start || end <= start {
            return;
        }
        for index in start as usize..end as usize {
            self.0
                .write(STORAGE + index * 8, old.read(STORAGE + index * 8));
        }
        self.0.write(8, word & !0xFFFF_FFFF | u64::from(end));
    }
}

/// How many elements a cell of that many bytes has room for.
pub(in crate::vm) const fn capacity_of(bytes: usize) -> u32 {
    (bytes.saturating_sub(STORAGE) / 8) as u32
}

/// From this many elements on, growth asks for room.
const LARGE_ELEMENTS: u32 = 1024;

impl Heap {
    /// A new object of `kind` with `shape`, room for `inline` values inline (internal slots included; at least those), all
    /// undefined, no elements.
    #[inline(always)]
    pub(in crate::vm) fn new_object(&mut self, kind: Kind, shape: u32, inline: u8) -> Obj {
        let inline = inline.max(kind.internal_slots());
        let cell = self.alloc_headed(
            Header {
                kind,
                flags: 0,
                inline,
                roots: 0,
                shape,
            },
            INLINE + usize::from(inline) * 8,
        );
        cell.write(OUT, 0);
        cell.write(ELEMENTS, self.empty_elements().addr());
        for index in 0..usize::from(inline) {
            cell.write(INLINE + index * 8, Value::UNDEFINED.bits());
        }
        Obj(cell)
    }

    /// As [`Heap::new_object`], with these inline values: internal slots, then properties.
    #[inline(always)]
    pub(in crate::vm) fn new_filled<const N: usize>(
        &mut self,
        kind: Kind,
        shape: u32,
        values: [Value; N],
    ) -> Obj {
        debug_assert!(N >= usize::from(kind.internal_slots()));
        let header = Header {
            kind,
            flags: 0,
            inline: N as u8,
            roots: 0,
            shape,
        };
        let cell = self.alloc_headed(header, INLINE + N * 8);
        cell.write(OUT, 0);
        cell.write(ELEMENTS, self.empty_elements().addr());
        for (index, value) in values.into_iter().enumerate() {
            cell.write(INLINE + index * 8, value.bits());
        }
        Obj(cell)
    }

    /// Makes room for property slots up to `count` in all.
    pub(in crate::vm) fn reserve_slots(&mut self, object: Obj, count: u32) {
        let header = object.0.header();
        let needed = count as usize + usize::from(header.kind.internal_slots());
        let Some(out) = needed
            .checked_sub(usize::from(header.inline))
            .filter(|&out| out > 0)
        else {
            return;
        };
        let old = object.0.read(OUT);
        let capacity = if old == 0 {
            0
        } else {
            Cell::from_addr(old).header().shape as usize
        };
        if out <= capacity {
            return;
        }
        let grown = out.next_power_of_two().max(4);
        let cell = self.alloc_headed(storage_header(grown), STORAGE + grown * 8);
        cell.write(8, 0);
        for index in 0..grown {
            let bits = if index < capacity {
                Cell::from_addr(old).read(STORAGE + index * 8)
            } else {
                Value::UNDEFINED.bits()
            };
            cell.write(STORAGE + index * 8, bits);
        }
        object.0.write(OUT, cell.addr());
        object.0.write_barrier();
    }

    /// A `Slots` cell with these values: an accessor's pair, a bound function's arguments.
    #[inline]
    pub(in crate::vm) fn new_slots(&mut self, values: &[Value]) -> Cell {
        let cell = self.alloc_headed(storage_header(values.len()), STORAGE + values.len() * 8);
        cell.write(8, 0);
        for (index, value) in values.iter().enumerate() {
            cell.write(STORAGE + index * 8, value.bits());
        }
        cell
    }

    /// Bytes that a new elements cell for `more` elements behind the last would take, if the object needs one and it is large:
    /// then the caller asks whether there is room ([`Heap::would_exceed`]), as the old one exists meanwhile.
    #[inline]
    pub(in crate::vm) fn dense_growth(object: Obj, more: u32) -> usize {
        let word = object.elements().read(8);
        let (len, capacity) = (word as u32, (word >> 32) as u32);
        if len.saturating_add(more) <= capacity {
            return 0;
        }
        let grown = len
            .saturating_add(more)
            .max(capacity.saturating_add(capacity / 2));
        if grown < LARGE_ELEMENTS {
            return 0;
        }
        STORAGE + grown as usize * 8
    }

    /// Makes room for `capacity` dense elements. The caller has asked [`Heap::would_exceed`] for large amounts.
    pub(in crate::vm) fn reserve_dense(&mut self, object: Obj, capacity: u32) {
        let old = object.elements();
        let word = old.read(8);
        if capacity <= (word >> 32) as u32 {
            return;
        }
        let grown = self.new_elements(capacity);
        grown.copy_part(object, 0, word as u32);
        self.replace_elements(object, grown);
    }

    /// Elements for [`Heap::replace_elements`]; none yet.
    #[inline]
    pub(in crate::vm) fn new_elements(&mut self, capacity: u32) -> NewElements {
        let cell = self.alloc(Kind::Elements, STORAGE + capacity as usize * 8);
        cell.write(8, u64::from(capacity) << 32);
        NewElements(cell)
    }

    /// Gives the object these elements, a copy of its own with more room.
    #[inline]
    pub(in crate::vm) fn replace_elements(&mut self, object: Obj, grown: NewElements) {
        let old = object.elements();
        object.0.write(ELEMENTS, grown.0.addr());
        object.0.write_barrier();
        self.free_outgrown(old);
    }

    /// Gives an object without elements these.
    #[inline]
    pub(in crate::vm) fn set_elements(&mut self, object: Obj, values: &[Value]) {
        if values.is_empty() {
            return;
        }
        let cell = self.alloc(Kind::Elements, STORAGE + values.len() * 8);
        cell.write(8, values.len() as u64 | (values.len() as u64) << 32);
        for (index, value) in values.iter().enumerate() {
            cell.write(STORAGE + index * 8, value.bits());
        }
        object.0.write(ELEMENTS, cell.addr());
        object.0.write_barrier();
    }

    /// Gives an object the elements of another one, which is not used any more.
    #[inline]
    pub(in crate::vm) fn take_elements(&mut self, object: Obj, from: Obj) {
        object.0.write(ELEMENTS, from.0.read(ELEMENTS));
        object.0.write_barrier();
        self.clear_elements(from);
    }

    /// Sets the number of dense elements; new ones are holes.
    pub(in crate::vm) fn set_dense_len(&mut self, object: Obj, len: u32) {
        let old = object.dense_len();
        if len > old {
            let capacity = (object.elements().read(8) >> 32) as u32;
            if len > capacity {
                self.reserve_dense(object, len.max(capacity + capacity / 2).max(4));
            }
        } else if len == old {
            return;
        }
        let elements = object.elements();
        for index in old..len {
            elements.write(STORAGE + index as usize * 8, Value::HOLE.bits());
        }
        let word = elements.read(8);
        elements.write(8, word & !0xFFFF_FFFF | u64::from(len));
    }

    /// Appends dense elements, which must not be the object's own.
    pub(in crate::vm) fn extend_dense(&mut self, object: Obj, values: &[Value]) {
        if values.is_empty() {
            return;
        }
        let len = object.dense_len();
        let capacity = (object.elements().read(8) >> 32) as u32;
        let new = len + values.len() as u32;
        if new > capacity {
            self.reserve_dense(
                object,
                if len == 0 {
                    new
                } else {
                    new.max(capacity + capacity / 2)
                },
            );
        }
        let elements = object.elements();
        // SAFETY: there is room for `new` values; the source is another cell's or Rust's memory.
        unsafe {
            let end = elements.at(STORAGE).cast::<Value>().add(len as usize);
            std::ptr::copy_nonoverlapping(values.as_ptr(), end, values.len());
        }
        let word = elements.read(8);
        elements.write(8, word & !0xFFFF_FFFF | u64::from(new));
        elements.write_barrier();
    }

    /// Appends a dense element.
    #[inline]
    pub fn push_dense(&mut self, object: Obj, value: Value) {
        let mut elements = object.elements();
        let word = elements.read(8);
        let (len, capacity) = (word as u32, (word >> 32) as u32);
        if len == capacity {
            self.reserve_dense(object, (len + len / 2).max(4));
            elements = object.elements();
        }
        let offset = STORAGE + len as usize * 8;
        elements.write(offset, value.bits());
        let word = elements.read(8);
        elements.write(8, word + 1);
        elements.write_barrier_at(offset, value);
    }

    /// Forgets the elements (they moved elsewhere, or the object's indexed properties become exotic).
    pub(in crate::vm) fn clear_elements(&mut self, object: Obj) {
        object.0.write(ELEMENTS, self.empty_elements().addr());
    }
}

/// The header of a `Slots` cell.
const fn storage_header(capacity: usize) -> Header {
    Header {
        kind: Kind::Slots,
        flags: 0,
        inline: 0,
        roots: 0,
        shape: capacity as u32,
    }
}

impl Cell {
    /// The value at `index` of a `Slots` cell; undefined beyond its end.
    #[inline]
    #[must_use]
    pub(in crate::vm) fn slots_get(self, index: usize) -> Value {
        if index < self.header().shape as usize {
            Value::from_bits(self.read(STORAGE + index * 8))
        } else {
            Value::UNDEFINED
        }
    }

    /// Stores into a `Slots` cell.
    #[inline]
    pub(in crate::vm) fn slots_set(self, index: usize, value: Value) {
        if index < self.header().shape as usize {
            self.write(STORAGE + index * 8, value.bits());
            self.write_barrier();
        }
    }

    /// Overwrites the first values of a `Slots` cell.
    #[allow(unsafe_code, reason = "a copy into the cell's memory")]
    #[inline]
    pub(in crate::vm) fn slots_fill(self, values: &[Value]) {
        let count = values.len().min(self.header().shape as usize);
        // SAFETY: a `Slots` cell has as many values behind its header as its `shape` field says; the values come from the
        // stack or from Rust's memory.
        unsafe {
            std::ptr::copy(values.as_ptr(), self.at(STORAGE).cast::<Value>(), count);
        }
        self.write_barrier();
    }

    /// The values of a `Slots` cell. Valid until the next store or safepoint.
    #[allow(unsafe_code, reason = "a view of the cell's memory")]
    #[inline]
    pub(in crate::vm) fn slots_slice(&self) -> &[Value] {
        let count = self.header().shape as usize;
        // SAFETY: as in `slots_fill`; the values are initialised.
        unsafe { std::slice::from_raw_parts(self.at(STORAGE).cast::<Value>(), count) }
    }

    /// How many values a `Slots` cell has.
    #[must_use]
    pub(in crate::vm) fn slots_len(self) -> usize {
        self.header().shape as usize
    }
}

pub(super) fn trace(cell: Cell, inline: u8, tracer: &mut Tracer<'_>) {
    let out = cell.read(OUT);
    if out != 0 {
        tracer.cell(Cell::from_addr(out));
    }
    tracer.cell(Cell::from_addr(cell.read(ELEMENTS)));
    for index in 0..usize::from(inline) {
        tracer.value(Value::from_bits(cell.read(INLINE + index * 8)));
    }
}

/// Visits the realm of a native function.
pub(super) fn trace_native_realm(cell: Cell, tracer: &mut Tracer<'_>) {
    if let Some(meta) = Value::from_bits(cell.read(INLINE + 8)).as_int() {
        tracer.realm(native_realm(meta));
    }
}

/// The realm in the second internal slot of a native function.
pub(in crate::vm) fn native_realm(meta: i32) -> u32 {
    (meta & 0xFFFF) as u32
}

/// Visits the values of a `Slots` or `Elements` cell from number `from` to number `to`; how many it has.
pub(super) fn trace_storage(cell: Cell, from: usize, to: usize, tracer: &mut Tracer<'_>) -> usize {
    let len = if cell.kind() == Kind::Slots {
        cell.header().shape as usize
    } else {
        cell.read(8) as u32 as usize
    };
    for index in from..to.min(len) {
        tracer.value(Value::from_bits(cell.read(STORAGE + index * 8)));
    }
    len
}

/// Visits the values of a large cell that were stored since the last minor collection.
pub(super) fn trace_cards(cell: Cell, tracer: &mut Tracer<'_>) {
    block::take_cards(cell, |from, to| {
        let number = |offset: usize| offset.saturating_sub(STORAGE) / 8;
        trace_storage(cell, number(from), number(to), tracer);
    });
}

const _: () = assert!(flag::OLD == 1);
