//! Shapes: hidden classes. A shape says which named properties an object has, in which slots, with which attributes, and
//! what its prototype is. Objects that get the same properties in the same order share one.
//!
//! Shapes form trees: a child adds one property to its parent. The names of a shape are found in a table that is made when
//! first asked for and handed on to the child that grows from it, so that building an object costs linear time. A
//! *dictionary* shape belongs to one object and changes in place; inline caches leave it alone.
//! Shapes are numbered; number 0 is none. A full collection frees the shapes that no object has.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::{instances::Instances, key::PropKey, pages::Pages, table::Table};
use crate::vm::{heap::Kind, value::Value};

/// Attributes of a property, as bits.
pub mod attr {
    /// Data: may be assigned.
    pub const W: u8 = 1;
    /// Shows in enumerations.
    pub const E: u8 = 2;
    /// May be deleted and redefined.
    pub const C: u8 = 4;
    /// The slot holds a `Slots` cell of getter and setter.
    pub const ACCESSOR: u8 = 8;
    /// Writable, enumerable, configurable.
    pub const ALL: u8 = W | E | C;
    /// Writable, configurable: what built-in methods are.
    pub const METHOD: u8 = W | C;
}

/// Where a property is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its property slot.
    pub slot: u32,
    /// Bits of [`attr`].
    pub attrs: u8,
}

type Map<K, V> = HashMap<K, V, FxBuildHasher>;

/// Which properties a fresh object still lacks: they are made when first asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lazy {
    /// Nothing is missing.
    No,
    /// `length`, `name` and, depending on the code, `prototype`.
    Function,
    /// Everything in `Intl`.
    Intl,
    /// Everything in `Temporal`.
    Temporal,
}

/// A hidden class.
#[derive(Debug)]
pub struct Shape {
    /// The prototype: an object or null.
    pub proto: Value,
    /// The kind of its objects (tells the internal slots).
    pub kind: Kind,
    /// Inline values of its objects, internal slots included.
    pub inline: u8,
    /// May properties be added?
    pub extensible: bool,
    /// Does it belong to one object?
    pub dictionary: bool,
    /// Properties made on first use.
    pub lazy: Lazy,
    parent: u32,
    /// What it adds to its parent; a root adds nothing.
    added: Option<(PropKey, Slot)>,
    /// Property slots that its objects have.
    count: u32,
    table: Option<Box<Table>>,
    transitions: Map<(PropKey, u8), u32>,
    /// Other derived shapes: by change of prototype, of extensibility.
    marked: bool,
    live: bool,
}

/// What roots are shared by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct RootKey {
    proto: u64,
    kind: Kind,
    inline: u8,
    extensible: bool,
    lazy: Lazy,
}

/// Names that shapes got since the last minor collection, before they alone are worth one: half a megabyte.
const MAX_RECENT: usize = 1 << 16;
/// Parts of the table of roots.
const ROOT_PARTS: usize = 32;
/// Names above which an object gets a shape of its own.
const MAX_SHARED: u32 = 128;
/// Transitions of one shape above which the next object gets a shape of its own: it is used as a map.
const MAX_TRANSITIONS: usize = 4096;

/// All shapes of a heap.
#[derive(Debug, Default)]
pub struct Shapes {
    shapes: Pages<Shape>,
    free: Vec<u32>,
    /// In parts, so that growing takes little at a time.
    roots: [Map<RootKey, u32>; ROOT_PARTS],
    permanent: Vec<(u32, u32)>,
    /// What `new` starts with.
    pub instances: Instances,
    /// Bytes that all of this takes, nearly: exact after a sweep, growing in between.
    bytes: usize,
    /// What shapes refer to since the last minor collection.
    recent: Vec<Value>,
    /// Grows whenever an object that is somebody's prototype changes: prototype caches compare it.
    pub epoch: u32,
    /// Grows whenever a property of a global object, or of an object that holds global lexical bindings, is added, removed
    /// or redefined: caches of global names compare it.
    /// Its low half is 0, so that nobody takes it for a shape.
    pub global_epoch: u64,
}

impl Shapes {
    pub(in crate::vm) fn new() -> Self {
        let mut shapes = Self {
            epoch: 1,
            global_epoch: 1 << 32,
            ..Self::default()
        };
        // Number 0 is no shape.
        shapes.shapes.push(Shape::root(Value::NULL, Kind::Free, 0));
        shapes
    }

    /// The shape numbered `id`.
    #[inline]
    #[must_use]
    pub fn get(&self, id: u32) -> &Shape {
        &self.shapes[id as usize]
    }

