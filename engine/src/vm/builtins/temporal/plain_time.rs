//! `Temporal.PlainTime`. Source: <https://tc39.es/proposal-temporal/#sec-temporal-plaintime-objects>.

use temporal_rs::{Calendar, PlainDateTime, PlainTime, ZonedDateTime};

use super::{
    construct, declare,
    duration::to_duration,
    fields::{Bag, Need, TIME, integer_with_truncation, narrow, partial_object},
    getters,
    identifiers::require_string,
    item,
    locale::to_locale_string,
    make,
    options::{Options, round_to},
    require_new,
    results::{check, made, ordering, text},
    this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.PlainTime`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<PlainTime>(vm, temporal, new, 0);
    vm.define_methods(constructor, &[("compare", 2, compare), ("from", 1, from)]);
    getters! {
        vm, prototype, PlainTime,
        "hour" hour "minute" minute "second" second
        "millisecond" millisecond "microsecond" microsecond "nanosecond" nanosecond
    }
    vm.define_methods(
        prototype,
        &[
            ("add", 1, |vm, args| {
                let time = this::<PlainTime>(vm, args, "add")?;
                let duration = to_duration(vm, args.at(0))?;
                made(vm, time.add(&duration))
            }),
            ("equals", 1, |vm, args| {
                let time = this::<PlainTime>(vm, args, "equals")?;
                let other = to_time(vm, args.at(0), Value::UNDEFINED)?;
                Ok(Value::from(time == other))
            }),
            ("round", 1, |vm, args| {
                let time = this::<PlainTime>(vm, args, "round")?;
                let rounding = round_to(vm, args.at(0))?;
                made(vm, time.round(rounding))
            }),
            ("since", 1, |vm, args| {
                let time = this::<PlainTime>(vm, args, "since")?;
                let other = to_time(vm, args.at(0), Value::UNDEFINED)?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, time.since(&other, settings))
            }),
            ("subtract", 1, |vm, args| {
                let time = this::<PlainTime>(vm, args, "subtract")?;
                let duration = to_duration(vm, args.at(0))?;
                made(vm, time.subtract(&duration))
            }),
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                to_locale_string::<PlainTime>(vm, args, plain_text)
            }),
            ("toString", 0, |vm, args| {
                let time = this::<PlainTime>(vm, args, "toString")?;
                let options = Options::new(vm, args.at(0))?;
                let (rounding, ()) = options.text_rounding(vm, |_, _| Ok(()))?;
                text(vm, time.to_ixdtf_string(rounding))
            }),
            ("until", 1, |vm, args| {
                let time = this::<PlainTime>(vm, args, "until")?;
                let other = to_time(vm, args.at(0), Value::UNDEFINED)?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, time.until(&other, settings))
            }),
            ("with", 1, with),
        ],
    );
}

/// `new Temporal.PlainTime(hour, minute, ...)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<PlainTime>(vm, args)?;
    let [hour, minute, second, ms, us, ns] = time_arguments(vm, args.values)?;
    let time = PlainTime::try_new(
        narrow(vm, hour)?,
        narrow(vm, minute)?,
        narrow(vm, second)?,
        narrow(vm, ms)?,
        narrow(vm, us)?,
        narrow(vm, ns)?,
    );
    let time = check(vm, time)?;
    construct(vm, args, time)
}

/// Hour to nanosecond as a constructor gets them.
pub(super) fn time_arguments(vm: &mut Vm, values: &[Value]) -> Completion<[f64; 6]> {
    let mut numbers = [0.0; 6];
    for (number, &value) in numbers.iter_mut().zip(values) {
        if !value.is_undefined() {
            *number = integer_with_truncation(vm, value)?;
        }
    }
    Ok(numbers)
}

/// `ToTemporalTime`
pub(super) fn to_time(vm: &mut Vm, value: Value, options: Value) -> Completion<PlainTime> {
    let time = item(vm, value)
        .or_else(|| item(vm, value).map(|date: PlainDateTime| date.to_plain_time()))
        .or_else(|| item(vm, value).map(|date: ZonedDateTime| date.to_plain_time()));
    if let Some(time) = time {
        Options::new(vm, options)?.overflow(vm)?;
        return Ok(time);
    }
    let Some(object) = value.as_object() else {
        let text = require_string(vm, value, "time")?;
        let time = check(vm, PlainTime::from_utf8(text.as_bytes()))?;
        Options::new(vm, options)?.overflow(vm)?;
        return Ok(time);
    };
    let bag = Bag::read(vm, object, &Calendar::default(), TIME, Need::Any)?;
    let overflow = Options::new(vm, options)?.overflow(vm)?;
    let partial = bag.time(overflow);
    check(vm, PlainTime::from_partial(partial, Some(overflow)))
}

/// `ToTimeRecordOrMidnight`, midnight being none.
pub(super) fn time_or_midnight(vm: &mut Vm, value: Value) -> Completion<Option<PlainTime>> {
    if value.is_undefined() {
        return Ok(None);
    }
    to_time(vm, value, Value::UNDEFINED).map(Some)
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let time = to_time(vm, args.at(0), args.at(1))?;
    Ok(make(vm, time))
}

fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let one = to_time(vm, args.at(0), Value::UNDEFINED)?;
    let two = to_time(vm, args.at(1), Value::UNDEFINED)?;
    Ok(ordering(one.cmp(&two)))
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let time = this::<PlainTime>(vm, args, "with")?;
    let object = partial_object(vm, args.at(0))?;
    let bag = Bag::read(vm, object, &Calendar::default(), TIME, Need::Any)?;
    let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
    made(vm, time.with(bag.time(overflow), Some(overflow)))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let time = this::<PlainTime>(vm, args, method)?;
    text(vm, time.to_ixdtf_string(Default::default()))
}
