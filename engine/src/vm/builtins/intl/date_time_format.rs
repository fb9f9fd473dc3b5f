//! `Intl.DateTimeFormat` and `toLocaleString` of dates. Source: <https://tc39.es/ecma402/#datetimeformat-objects>.
//!
//! ICU4X chooses a pattern by a set of fields and one length; what a program asks of single fields beyond that (`2-digit`, a
//! short weekday beside a long month) is done to the parts afterwards, in `date_fields`.

use icu::{
    calendar::Iso,
    datetime::{DateTimeFormatter, fieldsets::enums::CompositeFieldSet},
    decimal::DecimalFormatter,
    locale::Locale,
    time::{TimeZoneInfo, ZonedDateTime, zone::UtcOffset, zone::models::AtTime},
};

use super::{
    Class, create_or_call,
    date_fields::{self, Fields},
    locales::{Resolved, canonicalize_list, resolve, set_keyword},
    no_data,
    options::Options,
    parts::{Run, joined, runs_of},
    parts_array, put, put_text, set_state, state, this,
    zones::Zone,
};
#[cfg(feature = "temporal")]
use crate::vm::builtins::temporal;
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    realm::Intrinsic,
    value::Value,
};

/// A moment with the local time that it is shown in.
pub(super) type Moment = ZonedDateTime<Iso, TimeZoneInfo<AtTime>>;

/// A formatter of some set of fields.
pub(super) type Data = DateTimeFormatter<CompositeFieldSet>;

/// A formatter's state.
pub(super) struct DateTimeFormat {
    pub resolved: Resolved,
    pub locale: Locale,
    pub calendar: String,
    numbering: String,
    pub zone: Zone,
    /// What the options ask for.
    #[cfg_attr(
        not(feature = "temporal"),
        allow(dead_code, reason = "objects of Temporal want it")
    )]
    pub asked: Fields,
    /// What is shown: that, and what is added when it is too little.
    pub fields: Fields,
    hour_cycle: Option<&'static str>,
    data: Data,
    /// The weekday alone, where its length is not the rest's.
    weekday: Option<Data>,
    /// The digits that numbers are rewritten with.
    digits: DecimalFormatter,
}

/// What `CreateDateTimeFormat` asks for and fills in when the options name no field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Date,
    Time,
    /// Any field counts; dates are the default.
    Any,
    /// Any field counts; date and time are the default.
    All,
}

/// Declares `Intl.DateTimeFormat`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "DateTimeFormat",
        tag: "Intl.DateTimeFormat",
        construct,
        length: 0,
        constructor: Intrinsic::IntlDateTimeFormat,
        prototype: Intrinsic::IntlDateTimeFormatPrototype,
    };
    let (_, prototype) = class.install_service(vm, intl);
    vm.define_getter(prototype, "format", get_format);
    vm.define_methods(
        prototype,
        &[
            ("formatRange", 2, format_range),
            ("formatRangeToParts", 2, format_range_to_parts),
            ("formatToParts", 1, format_to_parts),
            ("resolvedOptions", 0, resolved_options),
        ],
    );
}

/// `Intl.DateTimeFormat(locales, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = create_or_call(vm, args, Intrinsic::IntlDateTimeFormatPrototype)?;
    let object = vm.root(object);
    let format = new_date_time_format(vm, args.at(0), args.at(1), Wanted::Any, None)?;
    set_state(vm, object, format);
    super::chain(vm, args, object, Intrinsic::IntlDateTimeFormat)
}

/// `CreateDateTimeFormat`; an object with a time zone brings it and allows no other.
pub(super) fn new_date_time_format(
    vm: &mut Vm,
    locales: Value,
    options: Value,
    wanted: Wanted,
    own_zone: Option<&str>,
) -> Completion<DateTimeFormat> {
    let requested = canonicalize_list(vm, locales)?;
    let options = Options::coerce(vm, options, "Intl.DateTimeFormat")?;
    options.matcher(vm)?;
    let calendar = options.keyword(vm, "calendar")?;
    let numbering = options.keyword(vm, "numberingSystem")?;
    let hour12 = options.boolean(vm, "hour12")?;
    let cycles = &["h11", "h12", "h23", "h24"];
    let mut cycle = options.one_of(vm, "hourCycle", cycles)?;
    if hour12.is_some() {
        cycle = None;
    }
    let keys = [
        ("ca", calendar),
        ("nu", numbering),
        ("hc", cycle.map(str::to_owned)),
    ];
    let resolved = resolve(vm, &requested, &keys);
    let zone = options.get(vm, "timeZone")?;
    let zone = match own_zone {
        Some(_) if !zone.is_undefined() => {
            return Err(vm.throw_type("Invalid option : timeZone"));
        }
        Some(own) => match Zone::parse(own) {
            Some(zone) => zone,
            None => return Err(vm.throw_range(format!("Invalid time zone specified: {own}"))),
        },
        None => Zone::from_option(vm, zone)?,
    };
    let asked = Fields::read(vm, &options, wanted)?;
    let fields = asked.with_defaults(wanted);
    let mut locale = resolved.data_locale();
    match hour12 {
        Some(true) if resolved.base.starts_with("ja") => set_keyword(&mut locale, "hc", "h11"),
        Some(true) => set_keyword(&mut locale, "hc", "h12"),
        Some(false) => set_keyword(&mut locale, "hc", "h23"),
        None => {}
    }
    DateTimeFormat::build(resolved, locale, zone, asked, fields).ok_or_else(|| no_data(vm))
}

