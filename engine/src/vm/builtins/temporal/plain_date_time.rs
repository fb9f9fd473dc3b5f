//! `Temporal.PlainDateTime`. Source: <https://tc39.es/proposal-temporal/#sec-temporal-plaindatetime-objects>.

use temporal_rs::{
    PlainDate, PlainDateTime, ZonedDateTime, fields::DateTimeFields, options::DisplayCalendar,
    parsed_intermediates::ParsedDateTime, partial::PartialDateTime,
};

use super::{
    construct, declare,
    duration::to_duration,
    fields::{Bag, DATE_TIME, Need, integer_with_truncation, narrow, partial_object},
    getters,
    identifiers::{
        calendar_argument, calendar_or_iso, require_dated_string, to_calendar, to_time_zone,
    },
    item,
    locale::to_locale_string,
    make,
    options::{Options, round_to},
    plain_time::{time_arguments, time_or_midnight},
    require_new,
    results::{check, made, ordering, text},
    this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.PlainDateTime`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<PlainDateTime>(vm, temporal, new, 3);
    vm.define_methods(constructor, &[("compare", 2, compare), ("from", 1, from)]);
    vm.define_getter(prototype, "calendarId", |vm, args| {
        let date = this::<PlainDateTime>(vm, args, "calendarId")?;
        Ok(vm.str(date.calendar().identifier()).into())
    });
    getters! {
        vm, prototype, PlainDateTime,
        "era" era "eraYear" era_year "year" year "month" month "monthCode" month_code "day" day
        "hour" hour "minute" minute "second" second
        "millisecond" millisecond "microsecond" microsecond "nanosecond" nanosecond
        "dayOfWeek" day_of_week "dayOfYear" day_of_year "weekOfYear" week_of_year "yearOfWeek" year_of_week
        "daysInWeek" days_in_week "daysInMonth" days_in_month "daysInYear" days_in_year
        "monthsInYear" months_in_year "inLeapYear" in_leap_year
    }
    install_conversions(vm, prototype);
    vm.define_methods(
        prototype,
        &[
            ("add", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "add")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, date.add(&duration, Some(overflow)))
            }),
            ("equals", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "equals")?;
                let other = to_date_time(vm, args.at(0), Value::UNDEFINED)?;
                Ok(Value::from(date == other))
            }),
            ("round", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "round")?;
                let rounding = round_to(vm, args.at(0))?;
                made(vm, date.round(rounding))
            }),
            ("since", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "since")?;
                let other = other_date_time(vm, &date, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, date.since(&other, settings))
            }),
            ("subtract", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "subtract")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, date.subtract(&duration, Some(overflow)))
            }),
            ("until", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "until")?;
                let other = other_date_time(vm, &date, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, date.until(&other, settings))
            }),
            ("with", 1, with),
            ("withCalendar", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "withCalendar")?;
                let calendar = to_calendar(vm, args.at(0))?;
                Ok(make(vm, date.with_calendar(calendar)))
            }),
            ("withPlainTime", 0, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "withPlainTime")?;
                let time = time_or_midnight(vm, args.at(0))?;
                made(vm, date.with_time(time))
            }),
        ],
    );
}

fn install_conversions(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                to_locale_string::<PlainDateTime>(vm, args, plain_text)
            }),
            ("toPlainDate", 0, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "toPlainDate")?;
                Ok(make(vm, date.to_plain_date()))
            }),
            ("toPlainTime", 0, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "toPlainTime")?;
                Ok(make(vm, date.to_plain_time()))
            }),
            ("toString", 0, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "toString")?;
                let options = Options::new(vm, args.at(0))?;
                let show = options.calendar_name(vm)?;
                let (rounding, ()) = options.text_rounding(vm, |_, _| Ok(()))?;
                text(vm, date.to_ixdtf_string(rounding, show))
            }),
            ("toZonedDateTime", 1, |vm, args| {
                let date = this::<PlainDateTime>(vm, args, "toZonedDateTime")?;
                let zone = to_time_zone(vm, args.at(0))?;
                let disambiguation = Options::new(vm, args.at(1))?.disambiguation(vm)?;
                made(vm, date.to_zoned_date_time(zone, disambiguation))
            }),
        ],
    );
}

/// `new Temporal.PlainDateTime(isoYear, isoMonth, isoDay, hour, ..., calendar)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<PlainDateTime>(vm, args)?;
    let year = integer_with_truncation(vm, args.at(0))?;
    let month = integer_with_truncation(vm, args.at(1))?;
    let day = integer_with_truncation(vm, args.at(2))?;
    let time = args.values.get(3..).unwrap_or_default();
    let [hour, minute, second, ms, us, ns] = time_arguments(vm, time)?;
    let calendar = calendar_argument(vm, args.at(9))?;
    let date = PlainDateTime::try_new(
        narrow(vm, year)?,
        narrow(vm, month)?,
        narrow(vm, day)?,
        narrow(vm, hour)?,
        narrow(vm, minute)?,
        narrow(vm, second)?,
        narrow(vm, ms)?,
        narrow(vm, us)?,
        narrow(vm, ns)?,
        calendar,
    );
    let date = check(vm, date)?;
    construct(vm, args, date)
}

