//! Day and time arithmetic.
//!
//! The calendar is the proleptic Gregorian. Years are counted from 1 March here, so that the leap
//! day comes last and the lengths of the months follow a straight line: (153 × month + 2) / 5 days
//! lie before a month. No loop and no table is needed in either direction.

/// Milliseconds in a day.
pub const MS_PER_DAY: f64 = 86_400_000.0;
/// Milliseconds in an hour.
pub const MS_PER_HOUR: f64 = 3_600_000.0;
/// Milliseconds in a minute.
pub const MS_PER_MINUTE: f64 = 60_000.0;
/// Milliseconds in a second.
pub const MS_PER_SECOND: f64 = 1000.0;

/// The time value furthest from 1970, either way.
pub const MAX_TIME: f64 = 8.64e15;

/// Days in 400 years.
const CYCLE: i64 = 146_097;
/// Days from 1 March of year 0 to 1 January 1970.
const EPOCH: i64 = 719_468;

/// Day(t): the number of the day since 1970.
///
/// <https://tc39.es/ecma262/#sec-day>
#[inline]
#[must_use]
pub fn day(t: f64) -> f64 {
    (t / MS_PER_DAY).floor()
}

/// TimeWithinDay(t): milliseconds since midnight.
///
/// <https://tc39.es/ecma262/#sec-timewithinday>
#[inline]
#[must_use]
pub fn time_within_day(t: f64) -> f64 {
    // `rem_euclid` would round a tiny negative up; time values are integers, which it keeps.
    t.rem_euclid(MS_PER_DAY)
}

/// WeekDay(t): 0 is Sunday.
///
/// <https://tc39.es/ecma262/#sec-weekday>
#[inline]
#[must_use]
pub fn week_day(t: f64) -> u8 {
    (day(t) as i64 + 4).rem_euclid(7) as u8
}

/// DaysInYear(y).
///
/// <https://tc39.es/ecma262/#sec-daysinyear>
#[must_use]
pub fn days_in_year(year: i64) -> u16 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    365 + u16::from(leap)
}

/// What a time value reads as: YearFromTime, MonthFromTime and so on, all at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The year, negative before year 0.
    pub year: i32,
    /// The month, 0 is January.
    pub month: u8,
    /// The day of the month, from 1.
    pub date: u8,
    /// The day of the week, 0 is Sunday.
    pub week_day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// The second.
    pub second: u8,
    /// The millisecond.
    pub ms: u16,
}

impl Fields {
    /// The fields of a time; `None` for NaN and for what no local time can be.
    ///
    /// <https://tc39.es/ecma262/#sec-time-values-and-time-range>
    #[must_use]
    pub fn of(t: f64) -> Option<Self> {
        // Local times may leave the range of time values by a zone's offset.
        if t.is_nan() || t.abs() > MAX_TIME + 2.0 * MS_PER_DAY {
            return None;
        }
        let t = t.floor() as i64;
        let days = t.div_euclid(MS_PER_DAY as i64);
        let ms = t.rem_euclid(MS_PER_DAY as i64) as u32;
        let (year, month, date) = civil(days);
        Some(Self {
            year: year as i32,
            month,
            date,
            week_day: (days + 4).rem_euclid(7) as u8,
            hour: (ms / 3_600_000) as u8,
            minute: (ms / 60_000 % 60) as u8,
            second: (ms / 1000 % 60) as u8,
            ms: (ms % 1000) as u16,
        })
    }
}

/// The year, month (from 0) and day of the month (from 1) of a day counted from 1970.
fn civil(days: i64) -> (i64, u8, u8) {
    let days = days + EPOCH;
    let cycle = days.div_euclid(CYCLE);
    let day_of_cycle = days.rem_euclid(CYCLE);
    // Take out the leap days: one in 4 years, less one in 100, and one at the cycle's end.
    let leap_days = day_of_cycle / 1460 - day_of_cycle / 36_524 + day_of_cycle / 146_096;
    let year_of_cycle = (day_of_cycle - leap_days) / 365;
    let day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12;
    let year = cycle * 400 + year_of_cycle + i64::from(month < 2);
    (year, month as u8, date as u8)
}

/// The day counted from 1970 of the first of a month (from 0).
fn first_of_month(year: i64, month: i64) -> i64 {
    let year = year - i64::from(month < 2);
    let month_from_march = (month + 10) % 12;
    let cycle = year.div_euclid(400);
    let year_of_cycle = year.rem_euclid(400);
    let day_of_cycle = 365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100
        + (153 * month_from_march + 2) / 5;
    cycle * CYCLE + day_of_cycle - EPOCH
}

