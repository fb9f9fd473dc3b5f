//! Error kinds, and stack frames as data. Backend-independent.

/// Which class a JavaScript error belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `Error`
    Error,
    /// `TypeError`
    Type,
    /// `RangeError`
    Range,
    /// `SyntaxError`
    Syntax,
    /// `ReferenceError`
    Reference,
    /// `EvalError`
    Eval,
    /// `URIError`
    Uri,
    /// `AggregateError`
    Aggregate,
    /// Something was thrown that is no native error.
    Value,
    /// This backend cannot do what was asked for. For JavaScript it is an `Error`.
    Unsupported,
    /// The engine itself failed or was stopped; JavaScript cannot catch this.
    Internal,
}

impl ErrorKind {
    /// The class's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error | Self::Value | Self::Unsupported => "Error",
            Self::Type => "TypeError",
            Self::Range => "RangeError",
            Self::Syntax => "SyntaxError",
            Self::Reference => "ReferenceError",
            Self::Eval => "EvalError",
            Self::Uri => "URIError",
            Self::Aggregate => "AggregateError",
            Self::Internal => "InternalError",
        }
    }
}

impl crate::Error {
    /// The error of a backend that cannot do `what`, of kind [`ErrorKind::Unsupported`].
    #[must_use]
    pub fn unsupported(what: &str) -> Self {
        Self::new(
            ErrorKind::Unsupported,
            format!("{what}: not supported by this backend"),
        )
    }
}