    /// Bytes that the shapes take.
    #[inline]
    #[must_use]
    pub(in crate::vm) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Bytes of what is not counted as it grows.
    pub(in crate::vm) fn table_bytes(&self) -> usize {
        let roots: usize = self.roots.iter().map(Map::allocation_size).sum();
        roots
            + (self.free.capacity() + self.permanent.capacity() * 2) * 4
            + self.recent.capacity() * size_of::<Value>()
            + self.instances.bytes()
    }

    fn count_bytes(&mut self) {
        self.bytes = self.shapes.bytes() + self.shapes.iter().map(Shape::bytes).sum::<usize>();
    }

    fn add(&mut self, shape: Shape) -> u32 {
        self.bytes += shape.bytes();
        self.recent.push(shape.proto);
        if let Some((key, _)) = shape.added {
            self.recent.push(key.value());
        }
        if let Some(id) = self.free.pop() {
            self.shapes[id as usize] = shape;
            return id;
        }
        let before = self.shapes.bytes();
        self.shapes.push(shape);
        self.bytes += self.shapes.bytes() - before;
        (self.shapes.len() - 1) as u32
    }

    /// The shape of objects without properties.
    pub fn root(
        &mut self,
        proto: Value,
        kind: Kind,
        inline: u8,
        extensible: bool,
        lazy: Lazy,
    ) -> u32 {
        let inline = inline.max(kind.internal_slots());
        let key = RootKey {
            proto: proto.bits(),
            kind,
            inline,
            extensible,
            lazy,
        };
        let part = root_part(proto);
        if let Some(&id) = self.roots[part].get(&key) {
            return id;
        }
        let shape = Shape {
            extensible,
            lazy,
            ..Shape::root(proto, kind, inline)
        };
        let id = self.add(shape);
        self.roots[part].insert(key, id);
        id
    }

    /// Keeps a shape although no object has it, as long as the realm is in use.
    pub fn keep(&mut self, id: u32, realm: u32) {
        self.permanent.push((id, realm));
    }

    /// Forgets what was kept for realms that are not in use any more.
    pub(in crate::vm) fn release(&mut self, is_dead: &dyn Fn(u32) -> bool) {
        self.permanent.retain(|&(_, realm)| !is_dead(realm));
    }

    /// Where the property `key` of objects of this shape is.
    #[inline]
    pub fn lookup(&mut self, id: u32, key: PropKey) -> Option<Slot> {
        let shape = &self.shapes[id as usize];
        if shape.table.is_none() {
            if shape.count == 0 {
                return None;
            }
            if shape.count <= 6 {
                return self.lookup_chain(id, key);
            }
            self.ensure_table(id);
        }
        let table = self.shapes[id as usize].table.as_ref()?;
        table.get(key)
    }

    /// As [`Shapes::lookup`], of dictionaries: `None` of other shapes too.
    #[inline]
    pub(in crate::vm) fn dictionary_lookup(&self, id: u32, key: PropKey) -> Option<Slot> {
        let shape = &self.shapes[id as usize];
        if !shape.dictionary {
            return None;
        }
        shape.table.as_ref()?.get(key)
    }

    /// How many names were removed from this dictionary; `None`: it is none, or they were too many to be told apart.
    pub(in crate::vm) fn removed(&self, id: u32) -> Option<u32> {
        let shape = &self.shapes[id as usize];
        let removed = shape.table.as_ref().map_or(0, |table| table.removed);
        (shape.dictionary && removed < u32::MAX).then_some(removed)
    }

    fn lookup_chain(&self, mut id: u32, key: PropKey) -> Option<Slot> {
        loop {
            let shape = &self.shapes[id as usize];
            let (added, slot) = shape.added?;
            if added == key {
                return Some(slot);
            }
            id = shape.parent;
        }
    }

    /// Gives the shape a table: an ancestor's, taken over, or a new one.
    fn ensure_table(&mut self, id: u32) {
        let mut pending = Vec::new();
        let mut at = id;
        let mut table = loop {
            let shape = &mut self.shapes[at as usize];
            if at != id
                && !shape.dictionary
                && let Some(table) = shape.table.take()
            {
                break table;
            }
            let Some(added) = shape.added else {
                break Box::default();
            };
            pending.push(added);
            at = shape.parent;
        };
        let before = if table.entries.is_empty() {
            0
        } else {
            table.bytes()
        };
        for (key, slot) in pending.into_iter().rev() {
            table.push(key, slot);
        }
        self.bytes += table.bytes() - before;
        self.shapes[id as usize].table = Some(table);
    }

