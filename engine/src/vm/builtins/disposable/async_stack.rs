//! `AsyncDisposableStack`.

use super::{Kind, pop, this_stack};
use crate::vm::{
    heap::Cell,
    machine::{Args, Completion, Throw, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

const KIND: Kind = Kind::AsyncDisposableStack;
const PROTO: Intrinsic = Intrinsic::AsyncDisposableStackPrototype;

/// Declares `AsyncDisposableStack`.
pub(super) fn install(vm: &mut Vm) {
    let class = Constructor::new(
        "AsyncDisposableStack",
        0,
        construct,
        Intrinsic::AsyncDisposableStack,
        PROTO,
    );
    let (_, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        prototype,
        &[
            ("adopt", 2, adopt),
            ("defer", 1, defer),
            ("move", 0, move_),
            ("use", 1, use_),
        ],
    );
    let dispose = vm.define_method(prototype, "disposeAsync", 0, dispose_async);
    vm.define_value(prototype, "@@asyncDispose", dispose, attr::METHOD);
    vm.define_getter(prototype, "disposed", disposed);
    let tag = vm.str("AsyncDisposableStack");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `new AsyncDisposableStack()`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::construct(vm, args, KIND, PROTO, "AsyncDisposableStack")
}

/// `AsyncDisposableStack.prototype.adopt`
fn adopt(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::adopt(vm, args, KIND, "AsyncDisposableStack.prototype.adopt")
}

/// `AsyncDisposableStack.prototype.defer`
fn defer(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::defer(vm, args, KIND, "AsyncDisposableStack.prototype.defer")
}

/// `AsyncDisposableStack.prototype.move`
fn move_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::move_(vm, args, KIND, PROTO, "AsyncDisposableStack.prototype.move")
}

/// `AsyncDisposableStack.prototype.use`
fn use_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::use_(vm, args, KIND, "AsyncDisposableStack.prototype.use")
}

/// `get AsyncDisposableStack.prototype.disposed`
fn disposed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_stack(
        vm,
        args,
        KIND,
        "get AsyncDisposableStack.prototype.disposed",
    )
    .map(|stack| stack.internal(0))
}

/// Disposal under way, as a `Slots` cell: the promise; the rest of the resources; what was thrown, or the hole.
const PROMISE: usize = 0;
const REST: usize = 1;
const THROWN: usize = 2;
/// Does a resource without a method ask for a wait? The hole: there was one.
const NEEDS_AWAIT: usize = 3;

/// `AsyncDisposableStack.prototype.disposeAsync`
fn dispose_async(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let promise = vm.promise_new();
    vm.root(promise);
    let stack = match this_stack(
        vm,
        args,
        KIND,
        "AsyncDisposableStack.prototype.disposeAsync",
    ) {
        Ok(stack) => stack,
        Err(Throw(error)) => {
            vm.promise_reject_with(promise, error);
            return Ok(promise.into());
        }
    };
    if stack.internal(0) == Value::TRUE {
        vm.promise_resolve_with(promise, Value::UNDEFINED);
        return Ok(promise.into());
    }
    stack.set_internal(0, Value::TRUE);
    let state = vm
        .heap
        .new_slots(&[promise.into(), stack.internal(1), Value::HOLE, Value::FALSE]);
    stack.set_internal(1, Value::UNDEFINED);
    go_on(vm, state)?;
    Ok(promise.into())
}

/// Disposes of resources up to the next one that is waited for.
fn go_on(vm: &mut Vm, state: Cell) -> Completion<()> {
    vm.root(Value::cell(state));
    while let Some((resource, rest)) = pop(state.slots_get(REST)) {
        state.slots_set(REST, rest);
        if resource.method.is_undefined() {
            if state.slots_get(NEEDS_AWAIT) == Value::FALSE {
                state.slots_set(NEEDS_AWAIT, Value::TRUE);
            }
            continue;
        }
        let waited = match resource.dispose(vm) {
            Ok(result) => {
                vm.root(result);
                vm.promise_resolve_value(result)
            }
            // The promise that stands in for the asynchronous method's is rejected.
            Err(Throw(error)) if resource.forgets && error != Value::TERMINATION => {
                let promise = vm.promise_new();
                vm.promise_reject_with(promise, error);
                Ok(promise)
            }
            Err(throw) => Err(throw),
        };
        match waited {
            Ok(promise) => {
                // One wait is enough for all resources without a method.
                state.slots_set(NEEDS_AWAIT, Value::HOLE);
                vm.promise_then_native(promise, disposed_of, failed, Value::cell(state));
                return Ok(());
            }
            Err(Throw(error)) => note(vm, state, error)?,
        }
    }
    if state.slots_get(NEEDS_AWAIT) == Value::TRUE {
        state.slots_set(NEEDS_AWAIT, Value::HOLE);
        let promise = vm.promise_resolve_value(Value::UNDEFINED)?;
        vm.promise_then_native(promise, disposed_of, failed, Value::cell(state));
        return Ok(());
    }
    if let Some(promise) = state.slots_get(PROMISE).as_object() {
        let thrown = state.slots_get(THROWN);
        if thrown.is_hole() {
            vm.promise_resolve_with(promise, Value::UNDEFINED);
        } else {
            vm.promise_reject_with(promise, thrown);
        }
    }
    Ok(())
}

/// An error takes the place of the one before.
fn note(vm: &mut Vm, state: Cell, error: Value) -> Completion<()> {
    if error == Value::TERMINATION {
        return Err(Throw(error));
    }
    let thrown = vm.suppress(error, state.slots_get(THROWN));
    state.slots_set(THROWN, thrown);
    Ok(())
}

fn disposed_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(state) = args.at(0).as_cell() {
        go_on(vm, state)?;
    }
    Ok(Value::UNDEFINED)
}

fn failed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(state) = args.at(0).as_cell() {
        note(vm, state, args.at(1))?;
        go_on(vm, state)?;
    }
    Ok(Value::UNDEFINED)
}
