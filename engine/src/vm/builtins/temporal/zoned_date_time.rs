//! `Temporal.ZonedDateTime`. Source: <https://tc39.es/proposal-temporal/#sec-temporal-zoneddatetime-objects>.

use temporal_rs::{
    ZonedDateTime,
    fields::ZonedDateTimeFields,
    options::{
        Disambiguation, DisplayCalendar, DisplayOffset, DisplayTimeZone, OffsetDisambiguation,
        Overflow,
    },
    parsed_intermediates::ParsedZonedDateTime,
    partial::PartialZonedDateTime,
    provider::TransitionDirection,
};

use super::{
    construct, declare,
    duration::to_duration,
    fields::{Bag, DATE_TIME_OFFSET, Need, ZONED, partial_object},
    getters,
    identifiers::{
        calendar_argument, calendar_or_iso, require_dated_string, time_zone_argument, to_calendar,
        to_time_zone,
    },
    instant::nanoseconds,
    item,
    locale::to_locale_string,
    make,
    options::{Options, round_to, unit_or_options},
    plain_time::time_or_midnight,
    require_new,
    results::{bigint, check, made, ordering, text},
    this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares `Temporal.ZonedDateTime`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let (constructor, prototype) = declare::<ZonedDateTime>(vm, temporal, new, 2);
    vm.define_methods(constructor, &[("compare", 2, compare), ("from", 1, from)]);
    install_getters(vm, prototype);
    install_conversions(vm, prototype);
    vm.define_methods(
        prototype,
        &[
            ("add", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "add")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, zoned.add(&duration, Some(overflow)))
            }),
            ("equals", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "equals")?;
                let other = to_zoned(vm, args.at(0), Value::UNDEFINED)?;
                let equal = check(vm, zoned.equals(&other))?;
                Ok(Value::from(equal))
            }),
            ("getTimeZoneTransition", 1, get_time_zone_transition),
            ("round", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "round")?;
                let rounding = round_to(vm, args.at(0))?;
                made(vm, zoned.round(rounding))
            }),
            ("since", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "since")?;
                let other = other_zoned(vm, &zoned, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, zoned.since(&other, settings))
            }),
            ("startOfDay", 0, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "startOfDay")?;
                made(vm, zoned.start_of_day())
            }),
            ("subtract", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "subtract")?;
                let duration = to_duration(vm, args.at(0))?;
                let overflow = Options::new(vm, args.at(1))?.overflow(vm)?;
                made(vm, zoned.subtract(&duration, Some(overflow)))
            }),
            ("until", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "until")?;
                let other = other_zoned(vm, &zoned, args.at(0))?;
                let settings = Options::new(vm, args.at(1))?.difference(vm)?;
                made(vm, zoned.until(&other, settings))
            }),
            ("with", 1, with),
            ("withCalendar", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "withCalendar")?;
                let calendar = to_calendar(vm, args.at(0))?;
                Ok(make(vm, zoned.with_calendar(calendar)))
            }),
            ("withPlainTime", 0, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "withPlainTime")?;
                let time = time_or_midnight(vm, args.at(0))?;
                made(vm, zoned.with_plain_time(time))
            }),
            ("withTimeZone", 1, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "withTimeZone")?;
                let zone = to_time_zone(vm, args.at(0))?;
                made(vm, zoned.with_timezone(zone))
            }),
        ],
    );
}

fn install_getters(vm: &mut Vm, prototype: Obj) {
    vm.define_getter(prototype, "calendarId", |vm, args| {
        let zoned = this::<ZonedDateTime>(vm, args, "calendarId")?;
        Ok(vm.str(zoned.calendar().identifier()).into())
    });
    vm.define_getter(prototype, "timeZoneId", |vm, args| {
        let zoned = this::<ZonedDateTime>(vm, args, "timeZoneId")?;
        text(vm, zoned.time_zone().identifier())
    });
    vm.define_getter(prototype, "epochNanoseconds", |vm, args| {
        let zoned = this::<ZonedDateTime>(vm, args, "epochNanoseconds")?;
        Ok(bigint(vm, zoned.epoch_nanoseconds().as_i128()))
    });
    vm.define_getter(prototype, "hoursInDay", |vm, args| {
        let zoned = this::<ZonedDateTime>(vm, args, "hoursInDay")?;
        check(vm, zoned.hours_in_day()).map(Value::number)
    });
    getters! {
        vm, prototype, ZonedDateTime,
        "era" era "eraYear" era_year "year" year "month" month "monthCode" month_code "day" day
        "hour" hour "minute" minute "second" second
        "millisecond" millisecond "microsecond" microsecond "nanosecond" nanosecond
        "epochMilliseconds" epoch_milliseconds
        "dayOfWeek" day_of_week "dayOfYear" day_of_year "weekOfYear" week_of_year "yearOfWeek" year_of_week
        "daysInWeek" days_in_week "daysInMonth" days_in_month "daysInYear" days_in_year
        "monthsInYear" months_in_year "inLeapYear" in_leap_year
        "offsetNanoseconds" offset_nanoseconds "offset" offset
    }
}

fn install_conversions(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("toInstant", 0, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "toInstant")?;
                Ok(make(vm, zoned.to_instant()))
            }),
            ("toJSON", 0, |vm, args| plain_text(vm, args, "toJSON")),
            ("toLocaleString", 0, |vm, args| {
                to_locale_string::<ZonedDateTime>(vm, args, plain_text)
            }),
            ("toPlainDate", 0, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "toPlainDate")?;
                Ok(make(vm, zoned.to_plain_date()))
            }),
            ("toPlainDateTime", 0, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "toPlainDateTime")?;
                Ok(make(vm, zoned.to_plain_date_time()))
            }),
            ("toPlainTime", 0, |vm, args| {
                let zoned = this::<ZonedDateTime>(vm, args, "toPlainTime")?;
                Ok(make(vm, zoned.to_plain_time()))
            }),
            ("toString", 0, to_string),
        ],
    );
}

