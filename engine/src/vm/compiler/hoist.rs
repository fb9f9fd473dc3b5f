//! What declarations a body makes: VarDeclaredNames, lexical names, Annex B.3.3 functions in blocks.
//!
//! One pass over the statements of a function, without its expressions and inner functions.

use oxc_ast::ast::{
    BindingPattern, Declaration, ExportDefaultDeclarationKind, ForStatementInit, ForStatementLeft,
    Function, Statement, SwitchCase, VariableDeclaration, VariableDeclarationKind,
};

/// A place around a function declaration whose lexical names matter for Annex B.3.3.
#[derive(Clone, Copy)]
enum Enclosing<'a, 'b> {
    Statements(&'b [Statement<'a>]),
    Cases(&'b [SwitchCase<'a>]),
    Head(&'b VariableDeclaration<'a>),
    Catch(&'b BindingPattern<'a>),
}

/// The `var` names of a body, in order, with repetitions.
pub(super) struct VarNames<'a, 'b> {
    /// Names of `var` declarations, and where they stand.
    pub(super) names: Vec<(&'a str, u32)>,
    /// Annex B.3.3 candidates: start of the declaration and its name.
    pub(super) annex: Vec<(u32, &'a str)>,
    sloppy: bool,
    enclosing: Vec<Enclosing<'a, 'b>>,
}

impl<'a, 'b> VarNames<'a, 'b> {
    /// Walks the statements of a body.
    pub(super) fn collect(list: &'b [Statement<'a>], sloppy: bool) -> Self {
        let mut this = Self {
            names: Vec::new(),
            annex: Vec::new(),
            sloppy,
            enclosing: Vec::new(),
        };
        for statement in list {
            this.statement(statement, true);
        }
        this
    }

    fn block(&mut self, list: &'b [Statement<'a>]) {
        self.enclosing.push(Enclosing::Statements(list));
        for statement in list {
            self.statement(statement, false);
        }
        self.enclosing.pop();
    }

    /// `top`: directly in the body, where a function is no block function.
    fn statement(&mut self, statement: &'b Statement<'a>, top: bool) {
        match statement {
            Statement::VariableDeclaration(it) => self.declaration(it),
            Statement::FunctionDeclaration(it) if !top => self.block_function(it),
            Statement::BlockStatement(it) => self.block(&it.body),
            Statement::IfStatement(it) => {
                self.branch(&it.consequent);
                if let Some(alternate) = &it.alternate {
                    self.branch(alternate);
                }
            }
            Statement::DoWhileStatement(it) => self.statement(&it.body, false),
            Statement::WhileStatement(it) => self.statement(&it.body, false),
            Statement::WithStatement(it) => self.statement(&it.body, false),
            Statement::LabeledStatement(it) => self.statement(&it.body, top),
            Statement::ForStatement(it) => {
                let head = match &it.init {
                    Some(ForStatementInit::VariableDeclaration(head)) => Some(&**head),
                    _ => None,
                };
                self.with_head(head, &it.body);
            }
            Statement::ForInStatement(it) => self.with_head(left_of(&it.left), &it.body),
            Statement::ForOfStatement(it) => self.with_head(left_of(&it.left), &it.body),
            Statement::SwitchStatement(it) => {
                self.enclosing.push(Enclosing::Cases(&it.cases));
                for case in &it.cases {
                    for statement in &case.consequent {
                        self.statement(statement, false);
                    }
                }
                self.enclosing.pop();
            }
            Statement::TryStatement(it) => {
                self.block(&it.block.body);
                if let Some(handler) = &it.handler {
                    let param = handler.param.as_ref().map(|param| &param.pattern);
                    if let Some(pattern) = param {
                        self.enclosing.push(Enclosing::Catch(pattern));
                    }
                    self.block(&handler.body.body);
                    if param.is_some() {
                        self.enclosing.pop();
                    }
                }
                if let Some(finalizer) = &it.finalizer {
                    self.block(&finalizer.body);
                }
            }
            Statement::ExportDeclaration(it) => {
                if let Declaration::VariableDeclaration(declaration) = &it.declaration {
                    self.declaration(declaration);
                }
            }
            _ => {}
        }
    }

