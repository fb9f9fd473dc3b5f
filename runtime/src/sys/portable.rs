//! The selector of every system but Linux: `polling`, level-triggered.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use polling::{Event, Events, PollMode, Poller};

use super::{Interest, Readiness, Source};

/// Watches sources; see the contract in `mod.rs`.
pub(crate) struct Selector {
    poller: Arc<Poller>,
    events: Events,
}

/// Ends a wait from any thread.
#[derive(Clone)]
pub(crate) struct Waker(Arc<Poller>);

impl Waker {
    pub(crate) fn wake(&self) {
        // The only failure is a poller that is gone, and then nobody sleeps.
        let _ = self.0.notify();
    }
}

impl Selector {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            poller: Arc::new(Poller::new()?),
            events: Events::new(),
        })
    }

    pub(crate) fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.poller))
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

    pub(crate) fn wait(
        &mut self,
        timeout: Option<Duration>,
        ready: &mut Vec<Readiness>,
    ) -> io::Result<()> {
        self.events.clear();
        self.poller.wait(&mut self.events, timeout)?;
        ready.extend(self.events.iter().map(|event| Readiness {
            key: event.key,
            readable: event.readable,
            writable: event.writable,
        }));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn readiness_is_reported_until_it_is_gone() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let mut client = TcpStream::connect(listener.local_addr()?)?;
        let source = Source::from(listener.accept()?.0);
        let mut selector = Selector::new()?;
        selector.add(&source, 7, Interest::READ)?;
        client.write_all(b"x")?;
        for _ in 0..2 {
            let mut ready = Vec::new();
            selector.wait(None, &mut ready)?;
            assert_eq!(ready.len(), 1);
            assert!(ready.iter().all(|event| event.key == 7 && event.readable));
        }
        selector.modify(&source, 7, Interest::new(true, true))?;
        let mut ready = Vec::new();
        selector.wait(None, &mut ready)?;
        assert!(ready.iter().all(|event| event.readable && event.writable));
        selector.remove(&source)?;
        selector.waker().wake();
        let mut ready = Vec::new();
        selector.wait(None, &mut ready)?;
        assert!(ready.is_empty());
        Ok(())
    }
}
