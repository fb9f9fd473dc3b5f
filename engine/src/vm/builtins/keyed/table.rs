//! A hash table that keeps the order of insertion, for `Map` and `Set`.
//!
//! Entries lie in a vector in the order of their insertion; an index of open addressing, probed linearly, finds them. A
//! removed entry leaves a hole, which the next compaction closes. Whoever walks the entries holds a position in the vector
//! and an [`Epoch`]: a `Slots` cell that a compaction links to its successor together with the places of the holes that
//! were closed, so that positions can be brought up to date. Where nobody walks, there is no epoch and nothing is kept.

use std::cell::Cell;

use crate::vm::{
    heap::{Cell as HeapCell, Heap, NativeData, Tracer, bigint::Big},
    value::Value,
};

/// An entry; a hole's key is [`Value::HOLE`].
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Value,
    value: Value,
}

/// The least number of places in an index.
const MIN_INDEX: usize = 8;

/// The table.
#[derive(Debug)]
pub struct Table {
    entries: Vec<Entry>,
    /// A place holds the hash in its upper half and the entry's number plus 1 in its lower half; 0 if it is free.
    index: Box<[u64]>,
    /// How far a hash is shifted to give a place.
    shift: u32,
    live: usize,
    /// Entries before this one are holes.
    first: usize,
    /// The epoch of those who walk the entries now, or undefined.
    epoch: Value,
    charged: usize,
    recent: Recent,
}

/// Entries that were stored into since the last minor collection, so that it need not look at a large table's others.
#[derive(Debug, Default)]
struct Recent {
    /// Has the table survived a collection? Nothing is noted before.
    is_old: Cell<bool>,
    /// All are taken for recent: they were moved, or too many are.
    all: bool,
    numbers: Vec<u32>,
}

impl Recent {
    #[inline]
    fn note(&mut self, number: usize, len: usize) {
        if !self.is_old.get() || self.all {
            return;
        }
        if self.numbers.len() > len / 4 + 8 {
            self.all = true;
            self.numbers.clear();
            return;
        }
        self.numbers.push(number as u32);
    }
}

/// Entries that marking visits in one go.
const PART: usize = 2048;

impl Default for Table {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            index: vec![0; MIN_INDEX].into_boxed_slice(),
            shift: 32 - MIN_INDEX.trailing_zeros(),
            live: 0,
            first: 0,
            epoch: Value::UNDEFINED,
            charged: MIN_INDEX * 8 + MIN_INDEX / 2 * size_of::<Entry>(),
            recent: Recent::default(),
        }
    }
}

impl NativeData for Table {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for entry in &self.entries {
            tracer.value(entry.key);
            tracer.value(entry.value);
        }
        tracer.value(self.epoch);
        self.recent.is_old.set(true);
    }

    fn trace_part(&self, from: usize, tracer: &mut Tracer<'_>) -> Option<usize> {
        for entry in self.entries.iter().skip(from).take(PART) {
            tracer.value(entry.key);
            tracer.value(entry.value);
        }
        tracer.value(self.epoch);
        (from + PART < self.entries.len()).then_some(from + PART)
    }

    fn trace_recent(&mut self, tracer: &mut Tracer<'_>) {
        if std::mem::take(&mut self.recent.all) || !self.recent.is_old.get() {
            return self.trace(tracer);
        }
        for number in self.recent.numbers.drain(..) {
            if let Some(entry) = self.entries.get(number as usize) {
                tracer.value(entry.key);
                tracer.value(entry.value);
            }
        }
        tracer.value(self.epoch);
    }

    fn external_bytes(&self) -> usize {
        self.charged
    }
}

/// A key as tables compare it, with its hash.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    value: Value,
    hash: u32,
}

impl Key {
    /// The key itself: `-0` has become `0`.
    #[must_use]
    pub const fn value(self) -> Value {
        self.value
    }
}

impl Heap {
    /// Prepares a key. Equal ones (SameValueZero) have the same hash.
    #[inline]
    pub fn table_key(&mut self, value: Value) -> Key {
        if value.is_int() {
            return Key {
                value,
                hash: value.to_int_unchecked() as u32,
            };
        }
        if let Some(string) = value.as_string() {
            return Key {
                value,
                hash: self.str_hash(string),
            };
        }
        other_key(value)
    }
}

