//! Time limits for parts of a program and quotas of steps, which this backend cannot keep.

use std::time::Duration;

use super::{
    context::Context,
    error::{Error, Result},
    realm::Realm,
};

impl Context {
    /// Gives `realm` a microtask queue of its own: what its functions queue runs when [`Context::with_timeout`] says so, and
    /// not with other microtasks.
    ///
    /// Boa has one queue for all realms: with that backend this has no effect.
    pub fn give_microtask_queue(&mut self, _: &Realm) {}

    /// Runs `body`, whose JavaScript is stopped when it has taken `time`, by the host's clock. Tells whether it was: then the
    /// error that `body` got is none that JavaScript can catch. Within that time, the microtasks of `realm` run after it, if
    /// that realm has a queue of its own ([`Context::give_microtask_queue`]).
    ///
    /// Boa cannot be interrupted: with that backend there is no limit.
    pub fn with_timeout<R>(
        &mut self,
        time: Option<Duration>,
        realm: Option<&Realm>,
        body: impl FnOnce(&mut Self) -> R,
    ) -> (R, bool) {
        let _ = (time, realm);
        (body(self), false)
    }

    /// Lets JavaScript take so many steps from now on.
    ///
    /// # Errors
    /// `Unsupported` where the backend counts no steps: this one.
    pub fn set_fuel(&mut self, _: Option<u64>) -> Result<()> {
        Err(Error::unsupported("fuel"))
    }

    /// The steps that JavaScript may still take: as many as it likes.
    #[must_use]
    pub fn fuel(&mut self) -> Option<u64> {
        None
    }

    /// Asks `shall_stop` now and then whether to stop what runs.
    ///
    /// # Errors
    /// `Unsupported` where the backend cannot be interrupted: this one.
    pub fn set_interrupt(&mut self, _: Option<Box<dyn FnMut() -> bool>>) -> Result<()> {
        Err(Error::unsupported("interrupts"))
    }
}
