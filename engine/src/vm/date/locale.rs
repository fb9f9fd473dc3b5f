//! `toLocaleString` and its kin, in American English whatever the locale.
//!
//! ECMA-262 leaves the formats to the implementation, and this one has no other locales.

use super::format::{push_digits, with_fields};
use super::time::Fields;
use super::zone::{LocalZone, local_time};

/// `toLocaleString`: `11/23/2026, 1:05:09 AM`.
///
/// <https://tc39.es/ecma262/#sec-date.prototype.tolocalestring>
#[must_use]
pub fn to_locale_string(t: f64, zone: &dyn LocalZone) -> String {
    with_fields(local_time(t, zone), |fields, text| {
        push_date(text, fields);
        text.push_str(", ");
        push_time(text, fields);
    })
}

/// `toLocaleDateString`: `11/23/2026`.
///
/// <https://tc39.es/ecma262/#sec-date.prototype.tolocaledatestring>
#[must_use]
pub fn to_locale_date_string(t: f64, zone: &dyn LocalZone) -> String {
    with_fields(local_time(t, zone), |fields, text| push_date(text, fields))
}

/// `toLocaleTimeString`: `1:05:09 AM`.
///
/// <https://tc39.es/ecma262/#sec-date.prototype.tolocaletimestring>
#[must_use]
pub fn to_locale_time_string(t: f64, zone: &dyn LocalZone) -> String {
    with_fields(local_time(t, zone), |fields, text| push_time(text, fields))
}

fn push_date(text: &mut String, fields: &Fields) {
    push_digits(text, u32::from(fields.month) + 1, 1);
    text.push('/');
    push_digits(text, u32::from(fields.date), 1);
    text.push('/');
    // The year of its era: year 0 is 1 BC.
    let year = if fields.year > 0 {
        fields.year
    } else {
        1 - fields.year
    };
    push_digits(text, year.unsigned_abs(), 1);
}

fn push_time(text: &mut String, fields: &Fields) {
    let hour = match fields.hour % 12 {
        0 => 12,
        hour => hour,
    };
    push_digits(text, u32::from(hour), 1);
    text.push(':');
    push_digits(text, u32::from(fields.minute), 2);
    text.push(':');
    push_digits(text, u32::from(fields.second), 2);
    text.push_str(if fields.hour < 12 { " AM" } else { " PM" });
}

#[cfg(test)]
mod tests {
    use super::super::zone::FixedZone;
    use super::*;

    #[test]
    fn american() {
        let zone = FixedZone::UTC;
        let cases = [
            (1_795_395_909_123.0, "11/23/2026, 1:05:09 AM"),
            (0.0, "1/1/1970, 12:00:00 AM"),
            (43_200_000.0, "1/1/1970, 12:00:00 PM"),
            (-62_198_755_200_000.0, "1/1/2, 12:00:00 AM"),
            (f64::NAN, "Invalid Date"),
        ];
        for (t, text) in cases {
            assert_eq!(to_locale_string(t, &zone), text);
        }
        assert_eq!(to_locale_date_string(0.0, &zone), "1/1/1970");
        assert_eq!(to_locale_time_string(0.0, &zone), "12:00:00 AM");
    }
}
