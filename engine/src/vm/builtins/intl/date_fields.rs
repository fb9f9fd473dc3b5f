//! The fields that a `DateTimeFormat` shows: read from the options, turned into a field set of ICU4X, and what single fields
//! ask for beyond that done to the parts. Source: <https://tc39.es/ecma402/#sec-createdatetimeformat>.

use fixed_decimal::Decimal;
use icu::{
    datetime::{
        fieldsets::{
            builder::{DateFields, FieldSetBuilder, ZoneStyle},
            enums::CompositeFieldSet,
        },
        options::{Length, SubsecondDigits, TimePrecision, YearStyle},
    },
    decimal::DecimalFormatter,
};

use super::{date_time_format::Wanted, options::Options, parts::Run, put, put_text};
use crate::vm::{
    heap::Obj,
    machine::{Completion, Vm},
    value::Value,
};

type Choice = Option<&'static str>;

/// What to show.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fields {
    pub(super) weekday: Choice,
    pub(super) era: Choice,
    pub(super) year: Choice,
    pub(super) month: Choice,
    pub(super) day: Choice,
    pub(super) day_period: Choice,
    pub(super) hour: Choice,
    pub(super) minute: Choice,
    pub(super) second: Choice,
    pub(super) fraction: Option<u32>,
    pub(super) zone_name: Choice,
    pub(super) date_style: Choice,
    pub(super) time_style: Choice,
}

const WIDTHS: &[&str] = &["narrow", "short", "long"];
const DIGITS: &[&str] = &["2-digit", "numeric"];
const STYLES: &[&str] = &["full", "long", "medium", "short"];
const ZONE_NAMES: &[&str] = &[
    "short",
    "long",
    "shortOffset",
    "longOffset",
    "shortGeneric",
    "longGeneric",
];

impl Fields {
    /// Reads them in the order of the specification; none is added.
    pub fn read(vm: &mut Vm, options: &Options, wanted: Wanted) -> Completion<Self> {
        let months = &["2-digit", "numeric", "narrow", "short", "long"];
        let mut fields = Self {
            weekday: options.one_of(vm, "weekday", WIDTHS)?,
            era: options.one_of(vm, "era", WIDTHS)?,
            year: options.one_of(vm, "year", DIGITS)?,
            month: options.one_of(vm, "month", months)?,
            day: options.one_of(vm, "day", DIGITS)?,
            day_period: options.one_of(vm, "dayPeriod", WIDTHS)?,
            hour: options.one_of(vm, "hour", DIGITS)?,
            minute: options.one_of(vm, "minute", DIGITS)?,
            second: options.one_of(vm, "second", DIGITS)?,
            fraction: options.number(vm, "fractionalSecondDigits", 1, 3)?,
            zone_name: options.one_of(vm, "timeZoneName", ZONE_NAMES)?,
            ..Self::default()
        };
        options.one_of(vm, "formatMatcher", &["basic", "best fit"])?;
        fields.date_style = options.one_of(vm, "dateStyle", STYLES)?;
        fields.time_style = options.one_of(vm, "timeStyle", STYLES)?;
        if fields.date_style.is_some() || fields.time_style.is_some() {
            fields.check_styles(vm, wanted)?;
        }
        Ok(fields)
    }

