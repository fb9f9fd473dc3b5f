//! The code units of a string, as they lie in its cell: what is compared, hashed and copied. A part of `str`.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// The code units of a string, as they are stored.
#[derive(Clone, Copy, Debug)]
pub enum Units<'a> {
    /// A byte a unit.
    Latin1(&'a [u8]),
    /// Two bytes a unit.
    Utf16(&'a [u16]),
}

impl<'a> Units<'a> {
    /// How many.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Latin1(units) => units.len(),
            Self::Utf16(units) => units.len(),
        }
    }

    /// Are there none?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The unit at `index`.
    #[inline]
    #[must_use]
    pub fn get(&self, index: usize) -> Option<u16> {
        match self {
            Self::Latin1(units) => units.get(index).map(|&unit| u16::from(unit)),
            Self::Utf16(units) => units.get(index).copied(),
        }
    }

    /// A part; `start <= end <= len`.
    #[inline]
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Self {
        match self {
            Self::Latin1(units) => Self::Latin1(units.get(start..end).unwrap_or_default()),
            Self::Utf16(units) => Self::Utf16(units.get(start..end).unwrap_or_default()),
        }
    }

    /// Every unit in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = u16> + 'a {
        let (bytes, units): (&'a [u8], &'a [u16]) = match *self {
            Self::Latin1(bytes) => (bytes, &[]),
            Self::Utf16(units) => (&[], units),
        };
        bytes
            .iter()
            .map(|&byte| u16::from(byte))
            .chain(units.iter().copied())
    }

    /// The units, copied.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u16> {
        self.iter().collect()
    }

    /// As Rust text; lone surrogates become U+FFFD.
    #[must_use]
    pub fn to_string_lossy(&self) -> String {
        match self {
            Self::Latin1(bytes) if bytes.is_ascii() => String::from_utf8_lossy(bytes).into_owned(),
            Self::Latin1(bytes) => bytes.iter().map(|&byte| char::from(byte)).collect(),
            Self::Utf16(units) => String::from_utf16_lossy(units),
        }
    }

    #[inline(always)]
    pub(in crate::vm) fn equals(&self, other: &Units<'_>) -> bool {
        match (self, other) {
            (Self::Latin1(a), Units::Latin1(b)) => same_bytes(a, b),
            (Self::Utf16(a), Units::Utf16(b)) => a == b,
            _ => self.len() == other.len() && self.iter().eq(other.iter()),
        }
    }

    /// The hash by which atoms are found: the same for equal units however stored; never 0.
    pub(super) fn hash(&self) -> u32 {
        let mut hash = UnitsHash::default();
        hash.add(self);
        hash.finish()
    }
}

/// Are these the same bytes? FAST PATH: texts that are compared are mostly short, and a call would take longer than they do.
#[inline]
fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if a.len() > 16 {
        return a == b;
    }
    // The first and the last word, which overlap.
    if let (Some(a), Some(b)) = (ends::<8>(a), ends::<8>(b)) {
        return a.map(u64::from_ne_bytes) == b.map(u64::from_ne_bytes);
    }
    if let (Some(a), Some(b)) = (ends::<4>(a), ends::<4>(b)) {
        return a.map(u32::from_ne_bytes) == b.map(u32::from_ne_bytes);
    }
    a.iter().zip(b).all(|(a, b)| a == b)
}

/// The first and the last `N` bytes; `None` if there are fewer.
#[inline]
fn ends<const N: usize>(bytes: &[u8]) -> Option<[[u8; N]; 2]> {
    Some([*bytes.first_chunk()?, *bytes.last_chunk()?])
}

/// The hash of units that come in parts of [`HASHED`] units, but for the last.
#[derive(Default)]
pub(super) struct UnitsHash(FxHasher);

/// Units that are hashed in one go.
pub(super) const HASHED: usize = 1 << 16;

impl UnitsHash {
    /// Takes the next units.
    #[inline]
    pub(super) fn add(&mut self, units: &Units<'_>) {
        match units {
            Units::Latin1(bytes) if bytes.len() <= HASHED => self.0.write(bytes),
            Units::Latin1(bytes) => bytes.chunks(HASHED).for_each(|part| self.0.write(part)),
            // Wide strings are stored wide only where a unit needs it, so equal strings have the same storage.
            Units::Utf16(units) => units.iter().for_each(|&unit| self.0.write_u16(unit)),
        }
    }

    /// The hash; never 0.
    #[inline]
    pub(super) fn finish(&self) -> u32 {
        (self.0.finish() >> 20) as u32 | 1
    }
}

impl PartialEq for Units<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_any_length_are_compared_to_the_last() {
        for len in 0..40 {
            let a: Vec<u8> = (0..len).collect();
            assert!(same_bytes(&a, &a.clone()));
            for at in 0..a.len() {
                let mut b = a.clone();
                b[at] ^= 0x80;
                assert!(!same_bytes(&a, &b), "{len} {at}");
                assert!(!same_bytes(&a, &a[..at]), "{len} {at}");
            }
        }
    }
}
