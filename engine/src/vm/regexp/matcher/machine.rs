//! The machine: a loop over ops, and the stack of what to try next.
//!
//! An arm of the loop that succeeds goes on with the next op; one that falls out of the match has failed, and the stack
//! is asked. An entry there is a choice, a run that can still give back or take characters, or an older value of a
//! register to be put back on the way. Values are noted only while there is a choice to go back to.

use super::super::Stopped;
use super::super::program::{CountedLoop, Op, Program, UNSET};
use super::input::{Unit, code_point_at, code_point_before, is_line_end, is_word};
use super::{MAX_ENTRIES, POLL_STEPS, Scratch};

/// An entry of the stack. The two highest bits of `pc` say what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) pc: u32,
    pub(super) a: u32,
    pub(super) b: u32,
}

const KIND: u32 = 3 << 30;
/// Go on at `pc`, at position `a`.
const CHOICE: u32 = 0;
/// Register `pc` was `a`.
const UNDO: u32 = 1 << 30;
/// The greedy run at `pc` may end before `b`, but not before `a`.
pub(super) const GREEDY: u32 = 2 << 30;
/// The lazy run at `pc` ended at `a` and may take `b` characters more.
pub(super) const LAZY: u32 = 3 << 30;

/// One execution over one text.
pub(super) struct Machine<'a, U> {
    pub(super) program: &'a Program,
    pub(super) text: &'a [U],
    pub(super) stack: &'a mut Vec<Entry>,
    pub(super) registers: &'a mut [u32],
    pub(super) steps: u32,
    poll: &'a mut dyn FnMut(u32) -> bool,
}

