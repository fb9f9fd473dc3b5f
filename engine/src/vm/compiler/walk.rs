//! The scope walk's visitor: which node opens which scope and which uses which name.

use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan;
use oxc_syntax::scope::ScopeFlags;

use super::analysis::{Bind, Walker, is_strict};
use super::scope::{
    ClassInfo, FuncForm, NONE, ScopeKind, SymbolKind, set_reference, set_scope, set_symbol,
};

impl<'a> Visit<'a> for Walker<'a> {
    fn visit_expression(&mut self, it: &Expression<'a>) {
        if self.deeper() {
            walk::walk_expression(self, it);
            self.shallower();
        }
    }

    fn visit_statement(&mut self, it: &Statement<'a>) {
        if self.deeper() {
            walk::walk_statement(self, it);
            self.shallower();
        }
    }

    fn visit_reg_exp_literal(&mut self, it: &RegExpLiteral<'a>) {
        self.check_regexp(it);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.check_reserved(it.name.as_str(), it.span.start);
        let (symbol, check) = self.resolve(it.name.as_str(), it.span.start, false);
        set_reference(&it.reference_id, symbol, check);
    }

    fn visit_numeric_literal(&mut self, it: &NumericLiteral<'a>) {
        self.check_number(it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        self.check_string(it);
    }

    fn visit_object_expression(&mut self, it: &ObjectExpression<'a>) {
        self.check_object(it);
        walk::walk_object_expression(self, it);
    }

    fn visit_labeled_statement(&mut self, it: &LabeledStatement<'a>) {
        self.labeled(it);
    }

    fn visit_break_statement(&mut self, it: &BreakStatement<'a>) {
        self.check_break(it);
    }

    fn visit_continue_statement(&mut self, it: &ContinueStatement<'a>) {
        self.check_continue(it);
    }

    fn visit_while_statement(&mut self, it: &WhileStatement<'a>) {
        self.visit_expression(&it.test);
        self.loop_body(&it.body);
    }

    fn visit_do_while_statement(&mut self, it: &DoWhileStatement<'a>) {
        self.loop_body(&it.body);
        self.visit_expression(&it.test);
    }

    fn visit_yield_expression(&mut self, it: &YieldExpression<'a>) {
        self.check_yield(it.span.start);
        if let Some(argument) = &it.argument {
            self.visit_expression(argument);
        }
    }

    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        set_symbol(&it.symbol_id, self.visible(it.name.as_str()));
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        match it {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(id) => self.write(id),
            _ => {
                if let Some(member) = it.as_member_expression() {
                    self.arguments_object(member.object(), true);
                }
                walk::walk_simple_assignment_target(self, it);
            }
        }
    }

    fn visit_assignment_target_property_identifier(
        &mut self,
        it: &AssignmentTargetPropertyIdentifier<'a>,
    ) {
        self.write(&it.binding);
        if let Some(init) = &it.init {
            self.visit_expression(init);
        }
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        if let AssignmentTarget::StaticMemberExpression(member) = &it.left
            && matches!(member.object, Expression::ThisExpression(_))
        {
            self.out.funcs[self.func as usize].this_properties += 1;
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        if it.property.name == "length" && self.arguments_object(&it.object, false) {
            return;
        }
        self.visit_expression(&it.object);
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        if !self.arguments_object(&it.object, false) {
            self.visit_expression(&it.object);
        }
        self.visit_expression(&it.expression);
    }

    fn visit_private_field_expression(&mut self, it: &PrivateFieldExpression<'a>) {
        self.visit_expression(&it.object);
        // V8 points at the dot.
        self.private(&it.field, it.field.span.start - 1);
    }

    fn visit_private_in_expression(&mut self, it: &PrivateInExpression<'a>) {
        self.private(&it.left, it.left.span.start);
        self.visit_expression(&it.right);
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        if it.operator == UnaryOperator::Delete {
            self.check_delete(&it.argument);
            if let Some(member) = it.argument.as_member_expression() {
                self.arguments_object(member.object(), true);
            }
        }
        walk::walk_unary_expression(self, it);
    }

    fn visit_this_expression(&mut self, it: &ThisExpression) {
        self.use_this(it.span.start);
    }

    fn visit_new_target(&mut self, it: &NewTarget) {
        self.check_new_target(it.span.end - "target".len() as u32);
        self.use_new_target(it.span.start);
    }

    fn visit_import_meta(&mut self, _: &ImportMeta) {
        self.out.uses_import_meta = true;
    }

    fn visit_super(&mut self, it: &Super) {
        self.check_super_property(it.span.start);
        let home = self.out.home_of(self.func);
        self.out.funcs[home as usize].uses_home = true;
        self.use_this(it.span.start);
        self.use_callee(it.span.start);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        match &it.callee {
            Expression::Super(callee) => {
                self.check_super_call(callee.span.start);
                self.use_this(callee.span.start);
                self.use_new_target(callee.span.start);
                self.use_callee(callee.span.start);
            }
            Expression::Identifier(id) => {
                self.visit_identifier_reference(id);
                if id.name == "eval" && !it.optional && !it.arguments.is_empty() {
                    self.use_eval();
                }
            }
            callee => {
                if let Some(member) = callee.as_member_expression() {
                    self.arguments_object(member.object(), true);
                }
                self.visit_expression(callee);
            }
        }
        self.visit_arguments(&it.arguments);
    }

    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.check_await(it.span.start);
        self.out.has_tla |= self.func == 0;
        self.visit_expression(&it.argument);
    }

    fn visit_if_statement(&mut self, it: &IfStatement<'a>) {
        self.visit_expression(&it.test);
        self.branch(&it.consequent);
        if let Some(alternate) = &it.alternate {
            self.branch(alternate);
        }
    }

    fn visit_block_statement(&mut self, it: &BlockStatement<'a>) {
        let scope = self.block(&it.body, it.span.start, ScopeKind::Block);
        set_scope(&it.scope_id, scope);
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        self.out.has_tla |= it.kind == VariableDeclarationKind::AwaitUsing && self.func == 0;
        if matches!(
            it.kind,
            VariableDeclarationKind::Using | VariableDeclarationKind::AwaitUsing
        ) {
            self.check_using(it);
        }
        for declarator in &it.declarations {
            self.bind(&declarator.id, bind_of(it.kind));
            if let Some(init) = &declarator.init {
                self.visit_expression(init);
            }
        }
    }

    fn visit_for_statement(&mut self, it: &ForStatement<'a>) {
        let scope = self.enter(ScopeKind::Block);
        set_scope(&it.scope_id, scope);
        if let Some(ForStatementInit::VariableDeclaration(head)) = &it.init {
            self.declare_head(head, None);
        }
        if let Some(init) = &it.init {
            self.visit_for_statement_init(init);
        }
        if let Some(test) = &it.test {
            self.visit_expression(test);
        }
        if let Some(update) = &it.update {
            self.visit_expression(update);
        }
        self.loop_body(&it.body);
        self.leave();
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        if let ForStatementLeft::VariableDeclaration(head) = &it.left {
            self.check_loop_head(head, false);
        }
        let scope = self.loop_over(&it.left, &it.right, &it.body);
        set_scope(&it.scope_id, scope);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        if it.r#await {
            self.check_await(it.span.start + "for ".len() as u32);
        }
        if let ForStatementLeft::VariableDeclaration(head) = &it.left {
            self.check_loop_head(head, true);
        }
        self.out.has_tla |= it.r#await && self.func == 0;
        let scope = self.loop_over(&it.left, &it.right, &it.body);
        set_scope(&it.scope_id, scope);
    }

    fn visit_with_statement(&mut self, it: &WithStatement<'a>) {
        self.check_with(it);
        self.visit_expression(&it.object);
        self.out.dynamic = true;
        let scope = self.enter(ScopeKind::With);
        set_scope(&it.scope_id, scope);
        self.enter_with();
        self.visit_statement(&it.body);
        self.leave_with();
        self.leave();
    }

    fn visit_switch_statement(&mut self, it: &SwitchStatement<'a>) {
        self.visit_expression(&it.discriminant);
        let outer = self.set_block_start(it.discriminant.span().end);
        let scope = self.enter(ScopeKind::Switch);
        set_scope(&it.scope_id, scope);
        for case in &it.cases {
            self.declare_lexicals(&case.consequent, false);
        }
        self.enter_switch();
        for case in &it.cases {
            if let Some(test) = &case.test {
                self.visit_expression(test);
            }
            for statement in &case.consequent {
                self.visit_statement(statement);
            }
        }
        self.leave_switch();
        self.leave();
        self.set_block_start(outer);
    }

    fn visit_catch_clause(&mut self, it: &CatchClause<'a>) {
        let scope = self.enter(ScopeKind::Block);
        set_scope(&it.scope_id, scope);
        if let Some(param) = &it.param {
            self.declare_catch(&param.pattern);
            self.bind(&param.pattern, Bind::Param);
        }
        self.visit_block_statement(&it.body);
        self.leave();
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        self.bind(&it.pattern, Bind::Param);
        if let Some(init) = &it.initializer {
            self.visit_expression(init);
        }
    }

    fn visit_formal_parameter_rest(&mut self, it: &FormalParameterRest<'a>) {
        self.bind(&it.rest.argument, Bind::Param);
    }

    fn visit_function(&mut self, it: &Function<'a>, _: ScopeFlags) {
        self.any_function(it, FuncForm::Normal);
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        let func = self.add_function(FuncForm::Arrow, it.span.start);
        set_scope(&it.scope_id, func);
        match &it.body {
            ArrowFunctionBody::FunctionBody(body) => {
                self.function(&it.params, Some(body), None, None, func, it.r#async);
            }
            body => {
                let expression = body.as_expression();
                self.function(&it.params, None, expression, None, func, it.r#async);
            }
        }
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        self.key(&it.key, it.computed);
        match &it.value {
            Expression::FunctionExpression(function)
                if it.method || it.kind != PropertyKind::Init =>
            {
                self.any_function(function, FuncForm::Method);
            }
            value => self.visit_expression(value),
        }
    }

    fn visit_binding_property(&mut self, it: &BindingProperty<'a>) {
        self.key(&it.key, it.computed);
        self.visit_binding_pattern(&it.value);
    }

    fn visit_declaration(&mut self, it: &Declaration<'a>) {
        if let Declaration::ClassDeclaration(class) = it {
            self.check_class_name(class);
        }
        walk::walk_declaration(self, it);
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        self.class(it);
    }

    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        self.check_import(it.span.start);
        self.visit_string_literal(&it.source);
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        self.check_export(it.span.start);
        self.visit_string_literal(&it.source);
    }

    fn visit_export_from_declaration(&mut self, it: &ExportFromDeclaration<'a>) {
        self.check_export(it.span.start);
        self.visit_string_literal(&it.source);
    }

    fn visit_export_declaration(&mut self, it: &ExportDeclaration<'a>) {
        self.check_export(it.span.start);
        walk::walk_export_declaration(self, it);
    }

    fn visit_export_default_declaration(&mut self, it: &ExportDefaultDeclaration<'a>) {
        self.check_export(it.span.start);
        walk::walk_export_default_declaration(self, it);
    }

    fn visit_export_named_declaration(&mut self, it: &ExportNamedDeclaration<'a>) {
        self.check_export(it.span.start);
        self.check_exported_names(it);
        for specifier in &it.specifiers {
            if let ModuleExportName::IdentifierReference(id) = &specifier.local {
                set_reference(&id.reference_id, self.visible(id.name.as_str()), false);
            }
        }
    }
}

