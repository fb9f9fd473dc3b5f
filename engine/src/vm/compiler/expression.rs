//! Expressions. `want` names the register that must get the value; without it, a value may stay where it is.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::function::{Gen, Reg, Res};
use super::names::Name;
use crate::vm::bytecode::Op;
use crate::vm::bytecode::frame::NEW_TARGET;

impl<'a> Gen<'a, '_> {
    /// Compiles an expression.
    pub(super) fn expr(&mut self, it: &Expression<'a>, want: Option<Reg>) -> Res<Reg> {
        self.deeper()?;
        self.code.count_long_code();
        let result = self.expression(it, want);
        self.shallower();
        result
    }

    fn expression(&mut self, it: &Expression<'a>, want: Option<Reg>) -> Res<Reg> {
        match it {
            Expression::BooleanLiteral(it) => {
                let dst = self.or_temp(want)?;
                let op = if it.value {
                    Op::LoadTrue
                } else {
                    Op::LoadFalse
                };
                self.code.emit(op, 0, dst, 0, 0);
                Ok(dst)
            }
            Expression::NullLiteral(_) => {
                let dst = self.or_temp(want)?;
                self.code.emit(Op::LoadNull, 0, dst, 0, 0);
                Ok(dst)
            }
            Expression::NumericLiteral(it) => self.load_number(it.value, want),
            Expression::BigIntLiteral(it) => self.load_bigint(it, want),
            Expression::RegExpLiteral(it) => self.load_regexp(it, want),
            Expression::StringLiteral(it) => self.load_string(it, want),
            Expression::TemplateLiteral(it) => self.template(it, want),
            Expression::TaggedTemplateExpression(it) => self.tagged_template(it, want),
            Expression::Identifier(it) => {
                let used = self.use_of(it);
                self.load_name(used, false, want)
            }
            Expression::ThisExpression(it) => {
                let this = self.this_value(it.span.start)?;
                Ok(self.deliver(want, this))
            }
            Expression::NewTarget(it) => self.new_target(it.span.start, want),
            Expression::ImportMeta(it) => {
                let dst = self.or_temp(want)?;
                self.code.at(it.span.start);
                self.code.emit(Op::ImportMeta, 0, dst, 0, 0);
                Ok(dst)
            }
            Expression::ArrayExpression(it) => self.array(it, want),
            Expression::ObjectExpression(it) => self.object(it, want),
            Expression::FunctionExpression(it) => self.function_expression(it, None, want),
            Expression::ArrowFunctionExpression(it) => self.arrow(it, None, want),
            Expression::ClassExpression(it) => self.class_expression(it, None, want),
            Expression::AssignmentExpression(it) => self.assignment(it, want),
            Expression::UpdateExpression(it) => self.update(it, true, want),
            Expression::BinaryExpression(it) => self.binary(it, want),
            Expression::UnaryExpression(it) => self.unary(it, want),
            Expression::LogicalExpression(it) => self.logical(it, want),
            Expression::ConditionalExpression(it) => self.conditional(it, want),
            Expression::SequenceExpression(it) => {
                let (last, first) = match it.expressions.split_last() {
                    Some(parts) => parts,
                    None => return self.error("Unexpected token", it.span.start),
                };
                for expression in first {
                    self.effect(expression)?;
                }
                self.expr(last, want)
            }
            Expression::ParenthesizedExpression(it) => self.expr(&it.expression, want),
            Expression::CallExpression(it) => self.call(it, want),
            Expression::NewExpression(it) => self.new_expression(it, want),
            Expression::ChainExpression(it) => self.chain(it, want),
            Expression::ImportExpression(it) => self.import_call(it, want),
            Expression::AwaitExpression(it) => self.await_expression(it, want),
            Expression::YieldExpression(it) => self.yield_expression(it, want),
            Expression::PrivateInExpression(it) => self.private_in(it, want),
            Expression::StaticMemberExpression(_)
            | Expression::ComputedMemberExpression(_)
            | Expression::PrivateFieldExpression(_) => match it.as_member_expression() {
                Some(member) => self.member(member, want),
                None => self.error("Unexpected token", it.span().start),
            },
            _ => self.error("Invalid or unexpected token", it.span().start),
        }
    }

    /// An operand that must keep its value while the source up to `end` is evaluated.
    pub(super) fn operand(&mut self, it: &Expression<'a>, end: u32) -> Res<Reg> {
        let mark = self.next;
        if let Expression::Identifier(id) = it {
            let used = self.use_of(id);
            if let Name::Symbol(symbol) = used.name
                && self
                    .unit
                    .analysis
                    .assigned_between(symbol, id.span.end, end)
            {
                let copy = self.temp()?;
                return self.load_name(used, false, Some(copy));
            }
            return self.load_name(used, false, None);
        }
        let reg = self.expr(it, None)?;
        if reg >= 0 && i32::from(reg) < mark {
            self.free(mark);
            let copy = self.temp()?;
            self.mov(copy, reg);
            return Ok(copy);
        }
        Ok(reg)
    }

    /// Evaluates into a variable's register: the register changes only when the whole value is there.
    pub(super) fn assign_variable(&mut self, it: &Expression<'a>, reg: Reg) -> Res<()> {
        if writes_last(it) {
            self.expr(it, Some(reg))?;
            return Ok(());
        }
        let mark = self.next;
        let value = self.expr(it, None)?;
        self.mov(reg, value);
        self.free(mark);
        Ok(())
    }

    /// Evaluates for the effect only.
    pub(super) fn effect(&mut self, it: &Expression<'a>) -> Res<()> {
        let mark = self.next;
        match it {
            Expression::UpdateExpression(it) => {
                self.update(it, false, None)?;
            }
            Expression::AssignmentExpression(it) => {
                self.assignment_effect(it)?;
            }
            Expression::SequenceExpression(it) => {
                for expression in &it.expressions {
                    self.effect(expression)?;
                }
            }
            Expression::LogicalExpression(it) if it.operator != LogicalOperator::Coalesce => {
                self.deeper()?;
                let end = self.code.label();
                self.branch(&it.left, end, it.operator == LogicalOperator::Or)?;
                self.count_right(it);
                self.effect(&it.right)?;
                self.code.bind(end);
                self.shallower();
            }
            Expression::ConditionalExpression(it) => {
                self.deeper()?;
                let (otherwise, end) = (self.code.label(), self.code.label());
                self.branch(&it.test, otherwise, false)?;
                self.count_arm(&it.test, &it.consequent, b'?');
                self.effect(&it.consequent)?;
                self.code.jump(end);
                self.code.bind(otherwise);
                self.count_arm(&it.consequent, &it.alternate, b':');
                self.effect(&it.alternate)?;
                self.code.bind(end);
                self.shallower();
            }
            Expression::UnaryExpression(it)
                if matches!(it.operator, UnaryOperator::Void | UnaryOperator::LogicalNot) =>
            {
                self.effect(&it.argument)?;
            }
            _ => {
                self.expr(it, None)?;
            }
        }
        self.free(mark);
        Ok(())
    }

    fn logical(&mut self, it: &LogicalExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let mark = self.next;
        let end = self.code.label();
        self.expr(&it.left, Some(dst))?;
        self.free(mark);
        let op = match it.operator {
            LogicalOperator::And => Op::JumpFalse,
            LogicalOperator::Or => Op::JumpTrue,
            LogicalOperator::Coalesce => Op::JumpNotNullish,
        };
        self.code.jump_if(op, dst, end);
        self.count_right(it);
        self.expr(&it.right, Some(dst))?;
        self.free(mark);
        self.code.bind(end);
        Ok(dst)
    }

    fn conditional(&mut self, it: &ConditionalExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let mark = self.next;
        let (otherwise, end) = (self.code.label(), self.code.label());
        self.branch(&it.test, otherwise, false)?;
        self.count_arm(&it.test, &it.consequent, b'?');
        self.expr(&it.consequent, Some(dst))?;
        self.free(mark);
        self.code.jump(end);
        self.code.bind(otherwise);
        self.count_arm(&it.consequent, &it.alternate, b':');
        self.expr(&it.alternate, Some(dst))?;
        self.free(mark);
        self.code.bind(end);
        Ok(dst)
    }

    fn new_target(&mut self, pos: u32, want: Option<Reg>) -> Res<Reg> {
        let home = self.unit.analysis.home_of(self.func);
        if home == self.func {
            return self.toplevel_or(pos, "new.target", NEW_TARGET, want);
        }
        let symbol = self.unit.analysis.funcs[home as usize].new_target_sym;
        self.load_symbol(self.plain_use(symbol, pos), symbol, want)
    }
}

/// Is writing the destination the last thing that this expression does?
pub(super) fn writes_last(it: &Expression<'_>) -> bool {
    match it {
        Expression::BooleanLiteral(_)
        | Expression::NullLiteral(_)
        | Expression::NumericLiteral(_)
        | Expression::BigIntLiteral(_)
        | Expression::RegExpLiteral(_)
        | Expression::StringLiteral(_)
        | Expression::Identifier(_)
        | Expression::ThisExpression(_)
        | Expression::NewTarget(_)
        | Expression::ImportMeta(_)
        | Expression::FunctionExpression(_)
        | Expression::ArrowFunctionExpression(_)
        | Expression::BinaryExpression(_)
        | Expression::UnaryExpression(_)
        | Expression::CallExpression(_)
        | Expression::NewExpression(_)
        | Expression::ImportExpression(_)
        | Expression::AwaitExpression(_)
        | Expression::PrivateInExpression(_)
        | Expression::StaticMemberExpression(_)
        | Expression::ComputedMemberExpression(_)
        | Expression::PrivateFieldExpression(_) => true,
        Expression::ConditionalExpression(it) => {
            writes_last(&it.consequent) && writes_last(&it.alternate)
        }
        _ => false,
    }
}
