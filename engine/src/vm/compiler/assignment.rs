//! Assignment: to names, to properties, compound and logical.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::emitter::text_of;
use super::function::{Gen, Reg, Res};
use super::names::{Name, Use};
use super::operator::{operation, plain_key, small_int};
use crate::vm::bytecode::{Op, Text};

/// How a name is reached twice: once to read, once to write.
#[derive(Clone, Copy)]
pub(super) enum Reference {
    /// By its fixed place.
    Plain,
    /// By what `ResolveName` found, and the environment that was asked.
    Held(Reg, Reg),
}

/// A property about to be read or written.
#[derive(Clone, Copy)]
pub(super) enum Member<'a> {
    Prop(Reg, &'a str, u32),
    /// Object, key; the key is converted by the first read.
    Elem(Reg, Reg, u32),
    Private(Reg, Reg, u32),
    /// Base, `this` and key in a row.
    Super(Reg, u32),
}

impl Member<'_> {
    /// The same property, blamed at another position.
    pub(super) fn moved_to(self, pos: u32) -> Self {
        match self {
            Member::Prop(object, name, _) => Member::Prop(object, name, pos),
            Member::Elem(object, key, _) => Member::Elem(object, key, pos),
            Member::Private(object, name, _) => Member::Private(object, name, pos),
            Member::Super(regs, _) => Member::Super(regs, pos),
        }
    }
}

