//! Signals, through `signal-hook`'s handler.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use signal_hook::SigId;
use signal_hook::{consts::FORBIDDEN, flag, low_level};

use super::Source;

/// What a process has for each signal that was ever listened to.
struct Listened {
    n_listeners: usize,
    /// Read by the handler: whether to do what the system does by default.
    default_again: Arc<AtomicBool>,
}

static LISTENED: Mutex<BTreeMap<i32, Listened>> = Mutex::new(BTreeMap::new());

/// The largest signal number of any Unix that Ouro runs on.
const MAX_SIGNAL: i32 = 64;

/// Bytes arrive at [`SignalListener::source`] when the signal does.
pub(crate) struct SignalListener {
    source: Source,
    signum: i32,
    action: SigId,
}

impl SignalListener {
    /// Listens to a signal; see `handle/signal.rs` for the errors.
    pub(crate) fn new(signum: i32) -> io::Result<Self> {
        if !(1..=MAX_SIGNAL).contains(&signum) || FORBIDDEN.contains(&signum) {
            return Err(io::Error::from_raw_os_error(libc::EINVAL));
        }
        let (ours, handlers) = UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let mut listened = table();
        if let Entry::Vacant(vacant) = listened.entry(signum) {
            let default_again = Arc::new(AtomicBool::new(false));
            flag::register_conditional_default(signum, Arc::clone(&default_again))?;
            vacant.insert(Listened {
                n_listeners: 0,
                default_again,
            });
        }
        let action = low_level::pipe::register(signum, handlers)?;
        if let Some(entry) = listened.get_mut(&signum) {
            entry.n_listeners += 1;
            entry.default_again.store(false, Ordering::SeqCst);
        }
        Ok(Self {
            source: ours.into(),
            signum,
            action,
        })
    }

    /// Where the bytes arrive.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }
}

impl Drop for SignalListener {
    fn drop(&mut self) {
        let mut listened = table();
        low_level::unregister(self.action);
        if let Some(entry) = listened.get_mut(&self.signum) {
            entry.n_listeners -= 1;
            // A process of Rust ignores SIGPIPE from its start.
            let last = entry.n_listeners == 0 && self.signum != libc::SIGPIPE;
            entry.default_again.store(last, Ordering::SeqCst);
        }
    }
}

/// The table is whole whenever the lock is free, poisoned or not.
fn table() -> MutexGuard<'static, BTreeMap<i32, Listened>> {
    LISTENED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a signal as `kill(2)` does: 0 only asks, a pid below 1 means a group.
pub(crate) fn send_signal(pid: i32, signum: i32) -> io::Result<()> {
    // SAFETY: `kill` takes two numbers and touches no memory of ours.
    match unsafe { libc::kill(pid, signum) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
