//! Linux's selector: epoll, one system call per wait.
//!
//! Sources are registered through `polling`, level-triggered. The wait goes to
//! epoll directly, on the same descriptor: `Poller::wait` re-arms a timer and a
//! notifier around every wait (five system calls), while this loop knows its
//! timeout beforehand and wakes itself through an eventfd that is watched
//! edge-triggered and so need never be read.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use polling::{Event, PollMode, Poller};
use rustix::event::{EventfdFlags, epoll, eventfd};
use rustix::fs::Timespec;

use super::super::{Interest, Readiness};
use super::Source;

/// Events taken from the kernel at once; the rest comes with the next wait.
const EVENTS_PER_WAIT: usize = 1024;

/// The key of the eventfd; slot indices stay below it, and `polling` keeps
/// `usize::MAX` for itself.
const WAKE_KEY: usize = usize::MAX - 1;

/// Watches sources; see the contract in `sys/mod.rs`.
pub(crate) struct Selector {
    poller: Poller,
    wake: Arc<OwnedFd>,
    events: Vec<epoll::Event>,
}

/// Ends a wait from any thread.
#[derive(Clone)]
pub(crate) struct Waker(Arc<OwnedFd>);

impl Waker {
    pub(crate) fn wake(&self) {
        // Fails only when 2^64 - 2 wake-ups are outstanding, which is a
        // wake-up too.
        let _ = rustix::io::write(&*self.0, &1_u64.to_ne_bytes());
    }
}

impl Selector {
    pub(crate) fn new() -> io::Result<Self> {
        let poller = Poller::new()?;
        let wake = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        // SAFETY: `wake` is open here, and epoll forgets it by itself when the
        // last `Waker` closes it.
        unsafe {
            poller.add_with_mode(&wake, Event::readable(WAKE_KEY), PollMode::Edge)?;
        }
        Ok(Self {
            poller,
            wake: Arc::new(wake),
            events: Vec::with_capacity(EVENTS_PER_WAIT),
        })
    }

    pub(crate) fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.wake))
    }

    pub(crate) fn add(&self, source: &Source, key: usize, interest: Interest) -> io::Result<()> {
        let event = Event::new(key, interest.read, interest.write);
        // SAFETY: the reactor removes a source before it drops it, and its
        // `Source` keeps the descriptor open until then.
        unsafe { self.poller.add_with_mode(source, event, PollMode::Level) }
    }

    pub(crate) fn modify(&self, source: &Source, key: usize, interest: Interest) -> io::Result<()> {
        let event = Event::new(key, interest.read, interest.write);
        self.poller.modify_with_mode(source, event, PollMode::Level)
    }

    pub(crate) fn remove(&self, source: &Source) -> io::Result<()> {
        self.poller.delete(source)
    }

    /// Waits for at most `timeout`, rounded up to a millisecond; an
    /// interruption by a signal counts as an early end.
    pub(crate) fn wait(
        &mut self,
        timeout: Option<Duration>,
        ready: &mut Vec<Readiness>,
    ) -> io::Result<()> {
        self.events.clear();
        let timeout = timeout.and_then(|span| Timespec::try_from(span).ok());
        let events = rustix::buffer::spare_capacity(&mut self.events);
        match epoll::wait(self.poller.as_fd(), events, timeout.as_ref()) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        ready.extend(self.events.iter().filter_map(readiness));
        Ok(())
    }
}

fn readiness(event: &epoll::Event) -> Option<Readiness> {
    use epoll::EventFlags as Flags;
    let (data, flags) = (event.data, event.flags);
    let key = usize::try_from(data.u64()).ok()?;
    if key >= WAKE_KEY {
        return None;
    }
    let broken = Flags::HUP | Flags::ERR;
    Some(Readiness {
        key,
        readable: flags.intersects(Flags::IN | Flags::RDHUP | Flags::PRI | broken),
        writable: flags.intersects(Flags::OUT | broken),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::unix::net::UnixStream;

    #[test]
    fn a_wake_up_ends_the_wait_and_is_not_reported() -> io::Result<()> {
        let mut selector = Selector::new()?;
        let waker = selector.waker();
        for _ in 0..3 {
            waker.wake();
            waker.wake();
            let mut ready = Vec::new();
            selector.wait(None, &mut ready)?;
            assert!(ready.is_empty());
        }
        Ok(())
    }

    #[test]
    fn readiness_is_reported_until_it_is_gone() -> io::Result<()> {
        let (mut client, server) = UnixStream::pair()?;
        let source = Source::from(server);
        let mut selector = Selector::new()?;
        selector.add(&source, 7, Interest::READ)?;
        client.write_all(b"x")?;
        let expected = Readiness {
            key: 7,
            readable: true,
            writable: false,
        };
        for _ in 0..2 {
            let mut ready = Vec::new();
            selector.wait(None, &mut ready)?;
            assert_eq!(ready, [expected]);
        }
        selector.modify(&source, 7, Interest::new(true, true))?;
        let mut ready = Vec::new();
        selector.wait(None, &mut ready)?;
        assert!(ready.iter().all(|event| event.readable && event.writable));
        selector.remove(&source)?;
        ready.clear();
        selector.wait(Some(Duration::ZERO), &mut ready)?;
        assert!(ready.is_empty());
        Ok(())
    }
}
