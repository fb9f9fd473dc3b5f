//! Walking the stack: which functions run, at which places of their sources, and which async functions wait for them.
//!
//! A trace is made of the frames on the value stack, the native functions between them, and below the last frame of a job
//! the async functions that await what it computes: those are suspended, their frames lie in their coroutines.

use std::sync::Arc;

use super::{
    coroutine::{self, State},
    describe,
    exception::{above_natives, return_address, source_offset, word_index},
    native_frame,
    regs::{Fp, Pc},
};
use crate::vm::{
    builtins::promise::Waiter,
    bytecode::{CodeTemplate, FunctionKind, Op, Text, frame},
    heap::{Kind, Obj, code::code_flag},
    machine::Vm,
    object::create::native_flag,
    realm::Intrinsic,
    value::Value,
};

/// What a frame of a captured stack is beside a call of JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// A function that was called.
    Call,
    /// A function that was called by `new`.
    Construct,
    /// A native function, called.
    Native,
    /// A native function, called by `new`.
    NativeConstruct,
    /// An async function that awaits what the frames above compute.
    Async,
    /// A combinator of promises (`Promise.all`) that waits for its element with this index.
    Combinator(&'static str, u32),
}

/// A frame of a captured stack: which function was at which place of which source.
#[derive(Clone, Debug)]
pub struct FrameInfo {
    /// The code that ran; its `source` names the script. Native functions have none.
    pub code: Arc<CodeTemplate>,
    /// Byte offset of the call (or of the throw) in the source.
    pub offset: u32,
    /// What the frame is.
    pub kind: FrameKind,
    /// Is it the body of a script, module or eval?
    pub is_toplevel: bool,
    /// The function object, as long as nobody has written the trace out.
    pub function: Value,
    /// What `this` was, likewise.
    pub receiver: Value,
}

impl FrameInfo {
    /// A frame of a native function.
    fn native(kind: FrameKind, function: Value, receiver: Value) -> Self {
        Self {
            code: Arc::default(),
            offset: 0,
            kind,
            is_toplevel: false,
            function,
            receiver,
        }
    }

    /// Was it called by `new`?
    #[must_use]
    pub fn is_construct(&self) -> bool {
        matches!(self.kind, FrameKind::Construct | FrameKind::NativeConstruct)
    }

    /// Has it no source text?
    #[must_use]
    pub fn is_native(&self) -> bool {
        matches!(
            self.kind,
            FrameKind::Native | FrameKind::NativeConstruct | FrameKind::Combinator(..)
        )
    }

    /// Is it suspended, waiting for what the frames above compute?
    #[must_use]
    pub fn is_async(&self) -> bool {
        matches!(self.kind, FrameKind::Async | FrameKind::Combinator(..))
    }

    /// Was the code made by `eval` or from a text by a function constructor?
    #[must_use]
    pub fn is_eval(&self) -> bool {
        self.code.source.eval_origin.is_some()
    }

    /// Line and UTF-16 column of the place in the file that the source came from, both from 1.
    #[must_use]
    pub fn position(&self) -> (u32, u32) {
        self.code.source.position(self.offset)
    }

    /// Where the function begins.
    #[must_use]
    pub fn enclosing_position(&self) -> (u32, u32) {
        self.code.source.position(self.code.span.0)
    }

    /// The function's name in its source, or what it is assigned to; empty if neither is there.
    #[must_use]
    pub fn function_name(&self) -> String {
        let name = self.code.name.as_ref().map(Text::to_string_lossy);
        name.or_else(|| self.code.inferred_name.clone())
            .unwrap_or_default()
    }

    /// The script's name, or what its text asks to be called; empty if it has none.
    #[must_use]
    pub fn script_name(&self) -> &str {
        self.code.source.url()
    }
}

/// Where an exception was thrown, for the host that reports one which nobody caught.
pub struct Thrown {
    /// Only compared: it is no root.
    value: Value,
    code: Arc<CodeTemplate>,
    word: u32,
}

impl Thrown {
    /// Notes where the exception is thrown, unless it is the one that is under way already.
    pub(super) fn note(vm: &mut Vm, value: Value, pc: Pc, fp: Fp) {
        if value == Value::TERMINATION || vm.thrown.as_ref().is_some_and(|last| last.value == value)
        {
            return;
        }
        let Some((pc, fp)) = above_natives(pc, fp) else {
            vm.thrown = None;
            return;
        };
        let code = fp.code();
        vm.thrown = Some(Self {
            value,
            code: Arc::clone(&code.data().template),
            word: word_index(code, pc),
        });
    }
}

