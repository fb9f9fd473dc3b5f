//! Work on long text, a part at a time, with a look at the limits between: converting, looking for text, comparing.

use super::{StringBuilder, text_units};
use crate::vm::{
    heap::{Str, Units},
    limits::PART_BYTES,
    machine::{Completion, Throw, Vm},
    text::{self, CodeUnit, Text, cut, search::Step},
};

/// Units of a part.
const PART: usize = PART_BYTES / 2;
/// Units that are converted between two looks: tables are asked for each.
const CONVERTED: usize = 1 << 14;

/// How a text is converted, and where it may be cut for that.
pub(in crate::vm) struct Conversion<E> {
    /// What Latin-1 becomes; `None`: what it is.
    pub latin1: fn(&[u8]) -> Result<Option<Text>, E>,
    /// What UTF-16 becomes.
    pub utf16: fn(&[u16]) -> Result<Option<Text>, E>,
    /// Where Latin-1 may be cut.
    pub cut_latin1: fn(&[u8], usize) -> usize,
    /// Where UTF-16 may be cut.
    pub cut_utf16: fn(&[u16], usize) -> usize,
}

/// The next part of a text, and what is left.
fn split<U: CodeUnit>(text: &[U], cut: fn(&[U], usize) -> usize) -> (&[U], &[U]) {
    if text.len() <= CONVERTED {
        return (text, &[]);
    }
    let at = cut(text, CONVERTED).clamp(1, text.len());
    text.split_at(at)
}

impl Vm {
    /// Converts a text. `refused` makes what is thrown where the conversion fails.
    ///
    /// # Errors
    /// That; `RangeError` when the result is too long; as [`Vm::work`].
    pub(in crate::vm) fn convert_text<E>(
        &mut self,
        text: Str,
        conversion: &Conversion<E>,
        refused: impl Fn(&mut Self, E) -> Throw,
    ) -> Completion<Str> {
        self.flatten_long(text.into())?;
        let mut rest = self.heap.units(&text);
        let (whole, keep) = (rest, [text.into()]);
        let mut builder = None;
        while !rest.is_empty() {
            let done = whole.len() - rest.len();
            let (part, converted) = match rest {
                Units::Latin1(units) => {
                    let (part, after) = split(units, conversion.cut_latin1);
                    rest = Units::Latin1(after);
                    (Units::Latin1(part), (conversion.latin1)(part))
                }
                Units::Utf16(units) => {
                    let (part, after) = split(units, conversion.cut_utf16);
                    rest = Units::Utf16(after);
                    (Units::Utf16(part), (conversion.utf16)(part))
                }
            };
            let converted = converted.map_err(|error| refused(self, error))?;
            self.work(part.len() / 2)?;
            if converted.is_none() && builder.is_none() {
                continue;
            }
            if rest.is_empty() && builder.is_none() {
                // FAST PATH: short text.
                return Ok(match converted.as_ref().map(Text::as_units) {
                    Some(text::Units::Latin1(units)) => {
                        self.check_text(units.len())?;
                        self.heap.str_latin1(units)
                    }
                    Some(text::Units::Utf16(units)) => {
                        self.check_text(2 * units.len())?;
                        self.heap.str_utf16(units)
                    }
                    None => text,
                });
            }
            let builder = match &mut builder {
                Some(builder) => builder,
                None => {
                    let mut begun = StringBuilder::default();
                    begun.push_keeping(self, whole.slice(0, done), &keep)?;
                    builder.insert(begun)
                }
            };
            match converted {
                None => builder.push_keeping(self, part, &keep)?,
                Some(Text::Latin1(units)) => {
                    builder.push_keeping(self, Units::Latin1(&units), &keep)?
                }
                Some(Text::Utf16(units)) => match text::to_latin1(&units) {
                    Some(narrow) => builder.push_keeping(self, Units::Latin1(&narrow), &keep)?,
                    None => builder.push_keeping(self, Units::Utf16(&units), &keep)?,
                },
            }
        }
        match builder {
            Some(builder) => builder.complete_keeping(self, &keep),
            None => Ok(text),
        }
    }

    fn check_text(&mut self, bytes: usize) -> Completion<()> {
        if bytes > 1 << 12 && self.heap.would_exceed(2 * bytes) {
            return Err(self.throw_out_of_memory());
        }
        Ok(())
    }

