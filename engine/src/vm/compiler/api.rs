//! What the rest of the VM calls: source in, templates out.

use std::cell::Cell;
use std::sync::Arc;

use oxc_ast::ast::{FunctionType, Program, Statement};
use rustc_hash::FxHashSet;

use super::analysis::{Top, analyze};
use super::emitter::text_of;
use super::error::{CompileError, CompileErrorKind};
use super::function::{Body, Gen, Meta, Res, STEPS, Unit, compile};
use super::hoist::{Lexical, VarNames, lexical_names};
use super::module::{ModuleTemplate, compile_unit};
use crate::vm::bytecode::{
    CodeTemplate, EvalOrigin, EvalScope, FunctionKind, GlobalDeclarations, Op, Source,
};
use crate::vm::front::{Goal, Parsed, Poll, parse};
use crate::vm::text::StandIns;

/// How a script is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScriptOptions {
    /// Strict mode code even without a directive.
    pub strict: bool,
}

/// Which constructor makes a function from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DynamicFunctionKind {
    /// `Function`.
    Normal,
    /// `GeneratorFunction`.
    Generator,
    /// `AsyncFunction`.
    Async,
    /// `AsyncGeneratorFunction`.
    AsyncGenerator,
}

const STRICT_PREFIX: &str = "'use strict';";

/// Compiles a script. `poll` is asked now and then whether to go on.
///
/// # Errors
/// What an early error or too deep nesting makes of it, or `poll`.
pub fn compile_script(
    source: Arc<Source>,
    options: ScriptOptions,
    poll: &Poll<'_>,
) -> Result<Arc<CodeTemplate>, CompileError> {
    let source = if options.strict {
        strict_source(&source)
    } else {
        source
    };
    let result = parse(&source, Goal::Script, None, poll, |parsed| {
        let strict = has_use_strict(parsed.program);
        let unit = unit(&parsed, Top::Script, strict)?;
        toplevel(&unit, parsed.program)
    });
    result.map_err(|error| placed(error, &source))
}

/// Compiles a module.
///
/// # Errors
/// As [`compile_script`].
pub fn compile_module(
    source: Arc<Source>,
    poll: &Poll<'_>,
) -> Result<Arc<ModuleTemplate>, CompileError> {
    let result = parse(&source, Goal::Module, None, poll, |parsed| {
        let unit = unit(&parsed, Top::Module, true)?;
        compile_unit(&unit, &parsed.program.body).map(Arc::new)
    });
    result.map_err(|error| placed(error, &source))
}

/// Compiles a text as the body of a function with these parameters: a CommonJS module.
///
/// # Errors
/// As [`compile_script`]; text that would end the body early is a syntax error.
pub fn compile_function(
    source: Arc<Source>,
    params: &[&str],
    poll: &Poll<'_>,
) -> Result<Arc<CodeTemplate>, CompileError> {
    let params: Vec<String> = params.iter().map(|&name| name.to_owned()).collect();
    let result = parse(&source, Goal::FunctionBody, None, poll, move |parsed| {
        let names = params.iter();
        let names: Vec<&str> = names
            .map(|name| parsed.allocator.alloc_str(name) as &str)
            .collect();
        let names: &[&str] = parsed.allocator.alloc_slice_copy(&names);
        let program = parsed.program;
        let unit = unit(&parsed, Top::Function(names), has_use_strict(program))?;
        let meta = Meta {
            kind: FunctionKind::Normal,
            span: (0, parsed.source.text.len() as u32),
            length: names.len() as u16,
            ..Meta::default()
        };
        compile(&unit, 0, None, Body::Program(&program.body), meta)
    });
    result.map_err(|error| placed(error, &source))
}

