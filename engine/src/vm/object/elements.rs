//! Indexed properties: dense where they can be, else sparse.
//!
//! Dense elements are writable, enumerable, configurable values behind the object's elements pointer; a hole is no
//! property. Anything else (other attributes, accessors, large gaps, objects that are not extensible) moves all of the
//! object's elements into a [`Sparse`] map, which hangs on the object under a private name; the dense elements are empty
//! from then on and [`flag::EXOTIC`] tells fast paths to stay away.

use std::collections::BTreeMap;

use super::{
    PropKey, attr,
    desc::{Own, PropDesc},
};
use crate::vm::{
    heap::{Heap, Kind, NativeData, Obj, Tracer, capacity_of, flag},
    limits::PART_BYTES,
    machine::{Completion, Vm},
    value::Value,
};

/// Indexed properties with attributes, by index.
#[derive(Debug, Default)]
pub struct Sparse {
    /// Value (or `Slots` cell of an accessor) and attributes.
    pub map: BTreeMap<u32, (Value, u8)>,
}

impl NativeData for Sparse {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.map
            .values()
            .for_each(|&(value, _)| tracer.value(value));
    }

    fn external_bytes(&self) -> usize {
        sparse_bytes(self.map.len())
    }
}

/// What an entry of the map takes: half-full nodes are usual.
const SPARSE_BYTES: usize = 49;
/// What the first entry takes: a node has room for eleven.
const FIRST_NODE: usize = 240;

/// What the map takes.
const fn sparse_bytes(len: usize) -> usize {
    if len == 0 {
        return 0;
    }
    FIRST_NODE + len.saturating_sub(11) * SPARSE_BYTES
}
/// A write this far beyond the dense end makes the elements sparse.
const MAX_GAP: u32 = 4096;

/// Is at least a quarter of the elements up to `index` there, so that a large gap may stay dense?
fn is_worth_dense(object: Obj, index: u32) -> bool {
    let values = object.dense_slice();
    let quarter = index as usize / 4;
    values.len() >= quarter && values.iter().filter(|value| !value.is_hole()).count() >= quarter
}

/// Bytes that storing an element at `index` may take at once, if they are many.
#[inline]
fn element_growth(object: Obj, index: u32) -> usize {
    let len = object.dense_len();
    if index < len {
        return 0;
    }
    let more = index - len;
    if more <= MAX_GAP || index / 4 <= len {
        Heap::dense_growth(object, more.saturating_add(1))
    } else {
        len as usize * SPARSE_BYTES
    }
}

impl Vm {
    /// The sparse map's cell, if the object has one.
    fn sparse_cell(&mut self, object: Obj) -> Option<Value> {
        if !object.has_flag(flag::EXOTIC) {
            return None;
        }
        let key = PropKey::symbol(self.symbols.sparse);
        let slot = self.heap.shapes.lookup(object.shape(), key)?;
        Some(object.slot(slot.slot))
    }

    /// The object's sparse elements, if it has them.
    pub(in crate::vm) fn sparse(&mut self, object: Obj) -> Option<&mut Sparse> {
        let cell = self.sparse_cell(object)?;
        self.heap.native_mut::<Sparse>(cell)
    }

    /// What the object says about an index, its kind's exotic behaviour aside.
    pub(in crate::vm) fn own_element(&mut self, object: Obj, index: u32) -> Own {
        let value = object.dense(index);
        if !value.is_hole() {
            return Own::Data(value, attr::ALL);
        }
        let Some(&(value, attrs)) = self
            .sparse(object)
            .and_then(|sparse| sparse.map.get(&index))
        else {
            return Own::None;
        };
        if attrs & attr::ACCESSOR == 0 {
            return Own::Data(value, attrs);
        }
        match value.as_cell() {
            Some(pair) => Own::Accessor(
                pair.slots_get(0),
                pair.slots_get(1),
                attrs & !attr::ACCESSOR,
            ),
            None => Own::None,
        }
    }

