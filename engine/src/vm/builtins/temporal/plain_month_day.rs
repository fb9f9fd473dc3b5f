//! `Temporal.PlainMonthDay`. Source: <https://tc39.es/proposal-temporal/#sec-temporal-plainmonthday-objects>.

use temporal_rs::{
    PlainMonthDay,
    options::{DisplayCalendar, Overflow},
    parsed_intermediates::ParsedDate,
    partial::PartialDate,
};

use super::{
    construct, declare,
    fields::{Bag, DATE, Need, YEAR, integer_with_truncation, narrow, partial_object},
    getters,
    identifiers::{calendar_argument, calendar_or_iso, require_dated_string},
    item,
    locale::to_locale_string,
    make,
    options::Options,
    require_new,
    results::{check, made},
    this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.PlainMonthDay`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<PlainMonthDay>(vm, temporal, new, 2);
    vm.define_method(constructor, "from", 1, from);
    getters! {
        vm, prototype, PlainMonthDay, "calendarId" calendar_id "monthCode" month_code "day" day
    }
    vm.define_methods(
        prototype,
        &[
            ("equals", 1, |vm, args| {
                let month_day = this::<PlainMonthDay>(vm, args, "equals")?;
                let other = to_month_day(vm, args.at(0), Value::UNDEFINED)?;
                Ok(Value::from(month_day == other))
            }),
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                to_locale_string::<PlainMonthDay>(vm, args, plain_text)
            }),
            ("toPlainDate", 1, to_plain_date),
            ("toString", 0, |vm, args| {
                let month_day = this::<PlainMonthDay>(vm, args, "toString")?;
                let show = Options::new(vm, args.at(0))?.calendar_name(vm)?;
                Ok(vm.str(&month_day.to_ixdtf_string(show)).into())
            }),
            ("with", 1, with),
        ],
    );
}

/// `new Temporal.PlainMonthDay(isoMonth, isoDay, calendar, referenceISOYear)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<PlainMonthDay>(vm, args)?;
    let month = integer_with_truncation(vm, args.at(0))?;
    let day = integer_with_truncation(vm, args.at(1))?;
    let calendar = calendar_argument(vm, args.at(2))?;
    // The leap year that comes first after the epoch.
    let year = match args.at(3) {
        Value::UNDEFINED => 1972.0,
        year => integer_with_truncation(vm, year)?,
    };
    let (year, month, day) = (narrow(vm, year)?, narrow(vm, month)?, narrow(vm, day)?);
    let overflow = Overflow::Reject;
    let month_day = PlainMonthDay::new_with_overflow(month, day, calendar, overflow, Some(year));
    let month_day = check(vm, month_day)?;
    construct(vm, args, month_day)
}

/// `ToTemporalMonthDay`
fn to_month_day(vm: &mut Vm, value: Value, options: Value) -> Completion<PlainMonthDay> {
    if let Some(month_day) = item(vm, value) {
        Options::new(vm, options)?.overflow(vm)?;
        return Ok(month_day);
    }
    let Some(object) = value.as_object() else {
        let text = require_dated_string(vm, value, "month and day")?;
        let parsed = ParsedDate::month_day_from_utf8(text.as_bytes());
        let parsed = check(vm, parsed)?;
        Options::new(vm, options)?.overflow(vm)?;
        return check(vm, PlainMonthDay::from_parsed(parsed));
    };
    let calendar = calendar_or_iso(vm, object)?;
    let bag = Bag::read(vm, object, &calendar, DATE, Need::Nothing)?;
    let overflow = Options::new(vm, options)?.overflow(vm)?;
    let partial = PartialDate {
        calendar_fields: bag.date(vm)?,
        calendar,
    };
    check(vm, PlainMonthDay::from_partial(partial, Some(overflow)))
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let month_day = to_month_day(vm, args.at(0), args.at(1))?;
    Ok(make(vm, month_day))
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let month_day = this::<PlainMonthDay>(vm, args, "with")?;
    let object = partial_object(vm, args.at(0))?;
    let bag = Bag::read(vm, object, month_day.calendar(), DATE, Need::Any)?;
    let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
    let fields = bag.date(vm)?;
    made(vm, month_day.with(fields, Some(overflow)))
}

fn to_plain_date(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let month_day = this::<PlainMonthDay>(vm, args, "toPlainDate")?;
    let Some(object) = args.at(0).as_object() else {
        return Err(vm.throw_type("An object with a year is expected"));
    };
    let bag = Bag::read(vm, object, month_day.calendar(), YEAR, Need::Nothing)?;
    let fields = bag.date(vm)?;
    made(vm, month_day.to_plain_date(Some(fields)))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let month_day = this::<PlainMonthDay>(vm, args, method)?;
    let text = month_day.to_ixdtf_string(DisplayCalendar::Auto);
    Ok(vm.str(&text).into())
}
