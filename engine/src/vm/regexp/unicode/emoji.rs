//! Properties of strings: the emoji sequences that `\p{…}` may name in a `v` pattern.
//!
//! A property yields the characters that it holds by themselves and its longer strings. Basic_Emoji, modifier bases and
//! keycaps come from `icu_properties` or from their definition; flags and ZWJ sequences from templates in
//! `emoji_data.rs`. Source: <https://tc39.es/ecma262/#table-binary-unicode-properties-of-strings>.

use super::super::charset::CharSet;
use super::emoji_data::{FLAGS, ZWJ};
use super::property;
use icu_properties::EmojiSetData;
use icu_properties::props::BasicEmoji;

const TONES: std::ops::RangeInclusive<u32> = 0x1F3FB..=0x1F3FF;
const JOINER: u32 = 0x200D;
const EMOJI_STYLE: u32 = 0xFE0F;

/// What a property of strings denotes: characters, and strings of two characters or more.
#[derive(Default)]
pub struct StringSet {
    /// Members that are one character.
    pub chars: CharSet,
    /// Members that are several characters.
    pub strings: Vec<Vec<u32>>,
}

/// The members of the property of strings `name`, if there is one.
pub fn property_of_strings(name: &str) -> Option<StringSet> {
    let mut set = StringSet::default();
    match name {
        "Basic_Emoji" => basic(&mut set),
        "Emoji_Keycap_Sequence" => keycaps(&mut set),
        "RGI_Emoji_Modifier_Sequence" => modifiers(&mut set),
        "RGI_Emoji_Flag_Sequence" => flags(&mut set),
        "RGI_Emoji_Tag_Sequence" => tags(&mut set),
        "RGI_Emoji_ZWJ_Sequence" => joined(&mut set),
        "RGI_Emoji" => {
            for part in [basic, keycaps, modifiers, flags, tags, joined] {
                part(&mut set);
            }
        }
        _ => return None,
    }
    Some(set)
}

fn basic(set: &mut StringSet) {
    let data = EmojiSetData::new::<BasicEmoji>().static_to_owned();
    let list = data.to_code_point_inversion_list_string_list();
    let ranges = list.code_points().iter_ranges();
    let chars = CharSet::from_ranges(ranges.map(|r| (*r.start(), *r.end())).collect());
    set.chars = set.chars.union(&chars);
    let strings = list.strings().iter();
    set.strings
        .extend(strings.map(|s| s.chars().map(u32::from).collect()));
}

fn keycaps(set: &mut StringSet) {
    let bases = "#*0123456789".chars().map(u32::from);
    set.strings
        .extend(bases.map(|base| vec![base, EMOJI_STYLE, 0x20E3]));
}

fn modifiers(set: &mut StringSet) {
    let Some(bases) = property::lone("Emoji_Modifier_Base") else {
        return;
    };
    // A base since Unicode 17, but none of its sequences is recommended.
    const FAMILY: u32 = 0x1F46A;
    let bases = bases.ranges().iter().flat_map(|&(lo, hi)| lo..=hi);
    let bases = bases.filter(|&base| base != FAMILY);
    set.strings
        .extend(bases.flat_map(|base| TONES.map(move |tone| vec![base, tone])));
}

fn flags(set: &mut StringSet) {
    let indicator = |letter: u8| 0x1F1E6 + u32::from(letter - b'A');
    for row in FLAGS {
        if let [first, seconds @ ..] = row.as_bytes() {
            let row = seconds
                .iter()
                .map(|&second| vec![indicator(*first), indicator(second)]);
            set.strings.extend(row);
        }
    }
}

/// The flags of England, Scotland and Wales.
fn tags(set: &mut StringSet) {
    for region in ["gbeng", "gbsct", "gbwls"] {
        let mut string = vec![0x1F3F4];
        string.extend(region.chars().map(|c| 0xE0000 + u32::from(c)));
        string.push(0xE007F);
        set.strings.push(string);
    }
}

fn joined(set: &mut StringSet) {
    for template in ZWJ.split_ascii_whitespace() {
        if !template.contains('a') {
            set.strings.push(expand(template, 0, 0));
            continue;
        }
        for first in TONES {
            if !template.contains(['b', 'd']) {
                set.strings.push(expand(template, first, 0));
                continue;
            }
            for second in TONES.filter(|&tone| tone != first || template.contains('b')) {
                set.strings.push(expand(template, first, second));
            }
        }
    }
}

fn expand(template: &str, first: u32, second: u32) -> Vec<u32> {
    let part = |c: char| match c {
        '+' => JOINER,
        '!' => EMOJI_STYLE,
        'a' => first,
        'b' | 'd' => second,
        other => other.into(),
    };
    template.chars().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_complete() {
        let count = |name| property_of_strings(name).map_or(0, |set| set.strings.len());
        assert_eq!(count("Emoji_Keycap_Sequence"), 12);
        assert_eq!(count("RGI_Emoji_Flag_Sequence"), 259);
        assert_eq!(count("RGI_Emoji_ZWJ_Sequence"), 1614);
        assert_eq!(count("RGI_Emoji_Modifier_Sequence"), 665);
        assert_eq!(count("RGI_Emoji_Tag_Sequence"), 3);
        assert!(property_of_strings("Emoji").is_none());
    }
}
