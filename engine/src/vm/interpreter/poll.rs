//! The poll: limits, interruptions and garbage collection, when the step counter says so.

use super::{
    exception::unwind,
    regs::{Fp, Go, Pc},
};
use crate::{
    GcCause,
    vm::{
        heap::Work,
        machine::{Completion, Throw, Vm},
        value::Value,
    },
};

/// At a backward jump: `pc` is its target.
#[cold]
#[inline(never)]
pub(super) fn poll(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    match vm.safepoint() {
        Ok(()) => Go { pc, fp },
        Err(throw) => unwind(vm, throw),
    }
}

impl Vm {
    /// Looks at the limits if the slice of steps is over, and collects garbage if it is time. Every live value must be on
    /// the value stack, in a cell or rooted.
    ///
    /// # Errors
    /// `Value::TERMINATION` when the program shall stop; `RangeError` when it holds on to more memory than it may.
    #[cold]
    pub(in crate::vm) fn safepoint(&mut self) -> Completion<()> {
        let left = self.heap.poll.remaining();
        if left > 0 {
            self.heap.poll.restart(left);
        } else {
            self.look_at_limits(false)?;
        }
        if let Some(work) = self.heap.due() {
            let cause = if self.heap.is_stressed() {
                GcCause::Stress
            } else {
                GcCause::Allocation
            };
            let profiled = self.debug.profiler.is_some().then(|| self.monotonic_time());
            self.collect_for(cause, work);
            if let Some(start) = profiled {
                self.sample_collection(start);
            }
            if self.heap.is_over() {
                self.make_room()?;
            }
            // Several collections may fall into a slice.
            self.look_at_clock()?;
        }
        if self.heap.is_stressed() {
            self.heap.poll.soon();
        }
        Ok(())
    }

    /// Counts a step; a safepoint when it is time.
    ///
    /// # Errors
    /// As [`Vm::safepoint`].
    #[inline]
    pub(in crate::vm) fn poll_step(&mut self) -> Completion<()> {
        self.heap.poll.left -= 1;
        if self.heap.poll.left < 0 {
            return self.safepoint();
        }
        Ok(())
    }

    /// Collects everything because of the limit. Only at safepoints.
    ///
    /// # Errors
    /// `RangeError` if that is of too little use.
    #[cold]
    fn make_room(&mut self) -> Completion<()> {
        self.heap.free_empty_blocks();
        if !self.heap.is_over() {
            return Ok(());
        }
        self.collect_for(GcCause::Limit, Work::Full);
        if self.heap.is_exhausted() {
            return Err(self.throw_out_of_memory());
        }
        Ok(())
    }

    /// Is there room for `bytes` more at once? Collects everything if need be, so only where a call into JavaScript would do.
    #[inline]
    pub(in crate::vm) fn has_room(&mut self, bytes: usize) -> bool {
        !self.heap.would_exceed(bytes) || self.find_room(bytes)
    }

    /// As [`Vm::has_room_keeping`].
    ///
    /// # Errors
    /// `RangeError` if there is no room.
    #[inline]
    pub(in crate::vm) fn ensure_room(&mut self, bytes: usize, keep: &[Value]) -> Completion<()> {
        if bytes == 0 || self.has_room_keeping(bytes, keep) {
            Ok(())
        } else {
            Err(self.throw_out_of_memory())
        }
    }

    /// As [`Vm::has_room`]; keeps the values in `keep` alive.
    pub(in crate::vm) fn has_room_keeping(&mut self, bytes: usize, keep: &[Value]) -> bool {
        if !self.heap.would_exceed(bytes) {
            return true;
        }
        let mark = self.root_mark();
        self.roots.extend_from_slice(keep);
        let has_room = self.find_room(bytes);
        self.unroot_to(mark);
        has_room
    }

    #[cold]
    #[inline(never)]
    fn find_room(&mut self, bytes: usize) -> bool {
        self.heap.free_empty_blocks();
        if !self.heap.would_exceed(bytes) {
            return true;
        }
        if bytes < self.heap.limit() {
            self.collect_for(GcCause::Limit, Work::Full);
            self.heap.free_empty_blocks();
        }
        !self.heap.would_exceed(bytes)
    }

    /// What a program is told that holds on to more than it may.
    #[cold]
    pub(in crate::vm) fn throw_out_of_memory(&mut self) -> Throw {
        (self.stack.stale, self.stack.was_stale) = (true, true);
        self.throw_range("Out of memory")
    }
}
