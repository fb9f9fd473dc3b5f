//! The option `relativeTo` of `Temporal.Duration`: a date, or a date and time in a zone. Source:
//! <https://tc39.es/proposal-temporal/#sec-temporal-gettemporalrelativetooption>.

use temporal_rs::{
    PlainDate, PlainDateTime, ZonedDateTime,
    fields::ZonedDateTimeFields,
    options::{Disambiguation, OffsetDisambiguation, Overflow, RelativeTo},
    partial::{PartialDate, PartialZonedDateTime},
    provider::COMPILED_TZ_PROVIDER,
};

use super::{
    fields::{Bag, Need, ZONED},
    identifiers::{calendar_or_iso, require_dated_string},
    item,
    options::Options,
    results::check,
};
use crate::vm::machine::{Completion, Vm};

/// `GetTemporalRelativeToOption`
pub(super) fn relative_to(vm: &mut Vm, options: &Options) -> Completion<Option<RelativeTo>> {
    let value = options.get(vm, "relativeTo")?;
    if value.is_undefined() {
        return Ok(None);
    }
    if let Some(zoned) = item::<ZonedDateTime>(vm, value) {
        return Ok(Some(zoned.into()));
    }
    if let Some(date) = item::<PlainDate>(vm, value) {
        return Ok(Some(date.into()));
    }
    if let Some(date) = item::<PlainDateTime>(vm, value) {
        return Ok(Some(date.to_plain_date().into()));
    }
    let Some(object) = value.as_object() else {
        let text = require_dated_string(vm, value, "relativeTo")?;
        let relative = RelativeTo::try_from_str_with_provider(&text, &*COMPILED_TZ_PROVIDER);
        return check(vm, relative).map(Some);
    };
    vm.root(object);
    let calendar = calendar_or_iso(vm, object)?;
    let bag = Bag::read(vm, object, &calendar, ZONED, Need::Nothing)?;
    let calendar_fields = bag.date(vm)?;
    let overflow = Overflow::Constrain;
    if bag.time_zone.is_none() {
        let partial = PartialDate {
            calendar_fields,
            calendar,
        };
        let date = check(vm, PlainDate::from_partial(partial, Some(overflow)))?;
        return Ok(Some(date.into()));
    }
    let partial = PartialZonedDateTime {
        fields: ZonedDateTimeFields {
            calendar_fields,
            time: bag.time(overflow),
            offset: bag.offset,
        },
        timezone: bag.time_zone,
        calendar,
    };
    let zoned = ZonedDateTime::from_partial(
        partial,
        Some(overflow),
        Some(Disambiguation::Compatible),
        Some(OffsetDisambiguation::Reject),
    );
    Ok(Some(check(vm, zoned)?.into()))
}
