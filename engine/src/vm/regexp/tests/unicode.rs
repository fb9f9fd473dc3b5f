//! Code points, surrogates, properties and emoji.

use super::{found_at, matches, misses, units};

#[test]
fn characters_are_code_points_with_u() {
    matches("^.$", "u", "\u{1f600}", "\u{1f600}");
    misses("^.$", "", "\u{1f600}");
    matches("^..$", "", "\u{1f600}", "\u{1f600}");
    matches(
        "\u{1f600}{2}",
        "u",
        "\u{1f600}\u{1f600}",
        "\u{1f600}\u{1f600}",
    );
    matches(
        "[\u{1f600}-\u{1f64f}]+",
        "u",
        "a\u{1f601}\u{1f602}",
        "\u{1f601}\u{1f602}",
    );
    matches(r"\u{1f600}", "u", "\u{1f600}", "\u{1f600}");
    matches(r"\ud83d\ude00", "u", "\u{1f600}", "\u{1f600}");
    matches(r"[\ud83d\ude00]", "v", "\u{1f600}", "\u{1f600}");
    matches("[^a]", "u", "\u{1f600}", "\u{1f600}");
    matches(".+?$", "u", "\u{1f600}\u{1f600}", "\u{1f600}\u{1f600}");
    matches(
        ".*\u{1f601}",
        "u",
        "\u{1f600}\u{1f601}\u{1f600}",
        "\u{1f600}\u{1f601}",
    );
}

#[test]
fn half_a_pair_is_no_character_with_u() {
    let pair = units("\u{1f600}");
    assert_eq!(found_at(r"\ud83d", "u", &pair, 0), None);
    assert_eq!(found_at(r"\ude00", "u", &pair, 0), None);
    assert_eq!(found_at(r"\ude00", "", &pair, 0), Some((1, 2)));
    assert_eq!(found_at(r"[^x]\ude00", "u", &pair, 0), None);
    assert_eq!(found_at(r"(?<=\ud83d)", "u", &pair, 0), None);
    assert_eq!(
        found_at(r"\ud83d", "u", &[0x61, 0xD83D, 0x62], 0),
        Some((1, 2))
    );
    assert_eq!(found_at(r"\u{d83d}\u{de00}", "u", &pair, 0), None);
    assert_eq!(
        found_at(r"(.)b\1", "u", &[0xD83D, 0x62, 0xD83D, 0xDE00], 0),
        None
    );
}

#[test]
fn a_start_inside_a_pair_is_its_start() {
    let text = units("\u{1f600}\u{1f601}");
    assert_eq!(found_at(".", "u", &text, 1), Some((0, 2)));
    assert_eq!(found_at(".", "uy", &text, 3), Some((2, 4)));
    assert_eq!(found_at(".", "", &text, 1), Some((1, 2)));
    assert_eq!(found_at("^", "u", &text, 1), Some((0, 0)));
    assert_eq!(found_at("$", "u", &text, 1), Some((4, 4)));
}

#[test]
fn properties() {
    matches(r"\p{Lu}+", "u", "aBC\u{410}d", "BC\u{410}");
    matches(
        r"\p{Script=Greek}+",
        "u",
        "a\u{3b1}\u{3b2}",
        "\u{3b1}\u{3b2}",
    );
    matches(r"\p{scx=Deva}", "u", "\u{964}", "\u{964}");
    misses(r"\p{sc=Deva}", "u", "\u{964}");
    matches(r"\P{L}+", "u", "ab12", "12");
    matches(r"[\p{L}\d]+", "u", "-\u{e9}1-", "\u{e9}1");
    matches(r"[^\p{L}]", "u", "ab1", "1");
    matches(r"\p{Emoji_Presentation}", "u", "a\u{1f600}", "\u{1f600}");
    matches(r"\p{Any}", "u", "\u{10ffff}", "\u{10ffff}");
    matches(r"\p{gc=Decimal_Number}", "u", "\u{661}", "\u{661}");
    matches(r"\p{L}", "", "p{L}", "p{L}");
}

#[test]
fn properties_of_strings() {
    let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
    matches(r"^\p{RGI_Emoji}$", "v", family, family);
    matches(
        r"^\p{RGI_Emoji}$",
        "v",
        "\u{1f1eb}\u{1f1f7}",
        "\u{1f1eb}\u{1f1f7}",
    );
    matches(
        r"\p{Emoji_Keycap_Sequence}",
        "v",
        "4\u{fe0f}\u{20e3}",
        "4\u{fe0f}\u{20e3}",
    );
    matches(
        r"^[\p{RGI_Emoji}a]+$",
        "v",
        "a\u{1f44d}\u{1f3fd}a",
        "a\u{1f44d}\u{1f3fd}a",
    );
    misses(r"^\p{RGI_Emoji_Flag_Sequence}$", "v", "\u{1f1fd}\u{1f1fd}");
    matches(
        r"[\p{RGI_Emoji}--\p{RGI_Emoji_Flag_Sequence}]",
        "v",
        "\u{1f600}",
        "\u{1f600}",
    );
}
