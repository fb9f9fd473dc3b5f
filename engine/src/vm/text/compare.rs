//! Order: by code units as `<` has it, and an approximation of what a locale would say.
//!
//! `localeCompare` is left to the implementation. This one follows the shape of Unicode's root
//! collation: punctuation before digits before letters, accents only where the letters are alike,
//! small before capital only where the accents are alike too. Letters beyond Latin go by code
//! point, which keeps scripts together.

use super::cut::before_starter;
use super::unit::{CodeUnit, Units};
use core::cmp::Ordering;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use std::collections::VecDeque;

/// Latin-1's spaces, punctuation and symbols in the order of the root collation.
const PUNCTUATION: &str =
    "\t\n\u{B}\u{C}\r\u{85} \u{A0}_-,;:!¡?¿.·'\"«»()[]{}§¶@*/\\&#%`´^¯¨¸°©®+±÷×<=>¬|¦~¤¢$£¥";

/// IsLessThan's order of strings: by code units.
///
/// <https://tc39.es/ecma262/#sec-islessthan>
#[must_use]
pub fn compare_units(a: Units<'_>, b: Units<'_>) -> Ordering {
    match (a, b) {
        (Units::Latin1(a), Units::Latin1(b)) => a.cmp(b),
        (Units::Utf16(a), Units::Utf16(b)) => a.cmp(b),
        (Units::Latin1(a), Units::Utf16(b)) => {
            a.iter().map(|&unit| u16::from(unit)).cmp(b.iter().copied())
        }
        (Units::Utf16(a), Units::Latin1(b)) => {
            a.iter().copied().cmp(b.iter().map(|&unit| u16::from(unit)))
        }
    }
}

/// The order in which a reader would look the texts up.
///
/// <https://tc39.es/ecma262/#sec-string.prototype.localecompare>
#[must_use]
pub fn locale_compare(a: Units<'_>, b: Units<'_>) -> Ordering {
    let mut go_on = |_| Ok::<(), core::convert::Infallible>(());
    match locale_compare_while(a, b, &mut go_on) {
        Ok(order) => order,
        Err(never) => match never {},
    }
}

/// As [`locale_compare`]; `poll` is told of so many units, and may refuse more.
///
/// # Errors
/// When it did.
pub fn locale_compare_while<E>(
    a: Units<'_>,
    b: Units<'_>,
    poll: &mut dyn FnMut(usize) -> Result<(), E>,
) -> Result<Ordering, E> {
    let (mut left, mut right) = (Weighed::new(a), Weighed::new(b));
    // The first difference on the second and on the third level; one on the first decides.
    let (mut second, mut third) = (Ordering::Equal, Ordering::Equal);
    let (mut second_open, mut third_open) = (true, true);
    loop {
        // Who has weights left waits for the other.
        poll(left.fill() + right.fill())?;
        let first = compare_level(&mut left.levels[0], &mut right.levels[0]);
        if first.is_ne() {
            // One may have got further in its text than the other.
            let (more_left, more_right) = (left.has_more(), right.has_more());
            let ended = left.levels[0].is_empty() && !more_left
                || right.levels[0].is_empty() && !more_right;
            let both = !left.levels[0].is_empty() && !right.levels[0].is_empty();
            if both || ended {
                return Ok(first);
            }
        }
        for (level, order, open) in [
            (1, &mut second, &mut second_open),
            (2, &mut third, &mut third_open),
        ] {
            if *open && order.is_eq() {
                let found = compare_level(&mut left.levels[level], &mut right.levels[level]);
                let both = !left.levels[level].is_empty() && !right.levels[level].is_empty();
                if found.is_ne() && both {
                    (*order, *open) = (found, false);
                }
            } else {
                left.levels[level].clear();
                right.levels[level].clear();
            }
        }
        if !left.has_more() && !right.has_more() {
            // What is left of one of them is more than the other has.
            for (level, order) in [(1, &mut second), (2, &mut third)] {
                let (left, right) = (&left.levels[level], &right.levels[level]);
                if order.is_eq() {
                    *order = left.len().cmp(&right.len());
                }
            }
            return Ok(first.then(second).then(third));
        }
    }
}

/// Takes equal weights off both; how what is left compares, nothing being least.
fn compare_level(left: &mut VecDeque<u32>, right: &mut VecDeque<u32>) -> Ordering {
    while let (Some(a), Some(b)) = (left.front(), right.front()) {
        if a != b {
            return a.cmp(b);
        }
        left.pop_front();
        right.pop_front();
    }
    left.len().cmp(&right.len())
}

