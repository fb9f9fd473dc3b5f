//! `for`-`in`: which keys it visits, and visiting them.
//!
//! An enumerator has four internal slots: 0 the object; 1 an array of the keys; 2 the index of the next one; 3 the shape for
//! which all of the keys are there, as an int, or undefined; of a dictionary, a double that also tells how many names were
//! removed from it ([`dictionary_state`]). Of an object that has nothing but dense elements the keys are
//! the indices: slot 1 is how many, slot 3 is true, and a key becomes a string when it is visited.

use super::{
    exception::unwind,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    heap::{Kind, Obj, flag},
    machine::{Completion, Vm},
    object::{Lazy, Own, PropKey, attr},
    value::Value,
};

/// `ForInStart`
#[inline(never)]
pub(super) fn for_in_start(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let value = fp.get(pc.b());
    let mark = vm.root_mark();
    let result = start_enumeration(vm, value);
    vm.unroot_to(mark);
    vm.give(pc, fp, result)
}

fn start_enumeration(vm: &mut Vm, value: Value) -> Completion {
    let null_shape = vm
        .heap
        .shapes
        .root(Value::NULL, Kind::ForInIterator, 4, true, Lazy::No);
    let enumerator = vm.heap.new_object(Kind::ForInIterator, null_shape, 4);
    enumerator.set_internal(2, Value::ZERO);
    vm.root(enumerator);
    if value.is_nullish() {
        return Ok(enumerator.into());
    }
    let object = vm.to_object(value)?;
    enumerator.set_internal(0, object.into());
    let shape = object.shape();
    let known = vm
        .stack
        .enumerations
        .get(&shape)
        .filter(|known| known.0 == vm.heap.shapes.epoch)
        .map(|known| known.1);
    if let Some(keys) = known
        && has_no_elements(object)
    {
        enumerator.set_internal(1, keys);
        enumerator.set_internal(3, Value::int(shape as i32));
        return Ok(enumerator.into());
    }
    if has_only_dense(vm, object) {
        enumerator.set_internal(1, Value::int(object.dense_len() as i32));
        enumerator.set_internal(3, Value::TRUE);
        return Ok(enumerator.into());
    }
    let keys = vm.enumerable_keys(object)?;
    let keys: Value = vm.new_array_from(&keys).into();
    enumerator.set_internal(1, keys);
    if is_enumeration_fixed(vm, object) {
        enumerator.set_internal(3, Value::int(object.shape() as i32));
        let epoch = vm.heap.shapes.epoch;
        vm.stack.enumerations.insert(object.shape(), (epoch, keys));
    } else if object.kind() == Kind::Object
        && has_no_elements(object)
        && vm
            .proto_of(object)
            .as_object()
            .is_none_or(|proto| is_silent(vm, proto))
    {
        // All keys are the object's own.
        enumerator.set_internal(3, dictionary_state(vm, object));
    }
    Ok(enumerator.into())
}

/// A number that a dictionary has as long as none of its names is removed; undefined where there is none.
fn dictionary_state(vm: &Vm, object: Obj) -> Value {
    match vm.heap.shapes.removed(object.shape()) {
        // Below 2^52, and no integer, so no shape either.
        Some(removed) if removed < 1 << 20 => {
            let state = u64::from(removed) << 32 | u64::from(object.shape());
            Value::double(state as f64 + 0.5)
        }
        _ => Value::UNDEFINED,
    }
}

fn has_no_elements(object: Obj) -> bool {
    object.dense_len() == 0 && !object.has_flag(flag::EXOTIC)
}

/// Are dense elements all that `for`-`in` can find on the object and its prototypes?
fn has_only_dense(vm: &mut Vm, object: Obj) -> bool {
    if !matches!(object.kind(), Kind::Array | Kind::Object)
        || object.has_flag(flag::EXOTIC)
        || vm.heap.shapes.get(object.shape()).count() > 0
        || i32::try_from(object.dense_len()).is_err()
    {
        return false;
    }
    match vm.proto_of(object).as_object() {
        Some(proto) => is_silent(vm, proto),
        None => true,
    }
}

/// Is nothing enumerable on this prototype and those above, as long as the epoch stays?
fn is_silent(vm: &mut Vm, proto: Obj) -> bool {
    let epoch = vm.heap.shapes.epoch;
    if vm.stack.silent == (proto.cell().addr(), epoch) {
        return true;
    }
    let mut at = Some(proto);
    while let Some(holder) = at {
        let special = matches!(
            holder.kind(),
            Kind::Proxy | Kind::TypedArray | Kind::StringObject | Kind::ModuleNamespace
        );
        if special || !has_no_elements(holder) || !holder.has_flag(flag::IS_PROTO) {
            return false;
        }
        let entries = vm.heap.shapes.entries(holder.shape());
        if entries
            .iter()
            .any(|(key, slot)| slot.attrs & attr::E != 0 && !key.is_symbol())
        {
            return false;
        }
        at = vm.proto_of(holder).as_object();
    }
    vm.stack.silent = (proto.cell().addr(), epoch);
    true
}