/// The function that runs in the frame, as programs know it.
fn visible_callee(fp: Fp) -> Obj {
    if fp.code().flags() & code_flag::NATIVE != 0 {
        native_frame::native_of(fp)
    } else {
        fp.callee()
    }
}

/// What the frame of a native function is in traces, if they show it.
fn resumable_info(fp: Fp) -> Option<FrameInfo> {
    let native = native_frame::native_of(fp);
    if native.internal(1).as_int()? & native_flag::HIDDEN != 0 {
        return None;
    }
    Some(if fp.argc_word() & frame::CONSTRUCT != 0 {
        FrameInfo::native(FrameKind::NativeConstruct, native.into(), Value::UNDEFINED)
    } else {
        FrameInfo::native(FrameKind::Native, native.into(), fp.this())
    })
}

fn frame_info(pc: Pc, fp: Fp) -> FrameInfo {
    let code = fp.code();
    let template = &code.data().template;
    FrameInfo {
        code: Arc::clone(template),
        offset: source_offset(template, word_index(code, pc)),
        kind: if fp.argc_word() & frame::CONSTRUCT != 0 {
            FrameKind::Construct
        } else {
            FrameKind::Call
        },
        is_toplevel: template.kind == FunctionKind::Toplevel,
        function: fp.get(frame::CALLEE),
        receiver: fp.this(),
    }
}

/// The native function that runs at the call at which the machine stands, if one does and traces show it; not `asking`.
fn native_info(pc: Pc, fp: Fp, asking: Option<Obj>) -> Option<FrameInfo> {
    if pc.0.is_null() || !matches!(pc.op(), Op::Call | Op::New) {
        return None;
    }
    let mut window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    if pc.op() == Op::Call
        && pc.uc() > 0
        && window.get(frame::CALLEE).is_undefined()
        && describe::calls_call(pc, fp)
    {
        // `f.call(...)` moved the window up by one.
        window = window.offset(1);
    }
    let callee = native_at(window)?;
    let flags = callee.internal(1).as_int()?;
    if asking == Some(callee) {
        return None;
    }
    if flags & (native_flag::SPECIAL | native_flag::HIDDEN) != 0 {
        return None;
    }
    Some(if pc.op() == Op::New {
        FrameInfo::native(FrameKind::NativeConstruct, callee.into(), Value::UNDEFINED)
    } else {
        FrameInfo::native(FrameKind::Native, callee.into(), window.this())
    })
}

fn native_at(window: Fp) -> Option<Obj> {
    window
        .get(frame::CALLEE)
        .as_object()
        .filter(|callee| callee.kind() == Kind::NativeFunction)
}

/// The `next` that resumed a generator's frame.
fn resumption_info(vm: &Vm, fp: Fp) -> Option<FrameInfo> {
    if fp.argc_word() & frame::RESUMED == 0 {
        return None;
    }
    let generator = coroutine::coroutine_of(fp);
    if generator.kind() != Kind::Generator {
        return None;
    }
    let (pc, caller) = return_address(fp);
    let mut method = None;
    if !pc.0.is_null() && pc.op() == Op::Call {
        method = native_at(caller.offset(isize::from(pc.b()) + frame::HEADER as isize));
    }
    let next = vm.realms[vm.realm as usize].intrinsics[Intrinsic::GeneratorNext as usize];
    let function = method.map_or(next, Value::from);
    // The code tells the name of the generator, which is the class in the trace.
    Some(FrameInfo {
        code: Arc::clone(&fp.code().data().template),
        ..FrameInfo::native(FrameKind::Native, function, generator.into())
    })
}

impl Vm {
    /// The running functions that have code, innermost first, at most `limit` of them.
    #[must_use]
    pub fn capture_stack(&self, limit: usize) -> Vec<FrameInfo> {
        let mut frames = Vec::new();
        let (mut pc, mut fp) = (Pc(self.stack.pc), Fp(self.stack.fp));
        while frames.len() < limit && !pc.0.is_null() {
            if fp.code().flags() & code_flag::NATIVE == 0 {
                frames.push(frame_info(pc, fp));
            }
            (pc, fp) = return_address(fp);
        }
        frames
    }

