//! Annex B: what patterns without `u` and `v` forgive.

use super::{fails, matches, misses};

#[test]
fn octal_escapes() {
    matches(r"\101", "", "A", "A");
    matches(r"\60\7", "", "0\u{7}", "0\u{7}");
    matches(r"\400", "", " 0", " 0");
    matches(r"\8", "", "8", "8");
    matches(r"(a)\2", "", "a\u{2}", "a\u{2},a");
    matches(r"[\101-\103]+", "", "xABCD", "ABC");
    fails(r"\101", "u", "Invalid escape");
    fails(r"\01", "u", "Invalid decimal escape");
}

#[test]
fn control_escapes() {
    matches(r"\cJ", "", "\n", "\n");
    matches(r"\c", "", r"\c", r"\c");
    matches(r"\c!", "", r"\c!", r"\c!");
    matches(r"[\c_]", "", "\u{1f}", "\u{1f}");
    matches(r"[\c1]", "", "\u{11}", "\u{11}");
    matches(r"[\c!]+", "", r"c\!", r"c\!");
    fails(r"\c1", "u", "Invalid Unicode escape");
}

#[test]
fn lone_brackets_and_braces() {
    matches("]", "", "]", "]");
    matches("a{", "", "a{", "a{");
    matches("a{,2}", "", "a{,2}", "a{,2}");
    matches("x{1", "", "x{1", "x{1");
    matches("}", "", "}", "}");
    fails("]", "u", "Lone quantifier brackets");
    fails("a{,2}", "u", "Incomplete quantifier");
}

#[test]
fn identity_escapes() {
    matches(r"\a\-\k\u\xg", "", "a-kuxg", "a-kuxg");
    matches(r"\u{2}", "", "uu", "uu");
    matches(r"\p{2}", "", "pp", "pp");
    fails(r"\a", "u", "Invalid escape");
    matches(r"\/\^", "u", "/^", "/^");
}

#[test]
fn lookaheads_can_be_quantified() {
    matches("(?=(a))*b", "", "b", "b,-");
    matches("(?=(a)){1}a", "", "a", "a,a");
    matches("(?!x)?y", "", "y", "y");
    fails("(?=a)*", "u", "Invalid quantifier");
    fails("(?<=a)*", "", "Invalid quantifier");
}

#[test]
fn classes_beside_dashes() {
    matches(r"[\d-a]+", "", "b1-a", "1-a");
    matches(r"[a-\d]+", "", "b1-a", "1-a");
    misses(r"[\d-z]", "", "y");
    fails(r"[\d-a]", "u", "Invalid character class");
}

#[test]
fn k_is_a_letter_without_named_groups() {
    matches(r"\k<a>", "", "k<a>", "k<a>");
    fails(r"\k<a>(?<b>)", "", "Invalid named capture referenced");
    fails(r"\k(?<b>)", "", "Invalid named reference");
}
