//! `Promise` and its resolver.

use super::{
    context::Context,
    error::Result,
    function::Function,
    object::{Object, object_newtype},
    value::Value,
};
use crate::{
    PromiseState, Resolver,
    vm::{Args, Completion, builtins::promise, heap::Kind, machine::Vm, value::Value as Raw},
};

object_newtype! {
    /// A JavaScript promise. Source: ECMA-262 <https://tc39.es/ecma262/#sec-promise-objects>.
    Promise
}

impl Promise {
    /// A pending promise and what settles it.
    #[must_use]
    pub fn pending(ctx: &mut Context) -> (Self, Resolver) {
        let vm = ctx.vm();
        let promise = vm.promise_new();
        let (resolve, reject) = vm.promise_resolving_functions(promise);
        let own = |function| Function(Object::own(function));
        (
            Self(Object::own(promise)),
            Resolver {
                resolve: own(resolve),
                reject: own(reject),
            },
        )
    }

    /// `Promise.resolve(value)`
    ///
    /// # Errors
    /// Whatever reading `value.constructor` or `value.then` throws.
    pub fn resolved(ctx: &mut Context, value: impl Into<Value>) -> Result<Self> {
        let value = value.into();
        let promise = ctx.guarded(|vm| {
            let value = value.enter(vm);
            vm.promise_resolve_value(value)
        })?;
        Ok(Self(Object::own(promise)))
    }

    /// `Promise.reject(reason)`
    ///
    /// # Errors
    /// `Internal` when `reason` is an error that JavaScript may not catch.
    pub fn rejected(ctx: &mut Context, reason: super::error::Error) -> Result<Self> {
        if !reason.is_catchable() {
            return Err(reason);
        }
        let (promise, resolver) = Self::pending(ctx);
        resolver.reject(ctx, reason)?;
        Ok(promise)
    }

    /// The promise that `object` is, if it is one.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        (object.obj().kind() == Kind::Promise).then_some(Self(object))
    }

    /// Where it stands; runs nothing.
    #[must_use]
    pub fn state(&self) -> PromiseState {
        match promise::state_of(self.obj()) {
            promise::State::Pending => PromiseState::Pending,
            promise::State::Fulfilled(value) => PromiseState::Fulfilled(Value::own_any(value)),
            promise::State::Rejected(reason) => PromiseState::Rejected(Value::own_any(reason)),
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
        let side = |function: Option<&Function>| function.map_or(Raw::UNDEFINED, |f| f.0.0.raw());
        let (on_fulfilled, on_rejected) = (side(on_fulfilled), side(on_rejected));
        let promise = ctx.guarded(|vm| vm.promise_then(self.obj(), on_fulfilled, on_rejected))?;
        Ok(Self(Object::own(promise)))
    }

    /// Marks the promise as handled: its rejection is not reported as unhandled.
    pub fn mark_handled(&self, ctx: &mut Context) {
        let vm = ctx.vm();
        vm.promise_then_native(self.obj(), ignore, ignore, Raw::UNDEFINED);
    }
}

fn ignore(_: &mut Vm, _: &Args<'_>) -> Completion {
    Ok(Raw::UNDEFINED)
}
