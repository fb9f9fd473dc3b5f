//! Statements.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::control::Control;
use super::emitter::Label;
use super::function::{Gen, Res};
use super::operator::small_int;
use super::scope::{NONE, get_scope};
use crate::vm::bytecode::Op;

impl<'a> Gen<'a, '_> {
    /// Compiles statements one after the other.
    pub(super) fn statements(&mut self, list: &[Statement<'a>]) -> Res<()> {
        for (index, statement) in list.iter().enumerate() {
            self.statement(statement)?;
            if index + 1 < list.len() {
                self.count_rest(statement);
            }
        }
        Ok(())
    }

    /// Compiles a statement.
    pub(super) fn statement(&mut self, it: &Statement<'a>) -> Res<()> {
        if self.code.dead {
            // After a return or jump: nothing can come here.
            self.labels.clear();
            return Ok(());
        }
        self.deeper()?;
        let result = self.any_statement(it);
        self.shallower();
        result
    }

    fn any_statement(&mut self, it: &Statement<'a>) -> Res<()> {
        match it {
            Statement::BlockStatement(it) => self.block_statement(it),
            Statement::EmptyStatement(_) | Statement::FunctionDeclaration(_) => {
                if let Statement::FunctionDeclaration(it) = it {
                    self.annex_b_function(it)?;
                }
                Ok(())
            }
            Statement::LabeledStatement(it) => self.labeled(it),
            Statement::ImportDeclaration(_)
            | Statement::ExportAllDeclaration(_)
            | Statement::ExportFromDeclaration(_)
            | Statement::ExportNamedDeclaration(_) => Ok(()),
            Statement::ExportDeclaration(it) => self.export_declaration(it),
            Statement::ExportDefaultDeclaration(it) => self.export_default(it),
            _ => {
                self.code.statement(it.span().start);
                let mark = self.next;
                self.simple_or_compound(it)?;
                self.free(mark);
                Ok(())
            }
        }
    }

    fn simple_or_compound(&mut self, it: &Statement<'a>) -> Res<()> {
        match it {
            Statement::ExpressionStatement(it) => self.expression_statement(&it.expression),
            Statement::VariableDeclaration(it) => self.variable_declaration(it),
            Statement::ClassDeclaration(it) => self.class_declaration(it),
            Statement::IfStatement(it) => self.if_statement(it),
            Statement::ForStatement(it) => self.for_statement(it),
            Statement::ForInStatement(it) => self.for_in(it),
            Statement::ForOfStatement(it) => self.for_of(it),
            Statement::WhileStatement(it) => self.while_statement(it),
            Statement::DoWhileStatement(it) => self.do_while(it),
            Statement::SwitchStatement(it) => self.switch(it),
            Statement::TryStatement(it) => self.try_statement(it),
            Statement::WithStatement(it) => self.with(it),
            Statement::ReturnStatement(it) => self.return_statement(it),
            Statement::BreakStatement(it) => {
                let label = it.label.as_ref().map(|label| label.name.as_str());
                match self.break_target(label) {
                    Some((to, height)) => self.leave_to(to, height + 1),
                    None => self.error("Illegal break statement", it.span.start),
                }
            }
            Statement::ContinueStatement(it) => {
                let label = it.label.as_ref().map(|label| label.name.as_str());
                match self.continue_target(label) {
                    Some((to, height)) => self.leave_to(to, height + 1),
                    None => self.error("Illegal continue statement", it.span.start),
                }
            }
            Statement::ThrowStatement(it) => {
                let value = self.expr(&it.argument, None)?;
                self.code.at(it.span.start);
                self.code.emit(Op::Throw, 0, value, 0, 0);
                Ok(())
            }
            Statement::DebuggerStatement(_) => {
                self.code.emit(Op::Debugger, 0, 0, 0, 0);
                Ok(())
            }
            _ => self.error("Invalid or unexpected token", it.span().start),
        }
    }

    fn expression_statement(&mut self, it: &Expression<'a>) -> Res<()> {
        if let Some(completion) = self.completion {
            self.expr(it, Some(completion))?;
            return Ok(());
        }
        self.effect(it)
    }

    /// The completion value of a compound statement is undefined until its parts give one.
    pub(super) fn reset_completion(&mut self) {
        if let Some(completion) = self.completion {
            self.code.emit(Op::LoadUndef, 0, completion, 0, 0);
        }
    }

    pub(super) fn block_statement(&mut self, it: &BlockStatement<'a>) -> Res<()> {
        let (mark, outer) = (self.next, self.scope);
        let scope = get_scope(&it.scope_id);
        self.enter_block(scope, &it.body)?;
        self.block_body(&it.body)?;
        self.scope = outer;
        self.free(mark);
        Ok(())
    }

    /// Enters the scope of a statement list: bindings, environment, function declarations.
    pub(super) fn enter_block(&mut self, scope: u32, list: &[Statement<'a>]) -> Res<()> {
        if scope == NONE {
            return Ok(());
        }
        self.enter_scope(scope)?;
        self.block_functions(list)
    }

    fn labeled(&mut self, it: &LabeledStatement<'a>) -> Res<()> {
        let name = it.label.name.as_str();
        match &it.body {
            Statement::ForStatement(_)
            | Statement::ForInStatement(_)
            | Statement::ForOfStatement(_)
            | Statement::WhileStatement(_)
            | Statement::DoWhileStatement(_)
            | Statement::LabeledStatement(_) => {
                self.labels.push(name);
                self.statement(&it.body)
            }
            body => {
                self.labels.push(name);
                let labels = std::mem::take(&mut self.labels);
                let end = self.code.label();
                self.control.push(Control::Target {
                    labels,
                    break_to: Some(end),
                    continue_to: None,
                    plain: false,
                });
                self.statement(body)?;
                self.control.pop();
                self.code.bind(end);
                Ok(())
            }
        }
    }

    fn if_statement(&mut self, it: &IfStatement<'a>) -> Res<()> {
        self.reset_completion();
        if it.alternate.is_none()
            && !self.unit.source.coverage
            && let Some(target) = self.plain_jump(&it.consequent)
        {
            return self.branch(&it.test, target, true);
        }
        let otherwise = self.code.label();
        self.branch(&it.test, otherwise, false)?;
        let consequent = it.consequent.span();
        self.count(consequent.start, consequent.end);
        self.lone_statement(&it.consequent)?;
        let Some(alternate) = &it.alternate else {
            self.code.bind(otherwise);
            return Ok(());
        };
        let end = self.code.label();
        self.code.jump(end);
        self.code.bind(otherwise);
        self.count(consequent.end, alternate.span().end);
        self.lone_statement(alternate)?;
        self.code.bind(end);
        Ok(())
    }

    /// The label of a `break` or `continue` that owes nothing on its way.
    fn plain_jump(&self, it: &Statement<'a>) -> Option<Label> {
        let (target, height) = match it {
            Statement::BreakStatement(it) => {
                self.break_target(it.label.as_ref().map(|label| label.name.as_str()))?
            }
            Statement::ContinueStatement(it) => {
                self.continue_target(it.label.as_ref().map(|label| label.name.as_str()))?
            }
            Statement::BlockStatement(it) => match it.body.as_slice() {
                [only] => return self.plain_jump(only),
                _ => return None,
            },
            _ => return None,
        };
        self.control[height..]
            .iter()
            .all(|control| matches!(control, Control::Target { .. } | Control::Catch(_)))
            .then_some(target)
    }

    /// A statement that is the body of another; a function declaration there is a block of its own.
    fn lone_statement(&mut self, it: &Statement<'a>) -> Res<()> {
        let Statement::FunctionDeclaration(function) = it else {
            return self.statement(it);
        };
        let Some(&scope) = self.unit.analysis.lone_functions.get(&function.span.start) else {
            return self.statement(it);
        };
        let (mark, outer) = (self.next, self.scope);
        let list = std::slice::from_ref(it);
        self.enter_block(scope, list)?;
        self.statements(list)?;
        self.scope = outer;
        self.free(mark);
        Ok(())
    }

    fn return_statement(&mut self, it: &ReturnStatement<'a>) -> Res<()> {
        let Some(argument) = &it.argument else {
            if self.can_return_plainly() {
                self.code.emit(Op::ReturnUndef, 0, 0, 0, 0);
                return Ok(());
            }
            let value = self.temp()?;
            self.code.emit(Op::LoadUndef, 0, value, 0, 0);
            return self.return_value(value);
        };
        let mut value = self.expr(argument, None)?;
        if self.meta.is_async && self.meta.is_generator {
            let awaited = self.temp()?;
            self.code.emit(Op::Await, 0, awaited, value, 0);
            value = awaited;
        }
        self.return_value(value)
    }

    fn switch(&mut self, it: &SwitchStatement<'a>) -> Res<()> {
        self.reset_completion();
        let labels = std::mem::take(&mut self.labels);
        let outer = self.scope;
        let value = self.operand(&it.discriminant, it.span.end)?;
        self.enter_scope(get_scope(&it.scope_id))?;
        for case in &it.cases {
            self.block_functions(&case.consequent)?;
        }
        let end = self.code.label();
        self.control.push(Control::Target {
            labels,
            break_to: Some(end),
            continue_to: None,
            plain: true,
        });
        let mut targets = Vec::with_capacity(it.cases.len());
        let mut default = end;
        for case in &it.cases {
            let target = self.code.label();
            targets.push(target);
            let Some(test) = &case.test else {
                default = target;
                continue;
            };
            let mark = self.next;
            match small_int(test) {
                Some(small) => self.code.jump_fused(Op::JStrictEqI, value, small, target),
                None => {
                    let other = self.expr(test, None)?;
                    self.code.jump_fused(Op::JStrictEq, value, other, target);
                }
            }
            self.free(mark);
        }
        self.code.jump(default);
        for (case, target) in it.cases.iter().zip(targets) {
            self.code.bind(target);
            self.count(case.span.start, case.span.end);
            self.statements(&case.consequent)?;
        }
        self.control.pop();
        self.code.bind(end);
        self.scope = outer;
        Ok(())
    }

    fn with(&mut self, it: &WithStatement<'a>) -> Res<()> {
        self.reset_completion();
        let outer = self.scope;
        let env = self.temp()?;
        let mark = self.next;
        let object = self.temp()?;
        self.expr(&it.object, Some(object))?;
        self.code.at(it.object.span().start);
        self.code.emit(Op::ToObject, 0, object, object, 0);
        let around = self.current_env()?;
        self.code.emit(Op::NewWithEnv, 0, env, around, object);
        self.free(mark);
        let scope = get_scope(&it.scope_id);
        self.unit.analysis.scopes[scope as usize].env_reg.set(env);
        self.scope = scope;
        self.statement(&it.body)?;
        self.scope = outer;
        Ok(())
    }
}
