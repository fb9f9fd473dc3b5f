//! The text that `JSON.stringify` writes.

use crate::vm::{
    heap::{Str, Units, str::MAX_LENGTH},
    machine::{Completion, Vm},
    text::{quote_json_latin1, quote_json_utf16},
};

/// Text in the making: Latin-1 until a wide unit comes.
#[derive(Debug, Default)]
pub(super) struct Writer {
    narrow: Vec<u8>,
    wide: Option<Vec<u16>>,
    /// The length at which the limits are looked at next.
    next_check: usize,
}

impl Writer {
    /// A writer that uses this memory.
    pub(super) fn new(narrow: Vec<u8>) -> Self {
        Self {
            narrow,
            ..Self::default()
        }
    }

    /// The memory, to be used again.
    pub(super) fn into_memory(self) -> Vec<u8> {
        self.narrow
    }

    fn len(&self) -> usize {
        self.wide.as_ref().map_or(self.narrow.len(), Vec::len)
    }

    /// Is there room for `more` units?
    ///
    /// # Errors
    /// `RangeError` when there is not.
    #[inline]
    pub(super) fn check(&mut self, vm: &mut Vm, more: usize) -> Completion<()> {
        let len = self.len() + more;
        if len < self.next_check {
            Ok(())
        } else {
            self.check_slow(vm, len)
        }
    }

    #[cold]
    fn check_slow(&mut self, vm: &mut Vm, len: usize) -> Completion<()> {
        // Until the next check it may grow by a quarter; what it is copied from exists meanwhile, and a wide unit may come.
        let next = (len + len / 4 + 1024).min(MAX_LENGTH);
        let times = if self.wide.is_some() { 6 } else { 3 };
        if len > MAX_LENGTH || vm.heap.would_exceed(next * times) {
            return Err(vm.throw_range("Invalid string length"));
        }
        self.next_check = next;
        Ok(())
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        match &mut self.wide {
            None => self.narrow.push(byte),
            Some(wide) => wide.push(u16::from(byte)),
        }
    }

    #[inline]
    pub(super) fn latin1(&mut self, bytes: &[u8]) {
        match &mut self.wide {
            None => self.narrow.extend_from_slice(bytes),
            Some(wide) => wide.extend(bytes.iter().map(|&byte| u16::from(byte))),
        }
    }

    pub(super) fn units(&mut self, units: Units<'_>) {
        match units {
            Units::Latin1(bytes) => self.latin1(bytes),
            Units::Utf16(units) => self.widen().extend_from_slice(units),
        }
    }

    /// Writes text in quotes.
    pub(super) fn quoted(&mut self, units: Units<'_>) {
        match (units, &mut self.wide) {
            (Units::Latin1(bytes), None) => quote_json_latin1(bytes, &mut self.narrow),
            (Units::Latin1(bytes), Some(wide)) => quote_json_latin1(bytes, wide),
            (Units::Utf16(units), _) => quote_json_utf16(units, self.widen()),
        }
    }

    /// Where it stands: for [`Writer::back_to`].
    pub(super) fn mark(&self) -> usize {
        self.len()
    }

    /// Takes back what was written since.
    pub(super) fn back_to(&mut self, mark: usize) {
        match &mut self.wide {
            None => self.narrow.truncate(mark),
            Some(wide) => wide.truncate(mark),
        }
    }

    fn widen(&mut self) -> &mut Vec<u16> {
        let narrow = &mut self.narrow;
        self.wide
            .get_or_insert_with(|| std::mem::take(narrow).into_iter().map(u16::from).collect())
    }

    /// The text that was written.
    pub(super) fn text(&self, vm: &mut Vm) -> Str {
        match &self.wide {
            None => vm.heap.str_latin1(&self.narrow),
            Some(wide) => vm.heap.str_utf16(wide),
        }
    }
}