    /// Own names in the order of definition.
    pub fn entries(&mut self, id: u32) -> Vec<(PropKey, Slot)> {
        let shape = &self.shapes[id as usize];
        if let Some(table) = &shape.table {
            return table.entries.iter().flatten().copied().collect();
        }
        let mut entries = Vec::with_capacity(shape.count as usize);
        let mut at = id;
        while let Some(added) = self.shapes[at as usize].added {
            entries.push(added);
            at = self.shapes[at as usize].parent;
        }
        entries.reverse();
        entries
    }

    /// As [`Shapes::entries`], from where `from` points to, which moves on: a part of them. `None`: that was all.
    pub fn entries_part(&mut self, id: u32, from: &mut usize) -> Option<Vec<(PropKey, Slot)>> {
        /// Names of a part.
        const PART: usize = 4096;
        let start = *from;
        let end = start.saturating_add(PART);
        *from = end;
        match &self.shapes[id as usize].table {
            Some(table) => {
                let rest = table.entries.get(start..).filter(|rest| !rest.is_empty())?;
                Some(rest.iter().take(PART).flatten().copied().collect())
            }
            // Those without a table have few.
            None => (start == 0).then(|| self.entries(id)),
        }
    }

    /// Is every property of this shared shape a writable, enumerable, configurable value that reflection shows?
    pub(in crate::vm) fn is_plain(&self, id: u32) -> bool {
        let shape = self.get(id);
        if shape.dictionary || !shape.extensible || shape.lazy != Lazy::No {
            return false;
        }
        let mut at = shape;
        while let Some((key, slot)) = at.added {
            if slot.attrs != attr::ALL || key.is_private() {
                return false;
            }
            at = self.get(at.parent);
        }
        true
    }

    /// The shape after adding `key`, and the slot that it gets. For a dictionary that is the same shape, changed.
    /// `None`: the object must become a dictionary first ([`Shapes::to_dictionary`]).
    pub fn with_property(&mut self, id: u32, key: PropKey, attrs: u8) -> Option<(u32, u32)> {
        let shape = &mut self.shapes[id as usize];
        if shape.dictionary {
            // An old name is kept by no minor collection; marking hears of it as long as it has not been here.
            if shape.marked || !key.is_old() {
                self.recent.push(key.value());
            }
            let count = &mut shape.count;
            let table = shape.table.get_or_insert_default();
            let slot = table.free_slots.pop().unwrap_or_else(|| {
                *count += 1;
                *count - 1
            });
            let before = table.bytes();
            table.push(key, Slot { slot, attrs });
            self.bytes += table.bytes() - before;
            return Some((id, slot));
        }
        if let Some(&child) = shape.transitions.get(&(key, attrs)) {
            return Some((child, shape.count));
        }
        if shape.count >= MAX_SHARED || shape.transitions.len() >= MAX_TRANSITIONS {
            return None;
        }
        let slot = shape.count;
        let inside = u32::from(shape.inline - shape.kind.internal_slots());
        if slot >= inside && shape.kind == Kind::Object {
            self.instances.outgrown(shape.proto, slot + 1);
        }
        let shape = &self.shapes[id as usize];
        let child = Shape {
            parent: id,
            added: Some((key, Slot { slot, attrs })),
            count: slot + 1,
            extensible: shape.extensible,
            ..Shape::root(shape.proto, shape.kind, shape.inline)
        };
        let child = self.add(child);
        let transitions = &mut self.shapes[id as usize].transitions;
        let before = transitions.allocation_size();
        transitions.insert((key, attrs), child);
        self.bytes += transitions.allocation_size() - before;
        Some((child, slot))
    }

    /// Bytes that one more property of a dictionary takes at once, if they are many.
    #[inline]
    pub(in crate::vm) fn growth(&self, id: u32) -> usize {
        let shape = self.get(id);
        if !shape.dictionary {
            return 0;
        }
        shape.table.as_ref().map_or(0, |table| table.growth())
    }

    /// A dictionary shape with the same names and slots.
    pub fn to_dictionary(&mut self, id: u32) -> u32 {
        if self.get(id).dictionary {
            return id;
        }
        let mut table = Box::<Table>::default();
        for (key, slot) in self.entries(id) {
            table.push(key, slot);
        }
        let shape = self.get(id);
        let dictionary = Shape {
            dictionary: true,
            extensible: shape.extensible,
            count: shape.count,
            table: Some(table),
            ..Shape::root(shape.proto, shape.kind, shape.inline)
        };
        self.add(dictionary)
    }

