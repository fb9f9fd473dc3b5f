//! Exceptions: from a throw to its handler, and where the running code is.

use std::sync::Arc;

use super::{
    coroutine,
    regs::{Fp, Go, Pc},
    trace::Thrown,
};
use crate::vm::{
    builtins::iterator,
    bytecode::{CodeTemplate, EvalOrigin, frame},
    heap::{Code, Kind, Obj, code::code_flag},
    machine::{Throw, Vm},
    realm::Intrinsic,
    value::Value,
};

/// Goes from the instruction at which the machine stands to the handler of `throw`: in this frame or one that called it, up
/// to where the run began. A termination passes all handlers.
#[cold]
#[inline(never)]
pub(super) fn unwind(vm: &mut Vm, throw: Throw) -> Go {
    let (mut pc, mut fp) = (Pc(vm.stack.pc), Fp(vm.stack.fp));
    Thrown::note(vm, throw.0, pc, fp);
    loop {
        if throw.0 != Value::TERMINATION
            && let Some((target, register)) = find_handler(fp.code(), pc)
        {
            fp.set(register, throw.0);
            if std::mem::take(&mut vm.stack.stale) {
                let registers = fp.code().registers() as isize;
                vm.stack.clear_above(fp.offset(registers));
            }
            return Go { pc: target, fp };
        }
        if throw.0 == Value::TERMINATION && fp.code().flags() & code_flag::NATIVE != 0 {
            iterator::abandon(fp.this());
        }
        let word = fp.argc_word();
        let back = return_address(fp);
        if word & frame::RESUMED != 0 {
            coroutine::finish(fp);
        }
        if word & frame::ENTRY != 0 {
            vm.stack.outcome = Err(throw);
            return Go { pc: Pc::halt(), fp };
        }
        (pc, fp) = back;
    }
}

/// Where the frame's caller stands.
pub(super) fn return_address(fp: Fp) -> (Pc, Fp) {
    let saved = fp.get(frame::SAVED_PC);
    let pc = match saved.as_object() {
        // A resumed coroutine keeps it, see `coroutine`.
        Some(coroutine) => Pc::from_raw(coroutine.internal(coroutine::PC)),
        None => Pc::from_raw(saved),
    };
    (pc, Fp::from_raw(fp.get(frame::SAVED_FP)))
}

fn find_handler(code: Code, pc: Pc) -> Option<(Pc, i16)> {
    let data = code.data();
    let word = word_index(code, pc);
    let handler = data
        .template
        .handlers
        .iter()
        .find(|handler| (handler.start..handler.end).contains(&word))?;
    Some((
        Pc(code.words()).offset(handler.target as isize),
        handler.reg,
    ))
}

/// This frame, or the nearest below it, that is no native function's.
pub(super) fn above_natives(mut pc: Pc, mut fp: Fp) -> Option<(Pc, Fp)> {
    while !pc.0.is_null() {
        if fp.code().flags() & code_flag::NATIVE == 0 {
            return Some((pc, fp));
        }
        (pc, fp) = return_address(fp);
    }
    None
}

/// The index of the word that `pc` points at.
pub(super) fn word_index(code: Code, pc: Pc) -> u32 {
    ((pc.0.addr() - code.words().addr()) / 8) as u32
}

/// `Throw`: a statement of the program, or (`x` = 1) an exception that goes on after a `finally`.
#[cold]
#[inline(never)]
pub(super) fn throw_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    if pc.x() == 0 {
        vm.thrown = None;
    }
    unwind(vm, Throw(fp.get(pc.a())))
}

/// `ThrowError`
#[cold]
#[inline(never)]
pub(super) fn throw_error_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let message = match Value::from_bits(pc.extra(1)).as_string() {
        Some(text) => vm.heap.units(&text).to_string_lossy(),
        None => String::new(),
    };
    let which = match pc.x() {
        0 => Intrinsic::TypeErrorPrototype,
        1 => Intrinsic::ReferenceErrorPrototype,
        2 => Intrinsic::SyntaxErrorPrototype,
        _ => Intrinsic::RangeErrorPrototype,
    };
    let throw = vm.throw_error(which, &message);
    unwind(vm, throw)
}

/// The source offset of the instruction at word `word`.
pub(super) fn source_offset(template: &CodeTemplate, word: u32) -> u32 {
    let after = template
        .positions
        .partition_point(|position| position.word <= word);
    after
        .checked_sub(1)
        .and_then(|at| template.positions.get(at))
        .map_or(template.span.0, |position| position.offset)
}

impl Vm {
    /// The code of the innermost running function, if any runs.
    #[must_use]
    pub fn running_code(&self) -> Option<Code> {
        self.sourced_frame().map(|(_, fp)| fp.code())
    }

    /// Where a text that is compiled now comes from.
    pub(in crate::vm) fn eval_origin(&self) -> Option<EvalOrigin> {
        let (code, offset) = self.here().unwrap_or_default();
        Some(EvalOrigin { code, offset })
    }

    /// The innermost running function, if any runs.
    #[must_use]
    pub fn running_function(&self) -> Option<Obj> {
        self.sourced_frame()
            .map(|(_, fp)| fp.callee())
            .filter(|function| function.kind() == Kind::Function)
    }

    /// Where the running code is: its template and the source offset of its current instruction.
    pub(super) fn here(&self) -> Option<(Arc<CodeTemplate>, u32)> {
        let (pc, fp) = self.sourced_frame()?;
        let code = fp.code();
        let template = Arc::clone(&code.data().template);
        let offset = source_offset(&template, word_index(code, pc));
        Some((template, offset))
    }

    /// The innermost frame that is no native function's, and its instruction.
    fn sourced_frame(&self) -> Option<(Pc, Fp)> {
        above_natives(Pc(self.stack.pc), Fp(self.stack.fp))
    }
}
