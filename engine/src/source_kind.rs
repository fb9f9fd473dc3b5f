//! What a source is compiled as. Backend-independent.

/// What a source is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind<'a> {
    /// A script.
    Script,
    /// A module.
    Module,
    /// The body of a function with these parameters, as CommonJS modules are.
    Function(&'a [&'a str]),
}
