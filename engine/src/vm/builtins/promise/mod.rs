//! Promises. Source: ECMA-262 <https://tc39.es/ecma262/#sec-promise-objects>.
//!
//! Internal slots of a promise: 0 state (int: 0 pending, 1 fulfilled, 2 rejected), 1 value or reason, 2 reactions (while
//! pending: a chain of `Slots` cells, newest first), 3 handled (bool).
//!
//! A reaction is a `Slots` cell: 0 the next one, 1 kind (int; of one that calls a Rust function, twice a number is added), 2 and 3 the handlers, 4 the capability (`Slots`, or the
//! promise alone where it is settled directly) or data, 5 the asynchronous context. Reactions that the engine makes call Rust functions directly, so that `await` makes no closures.

mod combinators;
mod constructor;
mod job;
mod waiter;

use crate::vm::{
    builtins::array::is_native,
    heap::{Cell, Kind, Obj},
    machine::{Args, Completion, NativeFn, Throw, Vm},
    object::{Own, PropKey},
    realm::Intrinsic,
    value::Value,
};

pub(super) use constructor::install;
pub(in crate::vm) use constructor::is_species_getter;
pub use waiter::Waiter;

const PENDING: i32 = 0;
const FULFILLED: i32 = 1;
const REJECTED: i32 = 2;

/// A reaction whose handlers are JavaScript functions and that settles a capability.
const REACTION_THEN: i32 = 0;
/// A reaction that calls a Rust function with data: odd.
const REACTION_NATIVE: i32 = 1;

/// The number of a reaction that calls a Rust function; `None` of others.
fn native_number(reaction: Cell) -> Option<i32> {
    let kind = reaction.slots_get(1).as_int()?;
    (kind & REACTION_NATIVE != 0).then_some(kind >> 1)
}

/// Where a promise stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// Not settled.
    Pending,
    /// Fulfilled with this value.
    Fulfilled(Value),
    /// Rejected with this reason.
    Rejected(Value),
}

/// Where the promise stands.
#[must_use]
pub fn state_of(promise: Obj) -> State {
    match promise.internal(0).as_int() {
        Some(FULFILLED) => State::Fulfilled(promise.internal(1)),
        Some(REJECTED) => State::Rejected(promise.internal(1)),
        _ => State::Pending,
    }
}

/// `PromiseCapability`: what it settles. The functions are undefined where the promise is the intrinsic kind and settled
/// directly.
#[derive(Clone, Copy, Debug)]
pub struct Capability {
    /// `[[Promise]]`
    pub promise: Value,
    /// `[[Resolve]]`
    pub resolve: Value,
    /// `[[Reject]]`
    pub reject: Value,
}

impl Vm {
    /// A pending promise of the current realm.
    pub fn promise_new(&mut self) -> Obj {
        self.plain_promise(self.realms[self.realm as usize].shapes.promise)
    }

    fn plain_promise(&mut self, shape: u32) -> Obj {
        const { assert!(Kind::Promise.internal_slots() == 4) };
        let values = [
            Value::int(PENDING),
            Value::UNDEFINED,
            Value::UNDEFINED,
            Value::FALSE,
        ];
        self.heap.new_filled(Kind::Promise, shape, values)
    }

    fn promise_with_proto(&mut self, proto: Value) -> Obj {
        let known = self.realms[self.realm as usize].shapes.promise;
        if self.heap.shapes.get(known).proto == proto {
            return self.plain_promise(known);
        }
        let promise = self.new_object_of(Kind::Promise, proto);
        promise.set_internal(0, Value::int(PENDING));
        promise.set_internal(3, Value::FALSE);
        promise
    }