    /// The running functions, innermost first, at most `limit` of them: with the native ones that JavaScript called and
    /// with the async ones that wait. With `above`, beginning with the caller of its innermost call; nothing if that
    /// isn't running. The native function `asking` is not shown.
    #[must_use]
    pub fn capture_trace(
        &self,
        mut above: Option<Obj>,
        asking: Option<Obj>,
        limit: usize,
    ) -> Vec<FrameInfo> {
        let mut frames = Vec::new();
        let (mut pc, mut fp) = (Pc(self.stack.pc), Fp(self.stack.fp));
        let mut bottom = None;
        if above.is_none() {
            frames.extend(native_info(pc, fp, asking));
        }
        while frames.len() < limit && !pc.0.is_null() {
            if above.is_none() {
                if fp.code().flags() & code_flag::NATIVE != 0 {
                    frames.extend(resumable_info(fp));
                } else {
                    frames.push(frame_info(pc, fp));
                    frames.extend(resumption_info(self, fp));
                }
            } else if above == Some(visible_callee(fp)) {
                above = None;
            }
            bottom = Some(fp);
            let is_entry = fp.argc_word() & frame::ENTRY != 0;
            (pc, fp) = return_address(fp);
            if is_entry && above.is_none() {
                frames.extend(native_info(pc, fp, None));
            }
        }
        if above.is_none() && pc.0.is_null() {
            self.capture_waiting(bottom, limit, &mut frames);
        }
        frames.truncate(limit);
        frames.shrink_to_fit();
        frames
    }

    /// The async functions that wait for what the job under way computes. `bottom` is the frame that it began with.
    fn capture_waiting(&self, bottom: Option<Fp>, limit: usize, frames: &mut Vec<FrameInfo>) {
        let resumed = bottom
            .filter(|fp| fp.argc_word() & frame::RESUMED != 0)
            .map(coroutine::coroutine_of);
        let promise = match resumed {
            Some(coroutine) => self.promise_of_coroutine(coroutine),
            None => self.promise_of_job(),
        };
        self.follow(promise, limit, frames);
    }

    /// The async functions that wait for a promise.
    #[must_use]
    pub fn capture_waiters(&self, promise: Obj, limit: usize) -> Vec<FrameInfo> {
        let mut frames = Vec::new();
        self.follow(Some(promise), limit, &mut frames);
        frames
    }

    /// The name of the script, line and column where `value` was thrown, if it was the last exception and no promise took it.
    #[must_use]
    pub fn thrown_at(&self, value: Value) -> Option<(String, u32, u32)> {
        let thrown = self.thrown.as_ref().filter(|last| last.value == value)?;
        let source = &thrown.code.source;
        let (line, column) = source.position(source_offset(&thrown.code, thrown.word));
        Some((source.url().to_owned(), line, column))
    }

    fn follow(&self, mut promise: Option<Obj>, limit: usize, frames: &mut Vec<FrameInfo>) {
        for _ in 0..MAX_WAITING {
            let Some(waiter) = promise.and_then(|promise| self.waiter_of(promise)) else {
                break;
            };
            if frames.len() >= limit {
                break;
            }
            promise = match waiter {
                Waiter::Promise(derived) => Some(derived),
                Waiter::Combinator(name, index, whole) => {
                    let function =
                        self.realms[self.realm as usize].intrinsics[Intrinsic::Promise as usize];
                    frames.push(FrameInfo::native(
                        FrameKind::Combinator(name, index),
                        Value::UNDEFINED,
                        function,
                    ));
                    Some(whole)
                }
                Waiter::Coroutine(coroutine) => {
                    frames.extend(self.suspended_info(coroutine));
                    self.promise_of_coroutine(coroutine)
                }
            };
        }
    }

    /// The frame that a suspended async function has in its coroutine.
    fn suspended_info(&self, coroutine: Obj) -> Option<FrameInfo> {
        if self.coroutine_state(coroutine) != State::Suspended {
            return None;
        }
        let (pc, callee, receiver) = coroutine::suspended_at(coroutine)?;
        let code = crate::vm::heap::Code::from_value(callee.as_object()?.internal(0))?;
        let template = &code.data().template;
        Some(FrameInfo {
            code: Arc::clone(template),
            offset: source_offset(template, word_index(code, pc)),
            kind: FrameKind::Async,
            is_toplevel: template.kind == FunctionKind::Toplevel,
            function: callee,
            receiver,
        })
    }

    /// The promise that a coroutine is going to settle.
    fn promise_of_coroutine(&self, coroutine: Obj) -> Option<Obj> {
        match coroutine.kind() {
            Kind::AsyncFunction => coroutine::promise_of(coroutine),
            Kind::AsyncGenerator => crate::vm::builtins::async_generator::first_promise(coroutine),
            _ => None,
        }
    }
}

/// How many promises are followed from one that waits to the next.
const MAX_WAITING: usize = 1000;

/// Is it strict mode code, whose function and receiver traces do not show? Native functions count as such.
#[must_use]
pub fn is_strict(frame: &FrameInfo) -> bool {
    frame
        .function
        .as_object()
        .filter(|function| function.kind() == Kind::Function)
        .and_then(|function| crate::vm::heap::Code::from_value(function.internal(0)))
        .is_none_or(|code| code.flags() & code_flag::STRICT != 0)
}
