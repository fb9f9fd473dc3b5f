//! The facade's functions for tools.

use std::time::Duration;

use crate::{Context, Error, Result};

impl Context {
    /// Begins to take a CPU profile with a sample about every `interval`, by the host's clock
    /// ([`crate::HostHooks::monotonic_time`]). One that is being taken goes on.
    ///
    /// # Errors
    /// `Unsupported` where the backend has no profiler.
    pub fn start_cpu_profile(&mut self, interval: Duration) -> Result<()> {
        self.vm().start_cpu_profile(interval);
        Ok(())
    }

    /// Ends the CPU profile and returns it as the JSON of a `.cpuprofile`.
    ///
    /// # Errors
    /// `Error` when none is being taken; `Unsupported` where the backend has no profiler.
    pub fn stop_cpu_profile(&mut self) -> Result<String> {
        let profile = self.vm().stop_cpu_profile();
        profile.ok_or_else(|| Error::error("no CPU profile is being taken"))
    }
}
