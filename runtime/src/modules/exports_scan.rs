//! The export names of CommonJS text, guessed without running it, so that `import { name } from './file.cjs'` links.
//!
//! Node documents the patterns that are seen
//! (<https://nodejs.org/docs/latest-v24.x/api/esm.html#commonjs-namespaces>): assignments to `exports.x`,
//! `module.exports.x` and `module.exports = { … }`, `Object.defineProperty(exports, 'x', …)`, re-exports by
//! `module.exports = require('x')`, and what TypeScript, Babel and esbuild emit. The text is cut into tokens once;
//! every pattern is a look at a few neighbours. A wrong guess costs a name, never correctness: the names that are
//! missing are still on the default export.

/// What a scan found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ExportsScan {
    /// Export names in order of appearance, without repeats.
    pub names: Vec<String>,
    /// Specifiers whose exports are passed on.
    pub reexports: Vec<String>,
}

/// Stands in a text for half a surrogate pair, which no export name may hold; itself it is no character.
const LONE_SURROGATE: char = '\u{ffff}';

impl ExportsScan {
    fn add(&mut self, name: &str) {
        if name.contains(LONE_SURROGATE) {
            return;
        }
        if !self.names.iter().any(|n| n == name) {
            self.names.push(name.to_owned());
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Text(String),
    Punct(u8),
    Spread,
    Other,
}

/// Scans the text of a CommonJS module.
pub fn scan_exports(source: &str) -> ExportsScan {
    let tokens = tokenize(source);
    let mut scan = ExportsScan::default();
    for at in 0..tokens.len() {
        let rest = &tokens[at..];
        match rest.first() {
            Some(Token::Word("exports")) => scan_exports_object(&tokens, at, &mut scan),
            Some(Token::Word("Object")) => scan_define_property(rest, &mut scan),
            Some(Token::Word("__exportStar" | "__export" | "__reExport")) => {
                scan_export_star(rest, &mut scan)
            }
            Some(Token::Word("forEach")) => scan_babel_reexport(&tokens, at, &mut scan),
            _ => {}
        }
    }
    scan
}

/// `exports.x =`, `exports['x'] =`, and after `module.` also `exports = …`.
fn scan_exports_object(tokens: &[Token<'_>], at: usize, scan: &mut ExportsScan) {
    let before = |n: usize| at.checked_sub(n).and_then(|i| tokens.get(i));
    let member = before(1) == Some(&Token::Punct(b'.'));
    let of_module = member && before(2) == Some(&Token::Word("module"));
    if member && !of_module {
        return;
    }
    match &tokens[at + 1..] {
        [
            Token::Punct(b'.'),
            Token::Word(name),
            Token::Punct(b'='),
            ..,
        ] => scan.add(name),
        [
            Token::Punct(b'['),
            Token::Text(name),
            Token::Punct(b']'),
            Token::Punct(b'='),
            ..,
        ] => scan.add(name),
        [Token::Punct(b'='), rest @ ..] if of_module => scan_module_exports(rest, scan),
        _ => {}
    }
}

/// The right side of `module.exports =`.
fn scan_module_exports(rest: &[Token<'_>], scan: &mut ExportsScan) {
    scan.reexports.clear();
    match rest {
        [
            Token::Word("require"),
            Token::Punct(b'('),
            Token::Text(specifier),
            Token::Punct(b')'),
            ..,
        ] => {
            scan.reexports.push(specifier.clone());
        }
        [Token::Punct(b'{'), inside @ ..] => scan_object_literal(inside, scan),
        _ => {}
    }
}

/// The members of an object literal up to the first value that is not plain.
fn scan_object_literal(mut rest: &[Token<'_>], scan: &mut ExportsScan) {
    loop {
        rest = match rest {
            [
                Token::Spread,
                Token::Word("require"),
                Token::Punct(b'('),
                Token::Text(s),
                Token::Punct(b')'),
                more @ ..,
            ] => {
                scan.reexports.push(s.clone());
                more
            }
            [
                Token::Word("get" | "set" | "async"),
                Token::Word(name),
                Token::Punct(b'('),
                ..,
            ] => {
                scan.add(name);
                return;
            }
            [Token::Word(name), Token::Punct(b':'), more @ ..] => {
                scan.add(name);
                skip_value(more)
            }
            [Token::Text(name), Token::Punct(b':'), more @ ..] => {
                scan.add(name);
                skip_value(more)
            }
            [Token::Word(name), more @ ..] => {
                scan.add(name);
                more
            }
            _ => return,
        };
        match rest {
            [Token::Punct(b','), more @ ..] => rest = more,
            _ => return,
        }
    }
}

/// Past one value, to the comma or brace that ends it.
fn skip_value<'t, 'a>(rest: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut depth = 0usize;
    for (at, token) in rest.iter().enumerate() {
        match token {
            Token::Punct(b'(' | b'[' | b'{') => depth += 1,
            Token::Punct(b')' | b']' | b'}') if depth == 0 => return &rest[at..],
            Token::Punct(b')' | b']' | b'}') => depth -= 1,
            Token::Punct(b',') if depth == 0 => return &rest[at..],
            _ => {}
        }
    }
    &[]
}

/// `Object.defineProperty(exports, 'x', { enumerable: true, get …` or `{ value: …`.
fn scan_define_property(rest: &[Token<'_>], scan: &mut ExportsScan) {
    let [
        Token::Word("Object"),
        Token::Punct(b'.'),
        Token::Word("defineProperty"),
        Token::Punct(b'('),
        rest @ ..,
    ] = rest
    else {
        return;
    };
    let rest = match rest {
        [
            Token::Word("module"),
            Token::Punct(b'.'),
            Token::Word("exports"),
            rest @ ..,
        ] => rest,
        [Token::Word("exports"), rest @ ..] => rest,
        _ => return,
    };
    if let [
        Token::Punct(b','),
        Token::Text(name),
        Token::Punct(b','),
        Token::Punct(b'{'),
        Token::Word(kind),
        ..,
    ] = rest
        && matches!(*kind, "enumerable" | "value" | "get")
    {
        scan.add(name);
    }
}

/// `__exportStar(require('x'), exports)`.
fn scan_export_star(rest: &[Token<'_>], scan: &mut ExportsScan) {
    if let [
        _,
        Token::Punct(b'('),
        Token::Word("require"),
        Token::Punct(b'('),
        Token::Text(specifier),
        ..,
    ] = rest
    {
        scan.reexports.push(specifier.clone());
    }
}

/// `Object.keys(_x).forEach(function (key) { … exports[key] = _x[key] … })`, where `_x` came from a `require`.
fn scan_babel_reexport(tokens: &[Token<'_>], at: usize, scan: &mut ExportsScan) {
    let head = at.checked_sub(8).map(|start| &tokens[start..at]);
    let Some(
        [
            ..,
            Token::Word("Object"),
            Token::Punct(b'.'),
            Token::Word("keys"),
            Token::Punct(b'('),
            Token::Word(name),
            Token::Punct(b')'),
            Token::Punct(b'.'),
        ],
    ) = head
    else {
        return;
    };
    let body = &tokens[at..tokens.len().min(at + 80)];
    let writes_exports = body
        .windows(2)
        .any(|w| matches!(w, [Token::Word("exports"), Token::Punct(b'[' | b',')]));
    if !writes_exports {
        return;
    }
    let assigned = tokens
        .windows(2)
        .position(|w| w[0] == Token::Word(name) && w[1] == Token::Punct(b'='));
    let Some(start) = assigned else { return };
    for window in tokens[start..tokens.len().min(start + 8)].windows(3) {
        if let [
            Token::Word("require"),
            Token::Punct(b'('),
            Token::Text(specifier),
        ] = window
        {
            scan.reexports.push(specifier.clone());
            return;
        }
    }
}

fn tokenize(source: &str) -> Vec<Token<'_>> {
    let bytes = source.as_bytes();
    let mut tokens = Vec::new();
    let mut at = if source.starts_with("#!") {
        line_end(bytes, 0)
    } else {
        0
    };
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'/' if next == Some(b'/') => at = line_end(bytes, at),
            b'/' if next == Some(b'*') => {
                at = find(bytes, at + 2, b"*/").map_or(bytes.len(), |end| end + 2)
            }
            b'/' if regex_may_start(tokens.last()) => {
                at = regex_end(bytes, at + 1);
                tokens.push(Token::Other);
            }
            b'\'' | b'"' => {
                let (text, end) = string(bytes, at + 1, byte);
                tokens.push(Token::Text(text));
                at = end;
            }
            b'`' => {
                at = template_end(bytes, at + 1);
                tokens.push(Token::Other);
            }
            b'.' if source[at..].starts_with("...") => {
                tokens.push(Token::Spread);
                at += 3;
            }
            b'=' if matches!(next, Some(b'=' | b'>')) => {
                tokens.push(Token::Other);
                at += 2 + usize::from(bytes.get(at + 2) == Some(&b'='));
            }
            _ if is_word(byte) => {
                let end = bytes[at..]
                    .iter()
                    .position(|b| !is_word(*b))
                    .map_or(bytes.len(), |n| at + n);
                tokens.push(source.get(at..end).map_or(Token::Other, Token::Word));
                at = end;
            }
            _ => {
                tokens.push(Token::Punct(byte));
                at += 1;
            }
        }
    }
    tokens
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|b| *b == b'\n')
        .map_or(bytes.len(), |n| at + n)
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let tail = bytes.get(from..)?;
    tail.windows(what.len())
        .position(|w| w == what)
        .map(|n| from + n)
}

/// Whether a slash behind this token begins a regular expression rather than a division.
fn regex_may_start(last: Option<&Token<'_>>) -> bool {
    match last {
        None => true,
        Some(Token::Punct(p)) => !matches!(p, b')' | b']' | b'}'),
        Some(Token::Word(word)) => {
            matches!(
                *word,
                "return"
                    | "typeof"
                    | "case"
                    | "in"
                    | "of"
                    | "delete"
                    | "void"
                    | "throw"
                    | "new"
                    | "else"
                    | "do"
                    | "instanceof"
                    | "yield"
                    | "await"
            )
        }
        Some(Token::Text(_)) => false,
        Some(Token::Spread | Token::Other) => true,
    }
}

fn regex_end(bytes: &[u8], mut at: usize) -> usize {
    let mut in_class = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return at + 1,
            b'\n' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn string(bytes: &[u8], mut at: usize, quote: u8) -> (String, usize) {
    let mut out = Vec::new();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            _ if byte == quote => return (String::from_utf8_lossy(&out).into_owned(), at + 1),
            b'\n' => break,
            b'\\' => {
                at += 1;
                match bytes.get(at) {
                    Some(b'n') => out.push(b'\n'),
                    Some(b't') => out.push(b'\t'),
                    Some(b'u' | b'x') => {
                        let (character, end) = escaped_character(bytes, at);
                        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                        at = end;
                        continue;
                    }
                    Some(&other) => out.push(other),
                    None => break,
                }
            }
            _ => out.push(byte),
        }
        at += 1;
    }
    (String::from_utf8_lossy(&out).into_owned(), at)
}

/// The character of `\xHH`, `\uHHHH`, `\u{H…}` or two of these that are a surrogate pair, and where it ends; `at` is the
/// letter's place.
fn escaped_character(bytes: &[u8], at: usize) -> (char, usize) {
    let (unit, end) = escaped_number(bytes, at);
    if let Some(character) = char::from_u32(unit) {
        return (character, end);
    }
    if (0xd800..0xdc00).contains(&unit) && bytes.get(end..end + 2) == Some(b"\\u") {
        let (low, end) = escaped_number(bytes, end + 1);
        if (0xdc00..0xe000).contains(&low) {
            let code_point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            return (char::from_u32(code_point).unwrap_or(LONE_SURROGATE), end);
        }
    }
    (LONE_SURROGATE, end)
}

/// The number of one escape, and where it ends.
fn escaped_number(bytes: &[u8], at: usize) -> (u32, usize) {
    let braced = bytes.get(at + 1) == Some(&b'{');
    let start = at + 1 + usize::from(braced);
    let most = match bytes.get(at) {
        Some(b'x') => 2,
        _ if braced => 6,
        _ => 4,
    };
    let digits = bytes.get(start..).unwrap_or_default();
    let (mut number, mut n_digits) = (0, 0);
    for digit in digits.iter().take(most) {
        let Some(value) = char::from(*digit).to_digit(16) else {
            break;
        };
        number = number * 16 + value;
        n_digits += 1;
    }
    let end = start + n_digits;
    let closed = braced && bytes.get(end) == Some(&b'}');
    (number, end + usize::from(closed))
}

/// The end of a template literal; substitutions are passed over by counting braces.
fn template_end(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0usize;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'`' if depth == 0 => return at + 1,
            b'$' if bytes.get(at + 1) == Some(&b'{') => {
                depth += 1;
                at += 1;
            }
            b'}' if depth > 0 => depth -= 1,
            b'{' if depth > 0 => depth += 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, names: &[&str], reexports: &[&str]) {
        let scan = scan_exports(source);
        assert_eq!(scan.names, names, "{source}");
        assert_eq!(scan.reexports, reexports, "{source}");
    }

    #[test]
    fn documented_patterns() {
        check(
            "exports.a = 1; module.exports.b = 2; exports['c d'] = 3; other.exports.x = 1",
            &["a", "b", "c d"],
            &[],
        );
        check(
            "module.exports = { a, b: f(1, { x: 2 }), 'c': 3, get d() { } , e }",
            &["a", "b", "c", "d"],
            &[],
        );
        check("module.exports = require('./x')", &[], &["./x"]);
        check(
            "module.exports = { ...require('./y'), z }",
            &["z"],
            &["./y"],
        );
        check(
            "Object.defineProperty(exports, '__esModule', { value: true })",
            &["__esModule"],
            &[],
        );
        check(
            "Object.defineProperty(exports, 'q', { enumerable: true, get: function () { return x.q } })",
            &["q"],
            &[],
        );
        check(
            "__exportStar(require('./t'), exports); tslib_1.__exportStar(require('u'), exports)",
            &[],
            &["./t", "u"],
        );
        check("0 && (module.exports = { one, two })", &["one", "two"], &[]);
        check(
            "if (exports.a == 1) {} // exports.no = 1\n/* exports.no = 2 */ 'exports.no = 3'; `exports.no = 4`",
            &[],
            &[],
        );
        check(
            "exports.r = /exports.no = 1/; exports.s = 4 / 2 / 1",
            &["r", "s"],
            &[],
        );
    }

    #[test]
    fn escapes_in_names() {
        check(
            r"exports['\u{1f310}'] = 1; exports['\u{D83C}\u{DF10}x'] = 2; exports['\ud83c\udf10y\x41'] = 3",
            &["🌐", "🌐x", "🌐yA"],
            &[],
        );
        check(
            r"exports['\u{D83C}'] = 1; exports['\ud83c\u0041'] = 2; exports['\u{'] = 3; exports['\u",
            &["\0"],
            &[],
        );
    }

    #[test]
    fn babel_star() {
        let source = "var _x = _interop(require('./x'));\nObject.keys(_x).forEach(function (key) { if (key === 'default') return; exports[key] = _x[key]; });";
        check(source, &[], &["./x"]);
    }

    #[test]
    fn broken_text_ends() {
        for source in [
            "exports.",
            "`${",
            "'",
            "/",
            "/*",
            "module.exports = {",
            "Object.defineProperty(exports,",
            "\\",
        ] {
            scan_exports(source);
        }
    }
}
