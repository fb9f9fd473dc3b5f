//! The early errors that the parser leaves to the scope walk: what a text of right grammar may still not say.
//!
//! The walk knows every name, function and strictness, so that its visitor only has to ask: redeclarations and reserved
//! words in `names`, labels and jumps in `jumps`, what only some functions may use in `places`, what strict mode
//! forbids in `strict`, classes in `classes`. The first error by position counts. Messages are V8's.
//! Source: ECMA-262, the "Static Semantics: Early Errors" of each production; Annex B.3.

mod classes;
mod jumps;
mod names;
mod places;
mod strict;

use super::analysis::Walker;
use crate::vm::bytecode::EvalScope;

pub(super) use jumps::Label;

/// The walk's state for early errors.
#[derive(Default)]
pub(super) struct Early<'a> {
    /// The first error: where, and its message.
    first: Option<(u32, String)>,
    /// What a direct eval sees.
    scope: Option<&'a EvalScope>,
    /// Labels around, those of outer functions included.
    labels: Vec<Label<'a>>,
    /// What is around in the current function.
    around: Around,
    /// Functions in blocks that are generators or async: they may not be declared twice even in sloppy mode.
    special_functions: Vec<u32>,
    /// Lexical names of the body being declared that are variables too.
    clashes: Vec<(&'a str, u32)>,
    /// Scopes of `catch` clauses that take apart what they caught.
    patterns: Vec<u32>,
    /// Where the module's item begins that is being visited.
    item: u32,
}

/// What is around a place, as far as its function.
#[derive(Clone, Copy, Default)]
pub(super) struct Around {
    loops: u32,
    switches: u32,
    /// The function's first label.
    first_label: usize,
    /// Parameters, not the body.
    in_params: bool,
    /// A static block, with the parameters of its arrow functions: `await` is neither operator nor name.
    in_static_block: bool,
}

impl<'a> Early<'a> {
    pub(super) fn new(scope: Option<&'a EvalScope>) -> Self {
        Self {
            scope,
            ..Self::default()
        }
    }

    /// The first error.
    pub(super) fn into_error(self) -> Option<(u32, String)> {
        self.first
    }

    /// Remembers an error unless an earlier one is known.
    #[cold]
    pub(super) fn report(&mut self, at: u32, message: impl Into<String>) {
        if self.first.as_ref().is_none_or(|&(first, _)| at < first) {
            self.first = Some((at, message.into()));
        }
    }
}

impl Walker<'_> {
    /// Goes on to the item of the program that begins at `start`.
    pub(super) fn enter_item(&mut self, start: u32) {
        self.early.item = start;
    }

    /// Enters a function, or what counts as one: jumps do not leave it.
    pub(super) fn enter_code(&mut self, in_static_block: bool) -> Around {
        let inner = Around {
            first_label: self.early.labels.len(),
            in_static_block,
            ..Around::default()
        };
        std::mem::replace(&mut self.early.around, inner)
    }

    pub(super) fn leave_code(&mut self, outer: Around) {
        self.early.around = outer;
    }

    pub(super) fn in_static_block(&self) -> bool {
        self.early.around.in_static_block
    }

    pub(super) fn enter_params(&mut self) {
        self.early.around.in_params = true;
    }

    pub(super) fn enter_body(&mut self) {
        self.early.around.in_params = false;
        self.early.around.in_static_block = false;
    }
}
