//! Local time: what this folder asks of a time zone.

use super::zone_names::offset_name;

/// The rules of a time zone. All offsets are how far local time is ahead of UTC, in milliseconds.
pub trait LocalZone {
    /// The offset at a moment given in UTC.
    fn offset_ms_utc(&self, utc_ms: f64) -> f64;

    /// The offset at a moment given in local time. Of a time that the clock shows twice the first
    /// is meant; of one that it skips, as if it had not yet been put forward.
    ///
    /// <https://tc39.es/ecma262/#sec-utc-t>
    fn offset_ms_local(&self, local_ms: f64) -> f64;

    /// What the zone is called in English at a moment given in UTC, such as
    /// `Central European Summer Time`.
    fn name(&self, utc_ms: f64) -> String;
}

/// LocalTime(t).
///
/// <https://tc39.es/ecma262/#sec-localtime>
#[must_use]
pub fn local_time(t: f64, zone: &dyn LocalZone) -> f64 {
    if t.is_finite() {
        t + zone.offset_ms_utc(t)
    } else {
        f64::NAN
    }
}

/// UTC(t).
///
/// <https://tc39.es/ecma262/#sec-utc-t>
#[must_use]
pub fn utc(t: f64, zone: &dyn LocalZone) -> f64 {
    if t.is_finite() {
        t - zone.offset_ms_local(t)
    } else {
        f64::NAN
    }
}

/// A zone that is always as far from UTC.
#[derive(Clone, Copy, Debug)]
pub struct FixedZone {
    /// How far local time is ahead of UTC.
    pub offset_ms: f64,
}

impl FixedZone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self { offset_ms: 0.0 };
}

impl LocalZone for FixedZone {
    fn offset_ms_utc(&self, _utc_ms: f64) -> f64 {
        self.offset_ms
    }

    fn offset_ms_local(&self, _local_ms: f64) -> f64 {
        self.offset_ms
    }

    fn name(&self, _utc_ms: f64) -> String {
        if self.offset_ms == 0.0 {
            return "Coordinated Universal Time".to_owned();
        }
        offset_name(self.offset_ms)
    }
}
