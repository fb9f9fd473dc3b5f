//! Async generator functions and async generators. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-asyncgeneratorfunction-objects>, <https://tc39.es/ecma262/#sec-asyncgenerator-objects>.
//!
//! Internal slot 2 of an async generator is ours: undefined until the first request, then a `Slots` cell with the
//! [`Phase`] and the queue's first and last request. A request is a `Slots` cell: the next one, mode, value, promise.
//! Whether a generator that rests has begun is the interpreter's to know.

use crate::vm::{
    builtins::dynamic_function::{self, Flavour},
    compiler::DynamicFunctionKind,
    heap::{Cell, Kind, Obj},
    interpreter::{Resume, Resumption, State},
    machine::{Args, Completion, Throw, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

/// Internal slot of the queue.
const QUEUE: usize = 2;

/// What goes on beside the interpreter's own state.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing: it has not begun, rests at a `yield`, or is over.
    Rests,
    /// It runs, or awaits something.
    Executes,
    /// It is over, and awaits the value of a `return` or answers the queue.
    Drains,
}

/// Declares `%AsyncGeneratorFunction%`, its prototype object and `%AsyncGeneratorPrototype%`.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let prototype = vm.new_intrinsic_object(Kind::Object, Intrinsic::AsyncIteratorPrototype);
    vm.set_intrinsic(Intrinsic::AsyncGeneratorPrototype, prototype);
    vm.mark_as_proto(prototype);
    vm.define_methods(
        prototype,
        &[
            ("next", 1, next),
            ("return", 1, return_),
            ("throw", 1, throw),
        ],
    );
    let tag = vm.str("AsyncGenerator");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
    let flavour = Flavour {
        name: "AsyncGeneratorFunction",
        function: construct,
        constructor: Intrinsic::AsyncGeneratorFunction,
        prototype: Intrinsic::AsyncGeneratorFunctionPrototype,
        instances: Some(Intrinsic::AsyncGeneratorPrototype),
    };
    let shape = dynamic_function::declare(vm, &flavour);
    vm.realms[vm.realm as usize].shapes.async_generator_function = shape;
}

/// `AsyncGeneratorFunction(...)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    dynamic_function::construct(vm, args, DynamicFunctionKind::AsyncGenerator)
}

/// `%AsyncGeneratorPrototype%.next`
fn next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    request(vm, args, Resume::Next)
}

/// `%AsyncGeneratorPrototype%.return`
fn return_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    request(vm, args, Resume::Return)
}

/// `%AsyncGeneratorPrototype%.throw`
fn throw(vm: &mut Vm, args: &Args<'_>) -> Completion {
    request(vm, args, Resume::Throw)
}

/// What the three methods do: a request is queued, and answered at once if the generator rests.
fn request(vm: &mut Vm, args: &Args<'_>, mode: Resume) -> Completion {
    let promise = vm.promise_new();
    vm.root(promise);
    let value = args.at(0);
    let Some(generator) = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::AsyncGenerator)
    else {
        let name = match mode {
            Resume::Next => "next",
            Resume::Return => "return",
            Resume::Throw => "throw",
        };
        let text = vm.display(args.this);
        let Throw(error) = vm.throw_type(format!(
            "Method [AsyncGenerator].prototype.{name} called on incompatible receiver {text}"
        ));
        vm.promise_reject_with(promise, error);
        return Ok(promise.into());
    };
    let queue = queue_of(vm, generator);
    if phase_of(queue) != Phase::Rests {
        enqueue(vm, queue, mode, value, promise);
        return Ok(promise.into());
    }
    match (vm.coroutine_state(generator), mode) {
        (State::Done, Resume::Next) => {
            let result = vm.iter_result(Value::UNDEFINED, true);
            vm.promise_resolve_with(promise, result.into());
        }
        (State::Start | State::Done, Resume::Throw) => {
            end(vm, generator);
            vm.promise_reject_with(promise, value);
        }
        (State::Start | State::Done, Resume::Return) => {
            end(vm, generator);
            enqueue(vm, queue, mode, value, promise);
            drain(vm, generator, queue)?;
        }
        _ => {
            enqueue(vm, queue, mode, value, promise);
            resume(vm, generator, queue, mode, value)?;
        }
    }
    Ok(promise.into())
}

