//! Dates: time values, their fields, and their text. Knows nothing of the VM's values.
//!
//! A time value is a double: milliseconds since 1970 in UTC, NaN for an invalid date.
//!
//! | file | what |
//! | --- | --- |
//! | `time.rs` | days, years, times; MakeDay and its kin |
//! | `zone.rs` | local time |
//! | `zone_names.rs` | what time zones are called in English |
//! | `parse.rs` | `Date.parse`: the format of ECMA-262, then the other one |
//! | `iso.rs` | the date time string format |
//! | `legacy.rs` | what else people write |
//! | `cursor.rs` | a place in a date's text |
//! | `format.rs` | `toISOString`, `toString` and the like |
//! | `locale.rs` | `toLocaleString` and the like, in American English |

mod cursor;
pub mod format;
mod iso;
mod legacy;
pub mod locale;
pub mod parse;
pub mod time;
pub mod zone;
pub mod zone_names;

pub use format::{to_date_string, to_iso_string, to_string, to_time_string, to_utc_string};
pub use locale::{to_locale_date_string, to_locale_string, to_locale_time_string};
pub use parse::{parse, parse_units};
pub use time::{
    Fields, day, days_in_year, make_date, make_day, make_full_year, make_time, time_clip,
    time_within_day, week_day,
};
pub use zone::{FixedZone, LocalZone, local_time, utc};
