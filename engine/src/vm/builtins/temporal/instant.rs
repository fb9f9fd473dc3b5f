//! `Temporal.Instant`, and `Date.prototype.toTemporalInstant`. Source:
//! <https://tc39.es/proposal-temporal/#sec-temporal-instant-objects>.

use num_traits::ToPrimitive;
use temporal_rs::{Instant, ZonedDateTime};

use super::{
    construct, declare,
    duration::to_duration,
    getters,
    identifiers::{require_string, to_time_zone},
    item,
    locale::to_locale_string,
    make,
    options::{Options, round_to},
    require_new,
    results::{bigint, check, made, ordering, text},
    this,
};
use crate::vm::{
    convert::Hint,
    heap::{Obj, bigint::Big},
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.Instant`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<Instant>(vm, temporal, new, 1);
    vm.define_methods(
        constructor,
        &[
            ("compare", 2, compare),
            ("from", 1, |vm, args| {
                let instant = to_instant(vm, args.at(0))?;
                Ok(make(vm, instant))
            }),
            ("fromEpochMilliseconds", 1, |vm, args| {
                let number = vm.to_number(args.at(0))?;
                from_milliseconds(vm, number)
            }),
            ("fromEpochNanoseconds", 1, |vm, args| {
                let nanoseconds = nanoseconds(vm, args.at(0))?;
                made(vm, Instant::try_new(nanoseconds))
            }),
        ],
    );
    getters! { vm, prototype, Instant, "epochMilliseconds" epoch_milliseconds }
    vm.define_getter(prototype, "epochNanoseconds", |vm, args| {
        let instant = this::<Instant>(vm, args, "epochNanoseconds")?;
        Ok(bigint(vm, instant.as_i128()))
    });
    vm.define_methods(
        prototype,
        &[
            ("add", 1, |vm, args| {
                let instant = this::<Instant>(vm, args, "add")?;
                let duration = to_duration(vm, args.at(0))?;
                made(vm, instant.add(&duration))
            }),
            ("equals", 1, |vm, args| {
                let instant = this::<Instant>(vm, args, "equals")?;
                let other = to_instant(vm, args.at(0))?;
                Ok(Value::from(instant == other))
            }),
            ("round", 1, |vm, args| {
                let instant = this::<Instant>(vm, args, "round")?;
                let rounding = round_to(vm, args.at(0))?;
                made(vm, instant.round(rounding))
            }),
            ("since", 1, |vm, args| {
                let instant = this::<Instant>(vm, args, "since")?;
                let other = to_instant(vm, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, instant.since(&other, settings))
            }),
            ("subtract", 1, |vm, args| {
                let instant = this::<Instant>(vm, args, "subtract")?;
                let duration = to_duration(vm, args.at(0))?;
                made(vm, instant.subtract(&duration))
            }),
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                to_locale_string::<Instant>(vm, args, plain_text)
            }),
            ("toString", 0, to_string),
            ("toZonedDateTimeISO", 1, |vm, args| {
                let instant = this::<Instant>(vm, args, "toZonedDateTimeISO")?;
                let zone = to_time_zone(vm, args.at(0))?;
                made(vm, instant.to_zoned_date_time_iso(zone))
            }),
            ("until", 1, |vm, args| {
                let instant = this::<Instant>(vm, args, "until")?;
                let other = to_instant(vm, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, instant.until(&other, settings))
            }),
        ],
    );
}

/// Nanoseconds since the epoch that a value, made a BigInt, is. What 128 bits do not hold is out of any range.
pub(super) fn nanoseconds(vm: &mut Vm, value: Value) -> Completion<i128> {
    let value = vm.to_bigint(value)?;
    let number = Big::from_value(value).and_then(|big| big.number().to_i128());
    Ok(number.unwrap_or(i128::MAX))
}

/// `new Temporal.Instant(epochNanoseconds)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<Instant>(vm, args)?;
    let nanoseconds = nanoseconds(vm, args.at(0))?;
    let instant = check(vm, Instant::try_new(nanoseconds))?;
    construct(vm, args, instant)
}

/// The instant of a time value.
fn from_milliseconds(vm: &mut Vm, number: f64) -> Completion {
    if number.is_finite() && number.trunc() == number {
        return made(vm, Instant::from_epoch_milliseconds(number as i64));
    }
    Err(vm.throw_range("Invalid time value"))
}

/// `ToTemporalInstant`
pub(super) fn to_instant(vm: &mut Vm, value: Value) -> Completion<Instant> {
    if let Some(instant) = item(vm, value) {
        return Ok(instant);
    }
    if let Some(zoned) = item::<ZonedDateTime>(vm, value) {
        return Ok(zoned.to_instant());
    }
    let primitive = vm.to_primitive(value, Hint::String)?;
    let text = require_string(vm, primitive, "instant")?;
    check(vm, Instant::from_utf8(text.as_bytes()))
}

fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let one = to_instant(vm, args.at(0))?;
    let two = to_instant(vm, args.at(1))?;
    Ok(ordering(one.cmp(&two)))
}

fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let instant = this::<Instant>(vm, args, "toString")?;
    let options = Options::new(vm, args.at(0))?;
    let (rounding, ()) = options.text_rounding(vm, |_, _| Ok(()))?;
    let zone = options.get(vm, "timeZone")?;
    // Whether the smallest unit will do is asked before what the zone is.
    let probe = temporal_rs::options::ToStringRoundingOptions { ..rounding };
    check(vm, instant.to_ixdtf_string(None, probe))?;
    let zone = if zone.is_undefined() {
        None
    } else {
        Some(to_time_zone(vm, zone)?)
    };
    text(vm, instant.to_ixdtf_string(zone, rounding))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let instant = this::<Instant>(vm, args, method)?;
    text(vm, instant.to_ixdtf_string(None, Default::default()))
}

/// `Date.prototype.toTemporalInstant`, on the date's time value.
pub(in crate::vm) fn date_to_temporal_instant(vm: &mut Vm, time: f64) -> Completion {
    from_milliseconds(vm, time)
}
