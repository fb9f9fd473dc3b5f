//! Strings: flat Latin-1 or UTF-16, ropes, references into flat ones, and text that lies outside of the heap.
//!
//! | offset | flat | rope | reference | external |
//! |---|---|---|---|---|
//! | 0 | header; `inline` is one of [`repr`], `shape` the hash (0: not known) | | | |
//! | 8 | u32 length in code units; u32: see below | | | |
//! | 16 | the units | left | base (flat) | pointer to the units |
//! | 24 | | right | offset in units | - |
//!
//! Concatenation makes a rope above [`ROPE_MIN`] units; the first look at a rope's units flattens it, iteratively, and turns
//! it into a reference. Atoms are flat strings interned in a table: two equal property keys are the same cell.
//!
//! A text that grows at its end piece by piece (`s += x`) gets a buffer: a flat cell with room to spare, which only
//! references point to. Its length is the room, and the other half of that word tells how much of it is written (it is 0
//! in every other flat cell). Appending to the reference that ends there writes behind it and makes a longer reference;
//! what was written never changes. In ropes that half counts how many ropes there are down the left side: a buffer is
//! made when it reaches [`BUFFER_DEPTH`], so that texts of a few parts, and those put together elsewhere, stay ropes.
#![allow(unsafe_code, reason = "strings are raw memory")]
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "an offset and the access to it are one act"
)]

use hashbrown::HashTable;

use super::new_text::{NewText, copy_short};
use super::{
    Heap, Tracer, block,
    cell::{Cell, Header, Kind, flag},
    flatten::Flattening,
    units::Units,
};
use crate::vm::value::Value;

/// The longest string, in code units: V8's limit on 64-bit machines.
pub const MAX_LENGTH: usize = 0x1FFF_FFE8;
/// A rope longer than this is made only where its flat text would fit into the heap.
pub(in crate::vm) const LONG_ROPE: usize = 64 << 10;
/// Shorter concatenations are copied.
const ROPE_MIN: usize = 24;
/// Shorter slices are copied.
const SLICE_MIN: usize = 24;
/// A rope of that many appended pieces is given a buffer.
const BUFFER_DEPTH: u32 = 8;
/// Longer pieces are not copied into a buffer.
const BUFFER_PIECE: usize = 256;

/// Byte offset of the length, in the lower half of the word.
pub(in crate::vm) const LENGTH: usize = 8;
pub(super) const DATA: usize = 16;

/// How a string is stored: the `inline` byte of its header.
pub mod repr {
    /// Units behind the header.
    pub const FLAT: u8 = 0;
    /// Two halves.
    pub const ROPE: u8 = 1;
    /// A part of a flat string.
    pub const REF: u8 = 2;
    /// Units outside of the heap.
    pub const EXTERNAL: u8 = 3;
}

/// A string.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(transparent)]
pub struct Str(pub(super) Cell);

impl Str {
    #[inline(always)]
    pub(in crate::vm) const fn from_cell(cell: Cell) -> Self {
        Self(cell)
    }

    /// The cell.
    #[inline(always)]
    #[must_use]
    pub const fn cell(self) -> Cell {
        self.0
    }

    /// How many code units.
    #[inline(always)]
    #[must_use]
    pub fn len(self) -> usize {
        self.0.read(LENGTH) as u32 as usize
    }

    /// Is it empty?
    #[inline]
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Is it interned?
    #[inline(always)]
    #[must_use]
    pub fn is_atom(self) -> bool {
        self.0.flags() & flag::ATOM != 0
    }

    /// Is every unit below 256 by its storage?
    #[inline]
    #[must_use]
    pub fn is_latin1(self) -> bool {
        self.0.flags() & flag::UTF16 == 0
    }

    #[inline]
    fn repr(self) -> u8 {
        self.0.header().inline
    }

    /// Is it a rope that nobody has looked into yet?
    #[inline]
    #[must_use]
    pub fn is_rope(self) -> bool {
        self.repr() == repr::ROPE
    }

    /// The hash of the text, if it was computed.
    pub(super) fn kept_hash(self) -> Option<u32> {
        Some(self.0.header().shape).filter(|&hash| hash != 0)
    }

