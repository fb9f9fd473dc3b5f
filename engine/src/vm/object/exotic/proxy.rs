//! Proxy objects. Internal slots: 0 target (null when revoked), 1 handler, 2 bits: 1 callable, 2 constructor.
//!
//! Every internal method asks the handler's trap and then checks what it answered against the target.
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots>.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Completion, Throw, Vm},
    object::{Own, PropDesc, PropKey, attr, ops::compatible},
    value::Value,
};

/// What an operation on a Proxy goes on with.
#[derive(Clone, Copy)]
pub(super) struct Trap {
    pub(super) target: Obj,
    pub(super) handler: Value,
    /// `None`: the handler has none, the target answers.
    pub(super) function: Option<Value>,
}

impl Vm {
    /// `ProxyCreate`
    ///
    /// # Errors
    /// `TypeError` when either is no object.
    pub fn new_proxy(&mut self, target: Value, handler: Value) -> Completion<Obj> {
        if !target.is_object() || !handler.is_object() {
            return Err(
                self.throw_type("Cannot create proxy with a non-object as target or handler")
            );
        }
        let proxy = self.new_object_of(Kind::Proxy, Value::NULL);
        let bits =
            i32::from(self.is_callable(target)) | i32::from(self.is_constructor(target)) << 1;
        proxy.set_internal(0, target);
        proxy.set_internal(1, handler);
        proxy.set_internal(2, Value::int(bits));
        Ok(proxy)
    }

    /// Takes target and handler from the Proxy for good.
    pub(in crate::vm) fn revoke_proxy(&mut self, proxy: Obj) {
        proxy.set_internal(0, Value::NULL);
        proxy.set_internal(1, Value::NULL);
    }

    /// Runs `body` with what the Proxy says about the trap `name`, one level of native calls deeper. Everything that the
    /// body may still need after a call is rooted.
    pub(super) fn with_trap<T>(
        &mut self,
        proxy: Obj,
        name: PropKey,
        held: &[Value],
        body: impl FnOnce(&mut Self, Trap) -> Completion<T>,
    ) -> Completion<T> {
        let mark = self.root_mark();
        held.iter().for_each(|&value| self.roots.push(value));
        self.root(proxy);
        let result = self.nested(|vm| {
            let trap = vm.find_trap(proxy, name)?;
            body(vm, trap)
        });
        self.unroot_to(mark);
        result
    }

    fn find_trap(&mut self, proxy: Obj, name: PropKey) -> Completion<Trap> {
        let (Some(target), Some(handler)) =
            (proxy.internal(0).as_object(), proxy.internal(1).as_object())
        else {
            let name = self.display_key(name);
            return Err(self.throw_type(format!(
                "Cannot perform '{name}' on a proxy that has been revoked"
            )));
        };
        self.root(target);
        self.root(handler);
        let function = self.get_o(handler, name)?;
        if function.is_nullish() {
            return Ok(Trap {
                target,
                handler: handler.into(),
                function: None,
            });
        }
        if !self.is_callable(function) {
            let (text, name, holder) = (
                self.display_plain(function),
                self.display_key(name),
                self.display_receiver(handler.into()),
            );
            let message = format!(
                "'{text}' returned for property '{name}' of object '{holder}' is not a function"
            );
            return Err(self.throw_type(message));
        }
        self.root(function);
        Ok(Trap {
            target,
            handler: handler.into(),
            function: Some(function),
        })
    }

    /// A broken promise of the trap `trap`.
    pub(super) fn throw_proxy(&mut self, trap: &str, complaint: impl AsRef<str>) -> Throw {
        self.throw_type(format!("'{trap}' on proxy: {}", complaint.as_ref()))
    }