    fn named(&self) -> [(&'static str, Choice); 10] {
        [
            ("weekday", self.weekday),
            ("era", self.era),
            ("year", self.year),
            ("month", self.month),
            ("day", self.day),
            ("dayPeriod", self.day_period),
            ("hour", self.hour),
            ("minute", self.minute),
            ("second", self.second),
            ("timeZoneName", self.zone_name),
        ]
    }

    fn check_styles(&self, vm: &mut Vm, wanted: Wanted) -> Completion<()> {
        let style = if self.date_style.is_some() {
            "dateStyle"
        } else {
            "timeStyle"
        };
        let named = self
            .named()
            .into_iter()
            .find(|(_, choice)| choice.is_some());
        if let Some((name, _)) = named {
            return Err(vm.throw_type(format!("Can't set option {name} when {style} is used")));
        }
        if self.fraction.is_some() {
            let text = format!("Can't set option fractionalSecondDigits when {style} is used");
            return Err(vm.throw_type(text));
        }
        if wanted == Wanted::Date && self.time_style.is_some() {
            return Err(vm.throw_type("Invalid option : timeStyle"));
        }
        if wanted == Wanted::Time && self.date_style.is_some() {
            return Err(vm.throw_type("Invalid option : dateStyle"));
        }
        Ok(())
    }

    /// What is shown when the options name no field that counts.
    pub fn with_defaults(mut self, wanted: Wanted) -> Self {
        if self.date_style.is_some() || self.time_style.is_some() {
            return self;
        }
        let date = [self.weekday, self.year, self.month, self.day];
        let time = [self.day_period, self.hour, self.minute, self.second];
        let has_date = date.iter().any(Option::is_some);
        let has_time = time.iter().any(Option::is_some) || self.fraction.is_some();
        let missing = match wanted {
            Wanted::Date => !has_date,
            Wanted::Time => !has_time,
            Wanted::Any | Wanted::All => !has_date && !has_time,
        };
        if missing && wanted != Wanted::Time {
            (self.year, self.month, self.day) = (Some("numeric"), Some("numeric"), Some("numeric"));
        }
        if missing && matches!(wanted, Wanted::Time | Wanted::All) {
            (self.hour, self.minute, self.second) =
                (Some("numeric"), Some("numeric"), Some("numeric"));
        }
        self
    }

    pub const fn has_hour(&self) -> bool {
        self.hour.is_some() || self.time_style.is_some()
    }

    fn length(&self) -> Length {
        match (self.date_style, self.month, self.weekday) {
            (Some("full" | "long"), ..) => Length::Long,
            (Some("medium"), ..) => Length::Medium,
            (Some(_), ..) => Length::Short,
            (_, Some("long"), _) => Length::Long,
            (_, Some("short" | "narrow"), _) => Length::Medium,
            (_, Some(_), _) => Length::Short,
            (_, _, Some("long")) => Length::Long,
            (_, _, Some(_)) => Length::Medium,
            _ => Length::Short,
        }
    }

    fn date_fields(&self) -> Option<DateFields> {
        if let Some(style) = self.date_style {
            return Some(if style == "full" {
                DateFields::YMDE
            } else {
                DateFields::YMD
            });
        }
        let has = |choice: Choice| choice.is_some();
        Some(
            match (
                has(self.year),
                has(self.month),
                has(self.day),
                has(self.weekday),
            ) {
                (true, true, true, true) | (true, _, true, true) => DateFields::YMDE,
                (true, true, true, false) | (true, false, true, false) => DateFields::YMD,
                (true, true, false, true) | (true, false, false, true) => DateFields::YMDE,
                (true, true, false, false) => DateFields::YM,
                (true, false, false, false) => DateFields::Y,
                (false, true, true, true) | (false, true, false, true) => DateFields::MDE,
                (false, true, true, false) => DateFields::MD,
                (false, true, false, false) => DateFields::M,
                (false, false, true, true) => DateFields::DE,
                (false, false, true, false) => DateFields::D,
                (false, false, false, true) => DateFields::E,
                // An era is no field of a time.
                (false, false, false, false)
                    if has(self.era) && self.time_precision().is_none() =>
                {
                    DateFields::Y
                }
                (false, false, false, false) => return None,
            },
        )
    }

    fn time_precision(&self) -> Option<TimePrecision> {
        if let Some(style) = self.time_style {
            let short = style == "short";
            return Some(if short {
                TimePrecision::Minute
            } else {
                TimePrecision::Second
            });
        }
        if let Some(digits) = self.fraction {
            let digits = SubsecondDigits::try_from_int(digits as u8)?;
            return Some(TimePrecision::Subsecond(digits));
        }
        match (self.hour, self.minute, self.second) {
            (_, _, Some(_)) => Some(TimePrecision::Second),
            (_, Some(_), _) => Some(TimePrecision::Minute),
            (Some(_), ..) => Some(TimePrecision::Hour),
            _ if self.day_period.is_some() => Some(TimePrecision::Hour),
            _ => None,
        }
    }

    fn zone_style(&self) -> Option<ZoneStyle> {
        Some(match (self.time_style, self.zone_name) {
            (Some("full"), _) | (_, Some("long")) => ZoneStyle::SpecificLong,
            (Some("long"), _) | (_, Some("short")) => ZoneStyle::SpecificShort,
            (_, Some("shortOffset")) => ZoneStyle::LocalizedOffsetShort,
            (_, Some("longOffset")) => ZoneStyle::LocalizedOffsetLong,
            (_, Some("shortGeneric")) => ZoneStyle::GenericShort,
            (_, Some("longGeneric")) => ZoneStyle::GenericLong,
            _ => return None,
        })
    }

    /// The nearest set of fields that ICU4X has.
    pub fn field_set(&self) -> Option<CompositeFieldSet> {
        let mut builder = FieldSetBuilder::new();
        builder.date_fields = self.date_fields();
        builder.time_precision = self.time_precision();
        builder.zone_style = self.zone_style();
        if builder.date_fields.is_some() || builder.time_precision.is_some() {
            builder.length = Some(self.length());
        }
        let is_dated = builder.date_fields.is_some() && self.date_style.is_none();
        if is_dated && (self.year.is_some() || self.era.is_some()) {
            builder.year_style = Some(if self.era.is_some() {
                YearStyle::WithEra
            } else {
                YearStyle::Full
            });
        }
        builder.build_composite().ok()
    }

    /// The set of a weekday whose length is not the rest's.
    pub fn separate_weekday(&self) -> Option<CompositeFieldSet> {
        let weekday = self.weekday?;
        self.month?;
        let length = if weekday == "long" {
            Length::Long
        } else {
            Length::Medium
        };
        if length == self.length() {
            return None;
        }
        let mut builder = FieldSetBuilder::new();
        builder.date_fields = Some(DateFields::E);
        builder.length = Some(length);
        builder.build_composite().ok()
    }

    /// Does to single parts what the field set could not say.
    pub fn refine(&self, runs: &mut [Run], base: &str, digits: &DecimalFormatter, year: i32) {
        if self.date_style.is_some() || self.time_style.is_some() {
            return;
        }
        let padded = pads_dates(base);
        let numeric = Some("numeric");
        let whole = self.year.is_some() && self.month == numeric && self.day == numeric;
        for (kind, text) in runs {
            let choice = match *kind {
                "day" => self.day,
                "month" => self.month,
                "hour" => self.hour,
                "year" => self.year,
                _ => None,
            };
            let first = text.chars().next();
            if !first.is_some_and(char::is_numeric) {
                if *kind == "month" && self.month == Some("narrow")
                    || *kind == "weekday" && self.weekday == Some("narrow")
                {
                    text.truncate(first.map_or(0, char::len_utf8));
                }
                continue;
            }
            let n_digits = text.chars().filter(|c| c.is_numeric()).count();
            match (*kind, choice) {
                ("year", Some("2-digit")) if n_digits > 2 => {
                    let mut short = Decimal::from(year.rem_euclid(100));
                    short.pad_start(2);
                    *text = digits.format_to_string(&short);
                }
                ("day" | "month", Some("numeric")) if n_digits == 1 && padded && whole => {
                    text.insert_str(0, &digits.format_to_string(&Decimal::from(0)));
                }
                ("day" | "month" | "hour", Some("2-digit")) if n_digits == 1 => {
                    text.insert_str(0, &digits.format_to_string(&Decimal::from(0)));
                }
                ("day" | "month", Some("numeric")) if n_digits == 2 && !padded => {
                    let zero = digits.format_to_string(&Decimal::from(0));
                    if let Some(rest) = text.strip_prefix(zero.as_str()) {
                        *text = rest.to_owned();
                    }
                }
                _ => {}
            }
        }
    }

    /// Shows the fields in a result of `resolvedOptions`.
    pub fn show(&self, vm: &mut Vm, object: Obj) {
        for (name, choice) in self.named() {
            if name == "timeZoneName"
                && let Some(digits) = self.fraction
            {
                put(vm, object, "fractionalSecondDigits", Value::from(digits));
            }
            let Some(mut shown) = choice else { continue };
            if matches!(name, "minute" | "second") && self.hour.is_some() {
                shown = "2-digit";
            }
            put_text(vm, object, name, shown);
        }
        if let Some(style) = self.date_style {
            put_text(vm, object, "dateStyle", style);
        }
        if let Some(style) = self.time_style {
            put_text(vm, object, "timeStyle", style);
        }
    }
}

/// Do numeric dates of the locale have two digits for day and month?
fn pads_dates(base: &str) -> bool {
    const PADDED: &str = "af as az br bs-Cyrl cv eo fo fr fur ga gv hr hu hy ia it jv ka kea kgp kk kl ky lt mg mn mi \
        ne nso oc os pa-PK pt qu ro ru rw sc sd se st sv tn tr tk tt uk uz wo zu";
    let language = base.split('-').next().unwrap_or(base);
    match language {
        "en" => !matches!(
            base,
            "en" | "en-US" | "en-BI" | "en-GU" | "en-PH" | "en-PR" | "en-UM"
        ),
        "es" => matches!(base, "es-CL" | "es-PA" | "es-PR"),
        "kk" if base == "kk-CN" => false,
        _ => super::options::contains(PADDED, language) || super::options::contains(PADDED, base),
    }
}

/// The calendar that a locale has when none is asked for.
pub(super) fn default_calendar(base: &str) -> &'static str {
    match base.split('-').next().unwrap_or(base) {
        "th" => "buddhist",
        "fa" | "ps" | "mzn" | "lrc" => "persian",
        "ckb" if base.ends_with("IR") => "persian",
        _ if base == "ar-SA" => "islamic-umalqura",
        _ => "gregory",
    }
}