/// `new Temporal.ZonedDateTime(epochNanoseconds, timeZone, calendar)`
fn new(vm: &mut Vm, args: &Args<'_>) -> Completion {
    require_new::<ZonedDateTime>(vm, args)?;
    let nanoseconds = nanoseconds(vm, args.at(0))?;
    // The instant is checked before the rest is looked at.
    check(vm, temporal_rs::Instant::try_new(nanoseconds))?;
    let zone = time_zone_argument(vm, args.at(1))?;
    let calendar = calendar_argument(vm, args.at(2))?;
    let zoned = check(vm, ZonedDateTime::try_new(nanoseconds, zone, calendar))?;
    construct(vm, args, zoned)
}

/// The three options that making one reads.
fn choices(
    vm: &mut Vm,
    options: Value,
    offset: OffsetDisambiguation,
) -> Completion<(Disambiguation, OffsetDisambiguation, Overflow)> {
    let options = Options::new(vm, options)?;
    let disambiguation = options.disambiguation(vm)?;
    let offset = options.offset(vm, offset)?;
    let overflow = options.overflow(vm)?;
    Ok((disambiguation, offset, overflow))
}

/// `ToTemporalZonedDateTime`
fn to_zoned(vm: &mut Vm, value: Value, options: Value) -> Completion<ZonedDateTime> {
    let default = OffsetDisambiguation::Reject;
    if let Some(zoned) = item(vm, value) {
        choices(vm, options, default)?;
        return Ok(zoned);
    }
    let Some(object) = value.as_object() else {
        let text = require_dated_string(vm, value, "date and time with a zone")?;
        let parsed = check(vm, ParsedZonedDateTime::from_utf8(text.as_bytes()))?;
        let (disambiguation, offset, _) = choices(vm, options, default)?;
        let zoned = ZonedDateTime::from_parsed(parsed, disambiguation, offset);
        return check(vm, zoned);
    };
    let calendar = calendar_or_iso(vm, object)?;
    let bag = Bag::read(vm, object, &calendar, ZONED, Need::TimeZone)?;
    let (disambiguation, offset, overflow) = choices(vm, options, default)?;
    let partial = PartialZonedDateTime {
        fields: fields(vm, &bag, overflow)?,
        timezone: bag.time_zone,
        calendar,
    };
    let (overflow, disambiguation) = (Some(overflow), Some(disambiguation));
    let zoned = ZonedDateTime::from_partial(partial, overflow, disambiguation, Some(offset));
    check(vm, zoned)
}

fn fields(vm: &mut Vm, bag: &Bag, overflow: Overflow) -> Completion<ZonedDateTimeFields> {
    Ok(ZonedDateTimeFields {
        calendar_fields: bag.date(vm)?,
        time: bag.time(overflow),
        offset: bag.offset,
    })
}

/// The other side of a difference, which must be of the same calendar.
fn other_zoned(vm: &mut Vm, zoned: &ZonedDateTime, value: Value) -> Completion<ZonedDateTime> {
    let other = to_zoned(vm, value, Value::UNDEFINED)?;
    if zoned.calendar() != other.calendar() {
        return Err(vm.throw_range("The dates have different calendars"));
    }
    Ok(other)
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let zoned = to_zoned(vm, args.at(0), args.at(1))?;
    Ok(make(vm, zoned))
}

fn compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let one = to_zoned(vm, args.at(0), Value::UNDEFINED)?;
    let two = to_zoned(vm, args.at(1), Value::UNDEFINED)?;
    Ok(ordering(one.compare_instant(&two)))
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let zoned = this::<ZonedDateTime>(vm, args, "with")?;
    let object = partial_object(vm, args.at(0))?;
    let bag = Bag::read(vm, object, zoned.calendar(), DATE_TIME_OFFSET, Need::Any)?;
    let (disambiguation, offset, overflow) = choices(vm, args.at(1), OffsetDisambiguation::Prefer)?;
    let fields = fields(vm, &bag, overflow)?;
    let (overflow, disambiguation) = (Some(overflow), Some(disambiguation));
    made(
        vm,
        zoned.with(fields, disambiguation, Some(offset), overflow),
    )
}

fn get_time_zone_transition(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let zoned = this::<ZonedDateTime>(vm, args, "getTimeZoneTransition")?;
    let direction = match unit_or_options::<TransitionDirection>(vm, args.at(0), "direction")? {
        Err(direction) => Some(direction),
        Ok(options) => options.one(vm, "direction")?,
    };
    let Some(direction) = direction else {
        return Err(vm.throw_range("A direction is required"));
    };
    match check(vm, zoned.get_time_zone_transition(direction))? {
        Some(transition) => Ok(make(vm, transition)),
        None => Ok(Value::NULL),
    }
}

fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let zoned = this::<ZonedDateTime>(vm, args, "toString")?;
    let options = Options::new(vm, args.at(0))?;
    let calendar = options.calendar_name(vm)?;
    let (rounding, offset) = options.text_rounding(vm, Options::show_offset)?;
    let zone = options.time_zone_name(vm)?;
    text(vm, zoned.to_ixdtf_string(offset, zone, calendar, rounding))
}

fn plain_text(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion {
    let zoned = this::<ZonedDateTime>(vm, args, method)?;
    let string = zoned.to_ixdtf_string(
        DisplayOffset::Auto,
        DisplayTimeZone::Auto,
        DisplayCalendar::Auto,
        Default::default(),
    );
    text(vm, string)
}
