//! The event loop: one thread, callbacks, and the order in which they run.
//!
//! The loop knows no JavaScript. It drives callbacks that take a host,
//! `FnOnce(&mut H)`, and calls [`Host::checkpoint`] after each; Ouro's host
//! drains `process.nextTick` and the microtasks there. The tests use a `Vec`.
//!
//! An iteration visits the phases in this order:
//!
//! ```text
//!   ┌─▶ timers ─ pending ─ idle ─ prepare ─ poll ─ check ─ closing ─┐
//!   └─────────────────────── while alive ───────────────────────────┘
//! ```
//!
//! Timers run at the top of an iteration, with the time that the loop has just
//! read; whether the loop goes on is asked right after them. So in a run until
//! the end the timers follow poll, check and closing of the iteration before,
//! with one round of timers ahead of the first poll, as in libuv since 1.45 and
//! Node since 20.
//!
//! The loop is *alive* while something can still happen that the program wants
//! to wait for: an active and ref'd handle, timer, immediate, hook or sender, a
//! request, or a callback that is put off (pending, closing) or was posted.
//!
//! Invariant: nothing of the loop is borrowed while a callback runs, or while
//! one is dropped, so that callbacks may use every method. Not here: what a
//! handle does with an event (`handle/`), the wait itself (`reactor/`).
//!
//! # Example
//!
//! ```
//! use ouro_runtime::event_loop::{EventLoop, Host};
//!
//! struct Log(Vec<&'static str>);
//! impl Host for Log {
//!     fn checkpoint(&mut self) {}
//! }
//!
//! let event_loop = EventLoop::new()?;
//! let mut log = Log(Vec::new());
//! event_loop.timer_start(1, None, |log: &mut Log| log.0.push("timer"));
//! event_loop.immediate(|log| log.0.push("immediate"));
//! event_loop.run(&mut log)?;
//! assert_eq!(log.0, ["immediate", "timer"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dispatch;
mod hooks;
mod immediates;
mod phase;
mod poll;
mod requests;
mod sender;
#[cfg(test)]
mod tests;
mod timers;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use crate::clock::{Clock, SystemClock};
use crate::error::LoopError;
use crate::handle::Handles;
use crate::reactor::Reactor;
use crate::reactor::token::Slots;
use crate::reactor::wake::{Inbox, Message};
use crate::worker_pool::WorkerPool;

use hooks::Hooks;
use immediates::Immediates;
use requests::PendingWork;
use timers::Timers;

pub use hooks::{HookId, HookKind};
pub use immediates::ImmediateId;
pub use phase::{CallbackKind, Phase, Tracer};
pub use requests::RequestId;
pub use sender::LoopSender;
pub use timers::TimerId;

/// What the loop runs callbacks on.
pub trait Host: 'static {
    /// Called by the loop after every callback, before the next. A host of
    /// JavaScript drains its `nextTick` queue and its microtasks here.
    fn checkpoint(&mut self);
}

/// A callback that waits for its phase.
struct Task<H> {
    kind: CallbackKind,
    callback: Box<dyn FnOnce(&mut H)>,
}

/// What a loop is built from.
pub struct LoopOptions {
    /// Where the loop gets its time.
    pub clock: Rc<dyn Clock>,
    /// Where the loop's blocking work runs; may be shared between loops.
    pub pool: WorkerPool,
}

impl Default for LoopOptions {
    /// The system's clock, and a pool as the environment wants it.
    fn default() -> Self {
        Self {
            clock: Rc::new(SystemClock::new()),
            pool: WorkerPool::from_env(),
        }
    }
}

/// An event loop and all that belongs to it.
///
/// Dropping it closes every handle and drops every callback, whatever
/// [`LoopHandle`]s are left; those then find an empty loop.
pub struct EventLoop<H: Host> {
    handle: LoopHandle<H>,
}

/// A reference to an [`EventLoop`] for callbacks and hosts; cheap to clone.
///
/// Every method may be called while callbacks run.
pub struct LoopHandle<H: Host> {
    pub(crate) core: Rc<Core<H>>,
}

