//! A hash table whose keys it keeps not alive, nor the values whose keys are dead.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::vm::{
    heap::{Heap, NativeData, Sym, Tracer},
    machine::{Completion, Vm},
    value::Value,
};

/// `CanBeHeldWeakly`: objects, and symbols that `Symbol.for` did not make.
pub(super) fn can_be_held(value: Value) -> bool {
    value.is_object() || Sym::from_value(value).is_some_and(|symbol| !symbol.is_registered())
}

/// The entries of a `WeakMap` or (with undefined values) `WeakSet`: keys are cells, which do not move.
#[derive(Debug, Default)]
pub(in crate::vm) struct WeakTable {
    entries: HashMap<u64, (Value, Value), FxBuildHasher>,
    charged: usize,
    /// A `WeakSet`'s values need no look.
    has_values: bool,
}

impl WeakTable {
    pub fn new(has_values: bool) -> Self {
        Self {
            has_values,
            ..Self::default()
        }
    }

    pub fn get(&self, key: Value) -> Option<Value> {
        self.entries.get(&key.bits()).map(|entry| entry.1)
    }

    pub fn has(&self, key: Value) -> bool {
        self.entries.contains_key(&key.bits())
    }

    /// The entries whose keys are alive as far as the last collection knows.
    pub fn entries(&self) -> Vec<(Value, Value)> {
        self.entries.values().copied().collect()
    }
}

impl NativeData for WeakTable {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn is_weak(&self) -> bool {
        true
    }

    fn trace_ephemerons(&self, tracer: &mut Tracer<'_>) -> bool {
        let mut reached = false;
        if self.has_values {
            for &(key, value) in self.entries.values() {
                if !tracer.is_alive(value) && tracer.is_alive(key) {
                    tracer.value(value);
                    reached = true;
                }
            }
        }
        reached
    }

    fn sweep_weak(&mut self, tracer: &Tracer<'_>) {
        self.entries.retain(|_, &mut (key, _)| tracer.is_alive(key));
    }

    fn external_bytes(&self) -> usize {
        self.charged
    }
}

impl Vm {
    /// Sets the value under `key` in a weak table. May collect.
    ///
    /// # Errors
    /// `RangeError` if there is no room for more.
    pub(super) fn weak_insert(&mut self, table: Value, key: Value, value: Value) -> Completion<()> {
        let growth = self.heap.native::<WeakTable>(table).map_or(0, |table| {
            if table.entries.len() < table.entries.capacity() || table.entries.len() < 1024 {
                return 0;
            }
            table.entries.allocation_size() * 2
        });
        self.ensure_room(growth, &[table, key, value])?;
        self.heap.weak_insert(table, key, value);
        Ok(())
    }
}

impl Heap {
    fn weak_insert(&mut self, table: Value, key: Value, value: Value) {
        let Some(data) = self.native_mut::<WeakTable>(table) else {
            return;
        };
        data.entries.insert(key.bits(), (key, value));
        let (len, capacity) = (data.entries.len(), data.entries.capacity());
        if capacity > 64 && len < capacity / 8 {
            data.entries.shrink_to(len * 2);
        }
        let bytes = data.entries.allocation_size();
        let change = bytes as isize - data.charged as isize;
        data.charged = bytes;
        if change != 0 {
            self.charge_external(change);
        }
    }

    /// Removes a key from a weak table; was it there?
    pub(super) fn weak_remove(&mut self, table: Value, key: Value) -> bool {
        self.native_mut::<WeakTable>(table)
            .is_some_and(|table| table.entries.remove(&key.bits()).is_some())
    }
}
