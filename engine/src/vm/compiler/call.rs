//! Calls: windows, callees with their `this`, arguments, `new`, `super()`, direct eval, `import()`.

use oxc_allocator::Vec as ArenaVec;
use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::expression::writes_last;
use super::function::{Gen, Reg, Res};
use super::names::Name;
use crate::vm::bytecode::Op;
use crate::vm::bytecode::frame::{CALLEE, HEADER, NEW_TARGET, THIS};

impl<'a> Gen<'a, '_> {
    /// Takes a call window's header; the arguments follow it.
    pub(super) fn window(&mut self) -> Res<Reg> {
        self.temps(HEADER as usize)
    }

    pub(super) fn call(&mut self, it: &CallExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        if let Expression::Super(callee) = &it.callee {
            return self.super_call(it, callee.span.start, want);
        }
        let mark = self.next;
        let window = self.window()?;
        let callee = window + HEADER + CALLEE;
        let (has_this, pos) = self.callee_into(&it.callee, window)?;
        self.short_circuit(it.optional, callee);
        if is_direct_eval(it) {
            return self.direct_eval(it, window, pos, mark, want);
        }
        let spread = has_spread(&it.arguments);
        if spread && !has_this {
            self.code
                .emit(Op::LoadUndef, 0, window + HEADER + THIS, 0, 0);
        }
        let count = self.arguments(&it.arguments)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.at(pos);
        if spread {
            self.code.emit(Op::CallSpread, 0, dst, window, 0);
        } else {
            self.code
                .emit(Op::Call, u8::from(!has_this), dst, window, count);
        }
        Ok(dst)
    }

    /// Puts a callee and, if it is a property, its `this` into a window. Gives whether there is a `this`, and the
    /// position of the call.
    pub(super) fn callee_into(&mut self, it: &Expression<'a>, window: Reg) -> Res<(bool, u32)> {
        let (callee, this) = (window + HEADER + CALLEE, window + HEADER + THIS);
        let mark = self.next;
        let result = match it {
            Expression::Identifier(id) => {
                let used = self.use_of(id);
                if used.name == Name::Dynamic {
                    let env = self.current_env()?;
                    let key = self.code.name(used.text);
                    self.code.at(used.pos);
                    self.code
                        .emit_w1(Op::GetNameCall, 0, callee, env, this, key);
                    (true, Some(used.pos))
                } else {
                    self.load_name(used, false, Some(callee))?;
                    (false, Some(used.pos))
                }
            }
            Expression::ChainExpression(chain) => (self.chain_callee(chain, window)?, None),
            _ => match it.as_member_expression() {
                Some(member) => (true, self.member_callee(member, callee, this)?),
                None => {
                    self.evaluate_in_window(it, callee, window)?;
                    (false, None)
                }
            },
        };
        self.free(mark);
        let (has_this, name) = result;
        Ok((has_this, self.call_position(it, name)))
    }

    /// Evaluates into a register of a window's header. The rest of the window is free meanwhile, so that a chain of
    /// calls takes one window.
    fn evaluate_in_window(&mut self, it: &Expression<'a>, reg: Reg, window: Reg) -> Res<()> {
        let mark = self.next;
        if writes_last(it) {
            self.free(i32::from(window));
        }
        self.expr(it, Some(reg))?;
        self.next = mark;
        Ok(())
    }

    /// Puts a property and the object that it is called on into registers.
    pub(super) fn member_callee(
        &mut self,
        member: &MemberExpression<'a>,
        callee: Reg,
        this: Reg,
    ) -> Res<Option<u32>> {
        if matches!(member.object(), Expression::Super(_)) {
            let regs = self.temps(3)?;
            self.super_place(member, regs)?;
            self.mov(this, regs + 1);
            let pos = member.span().start;
            self.code.at(pos);
            self.code.emit(Op::GetSuper, 0, callee, regs, 0);
            return Ok(match member {
                MemberExpression::StaticMemberExpression(it) => Some(it.property.span.start),
                _ => None,
            });
        }
        match member {
            MemberExpression::StaticMemberExpression(it) => {
                self.evaluate_in_window(&it.object, this, callee - HEADER - CALLEE)?;
                self.short_circuit(it.optional, this);
                let pos = it.property.span.start;
                self.get_prop(callee, this, it.property.name.as_str(), pos);
                Ok(Some(pos))
            }
            MemberExpression::ComputedMemberExpression(it) => {
                self.evaluate_in_window(&it.object, this, callee - HEADER - CALLEE)?;
                self.short_circuit(it.optional, this);
                let key = self.expr(&it.expression, None)?;
                let pos = it.expression.span().start;
                self.code.at(pos);
                self.code.emit(Op::GetElem, 0, callee, this, key);
                Ok(None)
            }
            MemberExpression::PrivateFieldExpression(it) => {
                self.evaluate_in_window(&it.object, this, callee - HEADER - CALLEE)?;
                self.short_circuit(it.optional, this);
                let name = self.private_name(&it.field)?;
                let pos = it.field.span.start;
                self.code.at(pos);
                self.code.emit(Op::GetPrivate, 0, callee, this, name);
                Ok(Some(pos))
            }
        }
    }

    /// Evaluates arguments into the registers after a window's header: each into its own, or all into one array if
    /// one is spread. Gives their number.
    pub(super) fn arguments(&mut self, list: &ArenaVec<'a, Argument<'a>>) -> Res<i16> {
        if has_spread(list) {
            let array = self.temp()?;
            self.code.emit(Op::NewArr, 0, array, 0, 0);
            for argument in list {
                let mark = self.next;
                match argument {
                    Argument::SpreadElement(spread) => {
                        let value = self.expr(&spread.argument, None)?;
                        self.code.at(spread.argument.span().start);
                        self.code.emit(Op::ArrSpread, 0, array, value, 0);
                    }
                    argument => {
                        if let Some(value) = argument.as_expression() {
                            let value = self.expr(value, None)?;
                            self.code.emit(Op::ArrPush, 0, array, value, 0);
                        }
                    }
                }
                self.free(mark);
            }
            return Ok(1);
        }
        for argument in list {
            if let Some(value) = argument.as_expression() {
                self.argument(value)?;
            }
        }
        Ok(list.len() as i16)
    }

    pub(super) fn new_expression(&mut self, it: &NewExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        let window = self.window()?;
        let inner = self.next;
        self.expr(&it.callee, Some(window + HEADER + CALLEE))?;
        self.free(inner);
        let spread = has_spread(&it.arguments);
        let count = self.arguments(&it.arguments)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.at(it.span.start);
        if spread {
            self.code.emit(Op::NewSpread, 0, dst, window, 0);
        } else {
            self.code.emit(Op::New, 0, dst, window, count);
        }
        Ok(dst)
    }

    fn super_call(&mut self, it: &CallExpression<'a>, pos: u32, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        let window = self.window()?;
        let inner = self.next;
        let callee = self.callee(pos)?;
        self.code.at(pos);
        self.code
            .emit(Op::GetSuperCtor, 0, window + HEADER + CALLEE, callee, 0);
        self.free(inner);
        let spread = has_spread(&it.arguments);
        let count = self.arguments(&it.arguments)?;
        self.new_target_into(window + HEADER + NEW_TARGET, pos)?;
        self.free(mark);
        let value = self.temp()?;
        self.code.at(pos);
        if spread {
            self.code.emit(Op::SuperCallSpread, 0, value, window, 0);
        } else {
            self.code.emit(Op::SuperCall, 0, value, window, count);
        }
        self.free(i32::from(value) + 1);
        self.bind_this(value, pos)?;
        let callee = self.callee(pos)?;
        self.code.at(pos);
        self.code.emit(Op::RunFields, 0, value, callee, 0);
        self.free(i32::from(value) + 1);
        if let Some(dst) = want {
            self.mov(dst, value);
            self.free(mark);
            return Ok(dst);
        }
        Ok(value)
    }

    fn new_target_into(&mut self, dst: Reg, pos: u32) -> Res<Reg> {
        let home = self.unit.analysis.home_of(self.func);
        if home == self.func {
            return self.toplevel_or(pos, "new.target", NEW_TARGET, Some(dst));
        }
        let symbol = self.unit.analysis.funcs[home as usize].new_target_sym;
        self.load_symbol(self.plain_use(symbol, pos), symbol, Some(dst))
    }

    fn direct_eval(
        &mut self,
        it: &CallExpression<'a>,
        window: Reg,
        pos: u32,
        mark: i32,
        want: Option<Reg>,
    ) -> Res<Reg> {
        self.code
            .emit(Op::LoadUndef, 0, window + HEADER + THIS, 0, 0);
        let spread = has_spread(&it.arguments);
        let count = self.arguments(&it.arguments)?;
        let scope = self.eval_scope()?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        let flags = self.strict_flag() | u8::from(spread) << 1;
        self.code.at(pos);
        self.code
            .emit_w1(Op::CallEval, flags, dst, window, count, scope);
        Ok(dst)
    }

    pub(super) fn import_call(&mut self, it: &ImportExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        let end = it
            .options
            .as_ref()
            .map_or(it.span.end, |options| options.span().end);
        let source = self.operand(&it.source, end)?;
        let options = match &it.options {
            Some(options) => self.expr(options, None)?,
            None => {
                let reg = self.temp()?;
                self.code.emit(Op::LoadUndef, 0, reg, 0, 0);
                reg
            }
        };
        self.free(mark);
        let dst = self.or_temp(want)?;
        let phase = match it.phase {
            None => 0,
            Some(ImportPhase::Source) => 1,
            Some(ImportPhase::Defer) => 2,
        };
        self.code.at(it.span.start);
        self.code.emit(Op::ImportCall, phase, dst, source, options);
        Ok(dst)
    }

    /// Calls the method in `callee` on `this` without arguments.
    pub(super) fn call_method(&mut self, dst: Reg, callee: Reg, this: Reg) -> Res<()> {
        let mark = self.next;
        let window = self.window()?;
        self.mov(window + HEADER + CALLEE, callee);
        self.mov(window + HEADER + THIS, this);
        self.code.emit(Op::Call, 0, dst, window, 0);
        self.free(mark);
        Ok(())
    }

    /// Calls the method in `callee` on `this` with one argument.
    pub(super) fn call_method_with(
        &mut self,
        dst: Reg,
        callee: Reg,
        this: Reg,
        value: Reg,
    ) -> Res<()> {
        let mark = self.next;
        let window = self.window()?;
        let argument = self.temp()?;
        self.mov(window + HEADER + CALLEE, callee);
        self.mov(window + HEADER + THIS, this);
        self.mov(argument, value);
        self.code.emit(Op::Call, 0, dst, window, 1);
        self.free(mark);
        Ok(())
    }
}

fn has_spread(list: &[Argument<'_>]) -> bool {
    list.iter().any(Argument::is_spread)
}

fn is_direct_eval(it: &CallExpression<'_>) -> bool {
    matches!(&it.callee, Expression::Identifier(id) if id.name == "eval")
        && !it.optional
        && !it.arguments.is_empty()
}
