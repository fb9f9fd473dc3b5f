//! Coroutines: generators, async functions, async generators.
//!
//! A coroutine object keeps a suspended frame. Internal slots:
//!
//! | slot | holds |
//! |---|---|
//! | 0 | the frame: a `Slots` cell with the header from [`BOTTOM`] on and the registers; undefined once it is over |
//! | 1 | [`PC`], raw: suspended, the instruction it stands at; running, where its resumer stands |
//! | 2 | async function: its promise; async generator: its queue; generator: unused |
//! | 3 | the [`State`] as an int |
//!
//! Resuming copies the frame to the top of the stack, wherever that is; its header then has the flag [`frame::RESUMED`] and
//! the coroutine instead of the resumer's pc. `next()` of a generator is a frame like any call; native code resumes through
//! [`Vm::coroutine_resume`].

use super::{
    call::{Called, deliver, raw_window},
    exception::{return_address, unwind},
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::{Op, frame},
    heap::{Cell, Kind, Obj, code::code_flag, obj::STORAGE},
    machine::{Args, Completion, Throw, Vm},
    object::create::native_flag,
    realm::Intrinsic,
    value::Value,
};

/// Internal slot of the frame.
const FRAME: usize = 0;
/// Internal slot of the raw pc.
pub(super) const PC: usize = 1;
/// Internal slot of an async function's promise.
const PROMISE: usize = 2;
/// Internal slot of the state.
const STATE: usize = 3;

/// The first header register that is kept: `this`, callee, `new.target`, argument count.
const BOTTOM: i16 = frame::ARGC;
/// How many header registers are kept.
const KEPT: usize = -BOTTOM as usize;

/// How far a coroutine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Before the first `next()`.
    Start,
    /// At a `yield` or `await`.
    Suspended,
    /// On the stack.
    Running,
    /// Over.
    Done,
}

/// How a coroutine is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// With a value.
    Next,
    /// With an exception.
    Throw,
    /// With a `return` of a value.
    Return,
}

/// What a coroutine that native code resumed did next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resumption {
    /// It yielded a value.
    Yield(Value),
    /// It awaits a value.
    Await(Value),
    /// It returned a value.
    Done(Value),
}

impl Vm {
    /// How far a coroutine is.
    #[must_use]
    pub fn coroutine_state(&self, coroutine: Obj) -> State {
        match coroutine.internal(STATE).as_int() {
            Some(0) => State::Start,
            Some(1) => State::Suspended,
            Some(2) => State::Running,
            _ => State::Done,
        }
    }
}

fn set_state(coroutine: Obj, state: State) {
    coroutine.set_internal(STATE, Value::int(state as i32));
}

/// The coroutine of a resumed frame.
pub(super) fn coroutine_of(fp: Fp) -> Obj {
    Obj::from_cell(Cell::from_addr(fp.get(frame::SAVED_PC).payload()))
}

/// Where a suspended coroutine stands, its function and its `this`.
pub(super) fn suspended_at(coroutine: Obj) -> Option<(Pc, Value, Value)> {
    let frame = coroutine.internal(FRAME).as_cell()?;
    let kept = |register: i16| frame.slots_get((register - BOTTOM) as usize);
    Some((
        Pc::from_raw(coroutine.internal(PC)),
        kept(frame::CALLEE),
        kept(frame::THIS),
    ))
}

/// The promise of an async function.
pub(super) fn promise_of(coroutine: Obj) -> Option<Obj> {
    coroutine.internal(PROMISE).as_object()
}

/// Copies the frame into its coroutine, to go on at `pc`.
fn save(vm: &mut Vm, coroutine: Obj, pc: Pc, fp: Fp) {
    let registers = fp.code().registers() as usize;
    let count = KEPT + registers;
    let cell = match coroutine
        .internal(FRAME)
        .as_cell()
        .filter(|cell| cell.slots_len() >= count)
    {
        Some(cell) => cell,
        None => {
            let cell = vm.heap.new_slots(fp.offset(BOTTOM as isize).slice(count));
            coroutine.set_internal(FRAME, Value::cell(cell));
            cell
        }
    };
    cell.slots_fill(fp.offset(BOTTOM as isize).slice(count));
    // The flags belong to this stay on the stack only.
    cell.write(STORAGE, fp.argc_word() & 0xFFFF_FFFF);
    cell.write_barrier();
    coroutine.set_internal(PC, pc.to_raw());
    set_state(coroutine, State::Suspended);
}

