//! Where the loop and JavaScript meet: the contexts of a loop, the `nextTick` queue, and the checkpoint.
//!
//! [`Host`] is the `H` of [`EventLoop<H>`](crate::event_loop::EventLoop): it owns every context that shares the loop.
//! A callback of the loop enters one of them with [`Host::enter`]; when it returns, the loop's dispatch function calls
//! [`checkpoint`](crate::event_loop::Host::checkpoint), which drains that context's `nextTick` queue, then its
//! microtasks, until both are empty.
//! Native functions have only a `&mut Context`; through its host data they reach [`RuntimeCore`], the part of a runtime
//! that is shared by reference.
//!
//! **Invariant:** every entry into JavaScript from the loop is an [`Host::enter`]; an error that leaves it goes to
//! [`RuntimeHooks::uncaught`] and never further.

use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use ouro_engine::{Context, Error, Function, Value};
use rustc_hash::FxHashMap;

use crate::event_loop::{self, LoopHandle};

/// Which of a loop's contexts is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContextId(usize);

/// Where an uncaught error came from, by Node's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A callback, a tick or the main program threw.
    UncaughtException,
    /// A promise was rejected and nobody handled it.
    UnhandledRejection,
}

impl Origin {
    /// The name that `'uncaughtException'` listeners get.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UncaughtException => "uncaughtException",
            Self::UnhandledRejection => "unhandledRejection",
        }
    }
}

/// What the floor above does at the points that this floor knows and cannot decide.
pub trait RuntimeHooks {
    /// An error left JavaScript. Returning means that the program goes on.
    fn uncaught(&self, ctx: &mut Context, error: Error, origin: Origin);

    /// Ticks and microtasks are drained: look at rejected promises. `true` where that may have queued more.
    fn after_microtasks(&self, ctx: &mut Context) -> bool;
}

/// One `process.nextTick` callback with what it is to be called with.
struct Tick {
    callback: Function,
    args: Box<[Value]>,
    async_context: Value,
}

/// The part of a runtime that native functions reach from their context.
pub struct RuntimeCore {
    id: ContextId,
    handle: LoopHandle<Host>,
    ticks: RefCell<VecDeque<Tick>>,
    hooks: RefCell<Option<Rc<dyn RuntimeHooks>>>,
    stopped: Cell<bool>,
    state: RefCell<FxHashMap<TypeId, Rc<dyn Any>>>,
}

impl RuntimeCore {
    /// The core of the runtime that `ctx` belongs to.
    ///
    /// # Errors
    /// A `TypeError` where the context was made without a runtime.
    pub fn of(ctx: &Context) -> Result<Rc<Self>, Error> {
        ctx.host::<Self>()
            .ok_or_else(|| Error::type_error("this context has no event loop"))
    }

    /// Which context of the loop this is.
    pub fn id(&self) -> ContextId {
        self.id
    }

    /// The loop, for starting handles and requests.
    pub fn event_loop(&self) -> &LoopHandle<Host> {
        &self.handle
    }

    /// Sets what happens to uncaught errors and rejections.
    pub fn set_hooks(&self, hooks: Rc<dyn RuntimeHooks>) {
        *self.hooks.borrow_mut() = Some(hooks);
    }

    /// Queues a callback behind the running one, before any microtask and any other phase.
    pub fn next_tick(&self, ctx: &mut Context, callback: Function, args: &[Value]) {
        let tick = Tick {
            callback,
            args: args.into(),
            async_context: ctx.async_context(),
        };
        self.ticks.borrow_mut().push_back(tick);
    }

