//! What differs between operating systems, behind one set of names.
//!
//! `unix.rs` and `windows.rs` offer the same functions and types; nothing else
//! in the crate asks which system it runs on. The contract, for each of them:
//!
//! * [`Source`] owns a descriptor that can be watched; dropping it closes it.
//! * [`Selector`] watches sources, level-triggered: an event is reported again
//!   until what it reports is gone. A source is removed before it is closed.
//! * [`Waker`] ends a [`Selector::wait`] from any thread, the current one or
//!   the next; wake-ups may be merged.
//! * Every function is non-blocking unless it says so, and no function raises
//!   a signal or panics.
//!
//! On Linux the selector is epoll, registered through `polling` and waited for
//! directly; elsewhere it is `polling` alone (`portable.rs`).

#![allow(
    unsafe_code,
    reason = "descriptors are handed to the operating system here, and nowhere else"
)]

#[cfg(any(test, not(target_os = "linux")))]
mod portable;

#[cfg(not(target_os = "linux"))]
mod no_watcher;

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(crate) use unix::*;
#[cfg(unix)]
pub use unix::{Source, TerminalMode};

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(crate) use windows::*;
#[cfg(windows)]
pub use windows::{Source, TerminalMode};

/// Which readiness of a source is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Interest {
    pub(crate) read: bool,
    pub(crate) write: bool,
}

impl Interest {
    pub(crate) const NONE: Self = Self::new(false, false);
    pub(crate) const READ: Self = Self::new(true, false);

    pub(crate) const fn new(read: bool, write: bool) -> Self {
        Self { read, write }
    }

    pub(crate) fn is_none(self) -> bool {
        self == Self::NONE
    }
}

/// What a wait reports about one source. A hang-up or an error counts as
/// readiness of both kinds: the next read or write says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Readiness {
    pub(crate) key: usize,
    pub(crate) readable: bool,
    pub(crate) writable: bool,
}

/// A path from the bytes that a percent-encoded URL stands for.
pub(crate) fn os_string_from_bytes(bytes: Vec<u8>) -> std::ffi::OsString {
    #[cfg(unix)]
    {
        std::os::unix::ffi::OsStringExt::from_vec(bytes)
    }
    #[cfg(not(unix))]
    {
        String::from_utf8_lossy(&bytes).into_owned().into()
    }
}
