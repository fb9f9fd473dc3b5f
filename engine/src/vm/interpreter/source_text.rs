//! Expressions as V8 prints them in messages, read from the source: members of a chain as they are, arguments as `(...)`,
//! whatever is no chain as `(intermediate value)`.

/// How much of a message such a text may take.
const MAX_TEXT: usize = 200;
/// How far brackets are looked for.
const MAX_SCAN: usize = 10_000;

/// May the byte be part of an identifier?
const fn ident(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#') || byte >= 0x80
}

/// The last byte before `at` that is no blank.
fn before_blanks(bytes: &[u8], at: usize) -> Option<usize> {
    bytes
        .get(..at)?
        .iter()
        .rposition(|byte| !byte.is_ascii_whitespace())
}

/// The first byte from `at` on that is no blank.
fn after_blanks(bytes: &[u8], at: usize) -> usize {
    bytes
        .iter()
        .skip(at)
        .position(|byte| !byte.is_ascii_whitespace())
        .map_or(bytes.len(), |skipped| at + skipped)
}

/// The bracket that the one at `at` closes.
fn opening(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for index in (at.saturating_sub(MAX_SCAN)..=at).rev() {
        match bytes[index] {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

/// The bracket that closes the one at `at`; strings are skipped roughly.
fn closing(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    for (index, &byte) in bytes.iter().enumerate().skip(at).take(MAX_SCAN) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

/// The bracket around byte `at`.
fn enclosing(bytes: &[u8], at: usize) -> Option<u8> {
    let mut depth = 0usize;
    for &byte in bytes.get(..at)?.iter().rev().take(MAX_SCAN) {
        match byte {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth == 0 => return Some(byte),
            b'(' | b'[' | b'{' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Is byte `at` the operand of a spread among the arguments of a call?
pub(super) fn is_spread_argument(source: &str, at: usize) -> bool {
    let bytes = source.as_bytes();
    before_blanks(bytes, at).is_some_and(|dot| bytes[dot] == b'.')
        && enclosing(bytes, at) == Some(b'(')
}

/// Where the chain begins whose last name (or computed key) is at `at`.
fn chain_start(bytes: &[u8], at: usize) -> usize {
    let mut start = at;
    loop {
        let object_end = match before_blanks(bytes, start) {
            Some(dot) if bytes[dot] == b'.' && dot > 0 && bytes[dot - 1] == b'?' => dot - 1,
            Some(dot) if bytes[dot] == b'.' && !(dot > 0 && bytes[dot - 1] == b'.') => dot,
            Some(open) if bytes[open] == b'[' && start == at && is_access(bytes, open) => open,
            _ => return start,
        };
        let Some(mut last) = before_blanks(bytes, object_end) else {
            return start;
        };
        loop {
            match bytes[last] {
                b')' | b']' | b'}' => match opening(bytes, last) {
                    Some(open) => {
                        start = open;
                        match before_blanks(bytes, open) {
                            Some(before)
                                if ident(bytes[before]) || matches!(bytes[before], b')' | b']') =>
                            {
                                last = before
                            }
                            _ => break,
                        }
                    }
                    None => return start,
                },
                byte @ (b'"' | b'\'' | b'`') => {
                    start = bytes
                        .get(..last)
                        .and_then(|text| text.iter().rposition(|&open| open == byte))
                        .unwrap_or(last);
                    break;
                }
                byte if ident(byte) => {
                    start = last;
                    while start > 0 && ident(bytes[start - 1]) {
                        start -= 1;
                    }
                    break;
                }
                _ => return last,
            }
        }
    }
}

/// Is the bracket at `open` that of a computed member?
fn is_access(bytes: &[u8], open: usize) -> bool {
    before_blanks(bytes, open)
        .is_some_and(|at| ident(bytes[at]) || matches!(bytes[at], b')' | b']' | b'"' | b'\''))
}

/// A text under way.
struct Scan<'s> {
    source: &'s str,
    at: usize,
    out: String,
    /// Does the text end with a call?
    called: bool,
}

impl<'s> Scan<'s> {
    fn new(source: &'s str, at: usize) -> Self {
        Self {
            source,
            at,
            out: String::new(),
            called: false,
        }
    }

    fn peek(&self) -> u8 {
        self.source.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn name(&mut self) {
        let start = self.at;
        while ident(self.peek()) {
            self.at += 1;
        }
        self.out
            .push_str(self.source.get(start..self.at).unwrap_or_default());
    }

    /// What a chain begins with.
    fn primary(&mut self) -> Option<()> {
        let bytes = self.source.as_bytes();
        match self.peek() {
            quote @ (b'"' | b'\'') => {
                let len = bytes
                    .get(self.at + 1..)?
                    .iter()
                    .position(|&byte| byte == quote)?;
                let text = self.source.get(self.at + 1..self.at + 1 + len)?;
                self.out.push_str(&format!("\"{text}\""));
                self.at += len + 2;
            }
            open @ (b'[' | b'{' | b'(') => {
                let end = closing(bytes, self.at)?;
                let is_empty = after_blanks(bytes, self.at + 1) == end;
                self.out.push_str(match (open, is_empty) {
                    (b'[', true) => "[]",
                    (b'{', true) => "{}",
                    _ if bytes.get(self.at..end)?.starts_with(b"(void 0") => "(void 0)",
                    _ => "(intermediate value)",
                });
                self.at = end + 1;
            }
            byte if ident(byte) => {
                if self.source.get(self.at..)?.starts_with("function")
                    || self.source.get(self.at..)?.starts_with("class")
                {
                    return None;
                }
                self.name();
            }
            _ => return None,
        }
        Some(())
    }

    /// What follows in the chain, up to byte `end` (the part that covers it included). With `calls`, calls too.
    fn members(&mut self, end: usize, calls: bool) -> Option<()> {
        let bytes = self.source.as_bytes();
        while self.out.len() < MAX_TEXT && self.at <= end {
            let at = after_blanks(bytes, self.at);
            match bytes.get(at).copied().unwrap_or(0) {
                b'.' => {
                    self.out.push('.');
                    self.at = after_blanks(bytes, at + 1);
                    self.name();
                    self.called = false;
                }
                b'?' if bytes.get(at + 1) == Some(&b'.') => {
                    self.out.push_str("?.");
                    self.at = at + 2;
                    self.name();
                }
                b'(' if calls => {
                    self.at = closing(bytes, at)? + 1;
                    self.out.push_str("(...)");
                    self.called = true;
                }
                b'[' => {
                    let close = closing(bytes, at)?;
                    self.key(self.source.get(at + 1..close)?);
                    self.at = close + 1;
                    self.called = false;
                }
                _ => return Some(()),
            }
        }
        Some(())
    }

    /// A computed key.
    fn key(&mut self, key: &str) {
        let key = key.trim();
        let quoted = key.trim_matches(['"', '\'']);
        if quoted != key && quoted.bytes().all(ident) {
            self.out.push('.');
            self.out.push_str(quoted);
        } else if !key.is_empty() && key.bytes().all(|byte| ident(byte) || byte == b'.') {
            self.out.push('[');
            self.out.push_str(key);
            self.out.push(']');
        } else {
            self.out.push_str("[...]");
        }
    }
}

/// Where the object pattern begins whose first property, or brace, is at byte `at`.
pub(super) fn pattern_start(source: &str, at: usize) -> usize {
    let bytes = source.as_bytes();
    match before_blanks(bytes, at) {
        Some(brace) if bytes.get(at) != Some(&b'{') && bytes[brace] == b'{' => brace,
        _ => at,
    }
}

/// The callee that ends before byte `at`: that of a call without a name before its parenthesis.
fn callee_before(source: &str, at: usize) -> Option<String> {
    let bytes = source.as_bytes();
    let last = before_blanks(bytes, at)?;
    match bytes[last] {
        b']' => callee(source, after_blanks(bytes, opening(bytes, last)? + 1)),
        b')' => {
            let open = opening(bytes, last)?;
            let before = before_blanks(bytes, open).map_or(0, |before| bytes[before]);
            if !ident(before) && !matches!(before, b')' | b']') {
                // A parenthesised callee.
                let mut scan = Scan::new(source, after_blanks(bytes, open + 1));
                let text = scan.primary().and_then(|()| scan.members(usize::MAX, true));
                let whole = text.is_some() && after_blanks(bytes, scan.at) == last;
                return Some(if whole {
                    scan.out
                } else {
                    "(intermediate value)".to_owned()
                });
            }
            let mut name = before_blanks(bytes, open)?;
            while name > 0 && ident(bytes[name - 1]) {
                name -= 1;
            }
            let mut scan = Scan::new(source, chain_start(bytes, name));
            scan.primary()?;
            scan.members(last, true)?;
            Some(scan.out)
        }
        byte if ident(byte) => {
            let mut name = last;
            while name > 0 && ident(bytes[name - 1]) {
                name -= 1;
            }
            callee(source, name)
        }
        _ => None,
    }
}

/// The callee of the call at byte `at` of the source: `at` is its last name, or where it or its `new` begins, or the
/// parenthesis or template after it.
pub(super) fn callee(source: &str, at: usize) -> Option<String> {
    let bytes = source.as_bytes();
    if matches!(bytes.get(at), Some(b'(' | b'`')) {
        return Some(
            callee_before(source, at).unwrap_or_else(|| "(intermediate value)".to_owned()),
        );
    }
    if let Some(rest) = source.get(at..)?.strip_prefix("new ") {
        let start = source.len() - rest.len();
        let mut scan = Scan::new(source, after_blanks(bytes, start));
        if scan.primary().is_none() {
            return Some("(intermediate value)".to_owned());
        }
        scan.members(usize::MAX, false)?;
        return Some(scan.out);
    }
    let start = chain_start(bytes, at);
    let mut scan = Scan::new(source, start);
    if source.get(start..)?.starts_with("new ") && start < at {
        // An instance's method: the instance has no name.
        let dot = before_blanks(bytes, at)?;
        scan.out.push_str("(intermediate value)");
        scan.at = if dot > 0 && bytes[dot - 1] == b'?' {
            dot - 1
        } else {
            dot
        };
    } else if scan.primary().is_none() {
        return Some("(intermediate value)".to_owned());
    }
    if scan.at <= at {
        scan.members(at, true)?;
    }
    Some(scan.out)
}

/// The expression that begins at byte `at`, and whether it ends with a call; `None` if it is no chain.
pub(super) fn expression(source: &str, at: usize) -> Option<(String, bool)> {
    let mut scan = Scan::new(source, at);
    scan.primary()?;
    scan.members(usize::MAX, true)?;
    if scan.called {
        scan.out.truncate(scan.out.len() - "(...)".len());
    }
    Some((scan.out, scan.called))
}

/// The initialiser of the pattern that begins at byte `at`: a name or chain of members.
pub(super) fn initialiser(source: &str, at: usize) -> Option<String> {
    let bytes = source.as_bytes();
    let equals = after_blanks(bytes, closing(bytes, at)? + 1);
    if bytes.get(equals) != Some(&b'=') {
        return None;
    }
    let (text, called) = expression(source, after_blanks(bytes, equals + 1))?;
    (!called && (text == "{}" || text.bytes().all(|byte| ident(byte) || byte == b'.')))
        .then_some(text)
}

/// The first property of the object pattern that begins at byte `at`, if it is a plain name.
pub(super) fn first_property(source: &str, at: usize) -> Option<&str> {
    let start = after_blanks(source.as_bytes(), at + 1);
    let len = source
        .as_bytes()
        .get(start..)?
        .iter()
        .position(|&byte| !ident(byte))?;
    source
        .get(start..start + len)
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{callee, expression, first_property, initialiser};

    fn text(source: &str, at: &str) -> String {
        callee(source, source.rfind(at).unwrap_or(0)).unwrap_or_default()
    }

    #[test]
    fn callees_print_as_v8_does() {
        assert_eq!(text("a.b()", "b()"), "a.b");
        assert_eq!(text("  foo(1, 2).bar(3);", "bar"), "foo(...).bar");
        assert_eq!(text("x[y](1)", "y]"), "x[y]");
        assert_eq!(text("f()", "f"), "f");
        assert_eq!(text("this.a.b.c()", "c()"), "this.a.b.c");
        assert_eq!(text("({}).x()", "x"), "(intermediate value).x");
        assert_eq!(text("'abc'.foo()", "foo"), "\"abc\".foo");
        assert_eq!(text("[].foo()", "foo"), "[].foo");
        assert_eq!(text("new Foo(1)", "new"), "Foo");
        assert_eq!(text("new o.x(1)", "new"), "o.x");
        assert_eq!(text("let r = a?.b()", "b"), "a?.b");
        assert_eq!(text("f(...x())", "x"), "x");
        assert_eq!(text("o['u']()", "()"), "o.u");
        assert_eq!(text("o [ k ] (1)", "(1"), "o[k]");
        assert_eq!(text("(o.u)()", "()"), "o.u");
        assert_eq!(text("f(1)(2)", "(2"), "f(...)");
        assert_eq!(text("a.b(1)(2)", "(2"), "a.b(...)");
        assert_eq!(text("u`a`", "`a"), "u");
    }

    #[test]
    fn expressions_and_patterns() {
        assert_eq!(expression("o.f(1);", 0), Some(("o.f".to_owned(), true)));
        assert_eq!(expression("a.b of", 0), Some(("a.b".to_owned(), false)));
        assert_eq!(initialiser("{a} = u;", 0).as_deref(), Some("u"));
        assert_eq!(initialiser("{a}) => 1", 0), None);
        assert_eq!(first_property("{ a, b }", 0), Some("a"));
        assert_eq!(first_property("{}", 0), None);
    }
}
