//! Strings that are written piece by piece into their cell, and how short pieces are copied.

#![allow(unsafe_code, reason = "strings are raw memory")]
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "an offset and the access to it are one act"
)]

use super::str::{DATA, Str};

/// A flat Latin-1 string in the making, whose length is known. Nothing may be collected meanwhile.
pub(in crate::vm) struct NewText {
    string: Str,
    written: usize,
}

impl NewText {
    /// Writes into a new cell for a flat Latin-1 string.
    pub(super) const fn new(string: Str) -> Self {
        Self { string, written: 0 }
    }

    /// How much of it is written.
    #[inline]
    pub(in crate::vm) const fn len(&self) -> usize {
        self.written
    }

    /// Writes what comes next, as far as there is room.
    #[inline]
    pub(in crate::vm) fn push(&mut self, bytes: &[u8]) {
        let len = bytes.len().min(self.string.len() - self.written);
        let to = self.string.0.at(DATA + self.written);
        // SAFETY: `written` bytes of the string's lie before `to`, so there is room for `len` more, and it is a new cell: what
        // is copied lies elsewhere.
        unsafe {
            if len <= 32 {
                copy_short(bytes.as_ptr(), to, len);
            } else {
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, len);
            }
        }
        self.written += len;
    }

    /// The string; what was not written is zeros.
    pub(in crate::vm) fn finish(self) -> Str {
        let left = self.string.len() - self.written;
        // SAFETY: as in `push`.
        unsafe { self.string.0.at(DATA + self.written).write_bytes(0, left) };
        self.string
    }
}

/// Copies up to 32 bytes, without a call.
///
/// # Safety
/// `len` bytes are readable at `from` and writable at `to`; the two do not overlap.
#[inline(always)]
pub(super) unsafe fn copy_short(from: *const u8, to: *mut u8, len: usize) {
    /// The first and the last `T`, which overlap.
    ///
    /// # Safety
    /// As above, and `len` is between one and two times the size of `T`.
    #[inline(always)]
    unsafe fn ends<T>(from: *const u8, to: *mut u8, len: usize) {
        let last = len - size_of::<T>();
        // SAFETY: both places end at `len` at the latest.
        unsafe {
            let (a, b) = (
                from.cast::<T>().read_unaligned(),
                from.add(last).cast::<T>().read_unaligned(),
            );
            to.cast::<T>().write_unaligned(a);
            to.add(last).cast::<T>().write_unaligned(b);
        }
    }
    // SAFETY: the caller's duty; the branches see to the sizes.
    unsafe {
        match len {
            16.. => ends::<u128>(from, to, len),
            8.. => ends::<u64>(from, to, len),
            4.. => ends::<u32>(from, to, len),
            2.. => ends::<u16>(from, to, len),
            1 => to.write(from.read()),
            0 => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::vm::heap::{Heap, Units};

    #[test]
    fn what_is_pushed_beyond_the_end_is_left_out_and_the_rest_is_zeros() {
        let mut heap = Heap::new();
        for len in 0..80 {
            for piece in 1..40 {
                let mut text = heap.new_text(len);
                let bytes: Vec<u8> = (1..=piece).collect();
                text.push(&bytes);
                text.push(&bytes);
                let mut wanted = [bytes.clone(), bytes].concat();
                wanted.resize(len, 0);
                let string = text.finish();
                assert_eq!(heap.units(&string), Units::Latin1(&wanted), "{len} {piece}");
            }
        }
    }
}
