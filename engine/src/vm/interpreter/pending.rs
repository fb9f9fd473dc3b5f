//! What calls need of built-ins that are not there yet.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Completion, NativeFn, Vm},
    realm::Intrinsic,
    value::Value,
};

impl Vm {
    pub(in crate::vm) fn proxy_call(&mut self, _proxy: Obj, _this: Value, _args: &[Value]) -> Completion {
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn proxy_construct(&mut self, _proxy: Obj, _args: &[Value], _new_target: Obj) -> Completion<Obj> {
        Err(self.throw_type("proxies are missing"))
    }

    pub(in crate::vm) fn promise_new(&mut self) -> Obj {
        self.new_intrinsic_object(Kind::Promise, Intrinsic::ObjectPrototype)
    }

    pub(in crate::vm) fn promise_resolve_value(&mut self, _value: Value) -> Completion<Obj> {
        Ok(self.promise_new())
    }

    pub(in crate::vm) fn promise_then_native(&mut self, _promise: Obj, _done: NativeFn, _failed: NativeFn, _data: Value) {}

    pub(in crate::vm) fn promise_resolve_with(&mut self, _promise: Obj, _value: Value) {}

    pub(in crate::vm) fn promise_reject_with(&mut self, _promise: Obj, _reason: Value) {}

    pub(in crate::vm) fn async_from_sync_iterator(&mut self, _iterator: Value, _next: Value) -> Completion<(Value, Value)> {
        Err(self.throw_type("asynchronous iteration is missing"))
    }
}
