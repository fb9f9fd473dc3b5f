//! How deeply a source nests, found before a recursive parser sees it. Backend-independent.
//!
//! Two things make a recursive-descent parser recurse: open brackets, and chains without brackets (`!!!x`, `a ? b : c ? d`,
//! `x => y => z`, `else if`). One pass over the bytes counts both, keeping its place on a stack of its own. It must not
//! count too little: what it takes for a string or a comment, the parser must too. So it knows, as the parser does, where an
//! operand may begin, which is where a slash begins a regular expression (`scan.rs`, `words.rs`); how text, comments and
//! numbers end is in `text.rs`. On a source that the parser refuses, it only has to be right up to the error.

mod scan;
mod text;
mod words;

use scan::Scan;

/// An open bracket costs the parser as much as this many links of a chain.
const BRACKET: usize = 10;

/// What the source is parsed as, as far as it matters here.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Goal {
    /// A module: no HTML-like comments, and `await` is an operator.
    pub(crate) module: bool,
    /// Do chains that lean left (`a.b.c`, `a && b && c`, `f()()()`) count too? Walks over the tree recurse there, even where
    /// the parser does not.
    pub(crate) left: bool,
}

/// Does `source` nest deeper than `limit` brackets, or what costs as much?
pub(crate) fn exceeds(source: &str, limit: usize, goal: Goal) -> bool {
    // Nothing can nest deeper than the source is long.
    source.len() > limit
        && Scan::new(source.as_bytes(), goal).exceeds(limit.saturating_mul(BRACKET))
}

#[cfg(test)]
mod tests;
