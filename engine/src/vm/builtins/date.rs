//! `Date`. Internal slot 0 is the time value. Source: ECMA-262 <https://tc39.es/ecma262/#sec-date-objects>.
//!
//! Local time and the clock are the host's ([`crate::vm::host::Host`]); without them it is UTC, and the epoch.

use crate::vm::{
    convert::Hint,
    date::{
        self, Fields, LocalZone, local_time, make_date, make_day, make_full_year, make_time,
        parse_units, time_clip, time_within_day, utc, zone_names,
    },
    heap::{Kind, Obj, Str, Units},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Date`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Date",
        7,
        construct,
        Intrinsic::Date,
        Intrinsic::DatePrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        constructor,
        &[("now", 0, now), ("parse", 1, parse), ("UTC", 7, date_utc)],
    );
    vm.define_methods(
        prototype,
        &[
            ("toString", 0, |vm, args| {
                text(vm, args, "toString", date::to_string)
            }),
            ("toDateString", 0, |vm, args| {
                text(vm, args, "toDateString", date::to_date_string)
            }),
            ("toTimeString", 0, |vm, args| {
                text(vm, args, "toTimeString", date::to_time_string)
            }),
            ("toISOString", 0, to_iso_string),
            ("toLocaleString", 0, |vm, args| {
                locale_text(vm, args, "toLocaleString", date::to_locale_string)
            }),
            ("toLocaleDateString", 0, |vm, args| {
                locale_text(vm, args, "toLocaleDateString", date::to_locale_date_string)
            }),
            ("toLocaleTimeString", 0, |vm, args| {
                locale_text(vm, args, "toLocaleTimeString", date::to_locale_time_string)
            }),
            ("toJSON", 1, to_json),
            ("valueOf", 0, get_time),
            ("getTime", 0, get_time),
            ("setTime", 1, set_time),
            ("getTimezoneOffset", 0, get_timezone_offset),
            ("getYear", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.year) - 1900.0)
            }),
            ("setYear", 1, set_year),
        ],
    );
    let to_utc = vm.define_method(prototype, "toUTCString", 0, |vm, args| {
        text(vm, args, "toUTCString", |t, _| date::to_utc_string(t))
    });
    vm.define_value(prototype, "toGMTString", to_utc, attr::METHOD);
    #[cfg(feature = "temporal")]
    vm.define_method(prototype, "toTemporalInstant", 0, |vm, args| {
        let (_, time) = this_time(vm, args)?;
        super::temporal::date_to_temporal_instant(vm, time)
    });
    install_getters(vm, prototype);
    install_setters(vm, prototype);
    let key = vm.method_key("@@toPrimitive");
    let method = vm.new_native(to_primitive, key, 1);
    vm.define_value(prototype, "@@toPrimitive", method, attr::C);
}

fn install_getters(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("getDate", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.date))
            }),
            ("getDay", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.week_day))
            }),
            ("getFullYear", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.year))
            }),
            ("getHours", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.hour))
            }),
            ("getMilliseconds", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.ms))
            }),
            ("getMinutes", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.minute))
            }),
            ("getMonth", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.month))
            }),
            ("getSeconds", 0, |vm, args| {
                get(vm, args, true, |fields| f64::from(fields.second))
            }),
            ("getUTCDate", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.date))
            }),
            ("getUTCDay", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.week_day))
            }),
            ("getUTCFullYear", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.year))
            }),
            ("getUTCHours", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.hour))
            }),
            ("getUTCMilliseconds", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.ms))
            }),
            ("getUTCMinutes", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.minute))
            }),
            ("getUTCMonth", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.month))
            }),
            ("getUTCSeconds", 0, |vm, args| {
                get(vm, args, false, |fields| f64::from(fields.second))
            }),
        ],
    );
}

fn install_setters(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("setDate", 1, |vm, args| set(vm, args, true, DATE, 1)),
            ("setFullYear", 3, |vm, args| set(vm, args, true, YEAR, 3)),
            ("setHours", 4, |vm, args| set(vm, args, true, HOUR, 4)),
            ("setMilliseconds", 1, |vm, args| set(vm, args, true, MS, 1)),
            ("setMinutes", 3, |vm, args| set(vm, args, true, MINUTE, 3)),
            ("setMonth", 2, |vm, args| set(vm, args, true, MONTH, 2)),
            ("setSeconds", 2, |vm, args| set(vm, args, true, SECOND, 2)),
            ("setUTCDate", 1, |vm, args| set(vm, args, false, DATE, 1)),
            ("setUTCFullYear", 3, |vm, args| {
                set(vm, args, false, YEAR, 3)
            }),
            ("setUTCHours", 4, |vm, args| set(vm, args, false, HOUR, 4)),
            ("setUTCMilliseconds", 1, |vm, args| {
                set(vm, args, false, MS, 1)
            }),
            ("setUTCMinutes", 3, |vm, args| {
                set(vm, args, false, MINUTE, 3)
            }),
            ("setUTCMonth", 2, |vm, args| set(vm, args, false, MONTH, 2)),
            ("setUTCSeconds", 2, |vm, args| {
                set(vm, args, false, SECOND, 2)
            }),
        ],
    );
}

/// Local time as the host tells it.
struct HostZone<'a> {
    zone: Option<&'a dyn Fn(f64) -> f64>,
    zone_name: Option<&'a dyn Fn(f64) -> String>,
}

impl HostZone<'_> {
    fn of(vm: &Vm) -> HostZone<'_> {
        HostZone {
            zone: vm.host.zone.as_deref(),
            zone_name: vm.host.zone_name.as_deref(),
        }
    }
}

impl LocalZone for HostZone<'_> {
    fn offset_ms_utc(&self, utc_ms: f64) -> f64 {
        self.zone.map_or(0.0, |zone| zone(utc_ms))
    }

    fn offset_ms_local(&self, local_ms: f64) -> f64 {
        // Offsets differ around a change of the clock; the one from before counts for times shown twice and skipped ones.
        let earlier = self.offset_ms_utc(local_ms - 86_400_000.0);
        let later = self.offset_ms_utc(local_ms + 86_400_000.0);
        if earlier == later || self.offset_ms_utc(local_ms - earlier) == earlier {
            return earlier;
        }
        if self.offset_ms_utc(local_ms - later) == later {
            later
        } else {
            earlier
        }
    }

    fn name(&self, utc_ms: f64) -> String {
        if self.zone.is_none() {
            return "Coordinated Universal Time".to_owned();
        }
        match self.zone_name.map(|name| name(utc_ms)) {
            Some(name) if !name.is_empty() => name,
            _ => zone_names::offset_name(self.offset_ms_utc(utc_ms)),
        }
    }
}

fn now_ms(vm: &Vm) -> f64 {
    vm.host
        .now_ms
        .as_ref()
        .map_or(0.0, |now| time_clip(now().floor()))
}

fn parse_string(vm: &mut Vm, string: Str) -> f64 {
    vm.heap.poll.left -= (string.len() / 4) as i64;
    let units = vm.heap.units(&string);
    let zone = HostZone::of(vm);
    match units {
        Units::Latin1(units) => parse_units(units, &zone),
        Units::Utf16(units) => parse_units(units, &zone),
    }
}

/// `Date(...)`, `new Date(...)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        let text = date::to_string(now_ms(vm), &HostZone::of(vm));
        return Ok(vm.str(&text).into());
    }
    let time = match args.values {
        [] => now_ms(vm),
        [value] => match value.as_object() {
            Some(object) if object.kind() == Kind::Date => {
                object.internal(0).as_number().unwrap_or(f64::NAN)
            }
            _ => {
                let primitive = vm.to_primitive(*value, Hint::Default)?;
                match primitive.as_string() {
                    Some(string) => parse_string(vm, string),
                    None => time_clip(vm.to_number(primitive)?),
                }
            }
        },
        _ => {
            let time = time_of_parts(vm, args)?;
            time_clip(utc(time, &HostZone::of(vm)))
        }
    };
    let object =
        vm.create_from_constructor(Kind::Date, args.new_target, Intrinsic::DatePrototype)?;
    object.set_internal(0, Value::number(time));
    Ok(object.into())
}

