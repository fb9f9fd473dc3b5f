//! Exceptions: from a throw to its handler, and where the running code is.

use std::sync::Arc;

use super::{
    coroutine,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::{CodeTemplate, FunctionKind, Op, frame},
    heap::{Code, Kind, Obj},
    machine::{Throw, Vm},
    object::create::native_flag,
    realm::Intrinsic,
    value::Value,
};

/// Goes from the instruction at which the machine stands to the handler of `throw`: in this frame or one that called it, up
/// to where the run began. A termination passes all handlers.
#[cold]
#[inline(never)]
pub(super) fn unwind(vm: &mut Vm, throw: Throw) -> Go {
    let (mut pc, mut fp) = (Pc(vm.stack.pc), Fp(vm.stack.fp));
    loop {
        if throw.0 != Value::TERMINATION
            && let Some((target, register)) = find_handler(fp.code(), pc)
        {
            fp.set(register, throw.0);
            return Go { pc: target, fp };
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

/// The index of the word that `pc` points at.
fn word_index(code: Code, pc: Pc) -> u32 {
    ((pc.0.addr() - code.words().addr()) / 8) as u32
}

/// `Throw`
#[cold]
pub(super) fn throw_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    unwind(vm, Throw(fp.get(pc.a())))
}

/// `ThrowError`
#[cold]
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

/// A frame of a captured stack: which function was at which place of which source.
#[derive(Clone, Debug)]
pub struct FrameInfo {
    /// The code that ran; its `source` names the script.
    pub code: Arc<CodeTemplate>,
    /// Byte offset of the call (or of the throw) in the source.
    pub offset: u32,
    /// Was the function called by `new`?
    pub is_construct: bool,
    /// Is it the body of a script, module or eval?
    pub is_toplevel: bool,
    /// The function object, as long as nobody has written the trace out.
    pub function: Value,
    /// What `this` was, likewise.
    pub receiver: Value,
    /// Is it a native function? It has no code then.
    pub is_native: bool,
}

impl FrameInfo {
    /// Line and UTF-16 column of the place in the file that the source came from, both from 1.
    #[must_use]
    pub fn position(&self) -> (u32, u32) {
        let source = &self.code.source;
        let end = (self.offset as usize).min(source.text.len());
        let before = source.text.as_bytes().get(..end).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line = memchr::memchr_iter(b'\n', before).count() as i32;
        let text = String::from_utf8_lossy(before.get(start..).unwrap_or_default());
        let mut column = text.encode_utf16().count() as i32;
        if line == 0 {
            column += source.column_offset;
        }
        (
            (line + source.line_offset).max(0) as u32 + 1,
            column.max(0) as u32 + 1,
        )
    }

    /// The function's name; empty if anonymous.
    #[must_use]
    pub fn function_name(&self) -> String {
        match &self.code.name {
            Some(crate::vm::bytecode::Text::Latin1(bytes)) => {
                bytes.iter().map(|&byte| char::from(byte)).collect()
            }
            Some(crate::vm::bytecode::Text::Utf16(units)) => String::from_utf16_lossy(units),
            None => String::new(),
        }
    }

    /// The script's name.
    #[must_use]
    pub fn script_name(&self) -> &str {
        &self.code.source.name
    }
}

fn frame_info(pc: Pc, fp: Fp) -> FrameInfo {
    let code = fp.code();
    let template = &code.data().template;
    FrameInfo {
        code: Arc::clone(template),
        offset: source_offset(template, word_index(code, pc)),
        is_construct: fp.argc_word() & frame::CONSTRUCT != 0,
        is_toplevel: template.kind == FunctionKind::Toplevel,
        function: fp.get(frame::CALLEE),
        receiver: fp.this(),
        is_native: false,
    }
}

/// The native function that began a run from the call at which the machine stands, if that is how it began.
fn native_info(pc: Pc, fp: Fp) -> Option<FrameInfo> {
    if pc.0.is_null() || !matches!(pc.op(), Op::Call | Op::New) {
        return None;
    }
    let mut window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    let mut callee = window
        .get(frame::CALLEE)
        .as_object()
        .filter(|callee| callee.kind() == Kind::NativeFunction)?;
    match callee.internal(1).as_int()? & native_flag::SPECIAL {
        0 => {}
        native_flag::CALL => {
            window = window.offset(1);
            callee = window
                .get(frame::CALLEE)
                .as_object()
                .filter(|callee| callee.kind() == Kind::NativeFunction)?;
        }
        _ => return None,
    }
    Some(FrameInfo {
        code: Arc::default(),
        offset: 0,
        is_construct: pc.op() == Op::New,
        is_toplevel: false,
        function: callee.into(),
        receiver: if pc.op() == Op::New {
            Value::UNDEFINED
        } else {
            window.this()
        },
        is_native: true,
    })
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
    /// The running functions that have code, innermost first, at most `limit` of them.
    #[must_use]
    pub fn capture_stack(&self, limit: usize) -> Vec<FrameInfo> {
        self.walk_stack(None, limit, false)
    }

    /// The running functions, innermost first, at most `limit` of them: with the native ones that JavaScript called and that
    /// called JavaScript. With `above`, beginning with the caller of its innermost call; nothing if that isn't running.
    #[must_use]
    pub fn capture_trace(&self, above: Option<Obj>, limit: usize) -> Vec<FrameInfo> {
        self.walk_stack(above, limit, true)
    }

    /// The native function that the innermost running code is calling, if its instruction calls one.
    #[must_use]
    pub(in crate::vm) fn running_native(&self) -> Option<FrameInfo> {
        native_info(Pc(self.stack.pc), Fp(self.stack.fp))
    }

    fn walk_stack(&self, mut above: Option<Obj>, limit: usize, natives: bool) -> Vec<FrameInfo> {
        let mut frames = Vec::new();
        let (mut pc, mut fp) = (Pc(self.stack.pc), Fp(self.stack.fp));
        while frames.len() < limit && !pc.0.is_null() {
            if above.is_none() {
                frames.push(frame_info(pc, fp));
            } else if above == Some(fp.callee()) {
                above = None;
            }
            let is_entry = fp.argc_word() & frame::ENTRY != 0;
            (pc, fp) = return_address(fp);
            if natives && is_entry && above.is_none() && frames.len() < limit {
                frames.extend(native_info(pc, fp));
            }
        }
        frames
    }

    /// The code of the innermost running function, if any runs.
    #[must_use]
    pub fn running_code(&self) -> Option<Code> {
        (!self.stack.pc.is_null()).then(|| Fp(self.stack.fp).code())
    }

    /// The innermost running function, if any runs.
    #[must_use]
    pub fn running_function(&self) -> Option<Obj> {
        (!self.stack.pc.is_null())
            .then(|| Fp(self.stack.fp).callee())
            .filter(|function| function.kind() == Kind::Function)
    }

    /// Where the running code is: its template and the source offset of its current instruction.
    pub(super) fn here(&self) -> Option<(Arc<CodeTemplate>, u32)> {
        let code = self.running_code()?;
        let template = Arc::clone(&code.data().template);
        let offset = source_offset(&template, word_index(code, Pc(self.stack.pc)));
        Some((template, offset))
    }
}
