//! What binding and assignment patterns share: stepping an iterator, reading properties, rest objects.

use oxc_ast::ast::PropertyKey;

use super::control::Control;
use super::error::CompileError;
use super::function::{Gen, Reg, Res};
use super::literal::Key;
use crate::vm::bytecode::Op;

/// An iterator being destructured.
pub(super) struct Destructuring {
    iterator: Reg,
    /// True while the iterator has ended or is running: then it must not be closed.
    done: Reg,
    pos: u32,
    mark: i32,
}

impl<'a> Gen<'a, '_> {
    /// Takes the iterator of `value`; an exception closes it until [`Self::end_destructuring`].
    pub(super) fn begin_destructuring(&mut self, value: Reg, pos: u32) -> Res<Destructuring> {
        let pos = self.value_pos.take().unwrap_or(pos);
        let mark = self.next;
        let iterator = self.temps(3)?;
        let done = self.temp()?;
        self.code.at(pos);
        self.code.emit(Op::GetIter, 0, iterator, value, 0);
        self.code.emit(Op::LoadFalse, 0, done, 0, 0);
        let region = self.region();
        self.control.push(Control::Iterator {
            regs: iterator,
            is_async: false,
            done: Some(done),
            region,
        });
        Ok(Destructuring {
            iterator,
            done,
            pos,
            mark,
        })
    }

    /// `value` = the next value, or undefined at the end.
    pub(super) fn destructuring_step(&mut self, it: &Destructuring, value: Reg) -> Res<()> {
        let (got, ended, next) = (self.code.label(), self.code.label(), self.code.label());
        self.code.jump_if(Op::JumpTrue, it.done, ended);
        self.code.emit(Op::LoadTrue, 0, it.done, 0, 0);
        self.step(it.iterator, value, false, Some(got), ended, it.pos)?;
        self.code.bind(got);
        self.code.emit(Op::LoadFalse, 0, it.done, 0, 0);
        self.code.jump(next);
        self.code.bind(ended);
        self.code.emit(Op::LoadUndef, 0, value, 0, 0);
        self.code.bind(next);
        Ok(())
    }

    /// `array` = all values that are left.
    pub(super) fn destructuring_rest(&mut self, it: &Destructuring, array: Reg) -> Res<()> {
        let mark = self.next;
        let value = self.temp()?;
        let (next, got, ended) = (self.code.label(), self.code.label(), self.code.label());
        self.code.emit(Op::NewArr, 0, array, 0, 0);
        self.code.jump_if(Op::JumpTrue, it.done, ended);
        self.code.emit(Op::LoadTrue, 0, it.done, 0, 0);
        self.code.bind(next);
        self.step(it.iterator, value, false, Some(got), ended, it.pos)?;
        self.code.bind(got);
        self.code.emit(Op::ArrPush, 0, array, value, 0);
        self.code.jump(next);
        self.code.bind(ended);
        self.free(mark);
        Ok(())
    }

    /// Closes the iterator unless it has ended.
    pub(super) fn end_destructuring(&mut self, it: Destructuring) -> Res<()> {
        let Some(Control::Iterator { region, .. }) = self.control.pop() else {
            return self.error("Unexpected token", it.pos);
        };
        let ranges = self.end_region(region);
        let end = self.code.label();
        self.code.jump_if(Op::JumpTrue, it.done, end);
        self.close_iterator(it.iterator, false)?;
        self.code.jump(end);
        let mark = self.next;
        let error = self.temp()?;
        self.handle(ranges, error);
        let close = self.code.label();
        self.code.jump_if(Op::JumpFalse, it.done, close);
        self.code.emit(Op::Throw, 1, error, 0, 0);
        self.code.bind(close);
        self.close_and_throw(it.iterator, false, error)?;
        self.free(mark);
        self.code.bind(end);
        self.free(it.mark);
        Ok(())
    }

    /// Registers for the keys that a rest object leaves out.
    pub(super) fn rest_keys(&mut self, count: usize) -> Res<Reg> {
        if count > 255 {
            return Err(CompileError::range(
                "too many properties before a rest property",
            ));
        }
        self.temps(count)
    }

    /// Evaluates the key that a pattern names; `keep` gets it too.
    pub(super) fn pattern_key(
        &mut self,
        key: &PropertyKey<'a>,
        computed: bool,
        keep: Option<Reg>,
    ) -> Res<Key<'a>> {
        let key = self.property_key(key, computed)?;
        if let Some(keep) = keep {
            match &key {
                Key::Name(name) => {
                    self.load_name_text(name, Some(keep))?;
                }
                Key::Reg(key, _) => self.mov(keep, *key),
            }
        }
        Ok(key)
    }

    /// `reg` = that property of `object`.
    pub(super) fn pattern_value(&mut self, key: &Key<'a>, object: Reg, reg: Reg, pos: u32) {
        match key {
            Key::Name(name) => self.get_prop(reg, object, name, pos),
            Key::Reg(key, _) => {
                self.code.at(pos);
                self.code.emit(Op::GetElem, 0, reg, object, *key);
            }
        }
    }

    /// An object of the properties of `value` but for the `count` keys from `first` on.
    pub(super) fn rest_object(&mut self, value: Reg, first: Reg, count: usize) -> Res<Reg> {
        let object = self.temp()?;
        self.code.emit(Op::NewObj, 0, object, 0, 0);
        self.code
            .emit(Op::CopyProps, count as u8, object, value, first);
        Ok(object)
    }
}
