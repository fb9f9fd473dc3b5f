//! `$262.agent`: other agents beside the test's own, as the suite's INTERPRETING.md describes them.
//!
//! An agent is a thread with a context of its own. Messages are memory shared between contexts and a number; reports are
//! strings. Whoever waits waits on one condition, and is woken by whatever changes. When the test is over its agents are
//! stopped wherever they are.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use ouro_engine::{
    Arguments, BigInt, Context, Error, Function, Object, SharedArrayBuffer, SharedMemory,
    StopHandle, Value,
};

/// Stack of an agent's thread.
const STACK_BYTES: usize = 1 << 30;

/// The agents of a test. Dropping it stops them.
pub(super) struct Agents {
    board: Arc<Board>,
    stops: RefCell<Vec<StopHandle>>,
    gc_every: u32,
}

/// What the threads of a test share.
struct Board {
    state: Mutex<State>,
    changed: Condvar,
    start: Instant,
}

#[derive(Default)]
struct State {
    is_over: bool,
    reports: VecDeque<String>,
    /// What each agent has yet to receive; `None`: it is gone.
    inboxes: Vec<Option<VecDeque<Message>>>,
}

#[derive(Clone)]
struct Message {
    memory: SharedMemory,
    number: Number,
}

#[derive(Clone)]
enum Number {
    Missing,
    Double(f64),
    Big(String),
}

