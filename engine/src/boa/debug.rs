//! What tools ask for, none of which this backend has.

use std::time::Duration;

use super::{
    context::Context,
    error::{Error, Result},
};

impl Context {
    /// Begins to take a CPU profile with a sample about every `interval`, by the host's clock
    /// ([`crate::HostHooks::monotonic_time`]). One that is being taken goes on.
    ///
    /// # Errors
    /// `Unsupported` where the backend has no profiler: this one.
    pub fn start_cpu_profile(&mut self, _: Duration) -> Result<()> {
        Err(Error::unsupported("CPU profiles"))
    }

    /// Ends the CPU profile and returns it as the JSON of a `.cpuprofile`.
    ///
    /// # Errors
    /// `Unsupported` where the backend has no profiler: this one.
    pub fn stop_cpu_profile(&mut self) -> Result<String> {
        Err(Error::unsupported("CPU profiles"))
    }
}