impl DateTimeFormat {
    pub fn build(
        resolved: Resolved,
        locale: Locale,
        zone: Zone,
        asked: Fields,
        fields: Fields,
    ) -> Option<Self> {
        let load = |set| Data::try_new((&locale).into(), set).ok();
        let data = load(fields.field_set()?)?;
        let weekday = match fields.separate_weekday() {
            Some(set) => load(set),
            None => None,
        };
        let digits = DecimalFormatter::try_new((&locale).into(), Default::default()).ok()?;
        let numbering = super::number_format::numbering_of(&locale, &digits);
        let calendar = match super::locales::keyword(&locale, "ca") {
            Some(calendar) => calendar,
            None => date_fields::default_calendar(&resolved.base).to_owned(),
        };
        let mut format = Self {
            resolved,
            locale,
            calendar,
            numbering,
            zone,
            asked,
            fields,
            hour_cycle: None,
            data,
            weekday,
            digits,
        };
        if format.fields.has_hour() {
            format.hour_cycle = Some(format.find_hour_cycle());
        }
        Some(format)
    }

    /// The hour cycle that the locale's pattern has.
    fn find_hour_cycle(&self) -> &'static str {
        match super::locales::keyword(&self.locale, "hc").as_deref() {
            Some("h11") => return "h11",
            Some("h12") => return "h12",
            Some("h23") => return "h23",
            Some("h24") => return "h24",
            _ => {}
        }
        let utc = UtcOffset::zero();
        let noon = self.zone.at(43_200_000, utc);
        let runs = runs_of(&self.data.format(&noon));
        if runs.iter().any(|run| run.0 == "dayPeriod") {
            "h12"
        } else {
            "h23"
        }
    }

    /// The parts of a time value.
    pub fn parts(&self, t: f64, offset_seconds: i32) -> Vec<Run> {
        let offset = UtcOffset::try_from_seconds(offset_seconds).unwrap_or(UtcOffset::zero());
        let moment = self.zone.at(t as i64, offset);
        let mut runs = runs_of(&self.data.format(&moment));
        if let Some(weekday) = &self.weekday {
            let alone = runs_of(&weekday.format(&moment));
            let name = alone.iter().find(|run| run.0 == "weekday").cloned();
            if let (Some(name), Some(at)) = (name, runs.iter().position(|run| run.0 == "weekday"))
                && let Some(run) = runs.get_mut(at)
            {
                *run = name;
            }
        }
        let year = moment.date.year().extended_year();
        self.fields
            .refine(&mut runs, &self.resolved.base, &self.digits, year);
        for run in &mut runs {
            // V8 shows plain blanks here.
            if run.1.contains(['\u{202F}', '\u{2009}']) {
                run.1 = run.1.replace(['\u{202F}', '\u{2009}'], " ");
            }
        }
        runs
    }
}

/// A time value from an argument; now when it is undefined.
fn time_value(vm: &mut Vm, value: Value) -> Completion<f64> {
    let t = if value.is_undefined() {
        vm.host.now_ms.as_ref().map_or(0.0, |now| now())
    } else {
        vm.to_number(value)?
    };
    if !t.is_finite() || t.abs() > 8.64e15 {
        return Err(vm.throw_range("Invalid time value"));
    }
    Ok(t.trunc())
}

/// The parts of an argument of `format`.
fn parts_of_value(vm: &mut Vm, format: Value, value: Value) -> Completion<Vec<Run>> {
    #[cfg(feature = "temporal")]
    if let Some(shown) = temporal::locale::shown(vm, value) {
        return super::temporal_format::temporal_parts(vm, format, &shown);
    }
    let t = time_value(vm, value)?;
    Ok(parts_of(vm, format, t))
}

/// `ToDateTimeFormattable`: an object of `Temporal`, or a number.
fn formattable(vm: &mut Vm, value: Value) -> Completion {
    #[cfg(feature = "temporal")]
    if temporal::locale::shown(vm, value).is_some() {
        return Ok(value);
    }
    vm.to_number(value).map(Value::number)
}

