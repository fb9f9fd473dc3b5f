//! `Promise` and its prototype.

use super::{Value, combinators, then_key, this_promise};
use crate::vm::{
    builtins::array::is_native,
    heap::{Kind, Obj},
    interpreter::{NativeFrame, Phase, Slot, Step},
    machine::{Args, Completion, Throw, Vm},
    object::{Lazy, PropKey, create::nothing},
    realm::{Constructor, Intrinsic},
};

/// Declares `Promise`.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Promise",
        1,
        nothing,
        Intrinsic::Promise,
        Intrinsic::PromisePrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.make_resumable(constructor, construct, true);
    // So that changes of its properties begin a new epoch, see `interpreter::usual`.
    vm.mark_as_proto(constructor);
    vm.define_methods(
        constructor,
        &[
            ("all", 1, combinators::all),
            ("allKeyed", 1, combinators::all_keyed),
            ("allSettled", 1, combinators::all_settled),
            ("allSettledKeyed", 1, combinators::all_settled_keyed),
            ("any", 1, combinators::any),
            ("race", 1, combinators::race),
            ("reject", 1, reject),
            ("try", 1, try_),
            ("withResolvers", 0, with_resolvers),
        ],
    );
    let resolve = vm.define_method(constructor, "resolve", 1, resolve);
    vm.set_intrinsic(Intrinsic::PromiseResolve, resolve);
    vm.define_getter(constructor, "@@species", species);
    let then = vm.define_method(prototype, "then", 2, then);
    vm.set_intrinsic(Intrinsic::PromiseThen, then);
    let kind = Kind::Promise;
    let shape = vm.heap.shapes.root(
        prototype.into(),
        kind,
        kind.internal_slots(),
        true,
        Lazy::No,
    );
    vm.heap.shapes.keep(shape, vm.realm);
    vm.realms[vm.realm as usize].shapes.promise = shape;
    vm.define_methods(prototype, &[("catch", 1, catch), ("finally", 1, finally)]);
    let tag = vm.str("Promise");
    vm.define_value(prototype, "@@toStringTag", tag, crate::vm::object::attr::C);
}

/// Is it the getter of `Promise[Symbol.species]`?
pub(in crate::vm) fn is_species_getter(getter: Value) -> bool {
    is_native(getter, species)
}

/// `get Promise[Symbol.species]`
#[inline(never)]
pub(super) fn species(_vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(args.this)
}

/// The promise that is being made.
const PROMISE: Slot = Slot::new(0);
/// Its resolve function.
const RESOLVE: Slot = Slot::new(1);

/// `new Promise(executor)`
fn construct(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    match phase {
        Phase::Start => {}
        Phase::Result => return Ok(Step::Return(frame.get(PROMISE))),
        Phase::Caught => {
            // What its reject function would do.
            let resolve = frame.object(vm, RESOLVE)?;
            if let Some(promise) = super::claim(resolve.internal(3)) {
                vm.promise_reject_with(promise, frame.result());
            }
            return Ok(Step::Return(frame.get(PROMISE)));
        }
    }
    if frame.new_target().is_undefined() {
        return Err(vm.throw_type("Promise constructor cannot be invoked without 'new'"));
    }
    let executor = frame.arg(0);
    if !vm.is_callable(executor) {
        let text = vm.display(executor);
        return Err(vm.throw_type(format!("Promise resolver {text} is not a function")));
    }
    let new_target = frame.new_target();
    let promise = if new_target == Value::from(frame.callee()) {
        // Its `prototype` cannot change.
        vm.promise_new()
    } else {
        let proto = vm.prototype_from_constructor(new_target, Intrinsic::PromisePrototype)?;
        vm.promise_with_proto(proto)
    };
    frame.set(PROMISE, promise);
    let resolve = vm.promise_resolve_function(promise);
    frame.set(RESOLVE, resolve);
    if vm.takes_one_argument(executor) {
        // FAST PATH: nobody sees the reject function.
        return Ok(frame.call(executor, Value::UNDEFINED, [resolve.into()]));
    }
    let reject = vm.promise_reject_function(resolve);
    Ok(frame.call(executor, Value::UNDEFINED, [resolve.into(), reject.into()]))
}

/// `Promise.prototype.then`
#[inline(never)]
pub(super) fn then(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let promise = this_promise(vm, args, "Promise.prototype.then")?;
    vm.promise_then(promise, args.at(0), args.at(1))
        .map(Value::from)
}