    /// Are these the same units?
    ///
    /// # Errors
    /// As [`Vm::work`].
    #[inline]
    pub(in crate::vm) fn units_equal(&mut self, a: Units<'_>, b: Units<'_>) -> Completion<bool> {
        if a.len() != b.len() {
            return Ok(false);
        }
        // FAST PATH: nothing to count.
        if a.len() < 32 {
            return Ok(a.equals(&b));
        }
        self.long_units_equal(a, b)
    }

    fn long_units_equal(&mut self, a: Units<'_>, b: Units<'_>) -> Completion<bool> {
        let mut start = 0;
        while start < a.len() {
            let end = a.len().min(start + PART);
            if !a.slice(start, end).equals(&b.slice(start, end)) {
                return Ok(false);
            }
            self.work((end - start) / 32)?;
            start = end;
        }
        Ok(true)
    }

    /// `StringIndexOf`
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn index_of_units(
        &mut self,
        haystack: Units<'_>,
        needle: Units<'_>,
        from: usize,
    ) -> Completion<Option<usize>> {
        if haystack.len() <= PART || needle.len() > PART {
            self.work(haystack.len().saturating_sub(from).min(PART) / 64)?;
            if haystack.len() > PART {
                return self.search_long(haystack, needle, from, false);
            }
            return Ok(text::index_of(
                text_units(haystack),
                text_units(needle),
                from,
            ));
        }
        let finder = text::Finder::new(text_units(needle));
        self.find_next(&finder, haystack, from)
    }

    /// Where the finder's needle stands next.
    ///
    /// # Errors
    /// As [`Vm::work`].
    #[inline]
    pub(in crate::vm) fn find_next(
        &mut self,
        finder: &text::Finder<'_>,
        haystack: Units<'_>,
        from: usize,
    ) -> Completion<Option<usize>> {
        if haystack.len() - from.min(haystack.len()) <= PART {
            let found = finder.find(text_units(haystack), from);
            self.work(1 + (found.unwrap_or(haystack.len()).saturating_sub(from)) / 64)?;
            return Ok(found);
        }
        self.find_in_parts(finder, haystack, from)
    }

    #[inline(never)]
    fn find_in_parts(
        &mut self,
        finder: &text::Finder<'_>,
        haystack: Units<'_>,
        from: usize,
    ) -> Completion<Option<usize>> {
        let needle = finder.needle();
        if needle.len() > PART {
            let needle = match needle {
                text::Units::Latin1(units) => Units::Latin1(units),
                text::Units::Utf16(units) => Units::Utf16(units),
            };
            return self.search_long(haystack, needle, from, false);
        }
        let mut start = from;
        while start + needle.len() <= haystack.len() {
            // What begins in this part may end in the next.
            let end = haystack.len().min(start + PART + needle.len());
            let window = haystack.slice(0, end);
            let found = finder.find(text_units(window), start);
            self.work(1 + (found.unwrap_or(end) - start) / 64)?;
            if found.is_some() {
                return Ok(found);
            }
            start += PART + 1;
        }
        Ok(None)
    }

    /// `StringLastIndexOf`
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn last_index_of_units(
        &mut self,
        haystack: Units<'_>,
        needle: Units<'_>,
        from: usize,
    ) -> Completion<Option<usize>> {
        if haystack.len() <= PART {
            self.work(haystack.len() / 16)?;
            return Ok(text::last_index_of(
                text_units(haystack),
                text_units(needle),
                from,
            ));
        }
        if needle.len() > PART {
            return self.search_long(haystack, needle, from, true);
        }
        let Some(last) = haystack.len().checked_sub(needle.len()) else {
            return Ok(None);
        };
        let mut last = last.min(from);
        loop {
            let first = last.saturating_sub(PART);
            let window = haystack.slice(first, last + needle.len());
            let found = text::last_index_of(text_units(window), text_units(needle), last - first);
            self.work(PART / 32)?;
            match found {
                Some(at) => return Ok(Some(first + at)),
                None if first == 0 => return Ok(None),
                None => last = first - 1,
            }
        }
    }

