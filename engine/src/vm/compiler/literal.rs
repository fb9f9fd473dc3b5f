//! Literals: numbers, strings, regular expressions, arrays, objects, functions.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::assignment::is_anonymous_function;
use super::emitter::{text_of, text_of_lone};
use super::function::{Gen, Reg, Res};
use super::scope::get_scope;
use crate::vm::bytecode::{Constant, FunctionKind, Op, Text};

/// A property key: known, or in a register.
#[derive(Clone)]
pub(super) enum Key<'a> {
    /// A name that is no array index.
    Name(&'a str),
    /// A key in a register; its text if it is known.
    Reg(Reg, Option<Text>),
}

impl<'a> Gen<'a, '_> {
    pub(super) fn load_number(&mut self, value: f64, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let small = value as i32;
        if f64::from(small) == value && !(small == 0 && value.is_sign_negative()) {
            let word = self.code.emit(Op::LoadInt, 0, dst, 0, 0);
            let packed =
                super::emitter::encode(Op::LoadInt, 0, dst, 0, 0) | u64::from(small as u32) << 32;
            self.code.set_word(word, packed);
        } else {
            let constant = self.code.number(value);
            self.code.emit_w1(Op::LoadConst, 0, dst, 0, 0, constant);
        }
        Ok(dst)
    }

    pub(super) fn load_bigint(&mut self, it: &BigIntLiteral<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let constant = self.code.push(Constant::BigInt(it.value.as_str().into()));
        self.code.emit_w1(Op::LoadConst, 0, dst, 0, 0, constant);
        Ok(dst)
    }

    /// The constant of a string literal.
    pub(super) fn string_constant(&mut self, it: &StringLiteral<'a>) -> u64 {
        if it.lone_surrogates {
            self.text_constant(text_of_lone(it.value.as_str()))
        } else {
            self.code.name(it.value.as_str())
        }
    }

    pub(super) fn load_string(&mut self, it: &StringLiteral<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let constant = self.string_constant(it);
        self.code.emit_w1(Op::LoadConst, 0, dst, 0, 0, constant);
        Ok(dst)
    }

    pub(super) fn load_name_text(&mut self, text: &'a str, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let constant = self.code.name(text);
        self.code.emit_w1(Op::LoadConst, 0, dst, 0, 0, constant);
        Ok(dst)
    }

    pub(super) fn load_regexp(&mut self, it: &RegExpLiteral<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let pattern = self.code.name(it.regex.pattern.text.as_str());
        let flags = it.regex.flags.to_string();
        let flags = self.text_constant(text_of(&flags));
        self.code.at(it.span.start);
        let word = self.code.emit_w1(Op::NewRegExp, 0, dst, 0, 0, pattern);
        self.code.set_word(word + 2, flags);
        Ok(dst)
    }

    // ---- arrays

    pub(super) fn array(&mut self, it: &ArrayExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        let plain = it.elements.len() <= 64
            && it.elements.iter().all(|element| {
                !matches!(
                    element,
                    ArrayExpressionElement::SpreadElement(_) | ArrayExpressionElement::Elision(_)
                )
            });
        if plain && !it.elements.is_empty() {
            let first = self.temps(it.elements.len())?;
            for (index, element) in it.elements.iter().enumerate() {
                if let Some(value) = element.as_expression() {
                    let inner = self.next;
                    self.expr(value, Some(first + index as Reg))?;
                    self.free(inner);
                }
            }
            self.free(mark);
            let dst = self.or_temp(want)?;
            self.code
                .emit(Op::NewArrFrom, 0, dst, first, it.elements.len() as i16);
            return Ok(dst);
        }
        let dst = self.or_temp(want)?;
        let room = it.elements.len().min(0xffff) as u16;
        self.code.emit(Op::NewArr, 0, dst, 0, room as i16);
        for element in &it.elements {
            let inner = self.next;
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    let value = self.expr(&spread.argument, None)?;
                    self.code.at(spread.argument.span().start);
                    self.code.emit(Op::ArrSpread, 0, dst, value, 0);
                }
                ArrayExpressionElement::Elision(_) => {
                    self.code.emit(Op::ArrHole, 0, dst, 0, 0);
                }
                element => {
                    if let Some(value) = element.as_expression() {
                        let value = self.expr(value, None)?;
                        self.code.emit(Op::ArrPush, 0, dst, value, 0);
                    }
                }
            }
            self.free(inner);
        }
        Ok(dst)
    }

    // ---- objects

    pub(super) fn object(&mut self, it: &ObjectExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let count = it.properties.len().min(255) as u8;
        self.code.emit(Op::NewObj, count, dst, 0, 0);
        for property in &it.properties {
            let inner = self.next;
            match property {
                ObjectPropertyKind::ObjectProperty(property) => self.property(dst, property)?,
                ObjectPropertyKind::SpreadProperty(spread) => {
                    let value = self.expr(&spread.argument, None)?;
                    self.code.at(spread.argument.span().start);
                    self.code.emit(Op::CopyProps, 0, dst, value, 0);
                }
            }
            self.free(inner);
        }
        Ok(dst)
    }

    fn property(&mut self, object: Reg, it: &ObjectProperty<'a>) -> Res<()> {
        let key = self.property_key(&it.key, it.computed)?;
        let is_method = it.method || it.kind != PropertyKind::Init;
        if is_method && let Expression::FunctionExpression(function) = &it.value {
            return self.object_method(object, it, function, key);
        }
        if let Key::Name("__proto__") = key
            && !it.computed
            && !it.shorthand
        {
            let value = self.expr(&it.value, None)?;
            self.code.emit(Op::SetProto, 0, object, value, 0);
            return Ok(());
        }
        match key {
            Key::Name(name) => {
                let value = self.named(&it.value, Some(name), None)?;
                let key = self.code.name(name);
                self.code.emit_w1(Op::DefProp, 0, object, value, 0, key);
            }
            Key::Reg(key, text) => {
                let computed = text.is_none();
                let value = self.named_text(&it.value, text, None)?;
                if computed && is_anonymous_function(&it.value) && !has_own_name(&it.value) {
                    self.code.emit(Op::SetFnName, 0, value, key, 0);
                }
                self.code.emit(Op::DefElem, 0, object, key, value);
            }
        }
        Ok(())
    }

    fn object_method(
        &mut self,
        object: Reg,
        it: &ObjectProperty<'a>,
        function: &Function<'a>,
        key: Key<'a>,
    ) -> Res<()> {
        let prefix = match it.kind {
            PropertyKind::Init => 0,
            PropertyKind::Get => 1,
            PropertyKind::Set => 2,
        };
        let method = self.method(
            function,
            &key,
            prefix,
            object,
            it.span,
            FunctionKind::Method,
        )?;
        let key = self.key_register(key)?;
        let op = match it.kind {
            PropertyKind::Init => Op::DefMethod,
            PropertyKind::Get => Op::DefGetter,
            PropertyKind::Set => Op::DefSetter,
        };
        self.code.emit(op, 1, object, key, method);
        Ok(())
    }

    /// A method's closure with its name and home object. `prefix`: 0 none, 1 get, 2 set.
    pub(super) fn method(
        &mut self,
        it: &Function<'a>,
        key: &Key<'a>,
        prefix: u8,
        home: Reg,
        span: oxc_span::Span,
        kind: FunctionKind,
    ) -> Res<Reg> {
        let name = match key {
            Key::Name(name) => Some(text_of(name)),
            Key::Reg(_, text) => text.clone(),
        };
        let known = name.is_some();
        let name = name.map(|name| prefixed(name, prefix));
        let template = self.function_template(it, name, kind, span, false)?;
        let index = self.inner(template)?;
        let dst = self.temp()?;
        self.closure(dst, index)?;
        if !known && let Key::Reg(key, _) = key {
            self.code.emit(Op::SetFnName, prefix, dst, *key, 0);
        }
        if self.unit.analysis.funcs[get_scope(&it.scope_id) as usize].uses_home {
            self.code.emit(Op::SetHome, 0, dst, home, 0);
        }
        Ok(dst)
    }

    /// Evaluates a property key.
    pub(super) fn property_key(&mut self, key: &PropertyKey<'a>, computed: bool) -> Res<Key<'a>> {
        if let PropertyKey::StaticIdentifier(id) = key
            && !computed
        {
            return Ok(Key::Name(id.name.as_str()));
        }
        if let PropertyKey::StringLiteral(literal) = key {
            if let Some(name) = super::operator::plain_key(literal)
                && (!computed || name != "__proto__")
            {
                return Ok(Key::Name(name));
            }
            let text = if literal.lone_surrogates {
                text_of_lone(literal.value.as_str())
            } else {
                text_of(literal.value.as_str())
            };
            let reg = self.load_string(literal, None)?;
            return Ok(Key::Reg(reg, Some(text)));
        }
        if let PropertyKey::NumericLiteral(literal) = key {
            let text = number_text(literal.value);
            let reg = self.load_number(literal.value, None)?;
            if text.is_some() {
                return Ok(Key::Reg(reg, text));
            }
            self.code.emit(Op::ToPropertyKey, 0, reg, reg, 0);
            return Ok(Key::Reg(reg, None));
        }
        if let PropertyKey::BigIntLiteral(literal) = key {
            let text = text_of(literal.value.as_str());
            let reg = self.temp()?;
            let constant = self.text_constant(text.clone());
            self.code.emit_w1(Op::LoadConst, 0, reg, 0, 0, constant);
            return Ok(Key::Reg(reg, Some(text)));
        }
        let Some(expression) = key.as_expression() else {
            return self.error("Unexpected private field", key.span().start);
        };
        let reg = self.temp()?;
        let inner = self.next;
        self.expr(expression, Some(reg))?;
        self.free(inner);
        self.code.at(expression.span().start);
        self.code.emit(Op::ToPropertyKey, 0, reg, reg, 0);
        Ok(Key::Reg(reg, None))
    }

    /// The key as a register.
    pub(super) fn key_register(&mut self, key: Key<'a>) -> Res<Reg> {
        match key {
            Key::Name(name) => self.load_name_text(name, None),
            Key::Reg(reg, _) => Ok(reg),
        }
    }

    // ---- functions

    pub(super) fn function_expression(
        &mut self,
        it: &Function<'a>,
        name: Option<Text>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let name = it.id.as_ref().map(|id| text_of(id.name.as_str())).or(name);
        let template = self.function_template(it, name, FunctionKind::Normal, it.span, false)?;
        let index = self.inner(template)?;
        let dst = self.or_temp(want)?;
        self.closure(dst, index)?;
        Ok(dst)
    }

    pub(super) fn arrow(
        &mut self,
        it: &ArrowFunctionExpression<'a>,
        name: Option<Text>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let template = self.arrow_template(it, name)?;
        let index = self.inner(template)?;
        let dst = self.or_temp(want)?;
        self.closure(dst, index)?;
        Ok(dst)
    }

    /// `dst` = a closure of inner function `index` over the innermost environment.
    pub(super) fn closure(&mut self, dst: Reg, index: i16) -> Res<()> {
        let mark = self.next;
        let env = self.current_env()?;
        self.code.emit(Op::Closure, 0, dst, env, index);
        self.free(mark);
        Ok(())
    }
}

/// A class whose static members include `name` keeps it: its own code sets names.
fn has_own_name(it: &Expression<'_>) -> bool {
    let Expression::ClassExpression(it) = it else {
        return false;
    };
    it.body.body.iter().any(|element| {
        element.r#static()
            && !element.computed()
            && element
                .property_key()
                .is_some_and(|key| key.is_specific_static_name("name"))
    })
}

/// `get ` or `set ` before a name.
pub(super) fn prefixed(name: Text, prefix: u8) -> Text {
    let word: &str = match prefix {
        1 => "get ",
        2 => "set ",
        _ => return name,
    };
    match name {
        Text::Latin1(bytes) => Text::Latin1([word.as_bytes(), &bytes].concat().into()),
        Text::Utf16(units) => {
            Text::Utf16(word.encode_utf16().chain(units.iter().copied()).collect())
        }
    }
}

/// The text of a number that is a property key, where that is plain.
pub(super) fn number_text(value: f64) -> Option<Text> {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return Some(text_of(&format!("{}", value as i64)));
    }
    Some(text_of(ryu_js::Buffer::new().format(value)))
}
