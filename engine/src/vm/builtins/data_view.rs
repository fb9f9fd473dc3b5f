//! `DataView`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-dataview-objects>.

use super::buffer_data::{BufferData, data_of, with_data};
use crate::vm::{
    heap::{Kind, Obj},
    value::Value,
};

/// The part of its buffer that a `DataView` shows: offset and length in bytes; `None` when it is out of bounds.
#[must_use]
pub(in crate::vm) fn range(view: Obj) -> Option<(usize, usize)> {
    if view.kind() != Kind::DataView {
        return None;
    }
    let stored = |value: Value| value.as_number().map(|number| number as usize);
    let offset = stored(view.internal(1))?;
    with_data(data_of(view), |data: &BufferData| {
        if data.is_detached() {
            return None;
        }
        let available = data.len().checked_sub(offset)?;
        match stored(view.internal(2)) {
            Some(length) => (length <= available).then_some((offset, length)),
            None => Some((offset, available)),
        }
    })
    .flatten()
}
