//! Requests on the worker pool: from the loop to a thread and back.
//!
//! The work crosses threads, the callback stays: it waits in a slot of the loop
//! and the thread sends back only the slot's token and the boxed result.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::error::WorkError;
use crate::reactor::token::Token;
use crate::reactor::wake::{Message, Outcome};
use crate::worker_pool::Ticket;

use super::{CallbackKind, Host, LoopHandle};

/// Names a request on the worker pool until its callback has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId(Token);

impl RequestId {
    /// The id as one number, for a binding that hands it out.
    pub fn to_bits(self) -> u64 {
        u64::from(self.0.generation) << 32 | u64::from(self.0.index)
    }

    /// The id that [`RequestId::to_bits`] made `bits` of.
    pub fn from_bits(bits: u64) -> Self {
        Self(Token {
            index: bits as u32,
            generation: (bits >> 32) as u32,
        })
    }
}

/// What a request calls at its end.
type Done<H> = Box<dyn FnOnce(&mut H, Outcome)>;

/// A request whose end is awaited.
pub(crate) struct PendingWork<H> {
    /// `None` once it was cancelled or could not be queued.
    ticket: Option<Ticket>,
    done: Done<H>,
}

impl<H: Host> LoopHandle<H> {
    /// Runs `work` on the worker pool, then `done` with its result in the poll
    /// phase. The request keeps the loop alive until then.
    ///
    /// `done` always runs, later and exactly once, unless the loop goes first:
    /// a cancelled request, work that panicked and a pool without threads end as
    /// a [`WorkError`].
    pub fn submit<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> R + Send + 'static,
        done: impl FnOnce(&mut H, Result<R, WorkError>) + 'static,
    ) -> RequestId {
        let token = self.core.work.borrow_mut().insert(PendingWork {
            ticket: None,
            done: Box::new(move |host, outcome| done(host, outcome.and_then(unbox))),
        });
        let inbox = Arc::clone(&self.core.inbox);
        let job = Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(work))
                .map(|result| Box::new(result) as Box<dyn Any + Send>)
                .map_err(|panic| WorkError::Panicked(panic_text(&*panic)));
            inbox.push(Message::Work(token, outcome));
        });
        match self.core.pool.submit(job) {
            Ok(ticket) => {
                if let Some(work) = self.core.work.borrow_mut().get_mut(token) {
                    work.ticket = Some(ticket);
                }
            }
            Err(error) => self.fail_later(token, WorkError::NoThread(error.to_string())),
        }
        RequestId(token)
    }

    /// Cancels a request that no thread has taken up; its callback runs in the
    /// pending phase with [`WorkError::Cancelled`]. Answers whether it did: work
    /// under way can't be stopped.
    pub fn cancel(&self, id: RequestId) -> bool {
        let ticket = match self.core.work.borrow_mut().get_mut(id.0) {
            Some(work) => work.ticket.take(),
            None => None,
        };
        let Some(job) = ticket.and_then(|ticket| self.core.pool.cancel(ticket)) else {
            return false;
        };
        drop(job);
        self.fail_later(id.0, WorkError::Cancelled);
        true
    }

    /// Ends a request that got no result from a thread.
    fn fail_later(&self, token: Token, error: WorkError) {
        let this = self.clone();
        self.later(CallbackKind::Work, move |host| {
            if let Some(work) = this.take_work(token) {
                (work.done)(host, Err(error));
            }
        });
    }

    /// Ends a request with what a thread made of it.
    pub(crate) fn finish_work(&self, host: &mut H, token: Token, outcome: Outcome) {
        if let Some(work) = self.take_work(token) {
            self.dispatch(host, CallbackKind::Work, |host| (work.done)(host, outcome));
        }
    }

    fn take_work(&self, token: Token) -> Option<PendingWork<H>> {
        self.core.work.borrow_mut().remove(token)
    }
}

/// The type is right by construction: the same call made job and callback.
fn unbox<R: 'static>(result: Box<dyn Any + Send>) -> Result<R, WorkError> {
    let result = result.downcast::<R>();
    result
        .map(|result| *result)
        .map_err(|_| WorkError::Panicked("the result has another type".to_owned()))
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    if let Some(text) = panic.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = panic.downcast_ref::<String>() {
        text.clone()
    } else {
        "unknown panic".to_owned()
    }
}
