//! Rounding: how many digits a number is shown with. Source: <https://tc39.es/ecma402/#sec-setnfdigitoptions>.

use fixed_decimal::{
    Decimal, RoundingIncrement, Sign, SignedRoundingMode as Signed, UnsignedRoundingMode as Mode,
};

use super::options::{Options, default_number};
use super::{put, put_text};
use crate::vm::{
    bigint,
    convert::Hint,
    heap::{Obj, bigint::Big},
    machine::{Completion, Vm},
    value::Value,
};

/// A number to be shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Number {
    Nan,
    /// Is it negative?
    Infinity(bool),
    Finite(Decimal),
}

impl Number {
    /// `ToIntlMathematicalValue`
    pub fn from_value(vm: &mut Vm, value: Value) -> Completion<Self> {
        let value = vm.to_primitive(value, Hint::Number)?;
        if let Some(big) = Big::from_value(value) {
            return Ok(Self::parse(&big.number().to_string()).unwrap_or(Self::Nan));
        }
        if let Some(text) = value.as_string() {
            let whole = vm.heap.units(&text).to_string_lossy();
            let whole = whole.trim();
            let plain = !whole.is_empty()
                && whole.len() < 2000
                && whole
                    .bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
            if plain && let Some(number) = Self::parse(whole) {
                return Ok(number);
            }
        }
        let number = vm.to_number(value)?;
        Ok(Self::from_f64(number))
    }

    /// The number by its shortest decimal digits.
    pub fn from_f64(number: f64) -> Self {
        if number.is_nan() {
            return Self::Nan;
        }
        if number.is_infinite() {
            return Self::Infinity(number < 0.0);
        }
        let mut text = match bigint::from_f64(number.abs()).filter(|_| number.abs() >= 1e21) {
            Some(_) => format!("{:e}", number.abs()),
            None => format!("{}", number.abs()),
        };
        if number.is_sign_negative() {
            text.insert(0, '-');
        }
        Self::parse(&text).unwrap_or(Self::Nan)
    }

    fn parse(text: &str) -> Option<Self> {
        Decimal::try_from_str(text).ok().map(Self::Finite)
    }

    /// Is the sign a minus?
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Nan => false,
            Self::Infinity(negative) => *negative,
            Self::Finite(decimal) => decimal.sign() == Sign::Negative,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rounding {
    Fraction,
    Significant,
    More,
    Less,
}

/// The digit options of a formatter.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    pub min_integer: u32,
    /// Minimum and maximum.
    pub fraction: Option<(u32, u32)>,
    /// Minimum and maximum.
    pub significant: Option<(u32, u32)>,
    rounding: Rounding,
    increment: u32,
    mode: &'static str,
    strip_zeros: bool,
    priority: &'static str,
}

const MODES: &[&str] = &[
    "ceil",
    "floor",
    "expand",
    "trunc",
    "halfCeil",
    "halfFloor",
    "halfExpand",
    "halfTrunc",
    "halfEven",
];

const INCREMENTS: &[u32] = &[
    1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000,
];

impl Digits {
    /// `SetNumberFormatDigitOptions`
    pub fn read(
        vm: &mut Vm,
        options: &Options,
        min_default: u32,
        mut max_default: u32,
        compact: bool,
    ) -> Completion<Self> {
        let min_integer = options
            .number(vm, "minimumIntegerDigits", 1, 21)?
            .unwrap_or(1);
        let min_fraction = options.get(vm, "minimumFractionDigits")?;
        vm.root(min_fraction);
        let max_fraction = options.get(vm, "maximumFractionDigits")?;
        vm.root(max_fraction);
        let min_significant = options.get(vm, "minimumSignificantDigits")?;
        vm.root(min_significant);
        let max_significant = options.get(vm, "maximumSignificantDigits")?;
        vm.root(max_significant);
        let increment = options
            .number(vm, "roundingIncrement", 1, 5000)?
            .unwrap_or(1);
        if !INCREMENTS.contains(&increment) {
            return Err(vm.throw_range("roundingIncrement value is out of range."));
        }
        let mode = options.choice(vm, "roundingMode", "halfExpand", MODES)?;
        let priorities = &["auto", "morePrecision", "lessPrecision"];
        let priority = options.choice(vm, "roundingPriority", "auto", priorities)?;
        let zeros = options.choice(
            vm,
            "trailingZeroDisplay",
            "auto",
            &["auto", "stripIfInteger"],
        )?;
        if increment != 1 {
            max_default = min_default;
        }
        let has_significant = !min_significant.is_undefined() || !max_significant.is_undefined();
        let has_fraction = !min_fraction.is_undefined() || !max_fraction.is_undefined();
        let need_significant = priority != "auto" || has_significant;
        let need_fraction = priority != "auto" || !(need_significant || (!has_fraction && compact));
        let mut significant = None;
        if need_significant {
            let min = default_number(vm, min_significant, "minimumSignificantDigits", 1, 21)?;
            let min = min.unwrap_or(1);
            let max = default_number(vm, max_significant, "maximumSignificantDigits", min, 21)?;
            significant = Some((min, max.unwrap_or(21)));
        }
        let mut fraction = None;
        if need_fraction {
            let min = default_number(vm, min_fraction, "minimumFractionDigits", 0, 100)?;
            let max = default_number(vm, max_fraction, "maximumFractionDigits", 0, 100)?;
            fraction = Some(match (min, max) {
                (None, None) => (min_default, max_default),
                (None, Some(max)) => (min_default.min(max), max),
                (Some(min), None) => (min, max_default.max(min)),
                (Some(min), Some(max)) if min <= max => (min, max),
                _ => return Err(vm.throw_range("maximumFractionDigits value is out of range.")),
            });
        }
        let mut rounding = match (priority, has_significant) {
            ("morePrecision", _) => Rounding::More,
            ("lessPrecision", _) => Rounding::Less,
            (_, true) => Rounding::Significant,
            _ => Rounding::Fraction,
        };
        let mut shown_priority = priority;
        if !need_significant && !need_fraction {
            fraction = Some((0, 0));
            significant = Some((1, 2));
            rounding = Rounding::More;
            shown_priority = "morePrecision";
        }
        if increment != 1 {
            if rounding != Rounding::Fraction {
                return Err(vm.throw_type("RoundingType is not fractionDigits"));
            }
            if fraction.is_some_and(|(min, max)| min != max) {
                return Err(vm.throw_range("roundingIncrement value is out of range."));
            }
        }
        Ok(Self {
            min_integer,
            fraction,
            significant,
            rounding,
            increment,
            mode,
            strip_zeros: zeros == "stripIfInteger",
            priority: shown_priority,
        })
    }

