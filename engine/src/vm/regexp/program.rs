//! A compiled pattern: ops, and the tables that they name by number.
//!
//! Ops are small and plain; whatever is larger stands in a table. Positions count code units. An op that reads forwards
//! tests the unit at the position and moves past it, its `Back` twin does the same to the left, for lookbehind.
//! Registers hold, in this order: two positions per group, then what loops and lookarounds keep.

use super::charset::CharSet;
use super::compiler;
use super::matcher::{self, Scratch};
use super::parser;
use super::unicode::casefold::Canon;
use super::{Flags, Input, Stopped, SyntaxError};
use memchr::memmem::Finder;

/// The number of an op.
pub(super) type Pc = u32;
/// A register that holds nothing.
pub(super) const UNSET: u32 = u32::MAX;

/// One instruction. "Fails" means: goes back to the latest choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// One unit, equal to this.
    Char(u32),
    /// One unit, equal to either.
    Either(u32, u32),
    /// The units `literals[start..start + len]`.
    Literal { start: u32, len: u32 },
    /// One unit of a class.
    Set(u32),
    /// One code point of a class.
    CodePoint(u32),
    /// As `Literal`, to the left.
    LiteralBack { start: u32, len: u32 },
    /// As `Set`, to the left.
    SetBack(u32),
    /// As `CodePoint`, to the left.
    CodePointBack(u32),
    /// A loop over single characters, described in `runs`.
    Run(u32),
    /// Goes on there.
    Jump(Pc),
    /// Goes on here first, and there when that fails.
    Split(Pc),
    /// Goes on there first, and here when that fails.
    SplitLazy(Pc),
    /// As `Split`, but goes there at once when the next unit is not in the class.
    SplitIf { class: u32, to: Pc },
    /// Goes on here if the next unit is in the class, else there; no choice is left.
    Branch { class: u32, to: Pc },
    /// Notes the position in a register.
    Save(u32),
    /// Unsets the registers `from..to`.
    Unset { from: u32, to: u32 },
    /// Sets a counter to nought.
    CountFrom(u32),
    /// Begins a round of a counted loop, described in `loops`, or leaves it.
    CountedLoop(u32),
    /// Counts a round of a counted loop.
    CountUp(u32),
    /// Fails if the position is still what the register says: a round matched nothing.
    Advanced(u32),
    /// As `Advanced`, once the rounds of a counted loop are more than its least number.
    AdvancedCounted(u32),
    /// Fails unless the group's text comes next; by group number.
    BackRef(u32),
    /// A backreference described in `refs`.
    BackRefMany(u32),
    /// `^`.
    Start,
    /// `^` with `m`.
    LineStart,
    /// `$`.
    End,
    /// `$` with `m`.
    LineEnd,
    /// `\b`, `\B`.
    Word { negative: bool, folded: bool },
    /// Begins a positive lookaround: notes position and stack in two registers.
    LookBegin(u32),
    /// Ends it: forgets its choices and goes back to the position.
    LookEnd(u32),
    /// As `LookEnd`, but there are captures whose older values must be kept.
    LookEndKeeping(u32),
    /// Begins a negative lookaround, which goes on there if its body fails.
    NotBegin { register: u32, to: Pc },
    /// Its body matched: undoes it and fails.
    NotEnd(u32),
    /// The whole pattern has matched.
    Match,
}

/// A class as the matcher tests it.
#[derive(Debug)]
pub(super) struct Class {
    /// The characters below 256.
    pub(super) low: [u32; 8],
    /// Those above, as ranges.
    pub(super) high: Box<[(u32, u32)]>,
    /// Whether these are all there are.
    pub(super) high_is_all: bool,
}

impl Class {
    /// The form of `set` that is tested.
    pub(super) fn new(set: &CharSet) -> Class {
        let mut low = [0_u32; 8];
        let mut high = Vec::new();
        for &(from, to) in set.ranges() {
            for c in from..=to.min(255) {
                low[(c >> 5) as usize] |= 1 << (c & 31);
            }
            if to > 255 {
                high.push((from.max(256), to));
            }
        }
        let high_is_all = matches!(high[..], [(256, to)] if to >= 0xFFFF);
        Class {
            low,
            high: high.into(),
            high_is_all,
        }
    }

