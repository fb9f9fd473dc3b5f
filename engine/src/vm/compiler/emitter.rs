//! Words, labels, constants, handlers and positions of one function in the making.

use rustc_hash::FxHashMap;

use crate::vm::bytecode::{Constant, Handler, Op, Position, Text};

/// A place in the code that may not be known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

/// Which field of an instruction a jump distance goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// `b` and `c`: 32 bits.
    Far,
    /// `c`: 16 bits.
    Near,
    /// Low half of the second word.
    Low,
    /// High half of the second word.
    High,
}

#[derive(Clone, Copy, Debug)]
struct Fixup {
    word: u32,
    label: u32,
    field: Field,
}

const UNBOUND: u32 = u32::MAX;
/// Larger tables are not kept for the next function.
const MAX_KEPT: usize = 256;

/// A function's code in the making. The lists grow once and serve one function after the other: see [`Emitter::renew`].
#[derive(Default)]
pub(super) struct Emitter<'a> {
    /// Address and bytes of the source's text.
    source: (usize, usize),
    pub(super) words: Vec<u64>,
    pub(super) constants: Vec<Constant>,
    pub(super) handlers: Vec<Handler>,
    pub(super) positions: Vec<Position>,
    few: Vec<(&'a str, u32)>,
    names: FxHashMap<&'a str, u32>,
    numbers: FxHashMap<u64, u32>,
    labels: Vec<u32>,
    fixups: Vec<Fixup>,
    /// Near jumps are written as an inverted jump over a far one.
    long: bool,
    /// A near jump did not reach: compile again with `long`.
    pub(super) overflow: bool,
    /// Control cannot reach the next instruction.
    pub(super) dead: bool,
    statement: bool,
    /// Where the code begins that no `Step` counts yet.
    counted: u32,
}

/// Words of code that go uncounted, and the steps that so many are.
const UNCOUNTED: u32 = 128;
const STEPS: u8 = 16;

/// Packs an instruction's first word.
pub(super) fn encode(op: Op, x: u8, a: i16, b: i16, c: i16) -> u64 {
    u64::from(op as u8)
        | u64::from(x) << 8
        | u64::from(a as u16) << 16
        | u64::from(b as u16) << 32
        | u64::from(c as u16) << 48
}

impl<'a> Emitter<'a> {
    /// Names that stand in `source` are referred to, not copied.
    pub(super) fn new(source: &str) -> Self {
        Self {
            source: (source.as_ptr().addr(), source.len()),
            ..Self::default()
        }
    }

    /// Makes it ready for another function; `long`: with far jumps only.
    pub(super) fn renew(&mut self, long: bool) {
        self.words.clear();
        self.constants.clear();
        self.handlers.clear();
        self.positions.clear();
        self.few.clear();
        self.labels.clear();
        self.fixups.clear();
        // To clear a table takes as long as it has room.
        if self.names.capacity() > MAX_KEPT {
            self.names = FxHashMap::default();
        }
        self.names.clear();
        if self.numbers.capacity() > MAX_KEPT {
            self.numbers = FxHashMap::default();
        }
        self.numbers.clear();
        self.long = long;
        self.counted = 0;
        (self.overflow, self.dead, self.statement) = (false, false, false);
    }

    /// The word that the next instruction gets.
    pub(super) fn here(&self) -> u32 {
        self.words.len() as u32
    }

    /// Calls and jumps back count a step each, whatever lies between: long code counts some itself.
    pub(super) fn count_long_code(&mut self) {
        if self.here().saturating_sub(self.counted) >= UNCOUNTED && !self.dead {
            self.emit(Op::Step, STEPS, 0, 0, 0);
            self.counted = self.here();
        }
    }

    /// Instructions from here on come from byte `offset` of the source.
    pub(super) fn at(&mut self, offset: u32) {
        let (word, statement) = (self.here(), std::mem::take(&mut self.statement));
        match self.positions.last_mut() {
            Some(last) if last.word == word => {
                last.offset = offset;
                last.statement |= statement;
            }
            Some(last) if last.offset == offset && !statement => {}
            _ => self.positions.push(Position {
                word,
                offset,
                statement,
            }),
        }
    }

