//! `Context`: one JavaScript heap and its realm, bound to a thread.

use std::{
    any::{Any, TypeId},
    cell::RefCell,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
};

use boa_engine::{JsResult, context::ContextBuilder as InnerBuilder};

use super::{
    error::{Error, Result},
    function::Function,
    hooks::{HookClock, Hooks, Loader},
    inspect::{function_prototypes, watch_proxies},
    job::Jobs,
    json,
    object::Object,
    script::Script,
    shared::Shared,
    stack::StackParts,
    value::Value,
};
use crate::{
    ContextBuilder, FunctionKind, GcEvent, HeapStatistics, HostHooks, ModuleHost, TimeZone,
};

/// Value-stack slots that a call may use on average before the stack limit, not the call limit, is what stops it.
const SLOTS_PER_CALL: usize = 64;

/// How many stack entries an error records; native ones, which traces do not show, count too.
const BACKTRACE_ENTRIES: usize = 100;

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
    pub(super) shared: Rc<Shared>,
    pub(super) jobs: Rc<Jobs>,
    pub(super) max_nesting: usize,
    captured: Captured,
}

/// Built-ins taken before any program could replace them.
pub(super) struct Captured {
    pub(super) symbol_for: Function,
    pub(super) function_to_string: Function,
    pub(super) json_stringify: Function,
    pub(super) uint8_array: Function,
    pub(super) weak_ref_deref: Function,
    pub(super) proxies: Object,
    pub(super) function_prototypes: Rc<[(Object, FunctionKind)]>,
    pub(super) stack: StackParts,
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}

impl Context {
    /// Makes what the builder says.
    pub(crate) fn from_builder(builder: ContextBuilder) -> Result<Self> {
        let shared = Rc::new(Shared::new(builder.hooks, builder.modules));
        let jobs = Rc::new(Jobs::new(Rc::clone(&shared)));
        let inner = InnerBuilder::new()
            .job_executor(Rc::clone(&jobs))
            .host_hooks(Rc::new(Hooks(Rc::clone(&shared))))
            .clock(Rc::new(HookClock(Rc::clone(&shared))))
            .module_loader(Rc::new(Loader(Rc::clone(&shared))))
            .can_block(builder.can_block)
            .build()
            .map_err(Error::from_inner)?;
        let mut ctx = Context { inner };
        let limits = ctx.inner.runtime_limits_mut();
        limits.set_recursion_limit(builder.limits.call_depth);
        limits.set_stack_size_limit(builder.limits.call_depth.saturating_mul(SLOTS_PER_CALL));
        limits.set_backtrace_limit(BACKTRACE_ENTRIES);
        json::install(&mut ctx)?;
        let captured = Captured::take(&mut ctx)?;
        let max_nesting = builder.limits.source_nesting;
        let state = State {
            host: RefCell::default(),
            shared,
            jobs,
            captured,
            max_nesting,
        };
        ctx.inner.insert_data(Rc::new(state));
        Ok(ctx)
    }
}

impl Captured {
    fn take(ctx: &mut Context) -> Result<Self> {
        let mut at = |object: &str, name: &str| -> Result<Function> {
            let global = ctx.global();
            let mut holder = global;
            for part in object.split('.').filter(|part| !part.is_empty()) {
                holder = holder.get(ctx, part)?.to_object(ctx)?;
            }
            let function = holder.get(ctx, name)?.as_function();
            function.ok_or_else(|| Error::internal(format!("the realm lacks {object}.{name}")))
        };
        Ok(Self {
            symbol_for: at("Symbol", "for")?,
            function_to_string: at("Function.prototype", "toString")?,
            json_stringify: at("JSON", "stringify")?,
            uint8_array: at("", "Uint8Array")?,
            weak_ref_deref: at("WeakRef.prototype", "deref")?,
            proxies: watch_proxies(ctx)?,
            function_prototypes: function_prototypes(ctx)?.into(),
            stack: StackParts::install(ctx)?,
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
        Script::compile(self, source, name)?.run(self)
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

    /// Replaces the host's hooks.
    pub fn set_hooks(&mut self, hooks: Rc<dyn HostHooks>) {
        *self.state().shared.hooks.borrow_mut() = hooks;
    }

    /// Replaces who finds modules.
    pub fn set_module_host(&mut self, host: Rc<dyn ModuleHost>) {
        *self.state().shared.modules.borrow_mut() = Some(host);
    }

    /// The value that follows the current asynchronous flow; `undefined` at first.
    ///
    /// It is captured with each promise reaction and microtask, and is current again while that runs.
    #[must_use]
    pub fn async_context(&self) -> Value {
        self.state().shared.async_context.borrow().clone()
    }

    /// Replaces the value that follows the current asynchronous flow; returns the one before.
    pub fn set_async_context(&mut self, value: Value) -> Value {
        self.state().shared.async_context.replace(value)
    }

    /// Sets the zone of local time, as a change of `TZ` does. [`HostHooks::local_offset_seconds`] comes first.
    pub fn set_time_zone(&mut self, zone: TimeZone) {
        *self.state().shared.zone.borrow_mut() = zone;
    }

    /// What would stop this context's program. Boa cannot be interrupted, so it has no effect.
    #[must_use]
    pub fn stop_handle(&self) -> crate::StopHandle {
        crate::StopHandle::default()
    }

    /// Would collect garbage at every `every`-th safepoint; Boa offers no such mode, so it has no effect.
    pub fn set_gc_stress(&mut self, every: u32) {
        let _ = every;
    }

    /// Collects garbage now.
    pub fn gc(&mut self) {
        boa_gc::force_collect();
    }

    /// Makes `formatter` the value of `Error.prepareStackTrace`: not in this backend.
    ///
    /// # Errors
    /// None in this backend.
    pub fn set_default_stack_formatter(&mut self, _: &super::function::Function) -> Result<()> {
        Ok(())
    }

    /// As [`Context::gc`]: this backend has one kind of collection.
    pub fn gc_minor(&mut self) {
        self.gc();
    }

    /// Are there pauses that [`Context::take_gc_events`] would take? Not in this backend.
    #[must_use]
    pub fn has_gc_events(&mut self) -> bool {
        false
    }

    /// Keeps a record of the latest `capacity` pauses of the garbage collector, for [`Context::take_gc_events`]; 0 ends
    /// that. At first none is kept.
    ///
    /// Boa tells nothing of its collections: with this backend there are never any.
    pub fn record_gc_events(&mut self, capacity: usize) {
        let _ = capacity;
    }

    /// Takes the recorded pauses of the garbage collector out of the record, oldest first.
    pub fn take_gc_events(&mut self) -> Vec<GcEvent> {
        Vec::new()
    }

    /// Counts what lies in the heap, by kind. Collects young garbage first; old garbage counts until it is collected. Takes
    /// time in proportion to the heap.
    ///
    /// Boa does not tell: with this backend everything is 0.
    pub fn heap_statistics(&mut self) -> HeapStatistics {
        HeapStatistics::default()
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
