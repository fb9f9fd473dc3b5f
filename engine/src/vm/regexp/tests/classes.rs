//! Classes, escapes for classes, and the set notation of `v`.

use super::{fails, matches, misses};

#[test]
fn plain_classes() {
    matches("[a-cx]+", "", "zabcxd", "abcx");
    matches("[^a-c]+", "", "abxyc", "xy");
    matches("[]a]|b", "", "b]", "b");
    matches("[^]", "", "\n", "\n");
    matches(r"[\]\-^]+", "", "a]-^", "]-^");
    matches("[a-]+", "", "b-a", "-a");
    matches(r"[\b]", "", "\u{8}", "\u{8}");
    misses("[]", "", "a");
}

#[test]
fn class_escapes() {
    matches(
        r"\d+\D\s\S\w+\W",
        "",
        "12a\u{feff}bc_9-",
        "12a\u{feff}bc_9-",
    );
    matches(r"[\s\d]+", "", "a 1\u{a0}2\u{2003}b", " 1\u{a0}2\u{2003}");
    matches(r"[^\w\s]", "", "a .", ".");
    misses(r"\s", "", "\u{180e}\u{200b}");
    misses(r"\d", "", "\u{661}");
}

#[test]
fn dot() {
    misses(".", "", "\n\r\u{2028}\u{2029}");
    matches(".+", "s", "a\nb", "a\nb");
    matches(".", "", "\u{85}", "\u{85}");
}

#[test]
fn case_is_ignored_by_upper_case_without_u() {
    matches("[a-c]+", "i", "xAbC", "AbC");
    matches("[^x]", "i", "Xy", "y");
    matches(
        "\u{3c3}+",
        "i",
        "\u{3a3}\u{3c2}\u{3c3}",
        "\u{3a3}\u{3c2}\u{3c3}",
    );
    misses("k", "i", "\u{212a}");
    misses("\u{df}", "i", "\u{1e9e}");
    matches("[\u{e0}-\u{e2}]", "i", "\u{c1}", "\u{c1}");
    matches("[Z-a]+", "i", "zA_", "zA_");
    matches(r"\w", "i", "\u{17f}s", "s");
    matches("\u{b5}", "i", "\u{39c}", "\u{39c}");
}

#[test]
fn case_is_folded_with_u() {
    matches("k", "iu", "\u{212a}", "\u{212a}");
    matches("\u{df}", "iu", "\u{1e9e}", "\u{1e9e}");
    matches(r"\w", "iu", "\u{17f}", "\u{17f}");
    misses(r"\W", "iu", "\u{17f}\u{212a}sS");
    matches(r"[^x]", "iu", "Xy", "y");
    matches(r"\P{Lu}", "iu", "A", "A");
    misses(r"[^\P{Lu}]", "iu", "Aa");
    misses("\u{131}", "iu", "iI\u{130}");
    matches("\u{10400}", "iu", "\u{10428}", "\u{10428}");
}

#[test]
fn set_operations() {
    matches(r"[\w--\d]+", "v", "12ab3", "ab");
    matches(r"[\w&&\d]+", "v", "ab12c", "12");
    matches(r"[[a-z]--[aeiou]]+", "v", "aebcd", "bcd");
    matches(r"[[a-f]&&[d-z]&&[^e]]+", "v", "abcdefg", "d");
    matches(r"[^[a-c]d]", "v", "abcde", "e");
    matches(r"[\&\-\!a]+", "v", "x&-!a", "&-!a");
    matches(r"[a-c[x-z]\d]+", "v", "qaz1", "az1");
    matches("[]|x", "v", "x", "x");
}

#[test]
fn strings_in_sets() {
    matches(r"[\q{abc|ab|x}y]", "v", "abc", "abc");
    matches(r"[\q{abc|ab|x}y]c", "v", "abc", "abc");
    matches(r"^[\q{|a}b]$", "v", "", "");
    matches(r"[\q{ab|cd}--\q{cd}]+", "v", "cdab", "ab");
    matches(r"[\q{ab|cd}&&[\q{cd|ef}x]]", "v", "abcd", "cd");
    matches(r"[\q{AB}]", "iv", "ab", "ab");
    matches(r"(?<=[\q{ab|b}])c", "v", "abc", "c");
    matches(r"[^\q{a|b}]", "v", "abc", "c");
    fails(
        r"[^\q{ab}]",
        "v",
        "Negated character class may contain strings",
    );
    matches(r"[^[\q{ab}]&&a]", "v", "ab", "a");
}

#[test]
fn sets_are_folded_before_they_are_combined() {
    misses(r"[^\P{Lu}]", "iv", "1");
    matches(r"[\p{Lu}&&\p{Ll}]", "iv", "a", "a");
    misses(r"[a--A]", "iv", "aA");
    misses(r"[^a]", "iv", "A");
    matches(r"[^b&&B]", "iv", "Ba", "a");
    misses(r"\P{Lu}", "iv", "aA");
}

#[test]
fn set_syntax_errors() {
    fails("[(]", "v", "Invalid character in character class");
    fails("[a-]", "v", "Invalid character in character class");
    fails("[a&&b--c]", "v", "Invalid set operation in character class");
    fails("[a-z&&b]", "v", "Invalid set operation in character class");
    fails("[a&&&b]", "v", "Invalid character in character class");
    fails("[a!!b]", "v", "Invalid set operation in character class");
    fails(r"[a-\d]", "v", "Invalid character class");
    fails("[[a]", "v", "Unterminated character class");
}
