//! Time limits for parts of a program: nested, by the host's clock, seen at the machine's poll.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::Duration,
};

use super::{context::Context, realm::Realm};

impl Context {
    /// Gives `realm` a microtask queue of its own: what its functions queue runs when [`Context::with_timeout`] says so, and
    /// not with other microtasks.
    ///
    /// Boa has one queue for all realms: with that backend this has no effect.
    pub fn give_microtask_queue(&mut self, realm: &Realm) {
        let own = &mut self.vm().jobs.own;
        if !own.iter().any(|(known, _)| *known == realm.number()) {
            own.push((realm.number(), Default::default()));
        }
    }

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
        let vm = self.vm();
        let now = vm.monotonic_time();
        let outer = (vm.limits.deadline, vm.limits.timed_out);
        let own = time.and_then(|time| now.checked_add(time));
        let is_first = own.is_some_and(|own| outer.0.is_none_or(|outer| own <= outer));
        if is_first {
            vm.limits.deadline = own;
        }
        vm.limits.timed_out = false;
        let result = catch_unwind(AssertUnwindSafe(|| {
            let result = body(self);
            if let Some(realm) = realm
                && !self.vm().limits.timed_out
            {
                self.vm().run_jobs_of(Some(realm.number()));
            }
            result
        }));
        let vm = self.vm();
        let timed_out = vm.limits.timed_out && is_first;
        // A timeout of somebody around this goes on to be that.
        vm.limits.timed_out = outer.1 || (vm.limits.timed_out && !is_first);
        vm.limits.deadline = outer.0;
        match result {
            Ok(result) => (result, timed_out),
            Err(panic) => resume_unwind(panic),
        }
    }
}
