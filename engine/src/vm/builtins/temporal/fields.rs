//! Property bags: the fields that an object like `{ year: 2024, month: 2, day: 29 }` gives, read in alphabetical order.
//!
//! Numbers are kept as they were read until the option `overflow`, which is read after them, says what to do with those
//! that are out of range. Source: <https://tc39.es/proposal-temporal/#sec-temporal-preparecalendarfields>.

use temporal_rs::{
    Calendar, MonthCode, PlainDate, PlainDateTime, PlainMonthDay, PlainTime, PlainYearMonth,
    TimeZone, TinyAsciiStr, UtcOffset, ZonedDateTime, fields::CalendarFields, options::Overflow,
    partial::PartialTime,
};

use super::{
    identifiers::{require_string, to_time_zone},
    item,
    results::check,
};
use crate::vm::{
    convert::Hint,
    heap::Obj,
    machine::{Completion, Vm},
    value::Value,
};

/// A field of a property bag; the order is that of the properties' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Day,
    Era,
    EraYear,
    Hour,
    Microsecond,
    Millisecond,
    Minute,
    Month,
    MonthCode,
    Nanosecond,
    Offset,
    Second,
    TimeZone,
    Year,
}

use Field::{
    Day, Era, EraYear, Hour, Microsecond, Millisecond, Minute, Month, MonthCode as Code,
    Nanosecond, Offset, Second, TimeZone as Zone, Year,
};

/// The fields of a `PlainDate` and of a `PlainMonthDay`.
pub(super) const DATE: &[Field] = &[Day, Era, EraYear, Month, Code, Year];
/// Those of a `PlainYearMonth`.
pub(super) const YEAR_MONTH: &[Field] = &[Era, EraYear, Month, Code, Year];
/// What completes a `PlainMonthDay`.
pub(super) const YEAR: &[Field] = &[Era, EraYear, Year];
/// What completes a `PlainYearMonth`.
pub(super) const DAY: &[Field] = &[Day];
/// The fields of a `PlainTime`.
pub(super) const TIME: &[Field] = &[Hour, Microsecond, Millisecond, Minute, Nanosecond, Second];
/// Those of a `PlainDateTime`.
pub(super) const DATE_TIME: &[Field] = &[
    Day,
    Era,
    EraYear,
    Hour,
    Microsecond,
    Millisecond,
    Minute,
    Month,
    Code,
    Nanosecond,
    Second,
    Year,
];
/// Those of a `ZonedDateTime` that exists.
pub(super) const DATE_TIME_OFFSET: &[Field] = &[
    Day,
    Era,
    EraYear,
    Hour,
    Microsecond,
    Millisecond,
    Minute,
    Month,
    Code,
    Nanosecond,
    Offset,
    Second,
    Year,
];
/// Those of a new `ZonedDateTime`.
pub(super) const ZONED: &[Field] = &[
    Day,
    Era,
    EraYear,
    Hour,
    Microsecond,
    Millisecond,
    Minute,
    Month,
    Code,
    Nanosecond,
    Offset,
    Second,
    Zone,
    Year,
];

impl Field {
    const fn name(self) -> &'static str {
        match self {
            Day => "day",
            Era => "era",
            EraYear => "eraYear",
            Hour => "hour",
            Microsecond => "microsecond",
            Millisecond => "millisecond",
            Minute => "minute",
            Month => "month",
            Code => "monthCode",
            Nanosecond => "nanosecond",
            Offset => "offset",
            Second => "second",
            Zone => "timeZone",
            Year => "year",
        }
    }
}

/// What must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// One field at least.
    Any,
    /// The time zone.
    TimeZone,
}

/// The fields of a property bag.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    numbers: [Option<f64>; 14],
    era: Option<String>,
    month_code: Option<MonthCode>,
    /// How far local time is ahead of UTC.
    pub offset: Option<UtcOffset>,
    /// The time zone.
    pub time_zone: Option<TimeZone>,
}

impl Bag {
    /// `PrepareCalendarFields`: reads `fields` of `object`, those of eras only if the calendar has some.
    pub fn read(
        vm: &mut Vm,
        object: Obj,
        calendar: &Calendar,
        fields: &[Field],
        need: Need,
    ) -> Completion<Self> {
        let eras = !matches!(calendar.identifier(), "iso8601" | "chinese" | "dangi");
        let mut bag = Self::default();
        let mut any = false;
        for &field in fields {
            if matches!(field, Era | EraYear) && !eras {
                continue;
            }
            let key = vm.heap.key(field.name());
            let value = vm.get_o(object, key)?;
            if !value.is_undefined() {
                any = true;
                bag.take(vm, field, value)?;
            } else if field == Zone && need == Need::TimeZone {
                return Err(vm.throw_type("Required property timeZone is missing"));
            }
        }
        if need == Need::Any && !any {
            return Err(vm.throw_type("The object has none of the properties that are looked for"));
        }
        Ok(bag)
    }

