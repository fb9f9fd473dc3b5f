//! `Proxy`; what Proxies do is in `object::exotic::proxy`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-proxy-objects>.

use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

/// Declares `Proxy`. It has no `prototype`.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let key = vm.heap.key("Proxy");
    let constructor = vm.new_native(construct, key, 2);
    vm.make_constructor(constructor);
    vm.hide_from_traces(constructor);
    vm.set_intrinsic(Intrinsic::Proxy, constructor);
    vm.define_method(constructor, "revocable", 2, revocable);
    vm.store_named(global, key, constructor.into(), attr::METHOD);
}

fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor Proxy requires 'new'"));
    }
    vm.new_proxy(args.at(0), args.at(1)).map(Value::from)
}

/// `Proxy.revocable`
fn revocable(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let proxy = vm.new_proxy(args.at(0), args.at(1))?;
    // The revoker keeps the Proxy in its captured value until it is called.
    let name = vm.names.empty;
    let revoke = vm.new_native_with(revoke, name, 0, proxy.into());
    let result = vm.new_plain_object();
    let names = vm.names;
    vm.add_own(result, names.proxy, proxy.into(), attr::ALL);
    vm.add_own(result, names.revoke, revoke.into(), attr::ALL);
    Ok(result.into())
}

fn revoke(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(proxy) = args.captured().as_object() {
        args.callee.set_internal(3, Value::UNDEFINED);
        vm.revoke_proxy(proxy);
    }
    Ok(Value::UNDEFINED)
}
