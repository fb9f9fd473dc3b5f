//! Cells outside of any heap: what Rust code makes before it has a context at hand, and static text.
//!
//! They are counted, never traced. The machine never sees one: the facade copies it into the heap on the way in.
//! A string's count lies in the unused half of its length word; a static one has 255 roots in its (read-only) header.
#![allow(unsafe_code, reason = "allocates cells by hand")]

use std::{
    alloc::{Layout, alloc, dealloc, handle_alloc_error},
    ptr::NonNull,
};

use num_bigint::BigInt as Number;

use super::{
    Units,
    cell::{Cell, Header, Kind, flag},
    str::{Str, repr},
};

/// Text laid out as a string cell at compile time.
#[derive(Debug)]
#[repr(C, align(16))]
pub struct StaticText {
    header: Header,
    len: u64,
    data: &'static u8,
}

impl StaticText {
    /// Lays out ASCII text.
    ///
    /// # Panics
    /// At compile time, when it is empty or not ASCII.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        assert!(text.is_ascii(), "static JavaScript strings are ASCII");
        let header = Header {
            kind: Kind::String,
            flags: flag::OFF_HEAP,
            inline: repr::EXTERNAL,
            roots: u8::MAX,
            shape: 0,
        };
        let bytes: &'static [u8] = if text.is_empty() {
            b"\0"
        } else {
            text.as_bytes()
        };
        Self {
            header,
            len: text.len() as u64,
            data: &bytes[0],
        }
    }

    /// As a value. (The address is known at link time only, so the word is made by pointer arithmetic on it.)
    #[must_use]
    pub fn as_value(&'static self) -> crate::vm::value::Value {
        crate::vm::value::Value::string(self.as_str())
    }

    /// The cell.
    #[must_use]
    pub const fn as_str(&'static self) -> Str {
        let ptr = (&raw const self.header).cast_mut();
        // SAFETY: a reference is never null. The cell is read only: nothing writes a cell with 255 roots off the heap.
        Str::from_cell(Cell::from_ptr(unsafe { NonNull::new_unchecked(ptr) }))
    }
}

fn layout(data: usize) -> Layout {
    match Layout::from_size_align(16 + data, 16) {
        Ok(layout) => layout,
        Err(_) => Layout::new::<[u64; 2]>(),
    }
}

fn new_cell(kind: Kind, flags: u8, data: usize) -> Cell {
    let layout = layout(data);
    // SAFETY: the size is at least 16.
    let Some(ptr) = NonNull::new(unsafe { alloc(layout) }) else {
        handle_alloc_error(layout);
    };
    let cell = Cell::from_ptr(ptr.cast());
    cell.set_header(Header {
        kind,
        flags: flags | flag::OFF_HEAP,
        inline: repr::FLAT,
        roots: 0,
        shape: 1,
    });
    cell
}

/// A string off the heap, counted once. Wide units must hold one that needs it.
pub(in crate::vm) fn new_string(units: Units<'_>) -> Str {
    let (flags, bytes) = match units {
        Units::Latin1(bytes) => (0, bytes.len()),
        Units::Utf16(units) => (flag::UTF16, units.len() * 2),
    };
    let cell = new_cell(Kind::String, flags, bytes);
    cell.write(8, units.len() as u64);
    let start: *const u8 = match units {
        Units::Latin1(bytes) => bytes.as_ptr(),
        Units::Utf16(units) => units.as_ptr().cast(),
    };
    // SAFETY: the new cell has room for `bytes` bytes behind its 16-byte head.
    unsafe { std::ptr::copy_nonoverlapping(start, cell.at(16), bytes) };
    Str::from_cell(cell)
}

/// A flat copy of a rope off the heap, counted once.
pub(in crate::vm) fn new_string_of_rope(rope: Str) -> Str {
    let mut units = Vec::with_capacity(rope.len());
    let mut pending = vec![rope];
    while let Some(part) = pending.pop() {
        match part.halves() {
            Some((left, right)) => pending.extend([right, left]),
            None => units.extend(part.flat_units().iter()),
        }
    }
    match units
        .iter()
        .map(|&unit| u8::try_from(unit).ok())
        .collect::<Option<Vec<u8>>>()
    {
        Some(bytes) => new_string(Units::Latin1(&bytes)),
        None => new_string(Units::Utf16(&units)),
    }
}

/// A BigInt off the heap, counted once.
pub(in crate::vm) fn new_bigint(number: Number) -> Cell {
    let cell = new_cell(Kind::BigInt, 0, 0);
    cell.write(
        8,
        Box::into_raw(Box::new(number)).expose_provenance() as u64,
    );
    cell
}

/// Is the cell outside of any heap?
#[inline]
pub(in crate::vm) fn is_off_heap(cell: Cell) -> bool {
    matches!(cell.kind(), Kind::String | Kind::BigInt) && cell.flags() & flag::OFF_HEAP != 0
}

/// Counts one more owner. (The count is the header's `shape` field.)
pub(in crate::vm) fn retain(cell: Cell) {
    let mut header = cell.header();
    if header.roots != u8::MAX {
        header.shape = header.shape.saturating_add(1);
        cell.set_header(header);
    }
}

/// Counts one owner less; the last one frees the cell.
pub(in crate::vm) fn release(cell: Cell) {
    let mut header = cell.header();
    if header.roots == u8::MAX || header.shape == u32::MAX {
        return;
    }
    header.shape -= 1;
    cell.set_header(header);
    if header.shape > 0 {
        return;
    }
    let data = match header.kind {
        Kind::BigInt => {
            // SAFETY: the box was made in `new_bigint` and is dropped once, with its cell.
            drop(unsafe {
                Box::from_raw(std::ptr::with_exposed_provenance_mut::<Number>(
                    cell.read(8) as usize,
                ))
            });
            0
        }
        _ => {
            let len = Str::from_cell(cell).len();
            if header.flags & flag::UTF16 != 0 {
                len * 2
            } else {
                len
            }
        }
    };
    // SAFETY: allocated in `new_cell` with this layout.
    unsafe { dealloc(cell.as_ptr().cast(), layout(data)) };
}

// SAFETY: a static text is never written.
unsafe impl Sync for StaticText {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_cells_live_as_long_as_their_owners() {
        for units in [
            Units::Latin1(b"abc"),
            Units::Utf16(&[0x100, 0xD800]),
            Units::Latin1(b""),
        ] {
            let string = new_string(units);
            retain(string.cell());
            release(string.cell());
            assert_eq!(string.flat_units(), units);
            release(string.cell());
        }
        let big = new_bigint(Number::from(7));
        retain(big);
        release(big);
        release(big);
    }

    #[test]
    fn static_text_is_a_string() {
        static TEXT: StaticText = StaticText::new("hello");
        assert_eq!(TEXT.as_str().flat_units(), Units::Latin1(b"hello"));
        release(TEXT.as_str().cell());
        assert_eq!(TEXT.as_str().len(), 5);
    }
}
