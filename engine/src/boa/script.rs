//! Scripts, and functions compiled from a body of source.

use std::path::Path;

use boa_engine::{Script as InnerScript, Source};

use super::{
    context::Context,
    error::{Error, Result},
    function::Function,
    shared::Origin,
    value::Value,
};
use crate::{ScriptOrigin, SourceKind, nesting};

/// A compiled script that can be run, once or many times. Source: ECMA-262 <https://tc39.es/ecma262/#sec-scripts>.
#[derive(Clone, Debug)]
pub struct Script(InnerScript);

impl Script {
    /// Compiles `source`. Nothing runs yet.
    ///
    /// # Errors
    /// `SyntaxError`; `RangeError` when the source nests too deeply.
    pub fn compile(
        ctx: &mut Context,
        source: &str,
        origin: impl Into<ScriptOrigin>,
    ) -> Result<Self> {
        let origin = origin.into();
        ctx.check_nesting(source)?;
        ctx.note_origin(&origin, 0);
        let source = without_hashbang(source).into_owned();
        parse_or_retry(ctx, source, |ctx, text| {
            let source = Source::from_bytes(text).with_path(Path::new(&origin.name));
            let script = InnerScript::parse(source, None, &mut ctx.inner)?;
            script.codeblock(&mut ctx.inner)?;
            Ok(script)
        })
        .map(|(script, _)| Self(script))
        .map_err(|error| ctx.place_syntax_error(error, &origin))
    }

    /// Runs the script and returns its completion value. Microtasks are not run.
    ///
    /// # Errors
    /// Whatever the script throws.
    pub fn run(&self, ctx: &mut Context) -> Result<Value> {
        ctx.guarded(|ctx| self.0.evaluate(&mut ctx.inner))
            .map(Value)
    }

    /// As [`Script::run`]; this backend attaches nothing to a script.
    ///
    /// # Errors
    /// Whatever the script throws.
    pub fn run_as(&self, ctx: &mut Context, _host_defined: &Value) -> Result<Value> {
        self.run(ctx)
    }
}

/// As [`compile_function`]; this backend attaches nothing to a function.
///
/// # Errors
/// As [`compile_function`].
pub fn compile_function_as(
    ctx: &mut Context,
    body: &str,
    params: &[&str],
    origin: impl Into<ScriptOrigin>,
    _host_defined: &Value,
) -> Result<Function> {
    compile_function(ctx, body, params, origin)
}

/// Compiles `body` as the body of a function with these parameters, as CommonJS modules are.
///
/// Lines and columns in traces are those of the body; a leading `#!` line is ignored; `import()` inside reports
/// `origin.name` as its referrer.
///
/// # Errors
/// `SyntaxError` when `body` is no function body, even where it would close the wrapper and open another;
/// `RangeError` when it nests too deeply.
pub fn compile_function(
    ctx: &mut Context,
    body: &str,
    params: &[&str],
    origin: impl Into<ScriptOrigin>,
) -> Result<Function> {
    let origin = origin.into();
    ctx.check_nesting(body)?;
    let body = without_hashbang(body);
    let prefix = format!("(function ({}) {{", params.join(", "));
    let wrapped = format!("{prefix}{body}\n}})");
    ctx.note_origin(&origin, prefix.len());
    let (script, wrapped) = parse_or_retry(ctx, wrapped, |ctx, text| {
        let source = Source::from_bytes(text).with_path(Path::new(&origin.name));
        InnerScript::parse(source, None, &mut ctx.inner)
    })
    .map_err(|error| ctx.place_syntax_error(error, &origin))?;
    let function = Script(script).run(ctx)?.as_function();
    let whole =
        function.filter(|function| spans(ctx, function, wrapped.encode_utf16().count() - 2));
    whole.ok_or_else(|| {
        let error = Error::syntax_error("Unexpected token '}'");
        ctx.place_syntax_error(error, &origin)
    })
}

/// Parses `text`; where that fails over a call of something named `async`, the same text with that name in parentheses.
/// Gives the text that did parse, too.
pub(super) fn parse_or_retry<T>(
    ctx: &mut Context,
    text: String,
    parse: impl Fn(&mut Context, &str) -> boa_engine::JsResult<T>,
) -> Result<(T, String)> {
    let first = ctx.guarded(|ctx| parse(ctx, &text));
    let error = match first {
        Ok(parsed) => return Ok((parsed, text)),
        Err(error) => error,
    };
    let Some(changed) = super::async_calls::parenthesize(&text) else {
        return Err(error);
    };
    match ctx.guarded(|ctx| parse(ctx, &changed)) {
        Ok(parsed) => Ok((parsed, changed)),
        Err(_) => Err(error),
    }
}

/// Does the function's source text have this many code units? If not, the body closed the wrapper early.
fn spans(ctx: &mut Context, function: &Function, len: usize) -> bool {
    let to_string = ctx.captured().function_to_string.clone();
    let text = to_string.call(ctx, &Value::from(function), &[]);
    text.ok()
        .and_then(|text| text.as_string())
        .is_some_and(|text| text.len() == len)
}

/// Turns a leading `#!` into a comment of the same length.
fn without_hashbang(source: &str) -> std::borrow::Cow<'_, str> {
    match source.strip_prefix("#!") {
        Some(rest) => format!("//{rest}").into(),
        None => source.into(),
    }
}

impl Context {
    /// Remembers how positions in the source called `origin.name` are to be read.
    pub(super) fn note_origin(&self, origin: &ScriptOrigin, prefix_len: usize) {
        let place = Origin {
            line: i64::from(origin.line_offset),
            column: i64::from(origin.column_offset) - i64::try_from(prefix_len).unwrap_or(0),
        };
        let shared = &self.state().shared;
        if place == (Origin { line: 0, column: 0 }) {
            shared.origins.borrow_mut().remove(&origin.name);
        } else {
            shared
                .origins
                .borrow_mut()
                .insert(origin.name.clone(), place);
        }
    }

    /// Refuses sources that would exhaust the stack of a recursive parser.
    pub(super) fn check_nesting(&self, source: &str) -> Result<()> {
        if nesting::exceeds(source, self.state().max_nesting, nesting::Goal::default()) {
            return Err(Error::range_error("Maximum call stack size exceeded"));
        }
        Ok(())
    }
}

/// Lists the code that `source` compiles to.
///
/// # Errors
/// Always: this backend has no listing.
pub fn bytecode_listing(
    _source: &str,
    _origin: impl Into<ScriptOrigin>,
    _kind: SourceKind<'_>,
) -> Result<String> {
    Err(Error::type_error("this backend has no bytecode listing"))
}
