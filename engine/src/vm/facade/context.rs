//! `Context`: one JavaScript heap and its realms.

use std::{
    any::{Any, TypeId},
    cell::RefCell,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
    time::Duration,
};

use super::{
    cast,
    error::{Error, Result},
    object::Object,
    promise::Promise,
    script::Script,
    value::Value,
};
use crate::{
    ContextBuilder, GcEvent, HeapStatistics, HostHooks, Limits, ModuleHost, TimeZone,
    vm::{Completion, date::zone_names, host::Host, machine::Vm, value::Value as Raw},
};

/// Value-stack words that a call may use on average before the stack, not the call limit, is what stops it.
const WORDS_PER_CALL: usize = 64;

/// One JavaScript heap with its global object: what every engine call needs.
#[repr(transparent)]
pub struct Context {
    vm: Vm,
}

/// What a context carries for us beside the machine.
pub(super) struct State {
    host: RefCell<HashMap<TypeId, Rc<dyn Any>>>,
    pub(super) hooks: RefCell<Rc<dyn HostHooks>>,
    pub(super) modules: RefCell<Option<Rc<dyn ModuleHost>>>,
    zone: Rc<RefCell<TimeZone>>,
    /// The error of the host that is stopping the machine: JavaScript sees nothing of it, the next Rust caller does.
    pub(super) stopped_by: RefCell<Option<Error>>,
    /// A limit on nested brackets below the compiler's own.
    max_nesting: Option<usize>,
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").finish_non_exhaustive()
    }
}

impl Context {
    /// Makes what the builder says.
    pub(crate) fn from_builder(builder: ContextBuilder) -> Result<Self> {
        let mut vm = Vm::new(builder.limits.call_depth.saturating_mul(WORDS_PER_CALL));
        vm.limits.native_depth = u32::try_from(builder.limits.call_depth).unwrap_or(u32::MAX);
        vm.limits.can_block = builder.can_block;
        if let Some([first, second]) = builder.random_seed {
            vm.random = crate::vm::number::Random::new(first, second).state();
        }
        vm.heap.set_limit(builder.limits.heap_bytes);
        let state = Rc::new(State {
            host: RefCell::default(),
            hooks: RefCell::new(builder.hooks),
            modules: RefCell::new(builder.modules),
            zone: Rc::new(RefCell::new(TimeZone::system())),
            stopped_by: RefCell::default(),
            max_nesting: Some(builder.limits.source_nesting)
                .filter(|&limit| limit < Limits::default().source_nesting),
        });
        install_host(&mut vm.host, &state);
        vm.host.data = Some(state);
        Ok(Context { vm })
    }
}

/// What local time is called in English; `None` if it is known by its offset only.
fn zone_name(state: &State, utc_ms: f64) -> Option<&'static str> {
    let seconds = (utc_ms / 1000.0).floor() as i64;
    if state.hooks.borrow().local_offset_seconds(seconds).is_some() {
        return None;
    }
    let zone = state.zone.borrow();
    zone_names::long_name(zone.name()?, zone.is_daylight(seconds))
}

