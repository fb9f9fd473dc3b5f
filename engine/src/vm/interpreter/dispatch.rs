//! The dispatch loop: a `match` over the opcode, fast paths inline, everything else in functions that take and give
//! where to go on ([`super::regs::Go`]).
//!
//! What a slow function may assume: `pc` is at the instruction, `fp` at its frame, and nothing of it has been done. It tells
//! the machine where it stands first (`Vm::enter`), since it may throw, call JavaScript or natives. Errors unwind inside of
//! the slow function: what comes back is the handler, or the end of the run.
//!
//! Slow functions are `#[inline(never)]`: each that the compiler takes into the loop, which it does from one build to the next as
//! it likes, doubles the registers that the loop needs, and `fp` goes to memory.
//!
//! Fast paths touch no memory but the frame, the code words and the cells that registers hold. They need no root and no
//! bookkeeping, because they neither collect nor throw.
#![allow(clippy::too_many_lines, reason = "a flat table")]

use super::{
    arith, call, class, compare, construct, coroutine, element, exception, for_in, global, iterate,
    literal, native_frame, poll, property,
    regs::{Fp, Pc},
    scope, typed,
};
use crate::vm::{
    bytecode::{Op, frame},
    heap::{
        Cell, Code, Kind,
        code::{self, code_flag},
        env, flag,
        obj::{INLINE, OUT, STORAGE},
        str::LENGTH,
    },
    machine::Vm,
    value::Value,
};

/// The low 48 bits of a value that refers to a cell.
const PAYLOAD: u64 = (1 << 48) - 1;

/// The cell behind a register that holds an environment.
#[inline(always)]
fn environment(fp: Fp, pc: Pc) -> Cell {
    let mut cell = Cell::from_addr(fp.get(pc.b()).payload());
    let mut depth = pc.x();
    while depth > 0 {
        cell = Cell::from_addr(cell.read(env::PARENT) & PAYLOAD);
        depth -= 1;
    }
    cell
}

/// `ToBoolean` of the frequent kinds of value.
#[inline(always)]
fn truthy(vm: &Vm, value: Value) -> bool {
    if value.is_bool() {
        value == Value::TRUE
    } else if value.is_object() {
        !vm.has_undetectable || compare::truthy(vm, value)
    } else if value.is_int() {
        value != Value::ZERO
    } else if value.is_nullish() {
        false
    } else {
        compare::truthy(vm, value)
    }
}

/// `value == null`
#[inline(always)]
fn equals_null(vm: &Vm, value: Value) -> bool {
    value.is_nullish() || (vm.has_undetectable && vm.is_undetectable(value))
}

/// `===` of the frequent kinds of value; `None`: strings that are no atoms, BigInts.
#[inline(always)]
fn strict_equal(left: Value, right: Value) -> Option<bool> {
    if left.both_int(right) || left.is_object() || left.is_special() {
        return Some(left == right);
    }
    if left.is_string() {
        if left == right {
            return Some(true);
        }
        if !right.is_string() {
            return Some(false);
        }
        let (left, right) = (
            Cell::from_addr(left.payload()),
            Cell::from_addr(right.payload()),
        );
        let differ = left.flags() & right.flags() & flag::ATOM != 0
            || left.read(LENGTH) as u32 != right.read(LENGTH) as u32;
        return if differ { Some(false) } else { None };
    }
    match (left.as_number(), right.as_number()) {
        (Some(left), Some(right)) => Some(left == right),
        (Some(_), None) => Some(false),
        (None, _) => None,
    }
}

/// `==` of the frequent kinds of value.
#[inline(always)]
fn loose_equal(vm: &Vm, left: Value, right: Value) -> Option<bool> {
    if left.both_int(right) || (left.is_object() && right.is_object()) {
        Some(left == right)
    } else if right.is_nullish() {
        Some(equals_null(vm, left))
    } else if left.is_nullish() {
        Some(equals_null(vm, right))
    } else {
        None
    }
}