/// What a declaration of this kind binds.
fn bind_of(kind: VariableDeclarationKind) -> Bind {
    match kind {
        VariableDeclarationKind::Var => Bind::Var,
        _ => Bind::Lexical,
    }
}

impl<'a> Walker<'a> {
    fn key(&mut self, key: &PropertyKey<'a>, computed: bool) {
        if computed {
            self.visit_property_key(key);
        } else {
            self.check_key(key);
        }
    }

    fn write(&mut self, id: &IdentifierReference<'a>) {
        self.check_target(id.name.as_str(), id.span.start);
        let (symbol, check) = self.resolve(id.name.as_str(), id.span.start, true);
        set_reference(&id.reference_id, symbol, check);
    }

    fn private(&mut self, id: &PrivateIdentifier<'a>, at: u32) {
        let symbol = self.resolve_private(id.name.as_str(), id.span.start);
        if symbol == NONE {
            self.check_private(id.name.as_str(), at);
        }
        id.node_id
            .set(oxc_syntax::node::NodeId::new(symbol.min(NONE - 1) as usize));
    }

    /// If `object` is `arguments`, resolves it without calling it an escape unless `escape`, and says so.
    fn arguments_object(&mut self, object: &Expression<'a>, escape: bool) -> bool {
        let Expression::Identifier(id) = object else {
            return false;
        };
        if id.name != "arguments" {
            return false;
        }
        let (symbol, check) = self.resolve_with("arguments", id.span.start, false, escape);
        set_reference(&id.reference_id, symbol, check);
        true
    }

