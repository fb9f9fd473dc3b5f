//! One function: its registers, its prologue, its body.

use std::sync::Arc;

use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, Expression, FormalParameters, Function,
    FunctionBody, Statement,
};
use oxc_span::Span;

use super::analysis::Top;
use super::control::Control;
use super::emitter::{Emitter, Label};
use super::error::CompileError;
use super::scope::{Analysis, FuncForm, FuncInfo, NONE, Place, get_scope};
use crate::vm::bytecode::frame::{CALLEE, NEW_TARGET, THIS};
use crate::vm::bytecode::{
    CodeFlags, CodeTemplate, Constant, Coverage, EvalScope, FunctionKind, GlobalDeclarations,
    Handler, Op, ScopeInfo, Source, TemplateSite, Text,
};
use crate::vm::front::Poll;
use crate::vm::text::StandIns;

/// A register number.
pub(super) type Reg = i16;
/// Result of compiling something.
pub(super) type Res<T> = Result<T, CompileError>;

/// What all functions of a source share.
pub(super) struct Unit<'a> {
    pub(super) analysis: Analysis<'a>,
    pub(super) source: Arc<Source>,
    pub(super) top: Top<'a>,
    /// Bytes before the source proper: a directive for code that is strict from outside.
    pub(super) prefix: u32,
    /// The environments that direct eval code sees.
    pub(super) external: Option<&'a EvalScope>,
    /// How much deeper the recursion may go.
    pub(super) depth: std::cell::Cell<u32>,
    /// Whom it asks whether to go on, and steps till then.
    pub(super) poll: &'a Poll<'a>,
    pub(super) steps: std::cell::Cell<u32>,
    /// What traces call anonymous functions, by where these begin: see `inferred`.
    pub(super) inferred: std::cell::RefCell<rustc_hash::FxHashMap<u32, String>>,
    /// Emitters of functions that are done.
    pub(super) spare: std::cell::RefCell<Vec<Emitter<'a>>>,
}

/// Statements and expressions between two questions whether to go on.
pub(super) const STEPS: u32 = 2048;

impl<'a> Unit<'a> {
    /// What the code of a function is put into.
    pub(super) fn emitter(&self, long: bool) -> Emitter<'a> {
        let spare = self.spare.borrow_mut().pop();
        let mut code = spare.unwrap_or_else(|| Emitter::new(&self.source.text));
        code.renew(long);
        code
    }

    /// Keeps an emitter for another function.
    pub(super) fn put_back(&self, code: Emitter<'a>) {
        self.spare.borrow_mut().push(code);
    }

    #[cold]
    fn ask(&self) -> Res<()> {
        self.steps.set(STEPS);
        match (self.poll)(STEPS) {
            true => Ok(()),
            false => Err(CompileError::stopped()),
        }
    }
}

/// What a function consists of.
#[derive(Clone, Copy)]
pub(super) enum Body<'n, 'a> {
    Statements(&'n FunctionBody<'a>),
    Expression(&'n Expression<'a>),
    Program(&'n [Statement<'a>]),
    Empty,
}

/// What a template says beside the code.
#[derive(Clone, Default)]
pub(super) struct Meta {
    pub(super) name: Option<Text>,
    pub(super) kind: FunctionKind,
    pub(super) is_async: bool,
    pub(super) is_generator: bool,
    pub(super) span: (u32, u32),
    pub(super) length: u16,
    /// Run the field initialiser on entry.
    pub(super) run_fields: bool,
    /// The bytes that coverage counts as the function, where they are not its span: a constructor within its class.
    pub(super) counted: Option<(u32, u32)>,
}

