//! Text as the matcher reads it: units of one byte or two, and code points made of them.

use memchr::{memchr, memchr2, memchr3};

/// A code unit. The matcher is compiled once per kind.
pub(super) trait Unit: Copy + Eq {
    /// Whether two units can form a code point.
    const HAS_PAIRS: bool;

    /// The unit's value.
    fn value(self) -> u32;

    /// Where the first of one to three bytes is, at `from` or later.
    fn find_bytes(text: &[Self], from: usize, bytes: &[u8]) -> Option<usize>;
}

impl Unit for u8 {
    const HAS_PAIRS: bool = false;

    #[inline(always)]
    fn value(self) -> u32 {
        self.into()
    }

    #[inline]
    fn find_bytes(text: &[u8], from: usize, bytes: &[u8]) -> Option<usize> {
        let text = text.get(from..)?;
        let found = match *bytes {
            [a] => memchr(a, text),
            [a, b] => memchr2(a, b, text),
            [a, b, c] => memchr3(a, b, c, text),
            _ => None,
        };
        found.map(|i| from + i)
    }
}

impl Unit for u16 {
    const HAS_PAIRS: bool = true;

    #[inline(always)]
    fn value(self) -> u32 {
        self.into()
    }

    fn find_bytes(text: &[u16], from: usize, bytes: &[u8]) -> Option<usize> {
        if let [byte] = *bytes {
            return find_where(text, from, |unit| unit == u16::from(byte));
        }
        let wide = |i: usize| bytes.get(i).or(bytes.first()).map(|&byte| u16::from(byte));
        find_units(text, from, [wide(0)?, wide(1)?, wide(2)?])
    }
}

/// Where the first unit is that equals one of three, at `from` or later.
fn find_units(text: &[u16], from: usize, wanted: [u16; 3]) -> Option<usize> {
    let [a, b, c] = wanted;
    find_where(text, from, |unit| (unit == a) | (unit == b) | (unit == c))
}

/// Where the first unit is that passes a cheap test, at `from` or later.
#[inline]
fn find_where(text: &[u16], from: usize, hit: impl Fn(u16) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut at = from;
    // Without a branch per unit, the compiler tests a block at once.
    for block in text.get(from..)?.chunks(BLOCK) {
        if block.iter().fold(false, |any, &unit| any | hit(unit)) {
            return block.iter().position(|&unit| hit(unit)).map(|i| at + i);
        }
        at += block.len();
    }
    None
}

/// Where `wanted`, at least one unit, stands in wide text, at `from` or later.
pub(super) fn find_literal(text: &[u16], from: usize, wanted: &[u16]) -> Option<usize> {
    let &first = wanted.first()?;
    let mut at = from;
    loop {
        at = find_where(text, at, |unit| unit == first)?;
        if text.get(at..at + wanted.len())? == wanted {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether `at` is between the halves of a surrogate pair.
#[inline]
pub(super) fn is_inside_pair<U: Unit>(text: &[U], at: usize) -> bool {
    U::HAS_PAIRS
        && at > 0
        && text.get(at).is_some_and(|unit| is_trail(unit.value()))
        && is_lead(text[at - 1].value())
}

/// The code point at `at`, and where it ends.
#[inline(always)]
pub(super) fn code_point_at<U: Unit>(text: &[U], at: usize) -> Option<(u32, usize)> {
    let lead = text.get(at)?.value();
    if U::HAS_PAIRS
        && is_lead(lead)
        && let Some(trail) = text.get(at + 1).map(|unit| unit.value())
        && is_trail(trail)
    {
        return Some((join(lead, trail), at + 2));
    }
    Some((lead, at + 1))
}

/// The code point that ends at `at`, and where it begins.
#[inline]
pub(super) fn code_point_before<U: Unit>(text: &[U], at: usize) -> Option<(u32, usize)> {
    let trail = text.get(at.checked_sub(1)?)?.value();
    if U::HAS_PAIRS && is_trail(trail) && at > 1 {
        let lead = text[at - 2].value();
        if is_lead(lead) {
            return Some((join(lead, trail), at - 2));
        }
    }
    Some((trail, at - 1))
}

fn is_lead(unit: u32) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_trail(unit: u32) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

fn join(lead: u32, trail: u32) -> u32 {
    0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00)
}

/// Whether `c` is a LineTerminator.
#[inline]
pub(super) fn is_line_end(c: u32) -> bool {
    matches!(c, 0x0A | 0x0D | 0x2028 | 0x2029)
}

/// IsWordChar.
#[inline]
pub(super) fn is_word(c: u32, folded: bool) -> bool {
    match u8::try_from(c) {
        Ok(byte) => byte.is_ascii_alphanumeric() || byte == b'_',
        Err(_) => folded && (c == 0x17F || c == 0x212A),
    }
}