/// Makes sure that the interpreter never runs it again.
fn end(vm: &mut Vm, generator: Obj) {
    // A resumption by return, before the beginning or after the end, runs nothing.
    let _ = vm.coroutine_resume(generator, Resume::Return, Value::UNDEFINED);
}

/// The generator's queue, made when it is first asked for.
fn queue_of(vm: &mut Vm, generator: Obj) -> Cell {
    if let Some(queue) = generator.internal(QUEUE).as_cell() {
        return queue;
    }
    let queue = vm.heap.new_slots(&[
        Value::int(Phase::Rests as i32),
        Value::UNDEFINED,
        Value::UNDEFINED,
    ]);
    generator.set_internal(QUEUE, Value::cell(queue));
    queue
}

fn phase_of(queue: Cell) -> Phase {
    match queue.slots_get(0).as_int() {
        Some(1) => Phase::Executes,
        Some(2) => Phase::Drains,
        _ => Phase::Rests,
    }
}

fn set_phase(queue: Cell, phase: Phase) {
    queue.slots_set(0, Value::int(phase as i32));
}

/// `AsyncGeneratorEnqueue`
fn enqueue(vm: &mut Vm, queue: Cell, mode: Resume, value: Value, promise: Obj) {
    let request = vm.heap.new_slots(&[
        Value::UNDEFINED,
        Value::int(mode as i32),
        value,
        promise.into(),
    ]);
    match queue.slots_get(2).as_cell() {
        Some(last) => last.slots_set(0, Value::cell(request)),
        None => queue.slots_set(1, Value::cell(request)),
    }
    queue.slots_set(2, Value::cell(request));
}

/// The promise of the first request.
pub(in crate::vm) fn first_promise(generator: Obj) -> Option<Obj> {
    let queue = generator.internal(QUEUE).as_cell()?;
    let request = queue.slots_get(1).as_cell()?;
    request.slots_get(3).as_object()
}

/// The first request's mode and value.
fn first(queue: Cell) -> Option<(Resume, Value)> {
    let request = queue.slots_get(1).as_cell()?;
    let mode = match request.slots_get(1).as_int() {
        Some(mode) if mode == Resume::Throw as i32 => Resume::Throw,
        Some(mode) if mode == Resume::Return as i32 => Resume::Return,
        _ => Resume::Next,
    };
    Some((mode, request.slots_get(2)))
}

/// `AsyncGeneratorCompleteStep`: answers the first request.
fn complete_step(vm: &mut Vm, queue: Cell, result: Completion, done: bool) {
    let Some(request) = queue.slots_get(1).as_cell() else {
        return;
    };
    let rest = request.slots_get(0);
    queue.slots_set(1, rest);
    if rest.is_undefined() {
        queue.slots_set(2, Value::UNDEFINED);
    }
    let Some(promise) = request.slots_get(3).as_object() else {
        return;
    };
    let mark = vm.root_mark();
    vm.root(promise);
    match result {
        Ok(value) => {
            let result = vm.iter_result(value, done);
            vm.promise_resolve_with(promise, result.into());
        }
        Err(Throw(reason)) => vm.promise_reject_with(promise, reason),
    }
    vm.unroot_to(mark);
}