    /// Keeps the text's hash.
    pub(super) fn keep_hash(self, hash: u32) {
        let mut header = self.0.header();
        header.shape = hash;
        self.0.set_header(header);
    }

    /// How many ropes there are down the left side of a rope; 0 of anything else.
    #[inline]
    fn depth(self) -> u32 {
        if self.is_rope() {
            (self.0.read(8) >> 32) as u32
        } else {
            0
        }
    }

    /// Is it time for a buffer, with so many units to be appended?
    #[inline]
    pub(super) fn wants_buffer(self, units: usize) -> bool {
        self.depth() >= BUFFER_DEPTH && units <= BUFFER_PIECE
    }

    /// Makes a rope a reference to the first units of `flat`.
    pub(super) fn refer_to(self, flat: Self) {
        debug_assert!(self.is_rope());
        let mut header = self.0.header();
        header.inline = repr::REF;
        self.0.set_header(header);
        self.0.write(DATA, flat.0.addr());
        self.0.write(DATA + 8, 0);
        self.0.write_barrier();
    }

    /// Says how much of a buffer is written. Its length is the room in it.
    pub(super) fn set_written(self, written: usize, room: usize) {
        self.0.write(8, room as u64 | (written as u64) << 32);
    }

    /// Where this text ends in its buffer, if it has one, nothing is written behind it, and there is room for a text of
    /// `len` units in all, wide ones if need be.
    #[inline]
    fn room_behind(self, len: usize, wide: bool) -> Option<Tip> {
        if self.repr() != repr::REF {
            return None;
        }
        let buffer = Self(Cell::from_addr(self.0.read(DATA)));
        let end = self.0.read(DATA + 8) as usize + self.len();
        let word = buffer.0.read(8);
        let (room, written) = (word as u32 as usize, (word >> 32) as usize);
        let fits = written == end && room - end >= len - self.len();
        (fits && written != 0 && (buffer.is_latin1() != wide)).then_some(Tip { buffer, end })
    }

    /// Are these the same text? `None` where that takes longer to say: of ropes and of long strings.
    #[inline(always)]
    pub(in crate::vm) fn equals_at_once(self, other: Self) -> Option<bool> {
        if self == other {
            return Some(true);
        }
        if self.len() != other.len() || self.0.flags() & other.0.flags() & flag::ATOM != 0 {
            return Some(false);
        }
        let simple = self.len() <= LONG_ROPE && !self.is_rope() && !other.is_rope();
        simple.then(|| self.flat_units().equals(&other.flat_units()))
    }

    /// The halves of a rope.
    pub(in crate::vm) fn halves(self) -> Option<(Self, Self)> {
        let half = |offset: usize| Self(Cell::from_addr(self.0.read(offset)));
        self.is_rope().then(|| (half(DATA), half(DATA + 8)))
    }

    /// The units of a string that is no rope ([`Heap::units`] flattens); of a rope, none. Valid until the next safepoint.
    #[inline(always)]
    #[must_use]
    pub fn flat_units(&self) -> Units<'_> {
        let (base, offset) = match self.repr() {
            repr::REF => (
                Cell::from_addr(self.0.read(DATA)),
                self.0.read(DATA + 8) as usize,
            ),
            repr::ROPE => return Units::Latin1(&[]),
            _ => (self.0, 0),
        };
        let start: *const u8 = if base.header().inline == repr::EXTERNAL {
            std::ptr::with_exposed_provenance(base.read(DATA) as usize)
        } else {
            base.at(DATA)
        };
        let len = self.len();
        if self.is_latin1() {
            // SAFETY: a flat or external string has that many bytes at its data; a reference lies inside its base, which has
            // the same width.
            Units::Latin1(unsafe { std::slice::from_raw_parts(start.add(offset), len) })
        } else {
            // SAFETY: as above with 2 bytes a unit; the data is 8-byte aligned (flat) or a `[u16]` (external).
            Units::Utf16(unsafe {
                std::slice::from_raw_parts(start.cast::<u16>().add(offset), len)
            })
        }
    }
}

/// The end of the text in a buffer.
#[derive(Clone, Copy)]
struct Tip {
    buffer: Str,
    end: usize,
}

/// Strings whose atoms are remembered.
const RECENT: usize = 4096;

/// Parts of the table of interned strings: each is swept, and grows, by itself.
const PARTS: usize = 64;

