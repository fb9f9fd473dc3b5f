//! `Temporal.Duration`. Source: <https://tc39.es/proposal-temporal/#sec-temporal-duration-objects>.

use temporal_rs::{
    Duration, Sign,
    options::{RoundingOptions, Unit},
    partial::PartialDuration,
};

use super::{
    construct, declare,
    fields::integral,
    getters,
    identifiers::require_string,
    item, make,
    options::{Options, unit_or_options},
    relative_to::relative_to,
    require_new,
    results::{check, made, ordering, text},
    this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.Duration`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<Duration>(vm, temporal, new, 0);
    vm.define_methods(constructor, &[("compare", 2, compare), ("from", 1, from)]);
    getters! {
        vm, prototype, Duration,
        "years" years "months" months "weeks" weeks "days" days "hours" hours "minutes" minutes "seconds" seconds
        "milliseconds" milliseconds "microseconds" microseconds "nanoseconds" nanoseconds "blank" is_zero
    }
    vm.define_getter(prototype, "sign", |vm, args| {
        let sign = this::<Duration>(vm, args, "sign")?.sign();
        Ok(Value::number(match sign {
            Sign::Negative => -1.0,
            Sign::Zero => 0.0,
            Sign::Positive => 1.0,
        }))
    });
    vm.define_methods(
        prototype,
        &[
            ("abs", 0, |vm, args| {
                let duration = this::<Duration>(vm, args, "abs")?;
                Ok(make(vm, duration.abs()))
            }),
            ("add", 1, |vm, args| {
                let duration = this::<Duration>(vm, args, "add")?;
                let other = to_duration(vm, args.at(0))?;
                made(vm, duration.add(&other))
            }),
            ("negated", 0, |vm, args| {
                let duration = this::<Duration>(vm, args, "negated")?;
                Ok(make(vm, duration.negated()))
            }),
            ("round", 1, round),
            ("subtract", 1, |vm, args| {
                let duration = this::<Duration>(vm, args, "subtract")?;
                let other = to_duration(vm, args.at(0))?;
                made(vm, duration.subtract(&other))
            }),
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                plain_text(vm, args, "toLocaleString")
            }),
            ("toString", 0, to_string),
            ("total", 1, total),
            ("with", 1, with),
        ],
    );
}

/// `new Temporal.Duration(years, months, ...)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<Duration>(vm, args)?;
    let mut numbers = [0.0; 10];
    for (number, &value) in numbers.iter_mut().zip(args.values) {
        if !value.is_undefined() {
            *number = integral(vm, value)?;
        }
    }
    let [
        years,
        months,
        weeks,
        days,
        hours,
        minutes,
        seconds,
        ms,
        us,
        ns,
    ] = numbers;
    let duration = Duration::new(
        years as i64,
        months as i64,
        weeks as i64,
        days as i64,
        hours as i64,
        minutes as i64,
        seconds as i64,
        ms as i64,
        us as i128,
        ns as i128,
    );
    let duration = check(vm, duration)?;
    construct(vm, args, duration)
}

/// `ToTemporalPartialDurationRecord`
fn partial(vm: &mut Vm, value: Value) -> Completion<PartialDuration> {
    let Some(object) = value.as_object() else {
        let text = vm.display_plain(value);
        return Err(vm.throw_type(format!("{text} is not a duration")));
    };
    let mut read = |name: &str| -> Completion<Option<f64>> {
        let key = vm.heap.key(name);
        let value = vm.get_o(object, key)?;
        if value.is_undefined() {
            return Ok(None);
        }
        integral(vm, value).map(Some)
    };
    let long = |number: Option<f64>| number.map(|number| number as i64);
    let partial = PartialDuration {
        days: long(read("days")?),
        hours: long(read("hours")?),
        microseconds: read("microseconds")?.map(|number| number as i128),
        milliseconds: long(read("milliseconds")?),
        minutes: long(read("minutes")?),
        months: long(read("months")?),
        nanoseconds: read("nanoseconds")?.map(|number| number as i128),
        seconds: long(read("seconds")?),
        weeks: long(read("weeks")?),
        years: long(read("years")?),
    };
    if partial.is_empty() {
        return Err(vm.throw_type("The object has no property of a duration"));
    }
    Ok(partial)
}

/// `ToTemporalDuration`
pub(super) fn to_duration(vm: &mut Vm, value: Value) -> Completion<Duration> {
    if let Some(duration) = item(vm, value) {
        return Ok(duration);
    }
    if value.is_object() {
        let partial = partial(vm, value)?;
        return check(vm, Duration::from_partial_duration(partial));
    }
    let text = require_string(vm, value, "duration")?;
    check(vm, Duration::from_utf8(text.as_bytes()))
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let duration = to_duration(vm, args.at(0))?;
    Ok(make(vm, duration))
}

fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let one = to_duration(vm, args.at(0))?;
    let two = to_duration(vm, args.at(1))?;
    let options = Options::new(vm, args.at(2))?;
    let relative = relative_to(vm, &options)?;
    let result = check(vm, one.compare(&two, relative))?;
    Ok(ordering(result))
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let duration = this::<Duration>(vm, args, "with")?;
    let partial = partial(vm, args.at(0))?;
    let changed = Duration::new(
        partial.years.unwrap_or(duration.years()),
        partial.months.unwrap_or(duration.months()),
        partial.weeks.unwrap_or(duration.weeks()),
        partial.days.unwrap_or(duration.days()),
        partial.hours.unwrap_or(duration.hours()),
        partial.minutes.unwrap_or(duration.minutes()),
        partial.seconds.unwrap_or(duration.seconds()),
        partial.milliseconds.unwrap_or(duration.milliseconds()),
        partial.microseconds.unwrap_or(duration.microseconds()),
        partial.nanoseconds.unwrap_or(duration.nanoseconds()),
    );
    made(vm, changed)
}

fn round(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let duration = this::<Duration>(vm, args, "round")?;
    let mut rounding = RoundingOptions::default();
    rounding.largest_unit = None;
    let mut relative = None;
    match unit_or_options::<Unit>(vm, args.at(0), "smallestUnit")? {
        Err(unit) => rounding.smallest_unit = Some(unit),
        Ok(options) => {
            rounding.largest_unit = options.unit(vm, "largestUnit")?;
            relative = relative_to(vm, &options)?;
            rounding.increment = options.rounding_increment(vm)?;
            rounding.rounding_mode = options.rounding_mode(vm)?;
            rounding.smallest_unit = options.unit(vm, "smallestUnit")?;
        }
    }
    made(vm, duration.round(rounding, relative))
}

fn total(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let duration = this::<Duration>(vm, args, "total")?;
    let (unit, relative) = match unit_or_options::<Unit>(vm, args.at(0), "unit")? {
        Err(unit) => (Some(unit), None),
        Ok(options) => {
            let relative = relative_to(vm, &options)?;
            (options.unit(vm, "unit")?, relative)
        }
    };
    let Some(unit) = unit.filter(|&unit| unit != Unit::Auto) else {
        return Err(vm.throw_range("A unit is required"));
    };
    let total = check(vm, duration.total(unit, relative))?;
    Ok(Value::number(total.as_inner()))
}

fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let duration = this::<Duration>(vm, args, "toString")?;
    let options = Options::new(vm, args.at(0))?;
    let (rounding, ()) = options.text_rounding(vm, |_, _| Ok(()))?;
    text(vm, duration.as_temporal_string(rounding))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let duration = this::<Duration>(vm, args, method)?;
    text(vm, duration.as_temporal_string(Default::default()))
}