    fn branch(&mut self, statement: &'b Statement<'a>) {
        self.enclosing
            .push(Enclosing::Statements(std::slice::from_ref(statement)));
        self.statement(statement, false);
        self.enclosing.pop();
    }

    fn with_head(&mut self, head: Option<&'b VariableDeclaration<'a>>, body: &'b Statement<'a>) {
        let lexical = head.filter(|head| head.kind != VariableDeclarationKind::Var);
        match (head, lexical) {
            (_, Some(head)) => {
                self.enclosing.push(Enclosing::Head(head));
                self.statement(body, false);
                self.enclosing.pop();
            }
            (Some(head), None) => {
                self.declaration(head);
                self.statement(body, false);
            }
            (None, None) => self.statement(body, false),
        }
    }

    fn declaration(&mut self, it: &'b VariableDeclaration<'a>) {
        if it.kind == VariableDeclarationKind::Var {
            for declarator in &it.declarations {
                bound_names(&declarator.id, &mut |name, at| self.names.push((name, at)));
            }
        }
    }

    fn block_function(&mut self, it: &'b Function<'a>) {
        let Some(id) = &it.id else { return };
        if !self.sloppy || it.generator || it.r#async {
            return;
        }
        let name = id.name.as_str();
        let around = self.enclosing.len().saturating_sub(1);
        if !self.enclosing[..around]
            .iter()
            .any(|place| declares(place, name))
        {
            self.annex.push((it.span.start, name));
        }
    }
}

fn left_of<'a, 'b>(left: &'b ForStatementLeft<'a>) -> Option<&'b VariableDeclaration<'a>> {
    match left {
        ForStatementLeft::VariableDeclaration(head) => Some(head),
        _ => None,
    }
}

fn declares(place: &Enclosing<'_, '_>, name: &str) -> bool {
    let mut found = false;
    match place {
        Enclosing::Statements(list) => {
            lexical_names(list, false, &mut |declared, _, _| found |= declared == name);
        }
        Enclosing::Cases(cases) => {
            for case in *cases {
                lexical_names(&case.consequent, false, &mut |declared, _, _| {
                    found |= declared == name;
                });
            }
        }
        Enclosing::Head(head) => {
            for declarator in &head.declarations {
                bound_names(&declarator.id, &mut |declared, _| found |= declared == name);
            }
        }
        Enclosing::Catch(BindingPattern::BindingIdentifier(_)) => {}
        Enclosing::Catch(pattern) => {
            bound_names(pattern, &mut |declared, _| found |= declared == name);
        }
    }
    found
}

/// How a lexical name comes into being, with the position after which it is initialised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexical {
    Let(u32),
    Const(u32),
    Using(u32),
    Class(u32),
    /// A function declaration: `var`-like at the top of a function.
    Function {
        /// Neither a generator nor async.
        plain: bool,
    },
}

impl Lexical {
    pub(super) fn is_function(self) -> bool {
        matches!(self, Self::Function { .. })
    }

    fn of_function(it: &Function<'_>) -> Self {
        Self::Function {
            plain: !it.generator && !it.r#async,
        }
    }
}

