//! Operators: binary, unary, update, delete, member access.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::function::{Gen, Reg, Res};
use super::names::Name;
use super::scope::NONE;
use crate::vm::bytecode::Op;

/// A number that fits an instruction's 16-bit field.
pub(super) fn small_int(it: &Expression<'_>) -> Option<i16> {
    let number = constant_number(it)?;
    let small = number as i16;
    (f64::from(small) == number && !(small == 0 && number.is_sign_negative())).then_some(small)
}

fn constant_number(it: &Expression<'_>) -> Option<f64> {
    match it {
        Expression::NumericLiteral(it) => Some(it.value),
        Expression::UnaryExpression(it) if it.operator == UnaryOperator::UnaryNegation => {
            match &it.argument {
                Expression::NumericLiteral(it) => Some(-it.value),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The instruction of a binary operator, and its form with an immediate right operand.
pub(super) fn operation(operator: BinaryOperator) -> (Op, Option<Op>) {
    match operator {
        BinaryOperator::Equality => (Op::Eq, None),
        BinaryOperator::Inequality => (Op::Ne, None),
        BinaryOperator::StrictEquality => (Op::StrictEq, None),
        BinaryOperator::StrictInequality => (Op::StrictNe, None),
        BinaryOperator::LessThan => (Op::Lt, None),
        BinaryOperator::LessEqualThan => (Op::Le, None),
        BinaryOperator::GreaterThan => (Op::Gt, None),
        BinaryOperator::GreaterEqualThan => (Op::Ge, None),
        BinaryOperator::Addition => (Op::Add, Some(Op::AddI)),
        BinaryOperator::Subtraction => (Op::Sub, Some(Op::SubI)),
        BinaryOperator::Multiplication => (Op::Mul, Some(Op::MulI)),
        BinaryOperator::Division => (Op::Div, None),
        BinaryOperator::Remainder => (Op::Mod, None),
        BinaryOperator::Exponential => (Op::Exp, None),
        BinaryOperator::ShiftLeft => (Op::Shl, Some(Op::ShlI)),
        BinaryOperator::ShiftRight => (Op::Shr, Some(Op::ShrI)),
        BinaryOperator::ShiftRightZeroFill => (Op::UShr, Some(Op::UShrI)),
        BinaryOperator::BitwiseOR => (Op::BitOr, Some(Op::BitOrI)),
        BinaryOperator::BitwiseXOR => (Op::BitXor, Some(Op::BitXorI)),
        BinaryOperator::BitwiseAnd => (Op::BitAnd, Some(Op::BitAndI)),
        BinaryOperator::In => (Op::In, None),
        BinaryOperator::Instanceof => (Op::InstanceOf, None),
    }
}

impl<'a> Gen<'a, '_> {
    pub(super) fn binary(&mut self, it: &BinaryExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        // A long left-leaning chain is unrolled, so that it costs no recursion.
        let mut chain = vec![it];
        while let Some(Expression::BinaryExpression(inner)) = chain.last().map(|it| &it.left) {
            chain.push(inner);
        }
        let Some(first) = chain.last() else {
            return self.error("Unexpected token", it.span.start);
        };
        let mut left = self.operand(&first.left, first.span.end)?;
        for (index, part) in chain.iter().rev().enumerate() {
            let last = index + 1 == chain.len();
            let (op, immediate) = operation(part.operator);
            let small = immediate.and_then(|_| small_int(&part.right));
            let right = match small {
                Some(small) => small,
                None => self.expr(&part.right, None)?,
            };
            self.free(mark);
            let dst = self.or_temp(want.filter(|_| last))?;
            self.code.at(self.operator_after(part.left.span().end));
            let op = immediate.filter(|_| small.is_some()).unwrap_or(op);
            self.code.emit(op, 0, dst, left, right);
            left = dst;
        }
        Ok(left)
    }

    pub(super) fn unary(&mut self, it: &UnaryExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        let op = match it.operator {
            UnaryOperator::UnaryNegation => {
                if let Expression::NumericLiteral(literal) = &it.argument {
                    return self.load_number(-literal.value, want);
                }
                Op::Neg
            }
            UnaryOperator::UnaryPlus => Op::Plus,
            UnaryOperator::LogicalNot => Op::Not,
            UnaryOperator::BitwiseNot => Op::BitNot,
            UnaryOperator::Typeof => Op::TypeOf,
            UnaryOperator::Void => {
                self.effect(&it.argument)?;
                let dst = self.or_temp(want)?;
                self.code.emit(Op::LoadUndef, 0, dst, 0, 0);
                return Ok(dst);
            }
            UnaryOperator::Delete => return self.delete(it, want),
        };
        let value = match &it.argument {
            Expression::Identifier(id) if op == Op::TypeOf => {
                let used = self.use_of(id);
                self.load_name(used, true, None)?
            }
            argument => self.expr(argument, None)?,
        };
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.at(it.span.start);
        self.code.emit(op, 0, dst, value, 0);
        Ok(dst)
    }

    fn delete(&mut self, it: &UnaryExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let argument = match &it.argument {
            Expression::ChainExpression(chain) => return self.delete_chain(chain, want),
            argument => argument,
        };
        if let Some(member) = argument.as_member_expression() {
            return self.delete_member(member, it.span.start, want);
        }
        let mark = self.next;
        if let Expression::Identifier(id) = argument {
            let used = self.use_of(id);
            let dst = self.or_temp(want)?;
            match used.name {
                Name::Dynamic | Name::Global => {
                    let inner = self.next;
                    let env = self.current_env()?;
                    let key = self.code.name(used.text);
                    self.code.at(used.pos);
                    self.code.emit_w1(Op::DeleteName, 0, dst, env, 0, key);
                    self.free(inner);
                }
                _ => {
                    self.code.emit(Op::LoadFalse, 0, dst, 0, 0);
                }
            }
            return Ok(dst);
        }
        self.effect(argument)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.emit(Op::LoadTrue, 0, dst, 0, 0);
        Ok(dst)
    }

    pub(super) fn delete_member(
        &mut self,
        member: &MemberExpression<'a>,
        pos: u32,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let mark = self.next;
        if matches!(member.object(), Expression::Super(_)) {
            let regs = self.temps(2)?;
            self.super_base(regs, pos)?;
            if let MemberExpression::ComputedMemberExpression(it) = member {
                self.expr(&it.expression, None)?;
            }
            self.free(mark);
            let dst = self.or_temp(want)?;
            self.code.at(pos);
            let message = self.code.name("Unsupported reference to 'super'");
            self.code.emit_w1(Op::ThrowError, 1, 0, 0, 0, message);
            self.code.dead = false;
            self.code.emit(Op::LoadUndef, 0, dst, 0, 0);
            return Ok(dst);
        }
        let flags = self.strict_flag();
        let dst = match member {
            MemberExpression::StaticMemberExpression(it) => {
                let object = self.expr(&it.object, None)?;
                self.free(mark);
                let dst = self.or_temp(want)?;
                let key = self.code.name(it.property.name.as_str());
                self.code.at(pos);
                self.code.emit_w1(Op::DelProp, flags, dst, object, 0, key);
                dst
            }
            MemberExpression::ComputedMemberExpression(it) => {
                let object = self.operand(&it.object, it.span.end)?;
                let key = self.expr(&it.expression, None)?;
                self.free(mark);
                let dst = self.or_temp(want)?;
                self.code.at(pos);
                self.code.emit(Op::DelElem, flags, dst, object, key);
                dst
            }
            MemberExpression::PrivateFieldExpression(it) => {
                return self.error("Private fields can not be deleted", it.span.start);
            }
        };
        Ok(dst)
    }

    /// `++` and `--`. `result`: is the value used?
    pub(super) fn update(
        &mut self,
        it: &UpdateExpression<'a>,
        result: bool,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let op = match it.operator {
            UpdateOperator::Increment => Op::Inc,
            UpdateOperator::Decrement => Op::Dec,
        };
        let old_wanted = result && !it.prefix;
        match &it.argument {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(id) => {
                self.update_name(id, op, it.span.start, result, old_wanted, want)
            }
            target => match target.as_member_expression() {
                Some(member) => {
                    self.update_member(member, op, it.span.start, result, old_wanted, want)
                }
                None => self.error(
                    "Invalid left-hand side expression in postfix operation",
                    it.span.start,
                ),
            },
        }
    }

    fn update_name(
        &mut self,
        id: &IdentifierReference<'a>,
        op: Op,
        pos: u32,
        result: bool,
        old_wanted: bool,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let used = self.use_of(id);
        if let Some(reg) = self.direct_target(used) {
            self.code.at(pos);
            if old_wanted {
                let dst = self.or_temp(want)?;
                if dst == reg {
                    // `x = x++`: the old value wins.
                    self.code.emit(Op::ToNumeric, 0, reg, reg, 0);
                    return Ok(reg);
                }
                self.code.emit(Op::ToNumeric, 0, dst, reg, 0);
                self.code.emit(op, 0, reg, dst, 0);
                return Ok(dst);
            }
            self.code.emit(op, 0, reg, reg, 0);
            return Ok(if result { self.deliver(want, reg) } else { reg });
        }
        if !result {
            let mark = self.next;
            let reference = self.reference(used)?;
            let value = self.temp()?;
            self.load_reference(used, reference, value)?;
            self.code.at(pos);
            self.code.emit(op, 0, value, value, 0);
            self.store_reference(used, reference, value)?;
            self.free(mark);
            return Ok(0);
        }
        let dst = self.or_temp(want)?;
        let mark = self.next;
        let reference = self.reference(used)?;
        let value = self.temp()?;
        self.load_reference(used, reference, value)?;
        self.code.at(pos);
        if old_wanted {
            self.code.emit(Op::ToNumeric, 0, dst, value, 0);
            self.code.emit(op, 0, value, dst, 0);
        } else {
            self.code.emit(op, 0, value, value, 0);
            self.mov(dst, value);
        }
        self.store_reference(used, reference, value)?;
        self.free(mark);
        Ok(dst)
    }

    fn update_member(
        &mut self,
        member: &MemberExpression<'a>,
        op: Op,
        pos: u32,
        result: bool,
        old_wanted: bool,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let dst = self.or_temp(want)?;
        let mark = self.next;
        let place = self.place(member, member.span().end, true)?;
        let value = self.temp()?;
        let object = super::assignment::blamed_read(member.object());
        self.load_place(place.moved_to(object), value)?;
        self.code.at(pos);
        if old_wanted {
            self.code.emit(Op::ToNumeric, 0, dst, value, 0);
            self.code.emit(op, 0, value, dst, 0);
            self.store_place(place, value)?;
        } else {
            self.code.emit(op, 0, value, value, 0);
            self.store_place(place, value)?;
            if result {
                self.mov(dst, value);
            }
        }
        self.free(mark);
        Ok(dst)
    }

    /// Reads a property.
    pub(super) fn member(&mut self, it: &MemberExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        if matches!(it.object(), Expression::Super(_)) {
            return self.super_member(it, want);
        }
        match it {
            MemberExpression::StaticMemberExpression(it) => {
                let object = self.expr(&it.object, None)?;
                self.short_circuit(it.optional, object);
                self.free(mark);
                let dst = self.or_temp(want)?;
                self.get_prop(
                    dst,
                    object,
                    it.property.name.as_str(),
                    it.property.span.start,
                );
                Ok(dst)
            }
            MemberExpression::ComputedMemberExpression(it) => {
                let object = self.operand(&it.object, it.span.end)?;
                self.short_circuit(it.optional, object);
                if let Expression::StringLiteral(key) = &it.expression
                    && let Some(name) = plain_key(key)
                {
                    self.free(mark);
                    let dst = self.or_temp(want)?;
                    self.get_prop(dst, object, name, it.expression.span().start);
                    return Ok(dst);
                }
                let key = self.expr(&it.expression, None)?;
                self.free(mark);
                let dst = self.or_temp(want)?;
                self.code.at(it.expression.span().start);
                self.code.emit(Op::GetElem, 0, dst, object, key);
                Ok(dst)
            }
            MemberExpression::PrivateFieldExpression(it) => {
                let object = self.expr(&it.object, None)?;
                self.short_circuit(it.optional, object);
                let name = self.private_name(&it.field)?;
                self.free(mark);
                let dst = self.or_temp(want)?;
                self.code.at(it.field.span.start);
                self.code.emit(Op::GetPrivate, 0, dst, object, name);
                Ok(dst)
            }
        }
    }

    /// `dst = object.name`.
    pub(super) fn get_prop(&mut self, dst: Reg, object: Reg, name: &'a str, pos: u32) {
        self.code.at(pos);
        let key = self.code.name(name);
        self.code.emit_w1(Op::GetProp, 0, dst, object, 0, key);
    }

    fn super_member(&mut self, it: &MemberExpression<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        let regs = self.temps(3)?;
        self.super_place(it, regs)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.at(it.span().start);
        self.code.emit(Op::GetSuper, 0, dst, regs, 0);
        Ok(dst)
    }

    /// Fills three registers with base, `this` and key of `super.x` or `super[x]`.
    pub(super) fn super_place(&mut self, it: &MemberExpression<'a>, regs: Reg) -> Res<()> {
        let pos = it.span().start;
        match it {
            MemberExpression::StaticMemberExpression(it) => {
                self.super_base(regs, pos)?;
                let key = self.code.name(it.property.name.as_str());
                self.code.emit_w1(Op::LoadConst, 0, regs + 2, 0, 0, key);
            }
            MemberExpression::ComputedMemberExpression(it) => {
                // The environment's this comes first, then the key, then the base.
                let mark = self.next;
                let this = self.this_value(pos)?;
                self.mov(regs + 1, this);
                self.free(mark);
                self.expr(&it.expression, Some(regs + 2))?;
                self.free(mark);
                self.super_base(regs, pos)?;
            }
            MemberExpression::PrivateFieldExpression(it) => {
                return self.error("Unexpected private field", it.span.start);
            }
        }
        Ok(())
    }

    /// The register of a private name.
    pub(super) fn private_name(&mut self, id: &PrivateIdentifier<'a>) -> Res<Reg> {
        let symbol = id.node_id.get().index() as u32;
        if symbol < NONE - 1 {
            return self.load_symbol(self.plain_use(symbol, id.span.start), symbol, None);
        }
        self.external_private(id.name.as_str(), id.span.start)
    }

    pub(super) fn private_in(
        &mut self,
        it: &PrivateInExpression<'a>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let mark = self.next;
        let object = self.expr(&it.right, None)?;
        let name = self.private_name(&it.left)?;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.at(it.span.start);
        self.code.emit(Op::HasPrivate, 0, dst, object, name);
        Ok(dst)
    }
}

/// A string literal that is a property name like any identifier: no array index, no lone surrogates.
pub(super) fn plain_key<'a>(it: &StringLiteral<'a>) -> Option<&'a str> {
    let text = it.value.as_str();
    let index_like = text.as_bytes().first().is_some_and(u8::is_ascii_digit);
    (!it.lone_surrogates && !index_like).then_some(text)
}
