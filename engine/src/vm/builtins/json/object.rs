//! Objects from keys and values: those with the keys of an earlier one get its shape at once.

use rustc_hash::FxHashSet;

use crate::vm::{
    heap::{Kind, Obj},
    machine::Vm,
    object::{PropKey, attr, create::PLAIN_INLINE},
    value::Value,
};

/// Shapes that are remembered.
const REMEMBERED: usize = 16;
/// Objects with more keys are made key by key.
const MAX_KEYS: usize = 64;

/// Makes plain objects.
#[derive(Debug, Default)]
pub(super) struct Shaper {
    /// Keys in order, and the shape that they make.
    known: [Option<(Vec<Value>, u32)>; REMEMBERED],
}

impl Shaper {
    /// An object of keys and values in turn. Of equal keys the last value counts. Valid while nothing is collected.
    pub(super) fn object(&mut self, vm: &mut Vm, parts: &[Value]) -> Obj {
        let count = parts.len() / 2;
        let Some(first) = parts.first().filter(|_| count <= MAX_KEYS) else {
            return by_key(vm, parts);
        };
        let place = ((first.bits() >> 4) as usize ^ count) % REMEMBERED;
        let keys = || parts.iter().step_by(2).copied();
        if let Some(Some((known, shape))) = self.known.get(place)
            && known.len() == count
            && keys().eq(known.iter().copied())
        {
            return fill(vm, *shape, parts);
        }
        let object = by_key(vm, parts);
        let shape = object.shape();
        let distinct: FxHashSet<u64> = keys().map(Value::bits).collect();
        let plain = distinct.len() == count
            && keys().all(|key| PropKey::from_value(key).as_index().is_none())
            && !vm.heap.shapes.get(shape).dictionary;
        if plain && let Some(known) = self.known.get_mut(place) {
            *known = Some((keys().collect(), shape));
        }
        object
    }
}

fn fill(vm: &mut Vm, shape: u32, parts: &[Value]) -> Obj {
    let object = vm.heap.new_object(Kind::Object, shape, PLAIN_INLINE);
    vm.heap.reserve_slots(object, (parts.len() / 2) as u32);
    for (slot, &value) in parts.iter().skip(1).step_by(2).enumerate() {
        object.set_slot(slot as u32, value);
    }
    object
}

fn by_key(vm: &mut Vm, parts: &[Value]) -> Obj {
    let object = vm.new_plain_object();
    for pair in parts.chunks_exact(2) {
        if let [key, value] = *pair {
            let key = PropKey::from_value(key);
            match key.as_index() {
                Some(index) => vm.store_element(object, index, value, attr::ALL),
                None => vm.store_named(object, key, value, attr::ALL),
            }
        }
    }
    object
}
