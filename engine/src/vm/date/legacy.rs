//! Dates as people write them: `Tue, 01 Mar 2022 10:00:00 GMT`, `3/1/2022 10 PM` and all that.
//!
//! ECMA-262 leaves this to the implementation, and programs rely on what Node takes. The rules
//! here were found by asking it: hand-written probes, then comparison over random texts until no
//! difference was left. In short:
//!
//! * Until the first number everything goes: words that mean nothing, signs, parentheses.
//! * Numbers with colons between them are a clock, others are a date: month, day and year, or year
//!   first where the first number can be no day. With a month's name: day and year. Missing ones
//!   are 1, so a missing year is 2001.
//! * After a number a word must be a month, a zone, or AM or PM after a clock.
//! * A sign after a clock, or after the name of UTC, begins an offset. Else a hyphen may stand
//!   right behind a number or a month, and a plus nowhere.
//! * Text in parentheses is a comment; other punctuation separates.

use super::super::text::CodeUnit;
use super::cursor::{Cursor, Digits};
use super::iso::Reading;
use super::time::{MS_PER_MINUTE, make_date, make_day, make_time};

/// No offset is larger; of smaller ones there are some that no zone has.
const MAX_OFFSET_HOURS: i64 = 500_000;

/// Reads a text in any other form than the standard's.
pub(super) fn read<U: CodeUnit>(cursor: Cursor<'_, U>) -> Option<Reading> {
    let mut reader = Reader {
        cursor,
        numbers: Vec::with_capacity(3),
        month: None,
        clock: Clock::default(),
        zone: Zone::default(),
    };
    reader.read_standard_date();
    while !reader.cursor.is_at_end() {
        reader.read_piece()?;
    }
    let day = reader.day()?;
    let time = reader.clock.time()?;
    Some(Reading {
        t: make_date(day, time),
        offset_ms: reader.zone.offset_ms(),
    })
}

/// What has been read so far.
struct Reader<'a, U> {
    cursor: Cursor<'a, U>,
    /// The numbers that belong to the date, at most three.
    numbers: Vec<i64>,
    /// The month that was named last, from 1.
    month: Option<i64>,
    clock: Clock,
    zone: Zone,
}

/// The time of day.
#[derive(Default)]
struct Clock {
    /// Hour, minute, second, millisecond: those that were read.
    fields: Vec<i64>,
    /// No more fields are to come.
    is_closed: bool,
    is_pm: Option<bool>,
}

/// The offset.
#[derive(Default)]
struct Zone {
    is_negative: bool,
    hours: Option<i64>,
    minutes: i64,
    /// A colon was read, and minutes may come.
    wants_minutes: bool,
}

