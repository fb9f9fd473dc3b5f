//! What `temporal_rs` returns, as JavaScript has it: errors become exceptions, fields become values.

use std::cmp::Ordering;

use num_bigint::BigInt;
use temporal_rs::{MonthCode, TemporalError, TemporalResult, TinyAsciiStr, error::ErrorKind};

use super::{Item, make};
use crate::vm::{
    machine::{Completion, Throw, Vm},
    value::Value,
};

/// Throws what `temporal_rs` found wrong. Texts that do not parse are RangeErrors here.
#[cold]
pub(super) fn throw(vm: &mut Vm, error: TemporalError) -> Throw {
    let kind = error.kind();
    let message = match error.into_message() {
        "" => "Invalid value",
        message => message,
    };
    match kind {
        ErrorKind::Type => vm.throw_type(message),
        _ => vm.throw_range(message),
    }
}

/// The value, or the exception that its error is.
pub(super) fn check<T>(vm: &mut Vm, result: TemporalResult<T>) -> Completion<T> {
    result.map_err(|error| throw(vm, error))
}

/// The object of a result.
pub(super) fn made<T: Item>(vm: &mut Vm, result: TemporalResult<T>) -> Completion {
    let item = check(vm, result)?;
    Ok(make(vm, item))
}

/// The string of a result.
pub(super) fn text(vm: &mut Vm, result: TemporalResult<String>) -> Completion {
    let text = check(vm, result)?;
    Ok(vm.str(&text).into())
}

/// What `compare` returns.
pub(super) fn ordering(ordering: Ordering) -> Value {
    Value::number(f64::from(ordering as i8))
}

/// A field as a JavaScript value.
pub(super) trait Show {
    fn show(self, vm: &mut Vm) -> Value;
}

macro_rules! show_numbers {
    ($($number:ty)*) => {
        $(impl Show for $number {
            fn show(self, _: &mut Vm) -> Value {
                Value::number(self as f64)
            }
        })*
    };
}

show_numbers! { u8 u16 i32 i64 i128 }

impl Show for bool {
    fn show(self, _: &mut Vm) -> Value {
        Value::from(self)
    }
}

impl Show for &str {
    fn show(self, vm: &mut Vm) -> Value {
        vm.str(self).into()
    }
}

impl Show for String {
    fn show(self, vm: &mut Vm) -> Value {
        vm.str(&self).into()
    }
}

impl<const N: usize> Show for TinyAsciiStr<N> {
    fn show(self, vm: &mut Vm) -> Value {
        vm.str(&self).into()
    }
}

impl Show for MonthCode {
    fn show(self, vm: &mut Vm) -> Value {
        vm.str(self.as_str()).into()
    }
}

impl<T: Show> Show for Option<T> {
    fn show(self, vm: &mut Vm) -> Value {
        self.map_or(Value::UNDEFINED, |value| value.show(vm))
    }
}

/// Nanoseconds since the epoch as a BigInt.
pub(super) fn bigint(vm: &mut Vm, nanoseconds: i128) -> Value {
    vm.heap.new_bigint(BigInt::from(nanoseconds)).into()
}
