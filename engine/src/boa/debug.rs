//! What tools ask for, none of which this backend has.

use std::time::Duration;

use super::{
    context::Context,
    error::{Error, Result},
    object::Object,
};
use crate::HeapUsage;

impl Context {
    /// Begins to take a CPU profile with a sample about every `interval`, by the host's clock
    /// ([`crate::HostHooks::monotonic_time`]). One that is being taken goes on.
    ///
    /// # Errors
    /// `Unsupported` where the backend has no profiler: this one.
    pub fn start_cpu_profile(&mut self, _: Duration) -> Result<()> {
        Err(Error::unsupported("CPU profiles"))
    }

    /// Counts from now on how often what is compiled runs. Code that was compiled before is not counted.
    ///
    /// # Errors
    /// `Unsupported` where the backend counts nothing: this one.
    pub fn start_precise_coverage(&mut self) -> Result<()> {
        Err(Error::unsupported("coverage"))
    }

    /// The counts since the last call, as the JSON that V8 writes for a program's coverage: `result` and `timestamp`.
    ///
    /// # Errors
    /// `Unsupported` where the backend counts nothing: this one.
    pub fn take_precise_coverage(&mut self) -> Result<String> {
        Err(Error::unsupported("coverage"))
    }

    /// Compiles without counters again.
    pub fn stop_precise_coverage(&mut self) {}

    /// Writes a snapshot of the heap, as a `.heapsnapshot`, after collecting garbage. It is written as it is made.
    ///
    /// # Errors
    /// `Error` when the writer fails; `Unsupported` where the backend has no snapshots: this one.
    pub fn write_heap_snapshot(&mut self, _: &mut impl std::io::Write) -> Result<()> {
        Err(Error::unsupported("heap snapshots"))
    }

    /// Every object in use that has `prototype` in its chain of prototypes.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn objects_with_prototype(&mut self, _: &Object) -> Result<Vec<Object>> {
        Err(Error::unsupported("looking into the heap"))
    }

    /// What the heap takes now. Garbage counts until it is collected.
    #[must_use]
    pub fn heap_usage(&mut self) -> HeapUsage {
        HeapUsage::default()
    }

    /// Ends the CPU profile and returns it as the JSON of a `.cpuprofile`.
    ///
    /// # Errors
    /// `Unsupported` where the backend has no profiler: this one.
    pub fn stop_cpu_profile(&mut self) -> Result<String> {
        Err(Error::unsupported("CPU profiles"))
    }
}
