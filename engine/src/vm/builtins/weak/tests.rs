//! What collections do to weak objects.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Vm},
    object::PropKey,
    realm::Intrinsic,
    value::Value,
};

fn construct(vm: &mut Vm, class: Intrinsic, args: &[Value]) -> Obj {
    let class = vm.intrinsic(class);
    let made = vm.construct(class, args, class).ok();
    made.unwrap_or_else(|| panic!("{class:?}"))
}

fn call(vm: &mut Vm, object: Obj, name: &str, args: &[Value]) -> Value {
    let key = vm.heap.key(name);
    vm.invoke(object.into(), key, args)
        .unwrap_or_else(|throw| panic!("{name}: {throw:?}"))
}

/// Keeps `value` beyond natives: as a property of the global object.
fn keep(vm: &mut Vm, name: &str, value: Value) {
    let key = vm.heap.key(name);
    if let Some(global) = vm.realms[0].global.as_object() {
        vm.put(global, key, value, true).ok();
    }
}

#[test]
fn a_weak_map_forgets_dead_keys() {
    let mut vm = Vm::new(1 << 16);
    let map = construct(&mut vm, Intrinsic::WeakMap, &[]);
    keep(&mut vm, "map", map.into());
    let alive = vm.new_plain_object();
    keep(&mut vm, "alive", alive.into());
    let value = vm.new_plain_object();
    call(&mut vm, map, "set", &[alive.into(), value.into()]);
    for _ in 0..10 {
        let key = vm.new_plain_object();
        // The value refers to its own key: that keeps neither.
        call(&mut vm, map, "set", &[key.into(), key.into()]);
    }
    assert_eq!(vm.weak_entries(map).len(), 11);
    vm.unroot_to(0);
    vm.collect(false);
    assert_eq!(vm.weak_entries(map), [(alive.into(), value.into())]);
    vm.collect(true);
    assert_eq!(call(&mut vm, map, "get", &[alive.into()]), value.into());
    assert_eq!(value.kind(), Kind::Object);
    keep(&mut vm, "alive", Value::UNDEFINED);
    vm.collect(true);
    assert!(vm.weak_entries(map).is_empty());
}

#[test]
fn chains_of_ephemerons_are_followed() {
    let mut vm = Vm::new(1 << 16);
    let map = construct(&mut vm, Intrinsic::WeakMap, &[]);
    keep(&mut vm, "map", map.into());
    let first = vm.new_plain_object();
    keep(&mut vm, "first", first.into());
    let mut key = first;
    for _ in 0..50 {
        let next = vm.new_plain_object();
        call(&mut vm, map, "set", &[key.into(), next.into()]);
        key = next;
    }
    vm.unroot_to(0);
    vm.collect(true);
    assert_eq!(vm.weak_entries(map).len(), 50);
    keep(&mut vm, "first", Value::UNDEFINED);
    vm.collect(true);
    assert!(vm.weak_entries(map).is_empty());
}

#[test]
fn a_weak_ref_is_cleared_after_its_turn() {
    let mut vm = Vm::new(1 << 16);
    let target = vm.new_plain_object();
    let reference = construct(&mut vm, Intrinsic::WeakRef, &[target.into()]);
    keep(&mut vm, "reference", reference.into());
    vm.unroot_to(0);
    vm.collect(true);
    assert_eq!(call(&mut vm, reference, "deref", &[]), target.into());
    vm.run_jobs();
    vm.collect(true);
    assert_eq!(call(&mut vm, reference, "deref", &[]), Value::UNDEFINED);
}

#[test]
fn a_registry_calls_back_once() {
    let mut vm = Vm::new(1 << 16);
    fn cleanup(vm: &mut Vm, args: &Args<'_>) -> crate::vm::Completion {
        let key = vm.heap.key("seen");
        let global = vm.realms[0].global.as_object();
        if let Some(global) = global {
            let seen = vm.get_o(global, key)?.as_int().unwrap_or(0);
            let held = args.at(0).as_int().unwrap_or(0);
            vm.put(global, key, Value::int(seen * 10 + held), true)?;
        }
        Ok(Value::UNDEFINED)
    }
    let name = vm.names.empty;
    let callback = vm.new_native(cleanup, name, 1);
    let registry = construct(&mut vm, Intrinsic::FinalizationRegistry, &[callback.into()]);
    keep(&mut vm, "registry", registry.into());
    let token = vm.new_plain_object();
    keep(&mut vm, "token", token.into());
    for (held, token) in [
        (1, Value::UNDEFINED),
        (2, token.into()),
        (3, Value::UNDEFINED),
    ] {
        let target = vm.new_plain_object();
        call(
            &mut vm,
            registry,
            "register",
            &[target.into(), Value::int(held), token],
        );
    }
    assert_eq!(
        call(&mut vm, registry, "unregister", &[token.into()]),
        Value::TRUE
    );
    vm.unroot_to(0);
    vm.collect(false);
    vm.run_jobs();
    let key: PropKey = vm.heap.key("seen");
    let global = vm.realms[0]
        .global
        .as_object()
        .unwrap_or_else(|| panic!("a global"));
    assert_eq!(vm.get_o(global, key), Ok(Value::int(13)));
    vm.collect(true);
    vm.run_jobs();
    assert_eq!(vm.get_o(global, key), Ok(Value::int(13)));
}
