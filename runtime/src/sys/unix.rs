//! Unix: descriptors, epoll on Linux, `polling` elsewhere.

#[cfg(target_os = "linux")]
mod epoll;
#[cfg(target_os = "linux")]
pub(crate) use epoll::{Selector, Waker};

#[cfg(not(target_os = "linux"))]
pub(crate) use super::portable::{Selector, Waker};

use std::io;

/// An owned descriptor that can be watched.
pub(crate) type Source = std::os::fd::OwnedFd;

/// The error of a request whose handle was closed.
pub(crate) fn cancelled() -> io::Error {
    io::Error::from_raw_os_error(libc::ECANCELED)
}
