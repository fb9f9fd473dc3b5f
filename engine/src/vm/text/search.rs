//! A text within a text: `indexOf`, `lastIndexOf`, and what builds on them.
//!
//! Bytes in bytes is `memchr`'s business. Otherwise the first unit is looked for many at a time
//! and the rest compared; text made to defeat that (long runs of near misses) is noticed by the
//! comparisons it costs, and the search goes on by Knuth, Morris and Pratt's method, which is
//! linear whatever the text.

use super::unit::{CodeUnit, Units};
use memchr::memmem;

/// StringIndexOf: the first place at or after `from` where `needle` stands in `haystack`. An
/// empty needle stands everywhere, the end included.
///
/// <https://tc39.es/ecma262/#sec-stringindexof>
#[must_use]
pub fn index_of(haystack: Units<'_>, needle: Units<'_>, from: usize) -> Option<usize> {
    if haystack.len().checked_sub(from)? < needle.len() {
        return None;
    }
    if needle.is_empty() {
        return Some(from);
    }
    let found = match (haystack, needle) {
        (Units::Latin1(h), Units::Latin1(n)) => find_bytes(&h[from..], n),
        (Units::Latin1(h), Units::Utf16(n)) => find_bytes(&h[from..], &narrow(n)?),
        (Units::Utf16(h), Units::Latin1(n)) => find(&h[from..], n),
        (Units::Utf16(h), Units::Utf16(n)) => find(&h[from..], n),
    };
    found.map(|index| from + index)
}

/// A needle that is looked for again and again.
pub struct Finder<'n> {
    needle: Units<'n>,
    bytes: Option<memmem::Finder<'n>>,
}

impl<'n> Finder<'n> {
    /// Gets ready to look for the needle.
    #[must_use]
    pub fn new(needle: Units<'n>) -> Self {
        let bytes = match needle {
            Units::Latin1(bytes) if bytes.len() > 1 => Some(memmem::Finder::new(bytes)),
            _ => None,
        };
        Self { needle, bytes }
    }

    /// What is looked for.
    #[must_use]
    pub const fn needle(&self) -> Units<'n> {
        self.needle
    }

    /// As [`index_of`].
    #[inline]
    #[must_use]
    pub fn find(&self, haystack: Units<'_>, from: usize) -> Option<usize> {
        match (haystack, &self.bytes) {
            (Units::Latin1(haystack), Some(finder)) => {
                finder.find(haystack.get(from..)?).map(|at| from + at)
            }
            _ => index_of(haystack, self.needle, from),
        }
    }
}

/// StringLastIndexOf: the last place at or before `from` where `needle` stands in `haystack`.
///
/// <https://tc39.es/ecma262/#sec-stringlastindexof>
#[must_use]
pub fn last_index_of(haystack: Units<'_>, needle: Units<'_>, from: usize) -> Option<usize> {
    let last = haystack.len().checked_sub(needle.len())?.min(from);
    if needle.is_empty() {
        return Some(last);
    }
    let end = last + needle.len();
    match (haystack, needle) {
        (Units::Latin1(h), Units::Latin1(n)) => memmem::rfind(&h[..end], n),
        (Units::Latin1(h), Units::Utf16(n)) => memmem::rfind(&h[..end], &narrow(n)?),
        (Units::Utf16(h), Units::Latin1(n)) => rfind(&h[..end], n),
        (Units::Utf16(h), Units::Utf16(n)) => rfind(&h[..end], n),
    }
}

fn find_bytes(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [byte] => memchr::memchr(*byte, haystack),
        _ => memmem::find(haystack, needle),
    }
}

/// The needle as Latin-1, if it fits: otherwise it cannot stand in Latin-1.
fn narrow(needle: &[u16]) -> Option<Vec<u8>> {
    needle.iter().map(|&unit| u8::try_from(unit).ok()).collect()
}

/// How many comparisons a haystack of this length may cost before the method changes.
fn budget(len: usize) -> usize {
    len.saturating_mul(4).saturating_add(64)
}

fn find<N: CodeUnit>(haystack: &[u16], needle: &[N]) -> Option<usize> {
    let (first, rest) = needle.split_first()?;
    let mut budget = budget(haystack.len());
    let mut from = 0;
    loop {
        from += position(haystack.get(from..)?, first.code())?;
        let candidate = haystack.get(from + 1..)?.get(..rest.len())?;
        let same = candidate
            .iter()
            .zip(rest)
            .take_while(|(h, n)| **h == n.code())
            .count();
        if same == rest.len() {
            return Some(from);
        }
        from += 1;
        match budget.checked_sub(same) {
            Some(left) => budget = left,
            None => {
                let at = |index: usize| haystack.get(from + index).copied();
                let found = linear(at, needle.len(), |index| needle[index].code());
                return found.map(|index| from + index);
            }
        }
    }
}

fn rfind<N: CodeUnit>(haystack: &[u16], needle: &[N]) -> Option<usize> {
    let (last, rest) = needle.split_last()?;
    let mut budget = budget(haystack.len());
    let mut end = haystack.len();
    loop {
        end = haystack[..end]
            .iter()
            .rposition(|&unit| unit == last.code())?;
        let start = end.checked_sub(rest.len())?;
        let same = haystack[start..end]
            .iter()
            .rev()
            .zip(rest.iter().rev())
            .take_while(|(h, n)| **h == n.code())
            .count();
        if same == rest.len() {
            return Some(start);
        }
        match budget.checked_sub(same) {
            Some(left) => budget = left,
            None => {
                // The same search in a mirror.
                let at = |index: usize| Some(haystack[end.checked_sub(index + 1)?]);
                let mirrored = |index: usize| needle[needle.len() - 1 - index].code();
                let found = linear(at, needle.len(), mirrored);
                return found.map(|index| end - index - needle.len());
            }
        }
    }
}