/// `Promise.prototype.catch`
fn catch(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = then_key(vm);
    vm.invoke(args.this, key, &[Value::UNDEFINED, args.at(0)])
}

/// `Promise.prototype.finally`
fn finally(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(promise) = args.this.as_object() else {
        return Err(vm.throw_type("Promise.prototype.finally called on non-object"));
    };
    let species = vm.species_constructor(promise)?;
    let constructor = if species.is_undefined() {
        vm.intrinsic(Intrinsic::Promise).into()
    } else {
        species
    };
    let on_finally = args.at(0);
    let key = then_key(vm);
    if !vm.is_callable(on_finally) {
        return vm.invoke(args.this, key, &[on_finally, on_finally]);
    }
    let data = vm.heap.new_slots(&[on_finally, constructor]);
    let name = vm.names.empty;
    let then_finally = vm.new_native_with(then_finally, name, 1, Value::cell(data));
    vm.root(then_finally);
    let catch_finally = vm.new_native_with(catch_finally, name, 1, Value::cell(data));
    vm.root(catch_finally);
    vm.invoke(args.this, key, &[then_finally.into(), catch_finally.into()])
}

fn then_finally(vm: &mut Vm, args: &Args<'_>) -> Completion {
    after_finally(vm, args, |_, value| Ok(value.captured()))
}

fn catch_finally(vm: &mut Vm, args: &Args<'_>) -> Completion {
    after_finally(vm, args, |_, value| Err(Throw(value.captured())))
}

/// Runs the callback, waits for what it gives, then gives or throws the original value.
fn after_finally(vm: &mut Vm, args: &Args<'_>, end: crate::vm::NativeFn) -> Completion {
    let Some(data) = args.captured().as_cell() else {
        return Ok(Value::UNDEFINED);
    };
    let (on_finally, constructor) = (data.slots_get(0), data.slots_get(1));
    let result = vm.call(on_finally, Value::UNDEFINED, &[])?;
    vm.root(result);
    let promise = promise_resolve(vm, constructor, result)?;
    vm.root(promise);
    let name = vm.names.empty;
    let end = vm.new_native_with(end, name, 0, args.at(0));
    vm.root(end);
    let key = then_key(vm);
    vm.invoke(promise, key, &[end.into()])
}

/// `PromiseResolve(constructor, value)`
pub(super) fn promise_resolve(vm: &mut Vm, constructor: Value, value: Value) -> Completion {
    if let Some(promise) = value
        .as_object()
        .filter(|object| object.kind() == Kind::Promise)
        && vm.promise_constructor(promise)? == constructor
    {
        return Ok(value);
    }
    let capability = vm.new_promise_capability(constructor)?;
    vm.resolve_capability(&capability, value)?;
    Ok(capability.promise)
}

/// `Promise.resolve`
fn resolve(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.this.is_object() {
        return Err(vm.throw_type("PromiseResolve called on non-object"));
    }
    promise_resolve(vm, args.this, args.at(0))
}

/// `Promise.reject`
fn reject(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.this.is_object() {
        return Err(vm.throw_type("PromiseReject called on non-object"));
    }
    let capability = vm.new_promise_capability(args.this)?;
    vm.reject_capability(&capability, args.at(0))?;
    Ok(capability.promise)
}

/// `Promise.try`
fn try_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.this.is_object() {
        return Err(vm.throw_type("Promise.try called on non-object"));
    }
    let capability = vm.new_promise_capability(args.this)?;
    match vm.call(
        args.at(0),
        Value::UNDEFINED,
        args.values.get(1..).unwrap_or_default(),
    ) {
        Ok(value) => {
            vm.root(value);
            vm.resolve_capability(&capability, value)?;
        }
        Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
        Err(Throw(reason)) => {
            vm.root(reason);
            vm.reject_capability(&capability, reason)?;
        }
    }
    Ok(capability.promise)
}

/// `Promise.withResolvers`
fn with_resolvers(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut capability = vm.new_promise_capability(args.this)?;
    vm.capability_functions(&mut capability);
    let object = vm.new_plain_object();
    let names = vm.names;
    let fields: [(PropKey, Value); 3] = [
        (names.promise, capability.promise),
        (names.resolve, capability.resolve),
        (names.reject, capability.reject),
    ];
    for (key, value) in fields {
        vm.add_own(object, key, value, crate::vm::object::attr::ALL);
    }
    Ok(object.into())
}
