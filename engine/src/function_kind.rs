//! What kind of function a function is. Backend-independent.

/// What kind of function a function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// A plain function, arrow, method or native function.
    Normal,
    /// A class constructor.
    Class,
    /// An `async` function.
    Async,
    /// A `function*`.
    Generator,
    /// An `async function*`.
    AsyncGenerator,
}
