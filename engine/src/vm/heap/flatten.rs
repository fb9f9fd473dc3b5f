//! Long strings, a part at a time: making ropes flat, comparing.
//!
//! Hundreds of megabytes take long enough that somebody may ask the program
//! to stop meanwhile. [`Heap::flatten`] does it at once, [`Vm::flatten_long`] with a look at the limits between parts.
//!
//! The rope stays a rope until the last part is written. Nothing may be collected in between: the text so far is in a cell
//! that only [`Flattening`] knows.

use std::cmp::Ordering;

use super::{
    Heap, Units,
    bigint::Big,
    str::{LONG_ROPE, Str, write_units},
    units::{HASHED, UnitsHash},
};
use crate::vm::{
    machine::{Completion, Vm},
    value::Value,
};

/// Code units, and parts of ropes, between two looks at the limits.
const PART_UNITS: usize = 1 << 18;
const PART_COUNT: usize = 1 << 12;

/// A rope on its way to flat text.
pub(super) struct Flattening {
    rope: Str,
    flat: Str,
    /// Where what is written begins: the end comes first, so that left-deep ropes, which `s += x` makes, need no stack.
    at: usize,
    /// What is left to write, the last first.
    pending: Vec<Str>,
    /// How much of the last of `pending`, which is flat, is written already.
    done: usize,
}

impl Flattening {
    /// `flat` is fresh, wide enough, and has room for the text of `rope`.
    pub(super) fn new(rope: Str, flat: Str) -> Self {
        debug_assert!(flat.len() >= rope.len() && (rope.is_latin1() || !flat.is_latin1()));
        Self {
            rope,
            flat,
            at: rope.len(),
            pending: vec![rope],
            done: 0,
        }
    }

    /// Writes up to `units` code units out of up to `count` parts. Is all of it written?
    pub(super) fn go_on(&mut self, mut units: usize, mut count: usize) -> bool {
        while let Some(&part) = self.pending.last() {
            if units == 0 || count == 0 {
                return false;
            }
            count -= 1;
            if let Some((left, right)) = part.halves() {
                self.pending.pop();
                self.pending.extend([left, right]);
                continue;
            }
            let end = part.len() - self.done;
            let start = end - end.min(units);
            self.at -= end - start;
            write_units(self.flat, self.at, part.flat_units().slice(start, end));
            units -= end - start;
            self.done += end - start;
            if start == 0 {
                self.pending.pop();
                self.done = 0;
            }
        }
        self.rope.refer_to(self.flat);
        true
    }
}

impl Heap {
    /// Turns a rope into a reference to its flat text.
    #[cold]
    pub fn flatten(&mut self, rope: Str) {
        // Work like any other native loop's: the next poll comes the sooner.
        self.poll.left -= (rope.len() / 64) as i64;
        let flat = self.new_flat(rope.len(), !rope.is_latin1());
        Flattening::new(rope, flat).go_on(usize::MAX, usize::MAX);
    }
}

/// Is it a rope that takes long to make flat?
#[inline]
fn is_long_rope(string: Str) -> bool {
    string.len() > LONG_ROPE && string.is_rope()
}

impl Vm {
    /// Makes a long rope flat, looking at the limits meanwhile. Whoever looks at the units of strings that a program chose
    /// calls it before; short ropes, and other values, are left as they are.
    ///
    /// # Errors
    /// [`Value::TERMINATION`] when the program shall stop; the string is still a rope then.
    #[inline]
    pub fn flatten_long(&mut self, value: Value) -> Completion<()> {
        match value.as_string() {
            Some(string) if is_long_rope(string) => self.flatten_in_parts(string),
            _ => Ok(()),
        }
    }

    #[cold]
    #[inline(never)]
    fn flatten_in_parts(&mut self, rope: Str) -> Completion<()> {
        self.check_flat(rope.len(), !rope.is_latin1())?;
        let flat = self.heap.new_flat(rope.len(), !rope.is_latin1());
        self.write_in_parts(Flattening::new(rope, flat))
    }