/// Calls `found` for each name that the statement list declares lexically, functions too, with the position of the name;
/// that of a function or class is where it begins.
pub(super) fn lexical_names<'a>(
    list: &[Statement<'a>],
    exports: bool,
    found: &mut dyn FnMut(&'a str, u32, Lexical),
) {
    for statement in list {
        match statement {
            Statement::VariableDeclaration(it) => declaration_names(it, found),
            Statement::ClassDeclaration(it) => {
                if let Some(id) = &it.id {
                    found(id.name.as_str(), it.span.start, Lexical::Class(it.span.end));
                }
            }
            Statement::ExportDeclaration(it) if exports => match &it.declaration {
                Declaration::VariableDeclaration(it) => declaration_names(it, found),
                Declaration::ClassDeclaration(it) => {
                    if let Some(id) = &it.id {
                        found(id.name.as_str(), it.span.start, Lexical::Class(it.span.end));
                    }
                }
                Declaration::FunctionDeclaration(it) => {
                    if let Some(id) = &it.id {
                        found(id.name.as_str(), it.span.start, Lexical::of_function(it));
                    }
                }
                _ => {}
            },
            Statement::ExportDefaultDeclaration(it) if exports => match &it.declaration {
                ExportDefaultDeclarationKind::FunctionDeclaration(it) => found(
                    it.id.as_ref().map_or("*default*", |id| id.name.as_str()),
                    it.span.start,
                    Lexical::of_function(it),
                ),
                ExportDefaultDeclarationKind::ClassDeclaration(it) => found(
                    it.id.as_ref().map_or("*default*", |id| id.name.as_str()),
                    it.span.start,
                    Lexical::Class(it.span.end),
                ),
                _ => found("*default*", it.span.start, Lexical::Const(it.span.end)),
            },
            _ => {
                if let Some(it) = function_declaration(statement)
                    && let Some(id) = &it.id
                {
                    found(id.name.as_str(), it.span.start, Lexical::of_function(it));
                }
            }
        }
    }
}

fn declaration_names<'a>(
    it: &VariableDeclaration<'a>,
    found: &mut dyn FnMut(&'a str, u32, Lexical),
) {
    let kind = match it.kind {
        VariableDeclarationKind::Var => return,
        VariableDeclarationKind::Let => Lexical::Let,
        VariableDeclarationKind::Const => Lexical::Const,
        VariableDeclarationKind::Using | VariableDeclarationKind::AwaitUsing => Lexical::Using,
    };
    for declarator in &it.declarations {
        let end = declarator.span.end;
        bound_names(&declarator.id, &mut |name, at| found(name, at, kind(end)));
    }
}

/// The function that a statement declares, labels taken off.
pub(super) fn function_declaration<'a, 'b>(
    statement: &'b Statement<'a>,
) -> Option<&'b Function<'a>> {
    match statement {
        Statement::FunctionDeclaration(it) => Some(it),
        Statement::LabeledStatement(it) => function_declaration(&it.body),
        _ => None,
    }
}

/// Calls `found` for each name that a pattern binds, with its position.
pub(super) fn bound_names<'a>(pattern: &BindingPattern<'a>, found: &mut dyn FnMut(&'a str, u32)) {
    match pattern {
        BindingPattern::BindingIdentifier(id) => found(id.name.as_str(), id.span.start),
        BindingPattern::ObjectPattern(it) => {
            for property in &it.properties {
                bound_names(&property.value, found);
            }
            if let Some(rest) = &it.rest {
                bound_names(&rest.argument, found);
            }
        }
        BindingPattern::ArrayPattern(it) => {
            for element in it.elements.iter().flatten() {
                bound_names(element, found);
            }
            if let Some(rest) = &it.rest {
                bound_names(&rest.argument, found);
            }
        }
        BindingPattern::AssignmentPattern(it) => bound_names(&it.left, found),
    }
}

/// Does a pattern hold expressions: defaults or computed keys?
pub(super) fn has_expressions(pattern: &BindingPattern<'_>) -> bool {
    match pattern {
        BindingPattern::BindingIdentifier(_) => false,
        BindingPattern::AssignmentPattern(_) => true,
        BindingPattern::ObjectPattern(it) => {
            it.properties
                .iter()
                .any(|property| property.computed || has_expressions(&property.value))
                || it
                    .rest
                    .as_ref()
                    .is_some_and(|rest| has_expressions(&rest.argument))
        }
        BindingPattern::ArrayPattern(it) => {
            it.elements.iter().flatten().any(has_expressions)
                || it
                    .rest
                    .as_ref()
                    .is_some_and(|rest| has_expressions(&rest.argument))
        }
    }
}
