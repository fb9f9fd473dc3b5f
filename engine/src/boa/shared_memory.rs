//! `SharedArrayBuffer`: with this backend its memory cannot go to another thread.

use std::{sync::Arc, time::Duration};

use boa_engine::builtins::array_buffer::SharedArrayBuffer as InnerBuffer;

use super::{
    context::Context,
    error::{Error, Result},
    object::{Object, object_newtype},
};

object_newtype! {
    /// A JavaScript `SharedArrayBuffer`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-sharedarraybuffer-objects>.
    SharedArrayBuffer
}

/// The memory of a `SharedArrayBuffer`. It can go to another thread, whose context sees the same bytes.
#[derive(Clone, Debug)]
pub struct SharedMemory(());

impl SharedArrayBuffer {
    /// The buffer that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        object.0.is::<InnerBuffer>().then_some(Self(object))
    }

    /// A buffer over this memory, whichever context it came from.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn from_memory(_: &mut Context, _: &SharedMemory) -> Result<Self> {
        Err(Error::unsupported("sharing memory"))
    }

    /// Its memory, for other threads.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn memory(&self) -> Result<SharedMemory> {
        Err(Error::unsupported("sharing memory"))
    }
}

impl Context {
    /// Sets who is called, from any thread, when a wait of this context (`Atomics.waitAsync`) was notified elsewhere. No
    /// other thread can do that in this backend.
    pub fn set_wait_waker(&mut self, _: Option<Arc<dyn Fn() + Send + Sync>>) {}

    /// Does a promise of `Atomics.waitAsync` wait?
    #[must_use]
    pub fn has_async_waits(&mut self) -> bool {
        false
    }

    /// Resolves the promises of `Atomics.waitAsync` that were notified or timed out: none in this backend.
    pub fn settle_async_waits(&mut self) -> Option<Duration> {
        None
    }
}