/// Are both of the same class of `Temporal`, or neither of any?
#[cfg(feature = "temporal")]
fn same_class(vm: &Vm, one: Value, two: Value) -> bool {
    let class = |value| temporal::locale::shown(vm, value).map(|shown| shown.class);
    class(one) == class(two)
}

fn parts_of(vm: &Vm, format: Value, t: f64) -> Vec<Run> {
    state::<DateTimeFormat>(vm, format).map_or_else(Vec::new, |format| {
        format.parts(t, format.zone.offset_seconds(vm, t))
    })
}

/// `get Intl.DateTimeFormat.prototype.format`
fn get_format(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let method = "get Intl.DateTimeFormat.prototype.format";
    let object = unwrap(vm, args, method)?;
    if object.internal(1).is_undefined() {
        let name = vm.heap.key("");
        let bound = vm.new_native_with(format, name, 1, object.into());
        object.set_internal(1, bound.into());
    }
    Ok(object.internal(1))
}

fn unwrap(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Obj> {
    super::unwrap::<DateTimeFormat>(vm, args, Intrinsic::IntlDateTimeFormat, method)
}

fn format(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = joined(&parts_of_value(vm, args.captured(), args.at(0))?);
    Ok(vm.str(&text).into())
}

/// `Intl.DateTimeFormat.prototype.formatToParts`
fn format_to_parts(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this::<DateTimeFormat>(vm, args, "Intl.DateTimeFormat.prototype.formatToParts")?;
    let parts = parts_of_value(vm, args.this, args.at(0))?;
    Ok(parts_array(vm, &parts)?.into())
}

fn range(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Vec<(Run, &'static str)>> {
    this::<DateTimeFormat>(vm, args, method)?;
    if args.at(0).is_undefined() || args.at(1).is_undefined() {
        return Err(vm.throw_type("Invalid time value"));
    }
    let start = formattable(vm, args.at(0))?;
    let end = formattable(vm, args.at(1))?;
    #[cfg(feature = "temporal")]
    if !same_class(vm, start, end) {
        return Err(vm.throw_type("Both ends of a range must be of the same kind"));
    }
    let first = parts_of_value(vm, args.this, start)?;
    let second = parts_of_value(vm, args.this, end)?;
    if first == second {
        return Ok(first.into_iter().map(|run| (run, "shared")).collect());
    }
    Ok(date_fields::join_range(first, second))
}

/// `Intl.DateTimeFormat.prototype.formatRange`
fn format_range(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let runs = range(vm, args, "Intl.DateTimeFormat.prototype.formatRange")?;
    let text: String = runs.iter().map(|(run, _)| run.1.as_str()).collect();
    Ok(vm.str(&text).into())
}

/// `Intl.DateTimeFormat.prototype.formatRangeToParts`
fn format_range_to_parts(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let runs = range(vm, args, "Intl.DateTimeFormat.prototype.formatRangeToParts")?;
    Ok(super::sourced_parts_array(vm, &runs)?.into())
}

/// `Intl.DateTimeFormat.prototype.resolvedOptions`
fn resolved_options(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let method = "Intl.DateTimeFormat.prototype.resolvedOptions";
    let target = unwrap(vm, args, method)?;
    let Some(format) = state::<DateTimeFormat>(vm, target.into()) else {
        return Ok(Value::UNDEFINED);
    };
    let texts = [
        ("locale", format.resolved.locale.clone()),
        ("calendar", format.calendar.clone()),
        ("numberingSystem", format.numbering.clone()),
        ("timeZone", format.zone.name().to_owned()),
    ];
    let (cycle, fields) = (format.hour_cycle, format.fields);
    let object = vm.new_plain_object();
    for (name, text) in &texts {
        put_text(vm, object, name, text);
    }
    if let Some(cycle) = cycle {
        put_text(vm, object, "hourCycle", cycle);
        let hour12 = matches!(cycle, "h11" | "h12");
        put(vm, object, "hour12", Value::bool(hour12));
    }
    fields.show(vm, object);
    Ok(object.into())
}

/// `Date.prototype.toLocaleString` and its kin, of a valid time value.
pub(in crate::vm) fn date_to_locale_string(
    vm: &mut Vm,
    t: f64,
    wanted: &str,
    locales: Value,
    options: Value,
) -> Completion {
    let wanted = match wanted {
        "toLocaleDateString" => Wanted::Date,
        "toLocaleTimeString" => Wanted::Time,
        _ => Wanted::All,
    };
    let format = new_date_time_format(vm, locales, options, wanted, None)?;
    let text = if t.is_nan() {
        "Invalid Date".to_owned()
    } else {
        joined(&format.parts(t, format.zone.offset_seconds(vm, t)))
    };
    Ok(vm.str(&text).into())
}
