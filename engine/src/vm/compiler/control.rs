//! Leaving statements: what `break`, `continue`, `return` and exceptions pass on their way out.
//!
//! The control stack holds, innermost last, the jump targets and the guarded regions around the code being compiled.
//! A jump out of a region runs what the region owes (closing an iterator, a `finally` block) outside of the region's own
//! handler: the region is cut there and goes on after the jump.

use super::emitter::Label;
use super::function::{Gen, Reg, Res};
use super::scope::{FuncForm, NONE};
use crate::vm::bytecode::frame::THIS;
use crate::vm::bytecode::{Handler, Op};

/// A guarded range of code, perhaps with gaps.
#[derive(Debug, Default)]
pub(super) struct Region {
    start: u32,
    done: Vec<(u32, u32)>,
}

/// How a `finally` block may be left once it has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Returning the kept value.
    Return,
    /// To a label; the number is the height of the control stack there.
    Jump(Label, usize),
}

/// What stands on the control stack.
#[derive(Debug)]
pub(super) enum Control<'a> {
    /// A statement that may be left by `break` or `continue`.
    Target {
        labels: Vec<&'a str>,
        break_to: Option<Label>,
        continue_to: Option<Label>,
        /// Does a `break` without label leave it?
        plain: bool,
    },
    /// A `try` block with a `catch`.
    Catch(Region),
    /// An iterator that is closed on the way out, unless the register `done` says it ended.
    Iterator {
        regs: Reg,
        is_async: bool,
        done: Option<Reg>,
        region: Region,
    },
    /// A `try` block with a `finally`, or a block with resources: `kind` tells how it was left.
    Finally {
        label: Label,
        kind: Reg,
        value: Reg,
        exits: Vec<Exit>,
        region: Region,
    },
}

impl Control<'_> {
    fn region(&mut self) -> Option<&mut Region> {
        match self {
            Control::Target { .. } => None,
            Control::Catch(region)
            | Control::Iterator { region, .. }
            | Control::Finally { region, .. } => Some(region),
        }
    }
}

