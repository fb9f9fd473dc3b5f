//! `GetSubstitution`: what `$1`, `$&` and so on in a replacement mean. A template is taken apart once for all matches.

use crate::vm::{
    builtins::string::StringBuilder,
    heap::{Obj, Str, Units},
    machine::{Completion, Vm},
    value::Value,
};

/// A piece of a template; ranges are of the template.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    /// As it stands.
    Text(usize, usize),
    /// `$&`
    Match,
    /// `` $` ``
    Before,
    /// `$'`
    After,
    /// `$1`
    Group(usize),
    /// `$<name>`
    Named(usize, usize),
}

/// Takes a template apart. `groups` is the number of groups, the match aside; `named`: are there group names?
pub(super) fn pieces(template: Units<'_>, groups: usize, named: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let at = |index: usize| template.get(index).unwrap_or(0);
    let digit = |index: usize| match at(index) {
        unit @ 0x30..=0x39 => Some(usize::from(unit - 0x30)),
        _ => None,
    };
    let (mut plain, mut index) = (0, 0);
    while index < template.len() {
        if at(index) != 0x24 {
            index += 1;
            continue;
        }
        let found = match at(index + 1) {
            // One `$` of two is kept.
            0x24 => Some((Piece::Text(index, index + 1), 2)),
            0x26 => Some((Piece::Match, 2)),
            0x60 => Some((Piece::Before, 2)),
            0x27 => Some((Piece::After, 2)),
            0x3C if named => (index + 2..template.len())
                .find(|&end| at(end) == 0x3E)
                .map(|end| (Piece::Named(index + 2, end), end + 1 - index)),
            _ => digit(index + 1).and_then(|first| {
                let two = digit(index + 2).map(|second| first * 10 + second);
                match two {
                    Some(group) if (1..=groups).contains(&group) => Some((Piece::Group(group), 3)),
                    _ => (1..=groups)
                        .contains(&first)
                        .then_some((Piece::Group(first), 2)),
                }
            }),
        };
        match found {
            Some((piece, len)) => {
                if plain < index {
                    pieces.push(Piece::Text(plain, index));
                }
                pieces.push(piece);
                index += len;
                plain = index;
            }
            None => index += 1,
        }
    }
    if plain < template.len() {
        pieces.push(Piece::Text(plain, template.len()));
    }
    pieces
}

/// Appends a part of a string.
pub(in crate::vm::builtins) fn push_part(
    vm: &mut Vm,
    builder: &mut StringBuilder,
    string: Str,
    start: usize,
    end: usize,
) -> Completion<()> {
    if start >= end {
        return Ok(());
    }
    vm.work((end - start) / 64)?;
    let units = vm.heap.units(&string).slice(start, end);
    builder.push_units(vm, units)
}

impl Vm {
    /// `GetSubstitution`. `captures` are strings or undefined, without the match itself; everything is rooted by the caller.
    ///
    /// # Errors
    /// Whatever reading and converting named groups throws; `RangeError` when the result is too long.
    pub fn get_substitution(
        &mut self,
        matched: Str,
        string: Str,
        position: usize,
        captures: &[Value],
        named: Value,
        template: Str,
    ) -> Completion<Str> {
        let mut builder = StringBuilder::default();
        let units = self.heap.units(&template);
        let groups: Option<Obj> = named.as_object();
        let pieces = pieces(units, captures.len(), groups.is_some());
        for piece in pieces {
            match piece {
                Piece::Text(start, end) => push_part(self, &mut builder, template, start, end)?,
                Piece::Match => push_part(self, &mut builder, matched, 0, matched.len())?,
                Piece::Before => {
                    push_part(self, &mut builder, string, 0, position.min(string.len()))?
                }
                Piece::After => {
                    let end = (position + matched.len()).min(string.len());
                    push_part(self, &mut builder, string, end, string.len())?;
                }
                Piece::Group(group) => {
                    if let Some(text) = captures.get(group - 1).and_then(|value| value.as_string())
                    {
                        push_part(self, &mut builder, text, 0, text.len())?;
                    }
                }
                Piece::Named(start, end) => {
                    let name = self.heap.substring(template, start, end);
                    let key = self.heap.key_of_str(name);
                    let Some(groups) = groups else {
                        continue;
                    };
                    let value = self.get_o(groups, key)?;
                    if !value.is_undefined() {
                        let text = self.to_string(value)?;
                        push_part(self, &mut builder, text, 0, text.len())?;
                    }
                }
            }
        }
        builder.complete(self)
    }
}
