//! `Promise` and its resolver.

use boa_engine::{
    builtins::promise::PromiseState as InnerState, object::builtins::JsFunction,
    object::builtins::JsPromise,
};

use super::{
    context::Context,
    error::{Error, Result},
    function::Function,
    object::{Object, object_newtype},
    value::Value,
};
use crate::{PromiseState, Resolver};

object_newtype! {
    /// A JavaScript promise. Source: ECMA-262 <https://tc39.es/ecma262/#sec-promise-objects>.
    Promise
}

impl Promise {
    /// A pending promise and what settles it.
    #[must_use]
    pub fn pending(ctx: &mut Context) -> (Self, Resolver) {
        let (promise, functions) = JsPromise::new_pending(&mut ctx.inner);
        let resolver = Resolver {
            resolve: wrap_function(functions.resolve),
            reject: wrap_function(functions.reject),
        };
        (wrap(promise), resolver)
    }

    /// `Promise.resolve(value)`
    ///
    /// # Errors
    /// Whatever reading `value.constructor` or `value.then` throws.
    pub fn resolved(ctx: &mut Context, value: impl Into<Value>) -> Result<Self> {
        JsPromise::resolve(value.into().0, &mut ctx.inner)
            .map(wrap)
            .map_err(Error::from_inner)
    }

    /// `Promise.reject(reason)`
    ///
    /// # Errors
    /// `Internal` when `reason` is an error that JavaScript may not catch.
    pub fn rejected(ctx: &mut Context, reason: Error) -> Result<Self> {
        let (promise, resolver) = Self::pending(ctx);
        resolver.reject(ctx, reason)?;
        Ok(promise)
    }

    /// The promise that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        JsPromise::from_object(object.0).ok().map(wrap)
    }

    /// Where it stands; runs nothing.
    #[must_use]
    pub fn state(&self) -> PromiseState {
        let Ok(promise) = JsPromise::from_object(self.0.0.clone()) else {
            return PromiseState::Pending;
        };
        match promise.state() {
            InnerState::Pending => PromiseState::Pending,
            InnerState::Fulfilled(value) => PromiseState::Fulfilled(Value(value)),
            InnerState::Rejected(reason) => PromiseState::Rejected(Value(reason)),
        }
    }

    /// `promise.then(on_fulfilled, on_rejected)`, whatever `Promise.prototype.then` says by now.
    ///
    /// # Errors
    /// Whatever the species constructor throws.
    pub fn then(
        &self,
        ctx: &mut Context,
        on_fulfilled: Option<&Function>,
        on_rejected: Option<&Function>,
    ) -> Result<Self> {
        let side = |function: Option<&Function>| {
            function.and_then(|f| JsFunction::from_object(f.0.0.clone()))
        };
        let promise = JsPromise::from_object(self.0.0.clone()).map_err(Error::from_inner)?;
        promise
            .then(side(on_fulfilled), side(on_rejected), &mut ctx.inner)
            .map(wrap)
            .map_err(Error::from_inner)
    }
}

impl Promise {
    /// Marks the promise as handled: its rejection is not reported as unhandled.
    pub fn mark_handled(&self, ctx: &mut Context) {
        let ignore = Function::from_native(ctx, "", 1, |_, _, _| Ok(Value::undefined()));
        // `then` with the intrinsic constructor fails only when the program broke the species; nothing to do then.
        let _ = self.then(ctx, None, Some(&ignore));
    }
}

fn wrap(promise: JsPromise) -> Promise {
    Promise(Object(promise.into()))
}

fn wrap_function(function: JsFunction) -> Function {
    Function(Object(function.into()))
}