/// `AsyncGeneratorResume`, and what the generator's next step asks for: again, while there are requests.
fn resume(vm: &mut Vm, generator: Obj, queue: Cell, mode: Resume, value: Value) -> Completion<()> {
    let (mut mode, mut value) = (mode, value);
    vm.root(generator);
    loop {
        set_phase(queue, Phase::Executes);
        let mark = vm.root_mark();
        let result = match vm.coroutine_resume(generator, mode, value) {
            Ok(Resumption::Await(awaited)) if !awaited.is_object() => {
                // FAST PATH: nobody would see the promise.
                vm.then_of_value(awaited, awaited_value, generator.into());
                return Ok(());
            }
            Ok(Resumption::Await(awaited)) => {
                vm.root(awaited);
                match vm.promise_resolve_value(awaited) {
                    Ok(promise) => {
                        vm.promise_then_native(
                            promise,
                            awaited_value,
                            awaited_error,
                            generator.into(),
                        );
                        return Ok(());
                    }
                    Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
                    Err(Throw(reason)) => {
                        vm.unroot_to(mark);
                        (mode, value) = (Resume::Throw, vm.root(reason));
                        continue;
                    }
                }
            }
            Ok(Resumption::Yield(yielded)) => {
                set_phase(queue, Phase::Rests);
                complete_step(vm, queue, Ok(yielded), false);
                // Settling the promise may have run a program's getter that called a method.
                if phase_of(queue) != Phase::Rests {
                    return Ok(());
                }
                match first(queue) {
                    Some(request) => (mode, value) = request,
                    None => return Ok(()),
                }
                vm.unroot_to(mark);
                continue;
            }
            Ok(Resumption::Done(returned)) => Ok(returned),
            Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
            Err(throw) => Err(throw),
        };
        set_phase(queue, Phase::Drains);
        complete_step(vm, queue, result, true);
        return drain(vm, generator, queue);
    }
}

/// `AsyncGeneratorDrainQueue`: a generator that is over answers its requests.
fn drain(vm: &mut Vm, generator: Obj, queue: Cell) -> Completion<()> {
    set_phase(queue, Phase::Drains);
    while let Some((mode, value)) = first(queue) {
        let answer = match mode {
            Resume::Next => Ok(Value::UNDEFINED),
            Resume::Throw => Err(Throw(value)),
            // AsyncGeneratorAwaitReturn
            Resume::Return => match vm.promise_resolve_value(value) {
                Ok(promise) => {
                    vm.promise_then_native(
                        promise,
                        returned_value,
                        returned_error,
                        generator.into(),
                    );
                    return Ok(());
                }
                Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
                Err(throw) => Err(throw),
            },
        };
        complete_step(vm, queue, answer, true);
        vm.work(1)?;
    }
    set_phase(queue, Phase::Rests);
    Ok(())
}

/// The generator and queue of a reaction.
fn reaction(args: &Args<'_>) -> Option<(Obj, Cell)> {
    let generator = args.at(0).as_object()?;
    Some((generator, generator.internal(QUEUE).as_cell()?))
}

fn awaited_value(vm: &mut Vm, args: &Args<'_>) -> Completion {
    after_await(vm, args, Resume::Next)
}

fn awaited_error(vm: &mut Vm, args: &Args<'_>) -> Completion {
    after_await(vm, args, Resume::Throw)
}

fn after_await(vm: &mut Vm, args: &Args<'_>, mode: Resume) -> Completion {
    if let Some((generator, queue)) = reaction(args) {
        resume(vm, generator, queue, mode, args.at(1))?;
    }
    Ok(Value::UNDEFINED)
}

fn returned_value(vm: &mut Vm, args: &Args<'_>) -> Completion {
    after_return(vm, args, Ok(args.at(1)))
}

fn returned_error(vm: &mut Vm, args: &Args<'_>) -> Completion {
    after_return(vm, args, Err(Throw(args.at(1))))
}

fn after_return(vm: &mut Vm, args: &Args<'_>, result: Completion) -> Completion {
    if let Some((generator, queue)) = reaction(args) {
        complete_step(vm, queue, result, true);
        drain(vm, generator, queue)?;
    }
    Ok(Value::UNDEFINED)
}
