//! `%AsyncIteratorPrototype%`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-asynciteratorprototype>.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Throw, Vm},
    realm::Intrinsic,
    value::Value,
};

/// Declares `%AsyncIteratorPrototype%`.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let prototype = vm.new_intrinsic_object(Kind::Object, Intrinsic::ObjectPrototype);
    vm.mark_as_proto(prototype);
    vm.set_intrinsic(Intrinsic::AsyncIteratorPrototype, prototype);
    vm.define_methods(
        prototype,
        &[
            ("@@asyncIterator", 0, async_iterator),
            ("@@asyncDispose", 0, async_dispose),
        ],
    );
}

/// `%AsyncIteratorPrototype%[Symbol.asyncIterator]`
fn async_iterator(_vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(args.this)
}

/// `%AsyncIteratorPrototype%[Symbol.asyncDispose]`: calls `return` and waits for what it gives.
fn async_dispose(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let promise = vm.promise_new();
    vm.root(promise);
    match start_return(vm, args.this) {
        Ok(None) => vm.promise_resolve_with(promise, Value::UNDEFINED),
        Ok(Some(result)) => vm.promise_then_native(result, returned, failed, promise.into()),
        Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
        Err(Throw(reason)) => vm.promise_reject_with(promise, reason),
    }
    Ok(promise.into())
}

/// Calls `return`, if there is one: the promise of its result.
fn start_return(vm: &mut Vm, iterator: Value) -> Completion<Option<Obj>> {
    let key = vm.names.return_;
    let method = vm.get_method(iterator, key)?;
    if method.is_undefined() {
        return Ok(None);
    }
    let result = vm.call(method, iterator, &[])?;
    vm.root(result);
    vm.promise_resolve_value(result).map(Some)
}

fn returned(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(promise) = args.at(0).as_object() {
        vm.promise_resolve_with(promise, Value::UNDEFINED);
    }
    Ok(Value::UNDEFINED)
}

fn failed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(promise) = args.at(0).as_object() {
        vm.promise_reject_with(promise, args.at(1));
    }
    Ok(Value::UNDEFINED)
}
