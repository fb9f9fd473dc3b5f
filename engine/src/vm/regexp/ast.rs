//! The parsed pattern: an arena of nodes.
//!
//! Children have smaller numbers than their parents, so a pass over the arena in order sees children first and needs no
//! recursion, and dropping a deep pattern is dropping a vector. Flags are already gone: `i` has become sets, `m` and `s`
//! have chosen among nodes, so modifiers need no trace here. A node knows which groups stand in it as a range of group
//! numbers, since groups are numbered by their opening brackets.

use super::charset::CharSet;
use super::unicode::casefold::Canon;

/// The number of a node in its `Ast`.
pub type NodeId = usize;

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub enum Node {
    /// Matches nothing, successfully.
    Empty,
    /// One character: a code point in unicode mode, else a code unit.
    Char(u32),
    /// One character of a set.
    Set(CharSet),
    /// All of them, one after the other.
    Seq(Vec<NodeId>),
    /// One of them, the first that leads to a match.
    Alt(Vec<NodeId>),
    /// A capturing group with its number.
    Group(u32, NodeId),
    /// A quantified node.
    Repeat(Repeat),
    /// What one of these groups captured; several for a duplicate name.
    BackRef(Vec<u32>, Canon),
    /// `^`, `$`, `\b` or `\B`.
    Assert(Assertion),
    /// A lookaround.
    Look(Look),
}

/// `X{min,max}`.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// What is repeated.
    pub node: NodeId,
    /// The least number of times.
    pub min: u32,
    /// The greatest number of times; `u32::MAX` is without end.
    pub max: u32,
    /// Whether more comes before less.
    pub greedy: bool,
    /// The groups inside: first number and one past the last.
    pub groups: (u32, u32),
}

/// `(?=X)`, `(?!X)`, `(?<=X)` or `(?<!X)`.
#[derive(Clone, Debug)]
pub struct Look {
    /// What has to match, or must not.
    pub node: NodeId,
    /// Whether it is matched backwards, ending here.
    pub behind: bool,
    /// Whether it must not match.
    pub negative: bool,
    /// The groups inside: first number and one past the last.
    pub groups: (u32, u32),
}

/// A test of the place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// The start of the input.
    Start,
    /// The start of a line.
    LineStart,
    /// The end of the input.
    End,
    /// The end of a line.
    LineEnd,
    /// Between a word character and another: whether negated, and whether case folding adds word characters.
    Word {
        /// `\B`.
        negative: bool,
        /// Whether U+017F and U+212A are word characters.
        folded: bool,
    },
}

/// A parsed pattern.
#[derive(Debug)]
pub struct Ast {
    /// All nodes, children first.
    pub nodes: Vec<Node>,
    /// The whole pattern.
    pub root: NodeId,
    /// The number of groups, the whole match included.
    pub n_groups: u32,
    /// Group names in source order, each with the groups of that name.
    pub names: Vec<(Vec<u16>, Vec<u32>)>,
}
