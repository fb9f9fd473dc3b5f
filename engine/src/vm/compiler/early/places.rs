//! What only some functions may use: `super`, `new.target`, `await`, `yield`, `arguments`, private names.

use oxc_ast::ast::*;

use super::super::analysis::{Top, Walker};
use super::super::scope::{FuncForm, ScopeKind};
use crate::vm::bytecode::{EvalScope, Text};

const SUPER: &str = "'super' keyword unexpected here";
pub(super) const RESERVED: &str = "Unexpected reserved word";

impl<'a> Walker<'a> {
    /// The form of the nearest function outwards that is no arrow function.
    fn home_form(&self) -> FuncForm {
        self.out.funcs[self.out.home_of(self.func) as usize].form
    }

    /// Is this a direct eval's code, and true of what it sees?
    fn in_eval(&self, what: impl Fn(&EvalScope) -> bool) -> bool {
        self.early.scope.is_some_and(what)
    }

    /// Checks `super.x`.
    pub(in crate::vm::compiler) fn check_super_property(&mut self, at: u32) {
        let allowed = match self.home_form() {
            FuncForm::Toplevel => self.in_eval(|scope| scope.in_method),
            FuncForm::Normal | FuncForm::Arrow => false,
            FuncForm::Method
            | FuncForm::BaseConstructor
            | FuncForm::DerivedConstructor
            | FuncForm::Initializer => true,
        };
        if !allowed {
            self.early.report(at, SUPER);
        }
    }

    /// Checks `super()`.
    pub(in crate::vm::compiler) fn check_super_call(&mut self, at: u32) {
        let allowed = match self.home_form() {
            FuncForm::Toplevel => self.in_eval(|scope| scope.in_derived_constructor),
            form => form == FuncForm::DerivedConstructor,
        };
        if !allowed {
            self.early.report(at, SUPER);
        }
    }

    /// Checks `new.target`.
    pub(in crate::vm::compiler) fn check_new_target(&mut self, at: u32) {
        if self.home_form() == FuncForm::Toplevel && !self.in_eval(|scope| scope.in_function) {
            let message = "new.target expression is not allowed here";
            self.early.report(at, message);
        }
    }

    /// Checks `await x`, or what awaits without saying so.
    pub(in crate::vm::compiler) fn check_await(&mut self, at: u32) {
        if self.early.around.in_params {
            let message = "Illegal await-expression in formal parameters of async function";
            self.early.report(at, message);
        } else if self.early.around.in_static_block {
            self.early.report(at, RESERVED);
        }
    }

    /// Checks `yield x`.
    pub(in crate::vm::compiler) fn check_yield(&mut self, at: u32) {
        if self.early.around.in_params {
            let message = "Yield expression not allowed in formal parameter";
            self.early.report(at, message);
        }
    }

    /// Checks a use of `arguments`.
    pub(in crate::vm::compiler) fn check_arguments(&mut self, at: u32) {
        let forbidden = match self.home_form() {
            FuncForm::Initializer => true,
            FuncForm::Toplevel => self.in_eval(|scope| scope.in_class_field),
            _ => false,
        };
        if forbidden {
            let message = "'arguments' is not allowed in class field initializer or static initialization block";
            self.early.report(at, message);
        }
    }

    /// Checks that `#name` is declared by a class around, or one around the eval.
    pub(in crate::vm::compiler) fn check_private(&mut self, name: &str, at: u32) {
        let known = |scope: &EvalScope| {
            let mut names = scope.private_names.iter();
            names.any(|known| same_name(known, name))
        };
        if !self.in_eval(known) {
            let message = format!("Private field '#{name}' must be declared in an enclosing class");
            self.early.report(at, message);
        }
    }

    /// Checks where `using` stands: not among the statements of a script, nor directly in a `case`.
    pub(in crate::vm::compiler) fn check_using(&mut self, it: &VariableDeclaration<'a>) {
        if it.kind == VariableDeclarationKind::AwaitUsing {
            self.check_await(it.span.start);
        }
        let scope = self.scope;
        let script = matches!(self.top, Top::Script | Top::Eval { .. })
            && self.func == 0
            && scope == self.out.funcs[0].scope;
        if script || self.out.scopes[scope as usize].kind == ScopeKind::Switch {
            let message = "Using declarations are not allowed here";
            self.early.report(it.span.start, message);
        }
    }
}

fn same_name(known: &Text, name: &str) -> bool {
    match known {
        Text::Latin1(bytes) => name
            .chars()
            .map(u32::from)
            .eq(bytes.iter().map(|&byte| u32::from(byte))),
        Text::Utf16(units) => name.encode_utf16().eq(units.iter().copied()),
    }
}