    /// Whether the class has `c`.
    #[inline(always)]
    pub(super) fn has(&self, c: u32) -> bool {
        if c < 256 {
            return self.low[(c >> 5) as usize & 7] & (1 << (c & 31)) != 0;
        }
        self.high_is_all || self.has_high(c)
    }

    fn has_high(&self, c: u32) -> bool {
        if let [a, rest @ ..] = &*self.high
            && rest.len() < 4
        {
            return (a.0 <= c && c <= a.1) || rest.iter().any(|r| r.0 <= c && c <= r.1);
        }
        let i = self.high.partition_point(|&(_, hi)| hi < c);
        self.high.get(i).is_some_and(|&(lo, _)| lo <= c)
    }

    /// The members below 256 if these are all and few enough to be looked for as bytes.
    pub(super) fn few(&self, most: usize) -> Option<Vec<u8>> {
        let n: u32 = self.low.iter().map(|word| word.count_ones()).sum();
        (self.high.is_empty() && n as usize <= most).then(|| self.low_members(true))
    }

    /// The characters below 256 that are missing, if few enough.
    pub(super) fn few_missing(&self, most: usize) -> Option<Vec<u8>> {
        let n: u32 = self.low.iter().map(|word| word.count_zeros()).sum();
        (n as usize <= most).then(|| self.low_members(false))
    }

    fn low_members(&self, present: bool) -> Vec<u8> {
        (0..=255)
            .filter(|&c| self.has(u32::from(c)) == present)
            .collect()
    }
}

/// A loop over single characters: `\w*`, `.+?`, `a{2,5}`.
#[derive(Debug)]
pub(super) struct Run {
    /// The class of the characters.
    pub(super) class: u32,
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) greedy: bool,
    /// Whether giving back characters can never help.
    pub(super) atomic: bool,
    /// Whether characters may be surrogate pairs.
    pub(super) code_points: bool,
    /// What the next unit must be for the rest to match.
    pub(super) follow: Follow,
    /// The bytes that end the run, if they are one to three and nothing else does in Latin-1 text.
    pub(super) stops: Box<[u8]>,
}

/// What has to come next after a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// Nothing is known.
    Any,
    /// This unit.
    Char(u32),
    /// A unit of this class.
    Class(u32),
}

/// A loop with a counter.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountedLoop {
    pub(super) counter: u32,
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) greedy: bool,
    /// Where the position at the start of a round is kept.
    pub(super) position: u32,
    /// The class of units with which a round can begin, if that is worth testing.
    pub(super) first: Option<u32>,
    /// Whether a unit with which a round can begin rules out leaving.
    pub(super) decided: bool,
    /// Where it goes on after the last round.
    pub(super) exit: Pc,
}

/// A backreference that is not plain.
#[derive(Debug)]
pub(super) struct Ref {
    pub(super) groups: Vec<u32>,
    pub(super) canon: Canon,
    pub(super) back: bool,
    /// Whether characters are code points.
    pub(super) code_points: bool,
}

/// How places are found at which a match may begin.
#[derive(Debug)]
pub(super) enum Search {
    /// Anywhere.
    Everywhere,
    /// Only at the start of the input.
    AtStart,
    /// Where one of these one to three bytes is.
    Bytes(Box<[u8]>),
    /// Where a unit of this class is.
    Class(u32),
    /// Where these units are, at least two.
    Literal(Box<Literal>),
    /// Where the first few units are such as every match has.
    Ahead(Box<Ahead>),
}

/// Which units may stand at the first places of a match.
#[derive(Debug)]
pub(super) struct Ahead {
    /// For each unit below 256 the places, as bits, at which it may stand.
    pub(super) table: [u8; 256],
    /// The same for all units above.
    pub(super) high: u8,
    /// How many places are known, at most eight.
    pub(super) n_offsets: usize,
    /// The place that says most.
    pub(super) pivot: usize,
    /// The bytes that may stand there, if they are one to three.
    pub(super) bytes: Box<[u8]>,
}

/// Units to be looked for.
#[derive(Debug)]
pub(super) struct Literal {
    pub(super) units: Box<[u16]>,
    /// For Latin-1 text; none if a unit is not Latin-1, which is then found nowhere.
    pub(super) latin1: Option<Finder<'static>>,
}

