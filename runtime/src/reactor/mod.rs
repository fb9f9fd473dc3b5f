//! The reactor: which sources are watched for what, and the wait for them.
//!
//! Strategy: level-triggered, and an interest stays registered. A connection
//! that is being read costs one registration in its life; a request on it costs
//! a wait, a read and a write. Level-triggered, because then a short read need
//! not be followed by a second one that fails: what is left is reported again.
//! An interest in reading that has become idle is taken back only when an event
//! nobody wanted arrives (see `handle/stream.rs`), so pausing and resuming a
//! stream within an iteration costs nothing.
//!
//! The reactor knows keys, not handles: `event_loop/poll.rs` resolves a key to
//! a handle of the right generation (`token.rs`). Not here: timeouts
//! (`event_loop/mod.rs`) and messages of other threads (`wake.rs`).

pub(crate) mod token;
pub(crate) mod wake;

use std::io;
use std::time::Duration;

use crate::sys::{Interest, Readiness, Selector, Source, Waker};

use token::Token;

/// Watches the sources of one loop.
pub(crate) struct Reactor {
    selector: Selector,
    /// Kept between waits for its capacity.
    ready: Vec<Readiness>,
}

impl Reactor {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            selector: Selector::new()?,
            ready: Vec::new(),
        })
    }

    pub(crate) fn waker(&self) -> Waker {
        self.selector.waker()
    }

    /// Changes what `source` is watched for, with as few calls as it takes.
    /// `was` is what it is watched for now; no interest at all is no
    /// registration, since a bare registration still reports hang-ups.
    pub(crate) fn watch(
        &self,
        source: &Source,
        token: Token,
        was: Interest,
        wanted: Interest,
    ) -> io::Result<()> {
        match (was.is_none(), wanted.is_none()) {
            _ if was == wanted => Ok(()),
            (true, _) => self.selector.add(source, token.key(), wanted),
            (_, true) => self.selector.remove(source),
            _ => self.selector.modify(source, token.key(), wanted),
        }
    }

    /// Waits for at most `timeout` (`None`: until something happens). The list
    /// goes back through [`Reactor::recycle`].
    pub(crate) fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Vec<Readiness>> {
        let mut ready = std::mem::take(&mut self.ready);
        ready.clear();
        self.selector.wait(timeout, &mut ready)?;
        Ok(ready)
    }

    /// Takes the list of the last wait back.
    pub(crate) fn recycle(&mut self, ready: Vec<Readiness>) {
        self.ready = ready;
    }
}
