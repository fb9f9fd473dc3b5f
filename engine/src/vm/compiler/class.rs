//! Classes. Source: ECMA-262 ClassDefinitionEvaluation.

use std::sync::Arc;

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::emitter::text_of;
use super::function::{Gen, Meta, Reg, Res};
use super::scope::{ClassInfo, NONE, SymbolKind, get_scope, get_symbol};
use crate::vm::bytecode::frame::{CALLEE, HEADER, NEW_TARGET, THIS};
use crate::vm::bytecode::{CodeFlags, CodeTemplate, FunctionKind, Op, Position, Text};

/// The bytes that coverage counts for a class's initialisers: the class, or its static elements.
fn initialized_span(it: &Class<'_>, is_static: bool) -> (u32, u32) {
    let mut statics = it.body.body.iter().filter_map(|element| match element {
        ClassElement::StaticBlock(block) => Some(block.span),
        ClassElement::PropertyDefinition(field) if field.r#static => Some(field.span),
        _ => None,
    });
    match statics.next().filter(|_| is_static) {
        Some(first) => (first.start, statics.next_back().unwrap_or(first).end),
        None => (it.span.start, it.span.end),
    }
}

impl<'a> Gen<'a, '_> {
    pub(super) fn class_declaration(&mut self, it: &Class<'a>) -> Res<()> {
        let mark = self.next;
        let value = self.class(it, None)?;
        if let Some(id) = &it.id {
            self.code.at(it.span.start);
            self.initialize(id, value)?;
        }
        self.free(mark);
        Ok(())
    }

    pub(super) fn class_expression(
        &mut self,
        it: &Class<'a>,
        name: Option<Text>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let mark = self.next;
        let value = self.class(it, name)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.mov(dst, value);
        Ok(dst)
    }

    /// Evaluates a class; the result is in a register above the current ones.
    pub(super) fn class(&mut self, it: &Class<'a>, name: Option<Text>) -> Res<Reg> {
        if let Some(decorator) = it.decorators.first() {
            return self.error("Invalid or unexpected token", decorator.span.start);
        }
        let analysis = &self.unit.analysis;
        let Some(info) = analysis.classes.get(get_scope(&it.scope_id) as usize) else {
            return self.error("Invalid or unexpected token", it.span.start);
        };
        let outer_scope = self.scope;
        let outer_strict = std::mem::replace(&mut self.in_class, true);
        let class = self.temps(2)?;
        self.enter_scope(info.scope)?;
        let inner = self.next;
        let heritage = match &it.heritage {
            Some(heritage) => Some(self.expr(&heritage.expression, None)?),
            None => None,
        };
        self.private_names(info)?;
        let name = it.id.as_ref().map(|id| text_of(id.name.as_str())).or(name);
        let constructor = self.constructor(it, info, name)?;
        let index = self.inner(constructor)?;
        let env = self.current_env()?;
        let heritage_at = it.heritage.as_ref().map(|it| it.expression.span().start);
        self.code.at(heritage_at.unwrap_or(it.span.start));
        let flags = u8::from(heritage.is_some());
        self.code.emit_w1(
            Op::NewClass,
            flags,
            class,
            env,
            heritage.unwrap_or(env),
            u64::from(index as u16),
        );
        self.free(inner);
        if let Some(function) = constructor_of(it)
            && analysis.funcs[get_scope(&function.scope_id) as usize].uses_home
        {
            self.code.emit(Op::SetHome, 0, class, class + 1, 0);
        }
        self.elements(it, info, class)?;
        self.free(inner);
        self.scope = outer_scope;
        self.in_class = outer_strict;
        Ok(class)
    }

    fn private_names(&mut self, info: &ClassInfo) -> Res<()> {
        let analysis = &self.unit.analysis;
        for symbol in analysis.symbols_of(info.scope) {
            let entry = &analysis.symbols[symbol as usize];
            if entry.kind != SymbolKind::Private {
                continue;
            }
            let mark = self.next;
            let reg = match self.register_of(symbol) {
                Some(reg) => reg,
                None => self.temp()?,
            };
            let key = self.text_constant(text_of(&format!("#{}", entry.name)));
            self.code.emit_w1(Op::NewPrivate, 0, reg, 0, 0, key);
            self.store_symbol(symbol, reg)?;
            self.free(mark);
        }
        Ok(())
    }

    fn constructor(
        &mut self,
        it: &Class<'a>,
        info: &ClassInfo,
        name: Option<Text>,
    ) -> Res<Arc<CodeTemplate>> {
        let kind = if it.heritage.is_some() {
            FunctionKind::DerivedConstructor
        } else {
            FunctionKind::BaseConstructor
        };
        let run_fields = info.field_func != NONE && it.heritage.is_none();
        match constructor_of(it) {
            Some(function) => self.function_template(function, name, kind, it.span, run_fields),
            None => Ok(Arc::new(
                self.default_constructor(it, name, kind, run_fields),
            )),
        }
    }

    /// The constructor of a class that has none of its own.
    fn default_constructor(
        &self,
        it: &Class<'a>,
        name: Option<Text>,
        kind: FunctionKind,
        run_fields: bool,
    ) -> CodeTemplate {
        let mut code = self.unit.emitter(false);
        let derived = kind == FunctionKind::DerivedConstructor;
        code.at(it.span.start);
        let mut registers = 0;
        if derived {
            // r0 holds the array of all arguments, the window follows.
            let window = 1;
            code.emit(Op::GetSuperCtor, 0, window + HEADER + CALLEE, CALLEE, 0);
            code.emit(Op::Move, 0, window + HEADER, 0, 0);
            code.emit(Op::Move, 0, window + HEADER + NEW_TARGET, NEW_TARGET, 0);
            code.emit(Op::SuperCallSpread, 0, THIS, window, 0);
            code.emit(Op::RunFields, 0, THIS, CALLEE, 0);
            code.emit(Op::Return, 0, THIS, 0, 0);
            registers = 1 + HEADER as u16 + 1;
        } else {
            if run_fields {
                code.emit(Op::RunFields, 0, THIS, CALLEE, 0);
            }
            code.emit(Op::ReturnUndef, 0, 0, 0, 0);
        }
        let template = CodeTemplate {
            name,
            kind,
            flags: CodeFlags {
                strict: true,
                needs_args: derived,
                ..CodeFlags::default()
            },
            words: code.words.as_slice().into(),
            positions: vec![Position {
                word: 0,
                offset: it.span.start,
                statement: false,
            }],
            registers,
            span: (it.span.start, it.span.end),
            source: self.unit.source.clone(),
            ..CodeTemplate::default()
        };
        self.unit.put_back(code);
        template
    }

    /// Compiles a function of class elements: field initialisers or static elements.
    pub(super) fn initializer(
        &mut self,
        it: &Class<'a>,
        info: &ClassInfo,
        func: u32,
        is_static: bool,
    ) -> Res<Arc<CodeTemplate>> {
        let meta = Meta {
            name: Some(text_of(if is_static {
                "<static_initializer>"
            } else {
                "<instance_members_initializer>"
            })),
            kind: FunctionKind::ClassInitializer,
            span: (it.span.start, it.span.end),
            ..Meta::default()
        };
        for long in [false, true] {
            let mut inner = Gen::new(self.unit, func, meta.clone(), long);
            inner.deeper()?;
            let done = inner.initializer_body(it, info, is_static);
            inner.shallower();
            done?;
            inner.code.resolve();
            if !inner.code.overflow || long {
                return Ok(Arc::new(inner.finish(0)));
            }
        }
        self.error("Invalid or unexpected token", it.span.start)
    }

    fn initializer_body(&mut self, it: &Class<'a>, info: &ClassInfo, is_static: bool) -> Res<()> {
        self.prologue()?;
        let (start, end) = initialized_span(it, is_static);
        self.count(start, end);
        if !is_static {
            for (index, element) in it.body.body.iter().enumerate() {
                self.add_private_method(index, element, info)?;
            }
        }
        for (index, element) in it.body.body.iter().enumerate() {
            let mark = self.next;
            if self.code.dead {
                break;
            }
            match element {
                ClassElement::PropertyDefinition(field) if field.r#static == is_static => {
                    self.field(index, field, info)?;
                }
                ClassElement::StaticBlock(block) if is_static => self.static_block(block)?,
                _ => {}
            }
            self.free(mark);
        }
        if !self.code.dead {
            self.code.emit(Op::ReturnUndef, 0, 0, 0, 0);
        }
        Ok(())
    }

    fn static_block(&mut self, it: &StaticBlock<'a>) -> Res<()> {
        let outer = self.scope;
        let scope = get_scope(&it.scope_id);
        self.code.statement(it.span.start);
        self.enter_scope(scope)?;
        let analysis = &self.unit.analysis;
        for symbol in analysis.symbols_of(scope) {
            if analysis.symbols[symbol as usize].kind == SymbolKind::Var
                && let Some(reg) = self.register_of(symbol)
            {
                self.code.emit(Op::LoadUndef, 0, reg, 0, 0);
            }
        }
        self.block_functions(&it.body)?;
        self.block_body(&it.body)?;
        self.scope = outer;
        Ok(())
    }
}

/// The function of a class's `constructor`.
pub(super) fn constructor_of<'n, 'a>(it: &'n Class<'a>) -> Option<&'n Function<'a>> {
    it.body.body.iter().find_map(|element| match element {
        ClassElement::MethodDefinition(method)
            if method.kind == MethodDefinitionKind::Constructor =>
        {
            Some(&*method.value)
        }
        _ => None,
    })
}

/// The symbol of a class declaration's outer binding.
pub(super) fn declared_symbol(it: &Class<'_>) -> u32 {
    it.id.as_ref().map_or(NONE, |id| get_symbol(&id.symbol_id))
}
