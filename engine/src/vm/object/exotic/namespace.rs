//! Module namespace objects. Source: ECMA-262 <https://tc39.es/ecma262/#sec-module-namespace-exotic-objects>.
//!
//! Internal slot 0: a native cell with the exports in order. That of `import defer` evaluates its module when a name is asked
//! for (<https://tc39.es/proposal-defer-import-eval/>); symbols and `then`, which promises ask for, leave it alone.

use crate::vm::{
    heap::{Env, NativeData, Obj, Tracer},
    machine::{Completion, Vm},
    module::Module,
    object::{Own, PropDesc, PropKey, attr},
    value::Value,
};

/// The exports of a namespace, sorted by name.
#[derive(Debug)]
pub struct Exports {
    /// Name, and where the binding is: an environment and slot, or (slot `usize::MAX`) the value itself.
    pub list: Vec<(PropKey, Value, usize)>,
    /// `[[Deferred]]`: the module that whoever looks at an export evaluates first; else undefined.
    pub deferred: Value,
}

impl NativeData for Exports {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(self.deferred);
        for &(key, place, _) in &self.list {
            tracer.value(key.value());
            tracer.value(place);
        }
    }
}

impl Vm {
    /// `GetModuleExportsList`: evaluates the module of a deferred namespace.
    fn settle_namespace(&mut self, object: Obj) -> Completion<()> {
        let exports = self.heap.native::<Exports>(object.internal(0));
        let deferred = exports.map_or(Value::UNDEFINED, |exports| exports.deferred);
        match Module::from_value(self, deferred) {
            Some(module) => self.evaluate_module_sync(module),
            None => Ok(()),
        }
    }

    /// `IsSymbolLikeNamespaceKey`
    fn is_symbol_like(&self, object: Obj, key: PropKey) -> bool {
        key.is_symbol()
            || key == self.names.then
                && self
                    .heap
                    .native::<Exports>(object.internal(0))
                    .is_some_and(|exports| !exports.deferred.is_undefined())
    }

    /// The environment and slot of an export, for caches: none of a deferred namespace, which has to be asked.
    ///
    /// A namespace has a shape of its own and keeps the environments alive, so they are there as long as an object has the
    /// shape.
    pub(in crate::vm) fn namespace_binding(
        &self,
        object: Obj,
        key: PropKey,
    ) -> Option<(Env, usize)> {
        let exports = self.heap.native::<Exports>(object.internal(0))?;
        if !exports.deferred.is_undefined() {
            return None;
        }
        let &(_, place, slot) = exports.list.iter().find(|export| export.0 == key)?;
        let env = Env::from_value(place)?;
        (slot < env.len()).then_some((env, slot))
    }

    /// What the export holds, as it is now: the hole if it was not initialised.
    pub(in crate::vm) fn namespace_export(&self, object: Obj, key: PropKey) -> Option<Value> {
        let exports = self.heap.native::<Exports>(object.internal(0))?;
        let &(_, place, slot) = exports.list.iter().find(|export| export.0 == key)?;
        if slot == usize::MAX {
            return Some(place);
        }
        Env::from_value(place).map(|env| env.get(slot))
    }

    /// `[[GetOwnProperty]]`
    ///
    /// # Errors
    /// `ReferenceError` for an uninitialised export; what evaluating a deferred module throws.
    pub(in crate::vm) fn namespace_own_property(
        &mut self,
        object: Obj,
        key: PropKey,
    ) -> Completion<Own> {
        if self.is_symbol_like(object, key) {
            return Ok(self.ordinary_own_property(object, key));
        }
        self.settle_namespace(object)?;
        match self.namespace_export(object, key) {
            None => Ok(Own::None),
            Some(Value::HOLE) => {
                let name = self.display_key(key);
                Err(self.throw_reference(format!("Cannot access '{name}' before initialization")))
            }
            Some(value) => Ok(Own::Data(value, attr::W | attr::E)),
        }
    }

    /// `[[HasProperty]]`
    ///
    /// # Errors
    /// What evaluating a deferred module throws.
    pub(in crate::vm) fn namespace_has(&mut self, object: Obj, key: PropKey) -> Completion<bool> {
        if self.is_symbol_like(object, key) {
            return Ok(self.ordinary_own_property(object, key) != Own::None);
        }
        self.settle_namespace(object)?;
        Ok(self.namespace_export(object, key).is_some())
    }

    /// `[[Delete]]`
    ///
    /// # Errors
    /// As [`Vm::namespace_has`].
    pub(in crate::vm) fn namespace_delete(
        &mut self,
        object: Obj,
        key: PropKey,
    ) -> Completion<bool> {
        Ok(!self.namespace_has(object, key)?)
    }

    /// `[[DefineOwnProperty]]`
    ///
    /// # Errors
    /// As [`Vm::namespace_own_property`].
    pub(in crate::vm) fn namespace_define_own(
        &mut self,
        object: Obj,
        key: PropKey,
        desc: &PropDesc,
    ) -> Completion<bool> {
        if self.is_symbol_like(object, key) {
            return Ok(self.ordinary_define_own(object, key, desc));
        }
        let Own::Data(value, _) = self.namespace_own_property(object, key)? else {
            return Ok(false);
        };
        let fits = desc.configurable != Some(true)
            && desc.enumerable != Some(false)
            && !desc.is_accessor()
            && desc.writable != Some(false);
        Ok(fits
            && desc
                .value
                .is_none_or(|new| self.heap.same_value(new, value)))
    }

    /// `[[OwnPropertyKeys]]`
    ///
    /// # Errors
    /// As [`Vm::namespace_has`].
    pub(in crate::vm) fn namespace_own_keys(&mut self, object: Obj) -> Completion<Vec<PropKey>> {
        self.settle_namespace(object)?;
        let exports = self.heap.native::<Exports>(object.internal(0));
        let mut keys: Vec<PropKey> = exports
            .map(|e| e.list.iter().map(|export| export.0).collect())
            .unwrap_or_default();
        let entries = self.heap.shapes.entries(object.shape());
        keys.extend(
            entries
                .iter()
                .map(|entry| entry.0)
                .filter(|key| key.is_symbol() && !key.is_private()),
        );
        Ok(keys)
    }
}