    /// Shows the options in a result of `resolvedOptions`.
    pub fn show(&self, vm: &mut Vm, object: Obj) {
        let number = |value: u32| Value::from(value);
        put(vm, object, "minimumIntegerDigits", number(self.min_integer));
        if let Some((min, max)) = self.fraction {
            put(vm, object, "minimumFractionDigits", number(min));
            put(vm, object, "maximumFractionDigits", number(max));
        }
        if let Some((min, max)) = self.significant {
            put(vm, object, "minimumSignificantDigits", number(min));
            put(vm, object, "maximumSignificantDigits", number(max));
        }
    }

    /// The options that `resolvedOptions` shows last.
    pub fn show_rounding(&self, vm: &mut Vm, object: Obj) {
        put(vm, object, "roundingIncrement", Value::from(self.increment));
        put_text(vm, object, "roundingMode", self.mode);
        put_text(vm, object, "roundingPriority", self.priority);
        let zeros = if self.strip_zeros {
            "stripIfInteger"
        } else {
            "auto"
        };
        put_text(vm, object, "trailingZeroDisplay", zeros);
    }

    fn mode(&self) -> Signed {
        match self.mode {
            "ceil" => Signed::Ceil,
            "floor" => Signed::Floor,
            "expand" => Signed::Unsigned(Mode::Expand),
            "trunc" => Signed::Unsigned(Mode::Trunc),
            "halfCeil" => Signed::HalfCeil,
            "halfFloor" => Signed::HalfFloor,
            "halfTrunc" => Signed::Unsigned(Mode::HalfTrunc),
            "halfEven" => Signed::Unsigned(Mode::HalfEven),
            _ => Signed::Unsigned(Mode::HalfExpand),
        }
    }

    /// The decimal rounded and padded (`FormatNumericToString`).
    pub fn apply(&self, number: &Decimal) -> Decimal {
        let magnitude = number.nonzero_magnitude_start();
        let by_significant = |(min, max): (u32, u32)| {
            let mut shown = number.clone();
            shown.round_with_mode(magnitude - max as i16 + 1, self.mode());
            shown.trim_end();
            let end = shown.nonzero_magnitude_start() - min as i16 + 1;
            if end < 0 {
                shown.pad_end(end);
            }
            shown
        };
        let by_fraction = |(min, max): (u32, u32)| {
            let mut shown = number.clone();
            self.round_fraction(&mut shown, -(max as i16));
            shown.trim_end();
            shown.pad_end(-(min as i16));
            shown
        };
        let mut shown = match (self.significant, self.fraction) {
            (Some(significant), Some(fraction)) => {
                let finer = magnitude + (fraction.1 as i16) < (significant.1 as i16);
                let by_digits = match self.rounding {
                    Rounding::Less => !finer,
                    Rounding::More => finer,
                    Rounding::Significant => true,
                    Rounding::Fraction => false,
                };
                if by_digits {
                    by_significant(significant)
                } else {
                    by_fraction(fraction)
                }
            }
            (Some(significant), None) => by_significant(significant),
            (None, Some(fraction)) => by_fraction(fraction),
            (None, None) => number.clone(),
        };
        if self.strip_zeros {
            shown.trim_end_if_integer();
        }
        shown.trim_start();
        shown.pad_start(self.min_integer as i16);
        shown
    }

    fn round_fraction(&self, number: &mut Decimal, position: i16) {
        let (mut unit, mut up) = (self.increment, 0);
        while unit % 10 == 0 {
            unit /= 10;
            up += 1;
        }
        let increment = match unit {
            2 => RoundingIncrement::MultiplesOf2,
            5 => RoundingIncrement::MultiplesOf5,
            25 => RoundingIncrement::MultiplesOf25,
            _ => RoundingIncrement::MultiplesOf1,
        };
        number.round_with_mode_and_increment(position + up, self.mode(), increment);
    }
}
