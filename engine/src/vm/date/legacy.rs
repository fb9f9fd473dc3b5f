//! Dates in other formats than the standard's: `Mar 1, 2022 10:00 PM`, `1/2/2003`, RFC 2822, and
//! what `toString` and `toUTCString` give.
//!
//! NON-SPEC: ECMA-262 leaves these to the implementation; programs expect what Node accepts. The
//! text is read as numbers, words and signs, and each finds its place by what stands around it:
//! a number before a `:` belongs to the time, a sign after a time begins an offset, a word is a
//! month or a zone by its first letters, and other numbers make up the date. Words that mean
//! nothing are let pass before the first number only. Parentheses are comments.

use super::super::text::CodeUnit;
use super::time::{make_date, make_day, make_time};
use super::tokens::{Number, Token, Tokens, Word};

/// The numbers of a date, in the order they came, and the month if it had a name.
#[derive(Default)]
pub(super) struct DayParts {
    numbers: [i64; 3],
    len: usize,
    overfull: bool,
    month: Option<i64>,
    /// The text was all in the standard's format: years below 100 are meant as they stand.
    pub is_iso: bool,
}

impl DayParts {
    /// Adds a number; a fourth makes the date invalid.
    pub fn push(&mut self, number: i64) {
        match self.numbers.get_mut(self.len) {
            Some(place) => {
                *place = number;
                self.len += 1;
            }
            None => self.overfull = true,
        }
    }

    fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The day that the numbers make; NaN if none.
    fn day(&self) -> f64 {
        /// The year of a date without one.
        const NO_YEAR: i64 = 2001;
        let is_date = |number: i64| (1..=31).contains(&number);
        if self.overfull || self.is_empty() {
            return f64::NAN;
        }
        let [a, b, c] = self.numbers;
        let (year, month, date) = match (self.month, self.len) {
            _ if self.is_iso => (Some(a), if self.len > 1 { b } else { 1 }, c.max(1)),
            (Some(month), 1) if is_date(a) => (None, month, a),
            (Some(month), 1) => (Some(a), month, 1),
            // Day before year unless that cannot be.
            (Some(month), _) if is_date(a) => (Some(b), month, a),
            (Some(month), _) => (Some(a), month, b),
            (None, 1) if is_date(a) => (None, a, 1),
            (None, 1) => (Some(a), 1, 1),
            (None, 2) if is_date(a) => (None, a, b),
            (None, 2) => (Some(a), b, 1),
            // The American order, unless the first number must be a year.
            (None, _) if is_date(a) => (Some(c), a, b),
            (None, _) => (Some(a), b, c),
        };
        let year = match year {
            None => NO_YEAR,
            Some(year @ 0..=49) if !self.is_iso => year + 2000,
            Some(year @ 50..=99) if !self.is_iso => year + 1900,
            Some(year) => year,
        };
        if !(1..=12).contains(&month) || !is_date(date) {
            return f64::NAN;
        }
        make_day(year as f64, (month - 1) as f64, date as f64)
    }
}

/// Hour, minute, second and millisecond as far as they are given, and which half of the day.
#[derive(Default)]
pub(super) struct TimeParts {
    fields: [i64; 4],
    len: usize,
    is_finished: bool,
    /// The hour at which the half of the day begins, if it was named: 0 or 12.
    half: Option<i64>,
}

impl TimeParts {
    /// Adds the next field.
    pub fn push(&mut self, value: i64) {
        if let Some(place) = self.fields.get_mut(self.len) {
            *place = value;
            self.len += 1;
        }
    }

    /// No field will follow.
    pub fn finish(&mut self) {
        self.is_finished = true;
    }

    fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether this number can be the field that the last `:` announced.
    fn expects(&self, value: i64) -> bool {
        let limit = match self.len {
            1 | 2 => 60,
            3 => 1000,
            _ => return false,
        };
        !self.is_finished && value < limit
    }

