//! Canonicalize and the sets of characters that it makes equal.
//!
//! A pattern without `u` and `v` compares characters by their upper case, one with them by simple case folding. The
//! compiler never folds the subject: it widens each set by the characters equal to its members (`close_over`), so only
//! backreferences call `Canon::apply` while matching. `char` has full case mappings only; simple folding is derived from
//! them as lower(upper(c)), and the few places where this differs from CaseFolding.txt are named in `simple_fold`. The
//! representative of a class may differ from Unicode's (Cherokee), which no pattern can see.
//! Source: <https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch>.

use super::super::charset::CharSet;
use std::sync::OnceLock;

/// How characters are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canon {
    /// Each character is itself: no `i`.
    Exact,
    /// By upper case: `i` without `u` and `v`.
    Upper,
    /// By simple case folding: `i` with `u` or `v`.
    Fold,
}

impl Canon {
    /// Canonicalize: two characters match when their results are equal.
    #[inline]
    pub fn apply(self, c: u32) -> u32 {
        match self {
            Canon::Exact => c,
            Canon::Upper => upper(c),
            Canon::Fold => simple_fold(c),
        }
    }

    /// The characters equal to `c`, itself included, ascending; none when `c` is alone.
    pub fn equivalents(self, c: u32) -> Vec<u32> {
        if self == Canon::Upper && c < 128 {
            let Some(ch) = char::from_u32(c).filter(char::is_ascii_alphabetic) else {
                return Vec::new();
            };
            return vec![
                ch.to_ascii_uppercase().into(),
                ch.to_ascii_lowercase().into(),
            ];
        }
        match self.orbits() {
            Some(orbits) => orbits.of(c).to_vec(),
            None => Vec::new(),
        }
    }

    /// `set` with every character that is equal to one of its members.
    pub fn close_over(self, set: &CharSet) -> CharSet {
        if self == Canon::Exact {
            return set.clone();
        }
        let mut ranges = set.ranges().to_vec();
        let is_ascii = set.ranges().last().is_none_or(|&(_, hi)| hi < 128);
        if self == Canon::Upper && is_ascii {
            // FAST PATH: no character outside ASCII has an upper case inside it, by the rule of step 3.h.
            for &(lo, hi) in set.ranges() {
                let mut add = |from: u32, to: u32, base: u32| {
                    let (a, b) = (lo.max(from), hi.min(to));
                    if a <= b {
                        ranges.push((a - from + base, b - from + base));
                    }
                };
                add(0x41, 0x5A, 0x61);
                add(0x61, 0x7A, 0x41);
            }
            return CharSet::from_ranges(ranges);
        }
        if let Some(orbits) = self.orbits() {
            for &(lo, hi) in set.ranges() {
                for &(_, start, len) in orbits.within(lo, hi) {
                    let members = &orbits.members[start as usize..(start + len) as usize];
                    ranges.extend(members.iter().map(|&m| (m, m)));
                }
            }
        }
        CharSet::from_ranges(ranges)
    }

    fn orbits(self) -> Option<&'static Orbits> {
        static UPPER: OnceLock<Orbits> = OnceLock::new();
        static FOLD: OnceLock<Orbits> = OnceLock::new();
        match self {
            Canon::Exact => None,
            Canon::Upper => Some(UPPER.get_or_init(|| Orbits::build(upper, 0xFFFF))),
            Canon::Fold => Some(FOLD.get_or_init(|| Orbits::build(simple_fold, 0x1_FFFF))),
        }
    }
}

/// The upper case of a code unit, unless it is several characters or ASCII for a character that is not.
fn upper(c: u32) -> u32 {
    if c < 128 {
        return if (0x61..=0x7A).contains(&c) {
            c - 32
        } else {
            c
        };
    }
    let Some(ch) = char::from_u32(c) else {
        return c;
    };
    match sole(ch.to_uppercase()) {
        Some(up) if (128..=0xFFFF).contains(&up) => up,
        _ => c,
    }
}

