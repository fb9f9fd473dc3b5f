//! `Reflect`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-reflect-object>.

use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    object::{Own, attr, create::native_flag},
    realm::Intrinsic,
    value::Value,
};

/// Declares `Reflect`.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let reflect = vm.new_plain_object();
    vm.set_intrinsic(Intrinsic::Reflect, reflect);
    vm.define_methods(
        reflect,
        &[
            ("defineProperty", 3, define_property),
            ("deleteProperty", 2, delete_property),
            ("construct", 2, construct),
            ("get", 2, get),
            ("getOwnPropertyDescriptor", 2, get_own_property_descriptor),
            ("getPrototypeOf", 1, get_prototype_of),
            ("has", 2, has),
            ("isExtensible", 1, is_extensible),
            ("ownKeys", 1, own_keys),
            ("preventExtensions", 1, prevent_extensions),
            ("set", 3, set),
            ("setPrototypeOf", 2, set_prototype_of),
        ],
    );
    let apply = vm.define_method(reflect, "apply", 3, apply);
    vm.make_special(apply, native_flag::REFLECT_APPLY);
    for name in ["apply", "construct"] {
        let key = vm.method_key(name);
        if let Own::Data(function, _) = vm.ordinary_own_property(reflect, key)
            && let Some(function) = function.as_object()
        {
            vm.hide_from_traces(function);
        }
    }
    let tag = vm.str("Reflect");
    vm.define_value(reflect, "@@toStringTag", tag, attr::C);
    vm.define_value(global, "Reflect", reflect, attr::METHOD);
}

fn target(vm: &mut Vm, args: &Args<'_>, name: &str) -> Completion<Obj> {
    match args.at(0).as_object() {
        Some(object) => Ok(object),
        None => Err(vm.throw_type(format!("Reflect.{name} called on non-object"))),
    }
}

/// `Reflect.apply`: only what cannot be applied comes here, see [`native_flag::REFLECT_APPLY`].
fn apply(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !vm.is_callable(args.at(0)) {
        return Err(super::function::throw_not_applicable(vm, args.at(0)));
    }
    let list = vm.list_from_array_like(args.at(2))?;
    list.iter().for_each(|&value| vm.roots.push(value));
    vm.call(args.at(0), args.at(1), &list)
}

fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let new_target = if args.len() > 2 {
        args.at(2)
    } else {
        args.at(0)
    };
    for value in [args.at(0), new_target] {
        if !vm.is_constructor(value) {
            let text = vm.display_plain(value);
            return Err(vm.throw_type(format!("{text} is not a constructor")));
        }
    }
    let (Some(function), Some(new_target)) = (args.at(0).as_object(), new_target.as_object())
    else {
        return Ok(Value::UNDEFINED);
    };
    let list = vm.list_from_array_like(args.at(1))?;
    list.iter().for_each(|&value| vm.roots.push(value));
    vm.construct(function, &list, new_target).map(Value::from)
}

fn define_property(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "defineProperty")?;
    let key = vm.to_property_key(args.at(1))?;
    vm.root(key.value());
    let desc = vm.to_property_descriptor(args.at(2))?;
    vm.define_own(object, key, &desc).map(Value::bool)
}

fn delete_property(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "deleteProperty")?;
    let key = vm.to_property_key(args.at(1))?;
    vm.delete(object, key).map(Value::bool)
}

fn get(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "get")?;
    let key = vm.to_property_key(args.at(1))?;
    vm.root(key.value());
    let receiver = if args.len() > 2 {
        args.at(2)
    } else {
        object.into()
    };
    vm.get(object, key, receiver)
}

fn get_own_property_descriptor(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "getOwnPropertyDescriptor")?;
    let key = vm.to_property_key(args.at(1))?;
    let own = vm.own_property(object, key)?;
    Ok(vm.from_property_descriptor(own.descriptor()))
}

fn get_prototype_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "getPrototypeOf")?;
    vm.get_prototype_of(object)
}

fn has(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "has")?;
    let key = vm.to_property_key(args.at(1))?;
    vm.has_property(object, key).map(Value::bool)
}

fn is_extensible(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "isExtensible")?;
    vm.is_extensible(object).map(Value::bool)
}

fn own_keys(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "ownKeys")?;
    let keys = vm.own_keys(object)?;
    let list = vm.new_array();
    for key in keys {
        let key = vm.heap.key_to_value(key);
        vm.array_push(list, key)?;
    }
    Ok(list.into())
}

fn prevent_extensions(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "preventExtensions")?;
    vm.prevent_extensions(object).map(Value::bool)
}

fn set(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "set")?;
    let key = vm.to_property_key(args.at(1))?;
    vm.root(key.value());
    let receiver = if args.len() > 3 {
        args.at(3)
    } else {
        object.into()
    };
    vm.set(object, key, args.at(2), receiver).map(Value::bool)
}

fn set_prototype_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = target(vm, args, "setPrototypeOf")?;
    vm.check_prototype(args.at(1))?;
    vm.set_prototype_of(object, args.at(1)).map(Value::bool)
}
