//! `Pc` and `Fp`: where an instruction and a frame lie. All raw access of the interpreter to code and registers is here.
//!
//! Invariants that make it sound: a `Pc` points at the first word of an instruction of linked code that a frame on the
//! stack keeps alive (its callee), or at [`HALT`]; an `Fp` points into the value stack at a frame whose header and registers
//! lie inside the mapping; compiled code names only registers of its own frame. The compiler and the linker uphold the
//! last point, the stack check of the call path the one before.
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "a pointer's offset and the access are one act here"
)]

use crate::vm::{
    bytecode::{Op, frame},
    heap::{Cell, Code, Obj},
    value::Value,
};

/// An instruction that ends a run of the interpreter.
static HALT: [u64; 1] = [Op::Halt as u64];

/// Words of each instruction, by opcode.
const WORDS: [u8; 256] = {
    let mut words = [1; 256];
    let mut at = 0;
    while at < crate::vm::bytecode::OPS.len() {
        words[at] = crate::vm::bytecode::OPS[at].words() as u8;
        at += 1;
    }
    words
};

/// A pointer to an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Pc(pub *mut u64);

impl Pc {
    /// Where a run ends.
    pub fn halt() -> Self {
        Self((&raw const HALT).cast_mut().cast())
    }

    /// From the raw word of a frame's header.
    #[inline(always)]
    pub fn from_raw(raw: Value) -> Self {
        Self(std::ptr::with_exposed_provenance_mut(raw.bits() as usize))
    }

    /// As a raw word: an address, below 2^48.
    #[inline(always)]
    pub fn to_raw(self) -> Value {
        Value::from_bits(self.0.expose_provenance() as u64)
    }

    /// The first word of the instruction.
    #[inline(always)]
    pub fn word(self) -> u64 {
        // SAFETY: see the module text.
        unsafe { *self.0 }
    }

    /// The opcode.
    #[inline(always)]
    pub fn op(self) -> Op {
        // SAFETY: linked code begins each instruction with the number of an opcode: the linker checks that.
        unsafe { std::mem::transmute::<u8, Op>(self.0.cast::<u8>().read()) }
    }

    /// Rewrites the opcode: quickening.
    #[inline(always)]
    pub fn set_op(self, op: Op) {
        // SAFETY: see the module text; nobody holds a reference to code words.
        unsafe { self.0.cast::<u8>().write(op as u8) }
    }

    /// Operand `x`.
    #[inline(always)]
    pub fn x(self) -> u8 {
        (self.word() >> 8) as u8
    }

    /// Operand `a`.
    #[inline(always)]
    pub fn a(self) -> i16 {
        (self.word() >> 16) as i16
    }

    /// Operand `b`.
    #[inline(always)]
    pub fn b(self) -> i16 {
        (self.word() >> 32) as i16
    }

    /// Operand `c`.
    #[inline(always)]
    pub fn c(self) -> i16 {
        (self.word() >> 48) as i16
    }

    /// Operand `c` as an unsigned number.
    #[inline(always)]
    pub fn uc(self) -> usize {
        (self.word() >> 48) as usize
    }

    /// Rewrites operand `c`.
    #[inline(always)]
    pub fn set_c(self, c: i16) {
        let word = self.word() & 0x0000_FFFF_FFFF_FFFF | u64::from(c as u16) << 48;
        // SAFETY: as in `set_op`.
        unsafe { *self.0 = word }
    }

    /// Operands `b` and `c` as one number.
    #[inline(always)]
    pub fn bc(self) -> i32 {
        (self.word() >> 32) as i32
    }

    /// Extra word `index`, from 1 on.
    #[inline(always)]
    pub fn extra(self, index: usize) -> u64 {
        // SAFETY: callers ask for words that the opcode has.
        unsafe { *self.0.add(index) }
    }

    /// Rewrites an extra word.
    #[inline(always)]
    pub fn set_extra(self, index: usize, word: u64) {
        // SAFETY: as in `extra` and `set_op`.
        unsafe { *self.0.add(index) = word }
    }

    /// The instruction `words` on.
    #[inline(always)]
    pub fn offset(self, words: isize) -> Self {
        Self(self.0.wrapping_offset(words))
    }