/// Simple case folding, up to the choice of representative.
pub fn simple_fold(c: u32) -> u32 {
    if c < 128 {
        return if (0x41..=0x5A).contains(&c) {
            c + 32
        } else {
            c
        };
    }
    match c {
        // Dotted capital and dotless small I fold only in Turkic languages.
        0x130 | 0x131 => return c,
        // Characters whose upper case is several characters, and which simple folding joins all the same.
        0x1FD3 => return 0x390,
        0x1FE3 => return 0x3B0,
        0xFB05 => return 0xFB06,
        _ => {}
    }
    let Some(ch) = char::from_u32(c) else {
        return c;
    };
    let up = sole(ch.to_uppercase())
        .and_then(char::from_u32)
        .unwrap_or(ch);
    sole(up.to_lowercase()).unwrap_or(c)
}

fn sole(mut chars: impl Iterator<Item = char>) -> Option<u32> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first.into())
}

/// The classes of more than one character that a canonicalization makes equal.
struct Orbits {
    /// Character, start and length of its class in `members`; ascending.
    index: Vec<(u32, u32, u32)>,
    members: Vec<u32>,
}

impl Orbits {
    fn build(canon: fn(u32) -> u32, last: u32) -> Orbits {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for c in 0..=last {
            // Han and Hangul have no case, and are half of the plane.
            if (0x3400..0xA000).contains(&c) || (0xAC00..0xE000).contains(&c) {
                continue;
            }
            let k = canon(c);
            if k != c {
                pairs.push((k, c));
                pairs.push((k, k));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut orbits = Orbits {
            index: Vec::with_capacity(pairs.len()),
            members: Vec::with_capacity(pairs.len()),
        };
        for class in pairs.chunk_by(|a, b| a.0 == b.0) {
            let start = orbits.members.len() as u32;
            for &(_, c) in class {
                orbits.index.push((c, start, class.len() as u32));
                orbits.members.push(c);
            }
        }
        orbits.index.sort_unstable();
        orbits
    }

    fn within(&self, lo: u32, hi: u32) -> &[(u32, u32, u32)] {
        let from = self.index.partition_point(|e| e.0 < lo);
        let to = self.index.partition_point(|e| e.0 <= hi);
        &self.index[from..to]
    }

    fn of(&self, c: u32) -> &[u32] {
        match self.within(c, c).first() {
            Some(&(_, start, len)) => &self.members[start as usize..(start + len) as usize],
            None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_keeps_ascii_apart() {
        assert_eq!(Canon::Upper.apply(0x17F), 0x17F);
        assert_eq!(Canon::Upper.apply(0x212A), 0x212A);
        assert_eq!(Canon::Upper.apply(0xDF), 0xDF);
        assert_eq!(Canon::Upper.equivalents(0x6B), vec![0x4B, 0x6B]);
        assert_eq!(Canon::Upper.equivalents(0xB5), vec![0xB5, 0x39C, 0x3BC]);
    }

    #[test]
    fn fold_joins_what_case_folding_joins() {
        assert_eq!(Canon::Fold.equivalents(0x6B), vec![0x4B, 0x6B, 0x212A]);
        assert_eq!(Canon::Fold.equivalents(0x53), vec![0x53, 0x73, 0x17F]);
        assert_eq!(Canon::Fold.equivalents(0xDF), vec![0xDF, 0x1E9E]);
        assert!(Canon::Fold.equivalents(0x131).is_empty());
        assert_eq!(Canon::Fold.apply(0x10400), Canon::Fold.apply(0x10428));
    }

    #[test]
    fn close_over_adds_the_other_case() {
        let set = Canon::Upper.close_over(&CharSet::range(0x61, 0x63));
        assert_eq!(set.ranges(), &[(0x41, 0x43), (0x61, 0x63)]);
        let set = Canon::Fold.close_over(&CharSet::single(0x73));
        assert_eq!(set.ranges(), &[(0x53, 0x53), (0x73, 0x73), (0x17F, 0x17F)]);
    }
}