/// A text whose weights are made a part at a time, for each level those that are compared.
struct Weighed<'u> {
    rest: Units<'u>,
    levels: [VecDeque<u32>; 3],
}

impl<'u> Weighed<'u> {
    fn new(rest: Units<'u>) -> Self {
        Self {
            rest,
            levels: Default::default(),
        }
    }

    fn has_more(&self) -> bool {
        !self.rest.is_empty()
    }

    /// Weighs the next part, if it is wanted. Returns how long it was.
    fn fill(&mut self) -> usize {
        if !self.levels[0].is_empty() {
            return 0;
        }
        /// Units of a part.
        const PART: usize = 1 << 12;
        fn split<U: CodeUnit>(text: &[U]) -> (&[U], &[U]) {
            let at = if text.len() > PART {
                before_starter(text, PART)
            } else {
                text.len()
            };
            text.split_at(at)
        }
        let part = match self.rest {
            Units::Latin1(text) => {
                let (part, rest) = split(text);
                self.rest = Units::Latin1(rest);
                Units::Latin1(part)
            }
            Units::Utf16(text) => {
                let (part, rest) = split(text);
                self.rest = Units::Utf16(rest);
                Units::Utf16(part)
            }
        };
        for weight in weights(part) {
            let all = [weight.primary, weight.secondary, weight.tertiary];
            for (level, weight) in self.levels.iter_mut().zip(all) {
                if weight != 0 {
                    level.push_back(weight);
                }
            }
        }
        part.len()
    }
}

/// What a character weighs on each level; 0 is not compared.
struct Weight {
    primary: u32,
    secondary: u32,
    tertiary: u32,
}

fn weights(text: Units<'_>) -> Vec<Weight> {
    let mut weights = Vec::with_capacity(text.len());
    match text {
        Units::Latin1(text) if text.is_ascii() => {
            for &byte in text {
                push_weight(char::from(byte), &mut weights);
            }
        }
        Units::Latin1(text) => {
            push_decomposed(text.iter().copied().map(char::from), &mut weights);
        }
        Units::Utf16(text) => {
            let chars = char::decode_utf16(text.iter().copied());
            let chars = chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
            push_decomposed(chars, &mut weights);
        }
    }
    weights
}

fn push_decomposed(chars: impl Iterator<Item = char>, weights: &mut Vec<Weight>) {
    let chars: String = chars.collect();
    let nfd = DecomposingNormalizerBorrowed::new_nfd();
    for c in nfd.normalize_iter(chars.chars()) {
        push_weight(c, weights);
    }
}

