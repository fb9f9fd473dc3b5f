//! Enough stack: the parser and the compiler recurse as deep as a source nests.

use super::super::compiler::{CompileError, CompileErrorKind};
use crate::nesting;

/// A source that nests no deeper than this is worked on where the caller stands.
const SHALLOW: usize = 20;
/// How deep a walk may recurse there.
const SHALLOW_DEPTH: u32 = 400;
/// The deepest nesting of brackets that is accepted at all; a chain may have ten times as many links.
const DEEP: usize = 20_000;
/// How deep a walk may recurse on the big stack.
const DEEP_DEPTH: u32 = 500_000;
/// The big stack's size; pages that are not touched cost nothing. (A link of a chain takes up to 1.2 kB of it in a build
/// without optimisations, a bracket up to 5 kB.)
const BIG_STACK_BYTES: usize = 1 << 30;

/// Runs `work` with a bound for its recursion, on a thread with a big stack if `text` nests deeply.
pub(super) fn run<R: Send>(
    text: &str,
    module: bool,
    work: impl Fn(u32) -> Result<R, CompileError> + Sync,
) -> Result<R, CompileError> {
    let goal = nesting::Goal { module, left: true };
    if !nesting::exceeds(text, SHALLOW, goal) {
        match work(SHALLOW_DEPTH) {
            Err(error) if error.kind == CompileErrorKind::Range => {}
            result => return result,
        }
    } else if nesting::exceeds(text, DEEP, goal) {
        return Err(CompileError::too_deep());
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(BIG_STACK_BYTES)
            .spawn_scoped(scope, || work(DEEP_DEPTH))
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(|| Err(CompileError::too_deep()))
    })
}
