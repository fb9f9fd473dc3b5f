//! Set records: how `Set` methods see their argument. Source: ECMA-262 <https://tc39.es/ecma262/#sec-set-records>.

use crate::vm::{
    heap::Obj,
    iterate::IteratorRecord,
    machine::{Completion, Vm},
    value::Value,
};

/// A set record; rooted by [`SetRecord::of`].
#[derive(Clone, Copy, Debug)]
pub(super) struct SetRecord {
    object: Obj,
    /// `[[Size]]`: an integer or infinite.
    pub size: f64,
    has: Value,
    keys: Value,
}

impl SetRecord {
    /// `GetSetRecord`
    ///
    /// # Errors
    /// `TypeError` or `RangeError` when the value is not set-like; whatever its getters throw.
    pub fn of(vm: &mut Vm, value: Value) -> Completion<Self> {
        let names = vm.names;
        let Some(object) = value.as_object() else {
            let text = vm.display(value);
            return Err(vm.throw_type(format!("{text} is not an object")));
        };
        let raw = vm.get_o(object, names.size)?;
        let size = vm.to_number(raw)?;
        if size.is_nan() {
            return Err(vm.throw_type("The 'size' property must be a number"));
        }
        let size = size.trunc();
        if size < 0.0 {
            return Err(vm.throw_range(format!("'{size}' is an invalid size")));
        }
        let has = vm.get_o(object, names.has)?;
        if !vm.is_callable(has) {
            return Err(vm.throw_type("The 'has' property must be a function"));
        }
        vm.root(has);
        let keys = vm.get_o(object, names.keys)?;
        if !vm.is_callable(keys) {
            return Err(vm.throw_type("The 'keys' property must be a function"));
        }
        vm.root(keys);
        Ok(Self {
            object,
            size,
            has,
            keys,
        })
    }

    /// Calls its `has`.
    ///
    /// # Errors
    /// Whatever it throws.
    pub fn contains(&self, vm: &mut Vm, value: Value) -> Completion<bool> {
        vm.work(1)?;
        let result = vm.call(self.has, self.object.into(), &[value])?;
        Ok(vm.to_boolean(result))
    }

    /// Calls its `keys`: the iterator, rooted.
    ///
    /// # Errors
    /// `TypeError` when that gives no object; whatever it throws.
    pub fn iterate(&self, vm: &mut Vm) -> Completion<IteratorRecord> {
        vm.get_iterator_from_method(self.object.into(), self.keys)
    }
}
