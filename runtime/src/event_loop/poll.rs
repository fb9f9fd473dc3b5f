//! The poll phase: wait for events, then give each to whom it belongs.

use std::time::Duration;

use crate::error::LoopError;
use crate::reactor::wake::Message;

use super::{CallbackKind, Host, LoopHandle, Phase};

impl<H: Host> LoopHandle<H> {
    /// Waits for at most `timeout_ns` (`None`: until something happens), then
    /// runs the callbacks of handles, and behind them those of other threads.
    pub(super) fn run_poll(&self, host: &mut H, timeout_ns: Option<u64>) -> Result<(), LoopError> {
        let core = &self.core;
        core.phase.set(Phase::Poll);
        let sleep_ns = if core.simulated && timeout_ns.is_some() {
            Some(0)
        } else {
            timeout_ns
        };
        let timeout = sleep_ns.map(Duration::from_nanos);
        let waited = core.reactor.borrow_mut().wait(timeout);
        let ready = waited.map_err(LoopError::Wait)?;
        if core.simulated && ready.is_empty() && !core.inbox.is_rung() {
            core.clock.skip(timeout_ns.unwrap_or(0));
        }
        self.update_time();
        for &event in &ready {
            // What is left after a stop is reported again: level-triggered.
            if core.stopped.get() {
                break;
            }
            self.on_ready(host, event);
        }
        core.reactor.borrow_mut().recycle(ready);
        self.run_arrivals(host);
        Ok(())
    }

    /// Runs what other threads have sent so far. What they send meanwhile waits
    /// for the next iteration, so that they can't hold the loop here.
    fn run_arrivals(&self, host: &mut H) {
        let arrivals = &self.core.arrivals;
        self.core.inbox.take_into(&mut arrivals.borrow_mut());
        let n_messages = arrivals.borrow().len();
        for _ in 0..n_messages {
            if self.core.stopped.get() {
                return;
            }
            let message = arrivals.borrow_mut().pop_front();
            match message {
                Some(Message::Posted(callback)) => {
                    self.dispatch(host, CallbackKind::Posted, callback);
                }
                Some(Message::Work(token, outcome)) => self.finish_work(host, token, outcome),
                None => return,
            }
        }
    }
}
