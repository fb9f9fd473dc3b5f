//! Reading one token of a source again, to name it in a message.

use crate::keywords::KEYWORDS;

/// What sort of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    End,
    Number,
    String,
    Template,
    Identifier,
    Keyword,
    Punctuator,
    Illegal,
}

const PUNCTUATORS: &[&str] = &[
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
    "<<", ">>", "**",
];

/// The token at or after `at`, past blanks and comments: its sort, its text, where it starts.
pub(super) fn token_at(text: &str, at: usize) -> (Token, &str, usize) {
    let start = skip_blanks(text, at.min(text.len()));
    let rest = &text[start..];
    let Some(first) = rest.chars().next() else {
        return (Token::End, "", start);
    };
    if first == '#' && rest[1..].starts_with(is_start) {
        let length = 1 + word_length(&rest[1..]);
        return (Token::Identifier, &rest[..length], start);
    }
    if is_start(first) {
        let word = &rest[..word_length(rest)];
        let token = if KEYWORDS.contains(&word) {
            Token::Keyword
        } else {
            Token::Identifier
        };
        return (token, word, start);
    }
    let second = rest[first.len_utf8()..].chars().next();
    if first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
        return (Token::Number, &rest[..1], start);
    }
    match first {
        '"' | '\'' => {
            let closed = rest[1..].contains(first);
            let token = if closed {
                Token::String
            } else {
                Token::Illegal
            };
            (token, &rest[..1], start)
        }
        '`' => (Token::Template, "`", start),
        '@' | '#' | '\\' => (Token::Illegal, &rest[..1], start),
        _ if !first.is_ascii() => (Token::Illegal, &rest[..first.len_utf8()], start),
        _ => {
            let long = PUNCTUATORS
                .iter()
                .find(|punctuator| rest.starts_with(**punctuator));
            let length = long.map_or(1, |punctuator| punctuator.len());
            (Token::Punctuator, &rest[..length], start)
        }
    }
}

fn is_start(c: char) -> bool {
    c == '$' || c == '_' || unicode_id_start::is_id_start(c)
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| {
        !(c == '$' || c == '\u{200c}' || c == '\u{200d}' || unicode_id_start::is_id_continue(c))
    })
    .unwrap_or(text.len())
}

fn skip_blanks(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    loop {
        let rest = &text[at..];
        let blank = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                .len();
        let rest = &rest[blank..];
        let comment = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(0, |end| end + 2)
        } else {
            0
        };
        at += blank + comment;
        if comment == 0 {
            return at;
        }
    }
}

/// Where the token before the one at `at` starts, roughly: a word, a number, a string or one character.
pub(super) fn previous_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text).trim_end();
    let Some(last) = before.chars().next_back() else {
        return 0;
    };
    let end = before.len() - last.len_utf8();
    if matches!(last, '"' | '\'' | '`') {
        return before[..end].rfind(last).unwrap_or(end);
    }
    if last == '_' || last == '$' || last.is_alphanumeric() {
        return before
            .rfind(|c: char| {
                !(c == '_' || c == '$' || c == '.' && last.is_ascii_digit() || c.is_alphanumeric())
            })
            .map_or(0, |at| {
                at + before[at..].chars().next().map_or(1, char::len_utf8)
            });
    }
    end
}

/// Where the number that is broken at `at` starts.
pub(super) fn number_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before
        .rfind(|c: char| !(c == '_' || c == '.' || c.is_ascii_alphanumeric()))
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        })
}