/// The key of a value that is neither an int nor a string.
fn other_key(value: Value) -> Key {
    if value.is_double() {
        let value = Value::number(value.to_double_unchecked() + 0.0);
        return Key {
            value,
            hash: if value.is_int() {
                value.to_int_unchecked() as u32
            } else {
                fold(value.bits())
            },
        };
    }
    if let Some(big) = Big::from_value(value) {
        let number = big.number();
        let seed = number.sign() as u64;
        let hash = number.iter_u64_digits().fold(seed, |hash, digit| {
            (hash.rotate_left(5) ^ digit).wrapping_mul(MIX)
        });
        return Key {
            value,
            hash: fold(hash),
        };
    }
    // Cells do not move: an address is a fine identity.
    Key {
        value,
        hash: fold(value.bits() >> 4),
    }
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

const fn fold(bits: u64) -> u32 {
    (bits.wrapping_mul(MIX) >> 32) as u32
}

/// Are the keys equal? Their hashes are.
#[inline]
fn same(a: Value, b: Value) -> bool {
    a == b || same_slow(a, b)
}

fn same_slow(a: Value, b: Value) -> bool {
    if let (Some(a), Some(b)) = (a.as_string(), b.as_string()) {
        // Hashing has flattened both.
        return !(a.is_atom() && b.is_atom())
            && a.len() == b.len()
            && a.flat_units().equals(&b.flat_units());
    }
    match (Big::from_value(a), Big::from_value(b)) {
        (Some(a), Some(b)) => a.equals(b),
        _ => false,
    }
}

/// The place of an index where the search for a hash begins.
#[inline]
const fn start_of(hash: u32, shift: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> shift) as usize
}

/// Puts a word into an index that has room.
#[inline]
fn put_word(index: &mut [u64], shift: u32, word: u64) {
    let mask = index.len() - 1;
    let mut place = start_of((word >> 32) as u32, shift);
    while let Some(at) = index.get_mut(place) {
        if *at == 0 {
            *at = word;
            return;
        }
        place = (place + 1) & mask;
    }
}

/// A table on its way to another size.
#[derive(Debug)]
pub struct Rebuilding {
    index: Box<[u64]>,
    shift: u32,
    /// Without the holes, if there are some.
    entries: Vec<Entry>,
    /// For each of the old entries how many holes precede it.
    before: Vec<u32>,
    has_holes: bool,
    closed: Vec<u32>,
    /// The next place of the old index.
    place: usize,
}

impl Rebuilding {
    #[inline]
    fn put_word(&mut self, word: u64) {
        put_word(&mut self.index, self.shift, word);
    }
}

