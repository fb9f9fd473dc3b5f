//! The date time string format: `2026-11-23T01:05:09.123+01:00` and its shorter forms.
//!
//! It is all or nothing: text that goes on differently is `legacy.rs`'s. As in Node, letters may
//! be small, a fraction may have any number of digits, an offset may lack its colon, and every
//! month has 31 days: the 30th of February is the 2nd of March.

use super::super::text::CodeUnit;
use super::cursor::Cursor;
use super::time::{MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, make_date, make_day};

/// A date and time as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    /// Milliseconds since 1970, of the clock that the text is about.
    pub t: f64,
    /// How far that clock is ahead of UTC, in milliseconds; `None` for local time.
    pub offset_ms: Option<f64>,
}

/// Reads a text that is in the format as a whole.
///
/// <https://tc39.es/ecma262/#sec-date-time-string-format>
pub(super) fn read<U: CodeUnit>(mut cursor: Cursor<'_, U>) -> Option<Reading> {
    let year = year(&mut cursor)?;
    let month = date_field(&mut cursor, 12)?;
    let date = match month {
        Some(_) => date_field(&mut cursor, 31)?,
        None => None,
    };
    let day = make_day(
        year as f64,
        (month.unwrap_or(1) - 1) as f64,
        date.unwrap_or(1) as f64,
    );
    if cursor.is_at_end() {
        // A date without a time is in UTC.
        return Some(Reading {
            t: make_date(day, 0.0),
            offset_ms: Some(0.0),
        });
    }
    if !cursor.eat_letter(b't') {
        return None;
    }
    let time_ms = time(&mut cursor)?;
    let offset_ms = offset(&mut cursor)?;
    cursor.is_at_end().then_some(Reading {
        t: make_date(day, time_ms),
        offset_ms,
    })
}

/// Four digits, or a sign and six.
fn year<U: CodeUnit>(cursor: &mut Cursor<'_, U>) -> Option<i64> {
    match cursor.sign() {
        None => cursor.exactly(4),
        Some(is_negative) => {
            let year = cursor.exactly(6)?;
            // There is no year -0.
            (!is_negative || year != 0).then_some(if is_negative { -year } else { year })
        }
    }
}

/// A hyphen and two digits from 01 to the last, if a hyphen is next.
fn date_field<U: CodeUnit>(cursor: &mut Cursor<'_, U>, last: i64) -> Option<Option<i64>> {
    if !cursor.eat(b'-') {
        return Some(None);
    }
    let value = cursor.exactly(2)?;
    (1..=last).contains(&value).then_some(Some(value))
}

/// `10:00`, `10:00:00` or `10:00:00.000`, in milliseconds since midnight.
fn time<U: CodeUnit>(cursor: &mut Cursor<'_, U>) -> Option<f64> {
    let hour = cursor.exactly(2)?;
    if !cursor.eat(b':') {
        return None;
    }
    let min = cursor.exactly(2)?;
    let (mut sec, mut ms) = (0, 0);
    if cursor.eat(b':') {
        sec = cursor.exactly(2)?;
        if cursor.eat(b'.') {
            let fraction = cursor.digits();
            ms = fraction.thousandths;
            if fraction.len == 0 {
                return None;
            }
        }
    }
    // 24:00 is midnight at the end of the day, and nothing comes after it.
    let is_midnight = hour == 24 && min + sec + ms == 0;
    if (hour > 23 && !is_midnight) || min > 59 || sec > 59 {
        return None;
    }
    let whole = hour as f64 * MS_PER_HOUR + min as f64 * MS_PER_MINUTE;
    Some(whole + sec as f64 * MS_PER_SECOND + ms as f64)
}

/// `Z`, `+01:00`, `+0100` or nothing, in milliseconds.
fn offset<U: CodeUnit>(cursor: &mut Cursor<'_, U>) -> Option<Option<f64>> {
    if cursor.eat_letter(b'z') {
        return Some(Some(0.0));
    }
    let Some(is_negative) = cursor.sign() else {
        return Some(None);
    };
    let first = cursor.digits();
    let (hours, minutes) = match first.len {
        4 => (first.value / 100, first.value % 100),
        2 if cursor.eat(b':') => (first.value, cursor.exactly(2)?),
        _ => return None,
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let ms = (hours * 60 + minutes) as f64 * MS_PER_MINUTE;
    Some(Some(if is_negative { -ms } else { ms }))
}
