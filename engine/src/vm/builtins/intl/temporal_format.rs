//! `DateTimeFormat` of objects of `Temporal`: which fields each class shows, and which formatters may show it. Source:
//! <https://tc39.es/proposal-temporal/#sec-getdatetimeformat>.

use super::{
    date_fields::Fields,
    date_time_format::{DateTimeFormat, Wanted, new_date_time_format},
    no_data,
    parts::{Run, joined},
    state,
    zones::Zone,
};
use crate::vm::{
    builtins::temporal::locale::{Class, Shown},
    machine::{Completion, Throw, Vm},
    value::Value,
};

/// Why a formatter does not show an object.
enum Refusal {
    /// It has another calendar.
    Calendar,
    /// None of the fields that the formatter shows is one of the object's.
    Fields,
    Data,
}

impl Refusal {
    #[cold]
    fn throw(self, vm: &mut Vm) -> Throw {
        match self {
            Self::Calendar => vm.throw_range("The calendars of object and formatter differ"),
            Self::Fields => vm.throw_type("The formatter shows nothing that the object has"),
            Self::Data => no_data(vm),
        }
    }
}

const NUMERIC: Option<&str> = Some("numeric");

impl Fields {
    /// The fields that a formatter which was asked for these shows of an object of a class: `GetDateTimeFormat`, and
    /// `AdjustDateTimeStyleFormat` for styles. None if it shows none.
    fn of_class(&self, class: Class) -> Option<Self> {
        if self.date_style.is_some() || self.time_style.is_some() {
            return self.of_class_styled(class);
        }
        let asked_date = [self.weekday, self.year, self.month, self.day];
        let asked_time = [self.day_period, self.hour, self.minute, self.second];
        let asked =
            self.fraction.is_some() || asked_date.iter().chain(&asked_time).any(Option::is_some);
        let mut fields = *self;
        if !matches!(class, Class::Instant | Class::ZonedDateTime) {
            fields.zone_name = None;
        }
        match class {
            Class::PlainDate => fields.drop_time(),
            Class::PlainYearMonth => {
                fields.drop_time();
                (fields.weekday, fields.day) = (None, None);
            }
            Class::PlainMonthDay => {
                fields.drop_time();
                (fields.weekday, fields.year, fields.era) = (None, None, None);
            }
            Class::PlainTime => {
                (fields.weekday, fields.era, fields.year) = (None, None, None);
                (fields.month, fields.day) = (None, None);
            }
            Class::Instant | Class::PlainDateTime | Class::ZonedDateTime => {}
        }
        let left_date = [fields.weekday, fields.year, fields.month, fields.day];
        let left_time = [fields.day_period, fields.hour, fields.minute, fields.second];
        let is_left =
            fields.fraction.is_some() || left_date.iter().chain(&left_time).any(Option::is_some);
        match (is_left, asked) {
            (true, _) => Some(fields),
            (false, true) => None,
            (false, false) => Some(fields.with_defaults_of(class)),
        }
    }

    fn drop_time(&mut self) {
        (self.day_period, self.hour, self.minute) = (None, None, None);
        (self.second, self.fraction) = (None, None);
    }

    fn with_defaults_of(mut self, class: Class) -> Self {
        if class != Class::PlainTime {
            self.month = NUMERIC;
            if class != Class::PlainMonthDay {
                self.year = NUMERIC;
            }
            if class != Class::PlainYearMonth {
                self.day = NUMERIC;
            }
        }
        let has_time = !matches!(
            class,
            Class::PlainDate | Class::PlainMonthDay | Class::PlainYearMonth
        );
        if has_time {
            (self.hour, self.minute, self.second) = (NUMERIC, NUMERIC, NUMERIC);
        }
        if class == Class::ZonedDateTime && self.zone_name.is_none() {
            self.zone_name = Some("short");
        }
        self
    }

    fn of_class_styled(&self, class: Class) -> Option<Self> {
        let month = match self.date_style {
            Some("full" | "long") => Some("long"),
            Some("medium") => Some("short"),
            _ => NUMERIC,
        };
        // The longer styles of times end in a zone, which a plain time has not.
        let plain_time = match self.time_style {
            Some("full" | "long") => Some("medium"),
            style => style,
        };
        match class {
            Class::Instant | Class::ZonedDateTime => Some(*self),
            Class::PlainDate => self.date_style.map(|_| Self {
                time_style: None,
                ..*self
            }),
            Class::PlainYearMonth => self.date_style.map(|style| Self {
                year: Some(if style == "short" {
                    "2-digit"
                } else {
                    "numeric"
                }),
                month,
                ..Self::default()
            }),
            Class::PlainMonthDay => self.date_style.map(|_| Self {
                month,
                day: NUMERIC,
                ..Self::default()
            }),
            Class::PlainTime => plain_time.map(|_| Self {
                date_style: None,
                time_style: plain_time,
                ..*self
            }),
            Class::PlainDateTime => Some(Self {
                time_style: plain_time,
                ..*self
            }),
        }
    }
}

impl DateTimeFormat {
    /// The formatter of an object, made from one that was made for no class in particular.
    fn of_object(&self, shown: &Shown) -> Result<Self, Refusal> {
        let exact = matches!(shown.class, Class::PlainMonthDay | Class::PlainYearMonth);
        if let Some(calendar) = shown.calendar
            && calendar != self.calendar
            && (exact || calendar != "iso8601")
        {
            return Err(Refusal::Calendar);
        }
        let fields = self.asked.of_class(shown.class).ok_or(Refusal::Fields)?;
        let zone = match shown.class {
            Class::Instant | Class::ZonedDateTime => self.zone.clone(),
            _ => Zone::utc(),
        };
        let (resolved, locale) = (self.resolved.clone(), self.locale.clone());
        Self::build(resolved, locale, zone, self.asked, fields).ok_or(Refusal::Data)
    }
}

/// The parts of an object, as the formatter that `format` is shows it.
pub(super) fn temporal_parts(vm: &mut Vm, format: Value, shown: &Shown) -> Completion<Vec<Run>> {
    if shown.class == Class::ZonedDateTime {
        return Err(vm.throw_type("Use toLocaleString() of a Temporal.ZonedDateTime to format it"));
    }
    let Some(format) = state::<DateTimeFormat>(vm, format) else {
        return Ok(Vec::new());
    };
    match format.of_object(shown) {
        Ok(format) => Ok(format.parts(shown.t, format.zone.offset_seconds(vm, shown.t))),
        Err(refusal) => Err(refusal.throw(vm)),
    }
}

/// `toLocaleString` of the classes of `Temporal`.
pub(in crate::vm::builtins) fn temporal_to_locale_string(
    vm: &mut Vm,
    shown: &Shown,
    locales: Value,
    options: Value,
) -> Completion {
    let wanted = match shown.class {
        Class::PlainDate | Class::PlainMonthDay | Class::PlainYearMonth => Wanted::Date,
        Class::PlainTime => Wanted::Time,
        Class::Instant | Class::PlainDateTime | Class::ZonedDateTime => Wanted::All,
    };
    let format = new_date_time_format(vm, locales, options, wanted, shown.zone.as_deref())?;
    match format.of_object(shown) {
        Ok(format) => {
            let parts = format.parts(shown.t, format.zone.offset_seconds(vm, shown.t));
            Ok(vm.str(&joined(&parts)).into())
        }
        Err(refusal) => Err(refusal.throw(vm)),
    }
}
