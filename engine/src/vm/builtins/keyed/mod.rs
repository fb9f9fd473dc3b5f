//! Keyed collections: `Map`, `Set` and what they share. Source: ECMA-262 <https://tc39.es/ecma262/#sec-keyed-collections>.
//!
//! Internal slot 0 of a `Map` or `Set` is a native cell with its [`Table`]; a set's entries have undefined values.

pub(super) mod group;
mod iterator;
pub mod map;
pub mod set;
mod set_methods;
mod set_record;
pub mod table;
#[cfg(test)]
mod tests;

pub use table::{Epoch, Key, Table};

use crate::vm::{
    heap::{Kind, Obj},
    interpreter::{NativeFrame, Phase, Slot, Step},
    machine::{Args, Completion, Throw, Vm},
    object::PropKey,
    realm::Intrinsic,
    value::Value,
};

/// The most entries: positions stay well inside of 32 bits.
const MAX_ENTRIES: usize = 1 << 28;

/// Growth of this many bytes and more asks for the memory limit first.
const LARGE: usize = 1 << 16;

/// The native cell of the collection that `this` is.
#[inline]
fn this_table(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion {
    match args.this.as_object() {
        Some(object) if object.kind() == kind => Ok(object.internal(0)),
        _ => Err(incompatible(vm, method, args.this)),
    }
}

/// The `TypeError` of a method that was called on the wrong kind of object.
#[cold]
pub(super) fn incompatible(vm: &mut Vm, method: &str, receiver: Value) -> Throw {
    let text = vm.display_plain(receiver);
    vm.throw_type(format!(
        "Method {method} called on incompatible receiver {text}"
    ))
}

/// Someone's place in a table that may change under way.
#[derive(Clone, Copy, Debug)]
struct Walk {
    table: Value,
    epoch: Epoch,
    position: usize,
}

impl Walk {
    /// From the beginning. What it holds must be rooted across calls.
    fn new(vm: &mut Vm, table: Value) -> Self {
        Self {
            table,
            epoch: vm.heap.table_epoch(table),
            position: 0,
        }
    }

    /// As [`Walk::new`], rooted until the native function returns.
    fn rooted(vm: &mut Vm, table: Value) -> Self {
        let walk = Self::new(vm, table);
        vm.root(table);
        vm.root(walk.epoch);
        walk
    }

    /// The next entry.
    #[inline]
    fn step(&mut self, vm: &mut Vm) -> Option<(Value, Value)> {
        let (epoch, position) = vm.heap.table_position(self.epoch, self.position);
        if epoch != self.epoch {
            vm.root(epoch);
        }
        let (position, key, value) = vm.heap.native::<Table>(self.table)?.entry_from(position)?;
        (self.epoch, self.position) = (epoch, position + 1);
        Some((key, value))
    }
}

/// The table that `forEach` goes through, its epoch and the position in it.
const TABLE: Slot = Slot::new(0);
const EPOCH: Slot = Slot::new(1);
const POSITION: Slot = Slot::new(2);

/// `forEach` of maps and sets.
fn for_each(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    kind: Kind,
    method: &str,
) -> Completion<Step> {
    if phase == Phase::Start {
        let table = match frame.this().as_object() {
            Some(object) if object.kind() == kind => object.internal(0),
            _ => return Err(incompatible(vm, method, frame.this())),
        };
        if !vm.is_callable(frame.arg(0)) {
            return Err(vm.throw_not_callable(frame.arg(0)));
        }
        let walk = Walk::new(vm, table);
        frame.set(TABLE, table);
        frame.set(EPOCH, walk.epoch);
        frame.set(POSITION, Value::ZERO);
    }
    let mut walk = Walk {
        table: frame.get(TABLE),
        epoch: frame.get(EPOCH),
        position: frame.index(POSITION),
    };
    let Some((key, value)) = walk.step(vm) else {
        return Ok(Step::Return(Value::UNDEFINED));
    };
    frame.set(EPOCH, walk.epoch);
    frame.set(POSITION, Value::int(walk.position as i32));
    let value = if kind == Kind::Set { key } else { value };
    Ok(frame.call(frame.arg(0), frame.arg(1), [value, key, frame.this()]))
}

impl Vm {
    /// A native cell with an empty table.
    fn new_table(&mut self) -> Value {
        self.heap.new_native(Table::default()).into()
    }

    /// An empty `Map` of the current realm.
    pub fn new_map(&mut self) -> Obj {
        let map = self.new_intrinsic_object(Kind::Map, Intrinsic::MapPrototype);
        map.set_internal(0, self.new_table());
        map
    }

    /// An empty `Set` of the current realm.
    pub fn new_set(&mut self) -> Obj {
        let set = self.new_intrinsic_object(Kind::Set, Intrinsic::SetPrototype);
        set.set_internal(0, self.new_table());
        set
    }

    /// The value under `key` in the table.
    #[inline]
    fn table_get(&mut self, table: Value, key: Value) -> Option<Value> {
        let key = self.heap.table_key(key);
        self.heap.native::<Table>(table)?.get(key)
    }

    /// Has the table the key?
    #[inline]
    fn table_has(&mut self, table: Value, key: Value) -> bool {
        let key = self.heap.table_key(key);
        self.heap
            .native::<Table>(table)
            .is_some_and(|table| table.has(key))
    }

    /// Sets the value under `key`.
    ///
    /// # Errors
    /// `RangeError` when there is no room for more.
    #[inline]
    fn table_insert(&mut self, table: Value, key: Value, value: Value) -> Completion<()> {
        let key = self.heap.table_key(key);
        let Some(data) = self.heap.native_mut::<Table>(table) else {
            return Ok(());
        };
        if data.replace(key, value) {
            return Ok(());
        }
        if data.is_full() {
            self.table_grow(table)?;
        }
        if let Some(data) = self.heap.native_mut::<Table>(table) {
            data.add(key, value);
        }
        Ok(())
    }

    #[inline(never)]
    fn table_grow(&mut self, table: Value) -> Completion<()> {
        let (len, bytes) = self
            .heap
            .native::<Table>(table)
            .map_or((0, 0), |table| (table.len(), table.rebuild_bytes()));
        if len >= MAX_ENTRIES || (bytes >= LARGE && self.heap.would_exceed(bytes)) {
            return Err(self.throw_range("Map maximum size exceeded"));
        }
        self.table_rebuild(table)
    }

    /// Closes the table's holes and makes room. Who is stopped leaves it as it was.
    fn table_rebuild(&mut self, table: Value) -> Completion<()> {
        /// Entries, or places of the index, that are moved between two looks.
        const PART: usize = 1 << 12;
        let Some(mut new) = self.heap.native::<Table>(table).map(Table::begin_rebuild) else {
            return Ok(());
        };
        while let Some(data) = self.heap.native::<Table>(table) {
            if data.rebuild_part(&mut new, PART) {
                break;
            }
            self.work(PART / 4)?;
        }
        self.heap.table_finish_rebuild(table, new);
        Ok(())
    }

    /// Sets in one table what is in another.
    ///
    /// # Errors
    /// `RangeError` when there is no room for more; as [`Vm::work`].
    fn copy_entries(&mut self, from: Value, to: Value) -> Completion<()> {
        let mut position = 0;
        loop {
            let entries = self.heap.native::<Table>(from);
            let entry = entries.and_then(|entries| entries.entry_from(position));
            let Some((at, key, value)) = entry else {
                return Ok(());
            };
            self.table_insert(to, key, value)?;
            self.work(1)?;
            position = at + 1;
        }
    }

    /// Removes a key from the table; was it there?
    ///
    /// # Errors
    /// As [`Vm::work`].
    fn table_remove(&mut self, table: Value, key: Value) -> Completion<bool> {
        let key = self.heap.table_key(key);
        let Some(data) = self.heap.native_mut::<Table>(table) else {
            return Ok(false);
        };
        let removed = data.remove(key);
        if removed && data.is_sparse() && !self.heap.would_exceed(0) {
            self.table_rebuild(table)?;
        }
        Ok(removed)
    }

    /// How many entries the table has.
    fn table_len(&self, table: Value) -> usize {
        self.heap.native::<Table>(table).map_or(0, Table::len)
    }

    /// The value under `key` in a `Map`.
    pub fn map_get(&mut self, map: Obj, key: Value) -> Option<Value> {
        self.table_get(map.internal(0), key)
    }

    /// Sets the value under `key` in a `Map`.
    ///
    /// # Errors
    /// `RangeError` when there is no room for more.
    pub fn map_set(&mut self, map: Obj, key: Value, value: Value) -> Completion<()> {
        self.table_insert(map.internal(0), key, value)
    }

    /// Adds a value to a `Set`.
    ///
    /// # Errors
    /// `RangeError` when there is no room for more.
    pub fn set_add(&mut self, set: Obj, value: Value) -> Completion<()> {
        self.table_insert(set.internal(0), value, Value::UNDEFINED)
    }

    /// Has the `Map` or `Set` the key?
    pub fn collection_has(&mut self, collection: Obj, key: Value) -> bool {
        self.table_has(collection.internal(0), key)
    }

    /// Removes a key from a `Map` or `Set`; was it there?
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub fn collection_delete(&mut self, collection: Obj, key: Value) -> Completion<bool> {
        self.table_remove(collection.internal(0), key)
    }

    /// Empties a `Map` or `Set`.
    pub fn collection_clear(&mut self, collection: Obj) {
        self.heap.table_clear(collection.internal(0));
    }

    /// How many entries a `Map` or `Set` has.
    #[must_use]
    pub fn collection_len(&self, collection: Obj) -> usize {
        self.table_len(collection.internal(0))
    }

    /// The entries of a `Map`, or of a `Set` with undefined values, in order.
    #[must_use]
    pub fn collection_entries(&self, collection: Obj) -> Vec<(Value, Value)> {
        self.heap
            .native::<Table>(collection.internal(0))
            .map_or_else(Vec::new, |table| table.iter().collect())
    }

    /// What a `Map` or `Set` iterator has still to give: for a `Map` iterator of entries, keys and values by turns.
    pub fn collection_iterator_rest(&mut self, iterator: Obj) -> Vec<Value> {
        iterator::rest(self, iterator)
    }

    /// Does a `Map` or `Set` iterator give pairs?
    #[must_use]
    pub fn collection_iterator_gives_entries(&self, iterator: Obj) -> bool {
        iterator::gives_entries(iterator)
    }

    /// The `Map` or `Set` that `value` is, if iterating over it is nothing but reading its entries.
    #[must_use]
    pub fn pristine_collection(&mut self, value: Value) -> Option<Obj> {
        let collection = value.as_object()?;
        (matches!(collection.kind(), Kind::Map | Kind::Set)
            && self.is_pristine_collection(collection))
        .then_some(collection)
    }

    /// Calls `each` with what iterating over the collection gives: values of a `Set`, pairs of a `Map`.
    ///
    /// # Errors
    /// As `each`.
    pub fn for_each_entry(
        &mut self,
        collection: Obj,
        each: &mut dyn FnMut(&mut Self, Value) -> Completion<()>,
    ) -> Completion<()> {
        let mut walk = Walk::rooted(self, collection.internal(0));
        let is_map = collection.kind() == Kind::Map;
        while let Some((key, value)) = walk.step(self) {
            self.work(1)?;
            let item = if is_map {
                self.new_array_from(&[key, value]).into()
            } else {
                key
            };
            let mark = self.root_mark();
            self.root(item);
            each(self, item)?;
            self.unroot_to(mark);
        }
        Ok(())
    }

    /// Is iterating over the `Map` or `Set` nothing but reading its entries?
    pub fn is_pristine_collection(&mut self, collection: Obj) -> bool {
        let (proto, method, iterator, next) = match collection.kind() {
            Kind::Map => (
                Intrinsic::MapPrototype,
                Intrinsic::MapProtoEntries,
                Intrinsic::MapIteratorPrototype,
                Intrinsic::MapIteratorNext,
            ),
            Kind::Set => (
                Intrinsic::SetPrototype,
                Intrinsic::SetProtoValues,
                Intrinsic::SetIteratorPrototype,
                Intrinsic::SetIteratorNext,
            ),
            _ => return false,
        };
        let proto = self.intrinsic(proto);
        let symbol = PropKey::symbol(self.symbols.iterator);
        let next_key = self.names.next;
        self.proto_of(collection) == Value::from(proto)
            && self
                .heap
                .shapes
                .lookup(collection.shape(), symbol)
                .is_none()
            && self.is_intrinsic_property(proto, symbol, method)
            && self.is_intrinsic_property(self.intrinsic(iterator), next_key, next)
    }

    /// Is the object's own property this intrinsic function still?
    fn is_intrinsic_property(&mut self, object: Obj, key: PropKey, function: Intrinsic) -> bool {
        let function = Value::from(self.intrinsic(function));
        self.heap
            .shapes
            .lookup(object.shape(), key)
            .is_some_and(|slot| object.slot(slot.slot) == function)
    }
}