    /// Removes a name from a dictionary shape. Its slot may be used again.
    pub fn remove(&mut self, id: u32, key: PropKey) {
        debug_assert!(self.get(id).dictionary);
        let Some(table) = &mut self.shapes[id as usize].table else {
            return;
        };
        table.remove(key);
    }

    /// Changes attributes in a dictionary shape.
    pub fn set_attrs(&mut self, id: u32, key: PropKey, attrs: u8) {
        debug_assert!(self.get(id).dictionary);
        if let Some(table) = &mut self.shapes[id as usize].table {
            table.set_attrs(key, attrs);
        }
    }

    /// Changes the prototype of a dictionary shape in place.
    pub fn set_dictionary_proto(&mut self, id: u32, proto: Value) {
        debug_assert!(self.get(id).dictionary);
        self.shapes[id as usize].proto = proto;
        self.recent.push(proto);
    }

    /// Makes a dictionary shape not extensible.
    pub fn prevent_extensions(&mut self, id: u32) {
        debug_assert!(self.get(id).dictionary);
        self.shapes[id as usize].extensible = false;
    }

    /// A shape with the same names in the same slots under another prototype: what `Object.setPrototypeOf` gives.
    /// `None`: go through a dictionary.
    pub fn with_proto(&mut self, id: u32, proto: Value) -> Option<u32> {
        let shape = self.get(id);
        if shape.dictionary || shape.lazy != Lazy::No || shape.count > 32 {
            return None;
        }
        let (kind, inline, extensible) = (shape.kind, shape.inline, shape.extensible);
        let entries = self.entries(id);
        let mut at = self.root(proto, kind, inline, extensible, Lazy::No);
        for (key, slot) in entries {
            let (child, new_slot) = self.with_property(at, key, slot.attrs)?;
            if new_slot != slot.slot {
                return None;
            }
            at = child;
        }
        Some(at)
    }

    /// The shape with the same names in the same slots that `Object.seal` (or `Object.freeze`) gives: nothing can be added,
    /// no name is configurable, no value writable if frozen. Private names stay as they are. `None`: go through a dictionary.
    pub fn with_integrity(&mut self, id: u32, frozen: bool) -> Option<u32> {
        let shape = self.get(id);
        if shape.dictionary || shape.lazy != Lazy::No || shape.count > 32 {
            return None;
        }
        let mut at = self.root(shape.proto, shape.kind, shape.inline, false, Lazy::No);
        for (key, slot) in self.entries(id) {
            let mut attrs = slot.attrs;
            if !key.is_private() {
                attrs &= !attr::C;
                if frozen && attrs & attr::ACCESSOR == 0 {
                    attrs &= !attr::W;
                }
            }
            let (child, new_slot) = self.with_property(at, key, attrs)?;
            if new_slot != slot.slot {
                return None;
            }
            at = child;
        }
        Some(at)
    }

    /// The shape that this one grew from, if `key` is what it added. `None`: go through a dictionary.
    pub fn without_last(&self, id: u32, key: PropKey) -> Option<u32> {
        let shape = self.get(id);
        let (added, slot) = shape.added?;
        let parent = self.get(shape.parent);
        let is_last = !shape.dictionary
            && added == key
            && slot.slot + 1 == shape.count
            && parent.live
            && parent.count == slot.slot
            && parent.proto == shape.proto
            && parent.extensible == shape.extensible
            && parent.lazy == shape.lazy;
        is_last.then_some(shape.parent)
    }

    pub(in crate::vm) fn clear_marks(&mut self) {
        for shape in self.shapes.iter_mut() {
            shape.marked = false;
        }
    }

    /// Marks a shape; what it refers to (prototype, key, the shape it grew from), if it was not marked yet.
    #[inline]
    pub(in crate::vm) fn mark(&mut self, id: u32) -> Option<(Value, Option<PropKey>, u32)> {
        let shape = &mut self.shapes[id as usize];
        if shape.marked {
            return None;
        }
        shape.marked = true;
        Some((shape.proto, shape.added.map(|(key, _)| key), shape.parent))
    }

    /// Has a major collection met the shape?
    pub(in crate::vm) fn is_marked(&self, id: u32) -> bool {
        self.get(id).marked
    }

