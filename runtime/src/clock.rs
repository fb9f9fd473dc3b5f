//! Time enters the runtime here, and only here.
//!
//! The event loop never asks the operating system what time it is: it asks the
//! [`Clock`] that it was built with. [`SystemClock`] is the real one;
//! [`FakeClock`] stands still until a test (or a deterministic run) moves it.
//!
//! Two times are kept apart, as in Node: a monotonic one that measures spans
//! (`performance.now`, timers) and a wall clock that names dates (`Date`).

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A source of time for one event loop.
pub trait Clock {
    /// Nanoseconds since an arbitrary fixed point; never decreases.
    fn now_ns(&self) -> u64;

    /// Nanoseconds since 1970-01-01T00:00:00Z, negative before it. Saturates
    /// in the years 1677 and 2262.
    fn wall_ns(&self) -> i64;

    /// Asks a simulated clock to jump `span_ns` ahead in place of a sleep.
    ///
    /// The loop calls this when nothing but a timer can happen next. A clock
    /// that answers `true` has moved, and the loop does not sleep; a real clock
    /// answers `false`.
    fn skip(&self, span_ns: u64) -> bool {
        let _ = span_ns;
        false
    }
}

/// The operating system's clocks. Its monotonic time starts at its creation.
#[derive(Debug, Clone)]
pub struct SystemClock {
    origin: Instant,
}

impl SystemClock {
    /// A clock whose monotonic time is zero now.
    pub fn new() -> Self {
        Self {
            origin: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now_ns(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn wall_ns(&self) -> i64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |span| -span)
            }
        }
    }
}

/// A clock that moves only when it is told to; clones share one time.
///
/// A loop on a fake clock never sleeps for a timer: it jumps to the moment when
/// the timer is due.
#[derive(Debug, Clone, Default)]
pub struct FakeClock {
    now_ns: Rc<Cell<u64>>,
    wall_origin_ns: i64,
}

impl FakeClock {
    /// A clock at monotonic zero, 1970-01-01T00:00:00Z.
    pub fn new() -> Self {
        Self::default()
    }

    /// A clock at monotonic zero whose wall time begins at `wall_ns`
    /// nanoseconds since 1970.
    pub fn starting_at(wall_ns: i64) -> Self {
        Self {
            now_ns: Rc::default(),
            wall_origin_ns: wall_ns,
        }
    }

    /// Moves both times `span_ms` milliseconds ahead.
    pub fn advance_ms(&self, span_ms: u64) {
        self.advance_ns(span_ms.saturating_mul(1_000_000));
    }

    /// Moves both times `span_ns` nanoseconds ahead.
    pub fn advance_ns(&self, span_ns: u64) {
        self.now_ns.set(self.now_ns.get().saturating_add(span_ns));
    }
}

impl Clock for FakeClock {
    fn now_ns(&self) -> u64 {
        self.now_ns.get()
    }

    fn wall_ns(&self) -> i64 {
        let passed = i64::try_from(self.now_ns.get()).unwrap_or(i64::MAX);
        self.wall_origin_ns.saturating_add(passed)
    }

    fn skip(&self, span_ns: u64) -> bool {
        self.advance_ns(span_ns);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_clock_never_goes_back() {
        let clock = SystemClock::new();
        let first = clock.now_ns();
        assert!(clock.now_ns() >= first);
        assert!(clock.wall_ns() > 0);
        assert!(!clock.skip(1));
    }

    #[test]
    fn clones_of_a_fake_clock_share_their_time() {
        let clock = FakeClock::starting_at(-5_000_000);
        let other = clock.clone();
        other.advance_ms(3);
        assert_eq!(clock.now_ns(), 3_000_000);
        assert_eq!(clock.wall_ns(), -2_000_000);
        assert!(clock.skip(2_000_000));
        assert_eq!(other.wall_ns(), 0);
    }
}
