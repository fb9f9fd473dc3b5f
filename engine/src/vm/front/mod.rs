//! The front-end: from source text to a checked syntax tree.
//!
//! `oxc_parser` parses; this folder guards it against deep nesting and says its errors in V8's words. Names are resolved,
//! and the early errors that the parser leaves are found, by the compiler's own scope walk.

mod aside;
mod describe;
mod message;
mod stack;
mod token;

pub(in crate::vm) use describe::{Answer, Asked, ask};

use std::sync::Arc;

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_diagnostics::OxcDiagnostic;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::bytecode::{EvalScope, Source};
use super::compiler::CompileError;
use crate::nesting;

/// What a source is parsed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vm) enum Goal {
    /// A script, or eval code.
    Script,
    /// A module.
    Module,
    /// The body of a function: `return` and `new.target` are allowed.
    FunctionBody,
}

/// A parsed source.
pub(in crate::vm) struct Parsed<'a, 'p> {
    /// Where names may be put.
    pub(in crate::vm) allocator: &'a Allocator,
    /// The text.
    pub(in crate::vm) source: &'p Arc<Source>,
    /// The syntax tree.
    pub(in crate::vm) program: &'p Program<'a>,
    /// What a direct eval sees.
    pub(in crate::vm) scope: Option<&'p EvalScope>,
    /// How deep a walk may recurse.
    pub(in crate::vm) depth: u32,
    /// Whom a walk asks.
    pub(in crate::vm) poll: &'p Poll<'p>,
}

/// Told now and then how many steps were taken (none: only time went by): may it go on?
pub(in crate::vm) type Poll<'p> = dyn Fn(u32) -> bool + 'p;

/// Longer sources are worth asking about between two passes.
const WORTH_ASKING: usize = 64 << 10;
/// How many bytes of source a pass over them does in a step.
const BYTES_A_STEP: usize = 64;

/// Parses `source` and hands the tree to `work`, on a stack that is big enough for both. `scope`: what a direct eval sees.
pub(in crate::vm) fn parse<R: Send + 'static>(
    source: &Arc<Source>,
    goal: Goal,
    scope: Option<Arc<EvalScope>>,
    poll: &Poll<'_>,
    work: impl for<'a> Fn(Parsed<'a, '_>) -> Result<R, CompileError> + Send + Sync + 'static,
) -> Result<R, CompileError> {
    let owned = Arc::clone(source);
    let compile = move |depth: u32, poll: &Poll<'_>| {
        let source = &*owned;
        go_on(source, poll)?;
        let allocator = Allocator::default();
        let program = parse_program(&allocator, source, goal)?;
        go_on(source, poll)?;
        work(Parsed {
            allocator: &allocator,
            source: &owned,
            program: &program,
            scope: scope.as_deref(),
            depth,
            poll,
        })
    };
    let nesting = nesting_goal(goal == Goal::Module);
    if source.text.len() >= aside::LONG {
        aside::run(source, nesting, poll, compile)
    } else {
        stack::run(&source.text, nesting, poll, compile)
    }
}

/// What counts as nesting.
fn nesting_goal(module: bool) -> nesting::Goal {
    nesting::Goal { module, left: true }
}

/// The syntax tree of `source`, unless the grammar forbids it.
fn parse_program<'a>(
    allocator: &'a Allocator,
    source: &'a Source,
    goal: Goal,
) -> Result<Program<'a>, CompileError> {
    let kind = match goal {
        Goal::Script => SourceType::script(),
        Goal::Module => SourceType::mjs(),
        Goal::FunctionBody => SourceType::cjs(),
    };
    let options = ParseOptions {
        allow_return_outside_function: goal == Goal::FunctionBody,
        preserve_parens: false,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(allocator, &source.text, kind)
        .with_options(options)
        .parse();
    refuse(source, parsed.diagnostics.errors(), parsed.panicked)?;
    Ok(parsed.program)
}

/// Asks before a pass over a long source: none of the parser's own can be stopped.
fn go_on(source: &Source, poll: &Poll<'_>) -> Result<(), CompileError> {
    let bytes = source.text.len();
    if bytes > WORTH_ASKING && !poll((bytes / BYTES_A_STEP) as u32) {
        return Err(CompileError::stopped());
    }
    Ok(())
}

/// The first error that stands.
fn refuse<'d>(
    source: &Source,
    errors: impl Iterator<Item = &'d OxcDiagnostic>,
    panicked: bool,
) -> Result<(), CompileError> {
    let mut first: Option<(u32, &OxcDiagnostic)> = None;
    for error in errors {
        // The scope walk knows better.
        if error.message.starts_with("Unexpected new.target") {
            continue;
        }
        let at = message::offset_of(error);
        if first.is_none_or(|(offset, _)| at < offset) {
            first = Some((at, error));
        }
    }
    match first {
        Some((_, error)) => Err(message::translate(error, &source.text)),
        None if panicked => Err(CompileError::syntax(
            "Invalid or unexpected token",
            &source.text,
            0,
        )),
        None => Ok(()),
    }
}