/// Copies the frame of a suspended coroutine to the top of the stack; the machine stands at the resuming instruction.
fn restore(vm: &mut Vm, coroutine: Obj, flags: u64) -> Completion<(Pc, Fp)> {
    let Some(cell) = coroutine.internal(FRAME).as_cell() else {
        return Err(vm.throw_type("Generator is already running"));
    };
    let count = cell.slots_len();
    let top = vm.stack.top;
    let window = raw_window(vm, count)?;
    vm.stack.top = top;
    let values = cell.slots_slice();
    window.offset(BOTTOM as isize).copy_slice(values);
    let argc = cell.slots_get(0).bits();
    window.set(frame::ARGC, Value::from_bits(argc | flags | frame::RESUMED));
    let at = Pc::from_raw(coroutine.internal(PC));
    window.set(frame::SAVED_FP, Fp(vm.stack.fp).to_raw());
    window.set(frame::SAVED_PC, coroutine.into());
    coroutine.set_internal(PC, Pc(vm.stack.pc).to_raw());
    set_state(coroutine, State::Running);
    Ok((at, window))
}

/// The frame is gone: by a return or an exception.
pub(super) fn finish(fp: Fp) {
    let coroutine = coroutine_of(fp);
    coroutine.set_internal(FRAME, Value::UNDEFINED);
    set_state(coroutine, State::Done);
}

/// `InitGen`
#[inline(never)]
pub(super) fn init_generator(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    match make_generator(vm, fp) {
        Ok(generator) => {
            fp.set(pc.a(), generator.into());
            save(vm, generator, pc.next(), fp);
            set_state(generator, State::Start);
            let word = fp.argc_word();
            deliver(vm, word, return_address(fp), fp, generator.into())
        }
        Err(throw) => unwind(vm, throw),
    }
}

fn make_generator(vm: &mut Vm, fp: Fp) -> Completion<Obj> {
    let (kind, default) = if fp.code().flags() & code_flag::ASYNC != 0 {
        (Kind::AsyncGenerator, Intrinsic::AsyncGeneratorPrototype)
    } else {
        (Kind::Generator, Intrinsic::GeneratorPrototype)
    };
    let proto = vm.prototype_from_constructor(fp.callee().into(), default)?;
    if let Some(proto) = proto.as_object() {
        vm.mark_as_proto(proto);
    }
    let inline = kind.internal_slots();
    let shape = vm
        .heap
        .shapes
        .root(proto, kind, inline, true, crate::vm::object::Lazy::No);
    Ok(vm.heap.new_object(kind, shape, inline))
}

/// `Yield`, `YieldDelegate`
#[inline(never)]
pub(super) fn yield_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let value = fp.get(pc.b());
    let word = fp.argc_word();
    let back = return_address(fp);
    let coroutine = coroutine_of(fp);
    save(vm, coroutine, pc, fp);
    let is_result = (pc.op() == Op::YieldDelegate) == (pc.x() == 0);
    if coroutine.kind() == Kind::AsyncGenerator {
        vm.stack.resumption = Resumption::Yield(value);
        return deliver(vm, word, back, fp, value);
    }
    if word & frame::BARE != 0 {
        return deliver_bare(vm, back, value, is_result);
    }
    let result = if is_result {
        value
    } else {
        vm.iter_result(value, false).into()
    };
    deliver(vm, word, back, fp, result)
}

/// Gives a yielded value to the `IterStep` that resumed the generator.
fn deliver_bare(vm: &mut Vm, (pc, fp): (Pc, Fp), value: Value, is_result: bool) -> Go {
    if is_result {
        // An inner iterator's own result object: take it apart as the general path would.
        vm.enter(pc, fp);
        let (done_key, value_key) = (vm.names.done, vm.names.value);
        let taken = vm.get_v(value, done_key).and_then(|done| {
            let done = vm.to_boolean(done);
            if done {
                Ok(None)
            } else {
                vm.get_v(value, value_key).map(Some)
            }
        });
        return match taken {
            Ok(Some(value)) => deliver_bare(vm, (pc, fp), value, false),
            Ok(None) => Go::jump(pc, fp, (pc.extra(1) >> 32) as i32),
            Err(throw) => unwind(vm, throw),
        };
    }
    fp.set(pc.a(), value);
    Go::jump(pc, fp, pc.extra(1) as i32)
}