    /// A statement begins at byte `offset`.
    pub(super) fn statement(&mut self, offset: u32) {
        self.statement = true;
        self.at(offset);
    }

    pub(super) fn emit(&mut self, op: Op, x: u8, a: i16, b: i16, c: i16) -> u32 {
        let word = self.here();
        self.words.push(encode(op, x, a, b, c));
        for _ in 1..op.words() {
            self.words.push(0);
        }
        if matches!(
            op,
            Op::Jump
                | Op::Return
                | Op::ReturnUndef
                | Op::Throw
                | Op::ThrowError
                | Op::AsyncReturn
                | Op::AsyncThrow
        ) {
            self.dead = true;
        }
        word
    }

    /// Emits an instruction with a value in its second word.
    pub(super) fn emit_w1(&mut self, op: Op, x: u8, a: i16, b: i16, c: i16, w1: u64) -> u32 {
        let word = self.emit(op, x, a, b, c);
        self.words[word as usize + 1] = w1;
        word
    }

    pub(super) fn set_word(&mut self, word: u32, value: u64) {
        self.words[word as usize] = value;
    }

    pub(super) fn label(&mut self) -> Label {
        self.labels.push(UNBOUND);
        Label((self.labels.len() - 1) as u32)
    }

    pub(super) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.here();
        self.dead = false;
        // What follows may be reached from elsewhere: it states its position anew.
    }

    pub(super) fn new_bound(&mut self) -> Label {
        let label = self.label();
        self.bind(label);
        label
    }

    fn fix(&mut self, word: u32, label: Label, field: Field) {
        self.fixups.push(Fixup {
            word,
            label: label.0,
            field,
        });
    }

    pub(super) fn jump(&mut self, label: Label) {
        if !self.dead {
            let word = self.emit(Op::Jump, 0, 0, 0, 0);
            self.fix(word, label, Field::Far);
        }
    }

    /// A jump of the `a=src bc=jump32` form.
    pub(super) fn jump_if(&mut self, op: Op, a: i16, label: Label) {
        let word = self.emit(op, 0, a, 0, 0);
        self.fix(word, label, Field::Far);
    }

    /// A fused compare and jump.
    pub(super) fn jump_fused(&mut self, op: Op, a: i16, b: i16, label: Label) {
        let target = self.labels[label.0 as usize];
        let far_back = target != UNBOUND && self.here() - target > 32_000;
        if self.long || far_back {
            self.emit(inverse(op), 0, a, b, 2);
            let word = self.emit(Op::Jump, 0, 0, 0, 0);
            self.dead = false;
            self.fix(word, label, Field::Far);
        } else {
            let word = self.emit(op, 0, a, b, 0);
            self.fix(word, label, Field::Near);
        }
    }

    /// An instruction whose second word holds one or two jumps.
    pub(super) fn jump_w1(
        &mut self,
        op: Op,
        x: u8,
        a: i16,
        b: i16,
        first: Label,
        second: Option<Label>,
    ) {
        let word = self.emit(op, x, a, b, 0);
        self.fix(word, first, Field::Low);
        if let Some(second) = second {
            self.fix(word, second, Field::High);
        }
    }

    /// Writes all distances.
    pub(super) fn resolve(&mut self) {
        for &Fixup { word, label, field } in &self.fixups {
            let target = self.labels[label as usize];
            let distance = i64::from(target) - i64::from(word);
            let distance = i32::try_from(distance).unwrap_or(0);
            let slot = word as usize;
            match field {
                Field::Far => self.words[slot] |= u64::from(distance as u32) << 32,
                Field::Near => {
                    self.overflow |= i16::try_from(distance).is_err();
                    self.words[slot] |= u64::from(distance as i16 as u16) << 48;
                }
                Field::Low => self.words[slot + 1] |= u64::from(distance as u32),
                Field::High => self.words[slot + 1] |= u64::from(distance as u32) << 32,
            }
        }
    }

    /// The constant for a name or well-formed string.
    pub(super) fn name(&mut self, name: &'a str) -> u64 {
        // A small function looks through its few names faster than it could hash.
        let known = if self.names.is_empty() {
            self.few
                .iter()
                .find(|(known, _)| *known == name)
                .map(|&(_, at)| at)
        } else {
            self.names.get(name).copied()
        };
        if let Some(at) = known {
            return u64::from(at);
        }
        let constant = self.constant_of(name);
        let at = self.push(constant);
        if self.few.len() < 12 {
            self.few.push((name, at as u32));
        } else {
            if self.names.is_empty() {
                self.names.extend(self.few.iter().copied());
            }
            self.names.insert(name, at as u32);
        }
        at
    }

    /// A name as it stands in the source, or a copy: the parser makes one of a name with escapes.
    fn constant_of(&self, name: &str) -> Constant {
        let (start, bytes) = self.source;
        let at = name.as_ptr().addr().wrapping_sub(start);
        if at < bytes && name.len() <= bytes - at && name.is_ascii() {
            return Constant::Source(at as u32, name.len() as u32);
        }
        Constant::Text(text_of(name))
    }

    /// A constant of its own.
    pub(super) fn push(&mut self, constant: Constant) -> u64 {
        self.constants.push(constant);
        (self.constants.len() - 1) as u64
    }

    pub(super) fn number(&mut self, number: f64) -> u64 {
        if let Some(&at) = self.numbers.get(&number.to_bits()) {
            return u64::from(at);
        }
        let at = self.push(Constant::Number(number));
        self.numbers.insert(number.to_bits(), at as u32);
        at
    }
}