/// The table of interned strings.
pub struct Atoms {
    table: [HashTable<Str>; PARTS],
    permanent: Vec<Cell>,
    /// Strings whose atoms were asked for lately, by address: a program that uses a text as a key does so again. Lives until
    /// a collection.
    recent: Vec<(u64, Str)>,
}

impl Default for Atoms {
    fn default() -> Self {
        Self {
            table: [const { HashTable::new() }; PARTS],
            permanent: Vec::new(),
            recent: Vec::new(),
        }
    }
}

/// Where an atom of this hash is.
const fn part_of(hash: u32) -> usize {
    (hash >> 20) as usize % PARTS
}

impl Atoms {
    /// Bytes of the tables.
    pub(super) fn table_bytes(&self) -> usize {
        let tables: usize = self.table.iter().map(HashTable::allocation_size).sum();
        tables + self.permanent.capacity() * 8 + self.recent.capacity() * 16
    }

    /// Atoms that are never collected.
    pub(super) fn permanent(&self) -> Vec<Cell> {
        self.permanent.clone()
    }

    /// Forgets which strings had which atoms.
    pub(super) fn forget_recent(&mut self) {
        self.recent.clear();
    }

    /// How many parts the table has.
    pub(super) fn parts(&self) -> usize {
        self.table.len()
    }

