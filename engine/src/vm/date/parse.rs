//! `Date.parse`.

use super::super::text::CodeUnit;
use super::iso::{self, Outcome};
use super::legacy::{self, DayParts, TimeParts, ZoneParts};
use super::time::time_clip;
use super::tokens::Tokens;
use super::zone::{LocalZone, utc};

/// The time value of a text; NaN if it is no date. Text without an offset is in local time, but
/// for a date alone in the standard's format, which is in UTC.
///
/// <https://tc39.es/ecma262/#sec-date.parse>
#[must_use]
pub fn parse(text: &str, local: &dyn LocalZone) -> f64 {
    // FAST PATH: ASCII is Latin-1 as it stands.
    if text.is_ascii() {
        return parse_units(text.as_bytes(), local);
    }
    let wide: Vec<u16> = text.encode_utf16().collect();
    parse_units(&wide, local)
}

/// [`parse`] of Latin-1 or UTF-16.
#[must_use]
pub fn parse_units<U: CodeUnit>(text: &[U], local: &dyn LocalZone) -> f64 {
    let mut tokens = Tokens::new(text);
    let mut day = DayParts::default();
    let mut time = TimeParts::default();
    let mut zone = ZoneParts::default();
    let read = match iso::read(&mut tokens, &mut day, &mut time, &mut zone) {
        Outcome::Complete => Some(()),
        Outcome::Other => legacy::read(&mut tokens, &mut day, &mut time, &mut zone),
        Outcome::Invalid => None,
    };
    if read.is_none() {
        return f64::NAN;
    }
    let parts = legacy::combine(&day, &time, &zone);
    time_clip(match parts.offset_ms {
        Some(offset_ms) => parts.t - offset_ms,
        None => utc(parts.t, local),
    })
}

#[cfg(test)]
mod tests {
    use super::super::format::to_iso_string;
    use super::super::zone::FixedZone;
    use super::*;

    /// Five hours behind UTC, as the expectations had it.
    const ZONE: FixedZone = FixedZone {
        offset_ms: -18_000_000.0,
    };

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let t = parse(text, &ZONE);
            let iso = to_iso_string(t).unwrap_or_default();
            let iso = iso.trim_end_matches(".000Z");
            assert_eq!(iso, *expected, "{text}");
        }
    }

    #[test]
    fn the_standard_format() {
        check(&[
            ("2022", "2022-01-01T00:00:00"),
            ("2022-03", "2022-03-01T00:00:00"),
            ("2022-03-01", "2022-03-01T00:00:00"),
            ("2022-03-01T10:00", "2022-03-01T15:00:00"),
            ("2022-03-01T10:00Z", "2022-03-01T10:00:00"),
            ("2022T10:00Z", "2022-01-01T10:00:00"),
            (
                "2022-03-01T10:00:00.123456+01:30",
                "2022-03-01T08:30:00.123Z",
            ),
            ("2022-03-01T10:00:00+0130", "2022-03-01T08:30:00"),
            ("2022-03-01T24:00Z", "2022-03-02T00:00:00"),
            ("+275760-09-13T00:00:00Z", "+275760-09-13T00:00:00"),
            ("-000001-01-01T00:00Z", "-000001-01-01T00:00:00"),
            ("0049-01-01", "0049-01-01T00:00:00"),
            ("0005-11-02T10:00Z", "0005-11-02T10:00:00"),
            ("+000022", "0022-01-01T00:00:00"),
            ("0005-11-02 10:00", "2002-05-11T15:00:00"),
        ]);
    }

    #[test]
    fn other_formats() {
        check(&[
            (
                "Tue Mar 01 2022 10:00:00 GMT+0100 (CET)",
                "2022-03-01T09:00:00",
            ),
            ("Tue, 01 Mar 2022 10:00:00 GMT", "2022-03-01T10:00:00"),
            ("Mar 1, 2022", "2022-03-01T05:00:00"),
            ("1 March 2022 10:00 PM", "2022-03-02T03:00:00"),
            ("2022/03/01 10:00", "2022-03-01T15:00:00"),
            ("2022-03-01 10:00", "2022-03-01T15:00:00"),
            ("2022-3-1", "2022-03-01T05:00:00"),
            ("1/2/49", "2049-01-02T05:00:00"),
            ("1/2/50", "1950-01-02T05:00:00"),
            ("99/1/1", "1999-01-01T05:00:00"),
            ("Jan 32", "2032-01-01T05:00:00"),
            ("12", "2001-12-01T05:00:00"),
            ("0", "2000-01-01T05:00:00"),
            ("Mar 1 2022 12:00 am", "2022-03-01T05:00:00"),
            ("Mar 1 2022 10:00:00.1234 EST", "2022-03-01T15:00:00.123Z"),
            ("Mar 1 2022 10:00 +130", "2022-03-01T08:30:00"),
            ("Mar 1 2022 10:00 -1:2", "2022-03-01T11:02:00"),
            ("foo (1 ( 2) Mar 7) 1 Mar 2022", "2022-03-01T05:00:00"),
            ("11/23/2026, 1:05:09 AM", "2026-11-23T06:05:09"),
            ("1\u{3000}Mar\u{202F}2022", "2022-03-01T05:00:00"),
        ]);
    }

    #[test]
    fn no_dates() {
        for text in [
            "",
            "  ",
            "foo",
            "13",
            "Mar",
            "2022-13-01",
            "2022-02-32",
            "2022-03-01T10",
            "2022-03-01T10:00 Z",
            "2022-03-01T24:00:01",
            "2022-03-01T10:00:60Z",
            "1 2 3 4",
            "Mar 1 2022 foo",
            "Mar 1 2022 10pm",
            "Mar 1 2022 25:00",
            "Mar 1 2022 13:00 pm",
            "Mar 1 2022 10:00 +",
            "1/2/2003 12:34PM",
            "+275760-09-13T00:00:01Z",
            "20220301",
            "Jan 1 99999999999999999999999",
            "é",
            "Mar 1 2022)",
        ] {
            assert!(parse(text, &ZONE).is_nan(), "{text}");
        }
    }
}