/// The compiler of one function.
pub(super) struct Gen<'a, 'u> {
    pub(super) unit: &'u Unit<'a>,
    pub(super) func: u32,
    pub(super) code: Emitter<'a>,
    pub(super) functions: Vec<Arc<CodeTemplate>>,
    pub(super) scopes: Vec<Arc<ScopeInfo>>,
    pub(super) evals: Vec<Arc<EvalScope>>,
    pub(super) globals: Vec<GlobalDeclarations>,
    pub(super) templates: Vec<TemplateSite>,
    pub(super) argument_maps: Vec<Vec<i32>>,
    pub(super) meta: Meta,
    pub(super) next: i32,
    max: i32,
    /// The scope that code is compiled in.
    pub(super) scope: u32,
    /// Holds the environment that the function closed over.
    pub(super) callee_env: Option<Reg>,
    /// Holds the environment that sloppy direct eval adds variables to.
    pub(super) var_env: Option<Reg>,
    pub(super) args_reg: Option<Reg>,
    pub(super) control: Vec<Control<'a>>,
    /// Holds the completion value of a script or eval.
    pub(super) completion: Option<Reg>,
    /// Holds the promise of an async function.
    pub(super) promise: Reg,
    /// Labels of the statement about to be compiled.
    pub(super) labels: Vec<&'a str>,
    /// Set while a chain is compiled: where a short circuit goes.
    pub(super) chain_end: Option<Label>,
    /// From this source position on, `this` of a derived constructor is bound.
    pub(super) super_done: u32,
    /// Holds the resources of the block being compiled.
    pub(super) resources: Option<Reg>,
    /// Where the value about to be destructured stands.
    pub(super) value_pos: Option<u32>,
    /// Ranges that are counted, for coverage.
    pub(super) counted: Vec<(u32, u32)>,
    /// Inside a class's heritage or computed keys, which are strict mode code.
    pub(super) in_class: bool,
}

impl<'a, 'u> Gen<'a, 'u> {
    pub(super) fn new(unit: &'u Unit<'a>, func: u32, meta: Meta, long: bool) -> Self {
        Self {
            unit,
            func,
            code: unit.emitter(long),
            functions: Vec::new(),
            scopes: Vec::new(),
            evals: Vec::new(),
            globals: Vec::new(),
            templates: Vec::new(),
            argument_maps: Vec::new(),
            meta,
            next: 0,
            max: 0,
            scope: unit.analysis.funcs[func as usize].scope,
            callee_env: None,
            var_env: None,
            args_reg: None,
            control: Vec::new(),
            completion: None,
            promise: 0,
            labels: Vec::new(),
            chain_end: None,
            super_done: NONE,
            resources: None,
            value_pos: None,
            counted: Vec::new(),
            in_class: false,
        }
    }

