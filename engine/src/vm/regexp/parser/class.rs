//! Classes in patterns without `v`: characters, ranges and class escapes between square brackets.

use super::super::ast::{Node, NodeId};
use super::super::charset::CharSet;
use super::{Parser, Result, error};

/// One end of a range, or a set that cannot be one.
enum ClassAtom {
    Char(u32),
    Set(CharSet),
}

impl Parser<'_> {
    /// CharacterClass, after the bracket.
    pub(super) fn class(&mut self) -> Result<NodeId> {
        let negative = self.eat('^');
        let mut ranges = Vec::new();
        while !self.eat(']') {
            let low = self.class_atom()?;
            let is_range =
                self.looking_at("-") && self.text.get(self.at + 1) != Some(&u32::from(']'));
            if !is_range {
                add(&mut ranges, low);
                continue;
            }
            self.at += 1;
            match (low, self.class_atom()?) {
                (ClassAtom::Char(low), ClassAtom::Char(high)) if low <= high => {
                    ranges.push((low, high));
                }
                (ClassAtom::Char(_), ClassAtom::Char(_)) => {
                    return error("Range out of order in character class");
                }
                _ if self.unicode => return error("Invalid character class"),
                // Annex B: beside a class escape the dash stands for itself.
                (low, high) => {
                    add(&mut ranges, low);
                    add(&mut ranges, high);
                    ranges.push((0x2D, 0x2D));
                }
            }
        }
        let set = self.canon().close_over(&CharSet::from_ranges(ranges));
        Ok(self.add(Node::Set(match negative {
            true => set.complement(),
            false => set,
        })))
    }

    fn class_atom(&mut self) -> Result<ClassAtom> {
        let Some(c) = self.peek() else {
            return error("Unterminated character class");
        };
        self.at += 1;
        if c != u32::from('\\') {
            return Ok(ClassAtom::Char(c));
        }
        if let Some(set) = self.class_escape("Invalid property name in character class")? {
            return Ok(ClassAtom::Set(set.chars));
        }
        self.character_escape(true).map(ClassAtom::Char)
    }
}

fn add(ranges: &mut Vec<(u32, u32)>, atom: ClassAtom) {
    match atom {
        ClassAtom::Char(c) => ranges.push((c, c)),
        ClassAtom::Set(set) => ranges.extend_from_slice(set.ranges()),
    }
}
