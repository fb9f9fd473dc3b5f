//! Counters for coverage: compiled in only where the source asks for them ([`crate::vm::bytecode::Source::coverage`]).
//!
//! A function counts its calls, and the ranges of source that may run more or less often than what is around them: branches,
//! bodies of loops, cases, handlers, and what follows a statement that may have been left early. That last kind ends where
//! the next counted range begins, or with the range around it. [`crate::vm::debug::coverage`] makes the report.

use oxc_ast::ast::{Expression, LogicalExpression, LogicalOperator, Statement};
use oxc_span::{GetSpan, Span};

use super::function::{Gen, Res};
use crate::vm::bytecode::Op;

/// The end of a range that goes on until another begins.
pub(in crate::vm) const OPEN: u32 = u32::MAX;

impl<'a> Gen<'a, '_> {
    /// Counts how often control comes here, for the bytes from `start` to `end`.
    pub(super) fn count(&mut self, start: u32, end: u32) {
        if !self.unit.source.coverage {
            return;
        }
        let index = self.counted.len() as u32;
        self.counted.push((start, end));
        if !self.code.dead {
            let (low, high) = (index as i16, (index >> 16) as i16);
            self.code.emit(Op::Count, 0, 0, low, high);
        }
    }

    /// The bytes of a class's constructor from its name on; `function` begins at its parameters.
    pub(super) fn constructor_span(&self, function: Span) -> (u32, u32) {
        let before = self.unit.source.text.get(..function.start as usize);
        let name = before.and_then(|text| text.rfind("constructor"));
        (name.map_or(function.start, |at| at as u32), function.end)
    }

    /// Counts what follows the statement, if that may differ from what came before it.
    pub(super) fn count_rest(&mut self, it: &Statement<'a>) {
        let may_leave = matches!(
            it,
            Statement::IfStatement(_)
                | Statement::ForStatement(_)
                | Statement::ForInStatement(_)
                | Statement::ForOfStatement(_)
                | Statement::WhileStatement(_)
                | Statement::DoWhileStatement(_)
                | Statement::SwitchStatement(_)
                | Statement::TryStatement(_)
                | Statement::LabeledStatement(_)
                | Statement::ReturnStatement(_)
                | Statement::ThrowStatement(_)
                | Statement::BreakStatement(_)
                | Statement::ContinueStatement(_)
        );
        if may_leave {
            self.count(it.span().end, OPEN);
        }
    }

    /// A statement that is the body of another, counted.
    pub(super) fn counted_statement(&mut self, it: &Statement<'a>) -> Res<()> {
        let span = it.span();
        self.count(span.start, span.end);
        self.statement(it)
    }

    /// Counts the right operand of `&&`, `||`, `??`, from the operator on.
    pub(super) fn count_right(&mut self, it: &LogicalExpression<'a>) {
        let operator = match it.operator {
            LogicalOperator::And => b'&',
            LogicalOperator::Or => b'|',
            LogicalOperator::Coalesce => b'?',
        };
        self.count_arm(&it.left, &it.right, operator);
    }

    /// Counts `operand`, which follows `before`, from the operator between them on.
    pub(super) fn count_arm(
        &mut self,
        before: &Expression<'a>,
        operand: &Expression<'a>,
        operator: u8,
    ) {
        if !self.unit.source.coverage {
            return;
        }
        let (after, end) = (before.span().end, operand.span().end);
        let text = self.unit.source.text.as_bytes();
        let between = text.get(after as usize..end as usize).unwrap_or_default();
        let at = memchr::memchr(operator, between).unwrap_or(0);
        self.count(after + at as u32, end);
    }
}