/// The fused jump that is taken exactly when `op` is not.
pub(super) fn inverse(op: Op) -> Op {
    match op {
        Op::JLt => Op::JNotLt,
        Op::JLe => Op::JNotLe,
        Op::JGt => Op::JNotGt,
        Op::JGe => Op::JNotGe,
        Op::JNotLt => Op::JLt,
        Op::JNotLe => Op::JLe,
        Op::JNotGt => Op::JGt,
        Op::JNotGe => Op::JGe,
        Op::JEq => Op::JNe,
        Op::JNe => Op::JEq,
        Op::JStrictEq => Op::JStrictNe,
        Op::JStrictNe => Op::JStrictEq,
        Op::JLtI => Op::JNotLtI,
        Op::JLeI => Op::JNotLeI,
        Op::JGtI => Op::JNotGtI,
        Op::JGeI => Op::JNotGeI,
        Op::JNotLtI => Op::JLtI,
        Op::JNotLeI => Op::JLeI,
        Op::JNotGtI => Op::JGtI,
        Op::JNotGeI => Op::JGeI,
        Op::JStrictEqI => Op::JStrictNeI,
        Op::JStrictNeI => Op::JStrictEqI,
        other => other,
    }
}

/// A text from well-formed UTF-8.
pub(super) fn text_of(text: &str) -> Text {
    if text.is_ascii() {
        return Text::Latin1(text.as_bytes().into());
    }
    if text.chars().all(|c| u32::from(c) < 256) {
        return Text::Latin1(text.chars().map(|c| c as u8).collect());
    }
    Text::Utf16(text.encode_utf16().collect())
}

/// A text from the parser's form for strings with lone surrogates: U+FFFD and four hex digits stand for a code unit.
pub(super) fn text_of_lone(text: &str) -> Text {
    let mut units = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let digits = rest.as_str().get(..4);
        if c == '\u{fffd}'
            && let Some(unit) = digits.and_then(|d| u16::from_str_radix(d, 16).ok())
        {
            units.push(unit);
            rest = rest.as_str()[4..].chars();
        } else {
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
    }
    if units.iter().all(|&unit| unit < 256) {
        return Text::Latin1(units.iter().map(|&unit| unit as u8).collect());
    }
    Text::Utf16(units.into())
}
