//! A string in the making: Latin-1 until a wide unit comes.

use crate::vm::{
    heap::{Str, Units, str::MAX_LENGTH},
    machine::{Completion, Vm},
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
    pub fn push_latin1(&mut self, bytes: &[u8]) {
        match &mut self.wide {
            None => self.narrow.extend_from_slice(bytes),
            Some(wide) => wide.extend(bytes.iter().map(|&byte| u16::from(byte))),
        }
    }

    /// Appends units.
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
        self.push(units);
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
        vm.work(room.saturating_sub(self.allowed) / 64)?;
        match &mut self.wide {
            Some(wide) => wide.reserve_exact(room - wide.len()),
            None if widens => {
                let mut wide = Vec::with_capacity(room);
                wide.extend(std::mem::take(&mut self.narrow).into_iter().map(u16::from));
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