/// The time that year, month and so on name.
fn time_of_parts(vm: &mut Vm, args: &Args<'_>) -> Completion<f64> {
    let mut parts = [f64::NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for (part, &value) in parts.iter_mut().zip(args.values) {
        *part = vm.to_number(value)?;
    }
    let [year, month, date, hour, minute, second, ms] = parts;
    let day = make_day(make_full_year(year), month, date);
    Ok(make_date(day, make_time(hour, minute, second, ms)))
}

fn now(vm: &mut Vm, _: &Args<'_>) -> Completion {
    Ok(Value::number(now_ms(vm)))
}

fn parse(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = vm.to_string(args.at(0))?;
    Ok(Value::number(parse_string(vm, string)))
}

fn date_utc(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let time = time_of_parts(vm, args)?;
    Ok(Value::number(time_clip(time)))
}

/// `thisTimeValue`
fn this_time(vm: &mut Vm, args: &Args<'_>) -> Completion<(Obj, f64)> {
    match args.this.as_object() {
        Some(object) if object.kind() == Kind::Date => {
            Ok((object, object.internal(0).as_number().unwrap_or(f64::NAN)))
        }
        _ => Err(vm.throw_type("this is not a Date object.")),
    }
}

/// A text of the date.
fn text(
    vm: &mut Vm,
    args: &Args<'_>,
    _name: &str,
    format: fn(f64, &dyn LocalZone) -> String,
) -> Completion {
    let (_, time) = this_time(vm, args)?;
    let text = format(time, &HostZone::of(vm));
    Ok(vm.str(&text).into())
}

/// A text of the date as locales have it.
fn locale_text(
    vm: &mut Vm,
    args: &Args<'_>,
    name: &str,
    format: fn(f64, &dyn LocalZone) -> String,
) -> Completion {
    #[cfg(feature = "intl")]
    {
        let _ = format;
        let (_, time) = this_time(vm, args)?;
        super::intl::date_to_locale_string(vm, time, name, args.at(0), args.at(1))
    }
    #[cfg(not(feature = "intl"))]
    text(vm, args, name, format)
}

fn to_iso_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (_, time) = this_time(vm, args)?;
    match date::to_iso_string(time) {
        Some(text) => Ok(vm.str(&text).into()),
        None => Err(vm.throw_range("Invalid time value")),
    }
}