    /// Looks for a long needle; backwards: for the last place, at or before `from`.
    fn search_long(
        &mut self,
        haystack: Units<'_>,
        needle: Units<'_>,
        from: usize,
        backwards: bool,
    ) -> Completion<Option<usize>> {
        let len = needle.len();
        let Some(last) = haystack.len().checked_sub(len) else {
            return Ok(None);
        };
        if self.heap.would_exceed(len.saturating_mul(size_of::<u32>())) {
            return Err(self.throw_out_of_memory());
        }
        let end = if backwards {
            last.min(from) + len
        } else {
            haystack.len()
        };
        let start = if backwards { 0 } else { from.min(end) };
        let at = |index: usize| {
            let place = if backwards {
                end.checked_sub(index + 1)?
            } else {
                start + index
            };
            haystack.get(place)
        };
        let unit = |index: usize| {
            let place = if backwards { len - 1 - index } else { index };
            needle.get(place).unwrap_or(0)
        };
        let mut search = text::search::Linear::new(len);
        loop {
            let step = search.go_on(PART / 8, &at, &unit);
            self.work(PART / 16)?;
            match step {
                Step::Found(index) if backwards => return Ok(Some(end - index - len)),
                Step::Found(index) => return Ok(Some(start + index)),
                Step::NotFound => return Ok(None),
                Step::More => {}
            }
        }
    }

    /// Where the text begins without the white space at its start, and where it ends without that at its end.
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn trimmed_bounds(
        &mut self,
        units: Units<'_>,
        at_start: bool,
        at_end: bool,
    ) -> Completion<(usize, usize)> {
        let (mut start, mut end) = (0, units.len());
        while at_start && start < end {
            let part = units.slice(start, end.min(start + PART));
            let left = match part {
                Units::Latin1(part) => text::trim_start(part).len(),
                Units::Utf16(part) => text::trim_start(part).len(),
            };
            start += part.len() - left;
            if left > 0 {
                break;
            }
            self.work(PART / 16)?;
        }
        while at_end && start < end {
            let part = units.slice(start.max(end.saturating_sub(PART)), end);
            let left = match part {
                Units::Latin1(part) => text::trim_end(part).len(),
                Units::Utf16(part) => text::trim_end(part).len(),
            };
            end -= part.len() - left;
            if left > 0 {
                break;
            }
            self.work(PART / 16)?;
        }
        Ok((start, end))
    }

    /// The part of a string from `start` to `end`, `start <= end <= len`.
    ///
    /// # Errors
    /// As [`Vm::work`].
    #[inline]
    pub(in crate::vm) fn substring(
        &mut self,
        string: Str,
        start: usize,
        end: usize,
    ) -> Completion<Str> {
        if end - start <= PART || string.is_latin1() {
            return Ok(self.heap.substring(string, start, end));
        }
        self.copied_substring(string, start, end)
    }

    #[inline(never)]
    fn copied_substring(&mut self, string: Str, start: usize, end: usize) -> Completion<Str> {
        if start == 0 && end == string.len() {
            return Ok(string);
        }
        self.flatten_long(string.into())?;
        if self.heap.would_exceed((end - start) * 2) {
            return Err(self.throw_out_of_memory());
        }
        let units = self.heap.units(&string).slice(start, end);
        self.string_in_parts(units)
    }

    /// Has the text no lone surrogate?
    ///
    /// # Errors
    /// As [`Vm::work`].
    pub(in crate::vm) fn is_well_formed(&mut self, string: Str) -> Completion<bool> {
        let Units::Utf16(mut rest) = self.heap.units(&string) else {
            return Ok(true);
        };
        while !rest.is_empty() {
            let at = cut::between_code_points(rest, PART.min(rest.len()));
            let (part, after) = rest.split_at(at);
            if !text::is_well_formed(part) {
                return Ok(false);
            }
            self.work(part.len() / 32)?;
            rest = after;
        }
        Ok(true)
    }
}