/// Runs from `pc` in the frame `fp` until a `Halt`.
pub(super) fn run(vm: &mut Vm, mut pc: Pc, mut fp: Fp) {
    macro_rules! slow {
        ($function:expr) => {{
            let go = $function(vm, pc, fp);
            pc = go.pc;
            fp = go.fp;
            continue;
        }};
    }
    macro_rules! next {
        ($words:literal) => {{
            pc = pc.offset($words);
            continue;
        }};
    }
    macro_rules! give {
        ($value:expr) => {{
            let value = $value;
            fp.set(pc.a(), value);
            pc = pc.offset(1);
            continue;
        }};
    }
    macro_rules! jump {
        ($distance:expr) => {{
            let distance = $distance as isize;
            pc = pc.offset(distance);
            if distance <= 0 {
                vm.heap.poll.left -= 1;
                if vm.heap.poll.left < 0 {
                    slow!(poll::poll);
                }
            }
            continue;
        }};
    }
    // Doubles, and an int32 with a double.
    macro_rules! doubles {
        ($left:ident, $right:ident, $give:ident, $operator:tt) => {
            if $left.is_double() {
                if $right.is_double() {
                    $give!($left.to_double_unchecked() $operator $right.to_double_unchecked());
                } else if $right.is_int() {
                    $give!($left.to_double_unchecked() $operator f64::from($right.to_int_unchecked()));
                }
            } else if $left.is_int() && $right.is_double() {
                $give!(f64::from($left.to_int_unchecked()) $operator $right.to_double_unchecked());
            }
        };
    }
    macro_rules! give_double {
        ($value:expr) => {
            give!(Value::double($value))
        };
    }
    macro_rules! give_bool {
        ($value:expr) => {
            give!(Value::bool($value))
        };
    }
    // ANCHOR: arithmetic
    // Addition and subtraction: int32 while it fits, else doubles.
    macro_rules! arithmetic {
        ($checked:ident, $double:tt, $slow:expr) => {{
            let (left, right) = (fp.get(pc.b()), fp.get(pc.c()));
            if left.both_int(right) {
                let (left, right) = (left.to_int_unchecked(), right.to_int_unchecked());
                match left.$checked(right) {
                    Some(result) => give!(Value::int(result)),
                    None => give!(Value::double(f64::from(left) $double f64::from(right))),
                }
            }
            doubles!(left, right, give_double, $double);
            slow!($slow);
        }};
    }
    // ANCHOR_END: arithmetic
    macro_rules! arithmetic_immediate {
        ($checked:ident, $double:tt, $slow:expr) => {{
            let left = fp.get(pc.b());
            if left.is_int() {
                match left.to_int_unchecked().$checked(i32::from(pc.c())) {
                    Some(result) => give!(Value::int(result)),
                    None => give!(Value::double(f64::from(left.to_int_unchecked()) $double f64::from(pc.c()))),
                }
            }
            if left.is_double() {
                give!(Value::double(left.to_double_unchecked() $double f64::from(pc.c())));
            }
            slow!($slow);
        }};
    }
    macro_rules! multiply {
        ($right:expr) => {{
            let (left, right) = (fp.get(pc.b()), $right);
            if left.both_int(right) {
                let (left, right) = (left.to_int_unchecked(), right.to_int_unchecked());
                match left.checked_mul(right) {
                    // A zero may be a negative one.
                    Some(result) if result != 0 || (left | right) >= 0 => give!(Value::int(result)),
                    _ => give!(Value::double(f64::from(left) * f64::from(right))),
                }
            }
            doubles!(left, right, give_double, *);
            slow!(arith::arithmetic);
        }};
    }
    macro_rules! bits {
        ($right:expr, $with:expr) => {{
            let (left, right) = (fp.get(pc.b()), $right);
            if left.both_int(right) {
                let with: fn(i32, i32) -> i32 = $with;
                give!(Value::int(with(
                    left.to_int_unchecked(),
                    right.to_int_unchecked()
                )));
            }
            slow!(arith::bitwise);
        }};
    }
    macro_rules! shift_unsigned {
        ($right:expr) => {{
            let (left, right) = (fp.get(pc.b()), $right);
            if left.both_int(right) {
                give!(Value::from(
                    (left.to_int_unchecked() as u32).wrapping_shr(right.to_int_unchecked() as u32)
                ));
            }
            slow!(arith::bitwise);
        }};
    }
    macro_rules! compare {
        ($relation:tt) => {{
            let (left, right) = (fp.get(pc.b()), fp.get(pc.c()));
            if left.both_int(right) {
                give!(Value::bool(left.to_int_unchecked() $relation right.to_int_unchecked()));
            }
            doubles!(left, right, give_bool, $relation);
            slow!(compare::value);
        }};
    }
    macro_rules! jump_compare {
        ($relation:tt, $wanted:literal) => {{
            macro_rules! jump_on {
                ($holds:expr) => {{
                    if ($holds) == $wanted {
                        jump!(pc.c());
                    }
                    next!(1);
                }};
            }
            let (left, right) = (fp.get(pc.a()), fp.get(pc.b()));
            if left.both_int(right) {
                jump_on!(left.to_int_unchecked() $relation right.to_int_unchecked());
            }
            doubles!(left, right, jump_on, $relation);
            slow!(compare::jump);
        }};
    }
    macro_rules! jump_compare_immediate {
        ($relation:tt, $wanted:literal) => {{
            let left = fp.get(pc.a());
            let holds = if left.is_int() {
                left.to_int_unchecked() $relation i32::from(pc.b())
            } else if left.is_double() {
                left.to_double_unchecked() $relation f64::from(pc.b())
            } else {
                slow!(compare::jump);
            };
            if holds == $wanted {
                jump!(pc.c());
            }
            next!(1);
        }};
    }
    macro_rules! jump_equal {
        (loosely, $right:expr, $wanted:literal) => {
            jump_equal!(loose_equal(vm, fp.get(pc.a()), $right), $wanted)
        };
        (strictly, $right:expr, $wanted:literal) => {
            jump_equal!(strict_equal(fp.get(pc.a()), $right), $wanted)
        };
        ($test:expr, $wanted:literal) => {{
            match $test {
                Some($wanted) => jump!(pc.c()),
                Some(_) => next!(1),
                None => slow!(compare::jump),
            }
        }};
    }
    macro_rules! jump_if {
        ($test:expr) => {{
            let value = fp.get(pc.a());
            let test: fn(Value) -> bool = $test;
            if test(value) {
                jump!(pc.bc());
            }
            next!(1);
        }};
    }
    macro_rules! immediate {
        () => {
            Value::int(i32::from(pc.c()))
        };
    }

    loop {
        match pc.op() {
            Op::Nop => next!(1),
            Op::LoadUndef => give!(Value::UNDEFINED),
            Op::LoadNull => give!(Value::NULL),
            Op::LoadTrue => give!(Value::TRUE),
            Op::LoadFalse => give!(Value::FALSE),
            Op::LoadHole => give!(Value::HOLE),
            Op::LoadInt => give!(Value::int(pc.bc())),
            Op::LoadConst => {
                fp.set(pc.a(), Value::from_bits(pc.extra(1)));
                next!(2);
            }
            Op::Move => give!(fp.get(pc.b())),

            Op::Add => arithmetic!(checked_add, +, arith::add),
            Op::Sub => arithmetic!(checked_sub, -, arith::arithmetic),
            Op::AddI => arithmetic_immediate!(checked_add, +, arith::add),
            Op::SubI => arithmetic_immediate!(checked_sub, -, arith::arithmetic),
            Op::Mul => multiply!(fp.get(pc.c())),
            Op::MulI => multiply!(immediate!()),
            Op::Div => {
                if let (Some(left), Some(right)) =
                    (fp.get(pc.b()).as_number(), fp.get(pc.c()).as_number())
                {
                    give!(Value::number(left / right));
                }
                slow!(arith::arithmetic);
            }
            Op::Mod => {
                let (left, right) = (fp.get(pc.b()), fp.get(pc.c()));
                if left.both_int(right) {
                    let (left, right) = (left.to_int_unchecked(), right.to_int_unchecked());
                    if left >= 0 && right > 0 {
                        give!(Value::int((left as u32 % right as u32) as i32));
                    }
                }
                slow!(arith::arithmetic);
            }
            Op::Exp => slow!(arith::arithmetic),
            Op::BitAnd => bits!(fp.get(pc.c()), |a, b| a & b),
            Op::BitOr => bits!(fp.get(pc.c()), |a, b| a | b),
            Op::BitXor => bits!(fp.get(pc.c()), |a, b| a ^ b),
            Op::Shl => bits!(fp.get(pc.c()), |a, b| a.wrapping_shl(b as u32)),
            Op::Shr => bits!(fp.get(pc.c()), |a, b| a.wrapping_shr(b as u32)),
            Op::BitAndI => bits!(immediate!(), |a, b| a & b),
            Op::BitOrI => bits!(immediate!(), |a, b| a | b),
            Op::BitXorI => bits!(immediate!(), |a, b| a ^ b),
            Op::ShlI => bits!(immediate!(), |a, b| a.wrapping_shl(b as u32)),
            Op::ShrI => bits!(immediate!(), |a, b| a.wrapping_shr(b as u32)),
            Op::UShr => shift_unsigned!(fp.get(pc.c())),
            Op::UShrI => shift_unsigned!(immediate!()),
            Op::Inc => {
                let value = fp.get(pc.b());
                if value.is_int() && value.to_int_unchecked() != i32::MAX {
                    give!(Value::int(value.to_int_unchecked() + 1));
                }
                slow!(arith::unary);
            }
            Op::Dec => {
                let value = fp.get(pc.b());
                if value.is_int() && value.to_int_unchecked() != i32::MIN {
                    give!(Value::int(value.to_int_unchecked() - 1));
                }
                slow!(arith::unary);
            }
            Op::Neg => {
                let value = fp.get(pc.b());
                if value.is_int()
                    && value.to_int_unchecked() != 0
                    && value.to_int_unchecked() != i32::MIN
                {
                    give!(Value::int(-value.to_int_unchecked()));
                }
                if value.is_double() {
                    give!(Value::double(-value.to_double_unchecked()));
                }
                slow!(arith::unary);
            }
            Op::Plus | Op::ToNumeric => {
                let value = fp.get(pc.b());
                if value.is_number() {
                    give!(value);
                }
                slow!(arith::unary);
            }
            Op::BitNot => {
                let value = fp.get(pc.b());
                if value.is_int() {
                    give!(Value::int(!value.to_int_unchecked()));
                }
                slow!(arith::unary);
            }
            Op::Not => give!(Value::bool(!truthy(vm, fp.get(pc.b())))),
            Op::TypeOf => give!(vm.type_of(fp.get(pc.b())).value()),
            Op::ToString => {
                let value = fp.get(pc.b());
                if value.is_string() {
                    give!(value);
                }
                slow!(arith::to_string);
            }
            Op::ToPropertyKey => {
                let value = fp.get(pc.b());
                if value.is_string() || value.is_int() {
                    give!(value);
                }
                slow!(arith::to_property_key);
            }
            Op::ToObject => slow!(arith::to_object),
            Op::Concat => slow!(arith::concat),

            Op::Eq => match loose_equal(vm, fp.get(pc.b()), fp.get(pc.c())) {
                Some(equal) => give!(Value::bool(equal)),
                None => slow!(compare::value),
            },
            Op::Ne => match loose_equal(vm, fp.get(pc.b()), fp.get(pc.c())) {
                Some(equal) => give!(Value::bool(!equal)),
                None => slow!(compare::value),
            },
            Op::StrictEq => match strict_equal(fp.get(pc.b()), fp.get(pc.c())) {
                Some(equal) => give!(Value::bool(equal)),
                None => slow!(compare::value),
            },
            Op::StrictNe => match strict_equal(fp.get(pc.b()), fp.get(pc.c())) {
                Some(equal) => give!(Value::bool(!equal)),
                None => slow!(compare::value),
            },
            Op::Lt => compare!(<),
            Op::Le => compare!(<=),
            Op::Gt => compare!(>),
            Op::Ge => compare!(>=),
            Op::In | Op::InstanceOf => slow!(compare::value),

            Op::Step => {
                vm.heap.poll.left -= pc.x() as i64;
                pc = pc.offset(1);
                if vm.heap.poll.left < 0 {
                    slow!(poll::poll);
                }
                continue;
            }
            Op::Jump => jump!(pc.bc()),
            Op::JumpTrue => {
                if truthy(vm, fp.get(pc.a())) {
                    jump!(pc.bc());
                }
                next!(1);
            }
            Op::JumpFalse => {
                if !truthy(vm, fp.get(pc.a())) {
                    jump!(pc.bc());
                }
                next!(1);
            }
            Op::JumpNullish => jump_if!(Value::is_nullish),
            Op::JumpNotNullish => jump_if!(|value| !value.is_nullish()),
            Op::JumpEqNull => {
                if equals_null(vm, fp.get(pc.a())) {
                    jump!(pc.bc());
                }
                next!(1);
            }
            Op::JumpNeNull => {
                if !equals_null(vm, fp.get(pc.a())) {
                    jump!(pc.bc());
                }
                next!(1);
            }
            Op::JumpUndef => jump_if!(Value::is_undefined),
            Op::JumpNotUndef => jump_if!(|value| !value.is_undefined()),
            Op::JumpHole => jump_if!(Value::is_hole),
            Op::JumpNotHole => jump_if!(|value| !value.is_hole()),
            Op::JLt => jump_compare!(<, true),
            Op::JLe => jump_compare!(<=, true),
            Op::JGt => jump_compare!(>, true),
            Op::JGe => jump_compare!(>=, true),
            Op::JNotLt => jump_compare!(<, false),
            Op::JNotLe => jump_compare!(<=, false),
            Op::JNotGt => jump_compare!(>, false),
            Op::JNotGe => jump_compare!(>=, false),
            Op::JEq => jump_equal!(loosely, fp.get(pc.b()), true),
            Op::JNe => jump_equal!(loosely, fp.get(pc.b()), false),
            Op::JStrictEq => jump_equal!(strictly, fp.get(pc.b()), true),
            Op::JStrictNe => jump_equal!(strictly, fp.get(pc.b()), false),
            Op::JLtI => jump_compare_immediate!(<, true),
            Op::JLeI => jump_compare_immediate!(<=, true),
            Op::JGtI => jump_compare_immediate!(>, true),
            Op::JGeI => jump_compare_immediate!(>=, true),
            Op::JNotLtI => jump_compare_immediate!(<, false),
            Op::JNotLeI => jump_compare_immediate!(<=, false),
            Op::JNotGtI => jump_compare_immediate!(>, false),
            Op::JNotGeI => jump_compare_immediate!(>=, false),
            Op::JStrictEqI => jump_equal!(strictly, Value::int(i32::from(pc.b())), true),
            Op::JStrictNeI => jump_equal!(strictly, Value::int(i32::from(pc.b())), false),

            Op::CalleeEnv => give!(fp.callee().internal(1)),
            Op::NewEnv => slow!(scope::new_env),
            Op::CopyEnv => slow!(scope::copy_env),
            Op::GetEnv => give!(Value::from_bits(
                environment(fp, pc).read(env::SLOTS + pc.uc() * 8)
            )),
            Op::GetEnvCheck => {
                let value = Value::from_bits(environment(fp, pc).read(env::SLOTS + pc.uc() * 8));
                if value.is_hole() {
                    slow!(scope::throw_uninitialised);
                }
                fp.set(pc.a(), value);
                next!(2);
            }
            Op::SetEnv => {
                let cell = environment(fp, pc);
                cell.write(env::SLOTS + pc.uc() * 8, fp.get(pc.a()).bits());
                cell.write_barrier();
                next!(1);
            }
            Op::SetEnvCheck => {
                let cell = environment(fp, pc);
                let offset = env::SLOTS + pc.uc() * 8;
                if Value::from_bits(cell.read(offset)).is_hole() {
                    slow!(scope::throw_uninitialised);
                }
                cell.write(offset, fp.get(pc.a()).bits());
                cell.write_barrier();
                next!(2);
            }
            Op::GetImport => slow!(scope::get_import),
            Op::CheckTdz => {
                if fp.get(pc.a()).is_hole() {
                    slow!(scope::throw_uninitialised);
                }
                next!(2);
            }
            Op::CheckThis => {
                if fp.get(pc.a()).is_hole() {
                    slow!(scope::throw_this_uninitialised);
                }
                next!(1);
            }
            Op::ThrowConst => slow!(scope::throw_const),
            Op::CoerceThis => {
                let this = fp.this();
                if this.is_object() {
                    give!(this);
                }
                slow!(scope::coerce_this);
            }

            Op::GetGlobalSlot => {
                if pc.extra(2) == vm.heap.shapes.global_epoch {
                    let value = property::read_place(pc.extra(3));
                    if !value.is_hole() {
                        fp.set(pc.a(), value);
                        next!(4);
                    }
                }
                slow!(global::get_global);
            }
            Op::SetGlobalSlot => {
                if pc.extra(2) == vm.heap.shapes.global_epoch {
                    let cell = Cell::from_addr(pc.extra(3) & PAYLOAD);
                    let offset = (pc.extra(3) >> 48) as usize;
                    if !Value::from_bits(cell.read(offset)).is_hole() {
                        cell.write(offset, fp.get(pc.a()).bits());
                        cell.write_barrier();
                        next!(4);
                    }
                }
                slow!(global::set_global);
            }
            Op::GetGlobal => slow!(global::get_global),
            Op::SetGlobal => slow!(global::set_global),
            Op::InitGlobalLex => slow!(global::init_lexical),
            Op::DeclareGlobals => slow!(global::declare),
            Op::DefineGlobalFunc => slow!(global::define_function),

            Op::NewWithEnv => slow!(scope::new_with_env),
            Op::NewVarEnv => slow!(scope::new_var_env),
            Op::GetName => slow!(scope::get_name),
            Op::GetNameCall => slow!(scope::get_name_call),
            Op::SetName => slow!(scope::set_name),
            Op::ResolveName => slow!(scope::resolve_name),
            Op::GetRef => slow!(scope::get_ref),
            Op::SetRef => slow!(scope::set_ref),
            Op::DeleteName => slow!(scope::delete_name),
            Op::DeclareVar => slow!(scope::declare_var),

            // ANCHOR: get_prop_own
            Op::GetPropOwn => {
                let value = fp.get(pc.b());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    if cell.header().shape == pc.extra(2) as u32 {
                        fp.set(pc.a(), Value::from_bits(cell.read(pc.c() as usize)));
                        next!(4);
                    }
                }
                slow!(property::get_prop);
            }
            // ANCHOR_END: get_prop_own
            Op::GetPropOut => {
                let value = fp.get(pc.b());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    if cell.header().shape == pc.extra(2) as u32 {
                        let slots = Cell::from_addr(cell.read(OUT));
                        fp.set(pc.a(), Value::from_bits(slots.read(pc.c() as usize)));
                        next!(4);
                    }
                }
                slow!(property::get_prop);
            }
            Op::GetPropProto => {
                let value = fp.get(pc.b());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    if u64::from(cell.header().shape) | u64::from(vm.heap.shapes.epoch) << 32
                        == pc.extra(2)
                    {
                        fp.set(pc.a(), property::read_place(pc.extra(3)));
                        next!(4);
                    }
                }
                slow!(property::get_prop);
            }
            Op::GetPropPrimitive => {
                let value = fp.get(pc.b());
                if value.bits() >> 48 | u64::from(vm.heap.shapes.epoch) << 32 == pc.extra(2) {
                    fp.set(pc.a(), property::read_place(pc.extra(3)));
                    next!(4);
                }
                slow!(property::get_prop);
            }
            Op::GetPropGetter => {
                let value = fp.get(pc.b());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    if u64::from(cell.header().shape) | u64::from(vm.heap.shapes.epoch) << 32
                        == pc.extra(2)
                    {
                        slow!(property::call_getter);
                    }
                }
                slow!(property::get_prop);
            }
            Op::GetPropPoly => {
                let value = fp.get(pc.b());
                if value.is_object()
                    && let Some(found) =
                        property::poly_get(vm, Cell::from_addr(value.payload()), pc.extra(3))
                {
                    fp.set(pc.a(), found);
                    next!(4);
                }
                slow!(property::get_prop);
            }
            Op::GetPropLength => {
                let value = fp.get(pc.b());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    if cell.kind() == Kind::Array {
                        fp.set(pc.a(), Value::from_bits(cell.read(INLINE)));
                        next!(4);
                    }
                } else if let Some(string) = value.as_string() {
                    fp.set(pc.a(), Value::int(string.len() as i32));
                    next!(4);
                }
                slow!(property::get_prop);
            }
            Op::GetProp => slow!(property::get_prop),
            Op::SetPropOwn => {
                let value = fp.get(pc.a());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    if cell.header().shape == pc.extra(2) as u32 {
                        cell.write(pc.c() as usize, fp.get(pc.b()).bits());
                        cell.write_barrier();
                        next!(4);
                    }
                }
                slow!(property::set_prop);
            }
            Op::SetPropOut => {
                let value = fp.get(pc.a());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    if cell.header().shape == pc.extra(2) as u32 {
                        let slots = Cell::from_addr(cell.read(OUT));
                        slots.write(pc.c() as usize, fp.get(pc.b()).bits());
                        slots.write_barrier();
                        next!(4);
                    }
                }
                slow!(property::set_prop);
            }
            Op::SetPropAdd => {
                let value = fp.get(pc.a());
                if value.is_object() {
                    let cell = Cell::from_addr(value.payload());
                    let mut header = cell.header();
                    if header.shape == pc.extra(2) as u32
                        && header.flags & flag::IS_PROTO == 0
                        && pc.extra(3) == u64::from(vm.heap.shapes.epoch)
                    {
                        cell.write(pc.c() as usize, fp.get(pc.b()).bits());
                        header.shape = (pc.extra(2) >> 32) as u32;
                        cell.set_header(header);
                        cell.write_barrier();
                        next!(4);
                    }
                }
                slow!(property::set_prop);
            }
            Op::SetPropAddOut => {
                let value = fp.get(pc.a());
                if value.is_object()
                    && property::add_out(vm, pc, Cell::from_addr(value.payload()), fp.get(pc.b()))
                {
                    next!(4);
                }
                slow!(property::set_prop);
            }
            Op::SetPropPoly => {
                let value = fp.get(pc.a());
                if value.is_object()
                    && property::poly_set(
                        Cell::from_addr(value.payload()),
                        pc.extra(3),
                        fp.get(pc.b()),
                    )
                {
                    next!(4);
                }
                slow!(property::set_prop);
            }
            Op::SetProp => slow!(property::set_prop),
            Op::GetElem => {
                let (object, key) = (fp.get(pc.b()), fp.get(pc.c()));
                if object.is_object() && key.is_int() {
                    let value = element::get_dense(
                        Cell::from_addr(object.payload()),
                        key.to_int_unchecked() as u32,
                    );
                    if !value.is_hole() {
                        give!(value);
                    }
                    if Cell::from_addr(object.payload()).kind() == Kind::TypedArray {
                        let value = typed::get(
                            Cell::from_addr(object.payload()),
                            key.to_int_unchecked() as u32,
                        );
                        if !value.is_hole() {
                            give!(value);
                        }
                    }
                }
                slow!(element::get_elem);
            }
            Op::GetElemRef => slow!(element::get_elem_ref),
            Op::SetElem => {
                let (object, key) = (fp.get(pc.a()), fp.get(pc.b()));
                if object.is_object() && key.is_int() {
                    let (cell, index) = (
                        Cell::from_addr(object.payload()),
                        key.to_int_unchecked() as u32,
                    );
                    if element::set_dense(cell, index, fp.get(pc.c()))
                        || (cell.kind() == Kind::TypedArray
                            && typed::set(cell, index, fp.get(pc.c())))
                    {
                        next!(1);
                    }
                }
                slow!(element::set_elem);
            }
            Op::DelProp => slow!(property::delete_prop),
            Op::DelElem => slow!(element::delete_elem),
            Op::SuperBase => slow!(property::super_base),
            Op::GetSuper => slow!(property::get_super),
            Op::SetSuper => slow!(property::set_super),
            Op::DefPropAdd => {
                let value = fp.get(pc.a());
                let cell = Cell::from_addr(value.payload());
                let mut header = cell.header();
                if header.shape == pc.extra(2) as u32 && header.flags & flag::IS_PROTO == 0 {
                    cell.write(pc.c() as usize, fp.get(pc.b()).bits());
                    header.shape = (pc.extra(2) >> 32) as u32;
                    cell.set_header(header);
                    cell.write_barrier();
                    next!(4);
                }
                slow!(property::define_prop);
            }
            Op::DefProp | Op::DefField => slow!(property::define_prop),
            Op::DefElem => slow!(element::define_elem),
            Op::DefMethod | Op::DefGetter | Op::DefSetter => slow!(literal::define_method),
            Op::SetProto => slow!(literal::set_proto),
            Op::SetHome => {
                fp.get(pc.a())
                    .as_object()
                    .into_iter()
                    .for_each(|function| function.set_internal(2, fp.get(pc.b())));
                next!(1);
            }
            Op::GetHome => give!(match fp.get(pc.b()).as_object() {
                Some(function) if function.kind() == Kind::Function => function.internal(2),
                _ => Value::UNDEFINED,
            }),
            Op::SetFnName => slow!(literal::set_function_name),
            Op::CopyProps => slow!(literal::copy_properties),

            Op::NewObj => slow!(literal::new_object),
            Op::NewArr => slow!(literal::new_array),
            Op::NewArrFrom => slow!(literal::new_array_from),
            Op::ArrPush => slow!(literal::array_push),
            Op::ArrHole => slow!(literal::array_hole),
            Op::ArrSpread => slow!(iterate::array_spread),
            Op::NewRegExp => slow!(literal::new_regexp),
            Op::GetTemplate => slow!(literal::get_template),
            Op::Closure => slow!(literal::closure),

            Op::NewClass => slow!(class::new_class),
            Op::SetFields => {
                fp.get(pc.a())
                    .as_object()
                    .into_iter()
                    .for_each(|class| class.set_internal(3, fp.get(pc.b())));
                next!(1);
            }
            Op::RunFields => slow!(class::run_fields),
            Op::NewPrivate => slow!(class::new_private),
            Op::GetPrivate => slow!(class::get_private),
            Op::SetPrivate => slow!(class::set_private),
            Op::DefPrivate => slow!(class::define_private),
            Op::HasPrivate => slow!(class::has_private),

            Op::Call => {
                let window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
                let callee = window.get(frame::CALLEE);
                vm.heap.poll.left -= 1;
                if callee.is_object() && vm.heap.poll.left >= 0 {
                    let function = Cell::from_addr(callee.payload());
                    if function.kind() == Kind::Function {
                        let code =
                            Code::from_cell(Cell::from_addr(function.read(INLINE) & PAYLOAD));
                        let facts = code.cell().read(code::FACTS);
                        let registers = facts as u16 as usize;
                        let end = window.offset(registers as isize);
                        if facts >> 32 & u64::from(code_flag::NEEDS_ARGS | code_flag::CLASS) == 0
                            && end.0 <= vm.stack.limit
                        {
                            let argc = pc.uc();
                            let params = (facts >> 16) as u16 as usize;
                            if pc.x() & 1 != 0 {
                                window.set(frame::THIS, Value::UNDEFINED);
                            }
                            window.set(frame::SAVED_PC, pc.to_raw());
                            window.set(frame::SAVED_FP, fp.to_raw());
                            window.set(frame::ARGC, Value::from_bits(argc as u64));
                            window.set(frame::NEW_TARGET, Value::UNDEFINED);
                            if argc < params {
                                window.clear(argc, params);
                            }
                            fp = window;
                            pc = Pc(code.words());
                            continue;
                        }
                    } else if function.kind() == Kind::NativeFunction {
                        slow!(call::call_native_op);
                    }
                }
                slow!(call::call_op);
            }
            Op::NativeStep => slow!(native_frame::step),
            Op::CallSpread => slow!(call::call_spread),
            Op::CallEval => slow!(call::call_eval),
            Op::New => slow!(construct::new_op),
            Op::NewSpread => slow!(construct::new_spread),
            Op::SuperCall => slow!(construct::super_call),
            Op::SuperCallSpread => slow!(construct::super_call_spread),
            Op::GetSuperCtor => slow!(class::get_super_constructor),
            Op::Return => {
                let flags = fp.argc_word() >> 32;
                let mut value = fp.get(pc.a());
                if flags == frame::CONSTRUCT >> 32 {
                    if !value.is_object() {
                        value = fp.this();
                    }
                } else if flags != 0 {
                    slow!(call::leave);
                }
                pc = Pc::from_raw(fp.get(frame::SAVED_PC));
                fp = Fp::from_raw(fp.get(frame::SAVED_FP));
                give!(value);
            }
            Op::ReturnUndef => {
                let flags = fp.argc_word() >> 32;
                let mut value = Value::UNDEFINED;
                if flags == frame::CONSTRUCT >> 32 {
                    value = fp.this();
                } else if flags != 0 {
                    slow!(call::leave);
                }
                pc = Pc::from_raw(fp.get(frame::SAVED_PC));
                fp = Fp::from_raw(fp.get(frame::SAVED_FP));
                give!(value);
            }
            Op::CheckCtorReturn => slow!(class::check_constructor_return),
            Op::Throw => slow!(exception::throw_op),
            Op::ThrowError => slow!(exception::throw_error_op),
            Op::Debugger => next!(1),
            Op::Count => {
                if let Some(coverage) = &fp.code().template().coverage {
                    coverage.count(pc.bc() as usize);
                }
                next!(1);
            }
            Op::CreateArgs => slow!(literal::create_arguments),
            Op::RestArgs => slow!(literal::rest_arguments),
            Op::ImportCall => slow!(scope::import_call),
            Op::ImportMeta => slow!(scope::import_meta),

            Op::RequireObjectCoercible => {
                if fp.get(pc.a()).is_nullish() {
                    slow!(iterate::throw_not_coercible);
                }
                next!(1);
            }
            Op::GetIter => slow!(iterate::open_iterator),
            Op::IterStep => slow!(iterate::step),
            Op::CheckIterResult => {
                if !fp.get(pc.a()).is_object() {
                    slow!(iterate::throw_not_object);
                }
                next!(1);
            }
            Op::IterReturn => slow!(iterate::return_method),
            Op::CheckObject => {
                if !fp.get(pc.a()).is_object() {
                    slow!(iterate::throw_not_object);
                }
                next!(1);
            }
            Op::ForInStart => slow!(for_in::for_in_start),
            Op::ForInNext => slow!(for_in::for_in_next),

            Op::InitGen => slow!(coroutine::init_generator),
            Op::Yield | Op::YieldDelegate => slow!(coroutine::yield_op),
            Op::AsyncStart => slow!(coroutine::async_start),
            Op::Await => slow!(coroutine::await_op),
            Op::AsyncReturn | Op::AsyncThrow => slow!(coroutine::async_leave),

            Op::AddDisposable => slow!(class::add_disposable),
            Op::DisposeNext => slow!(class::dispose_next),
            Op::SuppressError => slow!(class::suppress_error),

            Op::Halt => return,
        }
    }
}

const _: () = assert!(STORAGE == 16 && INLINE == 24);