fn to_json(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    vm.root(object);
    let time = vm.to_primitive(object.into(), Hint::Number)?;
    if time.as_number().is_some_and(|time| !time.is_finite()) {
        return Ok(Value::NULL);
    }
    let key = vm.heap.key("toISOString");
    let method = vm.get_o(object, key)?;
    if !vm.is_callable(method) {
        return Err(vm.throw_type("toISOString is not a function"));
    }
    vm.call(method, object.into(), &[])
}

fn get_time(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_time(vm, args).map(|(_, time)| Value::number(time))
}

fn set_time(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, _) = this_time(vm, args)?;
    let time = time_clip(vm.to_number(args.at(0))?);
    object.set_internal(0, Value::number(time));
    Ok(Value::number(time))
}

fn get_timezone_offset(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (_, time) = this_time(vm, args)?;
    if time.is_nan() {
        return Ok(Value::NAN);
    }
    let offset = HostZone::of(vm).offset_ms_utc(time);
    Ok(Value::number((0.0 - offset) / 60_000.0))
}

/// A field of the date, in local time or UTC.
fn get(vm: &mut Vm, args: &Args<'_>, local: bool, field: fn(&Fields) -> f64) -> Completion {
    let (_, time) = this_time(vm, args)?;
    let time = if local {
        local_time(time, &HostZone::of(vm))
    } else {
        time
    };
    Ok(Fields::of(time).map_or(Value::NAN, |fields| Value::number(field(&fields))))
}

