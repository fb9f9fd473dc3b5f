//! Enough stack: the parser and the compiler recurse as deep as a source nests.

use super::super::compiler::{CompileError, CompileErrorKind};
use crate::nesting;

/// A source that nests no deeper than this is worked on where the caller stands.
const SHALLOW: usize = 20;
/// How deep a walk may recurse there.
const SHALLOW_DEPTH: u32 = 400;
/// The deepest nesting that is accepted at all.
const DEEP: usize = 2_500;
/// How deep a walk may recurse on the big stack.
const DEEP_DEPTH: u32 = 40_000;
/// The big stack's size; pages that are not touched cost nothing.
const BIG_STACK_BYTES: usize = 1 << 30;

/// Runs `work` with a bound for its recursion, on a thread with a big stack if `text` nests deeply.
pub(super) fn run<R: Send>(
    text: &str,
    work: impl Fn(u32) -> Result<R, CompileError> + Sync,
) -> Result<R, CompileError> {
    if !nesting::exceeds_any_way(text, SHALLOW) {
        match work(SHALLOW_DEPTH) {
            Err(error) if error.kind == CompileErrorKind::Range => {}
            result => return result,
        }
    } else if nesting::exceeds_any_way(text, DEEP) {
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
