//! Optional chains: `a?.b`, `a?.[b]`, `a?.()`, also as a callee and under `delete`.

use oxc_ast::ast::{ChainElement, ChainExpression};
use oxc_span::GetSpan;

use super::function::{Gen, Reg, Res};
use crate::vm::bytecode::Op;
use crate::vm::bytecode::frame::{CALLEE, HEADER, THIS};

impl<'a> Gen<'a, '_> {
    /// After an optional link's object: leaves the chain if it is undefined or null.
    pub(super) fn short_circuit(&mut self, optional: bool, object: Reg) {
        if optional && let Some(end) = self.chain_end {
            self.code.jump_if(Op::JumpNullish, object, end);
        }
    }

    pub(super) fn chain(&mut self, it: &ChainExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let mark = self.next;
        let (short, end) = (self.code.label(), self.code.label());
        let outer = self.chain_end.replace(short);
        match &it.expression {
            ChainElement::CallExpression(call) => {
                self.call(call, Some(dst))?;
            }
            element => match element.as_member_expression() {
                Some(member) => {
                    self.member(member, Some(dst))?;
                }
                None => return self.error("Unexpected token", it.span.start),
            },
        }
        self.chain_end = outer;
        self.free(mark);
        self.code.jump(end);
        self.code.bind(short);
        self.code.emit(Op::LoadUndef, 0, dst, 0, 0);
        self.code.bind(end);
        Ok(dst)
    }

    /// A parenthesised chain that is called: `(a?.b)()` keeps its `this`.
    pub(super) fn chain_callee(&mut self, it: &ChainExpression<'a>, window: Reg) -> Res<bool> {
        let (callee, this) = (window + HEADER + CALLEE, window + HEADER + THIS);
        let Some(member) = it.expression.as_member_expression() else {
            self.chain(it, Some(callee))?;
            return Ok(false);
        };
        let (short, end) = (self.code.label(), self.code.label());
        let outer = self.chain_end.replace(short);
        self.member_callee(member, callee, this)?;
        self.chain_end = outer;
        self.code.jump(end);
        self.code.bind(short);
        self.code.emit(Op::LoadUndef, 0, callee, 0, 0);
        self.code.emit(Op::LoadUndef, 0, this, 0, 0);
        self.code.bind(end);
        Ok(true)
    }

    /// `delete a?.b`: true if the chain ends early.
    pub(super) fn delete_chain(&mut self, it: &ChainExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let mark = self.next;
        let (short, end) = (self.code.label(), self.code.label());
        let outer = self.chain_end.replace(short);
        match it.expression.as_member_expression() {
            Some(member) => {
                self.delete_optional(member, it.span().start, dst)?;
            }
            None => {
                if let ChainElement::CallExpression(call) = &it.expression {
                    self.call(call, None)?;
                }
                self.code.emit(Op::LoadTrue, 0, dst, 0, 0);
            }
        }
        self.chain_end = outer;
        self.free(mark);
        self.code.jump(end);
        self.code.bind(short);
        self.code.emit(Op::LoadTrue, 0, dst, 0, 0);
        self.code.bind(end);
        Ok(dst)
    }

    fn delete_optional(
        &mut self,
        member: &oxc_ast::ast::MemberExpression<'a>,
        pos: u32,
        dst: Reg,
    ) -> Res<()> {
        use oxc_ast::ast::MemberExpression;
        let flags = self.strict_flag();
        match member {
            MemberExpression::StaticMemberExpression(it) => {
                let object = self.expr(&it.object, None)?;
                self.short_circuit(it.optional, object);
                let key = self.code.name(it.property.name.as_str());
                self.code.at(pos);
                self.code.emit_w1(Op::DelProp, flags, dst, object, 0, key);
            }
            MemberExpression::ComputedMemberExpression(it) => {
                let object = self.operand(&it.object, it.span.end)?;
                self.short_circuit(it.optional, object);
                let key = self.expr(&it.expression, None)?;
                self.code.at(pos);
                self.code.emit(Op::DelElem, flags, dst, object, key);
            }
            MemberExpression::PrivateFieldExpression(it) => {
                return self.error("Private fields can not be deleted", it.span.start);
            }
        }
        Ok(())
    }
}
