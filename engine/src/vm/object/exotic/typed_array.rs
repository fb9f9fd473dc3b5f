//! Typed arrays' indexed properties.

use crate::vm::{
    heap::Obj,
    machine::{Completion, Vm},
    object::{Own, PropDesc, PropKey},
    value::Value,
};

impl Vm {
    /// The index that a key means to a typed array: `Some(f64)` for every canonical numeric string, valid or not.
    pub(in crate::vm) fn typed_array_key(&mut self, key: PropKey) -> Option<f64> {
        key.as_index().map(f64::from)
    }

    pub(in crate::vm) fn typed_array_get(&mut self, array: Obj, index: f64) -> Value {
        let _ = (array, index);
        Value::UNDEFINED
    }

    pub(in crate::vm) fn typed_array_has(&mut self, array: Obj, index: f64) -> bool {
        let _ = (array, index);
        false
    }

    pub(in crate::vm) fn typed_array_set(&mut self, array: Obj, index: f64, value: Value) -> Completion<()> {
        let _ = (array, index, value);
        Ok(())
    }

    pub(in crate::vm) fn typed_array_own_property(&mut self, array: Obj, index: f64) -> Own {
        let _ = (array, index);
        Own::None
    }

    pub(in crate::vm) fn typed_array_define_own(&mut self, array: Obj, index: f64, desc: &PropDesc) -> Completion<bool> {
        let _ = (array, index, desc);
        Ok(false)
    }

    pub(in crate::vm) fn typed_array_length(&mut self, array: Obj) -> Option<usize> {
        let _ = array;
        None
    }

    pub(in crate::vm) fn typed_array_is_fixed_length(&mut self, array: Obj) -> bool {
        let _ = array;
        true
    }
}
