//! `Context`: one JavaScript heap and its realm, bound to a thread.

use std::{
    any::{Any, TypeId},
    cell::RefCell,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    rc::Rc,
};

use boa_engine::{JsResult, Source, context::ContextBuilder as InnerBuilder};

use super::{
    error::{Error, Result},
    function::Function,
    job::Jobs,
    object::Object,
    value::Value,
};

/// One JavaScript heap with its global object: what every engine call needs.
///
/// Bound to the thread that made it. Several contexts may live on one thread.
#[repr(transparent)]
pub struct Context {
    pub(super) inner: boa_engine::Context,
}

/// What a context carries for us beside the engine's own state.
pub(super) struct State {
    host: RefCell<HashMap<TypeId, Rc<dyn Any>>>,
    pub(super) jobs: Rc<Jobs>,
    captured: Captured,
}

/// Built-ins taken before any program could replace them.
pub(super) struct Captured {
    pub(super) symbol_for: Function,
    pub(super) json_parse: Function,
    pub(super) json_stringify: Function,
    pub(super) uint8_array: Function,
}

/// Configures a [`Context`].
#[derive(Default)]
pub struct ContextBuilder {}

impl std::fmt::Debug for ContextBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContextBuilder").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}

impl ContextBuilder {
    /// Makes the context.
    ///
    /// # Errors
    /// `Internal` when the engine cannot be set up.
    pub fn build(self) -> Result<Context> {
        let jobs = Rc::new(Jobs::default());
        let inner = InnerBuilder::new()
            .job_executor(Rc::clone(&jobs))
            .build()
            .map_err(Error::from_inner)?;
        let mut ctx = Context { inner };
        let captured = Captured::take(&mut ctx)?;
        ctx.inner.insert_data(Rc::new(State {
            host: RefCell::default(),
            jobs,
            captured,
        }));
        Ok(ctx)
    }
}

impl Captured {
    fn take(ctx: &mut Context) -> Result<Self> {
        let mut at = |object: &str, name: &str| -> Result<Function> {
            let global = ctx.global();
            let holder = if object.is_empty() {
                Value::from(&global)
            } else {
                global.get(ctx, object)?
            };
            let holder = holder.to_object(ctx)?;
            let function = holder.get(ctx, name)?.as_function();
            function.ok_or_else(|| Error::internal(format!("the realm lacks {object}.{name}")))
        };
        Ok(Self {
            symbol_for: at("Symbol", "for")?,
            json_parse: at("JSON", "parse")?,
            json_stringify: at("JSON", "stringify")?,
            uint8_array: at("", "Uint8Array")?,
        })
    }
}

impl Context {
    /// A context with default settings.
    ///
    /// # Errors
    /// As [`ContextBuilder::build`].
    pub fn new() -> Result<Self> {
        Self::builder().build()
    }

    /// Starts configuring a context.
    #[must_use]
    pub fn builder() -> ContextBuilder {
        ContextBuilder::default()
    }

    /// The global object.
    #[must_use]
    pub fn global(&self) -> Object {
        Object(self.inner.global_object())
    }

    /// Evaluates `source` as a script called `name`. Microtasks are not run.
    ///
    /// # Errors
    /// `SyntaxError`, or whatever the script throws.
    pub fn eval(&mut self, source: &str, name: &str) -> Result<Value> {
        self.guarded(|ctx| {
            ctx.inner
                .eval(Source::from_bytes(source).with_path(Path::new(name)))
        })
        .map(Value)
    }

    /// Keeps `data` with the context, one value per type; replaces what was there.
    pub fn set_host<T: 'static>(&mut self, data: Rc<T>) {
        self.state()
            .host
            .borrow_mut()
            .insert(TypeId::of::<T>(), data);
    }

    /// The host data of type `T`.
    #[must_use]
    pub fn host<T: 'static>(&self) -> Option<Rc<T>> {
        let state = self.inner.get_data::<Rc<State>>()?;
        let data = state.host.borrow().get(&TypeId::of::<T>()).cloned()?;
        data.downcast().ok()
    }

    /// Runs microtasks until none is left, those included that are queued meanwhile.
    ///
    /// A microtask that throws is reported to the hook and the next one runs.
    pub fn run_microtasks(&mut self) {
        let jobs = Rc::clone(&self.state().jobs);
        jobs.drain(self);
    }

    /// Are microtasks waiting?
    #[must_use]
    pub fn has_microtasks(&self) -> bool {
        self.inner
            .get_data::<Rc<State>>()
            .is_some_and(|state| !state.jobs.is_empty())
    }

    /// Queues `function()` as a microtask.
    pub fn enqueue_microtask(&mut self, function: Function) {
        let jobs = Rc::clone(&self.state().jobs);
        jobs.push_function(function);
    }

    /// Collects garbage now.
    pub fn gc(&mut self) {
        boa_gc::force_collect();
    }

    pub(super) fn state(&self) -> Rc<State> {
        match self.inner.get_data::<Rc<State>>() {
            Some(state) => Rc::clone(state),
            // `build` inserts the state and nothing removes it; only `Captured::take` runs earlier and never asks.
            None => unreachable!("a context always carries its state"),
        }
    }

    pub(super) fn captured(&self) -> CapturedRef {
        CapturedRef(self.state())
    }

    /// Runs engine code; a panic inside becomes an `Internal` error instead of unwinding into the host.
    pub(super) fn guarded<T>(&mut self, run: impl FnOnce(&mut Self) -> JsResult<T>) -> Result<T> {
        match catch_unwind(AssertUnwindSafe(|| run(self))) {
            Ok(result) => result.map_err(Error::from_inner),
            Err(panic) => Err(Error::from_panic(&*panic)),
        }
    }
}

/// Shared access to the captured built-ins.
pub(super) struct CapturedRef(Rc<State>);

impl std::ops::Deref for CapturedRef {
    type Target = Captured;
    fn deref(&self) -> &Captured {
        &self.0.captured
    }
}