/// `ToTemporalDateTime`
fn to_date_time(vm: &mut Vm, value: Value, options: Value) -> Completion<PlainDateTime> {
    let known = item(vm, value)
        .map(Ok)
        .or_else(|| item(vm, value).map(|zoned: ZonedDateTime| Ok(zoned.to_plain_date_time())))
        .or_else(|| item(vm, value).map(|date: PlainDate| date.to_plain_date_time(None)));
    if let Some(date) = known {
        Options::new(vm, options)?.overflow(vm)?;
        return check(vm, date);
    }
    let Some(object) = value.as_object() else {
        let text = require_dated_string(vm, value, "date and time")?;
        let parsed = check(vm, ParsedDateTime::from_utf8(text.as_bytes()))?;
        Options::new(vm, options)?.overflow(vm)?;
        return check(vm, PlainDateTime::from_parsed(parsed));
    };
    let calendar = calendar_or_iso(vm, object)?;
    let bag = Bag::read(vm, object, &calendar, DATE_TIME, Need::Nothing)?;
    let overflow = Options::new(vm, options)?.overflow(vm)?;
    let partial = PartialDateTime {
        fields: DateTimeFields {
            calendar_fields: bag.date(vm)?,
            time: bag.time(overflow),
        },
        calendar,
    };
    check(vm, PlainDateTime::from_partial(partial, Some(overflow)))
}

/// The other side of a difference, which must be of the same calendar.
fn other_date_time(vm: &mut Vm, date: &PlainDateTime, value: Value) -> Completion<PlainDateTime> {
    let other = to_date_time(vm, value, Value::UNDEFINED)?;
    if date.calendar() != other.calendar() {
        return Err(vm.throw_range("The dates have different calendars"));
    }
    Ok(other)
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let date = to_date_time(vm, args.at(0), args.at(1))?;
    Ok(make(vm, date))
}

fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let one = to_date_time(vm, args.at(0), Value::UNDEFINED)?;
    let two = to_date_time(vm, args.at(1), Value::UNDEFINED)?;
    Ok(ordering(one.compare_iso(&two)))
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let date = this::<PlainDateTime>(vm, args, "with")?;
    let object = partial_object(vm, args.at(0))?;
    let bag = Bag::read(vm, object, date.calendar(), DATE_TIME, Need::Any)?;
    let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
    let fields = DateTimeFields {
        calendar_fields: bag.date(vm)?,
        time: bag.time(overflow),
    };
    made(vm, date.with(fields, Some(overflow)))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let date = this::<PlainDateTime>(vm, args, method)?;
    let string = date.to_ixdtf_string(Default::default(), DisplayCalendar::Auto);
    text(vm, string)
}
