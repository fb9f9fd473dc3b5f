//! The interpreter: the value stack, linking, dispatch, calls, exceptions, inline caches.
//!
//! `dispatch` is the loop; `regs` is how it touches code and registers; the other files hold what an opcode does beyond
//! its fast path, by concern. JavaScript calling JavaScript takes a frame on the value stack and no native stack; native
//! code that calls back starts a nested run (`call`), which is counted and bounded.
#![allow(unsafe_code, reason = "runs bytecode over raw memory; see each file")]

mod arith;
mod call;
#[cfg(test)]
mod call_tests;
mod class;
mod compare;
mod construct;
mod coroutine;
mod describe;
mod dispatch;
mod element;
mod exception;
mod for_in;
mod global;
mod iterate;
mod link;
mod literal;
mod lookup;
mod native_frame;
mod poll;
mod property;
mod proxy_trap;
mod regs;
mod scope;
mod stack;
#[cfg(test)]
mod tests;
mod trace;
mod typed;
mod usual;

pub(in crate::vm) use call::{native_pointer, plain_array};
pub use coroutine::{Resume, Resumption, State};
pub use link::LinkedScope;
pub use native_frame::{NativeFrame, Phase, Quick, QuickStep, Slot, Step, StepFn};
pub use stack::Stack;
pub use trace::{FrameInfo, FrameKind, Thrown, is_strict};
pub(in crate::vm) use typed::{element as typed_element, set_element as set_typed_element};

use regs::{Fp, Go, Pc};

use super::{
    machine::{Completion, Vm},
    value::Value,
};

impl Vm {
    /// Says where the interpreter stands: slow paths do this before anything that may throw, call or collect. What the
    /// instruction before rooted is forgotten.
    #[inline(always)]
    fn enter(&mut self, pc: Pc, fp: Fp) {
        let code = fp.code();
        self.stack.pc = pc.0;
        self.stack.fp = fp.0;
        self.stack.top = fp.0.wrapping_add(code.registers() as usize);
        self.realm = code.realm();
        self.roots.truncate(self.root_base);
    }

    /// Ends a slow path that computes `a`.
    #[inline(always)]
    fn give(&mut self, pc: Pc, fp: Fp, result: Completion) -> Go {
        match result {
            Ok(value) => {
                fp.set(pc.a(), value);
                Go::next(pc, fp)
            }
            Err(throw) => exception::unwind(self, throw),
        }
    }

    /// Ends a slow path that computes nothing.
    #[inline(always)]
    fn done(&mut self, pc: Pc, fp: Fp, result: Completion<()>) -> Go {
        match result {
            Ok(()) => Go::next(pc, fp),
            Err(throw) => exception::unwind(self, throw),
        }
    }

    /// The key in word 1 of the instruction.
    #[inline(always)]
    fn key_operand(pc: Pc) -> super::object::PropKey {
        super::object::PropKey::from_value(Value::from_bits(pc.extra(1)))
    }
}
