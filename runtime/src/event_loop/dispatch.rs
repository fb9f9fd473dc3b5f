//! The one place from which the loop calls out.
//!
//! Every callback of every phase passes [`LoopHandle::dispatch`], so the
//! checkpoint after it, and whatever wants to watch callbacks, are written
//! once.

use super::{CallbackKind, Host, LoopHandle, Tracer};

impl<H: Host> LoopHandle<H> {
    /// Runs one callback, then the host's checkpoint.
    ///
    /// No part of the loop is borrowed while `callback` runs: it may use every
    /// method of the loop.
    #[inline]
    pub(crate) fn dispatch(&self, host: &mut H, kind: CallbackKind, callback: impl FnOnce(&mut H)) {
        if self.core.tracing.get() {
            self.dispatch_traced(host, kind, callback);
        } else {
            callback(host);
            host.checkpoint();
        }
    }

    #[cold]
    fn dispatch_traced(&self, host: &mut H, kind: CallbackKind, callback: impl FnOnce(&mut H)) {
        let phase = self.phase();
        let start_ns = self.core.clock.now_ns();
        callback(host);
        host.checkpoint();
        let duration_ns = self.core.clock.now_ns().saturating_sub(start_ns);
        if let Some(tracer) = self.core.tracer.borrow_mut().as_mut() {
            tracer.callback(phase, kind, duration_ns);
        }
    }

    /// Sets the tracer, or removes it with `None`. While there is none a
    /// callback costs one branch more than a bare call.
    pub fn set_tracer(&self, tracer: Option<Box<dyn Tracer>>) {
        self.core.tracing.set(tracer.is_some());
        let old = self.core.tracer.replace(tracer);
        drop(old);
    }
}
