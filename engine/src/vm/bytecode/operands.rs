//! The operand notation of the opcode table, taken apart. Listing and verifier read it.

use super::Op;

/// What a field of an instruction holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A register that is written.
    Dst,
    /// A register that is read.
    Src,
    /// A register that is read and written.
    ReadWrite,
    /// The first register of a call window.
    Window,
    /// The first of several registers.
    Registers,
    /// A signed number.
    Signed,
    /// An unsigned number.
    Unsigned,
    /// A signed 32-bit number.
    Wide,
    /// A jump distance.
    Jump,
    /// Two jump distances.
    Jumps,
    /// A small number or flags.
    Flags,
    /// A property key: a constant.
    Key,
    /// A constant.
    Constant,
    /// A function index.
    Function,
    /// An index into a side table, or other data.
    Data,
    /// Inline cache.
    Cache,
}

/// A field of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Bits 8..16.
    X,
    /// Bits 16..32.
    A,
    /// Bits 32..48.
    B,
    /// Bits 48..64.
    C,
    /// Bits 32..64.
    Bc,
    /// A further word.
    Word(usize),
}

/// The fields of an instruction that hold something, in the table's order.
pub fn operands(op: Op) -> impl Iterator<Item = (Field, Operand)> {
    op.operands().split_whitespace().filter_map(|item| {
        let (field, what) = item.split_once('=')?;
        let field = match field {
            "x" => Field::X,
            "a" => Field::A,
            "b" => Field::B,
            "c" => Field::C,
            "bc" => Field::Bc,
            "w1" => Field::Word(1),
            "w2" => Field::Word(2),
            "w3" => Field::Word(3),
            _ => return None,
        };
        let operand = match what {
            _ if field == Field::X => Operand::Flags,
            "dst" => Operand::Dst,
            "src" => Operand::Src,
            "rw" => Operand::ReadWrite,
            "win" => Operand::Window,
            "regs" => Operand::Registers,
            "imm" => Operand::Signed,
            "idx" => Operand::Unsigned,
            "imm32" => Operand::Wide,
            "jump" | "jump16" | "jump32" => Operand::Jump,
            "jumps" => Operand::Jumps,
            "key" => Operand::Key,
            "const" => Operand::Constant,
            "func" => Operand::Function,
            "ic" => Operand::Cache,
            _ => Operand::Data,
        };
        Some((field, operand))
    })
}

/// The signed 16-bit number in a field of the first word.
#[must_use]
pub fn short(word: u64, field: Field) -> i16 {
    match field {
        Field::A => (word >> 16) as u16 as i16,
        Field::B => (word >> 32) as u16 as i16,
        Field::C => (word >> 48) as u16 as i16,
        _ => 0,
    }
}

/// The small number of the first word.
#[must_use]
pub fn flags(word: u64) -> u8 {
    (word >> 8) as u8
}

/// The signed 32-bit number in the upper half of a word.
#[must_use]
pub fn wide(word: u64) -> i32 {
    (word >> 32) as u32 as i32
}

/// The operation of a first word.
#[must_use]
pub fn op_of(word: u64) -> Option<Op> {
    super::OPS.get((word & 0xff) as usize).copied()
}
