//! `Object`'s functions that read, copy and define properties.

use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::{Own, PropDesc, PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// `Object.assign`
pub(super) fn assign(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let target = vm.to_object(args.at(0))?;
    vm.root(target);
    for &source in args
        .values
        .iter()
        .skip(1)
        .filter(|source| !source.is_nullish())
    {
        let mark = vm.root_mark();
        let source = vm.to_object(source)?;
        vm.root(source);
        if assign_plain(vm, target, source) {
            continue;
        }
        let keys = vm.own_keys(source)?;
        keys.iter().for_each(|key| vm.roots.push(key.value()));
        for key in keys {
            vm.work(1)?;
            if let Some(value) = enumerable_value(vm, source, key)? {
                assign_one(vm, target, key, value)?;
            }
        }
        vm.unroot_to(mark);
    }
    Ok(target.into())
}

/// Assigns all at once to an object that has nothing yet, if no property's name means anything to its prototype.
fn assign_plain(vm: &mut Vm, target: Obj, source: Obj) -> bool {
    let proto = vm.intrinsic(Intrinsic::ObjectPrototype);
    if target.kind() != Kind::Object
        || vm.proto_of(target) != proto.into()
        || vm.heap.shapes.get(target.shape()).count() != 0
    {
        return false;
    }
    let proto = proto.shape();
    let entries = vm.heap.shapes.entries(source.shape());
    let inherited = entries
        .iter()
        .any(|(key, _)| vm.heap.shapes.lookup(proto, *key).is_some());
    !inherited && vm.clone_plain(target, source)
}

/// What an own enumerable property holds.
fn enumerable_value(vm: &mut Vm, source: Obj, key: PropKey) -> Completion<Option<Value>> {
    match vm.own_property(source, key)? {
        own if own.attrs() & attr::E == 0 => Ok(None),
        Own::Data(value, _) if source.kind() != Kind::Proxy => Ok(Some(value)),
        _ => vm.get_o(source, key).map(Some),
    }
}

fn assign_one(vm: &mut Vm, target: Obj, key: PropKey, value: Value) -> Completion<()> {
    if target.kind() == Kind::Object
        && key.as_index().is_none()
        && let Some(slot) = vm.heap.shapes.lookup(target.shape(), key)
        && slot.attrs & (attr::W | attr::ACCESSOR) == attr::W
    {
        target.set_slot(slot.slot, value);
        return Ok(());
    }
    vm.root(value);
    vm.put(target, key, value, true)
}

/// `Object.create`
pub(super) fn create(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.check_prototype(args.at(0))?;
    let object = vm.new_object_with_proto(args.at(0));
    if args.at(1).is_undefined() {
        return Ok(object.into());
    }
    vm.root(object);
    define_all(vm, object, args.at(1))
}

/// `Object.defineProperties`
pub(super) fn define_properties(vm: &mut Vm, args: &Args<'_>) -> Completion {
    match args.at(0).as_object() {
        Some(object) => define_all(vm, object, args.at(1)),
        None => Err(vm.throw_type("Object.defineProperties called on non-object")),
    }
}

/// `ObjectDefineProperties`
fn define_all(vm: &mut Vm, object: Obj, properties: Value) -> Completion {
    let properties = vm.to_object(properties)?;
    vm.root(properties);
    let keys = vm.own_keys(properties)?;
    keys.iter().for_each(|key| vm.roots.push(key.value()));
    let mut descriptors = Vec::new();
    for key in keys {
        vm.work(1)?;
        if let Some(value) = enumerable_value(vm, properties, key)? {
            vm.root(value);
            descriptors.push((key, vm.to_property_descriptor(value)?));
        }
    }
    for (key, desc) in descriptors {
        vm.define_or_throw(object, key, &desc)?;
    }
    Ok(object.into())
}

/// `Object.defineProperty`
pub(super) fn define_property(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(object) = args.at(0).as_object() else {
        return Err(vm.throw_type("Object.defineProperty called on non-object"));
    };
    let key = vm.to_property_key(args.at(1))?;
    vm.root(key.value());
    let desc: PropDesc = vm.to_property_descriptor(args.at(2))?;
    vm.define_or_throw(object, key, &desc)?;
    Ok(object.into())
}

/// `Object.getOwnPropertyDescriptor`
pub(super) fn get_own_property_descriptor(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.at(0))?;
    vm.root(object);
    let key = vm.to_property_key(args.at(1))?;
    let own = vm.own_property(object, key)?;
    Ok(vm.from_property_descriptor(own.descriptor()))
}

/// `Object.getOwnPropertyDescriptors`
pub(super) fn get_own_property_descriptors(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.at(0))?;
    vm.root(object);
    let keys = vm.own_keys(object)?;
    keys.iter().for_each(|key| vm.roots.push(key.value()));
    let descriptors = vm.new_plain_object();
    vm.root(descriptors);
    for key in keys {
        vm.work(1)?;
        if let Some(desc) = vm.own_property(object, key)?.descriptor() {
            let desc = vm.from_property_descriptor(Some(desc));
            vm.create_data_property_or_throw(descriptors, key, desc)?;
        }
    }
    Ok(descriptors.into())
}

/// `Object.hasOwn`
pub(super) fn has_own(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.at(0))?;
    vm.root(object);
    let key = vm.to_property_key(args.at(1))?;
    vm.has_own(object, key).map(Value::bool)
}