    /// Takes the names of a shape out, to look at them while the shapes are borrowed otherwise. They are put back at once.
    pub(in crate::vm) fn take_table(&mut self, id: u32) -> Option<Box<Table>> {
        self.shapes[id as usize].table.take()
    }

    pub(in crate::vm) fn put_table(&mut self, id: u32, table: Option<Box<Table>>) {
        self.shapes[id as usize].table = table;
    }

    /// Would a minor collection be worth it for the list of what shapes refer to since the last one?
    pub(in crate::vm) fn has_many_recent(&self) -> bool {
        self.recent.len() > MAX_RECENT
    }

    /// Takes what shapes refer to since the last call: a minor collection keeps it, because it frees no shapes.
    pub(in crate::vm) fn take_recent(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.recent)
    }

    /// How many there are, and about how many bytes they take.
    pub(in crate::vm) fn size(&self) -> (usize, usize) {
        let live = self.shapes.iter().skip(1).filter(|shape| shape.live);
        live.fold((0, 0), |(count, bytes), shape| {
            let names = shape.table.as_ref().map_or(0, |table| table.entries.len());
            let more = names * 40 + shape.transitions.len() * 24;
            (count + 1, bytes + size_of::<Shape>() + more)
        })
    }

    /// What was kept: each shape with its realm.
    pub(in crate::vm) fn permanent(&self) -> Vec<(u32, u32)> {
        self.permanent.clone()
    }

    /// Lists the numbers of dead shapes, small ones to be taken first, and gives memory behind the last live one back.
    fn list_free(&mut self) {
        let used = self
            .shapes
            .iter()
            .enumerate()
            .filter(|(_, shape)| shape.live);
        let len = used.last().map_or(1, |(last, _)| last + 1);
        self.shapes.truncate(len);
        self.free.clear();
        let dead = self.shapes.iter().enumerate().skip(1);
        let dead = dead.filter(|(_, shape)| !shape.live);
        self.free.extend(dead.map(|(id, _)| id as u32));
        self.free.reverse();
        if self.free.len() < self.free.capacity() / 4 {
            self.free.shrink_to_fit();
        }
    }

    /// Frees unmarked shapes, except those that a marked one grew from; returns a test for freed numbers.
    pub(in crate::vm) fn sweep(&mut self) -> impl Fn(u32) -> bool + use<> {
        for id in 1..self.shapes.len() {
            if self.shapes[id].marked {
                let mut at = self.shapes[id].parent;
                while at != 0 && !self.shapes[at as usize].marked {
                    self.shapes[at as usize].marked = true;
                    at = self.shapes[at as usize].parent;
                }
            }
        }
        let mut dead = vec![false; self.shapes.len()];
        for (id, is_dead) in dead.iter_mut().enumerate().skip(1) {
            let shape = &self.shapes[id];
            *is_dead = shape.live && !shape.marked;
        }
        for id in 1..self.shapes.len() {
            if dead[id] {
                let parent = self.shapes[id].parent;
                if parent != 0
                    && !dead[parent as usize]
                    && let Some((key, slot)) = self.shapes[id].added
                {
                    self.shapes[parent as usize]
                        .transitions
                        .remove(&(key, slot.attrs));
                }
            }
        }
        self.instances.clear();
        for roots in &mut self.roots {
            roots.retain(|_, id| !dead[*id as usize]);
            if roots.len() < roots.capacity() / 4 {
                roots.shrink_to_fit();
            }
        }
        for (id, _) in dead.iter().enumerate().filter(|(_, dead)| **dead) {
            self.shapes[id] = Shape {
                live: false,
                ..Shape::root(Value::NULL, Kind::Free, 0)
            };
        }
        self.list_free();
        self.count_bytes();
        move |id| dead.get(id as usize).copied().unwrap_or(false)
    }
}

/// The part of the table of roots that a prototype's are in.
const fn root_part(proto: Value) -> usize {
    (proto.bits() >> 4 ^ proto.bits() >> 16) as usize % ROOT_PARTS
}

impl Shape {
    fn root(proto: Value, kind: Kind, inline: u8) -> Self {
        Self {
            proto,
            kind,
            inline,
            extensible: true,
            dictionary: false,
            lazy: Lazy::No,
            parent: 0,
            added: None,
            count: 0,
            table: None,
            transitions: Map::default(),
            marked: false,
            live: true,
        }
    }

    fn bytes(&self) -> usize {
        let table = self.table.as_ref().map_or(0, |table| table.bytes());
        self.transitions.allocation_size() + table
    }

    /// How many property slots objects of this shape have.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }
}
