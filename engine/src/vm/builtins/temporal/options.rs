//! Reading options: one property after the other, in alphabetical order. Source:
//! <https://tc39.es/proposal-temporal/#sec-temporal-abstract-ops>.

use std::str::FromStr;

use temporal_rs::{
    options::{
        DifferenceSettings, Disambiguation, DisplayCalendar, DisplayOffset, DisplayTimeZone,
        OffsetDisambiguation, Overflow, RoundingIncrement, RoundingMode, RoundingOptions,
        ToStringRoundingOptions, Unit,
    },
    parsers::Precision,
};

use super::results::check;
use crate::vm::{
    heap::Obj,
    machine::{Completion, Throw, Vm},
    value::Value,
};

/// An options argument.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    object: Option<Obj>,
}

impl Options {
    /// `GetOptionsObject`
    pub fn new(vm: &mut Vm, value: Value) -> Completion<Self> {
        match value.as_object() {
            None if !value.is_undefined() => {
                let text = vm.display_plain(value);
                Err(vm.throw_type(format!("Options must be an object, not {text}")))
            }
            object => Ok(Self { object }),
        }
    }

    /// The option as it is; undefined when it is missing.
    pub fn get(&self, vm: &mut Vm, name: &str) -> Completion {
        match self.object {
            None => Ok(Value::UNDEFINED),
            Some(object) => {
                let key = vm.heap.key(name);
                vm.get_o(object, key)
            }
        }
    }

