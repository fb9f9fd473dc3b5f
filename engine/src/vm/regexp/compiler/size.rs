//! About how many ops each node takes, to know which bodies are small enough to be copied.

use super::super::ast::{Ast, Node, Repeat};

/// How often a body is written at most instead of being counted.
const MAX_COPIES: u32 = 4;
/// How many ops all its copies may have.
const MAX_COPIED_OPS: u32 = 24;

/// The sizes of all nodes.
pub(super) struct Sizes(Vec<u32>);

impl Sizes {
    /// Adds up the sizes of a pattern's nodes.
    pub(super) fn of(ast: &Ast) -> Sizes {
        let mut sizes = Sizes(Vec::with_capacity(ast.nodes.len()));
        for node in &ast.nodes {
            let size = match node {
                Node::Empty => 0,
                Node::Char(_) | Node::Set(_) | Node::BackRef(..) | Node::Assert(_) => 1,
                Node::Seq(items) => sizes.sum(items),
                Node::Alt(items) => sizes.sum(items).saturating_add(2 * items.len() as u32),
                Node::Group(_, body) => sizes.0[*body].saturating_add(2),
                Node::Look(look) => sizes.0[look.node].saturating_add(2),
                Node::Repeat(repeat) if sizes.is_copied(repeat) => {
                    sizes.0[repeat.node] * repeat.max
                }
                Node::Repeat(repeat) => sizes.0[repeat.node].saturating_add(6),
            };
            sizes.0.push(size);
        }
        sizes
    }

    fn sum(&self, items: &[usize]) -> u32 {
        let items = items.iter().map(|&item| self.0[item]);
        items.fold(0, u32::saturating_add)
    }

    /// Whether the body of `repeat` is written out instead of being counted.
    pub(super) fn is_copied(&self, repeat: &Repeat) -> bool {
        repeat.min == repeat.max
            && repeat.max <= MAX_COPIES
            && repeat.groups.0 == repeat.groups.1
            && self.0[repeat.node].saturating_mul(repeat.max) <= MAX_COPIED_OPS
    }
}
