//! Enough stack: the parser and the compiler recurse as deep as a source nests.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use super::super::compiler::{CompileError, CompileErrorKind};
use super::Poll;
use crate::nesting;

/// A source that nests no deeper than this is worked on where the caller stands.
/// (Bundles of a hundred thousand lines nest 30 deep; what nests 40 deep takes up to half a MB of a build without
/// optimisations.)
const SHALLOW: usize = 40;
/// How deep a walk may recurse there.
const SHALLOW_DEPTH: u32 = 800;
/// The deepest nesting of brackets that is accepted at all; a chain may have ten times as many links.
const DEEP: usize = 20_000;
/// How deep a walk may recurse on the big stack.
pub(super) const DEEP_DEPTH: u32 = 500_000;
/// The big stack's size; pages that are not touched cost nothing. (A link of a chain takes up to 1.2 kB of it in a build
/// without optimisations, a bracket up to 5 kB.)
pub(super) const BIG_STACK_BYTES: usize = 1 << 30;

/// Does `text` nest deeper than is accepted at all?
pub(super) fn is_too_deep(text: &str, goal: nesting::Goal) -> bool {
    nesting::exceeds(text, DEEP, goal)
}

/// Runs `work` with a bound for its recursion and whom to ask whether it may go on, on a thread with a big stack if `text` nests deeply.
pub(super) fn run<R: Send>(
    text: &str,
    goal: nesting::Goal,
    poll: &Poll<'_>,
    work: impl Fn(u32, &Poll<'_>) -> Result<R, CompileError> + Sync,
) -> Result<R, CompileError> {
    if !nesting::exceeds(text, SHALLOW, goal) {
        match work(SHALLOW_DEPTH, poll) {
            Err(error) if error.kind == CompileErrorKind::Range => {}
            result => return result,
        }
    } else if is_too_deep(text, goal) {
        return Err(CompileError::too_deep());
    }
    let work = &work;
    let refused = &AtomicBool::new(false);
    let outcome = std::thread::scope(|scope| {
        // Whom it asks stays on this thread: the question is sent over. It doesn't wait for the answer, a no comes in time for
        // a later question.
        let (ask, asked) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .stack_size(BIG_STACK_BYTES)
            .spawn_scoped(scope, move || {
                work(DEEP_DEPTH, &|steps| {
                    !refused.load(Ordering::Relaxed) && ask.send(steps).is_ok()
                })
            });
        for steps in asked {
            if !refused.load(Ordering::Relaxed) && !poll(steps) {
                refused.store(true, Ordering::Relaxed);
            }
        }
        thread
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(|| Err(CompileError::too_deep()))
    });
    // The work may have ended, in whatever way, before it heard of a no.
    match refused.load(Ordering::Relaxed) {
        true => Err(CompileError::stopped()),
        false => outcome,
    }
}
