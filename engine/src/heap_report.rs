//! What an engine tells of its heap: collections as they happen. Backend-independent.

use std::time::Duration;

/// What a pause of the garbage collector did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GcKind {
    /// Freed what was made since the collection before and is not used any more.
    Minor,
    /// Marked a part of the old cells; more such slices follow.
    MarkSlice,
    /// Ended the marking of old cells, cleared weak references and found out what is dead.
    Major,
    /// Freed a part of the dead old cells.
    SweepSlice,
    /// Did a whole major collection at once.
    Full,
}

/// Why the garbage collector ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GcCause {
    /// The program allocated: the usual one.
    Allocation,
    /// More than the limit was in use.
    Limit,
    /// The host asked for it.
    Host,
    /// A test asked for a collection at every safepoint.
    Stress,
}

/// One pause of the garbage collector.
///
/// Times are the host's monotonic time ([`crate::HostHooks`]); without a clock all are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GcEvent {
    /// What it did.
    pub kind: GcKind,
    /// Why it ran.
    pub cause: GcCause,
    /// When it began.
    pub start: Duration,
    /// How long the program stood still.
    pub pause: Duration,
    /// Bytes in use before: cells, dead ones that nobody noticed yet included, and external memory charged to the heap.
    pub bytes_before: usize,
    /// Bytes in use after.
    pub bytes_after: usize,
}
