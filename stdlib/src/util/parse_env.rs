//! `.env` files: `NAME=value` lines, as `util.parseEnv()` and `--env-file` read them.
//!
//! A value in quotes (single, double or backticks) may span lines and keeps its spaces; `\n` in double quotes is a line
//! end. Without quotes the value ends at the line's end or at `#`, and is trimmed. A quote that is never closed is an
//! ordinary character. Source: <https://nodejs.org/docs/latest-v24.x/api/environment_variables.html#env-files>.

/// The names and values of a `.env` text, in order; a name may come more than once, the last one counts.
pub fn parse_env(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rest = text.as_str();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return pairs;
        }
        let (line, after) = split_at_char(rest, '\n');
        if line.starts_with('#') {
            rest = after;
            continue;
        }
        let Some((name, _)) = line.split_once('=') else {
            rest = after;
            continue;
        };
        let (_, behind) = split_at_char(rest, '=');
        let name = name.strip_prefix("export ").unwrap_or(name).trim();
        let (value, next) = read_value(behind);
        if !name.is_empty() {
            pairs.push((name.to_owned(), value));
        }
        rest = next;
    }
}

/// What stands before and behind the first `mark`; all of it and nothing when there is none.
fn split_at_char(text: &str, mark: char) -> (&str, &str) {
    text.split_once(mark).unwrap_or((text, ""))
}

/// The value that begins at `text`, and what follows its line.
fn read_value(text: &str) -> (String, &str) {
    let trimmed = text.trim_start_matches([' ', '\t']);
    for quote in ['"', '\'', '`'] {
        let Some(inside) = trimmed.strip_prefix(quote) else {
            continue;
        };
        if let Some((value, after)) = inside.split_once(quote) {
            let value = if quote == '"' {
                value.replace("\\n", "\n")
            } else {
                value.to_owned()
            };
            return (value, split_at_char(after, '\n').1);
        }
        // Never closed: the quote is all there is on the line, or part of plain text.
    }
    let (line, after) = split_at_char(trimmed, '\n');
    let (value, _) = split_at_char(line, '#');
    (value.trim().to_owned(), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let pairs = parse_env(text);
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn plain_values_are_trimmed_and_end_at_a_comment() {
        check(
            "A=1\n B = two words # no\n",
            &[("A", "1"), ("B", "two words")],
        );
    }

    #[test]
    fn quotes_keep_spaces_comments_and_lines() {
        check(
            "A='  x # y  ' # c\nB=\"l1\nl2\\nl3\"\nC=`a\"'b`",
            &[("A", "  x # y  "), ("B", "l1\nl2\nl3"), ("C", "a\"'b")],
        );
    }

    #[test]
    fn an_open_quote_is_a_character() {
        check("A=\"\nB=2\nno pair", &[("A", "\""), ("B", "2")]);
    }

    #[test]
    fn export_is_ignored_and_empty_values_stay() {
        check(
            "export A = x\nB=\n#C=1\nD=",
            &[("A", "x"), ("B", ""), ("D", "")],
        );
    }
}
