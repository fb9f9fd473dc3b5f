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

/// As [`require_string`], for a text whose calendar counts.
pub(super) fn require_dated_string(vm: &mut Vm, value: Value, what: &str) -> Completion<String> {
    let text = require_string(vm, value, what)?;
    match regional_calendar(&text) {
        Some(calendar) => Err(vm.throw_range(format!("Invalid calendar : {calendar}"))),
        None => Ok(text),
    }
}

/// The calendar that a text names, by itself or in an annotation, if it is one that differs from region to region: formatters
/// know what to do with those, `Temporal` has none of them.
fn regional_calendar(text: &str) -> Option<&str> {
    let named = ["[u-ca=", "[!u-ca="]
        .iter()
        .filter_map(|key| text.find(key).map(|at| at + key.len()))
        .min();
    let calendar = match named {
        Some(at) => text.get(at..)?.split(']').next()?,
        None => text,
    };
    ["islamic", "islamic-rgsa"]
        .iter()
        .any(|regional| calendar.eq_ignore_ascii_case(regional))
        .then_some(calendar)
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
    let text = require_dated_string(vm, value, "calendar")?;
    check(vm, Calendar::try_from_utf8(text.as_bytes()))
}

/// `ToTemporalCalendarIdentifier`
pub(super) fn to_calendar(vm: &mut Vm, value: Value) -> Completion<Calendar> {
    if let Some(calendar) = calendar_of(vm, value) {
        return Ok(calendar);
    }
    let text = require_dated_string(vm, value, "calendar")?;
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

#[cfg(test)]
mod tests {
    use super::regional_calendar;

    #[test]
    fn regional_calendars_are_found_alone_and_in_annotations() {
        assert_eq!(regional_calendar("Islamic"), Some("Islamic"));
        assert_eq!(regional_calendar("islamic-civil"), None);
        let dated = "2024-01-01[Europe/Paris][!u-ca=islamic-rgsa]";
        assert_eq!(regional_calendar(dated), Some("islamic-rgsa"));
        let first = "2024-01-01[u-ca=gregory][u-ca=islamic]";
        assert_eq!(regional_calendar(first), None);
        assert_eq!(regional_calendar("[u-ca="), None);
    }
}
