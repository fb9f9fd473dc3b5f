//! Memory that several cells share (the program of a pattern, the source and the templates of functions): charged once, when
//! the first of them comes, and returned when the last one goes.

use rustc_hash::FxHashMap;

use super::block::Shared;

/// By address: how many cells share it, and what was charged for it.
#[derive(Debug, Default)]
pub(super) struct Held {
    entries: FxHashMap<usize, Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    count: usize,
    bytes: usize,
    /// Parts that were charged with it.
    parts: Vec<usize>,
}

impl Held {
    /// Words of its table.
    pub(super) fn capacity(&self) -> usize {
        self.entries.capacity() * 8
    }
}

impl Shared {
    /// One more cell holds what lies at `address`, of so many bytes.
    pub(super) fn hold(&self, address: usize, bytes: impl FnOnce() -> usize) {
        let charged = self.with_held(|held| {
            let entry = held.entries.entry(address).or_default();
            entry.count += 1;
            if entry.count > 1 {
                return 0;
            }
            entry.bytes = bytes();
            entry.bytes
        });
        self.external.set(self.external.get() + charged);
    }

    /// What is held at `address` includes the part at `part`, of so many bytes.
    pub(super) fn hold_part(&self, address: usize, part: usize, bytes: impl FnOnce() -> usize) {
        let charged = self.with_held(|held| match held.entries.get_mut(&address) {
            Some(entry) if !entry.parts.contains(&part) => {
                let bytes = bytes();
                entry.parts.push(part);
                entry.bytes += bytes;
                bytes
            }
            _ => 0,
        });
        self.external.set(self.external.get() + charged);
    }

    /// One cell less holds it.
    pub(super) fn let_go(&self, address: usize) {
        let returned = self.with_held(|held| {
            let Some(entry) = held.entries.get_mut(&address) else {
                return 0;
            };
            entry.count -= 1;
            if entry.count > 0 {
                return 0;
            }
            let bytes = entry.bytes;
            held.entries.remove(&address);
            if held.entries.len() < held.entries.capacity() / 8 {
                held.entries.shrink_to_fit();
            }
            bytes
        });
        self.external
            .set(self.external.get().saturating_sub(returned));
    }
}