impl<'a, U: Unit> Machine<'a, U> {
    /// A machine that uses `scratch`.
    pub(super) fn new(
        program: &'a Program,
        text: &'a [U],
        scratch: &'a mut Scratch,
        poll: &'a mut dyn FnMut(u32) -> bool,
    ) -> Machine<'a, U> {
        scratch.registers.clear();
        scratch
            .registers
            .resize(program.n_registers as usize, UNSET);
        Machine {
            program,
            text,
            stack: &mut scratch.stack,
            registers: &mut scratch.registers,
            steps: 0,
            poll,
        }
    }

    /// The positions of all groups after a match.
    pub(super) fn captures(&self, captures: &mut Vec<usize>) {
        captures.clear();
        let n = self.program.n_groups as usize;
        for pair in self.registers[..n * 2].chunks_exact(2) {
            // A group that was only begun has not matched.
            match pair.contains(&UNSET) {
                true => captures.extend([usize::MAX; 2]),
                false => captures.extend(pair.iter().map(|&at| at as usize)),
            }
        }
    }

    /// Whether the program matches at `start`.
    pub(super) fn run(&mut self, start: usize) -> Result<bool, Stopped> {
        let program = self.program;
        let (ops, text) = (&*program.ops, self.text);
        let n_captures = program.n_groups as usize * 2;
        self.stack.clear();
        self.registers[..n_captures].fill(UNSET);
        self.step(1)?;
        if program.is_literal && !program.sticky {
            return Ok(self.literal_match(start));
        }
        let (mut pc, mut at) = (0_usize, start);
        loop {
            match ops[pc] {
                Op::Char(c) => {
                    if text.get(at).is_some_and(|unit| unit.value() == c) {
                        at += 1;
                        pc += 1;
                        continue;
                    }
                }
                Op::Either(a, b) => {
                    if let Some(unit) = text.get(at)
                        && (unit.value() == a || unit.value() == b)
                    {
                        at += 1;
                        pc += 1;
                        continue;
                    }
                }
                Op::Literal { start, len } => {
                    if self.is_literal_at(at, start, len) {
                        at += len as usize;
                        pc += 1;
                        continue;
                    }
                }
                Op::Set(class) => {
                    if self.next_is_in(at, class) {
                        at += 1;
                        pc += 1;
                        continue;
                    }
                }
                Op::CodePoint(class) => {
                    if let Some((c, after)) = code_point_at(text, at)
                        && program.classes[class as usize].has(c)
                    {
                        at = after;
                        pc += 1;
                        continue;
                    }
                }
                Op::LiteralBack { start, len } => {
                    if let Some(before) = at.checked_sub(len as usize)
                        && self.is_literal_at(before, start, len)
                    {
                        at = before;
                        pc += 1;
                        continue;
                    }
                }
                Op::SetBack(class) => {
                    if at > 0 && self.next_is_in(at - 1, class) {
                        at -= 1;
                        pc += 1;
                        continue;
                    }
                }
                Op::CodePointBack(class) => {
                    if let Some((c, before)) = code_point_before(text, at)
                        && program.classes[class as usize].has(c)
                    {
                        at = before;
                        pc += 1;
                        continue;
                    }
                }
                Op::Run(number) => {
                    let run = &program.runs[number as usize];
                    if let Some(after) = self.begin_run(run, pc as u32, at)? {
                        at = after;
                        pc += 1;
                        continue;
                    }
                }
                Op::Jump(to) => {
                    self.step(1)?;
                    pc = to as usize;
                    continue;
                }
                Op::Split(to) => {
                    self.push(CHOICE | to, at as u32, 0)?;
                    pc += 1;
                    continue;
                }
                Op::SplitLazy(to) => {
                    self.push(CHOICE | (pc as u32 + 1), at as u32, 0)?;
                    pc = to as usize;
                    continue;
                }
                Op::SplitIf { class, to } => {
                    if self.next_is_in(at, class) {
                        self.push(CHOICE | to, at as u32, 0)?;
                        pc += 1;
                    } else {
                        pc = to as usize;
                    }
                    continue;
                }
                Op::Branch { class, to } => {
                    pc = match self.next_is_in(at, class) {
                        true => pc + 1,
                        false => to as usize,
                    };
                    continue;
                }
                Op::Save(register) => {
                    self.set(register, at as u32)?;
                    pc += 1;
                    continue;
                }
                Op::Unset { from, to } => {
                    for register in from..to {
                        if self.registers[register as usize] != UNSET {
                            self.set(register, UNSET)?;
                        }
                    }
                    pc += 1;
                    continue;
                }
                Op::CountFrom(counter) => {
                    self.set(counter, 0)?;
                    pc += 1;
                    continue;
                }
                Op::CountedLoop(number) => {
                    let counted = program.loops[number as usize];
                    pc = self.counted_loop(&counted, pc, at)?;
                    continue;
                }
                Op::CountUp(counter) => {
                    let count = self.registers[counter as usize];
                    self.set(counter, count.saturating_add(1))?;
                    pc += 1;
                    continue;
                }
                Op::Advanced(position) => {
                    if self.registers[position as usize] != at as u32 {
                        pc += 1;
                        continue;
                    }
                }
                Op::AdvancedCounted(number) => {
                    let counted = &program.loops[number as usize];
                    let count = self.registers[counted.counter as usize];
                    let position = self.registers[counted.position as usize];
                    if count <= counted.min || position != at as u32 {
                        pc += 1;
                        continue;
                    }
                }
                Op::BackRef(group) => {
                    if let Some(after) = self.back_ref(group, at) {
                        at = after;
                        pc += 1;
                        continue;
                    }
                }
                Op::BackRefMany(number) => {
                    if let Some(after) = self.back_ref_many(&program.refs[number as usize], at) {
                        at = after;
                        pc += 1;
                        continue;
                    }
                }
                Op::Start => {
                    if at == 0 {
                        pc += 1;
                        continue;
                    }
                }
                Op::LineStart => {
                    if at == 0 || is_line_end(text[at - 1].value()) {
                        pc += 1;
                        continue;
                    }
                }
                Op::End => {
                    if at == text.len() {
                        pc += 1;
                        continue;
                    }
                }
                Op::LineEnd => {
                    if text.get(at).is_none_or(|unit| is_line_end(unit.value())) {
                        pc += 1;
                        continue;
                    }
                }
                Op::Word { negative, folded } => {
                    let is_word = |at: Option<usize>| {
                        let unit = at.and_then(|at| text.get(at));
                        unit.is_some_and(|unit| is_word(unit.value(), folded))
                    };
                    let differs = is_word(at.checked_sub(1)) != is_word(Some(at));
                    if differs != negative {
                        pc += 1;
                        continue;
                    }
                }
                Op::LookBegin(register) => {
                    self.mark(register, at);
                    pc += 1;
                    continue;
                }
                Op::LookEnd(register) => {
                    let depth = self.registers[register as usize + 1] as usize;
                    self.stack.truncate(depth);
                    at = self.registers[register as usize] as usize;
                    pc += 1;
                    continue;
                }
                Op::LookEndKeeping(register) => {
                    self.forget_choices(self.registers[register as usize + 1] as usize);
                    at = self.registers[register as usize] as usize;
                    pc += 1;
                    continue;
                }
                Op::NotBegin { register, to } => {
                    self.mark(register, at);
                    self.push(CHOICE | to, at as u32, 0)?;
                    pc += 1;
                    continue;
                }
                Op::NotEnd(register) => {
                    self.unwind(self.registers[register as usize + 1] as usize);
                }
                Op::Match => {
                    self.registers[0] = start as u32;
                    self.registers[1] = at as u32;
                    return Ok(true);
                }
            }
            match self.backtrack()? {
                Some(resumed) => (pc, at) = resumed,
                None => return Ok(false),
            }
        }
    }

    /// A place that the search found for a pattern which is only a literal.
    fn literal_match(&mut self, start: usize) -> bool {
        let len = match self.program.ops[0] {
            Op::Literal { len, .. } => len,
            _ => 1,
        };
        self.registers[0] = start as u32;
        self.registers[1] = start as u32 + len;
        true
    }

    /// Counts steps, and asks whether to go on every so many.
    #[inline(always)]
    pub(super) fn step(&mut self, n: u32) -> Result<(), Stopped> {
        self.steps += n;
        match self.steps >= POLL_STEPS {
            true => self.call_poll(),
            false => Ok(()),
        }
    }

    /// Accounts for what is not accounted for yet, if it is worth it.
    #[inline]
    pub(super) fn settle(&mut self) -> Result<(), Stopped> {
        match self.steps >= 64 {
            true => self.call_poll(),
            false => Ok(()),
        }
    }

    #[cold]
    #[inline(never)]
    fn call_poll(&mut self) -> Result<(), Stopped> {
        let steps = std::mem::take(&mut self.steps);
        match (self.poll)(steps) {
            true => Ok(()),
            false => Err(Stopped::Interrupted),
        }
    }

    #[inline(always)]
    pub(super) fn push(&mut self, pc: u32, a: u32, b: u32) -> Result<(), Stopped> {
        if self.stack.len() == self.stack.capacity() {
            self.grow()?;
        }
        self.stack.push(Entry { pc, a, b });
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> Result<(), Stopped> {
        let len = self.stack.len();
        if len >= MAX_ENTRIES {
            return Err(Stopped::TooMuchMemory);
        }
        let more = len.clamp(64, MAX_ENTRIES - len.min(MAX_ENTRIES - 64));
        self.stack
            .try_reserve_exact(more)
            .map_err(|_| Stopped::TooMuchMemory)
    }

    /// Sets a register, noting its value if there is anything to go back to.
    #[inline(always)]
    fn set(&mut self, register: u32, value: u32) -> Result<(), Stopped> {
        let old = std::mem::replace(&mut self.registers[register as usize], value);
        match self.stack.is_empty() {
            true => Ok(()),
            false => self.push(UNDO | register, old, 0),
        }
    }

    #[inline(always)]
    fn next_is_in(&self, at: usize, class: u32) -> bool {
        let class = &self.program.classes[class as usize];
        self.text
            .get(at)
            .is_some_and(|unit| class.has(unit.value()))
    }

    #[inline]
    fn is_literal_at(&self, at: usize, start: u32, len: u32) -> bool {
        let literal = &self.program.literals[start as usize..(start + len) as usize];
        match self.text.get(at..at + literal.len()) {
            Some(text) => text
                .iter()
                .zip(literal)
                .all(|(unit, c)| unit.value() == u32::from(*c)),
            None => false,
        }
    }

    /// Where a counted loop goes on, the op being at `pc`.
    #[inline]
    fn counted_loop(
        &mut self,
        counted: &CountedLoop,
        pc: usize,
        at: usize,
    ) -> Result<usize, Stopped> {
        let count = self.registers[counted.counter as usize];
        if count < counted.min {
            return Ok(pc + 1);
        }
        let can_enter = |class| self.next_is_in(at, class);
        if count >= counted.max || !counted.first.is_none_or(can_enter) {
            return Ok(counted.exit as usize);
        }
        if counted.decided {
            return Ok(pc + 1);
        }
        if counted.greedy {
            self.push(CHOICE | counted.exit, at as u32, 0)?;
            return Ok(pc + 1);
        }
        self.push(CHOICE | (pc as u32 + 1), at as u32, 0)?;
        Ok(counted.exit as usize)
    }

    fn mark(&mut self, register: u32, at: usize) {
        self.registers[register as usize] = at as u32;
        self.registers[register as usize + 1] = self.stack.len() as u32;
    }

    /// Drops the choices above `depth`, keeping the values that older choices need back.
    fn forget_choices(&mut self, depth: usize) {
        let mut kept = depth;
        for i in depth..self.stack.len() {
            if self.stack[i].pc & KIND == UNDO {
                self.stack[kept] = self.stack[i];
                kept += 1;
            }
        }
        self.stack.truncate(kept);
    }

    /// Drops everything above `depth`, putting values back.
    fn unwind(&mut self, depth: usize) {
        while self.stack.len() > depth {
            if let Some(entry) = self.stack.pop()
                && entry.pc & KIND == UNDO
            {
                self.registers[(entry.pc & !KIND) as usize] = entry.a;
            }
        }
    }

    /// The op and position of the latest choice, if there is one left.
    #[inline(always)]
    fn backtrack(&mut self) -> Result<Option<(usize, usize)>, Stopped> {
        self.step(1)?;
        while let Some(&entry) = self.stack.last() {
            let pc = (entry.pc & !KIND) as usize;
            match entry.pc & KIND {
                CHOICE => {
                    self.stack.pop();
                    return Ok(Some((pc, entry.a as usize)));
                }
                UNDO => {
                    self.stack.pop();
                    self.registers[pc] = entry.a;
                }
                _ => {
                    if let Some(at) = self.resume_run(entry, pc)? {
                        return Ok(Some((pc + 1, at)));
                    }
                }
            }
        }
        Ok(None)
    }
}
