//! Class elements: methods, accessors, fields, private ones, static ones.

use oxc_ast::ast::*;

use super::assignment::is_anonymous_function;
use super::emitter::text_of;
use super::function::{Gen, Reg, Res};
use super::literal::Key;
use super::scope::{ClassInfo, NONE};
use crate::vm::bytecode::frame::{CALLEE, HEADER, THIS};
use crate::vm::bytecode::{FunctionKind, Op};

impl<'a> Gen<'a, '_> {
    /// Evaluates the elements in order, then the static ones. `class`: its register, the prototype's follows.
    pub(super) fn elements(&mut self, it: &Class<'a>, info: &ClassInfo, class: Reg) -> Res<()> {
        let mut static_private = Vec::new();
        for (index, element) in it.body.body.iter().enumerate() {
            let mark = self.next;
            match element {
                ClassElement::MethodDefinition(method) => {
                    if method.kind == MethodDefinitionKind::Constructor {
                        continue;
                    }
                    if let Some(decorator) = method.decorators.first() {
                        return self.error("Invalid or unexpected token", decorator.span.start);
                    }
                    let home = if method.r#static { class } else { class + 1 };
                    if let PropertyKey::PrivateIdentifier(id) = &method.key {
                        let function = self.private_method(method, id, home)?;
                        if method.r#static {
                            static_private.push((id, function, private_kind(method.kind)));
                            continue;
                        }
                        if let Some(&symbol) = info.stored.get(&index) {
                            self.store_symbol(symbol, function)?;
                        }
                    } else {
                        self.class_method(method, home)?;
                    }
                }
                ClassElement::PropertyDefinition(field) => {
                    if let Some(decorator) = field.decorators.first() {
                        return self.error("Invalid or unexpected token", decorator.span.start);
                    }
                    if let Some(&symbol) = info.stored.get(&index) {
                        let key = self.property_key(&field.key, true)?;
                        let key = self.key_register(key)?;
                        self.store_symbol(symbol, key)?;
                    }
                }
                ClassElement::AccessorProperty(accessor) => {
                    return self.error("Invalid or unexpected token", accessor.span.start);
                }
                _ => {}
            }
            self.free(mark);
        }
        if info.name_sym != NONE {
            self.store_symbol(info.name_sym, class)?;
        }
        if info.field_func != NONE {
            let mark = self.next;
            let initializer = self.element_function(it, info, info.field_func, false, class + 1)?;
            self.code.emit(Op::SetFields, 0, class, initializer, 0);
            self.free(mark);
        }
        for (id, function, kind) in static_private {
            let mark = self.next;
            let name = self.private_name(id)?;
            self.code.at(id.span.start);
            self.code.emit(Op::DefPrivate, kind, class, name, function);
            self.free(mark);
        }
        if info.static_func != NONE {
            let mark = self.next;
            let window = self.window()?;
            let inner = self.next;
            let initializer = self.element_function(it, info, info.static_func, true, class)?;
            self.mov(window + HEADER + CALLEE, initializer);
            self.free(inner);
            self.mov(window + HEADER + THIS, class);
            self.code.emit(Op::Call, 0, window, window, 0);
            self.free(mark);
        }
        Ok(())
    }

    fn element_function(
        &mut self,
        it: &Class<'a>,
        info: &ClassInfo,
        func: u32,
        is_static: bool,
        home: Reg,
    ) -> Res<Reg> {
        let template = self.initializer(it, info, func, is_static)?;
        let index = self.inner(template)?;
        let reg = self.temp()?;
        self.closure(reg, index)?;
        self.code.emit(Op::SetHome, 0, reg, home, 0);
        Ok(reg)
    }

    /// The text that a method's `toString` shows: `static` is no part of it.
    fn method_span(&self, it: &MethodDefinition<'a>) -> Span {
        let text = self
            .unit
            .source
            .text
            .get(it.span.start as usize..it.span.end as usize);
        let rest = text
            .filter(|_| it.r#static)
            .and_then(|text| text.strip_prefix("static"));
        match rest {
            Some(rest) => Span::new(it.span.end - skip_trivia(rest).len() as u32, it.span.end),
            None => it.span,
        }
    }

    fn private_method(
        &mut self,
        it: &MethodDefinition<'a>,
        id: &PrivateIdentifier<'a>,
        home: Reg,
    ) -> Res<Reg> {
        let name = text_of(&format!("#{}", id.name.as_str()));
        let key = Key::Reg(0, Some(name));
        let prefix = prefix_of(it.kind);
        self.method(
            &it.value,
            &key,
            prefix,
            home,
            self.method_span(it),
            FunctionKind::Method,
        )
    }

    fn class_method(&mut self, it: &MethodDefinition<'a>, home: Reg) -> Res<()> {
        let key = self.property_key(&it.key, it.computed)?;
        let prefix = prefix_of(it.kind);
        let method = self.method(
            &it.value,
            &key,
            prefix,
            home,
            self.method_span(it),
            FunctionKind::Method,
        )?;
        let key = self.key_register(key)?;
        let op = match it.kind {
            MethodDefinitionKind::Get => Op::DefGetter,
            MethodDefinitionKind::Set => Op::DefSetter,
            _ => Op::DefMethod,
        };
        self.code.at(it.span.start);
        self.code.emit(op, 0, home, key, method);
        Ok(())
    }

    /// In the field initialiser: adds a private method to the instance.
    pub(super) fn add_private_method(
        &mut self,
        index: usize,
        element: &ClassElement<'a>,
        info: &ClassInfo,
    ) -> Res<()> {
        let ClassElement::MethodDefinition(method) = element else {
            return Ok(());
        };
        let (PropertyKey::PrivateIdentifier(id), Some(&symbol)) =
            (&method.key, info.stored.get(&index))
        else {
            return Ok(());
        };
        let mark = self.next;
        let name = self.private_name(id)?;
        let function = self.load_symbol(self.plain_use(symbol, id.span.start), symbol, None)?;
        self.code.at(id.span.start);
        self.code.emit(
            Op::DefPrivate,
            private_kind(method.kind),
            THIS,
            name,
            function,
        );
        self.free(mark);
        Ok(())
    }

    /// In an initialiser: defines a field.
    pub(super) fn field(
        &mut self,
        index: usize,
        it: &PropertyDefinition<'a>,
        info: &ClassInfo,
    ) -> Res<()> {
        self.code.statement(it.span.start);
        if let PropertyKey::PrivateIdentifier(id) = &it.key {
            let text = text_of(&format!("#{}", id.name.as_str()));
            let value = self.field_value(it, Some(text), None)?;
            let name = self.private_name(id)?;
            self.code.at(it.span.start);
            self.code.emit(Op::DefPrivate, 0, THIS, name, value);
            return Ok(());
        }
        if let Some(&symbol) = info.stored.get(&index) {
            let key = self.load_symbol(self.plain_use(symbol, it.span.start), symbol, None)?;
            let value = self.field_value(it, None, Some(key))?;
            self.code.at(it.span.start);
            self.code.emit(Op::DefElem, 0, THIS, key, value);
            return Ok(());
        }
        match self.property_key(&it.key, it.computed)? {
            Key::Name(name) => {
                let value = self.field_value(it, Some(text_of(name)), None)?;
                self.code.at(it.span.start);
                let key = self.code.name(name);
                self.code.emit_w1(Op::DefField, 0, THIS, value, 0, key);
            }
            Key::Reg(key, text) => {
                let value = self.field_value(it, text, None)?;
                self.code.at(it.span.start);
                self.code.emit(Op::DefElem, 0, THIS, key, value);
            }
        }
        Ok(())
    }

    fn field_value(
        &mut self,
        it: &PropertyDefinition<'a>,
        name: Option<crate::vm::bytecode::Text>,
        key: Option<Reg>,
    ) -> Res<Reg> {
        let Some(value) = &it.value else {
            let reg = self.temp()?;
            self.code.emit(Op::LoadUndef, 0, reg, 0, 0);
            return Ok(reg);
        };
        let reg = self.named_text(value, name, None)?;
        if let Some(key) = key
            && is_anonymous_function(value)
        {
            self.code.emit(Op::SetFnName, 0, reg, key, 0);
        }
        Ok(reg)
    }
}

/// 0 none, 1 get, 2 set.
fn prefix_of(kind: MethodDefinitionKind) -> u8 {
    match kind {
        MethodDefinitionKind::Get => 1,
        MethodDefinitionKind::Set => 2,
        _ => 0,
    }
}

/// What `DefPrivate` adds.
fn private_kind(kind: MethodDefinitionKind) -> u8 {
    match kind {
        MethodDefinitionKind::Get => 2,
        MethodDefinitionKind::Set => 3,
        _ => 1,
    }
}

/// The text from its first token on.
fn skip_trivia(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let after = if let Some(comment) = text.strip_prefix("/*") {
            comment.split_once("*/").map(|(_, after)| after)
        } else if text.starts_with("//") {
            text.find(['\n', '\r', '\u{2028}', '\u{2029}'])
                .and_then(|end| text.get(end..))
        } else {
            None
        };
        match after {
            Some(after) => text = after,
            None => return text,
        }
    }
}