impl<'a> Gen<'a, '_> {
    /// A region that begins here.
    pub(super) fn region(&self) -> Region {
        Region {
            start: self.code.here(),
            done: Vec::new(),
        }
    }

    /// Ends a region here: exceptions in it go on at `target` with the exception in `reg`.
    pub(super) fn end_region(&mut self, mut region: Region) -> Vec<(u32, u32)> {
        let here = self.code.here();
        if region.start < here {
            region.done.push((region.start, here));
        }
        region.done
    }

    /// Registers the handler of an ended region; the handler's code begins here.
    pub(super) fn handle(&mut self, ranges: Vec<(u32, u32)>, reg: Reg) {
        let target = self.code.here();
        self.code.dead = false;
        for (start, end) in ranges {
            self.code.handlers.push(Handler {
                start,
                end,
                target,
                reg,
            });
        }
    }

    fn suspend(&mut self, index: usize) {
        let here = self.code.here();
        if let Some(region) = self.control.get_mut(index).and_then(Control::region) {
            if region.start < here {
                region.done.push((region.start, here));
            }
            region.start = here;
        }
    }

    fn resume(&mut self, from: usize) {
        let here = self.code.here();
        for control in self.control.iter_mut().skip(from) {
            if let Some(region) = control.region() {
                region.start = here;
            }
        }
    }

    /// Runs what the control stack down to height `height` owes. Gives how far down regions were cut, and false if a
    /// `finally` has taken over.
    fn unwind(&mut self, height: usize, exit: Exit, value: Option<Reg>) -> Res<(bool, usize)> {
        let mut index = self.control.len();
        while index > height {
            index -= 1;
            self.suspend(index);
            let (regs, is_async, done) = match &mut self.control[index] {
                Control::Target { .. } | Control::Catch(_) => continue,
                Control::Iterator {
                    regs,
                    is_async,
                    done,
                    ..
                } => (*regs, *is_async, *done),
                Control::Finally {
                    label,
                    kind,
                    value: kept,
                    exits,
                    ..
                } => {
                    let number = match exits.iter().position(|known| *known == exit) {
                        Some(number) => number,
                        None => {
                            exits.push(exit);
                            exits.len() - 1
                        }
                    };
                    let (label, kind, kept) = (*label, *kind, *kept);
                    if let Some(value) = value {
                        self.mov(kept, value);
                    }
                    self.load_number(number as f64 + 2.0, Some(kind))?;
                    self.code.jump(label);
                    self.code.dead = true;
                    return Ok((false, index));
                }
            };
            let skip = self.code.label();
            if let Some(done) = done {
                self.code.jump_if(Op::JumpTrue, done, skip);
            }
            self.close_iterator(regs, is_async)?;
            self.code.bind(skip);
        }
        Ok((true, height))
    }

    /// Leaves for `label`, where the control stack has `height` entries.
    pub(super) fn leave_to(&mut self, label: Label, height: usize) -> Res<()> {
        let mark = self.next;
        let (done, cut) = self.unwind(height, Exit::Jump(label, height), None)?;
        if done {
            self.code.jump(label);
        }
        self.code.dead = true;
        self.resume(cut);
        self.free(mark);
        Ok(())
    }

    /// Leaves the function with a value.
    pub(super) fn return_value(&mut self, value: Reg) -> Res<()> {
        let mark = self.next;
        let (done, cut) = self.unwind(0, Exit::Return, Some(value))?;
        if done {
            self.emit_return(value)?;
        }
        self.code.dead = true;
        self.resume(cut);
        self.free(mark);
        Ok(())
    }

    fn emit_return(&mut self, value: Reg) -> Res<()> {
        let info = self.info();
        if info.form == FuncForm::DerivedConstructor {
            let result = self.temp()?;
            self.mov(result, value);
            let this = if info.this_sym == NONE {
                THIS
            } else {
                self.load_symbol(self.plain_use(info.this_sym, 0), info.this_sym, None)?
            };
            self.code.emit(Op::CheckCtorReturn, 0, result, this, 0);
            self.code.emit(Op::Return, 0, result, 0, 0);
        } else if self.is_async_function() {
            self.code.emit(Op::AsyncReturn, 0, self.promise, value, 0);
        } else {
            self.code.emit(Op::Return, 0, value, 0, 0);
        }
        Ok(())
    }

    /// `return` without a value where nothing is owed.
    pub(super) fn can_return_plainly(&self) -> bool {
        self.info().form != FuncForm::DerivedConstructor
            && !self.is_async_function()
            && self
                .control
                .iter()
                .all(|control| matches!(control, Control::Target { .. }))
    }

    /// After a `finally` block: goes on as the region was left. Control flow falls out at the end for a normal exit.
    pub(super) fn dispatch_exits(&mut self, kind: Reg, value: Reg, exits: &[Exit]) -> Res<()> {
        if self.code.dead {
            return Ok(());
        }
        let end = self.code.label();
        self.code.jump_fused(Op::JStrictEqI, kind, 0, end);
        let mut next = self.code.label();
        if !exits.is_empty() {
            self.code.jump_fused(Op::JStrictNeI, kind, 1, next);
        }
        self.code.emit(Op::Throw, 1, value, 0, 0);
        self.code.bind(next);
        for (index, exit) in exits.iter().enumerate() {
            let last = index + 1 == exits.len();
            if !last {
                next = self.code.label();
                self.code
                    .jump_fused(Op::JStrictNeI, kind, index as i16 + 2, next);
            }
            match *exit {
                Exit::Return => self.return_value(value)?,
                Exit::Jump(label, height) => self.leave_to(label, height)?,
            }
            if !last {
                self.code.bind(next);
            }
        }
        self.code.bind(end);
        Ok(())
    }

    /// IteratorClose for a completion that is no throw.
    pub(super) fn close_iterator(&mut self, regs: Reg, is_async: bool) -> Res<()> {
        let mark = self.next;
        let result = self.temp()?;
        let skip = self.code.label();
        self.code.emit(Op::IterReturn, 0, result, regs, 0);
        self.code.jump_if(Op::JumpUndef, result, skip);
        self.call_method(result, result, regs)?;
        if is_async {
            self.code.emit(Op::Await, 0, result, result, 0);
        }
        self.code.emit(Op::CheckObject, 0, result, 0, 0);
        self.code.bind(skip);
        self.free(mark);
        Ok(())
    }

    /// IteratorClose for the exception in `error`: errors of closing are dropped, the exception is thrown on.
    pub(super) fn close_and_throw(&mut self, regs: Reg, is_async: bool, error: Reg) -> Res<()> {
        let mark = self.next;
        let result = self.temp()?;
        let throw = self.code.label();
        let start = self.code.here();
        self.code.emit(Op::IterReturn, 0, result, regs, 0);
        self.code.jump_if(Op::JumpUndef, result, throw);
        self.call_method(result, result, regs)?;
        if is_async {
            self.code.emit(Op::Await, 0, result, result, 0);
        }
        let end = self.code.here();
        self.code.bind(throw);
        self.handle(vec![(start, end)], result);
        self.code.emit(Op::Throw, 1, error, 0, 0);
        self.free(mark);
        Ok(())
    }

    // ---- targets

    pub(super) fn break_target(&self, label: Option<&str>) -> Option<(Label, usize)> {
        self.control
            .iter()
            .enumerate()
            .rev()
            .find_map(|(index, control)| match control {
                Control::Target {
                    labels,
                    break_to: Some(to),
                    plain,
                    ..
                } if label.map_or(*plain, |label| labels.contains(&label)) => Some((*to, index)),
                _ => None,
            })
    }

    pub(super) fn continue_target(&self, label: Option<&str>) -> Option<(Label, usize)> {
        self.control
            .iter()
            .enumerate()
            .rev()
            .find_map(|(index, control)| match control {
                Control::Target {
                    labels,
                    continue_to: Some(to),
                    ..
                } if label.is_none_or(|label| labels.contains(&label)) => Some((*to, index)),
                _ => None,
            })
    }
}