    pub(super) fn info(&self) -> &'u FuncInfo {
        &self.unit.analysis.funcs[self.func as usize]
    }

    pub(super) fn strict(&self) -> bool {
        self.info().strict || self.in_class
    }

    /// An async function, but no generator: its result goes into a promise.
    pub(super) fn is_async_function(&self) -> bool {
        self.meta.is_async && !self.meta.is_generator
    }

    /// The flag that strict code sets in `x`.
    pub(super) fn strict_flag(&self) -> u8 {
        u8::from(self.strict())
    }

    pub(super) fn error<T>(&self, message: &str, offset: u32) -> Res<T> {
        Err(CompileError::syntax(
            message,
            &self.unit.source.text,
            offset,
        ))
    }

    // ---- registers

    /// Takes the next register.
    pub(super) fn temp(&mut self) -> Res<Reg> {
        self.temps(1)
    }

    /// Takes `count` registers in a row and gives the first.
    pub(super) fn temps(&mut self, count: usize) -> Res<Reg> {
        let first = self.next;
        self.next = i32::try_from(count)
            .ok()
            .and_then(|count| first.checked_add(count))
            .filter(|&next| next < i32::from(i16::MAX))
            .ok_or_else(|| CompileError::range("too many registers in a function"))?;
        self.max = self.max.max(self.next);
        Ok(first as Reg)
    }

    /// Gives back every register from `mark` on.
    pub(super) fn free(&mut self, mark: i32) {
        self.next = mark;
    }

    pub(super) fn or_temp(&mut self, want: Option<Reg>) -> Res<Reg> {
        match want {
            Some(reg) => Ok(reg),
            None => self.temp(),
        }
    }

    pub(super) fn mov(&mut self, dst: Reg, src: Reg) {
        if dst != src {
            self.code.emit(Op::Move, 0, dst, src, 0);
        }
    }

    /// Puts the value of `src` where `want` says, or leaves it.
    pub(super) fn deliver(&mut self, want: Option<Reg>, src: Reg) -> Reg {
        if let Some(dst) = want {
            self.mov(dst, src);
            return dst;
        }
        src
    }

    // ---- recursion

    pub(super) fn deeper(&self) -> Res<()> {
        let left = self.unit.depth.get();
        if left == 0 {
            return Err(CompileError::too_deep());
        }
        self.unit.depth.set(left - 1);
        match self.unit.steps.get() {
            0 => self.unit.ask(),
            steps => {
                self.unit.steps.set(steps - 1);
                Ok(())
            }
        }
    }

    pub(super) fn shallower(&self) {
        self.unit.depth.set(self.unit.depth.get() + 1);
    }

    // ---- inner functions

    /// Compiles an inner function and gives its index.
    pub(super) fn inner(&mut self, template: Arc<CodeTemplate>) -> Res<i16> {
        let index = self.functions.len();
        self.functions.push(template);
        u16::try_from(index)
            .map(|index| index as i16)
            .map_err(|_| CompileError::range("too many functions in a function"))
    }

    /// Compiles a function node.
    pub(super) fn function_template(
        &self,
        it: &Function<'a>,
        name: Option<Text>,
        kind: FunctionKind,
        span: Span,
        run_fields: bool,
    ) -> Res<Arc<CodeTemplate>> {
        let meta = Meta {
            name,
            kind,
            is_async: it.r#async,
            is_generator: it.generator,
            span: (span.start, span.end),
            length: length_of(&it.params),
            run_fields,
            counted: matches!(
                kind,
                FunctionKind::BaseConstructor | FunctionKind::DerivedConstructor
            )
            .then(|| self.constructor_span(it.span)),
        };
        let body = it.body.as_deref().map_or(Body::Empty, Body::Statements);
        compile(
            self.unit,
            get_scope(&it.scope_id),
            Some(&it.params),
            body,
            meta,
        )
    }

    pub(super) fn arrow_template(
        &self,
        it: &ArrowFunctionExpression<'a>,
        name: Option<Text>,
    ) -> Res<Arc<CodeTemplate>> {
        let meta = Meta {
            name,
            kind: FunctionKind::Arrow,
            is_async: it.r#async,
            is_generator: false,
            span: (it.span.start, it.span.end),
            length: length_of(&it.params),
            ..Meta::default()
        };
        let body = match &it.body {
            ArrowFunctionBody::FunctionBody(body) => Body::Statements(body),
            body => body.as_expression().map_or(Body::Empty, Body::Expression),
        };
        compile(
            self.unit,
            get_scope(&it.scope_id),
            Some(&it.params),
            body,
            meta,
        )
    }

    // ---- the function itself

    /// Where the function starts: its environments, `this`, arguments. Parameters follow.
    pub(super) fn prologue(&mut self) -> Res<()> {
        let info = self.info();
        let analysis = &self.unit.analysis;
        let body_env = analysis.scopes[info.body_scope as usize].has_env;
        let own_env = analysis.scopes[info.scope as usize].has_env;
        if own_env
            || body_env
            || self.is_module_top()
            || info.outer_level < info.depth
            || analysis.dynamic
            || self.unit.external.is_some()
        {
            let reg = self.temp()?;
            self.code.emit(Op::CalleeEnv, 0, reg, 0, 0);
            self.callee_env = Some(reg);
            if self.has_var_env(self.func) {
                let var_env = self.temp()?;
                self.code.emit(Op::NewVarEnv, 0, var_env, reg, 0);
                self.var_env = Some(var_env);
            }
        }
        if self.is_module_top() {
            let env = self.callee_env.unwrap_or(0);
            analysis.scopes[0].env_reg.set(env);
        } else if own_env {
            self.new_env(info.scope)?;
        }
        if info.uses_this
            && !info.strict
            && matches!(info.form, FuncForm::Normal | FuncForm::Method)
        {
            self.code.emit(Op::CoerceThis, 0, THIS, 0, 0);
        }
        for (symbol, reg) in [
            (info.this_sym, THIS),
            (info.new_target_sym, NEW_TARGET),
            (info.callee_sym, CALLEE),
        ] {
            if symbol != NONE {
                self.capture_header(symbol, reg)?;
            }
        }
        if info.name_sym != NONE {
            let symbol = &analysis.symbols[info.name_sym as usize];
            if symbol.captured {
                self.store_symbol(info.name_sym, CALLEE)?;
            } else {
                symbol.place.set(Place::Reg(CALLEE));
            }
        }
        if self.meta.run_fields {
            self.code.emit(Op::RunFields, 0, THIS, CALLEE, 0);
        }
        Ok(())
    }

    fn capture_header(&mut self, symbol: u32, reg: Reg) -> Res<()> {
        let info = self.info();
        if info.form == FuncForm::Toplevel && self.unit.external.is_some() {
            let mark = self.next;
            let name = match reg {
                THIS => "this",
                NEW_TARGET => "new.target",
                _ => "%callee",
            };
            // A `this` that is not bound yet stays a hole: uses check.
            let value = self.toplevel_or(0, name, reg, None)?;
            self.store_symbol(symbol, value)?;
            self.free(mark);
            return Ok(());
        }
        if reg == THIS && info.form == FuncForm::DerivedConstructor {
            let mark = self.next;
            let hole = self.temp()?;
            self.code.emit(Op::LoadHole, 0, hole, 0, 0);
            self.store_symbol(symbol, hole)?;
            self.free(mark);
            return Ok(());
        }
        self.store_symbol(symbol, reg)
    }

    pub(super) fn is_module_top(&self) -> bool {
        self.func == 0 && matches!(self.unit.top, Top::Module)
    }

    fn body(&mut self, body: Body<'_, 'a>) -> Res<()> {
        match body {
            Body::Statements(body) => {
                self.hoist(&body.statements)?;
                self.body_statements(&body.statements)?;
            }
            Body::Program(statements) => {
                self.hoist(statements)?;
                self.body_statements(statements)?;
            }
            Body::Expression(expression) => {
                let mark = self.next;
                self.code
                    .statement(oxc_span::GetSpan::span(expression).start);
                let value = self.expr(expression, None)?;
                self.return_value(value)?;
                self.free(mark);
            }
            Body::Empty => {}
        }
        Ok(())
    }

    fn whole(&mut self, params: Option<&FormalParameters<'a>>, body: Body<'_, 'a>) -> Res<()> {
        let n_params = match (params, self.unit.top) {
            (Some(params), _) => params.items.len(),
            (None, Top::Function(names)) if self.func == 0 => names.len(),
            _ => 0,
        };
        if n_params > 0xffff {
            return Err(CompileError::range("too many parameters"));
        }
        self.temps(n_params)?;
        let is_async = self.is_async_function();
        let mut start = 0;
        if is_async {
            self.promise = self.temp()?;
            self.code.emit(Op::AsyncStart, 0, self.promise, 0, 0);
            start = self.code.here();
        }
        self.prologue()?;
        let counted = self.meta.counted.unwrap_or(self.meta.span);
        self.count(counted.0, counted.1);
        // The call path puts the array of arguments into its register before any of this runs: that register must not be
        // one that was used meanwhile.
        self.next = self.max;
        self.params(params)?;
        if self.meta.is_generator {
            let mark = self.next;
            let object = self.temp()?;
            self.code.emit(Op::InitGen, 0, object, 0, 0);
            self.free(mark);
        }
        self.body(body)?;
        self.finish_body()?;
        if is_async {
            let end = self.code.here();
            let error = self.temp()?;
            self.code.dead = false;
            self.code.handlers.push(Handler {
                start,
                end,
                target: end,
                reg: error,
            });
            self.code.emit(Op::AsyncThrow, 0, self.promise, error, 0);
        }
        Ok(())
    }

    fn finish_body(&mut self) -> Res<()> {
        if self.code.dead {
            return Ok(());
        }
        self.code.at(self.meta.span.1.saturating_sub(1));
        if let Some(value) = self.completion {
            return self.return_value(value);
        }
        let plain = !self.is_async_function() && self.info().form != FuncForm::DerivedConstructor;
        if plain {
            self.code.emit(Op::ReturnUndef, 0, 0, 0, 0);
            return Ok(());
        }
        let mark = self.next;
        let value = self.temp()?;
        self.code.emit(Op::LoadUndef, 0, value, 0, 0);
        self.return_value(value)?;
        self.free(mark);
        Ok(())
    }

    /// Turns the code into a template.
    pub(super) fn finish(mut self, n_params: usize) -> CodeTemplate {
        let info = self.info();
        let inferred = match self.meta.name {
            None => self.unit.inferred.borrow().get(&self.meta.span.0).cloned(),
            Some(_) => None,
        };
        if let Some(stand_ins) = self.unit.source.stand_ins {
            self.restore_lone_surrogates(stand_ins);
        }
        let mut code = self.code;
        let template = CodeTemplate {
            inferred_name: inferred,
            name: self.meta.name.take(),
            kind: self.meta.kind,
            flags: CodeFlags {
                strict: info.strict,
                is_generator: self.meta.is_generator,
                is_async: self.meta.is_async,
                needs_args: self.args_reg.is_some(),
                has_eval: info.has_eval,
            },
            words: code.words.as_slice().into(),
            constants: code.constants.drain(..).collect(),
            functions: self.functions,
            handlers: code.handlers.as_slice().into(),
            positions: code.positions.as_slice().into(),
            params: n_params as u16,
            registers: self.max as u16,
            length: self.meta.length,
            args_reg: self.args_reg.unwrap_or(0),
            scopes: self.scopes,
            evals: self.evals,
            globals: self.globals,
            templates: self.templates,
            argument_maps: self.argument_maps,
            span: self.meta.span,
            this_properties: info.this_properties.min(255) as u8,
            coverage: Coverage::of(self.counted),
            source: self.unit.source.clone(),
        };
        self.unit.put_back(code);
        template
    }

    /// Gives the texts of the finished code the surrogates that the parser could not be shown.
    fn restore_lone_surrogates(&mut self, stand_ins: StandIns) {
        for constant in &mut self.code.constants {
            if let Constant::Text(text) = constant {
                text.restore(stand_ins);
            }
        }
        for (cooked, raw) in self.templates.iter_mut().flat_map(|site| &mut site.parts) {
            raw.restore(stand_ins);
            if let Some(cooked) = cooked {
                cooked.restore(stand_ins);
            }
        }
        if let Some(name) = &mut self.meta.name {
            name.restore(stand_ins);
        }
    }

    /// A text constant of its own.
    pub(super) fn text_constant(&mut self, text: Text) -> u64 {
        self.code.push(Constant::Text(text))
    }
}

/// Compiles one function.
pub(super) fn compile<'a>(
    unit: &Unit<'a>,
    func: u32,
    params: Option<&FormalParameters<'a>>,
    body: Body<'_, 'a>,
    mut meta: Meta,
) -> Res<Arc<CodeTemplate>> {
    for long in [false, true] {
        let mut generator = Gen::new(unit, func, meta, long);
        generator.deeper()?;
        let done = generator.whole(params, body);
        generator.shallower();
        done?;
        let n_params = match (params, unit.top) {
            (Some(params), _) => params.items.len(),
            (None, Top::Function(names)) if func == 0 => names.len(),
            _ => 0,
        };
        generator.code.resolve();
        if !generator.code.overflow || long {
            return Ok(Arc::new(generator.finish(n_params)));
        }
        meta = generator.meta;
    }
    Err(CompileError::range("function too large"))
}

/// A function's `length`: the parameters before the first with an initialiser.
fn length_of(params: &FormalParameters<'_>) -> u16 {
    let count = params
        .items
        .iter()
        .take_while(|item| item.initializer.is_none())
        .count();
    u16::try_from(count).unwrap_or(u16::MAX)
}