    /// Resolves the promise as its resolving function would: a thenable is followed. Settled ones stay as they are.
    pub fn promise_resolve_with(&mut self, promise: Obj, resolution: Value) {
        if promise.internal(0) != Value::int(PENDING) {
            return;
        }
        if resolution == Value::from(promise) {
            let Throw(error) = self.throw_type("Chaining cycle detected for promise #<Promise>");
            return self.promise_reject_with(promise, error);
        }
        let Some(thenable) = resolution.as_object() else {
            return self.settle(promise, FULFILLED, resolution);
        };
        let then = if self.is_plain_promise(thenable) {
            Ok(Value::from(self.intrinsic(Intrinsic::PromiseThen)))
        } else {
            let key = self.names.then;
            match self.cached_property(thenable, key) {
                Some(then) => Ok(then),
                None => {
                    let mark = self.root_mark();
                    self.root(promise);
                    self.root(resolution);
                    let then = match self.find_property(thenable, key) {
                        Some(then) => Ok(then),
                        None => self.get_o(thenable, key),
                    };
                    self.unroot_to(mark);
                    then
                }
            }
        };
        match then {
            // The program is stopped: nobody shall see the promise again.
            Err(Throw(Value::TERMINATION)) => {}
            Err(Throw(reason)) => self.promise_reject_with(promise, reason),
            Ok(then) if !self.is_callable(then) => self.settle(promise, FULFILLED, resolution),
            Ok(then) => {
                // NewPromiseResolveThenableJob: the job belongs to the realm of `then`.
                let outer = self.realm;
                let function = then.as_object();
                if let Some(Ok(realm)) = function.map(|then| self.function_realm(then)) {
                    self.realm = realm;
                }
                self.queue(
                    job::resolve_thenable,
                    [promise.into(), resolution, then, Value::UNDEFINED],
                );
                self.realm = outer;
            }
        }
    }

    /// Rejects the promise; a settled one stays as it is.
    pub fn promise_reject_with(&mut self, promise: Obj, reason: Value) {
        if promise.internal(0) != Value::int(PENDING) {
            return;
        }
        self.thrown = None;
        self.attach_waiters(reason, promise);
        self.settle(promise, REJECTED, reason);
    }

    /// `FulfillPromise`, `RejectPromise`
    fn settle(&mut self, promise: Obj, state: i32, value: Value) {
        let newest = promise.internal(2).as_cell();
        promise.set_internal(0, Value::int(state));
        promise.set_internal(1, value);
        promise.set_internal(2, Value::UNDEFINED);
        if state == REJECTED && promise.internal(3) != Value::TRUE {
            self.track(promise, false);
        }
        match newest {
            None => {}
            // FAST PATH: one.
            Some(reaction) if reaction.slots_get(0).is_undefined() => {
                self.queue_reaction(reaction, state, value);
            }
            Some(newest) => self.queue_reactions(newest, state, value),
        }
    }

    /// Queues all reactions of a chain, the oldest first.
    fn queue_reactions(&mut self, newest: Cell, state: i32, value: Value) {
        let mut reactions = Vec::new();
        let mut at = Some(newest);
        while let Some(reaction) = at {
            reactions.push(reaction);
            at = reaction.slots_get(0).as_cell();
        }
        for reaction in reactions.into_iter().rev() {
            self.queue_reaction(reaction, state, value);
        }
    }

    fn track(&mut self, promise: Obj, handled: bool) {
        if let Some(tracker) = self.host.rejection_tracker {
            let mark = self.root_mark();
            self.root(promise);
            tracker(self, promise.into(), handled);
            self.unroot_to(mark);
        }
    }

    /// `NewPromiseReactionJob`, queued.
    fn queue_reaction(&mut self, reaction: Cell, state: i32, value: Value) {
        let context = reaction.slots_get(5);
        let outer = std::mem::replace(
            &mut self.jobs.async_context,
            (!context.is_undefined()).then_some(context),
        );
        self.queue(
            job::run_reaction,
            [
                Value::cell(reaction),
                Value::int(state),
                value,
                Value::UNDEFINED,
            ],
        );
        self.jobs.async_context = outer;
    }

