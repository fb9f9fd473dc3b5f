//! The errors of the runtime that are not plain I/O errors.
//!
//! Calls on sockets, pipes and files return [`std::io::Error`] with the
//! operating system's number inside: what turns it into a JavaScript error
//! with `code` and `errno` sits above this crate's loop.

use std::io;

use thiserror::Error;

/// Why a run of the loop ended early.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoopError {
    /// `run` was called from inside a callback of the same loop.
    #[error("the event loop is already running")]
    AlreadyRunning,
    /// The operating system could not be asked for events.
    #[error("waiting for events failed")]
    Wait(#[source] io::Error),
}

/// Why a request on the worker pool has no result.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WorkError {
    /// It was cancelled before a thread took it up.
    #[error("the request was cancelled")]
    Cancelled,
    /// Its work panicked; the text is the panic's message.
    #[error("the request's work panicked: {0}")]
    Panicked(String),
    /// No worker thread could be started; the text is the system's reason.
    #[error("no worker thread could be started: {0}")]
    NoThread(String),
}

/// The operating system has no random bytes to give.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no random bytes: {message}")]
pub struct EntropyError {
    /// The system's own words.
    pub message: String,
}
