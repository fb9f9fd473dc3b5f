//! What a typed array is inside: which part of which buffer it shows.
//!
//! Internal slots: 0 the buffer object, 1 the byte offset, 2 the length (undefined: it tracks the buffer's), 3 the number of
//! the [`ElementKind`], 4 the native cell of the buffer's [`BufferData`](super::super::buffer_data::BufferData), 5 raw: the
//! address of its `BytePlace`, for the interpreter.

use super::ElementKind;
use crate::vm::{
    builtins::buffer_data::{BufferData, data_of, with_data},
    heap::{Heap, Kind, Obj},
    limits::PART_BYTES,
    machine::{Completion, Vm},
    value::Value,
};

/// Elements that are read or written between two looks at the limits.
const PART: usize = PART_BYTES / 16;

/// A typed array, taken apart.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The typed array object.
    pub array: Obj,
    /// What its elements are.
    pub kind: ElementKind,
    /// Where it begins in its buffer, in bytes.
    pub offset: usize,
    /// Its length in elements; `None` if it tracks that of the buffer.
    pub fixed: Option<usize>,
    /// The cell of the bytes.
    pub data: Value,
}

/// A number that this file stored as an internal slot.
#[inline]
fn stored(value: Value) -> Option<usize> {
    match value.as_int() {
        Some(int) => usize::try_from(int).ok(),
        None => value.as_number().map(|number| number as usize),
    }
}

/// Makes `array`, a new object of kind `TypedArray`, a view of `buffer`.
pub(in crate::vm) fn attach(
    array: Obj,
    kind: ElementKind,
    buffer: Obj,
    offset: usize,
    length: Option<usize>,
) {
    array.set_internal(0, buffer.into());
    array.set_internal(1, Value::from(offset));
    array.set_internal(2, length.map_or(Value::UNDEFINED, Value::from));
    array.set_internal(3, Value::int(kind as i32));
    let data = data_of(buffer);
    let place = with_data(data, |data| {
        std::ptr::from_ref(data.place()).expose_provenance()
    });
    array.set_internal(4, data);
    array.set_internal(5, Value::from_bits(place.unwrap_or(0) as u64));
}

impl View {
    /// Of a typed array; `None` for other objects.
    #[inline]
    #[must_use]
    pub fn of(array: Obj) -> Option<Self> {
        if array.kind() != Kind::TypedArray {
            return None;
        }
        Some(Self {
            array,
            kind: ElementKind::from_int(array.internal(3).as_int()?)?,
            offset: stored(array.internal(1))?,
            fixed: stored(array.internal(2)),
            data: array.internal(4),
        })
    }

    /// Of a value that may be a typed array.
    #[must_use]
    pub fn of_value(value: Value) -> Option<Self> {
        Self::of(value.as_object()?)
    }

    /// The buffer object.
    #[must_use]
    pub fn buffer(&self) -> Value {
        self.array.internal(0)
    }

    /// `TypedArrayLength`; `None` when it is out of bounds or its buffer is detached.
    #[inline]
    #[must_use]
    pub fn len(&self) -> Option<usize> {
        with_data(self.data, |data| self.len_in(data)).flatten()
    }

    /// Has it no elements (any more)?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len().is_none_or(|len| len == 0)
    }

    #[inline]
    fn len_in(&self, data: &BufferData) -> Option<usize> {
        if data.is_detached() {
            return None;
        }
        let available = data.len().checked_sub(self.offset)?;
        match self.fixed {
            Some(len) => (len.checked_mul(self.kind.size())? <= available).then_some(len),
            None => Some(available / self.kind.size()),
        }
    }

    /// Is its buffer detached?
    #[must_use]
    pub fn is_detached(&self) -> bool {
        with_data(self.data, BufferData::is_detached).unwrap_or(true)
    }

    /// The raw element at `index`; `None` beyond the end.
    #[inline]
    #[must_use]
    pub fn bits(&self, index: usize) -> Option<u64> {
        let size = self.kind.size();
        with_data(self.data, |data| {
            if index >= self.len_in(data)? {
                return None;
            }
            data.read(self.offset + index * size, size)
        })
        .flatten()
    }

    /// The element at `index`; undefined beyond the end.
    #[inline]
    pub fn get(&self, heap: &mut Heap, index: usize) -> Value {
        match self.bits(index) {
            Some(bits) => self.kind.decode(heap, bits),
            None => Value::UNDEFINED,
        }
    }

    /// Stores a raw element; nothing happens beyond the end.
    #[inline]
    pub fn set_bits(&self, index: usize, bits: u64) {
        let size = self.kind.size();
        with_data(self.data, |data| {
            if self.len_in(data).is_some_and(|len| index < len) {
                data.write(self.offset + index * size, size, bits);
            }
        });
    }

    /// Raw elements from `start` to `end`, as many of them as there are.
    #[must_use]
    pub fn bits_range(&self, start: usize, end: usize) -> Vec<u64> {
        let end = end.min(self.len().unwrap_or(0));
        let size = self.kind.size();
        let count = end.saturating_sub(start) * size;
        let read = |bytes: &[u8]| {
            bytes
                .chunks_exact(size)
                .map(|element| {
                    element
                        .iter()
                        .rev()
                        .fold(0, |bits, &byte| bits << 8 | u64::from(byte))
                })
                .collect()
        };
        with_data(self.data, |data| {
            data.view(self.offset + start * size, count, read)
        })
        .unwrap_or_default()
    }

    /// As [`View::bits_range`], with looks at the limits.
    ///
    /// # Errors
    /// `RangeError` when there is no memory for them; as [`Vm::work`].
    pub(super) fn all_bits(&self, vm: &mut Vm, start: usize, end: usize) -> Completion<Vec<u64>> {
        let end = end.min(self.len().unwrap_or(0));
        let count = end.saturating_sub(start);
        if count > PART && vm.heap.would_exceed(count * 8) {
            return Err(vm.throw_range("Invalid typed array length"));
        }
        let mut all = Vec::with_capacity(count);
        for start in (start..end).step_by(PART) {
            all.extend(self.bits_range(start, end.min(start + PART)));
            vm.work(PART.min(end - start) / 4)?;
        }
        Ok(all)
    }

    /// As [`View::set_bits_range`], with looks at the limits.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(super) fn set_all_bits(
        &self,
        vm: &mut Vm,
        start: usize,
        elements: &[u64],
    ) -> Completion<()> {
        for (nth, part) in elements.chunks(PART).enumerate() {
            self.set_bits_range(start + nth * PART, part);
            vm.work(part.len() / 4)?;
        }
        Ok(())
    }

    /// Stores raw elements from `start` on, as many as there is room for.
    pub fn set_bits_range(&self, start: usize, elements: &[u64]) {
        let Some(room) = self.len().and_then(|len| len.checked_sub(start)) else {
            return;
        };
        let size = self.kind.size();
        let count = elements.len().min(room) * size;
        let write = |bytes: &mut [u8]| {
            for (target, bits) in bytes.chunks_exact_mut(size).zip(elements) {
                target
                    .iter_mut()
                    .zip(bits.to_le_bytes())
                    .for_each(|(target, byte)| *target = byte);
            }
        };
        with_data(self.data, |data| {
            data.view_mut(self.offset + start * size, count, write)
        });
    }
}

/// The length of a typed array in elements; `None` when it is out of bounds, or no typed array.
#[must_use]
pub fn length_of(array: Obj) -> Option<usize> {
    View::of(array)?.len()
}
