//! The queue of jobs (microtasks).

use std::collections::VecDeque;

use super::{
    heap::Tracer,
    machine::{NativeFn, Vm},
    value::Value,
};

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

/// Jobs of a chunk.
const CHUNK: usize = 256;

/// A queue in chunks: growing never holds it twice.
#[derive(Debug, Default)]
pub struct Queue {
    chunks: VecDeque<VecDeque<Job>>,
    /// An empty chunk for the next one.
    spare: Option<VecDeque<Job>>,
}

impl Queue {
    /// Is it empty?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.iter().all(VecDeque::is_empty)
    }

    /// Bytes that it takes.
    fn bytes(&self) -> usize {
        let n_chunks = self.chunks.len() + usize::from(self.spare.is_some());
        n_chunks * CHUNK * size_of::<Job>() + self.chunks.capacity() * size_of::<VecDeque<Job>>()
    }

    /// Appends a job; did that take memory?
    #[inline]
    fn push(&mut self, job: Job) -> bool {
        if let Some(last) = self.chunks.back_mut()
            && last.len() < CHUNK
        {
            last.push_back(job);
            return false;
        }
        let spare = self.spare.take();
        let grows = spare.is_none();
        let mut chunk = spare.unwrap_or_else(|| VecDeque::with_capacity(CHUNK));
        chunk.push_back(job);
        self.chunks.push_back(chunk);
        grows
    }

    #[inline]
    fn pop(&mut self) -> Option<Job> {
        let first = self.chunks.front_mut()?;
        let job = first.pop_front();
        if first.is_empty() && self.chunks.len() > 1 {
            self.spare = self.chunks.pop_front();
        }
        job
    }

    fn iter(&self) -> impl Iterator<Item = &Job> {
        self.chunks.iter().flatten()
    }
}

/// Jobs in the order they were queued. Source: ECMA-262 <https://tc39.es/ecma262/#sec-jobs>.
#[derive(Debug, Default)]
pub struct Jobs {
    /// The queue.
    pub queue: Queue,
    /// The asynchronous context of the running code.
    pub async_context: Option<Value>,
    /// The reaction whose handler runs, if one does: the drain keeps it alive.
    pub reaction: Option<Value>,
    /// Is a drain under way?
    pub draining: bool,
    /// Realms whose jobs wait until the host runs them, each with its queue.
    pub(in crate::vm) own: Vec<(u32, Queue)>,
    /// Callbacks of `FinalizationRegistry` that are due, with their held values.
    pub(in crate::vm) finalizers: super::builtins::weak::Finalizers,
}

impl Jobs {
    /// Queues a job: behind the others, or behind those of its realm if that has a queue of its own. Did that take memory?
    #[inline]
    fn push(&mut self, job: Job) -> bool {
        match self.own.iter_mut().find(|(realm, _)| *realm == job.realm) {
            Some((_, queue)) => queue.push(job),
            None => self.queue.push(job),
        }
    }

    /// Bytes of the queues.
    pub(in crate::vm) fn bytes(&self) -> usize {
        let own = self.own.iter().map(|(_, queue)| queue.bytes());
        self.queue.bytes() + own.sum::<usize>()
    }

    /// Takes the next job: of the realm, if one is given, that has a queue of its own.
    pub(in crate::vm) fn pop(&mut self, realm: Option<u32>) -> Option<Job> {
        let Some(realm) = realm else {
            return self.queue.pop();
        };
        let own = self.own.iter_mut().find(|(known, _)| *known == realm);
        own.and_then(|(_, queue)| queue.pop())
    }

    pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
        for job in self
            .queue
            .iter()
            .chain(self.own.iter().flat_map(|(_, queue)| queue.iter()))
        {
            tracer.values(&job.values);
            tracer.realm(job.realm);
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

impl Vm {
    /// Queues a job.
    #[inline]
    pub(in crate::vm) fn queue_job(&mut self, job: Job) {
        if self.jobs.push(job) {
            self.count_machine();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_keeps_its_order_and_its_size() {
        let mut queue = Queue::default();
        let job = |number: i32| Job {
            run: |_, _| Ok(Value::UNDEFINED),
            values: [Value::int(number); 4],
            realm: 0,
            async_context: Value::UNDEFINED,
        };
        let mut next = 0;
        for number in 0..5000 {
            queue.push(job(number));
            if number % 3 == 0 {
                assert_eq!(queue.pop().map(|job| job.values[0]), Some(Value::int(next)));
                next += 1;
            }
        }
        assert_eq!(queue.iter().count() as i32, 5000 - next);
        while let Some(job) = queue.pop() {
            assert_eq!(job.values[0], Value::int(next));
            next += 1;
        }
        assert!(next == 5000 && queue.is_empty() && queue.chunks.len() == 1);
        assert!(!queue.push(job(1)) && !queue.is_empty());
    }
}