    /// Queues a job in the current realm and asynchronous context.
    fn queue(&mut self, run: NativeFn, values: [Value; 4]) {
        let async_context = self.jobs.async_context.unwrap_or(Value::UNDEFINED);
        self.queue_job(crate::vm::job::Job {
            run,
            values,
            realm: self.realm,
            async_context,
        });
    }

    /// `PerformPromiseThen` with a reaction.
    fn add_reaction(
        &mut self,
        promise: Obj,
        kind: i32,
        on_fulfilled: Value,
        on_rejected: Value,
        data: Value,
    ) {
        let context = self.jobs.async_context.unwrap_or(Value::UNDEFINED);
        let pending = promise.internal(0) == Value::int(PENDING);
        let next = if pending {
            promise.internal(2)
        } else {
            Value::UNDEFINED
        };
        let reaction = self.heap.new_slots(&[
            next,
            Value::int(kind),
            on_fulfilled,
            on_rejected,
            data,
            context,
        ]);
        match state_of(promise) {
            State::Pending => promise.set_internal(2, Value::cell(reaction)),
            State::Fulfilled(value) => self.queue_reaction(reaction, FULFILLED, value),
            State::Rejected(reason) => {
                if promise.internal(3) != Value::TRUE {
                    self.track(promise, true);
                }
                self.queue_reaction(reaction, REJECTED, reason);
            }
        }
        promise.set_internal(3, Value::TRUE);
    }

    /// Reacts to the promise with Rust functions: one of them is called as a job with `data` and the value or reason.
    pub fn promise_then_native(
        &mut self,
        promise: Obj,
        on_fulfilled: NativeFn,
        on_rejected: NativeFn,
        data: Value,
    ) {
        self.promise_then_numbered(promise, on_fulfilled, on_rejected, (data, 0));
    }

    /// What [`Vm::promise_then_native`] does with a promise that is fulfilled with this value, and that nobody else sees.
    pub(in crate::vm) fn then_of_value(
        &mut self,
        value: Value,
        on_fulfilled: NativeFn,
        data: Value,
    ) {
        self.queue(on_fulfilled, [data, value, Value::ZERO, Value::UNDEFINED]);
    }

    /// As [`Vm::promise_then_native`]; the function gets this number as its third argument, which must be below 2^30.
    fn promise_then_numbered(
        &mut self,
        promise: Obj,
        on_fulfilled: NativeFn,
        on_rejected: NativeFn,
        (data, number): (Value, i32),
    ) {
        // FAST PATH: a promise that is fulfilled needs no reaction, it is a job at once.
        if let State::Fulfilled(value) = state_of(promise) {
            promise.set_internal(3, Value::TRUE);
            let values = [data, value, Value::int(number), Value::UNDEFINED];
            return self.queue(on_fulfilled, values);
        }
        let raw = |function: NativeFn| Value::from_bits(function as usize as u64);
        self.add_reaction(
            promise,
            REACTION_NATIVE | number << 1,
            raw(on_fulfilled),
            raw(on_rejected),
            data,
        );
    }

    /// Somebody takes care of the promise: a rejection is not reported, or is no longer.
    pub fn promise_mark_handled(&mut self, promise: Obj) {
        if promise.internal(0) == Value::int(REJECTED) && promise.internal(3) != Value::TRUE {
            self.track(promise, true);
        }
        promise.set_internal(3, Value::TRUE);
    }

    /// `PromiseResolve(%Promise%, value)`. It is not rooted.
    ///
    /// # Errors
    /// Whatever reading `constructor` throws.
    pub fn promise_resolve_value(&mut self, value: Value) -> Completion<Obj> {
        if let Some(promise) = value
            .as_object()
            .filter(|object| object.kind() == Kind::Promise)
        {
            let constructor = self.promise_constructor(promise)?;
            if constructor == Value::from(self.intrinsic(Intrinsic::Promise)) {
                return Ok(promise);
            }
        }
        let promise = self.promise_new();
        let mark = self.root_mark();
        self.root(promise);
        self.promise_resolve_with(promise, value);
        self.unroot_to(mark);
        Ok(promise)
    }