impl<U: CodeUnit> Reader<'_, U> {
    /// Reads a date of the standard's format at the start, as far as it goes. Its numbers are a
    /// date's even with a colon behind them, and its year may be negative. Year -0, which there is
    /// not, is passed over.
    fn read_standard_date(&mut self) {
        let mut ahead = self.cursor;
        let sign = ahead.sign();
        let Some(year) = ahead.exactly(if sign.is_some() { 6 } else { 4 }) else {
            return;
        };
        self.cursor = ahead;
        match sign {
            Some(true) if year == 0 => return,
            Some(true) => self.numbers.push(-year),
            _ => self.numbers.push(year),
        }
        for last in [12, 31] {
            if !self.cursor.eat(b'-') {
                return;
            }
            let mut ahead = self.cursor;
            match ahead.exactly(2) {
                Some(value) if (1..=last).contains(&value) => self.numbers.push(value),
                _ => return,
            }
            self.cursor = ahead;
        }
    }

    /// Reads the next word, number, sign or comment; `None` if the text is no date.
    fn read_piece(&mut self) -> Option<()> {
        match self.cursor.peek() {
            b'0'..=b'9' => self.read_number(),
            _ if self.cursor.is_at_word() => self.read_word(),
            b'+' | b'-' => self.read_sign(),
            b'(' => {
                self.cursor.skip();
                self.cursor.skip_comment();
                Some(())
            }
            b')' if self.has_number() => None,
            _ => {
                self.cursor.skip();
                Some(())
            }
        }
    }

    /// Whether a number has been read, after which the text must make sense.
    fn has_number(&self) -> bool {
        !self.numbers.is_empty() || !self.clock.fields.is_empty()
    }

    fn read_number(&mut self) -> Option<()> {
        let digits = self.cursor.digits();
        if self.cursor.eat(b':') {
            return self.read_before_colon(digits);
        }
        if self.cursor.peek() == b'.' && self.clock.wants(digits.value) {
            self.cursor.skip();
            return self.read_fraction(digits);
        }
        if self.zone.wants_minutes && digits.value < 60 {
            self.zone.minutes = digits.value;
            self.zone.wants_minutes = false;
            return Some(());
        }
        if self.clock.wants(digits.value) {
            self.clock.fields.push(digits.value);
            self.clock.is_closed = true;
            return self.is_at_end_of_clock().then_some(());
        }
        self.push_number(digits.value)?;
        self.cursor.eat(b'.');
        self.cursor.eat(b'-');
        Some(())
    }

    fn push_number(&mut self, value: i64) -> Option<()> {
        if self.numbers.len() == 3 {
            return None;
        }
        self.numbers.push(value);
        Some(())
    }

    /// A number with a colon behind it: the next field of the clock, and there will be another.
    fn read_before_colon(&mut self, digits: Digits) -> Option<()> {
        if !self.clock.wants(digits.value) && !self.clock.starts_with(digits.value) {
            return None;
        }
        self.clock.fields.push(digits.value);
        if self.cursor.eat(b':') {
            // `10::30` has no minutes. Seconds and their fractions cannot be left out.
            if self.clock.fields.len() > 1 {
                return None;
            }
            self.clock.fields.push(0);
        }
        self.clock.is_closed = self.clock.fields.len() == 4;
        Some(())
    }

    /// A field, and the fraction behind its point: the milliseconds behind the seconds. Behind
    /// minutes it says as many seconds, and behind milliseconds nothing.
    fn read_fraction(&mut self, field: Digits) -> Option<()> {
        let fraction = self.cursor.digits();
        if fraction.len == 0 {
            return None;
        }
        self.clock.fields.push(field.value);
        if self.clock.fields.len() < 4 {
            let fits = self.clock.wants(fraction.thousandths);
            fits.then(|| self.clock.fields.push(fraction.thousandths))?;
        }
        self.clock.is_closed = true;
        Some(())
    }

    /// Whether the clock may end here: before a space, an offset, or `Z`.
    fn is_at_end_of_clock(&self) -> bool {
        self.cursor.is_at_end()
            || self.cursor.is_at_space()
            || matches!(self.cursor.peek(), b'+' | b'-' | b'Z' | b'z')
    }

    fn read_word(&mut self) -> Option<()> {
        let mut start = [0; 3];
        let len = self.cursor.word(&mut start);
        let months = b"janfebmaraprmayjunjulaugsepoctnovdec".chunks(3);
        if let Some(month) = (1..).zip(months).find(|(_, name)| *name == start) {
            self.month = Some(month.0);
            self.cursor.eat(b'-');
            return Some(());
        }
        if !self.has_number() {
            // Whatever it is, a number must not touch it.
            return (!self.cursor.is_at_digit()).then_some(());
        }
        if len == 2 && matches!(&start, b"am\0" | b"pm\0") && !self.clock.fields.is_empty() {
            self.clock.is_pm = Some(start.starts_with(b"p"));
            return Some(());
        }
        let hours = (len <= 3).then(|| zone_hours(start)).flatten()?;
        self.zone = Zone {
            is_negative: hours < 0,
            hours: Some(hours.abs()),
            ..Zone::default()
        };
        Some(())
    }

    fn read_sign(&mut self) -> Option<()> {
        let is_negative = self.cursor.sign()?;
        if self.clock.fields.is_empty() && !self.zone.is_utc() {
            return (!self.has_number()).then_some(());
        }
        let digits = self.cursor.digits();
        let has_colon = self.cursor.eat(b':');
        if digits.len == 0 && !has_colon {
            return None;
        }
        let (hours, minutes) = match digits.len {
            0..=2 => (digits.value, 0),
            _ if has_colon => (digits.value, 0),
            3 | 4 => (digits.value / 100, digits.value % 100),
            _ => return None,
        };
        if hours > MAX_OFFSET_HOURS {
            return None;
        }
        self.zone = Zone {
            is_negative,
            hours: Some(hours),
            minutes,
            wants_minutes: has_colon,
        };
        Some(())
    }

    /// The day that the numbers and the month's name tell.
    fn day(&self) -> Option<f64> {
        let at = |index: usize| self.numbers.get(index).copied().unwrap_or(1);
        let first = *self.numbers.first()?;
        let is_day = (1..=31).contains(&first);
        let (year, month, date) = match (self.month, is_day) {
            (Some(month), true) => (at(1), month, first),
            (Some(month), false) => (first, month, at(1)),
            (None, true) => (at(2), first, at(1)),
            (None, false) => (first, at(1), at(2)),
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&date) {
            return None;
        }
        let year = match year {
            0..=49 => year + 2000,
            50..=99 => year + 1900,
            _ => year,
        };
        Some(make_day(year as f64, (month - 1) as f64, date as f64))
    }
}

impl Clock {
    /// Whether a number can be the next field of a clock that has begun.
    fn wants(&self, value: i64) -> bool {
        let limit = if self.fields.len() == 3 { 1000 } else { 60 };
        !self.fields.is_empty() && !self.is_closed && value < limit
    }

    /// Whether a number can be the first field, the hour.
    fn starts_with(&self, value: i64) -> bool {
        self.fields.is_empty() && !self.is_closed && value < 60
    }

    /// Milliseconds since midnight; `None` if no clock shows such a time.
    fn time(&self) -> Option<f64> {
        let at = |index: usize| self.fields.get(index).copied().unwrap_or(0);
        let (mut hour, min, sec, ms) = (at(0), at(1), at(2), at(3));
        if let Some(is_pm) = self.is_pm {
            if hour > 12 {
                return None;
            }
            hour = hour % 12 + if is_pm { 12 } else { 0 };
        }
        // 24:00 is midnight at the end of the day, and nothing comes after it.
        if hour > 23 && (hour, min + sec + ms) != (24, 0) {
            return None;
        }
        Some(make_time(hour as f64, min as f64, sec as f64, ms as f64))
    }
}

impl Zone {
    fn is_utc(&self) -> bool {
        self.hours == Some(0) && self.minutes == 0 && !self.wants_minutes
    }

    fn offset_ms(&self) -> Option<f64> {
        let ms = (self.hours? * 60 + self.minutes) as f64 * MS_PER_MINUTE;
        Some(if self.is_negative { -ms } else { ms })
    }
}

/// How many hours the zone of this name is ahead of UTC.
fn zone_hours(name: [u8; 3]) -> Option<i64> {
    Some(match &name {
        b"z\0\0" | b"ut\0" | b"utc" | b"gmt" => 0,
        b"edt" => -4,
        b"est" | b"cdt" => -5,
        b"cst" | b"mdt" => -6,
        b"mst" | b"pdt" => -7,
        b"pst" => -8,
        _ => return None,
    })
}
