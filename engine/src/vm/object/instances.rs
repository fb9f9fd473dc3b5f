//! The shapes that instances start with, by prototype: what `new` asks when the code of a constructor has several
//! prototypes (a function that makes classes), and how many properties earlier instances needed.
//!
//! The first instances of a constructor teach how much room inside the object the later ones get. Everything here is
//! forgotten when a full collection frees shapes.

use rustc_hash::FxHashMap;

use crate::vm::value::Value;

/// Instances that are made before the room inside of them is settled.
const TRIALS: u8 = 3;
/// Entries of the cache; a power of two.
const ENTRIES: usize = 64;

/// What instances with one prototype start with.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    proto: u64,
    shape: u32,
    inline: u8,
    /// How many instances asked the slow path.
    seen: u8,
}

/// Shapes of instances, by prototype.
#[derive(Debug)]
pub struct Instances {
    cache: [Entry; ENTRIES],
    /// The most property slots that an object with this prototype had, where the room inside was too small.
    wanted: FxHashMap<u64, u8>,
}

impl Default for Instances {
    fn default() -> Self {
        Self {
            cache: [Entry::default(); ENTRIES],
            wanted: FxHashMap::default(),
        }
    }
}

fn place(proto: u64) -> usize {
    (proto >> 4 ^ proto >> 10) as usize % ENTRIES
}

impl Instances {
    /// The shape and room of new instances, once both are settled.
    #[inline]
    #[must_use]
    pub fn settled(&self, proto: Value) -> Option<(u32, u8)> {
        let entry = &self.cache[place(proto.bits())];
        (entry.proto == proto.bits() && entry.seen >= TRIALS).then_some((entry.shape, entry.inline))
    }

    /// Bytes that it takes beside itself.
    pub(super) fn bytes(&self) -> usize {
        self.wanted.capacity() * 20
    }

    /// Remembers what one more instance starts with; is it settled?
    pub fn learn(&mut self, proto: Value, shape: u32, inline: u8) -> bool {
        let entry = &mut self.cache[place(proto.bits())];
        let seen = if entry.proto == proto.bits() {
            entry.seen.saturating_add(1)
        } else {
            1
        };
        *entry = Entry {
            proto: proto.bits(),
            shape,
            inline,
            seen,
        };
        seen >= TRIALS
    }

    /// An object with this prototype got a shape with so many slots, more than fit inside.
    pub(super) fn outgrown(&mut self, proto: Value, count: u32) {
        let count = u8::try_from(count).unwrap_or(u8::MAX);
        let wanted = self.wanted.entry(proto.bits()).or_default();
        *wanted = count.max(*wanted);
    }

    /// How many property slots instances needed that had too little room; 0 if none did.
    #[must_use]
    pub fn wanted(&self, proto: Value) -> u8 {
        self.wanted.get(&proto.bits()).copied().unwrap_or(0)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Instances, TRIALS, Value};

    #[test]
    fn an_entry_settles_after_some_instances() {
        let mut instances = Instances::default();
        let (one, other) = (Value::int(1), Value::int(1 + (1 << 20)));
        for _ in 1..TRIALS {
            assert!(!instances.learn(one, 7, 2));
            assert_eq!(instances.settled(one), None);
        }
        assert!(instances.learn(one, 8, 5));
        assert_eq!(instances.settled(one), Some((8, 5)));
        assert_eq!(instances.settled(other), None);
        instances.outgrown(one, 9);
        instances.outgrown(one, 4);
        assert_eq!((instances.wanted(one), instances.wanted(other)), (9, 0));
        instances.clear();
        assert_eq!((instances.settled(one), instances.wanted(one)), (None, 0));
    }
}