/// No conversion fails.
pub(in crate::vm) fn never(_: &mut Vm, error: std::convert::Infallible) -> Throw {
    match error {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often the machine looks at its limits while `run` goes on, and what comes of it.
    fn looks<R>(vm: &mut Vm, run: impl FnOnce(&mut Vm) -> R) -> (usize, R) {
        let count = std::rc::Rc::new(std::cell::Cell::new(0));
        let counter = count.clone();
        vm.limits.interrupt = Some(Box::new(move || {
            counter.set(counter.get() + 1);
            false
        }));
        vm.heap.poll.restart(0);
        let result = run(vm);
        vm.limits.interrupt = None;
        (count.get(), result)
    }

    const LONG: usize = 8 * PART + 3;

    #[test]
    fn long_text_is_looked_through_in_parts() {
        let mut vm = Vm::new(1 << 16);
        for wide in [false, true] {
            let fill = if wide { 0x1234 } else { 0x61 };
            let mut units = vec![fill; LONG];
            units[0] = 0x62;
            let last = LONG - 2;
            units[last] = 0x63;
            let text = vm.heap.str_utf16(&units);
            let text = text.flat_units();
            let long = vec![fill; 2 * PART];
            for (needle, first, back) in [
                (&[0x63][..], Some(last), Some(last)),
                (&[fill, 0x63, fill], Some(last - 1), Some(last - 1)),
                (&[0x62, fill], Some(0), Some(0)),
                (&[0x64], None, None),
                (&long, Some(1), Some(last - long.len())),
                (&[&long[..], &[0x64]].concat(), None, None),
            ] {
                let needle = Units::Utf16(needle);
                let (n_looks, found) = looks(&mut vm, |vm| vm.index_of_units(text, needle, 0));
                assert_eq!(found, Ok(first), "{:?}", needle.len());
                assert!(n_looks > 1 || first == Some(0), "{n_looks}");
                let (n_looks, found) = looks(&mut vm, |vm| {
                    vm.last_index_of_units(text, needle, usize::MAX)
                });
                assert_eq!(found, Ok(back), "{:?}", needle.len());
                assert!(n_looks > 1 || back >= Some(last - 1), "{n_looks}");
            }
            let other = units.clone();
            let other = Units::Utf16(&other);
            let (n_looks, equal) = looks(&mut vm, |vm| vm.units_equal(text, other));
            assert!(n_looks > 1 && equal == Ok(true));
        }
    }

    #[test]
    fn every_place_of_a_window_is_found() {
        let mut vm = Vm::new(1 << 16);
        for at in [
            PART - 1,
            PART,
            PART + 1,
            PART + 2,
            2 * PART + 1,
            2 * PART + 2,
        ] {
            let mut units = vec![0x61; 4 * PART];
            units[at..at + 3].copy_from_slice(&[0x62, 0x63, 0x64]);
            let text = vm.heap.str_utf16(&units);
            let (text, needle) = (text.flat_units(), Units::Latin1(b"bcd"));
            assert_eq!(vm.index_of_units(text, needle, 0), Ok(Some(at)));
            assert_eq!(
                vm.last_index_of_units(text, needle, usize::MAX),
                Ok(Some(at))
            );
            assert_eq!(vm.index_of_units(text, needle, at + 1), Ok(None));
        }
    }

    #[test]
    fn white_space_is_skipped_in_parts() {
        let mut vm = Vm::new(1 << 16);
        let mut units = vec![0x2003; LONG];
        let text = vm.heap.str_utf16(&units);
        let trim = |vm: &mut Vm| vm.trimmed_bounds(text.flat_units(), true, true);
        let (n_looks, bounds) = looks(&mut vm, trim);
        assert!(n_looks > 1 && bounds == Ok((LONG, LONG)));
        units[PART + 1] = 0x61;
        let text = vm.heap.str_utf16(&units);
        let bounds = vm.trimmed_bounds(text.flat_units(), true, true);
        assert_eq!(bounds, Ok((PART + 1, PART + 2)));
    }

    #[test]
    fn long_text_is_converted_in_parts() {
        let upper: Conversion<std::convert::Infallible> = Conversion {
            latin1: |units| Ok(text::to_upper_latin1(units)),
            utf16: |units| Ok(text::to_upper_utf16(units).map(Text::Utf16)),
            cut_latin1: cut::between_code_points,
            cut_utf16: cut::between_code_points,
        };
        let mut vm = Vm::new(1 << 16);
        for (from, to) in [
            ("A", "A"),
            ("Ab", "AB"),
            ("\u{DF}", "SS"),
            ("\u{FF}b", "\u{178}B"),
        ] {
            let text = vm.str(&from.repeat(LONG));
            let convert = |vm: &mut Vm| vm.convert_text(text, &upper, never);
            let (n_looks, made) = looks(&mut vm, convert);
            let made = made.expect("nobody stops it");
            assert!(n_looks > 1 && made.flat_units().to_string_lossy() == to.repeat(LONG));
        }
    }
}
