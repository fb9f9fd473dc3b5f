//! The queue of jobs (microtasks).

use std::collections::VecDeque;

use super::{heap::Tracer, machine::NativeFn, value::Value};

/// A queued job: a Rust step with its values.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// What runs it: `values` become the arguments.
    pub run: NativeFn,
    /// What it works on.
    pub values: [Value; 4],
    /// The realm that it runs in.
    pub realm: u32,
    /// The host's asynchronous context at the time it was queued.
    pub async_context: Value,
}

/// Jobs in the order they were queued. Source: ECMA-262 <https://tc39.es/ecma262/#sec-jobs>.
#[derive(Debug, Default)]
pub struct Jobs {
    /// The queue.
    pub queue: VecDeque<Job>,
    /// The asynchronous context of the running code.
    pub async_context: Option<Value>,
    /// The reaction whose handler runs, if one does: the drain keeps it alive.
    pub reaction: Option<Value>,
    /// Is a drain under way?
    pub draining: bool,
    /// Realms whose jobs wait until the host runs them, each with its queue.
    pub(in crate::vm) own: Vec<(u32, VecDeque<Job>)>,
    /// Callbacks of `FinalizationRegistry` that are due, with their held values.
    pub(in crate::vm) finalizers: super::builtins::weak::Finalizers,
}

impl Jobs {
    /// Queues a job: behind the others, or behind those of its realm if that has a queue of its own.
    pub(in crate::vm) fn push(&mut self, job: Job) {
        match self.own.iter_mut().find(|(realm, _)| *realm == job.realm) {
            Some((_, queue)) => queue.push_back(job),
            None => self.queue.push_back(job),
        }
    }

    /// Takes the next job: of the realm, if one is given, that has a queue of its own.
    pub(in crate::vm) fn pop(&mut self, realm: Option<u32>) -> Option<Job> {
        let Some(realm) = realm else {
            return self.queue.pop_front();
        };
        let own = self.own.iter_mut().find(|(known, _)| *known == realm);
        own.and_then(|(_, queue)| queue.pop_front())
    }

    pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
        for job in self
            .queue
            .iter()
            .chain(self.own.iter().flat_map(|(_, queue)| queue))
        {
            tracer.values(&job.values);
            tracer.value(job.async_context);
        }
        if let Some(context) = self.async_context {
            tracer.value(context);
        }
        for &(cleanup, held) in self.finalizers.borrow().iter() {
            tracer.value(cleanup);
            tracer.value(held);
        }
    }
}