/// The state of a loop. Each field is borrowed for the length of one operation.
pub(crate) struct Core<H: Host> {
    pub(crate) clock: Rc<dyn Clock>,
    /// Whether the clock jumps where a real one would have the loop sleep.
    simulated: bool,
    now_ns: Cell<u64>,
    phase: Cell<Phase>,
    running: Cell<bool>,
    stopped: Cell<bool>,
    timers: RefCell<Timers<H>>,
    immediates: RefCell<Immediates<H>>,
    hooks: RefCell<Hooks<H>>,
    pending: RefCell<VecDeque<Task<H>>>,
    closing: RefCell<VecDeque<Task<H>>>,
    pub(crate) handles: Handles<H>,
    pub(crate) reactor: RefCell<Reactor>,
    pool: WorkerPool,
    work: RefCell<Slots<PendingWork<H>>>,
    inbox: Arc<Inbox<H>>,
    /// Messages taken from the inbox that have not been dispatched.
    arrivals: RefCell<VecDeque<Message<H>>>,
    tracer: RefCell<Option<Box<dyn Tracer>>>,
    tracing: Cell<bool>,
}

/// How long a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    UntilDone,
    Once,
    NoWait,
}

impl<H: Host> EventLoop<H> {
    /// A loop on the system's clock with a worker pool of its own.
    ///
    /// # Errors
    ///
    /// The system's error when it has no descriptors left for the reactor.
    pub fn new() -> io::Result<Self> {
        Self::with_options(LoopOptions::default())
    }

    /// A loop built from `options`.
    ///
    /// # Errors
    ///
    /// As [`EventLoop::new`].
    pub fn with_options(options: LoopOptions) -> io::Result<Self> {
        let LoopOptions { clock, pool } = options;
        let reactor = Reactor::new()?;
        let inbox = Arc::new(Inbox::new(reactor.waker()));
        let core = Core {
            simulated: clock.skip(0),
            now_ns: Cell::new(clock.now_ns()),
            clock,
            phase: Cell::new(Phase::Outside),
            running: Cell::new(false),
            stopped: Cell::new(false),
            timers: RefCell::new(Timers::new()),
            immediates: RefCell::new(Immediates::new()),
            hooks: RefCell::new(Hooks::new()),
            pending: RefCell::default(),
            closing: RefCell::default(),
            handles: Handles::new(),
            reactor: RefCell::new(reactor),
            pool,
            work: RefCell::new(Slots::new()),
            inbox,
            arrivals: RefCell::default(),
            tracer: RefCell::new(None),
            tracing: Cell::new(false),
        };
        Ok(Self {
            handle: LoopHandle {
                core: Rc::new(core),
            },
        })
    }

    /// A reference to this loop.
    pub fn handle(&self) -> LoopHandle<H> {
        self.handle.clone()
    }
}

impl<H: Host> Deref for EventLoop<H> {
    type Target = LoopHandle<H>;

    fn deref(&self) -> &LoopHandle<H> {
        &self.handle
    }
}

impl<H: Host> Drop for EventLoop<H> {
    fn drop(&mut self) {
        self.handle.clear();
    }
}

impl<H: Host> Clone for LoopHandle<H> {
    fn clone(&self) -> Self {
        Self {
            core: Rc::clone(&self.core),
        }
    }
}

impl<H: Host> fmt::Debug for LoopHandle<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopHandle")
            .field("phase", &self.phase())
            .finish_non_exhaustive()
    }
}

/// Running the loop.
impl<H: Host> LoopHandle<H> {
    /// Runs until the loop is no longer alive or [`LoopHandle::stop`] is called.
    /// Answers whether it is still alive. A loop can be run again.
    ///
    /// # Errors
    ///
    /// [`LoopError::AlreadyRunning`] from inside a callback of this loop, and
    /// [`LoopError::Wait`] when the system can't be asked for events.
    pub fn run(&self, host: &mut H) -> Result<bool, LoopError> {
        self.run_mode(host, Mode::UntilDone)
    }

    /// Runs one iteration, which sleeps if nothing is ready, then the timers
    /// that came due meanwhile. Answers whether the loop is still alive.
    ///
    /// # Errors
    ///
    /// As [`LoopHandle::run`].
    pub fn run_once(&self, host: &mut H) -> Result<bool, LoopError> {
        self.run_mode(host, Mode::Once)
    }

