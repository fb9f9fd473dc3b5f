//! Arithmetic beyond the fast paths: doubles mixed with int32s, strings, BigInts, objects to convert.

use super::{
    exception::unwind,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bigint::{self, BigInt},
    builtins::bigint::operation_bytes,
    bytecode::Op,
    convert::Hint,
    heap::{Str, bigint::Big, str::LONG_ROPE},
    machine::{Completion, Vm},
    number,
    value::Value,
};

/// `Add`, `AddI`
#[inline(never)]
pub(super) fn add(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let left = fp.get(pc.b());
    let right = if pc.op() == Op::Add {
        fp.get(pc.c())
    } else {
        Value::int(i32::from(pc.c()))
    };
    let joined = match (left.as_string(), right.as_string()) {
        // FAST PATH: nothing throws.
        (Some(left), Some(right)) if left.len() <= LONG_ROPE => vm.heap.concat(left, right),
        (Some(left), Some(right)) => {
            vm.enter(pc, fp);
            if let Err(throw) = vm.before_append(left, right.len()) {
                return unwind(vm, throw);
            }
            vm.heap.concat(left, right)
        }
        (Some(left), None) => append_number(vm, left, right),
        _ => None,
    };
    if let Some(joined) = joined {
        fp.set(pc.a(), Value::string(joined));
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    vm.enter(pc, fp);
    if let Some(sum) = vm.binary_short(Op::Add, left, right) {
        fp.set(pc.a(), sum);
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    let result = vm.add(left, right);
    vm.give(pc, fp, result)
}

/// FAST PATH: a string and a number, whose text needs no cell.
fn append_number(vm: &mut Vm, left: Str, right: Value) -> Option<Str> {
    let mut buffer = number::Buffer::new();
    let text = match right.as_int() {
        Some(int) => buffer.format_i32(int),
        None => buffer.format(right.as_number()?),
    };
    vm.heap.concat_latin1(left, text)
}

/// The right operand of an operation that has an immediate form, and the operation's general form.
fn general(pc: Pc, fp: Fp) -> (Op, Value) {
    let op = match pc.op() {
        Op::SubI => Op::Sub,
        Op::MulI => Op::Mul,
        Op::BitAndI => Op::BitAnd,
        Op::BitOrI => Op::BitOr,
        Op::BitXorI => Op::BitXor,
        Op::ShlI => Op::Shl,
        Op::ShrI => Op::Shr,
        Op::UShrI => Op::UShr,
        op => return (op, fp.get(pc.c())),
    };
    (op, Value::int(i32::from(pc.c())))
}

/// `Sub` to `Exp`
#[inline(never)]
pub(super) fn arithmetic(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let (op, right) = general(pc, fp);
    let left = fp.get(pc.b());
    if let (Some(left), Some(right)) = (left.as_number(), right.as_number()) {
        fp.set(pc.a(), compute(op, left, right));
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    if let Some(result) = vm.binary_short(op, left, right) {
        fp.set(pc.a(), result);
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    vm.enter(pc, fp);
    let result = vm.binary(op, left, right);
    vm.give(pc, fp, result)
}

/// `BitAnd` to `UShr`
#[inline(never)]
pub(super) fn bitwise(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let (op, right) = general(pc, fp);
    let left = fp.get(pc.b());
    if let (Some(left), Some(right)) = (left.as_number(), right.as_number()) {
        fp.set(pc.a(), compute(op, left, right));
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    if let Some(result) = vm.binary_short(op, left, right) {
        fp.set(pc.a(), result);
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    vm.enter(pc, fp);
    let result = vm.binary(op, left, right);
    vm.give(pc, fp, result)
}

/// An operation on two numbers.
fn compute(op: Op, left: f64, right: f64) -> Value {
    let int = number::to_int32;
    match op {
        Op::Sub => Value::double(left - right),
        Op::Mul => Value::double(left * right),
        Op::Div => Value::number(left / right),
        Op::Mod => Value::number(number::math::remainder(left, right)),
        Op::Exp => Value::number(number::math::pow(left, right)),
        Op::BitAnd => Value::int(int(left) & int(right)),
        Op::BitOr => Value::int(int(left) | int(right)),
        Op::BitXor => Value::int(int(left) ^ int(right)),
        Op::Shl => Value::int(int(left).wrapping_shl(int(right) as u32)),
        Op::Shr => Value::int(int(left).wrapping_shr(int(right) as u32)),
        Op::UShr => Value::from((int(left) as u32).wrapping_shr(int(right) as u32)),
        _ => Value::double(left + right),
    }
}

/// `Inc` to `BitNot`, `ToNumeric`
#[inline(never)]
pub(super) fn unary(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm.unary(pc.op(), fp.get(pc.b()));
    vm.give(pc, fp, result)
}

/// `ToString`
#[inline(never)]
pub(super) fn to_string(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let value = fp.get(pc.b());
    vm.enter(pc, fp);
    // It is about to be joined with others, which a rope can be as it is.
    let result = match value.is_string() {
        true => Ok(value),
        false => vm.to_string(value).map(Value::string),
    };
    vm.give(pc, fp, result)
}

/// `ToPropertyKey`
#[inline(never)]
pub(super) fn to_property_key(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm
        .to_property_key(fp.get(pc.b()))
        .map(|key| vm.heap.key_to_value(key));
    vm.give(pc, fp, result)
}

/// `ToObject`
#[inline(never)]
pub(super) fn to_object(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm.to_object(fp.get(pc.b())).map(Value::from);
    vm.give(pc, fp, result)
}

/// Template texts up to that long are copied.
const SHORT: usize = 512;

/// `Concat`
#[inline(never)]
pub(super) fn concat(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = concat_registers(vm, pc, fp);
    vm.give(pc, fp, result)
}

fn concat_registers(vm: &mut Vm, pc: Pc, fp: Fp) -> Completion {
    let registers = fp.offset(isize::from(pc.b()));
    for register in 0..pc.uc() as i16 {
        let part = registers.get(register);
        if !part.is_string() {
            registers.set(register, vm.primitive_to_string(part).into());
        }
    }
    let parts = registers.slice(pc.uc());
    // FAST PATH: a short text is written at once, a long one may be a rope.
    if let Some(joined) = vm.heap.concat_flat(parts, SHORT) {
        return Ok(joined.into());
    }
    let mut joined: Option<Str> = None;
    for &part in parts {
        let Some(part) = part.as_string() else {
            continue;
        };
        joined = Some(match joined {
            None => part,
            Some(left) => vm.concat_or_throw(left, part)?,
        });
    }
    Ok(joined.map_or(vm.names.empty.value(), Value::string))
}

impl Vm {
    /// `left` followed by `right`.
    ///
    /// # Errors
    /// `RangeError` when that is too long.
    pub fn concat_or_throw(&mut self, left: Str, right: Str) -> Completion<Str> {
        self.before_append(left, right.len())?;
        match self.heap.concat(left, right) {
            Some(joined) => Ok(joined),
            None => Err(self.throw_range("Invalid string length")),
        }
    }

    fn add(&mut self, left: Value, right: Value) -> Completion {
        let mark = self.root_mark();
        let left = self.to_primitive(left, Hint::Default)?;
        self.root(left);
        let right = self.to_primitive(right, Hint::Default)?;
        self.root(right);
        let result = self.add_primitives(left, right);
        self.unroot_to(mark);
        result
    }

    fn add_primitives(&mut self, left: Value, right: Value) -> Completion {
        if left.is_string() || right.is_string() {
            // What is only appended to stays a rope.
            let text = |vm: &mut Self, value: Value| match value.as_string() {
                Some(string) => Ok(string),
                None => vm.to_string(value),
            };
            let left = text(self, left)?;
            let right = text(self, right)?;
            return self.concat_or_throw(left, right).map(Value::string);
        }
        self.binary(Op::Add, left, right)
    }

    /// A binary operator other than `+` of strings.
    fn binary(&mut self, op: Op, left: Value, right: Value) -> Completion {
        let mark = self.root_mark();
        let left = self.to_numeric(left)?;
        self.root(left);
        let right = self.to_numeric(right)?;
        self.unroot_to(mark);
        match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => Ok(compute(op, left, right)),
            (None, None) => self.binary_bigint(op, left, right),
            _ => {
                Err(self.throw_type("Cannot mix BigInt and other types, use explicit conversions"))
            }
        }
    }

    fn binary_bigint(&mut self, op: Op, left: Value, right: Value) -> Completion {
        let (Some(left), Some(right)) = (Big::from_value(left), Big::from_value(right)) else {
            return Ok(Value::UNDEFINED);
        };
        let keep = [left.into(), right.into()];
        let (left, right) = (&*left.number(), &*right.number());
        self.work_bigints(left, right)?;
        let bytes = operation_bytes(op, left, right);
        if bytes > 0 && !self.has_room_keeping(bytes, &keep) {
            return Err(self.throw_bigint(bigint::BigIntError::TooBig));
        }
        let mut poll = || self.poll_bigint();
        let result = match op {
            Op::Add => bigint::add(left, right),
            Op::Sub => bigint::sub(left, right),
            Op::Mul => bigint::mul(left, right, &mut poll),
            Op::Div => bigint::div(left, right, &mut poll),
            Op::Mod => bigint::rem(left, right, &mut poll),
            Op::Exp => bigint::exponentiate(left, right, &mut poll),
            Op::BitAnd => Ok(bigint::bitwise_and(left, right)),
            Op::BitOr => Ok(bigint::bitwise_or(left, right)),
            Op::BitXor => Ok(bigint::bitwise_xor(left, right)),
            Op::Shl => bigint::left_shift(left, right),
            Op::Shr => bigint::signed_right_shift(left, right),
            _ => {
                return Err(self.throw_type("BigInts have no unsigned right shift, use >> instead"));
            }
        };
        self.bigint_result(result)
    }

    /// An operation on BigInts that are short and whose result is; `None` when another path has to look at it.
    #[inline]
    fn binary_short(&mut self, op: Op, left: Value, right: Value) -> Option<Value> {
        let left = Big::from_value(left)?.short()?;
        let right = Big::from_value(right)?.short()?;
        let result = match op {
            Op::Add => left.add(&right)?,
            Op::Sub => left.sub(&right)?,
            Op::Mul => left.mul(&right)?,
            Op::Div => left.div_rem(&right)?.0,
            Op::Mod => left.div_rem(&right)?.1,
            Op::BitAnd => left.bitwise(&right, |x, y| x & y)?,
            Op::BitOr => left.bitwise(&right, |x, y| x | y)?,
            Op::BitXor => left.bitwise(&right, |x, y| x ^ y)?,
            Op::Shl => left.left_shift(&right)?,
            Op::Shr => left.right_shift(&right)?,
            _ => return None,
        };
        Some(self.heap.new_short_bigint(&result).into())
    }

    fn unary(&mut self, op: Op, value: Value) -> Completion {
        if op == Op::Plus {
            return self.to_number(value).map(Value::number);
        }
        let value = self.to_numeric(value)?;
        if let Some(number) = value.as_number() {
            return Ok(match op {
                Op::Inc => Value::number(number + 1.0),
                Op::Dec => Value::number(number - 1.0),
                Op::Neg => Value::number(-number),
                Op::BitNot => Value::int(!number::to_int32(number)),
                _ => value,
            });
        }
        let Some(big) = Big::from_value(value) else {
            return Ok(value);
        };
        let number = &*big.number();
        self.work_bigints(number, number)?;
        let result = match op {
            Op::Inc => bigint::add(number, &BigInt::from(1)),
            Op::Dec => bigint::sub(number, &BigInt::from(1)),
            Op::Neg => Ok(bigint::neg(number)),
            Op::BitNot => bigint::bitwise_not(number),
            _ => return Ok(value),
        };
        self.bigint_result(result)
    }
}
