//! `for`, `while`, `do`, `for`-`in`: tested at the bottom, one backward jump a turn.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::control::Control;
use super::emitter::Label;
use super::function::{Gen, Reg, Res};
use super::scope::{NONE, get_scope};
use crate::vm::bytecode::Op;

impl<'a> Gen<'a, '_> {
    fn loop_target(
        &mut self,
        break_to: Option<Label>,
        continue_to: Option<Label>,
        labels: Vec<&'a str>,
    ) {
        self.control.push(Control::Target {
            labels,
            break_to,
            continue_to,
            plain: true,
        });
    }

    pub(super) fn while_statement(&mut self, it: &WhileStatement<'a>) -> Res<()> {
        self.reset_completion();
        let labels = std::mem::take(&mut self.labels);
        let (body, test, end) = (self.code.label(), self.code.label(), self.code.label());
        let endless = is_true(&it.test);
        if !endless {
            self.code.jump(test);
        }
        self.code.bind(body);
        self.loop_target(Some(end), Some(test), labels);
        self.counted_statement(&it.body)?;
        self.control.pop();
        self.code.bind(test);
        self.code.statement(it.test.span().start);
        if endless {
            self.code.jump(body);
        } else {
            self.branch(&it.test, body, true)?;
        }
        self.code.bind(end);
        Ok(())
    }

    pub(super) fn do_while(&mut self, it: &DoWhileStatement<'a>) -> Res<()> {
        self.reset_completion();
        let labels = std::mem::take(&mut self.labels);
        let (test, end) = (self.code.label(), self.code.label());
        let body = self.code.new_bound();
        self.loop_target(Some(end), Some(test), labels);
        self.counted_statement(&it.body)?;
        self.control.pop();
        self.code.bind(test);
        self.code.statement(it.test.span().start);
        self.branch(&it.test, body, true)?;
        self.code.bind(end);
        Ok(())
    }

    pub(super) fn for_statement(&mut self, it: &ForStatement<'a>) -> Res<()> {
        let labels = std::mem::take(&mut self.labels);
        if let Some(ForStatementInit::VariableDeclaration(head)) = &it.init
            && matches!(
                head.kind,
                VariableDeclarationKind::Using | VariableDeclarationKind::AwaitUsing
            )
        {
            return self.for_using(it, labels);
        }
        self.for_loop(it, labels)
    }

    pub(super) fn for_loop(&mut self, it: &ForStatement<'a>, labels: Vec<&'a str>) -> Res<()> {
        self.reset_completion();
        let outer = self.scope;
        let scope = get_scope(&it.scope_id);
        self.enter_scope(scope)?;
        let functions = self.functions.len();
        match &it.init {
            None => {}
            Some(ForStatementInit::VariableDeclaration(head)) => self.variable_declaration(head)?,
            Some(init) => {
                if let Some(expression) = init.as_expression() {
                    self.effect(expression)?;
                }
            }
        }
        let entry = &self.unit.analysis.scopes[scope as usize];
        let copied = (entry.has_env && is_let(it)).then(|| entry.env_reg.get());
        if let Some(env) = copied
            && self.functions.len() != functions
        {
            self.code.emit(Op::CopyEnv, 0, env, env, 0);
        }
        let (body, test, next, end) = (
            self.code.label(),
            self.code.label(),
            self.code.label(),
            self.code.label(),
        );
        let condition = it.test.as_ref().filter(|test| !is_true(test));
        if condition.is_some() {
            self.code.jump(test);
        }
        self.code.bind(body);
        self.loop_target(Some(end), Some(next), labels);
        self.counted_statement(&it.body)?;
        self.control.pop();
        self.code.bind(next);
        if let Some(env) = copied {
            self.code.emit(Op::CopyEnv, 0, env, env, 0);
        }
        if let Some(update) = &it.update {
            self.code.statement(update.span().start);
            self.effect(update)?;
        }
        self.code.bind(test);
        match condition {
            Some(condition) => {
                self.code.statement(condition.span().start);
                self.branch(condition, body, true)?;
            }
            None => self.code.jump(body),
        }
        self.code.bind(end);
        self.scope = outer;
        Ok(())
    }

    pub(super) fn for_in(&mut self, it: &ForInStatement<'a>) -> Res<()> {
        self.reset_completion();
        let labels = std::mem::take(&mut self.labels);
        let outer = self.scope;
        let scope = get_scope(&it.scope_id);
        if let ForStatementLeft::VariableDeclaration(head) = &it.left
            && let Some(declarator) = head.declarations.first()
            && let Some(init) = &declarator.init
        {
            // Annex B: `for (var x = 1 in y)`.
            self.scope = scope;
            self.var_initializer(&declarator.id, init)?;
            self.scope = outer;
        }
        let enumerator = self.temp()?;
        let object = self.loop_subject(scope, &it.right)?;
        self.code.at(it.right.span().start);
        self.code.emit(Op::ForInStart, 0, enumerator, object, 0);
        self.free(i32::from(enumerator) + 1);
        let shared = self.temp()?;
        let direct = self.direct_variable(scope, &it.left)?;
        let key = direct.unwrap_or(shared);
        let (next, end) = (self.code.label(), self.code.label());
        self.code.bind(next);
        self.code
            .jump_w1(Op::ForInNext, 0, key, enumerator, end, None);
        self.code.statement(it.left.span().start);
        if direct.is_none() {
            self.enter_scope(scope)?;
            self.loop_variable(&it.left, key)?;
        }
        self.loop_target(Some(end), Some(next), labels);
        self.counted_statement(&it.body)?;
        self.control.pop();
        self.code.jump(next);
        self.code.bind(end);
        self.scope = outer;
        Ok(())
    }

    /// Evaluates what a loop goes over, while the head's names are holes.
    pub(super) fn loop_subject(&mut self, scope: u32, right: &Expression<'a>) -> Res<Reg> {
        let value = self.temp()?;
        let mark = self.next;
        let outer = self.scope;
        let analysis = &self.unit.analysis;
        let declares = scope != NONE && analysis.symbols_of(scope).next().is_some();
        if declares {
            self.enter_scope(scope)?;
        } else {
            self.scope = scope;
        }
        self.expr(right, Some(value))?;
        self.scope = outer;
        self.free(mark);
        Ok(value)
    }

    /// Gives the loop variable or pattern its value.
    pub(super) fn loop_variable(&mut self, left: &ForStatementLeft<'a>, value: Reg) -> Res<()> {
        match left {
            ForStatementLeft::VariableDeclaration(head) => match head.declarations.first() {
                Some(declarator) if head.kind == VariableDeclarationKind::Var => {
                    self.assign_binding(&declarator.id, value)
                }
                Some(declarator) => self.bind_pattern(&declarator.id, value),
                None => Ok(()),
            },
            left => match left.as_assignment_target() {
                Some(target) => self.assign_target(target, value),
                None => Ok(()),
            },
        }
    }
}

/// A condition that is always true.
fn is_true(it: &Expression<'_>) -> bool {
    match it {
        Expression::BooleanLiteral(it) => it.value,
        Expression::NumericLiteral(it) => it.value != 0.0 && !it.value.is_nan(),
        _ => false,
    }
}

fn is_let(it: &ForStatement<'_>) -> bool {
    matches!(
        &it.init,
        Some(ForStatementInit::VariableDeclaration(head)) if head.kind == VariableDeclarationKind::Let
    )
}