/// Compiles what `new Function(params, body)` and its relatives make; `stand_ins` are those of both texts. Source: ECMA-262 CreateDynamicFunction.
///
/// # Errors
/// As [`compile_script`]; parameters and body must each stand on their own.
pub fn compile_dynamic_function(
    kind: DynamicFunctionKind,
    params: &str,
    body: &str,
    stand_ins: Option<StandIns>,
    eval_origin: Option<EvalOrigin>,
    poll: &Poll<'_>,
) -> Result<Arc<CodeTemplate>, CompileError> {
    let prefix = match kind {
        DynamicFunctionKind::Normal => "function",
        DynamicFunctionKind::Generator => "function*",
        DynamicFunctionKind::Async => "async function",
        DynamicFunctionKind::AsyncGenerator => "async function*",
    };
    let head = format!("{prefix} anonymous({params}\n) {{\n");
    let close = head.len() - " {\n".len();
    let text = format!("{head}{body}\n}}");
    let end = text.len();
    let source = Arc::new(Source {
        text,
        stand_ins,
        eval_origin,
        column_offset: Source::FUNCTION_COLUMN,
        ..Source::default()
    });
    let result = parse(&source, Goal::Script, None, poll, move |parsed| {
        let [Statement::FunctionDeclaration(function)] = parsed.program.body.as_slice() else {
            return Err(CompileError::syntax(
                "Unexpected token ')'",
                &parsed.source.text,
                0,
            ));
        };
        let whole = function.span.end as usize == end
            && function.params.span.end as usize == close
            && function.r#type == FunctionType::FunctionDeclaration;
        if !whole {
            let message = "Arg string terminates parameters early";
            return Err(CompileError::syntax(message, &parsed.source.text, 0));
        }
        let unit = unit(&parsed, Top::Script, false)?;
        let outer = Gen::new(&unit, 0, Meta::default(), false);
        outer.function_template(
            function,
            Some(text_of("anonymous")),
            FunctionKind::Normal,
            function.span,
            false,
        )
    });
    result.map_err(|error| placed(error, &source))
}

/// Compiles eval code. `scope`: what a direct eval sees; `strict`: called from strict mode code.
///
/// The template's callee environment is the environment of the call, its value the completion value.
///
/// # Errors
/// As [`compile_script`].
pub fn compile_eval(
    source: Arc<Source>,
    scope: Option<Arc<EvalScope>>,
    strict: bool,
    poll: &Poll<'_>,
) -> Result<Arc<CodeTemplate>, CompileError> {
    let source = if strict {
        strict_source(&source)
    } else {
        source
    };
    let result = parse(&source, Goal::Script, scope, poll, |parsed| {
        let strict = has_use_strict(parsed.program);
        let unit = unit(&parsed, Top::Eval { strict }, strict)?;
        toplevel(&unit, parsed.program)
    });
    result.map_err(|error| placed(error, &source))
}

fn unit<'a>(parsed: &Parsed<'a, 'a>, top: Top<'a>, strict: bool) -> Res<Unit<'a>> {
    let (source, depth, poll) = (parsed.source, parsed.depth, parsed.poll);
    let analysis = analyze(parsed, top, strict);
    if analysis.stopped {
        return Err(CompileError::stopped());
    }
    if analysis.too_deep {
        return Err(CompileError::too_deep());
    }
    if let Some((offset, message)) = analysis.early_error {
        return Err(CompileError::syntax(message, &source.text, offset));
    }
    Ok(Unit {
        analysis,
        source: Arc::clone(source),
        top,
        prefix: if source.text.starts_with(STRICT_PREFIX) && source.column_offset < 0 {
            STRICT_PREFIX.len() as u32
        } else {
            0
        },
        external: parsed.scope,
        depth: Cell::new(depth),
        poll,
        steps: Cell::new(STEPS),
        inferred: Default::default(),
        spare: Default::default(),
    })
}

