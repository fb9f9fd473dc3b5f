//! Elements of typed arrays, straight from and to the bytes.
//!
//! Handled here: integer and float elements of arrays of fixed length over unshared buffers. A buffer's
//! [`BytePlace`] says where its bytes are and how many; detaching and resizing change it.
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "an address and the access to it are one act here"
)]

use crate::vm::{
    builtins::{
        array::is_native,
        buffer_data::BytePlace,
        typed_array::{ElementKind, length_getter},
    },
    heap::{Cell, Kind, Obj, obj::INLINE},
    number,
    value::Value,
};

/// Where element `index` of a typed array lies, and its kind; `None` if others must look.
#[inline(always)]
fn place(cell: Cell, index: u32) -> Option<(*mut u8, ElementKind)> {
    let slot = |number: usize| Value::from_bits(cell.read(INLINE + number * 8));
    let (offset, length, kind) = (slot(1), slot(2), slot(3));
    if !offset.both_int(length) || index >= length.to_int_unchecked() as u32 {
        return None;
    }
    let kind = ElementKind::from_int(kind.to_int_unchecked())?;
    let place = std::ptr::with_exposed_provenance::<BytePlace>(slot(5).bits() as usize);
    // SAFETY: slot 5 of a typed array is the address of the place in its buffer's data, which slot 4 keeps alive.
    let place = unsafe { &*place };
    let offset = offset.to_int_unchecked() as usize;
    // All of the array must be there: one that its buffer has become too short for has no elements at all.
    if offset + length.to_int_unchecked() as usize * kind.size() > place.len() {
        return None;
    }
    let start = offset + index as usize * kind.size();
    Some((
        std::ptr::with_exposed_provenance_mut::<u8>(place.base()).wrapping_add(start),
        kind,
    ))
}

/// The length, if `getter` is the one of typed arrays and `receiver` is one in the usual state.
#[inline(always)]
pub(super) fn length(getter: Value, receiver: Value) -> Option<Value> {
    let cell = receiver
        .as_object()
        .filter(|object| object.kind() == Kind::TypedArray)?
        .cell();
    if !is_native(getter, length_getter) {
        return None;
    }
    let slot = |number: usize| Value::from_bits(cell.read(INLINE + number * 8));
    // Where its first element is there, all are.
    if !slot(2).is_int() || slot(2) == Value::ZERO {
        return None;
    }
    place(cell, 0).map(|_| slot(2))
}

/// An element of a typed array; the hole if others must look.
#[inline]
pub(in crate::vm) fn element(array: Obj, index: usize) -> Value {
    match u32::try_from(index) {
        Ok(index) if array.kind() == Kind::TypedArray => get(array.cell(), index),
        _ => Value::HOLE,
    }
}

/// Stores a number as an element of a typed array; was it done?
#[inline]
pub(in crate::vm) fn set_element(array: Obj, index: usize, value: Value) -> bool {
    match u32::try_from(index) {
        // How NaN is stored is for `ElementKind` to say.
        Ok(index)
            if array.kind() == Kind::TypedArray
                && value.as_number().is_some_and(|number| !number.is_nan()) =>
        {
            set(array.cell(), index, value)
        }
        _ => false,
    }
}

/// The element; the hole if others must look.
#[inline(never)]
pub(super) fn get(cell: Cell, index: u32) -> Value {
    let Some((at, kind)) = place(cell, index) else {
        return Value::HOLE;
    };
    // SAFETY: `place` checked that the element lies inside of the buffer's bytes; nobody borrows them while bytecode runs.
    unsafe {
        match kind {
            ElementKind::Uint8 | ElementKind::Uint8Clamped => Value::int(i32::from(at.read())),
            ElementKind::Int8 => Value::int(i32::from(at.cast::<i8>().read())),
            ElementKind::Int16 => {
                Value::int(i32::from(i16::from_le(at.cast::<i16>().read_unaligned())))
            }
            ElementKind::Uint16 => {
                Value::int(i32::from(u16::from_le(at.cast::<u16>().read_unaligned())))
            }
            ElementKind::Int32 => Value::int(i32::from_le(at.cast::<i32>().read_unaligned())),
            ElementKind::Uint32 => Value::from(u32::from_le(at.cast::<u32>().read_unaligned())),
            ElementKind::Float32 => {
                let bits = u32::from_le(at.cast::<u32>().read_unaligned());
                Value::number(f64::from(f32::from_bits(bits)))
            }
            ElementKind::Float64 => {
                let number = f64::from_bits(u64::from_le(at.cast::<u64>().read_unaligned()));
                if number.is_nan() {
                    Value::NAN
                } else {
                    Value::double(number)
                }
            }
            ElementKind::Float16 | ElementKind::BigInt64 | ElementKind::BigUint64 => Value::HOLE,
        }
    }
}

/// Stores a number as an element; was it done?
#[inline(never)]
pub(super) fn set(cell: Cell, index: u32, value: Value) -> bool {
    let Some((at, kind)) = place(cell, index) else {
        return false;
    };
    let float = |value: Value| value.as_number().unwrap_or(f64::NAN);
    let int = |value: Value| match value.as_int() {
        Some(int) => int,
        None => number::to_int32(value.to_double_unchecked()),
    };
    if !value.is_number() {
        return false;
    }
    // SAFETY: as in `get`.
    unsafe {
        match kind {
            ElementKind::Uint8 | ElementKind::Int8 => at.write(int(value) as u8),
            ElementKind::Uint8Clamped => at.write(number::to_uint8_clamp(float(value))),
            ElementKind::Int16 | ElementKind::Uint16 => at
                .cast::<u16>()
                .write_unaligned((int(value) as u16).to_le()),
            ElementKind::Int32 | ElementKind::Uint32 => {
                at.cast::<i32>().write_unaligned(int(value).to_le())
            }
            ElementKind::Float32 => at
                .cast::<u32>()
                .write_unaligned((float(value) as f32).to_bits().to_le()),
            ElementKind::Float64 => at
                .cast::<u64>()
                .write_unaligned(float(value).to_bits().to_le()),
            ElementKind::Float16 | ElementKind::BigInt64 | ElementKind::BigUint64 => return false,
        }
    }
    true
}
