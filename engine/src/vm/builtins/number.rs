//! Numbers. Source: ECMA-262 <https://tc39.es/ecma262/#sec-number-objects>.

use crate::vm::{
    bigint,
    heap::{Kind, Obj, bigint::Big},
    machine::{Args, Completion, Vm},
    number,
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Number`. The global functions must be there: it shares `parseInt` and `parseFloat`.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let class = Constructor {
        kind: Kind::NumberObject,
        ..Constructor::new(
            "Number",
            1,
            construct,
            Intrinsic::Number,
            Intrinsic::NumberPrototype,
        )
    };
    let (constructor, prototype) = vm.define_constructor(&class);
    prototype.set_internal(0, Value::ZERO);
    vm.define_methods(
        constructor,
        &[
            ("isFinite", 1, is_finite),
            ("isInteger", 1, is_integer),
            ("isNaN", 1, is_nan),
            ("isSafeInteger", 1, is_safe_integer),
        ],
    );
    for name in ["parseFloat", "parseInt"] {
        let key = vm.heap.key(name);
        if let Some(function) = vm
            .ordinary_own_property(global, key)
            .descriptor()
            .and_then(|desc| desc.value)
        {
            vm.store_named(constructor, key, function, attr::METHOD);
        }
    }
    let constants = [
        ("MAX_VALUE", f64::MAX),
        ("MIN_VALUE", 5e-324),
        ("NaN", f64::NAN),
        ("NEGATIVE_INFINITY", f64::NEG_INFINITY),
        ("POSITIVE_INFINITY", f64::INFINITY),
        ("MAX_SAFE_INTEGER", 9_007_199_254_740_991.0),
        ("MIN_SAFE_INTEGER", -9_007_199_254_740_991.0),
        ("EPSILON", f64::EPSILON),
    ];
    for (name, value) in constants {
        vm.define_value(constructor, name, Value::number(value), 0);
    }
    vm.define_methods(
        prototype,
        &[
            ("toExponential", 1, to_exponential),
            ("toFixed", 1, to_fixed),
            ("toPrecision", 1, to_precision),
            ("toString", 1, to_string),
            ("valueOf", 0, value_of),
            ("toLocaleString", 0, to_locale_string),
        ],
    );
}

/// `Number(value)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut value = Value::ZERO;
    if !args.is_empty() {
        value = vm.to_numeric(args.at(0))?;
        if let Some(big) = Big::from_value(value) {
            value = Value::number(bigint::to_f64(&big.number()));
        }
    }
    if !args.is_construct() {
        return Ok(value);
    }
    let object = vm.create_from_constructor(
        Kind::NumberObject,
        args.new_target,
        Intrinsic::NumberPrototype,
    )?;
    object.set_internal(0, value);
    Ok(object.into())
}

fn is_finite(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(
        args.at(0).as_number().is_some_and(f64::is_finite),
    ))
}

fn is_integer(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(integral(args.at(0)).is_some()))
}

fn is_nan(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(args.at(0).as_number().is_some_and(f64::is_nan)))
}

fn is_safe_integer(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(integral(args.at(0)).is_some_and(|number| {
        number.abs() <= 9_007_199_254_740_991.0
    })))
}

/// The number that the value is, if it is an integer.
fn integral(value: Value) -> Option<f64> {
    value
        .as_number()
        .filter(|number| number.is_finite() && number.trunc() == *number)
}

/// `ThisNumberValue`
fn this_number(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<f64> {
    let value = match args.this.as_object() {
        Some(object) if object.kind() == Kind::NumberObject => object.internal(0),
        _ => args.this,
    };
    match value.as_number() {
        Some(number) => Ok(number),
        None => Err(vm.throw_type(format!(
            "Number.prototype.{method} requires that 'this' be a Number"
        ))),
    }
}

/// An ASCII text as a value.
fn ascii(vm: &mut Vm, text: &str) -> Completion {
    Ok(vm.heap.str_latin1(text.as_bytes()).into())
}

/// `Number.prototype.toExponential`
fn to_exponential(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let number = this_number(vm, args, "toExponential")?;
    let digits = vm.to_integer(args.at(0))?;
    if !number.is_finite() {
        return Ok(vm.number_to_string(number).into());
    }
    if !(0.0..=100.0).contains(&digits) {
        return Err(vm.throw_range("toExponential() argument must be between 0 and 100"));
    }
    let digits = if args.at(0).is_undefined() {
        None
    } else {
        Some(digits as u32)
    };
    ascii(vm, &number::to_exponential(number, digits))
}

/// `Number.prototype.toFixed`
fn to_fixed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let number = this_number(vm, args, "toFixed")?;
    let digits = vm.to_integer(args.at(0))?;
    if !(0.0..=100.0).contains(&digits) {
        return Err(vm.throw_range("toFixed() digits argument must be between 0 and 100"));
    }
    if !number.is_finite() || number.abs() >= 1e21 {
        return Ok(vm.number_to_string(number).into());
    }
    ascii(vm, &number::to_fixed(number, digits as u32))
}

