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
    /// The handler's end of each listener's pair, and what writes to it; nothing does while the signal is diverted.
    listeners: BTreeMap<u64, (UnixStream, Option<SigId>)>,
    next_listener: u64,
    n_diversions: usize,
    /// Read by the handler: whether to do what the system does by default.
    default_again: Arc<AtomicBool>,
}

impl Listened {
    fn count_takers(&self, signum: i32) {
        // A process of Rust ignores SIGPIPE from its start.
        let nobody = self.listeners.is_empty() && self.n_diversions == 0;
        let default_again = nobody && signum != libc::SIGPIPE;
        self.default_again.store(default_again, Ordering::SeqCst);
    }
}

static LISTENED: Mutex<BTreeMap<i32, Listened>> = Mutex::new(BTreeMap::new());

/// The largest signal number of any Unix that Ouro runs on.
const MAX_SIGNAL: i32 = 64;

/// Bytes arrive at [`SignalListener::source`] when the signal does.
pub(crate) struct SignalListener {
    source: Source,
    signum: i32,
    id: u64,
}

impl SignalListener {
    /// Listens to a signal; see `handle/signal.rs` for the errors.
    pub(crate) fn new(signum: i32) -> io::Result<Self> {
        let (ours, handlers) = UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let mut table = table();
        let listened = entry(&mut table, signum)?;
        let action = match listened.n_diversions {
            0 => Some(low_level::pipe::register(signum, handlers.try_clone()?)?),
            _ => None,
        };
        let id = listened.next_listener;
        listened.next_listener += 1;
        listened.listeners.insert(id, (handlers, action));
        listened.count_takers(signum);
        Ok(Self {
            source: ours.into(),
            signum,
            id,
        })
    }

    /// Where the bytes arrive.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }
}

impl Drop for SignalListener {
    fn drop(&mut self) {
        let mut table = table();
        let Some(listened) = table.get_mut(&self.signum) else {
            return;
        };
        if let Some((_, Some(action))) = listened.listeners.remove(&self.id) {
            low_level::unregister(action);
        }
        listened.count_takers(self.signum);
    }
}

/// While it lives, a signal sets flags and no listener hears of it.
pub(crate) struct Diversion {
    signum: i32,
    actions: Vec<SigId>,
}

impl Diversion {
    /// Diverts a signal; the errors are those of a listener.
    pub(crate) fn new(signum: i32, flags: Vec<Arc<AtomicBool>>) -> io::Result<Self> {
        let mut table = table();
        let listened = entry(&mut table, signum)?;
        listened.n_diversions += 1;
        listened.count_takers(signum);
        let mut actions = Vec::new();
        let registered = flags.into_iter().try_for_each(|flag| {
            actions.push(flag::register(signum, flag)?);
            Ok(())
        });
        for (_, action) in listened.listeners.values_mut() {
            if let Some(action) = action.take() {
                low_level::unregister(action);
            }
        }
        drop(table);
        let diversion = Self { signum, actions };
        registered.map(|()| diversion)
    }
}

impl Drop for Diversion {
    fn drop(&mut self) {
        let mut table = table();
        self.actions.drain(..).for_each(|action| {
            low_level::unregister(action);
        });
        let Some(listened) = table.get_mut(&self.signum) else {
            return;
        };
        listened.n_diversions -= 1;
        if listened.n_diversions == 0 {
            for (handlers, action) in listened.listeners.values_mut() {
                // Without descriptors left the listener stays deaf; there is nobody to tell.
                *action = handlers
                    .try_clone()
                    .and_then(|end| low_level::pipe::register(self.signum, end))
                    .ok();
            }
        }
        listened.count_takers(self.signum);
    }
}

/// The entry of a signal, whose default action is off from now on until its takers are counted.
fn entry(table: &mut BTreeMap<i32, Listened>, signum: i32) -> io::Result<&mut Listened> {
    if !(1..=MAX_SIGNAL).contains(&signum) || FORBIDDEN.contains(&signum) {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    Ok(match table.entry(signum) {
        Entry::Occupied(occupied) => occupied.into_mut(),
        Entry::Vacant(vacant) => {
            let default_again = Arc::new(AtomicBool::new(false));
            flag::register_conditional_default(signum, Arc::clone(&default_again))?;
            vacant.insert(Listened {
                listeners: BTreeMap::new(),
                next_listener: 0,
                n_diversions: 0,
                default_again,
            })
        }
    })
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
