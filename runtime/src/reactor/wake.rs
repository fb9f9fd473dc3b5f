//! The inbox: what other threads hand to the loop.
//!
//! Worker threads and [`LoopSender`](crate::event_loop::LoopSender)s append
//! messages to one queue and wake the loop. A burst needs one wake-up: only the
//! message that finds the flag down rings. The loop lowers the flag before it
//! takes the messages, so one that comes late rings again.

use std::any::Any;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::WorkError;
use crate::reactor::token::Token;
use crate::sys::Waker;

/// What a worker thread made of a request.
pub(crate) type Outcome = Result<Box<dyn Any + Send>, WorkError>;

/// A message from another thread.
pub(crate) enum Message<H> {
    /// A callback to run in the poll phase.
    Posted(Box<dyn FnOnce(&mut H) + Send>),
    /// A request that has ended.
    Work(Token, Outcome),
}

/// The queue between other threads and one loop.
pub(crate) struct Inbox<H> {
    queue: Mutex<VecDeque<Message<H>>>,
    rung: AtomicBool,
    n_live_senders: AtomicUsize,
    waker: Waker,
}

impl<H> Inbox<H> {
    pub(crate) fn new(waker: Waker) -> Self {
        Self {
            queue: Mutex::new(VecDeque::new()),
            rung: AtomicBool::new(false),
            n_live_senders: AtomicUsize::new(0),
            waker,
        }
    }

    /// Appends a message and sees to it that the loop takes it.
    pub(crate) fn push(&self, message: Message<H>) {
        self.lock().push_back(message);
        self.ring();
    }

    /// Wakes the loop unless a wake-up is already under way.
    pub(crate) fn ring(&self) {
        if !self.rung.swap(true, Ordering::AcqRel) {
            self.waker.wake();
        }
    }

    /// Moves all messages to the end of `into`. Takes no lock when nobody rang.
    pub(crate) fn take_into(&self, into: &mut VecDeque<Message<H>>) {
        if !self.rung.swap(false, Ordering::AcqRel) {
            return;
        }
        let mut queue = self.lock();
        if into.is_empty() {
            std::mem::swap(&mut *queue, into);
        } else {
            into.append(&mut queue);
        }
    }

    /// Whether messages wait that the loop has not taken.
    pub(crate) fn is_rung(&self) -> bool {
        self.rung.load(Ordering::Acquire)
    }

    pub(crate) fn n_live_senders(&self) -> usize {
        self.n_live_senders.load(Ordering::Acquire)
    }

    pub(crate) fn add_live_sender(&self) {
        self.n_live_senders.fetch_add(1, Ordering::AcqRel);
    }

    /// The loop may sleep for this sender's sake alone, so it is woken.
    pub(crate) fn remove_live_sender(&self) {
        self.n_live_senders.fetch_sub(1, Ordering::AcqRel);
        self.ring();
    }

    /// A panic in a callback's `Drop` may have poisoned the lock; the queue
    /// itself is whole at every moment.
    fn lock(&self) -> MutexGuard<'_, VecDeque<Message<H>>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
