//! The microtask queue: Boa's job executor, with a `VecDeque` of our own.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::Future,
    pin::pin,
    rc::Rc,
    task::{Context as TaskContext, Poll, Waker},
};

use boa_engine::{
    JsResult,
    job::{Job, JobExecutor, NativeAsyncJob, PromiseJob},
};

use super::{
    cast, context::Context, error::Error, function::Function, shared::Shared, value::Value,
};

/// A queued microtask.
enum Microtask {
    Promise(PromiseJob),
    /// A host's microtask with the async context it was queued under.
    Function(Function, Value),
}

/// The queues of one context.
pub(super) struct Jobs {
    shared: Rc<Shared>,
    microtasks: RefCell<VecDeque<Microtask>>,
    loads: RefCell<VecDeque<NativeAsyncJob>>,
}

impl Jobs {
    pub(super) fn new(shared: Rc<Shared>) -> Self {
        Self {
            shared,
            microtasks: RefCell::default(),
            loads: RefCell::default(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.microtasks.borrow().is_empty() && self.loads.borrow().is_empty()
    }

    pub(super) fn push_function(&self, function: Function) {
        let context = self.shared.async_context.borrow().clone();
        self.microtasks
            .borrow_mut()
            .push_back(Microtask::Function(function, context));
    }

    /// Runs everything that waits, until nothing does. A nested call has no effect: the outer one goes on.
    pub(super) fn drain(&self, ctx: &mut Context) {
        if self.shared.draining.replace(true) {
            return;
        }
        let outer = self.shared.async_context.replace(Value::undefined());
        self.drain_queues(ctx);
        self.shared.async_context.replace(outer);
        self.shared.draining.set(false);
        ctx.inner.clear_kept_objects();
    }

    fn drain_queues(&self, ctx: &mut Context) {
        loop {
            self.run_loads(ctx);
            let Some(task) = self.microtasks.borrow_mut().pop_front() else {
                if self.loads.borrow().is_empty() {
                    break;
                }
                continue;
            };
            if let Err(error) = self.run(ctx, task) {
                self.report(ctx, error);
            }
        }
    }

    /// Runs module loads. Our loader never waits, so one poll finishes each.
    pub(super) fn run_loads(&self, ctx: &mut Context) {
        loop {
            let Some(job) = self.loads.borrow_mut().pop_front() else {
                break;
            };
            let result = ctx.guarded(|ctx| {
                let cell = RefCell::new(&mut ctx.inner);
                let mut future = pin!(job.call(&cell));
                match future
                    .as_mut()
                    .poll(&mut TaskContext::from_waker(Waker::noop()))
                {
                    Poll::Ready(result) => result,
                    // Only a finalization registry waits; see `enqueue_job`.
                    Poll::Pending => Ok(boa_engine::JsValue::undefined()),
                }
            });
            if let Err(error) = result {
                self.report(ctx, error);
            }
        }
    }

    fn run(&self, ctx: &mut Context, task: Microtask) -> Result<(), Error> {
        match task {
            Microtask::Promise(job) => ctx.guarded(|ctx| job.call(&mut ctx.inner)).map(drop),
            Microtask::Function(function, context) => {
                self.shared.async_context.replace(context);
                let result = function.call(ctx, &Value::undefined(), &[]).map(drop);
                self.shared.async_context.replace(Value::undefined());
                result
            }
        }
    }

    fn report(&self, ctx: &mut Context, error: Error) {
        self.shared.hooks().microtask_error(ctx, error);
    }
}

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, job: Job, _: &mut boa_engine::Context) {
        match job {
            Job::PromiseJob(job) => self
                .microtasks
                .borrow_mut()
                .push_back(Microtask::Promise(job)),
            Job::AsyncJob(job) => self.loads.borrow_mut().push_back(job),
            // Timers belong to the host, and nothing in the engine makes these jobs; a finalization registry's
            // callbacks are optional by specification.
            _ => {}
        }
    }

    fn run_jobs(self: Rc<Self>, context: &mut boa_engine::Context) -> JsResult<()> {
        self.drain(cast::context(context));
        Ok(())
    }
}