/// Do the shape of `object` and the epoch say all about its enumerable keys?
fn is_enumeration_fixed(vm: &Vm, object: Obj) -> bool {
    if vm.heap.shapes.get(object.shape()).dictionary
        || !matches!(object.kind(), Kind::Object | Kind::Function)
    {
        return false;
    }
    let mut at = Some(object);
    while let Some(holder) = at {
        let plain =
            has_no_elements(holder) && (holder == object || holder.has_flag(flag::IS_PROTO));
        if !plain
            || matches!(
                holder.kind(),
                Kind::Proxy | Kind::TypedArray | Kind::StringObject | Kind::ModuleNamespace
            )
        {
            return false;
        }
        at = vm.proto_of(holder).as_object();
    }
    true
}

/// `ForInNext`
#[inline(never)]
pub(super) fn for_in_next(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    match next_key(vm, fp.get(pc.b())) {
        Ok(Some(key)) => vm.give(pc, fp, Ok(key)),
        Ok(None) => Go::jump(pc, fp, pc.extra(1) as i32),
        Err(throw) => unwind(vm, throw),
    }
}

fn next_key(vm: &mut Vm, enumerator: Value) -> Completion<Option<Value>> {
    let Some(enumerator) = enumerator.as_object() else {
        return Ok(None);
    };
    let Some(object) = enumerator.internal(0).as_object() else {
        return Ok(None);
    };
    if enumerator.internal(3) == Value::TRUE {
        return next_index(vm, enumerator, object);
    }
    let Some(keys) = enumerator.internal(1).as_object() else {
        return Ok(None);
    };
    loop {
        let index = enumerator.internal(2).to_int_unchecked() as u32;
        let key = keys.dense(index);
        if key.is_hole() {
            return Ok(None);
        }
        enumerator.set_internal(2, Value::int(index as i32 + 1));
        let known = enumerator.internal(3);
        if known == Value::int(object.shape() as i32)
            || (known.is_double() && known == dictionary_state(vm, object))
        {
            return Ok(Some(key));
        }
        let name = vm.to_property_key(key)?;
        // FAST PATH: a name that an ordinary object has is found at once.
        if name.value().is_string()
            && object.kind() == Kind::Object
            && vm.heap.shapes.lookup(object.shape(), name).is_some()
        {
            return Ok(Some(key));
        }
        if vm.has_property(object, name)? {
            return Ok(Some(key));
        }
    }
}

/// The next index that is still there, as a string.
fn next_index(vm: &mut Vm, enumerator: Obj, object: Obj) -> Completion<Option<Value>> {
    let count = enumerator.internal(1).to_int_unchecked();
    loop {
        let index = enumerator.internal(2).to_int_unchecked();
        if index >= count {
            return Ok(None);
        }
        enumerator.set_internal(2, Value::int(index + 1));
        let key = PropKey::index(index as u32);
        if !object.dense(index as u32).is_hole() || vm.has_property(object, key)? {
            return Ok(Some(vm.heap.key_to_value(key)));
        }
        vm.work(1)?;
    }
}

impl Vm {
    /// What `for`-`in` visits: enumerable string keys of the object and its prototypes, each name once.
    fn enumerable_keys(&mut self, object: Obj) -> Completion<Vec<Value>> {
        let mut visited = rustc_hash::FxHashSet::default();
        let mut keys = Vec::new();
        let mut at = Some(object);
        let mut depth = 0;
        while let Some(holder) = at {
            let has_next = self.get_prototype_of(holder)?;
            if holder.kind() == Kind::Object && has_no_elements(holder) {
                // FAST PATH: the shape says all.
                for (key, slot) in self.heap.shapes.entries(holder.shape()) {
                    self.work(1)?;
                    if key.is_symbol() || (depth > 0 && visited.contains(&key)) {
                        continue;
                    }
                    if has_next.is_object() {
                        visited.insert(key);
                    }
                    if slot.attrs & attr::E != 0 {
                        keys.push(key.value());
                    }
                }
                at = has_next.as_object();
                depth += 1;
                continue;
            }
            for key in self.own_keys(holder)? {
                if key.is_symbol() || (depth > 0 && visited.contains(&key)) {
                    continue;
                }
                self.work(1)?;
                let own = self.own_property(holder, key)?;
                if own == Own::None {
                    continue;
                }
                visited.insert(key);
                if own.attrs() & attr::E != 0 {
                    keys.push(self.heap.key_to_value(key));
                }
            }
            at = has_next.as_object();
            depth += 1;
            if depth > 10_000 {
                return Err(self.throw_range("Maximum call stack size exceeded"));
            }
        }
        Ok(keys)
    }
}
