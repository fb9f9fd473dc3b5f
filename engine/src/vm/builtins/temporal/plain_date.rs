//! `Temporal.PlainDate`. Source: <https://tc39.es/proposal-temporal/#sec-temporal-plaindate-objects>.

use temporal_rs::{
    PlainDate, PlainDateTime, ZonedDateTime, options::DisplayCalendar,
    parsed_intermediates::ParsedDate, partial::PartialDate,
};

use super::{
    construct, declare,
    duration::to_duration,
    fields::{Bag, DATE, Need, integer_with_truncation, narrow, partial_object},
    getters,
    identifiers::{
        calendar_argument, calendar_or_iso, require_dated_string, to_calendar, to_time_zone,
    },
    item,
    locale::to_locale_string,
    make,
    options::Options,
    plain_time::{time_or_midnight, to_time},
    require_new,
    results::{check, made, ordering},
    this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.PlainDate`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<PlainDate>(vm, temporal, new, 3);
    vm.define_methods(constructor, &[("compare", 2, compare), ("from", 1, from)]);
    vm.define_getter(prototype, "calendarId", |vm, args| {
        let date = this::<PlainDate>(vm, args, "calendarId")?;
        Ok(vm.str(date.calendar().identifier()).into())
    });
    getters! {
        vm, prototype, PlainDate,
        "era" era "eraYear" era_year "year" year "month" month "monthCode" month_code "day" day
        "dayOfWeek" day_of_week "dayOfYear" day_of_year "weekOfYear" week_of_year "yearOfWeek" year_of_week
        "daysInWeek" days_in_week "daysInMonth" days_in_month "daysInYear" days_in_year
        "monthsInYear" months_in_year "inLeapYear" in_leap_year
    }
    vm.define_methods(
        prototype,
        &[
            ("add", 1, |vm, args| {
                let date = this::<PlainDate>(vm, args, "add")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, date.add(&duration, Some(overflow)))
            }),
            ("equals", 1, |vm, args| {
                let date = this::<PlainDate>(vm, args, "equals")?;
                let other = to_date(vm, args.at(0), Value::UNDEFINED)?;
                Ok(Value::from(date == other))
            }),
            ("since", 1, |vm, args| {
                let date = this::<PlainDate>(vm, args, "since")?;
                let other = other_date(vm, &date, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, date.since(&other, settings))
            }),
            ("subtract", 1, |vm, args| {
                let date = this::<PlainDate>(vm, args, "subtract")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, date.subtract(&duration, Some(overflow)))
            }),
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                to_locale_string::<PlainDate>(vm, args, plain_text)
            }),
            ("toPlainDateTime", 0, |vm, args| {
                let date = this::<PlainDate>(vm, args, "toPlainDateTime")?;
                let time = time_or_midnight(vm, args.at(0))?;
                made(vm, date.to_plain_date_time(time))
            }),
            ("toPlainMonthDay", 0, |vm, args| {
                let date = this::<PlainDate>(vm, args, "toPlainMonthDay")?;
                made(vm, date.to_plain_month_day())
            }),
            ("toPlainYearMonth", 0, |vm, args| {
                let date = this::<PlainDate>(vm, args, "toPlainYearMonth")?;
                made(vm, date.to_plain_year_month())
            }),
            ("toString", 0, |vm, args| {
                let date = this::<PlainDate>(vm, args, "toString")?;
                let show = Options::new(vm, args.at(0))?.calendar_name(vm)?;
                Ok(vm.str(&date.to_ixdtf_string(show)).into())
            }),
            ("toZonedDateTime", 1, to_zoned_date_time),
            ("until", 1, |vm, args| {
                let date = this::<PlainDate>(vm, args, "until")?;
                let other = other_date(vm, &date, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, date.until(&other, settings))
            }),
            ("with", 1, with),
            ("withCalendar", 1, |vm, args| {
                let date = this::<PlainDate>(vm, args, "withCalendar")?;
                let calendar = to_calendar(vm, args.at(0))?;
                Ok(make(vm, date.with_calendar(calendar)))
            }),
        ],
    );
}

/// `new Temporal.PlainDate(isoYear, isoMonth, isoDay, calendar)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<PlainDate>(vm, args)?;
    let year = integer_with_truncation(vm, args.at(0))?;
    let month = integer_with_truncation(vm, args.at(1))?;
    let day = integer_with_truncation(vm, args.at(2))?;
    let calendar = calendar_argument(vm, args.at(3))?;
    let (year, month, day) = (narrow(vm, year)?, narrow(vm, month)?, narrow(vm, day)?);
    let date = check(vm, PlainDate::try_new(year, month, day, calendar))?;
    construct(vm, args, date)
}

