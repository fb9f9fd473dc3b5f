//! Proxy objects. Internal slots: 0 target (null when revoked), 1 handler, 2 bits: 1 callable, 2 constructor.
//!
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots>.

use crate::vm::{
    heap::Obj,
    machine::{Completion, Vm},
    object::{Own, PropDesc, PropKey},
    value::Value,
};

impl Vm {
    pub(in crate::vm) fn proxy_own_property(&mut self, proxy: Obj, key: PropKey) -> Completion<Own> {
        let _ = (proxy, key);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_get(&mut self, proxy: Obj, key: PropKey, receiver: Value) -> Completion {
        let _ = (proxy, key, receiver);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_set(&mut self, proxy: Obj, key: PropKey, value: Value, receiver: Value) -> Completion<bool> {
        let _ = (proxy, key, value, receiver);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_has(&mut self, proxy: Obj, key: PropKey) -> Completion<bool> {
        let _ = (proxy, key);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_delete(&mut self, proxy: Obj, key: PropKey) -> Completion<bool> {
        let _ = (proxy, key);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_get_prototype_of(&mut self, proxy: Obj) -> Completion {
        let _ = (proxy,);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_set_prototype_of(&mut self, proxy: Obj, proto: Value) -> Completion<bool> {
        let _ = (proxy, proto);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_is_extensible(&mut self, proxy: Obj) -> Completion<bool> {
        let _ = (proxy,);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_prevent_extensions(&mut self, proxy: Obj) -> Completion<bool> {
        let _ = (proxy,);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_own_keys(&mut self, proxy: Obj) -> Completion<Vec<PropKey>> {
        let _ = (proxy,);
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_define_own(&mut self, proxy: Obj, key: PropKey, desc: &PropDesc) -> Completion<bool> {
        let _ = (proxy, key, desc);
        Err(self.throw_type("proxies are missing"))
    }

}

impl Vm {
    /// `[[Call]]`
    pub(in crate::vm) fn proxy_call(&mut self, proxy: Obj, this: Value, args: &[Value]) -> Completion {
        let _ = (proxy, this, args);
        Err(self.throw_type("proxies are missing"))
    }

    /// `[[Construct]]`
    pub(in crate::vm) fn proxy_construct(&mut self, proxy: Obj, args: &[Value], new_target: Obj) -> Completion<Obj> {
        let _ = (proxy, args, new_target);
        Err(self.throw_type("proxies are missing"))
    }
}
