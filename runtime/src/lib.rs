//! Ouro's runtime: the event loop, the embedding API and module loading.
//!
//! The floors are described in the workspace's `ARCHITECTURE.md`. The modules
//! below know no JavaScript: `event_loop` runs callbacks, `reactor` and `sys`
//! wait for events, `handle` turns events into callbacks, `worker_pool` runs
//! what would block, and `clock` and `entropy` are where time and randomness
//! come in.

#![deny(missing_docs)]
#![deny(unsafe_code)]

pub mod clock;
pub mod entropy;
pub mod error;
pub mod event_loop;
pub mod handle;
pub mod host;
pub mod modules;
mod reactor;
mod runtime;
mod sys;
pub mod worker_pool;

pub use host::{ContextId, Host, Origin, RuntimeCore, RuntimeHooks};
pub use runtime::{LoopAndHost, Runtime, RuntimeBuilder, RuntimeError, SharedLoop};