    /// Milliseconds since midnight; NaN if there is no such time.
    fn time(&self) -> f64 {
        let [mut hour, minute, second, ms] = self.fields;
        if let Some(half) = self.half {
            if hour > 12 {
                return f64::NAN;
            }
            hour = hour % 12 + half;
        }
        let in_range = hour < 24 && minute < 60 && second < 60 && ms < 1000;
        let is_end_of_day = hour == 24 && minute + second + ms == 0;
        if !in_range && !is_end_of_day {
            return f64::NAN;
        }
        make_time(hour as f64, minute as f64, second as f64, ms as f64)
    }
}

/// The offset from UTC, if one was given.
#[derive(Default)]
pub(super) struct ZoneParts {
    /// -1, 1, or 0 if there is none.
    sign: i64,
    hours: i64,
    /// `None` while the minutes may still follow.
    minutes: Option<i64>,
}

impl ZoneParts {
    /// A zone a whole number of hours ahead of UTC.
    pub fn set(&mut self, hours: i64) {
        self.set_signed(hours < 0, hours.abs(), 0);
    }

    /// A zone ahead of UTC, or behind it if `negative`.
    pub fn set_signed(&mut self, negative: bool, hours: i64, minutes: i64) {
        self.sign = if negative { -1 } else { 1 };
        self.hours = hours;
        self.minutes = Some(minutes);
    }

    fn is_utc(&self) -> bool {
        self.sign != 0 && self.hours == 0 && self.minutes == Some(0)
    }

    fn expects(&self, value: i64) -> bool {
        self.sign != 0 && self.minutes.is_none() && value < 60
    }

    /// How far local time is ahead, in milliseconds; `None` if it is the system's zone.
    fn offset_ms(&self) -> Option<f64> {
        let minutes = self.hours * 60 + self.minutes.unwrap_or(0);
        (self.sign != 0).then(|| (self.sign * minutes) as f64 * super::time::MS_PER_MINUTE)
    }
}

/// What a text was read as.
pub(super) struct Parts {
    /// Milliseconds since 1970 by the clock of the zone, NaN for no date.
    pub t: f64,
    /// How far that clock is ahead of UTC; `None` for the system's zone.
    pub offset_ms: Option<f64>,
}

/// Puts the parts together.
pub(super) fn combine(day: &DayParts, time: &TimeParts, zone: &ZoneParts) -> Parts {
    Parts {
        t: make_date(day.day(), time.time()),
        offset_ms: zone.offset_ms(),
    }
}

/// Reads the rest of a text into the parts; `None` if it is no date.
pub(super) fn read<U: CodeUnit>(
    tokens: &mut Tokens<'_, U>,
    day: &mut DayParts,
    time: &mut TimeParts,
    zone: &mut ZoneParts,
) -> Option<()> {
    let mut seen_number = !day.is_empty();
    loop {
        match tokens.next() {
            Token::End => return Some(()),
            Token::Number(number) => {
                seen_number = true;
                read_number(number, tokens, day, time, zone)?;
            }
            Token::Word(word) => read_word(word, seen_number, tokens, day, time, zone)?,
            Token::Symbol(sign @ (b'+' | b'-')) if zone.is_utc() || !time.is_empty() => {
                read_offset(sign == b'-', tokens, zone)?;
                seen_number = true;
            }
            Token::Symbol(b'(') => tokens.skip_parenthesis(),
            Token::Symbol(b'+' | b'-' | b')') if seen_number => return None,
            Token::Symbol(_) | Token::Space => {}
        }
    }
}

