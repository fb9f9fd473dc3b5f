//! Long sources are worked on beside the program: the parser, a third party's, cannot be asked to stop.
//!
//! The thread owns what it needs, so that it can be left alone when the program shall stop. It hears of that at its next
//! question, which comes after the parser at the latest, and ends.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::Builder;
use std::time::Duration;

use super::super::compiler::CompileError;
use super::Poll;
use super::stack::{BIG_STACK_BYTES, DEEP_DEPTH, is_too_deep};
use crate::nesting::Goal;
use crate::vm::bytecode::Source;

/// Sources from this length on; the parser takes up to 6 ms for a shorter one.
pub(super) const LONG: usize = 256 << 10;

/// How often the clock is looked at while the thread says nothing.
const TICK: Duration = Duration::from_millis(1);

/// How many steps the thread takes before it says so: it costs two threads a switch.
const BATCH: u32 = 20_000;

/// What the thread says.
enum Said<R> {
    /// So many steps were taken.
    Steps(u32),
    Done(Result<R, CompileError>),
}

/// Runs `work` with a bound for its recursion and whom to ask whether it may go on.
pub(super) fn run<R: Send + 'static>(
    source: &Arc<Source>,
    goal: Goal,
    poll: &Poll<'_>,
    work: impl Fn(u32, &Poll<'_>) -> Result<R, CompileError> + Send + 'static,
) -> Result<R, CompileError> {
    let (say, said) = mpsc::channel();
    let refused = Arc::new(AtomicBool::new(false));
    let (source, left_alone) = (Arc::clone(source), Arc::clone(&refused));
    let thread = Builder::new().stack_size(BIG_STACK_BYTES).spawn(move || {
        let taken = Cell::new(0);
        let go_on = |steps| {
            taken.set(taken.get() + steps);
            let tell = taken.get() >= BATCH;
            !left_alone.load(Ordering::Relaxed)
                && (!tell || say.send(Said::Steps(taken.take())).is_ok())
        };
        let done = if is_too_deep(&source.text, goal) {
            Err(CompileError::too_deep())
        } else {
            work(DEEP_DEPTH, &go_on)
        };
        let _ = say.send(Said::Steps(taken.take()));
        // Nobody may want it any more.
        let _ = say.send(Said::Done(done));
    });
    if thread.is_err() {
        return Err(CompileError::too_deep());
    }
    loop {
        let steps = match said.recv_timeout(TICK) {
            Ok(Said::Done(done)) => return done,
            Ok(Said::Steps(steps)) => steps,
            Err(RecvTimeoutError::Timeout) => 0,
            // It panicked.
            Err(RecvTimeoutError::Disconnected) => return Err(CompileError::too_deep()),
        };
        if !poll(steps) {
            refused.store(true, Ordering::Relaxed);
            return Err(CompileError::stopped());
        }
    }
}
