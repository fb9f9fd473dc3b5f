//! Early errors, in V8's words.

use super::super::Flags;
use super::{fails, units};

#[test]
fn groups() {
    fails("(", "", "Unterminated group");
    fails("(?:a", "", "Unterminated group");
    fails(")", "", "Unmatched ')'");
    fails("(?", "", "Invalid group");
    fails("(?a", "", "Invalid group");
    fails("(?<a", "", "Invalid capture group name");
    fails("(?<>a)", "", "Invalid capture group name");
    fails("(?<1a>a)", "", "Invalid capture group name");
    fails(r"(?<a\u62>.)", "", "Invalid Unicode escape");
    fails(r"\k<a", "u", "Invalid capture group name");
    fails(r"\k", "u", "Invalid named reference");
    fails(r"\k<a>", "u", "Invalid named capture referenced");
}

#[test]
fn quantifiers() {
    for pattern in [
        "*", "+a", "a|?", "a**", "^*", r"\b+", "{1}", "a{1}{2}", "(?:*)",
    ] {
        fails(pattern, "", "Nothing to repeat");
    }
    fails("a{2,1}", "", "numbers out of order in {} quantifier");
    fails(
        "a{99999999999999999999,1}",
        "",
        "numbers out of order in {} quantifier",
    );
    fails("a{1", "u", "Incomplete quantifier");
    fails("{", "u", "Lone quantifier brackets");
    fails("}", "v", "Lone quantifier brackets");
}

#[test]
fn classes_and_escapes() {
    fails("[a", "", "Unterminated character class");
    fails("[b-a]", "", "Range out of order in character class");
    fails("\\", "", "\\ at end of pattern");
    fails("[\\", "", "\\ at end of pattern");
    fails(r"[\1]", "u", "Invalid class escape");
    fails(r"\u{110000}", "u", "Invalid Unicode escape");
    fails(r"\u12", "u", "Invalid Unicode escape");
    fails(r"\x1", "u", "Invalid escape");
    fails(r"\1", "u", "Invalid escape");
    fails(r"\p{Foo}", "u", "Invalid property name");
    fails(
        r"[\p{Foo}]",
        "u",
        "Invalid property name in character class",
    );
    fails(r"\p{lu}", "u", "Invalid property name");
    fails(r"\p", "v", "Invalid property name");
    fails(r"\p{RGI_Emoji}", "u", "Invalid property name");
    fails(r"\P{RGI_Emoji}", "v", "Invalid property name");
}

#[test]
fn flags_are_known_and_single() {
    assert!(Flags::parse(&units("dgimsuy")).is_some_and(|flags| flags.has_indices));
    assert!(Flags::parse(&units("dgimsvy")).is_some_and(|flags| flags.unicode_sets));
    for text in ["gg", "x", "uv", "\u{100}"] {
        assert_eq!(Flags::parse(&units(text)), None);
    }
}