/// `Number.prototype.toPrecision`
fn to_precision(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let number = this_number(vm, args, "toPrecision")?;
    if args.at(0).is_undefined() {
        return Ok(vm.number_to_string(number).into());
    }
    let precision = vm.to_integer(args.at(0))?;
    if !number.is_finite() {
        return Ok(vm.number_to_string(number).into());
    }
    if !(1.0..=100.0).contains(&precision) {
        return Err(vm.throw_range("toPrecision() argument must be between 1 and 100"));
    }
    ascii(vm, &number::to_precision(number, precision as u32))
}

/// `Number.prototype.toString`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let number = this_number(vm, args, "toString")?;
    let radix = if args.at(0).is_undefined() {
        10.0
    } else {
        vm.to_integer(args.at(0))?
    };
    if !(2.0..=36.0).contains(&radix) {
        return Err(vm.throw_range("toString() radix argument must be between 2 and 36"));
    }
    if radix == 10.0 || !number.is_finite() {
        return Ok(vm.number_to_string(number).into());
    }
    ascii(vm, &number::to_string_radix(number, radix as u32))
}

/// `Number.prototype.valueOf`
fn value_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_number(vm, args, "valueOf").map(Value::number)
}

/// `Number.prototype.toLocaleString`, of the locale en-US
fn to_locale_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let number = this_number(vm, args, "toLocaleString")?;
    #[cfg(feature = "intl")]
    return super::intl::number_to_locale_string(vm, number.into(), args.at(0), args.at(1));
    #[cfg(not(feature = "intl"))]
    {
        let text = locale_text(number);
        Ok(vm.str(&text).into())
    }
}

/// At most three decimals, a comma between thousands: what builds without `Intl` show.
#[cfg_attr(feature = "intl", allow(dead_code, reason = "Intl formats"))]
fn locale_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let magnitude = number.abs();
    if magnitude.is_infinite() {
        return format!("{sign}∞");
    }
    let digits = match bigint::from_f64(magnitude).filter(|_| magnitude >= 1e21) {
        Some(integer) => integer.to_string(),
        // The shortest text that reads as the number is what gets rounded.
        None if magnitude < 1e-6 => "0".to_owned(),
        None => number::to_string(magnitude),
    };
    let (integer, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let (integer, fraction) = round_decimals(integer, fraction);
    let mut text = format!("{sign}{}", group_thousands(&integer));
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(&fraction);
    }
    text
}

/// Rounds to three decimals, half away from zero, and drops zeros at the end.
fn round_decimals(integer: &str, fraction: &str) -> (String, String) {
    let kept = fraction.len().min(3);
    let mut digits: Vec<u8> = integer.bytes().chain(fraction.bytes().take(kept)).collect();
    if fraction
        .as_bytes()
        .get(3)
        .is_some_and(|&digit| digit >= b'5')
    {
        let mut at = digits.len();
        loop {
            at = match at.checked_sub(1) {
                Some(at) => at,
                None => {
                    digits.insert(0, b'1');
                    break;
                }
            };
            match digits.get_mut(at) {
                Some(digit) if *digit == b'9' => *digit = b'0',
                Some(digit) => {
                    *digit += 1;
                    break;
                }
                None => break,
            }
        }
    }
    let mut whole = String::from_utf8(digits).unwrap_or_default();
    let fraction = whole.split_off(whole.len().saturating_sub(kept));
    (whole, fraction.trim_end_matches('0').to_owned())
}

/// Decimal digits with a comma between thousands.
pub(super) fn group_thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::locale_text;

    #[test]
    fn locale_texts_are_those_of_en_us() {
        for (number, text) in [
            (1234.5, "1,234.5"),
            (1.0005, "1.001"),
            (999.9996, "1,000"),
            (-0.0, "-0"),
            (0.0004, "0"),
            (123_456_789.0, "123,456,789"),
            (f64::NEG_INFINITY, "-∞"),
            (1e21, "1,000,000,000,000,000,000,000"),
        ] {
            assert_eq!(locale_text(number), text);
        }
    }
}
