//! Regular expressions: ECMA-262's patterns, compiled to ops and matched by backtracking.
//!
//! ```text
//! pattern ── parser/ ──> Ast ── compiler/ ──> Program ── matcher/ ──> captures
//!              │ sets: charset, unicode/       │ ops, classes: program
//! ```
//!
//! `parser` reads the whole of the syntax of clause 22.2 and Annex B and leaves no flags behind: case-insensitive
//! characters become sets. `compiler` writes ops for a small machine, and knows from the first characters of each part
//! (`compiler/first.rs`) where no choice has to be remembered. `matcher` runs them over Latin-1 or UTF-16 text as it
//! stands, with an explicit stack for what is to be tried next.
//! Invariants: neither compiling nor matching recurses without a bound, matching is interruptible and its memory is
//! bounded. Not here: anything of the VM (`lastIndex`, result arrays, `Symbol.replace`).
//! Source: <https://tc39.es/ecma262/#sec-regexp-regular-expression-objects>.

mod ast;
mod charset;
mod compiler;
mod listing;
mod matcher;
mod parser;
mod program;
mod unicode;

#[cfg(test)]
mod tests;

pub use matcher::Scratch;
pub use program::Program;

/// The flags of a regular expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags {
    /// `g`.
    pub global: bool,
    /// `i`.
    pub ignore_case: bool,
    /// `m`.
    pub multiline: bool,
    /// `s`.
    pub dot_all: bool,
    /// `u`.
    pub unicode: bool,
    /// `v`.
    pub unicode_sets: bool,
    /// `y`.
    pub sticky: bool,
    /// `d`.
    pub has_indices: bool,
}

impl Flags {
    /// Reads a flags string; none when a flag is unknown or repeated, or when `u` and `v` stand together.
    pub fn parse(text: &[u16]) -> Option<Flags> {
        let mut flags = Flags::default();
        for &unit in text {
            let flag = match u8::try_from(unit).ok()? {
                b'g' => &mut flags.global,
                b'i' => &mut flags.ignore_case,
                b'm' => &mut flags.multiline,
                b's' => &mut flags.dot_all,
                b'u' => &mut flags.unicode,
                b'v' => &mut flags.unicode_sets,
                b'y' => &mut flags.sticky,
                b'd' => &mut flags.has_indices,
                _ => return None,
            };
            if std::mem::replace(flag, true) {
                return None;
            }
        }
        (!(flags.unicode && flags.unicode_sets)).then_some(flags)
    }

    /// Whether characters are code points: `u` or `v`.
    pub fn is_unicode_mode(self) -> bool {
        self.unicode || self.unicode_sets
    }
}

/// Why a pattern is not one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// V8's words, without its `Invalid regular expression: /x/: `.
    pub message: String,
}

impl SyntaxError {
    /// Somebody wants it no more: whoever asked for that knows.
    fn stopped() -> Self {
        Self {
            message: String::new(),
        }
    }
}

/// Asked at every small step: may it go on?
type GoOn<'p> = dyn FnMut() -> bool + 'p;

/// Steps between two questions.
const STEPS: u32 = 512;

/// Passes on every 512th question, and remembers a refusal.
fn every_so_often(poll: &mut dyn FnMut(u32) -> bool) -> impl FnMut() -> bool {
    let (mut left, mut stopped) = (STEPS, false);
    move || {
        left -= 1;
        if left == 0 {
            left = STEPS;
            stopped = stopped || !poll(STEPS);
        }
        !stopped
    }
}

/// Is `pattern` one under these flags? `poll` is as in [`Program::compile_while`].
///
/// # Errors
/// Why it is not.
pub(in crate::vm) fn check(
    pattern: &str,
    flags: Flags,
    poll: &mut dyn FnMut(u32) -> bool,
) -> Result<(), SyntaxError> {
    let units: Vec<u16> = pattern.encode_utf16().collect();
    parser::parse(&units, flags, &mut every_so_often(poll)).map(drop)
}

/// The text to be matched.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// Code units below 256.
    Latin1(&'a [u8]),
    /// Any code units.
    Utf16(&'a [u16]),
}

/// Why a match ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// `poll` said so.
    Interrupted,
    /// The backtrack stack reached its bound.
    TooMuchMemory,
}
