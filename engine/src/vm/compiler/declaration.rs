//! Declarations: hoisting in bodies and blocks, `var`, `let`, `const`.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::emitter::text_of;
use super::expression::writes_last;
use super::function::{Gen, Reg, Res};
use super::hoist::function_declaration;
use super::names::Use;
use super::scope::{NONE, Place, SymbolKind, get_symbol};
use crate::vm::bytecode::{FunctionKind, Op};

impl<'a> Gen<'a, '_> {
    /// Instantiates a function body: variables, lexical bindings, function declarations.
    pub(super) fn hoist(&mut self, list: &[Statement<'a>]) -> Res<()> {
        let info = self.info();
        if info.body_scope != info.scope {
            self.scope = info.body_scope;
            if self.unit.analysis.scopes[info.body_scope as usize].has_env {
                self.new_env(info.body_scope)?;
            }
        }
        self.allocate(info.body_scope, list)?;
        if info.body_scope != info.scope {
            self.copy_params()?;
        }
        if self.is_module_top() {
            // The module's instantiation has made its functions.
            return Ok(());
        }
        self.block_functions(list)
    }

    /// Gives the uncaptured symbols of a body registers.
    pub(super) fn allocate(&mut self, scope: u32, list: &[Statement<'a>]) -> Res<()> {
        let analysis = &self.unit.analysis;
        self.surely_assigned(list);
        for symbol in analysis.symbols_of(scope) {
            let entry = &analysis.symbols[symbol as usize];
            if entry.captured
                || matches!(
                    entry.kind,
                    SymbolKind::Param | SymbolKind::Pseudo | SymbolKind::FunctionName
                )
                || symbol == self.info().arguments_sym
            {
                continue;
            }
            let reg = self.temp()?;
            entry.place.set(Place::Reg(reg));
            if self.starts_as_hole(symbol) {
                self.code.emit(Op::LoadHole, 0, reg, 0, 0);
            } else if entry.kind == SymbolKind::Var && !entry.surely.get() {
                self.code.emit(Op::LoadUndef, 0, reg, 0, 0);
            }
        }
        Ok(())
    }

    /// Marks the variables that a top-level `var x = ...` assigns before any use.
    fn surely_assigned(&self, list: &[Statement<'a>]) {
        let symbols = &self.unit.analysis.symbols;
        for statement in list {
            let declaration = match statement {
                Statement::VariableDeclaration(it) => it,
                Statement::ForStatement(it) => match &it.init {
                    Some(ForStatementInit::VariableDeclaration(head)) => head,
                    _ => continue,
                },
                _ => continue,
            };
            if declaration.kind != VariableDeclarationKind::Var {
                continue;
            }
            for declarator in &declaration.declarations {
                if let (BindingPattern::BindingIdentifier(id), Some(_)) =
                    (&declarator.id, &declarator.init)
                    && let Some(entry) = symbols.get(get_symbol(&id.symbol_id) as usize)
                    && entry.first_use >= declarator.span.end
                {
                    entry.surely.set(true);
                }
            }
        }
        for function in list.iter().filter_map(function_declaration) {
            if let Some(id) = &function.id
                && let Some(entry) = symbols.get(get_symbol(&id.symbol_id) as usize)
            {
                entry.surely.set(true);
            }
        }
    }

    /// Variables of a separate body scope begin with the value of the parameter of the same name.
    fn copy_params(&mut self) -> Res<()> {
        let analysis = &self.unit.analysis;
        let info = self.info();
        for symbol in analysis.symbols_of(info.body_scope) {
            let entry = &analysis.symbols[symbol as usize];
            if entry.kind != SymbolKind::Var {
                continue;
            }
            let mut source = analysis.shadowed(symbol);
            if entry.name == "arguments" && info.arguments_sym != NONE {
                source = info.arguments_sym;
            }
            let Some(param) = analysis.symbols.get(source as usize) else {
                continue;
            };
            if param.scope == info.scope && param.kind != SymbolKind::FunctionName {
                let mark = self.next;
                let value = self.load_symbol(self.plain_use(source, 0), source, None)?;
                self.store_symbol(symbol, value)?;
                self.free(mark);
            }
        }
        Ok(())
    }

    /// The statements of a body; a `super()` among them binds `this` for the rest.
    pub(super) fn body_statements(&mut self, list: &[Statement<'a>]) -> Res<()> {
        self.with_resources(list, |this| {
            for (index, statement) in list.iter().enumerate() {
                this.statement(statement)?;
                if index + 1 < list.len() {
                    this.count_rest(statement);
                }
                if let Statement::ExpressionStatement(it) = statement
                    && let Expression::CallExpression(call) = &it.expression
                    && matches!(call.callee, Expression::Super(_))
                {
                    this.super_done = this.super_done.min(it.span.end);
                }
            }
            Ok(())
        })
    }

    /// The statements of a block.
    pub(super) fn block_body(&mut self, list: &[Statement<'a>]) -> Res<()> {
        self.with_resources(list, |this| this.statements(list))
    }

    /// Emits the closures of a statement list's function declarations.
    pub(super) fn block_functions(&mut self, list: &[Statement<'a>]) -> Res<()> {
        for statement in list {
            let Some(function) = function_declaration(statement) else {
                continue;
            };
            let Some(id) = &function.id else { continue };
            let symbol = get_symbol(&id.symbol_id);
            if symbol != NONE {
                self.hoist_function(function, symbol)?;
            }
        }
        Ok(())
    }

    pub(super) fn hoist_function(&mut self, function: &Function<'a>, symbol: u32) -> Res<()> {
        let mark = self.next;
        match self.register_of(symbol) {
            Some(reg) => self.declared_function(function, reg)?,
            None => {
                let value = self.temp()?;
                self.declared_function(function, value)?;
                self.store_symbol(symbol, value)?;
            }
        }
        self.free(mark);
        Ok(())
    }

    /// The closure of a function declaration.
    pub(super) fn declared_function(&mut self, function: &Function<'a>, dst: Reg) -> Res<()> {
        let name = function
            .id
            .as_ref()
            .map_or_else(|| text_of("default"), |id| text_of(id.name.as_str()));
        let template = self.function_template(
            function,
            Some(name),
            FunctionKind::Normal,
            function.span,
            false,
        )?;
        let index = self.inner(template)?;
        self.closure(dst, index)
    }

    /// Where a block's function declaration is evaluated, its `var` gets the value. Source: ECMA-262 B.3.3.
    pub(super) fn annex_b_function(&mut self, it: &Function<'a>) -> Res<()> {
        let Some(&target) = self.unit.analysis.annex_b.get(&it.span.start) else {
            return Ok(());
        };
        let Some(id) = &it.id else { return Ok(()) };
        let own = get_symbol(&id.symbol_id);
        if own == NONE || own == target {
            return Ok(());
        }
        let mark = self.next;
        let value = self.load_symbol(self.plain_use(own, id.span.start), own, None)?;
        if target == NONE {
            let used = Use {
                name: self.find(NONE, id.name.as_str()),
                text: id.name.as_str(),
                check: false,
                pos: id.span.start,
            };
            self.assign_name(used, value)?;
        } else {
            self.store_symbol(target, value)?;
        }
        self.free(mark);
        Ok(())
    }

    pub(super) fn variable_declaration(&mut self, it: &VariableDeclaration<'a>) -> Res<()> {
        for declarator in &it.declarations {
            let mark = self.next;
            match it.kind {
                VariableDeclarationKind::Var => {
                    if let Some(init) = &declarator.init {
                        self.var_initializer(&declarator.id, init)?;
                    }
                }
                VariableDeclarationKind::Let | VariableDeclarationKind::Const => {
                    self.lexical_declarator(declarator)?;
                }
                VariableDeclarationKind::Using | VariableDeclarationKind::AwaitUsing => {
                    let is_async = it.kind == VariableDeclarationKind::AwaitUsing;
                    self.using_declarator(declarator, is_async)?;
                }
            }
            self.free(mark);
        }
        Ok(())
    }

    fn lexical_declarator(&mut self, it: &VariableDeclarator<'a>) -> Res<()> {
        let BindingPattern::BindingIdentifier(id) = &it.id else {
            let Some(init) = &it.init else { return Ok(()) };
            let value = self.expr(init, None)?;
            self.value_pos = Some(init.span().start);
            return self.bind_pattern(&it.id, value);
        };
        let symbol = get_symbol(&id.symbol_id);
        if symbol != NONE
            && (!self.starts_as_hole(symbol) || it.init.as_ref().is_none_or(writes_last))
            && let Some(reg) = self.register_of(symbol)
        {
            match &it.init {
                Some(init) => {
                    self.named(init, Some(id.name.as_str()), Some(reg))?;
                }
                None => {
                    self.code.emit(Op::LoadUndef, 0, reg, 0, 0);
                }
            }
            return Ok(());
        }
        let value = match &it.init {
            Some(init) => self.named(init, Some(id.name.as_str()), None)?,
            None => {
                let value = self.temp()?;
                self.code.emit(Op::LoadUndef, 0, value, 0, 0);
                value
            }
        };
        self.code.at(id.span.start);
        self.initialize(id, value)
    }

    /// Initialises a lexical binding: a symbol, or a script's global one.
    pub(super) fn initialize(&mut self, id: &BindingIdentifier<'a>, value: Reg) -> Res<()> {
        let symbol = get_symbol(&id.symbol_id);
        if symbol != NONE {
            return self.store_symbol(symbol, value);
        }
        let key = self.code.name(id.name.as_str());
        self.code.emit_w1(Op::InitGlobalLex, 0, value, 0, 0, key);
        Ok(())
    }

    /// `var id = init`.
    pub(super) fn var_initializer(
        &mut self,
        id: &BindingPattern<'a>,
        init: &Expression<'a>,
    ) -> Res<()> {
        let mark = self.next;
        if let BindingPattern::BindingIdentifier(id) = id {
            let used = self.var_use(id);
            let name = Some(used.text);
            if let Some(reg) = self.direct_target(used) {
                self.named_into(init, name, reg)?;
            } else {
                let reference = self.reference(used)?;
                let value = self.named(init, name, None)?;
                self.store_reference(used, reference, value)?;
            }
        } else {
            let value = self.expr(init, None)?;
            self.value_pos = Some(init.span().start);
            self.assign_binding(id, value)?;
        }
        self.free(mark);
        Ok(())
    }

    /// A `var` name as the target of its initialiser.
    pub(super) fn var_use(&self, id: &BindingIdentifier<'a>) -> Use<'a> {
        Use {
            name: self.find(get_symbol(&id.symbol_id), id.name.as_str()),
            text: id.name.as_str(),
            check: false,
            pos: id.span.start,
        }
    }
}
