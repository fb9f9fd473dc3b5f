//! The value stack: one mapping that never moves. Frames and call windows lie on it, see `bytecode::frame`.
//!
//! Registers are not cleared when a frame goes, and a frame need not write all of its registers. So that no scan meets a
//! value that an earlier collection freed, each collection clears what lies between the top and the *soft limit*, which
//! frames pass only by raising it: beyond it nothing was written since the last collection.
#![allow(unsafe_code, reason = "owns the stack's memory")]

use std::alloc::{Layout, alloc_zeroed, dealloc};

use super::regs::Fp;
use crate::vm::{bytecode::frame, heap::Tracer, machine::Completion, value::Value};

/// The stack and where the interpreter stands.
pub struct Stack {
    base: *mut Value,
    words: usize,
    /// Frames may not reach beyond this without asking ([`Stack::grow`]).
    pub(in crate::vm) limit: *mut Value,
    /// The end; some room is left behind it.
    hard_limit: *mut Value,
    /// The running frame's `r0`. Kept up to date whenever slow paths or natives run.
    pub(in crate::vm) fp: *mut Value,
    /// Its current instruction, likewise.
    pub(in crate::vm) pc: *mut u64,
    /// The first word that no frame uses.
    pub(in crate::vm) top: *mut Value,
    /// What the run that just halted leaves.
    pub(in crate::vm) outcome: Completion,
    /// Enumerable keys of shapes that `for`-`in` met: the epoch they were listed in, an array. Lives until a collection.
    pub(in crate::vm) enumerations: rustc_hash::FxHashMap<u32, (u32, Value)>,
    /// The address of a prototype that, like those above it, has nothing enumerable; the epoch that says so. Lives until a
    /// collection.
    pub(in crate::vm) silent: (u64, u32),
    /// Where properties were found lately, see `property`. Lives until a collection.
    pub(in crate::vm) lookups: super::lookup::LookupCache,
    /// Where the methods are that iterating an array calls.
    pub(in crate::vm) array_iteration: Option<Usual<2>>,
    /// Where that lies which resolving and chaining promises looks at.
    pub(in crate::vm) promise_use: Option<Usual<3>>,
    /// What the coroutine that just left the stack did, for native code that resumed it.
    pub(in crate::vm) resumption: super::coroutine::Resumption,
    /// Did an error begin to unwind the stack because memory is short? What the frames that it ends hold must not survive
    /// in registers that later frames have not written yet.
    pub(in crate::vm) stale: bool,
    /// The same of the frames of runs that have ended, for the next outermost one.
    pub(in crate::vm) was_stale: bool,
    /// Nested runs of native code under way.
    pub(in crate::vm) native_depth: u32,
    /// The native stack's address where the outermost of them began.
    pub(in crate::vm) native_base: usize,
}

/// Where properties lie that built-ins look at and that usually are as they were made, as long as the epoch lasts.
#[derive(Clone, Copy, Debug)]
pub(in crate::vm) struct Usual<const N: usize> {
    /// The epoch.
    pub(in crate::vm) epoch: u32,
    /// The realm.
    pub(in crate::vm) realm: u32,
    /// Addresses of their slots.
    pub(in crate::vm) places: [u64; N],
}

impl std::fmt::Debug for Stack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stack")
            .field("words", &self.words)
            .finish_non_exhaustive()
    }
}

impl Stack {
    /// Room behind the limit, in words.
    const SLACK: usize = 4096;
    /// By how many words the soft limit rises.
    const STEP: usize = 8192;

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
        base.expose_provenance();
        let hard_limit = base.wrapping_add(words - Self::SLACK);
        let fp = base.wrapping_add(frame::HEADER as usize);
        Self {
            base,
            words,
            limit: base.wrapping_add(Self::STEP).min(hard_limit),
            hard_limit,
            fp,
            pc: std::ptr::null_mut(),
            top: fp,
            outcome: Ok(Value::UNDEFINED),
            enumerations: rustc_hash::FxHashMap::default(),
            silent: (0, 0),
            lookups: super::lookup::LookupCache::default(),
            array_iteration: None,
            promise_use: None,
            resumption: super::coroutine::Resumption::Done(Value::UNDEFINED),
            stale: false,
            was_stale: false,
            native_depth: 0,
            native_base: 0,
        }
    }

    /// Bytes of the mapping.
    pub(in crate::vm) const fn bytes(&self) -> usize {
        self.words * size_of::<Value>()
    }

    fn layout(words: usize) -> Layout {
        match Layout::array::<Value>(words) {
            Ok(layout) => layout,
            Err(_) => Layout::new::<[Value; 1 << 16]>(),
        }
    }

    /// Makes room for frames up to `end`, if there is any.
    #[cold]
    pub(in crate::vm) fn grow(&mut self, end: *mut Value) -> bool {
        if end > self.hard_limit || end < self.base {
            return false;
        }
        self.limit = end.wrapping_add(Self::STEP).min(self.hard_limit);
        true
    }

    /// Is there room for `words` more above the top (natives' windows)?
    #[inline]
    pub(in crate::vm) fn reserve(&mut self, words: usize) -> bool {
        if words >= self.words {
            return false;
        }
        let end = self.top.wrapping_add(words);
        end <= self.limit || self.grow(end)
    }

    /// The top as a frame pointer.
    #[inline(always)]
    pub(in crate::vm) fn top_fp(&self) -> Fp {
        Fp(self.top)
    }

    /// Visits every value below the top. Raw words read as doubles and refer to nothing.
    pub(in crate::vm) fn trace(&mut self, tracer: &mut Tracer<'_>) {
        self.enumerations.clear();
        self.silent = (0, 0);
        self.lookups.clear();
        self.array_iteration = None;
        self.promise_use = None;
        let mut at = self.base;
        while at < self.top {
            // SAFETY: between base and top every word is initialised: zeroed at first, then only written as values or raw
            // words below 2^48.
            tracer.value(unsafe { at.read() });
            at = at.wrapping_add(1);
        }
        self.clear_above(Fp(at));
        self.limit = self.top.wrapping_add(Self::STEP).min(self.hard_limit);
    }

    /// Clears what lies above `end`, which no frame uses any more.
    pub(super) fn clear_above(&mut self, end: Fp) {
        let mut at = end.0.max(self.base);
        // Up to 3 words behind a frame's end may have been written too, see `Fp::clear`.
        let end = self.limit.wrapping_add(4);
        while at < end {
            // SAFETY: inside the mapping: the limit leaves room.
            unsafe { at.write(Value::UNDEFINED) };
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