impl<'a> Gen<'a, '_> {
    pub(super) fn assignment(
        &mut self,
        it: &AssignmentExpression<'a>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let mark = self.next;
        let value = self.assign(it, want)?;
        if let Some(dst) = want {
            self.mov(dst, value);
            self.free(mark);
            return Ok(dst);
        }
        if i32::from(value) >= mark {
            self.free(mark);
            let dst = self.temp()?;
            self.mov(dst, value);
            return Ok(dst);
        }
        self.free(mark);
        Ok(value)
    }

    pub(super) fn assignment_effect(&mut self, it: &AssignmentExpression<'a>) -> Res<()> {
        let mark = self.next;
        self.assign(it, None)?;
        self.free(mark);
        Ok(())
    }

    /// Gives the register that holds the assigned value.
    fn assign(&mut self, it: &AssignmentExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        match &it.left {
            AssignmentTarget::AssignmentTargetIdentifier(id) => {
                let mut used = self.use_of(id);
                if it.operator == AssignmentOperator::Assign {
                    used.pos = self.operator_after(id.span.end);
                }
                let named = it.span.start == id.span.start;
                self.assign_to_name(it, used, named)
            }
            AssignmentTarget::ArrayAssignmentTarget(_)
            | AssignmentTarget::ObjectAssignmentTarget(_) => {
                let mark = self.next;
                let mut value = self.expr(&it.right, want)?;
                if want.is_none() && i32::from(value) < mark {
                    let copy = self.temp()?;
                    self.mov(copy, value);
                    value = copy;
                }
                self.value_pos = Some(it.right.span().start);
                self.assign_pattern(&it.left, value)?;
                Ok(value)
            }
            target => {
                let Some(member) = target.as_member_expression() else {
                    return self.error("Invalid left-hand side in assignment", it.span.start);
                };
                self.assign_to_member(it, member)
            }
        }
    }

    fn assign_to_name(
        &mut self,
        it: &AssignmentExpression<'a>,
        used: Use<'a>,
        named: bool,
    ) -> Res<Reg> {
        let name = named.then_some(used.text);
        match it.operator {
            AssignmentOperator::Assign => {
                if let Some(reg) = self.direct_target(used) {
                    self.named_into(&it.right, name, reg)?;
                    return Ok(reg);
                }
                let reference = self.reference(used)?;
                let value = self.named(&it.right, name, None)?;
                self.store_reference(used, reference, value)?;
                Ok(value)
            }
            operator if operator.is_logical() => {
                let end = self.code.label();
                if let Some(reg) = self.direct_target(used) {
                    self.code.jump_if(short_circuit(operator), reg, end);
                    self.named_into(&it.right, name, reg)?;
                    self.code.bind(end);
                    return Ok(reg);
                }
                let value = self.temp()?;
                let reference = self.reference(used)?;
                self.load_reference(used, reference, value)?;
                self.code.jump_if(short_circuit(operator), value, end);
                self.named(&it.right, name, Some(value))?;
                self.store_reference(used, reference, value)?;
                self.code.bind(end);
                Ok(value)
            }
            operator => {
                let Some(binary) = operator.to_binary_operator() else {
                    return self.error("Invalid left-hand side in assignment", it.span.start);
                };
                if let Some(reg) = self.direct_target(used) {
                    let mark = self.next;
                    let mut left = reg;
                    if let Name::Symbol(symbol) = used.name
                        && self.unit.analysis.assigned_between(
                            symbol,
                            it.right.span().start,
                            it.span.end,
                        )
                    {
                        left = self.temp()?;
                        self.mov(left, reg);
                    }
                    self.compute(
                        binary,
                        left,
                        &it.right,
                        reg,
                        self.operator_after(it.left.span().end),
                    )?;
                    self.free(mark);
                    return Ok(reg);
                }
                let value = self.temp()?;
                let reference = self.reference(used)?;
                self.load_reference(used, reference, value)?;
                self.compute(
                    binary,
                    value,
                    &it.right,
                    value,
                    self.operator_after(it.left.span().end),
                )?;
                self.store_reference(used, reference, value)?;
                Ok(value)
            }
        }
    }

    /// `dst = left operator right`.
    fn compute(
        &mut self,
        operator: BinaryOperator,
        left: Reg,
        right: &Expression<'a>,
        dst: Reg,
        pos: u32,
    ) -> Res<()> {
        let mark = self.next;
        let (op, immediate) = operation(operator);
        let (op, right) = match small_int(right).zip(immediate) {
            Some((small, immediate)) => (immediate, small),
            None => (op, self.expr(right, None)?),
        };
        self.free(mark);
        self.code.at(pos);
        self.code.emit(op, 0, dst, left, right);
        Ok(())
    }

    fn assign_to_member(
        &mut self,
        it: &AssignmentExpression<'a>,
        member: &MemberExpression<'a>,
    ) -> Res<Reg> {
        self.infer_from_member(member, &it.right);
        match it.operator {
            AssignmentOperator::Assign => {
                let place = self.place(member, it.span.end, false)?;
                let value = self.expr(&it.right, None)?;
                let operator = self.operator_after(member.span().end);
                self.store_place(place.moved_to(operator), value)?;
                Ok(value)
            }
            operator => {
                let value = self.temp()?;
                let place = self.place(member, it.span.end, true)?;
                let object = blamed_read(member.object());
                self.load_place(place.moved_to(object), value)?;
                let place = place.moved_to(self.operator_after(member.span().end));
                if operator.is_logical() {
                    let end = self.code.label();
                    self.code.jump_if(short_circuit(operator), value, end);
                    self.expr(&it.right, Some(value))?;
                    self.store_place(place, value)?;
                    self.code.bind(end);
                } else if let Some(binary) = operator.to_binary_operator() {
                    self.compute(
                        binary,
                        value,
                        &it.right,
                        value,
                        self.operator_after(it.left.span().end),
                    )?;
                    self.store_place(place, value)?;
                }
                Ok(value)
            }
        }
    }

    // ---- references

    /// Finds out where a dynamic name is before its value is computed.
    pub(super) fn reference(&mut self, used: Use<'a>) -> Res<Reference> {
        if used.name != Name::Dynamic {
            return Ok(Reference::Plain);
        }
        let holder = self.temp()?;
        let env = self.current_env()?;
        let key = self.code.name(used.text);
        self.code.at(used.pos);
        self.code.emit_w1(Op::ResolveName, 0, holder, env, 0, key);
        Ok(Reference::Held(holder, env))
    }

    pub(super) fn load_reference(
        &mut self,
        used: Use<'a>,
        reference: Reference,
        dst: Reg,
    ) -> Res<()> {
        match reference {
            Reference::Plain => {
                self.load_name(used, false, Some(dst))?;
            }
            Reference::Held(holder, env) => {
                let key = self.code.name(used.text);
                self.code.at(used.pos);
                let flags = self.strict_flag();
                self.code.emit_w1(Op::GetRef, flags, dst, holder, env, key);
            }
        }
        Ok(())
    }

    pub(super) fn store_reference(
        &mut self,
        used: Use<'a>,
        reference: Reference,
        value: Reg,
    ) -> Res<()> {
        match reference {
            Reference::Plain => self.assign_name(used, value),
            Reference::Held(holder, env) => {
                let key = self.code.name(used.text);
                self.code.at(used.pos);
                let flags = self.strict_flag();
                self.code
                    .emit_w1(Op::SetRef, flags, value, holder, env, key);
                Ok(())
            }
        }
    }

    // ---- properties

    /// Evaluates object and key, which stay valid up to `end`. `twice`: it will be read, then written.
    pub(super) fn place(
        &mut self,
        it: &MemberExpression<'a>,
        end: u32,
        twice: bool,
    ) -> Res<Member<'a>> {
        if matches!(it.object(), Expression::Super(_)) {
            let regs = self.temps(3)?;
            self.super_place(it, regs)?;
            if twice && matches!(it, MemberExpression::ComputedMemberExpression(_)) {
                self.code.emit(Op::ToPropertyKey, 0, regs + 2, regs + 2, 0);
            }
            return Ok(Member::Super(regs, it.span().start));
        }
        match it {
            MemberExpression::StaticMemberExpression(it) => {
                let object = self.operand(&it.object, end)?;
                Ok(Member::Prop(
                    object,
                    it.property.name.as_str(),
                    it.property.span.start,
                ))
            }
            MemberExpression::ComputedMemberExpression(it) => {
                let object = self.operand(&it.object, end)?;
                let pos = it.expression.span().start;
                if let Expression::StringLiteral(key) = &it.expression
                    && let Some(name) = plain_key(key)
                {
                    return Ok(Member::Prop(object, name, pos));
                }
                let key = if twice && small_int(&it.expression).is_none() {
                    let key = self.temp()?;
                    self.expr(&it.expression, Some(key))?
                } else {
                    self.operand(&it.expression, end)?
                };
                Ok(Member::Elem(object, key, pos))
            }
            MemberExpression::PrivateFieldExpression(it) => {
                let object = self.operand(&it.object, end)?;
                let name = self.private_name(&it.field)?;
                Ok(Member::Private(object, name, it.field.span.start))
            }
        }
    }

    /// Reads a property that will be written afterwards.
    pub(super) fn load_place(&mut self, place: Member<'a>, dst: Reg) -> Res<()> {
        match place {
            Member::Prop(object, name, pos) => self.get_prop(dst, object, name, pos),
            Member::Elem(object, key, pos) => {
                self.code.at(pos);
                self.code.emit(Op::GetElemRef, 0, dst, object, key);
            }
            Member::Private(object, name, pos) => {
                self.code.at(pos);
                self.code.emit(Op::GetPrivate, 0, dst, object, name);
            }
            Member::Super(regs, pos) => {
                self.code.at(pos);
                self.code.emit(Op::GetSuper, 0, dst, regs, 0);
            }
        }
        Ok(())
    }

    pub(super) fn store_place(&mut self, place: Member<'a>, value: Reg) -> Res<()> {
        let flags = self.strict_flag();
        match place {
            Member::Prop(object, name, pos) => {
                self.code.at(pos);
                let key = self.code.name(name);
                self.code.emit_w1(Op::SetProp, flags, object, value, 0, key);
            }
            Member::Elem(object, key, pos) => {
                self.code.at(pos);
                self.code.emit(Op::SetElem, flags, object, key, value);
            }
            Member::Private(object, name, pos) => {
                self.code.at(pos);
                self.code.emit(Op::SetPrivate, 0, object, name, value);
            }
            Member::Super(regs, pos) => {
                self.code.at(pos);
                self.code.emit(Op::SetSuper, flags, value, regs, 0);
            }
        }
        Ok(())
    }

    // ---- function names

    /// Evaluates `it`; an anonymous function or class gets `name`.
    pub(super) fn named(
        &mut self,
        it: &Expression<'a>,
        name: Option<&'a str>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        if let Some(name) = name {
            self.infer_from_name(name, it);
        }
        self.named_text(it, name.map(text_of), want)
    }

    pub(super) fn named_text(
        &mut self,
        it: &Expression<'a>,
        name: Option<Text>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        match it {
            Expression::FunctionExpression(it) if it.id.is_none() => {
                self.function_expression(it, name, want)
            }
            Expression::ArrowFunctionExpression(it) => self.arrow(it, name, want),
            Expression::ClassExpression(it) if it.id.is_none() => {
                self.class_expression(it, name, want)
            }
            _ => self.expr(it, want),
        }
    }

    /// As [`Self::named`], into a variable's register.
    pub(super) fn named_into(
        &mut self,
        it: &Expression<'a>,
        name: Option<&'a str>,
        reg: Reg,
    ) -> Res<()> {
        if name.is_none() || !is_anonymous_function(it) {
            return self.assign_variable(it, reg);
        }
        let mark = self.next;
        let value = self.named(it, name, None)?;
        self.mov(reg, value);
        self.free(mark);
        Ok(())
    }
}

/// Where a read that is part of `++` or `+=` is blamed: at its object.
pub(super) fn blamed_read(object: &Expression<'_>) -> u32 {
    match object {
        Expression::StaticMemberExpression(it) => it.property.span.start,
        Expression::ComputedMemberExpression(it) => it.expression.span().start,
        other => other.span().start,
    }
}

/// Is it a function or class without a name of its own? Source: ECMA-262 IsAnonymousFunctionDefinition.
pub(super) fn is_anonymous_function(it: &Expression<'_>) -> bool {
    match it {
        Expression::FunctionExpression(it) => it.id.is_none(),
        Expression::ClassExpression(it) => it.id.is_none(),
        Expression::ArrowFunctionExpression(_) => true,
        _ => false,
    }
}

fn short_circuit(operator: AssignmentOperator) -> Op {
    match operator {
        AssignmentOperator::LogicalAnd => Op::JumpFalse,
        AssignmentOperator::LogicalOr => Op::JumpTrue,
        _ => Op::JumpNotNullish,
    }
}
