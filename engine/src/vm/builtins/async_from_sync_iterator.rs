//! Synchronous iterators seen as asynchronous ones.
//!
//! Internal slots: 0 the iterator, 1 its `next` method. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-async-from-sync-iterator-objects>.

use crate::vm::{
    heap::{Kind, Obj},
    iterate::IteratorRecord,
    machine::{Args, Completion, Throw, Vm},
    realm::Intrinsic,
    value::Value,
};

/// Declares `%AsyncFromSyncIteratorPrototype%`.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let prototype = vm.new_intrinsic_object(Kind::Object, Intrinsic::AsyncIteratorPrototype);
    vm.mark_as_proto(prototype);
    vm.set_intrinsic(Intrinsic::AsyncFromSyncIteratorPrototype, prototype);
    vm.define_methods(
        prototype,
        &[
            ("next", 1, next),
            ("return", 1, return_),
            ("throw", 1, throw),
        ],
    );
}

impl Vm {
    /// `CreateAsyncFromSyncIterator`: the iterator and its `next` method.
    ///
    /// # Errors
    /// None; it is a `Completion` for its callers' sake.
    pub fn async_from_sync_iterator(
        &mut self,
        iterator: Value,
        next: Value,
    ) -> Completion<(Value, Value)> {
        let object = self.new_intrinsic_object(
            Kind::AsyncFromSyncIterator,
            Intrinsic::AsyncFromSyncIteratorPrototype,
        );
        object.set_internal(0, iterator);
        object.set_internal(1, next);
        let key = self.names.next;
        let next = self.get_o(object, key)?;
        Ok((object.into(), next))
    }
}

/// What a method does with the synchronous iterator: the result object, or (return without a method) the final value.
enum Outcome {
    Result(Obj),
    Finished(Value),
}

/// `%AsyncFromSyncIteratorPrototype%.next`
fn next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    run(vm, args, true, |vm, args, mut record| {
        vm.iterator_next(&mut record, args.values.first().copied())
            .map(Outcome::Result)
    })
}

/// `%AsyncFromSyncIteratorPrototype%.return`
fn return_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    run(vm, args, false, |vm, args, record| {
        let key = vm.names.return_;
        let method = vm.get_method(record.iterator.into(), key)?;
        if method.is_undefined() {
            return Ok(Outcome::Finished(args.at(0)));
        }
        call_with_value(vm, args, &record, method)
    })
}

/// `%AsyncFromSyncIteratorPrototype%.throw`
fn throw(vm: &mut Vm, args: &Args<'_>) -> Completion {
    run(vm, args, true, |vm, args, record| {
        let key = vm.names.throw;
        let method = vm.get_method(record.iterator.into(), key)?;
        if method.is_undefined() {
            vm.iterator_close(&record, Ok(()))?;
            return Err(vm.throw_type("The iterator does not provide a 'throw' method"));
        }
        call_with_value(vm, args, &record, method)
    })
}

fn call_with_value(
    vm: &mut Vm,
    args: &Args<'_>,
    record: &IteratorRecord,
    method: Value,
) -> Completion<Outcome> {
    let passed = args.values.get(..1).unwrap_or_default();
    let result = vm.call(method, record.iterator.into(), passed)?;
    match result.as_object() {
        Some(result) => Ok(Outcome::Result(result)),
        None => {
            let text = vm.display(result);
            Err(vm.throw_type(format!("Iterator result {text} is not an object")))
        }
    }
}

/// Runs one step; its promise is the result whatever happens.
fn run(
    vm: &mut Vm,
    args: &Args<'_>,
    close: bool,
    step: fn(&mut Vm, &Args<'_>, IteratorRecord) -> Completion<Outcome>,
) -> Completion {
    let wrapper = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::AsyncFromSyncIterator);
    let record = wrapper.and_then(|wrapper| {
        let iterator = wrapper.internal(0).as_object()?;
        Some(IteratorRecord {
            iterator,
            next: wrapper.internal(1),
            done: false,
        })
    });
    let Some(record) = record else {
        return Err(vm.throw_type("not an Async-from-Sync Iterator"));
    };
    let promise = vm.promise_new();
    vm.root(promise);
    let result = match step(vm, args, record) {
        Ok(Outcome::Result(result)) => {
            vm.root(result);
            go_on(vm, result, promise, &record, close)
        }
        Ok(Outcome::Finished(value)) => {
            let result = vm.iter_result(value, true);
            vm.promise_resolve_with(promise, result.into());
            Ok(())
        }
        Err(throw) => Err(throw),
    };
    match result {
        Ok(()) => {}
        Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
        Err(Throw(reason)) => vm.promise_reject_with(promise, reason),
    }
    Ok(promise.into())
}

/// `AsyncFromSyncIteratorContinuation`: an error rejects the promise.
fn go_on(
    vm: &mut Vm,
    result: Obj,
    promise: Obj,
    record: &IteratorRecord,
    close: bool,
) -> Completion<()> {
    let names = vm.names;
    let done = vm.get_o(result, names.done)?;
    let done = vm.to_boolean(done);
    let value = vm.get_o(result, names.value)?;
    vm.root(value);
    let mut wrapper = vm.promise_resolve_value(value);
    if wrapper.is_err() && !done && close {
        wrapper = vm.iterator_close(record, wrapper);
    }
    let wrapper = wrapper?;
    vm.root(wrapper);
    // What the reactions need: the promise, is it the last value, the iterator to close if the value is rejected.
    let to_close = if done || !close {
        Value::UNDEFINED
    } else {
        record.iterator.into()
    };
    let data = vm
        .heap
        .new_slots(&[promise.into(), Value::bool(done), to_close]);
    vm.promise_then_native(wrapper, unwrap, close_iterator, Value::cell(data));
    Ok(())
}

fn unwrap(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(data) = args.at(0).as_cell()
        && let Some(promise) = data.slots_get(0).as_object()
    {
        let result = vm.iter_result(args.at(1), data.slots_get(1) == Value::TRUE);
        vm.promise_resolve_with(promise, result.into());
    }
    Ok(Value::UNDEFINED)
}

fn close_iterator(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(data) = args.at(0).as_cell() else {
        return Ok(Value::UNDEFINED);
    };
    let mut reason = args.at(1);
    if let Some(iterator) = data.slots_get(2).as_object() {
        let record = IteratorRecord {
            iterator,
            next: Value::UNDEFINED,
            done: false,
        };
        if let Err(Throw(thrown)) = vm.iterator_close::<()>(&record, Err(Throw(reason))) {
            reason = thrown;
        }
    }
    if reason == Value::TERMINATION {
        return Err(Throw(reason));
    }
    if let Some(promise) = data.slots_get(0).as_object() {
        vm.promise_reject_with(promise, reason);
    }
    Ok(Value::UNDEFINED)
}
