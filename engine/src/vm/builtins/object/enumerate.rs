//! Lists of an object's properties, and objects made from lists: `keys`, `entries`, `fromEntries` and their kin.

use crate::vm::{
    heap::{Kind, Obj, flag},
    machine::{Args, Completion, Vm},
    object::{Own, PropKey, attr},
    value::Value,
};

/// What is listed of each property.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Keys,
    Values,
    Entries,
}

/// `Object.keys`
pub(super) fn keys(vm: &mut Vm, args: &Args<'_>) -> Completion {
    enumerable_own(vm, args, What::Keys)
}

/// `Object.values`
pub(super) fn values(vm: &mut Vm, args: &Args<'_>) -> Completion {
    enumerable_own(vm, args, What::Values)
}

/// `Object.entries`
pub(super) fn entries(vm: &mut Vm, args: &Args<'_>) -> Completion {
    enumerable_own(vm, args, What::Entries)
}

/// `EnumerableOwnProperties`, as an array
fn enumerable_own(vm: &mut Vm, args: &Args<'_>, what: What) -> Completion {
    let object = vm.to_object(args.at(0))?;
    vm.root(object);
    let list = vm.new_array();
    vm.root(list);
    if !plain_enumeration(vm, object, list, what)? {
        let keys = vm.own_keys(object)?;
        keys.iter().for_each(|key| vm.roots.push(key.value()));
        for key in keys.into_iter().filter(|key| !key.is_symbol()) {
            vm.work(1)?;
            let own = vm.own_property(object, key)?;
            if own.attrs() & attr::E == 0 {
                continue;
            }
            let value = match (what, own) {
                (What::Keys, _) => Value::UNDEFINED,
                (_, Own::Data(value, _)) if object.kind() != Kind::Proxy => value,
                _ => vm.get_o(object, key)?,
            };
            push(vm, list, key, value, what);
        }
    }
    list.set_internal(0, Value::from(list.dense_len()));
    Ok(list.into())
}

/// Lists an ordinary object whose enumeration runs no JavaScript; `false` if it is none.
fn plain_enumeration(vm: &mut Vm, object: Obj, list: Obj, what: What) -> Completion<bool> {
    let exotic = matches!(
        object.kind(),
        Kind::Proxy
            | Kind::StringObject
            | Kind::TypedArray
            | Kind::MappedArguments
            | Kind::ModuleNamespace
    );
    if exotic || object.has_flag(flag::EXOTIC) {
        return Ok(false);
    }
    vm.finish_lazy_all(object);
    let shape = object.shape();
    let shown = |attrs: u8, key: PropKey| attrs & attr::E != 0 && !key.is_symbol();
    let mut at = 0;
    while what != What::Keys
        && let Some(entries) = vm.heap.shapes.entries_part(shape, &mut at)
    {
        vm.work(entries.len() / 8)?;
        if entries
            .iter()
            .any(|(key, slot)| shown(slot.attrs, *key) && slot.attrs & attr::ACCESSOR != 0)
        {
            return Ok(false);
        }
    }
    let names = vm.heap.shapes.get(shape).count();
    let count = object.dense_len().saturating_add(names);
    vm.reserve_dense(list, count)?;
    for index in 0..object.dense_len() {
        let value = object.dense(index);
        if !value.is_hole() {
            push(vm, list, PropKey::index(index), value, what);
            vm.work(4)?;
        }
    }
    let mut at = 0;
    while let Some(entries) = vm.heap.shapes.entries_part(shape, &mut at) {
        for (key, slot) in entries {
            if shown(slot.attrs, key) {
                push(vm, list, key, object.slot(slot.slot), what);
                vm.work(1)?;
            }
        }
    }
    Ok(true)
}

fn push(vm: &mut Vm, list: Obj, key: PropKey, value: Value, what: What) {
    let item = match what {
        What::Keys => vm.heap.key_to_value(key),
        What::Values => value,
        What::Entries => {
            let key = vm.heap.key_to_value(key);
            vm.new_array_from(&[key, value]).into()
        }
    };
    vm.heap.push_dense(list, item);
}

/// `Object.getOwnPropertyNames`
pub(super) fn get_own_property_names(vm: &mut Vm, args: &Args<'_>) -> Completion {
    own_keys_of(vm, args, false)
}

/// `Object.getOwnPropertySymbols`
pub(super) fn get_own_property_symbols(vm: &mut Vm, args: &Args<'_>) -> Completion {
    own_keys_of(vm, args, true)
}

/// `GetOwnPropertyKeys`
fn own_keys_of(vm: &mut Vm, args: &Args<'_>, symbols: bool) -> Completion {
    let object = vm.to_object(args.at(0))?;
    let keys = vm.own_keys(object)?;
    let list = vm.new_array();
    for key in keys.into_iter().filter(|key| key.is_symbol() == symbols) {
        let key = vm.heap.key_to_value(key);
        vm.array_push(list, key)?;
    }
    Ok(list.into())
}

/// `Object.fromEntries`
pub(super) fn from_entries(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let entries = args.at(0);
    if entries.is_nullish() {
        let text = vm.display_plain(entries);
        return Err(vm.throw_type(format!("{text} is not iterable")));
    }
    let object = vm.new_plain_object();
    vm.root(object);
    vm.iterate(entries, |vm, entry| {
        let Some(entry) = entry.as_object() else {
            let text = vm.display_plain(entry);
            return Err(vm.throw_type(format!("Iterator value {text} is not an entry object")));
        };
        let key = vm.get_o(entry, PropKey::index(0))?;
        vm.root(key);
        let value = vm.get_o(entry, PropKey::index(1))?;
        vm.root(value);
        let key = vm.to_property_key(key)?;
        vm.create_data_property_or_throw(object, key, value)
    })?;
    Ok(object.into())
}