    /// The next instruction.
    #[inline(always)]
    pub fn next(self) -> Self {
        self.offset(isize::from(WORDS[(self.word() & 0xFF) as usize]))
    }
}

/// A pointer to a frame's register 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Fp(pub *mut Value);

impl Fp {
    /// From the raw word of a frame's header.
    #[inline(always)]
    pub fn from_raw(raw: Value) -> Self {
        Self(std::ptr::with_exposed_provenance_mut(raw.bits() as usize))
    }

    /// As a raw word: an address, below 2^48.
    #[inline(always)]
    pub fn to_raw(self) -> Value {
        Value::from_bits(self.0.expose_provenance() as u64)
    }

    /// A register.
    #[inline(always)]
    pub fn get(self, register: i16) -> Value {
        // SAFETY: see the module text.
        unsafe { self.0.offset(register as isize).read() }
    }

    /// Writes a register.
    #[inline(always)]
    pub fn set(self, register: i16, value: Value) {
        // SAFETY: see the module text; no reference into the stack outlives a native call.
        unsafe { self.0.offset(register as isize).write(value) }
    }

    /// The place `words` on.
    #[inline(always)]
    pub fn offset(self, words: isize) -> Self {
        Self(self.0.wrapping_offset(words))
    }

    /// `count` values from here on. They stay while the frame does.
    #[inline(always)]
    pub fn slice<'a>(self, count: usize) -> &'a [Value] {
        // SAFETY: see the module text; whoever asks passes a window that lies below the stack's top, and nothing writes there
        // while a native function borrows its arguments.
        unsafe { std::slice::from_raw_parts(self.0, count) }
    }

    /// Fills the registers from `start` to `end` with undefined; up to 3 more words behind them are written too.
    #[inline(always)]
    pub fn clear(self, start: usize, end: usize) {
        let mut at = self.0.wrapping_add(start);
        let end = self.0.wrapping_add(end);
        while at < end {
            // SAFETY: inside the frame, or in the slack behind the stack's limit.
            unsafe { at.cast::<[Value; 4]>().write([Value::UNDEFINED; 4]) };
            at = at.wrapping_add(4);
        }
    }

    /// Copies `count` values from `source` to here; the ranges may overlap.
    #[inline(always)]
    pub fn copy_from(self, source: Self, count: usize) {
        // SAFETY: both ranges lie on the stack; callers checked the room.
        unsafe { std::ptr::copy(source.0, self.0, count) }
    }

    /// Copies values from a cell or from Rust's memory to here.
    #[inline(always)]
    pub fn copy_slice(self, values: &[Value]) {
        // SAFETY: callers reserved room for as many values, and no slice of values lies above the stack's top, where they
        // are put.
        unsafe { std::ptr::copy(values.as_ptr(), self.0, values.len()) }
    }

    /// `this`
    #[inline(always)]
    pub fn this(self) -> Value {
        self.get(frame::THIS)
    }

    /// The argument count and flags.
    #[inline(always)]
    pub fn argc_word(self) -> u64 {
        self.get(frame::ARGC).bits()
    }

    /// The running function. Only of frames that run bytecode.
    #[inline(always)]
    pub fn callee(self) -> Obj {
        Obj::from_cell(Cell::from_addr(self.get(frame::CALLEE).payload()))
    }

    /// The code of the running function. Only of frames that run bytecode.
    #[inline(always)]
    pub fn code(self) -> Code {
        Code::from_cell(Cell::from_addr(self.callee().internal(0).payload()))
    }
}

/// Where the interpreter goes on.
#[derive(Clone, Copy, Debug)]
pub struct Go {
    pub pc: Pc,
    pub fp: Fp,
}

impl Go {
    /// After the instruction at `pc`.
    #[inline(always)]
    pub fn next(pc: Pc, fp: Fp) -> Self {
        Self { pc: pc.next(), fp }
    }

    /// `words` from the instruction at `pc`.
    #[inline(always)]
    pub fn jump(pc: Pc, fp: Fp, words: i32) -> Self {
        Self {
            pc: pc.offset(words as isize),
            fp,
        }
    }
}