    /// `promise.then(on_fulfilled, on_rejected)` of the intrinsic kind: the derived promise.
    ///
    /// # Errors
    /// Whatever the species constructor throws.
    pub fn promise_then(
        &mut self,
        promise: Obj,
        on_fulfilled: Value,
        on_rejected: Value,
    ) -> Completion<Obj> {
        let constructor = self.promise_species(promise)?;
        let capability = self.new_promise_capability(constructor)?;
        self.perform_then(promise, on_fulfilled, on_rejected, &capability);
        match capability.promise.as_object() {
            Some(derived) => Ok(derived),
            None => Err(self.throw_type("Promise resolve or reject function is not callable")),
        }
    }

    /// `SpeciesConstructor(promise, %Promise%)`
    fn promise_species(&mut self, promise: Obj) -> Completion {
        let default = Value::from(self.intrinsic(Intrinsic::Promise));
        if self.is_plain_promise(promise) {
            return Ok(default);
        }
        let key = self.names.constructor;
        let constructor = self.get_o(promise, key)?;
        if constructor == default
            && let Some(function) = constructor.as_object()
        {
            let key = PropKey::symbol(self.symbols.species);
            if let Own::Accessor(getter, ..) = self.ordinary_own_property(function, key)
                && is_native(getter, constructor::species)
            {
                return Ok(default);
            }
        }
        let species = self.species_of(constructor)?;
        Ok(if species.is_undefined() {
            default
        } else {
            species
        })
    }

    fn perform_then(
        &mut self,
        promise: Obj,
        on_fulfilled: Value,
        on_rejected: Value,
        capability: &Capability,
    ) {
        let callable = |vm: &Self, value: Value| {
            if vm.is_callable(value) {
                value
            } else {
                Value::UNDEFINED
            }
        };
        let (on_fulfilled, on_rejected) =
            (callable(self, on_fulfilled), callable(self, on_rejected));
        let data = if capability.resolve.is_undefined() {
            capability.promise
        } else {
            Value::cell(self.heap.new_slots(&[
                capability.promise,
                capability.resolve,
                capability.reject,
            ]))
        };
        self.add_reaction(promise, REACTION_THEN, on_fulfilled, on_rejected, data);
    }

    /// `NewPromiseCapability`
    ///
    /// # Errors
    /// `TypeError` when it is no constructor or does not give its executor two functions.
    pub fn new_promise_capability(&mut self, constructor: Value) -> Completion<Capability> {
        if constructor == Value::from(self.intrinsic(Intrinsic::Promise)) {
            let promise = self.promise_new();
            self.root(promise);
            return Ok(Capability {
                promise: promise.into(),
                resolve: Value::UNDEFINED,
                reject: Value::UNDEFINED,
            });
        }
        let Some(function) = constructor
            .as_object()
            .filter(|_| self.is_constructor(constructor))
        else {
            let text = self.display(constructor);
            return Err(self.throw_type(format!("{text} is not a constructor")));
        };
        let pair = self.heap.new_slots(&[Value::UNDEFINED, Value::UNDEFINED]);
        let name = self.names.empty;
        let executor = self.new_native_with(capability_executor, name, 2, Value::cell(pair));
        self.root(executor);
        let promise = self.construct(function, &[executor.into()], function)?;
        self.root(promise);
        let (resolve, reject) = (pair.slots_get(0), pair.slots_get(1));
        if !self.is_callable(resolve) || !self.is_callable(reject) {
            return Err(self.throw_type("Promise resolve or reject function is not callable"));
        }
        self.root(resolve);
        self.root(reject);
        Ok(Capability {
            promise: promise.into(),
            resolve,
            reject,
        })
    }

