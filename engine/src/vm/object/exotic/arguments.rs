//! Mapped arguments objects: an index below the number of parameters is the parameter itself.
//!
//! Internal slots: 0 the environment that holds the parameters, 1 a `Slots` cell with the environment slot of each
//! argument (an int, or undefined where it is not or no longer mapped). The values of mapped indexes also lie in the
//! elements, for their attributes. Source: ECMA-262 <https://tc39.es/ecma262/#sec-arguments-exotic-objects>.

use crate::vm::{
    heap::{Cell, Env, Obj},
    machine::{Completion, Vm},
    object::{Own, PropDesc, PropKey},
    value::Value,
};

/// The environment and slot that an index is mapped to.
fn mapped(object: Obj, key: PropKey) -> Option<(Env, usize, Cell, usize)> {
    let index = key.as_index()? as usize;
    let map = object.internal(1).as_cell()?;
    let slot = map.slots_get(index).as_int()?;
    let env = Env::from_value(object.internal(0))?;
    Some((env, usize::try_from(slot).ok()?, map, index))
}

impl Vm {
    /// `[[GetOwnProperty]]`: the parameter's value now.
    pub(in crate::vm) fn mapped_arguments_own(
        &mut self,
        object: Obj,
        key: PropKey,
        own: Own,
    ) -> Own {
        match (own, mapped(object, key)) {
            (Own::Data(_, attrs), Some((env, slot, ..))) => Own::Data(env.get(slot), attrs),
            _ => own,
        }
    }

    /// Ends the mapping of a deleted index.
    pub(in crate::vm) fn mapped_arguments_unmap(&mut self, object: Obj, key: PropKey) {
        if let Some((_, _, map, index)) = mapped(object, key) {
            map.slots_set(index, Value::UNDEFINED);
        }
    }

    /// `[[DefineOwnProperty]]`
    pub(in crate::vm) fn mapped_arguments_define(
        &mut self,
        object: Obj,
        key: PropKey,
        desc: &PropDesc,
    ) -> Completion<bool> {
        let Some((env, slot, map, index)) = mapped(object, key) else {
            return Ok(self.ordinary_define_own(object, key, desc));
        };
        let mut applied = *desc;
        if desc.is_data() && desc.value.is_none() && desc.writable == Some(false) {
            applied.value = Some(env.get(slot));
        }
        if !self.ordinary_define_own(object, key, &applied) {
            return Ok(false);
        }
        if desc.is_accessor() {
            map.slots_set(index, Value::UNDEFINED);
        } else {
            if let Some(value) = desc.value {
                env.set(slot, value);
            }
            if desc.writable == Some(false) {
                map.slots_set(index, Value::UNDEFINED);
            }
        }
        Ok(true)
    }
}
