//! `Promise.all`, `allSettled`, `any`, `race`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-promise.all>.

use super::{Capability, constructor::promise_resolve, then_key};
use crate::vm::{
    heap::{Cell, Obj},
    iterate::IteratorRecord,
    machine::{Args, Completion, NativeFn, Throw, Vm},
    object::{Own, attr},
    realm::Intrinsic,
    value::Value,
};

/// Which combinator runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    AllSettled,
    Any,
    Race,
}

/// `Promise.all`
pub(super) fn all(vm: &mut Vm, args: &Args<'_>) -> Completion {
    combine(vm, args, Which::All, false)
}

/// `Promise.allSettled`
pub(super) fn all_settled(vm: &mut Vm, args: &Args<'_>) -> Completion {
    combine(vm, args, Which::AllSettled, false)
}

/// `Promise.any`
pub(super) fn any(vm: &mut Vm, args: &Args<'_>) -> Completion {
    combine(vm, args, Which::Any, false)
}

/// `Promise.race`
pub(super) fn race(vm: &mut Vm, args: &Args<'_>) -> Completion {
    combine(vm, args, Which::Race, false)
}

/// `Promise.allKeyed`
pub(super) fn all_keyed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    combine(vm, args, Which::All, true)
}

/// `Promise.allSettledKeyed`
pub(super) fn all_settled_keyed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    combine(vm, args, Which::AllSettled, true)
}

fn combine(vm: &mut Vm, args: &Args<'_>, which: Which, keyed: bool) -> Completion {
    let constructor = args.this;
    if !constructor.is_object() {
        let name = match which {
            Which::All => "all",
            Which::AllSettled => "allSettled",
            Which::Any => "any",
            Which::Race => "race",
        };
        return Err(vm.throw_type(format!("Promise.{name} called on non-object")));
    }
    let mut capability = vm.new_promise_capability(constructor)?;
    vm.capability_functions(&mut capability);
    let result = start(vm, args, which, keyed, &capability);
    match result {
        Ok(()) => Ok(capability.promise),
        Err(Throw(Value::TERMINATION)) => Err(Throw(Value::TERMINATION)),
        // IfAbruptRejectPromise
        Err(Throw(reason)) => {
            vm.root(reason);
            vm.call(capability.reject, Value::UNDEFINED, &[reason])?;
            Ok(capability.promise)
        }
    }
}

fn start(
    vm: &mut Vm,
    args: &Args<'_>,
    which: Which,
    keyed: bool,
    capability: &Capability,
) -> Completion<()> {
    let key = vm.names.resolve;
    let resolve = vm.get_v(args.this, key)?;
    if !vm.is_callable(resolve) {
        return Err(vm.throw_type("Promise resolve or reject function is not callable"));
    }
    vm.root(resolve);
    let mut run = Run::new(vm, args.this, resolve, which, *capability);
    if keyed {
        return run_keyed(vm, args.at(0), &mut run);
    }
    if let Some(array) = vm.pristine_array(args.at(0)) {
        return run_array(vm, array, &mut run);
    }
    let mut record = vm.get_iterator(args.at(0))?;
    let result = run_iterator(vm, &mut record, &mut run);
    if result.is_err() && !record.done {
        vm.iterator_close(&record, result)
    } else {
        result
    }
}

/// A combinator under way.
struct Run {
    constructor: Value,
    resolve: Value,
    which: Which,
    capability: Capability,
    /// What the element functions share: `Slots` of 0 the values array, 1 how many are missing (plus one), 2 the function
    /// that settles the whole, 3 whether it is `any`'s: values are reasons then, 4 the array of keys or undefined, 5 the
    /// function that rejects the whole.
    shared: Cell,
    values: Obj,
    index: u32,
}

impl Run {
    /// What it makes is rooted.
    fn new(
        vm: &mut Vm,
        constructor: Value,
        resolve: Value,
        which: Which,
        capability: Capability,
    ) -> Self {
        let values = vm.new_array();
        let is_any = which == Which::Any;
        let settle = if is_any {
            capability.reject
        } else {
            capability.resolve
        };
        let shared = vm.heap.new_slots(&[
            values.into(),
            Value::int(1),
            settle,
            Value::bool(is_any),
            Value::UNDEFINED,
            capability.reject,
        ]);
        vm.root(Value::cell(shared));
        Self {
            constructor,
            resolve,
            which,
            capability,
            shared,
            values,
            index: 0,
        }
    }

