//! `Intl.RelativeTimeFormat`. Source: <https://tc39.es/ecma402/#relativetimeformat-objects>.

use fixed_decimal::{Decimal, Sign, SignDisplay};
use icu::{
    decimal::DecimalFormatter,
    experimental::relativetime::{
        RelativeTimeFormatter as Data,
        options::{Numeric, RelativeTimeFormatterOptions},
    },
    locale::Locale,
};

use super::{
    Class, create,
    digits::Number,
    locales::{Resolved, canonicalize_list, resolve},
    no_data,
    options::Options,
    parts::{Run, joined, runs_of},
    put_text, set_state, state, this,
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    realm::Intrinsic,
    value::Value,
};

struct RelativeTimeFormat {
    resolved: Resolved,
    style: &'static str,
    numeric: &'static str,
    numbering: String,
    digits: DecimalFormatter,
}

/// Declares `Intl.RelativeTimeFormat`.
pub(super) fn install(vm: &mut Vm, intl: Obj) {
    let class = Class {
        name: "RelativeTimeFormat",
        tag: "Intl.RelativeTimeFormat",
        construct,
        length: 0,
        constructor: Intrinsic::IntlRelativeTimeFormat,
        prototype: Intrinsic::IntlRelativeTimeFormatPrototype,
    };
    let (_, prototype) = class.install_service(vm, intl);
    vm.define_methods(
        prototype,
        &[
            ("format", 2, format),
            ("formatToParts", 2, format_to_parts),
            ("resolvedOptions", 0, resolved_options),
        ],
    );
}

/// `new Intl.RelativeTimeFormat(locales, options)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let prototype = Intrinsic::IntlRelativeTimeFormatPrototype;
    let object = create(vm, args, "RelativeTimeFormat", prototype)?;
    let object = vm.root(object);
    let requested = canonicalize_list(vm, args.at(0))?;
    let options = Options::coerce(vm, args.at(1), "Intl.RelativeTimeFormat")?;
    options.matcher(vm)?;
    let numbering = options.keyword(vm, "numberingSystem")?;
    let resolved = resolve(vm, &requested, &[("nu", numbering)]);
    let style = options.choice(vm, "style", "long", &["long", "short", "narrow"])?;
    let numeric = options.choice(vm, "numeric", "always", &["always", "auto"])?;
    let locale = resolved.data_locale();
    let Ok(digits) = DecimalFormatter::try_new((&locale).into(), Default::default()) else {
        return Err(no_data(vm));
    };
    let numbering = super::number_format::numbering_of(&locale, &digits);
    set_state(
        vm,
        object,
        RelativeTimeFormat {
            resolved,
            style,
            numeric,
            numbering,
            digits,
        },
    );
    Ok(object.into())
}

/// The data of a unit, in a style.
fn load(locale: &Locale, style: &str, unit: &str, numeric: &str) -> Option<Data> {
    let mut options = RelativeTimeFormatterOptions::default();
    if numeric == "auto" {
        options.numeric = Numeric::Auto;
    }
    let prefs = locale.into();
    match (style, unit) {
        ("long", "second") => Data::try_new_long_second(prefs, options),
        ("long", "minute") => Data::try_new_long_minute(prefs, options),
        ("long", "hour") => Data::try_new_long_hour(prefs, options),
        ("long", "day") => Data::try_new_long_day(prefs, options),
        ("long", "week") => Data::try_new_long_week(prefs, options),
        ("long", "month") => Data::try_new_long_month(prefs, options),
        ("long", "quarter") => Data::try_new_long_quarter(prefs, options),
        ("long", "year") => Data::try_new_long_year(prefs, options),
        ("short", "second") => Data::try_new_short_second(prefs, options),
        ("short", "minute") => Data::try_new_short_minute(prefs, options),
        ("short", "hour") => Data::try_new_short_hour(prefs, options),
        ("short", "day") => Data::try_new_short_day(prefs, options),
        ("short", "week") => Data::try_new_short_week(prefs, options),
        ("short", "month") => Data::try_new_short_month(prefs, options),
        ("short", "quarter") => Data::try_new_short_quarter(prefs, options),
        ("short", "year") => Data::try_new_short_year(prefs, options),
        ("narrow", "second") => Data::try_new_narrow_second(prefs, options),
        ("narrow", "minute") => Data::try_new_narrow_minute(prefs, options),
        ("narrow", "hour") => Data::try_new_narrow_hour(prefs, options),
        ("narrow", "day") => Data::try_new_narrow_day(prefs, options),
        ("narrow", "week") => Data::try_new_narrow_week(prefs, options),
        ("narrow", "month") => Data::try_new_narrow_month(prefs, options),
        ("narrow", "quarter") => Data::try_new_narrow_quarter(prefs, options),
        ("narrow", "year") => Data::try_new_narrow_year(prefs, options),
        _ => return None,
    }
    .ok()
}