/// Appends what one decomposed character weighs.
fn push_weight(c: char, weights: &mut Vec<Weight>) {
    /// Primary weights: punctuation, then digits, then letters, then everything else.
    const DIGITS: u32 = 0x100;
    const LETTERS: u32 = 0x200;
    const OTHERS: u32 = 0x300;
    let mut push = |primary: u32, secondary: u32, tertiary: u32| {
        weights.push(Weight {
            primary,
            secondary,
            tertiary,
        });
    };
    let letter = |c: char| LETTERS + u32::from(c.to_ascii_lowercase());
    let case = |c: char| 1 + u32::from(c.is_uppercase());
    match c {
        'a'..='z' | 'A'..='Z' => push(letter(c), 1, case(c)),
        '0'..='9' => push(DIGITS + u32::from(c), 1, 1),
        '¹' => push(DIGITS + u32::from('1'), 1, 3),
        '²' => push(DIGITS + u32::from('2'), 1, 3),
        '³' => push(DIGITS + u32::from('3'), 1, 3),
        'ª' => push(letter('a'), 1, 3),
        'º' => push(letter('o'), 1, 3),
        _ if u32::from(c) < 0xC0 && c != 'µ' => {
            // The other controls and the soft hyphen do not count at all.
            if let Some(rank) = PUNCTUATION.chars().position(|p| p == c) {
                push(1 + rank as u32, 1, 1);
            }
        }
        'ß' | 'ẞ' => {
            push(letter('s'), 1, 3 + case(c));
            push(letter('s'), 1, 3 + case(c));
        }
        'æ' | 'Æ' => push_pair('a', 'e', c, weights),
        'œ' | 'Œ' => push_pair('o', 'e', c, weights),
        'ø' | 'Ø' => push_stroke('o', c, weights),
        'đ' | 'Đ' | 'ð' | 'Ð' => push_stroke('d', c, weights),
        'ł' | 'Ł' => push_stroke('l', c, weights),
        'ħ' | 'Ħ' => push_stroke('h', c, weights),
        _ if CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0 => push(0, u32::from(c), 1),
        _ => {
            let small = c.to_lowercase().next().unwrap_or(c);
            push(OTHERS + u32::from(small), 1, case(c));
        }
    }

    fn push_pair(first: char, second: char, c: char, weights: &mut Vec<Weight>) {
        let tertiary = 3 + u32::from(c.is_uppercase());
        for (letter, secondary) in [(first, 2), (second, 1)] {
            weights.push(Weight {
                primary: LETTERS + u32::from(letter),
                secondary,
                tertiary,
            });
        }
    }

    fn push_stroke(letter: char, c: char, weights: &mut Vec<Weight>) {
        weights.push(Weight {
            primary: LETTERS + u32::from(letter),
            secondary: 1,
            tertiary: 1 + u32::from(c.is_uppercase()),
        });
        // U+0338, the combining stroke.
        weights.push(Weight {
            primary: 0,
            secondary: 0x338,
            tertiary: 1,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn a_dictionary() {
        let sorted = [
            "", " ", "_", "-", ",", ".", "(", "@", "/", "#", "+", "$", "0", "1", "10", "2", "a",
            "A", "á", "Á", "aa", "ab", "AB", "Ab c", "abc", "b", "cafe", "café", "cafes", "cote",
            "coté", "côte", "côté", "z", "Z", "α", "я", "中",
        ];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                let (a16, b16) = (utf16(a), utf16(b));
                let order = locale_compare(Units::Utf16(&a16), Units::Utf16(&b16));
                let expected = match (*a, *b) {
                    // A space is a character like others, below the letters.
                    ("Ab c", "AB" | "ab") | ("AB" | "ab", "Ab c") => continue,
                    _ => i.cmp(&j),
                };
                assert_eq!(order, expected, "{a} {b}");
            }
        }
    }

    #[test]
    fn equivalent_texts_are_equal() {
        let order = locale_compare(Units::Latin1(b"\xE9"), Units::Utf16(&utf16("e\u{301}")));
        assert_eq!(order, Ordering::Equal);
        let order = locale_compare(Units::Latin1(b"a\0b"), Units::Latin1(b"ab"));
        assert_eq!(order, Ordering::Equal);
    }

    #[test]
    fn units_in_order() {
        let wide = utf16("ab");
        let order = compare_units(Units::Latin1(b"a"), Units::Utf16(&wide));
        assert_eq!(order, Ordering::Less);
        let order = compare_units(Units::Utf16(&[0x100]), Units::Latin1(b"\xFF"));
        assert_eq!(order, Ordering::Greater);
    }

    #[test]
    fn long_texts_are_compared_in_parts() {
        let long = "ab \u{301}".repeat(4_000);
        let units = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
        let compare = |a: &str, b: &str| {
            let (a, b) = (units(a), units(b));
            locale_compare(Units::Utf16(&a), Units::Utf16(&b))
        };
        use Ordering::{Equal, Greater, Less};
        let cases = [
            ("", "", Equal),
            ("", "x", Less),
            ("é", "e", Greater),
            ("E", "e", Greater),
            ("y", "x", Greater),
        ];
        for (a, b, order) in cases {
            assert_eq!(
                compare(&(long.clone() + a), &(long.clone() + b)),
                order,
                "{a} {b}"
            );
            assert_eq!(
                compare(&(a.to_owned() + &long), &(b.to_owned() + &long)),
                order,
                "{a} {b}"
            );
            // Letters decide before accents and case do, wherever they are.
            let (left, right) = (a.to_owned() + &long + "x", b.to_owned() + &long + "y");
            let expected = if order == Greater && b == "x" {
                Greater
            } else {
                Less
            };
            assert_eq!(compare(&left, &right), expected, "{a} {b}");
        }
        let mut n_polls = 0;
        let wide = units(&long);
        let mut twice = |_| {
            n_polls += 1;
            if n_polls < 3 { Ok(()) } else { Err(()) }
        };
        let other = units(&(long.clone() + "!"));
        let stopped = locale_compare_while(Units::Utf16(&wide), Units::Utf16(&other), &mut twice);
        assert_eq!(stopped, Err(()));
    }
}
