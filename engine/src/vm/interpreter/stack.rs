//! The value stack: one mapping that never moves. Frames and call windows lie on it, see `bytecode::frame`.
#![allow(unsafe_code, reason = "owns the stack's memory")]

use std::alloc::{Layout, alloc_zeroed, dealloc};

use crate::vm::{bytecode::frame, heap::Tracer, value::Value};

/// The stack and where the interpreter stands.
pub struct Stack {
    base: *mut Value,
    words: usize,
    /// Frames may not reach beyond this; some room is left behind it for natives' windows.
    pub(in crate::vm) limit: *mut Value,
    /// The running frame's `r0`. Kept up to date whenever slow paths or natives run.
    pub(in crate::vm) fp: *mut Value,
    /// Its current instruction, likewise.
    pub(in crate::vm) pc: *mut u64,
    /// The first word that no frame uses.
    pub(in crate::vm) top: *mut Value,
}

impl std::fmt::Debug for Stack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stack").field("words", &self.words).finish_non_exhaustive()
    }
}

impl Stack {
    /// Room behind the limit, in words.
    const SLACK: usize = 4096;

    /// A stack of `words` values. The memory is touched only as frames reach it.
    #[must_use]
    pub fn new(words: usize) -> Self {
        let words = words.max(2 * Self::SLACK);
        let layout = Self::layout(words);
        // SAFETY: the size is not zero.
        let base = unsafe { alloc_zeroed(layout) }.cast::<Value>();
        if base.is_null() {
            std::alloc::handle_alloc_error(layout);
        }
        let limit = base.wrapping_add(words - Self::SLACK);
        Self { base, words, limit, fp: base, pc: std::ptr::null_mut(), top: base.wrapping_add(frame::HEADER as usize) }
    }

    fn layout(words: usize) -> Layout {
        match Layout::array::<Value>(words) {
            Ok(layout) => layout,
            Err(_) => Layout::new::<[Value; 1 << 16]>(),
        }
    }

    /// The first word.
    #[must_use]
    pub(in crate::vm) const fn base(&self) -> *mut Value {
        self.base
    }

    /// Visits every value below the top. Raw words read as doubles and refer to nothing.
    pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
        let mut at = self.base;
        while at < self.top {
            // SAFETY: between base and top every word is initialised: zeroed at first, then only written as values or raw
            // words below 2^48.
            tracer.value(unsafe { at.read() });
            at = at.wrapping_add(1);
        }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the layout that `new` allocated with.
        unsafe { dealloc(self.base.cast(), Self::layout(self.words)) }
    }
}
