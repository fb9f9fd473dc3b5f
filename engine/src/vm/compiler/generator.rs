//! `await`, `yield`, `yield*`.

use oxc_ast::ast::{AwaitExpression, YieldExpression};
use oxc_span::GetSpan;

use super::function::{Gen, Reg, Res};
use crate::vm::bytecode::{Handler, Op};

impl<'a> Gen<'a, '_> {
    pub(super) fn await_expression(
        &mut self,
        it: &AwaitExpression<'a>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let mark = self.next;
        let value = self.expr(&it.argument, None)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.at(it.span.start);
        self.code.emit(Op::Await, 0, dst, value, 0);
        Ok(dst)
    }

    pub(super) fn yield_expression(
        &mut self,
        it: &YieldExpression<'a>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        if it.delegate {
            return self.yield_delegate(it, want);
        }
        let mark = self.next;
        let regs = self.temps(2)?;
        match &it.argument {
            Some(argument) => {
                self.expr(argument, Some(regs))?;
            }
            None => {
                self.code.emit(Op::LoadUndef, 0, regs, 0, 0);
            }
        }
        self.free(i32::from(regs) + 2);
        self.code.at(it.span.start);
        if self.meta.is_async {
            self.code.emit(Op::Await, 0, regs, regs, 0);
        }
        self.yield_value(regs, regs, 0)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.mov(dst, regs);
        Ok(dst)
    }

    /// Yields `value`; `regs` gets what is sent. A `return()` leaves the function.
    fn yield_value(&mut self, regs: Reg, value: Reg, kind: u8) -> Res<()> {
        self.code.emit(Op::Yield, kind, regs, value, 0);
        let go_on = self.code.label();
        self.code.jump_if(Op::JumpFalse, regs + 1, go_on);
        if self.meta.is_async {
            self.code.emit(Op::Await, 0, regs, regs, 0);
        }
        self.return_value(regs)?;
        self.code.bind(go_on);
        Ok(())
    }

    /// Source: ECMA-262 YieldExpression : `yield * AssignmentExpression`.
    fn yield_delegate(&mut self, it: &YieldExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let is_async = self.meta.is_async;
        let mark = self.next;
        let iterator = self.temps(3)?;
        let received = self.temps(2)?;
        let result = self.temp()?;
        let method = self.temp()?;
        let done = self.temp()?;
        let mut pos = it.span.start;
        if let Some(argument) = &it.argument {
            let inner = self.next;
            let value = self.expr(argument, None)?;
            self.code.at(pos);
            self.code.emit(
                Op::GetIter,
                if is_async { 1 } else { 2 },
                iterator,
                value,
                0,
            );
            self.free(inner);
            if !is_async {
                pos = argument.span().start;
            }
        }
        self.code.at(pos);
        self.code.emit(Op::LoadUndef, 0, received, 0, 0);
        let mode = received + 1;
        let (on_next, on_throw, on_return) =
            (self.code.label(), self.code.label(), self.code.label());
        let (got, finished, no_throw) = (self.code.label(), self.code.label(), self.code.label());
        let send = self.code.label();

        self.code.bind(on_next);
        self.call_method_with(result, iterator + 1, iterator, received)?;
        self.code.bind(got);
        if is_async {
            self.code.emit(Op::Await, 0, result, result, 0);
        }
        self.code.emit(Op::CheckIterResult, 0, result, 0, 0);
        self.get_prop(done, result, "done", pos);
        self.code.jump_if(Op::JumpTrue, done, finished);
        self.code.bind(send);
        if is_async {
            self.get_prop(received, result, "value", pos);
            self.code.emit(Op::YieldDelegate, 1, received, received, 0);
        } else {
            self.code.emit(Op::YieldDelegate, 0, received, result, 0);
        }
        self.code.jump_if(Op::JumpFalse, mode, on_next);
        if is_async {
            // A return() is awaited first; if that throws, it is a throw.
            self.code.jump_fused(Op::JStrictEqI, mode, 1, on_throw);
            let start = self.code.here();
            self.code.emit(Op::Await, 0, received, received, 0);
            let end = self.code.here();
            self.code.jump(on_return);
            self.code.dead = false;
            let target = self.code.here();
            self.code.handlers.push(Handler {
                start,
                end,
                target,
                reg: received,
            });
        } else {
            self.code.jump_fused(Op::JStrictNeI, mode, 1, on_return);
        }

        // throw: the iterator's throw method, or its end and a TypeError.
        self.code.bind(on_throw);
        self.get_prop(method, iterator, "throw", pos);
        self.code.jump_if(Op::JumpNullish, method, no_throw);
        self.call_method_with(result, method, iterator, received)?;
        self.code.jump(got);
        self.code.bind(no_throw);
        self.close_iterator(iterator, is_async)?;
        self.code.at(pos);
        let message = self
            .code
            .name("The iterator does not provide a 'throw' method");
        self.code.emit_w1(Op::ThrowError, 0, 0, 0, 0, message);

        // return: the iterator's return method, whose result says whether the function ends.
        self.code.bind(on_return);
        let (no_return, returned) = (self.code.label(), self.code.label());
        self.get_prop(method, iterator, "return", pos);
        self.code.jump_if(Op::JumpNullish, method, no_return);
        self.call_method_with(result, method, iterator, received)?;
        if is_async {
            self.code.emit(Op::Await, 0, result, result, 0);
        }
        self.code.emit(Op::CheckIterResult, 0, result, 0, 0);
        self.get_prop(done, result, "done", pos);
        self.code.jump_if(Op::JumpTrue, done, returned);
        self.code.jump(send);
        self.code.bind(returned);
        self.get_prop(received, result, "value", pos);
        self.return_value(received)?;
        self.code.bind(no_return);
        if is_async {
            self.code.emit(Op::Await, 0, received, received, 0);
        }
        self.return_value(received)?;

        self.code.bind(finished);
        self.get_prop(result, result, "value", pos);
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.mov(dst, result);
        Ok(dst)
    }
}
