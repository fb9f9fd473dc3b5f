//! Dates as text: the formats that ECMA-262 fixes.

use super::time::{Fields, MAX_TIME, MS_PER_MINUTE};
use super::zone::{LocalZone, local_time};
use core::fmt::Write as _;

/// The text of an invalid date.
pub const INVALID_DATE: &str = "Invalid Date";

const WEEK_DAYS: &str = "SunMonTueWedThuFriSat";
const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// `toISOString`: `2026-11-23T01:05:09.123Z`; `None` (a RangeError) for an invalid date.
///
/// <https://tc39.es/ecma262/#sec-date.prototype.toisostring>
#[must_use]
pub fn to_iso_string(t: f64) -> Option<String> {
    if t.is_nan() || t.abs() > MAX_TIME {
        return None;
    }
    let fields = Fields::of(t)?;
    let mut text = String::with_capacity(28);
    match fields.year {
        0..=9999 => push_digits(&mut text, fields.year.unsigned_abs(), 4),
        year => {
            text.push(if year < 0 { '-' } else { '+' });
            push_digits(&mut text, year.unsigned_abs(), 6);
        }
    }
    for (mark, value) in [
        ('-', fields.month + 1),
        ('-', fields.date),
        ('T', fields.hour),
        (':', fields.minute),
        (':', fields.second),
    ] {
        text.push(mark);
        push_digits(&mut text, u32::from(value), 2);
    }
    text.push('.');
    push_digits(&mut text, u32::from(fields.ms), 3);
    text.push('Z');
    Some(text)
}

/// ToDateString, which `toString` gives: `Mon Nov 23 2026 01:05:09 GMT+0000 (Coordinated …)`.
///
/// <https://tc39.es/ecma262/#sec-todatestring>
#[must_use]
pub fn to_string(t: f64, zone: &dyn LocalZone) -> String {
    with_fields(local_time(t, zone), |fields, text| {
        push_date(text, fields);
        text.push(' ');
        push_time(text, fields);
        push_zone(text, t, zone);
    })
}

/// `toDateString`: `Mon Nov 23 2026`.
///
/// <https://tc39.es/ecma262/#sec-date.prototype.todatestring>
#[must_use]
pub fn to_date_string(t: f64, zone: &dyn LocalZone) -> String {
    with_fields(local_time(t, zone), |fields, text| push_date(text, fields))
}

/// `toTimeString`: `01:05:09 GMT+0000 (Coordinated Universal Time)`.
///
/// <https://tc39.es/ecma262/#sec-date.prototype.totimestring>
#[must_use]
pub fn to_time_string(t: f64, zone: &dyn LocalZone) -> String {
    with_fields(local_time(t, zone), |fields, text| {
        push_time(text, fields);
        push_zone(text, t, zone);
    })
}

/// `toUTCString`: `Mon, 23 Nov 2026 01:05:09 GMT`.
///
/// <https://tc39.es/ecma262/#sec-date.prototype.toutcstring>
#[must_use]
pub fn to_utc_string(t: f64) -> String {
    with_fields(t, |fields, text| {
        text.push_str(name(WEEK_DAYS, fields.week_day));
        text.push_str(", ");
        push_digits(text, u32::from(fields.date), 2);
        text.push(' ');
        text.push_str(name(MONTHS, fields.month));
        text.push(' ');
        push_year(text, fields.year);
        text.push(' ');
        push_time(text, fields);
    })
}

/// The text that `write` makes of a valid time's fields.
pub(super) fn with_fields(t: f64, write: impl FnOnce(&Fields, &mut String)) -> String {
    let Some(fields) = Fields::of(t) else {
        return INVALID_DATE.to_owned();
    };
    let mut text = String::with_capacity(64);
    write(&fields, &mut text);
    text
}

/// DateString(tv).
///
/// <https://tc39.es/ecma262/#sec-datestring>
fn push_date(text: &mut String, fields: &Fields) {
    text.push_str(name(WEEK_DAYS, fields.week_day));
    text.push(' ');
    text.push_str(name(MONTHS, fields.month));
    text.push(' ');
    push_digits(text, u32::from(fields.date), 2);
    text.push(' ');
    push_year(text, fields.year);
}

/// TimeString(tv), with its "GMT".
///
/// <https://tc39.es/ecma262/#sec-timestring>
fn push_time(text: &mut String, fields: &Fields) {
    push_digits(text, u32::from(fields.hour), 2);
    text.push(':');
    push_digits(text, u32::from(fields.minute), 2);
    text.push(':');
    push_digits(text, u32::from(fields.second), 2);
    text.push_str(" GMT");
}

/// TimeZoneString(tv).
///
/// <https://tc39.es/ecma262/#sec-timezoneestring>
fn push_zone(text: &mut String, t: f64, zone: &dyn LocalZone) {
    let offset = zone.offset_ms_utc(t);
    text.push(if offset < 0.0 { '-' } else { '+' });
    let minutes = (offset.abs() / MS_PER_MINUTE) as u32;
    push_digits(text, minutes / 60, 2);
    push_digits(text, minutes % 60, 2);
    text.push_str(" (");
    text.push_str(&zone.name(t));
    text.push(')');
}

fn push_year(text: &mut String, year: i32) {
    if year < 0 {
        text.push('-');
    }
    push_digits(text, year.unsigned_abs(), 4);
}

/// Three letters of a list of names.
fn name(names: &'static str, index: u8) -> &'static str {
    let start = usize::from(index) * 3;
    names.get(start..start + 3).unwrap_or_default()
}

/// A number with zeros in front up to `width`.
pub(super) fn push_digits(text: &mut String, number: u32, width: usize) {
    // FAST PATH: most fields have two digits.
    if width == 2 && number < 100 {
        text.push(char::from(b'0' + (number / 10) as u8));
        text.push(char::from(b'0' + (number % 10) as u8));
        return;
    }
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{number:0width$}");
}

#[cfg(test)]
mod tests {
    use super::super::zone::FixedZone;
    use super::*;

    const T: f64 = 1_795_395_909_123.0;

    #[test]
    fn iso() {
        let cases = [
            (T, "2026-11-23T01:05:09.123Z"),
            (0.0, "1970-01-01T00:00:00.000Z"),
            (8.64e15, "+275760-09-13T00:00:00.000Z"),
            (-8.64e15, "-271821-04-20T00:00:00.000Z"),
            (-62_198_755_200_000.0, "-000001-01-01T00:00:00.000Z"),
        ];
        for (t, text) in cases {
            assert_eq!(to_iso_string(t).as_deref(), Some(text));
        }
        assert_eq!(to_iso_string(f64::NAN), None);
        assert_eq!(to_iso_string(8.65e15), None);
    }

    #[test]
    fn local_and_utc() {
        let zone = FixedZone {
            offset_ms: -12_600_000.0,
        };
        let time = "21:35:09 GMT-0330 (GMT-03:30)";
        assert_eq!(to_string(T, &zone), format!("Sun Nov 22 2026 {time}"));
        assert_eq!(to_date_string(T, &zone), "Sun Nov 22 2026");
        assert_eq!(to_time_string(T, &zone), time);
        assert_eq!(to_utc_string(T), "Mon, 23 Nov 2026 01:05:09 GMT");
        let ancient = to_string(-62_198_755_200_000.0, &FixedZone::UTC);
        assert_eq!(
            ancient,
            "Fri Jan 01 -0001 00:00:00 GMT+0000 (Coordinated Universal Time)"
        );
        assert_eq!(to_string(f64::NAN, &zone), INVALID_DATE);
        assert_eq!(to_utc_string(f64::NAN), INVALID_DATE);
    }
}
