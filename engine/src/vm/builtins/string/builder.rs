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

    /// Appends a string of the machine.
    ///
    /// # Errors
    /// `RangeError` when the result would be too long, or go over the memory limit.
    pub fn push_str(&mut self, vm: &mut Vm, string: Str) -> Completion<()> {
        if self.len() + string.len() > MAX_LENGTH
            || vm.heap.would_exceed(2 * (self.len() + string.len()))
        {
            return Err(vm.throw_range("Invalid string length"));
        }
        vm.work(string.len() / 64)?;
        let units = vm.heap.units(&string);
        self.push(units);
        Ok(())
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
