//! Backreferences: whether what a group captured stands here again.

use super::super::program::{Ref, UNSET};
use super::super::unicode::casefold::Canon;
use super::input::{Unit, code_point_at, is_inside_pair};
use super::machine::Machine;

impl<'a, U: Unit> Machine<'a, U> {
    /// The text of a group, if it took part.
    #[inline]
    fn captured(&self, group: u32) -> Option<&'a [U]> {
        let (start, end) = (
            self.registers[group as usize * 2],
            self.registers[group as usize * 2 + 1],
        );
        match start == UNSET || end == UNSET {
            true => None,
            false => self.text.get(start as usize..end as usize),
        }
    }

    /// Where the text of `group` ends if it stands at `at`; a group that took no part is empty.
    pub(super) fn back_ref(&mut self, group: u32, at: usize) -> Option<usize> {
        let Some(wanted) = self.captured(group) else {
            return Some(at);
        };
        let after = at + wanted.len();
        self.steps += (wanted.len() >> 4) as u32;
        let is_there = self.text.get(at..after)? == wanted;
        (is_there && !self.splits_pair(after)).then_some(after)
    }

    fn splits_pair(&self, at: usize) -> bool {
        self.program.unicode && is_inside_pair(self.text, at)
    }

    /// As `back_ref`, for references that are leftwards, of several groups or regardless of case.
    pub(super) fn back_ref_many(&mut self, wanted: &Ref, at: usize) -> Option<usize> {
        let mut groups = wanted.groups.iter();
        let Some(captured) = groups.find_map(|&group| self.captured(group)) else {
            return Some(at);
        };
        let len = captured.len();
        let (from, to) = match wanted.back {
            true => (at.checked_sub(len)?, at),
            false => (at, at + len),
        };
        self.steps += (len >> 4) as u32;
        let text = self.text.get(from..to)?;
        let is_there = match (wanted.canon, wanted.code_points) {
            (Canon::Exact, _) => text == captured,
            (canon, false) => {
                let mut pairs = text.iter().zip(captured);
                pairs.all(|(a, b)| is_equal(canon, a.value(), b.value()))
            }
            (canon, true) => is_equal_folded(canon, text, captured),
        };
        let end = if wanted.back { from } else { to };
        (is_there && !self.splits_pair(end)).then_some(end)
    }
}

fn is_equal(canon: Canon, a: u32, b: u32) -> bool {
    a == b || canon.apply(a) == canon.apply(b)
}

/// Whether texts of one length are equal, code point by code point.
fn is_equal_folded<U: Unit>(canon: Canon, a: &[U], b: &[U]) -> bool {
    let mut at = 0;
    while at < a.len() {
        match (code_point_at(a, at), code_point_at(b, at)) {
            (Some((x, after)), Some((y, same))) if after == same && is_equal(canon, x, y) => {
                at = after;
            }
            _ => return false,
        }
    }
    true
}
