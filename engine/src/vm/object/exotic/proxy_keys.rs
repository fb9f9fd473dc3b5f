//! `[[OwnPropertyKeys]]` of Proxies.
//!
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-ownpropertykeys>.

use crate::vm::{
    heap::Obj,
    machine::{Completion, Vm},
    object::{Own, PropKey, attr},
    value::Value,
};

impl Vm {
    pub(in crate::vm) fn proxy_own_keys(&mut self, proxy: Obj) -> Completion<Vec<PropKey>> {
        let name = self.names.own_keys;
        self.with_trap(proxy, name, &[], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.own_keys(trap.target);
            };
            let answer = vm.call(function, trap.handler, &[trap.target.into()])?;
            vm.root(answer);
            let keys = vm.property_key_list(answer)?;
            keys.iter().for_each(|key| vm.roots.push(key.value()));
            vm.check_own_keys(trap.target, &keys)?;
            Ok(keys)
        })
    }

    /// `CreateListFromArrayLike` of strings and symbols, as keys. They are rooted.
    fn property_key_list(&mut self, list: Value) -> Completion<Vec<PropKey>> {
        let Some(object) = list.as_object() else {
            return Err(self.throw_type("CreateListFromArrayLike called on non-object"));
        };
        let length = self.length_of(object)?;
        let mut keys = Vec::new();
        let mut index = 0.0;
        while index < length {
            self.work(1)?;
            let at = self.key_of_number(index);
            let value = self.get_o(object, at)?;
            let key = if let Some(string) = value.as_string() {
                self.heap.key_of_str(string)
            } else if value.is_symbol() {
                PropKey::from_value(value)
            } else {
                let text = self.display_plain(value);
                return Err(self.throw_type(format!("{text} is not a valid property name")));
            };
            self.root(key.value());
            keys.push(key);
            index += 1.0;
        }
        Ok(keys)
    }

    fn check_own_keys(&mut self, target: Obj, keys: &[PropKey]) -> Completion<()> {
        const TRAP: &str = "ownKeys";
        let mut unchecked = std::collections::HashSet::with_capacity(keys.len());
        for &key in keys {
            if !unchecked.insert(key) {
                return Err(self.throw_proxy(TRAP, "trap returned duplicate entries"));
            }
        }
        let extensible = self.is_extensible(target)?;
        let target_keys = self.own_keys(target)?;
        target_keys
            .iter()
            .for_each(|key| self.roots.push(key.value()));
        let (mut configurable, mut fixed) = (Vec::new(), Vec::new());
        for &key in &target_keys {
            match self.own_property(target, key)? {
                own if own != Own::None && own.attrs() & attr::C == 0 => fixed.push(key),
                _ => configurable.push(key),
            }
        }
        if extensible && fixed.is_empty() {
            return Ok(());
        }
        let required = if extensible {
            &[]
        } else {
            configurable.as_slice()
        };
        for &key in fixed.iter().chain(required) {
            if !unchecked.remove(&key) {
                let name = self.display_key(key);
                return Err(self.throw_proxy(TRAP, format!("trap result did not include '{name}'")));
            }
        }
        if !extensible && !unchecked.is_empty() {
            return Err(self.throw_proxy(
                TRAP,
                "trap returned extra keys but proxy target is non-extensible",
            ));
        }
        Ok(())
    }
}