/// A resumed frame returns.
pub(super) fn complete(vm: &mut Vm, fp: Fp, value: Value) -> Go {
    let word = fp.argc_word();
    let back = return_address(fp);
    let coroutine = coroutine_of(fp);
    finish(fp);
    match coroutine.kind() {
        Kind::Generator if word & frame::BARE != 0 => {
            let (pc, fp) = back;
            fp.set(pc.a(), Value::UNDEFINED);
            Go::jump(pc, fp, (pc.extra(1) >> 32) as i32)
        }
        Kind::Generator => {
            let result = vm.iter_result(value, true);
            deliver(vm, word, back, fp, result.into())
        }
        _ => {
            vm.stack.resumption = Resumption::Done(value);
            deliver(vm, word, back, fp, value)
        }
    }
}

/// Can `IterStep` resume the iterator itself: a generator whose `next` is the built-in one?
#[inline]
pub(super) fn can_step(vm: &Vm, iterator: Value, next: Value) -> bool {
    let (Some(generator), Some(next)) = (iterator.as_object(), next.as_object()) else {
        return false;
    };
    generator.kind() == Kind::Generator
        && next.kind() == Kind::NativeFunction
        && next.internal(1).to_int_unchecked() & native_flag::SPECIAL == native_flag::RESUME_NEXT
        && vm.coroutine_state(generator) != State::Running
}

/// `IterStep` over a generator.
pub(super) fn step(vm: &mut Vm, pc: Pc, fp: Fp, iterator: Value) -> Go {
    vm.heap.poll.left -= 1;
    if vm.heap.poll.left < 0
        && let Err(throw) = vm.safepoint()
    {
        return unwind(vm, throw);
    }
    let Some(generator) = iterator.as_object() else {
        return Go::next(pc, fp);
    };
    if vm.coroutine_state(generator) == State::Done {
        fp.set(pc.a(), Value::UNDEFINED);
        return Go::jump(pc, fp, (pc.extra(1) >> 32) as i32);
    }
    match enter_coroutine(vm, generator, Resume::Next, Value::UNDEFINED, frame::BARE) {
        Ok(go) => go,
        Err(throw) => unwind(vm, throw),
    }
}

/// `next`, `return`, `throw` of a generator, called from bytecode or native code.
pub(super) fn resume_op(
    vm: &mut Vm,
    window: Fp,
    argc: usize,
    mode: Resume,
    flags: u64,
) -> Completion<Called> {
    let this = window.this();
    let value = if argc > 0 {
        window.get(0)
    } else {
        Value::UNDEFINED
    };
    let generator = match this.as_object() {
        Some(object) if object.kind() == Kind::Generator => object,
        _ => {
            let name = match mode {
                Resume::Next => "next",
                Resume::Return => "return",
                Resume::Throw => "throw",
            };
            let text = vm.display(this);
            return Err(vm.throw_type(format!(
                "Method [Generator].prototype.{name} called on incompatible receiver {}",
                text.trim_matches('"')
            )));
        }
    };
    vm.raise_top(window, argc);
    match (vm.coroutine_state(generator), mode) {
        (State::Running, _) => Err(vm.throw_type("Generator is already running")),
        (State::Done | State::Start, Resume::Return) => {
            over(generator);
            Ok(Called::Value(vm.iter_result(value, true).into()))
        }
        (State::Done | State::Start, Resume::Throw) => {
            over(generator);
            Err(Throw(value))
        }
        (State::Done, Resume::Next) => {
            Ok(Called::Value(vm.iter_result(Value::UNDEFINED, true).into()))
        }
        _ => {
            let mut flags = flags;
            if flags & frame::ENTRY == 0 && !matches!(Pc(vm.stack.pc).op(), Op::Call) {
                flags |= frame::WIDE;
            }
            enter_coroutine(vm, generator, mode, value, flags).map(Called::Frame)
        }
    }
}

/// Marks a coroutine that is not on the stack as over.
fn over(coroutine: Obj) {
    coroutine.set_internal(FRAME, Value::UNDEFINED);
    set_state(coroutine, State::Done);
}

/// Puts a suspended coroutine back on the stack and says where it goes on.
fn enter_coroutine(
    vm: &mut Vm,
    coroutine: Obj,
    mode: Resume,
    value: Value,
    flags: u64,
) -> Completion<Go> {
    let started = vm.coroutine_state(coroutine) != State::Start;
    let (at, fp) = restore(vm, coroutine, flags)?;
    if !started {
        return Ok(Go { pc: at, fp });
    }
    if at.op() == Op::Await {
        if mode == Resume::Throw {
            vm.enter(at, fp);
            return Ok(unwind(vm, Throw(value)));
        }
        fp.set(at.a(), value);
        return Ok(Go::next(at, fp));
    }
    let code = match mode {
        Resume::Next => 0,
        Resume::Return => 2,
        Resume::Throw if at.op() == Op::YieldDelegate => 1,
        Resume::Throw => {
            vm.enter(at, fp);
            return Ok(unwind(vm, Throw(value)));
        }
    };
    fp.set(at.a(), value);
    fp.set(at.a() + 1, Value::int(code));
    Ok(Go::next(at, fp))
}