/// Two moments in one text: what they share at the beginning is said once when only times differ.
pub(super) fn join_range(first: Vec<Run>, second: Vec<Run>) -> Vec<(Run, &'static str)> {
    let is_time = |run: &Run| {
        matches!(
            run.0,
            "hour" | "minute" | "second" | "dayPeriod" | "fractionalSecond" | "timeZoneName"
        )
    };
    let dates = |runs: &[Run]| {
        let dates = runs
            .iter()
            .filter(|run| run.0 != "literal" && !is_time(run));
        dates.cloned().collect::<Vec<_>>()
    };
    let mut prefix = 0;
    let time_at = first.iter().position(is_time).unwrap_or(0);
    if time_at > 0
        && dates(&first) == dates(&second)
        && first.get(..time_at) == second.get(..time_at)
    {
        prefix = time_at;
    }
    let mut joined: Vec<_> = first
        .iter()
        .take(prefix)
        .map(|run| (run.clone(), "shared"))
        .collect();
    let mut start: Vec<Run> = first.into_iter().skip(prefix).collect();
    let end: Vec<Run> = second.into_iter().skip(prefix).collect();
    // The same half of the day is said once, behind.
    if let (Some(a), Some(b)) = (start.last(), end.last())
        && a.0 == "dayPeriod"
        && a == b
        && dates(&start).is_empty()
    {
        start.pop();
        if start.last().is_some_and(|run| run.0 == "literal") {
            start.pop();
        }
    }
    joined.extend(start.into_iter().map(|run| (run, "startRange")));
    joined.push((("literal", " – ".to_owned()), "shared"));
    joined.extend(end.into_iter().map(|run| (run, "endRange")));
    joined
}
