//! What a program may use: steps, time, depth. Bytes are the heap's ([`super::heap::Heap::set_limit`]).
//!
//! Everything that can take long counts steps: back-edges and calls one each, native loops by [`Vm::work`]. When a slice of
//! [`SLICE`] steps is used up, the machine looks at its limits; between slices a step costs one decrement.

use std::cell::RefCell;

use super::{
    compiler::estimate::{MOST, compile_bytes},
    front::Poll,
    machine::{Completion, Throw, Vm},
    value::Value,
};

/// Steps between two looks at the limits.
pub const SLICE: i64 = 10_000;

/// Bytes of memory that native loops fill, copy or read between two counts of their work: a fraction of a millisecond, even
/// if the memory is fresh.
pub const PART_BYTES: usize = 1 << 18;

/// Limits of a context.
#[derive(Default)]
pub struct VmLimits {
    /// Steps that the program might take when the slice under way began; `None`: no limit.
    pub(in crate::vm) fuel: Option<u64>,
    /// Asked at every slice: shall the program stop? What a deadline or a watchdog answers.
    pub interrupt: Option<Box<dyn FnMut() -> bool>>,
    /// Another thread sets it to stop the program.
    pub stop: crate::StopHandle,
    /// When the running part of the program is over, by the host's clock.
    pub deadline: Option<std::time::Duration>,
    /// What stopped an operation on BigInts.
    pub stopped: Option<Throw>,
    /// The deadline stopped the program.
    pub timed_out: bool,
    /// May `Atomics.wait` block the thread? ECMA-262's `AgentCanSuspend`.
    pub can_block: bool,
    /// Steps between two looks at the limits, while there is fuel for so many.
    pub slice: i64,
    /// How long the slice under way is.
    pub(in crate::vm) current: i64,
    /// Nested runs of the interpreter (native code calling JavaScript) that the native stack bears.
    pub native_depth: u32,
}

impl std::fmt::Debug for VmLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VmLimits")
            .field("fuel", &self.fuel)
            .finish_non_exhaustive()
    }
}

impl Vm {
    /// Counts `steps` of work in a native loop.
    ///
    /// # Errors
    /// [`Value::TERMINATION`] when the program shall stop; `RangeError` when it takes more memory than it may.
    #[inline]
    pub fn work(&mut self, steps: usize) -> Completion<()> {
        self.heap.poll.left -= steps as i64;
        if self.heap.poll.left < 0 {
            self.look_at_limits(true)
        } else {
            Ok(())
        }
    }

    /// Counts the work of a pass over so many bytes.
    ///
    /// # Errors
    /// As [`Vm::work`].
    #[inline]
    pub fn work_bytes(&mut self, bytes: usize) -> Completion<()> {
        self.work(bytes / 64)
    }

    /// Tells the heap what the machine takes beside it.
    pub(in crate::vm) fn count_machine(&mut self) {
        let values = self.roots.capacity() + self.kept.capacity() + self.joining.capacity();
        let bytes = self.stack.bytes()
            + values * size_of::<Value>()
            + self.regexp.bytes()
            + self.jobs.bytes()
            + self.symbol_registry.allocation_size()
            + self.realms.capacity() * size_of::<super::realm::Realm>();
        self.heap.set_machine_bytes(bytes);
    }

    /// Is there room to compile `text`? May collect.
    ///
    /// # Errors
    /// `RangeError` if there is not.
    pub(in crate::vm) fn ensure_source_room(&mut self, text: &str) -> Completion<()> {
        let len = text.len();
        if !self.heap.would_exceed(len.saturating_mul(MOST)) {
            return Ok(());
        }
        // The text is copied on its way.
        self.ensure_room(compile_bytes(text).saturating_add(2 * len), &[])
    }

