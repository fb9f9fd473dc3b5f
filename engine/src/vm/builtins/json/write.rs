//! The text that `JSON.stringify` writes.

use crate::vm::{
    heap::{Str, Units, str::MAX_LENGTH},
    machine::{Completion, Vm},
    text::{quote_json_latin1, quote_json_utf16},
};

/// Longer strings are quoted in parts.
const PART: usize = 1 << 16;

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

    /// Writes text in quotes, looking at the limits now and then.
    ///
    /// # Errors
    /// `Value::TERMINATION` when the program shall stop.
    #[inline]
    pub(super) fn quoted(&mut self, vm: &mut Vm, units: Units<'_>) -> Completion<()> {
        if units.len() <= PART {
            self.quoted_at_once(units);
            return Ok(());
        }
        self.quoted_in_parts(vm, units)
    }

    /// Each part in quotes, of which those in between are taken back.
    #[cold]
    fn quoted_in_parts(&mut self, vm: &mut Vm, units: Units<'_>) -> Completion<()> {
        let mut start = 0;
        while start < units.len() {
            let mut end = units.len().min(start + PART);
            let is_high = |unit: Option<u16>| matches!(unit, Some(0xD800..=0xDBFF));
            if end < units.len() && is_high(units.get(end - 1)) {
                // A pair stays together.
                end += 1;
            }
            let before = self.len();
            self.quoted_at_once(units.slice(start, end));
            if start > 0 {
                self.join_quotes(before);
            }
            vm.work(PART / 64)?;
            start = end;
        }
        Ok(())
    }

    /// Takes out the two quotes between which there is nothing, before and behind `at`.
    fn join_quotes(&mut self, at: usize) {
        match &mut self.wide {
            None => drop(self.narrow.drain(at - 1..=at)),
            Some(wide) => drop(wide.drain(at - 1..=at)),
        }
    }

    fn quoted_at_once(&mut self, units: Units<'_>) {
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
    ///
    /// # Errors
    /// `Value::TERMINATION` when the program shall stop.
    pub(super) fn text(&self, vm: &mut Vm) -> Completion<Str> {
        vm.string_in_parts(match &self.wide {
            None => Units::Latin1(&self.narrow),
            Some(wide) => Units::Utf16(wide),
        })
    }
}
