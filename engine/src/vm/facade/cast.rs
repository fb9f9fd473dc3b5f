//! The casts between the machine's types and the facade's transparent newtypes.
#![allow(unsafe_code, reason = "transparent newtypes are cast by reference")]

use super::{context::Context, value::Value};
use crate::vm::{heap::Units, machine::Vm, value::Value as Raw};

/// The context that a machine is.
pub(super) fn context(vm: &mut Vm) -> &mut Context {
    // SAFETY: `Context` is a transparent newtype over `Vm`.
    unsafe { &mut *std::ptr::from_mut(vm).cast::<Context>() }
}

/// A lent value: it counts no owner, so it must not be dropped, which a reference cannot do.
pub(super) fn value(raw: &Raw) -> &Value {
    // SAFETY: `Value` is a transparent newtype over `Raw`.
    unsafe { &*std::ptr::from_ref(raw).cast::<Value>() }
}

/// Lent values, as in [`value`].
pub(super) fn values(raw: &[Raw]) -> &[Value] {
    // SAFETY: as in `value`; a slice of a transparent newtype has the same layout.
    unsafe { &*(std::ptr::from_ref(raw) as *const [Value]) }
}

/// The units of a string value that a handle keeps alive: they last as long as the borrow of the handle.
pub(super) fn units(raw: &Raw) -> Units<'_> {
    match raw.as_string() {
        // SAFETY: the handle that `raw` is borrowed from keeps the cell alive and no safepoint can free or change the units of
        // a flat string while it does; only the lifetime is widened, from the local copy of the word to the borrow.
        Some(string) => unsafe { std::mem::transmute::<Units<'_>, Units<'_>>(string.flat_units()) },
        None => Units::Latin1(&[]),
    }
}
