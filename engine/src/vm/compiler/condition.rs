//! Conditions: jumps on what an expression is, without making a boolean.

use oxc_ast::ast::{BinaryExpression, BinaryOperator, Expression, LogicalOperator, UnaryOperator};

use super::emitter::{Label, inverse};
use super::function::{Gen, Res};
use super::names::Name;
use super::operator::small_int;
use crate::vm::bytecode::Op;

impl<'a> Gen<'a, '_> {
    /// Jumps to `target` if the truth of `it` is `when`; else goes on.
    pub(super) fn branch(&mut self, it: &Expression<'a>, target: Label, when: bool) -> Res<()> {
        self.deeper()?;
        let result = self.condition(it, target, when);
        self.shallower();
        result
    }

    fn condition(&mut self, it: &Expression<'a>, target: Label, when: bool) -> Res<()> {
        let mark = self.next;
        match it {
            Expression::BooleanLiteral(literal) => {
                if literal.value == when {
                    self.code.jump(target);
                    self.code.dead = false;
                }
            }
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::LogicalNot => {
                self.branch(&unary.argument, target, !when)?;
            }
            Expression::LogicalExpression(logical)
                if logical.operator != LogicalOperator::Coalesce =>
            {
                let is_or = logical.operator == LogicalOperator::Or;
                if is_or == when {
                    self.branch(&logical.left, target, when)?;
                    self.count_right(logical);
                    self.branch(&logical.right, target, when)?;
                } else {
                    let through = self.code.label();
                    self.branch(&logical.left, through, !when)?;
                    self.count_right(logical);
                    self.branch(&logical.right, target, when)?;
                    self.code.bind(through);
                }
            }
            Expression::BinaryExpression(binary) if compares(binary.operator) => {
                self.comparison(binary, target, when)?;
            }
            Expression::SequenceExpression(sequence) if !sequence.expressions.is_empty() => {
                if let Some((last, first)) = sequence.expressions.split_last() {
                    for expression in first {
                        self.effect(expression)?;
                    }
                    self.branch(last, target, when)?;
                }
            }
            _ => {
                let value = self.expr(it, None)?;
                let op = if when { Op::JumpTrue } else { Op::JumpFalse };
                self.code.jump_if(op, value, target);
            }
        }
        self.free(mark);
        Ok(())
    }

    fn comparison(&mut self, it: &BinaryExpression<'a>, target: Label, when: bool) -> Res<()> {
        let operator = it.operator;
        let equality = matches!(
            operator,
            BinaryOperator::Equality
                | BinaryOperator::Inequality
                | BinaryOperator::StrictEquality
                | BinaryOperator::StrictInequality
        );
        if equality && self.nullish_test(it, target, when)? {
            return Ok(());
        }
        let mirrored = small_int(&it.left).filter(|_| small_int(&it.right).is_none());
        if let Some(small) = mirrored
            && let Some(op) = immediate(mirror(operator))
        {
            let value = self.expr(&it.right, None)?;
            self.code
                .at(self.operator_after(oxc_span::GetSpan::span(&it.left).end));
            self.code
                .jump_fused(if when { op } else { inverse(op) }, value, small, target);
            return Ok(());
        }
        let left = self.operand(&it.left, it.span.end)?;
        let (op, right) = match small_int(&it.right).zip(immediate(operator)) {
            Some((small, op)) => (op, small),
            None => (fused(operator), self.expr(&it.right, None)?),
        };
        self.code
            .at(self.operator_after(oxc_span::GetSpan::span(&it.left).end));
        self.code
            .jump_fused(if when { op } else { inverse(op) }, left, right, target);
        Ok(())
    }

    /// `x == null`, `x === undefined`, `x === void 0`: a jump of their own.
    fn nullish_test(&mut self, it: &BinaryExpression<'a>, target: Label, when: bool) -> Res<bool> {
        let loose = matches!(
            it.operator,
            BinaryOperator::Equality | BinaryOperator::Inequality
        );
        let negated = matches!(
            it.operator,
            BinaryOperator::Inequality | BinaryOperator::StrictInequality
        );
        let undefined = self.is_undefined(&it.right);
        let fits = if loose {
            undefined || matches!(it.right, Expression::NullLiteral(_))
        } else {
            undefined
        };
        if !fits {
            return Ok(false);
        }
        let value = self.expr(&it.left, None)?;
        let op = match (loose, when != negated) {
            (true, true) => Op::JumpEqNull,
            (true, false) => Op::JumpNeNull,
            (false, true) => Op::JumpUndef,
            (false, false) => Op::JumpNotUndef,
        };
        self.code.jump_if(op, value, target);
        Ok(true)
    }

    /// Is it surely `undefined`, without effect?
    pub(super) fn is_undefined(&self, it: &Expression<'a>) -> bool {
        match it {
            Expression::Identifier(id) => {
                id.name == "undefined" && self.use_of(id).name == Name::Global
            }
            Expression::UnaryExpression(it) => {
                it.operator == UnaryOperator::Void
                    && matches!(it.argument, Expression::NumericLiteral(_))
            }
            _ => false,
        }
    }
}

fn compares(operator: BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Equality
            | BinaryOperator::Inequality
            | BinaryOperator::StrictEquality
            | BinaryOperator::StrictInequality
            | BinaryOperator::LessThan
            | BinaryOperator::LessEqualThan
            | BinaryOperator::GreaterThan
            | BinaryOperator::GreaterEqualThan
    )
}

fn fused(operator: BinaryOperator) -> Op {
    match operator {
        BinaryOperator::Equality => Op::JEq,
        BinaryOperator::Inequality => Op::JNe,
        BinaryOperator::StrictEquality => Op::JStrictEq,
        BinaryOperator::StrictInequality => Op::JStrictNe,
        BinaryOperator::LessThan => Op::JLt,
        BinaryOperator::LessEqualThan => Op::JLe,
        BinaryOperator::GreaterThan => Op::JGt,
        _ => Op::JGe,
    }
}

fn immediate(operator: BinaryOperator) -> Option<Op> {
    Some(match operator {
        BinaryOperator::StrictEquality => Op::JStrictEqI,
        BinaryOperator::StrictInequality => Op::JStrictNeI,
        BinaryOperator::LessThan => Op::JLtI,
        BinaryOperator::LessEqualThan => Op::JLeI,
        BinaryOperator::GreaterThan => Op::JGtI,
        BinaryOperator::GreaterEqualThan => Op::JGeI,
        _ => return None,
    })
}

/// The operator that gives the same result with its operands swapped.
fn mirror(operator: BinaryOperator) -> BinaryOperator {
    match operator {
        BinaryOperator::LessThan => BinaryOperator::GreaterThan,
        BinaryOperator::LessEqualThan => BinaryOperator::GreaterEqualThan,
        BinaryOperator::GreaterThan => BinaryOperator::LessThan,
        BinaryOperator::GreaterEqualThan => BinaryOperator::LessEqualThan,
        other => other,
    }
}