// Places of the parts that setters set.
const YEAR: usize = 0;
const MONTH: usize = 1;
const DATE: usize = 2;
const HOUR: usize = 3;
const MINUTE: usize = 4;
const SECOND: usize = 5;
const MS: usize = 6;

/// Sets the part at `first` and up to `count - 1` that follow it, as far as arguments were passed.
fn set(vm: &mut Vm, args: &Args<'_>, local: bool, first: usize, count: usize) -> Completion {
    let (object, time) = this_time(vm, args)?;
    let mut given = [None; 4];
    for (index, part) in given.iter_mut().enumerate().take(count) {
        if index == 0 || index < args.len() {
            *part = Some(vm.to_number(args.at(index))?);
        }
    }
    // The date as it was before the arguments were converted, as the clauses say.
    let time = if time.is_nan() {
        if first != YEAR {
            return Ok(Value::NAN);
        }
        0.0
    } else if local {
        local_time(time, &HostZone::of(vm))
    } else {
        time
    };
    let Some(fields) = Fields::of(time) else {
        return Ok(Value::NAN);
    };
    let mut parts = [
        f64::from(fields.year),
        f64::from(fields.month),
        f64::from(fields.date),
        f64::from(fields.hour),
        f64::from(fields.minute),
        f64::from(fields.second),
        f64::from(fields.ms),
    ];
    for (part, value) in parts.iter_mut().skip(first).zip(given) {
        if let Some(value) = value {
            *part = value;
        }
    }
    let [year, month, date, hour, minute, second, ms] = parts;
    let day = make_day(year, month, date);
    let within = if first >= HOUR {
        make_time(hour, minute, second, ms)
    } else {
        time_within_day(time)
    };
    let time = make_date(day, within);
    let time = time_clip(if local {
        utc(time, &HostZone::of(vm))
    } else {
        time
    });
    object.set_internal(0, Value::number(time));
    Ok(Value::number(time))
}

/// `Date.prototype.setYear`
fn set_year(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (object, time) = this_time(vm, args)?;
    let year = vm.to_number(args.at(0))?;
    if year.is_nan() {
        object.set_internal(0, Value::NAN);
        return Ok(Value::NAN);
    }
    let local = if time.is_nan() {
        0.0
    } else {
        local_time(time, &HostZone::of(vm))
    };
    let Some(fields) = Fields::of(local) else {
        return Ok(Value::NAN);
    };
    let day = make_day(
        make_full_year(year),
        f64::from(fields.month),
        f64::from(fields.date),
    );
    let time = time_clip(utc(
        make_date(day, time_within_day(local)),
        &HostZone::of(vm),
    ));
    object.set_internal(0, Value::number(time));
    Ok(Value::number(time))
}

/// `Date.prototype[Symbol.toPrimitive]`
fn to_primitive(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(object) = args.this.as_object() else {
        let text = vm.display(args.this);
        return Err(vm.throw_type(format!(
            "Method Date.prototype [ @@toPrimitive ] called on incompatible receiver {text}"
        )));
    };
    let hint = match args.at(0).as_string() {
        Some(hint) => vm.heap.units(&hint).to_string_lossy(),
        None => String::new(),
    };
    let names = vm.names;
    let keys = match hint.as_str() {
        "string" | "default" => [names.to_string, names.value_of],
        "number" => [names.value_of, names.to_string],
        _ => {
            let value = args.at(0);
            let text = if value.is_string() {
                hint
            } else {
                vm.display(value)
            };
            return Err(vm.throw_type(format!("Invalid hint: {text}")));
        }
    };
    for key in keys {
        let method = vm.get_o(object, key)?;
        if vm.is_callable(method) {
            let result = vm.call(method, args.this, &[])?;
            if !result.is_object() {
                return Ok(result);
            }
        }
    }
    Err(vm.throw_type("Cannot convert object to primitive value"))
}
