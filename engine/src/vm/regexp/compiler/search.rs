//! How to find the places at which a match may begin.

use super::super::ast::{Assertion, Ast, Node, NodeId};
use super::super::program::Search;
use super::{Compiler, ahead, units_of};

impl Compiler<'_> {
    /// The best way to look for the start of a match.
    pub(super) fn search(&mut self, ast: &Ast) -> Search {
        if is_anchored(ast, ast.root) {
            return Search::AtStart;
        }
        let mut prefix = Vec::new();
        self.prefix(ast, ast.root, &mut prefix);
        if prefix.len() >= 2 {
            return Search::literal(prefix);
        }
        if let Some(ahead) = ahead::ahead(ast, self.unicode)
            && ahead.n_offsets > 1
        {
            return Search::Ahead(Box::new(ahead));
        }
        let first = self.firsts[ast.root];
        if first.is_vague() {
            return Search::Everywhere;
        }
        let class = self.class(first.to_set());
        match self.classes[class as usize].few(3) {
            Some(bytes) if !bytes.is_empty() => Search::Bytes(bytes.into()),
            _ => Search::Class(class),
        }
    }

    /// Adds the units with which every match of `id` begins; says whether what comes after may go on with them.
    fn prefix(&self, ast: &Ast, id: NodeId, prefix: &mut Vec<u16>) -> bool {
        match &ast.nodes[id] {
            Node::Empty | Node::Assert(_) | Node::Look(_) => true,
            Node::Char(c) => match units_of(*c, self.unicode) {
                Some(units) => {
                    prefix.extend(units);
                    true
                }
                None => false,
            },
            Node::Seq(items) => items.iter().all(|&item| self.prefix(ast, item, prefix)),
            Node::Group(_, body) => self.prefix(ast, *body, prefix),
            Node::Repeat(repeat) if repeat.min > 0 && repeat.max > 0 => {
                self.prefix(ast, repeat.node, prefix);
                false
            }
            _ => false,
        }
    }
}

/// Whether `id` can only match at the start of the input.
fn is_anchored(ast: &Ast, id: NodeId) -> bool {
    match &ast.nodes[id] {
        Node::Assert(Assertion::Start) => true,
        Node::Seq(items) => items.first().is_some_and(|&item| is_anchored(ast, item)),
        Node::Alt(items) => items.iter().all(|&item| is_anchored(ast, item)),
        Node::Group(_, body) => is_anchored(ast, *body),
        Node::Repeat(repeat) => repeat.min > 0 && is_anchored(ast, repeat.node),
        _ => false,
    }
}

/// Whether `id` is nothing but a row of characters.
pub(super) fn is_literal(ast: &Ast, id: NodeId, unicode: bool) -> bool {
    let is_char =
        |id: NodeId| matches!(ast.nodes[id], Node::Char(c) if units_of(c, unicode).is_some());
    match &ast.nodes[id] {
        Node::Seq(items) => items.iter().all(|&item| is_char(item)),
        _ => is_char(id),
    }
}
