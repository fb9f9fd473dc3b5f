//! `^`, `$`, `\b`, lookarounds, and sticky matching.

use super::{found_at, matches, misses, units};

#[test]
fn line_and_input_ends() {
    matches("^b", "m", "a\nb", "b");
    misses("^b", "", "a\nb");
    matches("a$", "m", "a\u{2028}b", "a");
    misses("a$", "", "a\nb");
    matches("^$", "m", "a\n\nb", "");
    assert_eq!(found_at("$", "", &units("ab"), 0), Some((2, 2)));
    assert_eq!(found_at("^", "", &units("ab"), 1), None);
    assert_eq!(found_at("^", "m", &units("a\rb"), 1), Some((2, 2)));
}

#[test]
fn word_boundaries() {
    matches(r"\bfoo\b", "", "afoo foo", "foo");
    assert_eq!(
        found_at(r"\bfoo\b", "", &units("afoo foo"), 0),
        Some((5, 8))
    );
    assert_eq!(found_at(r"\B", "", &units("ab"), 0), Some((1, 1)));
    matches(r"a\B\u017f", "ui", "a\u{17f}", "a\u{17f}");
    misses(r"a\B\u017f", "u", "a\u{17f}");
}

#[test]
fn lookahead() {
    matches("a(?=b)", "", "aab", "a");
    matches("(?=(a+))a*b\\1", "", "baaabac", "aba,a");
    matches("(?=(a*))\\1b", "", "aab", "aab,aa");
    matches(
        "(.*?)a(?!(a+)b\\2c)\\2(.*)",
        "",
        "baaabaac",
        "baaabaac,ba,-,abaac",
    );
    misses("(?!a)a", "", "a");
    // A lookahead is not entered again, so its capture stays "aaa".
    misses("(?=(a+))\\1a", "", "aaa");
}

#[test]
fn lookbehind_runs_to_the_left() {
    matches(r"(?<=\$)\d+", "", "$42", "42");
    matches(r"(?<!\$)\b\d+", "", "$42 7", "7");
    matches(r"(?<=(\d+)(\d+))$", "", "1053", ",1,053");
    matches(r"(?<=\1(a))b", "", "aab", "b,a");
    matches(r"(?<=(a)\1)b", "", "ab", "b,a");
    matches(r"(?<=([ab]+)([bc]+))$", "", "abc", ",a,bc");
    matches("(?<=a(?=([^a]{2})d)\\w{3})\\w", "", "abcdx", "x,bc");
    matches("(?<=^(?:ab)*)c", "", "ababc", "c");
    matches("(?<=a{2,3}?)b", "", "aaab", "b");
    misses("(?<=^a|b{3})c", "", "bbc");
    matches("(?<=\u{1f600})x", "u", "\u{1f600}x", "x");
}

#[test]
fn sticky_matches_only_at_the_start() {
    assert_eq!(found_at("b", "y", &units("ab"), 0), None);
    assert_eq!(found_at("b", "y", &units("ab"), 1), Some((1, 2)));
    assert_eq!(found_at("ab|b", "y", &units("xab"), 2), Some((2, 3)));
    assert_eq!(found_at("^b", "my", &units("a\nb"), 2), Some((2, 3)));
    assert_eq!(found_at("x", "", &units("x"), 2), None);
}
