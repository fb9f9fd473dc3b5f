//! `Temporal.PlainYearMonth`. Source: <https://tc39.es/proposal-temporal/#sec-temporal-plainyearmonth-objects>.

use temporal_rs::{
    PlainYearMonth, options::DisplayCalendar, parsed_intermediates::ParsedDate,
    partial::PartialYearMonth,
};

use super::{
    construct, declare,
    duration::to_duration,
    fields::{Bag, DAY, Need, YEAR_MONTH, integer_with_truncation, narrow, partial_object},
    getters,
    identifiers::{calendar_argument, calendar_or_iso, require_dated_string},
    item,
    locale::to_locale_string,
    make,
    options::Options,
    require_new,
    results::{check, made, ordering},
    this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.PlainYearMonth`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<PlainYearMonth>(vm, temporal, new, 2);
    vm.define_methods(constructor, &[("compare", 2, compare), ("from", 1, from)]);
    getters! {
        vm, prototype, PlainYearMonth,
        "calendarId" calendar_id "era" era "eraYear" era_year "year" year "month" month "monthCode" month_code
        "daysInYear" days_in_year "daysInMonth" days_in_month "monthsInYear" months_in_year "inLeapYear" in_leap_year
    }
    vm.define_methods(
        prototype,
        &[
            ("add", 1, |vm, args| {
                let month = this::<PlainYearMonth>(vm, args, "add")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, month.add(&duration, overflow))
            }),
            ("equals", 1, |vm, args| {
                let month = this::<PlainYearMonth>(vm, args, "equals")?;
                let other = to_year_month(vm, args.at(0), Value::UNDEFINED)?;
                Ok(Value::from(month == other))
            }),
            ("since", 1, |vm, args| {
                let month = this::<PlainYearMonth>(vm, args, "since")?;
                let other = other_month(vm, &month, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, month.since(&other, settings))
            }),
            ("subtract", 1, |vm, args| {
                let month = this::<PlainYearMonth>(vm, args, "subtract")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, month.subtract(&duration, overflow))
            }),
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                to_locale_string::<PlainYearMonth>(vm, args, plain_text)
            }),
            ("toPlainDate", 1, to_plain_date),
            ("toString", 0, |vm, args| {
                let month = this::<PlainYearMonth>(vm, args, "toString")?;
                let show = Options::new(vm, args.at(0))?.calendar_name(vm)?;
                Ok(vm.str(&month.to_ixdtf_string(show)).into())
            }),
            ("until", 1, |vm, args| {
                let month = this::<PlainYearMonth>(vm, args, "until")?;
                let other = other_month(vm, &month, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, month.until(&other, settings))
            }),
            ("with", 1, with),
        ],
    );
}

/// `new Temporal.PlainYearMonth(isoYear, isoMonth, calendar, referenceISODay)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<PlainYearMonth>(vm, args)?;
    let year = integer_with_truncation(vm, args.at(0))?;
    let month = integer_with_truncation(vm, args.at(1))?;
    let calendar = calendar_argument(vm, args.at(2))?;
    let day = match args.at(3) {
        Value::UNDEFINED => 1.0,
        day => integer_with_truncation(vm, day)?,
    };
    let (year, month, day) = (narrow(vm, year)?, narrow(vm, month)?, narrow(vm, day)?);
    let month = PlainYearMonth::try_new(year, month, Some(day), calendar);
    let month = check(vm, month)?;
    construct(vm, args, month)
}

/// `ToTemporalYearMonth`
fn to_year_month(vm: &mut Vm, value: Value, options: Value) -> Completion<PlainYearMonth> {
    if let Some(month) = item(vm, value) {
        Options::new(vm, options)?.overflow(vm)?;
        return Ok(month);
    }
    let Some(object) = value.as_object() else {
        let text = require_dated_string(vm, value, "month")?;
        let parsed = ParsedDate::year_month_from_utf8(text.as_bytes());
        let parsed = check(vm, parsed)?;
        Options::new(vm, options)?.overflow(vm)?;
        return check(vm, PlainYearMonth::from_parsed(parsed));
    };
    let calendar = calendar_or_iso(vm, object)?;
    let bag = Bag::read(vm, object, &calendar, YEAR_MONTH, Need::Nothing)?;
    let overflow = Options::new(vm, options)?.overflow(vm)?;
    let partial = PartialYearMonth {
        calendar_fields: bag.date(vm)?.into(),
        calendar,
    };
    check(vm, PlainYearMonth::from_partial(partial, Some(overflow)))
}

/// The other side of a difference, which must be of the same calendar.
fn other_month(vm: &mut Vm, month: &PlainYearMonth, value: Value) -> Completion<PlainYearMonth> {
    let other = to_year_month(vm, value, Value::UNDEFINED)?;
    if month.calendar() != other.calendar() {
        return Err(vm.throw_range("The months have different calendars"));
    }
    Ok(other)
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let month = to_year_month(vm, args.at(0), args.at(1))?;
    Ok(make(vm, month))
}

fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let one = to_year_month(vm, args.at(0), Value::UNDEFINED)?;
    let two = to_year_month(vm, args.at(1), Value::UNDEFINED)?;
    Ok(ordering(one.compare_iso(&two)))
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let month = this::<PlainYearMonth>(vm, args, "with")?;
    let object = partial_object(vm, args.at(0))?;
    let bag = Bag::read(vm, object, month.calendar(), YEAR_MONTH, Need::Any)?;
    let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
    let fields = bag.date(vm)?;
    made(vm, month.with(fields.into(), Some(overflow)))
}

fn to_plain_date(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let month = this::<PlainYearMonth>(vm, args, "toPlainDate")?;
    let Some(object) = args.at(0).as_object() else {
        return Err(vm.throw_type("An object with a day is expected"));
    };
    let bag = Bag::read(vm, object, month.calendar(), DAY, Need::Nothing)?;
    let fields = bag.date(vm)?;
    made(vm, month.to_plain_date(Some(fields)))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let month = this::<PlainYearMonth>(vm, args, method)?;
    let text = month.to_ixdtf_string(DisplayCalendar::Auto);
    Ok(vm.str(&text).into())
}
