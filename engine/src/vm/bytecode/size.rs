//! How much memory code takes: for the heap's account.

use std::sync::Arc;

use super::{CodeTemplate, Constant, EvalScope, GlobalDeclarations, ScopeInfo, Source, Text};
use crate::vm::heap::allocated;

/// The two counts of an [`Arc`].
const COUNTS: usize = 16;

fn list<T>(items: &Vec<T>) -> usize {
    allocated(items.capacity() * size_of::<T>())
}

fn text(text: &Text) -> usize {
    match text {
        Text::Latin1(bytes) => allocated(bytes.len()),
        Text::Utf16(units) => allocated(units.len() * 2),
    }
}

fn texts(items: &Vec<Text>) -> usize {
    list(items) + items.iter().map(text).sum::<usize>()
}

impl Source {
    /// Bytes of the text and what belongs to it.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        allocated(size_of::<Self>() + COUNTS)
            + allocated(self.name.capacity())
            + allocated(self.text.capacity())
    }
}

impl CodeTemplate {
    /// Bytes of it and the functions in it, the source aside.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let mut bytes = 0;
        let mut pending = vec![self];
        while let Some(template) = pending.pop() {
            bytes += template.own_bytes();
            pending.extend(template.functions.iter().map(|inner| &**inner));
        }
        bytes
    }

    fn own_bytes(&self) -> usize {
        let constants = self.constants.iter().map(|constant| match constant {
            Constant::Text(constant) => text(constant),
            Constant::Source(..) | Constant::Number(_) => 0,
            Constant::BigInt(digits) => allocated(digits.len()),
        });
        let sites = self.templates.iter().map(|site| {
            let parts = site.parts.iter();
            let texts = parts.map(|(cooked, raw)| cooked.as_ref().map_or(0, text) + text(raw));
            list(&site.parts) + texts.sum::<usize>()
        });
        allocated(size_of::<Self>() + COUNTS)
            + self.name.as_ref().map_or(0, text)
            + self
                .inferred_name
                .as_ref()
                .map_or(0, |name| allocated(name.capacity()))
            + list(&self.words)
            + list(&self.constants)
            + constants.sum::<usize>()
            + list(&self.functions)
            + list(&self.handlers)
            + list(&self.positions)
            + list(&self.scopes)
            + self.scopes.iter().map(scope).sum::<usize>()
            + list(&self.evals)
            + self.evals.iter().map(eval).sum::<usize>()
            + list(&self.globals)
            + self.globals.iter().map(globals).sum::<usize>()
            + list(&self.templates)
            + sites.sum::<usize>()
            + list(&self.argument_maps)
            + self.argument_maps.iter().map(list).sum::<usize>()
    }
}

fn scope(info: &Arc<ScopeInfo>) -> usize {
    let names = info.bindings.iter().map(|binding| text(&binding.name));
    allocated(size_of::<ScopeInfo>() + COUNTS) + list(&info.bindings) + names.sum::<usize>()
}

fn eval(scope: &Arc<EvalScope>) -> usize {
    allocated(size_of::<EvalScope>() + COUNTS) + texts(&scope.private_names) + list(&scope.scopes)
}

fn globals(names: &GlobalDeclarations) -> usize {
    [
        &names.lets,
        &names.consts,
        &names.vars,
        &names.functions,
        &names.annex_b,
    ]
    .into_iter()
    .map(texts)
    .sum()
}
