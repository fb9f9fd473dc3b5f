//! Native functions that call back without nesting the interpreter: their frames lie on the value stack.
//!
//! Such a function is a state machine, a [`StepFn`]. It is entered at its start, and again each time that a function which it
//! called returns; what it must remember meanwhile lies in the slots of its frame. So a callback's frame stands on the
//! native's frame as on any caller's: no depth of callbacks takes native stack, and each can be suspended.
//!
//! The frame runs real code, of four instructions, the same for all of them:
//!
//! ```text
//! 0 NativeStep r3, w12 start
//! 1 NativeStep r3, w12 result
//! 2 NativeStep r3, w12 caught     (handler of 0, of functions that ask for it)
//! 3 Jump 1
//! ```
//!
//! What 0 or 1 calls has 0 as its return address: it returns to 1.
//!
//! | register | holds |
//! |---|---|
//! | r0 to r2 | the first arguments |
//! | r3 | what the last call returned or threw |
//! | r4 to r11 | the function's [`Slot`]s |
//! | r12 to r21 | the window of its calls |
//!
//! The frame's callee is a function that programs never see: slot 0 its code, 1 the native function, 2 the address of the
//! step function, 3 that of what `NativeStep` does: [`step_op`], or for functions with a [`QuickStep`] that first. The native
//! function keeps it in slot 2, from its first call on; before, slot 2 has what will be in slot 3, or undefined.

use std::sync::Arc;

use super::{
    call::{call_window, finish_call, leave_with, push_frame, raw_window},
    exception::unwind,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::{CodeTemplate, FunctionKind, Handler, Op, frame},
    heap::{Code, Kind, Obj, code::code_flag},
    machine::{Args, Completion, Vm},
    object::create::native_flag,
    value::Value,
};

/// Arguments that have registers.
const PARAMS: u16 = 3;
/// The register of results.
const RESULT: i16 = PARAMS as i16;
/// The first slot's register.
const FIRST: i16 = RESULT + 1;
/// How many slots there are.
const SLOTS: i16 = 8;
/// The first register of the window.
const WINDOW: i16 = FIRST + SLOTS;
/// How many arguments the window takes.
const ROOM: usize = 4;
/// Registers of a frame.
const REGISTERS: u16 = (WINDOW + frame::HEADER) as u16 + ROOM as u16;

/// A native function that calls back: called at its start and whenever something that it called is done.
pub type StepFn = fn(&mut Vm, &mut NativeFrame<'_>, Phase) -> Completion<Step>;

/// The usual step of a function that calls back again and again, tried before its step function.
pub trait QuickStep {
    /// What a [`StepFn`] does in the phase `Result` if that is to call again: takes the result, puts the next call into the
    /// window ([`NativeFrame::fill`]) and tells how many arguments it has. `None`: nothing was done, the step function shall
    /// do it. It must neither throw nor call anything nor collect.
    fn again(vm: &mut Vm, frame: &mut NativeFrame<'_>) -> Option<usize>;
}

/// What a `NativeStep` does.
type StepOp = fn(&mut Vm, Pc, Fp) -> Go;

/// A [`QuickStep`], compiled into an instruction of its own.
#[derive(Clone, Copy, Debug)]
pub struct Quick(StepOp);

impl Quick {
    /// The one of `Q`.
    #[must_use]
    pub const fn of<Q: QuickStep>() -> Self {
        Self(quick_op::<Q>)
    }

    /// As a word that a slot keeps.
    #[must_use]
    pub fn to_word(self) -> Value {
        Value::from_bits(self.0 as usize as u64)
    }
}

/// Why a step is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The function was called.
    Start,
    /// What it called returned [`NativeFrame::result`].
    Result,
    /// What it called threw [`NativeFrame::result`]. Only for functions declared as catching; what this step calls is not
    /// caught again, and what steps throw never is.
    Caught,
}

/// What a step ends with.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The function returns.
    Return(Value),
    /// It calls what [`NativeFrame::call`] put into the window, with so many arguments.
    Call(usize),
    /// It calls what [`NativeFrame::call_with`] put on top of the stack.
    CallAbove(usize),
}

