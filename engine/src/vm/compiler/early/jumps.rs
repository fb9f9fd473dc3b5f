//! Labels, `break` and `continue`, and functions where only a statement may stand.

use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan;

use super::super::analysis::Walker;

const SLOPPY_FUNCTION: &str = "In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement.";
const STRICT_FUNCTION: &str =
    "In strict mode code, functions can only be declared at top level or inside a block.";

/// A label around.
pub(in crate::vm::compiler) struct Label<'a> {
    name: &'a str,
    /// Is its statement a loop?
    is_loop: bool,
}

impl<'a> Walker<'a> {
    /// Visits the statement of a loop.
    pub(in crate::vm::compiler) fn loop_body(&mut self, body: &Statement<'a>) {
        self.check_substatement(body);
        self.early.around.loops += 1;
        self.visit_statement(body);
        self.early.around.loops -= 1;
    }

    /// Enters the cases of a `switch`.
    pub(in crate::vm::compiler) fn enter_switch(&mut self) {
        self.early.around.switches += 1;
    }

    pub(in crate::vm::compiler) fn leave_switch(&mut self) {
        self.early.around.switches -= 1;
    }

    /// Visits a labelled statement.
    pub(in crate::vm::compiler) fn labeled(&mut self, it: &LabeledStatement<'a>) {
        let name = it.label.name.as_str();
        let at = it.label.span.start;
        self.check_reserved(name, at);
        if self.known_label(name).is_some() {
            let message = format!("Label '{name}' has already been declared");
            self.early.report(at, message);
        }
        if self.strict
            && let Statement::FunctionDeclaration(function) = &it.body
        {
            self.early.report(function.span.start, STRICT_FUNCTION);
        }
        self.early.labels.push(Label {
            name,
            is_loop: is_loop(&it.body),
        });
        walk::walk_statement(self, &it.body);
        self.early.labels.pop();
    }

    /// Is it a label of this function? Does it label a loop?
    fn known_label(&self, name: &str) -> Option<bool> {
        let own = self.early.labels.get(self.early.around.first_label..)?;
        let known = own.iter().find(|label| label.name == name)?;
        Some(known.is_loop)
    }

    pub(in crate::vm::compiler) fn check_break(&mut self, it: &BreakStatement<'a>) {
        let around = self.early.around;
        match &it.label {
            Some(label) => self.check_jump_label(label, false),
            None if around.loops == 0 && around.switches == 0 => {
                self.early.report(it.span.start, "Illegal break statement");
            }
            None => {}
        }
    }

    pub(in crate::vm::compiler) fn check_continue(&mut self, it: &ContinueStatement<'a>) {
        match &it.label {
            Some(label) => self.check_jump_label(label, true),
            None if self.early.around.loops == 0 => {
                let message = "Illegal continue statement: no surrounding iteration statement";
                self.early.report(it.span.start, message);
            }
            None => {}
        }
    }

    fn check_jump_label(&mut self, label: &LabelIdentifier<'a>, needs_loop: bool) {
        let (name, at) = (label.name.as_str(), label.span.start);
        self.check_reserved(name, at);
        match self.known_label(name) {
            None => self.early.report(at, format!("Undefined label '{name}'")),
            Some(false) if needs_loop => {
                let message = format!(
                    "Illegal continue statement: '{name}' does not denote an iteration statement"
                );
                self.early.report(at, message);
            }
            Some(_) => {}
        }
    }

    /// Checks that the statement of a loop or `with` is no function, not even a labelled one.
    pub(in crate::vm::compiler) fn check_substatement(&mut self, body: &Statement<'a>) {
        if let Some(at) = function_start(body) {
            let message = if self.strict {
                STRICT_FUNCTION
            } else {
                SLOPPY_FUNCTION
            };
            self.early.report(at, message);
        }
    }

    /// Checks a branch of an `if`: in sloppy mode it may be a function, but not a labelled one.
    pub(in crate::vm::compiler) fn check_branch(&mut self, branch: &Statement<'a>) {
        if self.strict || matches!(branch, Statement::LabeledStatement(_)) {
            self.check_substatement(branch);
        }
    }

    /// Checks that the head of a `for-in` or `for-of` initialises nothing. Source: ECMA-262, 14.7.5.1; Annex B.3.5.
    pub(in crate::vm::compiler) fn check_loop_head(
        &mut self,
        head: &VariableDeclaration<'a>,
        of: bool,
    ) {
        let Some(declarator) = head.declarations.first() else {
            return;
        };
        let old_style = !of
            && !self.strict
            && head.kind == VariableDeclarationKind::Var
            && matches!(declarator.id, BindingPattern::BindingIdentifier(_));
        if declarator.init.is_some() && !old_style {
            let kind = if of { "of" } else { "in" };
            let message =
                format!("for-{kind} loop variable declaration may not have an initializer.");
            self.early.report(declarator.span.start, message);
        }
    }
}

/// Where the function is that a statement, its labels taken off, declares.
fn function_start(statement: &Statement<'_>) -> Option<u32> {
    match statement {
        Statement::FunctionDeclaration(it) => Some(it.span().start),
        Statement::LabeledStatement(it) => function_start(&it.body),
        _ => None,
    }
}

fn is_loop(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::LabeledStatement(it) => is_loop(&it.body),
        Statement::DoWhileStatement(_)
        | Statement::WhileStatement(_)
        | Statement::ForStatement(_)
        | Statement::ForInStatement(_)
        | Statement::ForOfStatement(_) => true,
        _ => false,
    }
}