    /// Is there room for an element at `index`? Collects everything if need be, so only where a call into JavaScript would
    /// do. `value` is about to be stored.
    ///
    /// # Errors
    /// `RangeError` if there is not.
    #[inline]
    pub(in crate::vm) fn ensure_element_room(
        &mut self,
        object: Obj,
        index: u32,
        value: Value,
    ) -> Completion<()> {
        let bytes = element_growth(object, index);
        if bytes == 0 {
            return Ok(());
        }
        self.ensure_room(bytes, &[object.into(), value])?;
        self.prepare_growth(object, index, bytes)
    }

    /// As [`Vm::ensure_element_room`], for callers that hold what a collection would not see: garbage counts.
    ///
    /// # Errors
    /// `RangeError` if there is no room.
    #[inline]
    pub(in crate::vm) fn check_element_room(&mut self, object: Obj, index: u32) -> Completion<()> {
        let bytes = element_growth(object, index);
        if bytes == 0 {
            return Ok(());
        }
        if self.heap.would_exceed(bytes) {
            return Err(self.throw_out_of_memory());
        }
        self.prepare_growth(object, index, bytes)
    }

    /// Before elements that take so many bytes are made for one at `index`: copies those of a large array in parts.
    #[inline]
    fn prepare_growth(&mut self, object: Obj, index: u32, bytes: usize) -> Completion<()> {
        let len = object.dense_len();
        if bytes <= PART_BYTES || len == 0 || object.has_flag(flag::EXOTIC) {
            return Ok(());
        }
        if index - len <= MAX_GAP {
            return self.reserve_dense(object, capacity_of(bytes));
        }
        Ok(())
    }

    /// Sets or adds an indexed property, without any check. `length` of arrays is the caller's affair.
    pub(in crate::vm) fn store_element(
        &mut self,
        object: Obj,
        index: u32,
        value: Value,
        attrs: u8,
    ) {
        if object.has_flag(flag::IS_PROTO) {
            // Enumerations of what inherits from it change.
            self.note_change(object);
        }
        if attrs == attr::ALL && !object.has_flag(flag::EXOTIC) {
            let len = object.dense_len();
            if index < len {
                return object.set_dense(index, value);
            }
            if index - len <= MAX_GAP || is_worth_dense(object, index) {
                if index == len {
                    return self.heap.push_dense(object, value);
                }
                self.heap.set_dense_len(object, index + 1);
                return object.set_dense(index, value);
            }
        }
        self.elements_to_sparse(object);
        if let Some(sparse) = self.sparse(object) {
            let before = sparse_bytes(sparse.map.len());
            sparse.map.insert(index, (value, attrs));
            let growth = sparse_bytes(sparse.map.len()) - before;
            self.heap.charge_external(growth as isize);
        }
        if attrs != attr::ALL {
            self.note_change(object);
        }
    }