impl Search {
    /// Looks for `units`.
    pub(super) fn literal(units: Vec<u16>) -> Search {
        let bytes: Option<Vec<u8>> = units.iter().map(|&unit| u8::try_from(unit).ok()).collect();
        Search::Literal(Box::new(Literal {
            units: units.into(),
            latin1: bytes.map(|bytes| Finder::new(&bytes).into_owned()),
        }))
    }
}

/// A compiled regular expression.
#[derive(Debug)]
pub struct Program {
    pub(super) ops: Box<[Op]>,
    pub(super) classes: Box<[Class]>,
    pub(super) literals: Box<[u16]>,
    pub(super) runs: Box<[Run]>,
    pub(super) loops: Box<[CountedLoop]>,
    pub(super) refs: Box<[Ref]>,
    pub(super) search: Search,
    /// Whether a place found by `search` is a match already, of the literal's length.
    pub(super) is_literal: bool,
    pub(super) sticky: bool,
    pub(super) unicode: bool,
    pub(super) n_groups: u32,
    pub(super) n_registers: u32,
    pub(super) names: Box<[(Vec<u16>, Vec<u32>)]>,
}

impl Program {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// The pattern breaks the syntax or an early error of ECMA-262, or its brackets nest too deeply.
    pub fn compile(pattern: &[u16], flags: Flags) -> Result<Program, SyntaxError> {
        Self::compile_while(pattern, flags, &mut |_| true)
    }

    /// As [`Program::compile`]; `poll` is told now and then how many steps were taken, and may refuse more.
    ///
    /// # Errors
    /// As there; any error when `poll` refused.
    pub fn compile_while(
        pattern: &[u16],
        flags: Flags,
        poll: &mut dyn FnMut(u32) -> bool,
    ) -> Result<Program, SyntaxError> {
        let mut go_on = super::every_so_often(poll);
        let ast = parser::parse(pattern, flags, &mut go_on)?;
        compiler::compile(ast, flags, &mut go_on)
    }

    /// The number of groups, the whole match included.
    pub fn capture_count(&self) -> usize {
        self.n_groups as usize
    }

    /// Group names in source order, each with the numbers of its groups.
    pub fn group_names(&self) -> &[(Vec<u16>, Vec<u32>)] {
        &self.names
    }

    /// About how much memory the program takes.
    pub fn size_bytes(&self) -> usize {
        fn table<T>(items: &[T]) -> usize {
            size_of_val(items)
        }
        let classes: usize = self.classes.iter().map(|class| table(&class.high)).sum();
        let refs: usize = self.refs.iter().map(|r| table(&r.groups)).sum();
        let names = self.names.iter();
        let names: usize = names
            .map(|(text, groups)| table(text) + table(groups))
            .sum();
        let search = match &self.search {
            Search::Bytes(bytes) => table(bytes),
            Search::Literal(literal) => size_of::<Literal>() + 3 * literal.units.len(),
            Search::Ahead(ahead) => size_of_val(&**ahead) + table(&ahead.bytes),
            Search::Everywhere | Search::AtStart | Search::Class(_) => 0,
        };
        size_of::<Program>()
            + search
            + table(&self.ops)
            + table(&self.classes)
            + table(&self.literals)
            + table(&self.runs)
            + table(&self.loops)
            + table(&self.refs)
            + table(&self.names)
            + classes
            + refs
            + names
    }

    /// Looks for a match that begins at `start` or later, or only at `start` if the pattern is sticky.
    ///
    /// On a match `captures` holds two positions per group, `usize::MAX` for groups that took no part. Positions count
    /// code units. In unicode mode a start inside a surrogate pair counts as the start of the pair. `poll` is called
    /// about every 10,000 steps with their number. Neither allocates, once `scratch` and `captures` have grown.
    ///
    /// # Errors
    /// `poll` answered `false`, or the backtrack stack reached its bound.
    pub fn exec(
        &self,
        input: Input<'_>,
        start: usize,
        scratch: &mut Scratch,
        captures: &mut Vec<usize>,
        poll: &mut dyn FnMut(u32) -> bool,
    ) -> Result<bool, Stopped> {
        matcher::exec(self, input, start, scratch, captures, poll)
    }
}
