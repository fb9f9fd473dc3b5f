//! Time zones of formatters: the host's, one of the database, or a fixed offset.

use icu::time::{
    TimeZone, ZonedDateTime,
    zone::{UtcOffset, iana::IanaParserExtended},
};

use super::date_time_format::Moment;
use crate::{
    timezone::TimeZone as Rules,
    vm::{
        machine::{Completion, Vm},
        value::Value,
    },
};

/// Where a formatter's local time comes from.
#[derive(Clone)]
enum Source {
    /// The host's zone.
    Host,
    Rules(Rules),
    /// Seconds ahead of UTC.
    Fixed(i32),
}

/// A formatter's time zone.
#[derive(Clone)]
pub(super) struct Zone {
    name: String,
    id: TimeZone,
    source: Source,
}

impl Zone {
    /// The zone that the option `timeZone` names; undefined is the host's.
    pub fn from_option(vm: &mut Vm, value: Value) -> Completion<Self> {
        if value.is_undefined() {
            return Ok(Self::of_host(vm));
        }
        let text = vm.to_string(value)?;
        let text = vm.heap.units(&text).to_string_lossy();
        match Self::parse(&text) {
            Some(zone) => Ok(zone),
            None => Err(vm.throw_range(format!("Invalid time zone specified: {text}"))),
        }
    }

    fn of_host(vm: &Vm) -> Self {
        let name = vm.host.zone_id.as_ref().and_then(|name| name());
        let known = name.as_deref().and_then(Self::parse);
        Self {
            source: Source::Host,
            ..known.unwrap_or_else(Self::utc)
        }
    }

    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            id: icu::time::zone::IanaParser::new().parse("UTC"),
            source: Source::Fixed(0),
        }
    }

    /// The zone of this name or offset.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(seconds) = parse_offset(text) {
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.abs() / 60;
            return Some(Self {
                name: format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
                id: TimeZone::UNKNOWN,
                source: Source::Fixed(seconds),
            });
        }
        let found = IanaParserExtended::new().parse(text);
        if found.time_zone.is_unknown() {
            return None;
        }
        if matches!(found.canonical, "Etc/UTC" | "Etc/GMT" | "UTC" | "GMT") {
            return Some(Self::utc());
        }
        Some(Self {
            name: found.normalized.to_owned(),
            id: found.time_zone,
            source: Source::Rules(Rules::named(found.normalized)?),
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// How far local time is ahead of UTC at a time value.
    pub fn offset_seconds(&self, vm: &Vm, t: f64) -> i32 {
        match &self.source {
            Source::Host => vm
                .host
                .zone
                .as_ref()
                .map_or(0, |zone| (zone(t) / 1000.0) as i32),
            Source::Rules(rules) => rules.offset_seconds((t / 1000.0).floor() as i64),
            Source::Fixed(seconds) => *seconds,
        }
    }

    /// The local time of a moment.
    pub fn at(&self, ms: i64, offset: UtcOffset) -> Moment {
        let local = ZonedDateTime::from_epoch_milliseconds_and_utc_offset(ms, offset);
        let plain = icu::time::DateTime {
            date: local.date,
            time: local.time,
        };
        ZonedDateTime {
            date: local.date,
            time: local.time,
            zone: self.id.with_offset(Some(offset)).at_date_time(plain),
        }
    }
}

/// The seconds of `+01:00`, `-0830` or `+05`.
fn parse_offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, text.get(1..)?),
        b'-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = match digits.len() {
        2 => (digits, "0"),
        4 => (digits.get(..2)?, digits.get(2..)?),
        5 if digits.as_bytes().get(2) == Some(&b':') => (digits.get(..2)?, digits.get(3..)?),
        _ => return None,
    };
    let number = |text: &str| {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
