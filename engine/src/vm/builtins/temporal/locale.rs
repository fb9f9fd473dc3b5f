//! Objects of `Temporal` as texts for people: `toLocaleString`, and what formatters of `Intl` ask of them. Source:
//! <https://tc39.es/proposal-temporal/#sec-temporal-intl>.

#[cfg(feature = "intl")]
use temporal_rs::{
    Instant, PlainDate, PlainDateTime, PlainMonthDay, PlainTime, PlainYearMonth, ZonedDateTime,
};

use super::{Item, NativeText};
#[cfg(feature = "intl")]
use super::{item, this};
use crate::vm::machine::{Args, Completion, Vm};
#[cfg(feature = "intl")]
use crate::vm::{builtins::intl, value::Value};

/// Which class an object is of.
#[cfg(feature = "intl")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vm::builtins) enum Class {
    Instant,
    PlainDate,
    PlainDateTime,
    PlainMonthDay,
    PlainTime,
    PlainYearMonth,
    ZonedDateTime,
}

/// What a formatter shows of an object.
#[cfg(feature = "intl")]
#[derive(Clone, Debug)]
pub(in crate::vm::builtins) struct Shown {
    pub class: Class,
    /// A time value; that of a plain date or time is as if it were UTC.
    pub t: f64,
    /// The calendar; none of an instant or a time.
    pub calendar: Option<&'static str>,
    /// The time zone, if the object has one.
    pub zone: Option<String>,
}

/// What a formatter shows of `value`, if that is an object of `Temporal` with a date or a time.
#[cfg(feature = "intl")]
pub(in crate::vm::builtins) fn shown(vm: &Vm, value: Value) -> Option<Shown> {
    value.as_object()?;
    let shown = |class, nanoseconds: i128, calendar| Shown {
        class,
        t: nanoseconds.div_euclid(1_000_000) as f64,
        calendar,
        zone: None,
    };
    if let Some(instant) = item::<Instant>(vm, value) {
        return Some(shown(Class::Instant, instant.as_i128(), None));
    }
    if let Some(date) = item::<PlainDate>(vm, value) {
        let calendar = Some(date.calendar().identifier());
        let noon = date.epoch_ns_for_utc().as_i128();
        return Some(shown(Class::PlainDate, noon, calendar));
    }
    if let Some(date) = item::<PlainDateTime>(vm, value) {
        let calendar = Some(date.calendar().identifier());
        let time = date.epoch_ns_for_utc().as_i128();
        return Some(shown(Class::PlainDateTime, time, calendar));
    }
    if let Some(date) = item::<PlainMonthDay>(vm, value) {
        let noon = date.epoch_ns_for_utc().as_i128();
        return Some(shown(Class::PlainMonthDay, noon, Some(date.calendar_id())));
    }
    if let Some(time) = item::<PlainTime>(vm, value) {
        let time = time.epoch_ns_for_utc().as_i128();
        return Some(shown(Class::PlainTime, time, None));
    }
    if let Some(month) = item::<PlainYearMonth>(vm, value) {
        let noon = month.epoch_ns_for_utc().as_i128();
        let calendar = Some(month.calendar_id());
        return Some(shown(Class::PlainYearMonth, noon, calendar));
    }
    let zoned = item::<ZonedDateTime>(vm, value)?;
    let calendar = Some(zoned.calendar().identifier());
    let time = zoned.epoch_nanoseconds().as_i128();
    Some(Shown {
        zone: zoned.time_zone().identifier().ok(),
        ..shown(Class::ZonedDateTime, time, calendar)
    })
}

/// `toLocaleString`; without `Intl` the text of `toString`, which is what `plain` makes.
pub(super) fn to_locale_string<T: Item>(
    vm: &mut Vm,
    args: &Args<'_>,
    plain: NativeText,
) -> Completion {
    #[cfg(feature = "intl")]
    {
        this::<T>(vm, args, "toLocaleString")?;
        if let Some(shown) = shown(vm, args.this) {
            return intl::temporal_to_locale_string(vm, &shown, args.at(0), args.at(1));
        }
    }
    plain(vm, args, "toLocaleString")
}
