//! Patterns as text to patterns as nodes.
//!
//! Groups are kept on a stack of our own instead of the native one, and their depth is bounded all the same, because
//! the compiler walks the result by recursion. Whether `\k` is an escape and what `\2` means depends on groups further
//! on, so `prescan` counts groups and looks for names first. Syntax of classes: `class.rs`, of `v` classes:
//! `class_sets.rs`, of escapes: `escape.rs`, of `(?…`: `group.rs`.
//! Source: <https://tc39.es/ecma262/#sec-patterns> and <https://tc39.es/ecma262/#sec-regular-expressions-patterns>.

mod class;
mod class_sets;
mod escape;
mod group;
mod prescan;
mod quantifier;

use super::ast::{Assertion, Ast, Node, NodeId};
use super::charset::{self, CharSet};
use super::unicode::casefold::Canon;
use super::{Flags, GoOn, SyntaxError};
use group::Frame;

/// How deep groups may stand in one another.
const MAX_DEPTH: usize = 500;
/// How deep classes may stand in one another.
const MAX_CLASS_DEPTH: usize = 100;
/// How many capturing groups a pattern may have.
const MAX_GROUPS: u32 = (1 << 16) - 1;
/// How long a pattern may be.
const MAX_LENGTH: usize = 1 << 20;

type Result<T> = std::result::Result<T, SyntaxError>;

/// Parses `pattern` under `flags`, asking `go_on` at every term.
///
/// # Errors
/// The pattern is no pattern under these flags, or too large.
pub fn parse(pattern: &[u16], flags: Flags, go_on: &mut GoOn<'_>) -> Result<Ast> {
    if pattern.len() > MAX_LENGTH {
        return error("Regular expression too large");
    }
    let unicode = flags.is_unicode_mode();
    let text = decode(pattern, unicode);
    let scan = prescan::scan(&text, flags.unicode_sets);
    if scan.n_groups > MAX_GROUPS {
        return error("Too many captures");
    }
    let mut parser = Parser {
        go_on,
        text,
        at: 0,
        unicode,
        sets: flags.unicode_sets,
        named: unicode || scan.has_names,
        n_groups_total: scan.n_groups,
        modes: Modes {
            ignore_case: flags.ignore_case,
            multiline: flags.multiline,
            dot_all: flags.dot_all,
        },
        nodes: Vec::new(),
        n_groups: 1,
        n_frames: 0,
        frames: Vec::new(),
        names: Vec::new(),
        name_refs: Vec::new(),
    };
    let root = parser.pattern()?;
    parser.resolve_name_refs()?;
    Ok(Ast {
        nodes: parser.nodes,
        root,
        n_groups: parser.n_groups,
        names: parser
            .names
            .into_iter()
            .map(|name| (name.text, name.groups))
            .collect(),
    })
}

fn error<T>(message: &str) -> Result<T> {
    Err(SyntaxError {
        message: message.to_owned(),
    })
}

/// The characters of a pattern: code points in unicode mode, else code units.
fn decode(pattern: &[u16], unicode: bool) -> Vec<u32> {
    if !unicode {
        return pattern.iter().map(|&unit| unit.into()).collect();
    }
    char::decode_utf16(pattern.iter().copied())
        .map(|c| c.map_or_else(|lone| lone.unpaired_surrogate().into(), u32::from))
        .collect()
}

/// The flags that `(?ims-ims:` can change.
#[derive(Clone, Copy)]
struct Modes {
    ignore_case: bool,
    multiline: bool,
    dot_all: bool,
}

/// A group name met so far.
struct Name {
    text: Vec<u16>,
    groups: Vec<u32>,
    /// For each group, the alternatives around it: number of the enclosing frame, and of the alternative in it.
    paths: Vec<Vec<(usize, usize)>>,
}

