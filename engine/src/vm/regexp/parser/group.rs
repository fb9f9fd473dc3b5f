//! What stands between brackets: groups, lookarounds, modifiers and group names.

use super::super::ast::{Look, Node, NodeId};
use super::super::unicode::property;
use super::{MAX_DEPTH, Modes, Name, Parser, Quantifiable, Result, error};

/// What an open bracket began.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Whole,
    Plain,
    Capture(u32),
    Look { behind: bool, negative: bool },
}

/// A bracket that is still open.
pub(super) struct Frame {
    kind: Kind,
    /// Tells disjunctions apart, for duplicate names.
    number: usize,
    /// The modes around the bracket.
    modes: Modes,
    first_group: u32,
    alternatives: Vec<NodeId>,
    /// The current alternative.
    pub(super) terms: Vec<NodeId>,
}

impl Parser<'_> {
    /// A frame of `kind` that starts here.
    pub(super) fn frame(&mut self, kind: Kind) -> Frame {
        self.n_frames += 1;
        Frame {
            kind,
            number: self.n_frames,
            modes: self.modes,
            first_group: self.n_groups,
            alternatives: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// `(` and what says which bracket it is.
    pub(super) fn open_group(&mut self) -> Result<()> {
        if self.frames.len() > MAX_DEPTH {
            return error("Regular expression too large");
        }
        self.at += 1;
        let look = |behind, negative| Kind::Look { behind, negative };
        let mut inner_modes = self.modes;
        let mut frame = self.frame(Kind::Plain);
        if !self.eat('?') {
            frame.kind = self.capture();
        } else if self.eat('=') {
            frame.kind = look(false, false);
        } else if self.eat('!') {
            frame.kind = look(false, true);
        } else if self.eat_str("<=") {
            frame.kind = look(true, false);
        } else if self.eat_str("<!") {
            frame.kind = look(true, true);
        } else if self.eat('<') {
            frame.kind = self.capture();
            let name = self.group_name()?;
            self.declare_name(name, frame.first_group)?;
        } else if !self.eat(':') {
            inner_modes = self.modifiers()?;
        }
        self.frames.push(frame);
        self.modes = inner_modes;
        Ok(())
    }

    fn capture(&mut self) -> Kind {
        self.n_groups += 1;
        Kind::Capture(self.n_groups - 1)
    }

    /// `|`.
    pub(super) fn end_alternative(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let terms = std::mem::take(&mut frame.terms);
        let node = self.sequence(terms);
        if let Some(frame) = self.frames.last_mut() {
            frame.alternatives.push(node);
        }
    }

    /// `)`, already eaten: the group's node.
    pub(super) fn close_group(&mut self) -> Result<(NodeId, Quantifiable)> {
        let frame = match self.frames.pop() {
            Some(frame) if !self.frames.is_empty() => frame,
            _ => return error("Unmatched ')'"),
        };
        self.modes = frame.modes;
        let (kind, first_group) = (frame.kind, frame.first_group);
        let node = self.body_of(frame);
        let groups = (first_group, self.n_groups);
        Ok(match kind {
            Kind::Whole | Kind::Plain => (node, Quantifiable::WithGroups(first_group)),
            Kind::Capture(number) => (self.add(Node::Group(number, node)), Quantifiable::Yes),
            Kind::Look { behind, negative } => {
                let look = Node::Look(Look {
                    node,
                    behind,
                    negative,
                    groups,
                });
                // Annex B lets a lookahead be quantified in patterns without `u` and `v`.
                let quantifiable = match behind || self.unicode {
                    true => Quantifiable::Lookaround,
                    false => Quantifiable::Yes,
                };
                (self.add(look), quantifiable)
            }
        })
    }

    /// The disjunction that a frame has gathered.
    pub(super) fn body_of(&mut self, frame: Frame) -> NodeId {
        let last = self.sequence(frame.terms);
        if frame.alternatives.is_empty() {
            return last;
        }
        let mut alternatives = frame.alternatives;
        alternatives.push(last);
        self.add(Node::Alt(alternatives))
    }

    /// A node for `terms` in a row.
    pub(super) fn sequence(&mut self, terms: Vec<NodeId>) -> NodeId {
        match terms[..] {
            [] => self.add(Node::Empty),
            [only] => only,
            _ => self.add(Node::Seq(terms)),
        }
    }

    /// Whether what is parsed now will be matched backwards.
    pub(super) fn is_behind(&self) -> bool {
        let innermost = self.frames.iter().rev().find_map(|frame| match frame.kind {
            Kind::Look { behind, .. } => Some(behind),
            _ => None,
        });
        innermost.unwrap_or(false)
    }

    /// `ims-ims:`, after `(?`.
    fn modifiers(&mut self) -> Result<Modes> {
        let mut modes = self.modes;
        let mut seen = Vec::new();
        let mut on = true;
        loop {
            let Some(c) = self.peek().and_then(char::from_u32) else {
                return error("Invalid group");
            };
            self.at += 1;
            let mode = match c {
                ':' if !on && seen.is_empty() => return error("Invalid flag group"),
                ':' => return Ok(modes),
                '-' if on => {
                    on = false;
                    continue;
                }
                '-' => return error("Multiple dashes in flag group"),
                'i' => &mut modes.ignore_case,
                'm' => &mut modes.multiline,
                's' => &mut modes.dot_all,
                _ => return error("Invalid group"),
            };
            *mode = on;
            if seen.contains(&c) {
                return error("Repeated flag in flag group");
            }
            seen.push(c);
        }
    }

    /// RegExpIdentifierName and `>`, after `<`.
    pub(super) fn group_name(&mut self) -> Result<Vec<u16>> {
        let mut name = Vec::new();
        loop {
            let Some(mut c) = self.peek() else {
                return error("Invalid capture group name");
            };
            self.at += 1;
            match char::from_u32(c) {
                Some('>') if !name.is_empty() => return Ok(name),
                Some('\\') => {
                    // Also without `u`, an escape in a name is a code point's.
                    c = match self.eat('u').then(|| self.unicode_escape(true)) {
                        Some(Some(c)) => c,
                        _ => return error("Invalid Unicode escape"),
                    };
                }
                _ => c = self.joined_with_trail(c),
            }
            let fits = match name.is_empty() {
                true => property::is_identifier_start(c),
                false => property::is_identifier_part(c),
            };
            match char::from_u32(c) {
                Some(c) if fits => name.extend_from_slice(c.encode_utf16(&mut [0; 2])),
                _ => return error("Invalid capture group name"),
            }
        }
    }

    /// The code point that `lead`, just eaten, begins.
    fn joined_with_trail(&mut self, lead: u32) -> u32 {
        match self.peek() {
            Some(trail @ 0xDC00..=0xDFFF) if (0xD800..0xDC00).contains(&lead) => {
                self.at += 1;
                0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00)
            }
            _ => lead,
        }
    }

    /// Records that group `group` is called `text`. One name may stand twice, in different alternatives.
    fn declare_name(&mut self, text: Vec<u16>, group: u32) -> Result<()> {
        let alternative = |frame: &Frame| (frame.number, frame.alternatives.len());
        let path: Vec<_> = self.frames.iter().map(alternative).collect();
        let Some(name) = self.names.iter_mut().find(|name| name.text == text) else {
            self.names.push(Name {
                text,
                groups: vec![group],
                paths: vec![path],
            });
            return Ok(());
        };
        for other in &name.paths {
            let fork = other.iter().zip(&path).find(|(a, b)| a != b);
            if fork.is_none_or(|(a, b)| a.0 != b.0) {
                return error("Duplicate capture group name");
            }
        }
        name.groups.push(group);
        name.paths.push(path);
        Ok(())
    }

    /// Gives each `\k<name>` its groups.
    pub(super) fn resolve_name_refs(&mut self) -> Result<()> {
        for (id, text) in std::mem::take(&mut self.name_refs) {
            let Some(name) = self.names.iter().find(|name| name.text == text) else {
                return error("Invalid named capture referenced");
            };
            if let Node::BackRef(groups, _) = &mut self.nodes[id] {
                groups.clone_from(&name.groups);
            }
        }
        Ok(())
    }
}