/// MakeTime(hour, min, sec, ms).
///
/// <https://tc39.es/ecma262/#sec-maketime>
#[must_use]
pub fn make_time(hour: f64, min: f64, sec: f64, ms: f64) -> f64 {
    if !(hour.is_finite() && min.is_finite() && sec.is_finite() && ms.is_finite()) {
        return f64::NAN;
    }
    // The order of the operations is the specification's: it shows where doubles round.
    ((hour.trunc() * MS_PER_HOUR + min.trunc() * MS_PER_MINUTE) + sec.trunc() * MS_PER_SECOND)
        + ms.trunc()
}

/// MakeDay(year, month, date): months and days beyond their range carry over.
///
/// <https://tc39.es/ecma262/#sec-makeday>
#[must_use]
pub fn make_day(year: f64, month: f64, date: f64) -> f64 {
    if !(year.is_finite() && month.is_finite() && date.is_finite()) {
        return f64::NAN;
    }
    let (year, month) = (year.trunc(), month.trunc());
    let whole_years = (month / 12.0).floor();
    let year = year + whole_years;
    // A year further off than this is no time value even with every other field on its side.
    if year.abs() > 400_000.0 || month.abs() > 1e9 {
        return f64::NAN;
    }
    let month = (month as i64).rem_euclid(12);
    first_of_month(year as i64, month) as f64 + date.trunc() - 1.0
}

/// MakeDate(day, time).
///
/// <https://tc39.es/ecma262/#sec-makedate>
#[inline]
#[must_use]
pub fn make_date(day: f64, time: f64) -> f64 {
    let t = day * MS_PER_DAY + time;
    if t.is_finite() { t } else { f64::NAN }
}

/// MakeFullYear(year): 0 to 99 are years of the twentieth century.
///
/// <https://tc39.es/ecma262/#sec-makefullyear>
#[must_use]
pub fn make_full_year(year: f64) -> f64 {
    let truncated = year.trunc();
    if (0.0..=99.0).contains(&truncated) {
        return 1900.0 + truncated;
    }
    truncated
}

/// TimeClip(time): NaN if out of range, and no fraction.
///
/// <https://tc39.es/ecma262/#sec-timeclip>
#[inline]
#[must_use]
pub fn time_clip(t: f64) -> f64 {
    if t.abs() <= MAX_TIME {
        // Adding +0 turns -0 into +0.
        return t.trunc() + 0.0;
    }
    f64::NAN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_there_and_back() {
        let mut days = -1000 * 366;
        let mut expected = (-1002, 11, 1);
        (expected.0, expected.1, expected.2) = civil(days);
        while days < 1000 * 366 {
            let (year, month, date) = civil(days);
            assert_eq!((year, month, date), expected);
            let made = make_day(year as f64, f64::from(month), f64::from(date));
            assert_eq!(made, days as f64);
            let february = if days_in_year(year) == 366 { 29 } else { 28 };
            let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            expected = if date < lengths[usize::from(month)] {
                (year, month, date + 1)
            } else if month < 11 {
                (year, month + 1, 1)
            } else {
                (year + 1, 0, 1)
            };
            days += 1;
        }
    }

    #[test]
    fn fields() {
        let fields = Fields::of(1_795_395_909_123.0);
        let expected = Fields {
            year: 2026,
            month: 10,
            date: 23,
            week_day: 1,
            hour: 1,
            minute: 5,
            second: 9,
            ms: 123,
        };
        assert_eq!(fields, Some(expected));
        let before = Fields::of(-1.0).map(|f| (f.year, f.month, f.date, f.hour, f.ms));
        assert_eq!(before, Some((1969, 11, 31, 23, 999)));
        assert_eq!(Fields::of(f64::NAN), None);
        assert_eq!(Fields::of(f64::INFINITY), None);
        assert_eq!(Fields::of(MAX_TIME).map(|f| f.year), Some(275_760));
        assert_eq!(Fields::of(-MAX_TIME).map(|f| f.year), Some(-271_821));
    }

    #[test]
    fn making() {
        assert_eq!(make_day(1970.0, 12.0, 1.0), 365.0);
        assert_eq!(make_day(1970.0, -1.0, 1.0), -31.0);
        assert_eq!(make_day(1970.9, 0.9, 0.0), -1.0);
        assert!(make_day(1e300, 0.0, 1.0).is_nan());
        assert!(make_day(1970.0, f64::NAN, 1.0).is_nan());
        assert_eq!(make_time(1.9, 1.0, 1.0, 1.0), 3_661_001.0);
        assert!(make_date(f64::INFINITY, 0.0).is_nan());
        assert_eq!(make_full_year(49.9), 1949.0);
        assert_eq!(make_full_year(100.0), 100.0);
        assert!(make_full_year(f64::NAN).is_nan());
        assert!(time_clip(8.64e15 + 1.0).is_nan() && time_clip(f64::INFINITY).is_nan());
        assert!(time_clip(-0.5).is_sign_positive());
        assert_eq!((day(-1.0), time_within_day(-1.0)), (-1.0, MS_PER_DAY - 1.0));
        assert_eq!((week_day(0.0), week_day(-MS_PER_DAY * 4.0)), (4, 0));
    }
}
