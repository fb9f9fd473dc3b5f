//! Reactor tokens: a slab index plus a generation.
//!
//! An event that arrives after its handle closed must not reach the handle
//! that took over the slot. A slot counts its owners, a token carries the count
//! of its day, and [`Slots::get`] refuses a stale one.
//! Invariant: a slot's generation only grows (it wraps after 2^21 owners,
//! so that a token as a number survives in a JavaScript number).
//! Not here: readiness and interest (`mod.rs`).

/// A place in a [`Slots`]: which slot, and which of its owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Token {
    pub(crate) index: u32,
    pub(crate) generation: u32,
}

/// Generations wrap here.
const GENERATION_MASK: u32 = (1 << 21) - 1;

/// Bits of a reactor key that hold the index; the others hold the generation.
const INDEX_BITS: u32 = usize::BITS / 2;
const INDEX_MASK: usize = (1 << INDEX_BITS) - 1;

impl Token {
    /// The token as a key for the operating system. Where a `usize` has 32 bits
    /// only the low half of each number goes along, and no more than 65,536
    /// handles can be watched.
    pub(crate) fn key(self) -> usize {
        (self.generation as usize) << INDEX_BITS | (self.index as usize & INDEX_MASK)
    }

    /// The token that `key` was made of, as far as the key remembers it.
    pub(crate) fn from_key(key: usize) -> Self {
        Self {
            index: (key & INDEX_MASK) as u32,
            generation: (key >> INDEX_BITS) as u32,
        }
    }
}

struct Slot<T> {
    generation: u32,
    value: Option<T>,
}

/// A slab whose tokens go stale when their value is removed.
pub(crate) struct Slots<T> {
    slots: Vec<Slot<T>>,
    free: Vec<u32>,
}

impl<T> Slots<T> {
    pub(crate) fn new() -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
        }
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    pub(crate) fn insert(&mut self, value: T) -> Token {
        if let Some(index) = self.free.pop()
            && let Some(slot) = self.slots.get_mut(index as usize)
        {
            slot.value = Some(value);
            return Token {
                index,
                generation: slot.generation,
            };
        }
        let index = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.push(Slot {
            generation: 0,
            value: Some(value),
        });
        Token {
            index,
            generation: 0,
        }
    }

    #[inline]
    pub(crate) fn get(&self, token: Token) -> Option<&T> {
        let slot = self.slots.get(token.index as usize)?;
        slot.value
            .as_ref()
            .filter(|_| slot.generation == token.generation)
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, token: Token) -> Option<&mut T> {
        let slot = self.slots.get_mut(token.index as usize)?;
        let generation = slot.generation;
        slot.value
            .as_mut()
            .filter(|_| generation == token.generation)
    }

    /// The current token of the slot that a reactor key names.
    #[inline]
    pub(crate) fn resolve(&self, key: usize) -> Option<Token> {
        let partial = Token::from_key(key);
        let slot = self.slots.get(partial.index as usize)?;
        let token = Token {
            index: partial.index,
            generation: slot.generation,
        };
        (slot.value.is_some() && token.key() == key).then_some(token)
    }

    pub(crate) fn remove(&mut self, token: Token) -> Option<T> {
        let slot = self.slots.get_mut(token.index as usize)?;
        if slot.generation != token.generation {
            return None;
        }
        let value = slot.value.take()?;
        slot.generation = slot.generation.wrapping_add(1) & GENERATION_MASK;
        self.free.push(token.index);
        Some(value)
    }

    /// Removes everything; every token is stale afterwards.
    pub(crate) fn drain(&mut self) -> Vec<T> {
        let tokens: Vec<_> = self.tokens().collect();
        tokens
            .into_iter()
            .filter_map(|token| self.remove(token))
            .collect()
    }

    /// The tokens of all values, in slot order.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = Token> + '_ {
        let numbered = (0_u32..).zip(&self.slots);
        numbered
            .filter(|(_, slot)| slot.value.is_some())
            .map(|(index, slot)| Token {
                index,
                generation: slot.generation,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_token_reaches_nothing() {
        let mut slots = Slots::new();
        let old = slots.insert("old");
        assert_eq!(slots.remove(old), Some("old"));
        let new = slots.insert("new");
        assert_eq!(old.index, new.index);
        assert_eq!(slots.get(old), None);
        assert_eq!(slots.get_mut(old), None);
        assert_eq!(slots.remove(old), None);
        assert_eq!(slots.resolve(old.key()), None);
        assert_eq!(slots.resolve(new.key()), Some(new));
        assert_eq!(slots.get(new), Some(&"new"));
    }

    #[test]
    fn keys_of_neighbours_differ() {
        let mut slots = Slots::new();
        let a = slots.insert(1);
        let b = slots.insert(2);
        assert_ne!(a.key(), b.key());
        assert_eq!(Token::from_key(b.key()), b);
        assert_eq!(slots.len(), 2);
        assert_eq!(slots.drain(), [1, 2]);
        assert_eq!(slots.len(), 0);
        assert_eq!(slots.resolve(usize::MAX), None);
    }
}
