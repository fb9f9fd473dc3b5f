//! How far a module is. Backend-independent.

/// Where a module stands. Source: ECMA-262, `[[Status]]` of <https://tc39.es/ecma262/#sec-cyclic-module-records>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModuleStatus {
    /// Made; what it imports may not be known yet.
    Unlinked,
    /// Being linked.
    Linking,
    /// Its imports are bound.
    Linked,
    /// Being evaluated.
    Evaluating,
    /// Waits for a top-level `await`, its own or one of what it imports.
    EvaluatingAsync,
    /// Evaluated, well or not.
    Evaluated,
}
