//! Sets of characters: what a class, a class escape or a property denotes.
//!
//! A set is a sorted list of inclusive ranges over 0..=0x10FFFF, disjoint and never touching, so two equal sets have
//! equal lists. In a pattern without `u` and `v` the characters are code units and what lies above 0xFFFF is never
//! asked for. Not here: case (`unicode/casefold.rs`) and the form that the matcher tests (`program.rs`).

/// The greatest code point.
pub const MAX_CHAR: u32 = 0x10_FFFF;

/// A set of code points (or code units) as sorted, disjoint, non-touching inclusive ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CharSet {
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// Every code point.
    pub fn all() -> CharSet {
        CharSet::range(0, MAX_CHAR)
    }

    /// The set of one character.
    pub fn single(c: u32) -> CharSet {
        CharSet::range(c, c)
    }

    /// The characters `lo..=hi`; `lo` is not above `hi`.
    pub fn range(lo: u32, hi: u32) -> CharSet {
        CharSet {
            ranges: vec![(lo, hi)],
        }
    }

    /// The union of ranges in any order.
    pub fn from_ranges(mut ranges: Vec<(u32, u32)>) -> CharSet {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (lo, hi) in ranges {
            match merged.last_mut() {
                Some(last) if lo <= last.1.saturating_add(1) => last.1 = last.1.max(hi),
                _ => merged.push((lo, hi)),
            }
        }
        CharSet { ranges: merged }
    }

    /// The ranges, ascending.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether no character is in the set.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many characters are in the set.
    pub fn len(&self) -> u32 {
        self.ranges.iter().map(|(lo, hi)| hi - lo + 1).sum()
    }

    /// Whether `c` is in the set.
    #[cfg(test)]
    pub fn contains(&self, c: u32) -> bool {
        let i = self.ranges.partition_point(|&(_, hi)| hi < c);
        self.ranges.get(i).is_some_and(|&(lo, _)| lo <= c)
    }

    /// The characters of either set.
    pub fn union(&self, other: &CharSet) -> CharSet {
        let mut ranges = self.ranges.clone();
        ranges.extend_from_slice(&other.ranges);
        CharSet::from_ranges(ranges)
    }

    /// The code points that are not in the set.
    pub fn complement(&self) -> CharSet {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for &(lo, hi) in &self.ranges {
            if lo > next {
                ranges.push((next, lo - 1));
            }
            next = hi + 1;
        }
        if next <= MAX_CHAR {
            ranges.push((next, MAX_CHAR));
        }
        CharSet { ranges }
    }

    /// The characters of both sets.
    pub fn intersect(&self, other: &CharSet) -> CharSet {
        let (mut i, mut j) = (0, 0);
        let mut ranges = Vec::new();
        while let (Some(&a), Some(&b)) = (self.ranges.get(i), other.ranges.get(j)) {
            let (lo, hi) = (a.0.max(b.0), a.1.min(b.1));
            if lo <= hi {
                ranges.push((lo, hi));
            }
            if a.1 < b.1 { i += 1 } else { j += 1 }
        }
        CharSet { ranges }
    }

    /// The characters of this set that are not in `other`.
    pub fn subtract(&self, other: &CharSet) -> CharSet {
        self.intersect(&other.complement())
    }
}

/// `\d`: the ASCII digits.
pub fn digits() -> CharSet {
    CharSet::range(u32::from(b'0'), u32::from(b'9'))
}

/// `\w` without the extra characters that case folding adds in `iu` patterns.
pub fn basic_word() -> CharSet {
    CharSet::from_ranges(vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
}

/// `\s`: WhiteSpace and LineTerminator.
pub fn space() -> CharSet {
    CharSet::from_ranges(vec![
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    ])
}

/// The LineTerminator characters.
pub fn line_terminators() -> CharSet {
    CharSet::from_ranges(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_keep_ranges_normal() {
        let a = CharSet::from_ranges(vec![(5, 9), (1, 3), (4, 4)]);
        assert_eq!(a.ranges(), &[(1, 9)]);
        let b = CharSet::range(3, 20);
        assert_eq!(a.intersect(&b).ranges(), &[(3, 9)]);
        assert_eq!(a.subtract(&b).ranges(), &[(1, 2)]);
        assert_eq!(a.union(&b).ranges(), &[(1, 20)]);
        assert_eq!(a.complement().ranges(), &[(0, 0), (10, MAX_CHAR)]);
        assert!(CharSet::all().complement().is_empty());
        assert!(a.contains(9) && !a.contains(10));
        assert_eq!(a.len(), 9);
    }
}