/// Compiles a script or eval.
fn toplevel<'a>(unit: &Unit<'a>, program: &Program<'a>) -> Res<Arc<CodeTemplate>> {
    let meta = Meta {
        kind: FunctionKind::Toplevel,
        span: (0, unit.source.text.len() as u32),
        ..Meta::default()
    };
    for long in [false, true] {
        let mut code = Gen::new(unit, 0, meta.clone(), long);
        code.toplevel(program)?;
        code.code.resolve();
        if !code.code.overflow || long {
            return Ok(Arc::new(code.finish(0)));
        }
    }
    Err(CompileError::range("function too large"))
}

impl<'a> Gen<'a, '_> {
    fn toplevel(&mut self, program: &Program<'a>) -> Res<()> {
        let list = program.body.as_slice();
        self.prologue()?;
        self.count(self.meta.span.0, self.meta.span.1);
        let completion = self.temp()?;
        self.code.emit(Op::LoadUndef, 0, completion, 0, 0);
        self.completion = Some(completion);
        match self.unit.top {
            Top::Script => self.declare_globals(list)?,
            Top::Eval { strict: false } => {
                self.allocate(0, list)?;
                self.declare_eval(list)?;
            }
            _ => self.hoist(list)?,
        }
        if let Some(directive) = program.directives.last()
            && directive.span.start >= self.unit.prefix
        {
            self.load_string(&directive.expression, Some(completion))?;
        }
        self.body_statements(list)?;
        if !self.code.dead {
            self.code.emit(Op::Return, 0, completion, 0, 0);
        }
        Ok(())
    }

    /// Source: ECMA-262 GlobalDeclarationInstantiation.
    fn declare_globals(&mut self, list: &[Statement<'a>]) -> Res<()> {
        let mut globals = GlobalDeclarations::default();
        // A function counts where its last declaration stands; everything else where its first does.
        let (mut functions, mut seen) = (Vec::new(), FxHashSet::default());
        lexical_names(list, false, &mut |name, _, what| match what {
            Lexical::Let(_) | Lexical::Class(_) => globals.lets.push(text_of(name)),
            Lexical::Const(_) | Lexical::Using(_) => globals.consts.push(text_of(name)),
            Lexical::Function { .. } => functions.push(name),
        });
        for name in functions.into_iter().rev() {
            if seen.insert(name) {
                globals.functions.push(text_of(name));
            }
        }
        globals.functions.reverse();
        for (name, _) in VarNames::collect(list, false).names {
            if seen.insert(name) {
                globals.vars.push(text_of(name));
            }
        }
        for name in &self.unit.analysis.annex_b_names {
            if seen.insert(name) {
                globals.annex_b.push(text_of(name));
            }
        }
        if globals == GlobalDeclarations::default() {
            return Ok(());
        }
        self.globals.push(globals);
        self.code.emit_w1(Op::DeclareGlobals, 0, 0, 0, 0, 0);
        self.define_functions(list, false)
    }
}

fn has_use_strict(program: &Program<'_>) -> bool {
    program
        .directives
        .iter()
        .any(|directive| directive.directive == "use strict")
}

/// The source as strict mode code: a directive goes before it, on the same line.
fn strict_source(source: &Source) -> Arc<Source> {
    // A hashbang line is a comment at the very start only.
    let text = match source.text.strip_prefix("#!") {
        Some(rest) => format!("{STRICT_PREFIX}//{rest}"),
        None => format!("{STRICT_PREFIX}{}", source.text),
    };
    Arc::new(Source {
        name: source.name.clone(),
        text,
        line_offset: source.line_offset,
        column_offset: source.column_offset - STRICT_PREFIX.len() as i32,
        stand_ins: source.stand_ins,
        is_module: source.is_module,
        eval_origin: source.eval_origin.clone(),
        ..Source::default()
    })
}

/// Moves an error's line and column to where the text stands in its file.
fn placed(mut error: CompileError, source: &Source) -> CompileError {
    if error.kind == CompileErrorKind::Syntax {
        if error.line == 1 {
            error.column = error
                .column
                .saturating_add_signed(source.column_offset)
                .max(1);
        }
        error.line = error.line.saturating_add_signed(source.line_offset).max(1);
    }
    error
}
