//! Limits, and a thread whose stack fits them. Backend-independent.

use std::{io, thread};

/// How much a program may use before the engine stops it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Nested JavaScript calls.
    pub call_depth: usize,
    /// Nested brackets, operators and statements in one source.
    pub source_nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            call_depth: 10_400,
            source_nesting: 1_500,
        }
    }
}

/// Runs `f` on a new thread with a stack of `bytes` and waits for it.
///
/// Memory is reserved, not used, until the stack grows into it.
///
/// # Errors
/// When the thread cannot be made. A panic in `f` goes on in the caller.
pub fn run_on_big_stack<R: Send>(bytes: usize, f: impl FnOnce() -> R + Send) -> io::Result<R> {
    thread::scope(|scope| {
        let handle = thread::Builder::new()
            .name("main".to_owned())
            .stack_size(bytes)
            .spawn_scoped(scope, f)?;
        match handle.join() {
            Ok(result) => Ok(result),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
