//! The scope walk: who declares what, who captures it, which uses must check for the hole.
//!
//! One walk over the whole tree before any code is made, because code for a scope depends on what inner functions
//! capture. On entry to a scope all of its names are declared (hoisting), so that a use finds its binding at once in a
//! map from name to innermost binding. Source: ECMA-262, Syntax-Directed Operations: Scope Analysis; Annex B.3.

use oxc_ast::ast::*;
use oxc_ast_visit::Visit;
use oxc_span::GetSpan;
use rustc_hash::FxHashMap;

use super::early::Early;
use super::function::STEPS;
use super::hoist::{Lexical, VarNames, bound_names, has_expressions, lexical_names};
use super::scope::{Analysis, FuncForm, FuncInfo, NONE, ScopeKind, SymbolKind, set_symbol};
use crate::vm::{
    front::{Parsed, Poll},
    regexp,
};

/// How deep functions may nest.
const MAX_FUNCTION_DEPTH: u32 = 400;

/// What the whole source is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Top<'a> {
    /// Its `var` names and lexical names are global.
    Script,
    /// Its names live in the module's environment.
    Module,
    /// The body of a function with these parameters.
    Function(&'a [&'a str]),
    /// Eval code; sloppy code's `var` names belong to the caller.
    Eval {
        /// Strict mode code.
        strict: bool,
    },
}

/// What a pattern binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bind {
    /// A `var`.
    Var,
    /// A lexical declaration.
    Lexical,
    /// A parameter, or what a `catch` caught.
    Param,
}

/// The walk's state.
pub(super) struct Walker<'a> {
    pub(super) out: Analysis<'a>,
    pub(super) names: FxHashMap<&'a str, u32>,
    pub(super) privates: FxHashMap<&'a str, u32>,
    /// Symbols in the maps, in the order of their declaration.
    declared: Vec<u32>,
    pub(super) scope: u32,
    pub(super) func: u32,
    pub(super) strict: bool,
    /// Where the statement list around begins: function declarations in it exist from there on.
    block_start: u32,
    /// Depths of the `with` scopes around.
    pub(super) withs: Vec<u32>,
    /// Inner names of the classes whose heritage or computed keys are being visited.
    pub(super) class_heads: Vec<u32>,
    depth_left: u32,
    /// Whom it asks whether to go on, and steps till then.
    poll: &'a Poll<'a>,
    steps: u32,
    pub(super) top: Top<'a>,
    pub(super) early: Early<'a>,
}

/// Walks a program; `strict`: is it strict mode code?
pub(super) fn analyze<'a>(parsed: &Parsed<'a, 'a>, top: Top<'a>, strict: bool) -> Analysis<'a> {
    let mut walker = Walker {
        out: Analysis::default(),
        names: FxHashMap::default(),
        privates: FxHashMap::default(),
        declared: Vec::new(),
        scope: NONE,
        func: NONE,
        strict,
        block_start: 0,
        withs: Vec::new(),
        class_heads: Vec::new(),
        depth_left: parsed.depth,
        poll: parsed.poll,
        steps: STEPS,
        top,
        early: Early::new(parsed.scope),
    };
    walker.program(parsed.program);
    walker.out.early_error = walker.early.into_error();
    walker.out
}

impl<'a> Walker<'a> {
    fn program(&mut self, program: &Program<'a>) {
        let form = match self.top {
            Top::Function(_) => FuncForm::Normal,
            _ => FuncForm::Toplevel,
        };
        let func = self.add_function(form, 0);
        self.enter_function(func);
        if let Top::Function(params) = self.top {
            for name in params {
                self.declare(name, SymbolKind::Param);
            }
        }
        self.check_directives(&program.directives);
        match self.top {
            Top::Script => self.declare_by_name(&program.body),
            Top::Eval { strict: false } => {
                self.declare_by_name(&program.body);
                self.declare_lexicals(&program.body, false);
            }
            Top::Module => {
                self.declare_imports(&program.body);
                self.declare_body(&program.body);
                self.capture_exports(&program.body);
            }
            Top::Function(_) | Top::Eval { strict: true } => self.declare_body(&program.body),
        }
        for statement in &program.body {
            self.enter_item(statement.span().start);
            self.visit_statement(statement);
        }
        self.leave_function();
        self.out.assigns.sort_unstable();
    }

