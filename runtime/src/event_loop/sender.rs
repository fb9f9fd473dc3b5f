//! Handing callbacks to the loop from other threads.

use std::fmt;
use std::sync::Arc;

use crate::reactor::wake::{Inbox, Message};

use super::{Host, LoopHandle};

/// Posts callbacks to a loop, from any thread.
///
/// A sender that is ref'd, as it is at first, keeps the loop alive until it is
/// dropped or unref'd: something is still expected to come. What has been
/// posted keeps it alive in any case. Clones count each for itself and start
/// out like the original. Messages to a loop that has gone
/// are dropped with their callbacks.
pub struct LoopSender<H: Host> {
    inbox: Arc<Inbox<H>>,
    refd: bool,
}

impl<H: Host> LoopSender<H> {
    /// Queues `callback` for the loop's poll phase and wakes the loop. Callbacks
    /// of one thread run in the order in which it posted them. Does not block.
    pub fn post(&self, callback: impl FnOnce(&mut H) + Send + 'static) {
        self.inbox.push(Message::Posted(Box::new(callback)));
    }

    /// Says whether this sender keeps the loop alive.
    pub fn set_ref(&mut self, refd: bool) {
        if std::mem::replace(&mut self.refd, refd) == refd {
            return;
        }
        if refd {
            self.inbox.add_live_sender();
        } else {
            self.inbox.remove_live_sender();
        }
    }

    /// Whether this sender keeps the loop alive.
    pub fn has_ref(&self) -> bool {
        self.refd
    }
}

impl<H: Host> Clone for LoopSender<H> {
    fn clone(&self) -> Self {
        if self.refd {
            self.inbox.add_live_sender();
        }
        Self {
            inbox: Arc::clone(&self.inbox),
            refd: self.refd,
        }
    }
}

impl<H: Host> Drop for LoopSender<H> {
    fn drop(&mut self) {
        if self.refd {
            self.inbox.remove_live_sender();
        }
    }
}

impl<H: Host> fmt::Debug for LoopSender<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopSender")
            .field("refd", &self.refd)
            .finish_non_exhaustive()
    }
}

impl<H: Host> LoopHandle<H> {
    /// A sender for other threads. It is ref'd.
    pub fn sender(&self) -> LoopSender<H> {
        self.core.inbox.add_live_sender();
        LoopSender {
            inbox: Arc::clone(&self.core.inbox),
            refd: true,
        }
    }
}
