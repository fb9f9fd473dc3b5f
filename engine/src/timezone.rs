//! Time zones for `Date`. Backend-independent.
//!
//! The system's zone comes from `TZ`, then from what the system says (`/etc/localtime` on Unix), through the zoneinfo
//! database; correct in programs with many threads, where C's `localtime` is not to be trusted.

use std::sync::OnceLock;

use jiff::{Timestamp, tz::TimeZone as Rules};

/// Moments further from 1970 than this keep the rules of the edge: `Date` reaches further than the database.
const EDGE_SECONDS: i64 = 250_000_000_000;

/// The rules of one time zone.
#[derive(Clone, Debug)]
pub struct TimeZone(
    /// Empty until first asked: finding the system's zone reads a folder of files that most programs never need.
    OnceLock<Rules>,
);

impl TimeZone {
    /// The system's zone, looked up when it is first used; UTC when none can be found. A changed `TZ` variable may go
    /// unseen for minutes: see [`TimeZone::named`].
    #[must_use]
    pub fn system() -> Self {
        Self(OnceLock::new())
    }

    /// The zone of this name, as the variable `TZ` gives it: an IANA name such as `Europe/Rome` (a leading colon is
    /// ignored) or a POSIX rule such as `EST5EDT,M3.2.0,M11.1.0`. `None` when there is no such zone.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.strip_prefix(':').unwrap_or(name);
        Rules::get(name)
            .or_else(|_| Rules::posix(name))
            .ok()
            .map(|rules| Self(OnceLock::from(rules)))
    }

    fn rules(&self) -> &Rules {
        self.0.get_or_init(Rules::system)
    }

    /// The IANA name, if it is known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.rules().iana_name()
    }

    /// Whether the clock is put forward at this moment: further ahead than half a year before or after.
    #[must_use]
    pub fn is_daylight(&self, unix_seconds: i64) -> bool {
        const HALF_YEAR: i64 = 182 * 86_400;
        let clamped = unix_seconds.clamp(-EDGE_SECONDS, EDGE_SECONDS);
        let offset = self.offset_seconds(clamped);
        let others = [clamped - HALF_YEAR, clamped + HALF_YEAR];
        others
            .iter()
            .any(|&other| self.offset_seconds(other) < offset)
    }

    /// How far local time is ahead of UTC at this moment, in seconds.
    #[must_use]
    pub fn offset_seconds(&self, unix_seconds: i64) -> i32 {
        let clamped = unix_seconds.clamp(-EDGE_SECONDS, EDGE_SECONDS);
        Timestamp::from_second(clamped).map_or(0, |moment| self.rules().to_offset(moment).seconds())
    }
}

#[cfg(test)]
mod tests {
    use super::TimeZone;

    #[test]
    fn daylight_saving_is_known() {
        let posix = TimeZone::named("EST5EDT,M3.2.0,M11.1.0").unwrap();
        assert_eq!(posix.offset_seconds(1_704_067_200), -5 * 3600);
        assert_eq!(posix.offset_seconds(1_720_000_000), -4 * 3600);
        assert_eq!(
            TimeZone::named("UTC").map(|zone| zone.offset_seconds(0)),
            Some(0)
        );
        assert!(!posix.is_daylight(1_704_067_200));
        assert!(posix.is_daylight(1_720_000_000));
        assert!(!posix.is_daylight(i64::MIN) && !posix.is_daylight(i64::MAX));
        assert!(TimeZone::named("No/Where").is_none());
        assert_eq!(
            posix.offset_seconds(i64::MAX),
            posix.offset_seconds(250_000_000_000)
        );
    }
}
