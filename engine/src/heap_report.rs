//! What an engine tells of its heap: collections as they happen, and what lies in it. Backend-independent.

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

/// How many things of a kind a heap holds, and the bytes they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeapShare {
    /// How many.
    pub count: usize,
    /// Their bytes, what belongs to them outside of the heap included.
    pub bytes: usize,
}

/// What lies in a heap, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeapStatistics {
    /// Objects that nothing below counts, with their properties.
    pub objects: HeapShare,
    /// Arrays; the bytes are those of every object's indexed elements, too.
    pub arrays: HeapShare,
    /// Strings, symbols and BigInts.
    pub strings: HeapShare,
    /// Function objects.
    pub functions: HeapShare,
    /// Captured variables of scopes.
    pub environments: HeapShare,
    /// Hidden classes: what the names and the order of objects' properties are kept in. The bytes are estimated.
    pub shapes: HeapShare,
    /// Compiled function bodies.
    pub code: HeapShare,
    /// `ArrayBuffer`s and `SharedArrayBuffer`s with their memory.
    pub buffers: HeapShare,
    /// What the engine keeps for objects outside of the heap: tables of `Map`s, compiled patterns, ...
    pub native_data: HeapShare,
    /// Bytes in use as the limit counts them.
    pub used_bytes: usize,
    /// Bytes taken from the system for cells, free ones included, and external memory.
    pub total_bytes: usize,
    /// The limit on `used_bytes`; `usize::MAX` if there is none.
    pub limit_bytes: usize,
}