/// `AsyncStart`: from here on the frame belongs to a coroutine.
#[inline(never)]
pub(super) fn async_start(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let promise = vm.promise_new();
    let coroutine = vm.new_object_of(Kind::AsyncFunction, Value::NULL);
    coroutine.set_internal(PROMISE, promise.into());
    coroutine.set_internal(PC, fp.get(frame::SAVED_PC));
    set_state(coroutine, State::Running);
    fp.set(frame::SAVED_PC, coroutine.into());
    fp.set(
        frame::ARGC,
        Value::from_bits(fp.argc_word() | frame::RESUMED),
    );
    fp.set(pc.a(), promise.into());
    Go::next(pc, fp)
}

/// `Await`
#[inline(never)]
pub(super) fn await_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let value = fp.get(pc.b());
    let word = fp.argc_word();
    let coroutine = coroutine_of(fp);
    let back = return_address(fp);
    if coroutine.kind() == Kind::AsyncGenerator {
        save(vm, coroutine, pc, fp);
        vm.stack.resumption = Resumption::Await(value);
        return deliver(vm, word, back, fp, value);
    }
    if !value.is_object() {
        // FAST PATH: nobody would see the promise.
        save(vm, coroutine, pc, fp);
        vm.then_of_value(value, await_fulfilled, coroutine.into());
        return deliver(vm, word, back, fp, coroutine.internal(PROMISE));
    }
    let promise = match vm.promise_resolve_value(value) {
        Ok(promise) => promise,
        Err(throw) => return unwind(vm, throw),
    };
    save(vm, coroutine, pc, fp);
    vm.promise_then_native(promise, await_fulfilled, await_rejected, coroutine.into());
    deliver(vm, word, back, fp, coroutine.internal(PROMISE))
}

/// The promise that an async function awaits was fulfilled: arguments are the coroutine and the value.
fn await_fulfilled(vm: &mut Vm, args: &Args<'_>) -> Completion {
    resume_async(vm, args, Resume::Next)
}

/// It was rejected.
fn await_rejected(vm: &mut Vm, args: &Args<'_>) -> Completion {
    resume_async(vm, args, Resume::Throw)
}

fn resume_async(vm: &mut Vm, args: &Args<'_>, mode: Resume) -> Completion {
    if let Some(coroutine) = args.at(0).as_object() {
        vm.run_coroutine(coroutine, mode, args.at(1))?;
    }
    Ok(Value::UNDEFINED)
}

/// `AsyncReturn`, `AsyncThrow`
#[inline(never)]
pub(super) fn async_leave(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let (promise, value) = (fp.get(pc.a()), fp.get(pc.b()));
    if let Some(promise) = promise.as_object() {
        if pc.op() == Op::AsyncReturn {
            vm.promise_resolve_with(promise, value);
        } else {
            vm.promise_reject_with(promise, value);
        }
    }
    let word = fp.argc_word();
    let back = return_address(fp);
    if word & frame::RESUMED != 0 {
        finish(fp);
    }
    deliver(vm, word, back, fp, promise)
}

impl Vm {
    fn run_coroutine(&mut self, coroutine: Obj, mode: Resume, value: Value) -> Completion {
        self.nested(|vm| {
            let go = enter_coroutine(vm, coroutine, mode, value, frame::ENTRY)?;
            vm.run_nested(go)
        })
    }

    /// Resumes an async generator that is not running, and says what it did next. One that has not begun, and is resumed by
    /// throw or return, is over at once.
    ///
    /// # Errors
    /// What it throws: then it is over.
    pub fn coroutine_resume(
        &mut self,
        coroutine: Obj,
        mode: Resume,
        value: Value,
    ) -> Completion<Resumption> {
        match (self.coroutine_state(coroutine), mode) {
            (State::Running, _) => return Err(self.throw_type("Generator is already running")),
            (State::Done, Resume::Next) => return Ok(Resumption::Done(Value::UNDEFINED)),
            (State::Done | State::Start, Resume::Return) => {
                over(coroutine);
                return Ok(Resumption::Done(value));
            }
            (State::Done | State::Start, Resume::Throw) => {
                over(coroutine);
                return Err(Throw(value));
            }
            _ => {}
        }
        self.run_coroutine(coroutine, mode, value)?;
        Ok(self.stack.resumption)
    }
}