    pub(in crate::vm) fn proxy_get_prototype_of(&mut self, proxy: Obj) -> Completion {
        let name = self.names.get_prototype_of;
        self.with_trap(proxy, name, &[], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.get_prototype_of(trap.target);
            };
            let proto = vm.call(function, trap.handler, &[trap.target.into()])?;
            if !proto.is_object() && !proto.is_null() {
                return Err(vm.throw_proxy("getPrototypeOf", "trap returned neither object nor null"));
            }
            vm.root(proto);
            if !vm.is_extensible(trap.target)? && vm.get_prototype_of(trap.target)? != proto {
                let complaint = "proxy target is non-extensible but the trap did not return its actual prototype";
                return Err(vm.throw_proxy("getPrototypeOf", complaint));
            }
            Ok(proto)
        })
    }

    pub(in crate::vm) fn proxy_set_prototype_of(
        &mut self,
        proxy: Obj,
        proto: Value,
    ) -> Completion<bool> {
        let name = self.names.set_prototype_of;
        self.with_trap(proxy, name, &[proto], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.set_prototype_of(trap.target, proto);
            };
            let answer = vm.call(function, trap.handler, &[trap.target.into(), proto])?;
            if !vm.to_boolean(answer) {
                return Ok(false);
            }
            if !vm.is_extensible(trap.target)? && vm.get_prototype_of(trap.target)? != proto {
                let complaint = "trap returned truish for setting a new prototype on the non-extensible proxy target";
                return Err(vm.throw_proxy("setPrototypeOf", complaint));
            }
            Ok(true)
        })
    }

    pub(in crate::vm) fn proxy_is_extensible(&mut self, proxy: Obj) -> Completion<bool> {
        let name = self.names.is_extensible;
        self.with_trap(proxy, name, &[], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.is_extensible(trap.target);
            };
            let answer = vm.call(function, trap.handler, &[trap.target.into()])?;
            let answer = vm.to_boolean(answer);
            let actual = vm.is_extensible(trap.target)?;
            if answer != actual {
                let complaint =
                    format!("trap result does not reflect extensibility of proxy target (which is '{actual}')");
                return Err(vm.throw_proxy("isExtensible", complaint));
            }
            Ok(answer)
        })
    }

    pub(in crate::vm) fn proxy_prevent_extensions(&mut self, proxy: Obj) -> Completion<bool> {
        let name = self.names.prevent_extensions;
        self.with_trap(proxy, name, &[], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.prevent_extensions(trap.target);
            };
            let answer = vm.call(function, trap.handler, &[trap.target.into()])?;
            let answer = vm.to_boolean(answer);
            if answer && vm.is_extensible(trap.target)? {
                let complaint = "trap returned truish but the proxy target is extensible";
                return Err(vm.throw_proxy("preventExtensions", complaint));
            }
            Ok(answer)
        })
    }

    pub(in crate::vm) fn proxy_own_property(
        &mut self,
        proxy: Obj,
        key: PropKey,
    ) -> Completion<Own> {
        let name = self.names.get_own_property_descriptor;
        self.with_trap(proxy, name, &[key.value()], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.own_property(trap.target, key);
            };
            let key_value = vm.heap.key_to_value(key);
            let answer = vm.call(function, trap.handler, &[trap.target.into(), key_value])?;
            vm.root(answer);
            vm.check_own_property(trap.target, key, answer)
        })
    }

    fn check_own_property(&mut self, target: Obj, key: PropKey, answer: Value) -> Completion<Own> {
        const TRAP: &str = "getOwnPropertyDescriptor";
        if !answer.is_object() && !answer.is_undefined() {
            let name = self.display_key(key);
            let complaint =
                format!("trap returned neither object nor undefined for property '{name}'");
            return Err(self.throw_proxy(TRAP, complaint));
        }
        let own = self.own_property(target, key)?;
        self.root_own(own);
        if answer.is_undefined() {
            if own == Own::None {
                return Ok(Own::None);
            }
            let name = self.display_key(key);
            if own.attrs() & attr::C == 0 {
                let complaint = format!(
                    "trap returned undefined for property '{name}' which is non-configurable in the proxy target"
                );
                return Err(self.throw_proxy(TRAP, complaint));
            }
            if !self.is_extensible(target)? {
                let complaint = format!(
                    "trap returned undefined for property '{name}' which exists in the non-extensible proxy target"
                );
                return Err(self.throw_proxy(TRAP, complaint));
            }
            return Ok(Own::None);
        }
        let extensible = self.is_extensible(target)?;
        let answer = complete(&self.to_property_descriptor(answer)?);
        let desc = answer.descriptor().unwrap_or_default();
        if !compatible(&mut self.heap, extensible, &desc, own) {
            let name = self.display_key(key);
            let complaint = format!(
                "trap returned descriptor for property '{name}' that is incompatible with the existing property in the proxy \
                 target"
            );
            return Err(self.throw_proxy(TRAP, complaint));
        }
        if answer.attrs() & attr::C == 0 {
            if own == Own::None || own.attrs() & attr::C != 0 {
                let name = self.display_key(key);
                let complaint = format!(
                    "trap reported non-configurability for property '{name}' which is either non-existent or configurable in \
                     the proxy target"
                );
                return Err(self.throw_proxy(TRAP, complaint));
            }
            if desc.writable == Some(false) && own.attrs() & attr::W != 0 {
                let name = self.display_key(key);
                let complaint = format!(
                    "trap reported non-configurable and writable for property '{name}' which is non-configurable, \
                     non-writable in the proxy target"
                );
                return Err(self.throw_proxy(TRAP, complaint));
            }
        }
        Ok(answer)
    }

    /// Roots what a property holds.
    pub(in crate::vm) fn root_own(&mut self, own: Own) {
        match own {
            Own::None => {}
            Own::Data(value, _) => {
                self.root(value);
            }
            Own::Accessor(getter, setter, _) => {
                self.root(getter);
                self.root(setter);
            }
        }
    }

    pub(in crate::vm) fn proxy_define_own(
        &mut self,
        proxy: Obj,
        key: PropKey,
        desc: &PropDesc,
    ) -> Completion<bool> {
        let name = self.names.define_property;
        let field = |value: Option<Value>| value.unwrap_or(Value::UNDEFINED);
        let held = [
            key.value(),
            field(desc.value),
            field(desc.get),
            field(desc.set),
        ];
        self.with_trap(proxy, name, &held, |vm, trap| {
            let Some(function) = trap.function else {
                return vm.define_own(trap.target, key, desc);
            };
            let key_value = vm.heap.key_to_value(key);
            let object = vm.from_property_descriptor(Some(*desc));
            let answer = vm.call(
                function,
                trap.handler,
                &[trap.target.into(), key_value, object],
            )?;
            if !vm.to_boolean(answer) {
                return Ok(false);
            }
            vm.check_define_own(trap.target, key, desc)?;
            Ok(true)
        })
    }

    fn check_define_own(&mut self, target: Obj, key: PropKey, desc: &PropDesc) -> Completion<()> {
        const TRAP: &str = "defineProperty";
        let own = self.own_property(target, key)?;
        self.root_own(own);
        let extensible = self.is_extensible(target)?;
        let fixed = desc.configurable == Some(false);
        let name = self.display_key(key);
        if own == Own::None && !extensible {
            let complaint = format!(
                "trap returned truish for adding property '{name}'  to the non-extensible proxy target"
            );
            return Err(self.throw_proxy(TRAP, complaint));
        }
        if own != Own::None && !compatible(&mut self.heap, extensible, desc, own) {
            let complaint = format!(
                "trap returned truish for adding property '{name}'  that is incompatible with the existing property in the \
                 proxy target"
            );
            return Err(self.throw_proxy(TRAP, complaint));
        }
        if fixed && (own == Own::None || own.attrs() & attr::C != 0) {
            let complaint = format!(
                "trap returned truish for defining non-configurable property '{name}' which is either non-existent or \
                 configurable in the proxy target"
            );
            return Err(self.throw_proxy(TRAP, complaint));
        }
        if matches!(own, Own::Data(..))
            && own.attrs() & (attr::C | attr::W) == attr::W
            && desc.writable == Some(false)
        {
            let complaint = format!(
                "trap returned truish for defining non-configurable property '{name}' which cannot be non-writable, unless \
                 there exists a corresponding non-configurable, non-writable own property of the target object."
            );
            return Err(self.throw_proxy(TRAP, complaint));
        }
        Ok(())
    }

    pub(in crate::vm) fn proxy_has(&mut self, proxy: Obj, key: PropKey) -> Completion<bool> {
        let name = self.names.has;
        self.with_trap(proxy, name, &[key.value()], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.has_property(trap.target, key);
            };
            let key_value = vm.heap.key_to_value(key);
            let answer = vm.call(function, trap.handler, &[trap.target.into(), key_value])?;
            if vm.to_boolean(answer) {
                return Ok(true);
            }
            vm.check_proxy_has_not(trap.target, key)?;
            Ok(false)
        })
    }

    /// May the trap `has` have said that there is no such property?
    pub(in crate::vm) fn check_proxy_has_not(
        &mut self,
        target: Obj,
        key: PropKey,
    ) -> Completion<()> {
        let own = self.own_property(target, key)?;
        if own == Own::None {
            return Ok(());
        }
        let name = self.display_key(key);
        if own.attrs() & attr::C == 0 {
            let complaint = format!(
                "trap returned falsish for property '{name}' which exists in the proxy target as non-configurable"
            );
            return Err(self.throw_proxy("has", complaint));
        }
        if !self.is_extensible(target)? {
            let complaint = format!(
                "trap returned falsish for property '{name}' but the proxy target is not extensible"
            );
            return Err(self.throw_proxy("has", complaint));
        }
        Ok(())
    }

    pub(in crate::vm) fn proxy_get(
        &mut self,
        proxy: Obj,
        key: PropKey,
        receiver: Value,
    ) -> Completion {
        let name = self.names.get;
        self.with_trap(proxy, name, &[key.value(), receiver], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.get(trap.target, key, receiver);
            };
            let key_value = vm.heap.key_to_value(key);
            let answer = vm.call(
                function,
                trap.handler,
                &[trap.target.into(), key_value, receiver],
            )?;
            vm.root(answer);
            vm.check_proxy_get(trap.target, key, answer)?;
            Ok(answer)
        })
    }

    /// May the trap `get` have answered that?
    pub(in crate::vm) fn check_proxy_get(
        &mut self,
        target: Obj,
        key: PropKey,
        answer: Value,
    ) -> Completion<()> {
        match self.own_property(target, key)? {
            Own::Data(value, attrs)
                if attrs & (attr::W | attr::C) == 0 && !self.heap.same_value(value, answer) =>
            {
                let (name, expected, got) = (
                    self.display_key(key),
                    self.display_plain(value),
                    self.display_plain(answer),
                );
                let complaint = format!(
                    "property '{name}' is a read-only and non-configurable data property on the proxy target but the \
                     proxy did not return its actual value (expected '{expected}' but got '{got}')"
                );
                Err(self.throw_proxy("get", complaint))
            }
            Own::Accessor(getter, _, attrs)
                if attrs & attr::C == 0 && getter.is_undefined() && !answer.is_undefined() =>
            {
                let (name, got) = (self.display_key(key), self.display_plain(answer));
                let complaint = format!(
                    "property '{name}' is a non-configurable accessor property on the proxy target and does not have \
                     a getter function, but the trap did not return 'undefined' (got '{got}')"
                );
                Err(self.throw_proxy("get", complaint))
            }
            _ => Ok(()),
        }
    }

    pub(in crate::vm) fn proxy_set(
        &mut self,
        proxy: Obj,
        key: PropKey,
        value: Value,
        receiver: Value,
    ) -> Completion<bool> {
        let name = self.names.set;
        self.with_trap(proxy, name, &[key.value(), value, receiver], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.set(trap.target, key, value, receiver);
            };
            let key_value = vm.heap.key_to_value(key);
            let answer = vm.call(
                function,
                trap.handler,
                &[trap.target.into(), key_value, value, receiver],
            )?;
            if !vm.to_boolean(answer) {
                return Ok(false);
            }
            vm.check_proxy_set(trap.target, key, value)?;
            Ok(true)
        })
    }

    /// May the trap `set` have said that it did that?
    pub(in crate::vm) fn check_proxy_set(
        &mut self,
        target: Obj,
        key: PropKey,
        value: Value,
    ) -> Completion<()> {
        let kind = match self.own_property(target, key)? {
            Own::Data(current, attrs)
                if attrs & (attr::W | attr::C) == 0 && !self.heap.same_value(current, value) =>
            {
                "data property with a different value"
            }
            Own::Accessor(_, setter, attrs) if attrs & attr::C == 0 && setter.is_undefined() => {
                "accessor property without a setter"
            }
            _ => return Ok(()),
        };
        let name = self.display_key(key);
        let complaint = format!(
            "trap returned truish for property '{name}' which exists in the proxy target as a non-configurable and \
             non-writable {kind}"
        );
        Err(self.throw_proxy("set", complaint))
    }

    pub(in crate::vm) fn proxy_delete(&mut self, proxy: Obj, key: PropKey) -> Completion<bool> {
        let name = self.names.delete_property;
        self.with_trap(proxy, name, &[key.value()], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.delete(trap.target, key);
            };
            let key_value = vm.heap.key_to_value(key);
            let answer = vm.call(function, trap.handler, &[trap.target.into(), key_value])?;
            if !vm.to_boolean(answer) {
                return Ok(false);
            }
            let own = vm.own_property(trap.target, key)?;
            if own == Own::None {
                return Ok(true);
            }
            let name = vm.display_key(key);
            if own.attrs() & attr::C == 0 {
                let complaint =
                    format!("trap returned truish for property '{name}' which is non-configurable in the proxy target");
                return Err(vm.throw_proxy("deleteProperty", complaint));
            }
            if !vm.is_extensible(trap.target)? {
                let complaint =
                    format!("trap returned truish for property '{name}' but the proxy target is non-extensible");
                return Err(vm.throw_proxy("deleteProperty", complaint));
            }
            Ok(true)
        })
    }

    /// `[[Call]]`, up to the call: the function to call, its `this` and its arguments; `None` for the arguments as they are.
    pub(in crate::vm) fn proxy_callee(
        &mut self,
        proxy: Obj,
        this: Value,
        args: &[Value],
    ) -> Completion<(Value, Value, Option<[Value; 3]>)> {
        let name = self.names.apply;
        let trap = self.find_trap(proxy, name)?;
        let Some(function) = trap.function else {
            return Ok((trap.target.into(), this, None));
        };
        let list = self.new_array_from(args);
        let args = [trap.target.into(), this, list.into()];
        Ok((function, trap.handler, Some(args)))
    }

    /// `[[Construct]]`
    pub(in crate::vm) fn proxy_construct(
        &mut self,
        proxy: Obj,
        args: &[Value],
        new_target: Obj,
    ) -> Completion<Obj> {
        let name = self.names.construct;
        self.with_trap(proxy, name, &[new_target.into()], |vm, trap| {
            let Some(function) = trap.function else {
                return vm.construct(trap.target, args, new_target);
            };
            let list = vm.new_array_from(args);
            let answer = vm.call(
                function,
                trap.handler,
                &[trap.target.into(), list.into(), new_target.into()],
            )?;
            match answer.as_object() {
                Some(object) => Ok(object),
                None => {
                    let text = vm.display_plain(answer);
                    Err(vm.throw_proxy("construct", format!("trap returned non-object ('{text}')")))
                }
            }
        })
    }
}

/// `CompletePropertyDescriptor`
fn complete(desc: &PropDesc) -> Own {
    let attrs = desc.attrs();
    if desc.is_accessor() {
        let side = |function: Option<Value>| function.unwrap_or(Value::UNDEFINED);
        return Own::Accessor(side(desc.get), side(desc.set), attrs);
    }
    Own::Data(desc.value.unwrap_or(Value::UNDEFINED), attrs)
}