    fn write_in_parts(&mut self, mut flattening: Flattening) -> Completion<()> {
        while !flattening.go_on(PART_UNITS, PART_COUNT) {
            // The text is there already: what is too much of it was said before, garbage goes at the next safepoint.
            self.heap.poll.left -= (PART_UNITS / 64) as i64;
            if self.heap.poll.left < 0 {
                self.look_at_limits(false)?;
            }
        }
        Ok(())
    }

    /// Throws if a flat text of this length would not fit even without garbage.
    fn check_flat(&mut self, len: usize, wide: bool) -> Completion<()> {
        if self.heap.cannot_hold(len << usize::from(wide)) {
            return Err(self.throw_out_of_memory());
        }
        Ok(())
    }

    /// A string of these units, which are no cell's. As [`Heap::str_units`], looking at the limits meanwhile.
    ///
    /// # Errors
    /// [`Value::TERMINATION`] when the program shall stop.
    pub fn string_in_parts(&mut self, units: Units<'_>) -> Completion<Str> {
        if units.len() <= PART_UNITS {
            return Ok(self.heap.str_units(units));
        }
        let mut wide = false;
        if let Units::Utf16(units) = units {
            for part in units.chunks(PART_UNITS) {
                wide |= part.iter().any(|&unit| unit > 0xFF);
                self.work(PART_UNITS / 64)?;
            }
        }
        let string = self.heap.new_flat(units.len(), wide);
        let mut narrowed = Vec::new();
        let mut start = 0;
        while start < units.len() {
            let end = units.len().min(start + PART_UNITS);
            let part = match units.slice(start, end) {
                Units::Utf16(part) if !wide => {
                    narrowed.clear();
                    narrowed.extend(part.iter().map(|&unit| unit as u8));
                    Units::Latin1(&narrowed)
                }
                part => part,
            };
            write_units(string, start, part);
            self.work(PART_UNITS / 64)?;
            start = end;
        }
        Ok(string)
    }