struct Parser<'p> {
    go_on: &'p mut GoOn<'p>,
    text: Vec<u32>,
    at: usize,
    unicode: bool,
    sets: bool,
    /// Whether `\k` must name a group.
    named: bool,
    n_groups_total: u32,
    modes: Modes,
    nodes: Vec<Node>,
    n_groups: u32,
    n_frames: usize,
    frames: Vec<Frame>,
    names: Vec<Name>,
    /// Nodes of `\k<name>`, whose groups are filled in at the end.
    name_refs: Vec<(NodeId, Vec<u16>)>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u32> {
        self.text.get(self.at).copied()
    }

    fn looking_at(&self, text: &str) -> bool {
        let mut rest = self.text[self.at.min(self.text.len())..].iter().copied();
        text.chars().all(|c| rest.next() == Some(c.into()))
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c.into());
        self.at += usize::from(found);
        found
    }

    fn eat_str(&mut self, text: &str) -> bool {
        let found = self.looking_at(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn add(&mut self, node: Node) -> NodeId {
        if let Node::Set(set) = &node {
            // Whether to go on is asked again at the next term.
            for _ in set.ranges() {
                let _ = (self.go_on)();
            }
        }
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn canon(&self) -> Canon {
        match (self.modes.ignore_case, self.unicode) {
            (false, _) => Canon::Exact,
            (true, false) => Canon::Upper,
            (true, true) => Canon::Fold,
        }
    }

    /// Pattern :: Disjunction, with groups on `frames`.
    fn pattern(&mut self) -> Result<NodeId> {
        let outermost = self.frame(group::Kind::Whole);
        self.frames.push(outermost);
        loop {
            let start = self.at;
            let Some(c) = self.peek() else {
                return self.finish();
            };
            if !(self.go_on)() {
                return Err(SyntaxError::stopped());
            }
            match char::from_u32(c) {
                Some('|') => {
                    self.at += 1;
                    self.end_alternative();
                }
                Some('(') => self.open_group()?,
                Some(')') => {
                    self.at += 1;
                    let (node, quantifiable) = self.close_group()?;
                    self.push_term(node, quantifiable)?;
                }
                _ => {
                    let (node, quantifiable) = self.term(c)?;
                    self.push_term(node, quantifiable)?;
                }
            }
            debug_assert!(self.at > start);
        }
    }

    fn finish(&mut self) -> Result<NodeId> {
        if self.frames.len() > 1 {
            return error("Unterminated group");
        }
        match self.frames.pop() {
            Some(frame) => Ok(self.body_of(frame)),
            None => error("Unterminated group"),
        }
    }

    /// Puts a term into the current alternative, with the quantifier that may follow it.
    fn push_term(&mut self, node: NodeId, quantifiable: Quantifiable) -> Result<()> {
        let first_group = match self.nodes[node] {
            Node::Group(number, _) => number,
            Node::Look(ref look) => look.groups.0,
            _ => quantifiable.first_group(self.n_groups),
        };
        let node = self.quantified(node, first_group, &quantifiable)?;
        if let Some(frame) = self.frames.last_mut() {
            frame.terms.push(node);
        }
        Ok(())
    }

    /// Assertion or Atom, other than a group; `c` is its first character.
    fn term(&mut self, c: u32) -> Result<(NodeId, Quantifiable)> {
        self.at += 1;
        let multiline = self.modes.multiline;
        let assertion = match char::from_u32(c) {
            Some('^') if multiline => Assertion::LineStart,
            Some('^') => Assertion::Start,
            Some('$') if multiline => Assertion::LineEnd,
            Some('$') => Assertion::End,
            Some('\\') if matches!(self.peek(), Some(0x62 | 0x42)) => {
                let negative = self.peek() == Some(0x42);
                self.at += 1;
                let folded = self.canon() == Canon::Fold;
                Assertion::Word { negative, folded }
            }
            _ => return Ok((self.atom(c)?, Quantifiable::Yes)),
        };
        Ok((self.add(Node::Assert(assertion)), Quantifiable::No))
    }

    fn atom(&mut self, c: u32) -> Result<NodeId> {
        match char::from_u32(c) {
            Some('.') => {
                let set = match self.modes.dot_all {
                    true => CharSet::all(),
                    false => charset::line_terminators().complement(),
                };
                Ok(self.add(Node::Set(set)))
            }
            Some('[') if self.sets => self.class_sets(),
            Some('[') => self.class(),
            Some('\\') => self.atom_escape(),
            Some('*' | '+' | '?') => error("Nothing to repeat"),
            Some('{') if self.unicode => match self.bounds_follow(self.at - 1) {
                true => error("Nothing to repeat"),
                false => error("Lone quantifier brackets"),
            },
            Some('{') if self.bounds_follow(self.at - 1) => error("Nothing to repeat"),
            Some('}' | ']') if self.unicode => error("Lone quantifier brackets"),
            _ => Ok(self.char_node(c)),
        }
    }

    /// A node for one character, under the present canonicalization.
    fn char_node(&mut self, c: u32) -> NodeId {
        let equal = self.canon().equivalents(c);
        let node = match equal.len() {
            0 => Node::Char(c),
            _ => Node::Set(CharSet::from_ranges(
                equal.iter().map(|&e| (e, e)).collect(),
            )),
        };
        self.add(node)
    }
}

/// What a quantifier may do with a term.
enum Quantifiable {
    /// It may follow.
    Yes,
    /// It may follow; the term holds the groups from this number on.
    WithGroups(u32),
    /// It is an assertion: a quantifier has nothing to repeat.
    No,
    /// It is a lookaround that cannot be quantified.
    Lookaround,
}

impl Quantifiable {
    fn first_group(&self, none: u32) -> u32 {
        match self {
            Quantifiable::WithGroups(first) => *first,
            _ => none,
        }
    }
}
