//! Who waits for a promise: what stack traces follow from an async function to the one that awaits it.
//!
//! A promise that several reactions wait for has no one waiter, and the trace ends there.

use super::{
    combinators::{all_fulfilled, store_fulfilled, store_value},
    job::capability_of,
    native_number, resolve_function,
};
use crate::vm::{
    builtins::array::is_native,
    heap::{Cell, Kind, Obj},
    machine::{NativeFn, Vm},
    value::Value,
};

/// What waits for a promise.
pub enum Waiter {
    /// An async function or async generator.
    Coroutine(Obj),
    /// A combinator: its name, the index of the promise among its elements, the promise that it settles.
    Combinator(&'static str, u32, Obj),
    /// Another promise that follows it.
    Promise(Obj),
}

impl Vm {
    /// What waits for a pending promise.
    pub(in crate::vm) fn waiter_of(&self, promise: Obj) -> Option<Waiter> {
        let promise = Some(promise).filter(|promise| promise.kind() == Kind::Promise)?;
        let reaction = promise.internal(2).as_cell()?;
        if !reaction.slots_get(0).is_undefined() {
            return None;
        }
        if let Some(number) = native_number(reaction) {
            if reaction.slots_get(2) == Value::from_bits(all_fulfilled as NativeFn as usize as u64)
            {
                let shared = reaction.slots_get(4).as_cell()?;
                return waiting_at(shared, number as u32, "all");
            }
            let data = reaction.slots_get(4).as_object()?;
            return Some(match data.kind() {
                Kind::Promise => Waiter::Promise(data),
                Kind::AsyncFunction | Kind::AsyncGenerator => Waiter::Coroutine(data),
                _ => return None,
            });
        }
        let (fulfil, reject) = (reaction.slots_get(2), reaction.slots_get(3));
        if let Some(waiter) = combinator(fulfil, store_value, "all")
            .or_else(|| combinator(fulfil, store_fulfilled, "allSettled"))
            .or_else(|| combinator(reject, store_value, "any"))
        {
            return Some(waiter);
        }
        if let Some(promise) = promise_of_function(fulfil) {
            return Some(Waiter::Promise(promise));
        }
        derived(reaction).map(Waiter::Promise)
    }

    /// The promise that the reaction under way is going to settle.
    pub(in crate::vm) fn promise_of_job(&self) -> Option<Obj> {
        derived(self.jobs.reaction?.as_cell()?)
    }
}

fn derived(reaction: Cell) -> Option<Obj> {
    capability_of(reaction).promise.as_object()
}

/// The promise of a resolving function.
fn promise_of_function(function: Value) -> Option<Obj> {
    if !is_native(function, resolve_function) {
        return None;
    }
    let shared = function.as_object()?.internal(3).as_cell()?;
    shared.slots_get(0).as_object()
}

/// The combinator that an element function belongs to.
fn combinator(function: Value, which: NativeFn, name: &'static str) -> Option<Waiter> {
    if !is_native(function, which) {
        return None;
    }
    waiting(function.as_object()?.internal(3).as_cell()?, name)
}

/// The combinator to which belongs what an element function captured.
fn waiting(own: Cell, name: &'static str) -> Option<Waiter> {
    let index = own.slots_get(1).as_number()? as u32;
    waiting_at(own.slots_get(0).as_cell()?, index, name)
}

fn waiting_at(shared: Cell, index: u32, name: &'static str) -> Option<Waiter> {
    let settle = shared.slots_get(2).as_object()?;
    let settle = settle.internal(3).as_cell()?;
    Some(Waiter::Combinator(
        name,
        index,
        settle.slots_get(0).as_object()?,
    ))
}
