//! `SharedArrayBuffer`, and its memory on its way to another thread's context.

use std::{sync::Arc, time::Duration};

use super::{
    context::Context,
    error::{Error, Result},
    object::{Object, object_newtype},
};
use crate::vm::{
    builtins::{
        async_wait::Waker,
        buffer_data::{self, BufferData},
        shared_block::SharedBlock,
    },
    heap::Kind,
};

object_newtype! {
    /// A JavaScript `SharedArrayBuffer`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-sharedarraybuffer-objects>.
    SharedArrayBuffer
}

/// The memory of a `SharedArrayBuffer`. It can go to another thread, whose context sees the same bytes.
#[derive(Clone, Debug)]
pub struct SharedMemory {
    block: Arc<SharedBlock>,
    growable: bool,
}

impl SharedArrayBuffer {
    /// The buffer that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        (object.obj().kind() == Kind::SharedArrayBuffer).then_some(Self(object))
    }

    /// A buffer over this memory, whichever context it came from.
    ///
    /// # Errors
    /// None in this backend.
    pub fn from_memory(ctx: &mut Context, memory: &SharedMemory) -> Result<Self> {
        let block = Arc::clone(&memory.block);
        let buffer = buffer_data::new_shared_array_buffer(ctx.vm(), block, memory.growable);
        Ok(Self(Object::own(buffer)))
    }

    /// Its memory, for other threads.
    ///
    /// # Errors
    /// None in this backend.
    pub fn memory(&self) -> Result<SharedMemory> {
        let look = |data: &BufferData| {
            let growable = data.max_len().is_some();
            let block = data.block().cloned();
            block.map(|block| SharedMemory { block, growable })
        };
        buffer_data::with_data(buffer_data::data_of(self.obj()), look)
            .flatten()
            .ok_or_else(|| Error::type_error("not a SharedArrayBuffer"))
    }
}

impl Context {
    /// Sets who is called, from any thread, when a wait of this context (`Atomics.waitAsync`) was notified elsewhere: then
    /// [`Context::settle_async_waits`] has something to do.
    pub fn set_wait_waker(&mut self, waker: Option<Waker>) {
        self.vm().waits.inbox.set_waker(waker);
    }

    /// Does a promise of `Atomics.waitAsync` wait?
    #[must_use]
    pub fn has_async_waits(&mut self) -> bool {
        !self.vm().waits.is_empty()
    }

    /// Resolves the promises of `Atomics.waitAsync` that were notified or timed out. Microtasks are not run. Returns how
    /// long the earliest of the other timeouts takes yet.
    pub fn settle_async_waits(&mut self) -> Option<Duration> {
        let vm = self.vm();
        vm.settle_async_waits();
        let deadline = vm.waits.next_deadline()?;
        Some(deadline.saturating_sub(vm.monotonic_time()))
    }
}
