//! The casts between Boa's types and ours; the only `unsafe` of the backend besides `closure.rs`.
//!
//! `Value`, `Object` and `Context` are `#[repr(transparent)]` over their Boa counterparts, so a reference to one is a
//! reference to the other. That lets a native call hand its arguments through without copying them.
#![allow(
    unsafe_code,
    reason = "layout casts between a transparent newtype and its field"
)]

use super::{context::Context, value::Value};

/// Our view of Boa's context.
pub(super) fn context(inner: &mut boa_engine::Context) -> &mut Context {
    let pointer: *mut boa_engine::Context = inner;
    // SAFETY: `Context` is `repr(transparent)` over `boa_engine::Context`; the unique borrow is passed on.
    unsafe { &mut *pointer.cast::<Context>() }
}

/// Our view of one value.
pub(super) fn value(inner: &boa_engine::JsValue) -> &Value {
    let pointer: *const boa_engine::JsValue = inner;
    // SAFETY: `Value` is `repr(transparent)` over `JsValue`; the lifetime is carried over.
    unsafe { &*pointer.cast::<Value>() }
}

/// Our view of an argument list.
pub(super) fn values(inner: &[boa_engine::JsValue]) -> &[Value] {
    // SAFETY: equal layout (`repr(transparent)`), same length, same lifetime.
    unsafe { std::slice::from_raw_parts(inner.as_ptr().cast::<Value>(), inner.len()) }
}

/// Boa's view of an argument list of ours.
pub(super) fn raw_values(outer: &[Value]) -> &[boa_engine::JsValue] {
    // SAFETY: equal layout (`repr(transparent)`), same length, same lifetime.
    unsafe { std::slice::from_raw_parts(outer.as_ptr().cast::<boa_engine::JsValue>(), outer.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_agree() {
        use std::mem::{align_of, size_of};
        assert_eq!(size_of::<Value>(), size_of::<boa_engine::JsValue>());
        assert_eq!(align_of::<Value>(), align_of::<boa_engine::JsValue>());
        assert_eq!(size_of::<Context>(), size_of::<boa_engine::Context>());
        assert_eq!(align_of::<Context>(), align_of::<boa_engine::Context>());
    }

    #[test]
    fn argument_lists_survive_the_round_trip() {
        let list: Vec<Value> = vec![
            Value::from(1),
            Value::from("two"),
            Value::undefined(),
            Value::from(4.5),
        ];
        let again = values(raw_values(&list));
        assert_eq!(again.len(), list.len());
        assert!(again.iter().zip(&list).all(|(a, b)| a.strict_equals(b)));
        assert!(values(raw_values(&[])).is_empty());
        assert!(value(&raw_values(&list)[1]).is_string());
    }
}