impl Table {
    /// How many entries it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.live
    }

    /// Has it none?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// One more than the last position: where a walk ends.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.entries.len()
    }

    #[inline]
    const fn start_of(&self, hash: u32) -> usize {
        start_of(hash, self.shift)
    }

    /// The place in the index and the number of the entry with this key.
    #[inline]
    fn find(&self, key: Key) -> Option<(usize, usize)> {
        let mask = self.index.len() - 1;
        let mut place = self.start_of(key.hash);
        loop {
            let word = *self.index.get(place)?;
            if word == 0 {
                return None;
            }
            if (word >> 32) as u32 == key.hash {
                let number = (word as u32 - 1) as usize;
                if same(self.entries.get(number)?.key, key.value) {
                    return Some((place, number));
                }
            }
            place = (place + 1) & mask;
        }
    }

    /// The value of a key.
    #[inline]
    #[must_use]
    pub fn get(&self, key: Key) -> Option<Value> {
        let (_, number) = self.find(key)?;
        self.entries.get(number).map(|entry| entry.value)
    }

    /// Has it the key?
    #[inline]
    #[must_use]
    pub fn has(&self, key: Key) -> bool {
        self.find(key).is_some()
    }

    /// Replaces the value of a key that is there. Was it?
    #[inline]
    pub fn replace(&mut self, key: Key, value: Value) -> bool {
        match self.find(key) {
            Some((_, number)) => {
                if let Some(entry) = self.entries.get_mut(number) {
                    entry.value = value;
                }
                self.recent.note(number, self.entries.len());
                true
            }
            None => false,
        }
    }

    /// Is there no room for another entry?
    #[inline]
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.entries.len() * 2 >= self.index.len()
    }

    /// Adds a key that is not there, to a table that is not full.
    #[inline]
    pub fn add(&mut self, key: Key, value: Value) {
        self.recent.note(self.entries.len(), self.entries.len());
        self.entries.push(Entry {
            key: key.value,
            value,
        });
        self.live += 1;
        let word = u64::from(key.hash) << 32 | self.entries.len() as u64;
        self.put_word(word);
    }

    #[inline]
    fn put_word(&mut self, word: u64) {
        put_word(&mut self.index, self.shift, word);
    }

    /// Removes a key; was it there?
    pub fn remove(&mut self, key: Key) -> bool {
        let Some((place, number)) = self.find(key) else {
            return false;
        };
        self.free_place(place);
        self.live -= 1;
        if number + 1 == self.entries.len() && self.epoch.is_undefined() {
            self.entries.pop();
            self.first = self.first.min(self.entries.len());
            return true;
        }
        if let Some(entry) = self.entries.get_mut(number) {
            *entry = Entry {
                key: Value::HOLE,
                value: Value::UNDEFINED,
            };
        }
        if number == self.first {
            while self
                .entries
                .get(self.first)
                .is_some_and(|entry| entry.key.is_hole())
            {
                self.first += 1;
            }
        }
        true
    }

    /// Frees a place of the index: those behind it that were displaced move up.
    fn free_place(&mut self, place: usize) {
        let mask = self.index.len() - 1;
        let (mut gap, mut at) = (place, (place + 1) & mask);
        while let Some(&word) = self.index.get(at).filter(|word| **word != 0) {
            let home = self.start_of((word >> 32) as u32);
            // It may move to the gap if its home does not lie between the gap and here.
            if at.wrapping_sub(home) & mask >= at.wrapping_sub(gap) & mask {
                self.index[gap] = word;
                gap = at;
            }
            at = (at + 1) & mask;
        }
        self.index[gap] = 0;
    }

    /// The first entry at or behind `position`: its position, key and value.
    #[inline]
    #[must_use]
    pub fn entry_from(&self, position: usize) -> Option<(usize, Value, Value)> {
        let start = position.max(self.first);
        let rest = self.entries.get(start..)?;
        let (offset, entry) = rest
            .iter()
            .enumerate()
            .find(|(_, entry)| !entry.key.is_hole())?;
        Some((start + offset, entry.key, entry.value))
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (Value, Value)> + '_ {
        self.entries
            .iter()
            .filter(|entry| !entry.key.is_hole())
            .map(|entry| (entry.key, entry.value))
    }

    /// Should it be compacted, most of it being holes?
    #[must_use]
    pub const fn is_sparse(&self) -> bool {
        self.entries.len() > 32 && self.live * 4 < self.entries.len()
    }

    /// Bytes that it should have for `live` entries and as many to come.
    const fn places_for(live: usize) -> usize {
        let places = (live * 3 + 2).next_power_of_two();
        if places < MIN_INDEX {
            MIN_INDEX
        } else {
            places
        }
    }

    /// Bytes that must be free for a compacted and grown table to be made beside the old one.
    #[must_use]
    pub const fn rebuild_bytes(&self) -> usize {
        let places = Self::places_for(self.live);
        let entries = places / 2 * size_of::<Entry>();
        let fresh = if self.live < self.entries.len() {
            entries + self.entries.len() * size_of::<u32>() * 2
        } else {
            // The old index is gone before the entries move to where there is more room.
            entries.saturating_sub(self.index.len() * 8)
        };
        places * 8 + fresh
    }

    /// Begins to close the holes and to make room. The table must not change until that is finished.
    #[must_use]
    pub fn begin_rebuild(&self) -> Rebuilding {
        let places = Self::places_for(self.live);
        let has_holes = self.live < self.entries.len();
        let entries = if has_holes {
            Vec::with_capacity(places / 2)
        } else {
            Vec::new()
        };
        Rebuilding {
            index: vec![0; places].into_boxed_slice(),
            shift: 32 - places.trailing_zeros(),
            entries,
            before: Vec::with_capacity(if has_holes { self.entries.len() } else { 0 }),
            has_holes,
            closed: Vec::new(),
            place: 0,
        }
    }

    /// Looks at up to `count` entries, or places of the index. Is it over?
    pub fn rebuild_part(&self, new: &mut Rebuilding, count: usize) -> bool {
        if new.has_holes && new.before.len() < self.entries.len() {
            let mut holes = (new.before.len() - new.entries.len()) as u32;
            let walked = !self.epoch.is_undefined();
            for entry in self.entries.iter().skip(new.before.len()).take(count) {
                if entry.key.is_hole() {
                    if walked {
                        new.closed.push(new.before.len() as u32);
                    }
                    new.before.push(holes);
                    holes += 1;
                } else {
                    new.before.push(holes);
                    new.entries.push(*entry);
                }
            }
            return false;
        }
        let end = self.index.len().min(new.place.saturating_add(count));
        for &word in self.index.get(new.place..end).unwrap_or_default() {
            if word != 0 {
                // Which hole count precedes an entry tells where it went.
                let before = new.before.get(word as u32 as usize - 1);
                new.put_word(word - u64::from(before.copied().unwrap_or(0)));
            }
        }
        new.place = end;
        end == self.index.len()
    }

    /// Ends what [`Table::begin_rebuild`] began. Returns the numbers of the holes, ascending, if somebody walks the entries.
    #[must_use]
    pub fn finish_rebuild(&mut self, new: Rebuilding) -> Option<Vec<u32>> {
        let capacity = new.index.len() / 2;
        self.index = new.index;
        self.shift = new.shift;
        if new.has_holes {
            self.entries = new.entries;
            self.recent.all = true;
            self.recent.numbers.clear();
        } else if self.entries.capacity() > capacity {
            self.entries.shrink_to(capacity);
        } else {
            self.entries.reserve_exact(capacity - self.entries.len());
        }
        self.first = 0;
        self.charged = self.index.len() * 8 + capacity * size_of::<Entry>();
        (new.has_holes && !self.epoch.is_undefined()).then_some(new.closed)
    }

    /// Removes every entry. Returns how the charge changes.
    pub fn clear(&mut self) -> isize {
        let (epoch, charged) = (self.epoch, self.charged);
        *self = Self {
            epoch,
            ..Self::default()
        };
        self.charged as isize - charged as isize
    }
}

