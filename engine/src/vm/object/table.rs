//! The names of one shape, in the order of definition, with an index over them. A part of `shape`.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::{key::PropKey, shape::Slot};

/// Entries in the order of definition (a deleted one is `None`), and the numbers of entries by the hashes of their names. The
/// index holds nothing else: what grows with an object is small, and a look at it reads one line of memory more.
#[derive(Clone, Debug, Default)]
pub(in crate::vm) struct Table {
    pub(super) entries: Vec<Option<(PropKey, Slot)>>,
    index: HashTable<u32>,
    pub(super) free_slots: Vec<u32>,
    /// How many names were removed, up to the greatest number.
    pub(super) removed: u32,
}

/// Tables with fewer names do not grow by much.
const LARGE_TABLE: usize = 1024;

#[inline]
fn hash_of(key: PropKey) -> u64 {
    FxBuildHasher.hash_one(key.value().bits())
}

/// The hash of the entry of that number.
#[inline]
fn hash_at(entries: &[Option<(PropKey, Slot)>], at: u32) -> u64 {
    entries
        .get(at as usize)
        .and_then(Option::as_ref)
        .map_or(0, |(key, _)| hash_of(*key))
}

/// Is it the entry of that name?
#[inline]
fn has_key(entries: &[Option<(PropKey, Slot)>], at: u32, key: PropKey) -> bool {
    matches!(entries.get(at as usize), Some(Some((known, _))) if *known == key)
}

impl Table {
    /// Where the property of that name is.
    #[inline]
    pub(super) fn get(&self, key: PropKey) -> Option<Slot> {
        let is_it = |&at: &u32| has_key(&self.entries, at, key);
        let at = *self.index.find(hash_of(key), is_it)?;
        self.entries
            .get(at as usize)
            .and_then(Option::as_ref)
            .map(|(_, slot)| *slot)
    }

    /// Appends a name that it lacks.
    pub(super) fn push(&mut self, key: PropKey, slot: Slot) {
        let at = self.entries.len() as u32;
        self.entries.push(Some((key, slot)));
        let entries = &self.entries;
        self.index
            .insert_unique(hash_of(key), at, |&at| hash_at(entries, at));
    }

    /// Removes a name. Its slot may be used again.
    pub(super) fn remove(&mut self, key: PropKey) {
        let is_it = |&at: &u32| has_key(&self.entries, at, key);
        let Ok(found) = self.index.find_entry(hash_of(key), is_it) else {
            return;
        };
        let (at, _) = found.remove();
        self.removed = self.removed.saturating_add(1);
        if let Some((_, slot)) = self.entries.get_mut(at as usize).and_then(Option::take) {
            self.free_slots.push(slot.slot);
        }
        if self.entries.len() > 32 && self.index.len() * 2 < self.entries.len() {
            self.compact();
        }
    }

    /// Changes the attributes of a name.
    pub(super) fn set_attrs(&mut self, key: PropKey, attrs: u8) {
        let is_it = |&at: &u32| has_key(&self.entries, at, key);
        if let Some(&at) = self.index.find(hash_of(key), is_it)
            && let Some(Some((_, slot))) = self.entries.get_mut(at as usize)
        {
            slot.attrs = attrs;
        }
    }

    pub(in crate::vm) fn keys(&self) -> impl Iterator<Item = PropKey> {
        self.entries.iter().flatten().map(|(key, _)| *key)
    }

    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.entries.capacity() * size_of::<Option<(PropKey, Slot)>>()
            + self.index.allocation_size()
            + self.free_slots.capacity() * 4
    }

    /// Bytes that are allocated anew for one more name, if they are many.
    pub(super) fn growth(&self) -> usize {
        let len = self.entries.len();
        if len < LARGE_TABLE {
            return 0;
        }
        let entries = if len == self.entries.capacity() {
            len * 2 * size_of::<Option<(PropKey, Slot)>>()
        } else {
            0
        };
        let index = if self.index.len() == self.index.capacity() {
            self.index.allocation_size() * 2
        } else {
            0
        };
        entries + index
    }

    fn compact(&mut self) {
        self.entries.retain(Option::is_some);
        self.index.clear();
        let entries = &self.entries;
        for (at, &(key, _)) in self.entries.iter().flatten().enumerate() {
            let hash = |&at: &u32| hash_at(entries, at);
            self.index.insert_unique(hash_of(key), at as u32, hash);
        }
    }
}