    /// Runs one iteration that does not sleep. Answers whether the loop is
    /// still alive.
    ///
    /// # Errors
    ///
    /// As [`LoopHandle::run`].
    pub fn run_nowait(&self, host: &mut H) -> Result<bool, LoopError> {
        self.run_mode(host, Mode::NoWait)
    }

    /// Ends the current run: the callback that calls this is the last one that
    /// runs, and what is queued stays queued for the next run. Outside of a run
    /// it does nothing.
    pub fn stop(&self) {
        self.core.stopped.set(self.core.running.get());
    }

    /// Whether a run is being ended by [`LoopHandle::stop`].
    pub fn is_stopping(&self) -> bool {
        self.core.stopped.get()
    }

    /// Whether anything is left to wait for; see the module's documentation.
    pub fn alive(&self) -> bool {
        let core = &self.core;
        core.handles.n_alive() > 0
            || core.timers.borrow().n_refd() > 0
            || core.immediates.borrow().n_refd() > 0
            || core.work.borrow().len() > 0
            || core.inbox.n_live_senders() > 0
            || core.inbox.is_rung()
            || !core.closing.borrow().is_empty()
            || !core.pending.borrow().is_empty()
            || !core.arrivals.borrow().is_empty()
            || core.hooks.borrow().n_refd() > 0
    }