    /// Forgets atoms of a part that a major collection did not reach. Returns how many it looked at.
    pub(super) fn sweep_part(&mut self, part: usize) -> usize {
        let Some(table) = self.table.get_mut(part) else {
            return 0;
        };
        let count = table.len();
        table.retain(|atom| block::is_reached(atom.0));
        count
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.iter().map(HashTable::len).sum()
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Heap {
    /// A string of this length, to be written. The caller has asked whether there is room.
    pub(in crate::vm) fn new_text(&mut self, len: usize) -> NewText {
        NewText::new(self.new_flat(len, false))
    }

    pub(super) fn new_flat(&mut self, len: usize, wide: bool) -> Str {
        let cell = self.alloc(Kind::String, DATA + if wide { len * 2 } else { len });
        if wide {
            cell.add_flags(flag::UTF16);
        }
        cell.write(8, len as u64);
        Str(cell)
    }

    /// From Latin-1 bytes. The length must be at most [`MAX_LENGTH`].
    #[must_use]
    pub fn str_latin1(&mut self, bytes: &[u8]) -> Str {
        let string = self.new_flat(bytes.len(), false);
        // SAFETY: the new cell has room for the bytes behind its header.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), string.0.at(DATA), bytes.len()) };
        string
    }

    /// From code units: narrowed where they fit.
    #[must_use]
    pub fn str_utf16(&mut self, units: &[u16]) -> Str {
        if units.iter().all(|&unit| unit < 0x100) {
            let string = self.new_flat(units.len(), false);
            for (index, &unit) in units.iter().enumerate() {
                // SAFETY: inside the new cell.
                unsafe { string.0.at(DATA + index).write(unit as u8) };
            }
            return string;
        }
        let string = self.new_flat(units.len(), true);
        // SAFETY: as in `str_latin1`; the data is 8-byte aligned.
        unsafe {
            std::ptr::copy_nonoverlapping(
                units.as_ptr(),
                string.0.at(DATA).cast::<u16>(),
                units.len(),
            )
        };
        string
    }

    /// From any stored units.
    #[must_use]
    pub fn str_units(&mut self, units: Units<'_>) -> Str {
        match units {
            Units::Latin1(bytes) => self.str_latin1(bytes),
            Units::Utf16(units) => self.str_utf16(units),
        }
    }

    /// From Rust text.
    #[must_use]
    pub fn str(&mut self, text: &str) -> Str {
        if text.is_ascii() {
            return self.str_latin1(text.as_bytes());
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        self.str_utf16(&units)
    }

    /// The units of any string; a rope is flattened first. Valid until the next safepoint.
    #[inline]
    pub fn units<'s>(&mut self, string: &'s Str) -> Units<'s> {
        if string.is_rope() {
            self.flatten(*string);
        }
        string.flat_units()
    }

    /// `left` followed by `right`; `None` if that is longer than [`MAX_LENGTH`].
    #[inline]
    pub fn concat(&mut self, left: Str, right: Str) -> Option<Str> {
        let (left_len, right_len) = (left.len(), right.len());
        if right_len == 0 {
            return Some(left);
        }
        if left_len == 0 {
            return Some(right);
        }
        let len = left_len + right_len;
        let wide = !(left.is_latin1() && right.is_latin1());
        if len < ROPE_MIN {
            let string = self.new_flat(len, wide);
            let units = self.units(&left);
            write_units(string, 0, units);
            let units = self.units(&right);
            write_units(string, left_len, units);
            return Some(string);
        }
        // Whoever looks at a rope makes it flat, and nobody can refuse then: so there must be room for its text now.
        if len > MAX_LENGTH || (len > LONG_ROPE && self.cannot_hold(len << u8::from(wide))) {
            return None;
        }
        if right_len <= BUFFER_PIECE {
            if let Some(tip) = left.room_behind(len, wide) {
                let units = self.units(&right);
                return Some(self.append(left, tip, units, len));
            }
            if left.wants_buffer(right.len()) && self.begin_buffer(left) {
                return self.concat(left, right);
            }
        }
        let header = Header {
            kind: Kind::String,
            flags: if wide { flag::UTF16 } else { 0 },
            inline: repr::ROPE,
            roots: 0,
            shape: 0,
        };
        let cell = self.alloc_headed(header, 32);
        cell.write(8, len as u64 | u64::from(left.depth() + 1) << 32);
        cell.write(DATA, left.0.addr());
        cell.write(DATA + 8, right.0.addr());
        Some(Str(cell))
    }

    /// Writes the units behind the buffer's text, which is `left`, and makes the reference to both. There is room for them.
    #[inline]
    fn append(&mut self, left: Str, tip: Tip, units: Units<'_>, len: usize) -> Str {
        write_units(tip.buffer, tip.end, units);
        tip.buffer
            .set_written(tip.end + units.len(), tip.buffer.len());
        self.new_reference(tip.buffer, tip.end - left.len(), len)
    }

    /// A reference to a part of a flat string.
    #[inline]
    fn new_reference(&mut self, base: Str, offset: usize, len: usize) -> Str {
        let header = Header {
            kind: Kind::String,
            flags: base.0.flags() & flag::UTF16,
            inline: repr::REF,
            roots: 0,
            shape: 0,
        };
        let cell = self.alloc_headed(header, 32);
        cell.write(8, len as u64);
        cell.write(DATA, base.0.addr());
        cell.write(DATA + 8, offset as u64);
        Str(cell)
    }

    /// Turns a rope into a reference to a new buffer with its text; false if there is no memory for it.
    #[cold]
    fn begin_buffer(&mut self, rope: Str) -> bool {
        let Some((room, wide)) = self.buffer_room(rope) else {
            return false;
        };
        self.poll.left -= (rope.len() / 64) as i64;
        let buffer = self.new_flat(room, wide);
        Flattening::new(rope, buffer).go_on(usize::MAX, usize::MAX);
        buffer.set_written(rope.len(), room);
        true
    }

    /// How many units a buffer for the rope holds, and whether they are wide; `None` if there is no memory for it.
    pub(super) fn buffer_room(&mut self, rope: Str) -> Option<(usize, bool)> {
        let len = rope.len();
        let room = (len + len.clamp(64, 16 << 20)).min(MAX_LENGTH);
        let wide = !rope.is_latin1();
        (!self.would_exceed(if wide { room * 2 } else { room })).then_some((room, wide))
    }

    /// `left` followed by Latin-1 text, usually that of a number; `None` if that is longer than [`MAX_LENGTH`].
    pub fn concat_latin1(&mut self, left: Str, bytes: &[u8]) -> Option<Str> {
        let (left_len, len) = (left.len(), left.len() + bytes.len());
        if len < ROPE_MIN {
            let string = self.new_flat(len, !left.is_latin1());
            let units = self.units(&left);
            write_units(string, 0, units);
            write_units(string, left_len, Units::Latin1(bytes));
            return Some(string);
        }
        if len <= MAX_LENGTH
            && let Some(tip) = left.room_behind(len, !left.is_latin1())
        {
            return Some(self.append(left, tip, Units::Latin1(bytes), len));
        }
        let right = self.str_latin1(bytes);
        self.concat(left, right)
    }

    /// The strings in a row, copied into a flat one; `None` if that is longer than `max`.
    pub fn concat_flat(&mut self, parts: &[Value], max: usize) -> Option<Str> {
        let (mut len, mut wide) = (0, false);
        for part in parts {
            let part = part.as_string()?;
            len += part.len();
            wide |= !part.is_latin1();
        }
        if len > max {
            return None;
        }
        let string = self.new_flat(len, wide);
        let mut at = 0;
        for part in parts {
            let part = part.as_string()?;
            let units = self.units(&part);
            write_units(string, at, units);
            at += units.len();
        }
        Some(string)
    }

    /// The part from `start` to `end`, `start <= end <= len`.
    #[inline]
    pub fn substring(&mut self, string: Str, start: usize, end: usize) -> Str {
        if start == 0 && end == string.len() {
            return string;
        }
        // FAST PATH: a few Latin-1 units.
        if end - start < SLICE_MIN
            && let Units::Latin1(bytes) = self.units(&string)
            && let Some(bytes) = bytes.get(start..end)
        {
            let part = self.new_flat(bytes.len(), false);
            // SAFETY: the new cell has room for the bytes behind its header, which are fewer than 32.
            unsafe { copy_short(bytes.as_ptr(), part.0.at(DATA), bytes.len()) };
            return part;
        }
        self.longer_substring(string, start, end)
    }

    fn longer_substring(&mut self, string: Str, start: usize, end: usize) -> Str {
        if end - start < SLICE_MIN || !string.is_latin1() {
            let units = self.units(&string).slice(start, end);
            return self.str_units(units);
        }
        let _ = self.units(&string);
        let (base, offset) = match string.repr() {
            repr::REF => (string.0.read(DATA), string.0.read(DATA + 8)),
            _ => (string.0.addr(), 0),
        };
        let base = Str(Cell::from_addr(base));
        self.new_reference(base, offset as usize + start, end - start)
    }

    /// Are two strings equal?
    pub fn str_equals(&mut self, a: Str, b: Str) -> bool {
        if a == b {
            return true;
        }
        if (a.is_atom() && b.is_atom()) || a.len() != b.len() {
            return false;
        }
        let _ = self.units(&a);
        let _ = self.units(&b);
        a.flat_units().equals(&b.flat_units())
    }

    /// The interned string equal to `string`, where that is known at once and no array index.
    #[inline]
    pub(in crate::vm) fn known_name(&self, string: Str) -> Option<Str> {
        let atom = if string.is_atom() {
            string
        } else {
            let address = string.0.addr();
            let &(known, atom) = self.atoms.recent.get((address >> 5) as usize % RECENT)?;
            if known != address {
                return None;
            }
            atom
        };
        // An index begins with a digit.
        let first = atom.flat_units().get(0)?;
        (!(0x30..0x3A).contains(&first)).then_some(atom)
    }

    /// The interned string equal to `string`.
    pub fn atom(&mut self, string: Str) -> Str {
        if string.is_atom() {
            return string;
        }
        // Texts made one after the other lie 32 bytes apart.
        let place = (string.0.addr() >> 5) as usize % RECENT;
        match self.atoms.recent.get(place) {
            Some(&(known, atom)) if known == string.0.addr() => return atom,
            _ => {}
        }
        let units = self.units(&string);
        let atom = self.atom_of(units);
        if self.atoms.recent.is_empty() {
            self.atoms.recent = vec![(0, atom); RECENT];
        }
        if let Some(entry) = self.atoms.recent.get_mut(place) {
            *entry = (string.0.addr(), atom);
        }
        atom
    }

    /// The interned string of this text.
    pub fn atom_str(&mut self, text: &str) -> Str {
        if text.is_ascii() {
            return self.atom_of(Units::Latin1(text.as_bytes()));
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        if units.iter().all(|&unit| unit < 0x100) {
            let bytes: Vec<u8> = units.iter().map(|&unit| unit as u8).collect();
            return self.atom_of(Units::Latin1(&bytes));
        }
        self.atom_of(Units::Utf16(&units))
    }

    /// The interned string of these units (wide ones only where a unit needs it).
    pub fn atom_of(&mut self, units: Units<'_>) -> Str {
        let hash = units.hash();
        if let Some(atom) = self.find_atom(units, hash) {
            return atom;
        }
        let atom = self.str_units(units);
        self.intern(atom, hash)
    }

    /// The interned string of this text, whose hash is known, if there is one.
    #[inline]
    pub(super) fn find_atom(&mut self, units: Units<'_>, hash: u32) -> Option<Str> {
        let table = &mut self.atoms.table[part_of(hash)];
        let &atom = table.find(u64::from(hash) << 32 | u64::from(hash), |atom| {
            atom.flat_units().equals(&units)
        })?;
        if self.is_sweeping() {
            // It may have died, but is wanted again before anybody noticed: an atom refers to nothing, so this is all.
            block::reach(atom.0);
        }
        Some(atom)
    }

    /// Makes a fresh flat string the interned one of its text, which has none.
    #[inline]
    pub(super) fn intern(&mut self, atom: Str, hash: u32) -> Str {
        let mut header = atom.0.header();
        header.flags |= flag::ATOM | flag::OLD;
        header.shape = hash;
        atom.0.set_header(header);
        // Old from the start: only major collections free atoms, so minor ones need not sweep the table.
        block::keep(atom.0);
        if self.is_sweeping() {
            block::reach(atom.0);
        }
        let hasher = |atom: &Str| {
            let hash = atom.0.header().shape;
            u64::from(hash) << 32 | u64::from(hash)
        };
        self.atoms.table[part_of(hash)].insert_unique(
            u64::from(hash) << 32 | u64::from(hash),
            atom,
            hasher,
        );
        atom
    }

    /// An atom that is never collected.
    pub fn permanent_atom(&mut self, text: &str) -> Str {
        let atom = self.atom_str(text);
        self.atoms.permanent.push(atom.0);
        atom
    }

    /// The hash of a string's text, kept in its header once computed; a rope is flattened. Never 0.
    #[inline]
    pub fn str_hash(&mut self, string: Str) -> u32 {
        match string.0.header().shape {
            0 => self.str_hash_slow(string),
            hash => hash,
        }
    }

    #[inline(never)]
    fn str_hash_slow(&mut self, string: Str) -> u32 {
        let hash = self.units(&string).hash();
        string.keep_hash(hash);
        hash
    }

    /// Compares by code units.
    pub fn str_compare(&mut self, a: Str, b: Str) -> std::cmp::Ordering {
        let _ = self.units(&a);
        let _ = self.units(&b);
        match (a.flat_units(), b.flat_units()) {
            (Units::Latin1(a), Units::Latin1(b)) => a.cmp(b),
            (a, b) => a.iter().cmp(b.iter()),
        }
    }
}

/// Writes units into a fresh flat string that is wide enough.
pub(super) fn write_units(string: Str, at: usize, units: Units<'_>) {
    debug_assert!(at + units.len() <= string.len());
    match (units, string.is_latin1()) {
        (Units::Latin1(bytes), true) => {
            let to = string.0.at(DATA + at);
            // SAFETY: inside the string's data, see the assertion; callers compute `at` from lengths that add up.
            unsafe {
                if bytes.len() <= 32 {
                    copy_short(bytes.as_ptr(), to, bytes.len());
                } else {
                    std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
                }
            }
        }
        (units, _) => {
            let start = string.0.at(DATA).cast::<u16>();
            for (index, unit) in units.iter().enumerate() {
                // SAFETY: as above, two bytes a unit.
                unsafe { start.add(at + index).write(unit) };
            }
        }
    }
}

/// Does a string with this header refer to no other cell?
#[inline(always)]
pub(super) const fn is_leaf(header: Header) -> bool {
    matches!(header.inline, repr::FLAT | repr::EXTERNAL)
}

pub(super) fn trace(cell: Cell, tracer: &mut Tracer<'_>) {
    match cell.header().inline {
        repr::ROPE => {
            tracer.cell(Cell::from_addr(cell.read(DATA)));
            tracer.cell(Cell::from_addr(cell.read(DATA + 8)));
        }
        repr::REF => tracer.cell(Cell::from_addr(cell.read(DATA))),
        _ => {}
    }
}

impl From<Str> for Option<Value> {
    fn from(string: Str) -> Self {
        Some(Value::string(string))
    }
}
