//! A string in the making: Latin-1 until a wide unit comes.

use crate::vm::{
    heap::{Str, Units, str::MAX_LENGTH},
    limits::PART_BYTES,
    machine::{Completion, Vm},
    value::Value,
};

/// Collects units.
#[derive(Debug, Default)]
pub struct StringBuilder {
    narrow: Vec<u8>,
    /// Once a wide unit came: all units.
    wide: Option<Vec<u16>>,
    /// So many units are allowed for: up to here nothing has to be asked.
    allowed: usize,
}

impl StringBuilder {
    /// How many units so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.wide.as_ref().map_or(self.narrow.len(), Vec::len)
    }

    /// None so far?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends Latin-1 text.
    #[inline]
    pub fn push_latin1(&mut self, bytes: &[u8]) {
        match &mut self.wide {
            None => self.narrow.extend_from_slice(bytes),
            Some(wide) => wide.extend(bytes.iter().map(|&byte| u16::from(byte))),
        }
    }

    /// Appends units.
    #[inline]
    pub fn push(&mut self, units: Units<'_>) {
        match units {
            Units::Latin1(bytes) => self.push_latin1(bytes),
            Units::Utf16(units) => self.widen().extend_from_slice(units),
        }
    }

    /// Appends one unit.
    pub fn push_unit(&mut self, unit: u16) {
        match &mut self.wide {
            None if unit < 0x100 => self.narrow.push(unit as u8),
            _ => self.widen().push(unit),
        }
    }

    /// Appends a unit that a program brought.
    ///
    /// # Errors
    /// As [`StringBuilder::push_str`].
    #[inline]
    pub fn add_unit(&mut self, vm: &mut Vm, unit: u16) -> Completion<()> {
        let widens = self.wide.is_none() && unit > 0xFF;
        if self.len() == self.allowed || widens {
            self.allow(vm, self.len() + 1, widens)?;
        }
        self.push_unit(unit);
        Ok(())
    }

    /// As [`StringBuilder::push_units`], where all that lives is in `keep` or rooted: garbage makes room.
    ///
    /// # Errors
    /// As [`StringBuilder::push_str`].
    pub(in crate::vm) fn push_keeping(
        &mut self,
        vm: &mut Vm,
        units: Units<'_>,
        keep: &[Value],
    ) -> Completion<()> {
        let len = self.len() + units.len();
        let widens = self.wide.is_none() && matches!(units, Units::Utf16(_));
        if len > self.allowed || widens {
            let unit = 1 + usize::from(widens || self.wide.is_some());
            vm.has_room_keeping(self.bytes() + 2 * len * unit, keep);
        }
        self.push_units(vm, units)
    }

    /// As [`StringBuilder::complete`], where all that lives is in `keep` or rooted: garbage makes room.
    ///
    /// # Errors
    /// As [`StringBuilder::complete`].
    pub(in crate::vm) fn complete_keeping(self, vm: &mut Vm, keep: &[Value]) -> Completion<Str> {
        let unit = 1 + usize::from(self.wide.is_some());
        vm.has_room_keeping(self.bytes() + self.len() * unit, keep);
        self.complete(vm)
    }

    /// Appends units that a program brought.
    ///
    /// # Errors
    /// As [`StringBuilder::push_str`].
    #[inline]
    pub fn push_units(&mut self, vm: &mut Vm, units: Units<'_>) -> Completion<()> {
        let len = self.len() + units.len();
        let widens = self.wide.is_none() && matches!(units, Units::Utf16(_));
        if len > self.allowed || widens {
            self.allow(vm, len, widens)?;
        }
        if units.len() > PART_BYTES {
            return self.push_in_parts(vm, units);
        }
        self.push(units);
        Ok(())
    }

    #[cold]
    fn push_in_parts(&mut self, vm: &mut Vm, units: Units<'_>) -> Completion<()> {
        let mut start = 0;
        while start < units.len() {
            let end = units.len().min(start + PART_BYTES / 2);
            self.push(units.slice(start, end));
            vm.work((end - start) / 16)?;
            start = end;
        }
        Ok(())
    }

    /// Makes room for a text of that length, and a somewhat longer one, if the limits allow it.
    #[cold]
    fn allow(&mut self, vm: &mut Vm, len: usize, widens: bool) -> Completion<()> {
        let unit = 1 + usize::from(widens || self.wide.is_some());
        // What there is exists until it is copied.
        let held = self.bytes();
        let mut room = (2 * len).clamp(64, MAX_LENGTH.max(len));
        if vm.heap.would_exceed(held + room * unit) {
            room = len + len / 8;
        }
        if len > MAX_LENGTH || vm.heap.would_exceed(held + room * unit) {
            return Err(vm.throw_range("Invalid string length"));
        }
        vm.work(len.saturating_sub(self.allowed).min(PART_BYTES) / 64)?;
        match &mut self.wide {
            Some(wide) => wide.reserve_exact(room - wide.len()),
            None if widens => {
                let narrow = std::mem::take(&mut self.narrow);
                let mut wide = Vec::with_capacity(room);
                for part in narrow.chunks(PART_BYTES / 2) {
                    wide.extend(part.iter().map(|&byte| u16::from(byte)));
                    vm.work(part.len() / 16)?;
                }
                self.wide = Some(wide);
            }
            None => self.narrow.reserve_exact(room - self.narrow.len()),
        }
        self.allowed = room;
        Ok(())
    }

    /// Bytes that it takes.
    fn bytes(&self) -> usize {
        self.narrow.capacity() + self.wide.as_ref().map_or(0, |wide| wide.capacity() * 2)
    }

    /// Appends a string of the machine.
    ///
    /// # Errors
    /// `RangeError` when the result would be too long, or go over the memory limit.
    #[inline]
    pub fn push_str(&mut self, vm: &mut Vm, string: Str) -> Completion<()> {
        vm.flatten_long(string.into())?;
        let units = vm.heap.units(&string);
        self.push_units(vm, units)
    }

    fn widen(&mut self) -> &mut Vec<u16> {
        let narrow = &mut self.narrow;
        self.wide
            .get_or_insert_with(|| std::mem::take(narrow).into_iter().map(u16::from).collect())
    }

    /// The string of a text that a program brought.
    ///
    /// # Errors
    /// `RangeError` when there is no room for it beside this; `Value::TERMINATION` when the program shall stop.
    pub fn complete(self, vm: &mut Vm) -> Completion<Str> {
        let unit = 1 + usize::from(self.wide.is_some());
        if self.len() > 4096 && vm.heap.would_exceed(self.bytes() + self.len() * unit) {
            return Err(vm.throw_range("Invalid string length"));
        }
        vm.string_in_parts(match &self.wide {
            None => Units::Latin1(&self.narrow),
            Some(wide) => Units::Utf16(wide),
        })
    }

    /// The string of a short text.
    #[must_use]
    pub fn finish(self, vm: &mut Vm) -> Str {
        match self.wide {
            None => vm.heap.str_latin1(&self.narrow),
            Some(wide) => vm.heap.str_utf16(&wide),
        }
    }
}