fn read_number<U: CodeUnit>(
    number: Number,
    tokens: &mut Tokens<'_, U>,
    day: &mut DayParts,
    time: &mut TimeParts,
    zone: &mut ZoneParts,
) -> Option<()> {
    let value = number.value;
    if tokens.skip(b':') {
        // An hour, or what the last `:` announced.
        if !time.is_empty() && !time.expects(value) {
            return None;
        }
        time.push(value);
        // Two in a row leave the minutes out.
        if tokens.skip(b':') {
            if time.len > 1 {
                return None;
            }
            time.push(0);
        }
    } else if tokens.peek() == Token::Symbol(b'.') && time.expects(value) {
        tokens.next();
        time.push(value);
        let Token::Number(fraction) = tokens.next() else {
            return None;
        };
        time.push(fraction.thousandths);
        time.finish();
    } else if zone.expects(value) {
        zone.minutes = Some(value);
    } else if time.expects(value) {
        time.push(value);
        time.finish();
        // A time stands apart from what follows it.
        let next = tokens.peek();
        let may_follow = matches!(next, Token::End | Token::Space | Token::Symbol(b'+' | b'-'));
        return (may_follow || next.is_letter(b'z')).then_some(());
    } else {
        tokens.skip(b'.');
        day.push(value);
        tokens.skip(b'-');
    }
    Some(())
}

fn read_word<U: CodeUnit>(
    word: Word,
    seen_number: bool,
    tokens: &mut Tokens<'_, U>,
    day: &mut DayParts,
    time: &mut TimeParts,
    zone: &mut ZoneParts,
) -> Option<()> {
    match meaning(word) {
        Some(Meaning::Month(month)) => {
            day.month = Some(month);
            tokens.skip(b'-');
            return Some(());
        }
        Some(Meaning::HalfOfDay(hour)) if !time.is_empty() => {
            time.half = Some(hour);
            return Some(());
        }
        Some(Meaning::Zone(hours)) if seen_number => {
            zone.set(hours);
            return Some(());
        }
        _ => {}
    }
    // It means nothing here, and may not touch a number.
    let touches = matches!(tokens.peek(), Token::Number(_));
    (!seen_number && !touches).then_some(())
}

/// Reads the number after the sign of an offset: `+1`, `+01`, `+0130` or `+01:30`.
fn read_offset<U: CodeUnit>(
    negative: bool,
    tokens: &mut Tokens<'_, U>,
    zone: &mut ZoneParts,
) -> Option<()> {
    /// More hours than this are no offset: the seconds would not fit 31 bits.
    const MAX_HOURS: i64 = 596_523;
    // The hours may be missing where minutes follow.
    let (value, len) = match tokens.peek() {
        Token::Number(number) => {
            tokens.next();
            (number.value, number.len)
        }
        _ => (0, 0),
    };
    if value > MAX_HOURS {
        return None;
    }
    if tokens.skip(b':') {
        zone.set_signed(negative, value, 0);
        zone.minutes = None;
        return Some(());
    }
    match len {
        1 | 2 => zone.set_signed(negative, value, 0),
        3 | 4 => zone.set_signed(negative, value / 100, value % 100),
        _ => return None,
    }
    Some(())
}

/// What a word can mean.
enum Meaning {
    /// The month, from 1.
    Month(i64),
    /// The hour with which the half begins.
    HalfOfDay(i64),
    /// Hours ahead of UTC.
    Zone(i64),
}

fn meaning(word: Word) -> Option<Meaning> {
    const MONTHS: &[u8; 36] = b"janfebmaraprmayjunjulaugsepoctnovdec";
    let month = MONTHS.chunks(3).position(|month| month == word.start);
    if let Some(month) = month {
        return Some(Meaning::Month(month as i64 + 1));
    }
    // Months may be cut short or spelled out; the others may not.
    if word.len > 3 {
        return None;
    }
    Some(match &word.start {
        b"am\0" => Meaning::HalfOfDay(0),
        b"pm\0" => Meaning::HalfOfDay(12),
        b"z\0\0" | b"ut\0" | b"utc" | b"gmt" => Meaning::Zone(0),
        b"edt" => Meaning::Zone(-4),
        b"est" | b"cdt" => Meaning::Zone(-5),
        b"cst" | b"mdt" => Meaning::Zone(-6),
        b"mst" | b"pdt" => Meaning::Zone(-7),
        b"pst" => Meaning::Zone(-8),
        _ => return None,
    })
}
