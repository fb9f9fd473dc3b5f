//! Running a program over text.
//!
//! `exec` finds places where a match may begin and runs the machine at each. The machine (`machine.rs`) backtracks over
//! a stack of its own; a loop over single characters (`run.rs`) is one entry there however long it is. Everything is
//! compiled twice, for text of bytes and of 16-bit units, so no text is ever copied.

mod back_ref;
mod input;
mod machine;
mod run;

use super::program::{Ahead, Literal, Program, Search};
use super::{Input, Stopped};
use input::{Unit, find_literal, is_inside_pair};
use machine::{Entry, Machine};

/// The most entries that the backtrack stack may have: about 64 MiB.
const MAX_ENTRIES: usize = (64 << 20) / size_of::<Entry>();
/// How many entries of stack are kept from one match to the next.
const KEPT_ENTRIES: usize = 1 << 16;
/// How many steps go by between two calls of `poll`.
const POLL_STEPS: u32 = 10_000;

/// Units of text that are passed over in one go.
const WINDOW: usize = 1 << 17;

/// The memory of the matcher, to be used again and again.
#[derive(Debug, Default)]
pub struct Scratch {
    stack: Vec<Entry>,
    registers: Vec<u32>,
}

impl Scratch {
    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.stack.capacity() * size_of::<Entry>() + self.registers.capacity() * 4
    }
}

/// `Program::exec`.
pub(super) fn exec(
    program: &Program,
    input: Input<'_>,
    start: usize,
    scratch: &mut Scratch,
    captures: &mut Vec<usize>,
    poll: &mut dyn FnMut(u32) -> bool,
) -> Result<bool, Stopped> {
    let result = match input {
        Input::Latin1(text) => {
            let find = |literal: &Literal, at: usize, end: usize| {
                let found = literal.latin1.as_ref()?.find(text.get(at..end)?)?;
                Some(at + found)
            };
            exec_units(program, text, start, scratch, captures, poll, find)
        }
        Input::Utf16(text) => {
            let find = |literal: &Literal, at: usize, end: usize| {
                find_literal(text.get(..end)?, at, &literal.units)
            };
            exec_units(program, text, start, scratch, captures, poll, find)
        }
    };
    if scratch.stack.capacity() > KEPT_ENTRIES {
        scratch.stack = Vec::new();
    }
    result
}

fn exec_units<U: Unit>(
    program: &Program,
    text: &[U],
    start: usize,
    scratch: &mut Scratch,
    captures: &mut Vec<usize>,
    poll: &mut dyn FnMut(u32) -> bool,
    find_literal: impl Fn(&Literal, usize, usize) -> Option<usize>,
) -> Result<bool, Stopped> {
    if start > text.len() {
        return Ok(false);
    }
    // Positions and the mark for "unset" share 32 bits.
    if text.len() >= u32::MAX as usize {
        return Err(Stopped::TooMuchMemory);
    }
    let pairs = program.unicode && U::HAS_PAIRS;
    let mut at = start;
    if pairs && is_inside_pair(text, at) {
        at -= 1;
    }
    let mut machine = Machine::new(program, text, scratch, poll);
    if program.sticky {
        let found = machine.run(at)?;
        if found {
            machine.captures(captures);
        }
        return Ok(found);
    }
    // What is looked for in one go ends in the window where it begins.
    let len = match &program.search {
        Search::Literal(literal) => literal.units.len(),
        Search::Ahead(ahead) => ahead.n_offsets,
        _ => 1,
    };
    loop {
        let end = text.len().min(at + WINDOW + len);
        let window = &text[..end];
        let candidate = match &program.search {
            Search::Everywhere => Some(at),
            Search::AtStart => (at == 0).then_some(0),
            Search::Bytes(bytes) => U::find_bytes(window, at, bytes),
            Search::Literal(literal) => find_literal(literal, at, end),
            Search::Ahead(ahead) => search_ahead(ahead, window, at),
            Search::Class(class) => {
                let class = &program.classes[*class as usize];
                let rest = &window[at..];
                let found = rest.iter().position(|unit| class.has(unit.value()));
                found.map(|i| at + i)
            }
        };
        // Passing over text is work too, if little.
        machine.step(((candidate.unwrap_or(end) - at.min(end)) >> 6) as u32)?;
        let Some(candidate) = candidate else {
            if end < text.len() && !matches!(program.search, Search::AtStart) {
                at += WINDOW + 1;
                continue;
            }
            machine.settle()?;
            return Ok(false);
        };
        at = candidate;
        if !(pairs && is_inside_pair(text, at)) && machine.run(at)? {
            machine.captures(captures);
            return Ok(true);
        }
        at += 1;
        if at > text.len() {
            return Ok(false);
        }
    }
}

/// The first place from `at` on where all known places of a match have a unit that may stand there.
fn search_ahead<U: Unit>(ahead: &Ahead, text: &[U], at: usize) -> Option<usize> {
    let last = text.len().checked_sub(ahead.n_offsets)?;
    let offsets_of = |unit: &U| match ahead.table.get(unit.value() as usize) {
        Some(offsets) => *offsets,
        None => ahead.high,
    };
    let pivot = 1_u8 << ahead.pivot;
    let mut at = at;
    while at <= last {
        let from = at + ahead.pivot;
        let found = match ahead.bytes.is_empty() {
            true => {
                let rest = &text[from..];
                let found = rest.iter().position(|unit| offsets_of(unit) & pivot != 0);
                found.map(|i| from + i)
            }
            false => U::find_bytes(text, from, &ahead.bytes),
        };
        let candidate = found? - ahead.pivot;
        let places = text.get(candidate..candidate + ahead.n_offsets)?;
        let mut bits = (0..).map(|offset| 1_u8 << offset);
        if places
            .iter()
            .all(|unit| offsets_of(unit) & bits.next().unwrap_or(0) != 0)
        {
            return Some(candidate);
        }
        at = candidate + 1;
    }
    None
}