    /// The one value of type `T` that a module keeps for this runtime, made at the first call.
    pub fn state<T: Default + 'static>(&self) -> Rc<T> {
        let known = self.state.borrow().get(&TypeId::of::<T>()).cloned();
        let value = known.unwrap_or_else(|| {
            let fresh: Rc<dyn Any> = Rc::new(T::default());
            self.state
                .borrow_mut()
                .insert(TypeId::of::<T>(), fresh.clone());
            fresh
        });
        // The key is the value's own type id, so the fallback is never taken.
        value.downcast::<T>().unwrap_or_default()
    }

    /// The kinds of what keeps the loop alive, by Node's names, for `process.getActiveResourcesInfo()`.
    pub fn active_resources(&self) -> Vec<&'static str> {
        self.handle.active_resources()
    }

    /// Ends the program at the next safe point: queued ticks and microtasks are left alone, the loop stops.
    pub fn stop(&self) {
        self.stopped.set(true);
        self.handle.stop();
    }

    /// Whether [`RuntimeCore::stop`] was called.
    pub fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// Hands an error that nobody caught to the hooks.
    pub fn report(&self, ctx: &mut Context, error: Error, origin: Origin) {
        let hooks = self.hooks.borrow().clone();
        if let Some(hooks) = hooks {
            hooks.uncaught(ctx, error, origin);
        }
    }

    /// The checkpoint: ticks, then microtasks, until both are empty.
    pub fn drain(&self, ctx: &mut Context) {
        while !self.stopped.get() {
            self.run_ticks(ctx);
            if self.stopped.get() {
                return;
            }
            ctx.run_microtasks();
            if !self.ticks.borrow().is_empty() {
                continue;
            }
            let hooks = self.hooks.borrow().clone();
            let more = hooks.is_some_and(|hooks| hooks.after_microtasks(ctx));
            if !more && self.ticks.borrow().is_empty() {
                return;
            }
        }
    }

    /// Drops the ticks that are queued: the program has ended.
    pub fn forget_ticks(&self) {
        self.ticks.borrow_mut().clear();
    }

    fn run_ticks(&self, ctx: &mut Context) {
        while !self.stopped.get() {
            let Some(tick) = self.ticks.borrow_mut().pop_front() else {
                return;
            };
            let outer = ctx.set_async_context(tick.async_context);
            let result = tick.callback.call(ctx, &Value::undefined(), &tick.args);
            ctx.set_async_context(outer);
            if let Err(error) = result {
                self.report(ctx, error, Origin::UncaughtException);
            }
        }
    }
}

struct Slot {
    context: Context,
    core: Rc<RuntimeCore>,
}

/// Every context that shares one loop.
#[derive(Default)]
pub struct Host {
    slots: Vec<Option<Slot>>,
    entered: Option<ContextId>,
}

impl Host {
    /// Takes a context in and gives it its core, on the loop of `handle`.
    pub fn add(&mut self, mut context: Context, handle: LoopHandle<Self>) -> Rc<RuntimeCore> {
        let id = ContextId(self.slots.len());
        let core = Rc::new(RuntimeCore {
            id,
            handle,
            ticks: RefCell::default(),
            hooks: RefCell::default(),
            stopped: Cell::new(false),
            state: RefCell::default(),
        });
        context.set_host(core.clone());
        self.slots.push(Some(Slot {
            context,
            core: core.clone(),
        }));
        core
    }

    /// Drops a context with everything in it; callbacks that come for it later do nothing.
    pub fn remove(&mut self, id: ContextId) {
        if let Some(slot) = self.slots.get_mut(id.0) {
            *slot = None;
        }
    }

    /// Runs `body` in a context; `None` where the context is gone. The checkpoint is the caller's (the loop's) duty.
    pub fn with<R>(&mut self, id: ContextId, body: impl FnOnce(&mut Context) -> R) -> Option<R> {
        let slot = self.slots.get_mut(id.0)?.as_mut()?;
        self.entered = Some(id);
        Some(body(&mut slot.context))
    }

    /// Runs `body` in a context and reports the error that leaves it.
    pub fn enter(&mut self, id: ContextId, body: impl FnOnce(&mut Context) -> Result<(), Error>) {
        let Some(Some(slot)) = self.slots.get_mut(id.0) else {
            return;
        };
        self.entered = Some(id);
        if slot.core.is_stopped() {
            return;
        }
        if let Err(error) = body(&mut slot.context) {
            let core = slot.core.clone();
            core.report(&mut slot.context, error, Origin::UncaughtException);
        }
    }

    /// Calls a function and reports the error that leaves it: what most callbacks of the loop do.
    pub fn call(&mut self, id: ContextId, function: &Function, this: &Value, args: &[Value]) {
        self.enter(id, |ctx| function.call(ctx, this, args).map(|_| ()));
    }
}

impl event_loop::Host for Host {
    fn checkpoint(&mut self) {
        let Some(id) = self.entered.take() else {
            return;
        };
        if let Some(Some(slot)) = self.slots.get_mut(id.0) {
            let core = slot.core.clone();
            core.drain(&mut slot.context);
        }
    }
}