    /// Before `units` code units are appended to `left`: gives a long rope of many pieces its buffer.
    ///
    /// # Errors
    /// As [`Vm::flatten_long`].
    #[inline]
    pub fn before_append(&mut self, left: Str, units: usize) -> Completion<()> {
        if is_long_rope(left) && left.wants_buffer(units) {
            self.begin_buffer_in_parts(left)?;
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn begin_buffer_in_parts(&mut self, left: Str) -> Completion<()> {
        if let Some((room, wide)) = self.heap.buffer_room(left) {
            self.check_flat(room, wide)?;
            let buffer = self.heap.new_flat(room, wide);
            self.write_in_parts(Flattening::new(left, buffer))?;
            buffer.set_written(left.len(), room);
        }
        Ok(())
    }

    /// Before a string is looked up in a table: makes a long one flat and computes its hash, looking at the limits.
    ///
    /// # Errors
    /// As [`Vm::flatten_long`].
    #[inline]
    pub fn hash_long(&mut self, value: Value) -> Completion<()> {
        match value.as_string() {
            Some(string) if string.len() > LONG_ROPE => self.hash_in_parts(string).map(drop),
            None if value.is_bigint() => self.count_bigint(value),
            _ => Ok(()),
        }
    }

    /// Counts the work of a pass over a BigInt.
    #[cold]
    #[inline(never)]
    fn count_bigint(&mut self, value: Value) -> Completion<()> {
        match Big::from_value(value) {
            Some(big) if big.short().is_none() => self.work_bigints(&big.number(), &big.number()),
            _ => Ok(()),
        }
    }

    #[cold]
    #[inline(never)]
    fn hash_in_parts(&mut self, string: Str) -> Completion<u32> {
        self.flatten_long(string.into())?;
        if let Some(hash) = string.kept_hash() {
            return Ok(hash);
        }
        let (units, mut hash) = (self.heap.units(&string), UnitsHash::default());
        for start in (0..units.len()).step_by(HASHED) {
            hash.add(&units.slice(start, units.len().min(start + HASHED)));
            self.work(HASHED / 16)?;
        }
        string.keep_hash(hash.finish());
        Ok(hash.finish())
    }

    /// The interned string equal to a long one.
    ///
    /// # Errors
    /// `RangeError` when there is no room for it; as [`Vm::flatten_long`].
    #[cold]
    #[inline(never)]
    pub(in crate::vm) fn long_atom(&mut self, string: Str) -> Completion<Str> {
        if string.is_atom() {
            return Ok(string);
        }
        let hash = self.hash_in_parts(string)?;
        let units = self.heap.units(&string);
        if let Some(atom) = self.heap.find_atom(units, hash) {
            return Ok(atom);
        }
        if self.heap.would_exceed(units.len() * 2) {
            return Err(self.throw_out_of_memory());
        }
        let atom = match units {
            Units::Latin1(_) if units.len() <= PART_UNITS => self.heap.str_units(units),
            _ => self.string_in_parts(units)?,
        };
        Ok(self.heap.intern(atom, hash))
    }

    /// `IsStrictlyEqual`
    ///
    /// # Errors
    /// As [`Vm::flatten_long`].
    #[inline]
    pub fn strictly_equal(&mut self, left: Value, right: Value) -> Completion<bool> {
        match (left.as_string(), right.as_string()) {
            (Some(a), Some(b)) if a.len() > LONG_ROPE && a.len() == b.len() && a != b => {
                Ok(self.order_in_parts(a, b)?.is_eq())
            }
            _ if left.is_bigint() => {
                if let (Some(a), Some(b)) = (Big::from_value(left), Big::from_value(right))
                    && a.short().is_none()
                {
                    self.work_bigints(&a.number(), &b.number())?;
                }
                Ok(self.heap.strictly_equal(left, right))
            }
            _ => Ok(self.heap.strictly_equal(left, right)),
        }
    }

    /// The order of two strings by code units.
    ///
    /// # Errors
    /// As [`Vm::flatten_long`].
    pub fn order_of_strings(&mut self, left: Str, right: Str) -> Completion<Ordering> {
        if left.len() > LONG_ROPE && right.len() > LONG_ROPE {
            return self.order_in_parts(left, right);
        }
        self.flatten_long(left.into())?;
        self.flatten_long(right.into())?;
        Ok(self.heap.str_compare(left, right))
    }

    #[cold]
    #[inline(never)]
    fn order_in_parts(&mut self, left: Str, right: Str) -> Completion<Ordering> {
        self.flatten_long(left.into())?;
        self.flatten_long(right.into())?;
        let common = left.len().min(right.len());
        let mut start = 0;
        while start < common {
            let end = common.min(start + PART_UNITS);
            let left = left.flat_units().slice(start, end);
            let order = match (left, right.flat_units().slice(start, end)) {
                (Units::Latin1(left), Units::Latin1(right)) => left.cmp(right),
                (Units::Utf16(left), Units::Utf16(right)) => left.cmp(right),
                (left, right) => left.iter().cmp(right.iter()),
            };
            if order.is_ne() {
                return Ok(order);
            }
            self.work(PART_UNITS / 64)?;
            start = end;
        }
        Ok(left.len().cmp(&right.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::machine::Throw;

    /// A rope of 2^20 units out of many small parts.
    fn rope(vm: &mut Vm, part: &str) -> Str {
        let mut rope = vm.str(part);
        while rope.len() < 1 << 20 {
            rope = vm.heap.concat(rope, rope).expect("it is not too long");
        }
        rope
    }

    fn stop(vm: &mut Vm) {
        vm.limits.interrupt = Some(Box::new(|| true));
        vm.heap.poll.restart(0);
    }

    fn go_on(vm: &mut Vm) {
        vm.limits.interrupt = None;
    }

    const STOPPED: Throw = Throw(Value::TERMINATION);

    #[test]
    fn a_rope_stays_one_when_the_program_is_stopped() {
        for part in ["abcdefgh", "abc\u{1234}efgh", &"long".repeat(1 << 17)] {
            let mut vm = Vm::new(1 << 16);
            let long = rope(&mut vm, part);
            stop(&mut vm);
            assert_eq!(vm.flatten_long(long.into()), Err(STOPPED));
            assert_eq!(vm.to_string(long.into()), Err(STOPPED));
            assert_eq!(vm.to_number(long.into()), Err(STOPPED));
            assert!(vm.to_property_key(long.into()).is_err());
            assert!(long.is_rope());
            go_on(&mut vm);
            assert_eq!(vm.flatten_long(long.into()), Ok(()));
            assert!(!long.is_rope());
            let units: Vec<u16> = part.encode_utf16().collect();
            let text = long.flat_units().to_vec();
            assert_eq!(text.len(), long.len());
            assert!(text.chunks(units.len()).all(|part| part == units));
        }
    }

    #[test]
    fn parts_of_any_form_and_size_are_joined() {
        let mut vm = Vm::new(1 << 16);
        let (short, wide) = (vm.str("short"), vm.str("\u{2028}"));
        let long = vm.str(&"x".repeat(PART_UNITS + 7));
        let mut text = Vec::new();
        let mut whole = vm.str("");
        for part in [short, long, wide, long, short, short, long] {
            text.extend(part.flat_units().iter());
            whole = vm.heap.concat(whole, part).expect("it is not too long");
        }
        assert_eq!(vm.flatten_long(whole.into()), Ok(()));
        assert_eq!(whole.flat_units().to_vec(), text);
    }

    #[test]
    fn long_strings_are_compared_as_short_ones() {
        let mut vm = Vm::new(1 << 16);
        let (a, b) = (rope(&mut vm, "abcdefgh"), rope(&mut vm, "abcdefgh"));
        let (c, d) = (rope(&mut vm, "abcdefgi"), rope(&mut vm, "\u{1234}bcdefgi"));
        stop(&mut vm);
        assert_eq!(vm.strictly_equal(a.into(), b.into()), Err(STOPPED));
        assert_eq!(vm.order_of_strings(a, b), Err(STOPPED));
        go_on(&mut vm);
        assert_eq!(vm.strictly_equal(a.into(), b.into()), Ok(true));
        assert_eq!(vm.strictly_equal(a.into(), c.into()), Ok(false));
        assert_eq!(vm.order_of_strings(a, c), Ok(Ordering::Less));
        assert_eq!(vm.order_of_strings(d, c), Ok(Ordering::Greater));
        let more = vm.heap.concat(a, b).expect("it is not too long");
        assert_eq!(vm.order_of_strings(a, more), Ok(Ordering::Less));
        assert_eq!(vm.order_of_strings(a, b), Ok(Ordering::Equal));
    }

    #[test]
    fn long_units_become_strings() {
        let mut vm = Vm::new(1 << 16);
        let mut units = vec![0x41_u16; 2 * PART_UNITS + 3];
        let narrow = vm.string_in_parts(Units::Utf16(&units));
        let narrow = narrow.expect("nobody stops it");
        assert!(narrow.is_latin1() && narrow.flat_units().to_vec() == units);
        units[2 * PART_UNITS + 1] = 0x1234;
        let wide = vm.string_in_parts(Units::Utf16(&units));
        let wide = wide.expect("nobody stops it");
        assert!(!wide.is_latin1() && wide.flat_units().to_vec() == units);
        stop(&mut vm);
        assert_eq!(vm.string_in_parts(Units::Utf16(&units)), Err(STOPPED));
    }

    #[test]
    fn what_is_appended_to_gets_its_buffer_in_parts() {
        let mut vm = Vm::new(1 << 16);
        let long = rope(&mut vm, "abcdefgh");
        stop(&mut vm);
        assert_eq!(vm.before_append(long, 1), Err(STOPPED));
        go_on(&mut vm);
        assert_eq!(vm.before_append(long, 1), Ok(()));
        assert!(!long.is_rope());
        let tail = vm.str("!");
        let longer = vm.heap.concat(long, tail).expect("it is not too long");
        assert!(!longer.is_rope(), "it was written into the buffer");
        assert_eq!(longer.flat_units().get(longer.len() - 1), Some(0x21));
    }
}