/// The date of another object of `Temporal` that has one.
fn date_of(vm: &Vm, value: Value) -> Option<PlainDate> {
    item(vm, value)
        .or_else(|| item(vm, value).map(|date: PlainDateTime| date.to_plain_date()))
        .or_else(|| item(vm, value).map(|date: ZonedDateTime| date.to_plain_date()))
}

/// `ToTemporalDate`
pub(super) fn to_date(vm: &mut Vm, value: Value, options: Value) -> Completion<PlainDate> {
    if let Some(date) = date_of(vm, value) {
        Options::new(vm, options)?.overflow(vm)?;
        return Ok(date);
    }
    let Some(object) = value.as_object() else {
        let text = require_dated_string(vm, value, "date")?;
        let parsed = check(vm, ParsedDate::from_utf8(text.as_bytes()))?;
        Options::new(vm, options)?.overflow(vm)?;
        return check(vm, PlainDate::from_parsed(parsed));
    };
    let calendar = calendar_or_iso(vm, object)?;
    let bag = Bag::read(vm, object, &calendar, DATE, Need::Nothing)?;
    let overflow = Options::new(vm, options)?.overflow(vm)?;
    let partial = PartialDate {
        calendar_fields: bag.date(vm)?,
        calendar,
    };
    check(vm, PlainDate::from_partial(partial, Some(overflow)))
}

/// The other side of a difference, which must be of the same calendar.
fn other_date(vm: &mut Vm, date: &PlainDate, value: Value) -> Completion<PlainDate> {
    let other = to_date(vm, value, Value::UNDEFINED)?;
    if date.calendar() != other.calendar() {
        return Err(vm.throw_range("The dates have different calendars"));
    }
    Ok(other)
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let date = to_date(vm, args.at(0), args.at(1))?;
    Ok(make(vm, date))
}

fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let one = to_date(vm, args.at(0), Value::UNDEFINED)?;
    let two = to_date(vm, args.at(1), Value::UNDEFINED)?;
    Ok(ordering(one.compare_iso(&two)))
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let date = this::<PlainDate>(vm, args, "with")?;
    let object = partial_object(vm, args.at(0))?;
    let bag = Bag::read(vm, object, date.calendar(), DATE, Need::Any)?;
    let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
    let fields = bag.date(vm)?;
    made(vm, date.with(fields, Some(overflow)))
}

fn to_zoned_date_time(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let date = this::<PlainDate>(vm, args, "toZonedDateTime")?;
    let argument = args.at(0);
    let mut time = Value::UNDEFINED;
    let zone = match argument.as_object() {
        None => to_time_zone(vm, argument)?,
        Some(object) => {
            let key = vm.heap.key("timeZone");
            let zone = vm.get_o(object, key)?;
            if zone.is_undefined() {
                to_time_zone(vm, argument)?
            } else {
                let zone = to_time_zone(vm, zone)?;
                let key = vm.heap.key("plainTime");
                time = vm.get_o(object, key)?;
                vm.root(time);
                zone
            }
        }
    };
    let time = if time.is_undefined() {
        None
    } else {
        Some(to_time(vm, time, Value::UNDEFINED)?)
    };
    made(vm, date.to_zoned_date_time(zone, time))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let date = this::<PlainDate>(vm, args, method)?;
    let text = date.to_ixdtf_string(DisplayCalendar::Auto);
    Ok(vm.str(&text).into())
}
