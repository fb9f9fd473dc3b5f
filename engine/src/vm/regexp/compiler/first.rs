//! With which units each part of a pattern can begin.
//!
//! This is what makes choices cheap: where the units that begin one way and those that begin the other are disjoint,
//! the next unit decides and nothing has to be remembered. A `First` may claim too much and never too little. Above 255
//! it only knows whether there are any.

use super::super::GoOn;
use super::super::ast::{Ast, Node};
use super::super::charset::{CharSet, MAX_CHAR};

/// The units with which something can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct First {
    low: [u32; 8],
    /// Whether units from 256 on are possible.
    high: bool,
    /// Whether it can match without a unit of its own, so that what comes after decides.
    pub(super) empty: bool,
}

impl First {
    /// Begins with nothing: the neutral element of `then`.
    pub(super) const EMPTY: First = First {
        low: [0; 8],
        high: false,
        empty: true,
    };
    /// Begins with nothing and matches nothing: the neutral element of `or`.
    const NEVER: First = First {
        low: [0; 8],
        high: false,
        empty: false,
    };
    /// Nothing is known.
    pub(super) const ANY: First = First {
        low: [u32::MAX; 8],
        high: true,
        empty: true,
    };

    fn of_set(set: &CharSet) -> First {
        let mut first = First::NEVER;
        for &(lo, hi) in set.ranges() {
            for c in lo..=hi.min(255) {
                first.low[(c >> 5) as usize] |= 1 << (c & 31);
            }
            first.high |= hi > 255;
        }
        first
    }

    /// Either of them.
    pub(super) fn or(mut self, other: First) -> First {
        for (word, more) in self.low.iter_mut().zip(other.low) {
            *word |= more;
        }
        self.high |= other.high;
        self.empty |= other.empty;
        self
    }

    /// This, and `next` after it.
    pub(super) fn then(self, next: First) -> First {
        match self.empty {
            true => First {
                empty: false,
                ..self
            }
            .or(next),
            false => self,
        }
    }

    /// Whether the next unit tells them apart: each needs one, and they share none.
    pub(super) fn is_disjoint(&self, other: &First) -> bool {
        let apart = self.low.iter().zip(other.low).all(|(a, b)| a & b == 0);
        let apart = apart && !(self.high && other.high);
        apart && !(self.empty || other.empty)
    }

    /// Whether testing for it would hardly ever say no.
    pub(super) fn is_vague(&self) -> bool {
        let n: u32 = self.low.iter().map(|word| word.count_ones()).sum();
        self.empty || (self.high && n > 240)
    }

    /// The set of units, for a test of the next one.
    pub(super) fn to_set(self) -> CharSet {
        let has = |c: &u32| self.low[(c >> 5) as usize] & (1 << (c & 31)) != 0;
        let mut ranges: Vec<_> = (0..256).filter(has).map(|c| (c, c)).collect();
        if self.high {
            ranges.push((256, MAX_CHAR));
        }
        CharSet::from_ranges(ranges)
    }
}

/// The `First` of each node, matched forwards; `None` if `go_on` refused.
pub(super) fn all(ast: &Ast, go_on: &mut GoOn<'_>) -> Option<Vec<First>> {
    let mut firsts: Vec<First> = Vec::with_capacity(ast.nodes.len());
    for node in &ast.nodes {
        if !go_on() {
            return None;
        }
        let first = match node {
            Node::Empty | Node::Assert(_) | Node::Look(_) => First::EMPTY,
            Node::Char(c) => First::of_set(&CharSet::single(*c)),
            Node::Set(set) => First::of_set(set),
            Node::Seq(items) => {
                let items = items.iter().rev().map(|&item| firsts[item]);
                items.fold(First::EMPTY, |next, item| item.then(next))
            }
            Node::Alt(items) => {
                let items = items.iter().map(|&item| firsts[item]);
                items.fold(First::NEVER, First::or)
            }
            Node::Group(_, body) => firsts[*body],
            Node::Repeat(repeat) if repeat.max == 0 => First::EMPTY,
            Node::Repeat(repeat) => {
                let mut first = firsts[repeat.node];
                first.empty |= repeat.min == 0;
                first
            }
            Node::BackRef(..) => First::ANY,
        };
        firsts.push(first);
    }
    Some(firsts)
}
