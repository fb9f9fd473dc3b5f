//! Limits, and a thread whose stack fits them. Backend-independent.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// How much a program may use before the engine stops it.
///
/// Going over a limit is a `RangeError`, "Maximum call stack size exceeded". The native stack must fit the limits: see
/// [`Limits::for_stack`] and [`run_on_big_stack`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nested calls, JavaScript and native ones together.
    pub call_depth: usize,
    /// Nested brackets in one source; chains of operators may be ten times as long.
    pub source_nesting: usize,
    /// Bytes that the heap and what belongs to it (strings, buffers, tables) may take. Going over is a `RangeError` that
    /// JavaScript can catch. What is compared is the memory taken from the system: tables, compiled code and the value stack
    /// (half a KiB for each nested call) count too. `usize::MAX`, the default: no limit. Boa does not know how much it uses: with that backend this has no effect.
    pub heap_bytes: usize,
}

/// What a context's heap takes ([`crate::Context::heap_usage`]). A backend that does not know says 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeapUsage {
    /// Bytes of objects, strings and what belongs to them.
    pub used_bytes: usize,
    /// Bytes taken from the system for that.
    pub total_bytes: usize,
    /// Bytes that may be taken.
    pub limit_bytes: usize,
    /// Of the used bytes, those of buffers and tables outside of the heap proper.
    pub external_bytes: usize,
    /// Of the external bytes, those of `ArrayBuffer`s and `SharedArrayBuffer`s.
    pub buffer_bytes: usize,
    /// Realms.
    pub n_realms: usize,
    /// Values that the host holds.
    pub n_handles: usize,
}

/// Stops the program of a context from any thread ([`crate::Context::stop_handle`]): what a deadline's watchdog holds.
#[derive(Clone, Debug, Default)]
pub struct StopHandle(Arc<AtomicBool>);

impl StopHandle {
    /// Stops what runs now, or else the next program that runs: its Rust caller gets an error of kind `Internal`, which
    /// JavaScript cannot catch. The context can be used again afterwards.
    ///
    /// Boa cannot be interrupted: with that backend this has no effect.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// What [`StopHandle::stop`] sets: a signal handler can do no more than that. Whoever clears it takes the stop back, if
    /// nothing was stopped yet.
    #[must_use]
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }

    /// Was a stop asked for? Asking takes it back.
    #[cfg(feature = "vm")]
    pub(crate) fn take(&self) -> bool {
        self.0.load(Ordering::Relaxed) && self.0.swap(false, Ordering::Relaxed)
    }
}

impl Limits {
    /// The stack, in bytes, that the default limits need with room to spare: 1 GiB of address space, of which a program
    /// without deep recursion touches less than one MiB. (Measured: 10,400 nested native calls use up to 32 MiB, parsing
    /// 1,500 brackets 45 MiB.)
    pub const STACK_BYTES: usize = if cfg!(target_pointer_width = "64") {
        1 << 30
    } else {
        128 << 20
    };

    /// Native stack that one nested call may need, in bytes.
    const BYTES_PER_CALL: usize = 8 << 10;
    /// Native stack that parsing one nested bracket may need, in bytes.
    const BYTES_PER_BRACKET: usize = 40 << 10;

    /// Limits that a stack of `bytes` bears, never above the default ones. Half of the stack goes to calls, half to parsing.
    #[must_use]
    pub fn for_stack(bytes: usize) -> Self {
        let most = Self::default();
        Self {
            call_depth: (bytes / 2 / Self::BYTES_PER_CALL).min(most.call_depth),
            source_nesting: (bytes / 2 / Self::BYTES_PER_BRACKET).min(most.source_nesting),
            ..most
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            call_depth: 10_400,
            source_nesting: 1_500,
            heap_bytes: usize::MAX,
        }
    }
}

/// Runs `f` on a new thread with a stack of `bytes` and waits for it.
///
/// Memory is reserved, not used, until the stack grows into it. Where so much cannot be reserved, half is tried, and so on
/// down to 64 MiB.
///
/// # Errors
/// When no thread can be made. A panic in `f` goes on in the caller.
pub fn run_on_big_stack<R: Send>(bytes: usize, f: impl FnOnce() -> R + Send) -> io::Result<R> {
    const LEAST: usize = 64 << 20;
    // The closure is handed over through a slot, so that a failed attempt does not lose it.
    let slot = std::sync::Mutex::new(Some(f));
    let run = || {
        slot.lock()
            .ok()
            .and_then(|mut slot| slot.take())
            .map(|f| f())
    };
    let mut bytes = bytes;
    thread::scope(|scope| {
        loop {
            let builder = thread::Builder::new()
                .name("main".to_owned())
                .stack_size(bytes);
            match builder.spawn_scoped(scope, run) {
                Ok(handle) => match handle.join() {
                    Ok(Some(result)) => return Ok(result),
                    Ok(None) => return Err(io::Error::other("the work was taken twice")),
                    Err(panic) => std::panic::resume_unwind(panic),
                },
                Err(error) if bytes / 2 < LEAST => return Err(error),
                Err(_) => bytes /= 2,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_stacks_get_small_limits() {
        assert_eq!(Limits::for_stack(Limits::STACK_BYTES), Limits::default());
        let small = Limits::for_stack(2 << 20);
        assert!(small.call_depth >= 100 && small.source_nesting >= 20);
    }

    #[test]
    fn the_big_stack_runs_and_returns() {
        assert_eq!(run_on_big_stack(Limits::STACK_BYTES, || 7).ok(), Some(7));
    }
}