    /// `GetOption` of a string that names one of the values of `T`.
    pub fn one<T: FromStr>(&self, vm: &mut Vm, name: &str) -> Completion<Option<T>> {
        let value = self.get(vm, name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        let text = vm.to_string(value)?;
        let text = vm.heap.units(&text).to_string_lossy();
        match text.parse() {
            Ok(option) => Ok(Some(option)),
            Err(_) => Err(out_of_range(vm, name, &text)),
        }
    }

    /// `GetTemporalOverflowOption`
    pub fn overflow(&self, vm: &mut Vm) -> Completion<Overflow> {
        let overflow = self.one(vm, "overflow")?;
        Ok(overflow.unwrap_or(Overflow::Constrain))
    }

    /// `GetTemporalDisambiguationOption`
    pub fn disambiguation(&self, vm: &mut Vm) -> Completion<Disambiguation> {
        let disambiguation = self.one(vm, "disambiguation")?;
        Ok(disambiguation.unwrap_or(Disambiguation::Compatible))
    }

    /// `GetTemporalOffsetOption`
    pub fn offset(
        &self,
        vm: &mut Vm,
        default: OffsetDisambiguation,
    ) -> Completion<OffsetDisambiguation> {
        Ok(self.one(vm, "offset")?.unwrap_or(default))
    }

    /// `GetTemporalShowCalendarNameOption`
    pub fn calendar_name(&self, vm: &mut Vm) -> Completion<DisplayCalendar> {
        let show = self.one(vm, "calendarName")?;
        Ok(show.unwrap_or(DisplayCalendar::Auto))
    }

    /// `GetTemporalShowOffsetOption`
    pub fn show_offset(&self, vm: &mut Vm) -> Completion<DisplayOffset> {
        Ok(self.one(vm, "offset")?.unwrap_or(DisplayOffset::Auto))
    }

    /// `GetTemporalShowTimeZoneNameOption`
    pub fn time_zone_name(&self, vm: &mut Vm) -> Completion<DisplayTimeZone> {
        let show = self.one(vm, "timeZoneName")?;
        Ok(show.unwrap_or(DisplayTimeZone::Auto))
    }

    /// `GetTemporalUnitValuedOption`
    pub fn unit(&self, vm: &mut Vm, name: &str) -> Completion<Option<Unit>> {
        self.one(vm, name)
    }

    /// `GetRoundingModeOption`
    pub fn rounding_mode(&self, vm: &mut Vm) -> Completion<Option<RoundingMode>> {
        self.one(vm, "roundingMode")
    }

    /// `GetRoundingIncrementOption`
    pub fn rounding_increment(&self, vm: &mut Vm) -> Completion<Option<RoundingIncrement>> {
        let value = self.get(vm, "roundingIncrement")?;
        if value.is_undefined() {
            return Ok(None);
        }
        let number = vm.to_number(value)?;
        check(vm, RoundingIncrement::try_from(number)).map(Some)
    }

    /// `GetTemporalFractionalSecondDigitsOption`
    fn fractional_second_digits(&self, vm: &mut Vm) -> Completion<Precision> {
        let name = "fractionalSecondDigits";
        let value = self.get(vm, name)?;
        if value.is_undefined() {
            return Ok(Precision::Auto);
        }
        if let Some(number) = value.as_number() {
            let digits = number.floor();
            if (0.0..=9.0).contains(&digits) {
                return Ok(Precision::Digit(digits as u8));
            }
        }
        let text = vm.to_string(value)?;
        let text = vm.heap.units(&text).to_string_lossy();
        if text == "auto" && value.as_number().is_none() {
            return Ok(Precision::Auto);
        }
        Err(out_of_range(vm, name, &text))
    }

    /// `GetDifferenceSettings`, as far as it reads options.
    pub fn difference(&self, vm: &mut Vm) -> Completion<DifferenceSettings> {
        let mut settings = DifferenceSettings::default();
        settings.largest_unit = self.unit(vm, "largestUnit")?;
        settings.increment = self.rounding_increment(vm)?;
        settings.rounding_mode = self.rounding_mode(vm)?;
        settings.smallest_unit = self.unit(vm, "smallestUnit")?;
        Ok(settings)
    }

    /// The three options that `toString` methods round by, those in between read by `between`.
    pub fn text_rounding<T>(
        &self,
        vm: &mut Vm,
        between: impl FnOnce(&Self, &mut Vm) -> Completion<T>,
    ) -> Completion<(ToStringRoundingOptions, T)> {
        let precision = self.fractional_second_digits(vm)?;
        let between = between(self, vm)?;
        let rounding_mode = self.rounding_mode(vm)?;
        let smallest_unit = self.unit(vm, "smallestUnit")?;
        let rounding = ToStringRoundingOptions {
            precision,
            smallest_unit,
            rounding_mode,
        };
        Ok((rounding, between))
    }
}

/// What the argument of `round` asks for: options, or the name of the smallest unit.
pub(super) fn round_to(vm: &mut Vm, value: Value) -> Completion<RoundingOptions> {
    let mut rounding = RoundingOptions::default();
    match unit_or_options(vm, value, "smallestUnit")? {
        Err(unit) => rounding.smallest_unit = Some(unit),
        Ok(options) => {
            rounding.increment = options.rounding_increment(vm)?;
            rounding.rounding_mode = options.rounding_mode(vm)?;
            rounding.smallest_unit = options.unit(vm, "smallestUnit")?;
        }
    }
    Ok(rounding)
}

/// An argument that is options, or a string that stands for its option `name`.
pub(super) fn unit_or_options<T: FromStr>(
    vm: &mut Vm,
    value: Value,
    name: &str,
) -> Completion<Result<Options, T>> {
    if value.is_undefined() {
        return Err(vm.throw_type(format!("Options with a {name} are required")));
    }
    let Some(text) = value.as_string() else {
        return Options::new(vm, value).map(Ok);
    };
    let text = vm.heap.units(&text).to_string_lossy();
    match text.parse() {
        Ok(option) => Ok(Err(option)),
        Err(_) => Err(out_of_range(vm, name, &text)),
    }
}

#[cold]
fn out_of_range(vm: &mut Vm, name: &str, text: &str) -> Throw {
    vm.throw_range(format!("Value {text} out of range for option {name}"))
}
