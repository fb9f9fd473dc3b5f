//! Calls of a function that is named `async`, which Boa 0.22 takes for arrow functions.
//!
//! `async` is an ordinary name where no arrow or `function` follows; a widely used package calls one
//! (`async(callback)(null, result)`). Boa's parser refuses every form of it. When a source does not parse and has such a
//! call, it is parsed once more with the name in parentheses, which means the same and moves columns by two.
//! DEVIATION of the backend only: the facade's case `calls_of_async` shows it.

/// The source with `async` in parentheses wherever it is called; `None` where it never is.
pub(super) fn parenthesize(source: &str) -> Option<String> {
    if !source.contains("async") {
        return None;
    }
    let bytes = source.as_bytes();
    let mut calls = Vec::new();
    let mut at = 0;
    let mut previous = b';';
    while at < bytes.len() {
        let start = at;
        at = next_token(bytes, at, previous);
        let token = &bytes[start..at];
        if token == b"async" && previous != b'.' && is_call(bytes, at) {
            calls.push(start);
        }
        if let Some(last) = token
            .last()
            .filter(|b| !b.is_ascii_whitespace() && !token.starts_with(b"//"))
        {
            previous = *last;
        }
    }
    if calls.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(source.len() + 2 * calls.len());
    let mut copied = 0;
    for call in calls {
        out.push_str(&source[copied..call]);
        out.push_str("(async)");
        copied = call + 5;
    }
    out.push_str(&source[copied..]);
    Some(out)
}

/// Whether what stands at `at` is an argument list that no arrow follows.
fn is_call(bytes: &[u8], mut at: usize) -> bool {
    at = skip_blank(bytes, at);
    if bytes.get(at) != Some(&b'(') {
        return false;
    }
    let mut depth = 0usize;
    let mut previous = b';';
    while at < bytes.len() {
        let start = at;
        at = next_token(bytes, at, previous);
        match bytes[start] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return !bytes[skip_blank(bytes, at)..].starts_with(b"=>");
        }
        if let Some(last) = bytes[start..at].last().filter(|b| !b.is_ascii_whitespace()) {
            previous = *last;
        }
    }
    false
}

fn skip_blank(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The end of the token at `at`: a word, a string, a template, a comment, a regular expression, or one byte.
fn next_token(bytes: &[u8], at: usize, previous: u8) -> usize {
    let rest = &bytes[at..];
    let until = |what: &[u8]| {
        rest.windows(what.len())
            .skip(2)
            .position(|w| w == what)
            .map_or(bytes.len(), |n| at + n + 2 + what.len())
    };
    match rest.first() {
        Some(quote @ (b'"' | b'\'' | b'`')) => quoted(bytes, at + 1, *quote),
        Some(b'/') if rest.starts_with(b"//") => rest
            .iter()
            .position(|b| *b == b'\n')
            .map_or(bytes.len(), |n| at + n),
        Some(b'/') if rest.starts_with(b"/*") => until(b"*/"),
        Some(b'/')
            if !is_word(previous)
                && !matches!(previous, b')' | b']' | b'}' | b'"' | b'\'' | b'`') =>
        {
            quoted(bytes, at + 1, b'/')
        }
        Some(byte) if is_word(*byte) => rest
            .iter()
            .position(|b| !is_word(*b))
            .map_or(bytes.len(), |n| at + n),
        _ => at + 1,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

/// Behind the closing quote; a line's end closes all but a template.
fn quoted(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    let mut in_class = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'[' if quote == b'/' => in_class = true,
            b']' if quote == b'/' => in_class = false,
            b'\n' if quote != b'`' => return at,
            _ if byte == quote && !in_class => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_change() {
        for (source, expected) in [
            ("async(a)(b)", Some("(async)(a)(b)")),
            ("x = async (a, '(').b", Some("x = (async) (a, '(').b")),
            ("async(a) => b", None),
            ("async (a, b = f(1))\n => b", None),
            ("o.async(a)", None),
            ("'async(a)'; /async(a)/; // async(a)", None),
            ("async function f() {}", None),
            ("myasync(a)", None),
            ("async(", None),
            ("é async(ü)", Some("é (async)(ü)")),
        ] {
            assert_eq!(parenthesize(source).as_deref(), expected, "{source}");
        }
    }
}