    /// Resolves an item to a promise and reacts to that.
    fn add(&mut self, vm: &mut Vm, item: Value) -> Completion<()> {
        let mark = vm.root_mark();
        vm.root(item);
        let intrinsic = self.resolve == Value::from(vm.intrinsic(Intrinsic::PromiseResolve));
        let promise = if intrinsic && self.constructor.is_object() {
            promise_resolve(vm, self.constructor, item)?
        } else {
            vm.call(self.resolve, self.constructor, &[item])?
        };
        vm.root(promise);
        let (shared, index) = (self.shared, self.index);
        if self.which != Which::Race {
            vm.array_push(self.values, Value::UNDEFINED)?;
            let left = shared.slots_get(1).as_int().unwrap_or(0);
            shared.slots_set(1, Value::int(left.saturating_add(1)));
        }
        self.index += 1;
        if self.which == Which::All
            && intrinsic
            && let number @ 0..0x4000_0000 = index as i32
            && let Some(promise) = promise.as_object()
            && vm.is_plain_promise(promise)
        {
            // What `then` returns and the functions that it is given are seen by nobody: they need not be made.
            let data = (Value::cell(shared), number);
            vm.promise_then_numbered(promise, all_fulfilled, all_rejected, data);
            vm.unroot_to(mark);
            return Ok(());
        }
        let Capability {
            resolve, reject, ..
        } = self.capability;
        let (on_fulfilled, on_rejected) = match self.which {
            Which::Race => (resolve, reject),
            Which::All => (element(vm, shared, index, store_value), reject),
            Which::Any => (resolve, element(vm, shared, index, store_value)),
            Which::AllSettled => {
                let fulfilled = element(vm, shared, index, store_fulfilled);
                let called = vm.element_of(fulfilled);
                (fulfilled, element_sharing(vm, called, store_rejected))
            }
        };
        vm.root(on_fulfilled);
        vm.root(on_rejected);
        let key = then_key(vm);
        vm.invoke(promise, key, &[on_fulfilled, on_rejected])?;
        vm.unroot_to(mark);
        Ok(())
    }

    /// All are added.
    fn finish(&self, vm: &mut Vm) -> Completion<()> {
        if self.which == Which::Race {
            return Ok(());
        }
        finish_one(vm, self.shared, self.which == Which::Any).map(drop)
    }
}

/// As [`run_iterator`], of an array whose iterator nobody sees.
fn run_array(vm: &mut Vm, array: Obj, run: &mut Run) -> Completion<()> {
    let mut index = 0;
    while index < vm.array_length(array) {
        let item = vm.get_at(array, f64::from(index))?;
        run.add(vm, item)?;
        index += 1;
    }
    run.finish(vm)
}

/// An element of `all` was fulfilled: arguments are what element functions share, the value, and the index.
#[inline(never)]
pub(super) fn all_fulfilled(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (Some(shared), Some(index)) = (args.at(0).as_cell(), args.at(2).as_int()) else {
        return Ok(Value::UNDEFINED);
    };
    put(vm, shared, index as u32, args.at(1));
    finish_one(vm, shared, false)
}

/// An element of `all` was rejected.
fn all_rejected(vm: &mut Vm, args: &Args<'_>) -> Completion {
    match args.at(0).as_cell() {
        Some(shared) => vm.call(shared.slots_get(5), Value::UNDEFINED, &[args.at(1)]),
        None => Ok(Value::UNDEFINED),
    }
}

fn run_iterator(vm: &mut Vm, record: &mut IteratorRecord, run: &mut Run) -> Completion<()> {
    while let Some(item) = vm.iterator_step_value(record)? {
        run.add(vm, item)?;
    }
    run.finish(vm)
}

/// `PerformPromiseAllKeyed`: the promises are an object's enumerable properties.
fn run_keyed(vm: &mut Vm, promises: Value, run: &mut Run) -> Completion<()> {
    let Some(promises) = promises.as_object() else {
        let text = vm.display(promises);
        return Err(vm.throw_type(format!("{text} is not an object")));
    };
    let keys = vm.new_array();
    run.shared.slots_set(4, keys.into());
    let all = vm.own_keys(promises)?;
    for key in &all {
        vm.root(key.value());
    }
    for key in all {
        vm.work(1)?;
        let own = vm.own_property(promises, key)?;
        if own == Own::None || own.attrs() & attr::E == 0 {
            continue;
        }
        let item = vm.get_o(promises, key)?;
        let name = vm.heap.key_to_value(key);
        vm.array_push(keys, name)?;
        run.add(vm, item)?;
    }
    run.finish(vm)
}