/// Connects the machine's questions with the facade's hooks.
fn install_host(host: &mut Host, state: &Rc<State>) {
    let clock = Rc::downgrade(state);
    host.now_ms = Some(Box::new(move || {
        clock
            .upgrade()
            .map_or(0.0, |state| state.hooks.borrow().wall_clock_ms() as f64)
    }));
    let clock = Rc::downgrade(state);
    host.monotonic_time = Some(Box::new(move || {
        let state = clock.upgrade();
        state.map_or(Duration::ZERO, |state| {
            state.hooks.borrow().monotonic_time()
        })
    }));
    let urls = Rc::downgrade(state);
    host.script_url = Some(Box::new(move |name| match urls.upgrade() {
        Some(state) => state.hooks.borrow().script_url(name),
        None => name.to_owned(),
    }));
    host.async_wait_started = Some(|vm, timeout| {
        let ctx = cast::context(vm);
        let hooks = Rc::clone(&ctx.state().hooks.borrow());
        hooks.async_wait_started(ctx, timeout);
    });
    let zone = Rc::downgrade(state);
    host.zone = Some(Box::new(move |utc_ms| {
        let Some(state) = zone.upgrade() else {
            return 0.0;
        };
        let seconds = (utc_ms / 1000.0).floor() as i64;
        let asked = state.hooks.borrow().local_offset_seconds(seconds);
        let offset = asked.unwrap_or_else(|| state.zone.borrow().offset_seconds(seconds));
        f64::from(offset) * 1000.0
    }));
    let hooks = Rc::downgrade(state);
    host.locale = Some(Box::new(move || hooks.upgrade()?.hooks.borrow().locale()));
    let zone = Rc::downgrade(state);
    host.zone_id = Some(Box::new(move || {
        let state = zone.upgrade()?;
        if state.hooks.borrow().local_offset_seconds(0).is_some() {
            return None;
        }
        let zone = state.zone.borrow();
        zone.name().map(str::to_owned)
    }));
    let zone = Rc::downgrade(state);
    host.zone_name = Some(Box::new(move |utc_ms| {
        zone.upgrade()
            .and_then(|state| zone_name(&state, utc_ms))
            .unwrap_or_default()
            .to_owned()
    }));
    host.rejection_tracker = Some(|vm, promise, handled| {
        let Some(promise) = Value::own_flat(promise).as_promise() else {
            return;
        };
        let ctx = cast::context(vm);
        let hooks = Rc::clone(&ctx.state().hooks.borrow());
        if handled {
            return hooks.promise_handled(ctx, &promise);
        }
        let reason = promise.rejection().unwrap_or_default();
        hooks.promise_rejected(ctx, &promise, &reason);
    });
    host.job_error = Some(|vm, error| {
        let error = Error::own(vm, crate::vm::Throw(error));
        let ctx = cast::context(vm);
        let hooks = Rc::clone(&ctx.state().hooks.borrow());
        hooks.microtask_error(ctx, error);
    });
    host.import = Some(super::module::import_hook);
    host.import_meta = Some(super::module::import_meta_hook);
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
        match self.vm.realms[self.vm.realm as usize]
            .global_this
            .as_object()
        {
            Some(global) => Object::own(global),
            None => unreachable!("a realm has a global object"),
        }
    }

    /// Makes `formatter` the value of `Error.prepareStackTrace`. It must write the text that is written without it: as long
    /// as a program leaves it there, it isn't called. Errors of other realms go to the function that a program puts in its
    /// place, unless their realm has one. Source: <https://v8.dev/docs/stack-trace-api>.
    ///
    /// # Errors
    /// Where the property can't be defined.
    pub fn set_default_stack_formatter(
        &mut self,
        formatter: &super::function::Function,
    ) -> Result<()> {
        let raw = formatter.obj().into();
        self.vm.host.default_formatter = Some(raw);
        let errors = self.global().get(self, "Error")?.to_object(self)?;
        errors.define(
            self,
            "prepareStackTrace",
            formatter,
            crate::Attributes::METHOD,
        )
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
        let data = self
            .state()
            .host
            .borrow()
            .get(&TypeId::of::<T>())
            .cloned()?;
        data.downcast().ok()
    }

    /// Replaces the host's hooks.
    pub fn set_hooks(&mut self, hooks: Rc<dyn HostHooks>) {
        *self.state().hooks.borrow_mut() = hooks;
    }

    /// Replaces who finds modules.
    pub fn set_module_host(&mut self, host: Rc<dyn ModuleHost>) {
        *self.state().modules.borrow_mut() = Some(host);
    }

    /// The value that follows the current asynchronous flow; `undefined` at first.
    ///
    /// It is captured with each promise reaction and microtask, and is current again while that runs.
    #[must_use]
    pub fn async_context(&self) -> Value {
        Value::own_any(self.vm.jobs.async_context.unwrap_or(Raw::UNDEFINED))
    }

    /// Replaces the value that follows the current asynchronous flow; returns the one before.
    pub fn set_async_context(&mut self, value: Value) -> Value {
        let before = self.async_context();
        let raw = value.enter(&mut self.vm);
        self.vm.jobs.async_context = (!raw.is_undefined()).then_some(raw);
        before
    }

    /// Sets the zone of local time, as a change of `TZ` does. [`HostHooks::local_offset_seconds`] comes first.
    pub fn set_time_zone(&mut self, zone: TimeZone) {
        *self.state().zone.borrow_mut() = zone;
    }

    /// What stops this context's program, from any thread.
    #[must_use]
    pub fn stop_handle(&self) -> crate::StopHandle {
        self.vm.limits.stop.clone()
    }

    /// Collects garbage at every `every`-th safepoint, to find references that are not rooted; 0 turns that off.
    pub fn set_gc_stress(&mut self, every: u32) {
        self.vm.heap.set_stress(every);
    }

    /// Collects garbage now.
    pub fn gc(&mut self) {
        self.vm.collect(true);
    }

    /// Collects what was made since the last collection and is not used any more.
    pub fn gc_minor(&mut self) {
        self.vm.collect(false);
    }

    /// Keeps a record of the latest `capacity` pauses of the garbage collector, for [`Context::take_gc_events`]; 0 ends
    /// that. At first none is kept.
    pub fn record_gc_events(&mut self, capacity: usize) {
        self.vm.heap.events.set_capacity(capacity);
    }

    /// Are there pauses that [`Context::take_gc_events`] would take?
    #[must_use]
    pub fn has_gc_events(&mut self) -> bool {
        !self.vm.heap.events.is_empty()
    }

    /// Takes the recorded pauses of the garbage collector out of the record, oldest first.
    pub fn take_gc_events(&mut self) -> Vec<GcEvent> {
        self.vm.heap.events.drain()
    }

    /// Counts what lies in the heap, by kind. Collects young garbage first; old garbage counts until it is collected. Takes
    /// time in proportion to the heap.
    pub fn heap_statistics(&mut self) -> HeapStatistics {
        self.vm.heap_statistics()
    }

    /// The machine.
    #[inline]
    pub(in crate::vm) const fn vm(&mut self) -> &mut Vm {
        &mut self.vm
    }

    pub(super) fn state(&self) -> Rc<State> {
        let data = self.vm.host.data.clone();
        match data.and_then(|data| data.downcast::<State>().ok()) {
            Some(state) => state,
            None => unreachable!("a context always carries its state"),
        }
    }

    /// Refuses sources that nest deeper than the host allows, where that is less than what the compiler bears, and those for
    /// whose syntax tree there is no room.
    pub(super) fn check_source(&mut self, source: &str) -> Result<()> {
        self.guarded(|vm| vm.ensure_source_room(source))?;
        match self.state().max_nesting {
            Some(limit)
                if crate::nesting::exceeds(source, limit, crate::nesting::Goal::default()) =>
            {
                Err(Error::range_error("Maximum call stack size exceeded"))
            }
            _ => Ok(()),
        }
    }

    /// Runs machine code: what it rooted is released, a throw becomes an [`Error`], a panic an `Internal` one instead of
    /// unwinding into the host.
    pub(in crate::vm) fn guarded<T>(
        &mut self,
        run: impl FnOnce(&mut Vm) -> Completion<T>,
    ) -> Result<T> {
        let vm = &mut self.vm;
        let mark = vm.root_mark();
        let result = catch_unwind(AssertUnwindSafe(|| run(vm)));
        vm.unroot_to(mark);
        if vm.debug.profiler.is_some() && vm.stack.native_depth == 0 {
            vm.sample_exit("(program)");
        }
        match result {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(throw)) => Err(Error::own(vm, throw)),
            Err(panic) => Err(Error::from_panic(&*panic)),
        }
    }
}

impl Promise {
    /// The reason of a rejected promise.
    fn rejection(&self) -> Option<Value> {
        match self.state() {
            crate::PromiseState::Rejected(reason) => Some(reason),
            _ => None,
        }
    }
}
