//! Calendars and time zones as arguments and properties name them. Source:
//! <https://tc39.es/proposal-temporal/#sec-temporal-totemporalcalendaridentifier>,
//! <https://tc39.es/proposal-temporal/#sec-temporal-totemporaltimezoneidentifier>.

use temporal_rs::{
    Calendar, PlainDate, PlainDateTime, PlainMonthDay, PlainYearMonth, TimeZone, ZonedDateTime,
};

use super::{item, results::check};
use crate::vm::{
    heap::Obj,
    machine::{Completion, Vm},
    value::Value,
};

/// The text of a string that an argument must be; `what` says what it names.
pub(super) fn require_string(vm: &mut Vm, value: Value, what: &str) -> Completion<String> {
    match value.as_string() {
        Some(text) => Ok(vm.heap.units(&text).to_string_lossy()),
        None => {
            let text = vm.display_plain(value);
            Err(vm.throw_type(format!("{text} is not a valid {what}")))
        }
    }
}

/// The calendar of an object of `Temporal` that has one.
fn calendar_of(vm: &Vm, value: Value) -> Option<Calendar> {
    item(vm, value)
        .map(|date: PlainDate| date.calendar().clone())
        .or_else(|| item(vm, value).map(|date: PlainDateTime| date.calendar().clone()))
        .or_else(|| item(vm, value).map(|date: ZonedDateTime| date.calendar().clone()))
        .or_else(|| item(vm, value).map(|date: PlainYearMonth| date.calendar().clone()))
        .or_else(|| item(vm, value).map(|date: PlainMonthDay| date.calendar().clone()))
}

/// The calendar argument of a constructor: an identifier, and nothing else.
pub(super) fn calendar_argument(vm: &mut Vm, value: Value) -> Completion<Calendar> {
    if value.is_undefined() {
        return Ok(Calendar::default());
    }
    let text = require_string(vm, value, "calendar")?;
    check(vm, Calendar::try_from_utf8(text.as_bytes()))
}

/// `ToTemporalCalendarIdentifier`
pub(super) fn to_calendar(vm: &mut Vm, value: Value) -> Completion<Calendar> {
    if let Some(calendar) = calendar_of(vm, value) {
        return Ok(calendar);
    }
    let text = require_string(vm, value, "calendar")?;
    check(vm, text.parse())
}

/// `GetTemporalCalendarIdentifierWithISODefault`
pub(super) fn calendar_or_iso(vm: &mut Vm, object: Obj) -> Completion<Calendar> {
    if let Some(calendar) = calendar_of(vm, object.into()) {
        return Ok(calendar);
    }
    let key = vm.heap.key("calendar");
    let value = vm.get_o(object, key)?;
    if value.is_undefined() {
        return Ok(Calendar::default());
    }
    to_calendar(vm, value)
}

/// The time zone argument of a constructor: an identifier, and nothing else.
pub(super) fn time_zone_argument(vm: &mut Vm, value: Value) -> Completion<TimeZone> {
    let text = require_string(vm, value, "time zone")?;
    check(vm, TimeZone::try_from_identifier_str(&text))
}

/// `ToTemporalTimeZoneIdentifier`
pub(super) fn to_time_zone(vm: &mut Vm, value: Value) -> Completion<TimeZone> {
    if let Some(zoned) = item::<ZonedDateTime>(vm, value) {
        return Ok(*zoned.time_zone());
    }
    let text = require_string(vm, value, "time zone")?;
    check(vm, TimeZone::try_from_str(&text))
}