    /// Adds a function inside the current one.
    pub(super) fn add_function(&mut self, form: FuncForm, creation: u32) -> u32 {
        let func = self.out.funcs.len() as u32;
        let scope = self.out.add_scope(self.scope, func, ScopeKind::Function);
        let depth = self
            .out
            .funcs
            .get(self.func as usize)
            .map_or(0, |f| f.depth + 1);
        // Templates nest as functions do, and whoever walks or drops them recurses.
        self.out.too_deep |= depth > MAX_FUNCTION_DEPTH;
        self.out.funcs.push(FuncInfo {
            parent: self.func,
            depth,
            form,
            scope,
            body_scope: scope,
            creation,
            strict: self.strict,
            uses_this: false,
            uses_home: false,
            has_eval: false,
            outer_level: depth,
            param_exprs: false,
            this_sym: NONE,
            new_target_sym: NONE,
            callee_sym: NONE,
            arguments_sym: NONE,
            arguments_escape: false,
            name_sym: NONE,
            this_properties: 0,
            simple_params: form == FuncForm::Normal && self.func == NONE,
        });
        func
    }

    pub(super) fn enter_function(&mut self, func: u32) {
        self.func = func;
        self.scope = self.out.funcs[func as usize].scope;
    }

    /// Leaves the current function, whose body scope is the current scope.
    pub(super) fn leave_function(&mut self) {
        let func = self.func;
        self.out.capture_mapped(func);
        let top = self.out.funcs[func as usize].scope;
        while self.scope != top {
            self.leave();
        }
        self.leave();
        let info = &self.out.funcs[func as usize];
        if info.has_eval && !info.strict && info.form != FuncForm::Toplevel {
            // Where the variables of sloppy evals go is told by this environment's scope info.
            self.out.scopes[info.body_scope as usize].has_env = true;
        }
        let (parent, level) = (info.parent, info.outer_level);
        if let Some(outer) = self.out.funcs.get_mut(parent as usize) {
            outer.outer_level = outer.outer_level.min(level);
        }
        self.func = parent;
    }

    /// Enters a new scope of the current function.
    pub(super) fn enter(&mut self, kind: ScopeKind) -> u32 {
        self.scope = self.out.add_scope(self.scope, self.func, kind);
        self.scope
    }

    /// Leaves the current scope: its names are no longer found, its layout is fixed.
    pub(super) fn leave(&mut self) {
        let scope = self.scope;
        while let Some(&symbol) = self.declared.last() {
            let entry = &self.out.symbols[symbol as usize];
            if entry.scope != scope {
                break;
            }
            let map = match entry.kind {
                SymbolKind::Private => &mut self.privates,
                _ => &mut self.names,
            };
            map.insert(entry.name, self.out.shadowed(symbol));
            self.declared.pop();
        }
        self.out.lay_out(scope);
        let entry = &self.out.scopes[scope as usize];
        let (parent, has_eval) = (entry.parent, entry.has_eval);
        if let Some(outer) = self.out.scopes.get_mut(parent as usize) {
            outer.has_eval |= has_eval;
        }
        self.scope = parent;
    }

    /// Declares a name in the current scope; a name of the same scope and sort is declared once.
    pub(super) fn declare(&mut self, name: &'a str, kind: SymbolKind) -> u32 {
        self.declare_once(name, kind).0
    }

    /// Declares a name, and says whether it was declared in this scope before.
    fn declare_once(&mut self, name: &'a str, kind: SymbolKind) -> (u32, bool) {
        let hidden = self.names.get(name).copied().unwrap_or(NONE);
        if let Some(old) = self.out.symbols.get_mut(hidden as usize)
            && old.scope == self.scope
            && old.kind != SymbolKind::FunctionName
        {
            return (hidden, true);
        }
        let symbol = self.out.add_symbol(self.scope, name, kind);
        self.out.set_shadowed(symbol, hidden);
        self.names.insert(name, symbol);
        self.declared.push(symbol);
        (symbol, false)
    }