/// Where the unit first stands, sixteen at a time.
fn position(text: &[u16], unit: u16) -> Option<usize> {
    let mut skipped = 0;
    for chunk in text.chunks(16) {
        // No early exit, so that the comparisons are done side by side.
        if chunk.iter().fold(false, |any, &u| any | (u == unit)) {
            return chunk
                .iter()
                .position(|&u| u == unit)
                .map(|index| skipped + index);
        }
        skipped += chunk.len();
    }
    None
}

/// Knuth, Morris and Pratt's search in one go. `haystack` gives `None` at its end.
fn linear(
    haystack: impl Fn(usize) -> Option<u16>,
    len: usize,
    needle: impl Fn(usize) -> u16,
) -> Option<usize> {
    match Linear::new(len).go_on(usize::MAX, &haystack, &needle) {
        Step::Found(at) => Some(at),
        Step::NotFound | Step::More => None,
    }
}

/// Knuth, Morris and Pratt's search, which can pause.
#[derive(Debug)]
pub struct Linear {
    /// For each of the needle's beginnings the longest proper prefix of it that ends it too.
    borders: Vec<u32>,
    border: u32,
    len: usize,
    matched: u32,
    index: usize,
}

/// How far a search came.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// There it is.
    Found(usize),
    /// It is nowhere.
    NotFound,
    /// Not known yet.
    More,
}

impl Linear {
    /// Gets ready to look for a needle of that length, which is not 0.
    #[must_use]
    pub fn new(len: usize) -> Self {
        Self {
            borders: Vec::with_capacity(len),
            border: 0,
            len,
            matched: 0,
            index: 0,
        }
    }

    /// Looks at up to `count` units. `haystack` and `needle` are the same each time, the former gives `None` at its end.
    pub fn go_on(
        &mut self,
        mut count: usize,
        haystack: &impl Fn(usize) -> Option<u16>,
        needle: &impl Fn(usize) -> u16,
    ) -> Step {
        let borders = &mut self.borders;
        let back = |borders: &[u32], at: u32| borders.get(at as usize - 1).copied().unwrap_or(0);
        while borders.len() < self.len {
            if count == 0 {
                return Step::More;
            }
            count -= 1;
            let index = borders.len();
            if index > 0 {
                while self.border > 0 && needle(index) != needle(self.border as usize) {
                    self.border = back(borders, self.border);
                }
                self.border += u32::from(needle(index) == needle(self.border as usize));
            }
            borders.push(self.border);
        }
        while let Some(unit) = haystack(self.index) {
            if count == 0 {
                return Step::More;
            }
            count -= 1;
            while self.matched > 0 && unit != needle(self.matched as usize) {
                self.matched = back(borders, self.matched);
            }
            self.matched += u32::from(unit == needle(self.matched as usize));
            self.index += 1;
            if self.matched as usize == self.len {
                return Step::Found(self.index - self.len);
            }
        }
        Step::NotFound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    /// Both directions, in all four pairs of widths.
    fn check(haystack: &str, needle: &str, first: Option<usize>, last: Option<usize>) {
        let (h16, n16) = (utf16(haystack), utf16(needle));
        for h in [Units::Latin1(haystack.as_bytes()), Units::Utf16(&h16)] {
            for n in [Units::Latin1(needle.as_bytes()), Units::Utf16(&n16)] {
                assert_eq!(index_of(h, n, 0), first, "{haystack} {needle}");
                assert_eq!(last_index_of(h, n, usize::MAX), last, "{haystack} {needle}");
            }
        }
    }

    #[test]
    fn finds_the_first_and_the_last() {
        check("hello hello", "hello", Some(0), Some(6));
        check("hello", "l", Some(2), Some(3));
        check("hello", "", Some(0), Some(5));
        check("", "", Some(0), Some(0));
        check("", "a", None, None);
        check("abc", "abcd", None, None);
        check("aXbXc-and-much-more-text-X", "X", Some(1), Some(25));
        check("abababac", "ababac", Some(2), Some(2));
    }

    #[test]
    fn starts_where_it_is_told() {
        let h = Units::Latin1(b"abcabc");
        let n = Units::Latin1(b"abc");
        assert_eq!(index_of(h, n, 1), Some(3));
        assert_eq!(index_of(h, n, 4), None);
        assert_eq!(index_of(h, n, 99), None);
        assert_eq!(index_of(h, Units::Utf16(&[]), 6), Some(6));
        assert_eq!(last_index_of(h, n, 2), Some(0));
        assert_eq!(last_index_of(h, n, 3), Some(3));
        assert_eq!(index_of(h, Units::Utf16(&[0x161]), 0), None);
    }

    #[test]
    fn near_misses_stay_linear() {
        let len = 200_000;
        let haystack = vec![0x161; len];
        let mut needle = vec![0x161; len / 2];
        needle.push(0x162);
        assert_eq!(
            index_of(Units::Utf16(&haystack), Units::Utf16(&needle), 0),
            None
        );
        let mut found = haystack.clone();
        found.extend_from_slice(&needle);
        let expected = Some(len);
        assert_eq!(
            index_of(Units::Utf16(&found), Units::Utf16(&needle), 0),
            expected
        );
        needle.rotate_right(1);
        let (h, n) = (Units::Utf16(&haystack), Units::Utf16(&needle));
        assert_eq!(last_index_of(h, n, usize::MAX), None);
        let mut found = needle.clone();
        found.extend_from_slice(&haystack);
        assert_eq!(last_index_of(Units::Utf16(&found), n, usize::MAX), Some(0));
    }
}
