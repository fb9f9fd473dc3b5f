//! Typed arrays' indexed properties. Source: ECMA-262 <https://tc39.es/ecma262/#sec-typedarray-exotic-objects>.

use crate::vm::{
    builtins::typed_array::View,
    heap::{Obj, Units},
    machine::{Completion, Vm},
    number,
    object::{KeyKind, Own, PropDesc, PropKey, attr},
    value::Value,
};

/// The element that a numeric key names, if it is an integer.
#[inline]
fn position(index: f64) -> Option<usize> {
    (index >= 0.0
        && index.trunc() == index
        && index < 9_007_199_254_740_992.0
        && !(index == 0.0 && index.is_sign_negative()))
    .then_some(index as usize)
}

impl Vm {
    /// The index that a key means to a typed array: `Some(f64)` for every canonical numeric string, valid or not.
    #[inline]
    pub(in crate::vm) fn typed_array_key(&mut self, key: PropKey) -> Option<f64> {
        match key.kind() {
            KeyKind::Index(index) => Some(f64::from(index)),
            KeyKind::String(atom) => match self.heap.units(&atom) {
                Units::Latin1(text) => number::canonical_numeric(text),
                Units::Utf16(_) => None,
            },
            KeyKind::Symbol(_) => None,
        }
    }

    /// `TypedArrayGetElement`
    #[inline]
    pub(in crate::vm) fn typed_array_get(&mut self, array: Obj, index: f64) -> Value {
        match (View::of(array), position(index)) {
            (Some(view), Some(index)) => view.get(&mut self.heap, index),
            _ => Value::UNDEFINED,
        }
    }

    /// `IsValidIntegerIndex`
    pub(in crate::vm) fn typed_array_has(&mut self, array: Obj, index: f64) -> bool {
        let length = View::of(array).and_then(|view| view.len()).unwrap_or(0);
        position(index).is_some_and(|index| index < length)
    }

    /// `TypedArraySetElement`
    ///
    /// # Errors
    /// Whatever the conversion of the value throws.
    #[inline]
    pub(in crate::vm) fn typed_array_set(
        &mut self,
        array: Obj,
        index: f64,
        value: Value,
    ) -> Completion<()> {
        let Some(view) = View::of(array) else {
            return Ok(());
        };
        let bits = view.kind.convert(self, value)?;
        if let Some(index) = position(index) {
            view.set_bits(index, bits);
        }
        Ok(())
    }

    /// `[[GetOwnProperty]]` of a numeric key.
    pub(in crate::vm) fn typed_array_own_property(&mut self, array: Obj, index: f64) -> Own {
        let value = self.typed_array_get(array, index);
        if value.is_undefined() {
            Own::None
        } else {
            Own::Data(value, attr::ALL)
        }
    }

    /// `[[DefineOwnProperty]]` of a numeric key.
    ///
    /// # Errors
    /// Whatever the conversion of the value throws.
    pub(in crate::vm) fn typed_array_define_own(
        &mut self,
        array: Obj,
        index: f64,
        desc: &PropDesc,
    ) -> Completion<bool> {
        let off = |field: Option<bool>| field == Some(false);
        if !self.typed_array_has(array, index)
            || off(desc.configurable)
            || off(desc.enumerable)
            || off(desc.writable)
            || desc.is_accessor()
        {
            return Ok(false);
        }
        if let Some(value) = desc.value {
            self.typed_array_set(array, index, value)?;
        }
        Ok(true)
    }

    /// The length in elements; `None` when it is out of bounds.
    pub(in crate::vm) fn typed_array_length(&mut self, array: Obj) -> Option<usize> {
        View::of(array)?.len()
    }

    /// `IsTypedArrayFixedLength`
    pub(in crate::vm) fn typed_array_is_fixed_length(&mut self, array: Obj) -> bool {
        use crate::vm::builtins::buffer_data::with_data;
        View::of(array).is_none_or(|view| {
            let fixed_buffer = with_data(view.data, |data| {
                data.max_len().is_none() || data.is_shared()
            });
            view.fixed.is_some() && fixed_buffer.unwrap_or(true)
        })
    }
}