    /// Visits a binding pattern whose names are declared already.
    fn bind(&mut self, pattern: &BindingPattern<'a>, how: Bind) {
        match pattern {
            BindingPattern::BindingIdentifier(id) => {
                let symbol = self.bind_name((id.name.as_str(), id.span.start), how);
                set_symbol(&id.symbol_id, symbol);
            }
            BindingPattern::ObjectPattern(it) => {
                for property in &it.properties {
                    self.key(&property.key, property.computed);
                    self.bind(&property.value, how);
                }
                if let Some(rest) = &it.rest {
                    self.bind(&rest.argument, how);
                }
            }
            BindingPattern::ArrayPattern(it) => {
                for element in it.elements.iter().flatten() {
                    self.bind(element, how);
                }
                if let Some(rest) = &it.rest {
                    self.bind(&rest.argument, how);
                }
            }
            BindingPattern::AssignmentPattern(it) => {
                self.bind(&it.left, how);
                self.visit_expression(&it.right);
            }
        }
    }

    fn loop_over(
        &mut self,
        left: &ForStatementLeft<'a>,
        right: &Expression<'a>,
        body: &Statement<'a>,
    ) -> u32 {
        let scope = self.enter(ScopeKind::Block);
        if let ForStatementLeft::VariableDeclaration(head) = left {
            // The head's names are holes while `right` runs; patterns initialise them in turn.
            self.out.has_tla |= head.kind == VariableDeclarationKind::AwaitUsing && self.func == 0;
            self.declare_head(head, Some(right.span().end));
            for declarator in &head.declarations {
                if let Some(init) = &declarator.init {
                    self.visit_expression(init);
                }
            }
        }
        self.visit_expression(right);
        match left {
            ForStatementLeft::VariableDeclaration(head) => {
                for declarator in &head.declarations {
                    self.in_loop_head(&declarator.id, bind_of(head.kind), body.span().start);
                }
            }
            _ => self.visit_for_statement_left(left),
        }
        self.loop_body(body);
        self.leave();
        scope
    }

