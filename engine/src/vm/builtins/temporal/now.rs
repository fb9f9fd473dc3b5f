//! `Temporal.Now`: the host's clock and time zone, those of `Date`. Source:
//! <https://tc39.es/proposal-temporal/#sec-temporal-now-object>.

use temporal_rs::{Instant, TimeZone, UtcOffset, ZonedDateTime};

use super::{
    identifiers::to_time_zone,
    make,
    results::{check, text},
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
};

/// Declares `Temporal.Now`.
pub(super) fn install(vm: &mut Vm, temporal: Obj) {
    let proto = vm.intrinsic(Intrinsic::ObjectPrototype);
    let now = vm.new_object_with_proto(proto.into());
    vm.define_value(temporal, "Now", now, attr::METHOD);
    let tag = vm.str("Temporal.Now");
    vm.define_value(now, "@@toStringTag", tag, attr::C);
    vm.define_methods(
        now,
        &[
            ("instant", 0, |vm, _| {
                let instant = instant(vm)?;
                Ok(make(vm, instant))
            }),
            ("plainDateISO", 0, |vm, args| {
                let zoned = zoned(vm, args)?;
                Ok(make(vm, zoned.to_plain_date()))
            }),
            ("plainDateTimeISO", 0, |vm, args| {
                let zoned = zoned(vm, args)?;
                Ok(make(vm, zoned.to_plain_date_time()))
            }),
            ("plainTimeISO", 0, |vm, args| {
                let zoned = zoned(vm, args)?;
                Ok(make(vm, zoned.to_plain_time()))
            }),
            ("timeZoneId", 0, |vm, _| {
                let zone = host_zone(vm);
                text(vm, zone.identifier())
            }),
            ("zonedDateTimeISO", 0, |vm, args| {
                let zoned = zoned(vm, args)?;
                Ok(make(vm, zoned))
            }),
        ],
    );
}

fn now_ms(vm: &Vm) -> f64 {
    vm.host.now_ms.as_ref().map_or(0.0, |now| now())
}

/// `SystemUTCEpochNanoseconds`, of the host's clock in milliseconds: a double of this century holds less than a microsecond.
fn instant(vm: &mut Vm) -> Completion<Instant> {
    let microseconds = (now_ms(vm) * 1000.0).floor() as i128;
    check(vm, Instant::try_new(microseconds * 1000))
}

/// `SystemTimeZoneIdentifier`. A host that knows only how far ahead of UTC it is gets an offset for its zone.
fn host_zone(vm: &Vm) -> TimeZone {
    let name = vm.host.zone_id.as_ref().and_then(|name| name());
    let named = name.and_then(|name| TimeZone::try_from_identifier_str(&name).ok());
    if let Some(zone) = named {
        return zone;
    }
    let offset_ms = vm.host.zone.as_ref().map_or(0.0, |zone| zone(now_ms(vm)));
    if offset_ms == 0.0 {
        return TimeZone::utc();
    }
    TimeZone::UtcOffset(UtcOffset::from_minutes((offset_ms / 60_000.0) as i16))
}

fn zoned(vm: &mut Vm, args: &Args<'_>) -> Completion<ZonedDateTime> {
    let zone = if args.at(0).is_undefined() {
        host_zone(vm)
    } else {
        to_time_zone(vm, args.at(0))?
    };
    let instant = instant(vm)?;
    check(vm, ZonedDateTime::try_new_iso_from_instant(instant, zone))
}
