//! Greedy, lazy, counted and empty loops, and what the search for a start must not miss.

use super::{found_at, matches, misses, units};

#[test]
fn greedy_and_lazy() {
    matches("a*", "", "aaab", "aaa");
    matches("a*?b", "", "aaab", "aaab");
    matches("a+?", "", "aaa", "a");
    matches("a??b", "", "ab", "ab");
    matches("<.+>", "", "<a><b>", "<a><b>");
    matches("<.+?>", "", "<a><b>", "<a>");
    matches("(a{1,2}?)(a*)", "", "aaaa", "aaaa,a,aaa");
    matches("a{2,3}", "", "aaaa", "aaa");
    matches("a{2,}?b", "", "aaab", "aaab");
    misses("^a{3}$", "", "aa");
    matches("a{0}b", "", "ab", "b");
    matches("(?:a|ab)(?:c|bcd)(?:d*)", "", "abcd", "abcd");
}

#[test]
fn loops_give_back() {
    matches(r"\w*c", "", "abcabcab", "abcabc");
    matches(r"(\d+)(\d\d)", "", "12345", "12345,123,45");
    matches("(?:ab|a)*ab", "", "aabab", "aabab");
    matches(".*b.*c", "", "abcbca", "abcbc");
    matches("[^,]*,[^,]*$", "", "a,b,c", "b,c");
    matches("(?:a{2}){2,3}a", "", "aaaaaaa", "aaaaaaa");
    matches("x*?y|x", "", "xxz", "x");
}

#[test]
fn rounds_that_match_nothing_end_a_loop() {
    matches("(?:a*)*b", "", "aab", "aab");
    matches("(?:|a)*b", "", "aab", "aab");
    matches("(a*)+", "", "b", ",");
    matches("(?:a?)*?b", "", "aab", "aab");
    matches("(?:a?){3}b", "", "ab", "ab");
    matches("(?:a?){2,5}(.)", "", "aab", "aab,b");
    matches("(\\1a|b)*", "", "ba", "ba,a");
    matches("(?:(?=a))*a", "", "a", "a");
    matches("(a?)*?$", "", "aa", "aa,a");
    matches("(?:(a*)){2}", "", "aa", "aa,");
}

#[test]
fn alternatives_are_tried_in_order() {
    matches("a|ab", "", "ab", "a");
    matches("((a)|(ab))((c)|(bc))", "", "abc", "abc,a,a,-,bc,-,bc");
    matches("|a", "", "a", "");
    matches("(?:foo|bar|baz)+", "", "xbarbazfoo", "barbazfoo");
    matches("ab|ac|ad", "", "xad", "ad");
    matches("(?:a|b|\u{20ac}|\u{20ad})c", "", "\u{20ad}c", "\u{20ad}c");
}

#[test]
fn the_search_finds_the_first_place() {
    let text = units("xx foo bar 2024-05-06 \u{e9}nd");
    assert_eq!(found_at("foo", "", &text, 0), Some((3, 6)));
    assert_eq!(found_at("FOO", "i", &text, 0), Some((3, 6)));
    assert_eq!(found_at("foo", "", &text, 4), None);
    assert_eq!(found_at(r"\d{4}-\d\d", "", &text, 0), Some((11, 18)));
    assert_eq!(found_at(r"\d{1,4}-\d", "", &text, 13), Some((13, 17)));
    assert_eq!(found_at("\u{e9}n", "", &text, 0), Some((22, 24)));
    assert_eq!(found_at("[^a-z ]+", "", &text, 0), Some((11, 21)));
    assert_eq!(found_at("o?b", "", &text, 0), Some((7, 8)));
    assert_eq!(found_at("r", "", &text, 10), None);
    assert_eq!(found_at("", "", &text, 25), Some((25, 25)));
    let wide = units("a\u{20ac}\u{20ac}b foo");
    assert_eq!(found_at("\u{20ac}b", "", &wide, 0), Some((2, 4)));
    assert_eq!(found_at("fo{2}", "", &wide, 0), Some((5, 8)));
    assert_eq!(found_at("[x\u{20ac}]b", "", &wide, 0), Some((2, 4)));
}