    /// Moves the elements into a sparse map.
    pub(in crate::vm) fn elements_to_sparse(&mut self, object: Obj) {
        if self.sparse_cell(object).is_some() {
            return;
        }
        let map = object
            .dense_slice()
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_hole())
            .map(|(index, &value)| (index as u32, (value, attr::ALL)))
            .collect();
        let cell = self.heap.new_native(Sparse { map });
        object.cell().add_flags(flag::EXOTIC);
        self.heap.clear_elements(object);
        let key = PropKey::symbol(self.symbols.sparse);
        self.finish_lazy_all(object);
        self.add_own(object, key, cell.into(), attr::W);
    }

    /// Removes an indexed property that may be removed.
    pub(in crate::vm) fn delete_element(&mut self, object: Obj, index: u32) {
        if index < object.dense_len() {
            object.set_dense(index, Value::HOLE);
        } else if let Some(sparse) = self.sparse(object) {
            let before = sparse_bytes(sparse.map.len());
            sparse.map.remove(&index);
            let freed = before - sparse_bytes(sparse.map.len());
            self.heap.charge_external(-(freed as isize));
        }
    }

    /// The indexed keys, ascending.
    pub(in crate::vm) fn element_keys(&mut self, object: Obj) -> Completion<Vec<PropKey>> {
        let count = match object.kind() {
            Kind::StringObject => object
                .internal(0)
                .as_string()
                .map_or(0, |string| string.len()),
            Kind::TypedArray => self.typed_array_length(object).unwrap_or(0),
            _ => 0,
        };
        /// Elements that are listed between two looks.
        const PART: usize = 1 << 15;
        let mut keys = Vec::with_capacity(count.max(object.dense_len() as usize));
        for start in (0..count).step_by(PART) {
            let end = count.min(start + PART);
            keys.extend((start as u32..end as u32).map(PropKey::index));
            self.work(PART / 8)?;
        }
        for (nth, part) in object.dense_slice().chunks(PART).enumerate() {
            let there = part
                .iter()
                .enumerate()
                .filter(|(_, value)| !value.is_hole());
            keys.extend(there.map(|(index, _)| PropKey::index((nth * PART + index) as u32)));
            self.work(part.len() / 8)?;
        }
        let mut next = 0;
        while let Some(sparse) = self.sparse(object) {
            let before = keys.len();
            let part = sparse.map.range(next..).take(PART);
            keys.extend(part.map(|(&index, _)| PropKey::index(index)));
            let Some(last) = keys.get(before..).and_then(<[_]>::last) else {
                break;
            };
            next = last
                .as_index()
                .map_or(u32::MAX, |last| last.saturating_add(1));
            self.work((keys.len() - before) / 4)?;
        }
        Ok(keys)
    }

    /// The length of an array.
    #[inline]
    #[must_use]
    pub fn array_length(&self, array: Obj) -> u32 {
        array.internal(0).as_number().unwrap_or(0.0) as u32
    }

    /// `ArrayDefineOwnProperty` of an index.
    pub(in crate::vm) fn array_define_index(
        &mut self,
        array: Obj,
        index: u32,
        desc: &PropDesc,
    ) -> bool {
        let length = self.array_length(array);
        if index >= length && array.has_flag(flag::FIXED_LENGTH) {
            return false;
        }
        if !self.ordinary_define_own(array, PropKey::index(index), desc) {
            return false;
        }
        if index >= length {
            array.set_internal(0, Value::from(index + 1));
        }
        true
    }

    /// `ArraySetLength`
    pub(in crate::vm) fn array_set_length(
        &mut self,
        array: Obj,
        desc: &PropDesc,
    ) -> Completion<bool> {
        let mut new_length = None;
        if let Some(value) = desc.value {
            let length = self.to_uint32(value)?;
            if self.to_number(value)? != f64::from(length) {
                return Err(self.throw_range("Invalid array length"));
            }
            new_length = Some(length);
        }
        let fixed = array.has_flag(flag::FIXED_LENGTH);
        let old_length = self.array_length(array);
        if desc.is_accessor() || desc.configurable == Some(true) || desc.enumerable == Some(true) {
            return Ok(false);
        }
        if fixed && (desc.writable == Some(true) || new_length.is_some_and(|new| new != old_length))
        {
            return Ok(false);
        }
        let mut complete = true;
        if let Some(length) = new_length {
            complete = self.truncate_array(array, length);
        }
        if desc.writable == Some(false) {
            // Fast paths that append look at the dense capacity only, so there must be none.
            self.elements_to_sparse(array);
            array.cell().add_flags(flag::FIXED_LENGTH);
        }
        Ok(complete)
    }

    /// Sets an array's length; elements beyond it go, down to the last one that may not be deleted. Did all go?
    pub fn truncate_array(&mut self, array: Obj, length: u32) -> bool {
        let mut reached = length;
        if array.dense_len() > length {
            self.heap.set_dense_len(array, length);
        }
        let mut freed = 0;
        if let Some(sparse) = self.sparse(array) {
            let before = sparse_bytes(sparse.map.len());
            let beyond: Vec<u32> = sparse
                .map
                .range(length..)
                .map(|(&index, _)| index)
                .collect();
            for index in beyond.into_iter().rev() {
                if sparse
                    .map
                    .get(&index)
                    .is_some_and(|&(_, attrs)| attrs & attr::C == 0)
                {
                    reached = index + 1;
                    break;
                }
                sparse.map.remove(&index);
            }
            freed = (before - sparse_bytes(sparse.map.len())) as isize;
        }
        self.heap.charge_external(-freed);
        array.set_internal(0, Value::from(reached));
        reached == length
    }
}