    /// Declares a private name in the current scope.
    pub(super) fn declare_private(&mut self, name: &'a str) {
        let hidden = self.privates.get(name).copied().unwrap_or(NONE);
        if hidden != NONE && self.out.symbols[hidden as usize].scope == self.scope {
            return;
        }
        let symbol = self.out.add_symbol(self.scope, name, SymbolKind::Private);
        self.out.set_shadowed(symbol, hidden);
        self.privates.insert(name, symbol);
        self.declared.push(symbol);
    }

    /// Declares the lexical names of a statement list.
    pub(super) fn declare_lexicals(&mut self, list: &[Statement<'a>], function_top: bool) {
        let by_name = self.func == 0 && self.scope == 0 && self.var_by_name();
        let mut names = Vec::new();
        lexical_names(list, function_top, &mut |name, at, what| {
            if !(by_name && what.is_function()) {
                names.push((name, at, what));
            }
        });
        for (name, at, what) in names {
            let (kind, end) = match what {
                Lexical::Let(end) => (SymbolKind::Let, end),
                Lexical::Const(end) | Lexical::Using(end) => (SymbolKind::Const, end),
                Lexical::Class(end) => (SymbolKind::Class, end),
                Lexical::Function { .. } if function_top => (SymbolKind::Var, 0),
                Lexical::Function { .. } => (SymbolKind::BlockFunction, 0),
            };
            let (symbol, known) = self.declare_once(name, kind);
            self.check_lexical((name, at), what, (symbol, known), function_top);
            let entry = &mut self.out.symbols[symbol as usize];
            entry.init_end = end;
            entry.using |= matches!(what, Lexical::Using(_));
            if what.is_function()
                && matches!(self.top, Top::Module)
                && self.func == 0
                && function_top
            {
                entry.captured = true;
            }
        }
    }

    /// Are the source's `var` names and top-level functions found by name?
    fn var_by_name(&self) -> bool {
        matches!(self.top, Top::Script | Top::Eval { strict: false })
    }

    /// Declares all names of a function body in the current scope.
    pub(super) fn declare_body(&mut self, list: &[Statement<'a>]) {
        let vars = VarNames::collect(list, !self.strict);
        for (name, _) in &vars.names {
            self.declare(name, SymbolKind::Var);
        }
        self.declare_lexicals(list, true);
        self.check_body_names(list, &vars);
        for (start, name) in &vars.annex {
            let top = self.out.funcs[self.func as usize].scope;
            let hidden = self.names.get(name).copied().unwrap_or(NONE);
            let blocked = self.out.symbols.get(hidden as usize).is_some_and(|old| {
                (old.scope == self.scope
                    && !matches!(old.kind, SymbolKind::Var | SymbolKind::FunctionName))
                    || (old.scope == top && old.kind == SymbolKind::Param)
            });
            // The arguments object counts as a parameter.
            let own_arguments = *name == "arguments"
                && !matches!(
                    self.out.funcs[self.func as usize].form,
                    FuncForm::Arrow | FuncForm::Toplevel | FuncForm::Initializer
                );
            if !blocked && !own_arguments {
                let symbol = self.declare(name, SymbolKind::Var);
                self.out.annex_b.insert(*start, symbol);
            }
        }
        self.adopt_arguments();
    }

    /// A `var arguments` is the arguments object's own binding.
    fn adopt_arguments(&mut self) {
        let Some(&symbol) = self.names.get("arguments") else {
            return;
        };
        let func = self.func;
        let info = &self.out.funcs[func as usize];
        if !self
            .out
            .symbols
            .get(symbol as usize)
            .is_some_and(|s| s.scope == self.scope && s.kind == SymbolKind::Var)
            || matches!(
                info.form,
                FuncForm::Arrow | FuncForm::Toplevel | FuncForm::Initializer
            )
            || info.arguments_sym != NONE
        {
            return;
        }
        let own = if info.scope == self.scope {
            symbol
        } else {
            self.out
                .add_symbol(info.scope, "arguments", SymbolKind::Var)
        };
        let info = &mut self.out.funcs[func as usize];
        info.arguments_sym = own;
        info.arguments_escape = true;
    }

    /// Global and eval variables are found by name; only Annex B functions are noted.
    fn declare_by_name(&mut self, list: &[Statement<'a>]) {
        let vars = VarNames::collect(list, !self.strict);
        self.check_global_names(list, &vars);
        for (start, name) in vars.annex {
            let mut lexical = false;
            lexical_names(list, false, &mut |declared, _, what| {
                lexical |= declared == name && !what.is_function();
            });
            if !lexical {
                self.out.annex_b.insert(start, NONE);
                self.out.annex_b_names.push(name);
            }
        }
    }

    fn declare_imports(&mut self, list: &[Statement<'a>]) {
        for statement in list {
            let Statement::ImportDeclaration(it) = statement else {
                continue;
            };
            for specifier in it.specifiers.iter().flatten() {
                let local = specifier.local();
                // A namespace or a module source is the value itself, there before any code runs.
                let held = it.phase == Some(ImportPhase::Source)
                    || matches!(
                        specifier,
                        ImportDeclarationSpecifier::ImportNamespaceSpecifier(_)
                    );
                let kind = if held {
                    SymbolKind::Const
                } else {
                    SymbolKind::Import
                };
                let (name, at) = (local.name.as_str(), local.span.start);
                self.check_target(name, at);
                let (symbol, known) = self.declare_once(name, kind);
                self.check_head_name(name, at, known, false);
                self.out.symbols[symbol as usize].captured = true;
                self.out.symbols[symbol as usize].declared_at = at;
                set_symbol(&local.symbol_id, symbol);
            }
        }
    }

    /// What a module exports lives in its environment.
    fn capture_exports(&mut self, list: &[Statement<'a>]) {
        let mut exported = Vec::new();
        for statement in list {
            match statement {
                Statement::ExportDeclaration(_) | Statement::ExportDefaultDeclaration(_) => {
                    let one = std::slice::from_ref(statement);
                    lexical_names(one, true, &mut |name, _, _| exported.push(name));
                    let vars = VarNames::collect(one, false).names;
                    exported.extend(vars.iter().map(|&(name, _)| name));
                }
                Statement::ExportNamedDeclaration(it) => {
                    exported.extend(it.specifiers.iter().filter_map(|specifier| {
                        match &specifier.local {
                            ModuleExportName::IdentifierReference(id) => Some(id.name.as_str()),
                            ModuleExportName::IdentifierName(id) => Some(id.name.as_str()),
                            ModuleExportName::StringLiteral(_) => None,
                        }
                    }));
                }
                _ => {}
            }
        }
        for name in exported {
            if let Some(&symbol) = self.names.get(name) {
                self.out.symbols[symbol as usize].captured = true;
            }
        }
    }

    /// Visits a function: its scopes, parameters and body.
    pub(super) fn function(
        &mut self,
        params: &FormalParameters<'a>,
        body: Option<&FunctionBody<'a>>,
        expression: Option<&Expression<'a>>,
        name: Option<&'a str>,
        func: u32,
        is_async: bool,
    ) {
        let (outer_strict, outer_start) = (self.strict, self.block_start);
        let outer_heads = std::mem::take(&mut self.class_heads);
        self.class_heads.clone_from(&outer_heads);
        self.strict |= body.is_some_and(is_strict);
        self.enter_function(func);
        let info = &mut self.out.funcs[func as usize];
        info.strict = self.strict;
        let in_arrow = info.form == FuncForm::Arrow;
        let around = self.enter_code(in_arrow && !is_async && self.in_static_block());
        if let Some(name) = name {
            let symbol = self.declare(name, SymbolKind::FunctionName);
            self.out.funcs[func as usize].name_sym = symbol;
        }
        let with_exprs = params
            .items
            .iter()
            .any(|item| item.initializer.is_some() || has_expressions(&item.pattern))
            || params
                .rest
                .as_ref()
                .is_some_and(|rest| has_expressions(&rest.rest.argument));
        self.out.funcs[func as usize].param_exprs = with_exprs;
        let simple = params.rest.is_none()
            && params.items.iter().all(|item| {
                item.initializer.is_none()
                    && matches!(item.pattern, BindingPattern::BindingIdentifier(_))
            });
        self.out.funcs[func as usize].simple_params = simple;
        self.declare_params(params, with_exprs);
        if let Some(body) = body {
            self.check_directives(&body.directives);
            if !simple {
                self.check_use_strict(&body.directives);
            }
        }
        if let Some(body) = body {
            self.block_start = body.span.start;
        }
        if !with_exprs && let Some(body) = body {
            self.declare_body(&body.statements);
        }
        self.enter_params();
        self.visit_formal_parameters(params);
        self.enter_body();
        if with_exprs {
            let scope = self.enter(ScopeKind::Body);
            self.out.funcs[func as usize].body_scope = scope;
            if let Some(body) = body {
                self.declare_body(&body.statements);
            }
        }
        if let Some(body) = body {
            for statement in &body.statements {
                self.visit_statement(statement);
            }
        }
        if let Some(expression) = expression {
            self.visit_expression(expression);
        }
        self.leave_function();
        self.leave_code(around);
        self.strict = outer_strict;
        self.block_start = outer_start;
        self.class_heads = outer_heads;
    }

    fn declare_params(&mut self, params: &FormalParameters<'a>, with_exprs: bool) {
        let mut names = Vec::new();
        for item in &params.items {
            bound_names(&item.pattern, &mut |name, at| {
                names.push((name, at, item.span.end))
            });
        }
        if let Some(rest) = &params.rest {
            bound_names(&rest.rest.argument, &mut |name, at| {
                names.push((name, at, rest.span.end))
            });
        }
        for (name, at, end) in names {
            let (symbol, known) = self.declare_once(name, SymbolKind::Param);
            if known {
                self.check_second_param(at);
            }
            if with_exprs {
                self.out.symbols[symbol as usize].init_end = end;
            }
        }
    }

    /// Visits the statements of a block in a scope of its own.
    pub(super) fn block(&mut self, list: &[Statement<'a>], start: u32, kind: ScopeKind) -> u32 {
        let outer = std::mem::replace(&mut self.block_start, start);
        let scope = self.enter(kind);
        self.declare_lexicals(list, false);
        for statement in list {
            self.visit_statement(statement);
        }
        self.leave();
        self.block_start = outer;
        scope
    }

    /// Declares the names of a loop head; they are initialised from `end` on.
    pub(super) fn declare_head(&mut self, head: &VariableDeclaration<'a>, end: Option<u32>) {
        let kind = match head.kind {
            VariableDeclarationKind::Var => return,
            VariableDeclarationKind::Let => SymbolKind::Let,
            _ => SymbolKind::Const,
        };
        let using = !matches!(
            head.kind,
            VariableDeclarationKind::Let | VariableDeclarationKind::Const
        );
        for declarator in &head.declarations {
            let end = end.unwrap_or(declarator.span.end);
            let mut names = Vec::new();
            bound_names(&declarator.id, &mut |name, at| names.push((name, at)));
            for (name, at) in names {
                let (symbol, known) = self.declare_once(name, kind);
                self.check_head_name(name, at, known, true);
                self.out.symbols[symbol as usize].init_end = end;
                self.out.symbols[symbol as usize].using = using;
            }
        }
    }

    /// A branch of an `if`: a function declaration there has a block of its own.
    pub(super) fn branch(&mut self, statement: &Statement<'a>) {
        self.check_branch(statement);
        let Statement::FunctionDeclaration(it) = statement else {
            return self.visit_statement(statement);
        };
        let scope = self.block(
            std::slice::from_ref(statement),
            it.span.start,
            ScopeKind::Block,
        );
        self.out.lone_functions.insert(it.span.start, scope);
    }
}

// Small steps that the visitor in `walk` takes.
impl<'a> Walker<'a> {
    pub(super) fn deeper(&mut self) -> bool {
        if self.depth_left == 0 {
            self.out.too_deep = true;
            return false;
        }
        if self.steps == 0 {
            self.steps = STEPS;
            self.ask(STEPS);
        }
        self.steps -= 1;
        if self.out.stopped {
            return false;
        }
        self.depth_left -= 1;
        true
    }

    /// Asks whether to go on, unless it is known that not.
    fn ask(&mut self, steps: u32) -> bool {
        self.out.stopped = self.out.stopped || !(self.poll)(steps);
        !self.out.stopped
    }

    pub(super) fn shallower(&mut self) {
        self.depth_left += 1;
    }

    /// Patterns are checked by the parser that will compile them, which needs no stack for what nests in them.
    pub(super) fn check_regexp(&mut self, it: &RegExpLiteral<'a>) {
        let flags = it.regex.flags.to_string();
        let units: Vec<u16> = flags.encode_utf16().collect();
        let pattern = it.regex.pattern.text.as_str();
        let problem = match regexp::Flags::parse(&units) {
            Some(known) => regexp::check(pattern, known, &mut |steps| self.ask(steps))
                .err()
                .map(|error| error.message),
            None => Some("Invalid flags".to_owned()),
        };
        if let Some(problem) = problem {
            let message = format!("Invalid regular expression: /{pattern}/{flags}: {problem}");
            self.early.report(it.span.start, message);
        }
    }

    /// The innermost binding of a name, without using it.
    pub(super) fn visible(&self, name: &str) -> u32 {
        self.names.get(name).copied().unwrap_or(NONE)
    }

    /// The binding that a declaration initialises: found by name, so that `var e` in `catch (e)` assigns the parameter.
    pub(super) fn bind_name(&mut self, (name, at): (&'a str, u32), how: Bind) -> u32 {
        self.check_target(name, at);
        let symbol = self.visible(name);
        if symbol == NONE {
            return NONE;
        }
        if how == Bind::Var {
            self.check_var(name, at, symbol);
        }
        let entry = &mut self.out.symbols[symbol as usize];
        let depth = self.out.scopes[entry.scope as usize].depth;
        if self.out.scopes[entry.scope as usize].func != self.func {
            return NONE;
        }
        if !entry.is_lexical() && how != Bind::Param {
            entry.assigned = true;
        }
        entry.captured |= self.withs.last().is_some_and(|&with| depth < with);
        symbol
    }

    pub(super) fn declare_catch(&mut self, pattern: &BindingPattern<'a>) {
        let mut names = Vec::new();
        bound_names(pattern, &mut |name, at| names.push((name, at)));
        for (name, at) in names {
            let (_, known) = self.declare_once(name, SymbolKind::Catch);
            self.check_head_name(name, at, known, false);
        }
        self.note_catch(pattern);
    }

    pub(super) fn block_start(&self) -> u32 {
        self.block_start
    }

    pub(super) fn set_block_start(&mut self, start: u32) -> u32 {
        std::mem::replace(&mut self.block_start, start)
    }

    pub(super) fn enter_with(&mut self) {
        self.withs.push(self.out.scopes[self.scope as usize].depth);
    }

    pub(super) fn leave_with(&mut self) {
        self.withs.pop();
    }

    pub(super) fn push_class_head(&mut self, symbol: u32) {
        self.class_heads.push(symbol);
    }

    pub(super) fn pop_class_head(&mut self) {
        self.class_heads.pop();
    }
}

/// Does a body call itself strict?
pub(super) fn is_strict(body: &FunctionBody<'_>) -> bool {
    body.directives
        .iter()
        .any(|directive| directive.directive == "use strict")
}
