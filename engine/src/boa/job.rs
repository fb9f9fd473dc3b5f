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

use super::{cast, context::Context, error::Error, function::Function, value::Value};

/// A queued microtask.
enum Microtask {
    Promise(PromiseJob),
    Function(Function),
}

/// The queues of one context.
#[derive(Default)]
pub(super) struct Jobs {
    microtasks: RefCell<VecDeque<Microtask>>,
    loads: RefCell<VecDeque<NativeAsyncJob>>,
}

impl Jobs {
    pub(super) fn is_empty(&self) -> bool {
        self.microtasks.borrow().is_empty() && self.loads.borrow().is_empty()
    }

    pub(super) fn push_function(&self, function: Function) {
        self.microtasks
            .borrow_mut()
            .push_back(Microtask::Function(function));
    }

    /// Runs everything that waits, until nothing does.
    pub(super) fn drain(&self, ctx: &mut Context) {
        loop {
            self.run_loads(ctx);
            let Some(task) = self.microtasks.borrow_mut().pop_front() else {
                if self.loads.borrow().is_empty() {
                    break;
                }
                continue;
            };
            if let Err(error) = run(ctx, task) {
                self.report(ctx, error);
            }
        }
        ctx.inner.clear_kept_objects();
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

    fn report(&self, _ctx: &mut Context, _error: Error) {}
}

fn run(ctx: &mut Context, task: Microtask) -> Result<(), Error> {
    match task {
        Microtask::Promise(job) => ctx.guarded(|ctx| job.call(&mut ctx.inner)).map(drop),
        Microtask::Function(function) => function.call(ctx, &Value::undefined(), &[]).map(drop),
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