/// What a compaction did to positions: the holes it closed; `None` when everything was removed.
struct Closed(Option<Vec<u32>>);

impl NativeData for Closed {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn external_bytes(&self) -> usize {
        self.0.as_ref().map_or(0, |holes| holes.capacity() * 4)
    }
}

/// An epoch: a `Slots` cell of 0 the next epoch or undefined, 1 what happened in between.
pub type Epoch = Value;

impl Heap {
    /// The epoch of the table in the native cell `table`, for somebody who starts to walk it.
    pub fn table_epoch(&mut self, table: Value) -> Epoch {
        let epoch = self
            .native::<Table>(table)
            .map_or(Value::UNDEFINED, |table| table.epoch);
        if !epoch.is_undefined() {
            return epoch;
        }
        let epoch = Value::cell(self.new_slots(&[Value::UNDEFINED, Value::UNDEFINED]));
        if let Some(table) = self.native_mut::<Table>(table) {
            table.epoch = epoch;
        }
        epoch
    }

    /// Ends the table's epoch: positions of those who walk change as `closed` says.
    fn end_epoch(&mut self, table: Value, closed: Option<Vec<u32>>) {
        let Some(old) = self
            .native::<Table>(table)
            .and_then(|table| table.epoch.as_cell())
        else {
            return;
        };
        let event = self.new_native(Closed(closed));
        let next = Value::cell(self.new_slots(&[Value::UNDEFINED, Value::UNDEFINED]));
        old.slots_set(0, next);
        old.slots_set(1, event.into());
        if let Some(table) = self.native_mut::<Table>(table) {
            table.epoch = next;
        }
    }

    /// Brings a position up to date: what it is in the epoch that is the table's now.
    #[inline]
    #[must_use]
    pub fn table_position(&self, epoch: Epoch, position: usize) -> (Epoch, usize) {
        let (mut epoch, mut position) = (epoch, position);
        while let Some((cell, next)) = epoch
            .as_cell()
            .and_then(|cell| next_of(cell).map(|next| (cell, next)))
        {
            position = match self.native::<Closed>(cell.slots_get(1)) {
                Some(Closed(Some(holes))) => {
                    position - holes.partition_point(|&hole| (hole as usize) < position)
                }
                _ => 0,
            };
            epoch = next;
        }
        (epoch, position)
    }

    /// Ends the rebuilding of a table.
    pub(super) fn table_finish_rebuild(&mut self, table: Value, new: Rebuilding) {
        let Some(data) = self.native_mut::<Table>(table) else {
            return;
        };
        let before = data.charged;
        let closed = data.finish_rebuild(new);
        let growth = data.charged as isize - before as isize;
        self.charge_external(growth);
        if closed.is_some() {
            self.end_epoch(table, closed);
        }
    }

    /// Removes every entry of the table.
    pub(super) fn table_clear(&mut self, table: Value) {
        let Some(data) = self.native_mut::<Table>(table) else {
            return;
        };
        let change = data.clear();
        self.charge_external(change);
        self.end_epoch(table, None);
    }
}

fn next_of(epoch: HeapCell) -> Option<Value> {
    let next = epoch.slots_get(0);
    (!next.is_undefined()).then_some(next)
}
