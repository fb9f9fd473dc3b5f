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
        if self.len() + units.len() > self.allowed {
            self.allow(vm, self.len() + units.len())?;
        }
        self.push(units);
        Ok(())
    }

    /// Asks whether the text may become that long, and somewhat longer.
    #[cold]
    fn allow(&mut self, vm: &mut Vm, len: usize) -> Completion<()> {
        let mut more = (2 * len).clamp(1024, MAX_LENGTH.max(len));
        if vm.heap.would_exceed(2 * more) {
            more = len;
        }
        if len > MAX_LENGTH || vm.heap.would_exceed(2 * more) {
            return Err(vm.throw_range("Invalid string length"));
        }
        vm.work((more - self.allowed) / 64)?;
        self.allowed = more;
        Ok(())
    }

    /// Appends a string of the machine.
    ///
    /// # Errors
    /// `RangeError` when the result would be too long, or go over the memory limit.
    pub fn push_str(&mut self, vm: &mut Vm, string: Str) -> Completion<()> {
        let units = vm.heap.units(&string);
        self.push_units(vm, units)
    }

    fn widen(&mut self) -> &mut Vec<u16> {
        let narrow = &mut self.narrow;
        self.wide
            .get_or_insert_with(|| std::mem::take(narrow).into_iter().map(u16::from).collect())
    }

    /// The string.
    #[must_use]
    pub fn finish(self, vm: &mut Vm) -> Str {
        match self.wide {
            None => vm.heap.str_latin1(&self.narrow),
            Some(wide) => vm.heap.str_utf16(&wide),
        }
    }
}
