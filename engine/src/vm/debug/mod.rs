//! What tools see of a running program: profiles, coverage, snapshots of the heap.
//!
//! Nothing here costs anything while no tool asks. Formats are those of Chrome's tools, whose documentation is the source:
//! <https://chromedevtools.github.io/devtools-protocol/v8/>. The facade's functions over it are in [`facade`].

pub mod coverage;
pub mod cpu_profile;
mod facade;
mod heap_edges;
pub mod heap_snapshot;
pub mod json;
pub mod scripts;

use cpu_profile::CpuProfiler;
use scripts::Scripts;

/// What tools have switched on.
#[derive(Default)]
pub struct Debug {
    /// Numbers of the scripts that tools were told of.
    pub scripts: Scripts,
    /// Code that counts how often it runs, while coverage is on.
    pub coverage: Option<coverage::Covered>,
    /// The profile that is being taken.
    pub profiler: Option<Box<CpuProfiler>>,
}

impl std::fmt::Debug for Debug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Debug")
            .field("is_profiling", &self.profiler.is_some())
            .finish_non_exhaustive()
    }
}
