//! The date time string format: `2026-11-23T01:05:09.123+01:00` and its shorter forms.
//!
//! Text may begin like this and go on otherwise (`2026-11-23 10:00`). Then the fields read so far
//! are kept, and `legacy.rs` goes on from there.

use super::super::text::CodeUnit;
use super::legacy::{DayParts, TimeParts, ZoneParts};
use super::tokens::{Token, Tokens};

/// What the text turned out to be.
pub(super) enum Outcome {
    /// All of it is in the format.
    Complete,
    /// It is not, or not all; the tokens stand where the other format takes over.
    Other,
    /// It began a time and broke off: no date.
    Invalid,
}

/// Reads as much of the format as there is into the parts.
///
/// <https://tc39.es/ecma262/#sec-date-time-string-format>
pub(super) fn read<U: CodeUnit>(
    tokens: &mut Tokens<'_, U>,
    day: &mut DayParts,
    time: &mut TimeParts,
    zone: &mut ZoneParts,
) -> Outcome {
    if !read_date(tokens, day) {
        return Outcome::Other;
    }
    if tokens.peek().is_letter(b't') {
        tokens.next();
        if read_time(tokens, time, zone).is_none() || tokens.peek() != Token::End {
            return Outcome::Invalid;
        }
        day.is_iso = true;
        return Outcome::Complete;
    }
    if tokens.peek() != Token::End {
        return Outcome::Other;
    }
    // A date without a time is in UTC.
    day.is_iso = true;
    zone.set(0);
    Outcome::Complete
}

/// Reads a year, a year and month, or a full date; false if the text departs from the format, with
/// the tokens where it does.
fn read_date<U: CodeUnit>(tokens: &mut Tokens<'_, U>, day: &mut DayParts) -> bool {
    let negative = match tokens.peek() {
        Token::Symbol(sign @ (b'+' | b'-')) => {
            tokens.next();
            let Some(year) = tokens.peek().fixed(6) else {
                return false;
            };
            tokens.next();
            // There is no year -0.
            if sign == b'-' && year == 0 {
                return false;
            }
            day.push(if sign == b'-' { -year } else { year });
            true
        }
        _ => false,
    };
    if !negative {
        let Some(year) = tokens.peek().fixed(4) else {
            return false;
        };
        tokens.next();
        day.push(year);
    }
    for range in [1..=12, 1..=31] {
        if !tokens.skip(b'-') {
            return true;
        }
        match tokens.peek().fixed(2) {
            Some(value) if range.contains(&value) => {
                tokens.next();
                day.push(value);
            }
            _ => return false,
        }
    }
    true
}

/// Reads `10:00`, `10:00:00` or `10:00:00.000`, and the zone that may follow; `None` if the text
/// is something else.
fn read_time<U: CodeUnit>(
    tokens: &mut Tokens<'_, U>,
    time: &mut TimeParts,
    zone: &mut ZoneParts,
) -> Option<()> {
    let mut field = |tokens: &mut Tokens<'_, U>, last: i64| {
        let value = tokens.next().fixed(2).filter(|&value| value <= last)?;
        time.push(value);
        Some(value)
    };
    let hour = field(tokens, 24)?;
    tokens.skip(b':').then_some(())?;
    let mut rest = field(tokens, 59)?;
    if tokens.skip(b':') {
        rest += field(tokens, 59)?;
        if tokens.skip(b'.') {
            let Token::Number(fraction) = tokens.next() else {
                return None;
            };
            time.push(fraction.thousandths);
            rest += fraction.thousandths;
        }
    }
    // 24:00 is midnight at the end of the day, and nothing comes after it.
    if hour == 24 && rest > 0 {
        return None;
    }
    time.finish();
    match tokens.peek() {
        letter if letter.is_letter(b'z') => {
            tokens.next();
            zone.set(0);
        }
        Token::Symbol(sign @ (b'+' | b'-')) => {
            tokens.next();
            let (hours, minutes) = match tokens.next() {
                Token::Number(both) if both.len == 4 => (both.value / 100, both.value % 100),
                token => {
                    let hours = token.fixed(2)?;
                    tokens.skip(b':').then_some(())?;
                    (hours, tokens.next().fixed(2)?)
                }
            };
            if hours > 23 || minutes > 59 {
                return None;
            }
            zone.set_signed(sign == b'-', hours, minutes);
        }
        _ => {}
    }
    Some(())
}
