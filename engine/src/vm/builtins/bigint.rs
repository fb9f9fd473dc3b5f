//! BigInts. Source: ECMA-262 <https://tc39.es/ecma262/#sec-bigint-objects>.

use num_bigint::Sign;
use num_traits::ToPrimitive as _;

use crate::vm::{
    bigint::{self, BigInt, BigIntError},
    bytecode::Op,
    convert::Hint,
    heap::{Kind, Obj, Str, Units, bigint::Big},
    machine::{Args, Completion, Throw, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `BigInt`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "BigInt",
        1,
        construct,
        Intrinsic::BigInt,
        Intrinsic::BigIntPrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        constructor,
        &[("asUintN", 2, as_uint_n), ("asIntN", 2, as_int_n)],
    );
    vm.define_methods(
        prototype,
        &[
            ("toLocaleString", 0, to_locale_string),
            ("toString", 0, to_string),
            ("valueOf", 0, value_of),
        ],
    );
    let tag = vm.str("BigInt");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `BigInt(value)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.is_construct() {
        return Err(vm.throw_type("BigInt is not a constructor"));
    }
    let primitive = vm.to_primitive(args.at(0), Hint::Number)?;
    let Some(number) = primitive.as_number() else {
        return vm.to_bigint(primitive);
    };
    match bigint::from_f64(number) {
        Some(big) => Ok(vm.heap.new_bigint(big).into()),
        None => {
            let text = vm.display_plain(primitive);
            let message = format!(
                "The number {text} cannot be converted to a BigInt because it is not an integer"
            );
            Err(vm.throw_range(message))
        }
    }
}

fn as_uint_n(vm: &mut Vm, args: &Args<'_>) -> Completion {
    as_n(vm, args, bigint::as_uint_n)
}

fn as_int_n(vm: &mut Vm, args: &Args<'_>) -> Completion {
    as_n(vm, args, bigint::as_int_n)
}

fn as_n(
    vm: &mut Vm,
    args: &Args<'_>,
    operation: fn(u64, &BigInt) -> bigint::Result<BigInt>,
) -> Completion {
    let bits = vm.to_integer(args.at(0))?;
    if !(0.0..=9_007_199_254_740_991.0).contains(&bits) {
        return Err(vm.throw_range("Invalid value: not (convertible to) a safe integer"));
    }
    let value = vm.to_bigint(args.at(1))?;
    let Some(big) = Big::from_value(value) else {
        return Ok(value);
    };
    vm.work_bigints(&big.number(), &big.number())?;
    let result = operation(bits as u64, &big.number());
    vm.bigint_result(result)
}

/// `ThisBigIntValue`
fn this_bigint(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Big> {
    let value = match args.this.as_object() {
        Some(object) if object.kind() == Kind::BigIntObject => object.internal(0),
        _ => args.this,
    };
    match Big::from_value(value) {
        Some(big) => Ok(big),
        None => Err(vm.throw_type(format!(
            "BigInt.prototype.{method} requires that 'this' be a BigInt"
        ))),
    }
}

/// `BigInt.prototype.toLocaleString`, of the locale en-US
fn to_locale_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let big = this_bigint(vm, args, "toLocaleString")?;
    #[cfg(feature = "intl")]
    return super::intl::number_to_locale_string(vm, big.into(), args.at(0), args.at(1));
    #[cfg(not(feature = "intl"))]
    english_text(vm, big)
}

/// Digits with a comma between thousands.
#[cfg(not(feature = "intl"))]
fn english_text(vm: &mut Vm, big: Big) -> Completion {
    let text = vm.bigint_text(big, 10)?;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let text = format!("{sign}{}", super::number::group_thousands(digits));
    Ok(vm.str(&text).into())
}

/// `BigInt.prototype.toString`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let big = this_bigint(vm, args, "toString")?;
    let radix = if args.at(0).is_undefined() {
        10.0
    } else {
        vm.to_integer(args.at(0))?
    };
    if !(2.0..=36.0).contains(&radix) {
        return Err(vm.throw_range("toString() radix argument must be between 2 and 36"));
    }
    let text = vm.bigint_text(big, radix as u32)?;
    Ok(vm.str(&text).into())
}

/// `BigInt.prototype.valueOf`
fn value_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_bigint(vm, args, "valueOf").map(Value::from)
}

/// What even the cheapest operations do in a step.
const BITS_A_STEP: u64 = 512;

/// Small operations need not ask whether there is room.
const fn room(bytes: usize) -> usize {
    if bytes < 64 << 10 { 0 } else { bytes }
}

/// Bytes that an operation takes while it runs, its result included. Nothing where it is refused anyway.
pub(in crate::vm) fn operation_bytes(op: Op, left: &BigInt, right: &BigInt) -> usize {
    let both = left.bits() + right.bits();
    let by_right = match right.sign() {
        Sign::Minus => None,
        _ => right.to_u64(),
    };
    let bits = match op {
        Op::Mul if left.bits().min(right.bits()) > 64 => 8 * both,
        Op::Div | Op::Mod => 6 * both,
        Op::Exp => by_right.map_or(0, |times| {
            left.bits().saturating_mul(times).saturating_mul(10)
        }),
        Op::Shl => by_right.map_or(both, |more| {
            left.bits().saturating_add(more).saturating_mul(3)
        }),
        Op::Shr if by_right.is_none() => {
            let more = right.magnitude().to_u64().unwrap_or(0);
            left.bits().saturating_add(more).saturating_mul(3)
        }
        _ => 3 * both,
    };
    if bits > 16 * bigint::MAX_BITS {
        return 0;
    }
    room(bits as usize / 8)
}

impl Vm {
    /// `ToBigInt`
    ///
    /// # Errors
    /// `TypeError` for undefined, null, numbers and symbols, `SyntaxError` for text that is no integer; whatever an object's
    /// conversion throws.
    pub fn to_bigint(&mut self, value: Value) -> Completion {
        let primitive = self.to_primitive(value, Hint::Number)?;
        if primitive.is_bigint() {
            return Ok(primitive);
        }
        if let Some(bool) = primitive.as_bool() {
            return Ok(self.heap.new_bigint(BigInt::from(u8::from(bool))).into());
        }
        let Some(string) = primitive.as_string() else {
            let text = self.display_plain(primitive);
            return Err(self.throw_type(format!("Cannot convert {text} to a BigInt")));
        };
        match self.string_to_bigint(string)? {
            Some(big) => Ok(self.heap.new_bigint(big).into()),
            None => {
                let text = self.display_plain(primitive);
                Err(self.throw_syntax(format!("Cannot convert {text} to a BigInt")))
            }
        }
    }

    /// `StringToBigInt`: `None` if the text is no integer.
    ///
    /// # Errors
    /// `RangeError` when it is too big; a termination.
    pub fn string_to_bigint(&mut self, text: Str) -> Completion<Option<BigInt>> {
        self.flatten_long(text.into())?;
        let _ = self.heap.units(&text);
        self.ensure_room(room(text.len() / 2 * 10), &[text.into()])?;
        self.work(text.len() / 2)?;
        let mut poll = || self.poll_bigint();
        let parsed = match text.flat_units() {
            Units::Latin1(units) => bigint::string_to_bigint(units, &mut poll),
            Units::Utf16(units) => bigint::string_to_bigint(units, &mut poll),
        };
        parsed.map_err(|error| self.throw_bigint(error))
    }

    /// Counts the work of a pass over two BigInts.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn work_bigints(&mut self, left: &BigInt, right: &BigInt) -> Completion<()> {
        let bits = left.bits().max(right.bits());
        self.work((bits / BITS_A_STEP) as usize)
    }

    /// The text of a BigInt in a radix from 2 to 36.
    ///
    /// # Errors
    /// `RangeError` when it is too long; a termination.
    pub fn bigint_text(&mut self, big: Big, radix: u32) -> Completion<String> {
        let bytes = (big.number().bits() / 8) as usize;
        self.ensure_room(room(bytes * 10), &[big.into()])?;
        self.work(bytes)?;
        let mut poll = || self.poll_bigint();
        let text = bigint::to_string_radix(&big.number(), radix, &mut poll);
        text.map_err(|error| self.throw_bigint(error))
    }

    /// Asked by long operations now and then: shall they go on? What stops them is thrown by [`Vm::throw_bigint`].
    pub fn poll_bigint(&mut self) -> bool {
        match self.work(bigint::POLL_STEPS) {
            Ok(()) => true,
            Err(throw) => {
                self.limits.stopped = Some(throw);
                false
            }
        }
    }

    /// The value of an operation's result.
    ///
    /// # Errors
    /// What the operation's error stands for.
    pub fn bigint_result(&mut self, result: bigint::Result<BigInt>) -> Completion {
        match result {
            Ok(big) => {
                if self.heap.would_exceed((big.bits() / 8) as usize) {
                    return Err(self.throw_bigint(BigIntError::TooBig));
                }
                self.work((big.bits() / BITS_A_STEP) as usize)?;
                Ok(self.heap.new_bigint(big).into())
            }
            Err(error) => Err(self.throw_bigint(error)),
        }
    }

    /// What an operation on BigInts throws.
    pub fn throw_bigint(&mut self, error: BigIntError) -> Throw {
        match error {
            BigIntError::Interrupted => {
                let stopped = self.limits.stopped.take();
                stopped.unwrap_or(Throw(Value::TERMINATION))
            }
            error => self.throw_range(error.to_string()),
        }
    }
}
