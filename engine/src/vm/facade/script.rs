//! Scripts, and functions compiled from a body of source.

use std::sync::Arc;

use super::{
    context::Context,
    error::{Error, Result},
    function::Function,
    module::script_referrer,
    object::Object,
    value::Value,
};
use crate::{
    ScriptOrigin, SourceKind, SourceLocation,
    vm::{
        bytecode::{CodeTemplate, Source, listing::list},
        compiler::{self, CompileError, CompileErrorKind},
        value::Value as Raw,
    },
};

/// A compiled script that can be run, once or many times. Source: ECMA-262 <https://tc39.es/ecma262/#sec-scripts>.
#[derive(Clone, Debug)]
pub struct Script(Arc<CodeTemplate>);

impl ScriptOrigin {
    /// The compiler's source.
    pub(super) fn source(self, ctx: &mut Context, text: &str) -> Arc<Source> {
        Arc::new(Source {
            name: self.name,
            text: text.to_owned(),
            line_offset: self.line_offset,
            column_offset: self.column_offset,
            coverage: ctx.vm().debug.coverage.is_some(),
            ..Source::default()
        })
    }
}

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
        ctx.check_source(source)?;
        let source = origin.into().source(ctx, source);
        let options = compiler::ScriptOptions::default();
        let template = ctx
            .vm()
            .compiling(|poll| compiler::compile_script(Arc::clone(&source), options, poll))
            .map_err(|error| refused(error, &source.name))?;
        ctx.vm().cover(&template);
        Ok(Self(template))
    }

    /// Runs the script and returns its completion value. Microtasks are not run.
    ///
    /// # Errors
    /// Whatever the script throws.
    pub fn run(&self, ctx: &mut Context) -> Result<Value> {
        self.run_as(ctx, &Value::undefined())
    }

    /// As [`Script::run`], of a script that carries `host_defined`: the host gets it with each `import()` in the script and in
    /// whatever code the script makes ([`crate::ModuleHost::import_dynamically`]).
    ///
    /// # Errors
    /// Whatever the script throws.
    pub fn run_as(&self, ctx: &mut Context, host_defined: &Value) -> Result<Value> {
        let raw = ctx.guarded(|vm| {
            let realm = vm.realm;
            let host = script_referrer(vm, &self.0.source.name, host_defined);
            let code = vm.link(&self.0, realm, host);
            let this = vm.realms[realm as usize].global_this;
            vm.run_code(code, Raw::NULL, this)
        })?;
        Ok(Value::own(ctx.vm(), raw))
    }
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
    compile_function_as(ctx, body, params, origin, &Value::undefined())
}

/// As [`compile_function`], of a function that carries `host_defined`, as [`Script::run_as`] says.
///
/// # Errors
/// As [`compile_function`].
pub fn compile_function_as(
    ctx: &mut Context,
    body: &str,
    params: &[&str],
    origin: impl Into<ScriptOrigin>,
    host_defined: &Value,
) -> Result<Function> {
    ctx.check_source(body)?;
    let source = Arc::new(Source {
        params: Some(params.join(", ").into()),
        ..Arc::unwrap_or_clone(origin.into().source(ctx, body))
    });
    let template = ctx
        .vm()
        .compiling(|poll| compiler::compile_function(Arc::clone(&source), params, poll))
        .map_err(|error| refused(error, &source.name))?;
    let vm = ctx.vm();
    vm.cover(&template);
    let realm = vm.realm;
    let host = script_referrer(vm, &source.name, host_defined);
    let code = vm.link(&template, realm, host);
    let function = vm.new_closure(code, Raw::NULL);
    Function::from_object(Object::own(function))
        .ok_or_else(|| Error::internal("a closure is no function"))
}

/// Lists the code that `source` compiles to, function by function. Nothing runs.
///
/// # Errors
/// `SyntaxError`; `RangeError` when the source nests too deeply.
pub fn bytecode_listing(
    source: &str,
    origin: impl Into<ScriptOrigin>,
    kind: SourceKind<'_>,
) -> Result<String> {
    let origin = origin.into();
    let source = Arc::new(Source {
        name: origin.name,
        text: source.to_owned(),
        line_offset: origin.line_offset,
        column_offset: origin.column_offset,
        is_module: kind == SourceKind::Module,
        ..Source::default()
    });
    let compiled = match kind {
        SourceKind::Script => {
            let options = compiler::ScriptOptions::default();
            compiler::compile_script(Arc::clone(&source), options, &|_| true)
                .map(|code| list(&code))
        }
        SourceKind::Module => compiler::compile_module(Arc::clone(&source), &|_| true)
            .map(|module| format!("{}\n{}", list(&module.init), list(&module.body))),
        SourceKind::Function(params) => {
            compiler::compile_function(Arc::clone(&source), params, &|_| true)
                .map(|code| list(&code))
        }
    };
    compiled.map_err(|error| refused(error, &source.name))
}

/// What the compiler refused, as an error.
pub(super) fn refused(error: CompileError, name: &str) -> Error {
    let location = SourceLocation {
        file: name.to_owned(),
        line: error.line,
        column: error.column,
    };
    match error.kind {
        CompileErrorKind::Syntax => Error::syntax_error(error.message).with_location(location),
        CompileErrorKind::Range => Error::range_error(error.message),
        CompileErrorKind::Stopped => Error::terminated(),
    }
}
