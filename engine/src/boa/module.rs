//! ECMAScript modules: source text and synthetic ones.

use std::{cell::RefCell, path::Path, path::PathBuf, rc::Rc};

use boa_engine::{
    JsString as InnerString, Source,
    module::{Module as InnerModule, SyntheticModule as InnerSynthetic},
};

use super::{
    cast, closure,
    context::Context,
    error::{Error, Result},
    hooks::path_name,
    object::Object,
    promise::Promise,
    string::JsString,
    value::Value,
};
use crate::{ModuleStatus, PromiseState, ScriptOrigin};

/// A module: compile or make it, [`Module::link`] it, [`Module::evaluate`] it.
///
/// Cloning refers to the same module. Source: ECMA-262 <https://tc39.es/ecma262/#sec-modules>.
#[derive(Clone, Debug)]
pub struct Module(InnerModule);

/// Sets the exports of a synthetic module while it evaluates.
#[derive(Debug)]
pub struct SyntheticExports<'a>(&'a InnerSynthetic);

impl SyntheticExports<'_> {
    /// Gives the export `name` its value.
    ///
    /// # Errors
    /// `ReferenceError` or `TypeError` when the module was not declared with that export.
    pub fn set(&self, name: &str, value: impl Into<Value>) -> Result<()> {
        self.0
            .set_export(&JsString::from(name).0, value.into().0)
            .map_err(Error::from_inner)
    }
}

impl Module {
    /// Specifier and attributes of each of its import requests, in order.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn requests(&self, _: &mut Context) -> Result<Vec<crate::ModuleRequest>> {
        Err(Error::unsupported("linking modules by hand"))
    }

    /// Makes `value` what the host gets with each `import()` in the module.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn set_host_defined(&self, _: &mut Context, _: &Value) -> Result<()> {
        Err(Error::unsupported("a value attached to a module"))
    }

    /// Gives the request at `index` its module, instead of the host's [`crate::ModuleHost`].
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn set_request(&self, _: &mut Context, _: usize, _: &Self) -> Result<()> {
        Err(Error::unsupported("linking modules by hand"))
    }

    /// Sets an export of a synthetic module, at any time; was it declared?
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn set_export(&self, _: &mut Context, _: &str, _: &Value) -> Result<bool> {
        Err(Error::unsupported("linking modules by hand"))
    }

    /// Makes `meta` its `import.meta`.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn set_import_meta(&self, _: &mut Context, _: &Object) -> Result<()> {
        Err(Error::unsupported("linking modules by hand"))
    }

    /// How far it is.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn status(&self, _: &mut Context) -> Result<ModuleStatus> {
        Err(Error::unsupported("linking modules by hand"))
    }

    /// What its evaluation threw.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn error(&self, _: &mut Context) -> Result<Option<Value>> {
        Err(Error::unsupported("linking modules by hand"))
    }

    /// Has it a top-level `await`?
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn has_top_level_await(&self, _: &mut Context) -> Result<bool> {
        Err(Error::unsupported("linking modules by hand"))
    }

    /// Compiles a source text module. Nothing is loaded or run yet.
    ///
    /// # Errors
    /// `SyntaxError`; `RangeError` when the source nests too deeply.
    pub fn compile(ctx: &mut Context, source: &str, name: &str) -> Result<Self> {
        let origin = ScriptOrigin::new(name);
        ctx.check_nesting(source)?;
        ctx.note_origin(&origin, 0);
        super::script::parse_or_retry(ctx, source.to_owned(), |ctx, text| {
            let source = Source::from_bytes(text).with_path(Path::new(name));
            InnerModule::parse(source, None, &mut ctx.inner)
        })
        .map(|(module, _)| Self(module))
        .map_err(|error| ctx.place_syntax_error(error, &origin))
    }

    /// A module whose exports Rust sets: `evaluate` runs once, when the module is evaluated.
    #[must_use]
    pub fn synthetic<F>(ctx: &mut Context, name: &str, exports: &[&str], evaluate: F) -> Self
    where
        F: FnOnce(&mut Context, &SyntheticExports<'_>) -> Result<()> + 'static,
    {
        let names: Vec<InnerString> = exports.iter().map(|name| JsString::from(*name).0).collect();
        let steps = RefCell::new(Some(evaluate));
        let steps = closure::synthetic_steps(move |module, inner| {
            let ctx = cast::context(inner);
            let Some(evaluate) = steps.borrow_mut().take() else {
                return Ok(());
            };
            evaluate(ctx, &SyntheticExports(module)).map_err(|error| error.into_inner(ctx))
        });
        Self(InnerModule::synthetic(
            &names,
            steps,
            Some(PathBuf::from(name)),
            None,
            &mut ctx.inner,
        ))
    }

    /// A module with one export, `default`: the value of the JSON text.
    ///
    /// # Errors
    /// `SyntaxError` when the text is not JSON.
    pub fn json(ctx: &mut Context, text: &str, name: &str) -> Result<Self> {
        let value = ctx.json_parse(text)?;
        Ok(Self::synthetic(
            ctx,
            name,
            &["default"],
            move |_, exports| exports.set("default", value),
        ))
    }

    /// The name that it was compiled under.
    #[must_use]
    pub fn name(&self) -> String {
        path_name(self.0.path())
    }

    /// Loads everything that it imports, through the host, and links the graph. Runs no JavaScript.
    ///
    /// # Errors
    /// What the host throws for an import; `SyntaxError` for an import that has no matching export.
    pub fn link(&self, ctx: &mut Context) -> Result<()> {
        let promise = ctx.guarded(|ctx| Ok(self.0.load(&mut ctx.inner)))?;
        let promise = Promise::from_object(Object(promise.into()))
            .ok_or_else(|| Error::internal("loading gave no promise"))?;
        let jobs = Rc::clone(&ctx.state().jobs);
        jobs.run_loads(ctx);
        match promise.state() {
            PromiseState::Fulfilled(_) => {}
            PromiseState::Rejected(reason) => {
                promise.mark_handled(ctx);
                return Err(Error::from_value(reason));
            }
            PromiseState::Pending => return Err(Error::internal("module loading did not finish")),
        }
        ctx.guarded(|ctx| self.0.link(&mut ctx.inner))
    }

    /// Runs the linked module and what it imports. Microtasks are not run.
    ///
    /// Without top-level `await` in the graph, the promise is settled on return.
    ///
    /// # Errors
    /// `Internal` when the module is not linked. What the module throws rejects the promise.
    pub fn evaluate(&self, ctx: &mut Context) -> Result<Promise> {
        let promise = ctx.guarded(|ctx| self.0.evaluate(&mut ctx.inner))?;
        Promise::from_object(Object(promise.into()))
            .ok_or_else(|| Error::internal("evaluation gave no promise"))
    }

    /// The module namespace object. The module must be linked.
    ///
    /// # Errors
    /// `Internal` when it is not.
    pub fn namespace(&self, ctx: &mut Context) -> Result<Object> {
        ctx.guarded(|ctx| Ok(self.0.namespace(&mut ctx.inner)))
            .map(Object)
    }

    pub(super) fn inner(&self) -> InnerModule {
        self.0.clone()
    }
}

impl PartialEq for Module {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