    /// Calls the capability's `resolve`.
    ///
    /// # Errors
    /// Whatever a program's function throws.
    pub fn resolve_capability(&mut self, capability: &Capability, value: Value) -> Completion<()> {
        match capability.promise.as_object() {
            Some(promise) if capability.resolve.is_undefined() => {
                self.promise_resolve_with(promise, value);
                Ok(())
            }
            _ => self
                .call(capability.resolve, Value::UNDEFINED, &[value])
                .map(drop),
        }
    }

    /// Calls the capability's `reject`.
    ///
    /// # Errors
    /// Whatever a program's function throws.
    pub fn reject_capability(&mut self, capability: &Capability, reason: Value) -> Completion<()> {
        match capability.promise.as_object() {
            Some(promise) if capability.reject.is_undefined() => {
                self.promise_reject_with(promise, reason);
                Ok(())
            }
            _ => self
                .call(capability.reject, Value::UNDEFINED, &[reason])
                .map(drop),
        }
    }

    /// The capability's functions, made if they are not there yet.
    fn capability_functions(&mut self, capability: &mut Capability) {
        if capability.resolve.is_undefined()
            && let Some(promise) = capability.promise.as_object()
        {
            let (resolve, reject) = self.promise_resolving_functions(promise);
            self.root(resolve);
            self.root(reject);
            capability.resolve = resolve.into();
            capability.reject = reject.into();
        }
    }

    /// `CreateResolvingFunctions`
    pub fn promise_resolving_functions(&mut self, promise: Obj) -> (Obj, Obj) {
        let resolve = self.promise_resolve_function(promise);
        self.root(resolve);
        (resolve, self.promise_reject_function(resolve))
    }

    /// The first of them.
    fn promise_resolve_function(&mut self, promise: Obj) -> Obj {
        // Shared by both: the promise, and whether one of them was called.
        let shared = self.heap.new_slots(&[promise.into(), Value::FALSE]);
        let name = self.names.empty;
        self.new_native_with(resolve_function, name, 1, Value::cell(shared))
    }

    /// The second one, which belongs to `resolve`.
    fn promise_reject_function(&mut self, resolve: Obj) -> Obj {
        let name = self.names.empty;
        self.new_native_with(reject_function, name, 1, resolve.internal(3))
    }
}

/// The promise of a resolving function, if it is called for the first time.
fn claim(captured: Value) -> Option<Obj> {
    let shared = captured.as_cell()?;
    if shared.slots_get(1) == Value::TRUE {
        return None;
    }
    shared.slots_set(1, Value::TRUE);
    shared.slots_get(0).as_object()
}

#[inline(never)]
fn resolve_function(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(promise) = claim(args.captured()) {
        vm.promise_resolve_with(promise, args.at(0));
    }
    Ok(Value::UNDEFINED)
}

#[inline(never)]
fn reject_function(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(promise) = claim(args.captured()) {
        vm.promise_reject_with(promise, args.at(0));
    }
    Ok(Value::UNDEFINED)
}

/// `GetCapabilitiesExecutor`
fn capability_executor(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(pair) = args.captured().as_cell() else {
        return Ok(Value::UNDEFINED);
    };
    if !pair.slots_get(0).is_undefined() || !pair.slots_get(1).is_undefined() {
        return Err(
            vm.throw_type("Promise executor has already been invoked with non-undefined arguments")
        );
    }
    pair.slots_set(0, args.at(0));
    pair.slots_set(1, args.at(1));
    Ok(Value::UNDEFINED)
}

/// The promise that `this` is.
fn this_promise(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Obj> {
    match args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::Promise)
    {
        Some(promise) => Ok(promise),
        None => {
            let text = vm.display(args.this);
            Err(vm.throw_type(format!(
                "Method {method} called on incompatible receiver {text}"
            )))
        }
    }
}

/// The key of `then`.
fn then_key(vm: &Vm) -> PropKey {
    vm.names.then
}