    /// Runs `compile`, which asks the poll that it is given now and then whether the program may go on; a question without
    /// steps is one about the clock. Memory is no reason
    /// against it: what the compiler takes is not the heap's, and whoever puts the code there will be refused.
    pub(in crate::vm) fn compiling<R>(&mut self, compile: impl FnOnce(&Poll<'_>) -> R) -> R {
        let vm = RefCell::new(self);
        compile(&|steps| {
            let mut vm = vm.borrow_mut();
            let worked = match steps {
                0 => vm.look_at_clock(),
                _ => vm.work(steps as usize),
            };
            worked != Err(Throw(Value::TERMINATION))
        })
    }

    /// Makes slices of this many steps from now on.
    pub(in crate::vm) fn set_slice(&mut self, steps: i64) {
        self.limits.fuel = self.fuel();
        self.limits.slice = steps;
        self.restart_slice();
    }

    /// Lets the program take so many steps from now on: the next one stops it. `None`: as many as it likes.
    pub fn set_fuel(&mut self, steps: Option<u64>) {
        self.limits.fuel = steps;
        self.restart_slice();
    }

    /// Steps that the program may still take.
    #[must_use]
    pub fn fuel(&self) -> Option<u64> {
        let used = self.used_of_slice();
        self.limits.fuel.map(|fuel| fuel.saturating_sub(used))
    }

    fn used_of_slice(&self) -> u64 {
        (self.limits.current - self.heap.poll.remaining()).max(0) as u64
    }

    /// Starts a slice, which is no longer than the fuel lasts.
    fn restart_slice(&mut self) {
        let fuel = self.limits.fuel.unwrap_or(u64::MAX);
        self.limits.current =
            i64::try_from(fuel).map_or(self.limits.slice, |fuel| fuel.min(self.limits.slice));
        self.heap.poll.restart(self.limits.current);
    }

    /// Looks at the limits while the thread sleeps, which takes no steps.
    ///
    /// # Errors
    /// [`Value::TERMINATION`] when the program shall stop.
    pub(in crate::vm) fn look_while_waiting(&mut self) -> Completion<()> {
        if self.debug.profiler.is_some() {
            self.sample(true);
        }
        if self.is_told_to_stop() {
            return Err(Throw(Value::TERMINATION));
        }
        Ok(())
    }

    fn is_told_to_stop(&mut self) -> bool {
        let mut stop = self.limits.stop.take();
        stop |= self.is_past_deadline();
        if let Some(interrupt) = &mut self.limits.interrupt {
            stop |= interrupt();
        }
        stop
    }

    /// Shall the program stop, by the clock or by what another thread said?
    ///
    /// # Errors
    /// [`Value::TERMINATION`] when it shall.
    pub(in crate::vm) fn look_at_clock(&mut self) -> Completion<()> {
        if self.limits.stop.take() || self.is_past_deadline() {
            return Err(Throw(Value::TERMINATION));
        }
        Ok(())
    }

    fn is_past_deadline(&mut self) -> bool {
        let deadline = self.limits.deadline;
        let is_past = deadline.is_some_and(|deadline| self.monotonic_time() >= deadline);
        self.limits.timed_out |= is_past;
        is_past
    }

    /// Starts a new slice, if the program may go on. `in_native`: a native function asks.
    ///
    /// # Errors
    /// [`Value::TERMINATION`] when it shall stop; `RangeError` when a native function has gone over the memory limit.
    #[cold]
    #[inline(never)]
    pub fn look_at_limits(&mut self, in_native: bool) -> Completion<()> {
        let left = self.heap.poll.remaining();
        if left > 0 {
            // The slice isn't over: a collection was asked for. It is the interpreter's affair, at its next step.
            self.heap.poll.soon();
            if in_native && self.heap.is_over_limit() {
                return Err(self.throw_out_of_memory());
            }
            return Ok(());
        }
        let used = self.used_of_slice();
        let is_spent = self.limits.fuel.is_some_and(|fuel| fuel < used);
        self.limits.fuel = self.fuel();
        self.restart_slice();
        self.count_machine();
        if self.debug.profiler.is_some() {
            self.sample(in_native);
        }
        if self.heap.is_stressed() {
            self.heap.poll.soon();
        }
        if self.is_told_to_stop() || is_spent {
            Err(Throw(Value::TERMINATION))
        } else {
            Ok(())
        }
    }
}