    /// Binds a loop head's pattern; its own defaults see holes until the body begins.
    fn in_loop_head(&mut self, pattern: &BindingPattern<'a>, how: Bind, body: u32) {
        if !matches!(pattern, BindingPattern::BindingIdentifier(_)) {
            let mut names = Vec::new();
            super::hoist::bound_names(pattern, &mut |name, _| names.push(name));
            for name in names {
                let symbol = self.visible(name);
                if let Some(entry) = self.out.symbols.get_mut(symbol as usize)
                    && entry.scope == self.scope
                {
                    entry.init_end = body;
                }
            }
        }
        self.bind(pattern, how);
    }

    fn any_function(&mut self, it: &Function<'a>, form: FuncForm) {
        let declaration = it.is_declaration();
        let creation = if declaration {
            self.block_start()
        } else {
            it.span.start
        };
        let mut name = None;
        if let Some(id) = &it.id {
            let strict = self.strict || it.body.as_deref().is_some_and(is_strict);
            self.check_function_name(id, strict, declaration);
            if declaration {
                set_symbol(&id.symbol_id, self.visible(id.name.as_str()));
            } else {
                name = Some(id.name.as_str());
            }
        }
        let func = self.add_function(form, creation);
        set_scope(&it.scope_id, func);
        self.function(&it.params, it.body.as_deref(), None, name, func, it.r#async);
    }

    fn class(&mut self, it: &Class<'a>) {
        if let Some(id) = &it.id {
            set_symbol(&id.symbol_id, self.visible(id.name.as_str()));
        }
        let outer_strict = std::mem::replace(&mut self.strict, true);
        if let Some(id) = &it.id {
            self.check_target(id.name.as_str(), id.span.start);
        }
        self.check_class(it);
        let scope = self.enter(ScopeKind::Class);
        let name_sym = match &it.id {
            Some(id) => self.declare(id.name.as_str(), SymbolKind::Const),
            None => NONE,
        };
        let mut info = ClassInfo {
            scope,
            field_func: NONE,
            static_func: NONE,
            stored: rustc_hash::FxHashMap::default(),
            name_sym,
        };
        self.push_class_head(name_sym);
        if let Some(heritage) = &it.heritage {
            self.visit_expression(&heritage.expression);
        }
        for element in &it.body.body {
            if let Some(PropertyKey::PrivateIdentifier(id)) = element.property_key() {
                self.declare_private(id.name.as_str());
            }
        }
        for element in &it.body.body {
            if let Some(key) = element.property_key()
                && element.computed()
            {
                self.visit_property_key(key);
            }
        }
        self.pop_class_head();
        let derived = it.heritage.is_some();
        for (index, element) in it.body.body.iter().enumerate() {
            self.class_element(index, element, derived, &mut info);
        }
        self.class_values(it, &mut info);
        self.leave();
        self.strict = outer_strict;
        let number = self.out.classes.len() as u32;
        self.out.classes.push(info);
        set_scope(&it.scope_id, number);
    }

    fn class_element(
        &mut self,
        index: usize,
        element: &ClassElement<'a>,
        derived: bool,
        info: &mut ClassInfo,
    ) {
        match element {
            ClassElement::MethodDefinition(it) => {
                let form = match it.kind {
                    MethodDefinitionKind::Constructor if derived => FuncForm::DerivedConstructor,
                    MethodDefinitionKind::Constructor => FuncForm::BaseConstructor,
                    _ => FuncForm::Method,
                };
                self.any_function(&it.value, form);
                if let PropertyKey::PrivateIdentifier(id) = &it.key {
                    self.private(id, id.span.start);
                    if !it.r#static {
                        self.store(index, info);
                        self.need_initializer(false, info, element.span().start);
                    }
                }
            }
            ClassElement::PropertyDefinition(it) => {
                self.need_initializer(it.r#static, info, it.span.start);
                if it.computed {
                    self.store(index, info);
                }
            }
            ClassElement::StaticBlock(it) => {
                self.need_initializer(true, info, it.span.start);
            }
            _ => {}
        }
    }

    fn store(&mut self, index: usize, info: &mut ClassInfo) {
        let symbol = self.out.add_symbol(info.scope, "", SymbolKind::Stored);
        self.out.symbols[symbol as usize].captured = true;
        info.stored.insert(index, symbol);
    }

    fn need_initializer(&mut self, is_static: bool, info: &mut ClassInfo, start: u32) {
        let slot = if is_static {
            &mut info.static_func
        } else {
            &mut info.field_func
        };
        if *slot == NONE {
            let func = self.add_function(FuncForm::Initializer, start);
            // Stored values and private names are reached through the class scope.
            *slot = func;
        }
    }

    fn class_values(&mut self, it: &Class<'a>, info: &mut ClassInfo) {
        for (func, is_static) in [(info.field_func, false), (info.static_func, true)] {
            if func == NONE {
                continue;
            }
            let level = self.out.funcs[self.func as usize].depth;
            self.enter_function(func);
            let around = self.enter_code(false);
            let entry = &mut self.out.funcs[func as usize];
            entry.outer_level = entry.outer_level.min(level);
            for element in &it.body.body {
                match element {
                    ClassElement::PropertyDefinition(it) if it.r#static == is_static => {
                        if let PropertyKey::PrivateIdentifier(id) = &it.key {
                            self.private(id, id.span.start);
                        }
                        if let Some(value) = &it.value {
                            self.visit_expression(value);
                        }
                    }
                    ClassElement::MethodDefinition(it) if !is_static && !it.r#static => {
                        if let PropertyKey::PrivateIdentifier(id) = &it.key {
                            self.private(id, id.span.start);
                        }
                    }
                    ClassElement::StaticBlock(it) if is_static => {
                        let scope = self.static_block(it);
                        set_scope(&it.scope_id, scope);
                    }
                    _ => {}
                }
            }
            self.leave_function();
            self.leave_code(around);
        }
    }

    fn static_block(&mut self, it: &StaticBlock<'a>) -> u32 {
        let outer = self.set_block_start(it.span.start);
        let scope = self.enter(ScopeKind::Block);
        let around = self.enter_code(true);
        self.declare_body(&it.body);
        for statement in &it.body {
            self.visit_statement(statement);
        }
        self.leave_code(around);
        self.leave();
        self.set_block_start(outer);
        scope
    }
}
