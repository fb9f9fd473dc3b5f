//! Signals: a callback for each that arrives.
//!
//! The signal handler writes a byte into a socket pair, and the loop reads it:
//! several signals that arrive before the loop looks are one call. While any
//! loop of the process listens to a signal its default action is off; when the
//! last listener goes the default action is back, inside the handler, which
//! itself stays installed.
//!
//! See <https://nodejs.org/docs/latest-v24.x/api/process.html#signal-events>.

use std::io;
use std::sync::{Arc, atomic::AtomicBool};

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::sys::{self, Readiness, SignalListener};

use super::{Handle, HandleId, Kind};

type OnSignal<H> = Box<dyn FnMut(&mut H)>;

/// The state of a signal listener.
pub(super) struct Signal<H> {
    pub(super) listener: SignalListener,
    /// `None` while it runs.
    on_signal: Option<OnSignal<H>>,
}

/// Signals.
impl<H: Host> LoopHandle<H> {
    /// Listens to a signal, by the system's number. The handle is ref'd; Node
    /// unrefs it.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a number that is no signal or one that can't be listened to
    /// (`SIGKILL`, `SIGSTOP` and those of faults); the system's when it has no
    /// descriptors left.
    pub fn signal_start(
        &self,
        signum: i32,
        on_signal: impl FnMut(&mut H) + 'static,
    ) -> io::Result<HandleId> {
        self.insert_handle(Kind::Signal(Signal {
            listener: SignalListener::new(signum)?,
            on_signal: Some(Box::new(on_signal)),
        }))
    }

    pub(super) fn on_signal_ready(&self, host: &mut H, id: HandleId, _event: Readiness) {
        let Some(mut on_signal) = self.take_signal(id) else {
            return;
        };
        self.dispatch(host, CallbackKind::Signal, |host| on_signal(host));
        let mut slots = self.core.handles.slots.borrow_mut();
        if let Some(Handle {
            kind: Kind::Signal(signal),
            ..
        }) = slots.get_mut(id.0)
        {
            signal.on_signal = Some(on_signal);
            return;
        }
        drop(slots);
        drop(on_signal);
    }

    /// Empties the pair; the callback, if there was a signal in it.
    fn take_signal(&self, id: HandleId) -> Option<OnSignal<H>> {
        let mut slots = self.core.handles.slots.borrow_mut();
        let Some(Handle {
            kind: Kind::Signal(signal),
            ..
        }) = slots.get_mut(id.0)
        else {
            return None;
        };
        let mut bytes = [0; 64];
        let mut arrived = false;
        while let Ok(1..) = sys::read(signal.listener.source(), &mut bytes) {
            arrived = true;
        }
        arrived.then(|| signal.on_signal.take()).flatten()
    }
}

/// A signal that sets flags, in its handler, instead of waking listeners: for code that keeps the loop from turning. Ends
/// when dropped.
pub struct DivertedSignal {
    _diversion: sys::Diversion,
}

impl std::fmt::Debug for DivertedSignal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DivertedSignal").finish_non_exhaustive()
    }
}

impl DivertedSignal {
    /// Diverts a signal, in every loop of the process.
    ///
    /// # Errors
    ///
    /// As [`LoopHandle::signal_start`].
    pub fn new(signum: i32, flags: Vec<Arc<AtomicBool>>) -> io::Result<Self> {
        Ok(Self {
            _diversion: sys::Diversion::new(signum, flags)?,
        })
    }
}

/// Sends a signal as `kill(2)` does: 0 only asks whether the process is there,
/// a pid below 1 means a group of processes.
///
/// # Errors
///
/// `ESRCH` when there is no such process, `EPERM` when it is not ours, `EINVAL`
/// for a number that is no signal.
pub fn send_signal(pid: i32, signum: i32) -> io::Result<()> {
    sys::send_signal(pid, signum)
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::tests::{Log, finish, start};
    use super::*;

    #[test]
    fn a_signal_arrives_at_each_listener() {
        let (event_loop, mut log) = start();
        for label in ["first", "second"] {
            let own = std::rc::Rc::new(std::cell::Cell::new(None));
            let id = std::rc::Rc::clone(&own);
            let started = event_loop.signal_start(libc::SIGUSR2, move |log: &mut Log| {
                log.note(label);
                if let Some(id) = id.get() {
                    log.event_loop.close(id, None);
                }
            });
            own.set(started.ok());
        }
        event_loop.immediate(|_| {
            let sent = sys::send_signal(std::process::id() as i32, libc::SIGUSR2);
            assert!(sent.is_ok());
        });
        assert!(matches!(event_loop.run(&mut log), Ok(false)));
        log.lines.sort();
        finish(&event_loop, &mut log, &["first", "second"]);
    }

    #[test]
    fn a_diverted_signal_sets_flags_and_wakes_nobody() {
        use std::sync::atomic::Ordering;
        let (event_loop, mut log) = start();
        let started = event_loop.signal_start(libc::SIGWINCH, |log: &mut Log| log.note("heard"));
        let send = || {
            let sent = sys::send_signal(std::process::id() as i32, libc::SIGWINCH);
            assert!(sent.is_ok());
        };
        let flags = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
        let diverted = DivertedSignal::new(libc::SIGWINCH, flags.to_vec());
        assert!(diverted.is_ok());
        send();
        // The kernel may hand a signal of the process to another thread.
        while !flags.iter().all(|flag| flag.load(Ordering::SeqCst)) {
            std::thread::yield_now();
        }
        drop(diverted);
        event_loop.immediate(move |log: &mut Log| {
            log.note("immediate");
            if let Ok(id) = started {
                log.event_loop.close(id, None);
            }
        });
        assert!(matches!(event_loop.run(&mut log), Ok(false)));
        finish(&event_loop, &mut log, &["immediate"]);
        assert!(DivertedSignal::new(libc::SIGKILL, Vec::new()).is_err());
    }

    #[test]
    fn what_can_not_be_listened_to_is_refused() {
        let (event_loop, _) = start();
        for signum in [0, -1, 1000, libc::SIGKILL, libc::SIGSEGV] {
            assert!(event_loop.signal_start(signum, |_| {}).is_err());
        }
    }
}