    /// The kinds of what is left to wait for, by the names of Node's asynchronous resources: one entry for every request,
    /// handle, timer and immediate that keeps the loop alive.
    pub fn active_resources(&self) -> Vec<&'static str> {
        let core = &self.core;
        let mut names = vec!["FSReqCallback"; core.work.borrow().len()];
        names.extend(core.handles.alive_resources());
        names.extend(std::iter::repeat_n(
            "Timeout",
            core.timers.borrow().n_refd(),
        ));
        names.extend(std::iter::repeat_n(
            "Immediate",
            core.immediates.borrow().n_refd(),
        ));
        names
    }

    /// The phase that is running; [`Phase::Outside`] between runs.
    pub fn phase(&self) -> Phase {
        self.core.phase.get()
    }

    /// The loop's time in whole milliseconds since its clock's origin: when the
    /// loop last looked, not now.
    pub fn now_ms(&self) -> u64 {
        self.now_ns() / 1_000_000
    }

    /// The loop's time in nanoseconds since its clock's origin.
    pub fn now_ns(&self) -> u64 {
        self.core.now_ns.get()
    }

    /// Looks at the clock. The loop does so itself after each wait and before
    /// timers run.
    pub fn update_time(&self) {
        self.core.now_ns.set(self.core.clock.now_ns());
    }

    /// The loop's clock.
    pub fn clock(&self) -> Rc<dyn Clock> {
        Rc::clone(&self.core.clock)
    }

    fn run_mode(&self, host: &mut H, mode: Mode) -> Result<bool, LoopError> {
        if self.core.running.replace(true) {
            return Err(LoopError::AlreadyRunning);
        }
        self.core.stopped.set(false);
        let result = match mode {
            Mode::UntilDone => self.run_to_end(host),
            Mode::Once | Mode::NoWait => self.run_iteration(host, mode),
        };
        self.core.phase.set(Phase::Outside);
        self.core.stopped.set(false);
        self.core.running.set(false);
        result.map(|()| self.alive())
    }

    fn run_to_end(&self, host: &mut H) -> Result<(), LoopError> {
        if !self.alive() {
            return Ok(());
        }
        self.run_timers(host);
        while self.alive() && !self.core.stopped.get() {
            self.run_iteration(host, Mode::UntilDone)?;
        }
        Ok(())
    }

    /// All phases from pending to closing, then timers.
    fn run_iteration(&self, host: &mut H, mode: Mode) -> Result<(), LoopError> {
        self.run_pending(host);
        self.run_hooks(host, Phase::Idle, HookKind::Idle);
        self.run_hooks(host, Phase::Prepare, HookKind::Prepare);
        let timeout_ns = match mode {
            Mode::NoWait => Some(0),
            Mode::UntilDone | Mode::Once => self.poll_timeout_ns(),
        };
        self.run_poll(host, timeout_ns)?;
        self.run_check(host);
        self.run_closing(host);
        self.run_timers(host);
        Ok(())
    }

    fn run_timers(&self, host: &mut H) {
        let core = &self.core;
        self.update_time();
        if core.timers.borrow().next_due_ns().is_none() || core.stopped.get() {
            return;
        }
        core.phase.set(Phase::Timers);
        core.timers.borrow_mut().begin_pass(core.now_ns.get());
        while !core.stopped.get() {
            let due = core.timers.borrow_mut().take_due();
            let Some((id, mut callback)) = due else { break };
            self.dispatch(host, CallbackKind::Timer, |host| callback(host));
            let over = core
                .timers
                .borrow_mut()
                .finish(id, callback, || core.clock.now_ns());
            drop(over);
        }
        core.timers.borrow_mut().end_pass();
    }

    fn run_pending(&self, host: &mut H) {
        self.run_tasks(host, Phase::Pending, &self.core.pending);
    }

    fn run_closing(&self, host: &mut H) {
        self.run_tasks(host, Phase::Closing, &self.core.closing);
    }

    /// Runs the tasks that a queue has now; those that they add wait.
    fn run_tasks(&self, host: &mut H, phase: Phase, queue: &RefCell<VecDeque<Task<H>>>) {
        let n_tasks = queue.borrow().len();
        if n_tasks == 0 {
            return;
        }
        self.core.phase.set(phase);
        for _ in 0..n_tasks {
            if self.core.stopped.get() {
                return;
            }
            let task = queue.borrow_mut().pop_front();
            let Some(Task { kind, callback }) = task else {
                return;
            };
            self.dispatch(host, kind, callback);
        }
    }

    fn run_hooks(&self, host: &mut H, phase: Phase, kind: HookKind) {
        let hooks = &self.core.hooks;
        if !hooks.borrow().has(kind) {
            return;
        }
        self.core.phase.set(phase);
        let ids = hooks.borrow().ids(kind);
        for id in ids {
            if self.core.stopped.get() {
                return;
            }
            let callback = hooks.borrow_mut().take(id);
            let Some(mut callback) = callback else {
                continue;
            };
            self.dispatch(host, CallbackKind::Hook, |host| callback(host));
            let over = hooks.borrow_mut().put_back(id, callback);
            drop(over);
        }
    }

    fn run_check(&self, host: &mut H) {
        let core = &self.core;
        core.phase.set(Phase::Check);
        let limit = core.immediates.borrow().limit();
        while !core.stopped.get() {
            let callback = core.immediates.borrow_mut().take(limit);
            let Some(callback) = callback else { break };
            self.dispatch(host, CallbackKind::Immediate, callback);
        }
        self.run_hooks(host, Phase::Check, HookKind::Check);
    }

    /// How long poll may sleep: not at all while something else wants to run,
    /// until the next timer is due, or (`None`) until something happens.
    fn poll_timeout_ns(&self) -> Option<u64> {
        let core = &self.core;
        let busy = core.stopped.get()
            || core.immediates.borrow().n_refd() > 0
            || core.hooks.borrow().has(HookKind::Idle)
            || !core.pending.borrow().is_empty()
            || !core.closing.borrow().is_empty()
            || !core.arrivals.borrow().is_empty()
            || core.inbox.is_rung()
            || !self.alive();
        if busy {
            return Some(0);
        }
        let due_ns = core.timers.borrow().next_due_ns()?;
        Some(due_ns.saturating_sub(core.clock.now_ns()))
    }

    fn clear(&self) {
        let core = &self.core;
        self.clear_handles();
        let timers = core.timers.borrow_mut().clear();
        let immediates = core.immediates.replace(Immediates::new());
        let hooks = core.hooks.replace(Hooks::new());
        let pending = core.pending.take();
        let closing = core.closing.take();
        let work = core.work.borrow_mut().drain();
        let arrivals = core.arrivals.take();
        let tracer = core.tracer.take();
        drop((timers, immediates, hooks, pending, closing));
        drop((work, arrivals, tracer));
    }
}

/// Timers.
impl<H: Host> LoopHandle<H> {
    /// Starts a timer that is due `delay_ms` milliseconds from now, and then,
    /// with a repeat, `repeat` milliseconds after the end of each call. It is
    /// ref'd.
    ///
    /// A timer is never early: it runs in the first timers phase that begins
    /// when at least its delay has passed, measured in nanoseconds from this
    /// call and not from the loop's time. Timers of one delay run in the order
    /// of their starts. A timer started by a timer does not run in the same
    /// phase. O(1) while another timer of this delay waits.
    pub fn timer_start(
        &self,
        delay_ms: u64,
        repeat: Option<u64>,
        callback: impl FnMut(&mut H) + 'static,
    ) -> TimerId {
        let now_ns = self.core.clock.now_ns();
        let mut timers = self.core.timers.borrow_mut();
        timers.start(now_ns, delay_ms, repeat, Box::new(callback))
    }