/// A value that a native function keeps in its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(i16);

impl Slot {
    /// Slot `index`, from 0 to 7. Anything else does not compile where it is a constant.
    #[must_use]
    pub const fn new(index: i16) -> Self {
        assert!(0 <= index && index < SLOTS, "no such slot");
        Self(FIRST + index)
    }
}

/// The frame of a native function, for the time of one step.
#[derive(Debug)]
pub struct NativeFrame<'f> {
    fp: Fp,
    step: std::marker::PhantomData<&'f mut ()>,
}

impl NativeFrame<'_> {
    /// The native function.
    #[must_use]
    pub fn callee(&self) -> Obj {
        native_of(self.fp)
    }

    /// `this`
    #[inline(always)]
    #[must_use]
    pub fn this(&self) -> Value {
        self.fp.this()
    }

    /// `new.target`; undefined in a plain call.
    #[must_use]
    pub fn new_target(&self) -> Value {
        self.fp.get(frame::NEW_TARGET)
    }

    /// How many arguments were passed.
    #[must_use]
    pub fn argc(&self) -> usize {
        self.fp.argc_word() as u32 as usize
    }

    /// One of the first three arguments; undefined if it was not passed.
    #[inline(always)]
    #[must_use]
    pub fn arg(&self, index: usize) -> Value {
        if index < PARAMS as usize {
            self.fp.get(index as i16)
        } else {
            Value::UNDEFINED
        }
    }

    /// The function, `this` and the first three arguments, as a plain native function gets them.
    #[must_use]
    pub fn args(&self) -> Args<'_> {
        Args {
            callee: self.callee(),
            this: self.this(),
            new_target: self.new_target(),
            values: self.fp.slice(self.argc().min(PARAMS as usize)),
        }
    }

    /// What the last call returned or threw.
    #[inline(always)]
    #[must_use]
    pub fn result(&self) -> Value {
        self.fp.get(RESULT)
    }

    /// What the slot holds. Undefined behaviour it is not, but nonsense: to read one that was not written since the start.
    #[inline(always)]
    #[must_use]
    pub fn get(&self, slot: Slot) -> Value {
        self.fp.get(slot.0)
    }

    /// Puts a value into the slot; it stays alive.
    #[inline(always)]
    pub fn set(&mut self, slot: Slot, value: impl Into<Value>) {
        self.fp.set(slot.0, value.into());
    }

    /// The number in the slot; 0 if it holds something else.
    #[inline(always)]
    #[must_use]
    pub fn number(&self, slot: Slot) -> f64 {
        self.get(slot).as_number().unwrap_or(0.0)
    }

    /// The number in the slot, which a step stored as an index; 0 if it holds something else.
    #[inline(always)]
    #[must_use]
    pub fn index(&self, slot: Slot) -> usize {
        match self.get(slot).as_int() {
            Some(index) => index as usize,
            None => self.number(slot) as usize,
        }
    }

    /// The object in the slot.
    ///
    /// # Errors
    /// A `TypeError` if it holds none: the function is wrong then.
    #[inline(always)]
    pub fn object(&self, vm: &mut Vm, slot: Slot) -> Completion<Obj> {
        match self.get(slot).as_object() {
            Some(object) => Ok(object),
            None => Err(vm.throw_type("Not an object")),
        }
    }

    /// The step that calls `function` with `this` and these arguments, four at most.
    #[inline(always)]
    pub fn call<const N: usize>(
        &mut self,
        function: Value,
        this: Value,
        values: [Value; N],
    ) -> Step {
        Step::Call(self.fill(function, this, values))
    }

    /// Puts a call into the window; gives the number of arguments.
    #[inline(always)]
    pub fn fill<const N: usize>(
        &mut self,
        function: Value,
        this: Value,
        values: [Value; N],
    ) -> usize {
        const { assert!(N <= ROOM, "more arguments than the window takes") };
        let window = self.fp.offset((WINDOW + frame::HEADER) as isize);
        window.set(frame::CALLEE, function);
        window.set(frame::THIS, this);
        for (index, value) in values.into_iter().enumerate() {
            window.set(index as i16, value);
        }
        N
    }

    /// As [`NativeFrame::call`] with any number of arguments. Nothing may happen before the step ends.
    ///
    /// # Errors
    /// `RangeError` if they do not fit on the stack.
    pub fn call_with(
        &mut self,
        vm: &mut Vm,
        function: Value,
        this: Value,
        values: &[Value],
    ) -> Completion<Step> {
        let window = raw_window(vm, values.len())?;
        window.set(frame::CALLEE, function);
        window.set(frame::THIS, this);
        window.copy_slice(values);
        Ok(Step::CallAbove(values.len()))
    }
}

