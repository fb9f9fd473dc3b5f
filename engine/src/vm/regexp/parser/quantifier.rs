//! Quantifiers: `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}` and their lazy forms.

use super::super::ast::{Node, NodeId, Repeat};
use super::{Parser, Quantifiable, Result, error};

impl Parser<'_> {
    /// `node` with the quantifier that follows it, if one does.
    pub(super) fn quantified(
        &mut self,
        node: NodeId,
        first_group: u32,
        quantifiable: &Quantifiable,
    ) -> Result<NodeId> {
        let Some((min, max)) = self.quantifier(quantifiable)? else {
            return Ok(node);
        };
        match quantifiable {
            Quantifiable::No => return error("Nothing to repeat"),
            Quantifiable::Lookaround => return error("Invalid quantifier"),
            Quantifiable::Yes | Quantifiable::WithGroups(_) => {}
        }
        let greedy = !self.eat('?');
        if min > max {
            return error("numbers out of order in {} quantifier");
        }
        if (min, max) == (1, 1) {
            return Ok(node);
        }
        Ok(self.add(Node::Repeat(Repeat {
            node,
            min,
            max,
            greedy,
            groups: (first_group, self.n_groups),
        })))
    }

    fn quantifier(&mut self, quantifiable: &Quantifiable) -> Result<Option<(u32, u32)>> {
        let simple = match self.peek().and_then(char::from_u32) {
            Some('*') => (0, u32::MAX),
            Some('+') => (1, u32::MAX),
            Some('?') => (0, 1),
            Some('{') => return self.braces(quantifiable),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(simple))
    }

    fn braces(&mut self, quantifiable: &Quantifiable) -> Result<Option<(u32, u32)>> {
        match self.bounds(self.at) {
            Some((bounds, after)) => {
                self.at = after;
                Ok(Some(bounds))
            }
            None if self.unicode && !matches!(quantifiable, Quantifiable::No) => {
                error("Incomplete quantifier")
            }
            // Annex B: an ExtendedPatternCharacter. After an assertion, the next term's mistake.
            None => Ok(None),
        }
    }

    /// Whether `{…}` at `at` has the form of a quantifier.
    pub(super) fn bounds_follow(&self, at: usize) -> bool {
        self.bounds(at).is_some()
    }

    /// The bounds of the `{…}` at `at`, and where it ends.
    fn bounds(&self, at: usize) -> Option<((u32, u32), usize)> {
        let is = |at: usize, c: char| self.text.get(at) == Some(&c.into());
        let (min, mut at) = self.number(at + 1)?;
        let max = if !is(at, ',') {
            min
        } else if is(at + 1, '}') {
            at += 1;
            u32::MAX
        } else {
            let (max, after) = self.number(at + 1)?;
            at = after;
            max
        };
        is(at, '}').then_some(((min, max), at + 1))
    }

    /// A decimal number at `at`, held at `u32::MAX`, and where it ends.
    fn number(&self, start: usize) -> Option<(u32, usize)> {
        let (mut value, mut at) = (0_u32, start);
        while let Some(digit) = self.digit_at(at) {
            value = value.saturating_mul(10).saturating_add(digit);
            at += 1;
        }
        (at > start).then_some((value, at))
    }

    /// The decimal digit at `at`.
    pub(super) fn digit_at(&self, at: usize) -> Option<u32> {
        char::from_u32(*self.text.get(at)?)?.to_digit(10)
    }
}
