//! Where a promise stands, and what settles it. Backend-independent.

use crate::{Context, Error, Function, Result, Value};

/// Where a promise stands.
#[derive(Clone, Debug)]
pub enum PromiseState {
    /// Neither fulfilled nor rejected.
    Pending,
    /// Fulfilled with this value.
    Fulfilled(Value),
    /// Rejected with this reason.
    Rejected(Value),
}

/// The two functions that settle a promise made by [`Promise::pending`](crate::Promise::pending).
#[derive(Clone, Debug)]
pub struct Resolver {
    pub(crate) resolve: Function,
    pub(crate) reject: Function,
}

impl Resolver {
    /// Resolves the promise; a thenable is followed. Later calls have no effect.
    ///
    /// # Errors
    /// Only `Internal` ones.
    pub fn resolve(&self, ctx: &mut Context, value: impl Into<Value>) -> Result<()> {
        self.resolve
            .call(ctx, &Value::undefined(), &[value.into()])
            .map(drop)
    }

    /// Rejects the promise. Later calls have no effect.
    ///
    /// # Errors
    /// Only `Internal` ones.
    pub fn reject(&self, ctx: &mut Context, reason: Error) -> Result<()> {
        let reason = reason.into_value(ctx);
        self.reject
            .call(ctx, &Value::undefined(), &[reason])
            .map(drop)
    }

    /// The resolving function itself.
    #[must_use]
    pub fn resolve_function(&self) -> &Function {
        &self.resolve
    }

    /// The rejecting function itself.
    #[must_use]
    pub fn reject_function(&self) -> &Function {
        &self.reject
    }
}