/// `CreateKeyedPromiseCombinatorResultObject`
fn keyed_result(vm: &mut Vm, keys: Obj, values: Value) -> Completion {
    let result = vm.new_object_with_proto(Value::NULL);
    vm.root(result);
    let values = values.as_object();
    for index in 0..keys.dense_len() {
        let key = vm.to_property_key(keys.dense(index))?;
        let value = values.map_or(Value::UNDEFINED, |values| values.dense(index));
        vm.create_data_property(result, key, value)?;
    }
    Ok(result.into())
}

/// A function that stores its argument at `index` once. It captures `Slots`: 0 shared, 1 index, 2 was it called.
fn element(vm: &mut Vm, shared: Cell, index: u32, store: NativeFn) -> Value {
    let own = vm
        .heap
        .new_slots(&[Value::cell(shared), Value::from(index), Value::FALSE]);
    element_sharing(vm, Value::cell(own), store)
}

fn element_sharing(vm: &mut Vm, own: Value, store: NativeFn) -> Value {
    let name = vm.names.empty;
    let function = vm.new_native_with(store, name, 1, own);
    vm.root(function);
    function.into()
}

impl Vm {
    /// What an element function captured.
    fn element_of(&self, function: Value) -> Value {
        function
            .as_object()
            .map_or(Value::UNDEFINED, |function| function.internal(3))
    }
}

/// The shared record and index of an element function, if it is called for the first time.
fn claim(args: &Args<'_>) -> Option<(Cell, u32)> {
    let own = args.captured().as_cell()?;
    if own.slots_get(2) == Value::TRUE {
        return None;
    }
    own.slots_set(2, Value::TRUE);
    Some((
        own.slots_get(0).as_cell()?,
        own.slots_get(1).as_number()? as u32,
    ))
}

fn put(vm: &mut Vm, shared: Cell, index: u32, value: Value) {
    if let Some(values) = shared.slots_get(0).as_object() {
        // FAST PATH: it was made room for when the promise was added.
        if index < values.dense_len() {
            values.set_dense(index, value);
            return;
        }
        vm.store_element(values, index, value, attr::ALL);
    }
}

#[inline(never)]
pub(super) fn store_value(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some((shared, index)) = claim(args) else {
        return Ok(Value::UNDEFINED);
    };
    put(vm, shared, index, args.at(0));
    finish_one(vm, shared, shared.slots_get(3) == Value::TRUE)
}

#[inline(never)]
pub(super) fn store_fulfilled(vm: &mut Vm, args: &Args<'_>) -> Completion {
    store_outcome(vm, args, true)
}

fn store_rejected(vm: &mut Vm, args: &Args<'_>) -> Completion {
    store_outcome(vm, args, false)
}

fn store_outcome(vm: &mut Vm, args: &Args<'_>, fulfilled: bool) -> Completion {
    let Some((shared, index)) = claim(args) else {
        return Ok(Value::UNDEFINED);
    };
    let outcome = vm.new_plain_object();
    let names = vm.names;
    let status = vm
        .heap
        .atom_str(if fulfilled { "fulfilled" } else { "rejected" });
    vm.add_own(outcome, names.status, status.into(), attr::ALL);
    vm.add_own(
        outcome,
        if fulfilled { names.value } else { names.reason },
        args.at(0),
        attr::ALL,
    );
    put(vm, shared, index, outcome.into());
    finish_one(vm, shared, false)
}

/// One less is missing; the last one settles the whole.
fn finish_one(vm: &mut Vm, shared: Cell, any: bool) -> Completion {
    let left = shared.slots_get(1).as_int().unwrap_or(1) - 1;
    shared.slots_set(1, Value::int(left));
    if left > 0 {
        return Ok(Value::UNDEFINED);
    }
    let (mut values, settle) = (shared.slots_get(0), shared.slots_get(2));
    if !any {
        if let Some(keys) = shared.slots_get(4).as_object() {
            values = keyed_result(vm, keys, values)?;
        }
        return vm.call(settle, Value::UNDEFINED, &[values]);
    }
    let error = vm.new_error(
        Intrinsic::AggregateErrorPrototype,
        "All promises were rejected",
    );
    vm.root(error);
    let key = vm.names.errors;
    vm.add_own(error, key, values, attr::METHOD);
    vm.call(settle, Value::UNDEFINED, &[error.into()])
}
