//! Groups, names, backreferences and modifiers.

use super::{compile, fails, matches, misses, units};

#[test]
fn groups_are_numbered_by_their_brackets() {
    matches("((a)(b))(?:c)(d)", "", "abcd", "abcd,ab,a,b,d");
    matches("(a)|(b)", "", "b", "b,-,b");
    matches("(?:(a)b|ac)", "", "ac", "ac,-");
    matches("z(a)?", "", "z", "z,-");
    assert_eq!(compile("(a)(?:b)(?<c>c)", "").capture_count(), 3);
}

#[test]
fn loops_forget_the_groups_of_earlier_rounds() {
    matches(
        "(z)((a+)?(b+)?(c))*",
        "",
        "zaacbbbcac",
        "zaacbbbcac,z,ac,a,-,c",
    );
    matches("(?:(a)|b)*", "", "ab", "ab,-");
    matches("(?:(a)|(b)){2}", "", "ab", "ab,-,b");
    matches("(a*)*", "", "b", ",-");
    matches("(?:(a)|(b)|(c))+", "", "abc", "abc,-,-,c");
}

#[test]
fn backreferences() {
    matches(r"(\w)\1", "", "hello", "ll,l");
    matches(r"(a)?\1b", "", "b", "b,-");
    matches(r"\1(a)", "", "a", "a,a");
    matches(r"(a\1)", "", "aa", "a,a");
    matches(r"(Ab)\1", "i", "abAB", "abAB,ab");
    matches("(\u{df})\\1", "i", "\u{df}\u{df}", "\u{df}\u{df},\u{df}");
    matches(
        "(\u{10400})\\1",
        "iu",
        "\u{10400}\u{10428}",
        "\u{10400}\u{10428},\u{10400}",
    );
    misses(r"^(ab)\1$", "", "abaB");
}

#[test]
fn named_groups() {
    matches(r"(?<y>\d{4})-(?<m>\d\d)", "", "2024-05", "2024-05,2024,05");
    matches(r"(?<q>['`]).*?\k<q>", "", "a`b'c`", "`b'c`,`");
    matches(r"\k<a>(?<a>x)", "", "x", "x,x");
    matches(r"(?<$𐒤>a)(?<\u{62}>b)\k<b>", "", "abb", "abb,a,b");
    let program = compile("(?<b>.)(?<a>.)", "");
    assert_eq!(
        program.group_names(),
        &[(units("b"), vec![1]), (units("a"), vec![2])]
    );
}

#[test]
fn duplicate_names_in_different_alternatives() {
    matches("(?<a>x)|(?<a>y)", "", "y", "y,-,y");
    matches(r"(?:(?<a>x)|(?<a>y))\k<a>", "", "xxyy", "xx,x,-");
    matches(r"(?:(?:(?<a>x)|(?<a>y))\k<a>){2}", "", "xxyy", "xxyy,-,y");
    matches(
        r"(?:(?:(?<a>x)|(?<a>y)|z)\k<a>){3}",
        "",
        "xxyyz",
        "xxyyz,-,-",
    );
    let program = compile("(?<a>x)|(?<a>y)", "");
    assert_eq!(program.group_names(), &[(units("a"), vec![1, 2])]);
    fails("(?<a>x)(?<a>y)", "", "Duplicate capture group name");
    fails("(?:(?<a>x)|y)(?<a>z)", "", "Duplicate capture group name");
    fails("(?<a>(?<a>x)|y)", "", "Duplicate capture group name");
}

#[test]
fn modifiers_change_flags_inside() {
    matches("a(?i:b)c", "", "aBc", "aBc");
    misses("a(?i:b)c", "", "aBC");
    matches("(?-i:a)b", "i", "aB", "aB");
    misses("(?-i:a)b", "i", "Ab");
    matches("(?s:.)(?-s:.)", "", "\nb", "\nb");
    matches("(?m:^)b", "", "a\nb", "b");
    matches("(?m-i:^a)B", "i", "x\nab", "ab");
    matches("(?i:(a))\\1", "", "AA", "AA,A");
    fails("(?ii:a)", "", "Repeated flag in flag group");
    fails("(?i-i:a)", "", "Repeated flag in flag group");
    fails("(?-:a)", "", "Invalid flag group");
    fails("(?g:a)", "", "Invalid group");
}