    /// Starts a timer again from now, with the delay it had last. Answers
    /// whether the timer still exists: one without a repeat is gone after its
    /// callback, unless the callback itself starts it again.
    pub fn timer_refresh(&self, id: TimerId) -> bool {
        let now_ns = self.core.clock.now_ns();
        self.core.timers.borrow_mut().restart(id, now_ns)
    }

    /// Stops a timer. Its callback is dropped and never runs again.
    pub fn timer_stop(&self, id: TimerId) {
        let callback = self.core.timers.borrow_mut().stop(id);
        drop(callback);
    }

    /// Whether a timer waits, or is in its callback.
    pub fn timer_is_active(&self, id: TimerId) -> bool {
        self.core.timers.borrow().contains(id)
    }

    /// Says whether a timer keeps the loop alive.
    pub fn timer_set_ref(&self, id: TimerId, refd: bool) {
        self.core.timers.borrow_mut().set_ref(id, refd);
    }

    /// Whether a timer exists and keeps the loop alive.
    pub fn timer_has_ref(&self, id: TimerId) -> bool {
        self.core.timers.borrow().has_ref(id)
    }
}

/// Immediates, hooks, and callbacks that are put off.
impl<H: Host> LoopHandle<H> {
    /// Queues a callback for the check phase: this iteration's if that has not
    /// begun, else the next one's. It is ref'd; while it waits, poll does not
    /// sleep.
    pub fn immediate(&self, callback: impl FnOnce(&mut H) + 'static) -> ImmediateId {
        let mut immediates = self.core.immediates.borrow_mut();
        immediates.push(Box::new(callback))
    }

    /// Clears an immediate that has not run.
    pub fn immediate_clear(&self, id: ImmediateId) {
        let callback = self.core.immediates.borrow_mut().clear(id);
        drop(callback);
    }

    /// Says whether an immediate keeps the loop alive and poll from sleeping.
    pub fn immediate_set_ref(&self, id: ImmediateId, refd: bool) {
        self.core.immediates.borrow_mut().set_ref(id, refd);
    }

    /// Whether an immediate waits and keeps the loop alive.
    pub fn immediate_has_ref(&self, id: ImmediateId) -> bool {
        self.core.immediates.borrow().has_ref(id)
    }

    /// Starts a hook: `callback` runs once per iteration. It is ref'd.
    pub fn hook_start(&self, kind: HookKind, callback: impl FnMut(&mut H) + 'static) -> HookId {
        let mut hooks = self.core.hooks.borrow_mut();
        hooks.start(kind, Box::new(callback))
    }

    /// Stops a hook; one that is running runs to its end.
    pub fn hook_stop(&self, id: HookId) {
        let callback = self.core.hooks.borrow_mut().stop(id);
        drop(callback);
    }

    /// Says whether a hook keeps the loop alive.
    pub fn hook_set_ref(&self, id: HookId, refd: bool) {
        self.core.hooks.borrow_mut().set_ref(id, refd);
    }

    /// Puts a callback off to the next pending phase; keeps the loop alive.
    pub fn pending(&self, callback: impl FnOnce(&mut H) + 'static) {
        self.later(CallbackKind::Pending, callback);
    }

    /// Puts a callback off to the next closing phase; keeps the loop alive.
    pub fn on_close(&self, callback: impl FnOnce(&mut H) + 'static) {
        self.when_closing(CallbackKind::Close, Box::new(callback));
    }

    pub(crate) fn later(&self, kind: CallbackKind, callback: impl FnOnce(&mut H) + 'static) {
        let callback = Box::new(callback);
        let task = Task { kind, callback };
        self.core.pending.borrow_mut().push_back(task);
    }

    pub(crate) fn when_closing(&self, kind: CallbackKind, callback: Box<dyn FnOnce(&mut H)>) {
        let task = Task { kind, callback };
        self.core.closing.borrow_mut().push_back(task);
    }
}
