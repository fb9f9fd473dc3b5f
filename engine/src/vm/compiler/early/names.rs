//! Names: reserved words, `eval` and `arguments` in strict mode, redeclarations, exports of nothing.

use oxc_ast::ast::*;
use rustc_hash::FxHashMap;

use super::super::analysis::{Top, Walker};
use super::super::hoist::{Lexical, VarNames, lexical_names};
use super::super::scope::{FuncForm, NONE, ScopeKind, SymbolKind};
use super::places::RESERVED;

impl<'a> Walker<'a> {
    /// Checks an identifier, wherever it stands.
    pub(in crate::vm::compiler) fn check_reserved(&mut self, name: &str, at: u32) {
        // Most names are none of these by their first letter.
        if !matches!(
            name.as_bytes().first(),
            Some(b'a' | b'i' | b'l' | b'p' | b's' | b'y')
        ) {
            return;
        }
        match name {
            "implements" | "interface" | "let" | "package" | "private" | "protected" | "public"
            | "static" | "yield"
                if self.strict =>
            {
                let message = "Unexpected strict mode reserved word";
                self.early.report(at, message);
            }
            "await" if matches!(self.top, Top::Module) || self.in_static_block() => {
                self.early.report(at, RESERVED);
            }
            _ => {}
        }
    }

    /// Checks a name that is bound or assigned.
    pub(in crate::vm::compiler) fn check_target(&mut self, name: &str, at: u32) {
        self.check_reserved(name, at);
        if self.strict && matches!(name, "eval" | "arguments") {
            let message = "Unexpected eval or arguments in strict mode";
            self.early.report(at, message);
        }
    }

    /// Checks the name of a function whose strictness is `strict`.
    pub(in crate::vm::compiler) fn check_function_name(
        &mut self,
        id: &BindingIdentifier<'a>,
        strict: bool,
        declaration: bool,
    ) {
        let outer = std::mem::replace(&mut self.strict, strict);
        let around = self.early.around;
        // The name of an expression is the function's own business.
        self.early.around.in_static_block &= declaration;
        self.check_target(id.name.as_str(), id.span.start);
        self.early.around = around;
        self.strict = outer;
    }

    fn redeclared(&mut self, name: &str, at: u32) {
        let message = format!("Identifier '{name}' has already been declared");
        self.early.report(at, message);
    }

    /// Checks a parameter whose name another one has.
    pub(in crate::vm::compiler) fn check_second_param(&mut self, at: u32) {
        let info = &self.out.funcs[self.func as usize];
        if info.strict || !info.simple_params || info.form != FuncForm::Normal {
            let message = "Duplicate parameter name not allowed in this context";
            self.early.report(at, message);
        }
    }

    /// Checks a name of a loop head or a catch clause; `known`: it was declared there before.
    pub(in crate::vm::compiler) fn check_head_name(
        &mut self,
        name: &str,
        at: u32,
        known: bool,
        is_let: bool,
    ) {
        if is_let && name == "let" {
            let message = "let is disallowed as a lexically bound name";
            self.early.report(at, message);
        }
        if known {
            self.redeclared(name, at);
        }
    }

