//! The system's time zone. Backend-independent.
//!
//! Reads `TZ`, then what the system says (`/etc/localtime` on Unix), through the zoneinfo database; correct in programs
//! with many threads, where C's `localtime` is not to be trusted.

use jiff::{Timestamp, tz::TimeZone};

/// Years that the database's arithmetic covers; `Date` reaches further, and keeps the rules of the edge there.
const EDGE_SECONDS: i64 = 250_000_000_000;

/// How far the system's local time is ahead of UTC at `unix_seconds`, in seconds; 0 when no zone can be found.
#[must_use]
pub fn system_offset_seconds(unix_seconds: i64) -> i32 {
    let clamped = unix_seconds.clamp(-EDGE_SECONDS, EDGE_SECONDS);
    let Ok(moment) = Timestamp::from_second(clamped) else {
        return 0;
    };
    TimeZone::system().to_offset(moment).seconds()
}
