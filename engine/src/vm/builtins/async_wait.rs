//! Promises of `Atomics.waitAsync`: who waits in this machine, and how another thread wakes it.
//!
//! Each wait has a number. Whoever notifies puts that number into the machine's [`Inbox`], from any thread, and calls the
//! host's waker; the machine looks into it between two jobs and when the host asks. Timeouts are by the host's clock: the
//! host learns of the next one and asks again when it is due. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-enqueueresolveinagentjob>.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use super::shared_block::SharedBlock;
use crate::vm::{
    heap::{Obj, Tracer},
    machine::Vm,
    value::Value,
};

/// What a host gives to be woken by, from any thread.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// The numbers of a machine's waits that were notified.
#[derive(Default)]
pub struct Inbox {
    notified: Mutex<Vec<u64>>,
    /// Is there any number? Asked between jobs.
    any: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inbox")
            .field("any", &self.any)
            .finish_non_exhaustive()
    }
}

impl Inbox {
    /// A wait was notified.
    pub(super) fn put(&self, id: u64) {
        let lock = self.notified.lock();
        lock.unwrap_or_else(PoisonError::into_inner).push(id);
        self.any.store(true, Ordering::Release);
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wake) = waker.clone() {
            drop(waker);
            wake();
        }
    }

    /// The notified waits, in order.
    pub(super) fn take(&self) -> Vec<u64> {
        if !self.any.swap(false, Ordering::Acquire) {
            return Vec::new();
        }
        let lock = self.notified.lock();
        std::mem::take(&mut lock.unwrap_or_else(PoisonError::into_inner))
    }

    /// Sets who is called when a number arrives.
    pub(in crate::vm) fn set_waker(&self, waker: Option<Waker>) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = waker;
    }
}

/// The waits of a machine.
#[derive(Debug, Default)]
pub struct AsyncWaits {
    /// Where others tell of them.
    pub inbox: Arc<Inbox>,
    next_id: u64,
    list: Vec<AsyncWait>,
}

#[derive(Debug)]
struct AsyncWait {
    id: u64,
    promise: Obj,
    block: Arc<SharedBlock>,
    /// Its ticket in the block's list.
    ticket: u64,
    /// When it is over, by the host's clock.
    deadline: Option<Duration>,
}

impl AsyncWaits {
    /// Does nobody wait?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The earliest deadline.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Duration> {
        self.list.iter().filter_map(|wait| wait.deadline).min()
    }

    pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
        for wait in &self.list {
            tracer.value(wait.promise.into());
        }
    }

    /// Takes the waits that are over, in order, and whether each was notified.
    fn take_over(&mut self, now: Option<Duration>) -> Vec<(Obj, bool)> {
        let mut over = Vec::new();
        let mut settle = |list: &mut Vec<AsyncWait>, ids: Vec<u64>| {
            for id in ids {
                if let Some(place) = list.iter().position(|wait| wait.id == id) {
                    over.push((list.remove(place).promise, true));
                }
            }
        };
        settle(&mut self.list, self.inbox.take());
        let Some(now) = now else { return over };
        let is_due = |wait: &AsyncWait| wait.deadline.is_some_and(|deadline| deadline <= now);
        let mut due: Vec<_> = self.list.extract_if(.., |wait| is_due(wait)).collect();
        due.sort_by_key(|wait| wait.deadline);
        // One that cannot be cancelled any more was notified since we looked.
        over.extend(due.into_iter().map(|wait| {
            let is_notified = !wait.block.cancel(wait.ticket);
            (wait.promise, is_notified)
        }));
        over
    }
}

impl Drop for AsyncWaits {
    /// A machine that is gone waits for nothing: others must not wake it instead of somebody else.
    fn drop(&mut self) {
        for wait in &self.list {
            wait.block.cancel(wait.ticket);
        }
    }
}

impl Vm {
    /// Waits for a notification at a number (offset, size, expected bits) of `block`: the promise, or `None` if the number
    /// is another one.
    pub(super) fn start_async_wait(
        &mut self,
        block: &Arc<SharedBlock>,
        (at, size, expected): (usize, usize, u64),
        timeout: Option<Duration>,
    ) -> Option<Obj> {
        let id = self.waits.next_id;
        let ticket = block.wait_async(at, size, expected, &self.waits.inbox, id)?;
        let now = timeout.map(|_| self.monotonic_time());
        let deadline = timeout
            .zip(now)
            .and_then(|(timeout, now)| now.checked_add(timeout));
        let promise = self.promise_new();
        self.waits.next_id += 1;
        self.waits.list.push(AsyncWait {
            id,
            promise,
            block: Arc::clone(block),
            ticket,
            deadline,
        });
        if let Some(changed) = self.host.async_wait_started {
            changed(self, timeout);
        }
        Some(promise)
    }

    /// Resolves the promises of the waits that were notified or timed out.
    pub(in crate::vm) fn settle_async_waits(&mut self) {
        if self.waits.is_empty() {
            return;
        }
        let has_deadline = self.waits.list.iter().any(|wait| wait.deadline.is_some());
        let now = has_deadline.then(|| self.monotonic_time());
        let over = self.waits.take_over(now);
        let mark = self.root_mark();
        for &(promise, _) in &over {
            self.root(Value::from(promise));
        }
        for (promise, is_notified) in over {
            let text = if is_notified { "ok" } else { "timed-out" };
            let text = self.str(text);
            self.promise_resolve_with(promise, text.into());
        }
        self.unroot_to(mark);
    }

    /// Time since some moment, by the host's clock.
    pub(in crate::vm) fn monotonic_time(&self) -> Duration {
        let clock = self.host.monotonic_time.as_ref();
        clock.map_or(Duration::ZERO, |clock| clock())
    }
}
