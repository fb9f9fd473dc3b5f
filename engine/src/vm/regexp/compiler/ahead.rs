//! Which units can stand at the first few places of a match.
//!
//! `walk` follows a node from a set of offsets at which it may begin, notes its units at each offset and answers with
//! the offsets at which it may end; both sets are bit masks. Offsets before the nearest possible end of a match are
//! then constraints that every match fulfils, and the search tests them before the machine is started.

use super::super::ast::{Ast, Look, Node, NodeId, Repeat};
use super::super::charset::CharSet;
use super::super::program::Ahead;
use super::units_of;

/// How many offsets are looked at: the bits of a mask.
const N_OFFSETS: usize = 8;
/// How many nodes are visited at most; nested loops multiply visits.
const MAX_VISITS: u32 = 2000;
/// How many characters of text, of a thousand, a byte set may be expected to hit and still be worth searching.
const MAX_COMMON: u32 = 600;

/// The search for a pattern by its first places, if that says anything.
pub(super) fn ahead(ast: &Ast, unicode: bool) -> Option<Ahead> {
    let mut walker = Walker {
        ast,
        unicode,
        visits: 0,
        table: [0; 256],
        high: 0,
    };
    let ends = walker.walk(ast.root, 1)?;
    let n_offsets = (ends.trailing_zeros() as usize).min(N_OFFSETS);
    walker.finish(n_offsets)
}

struct Walker<'a> {
    ast: &'a Ast,
    unicode: bool,
    visits: u32,
    /// For each unit below 256, the offsets at which it may stand.
    table: [u8; 256],
    /// The same for all units above.
    high: u8,
}

impl Walker<'_> {
    /// None if the pattern is too intricate.
    fn walk(&mut self, id: NodeId, from: u8) -> Option<u8> {
        self.visits += 1;
        if self.visits > MAX_VISITS {
            return None;
        }
        if from == 0 {
            return Some(0);
        }
        let ast = self.ast;
        Some(match &ast.nodes[id] {
            Node::Empty | Node::Assert(_) | Node::Look(Look { .. }) => from,
            Node::Char(c) => self.char(*c, from),
            Node::Set(set) => self.set(set, from),
            Node::Seq(items) => {
                let mut at = from;
                for &item in items {
                    at = self.walk(item, at)?;
                }
                at
            }
            Node::Alt(items) => {
                let mut ends = 0;
                for &item in items {
                    ends |= self.walk(item, from)?;
                }
                ends
            }
            Node::Group(_, body) => self.walk(*body, from)?,
            Node::Repeat(repeat) => self.repeat(repeat, from)?,
            Node::BackRef(..) => {
                let on = from_lowest(from);
                self.table.iter_mut().for_each(|offsets| *offsets |= on);
                self.high |= on;
                on
            }
        })
    }

    fn char(&mut self, c: u32, from: u8) -> u8 {
        match units_of(c, self.unicode) {
            Some(units) => units.fold(from, |at, unit| {
                self.set(&CharSet::single(unit.into()), at);
                at << 1
            }),
            None => self.set(&CharSet::single(c), from),
        }
    }

    fn set(&mut self, set: &CharSet, from: u8) -> u8 {
        let mut ends = from << 1;
        for &(lo, hi) in set.ranges() {
            for c in lo..=hi.min(255) {
                self.table[c as usize] |= from;
            }
            if hi > 255 {
                self.high |= from;
            }
            if hi > 0xFFFF && self.unicode {
                self.high |= from << 1;
                ends |= from << 2;
            }
        }
        ends
    }

    fn repeat(&mut self, repeat: &Repeat, from: u8) -> Option<u8> {
        let mut ends = if repeat.min == 0 { from } else { 0 };
        let mut at = from;
        // After as many rounds as there are offsets, nothing new can come: each round takes a unit or may take none.
        for round in 1..=(N_OFFSETS as u32 + 1).min(repeat.max) {
            at = self.walk(repeat.node, at)?;
            if round >= repeat.min {
                ends |= at;
            }
            if at == 0 {
                break;
            }
        }
        Some(if repeat.min > N_OFFSETS as u32 {
            ends | at
        } else {
            ends
        })
    }

    fn finish(self, n_offsets: usize) -> Option<Ahead> {
        let mut best: Option<(u32, usize)> = None;
        for offset in 0..n_offsets {
            let cost = self.commonness(offset);
            if cost < MAX_COMMON && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, offset));
            }
        }
        let (_, pivot) = best?;
        let mask = match n_offsets {
            N_OFFSETS => u8::MAX,
            n => (1 << n) - 1,
        };
        let members: Vec<u8> = (0..=255_u8)
            .filter(|&c| self.table[usize::from(c)] & (1 << pivot) != 0)
            .collect();
        let is_few = members.len() <= 3 && self.high & (1 << pivot) == 0;
        Some(Ahead {
            table: self.table.map(|offsets| offsets & mask),
            high: self.high & mask,
            n_offsets,
            pivot,
            bytes: if is_few {
                members.into()
            } else {
                Box::default()
            },
        })
    }

    /// How many of a thousand characters of usual text one of these is, roughly.
    fn commonness(&self, offset: usize) -> u32 {
        let has = |c: &u8| self.table[usize::from(*c)] & (1 << offset) != 0;
        let low: u32 = (0..=255).filter(has).map(frequency).sum();
        match self.high & (1 << offset) {
            0 => low,
            _ => low + 100,
        }
    }
}

/// All offsets from the lowest of `offsets` on.
fn from_lowest(offsets: u8) -> u8 {
    u8::MAX.checked_shl(offsets.trailing_zeros()).unwrap_or(0)
}

fn frequency(c: u8) -> u32 {
    match c {
        b' ' => 150,
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' => 60,
        b'a'..=b'z' => 20,
        b'0'..=b'9' => 15,
        b'A'..=b'Z' | b'\n' | b'.' | b',' | b'-' | b'/' | b'"' => 8,
        0..=0x7F => 3,
        _ => 1,
    }
}