/// The native function that the frame belongs to.
pub(super) fn native_of(fp: Fp) -> Obj {
    let hidden = fp.callee();
    hidden.internal(1).as_object().unwrap_or(hidden)
}

/// Pushes the frame of a native function over the window.
pub(super) fn push(
    vm: &mut Vm,
    window: Fp,
    native: Obj,
    argc: usize,
    flags: u64,
) -> Completion<Go> {
    let hidden = match native.internal(2).as_object() {
        Some(hidden) => hidden,
        None => {
            vm.raise_top(window, argc);
            hidden_function(vm, native)
        }
    };
    window.set(frame::CALLEE, hidden.into());
    push_frame(vm, window, window.code(), argc, flags)
}

#[cold]
fn hidden_function(vm: &mut Vm, native: Obj) -> Obj {
    let meta = native.internal(1).to_int_unchecked();
    let realm = meta as u32 & 0xFFFF;
    let catches = meta & native_flag::CATCHES != 0;
    let kept = vm.realms[realm as usize].native_code[usize::from(catches)];
    let code = Code::from_value(kept).unwrap_or_else(|| {
        let code = vm.link(&Arc::new(template(catches)), realm, Value::UNDEFINED);
        vm.realms[realm as usize].native_code[usize::from(catches)] = code.into();
        code
    });
    let hidden = vm.new_closure(code, native.into());
    hidden.set_internal(2, native.internal(0));
    let quick = Some(native.internal(2)).filter(|word| !word.is_undefined());
    hidden.set_internal(3, quick.unwrap_or(Quick(step_op).to_word()));
    native.set_internal(2, hidden.into());
    hidden
}

fn template(catches: bool) -> CodeTemplate {
    let step = |phase: u64| {
        Op::NativeStep as u64
            | phase << 8
            | (RESULT as u16 as u64) << 16
            | (WINDOW as u16 as u64) << 32
    };
    let jump = |distance: i32| Op::Jump as u64 | u64::from(distance as u32) << 32;
    CodeTemplate {
        kind: FunctionKind::Native,
        words: vec![step(0), step(1), step(2), jump(-2)],
        handlers: catches
            .then_some(Handler {
                start: 0,
                end: 1,
                target: 2,
                reg: RESULT,
            })
            .into_iter()
            .collect(),
        params: PARAMS,
        registers: REGISTERS,
        ..CodeTemplate::default()
    }
}

fn step_pointer(word: Value) -> StepFn {
    let pointer = std::ptr::with_exposed_provenance::<()>(word.bits() as usize);
    // SAFETY: only addresses of `StepFn`s are kept in such words, from when they are made, for good.
    unsafe { std::mem::transmute::<*const (), StepFn>(pointer) }
}

/// `NativeStep`
#[inline(always)]
pub(super) fn step(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let word = fp.callee().internal(3);
    let pointer = std::ptr::with_exposed_provenance::<()>(word.bits() as usize);
    // SAFETY: only frames of functions that `hidden_function` made run this instruction, and it puts nothing but the
    // address of a `StepOp` there.
    let op = unsafe { std::mem::transmute::<*const (), StepOp>(pointer) };
    op(vm, pc, fp)
}