    /// Checks a lexical name just declared as `symbol`; `known`: it was declared in this scope before.
    pub(in crate::vm::compiler) fn check_lexical(
        &mut self,
        (name, at): (&'a str, u32),
        what: Lexical,
        (symbol, known): (u32, bool),
        function_top: bool,
    ) {
        let is_function = matches!(what, Lexical::Function { .. });
        if name == "let" && !is_function && !matches!(what, Lexical::Class(_)) {
            let message = "let is disallowed as a lexically bound name";
            self.early.report(at, message);
        }
        let special = matches!(what, Lexical::Function { plain: false });
        let clash = if known {
            match self.out.symbols[symbol as usize].kind {
                // Which of the two is wrong is found out later.
                SymbolKind::Var if function_top && !is_function => {
                    self.early.clashes.push((name, at));
                    false
                }
                // Functions of a function's top are variables.
                SymbolKind::Var | SymbolKind::Param if is_function && function_top => {
                    matches!(self.top, Top::Module) && self.func == 0
                }
                SymbolKind::BlockFunction if is_function => {
                    self.strict || special || self.early.special_functions.contains(&symbol)
                }
                _ => true,
            }
        } else {
            self.clashes_outside(symbol, is_function && function_top)
        };
        if special && !function_top {
            self.early.special_functions.push(symbol);
        }
        let entry = &mut self.out.symbols[symbol as usize];
        let before = std::mem::replace(&mut entry.declared_at, at);
        if clash {
            self.redeclared(name, at.max(before));
        }
    }

    /// Does a name of a body meet a parameter, one of a catch block what was caught?
    fn clashes_outside(&self, symbol: u32, is_variable: bool) -> bool {
        let Some(hidden) = self.out.symbols.get(self.out.shadowed(symbol) as usize) else {
            return false;
        };
        let scope = &self.out.scopes[self.scope as usize];
        if hidden.scope != scope.parent {
            return false;
        }
        match hidden.kind {
            SymbolKind::Param => scope.kind == ScopeKind::Body && !is_variable,
            SymbolKind::Catch => scope.kind == ScopeKind::Block,
            _ => false,
        }
    }

    /// Checks a `var` name that is known as `symbol` where it stands: is there a lexical one on the way out?
    pub(in crate::vm::compiler) fn check_var(&mut self, name: &str, at: u32, mut symbol: u32) {
        while let Some(entry) = self.out.symbols.get(symbol as usize) {
            if self.out.scopes[entry.scope as usize].func != self.func {
                return;
            }
            match entry.kind {
                SymbolKind::Let
                | SymbolKind::Const
                | SymbolKind::Class
                | SymbolKind::BlockFunction
                | SymbolKind::Import => {
                    return self.redeclared(name, at.max(entry.declared_at));
                }
                SymbolKind::Catch if self.early.patterns.contains(&entry.scope) => {
                    return self.redeclared(name, at);
                }
                SymbolKind::Catch => symbol = self.out.shadowed(symbol),
                _ => return,
            }
        }
    }

    /// Checks the names of a body of which some lexical ones are variables too.
    pub(in crate::vm::compiler) fn check_body_names(
        &mut self,
        list: &[Statement<'a>],
        vars: &VarNames<'a, '_>,
    ) {
        let clashes = std::mem::take(&mut self.early.clashes);
        if clashes.is_empty() {
            return;
        }
        let lexical = clashes.into_iter().collect();
        let mut functions = Vec::new();
        lexical_names(list, true, &mut |name, at, what| {
            if what.is_function() {
                functions.push((name, at));
            }
        });
        self.check_variables(&functions, &lexical);
        self.check_variables(&vars.names, &lexical);
    }

    /// A variable and a lexical name of the same body: the later one is wrong.
    fn check_variables(&mut self, vars: &[(&'a str, u32)], lexical: &FxHashMap<&'a str, u32>) {
        for &(name, at) in vars {
            if let Some(&other) = lexical.get(name) {
                self.redeclared(name, at.max(other));
            }
        }
    }

    /// Checks the top of a script or sloppy eval, whose names are no symbols.
    pub(in crate::vm::compiler) fn check_global_names(
        &mut self,
        list: &[Statement<'a>],
        vars: &VarNames<'a, '_>,
    ) {
        let (mut lexical, mut functions) = (FxHashMap::default(), Vec::new());
        let mut twice = Vec::new();
        lexical_names(list, false, &mut |name, at, what| match what {
            Lexical::Function { .. } => functions.push((name, at)),
            _ => {
                if lexical.insert(name, at).is_some() || name == "let" {
                    twice.push((name, at));
                }
            }
        });
        for (name, at) in twice {
            self.check_head_name(name, at, name != "let", true);
        }
        if !lexical.is_empty() {
            self.check_variables(&functions, &lexical);
            self.check_variables(&vars.names, &lexical);
        }
    }

    /// Remembers that a `catch` takes apart what it caught: its names are no `var`'s in the block.
    pub(in crate::vm::compiler) fn note_catch(&mut self, pattern: &BindingPattern<'a>) {
        if !matches!(pattern, BindingPattern::BindingIdentifier(_)) {
            self.early.patterns.push(self.scope);
        }
    }

    fn is_module_item(&self, at: u32) -> bool {
        matches!(self.top, Top::Module) && at == self.early.item
    }

    /// Checks where an `import` declaration stands.
    pub(in crate::vm::compiler) fn check_import(&mut self, at: u32) {
        if !self.is_module_item(at) {
            let message = "Cannot use import statement outside a module";
            self.early.report(at, message);
        }
    }

    /// Checks where an `export` stands.
    pub(in crate::vm::compiler) fn check_export(&mut self, at: u32) {
        if !self.is_module_item(at) {
            self.early.report(at, "Unexpected token 'export'");
        }
    }

    /// Checks that a module declares what it exports.
    pub(in crate::vm::compiler) fn check_exported_names(
        &mut self,
        it: &ExportNamedDeclaration<'a>,
    ) {
        for specifier in &it.specifiers {
            if let ModuleExportName::IdentifierReference(id) = &specifier.local {
                let name = id.name.as_str();
                self.check_reserved(name, id.span.start);
                if self.visible(name) == NONE {
                    let message = format!("Export '{name}' is not defined in module");
                    self.early.report(id.span.start, message);
                }
            }
        }
    }
}
