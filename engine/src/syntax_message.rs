//! Parser messages in V8's words, and the position that they name. Backend-independent.
//!
//! Node programs and tests look at these texts. What has no match keeps the parser's own words.

use crate::keywords::KEYWORDS;

/// Splits ` at line L, col C` off a parser's message.
pub(crate) fn split_position(message: &str) -> (&str, Option<(u32, u32)>) {
    let Some((text, place)) = message.rsplit_once(" at line ") else {
        return (message, None);
    };
    let mut numbers = place
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let position = numbers.next().zip(numbers.next());
    let position =
        position.and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    if position.is_some() {
        (text, position)
    } else {
        (message, None)
    }
}

/// The message as V8 would word it.
pub(crate) fn as_v8(message: &str) -> String {
    if message.contains("abrupt end") {
        return "Unexpected end of input".to_owned();
    }
    if message.contains("unterminated string literal") {
        return "Invalid or unexpected token".to_owned();
    }
    if message.contains("unterminated template") {
        return "Unterminated template literal".to_owned();
    }
    let token = if let Some((_, rest)) = message.split_once(", got '") {
        // The expectation comes first and the found token last, in quotes, then ` in <where>`.
        rest.rsplit_once('\'').map(|(token, _)| token)
    } else if let Some(rest) = message.strip_prefix("unexpected token '") {
        rest.split_once("',")
            .map(|(token, _)| token)
            .or_else(|| rest.strip_suffix('\''))
    } else {
        None
    };
    token.map_or_else(|| capitalised(message), unexpected)
}

/// What V8 says of a token that it did not expect.
fn unexpected(token: &str) -> String {
    let first = token.chars().next().unwrap_or(' ');
    let keyword = KEYWORDS.contains(&token) || token == "enum";
    if first.is_ascii_digit() {
        "Unexpected number".to_owned()
    } else if first == '"' || first == '\'' {
        "Unexpected string".to_owned()
    } else if !keyword && (first.is_alphabetic() || first == '_' || first == '$') {
        format!("Unexpected identifier '{token}'")
    } else {
        format!("Unexpected token '{token}'")
    }
}

fn capitalised(message: &str) -> String {
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages() {
        let cases = [
            (
                "unexpected token ';', primary expression",
                "Unexpected token ';'",
            ),
            (
                "expected token ')', got 'foo' in arguments",
                "Unexpected identifier 'foo'",
            ),
            ("expected token ';', got '5' in x", "Unexpected number"),
            ("abrupt end", "Unexpected end of input"),
            ("redeclaration of x", "Redeclaration of x"),
        ];
        for (message, expected) in cases {
            assert_eq!(as_v8(message), expected);
        }
    }

    #[test]
    fn positions() {
        assert_eq!(
            split_position("bad at line 3, col 14"),
            ("bad", Some((3, 14)))
        );
        assert_eq!(
            split_position("bad at line three"),
            ("bad at line three", None)
        );
        assert_eq!(split_position("bad"), ("bad", None));
    }
}
