//! Windows: sockets, through `polling`'s completion ports.

pub(crate) use super::portable::{Selector, Waker};

use std::io;

/// An owned socket that can be watched.
pub(crate) type Source = std::os::windows::io::OwnedSocket;

/// `WSA_E_CANCELLED`, the number of a request that was called off.
const CANCELLED: i32 = 10111;

/// The error of a request whose handle was closed.
pub(crate) fn cancelled() -> io::Error {
    io::Error::from_raw_os_error(CANCELLED)
}
