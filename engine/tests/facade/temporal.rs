//! `Temporal`, where it is built in: what programs do first, the host's clock, and that the global is made when it is touched.

use std::rc::Rc;

use ouro_engine::{Context, HostHooks, TimeZone};

/// A clock that stands still.
struct Stopped;

impl HostHooks for Stopped {
    fn wall_clock_ms(&self) -> i64 {
        1_709_210_096_789
    }
}

fn context() -> Context {
    let built = Context::builder().hooks(Rc::new(Stopped)).build();
    built.expect("a context can be made")
}

fn text(ctx: &mut Context, program: &str) -> String {
    let whole = format!("String({program})");
    let value = ctx.eval(&whole, "temporal.js").expect(program);
    value.as_string().unwrap().to_string()
}

fn check(program: &str, expected: &str) {
    assert_eq!(text(&mut context(), program), expected, "{program}");
}

/// The class of the error that `program` throws, and what it logged before.
fn check_throws(program: &str, expected: &str) {
    let whole = format!(
        "(() => {{ const log = []; try {{ {program} }} catch (error) {{ log.push(error.name); }} return log.join(' '); }})()"
    );
    check(&whole, expected);
}

#[test]
fn dates_and_durations() {
    check(
        "Temporal.PlainDate.from('2024-02-29').add({ years: 1 })",
        "2025-02-28",
    );
    check(
        "Temporal.PlainDate.from('2024-01-31').until('2024-03-01', { largestUnit: 'month' })",
        "P1M1D",
    );
    check(
        "Temporal.Duration.from({ hours: 130, minutes: 20 }).round({ largestUnit: 'day' })",
        "P5DT10H20M",
    );
    check("Temporal.PlainYearMonth.from('2024-02').daysInMonth", "29");
    check(
        "Temporal.PlainDate.from('2024-05-01').withCalendar('hebrew').toString()",
        "2024-05-01[u-ca=hebrew]",
    );
}

#[test]
fn zones() {
    let spring = "Temporal.ZonedDateTime.from('2024-03-31T00:30[Europe/Rome]')";
    check(
        &format!("{spring}.add({{ hours: 2 }})"),
        "2024-03-31T03:30:00+02:00[Europe/Rome]",
    );
    check(&format!("{spring}.hoursInDay"), "23");
    check(
        &format!("{spring}.getTimeZoneTransition('next').toInstant()"),
        "2024-03-31T01:00:00Z",
    );
    check(
        "new Date(1e12).toTemporalInstant().toZonedDateTimeISO('Asia/Kolkata').toPlainTime()",
        "07:16:40",
    );
}

#[cfg(feature = "intl")]
#[test]
fn formatters_show_what_an_object_has() {
    let date = "Temporal.PlainDate.from('2024-02-29')";
    check(
        &format!("{date}.toLocaleString('de', {{ dateStyle: 'long' }})"),
        "29. Februar 2024",
    );
    check(
        "Temporal.PlainTime.from('13:05').toLocaleString('en-US', { era: 'short' })",
        "1:05:00 PM",
    );
    let months = "new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })";
    check(&format!("{months}.format({date})"), "February 2024");
    check_throws(
        &format!("{date}.toLocaleString('en', {{ hour: 'numeric' }})"),
        "TypeError",
    );
    check_throws(
        &format!("{months}.format(Temporal.Now.zonedDateTimeISO('UTC'))"),
        "TypeError",
    );
    check_throws(&format!("{months}.formatRange({date}, 0)"), "TypeError");
    // A month of ISO's calendar and a formatter of the Gregorian one.
    check_throws(
        "Temporal.PlainYearMonth.from('2024-02').toLocaleString('en')",
        "RangeError",
    );
}

#[test]
fn time_comes_from_the_host() {
    let mut ctx = context();
    ctx.set_time_zone(TimeZone::named("EST5EDT,M3.2.0,M11.1.0").unwrap());
    assert_eq!(
        text(&mut ctx, "Temporal.Now.instant()"),
        "2024-02-29T12:34:56.789Z"
    );
    assert_eq!(
        text(&mut ctx, "Temporal.Now.zonedDateTimeISO()"),
        "2024-02-29T07:34:56.789-05:00[-05:00]"
    );
    assert_eq!(
        text(&mut ctx, "Temporal.Now.plainDateTimeISO('Asia/Tokyo')"),
        "2024-02-29T21:34:56.789"
    );
}

#[test]
fn what_is_wrong_is_found_in_order() {
    check_throws(
        "Temporal.PlainDate.from({ get year() { log.push('year'); return 2024; }, get day() { log.push('day'); return 32; }, \
         month: 1 }, { get overflow() { log.push('overflow'); return 'reject'; } })",
        "day year overflow RangeError",
    );
    check_throws(
        "Temporal.PlainDate.from({ year: 2024, month: 1 })",
        "TypeError",
    );
    check_throws("Temporal.PlainDate.from('2024-13-01')", "RangeError");
    check_throws(
        "Temporal.PlainTime.from({ hour: -1 }, { overflow: 'reject' })",
        "RangeError",
    );
    check_throws(
        "Temporal.PlainDate.from('2024-01-01[u-ca=islamic]')",
        "RangeError",
    );
    check_throws("Temporal.Instant(0n)", "TypeError");
    check_throws(
        "Temporal.Now.instant() < Temporal.Now.instant()",
        "TypeError",
    );
    check(
        "Temporal.PlainTime.from({ hour: -1, minute: 99 })",
        "00:59:00",
    );
}

#[test]
fn the_global_is_made_when_it_is_touched() {
    check("Object.keys(Temporal).length", "0");
    check(
        "Object.getOwnPropertyNames(Temporal).sort()",
        "Duration,Instant,Now,PlainDate,PlainDateTime,PlainMonthDay,PlainTime,PlainYearMonth,ZonedDateTime",
    );
    check("new Date(0).toTemporalInstant()", "1970-01-01T00:00:00Z");
    check(
        "delete Temporal.Now && 'Instant' in Temporal && !('Now' in Temporal)",
        "true",
    );
    check(
        "Object.isFrozen(Object.freeze(Temporal)) && typeof Temporal.PlainDate",
        "function",
    );
    check(
        "Object.getOwnPropertyDescriptor(globalThis, 'Temporal').enumerable",
        "false",
    );
}