/// `NativeStep` of functions that have a quick one.
fn quick_op<Q: QuickStep>(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let mut native = NativeFrame {
        fp,
        step: std::marker::PhantomData,
    };
    if pc.x() == 1
        && vm.heap.poll.left > 0
        && let Some(argc) = Q::again(vm, &mut native)
    {
        vm.heap.poll.left -= 1;
        let back = pc.offset(-1);
        let window = fp.offset((WINDOW + frame::HEADER) as isize);
        if let Some(go) = enter_function(vm, window, argc, back, fp) {
            return go;
        }
        vm.enter(back, fp);
        let result = call_window(vm, window, argc, 0);
        return finish_call(vm, back, fp, result);
    }
    step_op(vm, pc, fp)
}

/// `NativeStep` by the step function.
#[inline(never)]
fn step_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    vm.heap.poll.left -= 1;
    if vm.heap.poll.left < 0
        && let Err(throw) = vm.safepoint()
    {
        return unwind(vm, throw);
    }
    let (phase, back) = match pc.x() {
        0 => (Phase::Start, pc),
        // What it calls returns to the instruction after the first one: to this one again.
        1 => (Phase::Result, pc.offset(-1)),
        _ => (Phase::Caught, pc),
    };
    let mut native = NativeFrame {
        fp,
        step: std::marker::PhantomData,
    };
    let step = step_pointer(fp.callee().internal(2));
    let (window, argc) = match step(vm, &mut native, phase) {
        Ok(Step::Call(argc)) => {
            let window = fp.offset((WINDOW + frame::HEADER) as isize);
            if let Some(go) = enter_function(vm, window, argc, back, fp) {
                return go;
            }
            (window, argc)
        }
        Ok(Step::CallAbove(argc)) => (Fp(vm.stack.top.wrapping_sub(argc)), argc),
        Ok(Step::Return(value)) => return leave_with(vm, pc, fp, value),
        Err(throw) => {
            // What a step throws is not for the function's own handler.
            vm.stack.pc = Pc(fp.code().words()).offset(2).0;
            return unwind(vm, throw);
        }
    };
    vm.stack.pc = back.0;
    let result = call_window(vm, window, argc, 0);
    finish_call(vm, back, fp, result)
}

/// Pushes the frame of a plain function, where that needs no thought.
#[inline(always)]
fn enter_function(vm: &Vm, window: Fp, argc: usize, back: Pc, fp: Fp) -> Option<Go> {
    let callee = window.get(frame::CALLEE);
    if !callee.is_object() || window.callee().kind() != Kind::Function {
        return None;
    }
    enter_plain(vm, window.code(), window, argc, (back, fp), 0)
}

/// As [`push_frame`] for a function that is no class and wants no array of its arguments, where there is room for it.
#[inline(always)]
pub(super) fn enter_plain(
    vm: &Vm,
    code: Code,
    window: Fp,
    argc: usize,
    (back, fp): (Pc, Fp),
    flags: u64,
) -> Option<Go> {
    let params = code.params() as usize;
    if window.offset(code.registers() as isize).0 > vm.stack.limit
        || code.flags() & (code_flag::NEEDS_ARGS | code_flag::CLASS) != 0
    {
        return None;
    }
    window.set(frame::SAVED_PC, back.to_raw());
    window.set(frame::SAVED_FP, fp.to_raw());
    window.set(frame::ARGC, Value::from_bits(argc as u64 | flags));
    window.set(frame::NEW_TARGET, Value::UNDEFINED);
    if argc < params {
        window.clear(argc, params);
    }
    Some(Go {
        pc: Pc(code.words()),
        fp: window,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::bytecode::verifier::verify;

    #[test]
    fn its_code_keeps_the_formats_promises() {
        assert_eq!(verify(&template(false)), Ok(()));
        assert_eq!(verify(&template(true)), Ok(()));
    }
}
