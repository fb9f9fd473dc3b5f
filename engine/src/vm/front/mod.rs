//! The front-end: from source text to a checked syntax tree.
//!
//! `oxc_parser` parses, `oxc_semantic` finds the early errors that the parser leaves; this folder guards both against
//! deep nesting and says errors in V8's words. Names are resolved by the compiler's own scope walk.

mod describe;
mod message;
mod stack;
mod token;

pub(in crate::vm) use describe::{Answer, Asked, ask};

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_diagnostics::OxcDiagnostic;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{SemanticBuilder, Stats};
use oxc_span::SourceType;

use super::bytecode::{Source, Text};
use super::compiler::CompileError;

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

/// What eval code may use beyond a script, from where it is called.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::vm) struct Context<'s> {
    /// `new.target`.
    pub(in crate::vm) new_target: bool,
    /// `super.x`.
    pub(in crate::vm) super_property: bool,
    /// `super()`.
    pub(in crate::vm) super_call: bool,
    /// Private names of the classes around, without `#`.
    pub(in crate::vm) private_names: &'s [Text],
}

/// A parsed source.
pub(in crate::vm) struct Parsed<'a, 'p> {
    /// Where names may be put.
    pub(in crate::vm) allocator: &'a Allocator,
    /// The syntax tree.
    pub(in crate::vm) program: &'p Program<'a>,
    /// How deep a walk may recurse.
    pub(in crate::vm) depth: u32,
    /// Whom a walk asks.
    pub(in crate::vm) poll: &'p Poll<'p>,
}

/// Told now and then how many steps were taken: may it go on?
pub(in crate::vm) type Poll<'p> = dyn Fn(u32) -> bool + 'p;

/// Longer sources are worth asking about between two passes.
const LONG: usize = 64 << 10;
/// How many bytes of source a pass over them does in a step.
const BYTES_A_STEP: usize = 64;

/// Parses `source` and hands the tree to `work`, on a stack that is big enough for both.
pub(in crate::vm) fn parse<R: Send>(
    source: &Source,
    goal: Goal,
    context: Context<'_>,
    poll: &Poll<'_>,
    work: impl for<'a> Fn(Parsed<'a, '_>) -> Result<R, CompileError> + Sync,
) -> Result<R, CompileError> {
    stack::run(&source.text, goal == Goal::Module, poll, |depth, poll| {
        let go_on = || go_on(source, poll);
        go_on()?;
        let allocator = Allocator::default();
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
        let parsed = Parser::new(&allocator, &source.text, kind)
            .with_options(options)
            .parse();
        refuse(
            source,
            &context,
            parsed.diagnostics.errors(),
            parsed.panicked,
        )?;
        go_on()?;
        let program = allocator.alloc(parsed.program);
        // A guess saves the checker a walk of its own to count.
        let bytes = source.text.len() as u32;
        let guess = Stats::new(bytes / 4, bytes / 80, bytes / 40, bytes / 12);
        let checked = SemanticBuilder::new_compiler()
            .with_stats(guess)
            .build(program);
        refuse(source, &context, checked.diagnostics.errors(), false)?;
        drop(checked);
        go_on()?;
        work(Parsed {
            allocator: &allocator,
            program,
            depth,
            poll,
        })
    })
}

/// Asks before a pass over a long source: none of the parser's own can be stopped.
fn go_on(source: &Source, poll: &Poll<'_>) -> Result<(), CompileError> {
    let bytes = source.text.len();
    if bytes > LONG && !poll((bytes / BYTES_A_STEP) as u32) {
        return Err(CompileError::stopped());
    }
    Ok(())
}

/// The first error that stands.
fn refuse<'d>(
    source: &Source,
    context: &Context<'_>,
    errors: impl Iterator<Item = &'d OxcDiagnostic>,
    panicked: bool,
) -> Result<(), CompileError> {
    let mut first: Option<(u32, &OxcDiagnostic)> = None;
    for error in errors {
        if allowed(context, &error.message) {
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

/// Is it an error in a script, but not in this eval code?
fn allowed(context: &Context<'_>, message: &str) -> bool {
    if message.starts_with("Unexpected new.target") {
        return context.new_target;
    }
    if message.starts_with("Super calls are not permitted")
        || message.starts_with("'super' can only be referenced in a derived class")
    {
        return context.super_call;
    }
    if message.starts_with("'super' can only be referenced in members") {
        return context.super_property;
    }
    let private = message
        .strip_prefix("Private field '#")
        .or_else(|| message.strip_prefix("Private identifier '#"));
    if let Some(rest) = private
        && let Some((name, _)) = rest.split_once('\'')
    {
        return context.private_names.iter().any(|known| match known {
            Text::Latin1(bytes) => {
                name.is_ascii() && &**bytes == name.as_bytes()
                    || name
                        .chars()
                        .map(|c| c as u32)
                        .eq(bytes.iter().map(|&b| u32::from(b)))
            }
            Text::Utf16(units) => name.encode_utf16().eq(units.iter().copied()),
        });
    }
    false
}