impl Board {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let result = change(&mut self.state());
        self.changed.notify_all();
        result
    }

    /// Waits until `done` gives something; `None` when the test is over first.
    fn wait<R>(&self, mut done: impl FnMut(&mut State) -> Option<R>) -> Option<R> {
        let mut state = self.state();
        loop {
            if let Some(result) = done(&mut state) {
                return Some(result);
            }
            if state.is_over {
                return None;
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Runs microtasks until no promise waits for a notification, or `is_done`, or the test is over.
    fn run_jobs(&self, ctx: &mut Context, is_done: impl Fn() -> bool) {
        /// A notification may come between a look and the wait: then it is found at the next look.
        const LOOK: Duration = Duration::from_millis(20);
        loop {
            ctx.run_microtasks();
            let next = ctx.settle_async_waits();
            if ctx.has_microtasks() {
                continue;
            }
            let state = self.state();
            if !ctx.has_async_waits() || state.is_over || is_done() {
                return;
            }
            let slice = next.map_or(LOOK, |next| next.min(LOOK));
            drop(self.changed.wait_timeout(state, slice));
        }
    }
}

impl Agents {
    pub(super) fn new(gc_every: u32) -> Rc<Self> {
        Rc::new(Self {
            board: Arc::new(Board {
                state: Mutex::default(),
                changed: Condvar::new(),
                start: Instant::now(),
            }),
            stops: RefCell::default(),
            gc_every,
        })
    }

    /// Runs the test's own jobs until `is_done`, or nothing is left to wait for.
    pub(super) fn run_jobs(&self, ctx: &mut Context, is_done: impl Fn() -> bool) {
        self.board.run_jobs(ctx, is_done);
    }

    /// Gives `host`, the test's `$262`, its `agent`.
    pub(super) fn install(self: &Rc<Self>, ctx: &mut Context, host: &Object) -> Result<(), Error> {
        let agent = Object::new(ctx);
        install_clock(ctx, &agent, &self.board)?;
        let agents = Rc::clone(self);
        let start = Function::from_closure(ctx, "start", 1, move |ctx, _, args| {
            let source = args.at(0).to_rust_string(ctx)?;
            agents.start(source)?;
            Ok(Value::undefined())
        });
        agent.set(ctx, "start", start)?;
        let board = Arc::clone(&self.board);
        let broadcast = Function::from_closure(ctx, "broadcast", 2, move |ctx, _, args| {
            let buffer = args.at(0).as_object();
            let buffer = buffer
                .and_then(SharedArrayBuffer::from_object)
                .ok_or_else(|| Error::type_error("not a SharedArrayBuffer"))?;
            let message = Message {
                memory: buffer.memory()?,
                number: Number::from_value(ctx, args.at(1))?,
            };
            broadcast(&board, &message);
            Ok(Value::undefined())
        });
        agent.set(ctx, "broadcast", broadcast)?;
        let board = Arc::clone(&self.board);
        let get_report = Function::from_closure(ctx, "getReport", 0, move |_, _, _| {
            let report = board.state().reports.pop_front();
            Ok(report.map_or(Value::null(), |text| Value::from(text.as_str())))
        });
        agent.set(ctx, "getReport", get_report)?;
        host.set(ctx, "agent", agent)
    }

    /// Starts an agent; returns when its script begins.
    fn start(&self, source: String) -> Result<(), Error> {
        let board = Arc::clone(&self.board);
        let gc_every = self.gc_every;
        let index = board.change(|state| {
            state.inboxes.push(Some(VecDeque::new()));
            state.inboxes.len() - 1
        });
        let (sender, receiver) = mpsc::channel();
        let body = move || {
            let result = run_agent(&board, index, gc_every, &source, &sender);
            board.change(|state| {
                if let Err(reason) = result
                    && !state.is_over
                {
                    state.reports.push_back(format!("agent failed: {reason}"));
                }
                leave(state, index);
            });
        };
        thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn(body)
            .map_err(|error| Error::error(format!("no thread: {error}")))?;
        let stop = receiver
            .recv()
            .map_err(|_| Error::error("the agent did not start"))?;
        self.stops.borrow_mut().push(stop);
        Ok(())
    }
}

impl Drop for Agents {
    fn drop(&mut self) {
        self.board.change(|state| state.is_over = true);
        self.stops.borrow().iter().for_each(StopHandle::stop);
    }
}

fn leave(state: &mut State, index: usize) {
    if let Some(inbox) = state.inboxes.get_mut(index) {
        *inbox = None;
    }
}

/// Gives every agent the message, and waits until they have taken it.
fn broadcast(board: &Board, message: &Message) {
    board.change(|state| {
        for inbox in state.inboxes.iter_mut().flatten() {
            inbox.push_back(message.clone());
        }
    });
    board.wait(|state| {
        let all_took = state.inboxes.iter().flatten().all(VecDeque::is_empty);
        all_took.then_some(())
    });
}

fn run_agent(
    board: &Arc<Board>,
    index: usize,
    gc_every: u32,
    source: &str,
    started: &mpsc::Sender<StopHandle>,
) -> Result<(), String> {
    let mut ctx = Context::new().map_err(|error| error.to_string())?;
    ctx.set_gc_stress(gc_every);
    let waker = Arc::clone(board);
    ctx.set_wait_waker(Some(Arc::new(move || waker.changed.notify_all())));
    let installed = install_agent(&mut ctx, board, index);
    installed.map_err(|error| error.message(&mut ctx))?;
    // The starter is gone only if the test is.
    let _ = started.send(ctx.stop_handle());
    let result = ctx.eval(source, "agent");
    result.map_err(|error| error.message(&mut ctx))?;
    board.run_jobs(&mut ctx, || false);
    Ok(())
}

/// The global `$262` of an agent.
fn install_agent(ctx: &mut Context, shared: &Arc<Board>, index: usize) -> Result<(), Error> {
    let agent = Object::new(ctx);
    install_clock(ctx, &agent, shared)?;
    let board = Arc::clone(shared);
    let receive = Function::from_closure(ctx, "receiveBroadcast", 1, move |ctx, _, args| {
        let message = board.wait(|state| state.inboxes.get_mut(index)?.as_mut()?.pop_front());
        board.changed.notify_all();
        let Some(message) = message else {
            return Ok(Value::undefined());
        };
        let buffer = SharedArrayBuffer::from_memory(ctx, &message.memory)?;
        let number = message.number.into_value()?;
        let callback = args.at(0).as_object();
        let callback = callback.ok_or_else(|| Error::type_error("not a function"))?;
        callback.call(ctx, &Value::undefined(), &[buffer.into(), number])
    });
    agent.set(ctx, "receiveBroadcast", receive)?;
    let board = Arc::clone(shared);
    let report = Function::from_closure(ctx, "report", 1, move |ctx, _, args| {
        let text = args.at(0).to_rust_string(ctx)?;
        board.change(|state| state.reports.push_back(text));
        Ok(Value::undefined())
    });
    agent.set(ctx, "report", report)?;
    let board = Arc::clone(shared);
    let leaving = Function::from_closure(ctx, "leaving", 0, move |_, _, _| {
        board.change(|state| leave(state, index));
        Ok(Value::undefined())
    });
    agent.set(ctx, "leaving", leaving)?;
    let host = Object::new(ctx);
    host.set(ctx, "agent", agent)?;
    let global = ctx.global();
    global.set(ctx, "$262", host)
}

/// `sleep` and `monotonicNow`, which every agent has.
fn install_clock(ctx: &mut Context, agent: &Object, shared: &Arc<Board>) -> Result<(), Error> {
    let board = Arc::clone(shared);
    let sleep = Function::from_closure(ctx, "sleep", 1, move |ctx, _, args| {
        let time_ms = args.at(0).to_number(ctx)?.clamp(0.0, 60_000.0);
        let end = Instant::now() + Duration::from_secs_f64(time_ms / 1000.0);
        let mut state = board.state();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || state.is_over {
                return Ok(Value::undefined());
            }
            let waited = board.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    });
    agent.set(ctx, "sleep", sleep)?;
    let board = Arc::clone(shared);
    let now = Function::from_closure(ctx, "monotonicNow", 0, move |_, _, _| {
        Ok(Value::from(board.start.elapsed().as_secs_f64() * 1000.0))
    });
    agent.set(ctx, "monotonicNow", now)
}

impl Number {
    fn from_value(ctx: &mut Context, value: &Value) -> Result<Self, Error> {
        if value.is_undefined() {
            return Ok(Self::Missing);
        }
        match value.as_number() {
            Some(number) => Ok(Self::Double(number)),
            None => Ok(Self::Big(value.to_rust_string(ctx)?)),
        }
    }

    fn into_value(self) -> Result<Value, Error> {
        Ok(match self {
            Self::Missing => Value::undefined(),
            Self::Double(number) => Value::from(number),
            Self::Big(digits) => {
                let number = digits.parse::<i64>();
                let number = number.map_err(|_| Error::range_error("the BigInt is too large"))?;
                Value::from(BigInt::from(number))
            }
        })
    }
}