    fn take(&mut self, vm: &mut Vm, field: Field, value: Value) -> Completion<()> {
        match field {
            Era => {
                let text = vm.to_string(value)?;
                self.era = Some(vm.heap.units(&text).to_string_lossy());
            }
            Code => {
                let text = primitive_string(vm, value, "monthCode")?;
                let code = check(vm, MonthCode::try_from_utf8(text.as_bytes()))?;
                if code.as_str() == "M00" {
                    return Err(vm.throw_range("Invalid monthCode M00"));
                }
                self.month_code = Some(code);
            }
            Offset => {
                let text = primitive_string(vm, value, "offset")?;
                self.offset = Some(check(vm, UtcOffset::from_utf8(text.as_bytes()))?);
            }
            Zone => self.time_zone = Some(to_time_zone(vm, value)?),
            _ => {
                let number = integer_with_truncation(vm, value)?;
                if matches!(field, Day | Month) && number <= 0.0 {
                    let name = field.name();
                    return Err(vm.throw_range(format!("{name} must be positive")));
                }
                if let Some(slot) = self.numbers.get_mut(field as usize) {
                    *slot = Some(number);
                }
            }
        }
        Ok(())
    }

    fn number(&self, field: Field) -> Option<f64> {
        self.numbers.get(field as usize).copied().flatten()
    }

    fn byte(&self, field: Field, overflow: Overflow) -> Option<u8> {
        self.number(field).map(|number| match overflow {
            Overflow::Reject if number < 0.0 => u8::MAX,
            _ => number as u8,
        })
    }

    fn short(&self, field: Field, overflow: Overflow) -> Option<u16> {
        self.number(field).map(|number| match overflow {
            Overflow::Reject if number < 0.0 => u16::MAX,
            _ => number as u16,
        })
    }

    /// The calendar's fields. Those out of range are at the end of a range that is larger than any calendar's.
    pub fn date(&self, vm: &mut Vm) -> Completion<CalendarFields> {
        let era = match &self.era {
            None => None,
            Some(era) => match TinyAsciiStr::try_from_str(era) {
                Ok(era) => Some(era),
                Err(_) => return Err(vm.throw_range(format!("Invalid era : {era}"))),
            },
        };
        Ok(CalendarFields {
            year: self.number(Year).map(|year| year as i32),
            month: self.byte(Month, Overflow::Constrain),
            month_code: self.month_code,
            day: self.byte(Day, Overflow::Constrain),
            era,
            era_year: self.number(EraYear).map(|year| year as i32),
        })
    }

    /// The fields of a time; negative ones are as `overflow` demands.
    pub fn time(&self, overflow: Overflow) -> PartialTime {
        PartialTime::new()
            .with_hour(self.byte(Hour, overflow))
            .with_minute(self.byte(Minute, overflow))
            .with_second(self.byte(Second, overflow))
            .with_millisecond(self.short(Millisecond, overflow))
            .with_microsecond(self.short(Microsecond, overflow))
            .with_nanosecond(self.short(Nanosecond, overflow))
    }
}

/// A property's string, which may be an object's primitive.
fn primitive_string(vm: &mut Vm, value: Value, name: &str) -> Completion<String> {
    let primitive = vm.to_primitive(value, Hint::String)?;
    require_string(vm, primitive, name)
}

/// `ToIntegerWithTruncation`
pub(super) fn integer_with_truncation(vm: &mut Vm, value: Value) -> Completion<f64> {
    let number = vm.to_number(value)?;
    if number.is_finite() {
        return Ok(number.trunc());
    }
    Err(vm.throw_range("Numbers must be finite"))
}

/// `ToIntegerIfIntegral`
pub(super) fn integral(vm: &mut Vm, value: Value) -> Completion<f64> {
    let number = vm.to_number(value)?;
    if number.is_finite() && number.trunc() == number {
        return Ok(number);
    }
    Err(vm.throw_range("Numbers must be integers"))
}

/// A number that a constructor got, as the type of the field; out of it, it is out of range.
pub(super) fn narrow<T: TryFrom<i64>>(vm: &mut Vm, number: f64) -> Completion<T> {
    T::try_from(number as i64).map_err(|_| vm.throw_range("Invalid field"))
}

/// `IsPartialTemporalObject`: the argument of `with`, which must be a mere property bag.
pub(super) fn partial_object(vm: &mut Vm, value: Value) -> Completion<Obj> {
    let Some(object) = value.as_object() else {
        let text = vm.display_plain(value);
        return Err(vm.throw_type(format!("{text} is not an object")));
    };
    let is_temporal = item::<PlainDate>(vm, value).is_some()
        || item::<PlainDateTime>(vm, value).is_some()
        || item::<PlainMonthDay>(vm, value).is_some()
        || item::<PlainTime>(vm, value).is_some()
        || item::<PlainYearMonth>(vm, value).is_some()
        || item::<ZonedDateTime>(vm, value).is_some();
    if is_temporal {
        return Err(vm.throw_type("An object with some of the properties is expected"));
    }
    for name in ["calendar", "timeZone"] {
        let key = vm.heap.key(name);
        if !vm.get_o(object, key)?.is_undefined() {
            return Err(vm.throw_type(format!("The property {name} cannot be changed by with()")));
        }
    }
    Ok(object)
}
