//! `Math`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-math-object>.

use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    number::{self, PreciseSum},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

macro_rules! unary {
    ($($native:ident $function:expr;)*) => {
        $(fn $native(vm: &mut Vm, args: &Args<'_>) -> Completion {
            let x = vm.to_number(args.at(0))?;
            let function: fn(f64) -> f64 = $function;
            Ok(Value::number(function(x)))
        })*
    };
}

unary! {
    acos f64::acos;
    acosh number::math::acosh;
    asin f64::asin;
    asinh number::math::asinh;
    atan f64::atan;
    atanh number::math::atanh;
    cbrt f64::cbrt;
    cos f64::cos;
    cosh f64::cosh;
    exp f64::exp;
    expm1 number::math::expm1;
    f16round number::f16round;
    fround number::fround;
    log f64::ln;
    log10 f64::log10;
    log1p number::math::log1p;
    log2 f64::log2;
    sign number::math::sign;
    sin f64::sin;
    sinh f64::sinh;
    sqrt f64::sqrt;
    tan f64::tan;
    tanh f64::tanh;
}

/// Functions that leave an int32 as it is.
macro_rules! rounding {
    ($($native:ident $function:expr;)*) => {
        $(fn $native(vm: &mut Vm, args: &Args<'_>) -> Completion {
            if args.at(0).is_int() {
                return Ok(args.at(0));
            }
            let x = vm.to_number(args.at(0))?;
            let function: fn(f64) -> f64 = $function;
            Ok(Value::number(function(x)))
        })*
    };
}

rounding! {
    ceil f64::ceil;
    floor f64::floor;
    round number::math::round;
    trunc f64::trunc;
}

/// Declares `Math`.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let math = vm.new_plain_object();
    vm.set_intrinsic(Intrinsic::Math, math);
    vm.define_methods(
        math,
        &[
            ("abs", 1, abs),
            ("acos", 1, acos),
            ("acosh", 1, acosh),
            ("asin", 1, asin),
            ("asinh", 1, asinh),
            ("atan", 1, atan),
            ("atanh", 1, atanh),
            ("atan2", 2, atan2),
            ("ceil", 1, ceil),
            ("cbrt", 1, cbrt),
            ("expm1", 1, expm1),
            ("clz32", 1, clz32),
            ("cos", 1, cos),
            ("cosh", 1, cosh),
            ("exp", 1, exp),
            ("floor", 1, floor),
            ("fround", 1, fround),
            ("hypot", 2, hypot),
            ("imul", 2, imul),
            ("log", 1, log),
            ("log1p", 1, log1p),
            ("log2", 1, log2),
            ("log10", 1, log10),
            ("max", 2, max),
            ("min", 2, min),
            ("pow", 2, pow),
            ("random", 0, random),
            ("round", 1, round),
            ("sign", 1, sign),
            ("sin", 1, sin),
            ("sinh", 1, sinh),
            ("sqrt", 1, sqrt),
            ("tan", 1, tan),
            ("tanh", 1, tanh),
            ("trunc", 1, trunc),
            ("f16round", 1, f16round),
            ("sumPrecise", 1, sum_precise),
        ],
    );
    use std::f64::consts;
    let constants = [
        ("E", consts::E),
        ("LN10", consts::LN_10),
        ("LN2", consts::LN_2),
        ("LOG10E", consts::LOG10_E),
        ("LOG2E", consts::LOG2_E),
        ("PI", consts::PI),
        ("SQRT1_2", consts::FRAC_1_SQRT_2),
        ("SQRT2", consts::SQRT_2),
    ];
    for (name, value) in constants {
        vm.define_value(math, name, Value::double(value), 0);
    }
    let tag = vm.str("Math");
    vm.define_value(math, "@@toStringTag", tag, attr::C);
    vm.define_value(global, "Math", math, attr::METHOD);
}

fn abs(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(int) = args.at(0).as_int()
        && int != i32::MIN
    {
        return Ok(Value::int(int.abs()));
    }
    Ok(Value::number(vm.to_number(args.at(0))?.abs()))
}

fn atan2(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let y = vm.to_number(args.at(0))?;
    let x = vm.to_number(args.at(1))?;
    Ok(Value::number(number::math::atan2(y, x)))
}

fn clz32(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let x = vm.to_number(args.at(0))?;
    Ok(Value::from(number::math::clz32(x)))
}

fn hypot(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut terms = Vec::with_capacity(args.len());
    for &value in args.values {
        terms.push(vm.to_number(value)?);
    }
    Ok(Value::number(number::math::hypot(&terms)))
}

fn imul(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let a = vm.to_int32(args.at(0))?;
    let b = vm.to_int32(args.at(1))?;
    Ok(Value::int(a.wrapping_mul(b)))
}

fn max(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let &[a, b] = args.values
        && let (Some(a), Some(b)) = (a.as_int(), b.as_int())
    {
        return Ok(Value::int(a.max(b)));
    }
    let mut most = f64::NEG_INFINITY;
    for &value in args.values {
        most = number::math::max(most, vm.to_number(value)?);
    }
    Ok(Value::number(most))
}

fn min(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let &[a, b] = args.values
        && let (Some(a), Some(b)) = (a.as_int(), b.as_int())
    {
        return Ok(Value::int(a.min(b)));
    }
    let mut least = f64::INFINITY;
    for &value in args.values {
        least = number::math::min(least, vm.to_number(value)?);
    }
    Ok(Value::number(least))
}

fn pow(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let base = vm.to_number(args.at(0))?;
    let exponent = vm.to_number(args.at(1))?;
    Ok(Value::number(number::math::pow(base, exponent)))
}

/// `Math.random`: xorshift128+.
fn random(vm: &mut Vm, _: &Args<'_>) -> Completion {
    let [mut x, y] = vm.random;
    let sum = x.wrapping_add(y);
    x ^= x << 23;
    x ^= x >> 18;
    vm.random = [y, x ^ y ^ (y >> 5)];
    Ok(Value::number(
        (sum >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0),
    ))
}

/// `Math.sumPrecise`
fn sum_precise(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.at(0).is_nullish() {
        let text = vm.display_plain(args.at(0));
        return Err(vm.throw_type(format!("{text} is not iterable")));
    }
    let mut sum = PreciseSum::new();
    vm.iterate(args.at(0), |vm, value| match value.as_number() {
        Some(number) => {
            sum.add(number);
            Ok(())
        }
        None => {
            let text = vm.display_plain(value);
            Err(vm.throw_type(format!("{text} is not a number")))
        }
    })?;
    Ok(Value::number(sum.finish()))
}
