//! The worker pool: threads for work that would block the loop.
//!
//! Jobs are taken first in, first out. Threads start when there is work and no
//! thread to do it, up to the pool's size, and stay. A job gets and gives owned
//! data; it never sees a JavaScript value. The pool does not know the loop: a
//! job carries its own way home (`event_loop/requests.rs`).
//!
//! Invariants: `n_idle` threads wait on the condition variable or are about to;
//! the ticket of `queue`'s front is `first`.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Threads of a pool that was not told otherwise, as in Node.
pub const DEFAULT_SIZE: usize = 4;

/// The most threads a pool may have, as in Node.
pub const MAX_SIZE: usize = 1024;

/// A piece of blocking work.
pub(crate) type Job = Box<dyn FnOnce() + Send>;

/// Names a job of a pool. Never given out twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticket(u64);

/// A pool of threads for blocking work. Clones share the threads.
///
/// The threads end when the last clone is dropped, each after the job in its
/// hands; jobs that no thread has taken up are dropped.
#[derive(Clone)]
pub struct WorkerPool {
    owner: Arc<Owner>,
}

/// Ends the threads when the last [`WorkerPool`] goes.
struct Owner {
    shared: Arc<Shared>,
    size: usize,
}

struct Shared {
    state: Mutex<State>,
    work_arrived: Condvar,
}

struct State {
    queue: VecDeque<Option<Job>>,
    first: u64,
    n_threads: usize,
    n_idle: usize,
    closed: bool,
}

impl WorkerPool {
    /// A pool of at most `size` threads, clamped to 1..=[`MAX_SIZE`]. Starts
    /// none of them.
    pub fn new(size: usize) -> Self {
        let state = State {
            queue: VecDeque::new(),
            first: 0,
            n_threads: 0,
            n_idle: 0,
            closed: false,
        };
        let shared = Shared {
            state: Mutex::new(state),
            work_arrived: Condvar::new(),
        };
        Self {
            owner: Arc::new(Owner {
                shared: Arc::new(shared),
                size: size.clamp(1, MAX_SIZE),
            }),
        }
    }

    /// A pool of the size that the environment variable `UV_THREADPOOL_SIZE`
    /// names, else of [`DEFAULT_SIZE`].
    ///
    /// See <https://nodejs.org/docs/latest-v24.x/api/cli.html#uv_threadpool_sizesize>.
    pub fn from_env() -> Self {
        let named = std::env::var("UV_THREADPOOL_SIZE").ok();
        Self::new(size_from(named.as_deref()))
    }

    /// How many threads the pool may have.
    pub fn size(&self) -> usize {
        self.owner.size
    }

    /// Queues a job.
    ///
    /// # Errors
    ///
    /// The system's error when the pool has no thread and can start none; the
    /// job is dropped.
    pub(crate) fn submit(&self, job: Job) -> io::Result<Ticket> {
        let shared = &self.owner.shared;
        let mut state = shared.lock();
        let ticket = Ticket(state.first + state.queue.len() as u64);
        state.queue.push_back(Some(job));
        if state.n_idle >= state.queue.len() || state.n_threads >= self.owner.size {
            drop(state);
            shared.work_arrived.notify_one();
            return Ok(ticket);
        }
        let number = state.n_threads;
        state.n_threads += 1;
        drop(state);
        self.start_thread(number).map(|()| ticket).or_else(|error| {
            let mut state = shared.lock();
            state.n_threads -= 1;
            if state.n_threads > 0 {
                return Ok(ticket);
            }
            let job = state.take_back(ticket);
            drop(state);
            drop(job);
            Err(error)
        })
    }

    /// Takes a job back that no thread has taken up. The job is for the caller
    /// to drop.
    pub(crate) fn cancel(&self, ticket: Ticket) -> Option<Job> {
        self.owner.shared.lock().take_back(ticket)
    }

    fn start_thread(&self, number: usize) -> io::Result<()> {
        let shared = Arc::clone(&self.owner.shared);
        thread::Builder::new()
            .name(format!("ouro-worker-{number}"))
            .spawn(move || work(&shared))
            .map(drop)
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.closed = true;
        let queue = std::mem::take(&mut state.queue);
        drop(state);
        drop(queue);
        self.shared.work_arrived.notify_all();
    }
}

impl Shared {
    /// Nothing panics while the lock is held, so a poisoned state is whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a job; `None` when the pool is closed.
    fn next_job(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.closed {
                state.n_threads -= 1;
                return None;
            }
            while let Some(job) = state.queue.pop_front() {
                state.first += 1;
                if job.is_some() {
                    return job;
                }
            }
            state.n_idle += 1;
            state = self
                .work_arrived
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.n_idle -= 1;
        }
    }
}

impl State {
    fn take_back(&mut self, ticket: Ticket) -> Option<Job> {
        let at = ticket.0.checked_sub(self.first)?;
        self.queue.get_mut(usize::try_from(at).ok()?)?.take()
    }
}

/// The body of a worker thread.
fn work(shared: &Shared) {
    while let Some(job) = shared.next_job() {
        // A job reports its own panic; this keeps the thread if reporting does.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

fn size_from(named: Option<&str>) -> usize {
    match named.and_then(|text| text.trim().parse::<usize>().ok()) {
        Some(0) => 1,
        Some(size) => size.min(MAX_SIZE),
        None => DEFAULT_SIZE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn jobs_of_a_single_thread_keep_their_order() {
        let pool = WorkerPool::new(1);
        let (tx, rx) = mpsc::channel();
        for n in 0..100 {
            let tx = tx.clone();
            assert!(
                pool.submit(Box::new(move || tx.send(n).unwrap_or_default()))
                    .is_ok()
            );
        }
        drop(tx);
        assert_eq!(rx.iter().collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn only_a_waiting_job_can_be_cancelled() {
        let pool = WorkerPool::new(1);
        let (started_tx, started) = mpsc::channel();
        let (go, go_rx) = mpsc::channel::<()>();
        let running = pool.submit(Box::new(move || {
            let _ = started_tx.send(());
            let _ = go_rx.recv();
        }));
        let waiting = pool.submit(Box::new(|| {}));
        assert!(started.recv().is_ok());
        let (Ok(running), Ok(waiting)) = (running, waiting) else {
            panic!("both jobs are queued");
        };
        assert!(pool.cancel(running).is_none());
        assert!(pool.cancel(waiting).is_some());
        assert!(pool.cancel(waiting).is_none());
        assert!(go.send(()).is_ok());
    }

    #[test]
    fn a_panic_does_not_cost_a_thread() {
        let pool = WorkerPool::new(1);
        let (tx, rx) = mpsc::channel();
        let bad = pool.submit(Box::new(|| std::panic::resume_unwind(Box::new("bad"))));
        let good = pool.submit(Box::new(move || tx.send(1).unwrap_or_default()));
        assert!(bad.is_ok() && good.is_ok());
        assert_eq!(rx.recv(), Ok(1));
    }

    #[test]
    fn the_size_is_what_the_environment_says_within_bounds() {
        assert_eq!(size_from(None), 4);
        assert_eq!(size_from(Some("")), 4);
        assert_eq!(size_from(Some("none")), 4);
        assert_eq!(size_from(Some("0")), 1);
        assert_eq!(size_from(Some("9")), 9);
        assert_eq!(size_from(Some("5000")), 1024);
    }
}
