//! The embedding API: a JavaScript context on an event loop, inside any Rust program.

use std::cell::RefCell;
use std::rc::Rc;

use ouro_engine::{Context, ContextBuilder, Error};

use crate::entropy::{Entropy, SystemEntropy};
use crate::error::LoopError;
use crate::event_loop::{EventLoop, LoopHandle};
use crate::host::{Host, RuntimeCore};

/// One event loop and the contexts on it; runtimes are made from it with [`RuntimeBuilder::on_loop`].
pub type SharedLoop = Rc<RefCell<LoopAndHost>>;

/// An event loop together with what its callbacks run in.
pub struct LoopAndHost {
    event_loop: EventLoop<Host>,
    host: Host,
}

/// What a builder runs once in the fresh context: where a library installs its globals.
type Extension = Box<dyn FnOnce(&mut Context) -> Result<(), Error>>;

/// Configures a [`Runtime`].
#[derive(Default)]
pub struct RuntimeBuilder {
    shared: Option<SharedLoop>,
    context: Option<ContextBuilder>,
    extensions: Vec<Extension>,
}

impl RuntimeBuilder {
    /// Puts the runtime on a loop that others use too; each has its own context, queues and limits.
    pub fn on_loop(mut self, shared: SharedLoop) -> Self {
        self.shared = Some(shared);
        self
    }

    /// Builds the context with these engine settings (limits, hooks, clock, seed of `Math.random`).
    pub fn context(mut self, context: ContextBuilder) -> Self {
        self.context = Some(context);
        self
    }

    /// Runs `extension` in the fresh context, after those added before it.
    pub fn extension(
        mut self,
        extension: impl FnOnce(&mut Context) -> Result<(), Error> + 'static,
    ) -> Self {
        self.extensions.push(Box::new(extension));
        self
    }

    /// Makes the runtime.
    ///
    /// # Errors
    /// Where the operating system gives no poller, or what the engine or an extension reports.
    pub fn build(self) -> Result<Runtime, RuntimeError> {
        let shared = match self.shared {
            Some(shared) => shared,
            None => Runtime::new_loop()?,
        };
        let mut context = self.context.unwrap_or_default();
        if !context.has_random_seed() {
            context = seeded(context);
        }
        let context = context.build()?;
        let core = {
            let mut both = shared.borrow_mut();
            let handle = both.event_loop.handle();
            both.host.add(context, handle)
        };
        let mut runtime = Runtime { shared, core };
        for extension in self.extensions {
            runtime.with(extension).ok_or(RuntimeError::Gone)??;
        }
        Ok(runtime)
    }
}

/// Why a runtime could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuntimeError {
    /// The event loop's system resources.
    #[error("the event loop could not be made: {0}")]
    EventLoop(#[from] std::io::Error),
    /// The engine or an extension.
    #[error("the context could not be prepared: {0}")]
    Engine(#[from] Error),
    /// The context was removed meanwhile.
    #[error("the context is gone")]
    Gone,
}

/// Seeds `Math.random` with the system's entropy; where there is none, programs still run.
fn seeded(context: ContextBuilder) -> ContextBuilder {
    let mut entropy = SystemEntropy;
    match (entropy.next_u64(), entropy.next_u64()) {
        (Ok(first), Ok(second)) => context.random_seed([first, second]),
        _ => context,
    }
}

/// A JavaScript context on an event loop.
///
/// ```
/// use ouro_runtime::Runtime;
///
/// let mut runtime = Runtime::builder().build()?;
/// let sum = runtime.with(|ctx| ctx.eval("1 + 2", "sum.js")).unwrap()?;
/// assert_eq!(sum.as_number(), Some(3.0));
/// runtime.run()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Runtime {
    shared: SharedLoop,
    core: Rc<RuntimeCore>,
}

impl Runtime {
    /// Starts configuring a runtime.
    pub fn builder() -> RuntimeBuilder {
        RuntimeBuilder::default()
    }

    /// A loop for several runtimes.
    ///
    /// # Errors
    /// Where the operating system gives no poller.
    pub fn new_loop() -> std::io::Result<SharedLoop> {
        let event_loop = EventLoop::new()?;
        Ok(Rc::new(RefCell::new(LoopAndHost {
            event_loop,
            host: Host::default(),
        })))
    }

    /// The part that native functions see.
    pub fn core(&self) -> &Rc<RuntimeCore> {
        &self.core
    }

    /// The loop, for other runtimes to share.
    pub fn shared_loop(&self) -> SharedLoop {
        self.shared.clone()
    }

    /// The loop's handle.
    pub fn handle(&self) -> LoopHandle<Host> {
        self.core.event_loop().clone()
    }

    /// Runs `body` in the context, without a checkpoint. `None` where the context is gone.
    pub fn with<R>(&mut self, body: impl FnOnce(&mut Context) -> R) -> Option<R> {
        self.shared.borrow_mut().host.with(self.core.id(), body)
    }

    /// Runs `body` in the context as a callback of the loop would: its error is reported, the checkpoint follows.
    pub fn enter(&mut self, body: impl FnOnce(&mut Context) -> Result<(), Error>) {
        let mut both = self.shared.borrow_mut();
        both.host.enter(self.core.id(), body);
        crate::event_loop::Host::checkpoint(&mut both.host);
    }

    /// Runs the loop until nothing keeps it alive or [`RuntimeCore::stop`] is called.
    ///
    /// # Errors
    /// Where the operating system's poller fails.
    pub fn run(&mut self) -> Result<bool, LoopError> {
        let mut both = self.shared.borrow_mut();
        let LoopAndHost { event_loop, host } = &mut *both;
        event_loop.run(host)
    }

    /// Runs one iteration; waits for an event if there is nothing to do at once. Whether the loop is still alive.
    ///
    /// # Errors
    /// Where the operating system's poller fails.
    pub fn run_once(&mut self) -> Result<bool, LoopError> {
        let mut both = self.shared.borrow_mut();
        let LoopAndHost { event_loop, host } = &mut *both;
        event_loop.run_once(host)
    }

    /// Whether anything keeps the loop alive.
    pub fn is_alive(&self) -> bool {
        self.shared.borrow().event_loop.alive()
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Ok(mut both) = self.shared.try_borrow_mut() {
            both.host.remove(self.core.id());
        }
    }
}