/// `SingularRelativeTimeUnit`
fn singular(unit: &str) -> Option<&str> {
    const UNITS: &str = "second minute hour day week month quarter year";
    let name = unit.strip_suffix('s').unwrap_or(unit);
    super::options::contains(UNITS, name).then_some(name)
}

/// `PartitionRelativeTimePattern`: the parts and the unit.
fn parts(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<(Vec<Run>, String)> {
    this::<RelativeTimeFormat>(vm, args, method)?;
    let value = vm.to_number(args.at(0))?;
    let unit = vm.to_string(args.at(1))?;
    let unit = vm.heap.units(&unit).to_string_lossy();
    let (Number::Finite(number), true) = (Number::from_f64(value), value.is_finite()) else {
        return Err(vm.throw_range(format!("Value need to be finite number for {method}()")));
    };
    let Some(unit) = singular(&unit) else {
        return Err(vm.throw_range(format!("Invalid unit argument for {method}() '{unit}'")));
    };
    let runs =
        state::<RelativeTimeFormat>(vm, args.this).and_then(|format| format.parts(number, unit));
    match runs {
        Some(runs) => Ok((runs, unit.to_owned())),
        None => Err(no_data(vm)),
    }
}

impl RelativeTimeFormat {
    fn parts(&self, mut number: Decimal, unit: &str) -> Option<Vec<Run>> {
        let locale = self.resolved.data_locale();
        number.round(-3);
        number.trim_end();
        let data = load(&locale, self.style, unit, self.numeric)?;
        let text = data.format(number.clone()).to_string();
        let unsigned = number
            .with_sign(Sign::None)
            .with_sign_display(SignDisplay::Never);
        let core = runs_of(&self.digits.format(&unsigned));
        let shown = joined(&core);
        let mut runs = Vec::new();
        match text.split_once(shown.as_str()) {
            Some((before, after)) => {
                for (text, at) in [(before, 0), (after, 1)] {
                    if !text.is_empty() {
                        runs.push(("literal", text.to_owned()));
                    }
                    if at == 0 {
                        runs.extend(core.iter().cloned());
                    }
                }
            }
            None => runs.push(("literal", text)),
        }
        Some(runs)
    }
}

/// `Intl.RelativeTimeFormat.prototype.format`
fn format(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (runs, _) = parts(vm, args, "Intl.RelativeTimeFormat.prototype.format")?;
    Ok(vm.str(&joined(&runs)).into())
}

/// `Intl.RelativeTimeFormat.prototype.formatToParts`
fn format_to_parts(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (runs, unit) = parts(vm, args, "Intl.RelativeTimeFormat.prototype.formatToParts")?;
    let array = vm.new_array();
    for (kind, text) in &runs {
        let object = vm.new_plain_object();
        put_text(vm, object, "type", kind);
        put_text(vm, object, "value", text);
        if *kind != "literal" {
            put_text(vm, object, "unit", &unit);
        }
        vm.array_push(array, object.into())?;
    }
    Ok(array.into())
}

/// `Intl.RelativeTimeFormat.prototype.resolvedOptions`
fn resolved_options(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let method = "Intl.RelativeTimeFormat.prototype.resolvedOptions";
    this::<RelativeTimeFormat>(vm, args, method)?;
    let Some(format) = state::<RelativeTimeFormat>(vm, args.this) else {
        return Ok(Value::UNDEFINED);
    };
    let (locale, style) = (format.resolved.locale.clone(), format.style);
    let (numeric, numbering) = (format.numeric, format.numbering.clone());
    let object = vm.new_plain_object();
    put_text(vm, object, "locale", &locale);
    put_text(vm, object, "style", style);
    put_text(vm, object, "numeric", numeric);
    put_text(vm, object, "numberingSystem", &numbering);
    Ok(object.into())
}
