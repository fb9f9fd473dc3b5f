//! Syntax errors in V8's words.
//!
//! The parser's message decides; where V8 names the token that it met, that token is read again from the source.

use oxc_diagnostics::OxcDiagnostic;

use super::super::compiler::CompileError;
use super::token::{Token, number_start, previous_start, token_at};

/// Where an error is: its first label, or the second name of a redeclaration.
pub(super) fn offset_of(error: &OxcDiagnostic) -> u32 {
    let labels = &error.labels;
    let second = error.message.ends_with("has already been declared");
    let label = if second {
        labels.last()
    } else {
        labels.first()
    };
    label.map_or(0, |label| label.offset())
}

/// The error as V8 would say it.
pub(super) fn translate(error: &OxcDiagnostic, text: &str) -> CompileError {
    let offset = offset_of(error) as usize;
    let (message, offset) = say(error, text, offset.min(text.len()));
    CompileError::syntax(message, text, offset as u32)
}

/// Messages that stay as they are but for the words: what the parser's begins with, and V8's.
const FIXED: &[(&str, &str)] = &[
    ("Unterminated string", "Invalid or unexpected token"),
    (
        "Unterminated multiline comment",
        "Invalid or unexpected token",
    ),
    (
        "Unterminated regular expression",
        "Invalid regular expression: missing /",
    ),
    ("Unexpected flag", "Invalid regular expression flags"),
    ("Flag ", "Invalid regular expression flags"),
    ("Invalid escape sequence", "Invalid or unexpected token"),
    (
        "Invalid Unicode escape sequence",
        "Invalid Unicode escape sequence",
    ),
    (
        "Bad escape sequence in untagged",
        "Invalid Unicode escape sequence",
    ),
    ("A 'return' statement", "Illegal return statement"),
    (
        "`await` is only allowed",
        "await is only valid in async functions and the top level bodies of modules",
    ),
    (
        "Invalid left-hand side in assignment",
        "Invalid left-hand side in assignment",
    ),
    (
        "Missing initializer in const",
        "Missing initializer in const declaration",
    ),
    (
        "Missing initializer in destr",
        "Missing initializer in destructuring declaration",
    ),
    (
        "for-in loop variable",
        "for-in loop variable declaration may not have an initializer.",
    ),
    (
        "Invalid assignment in object literal",
        "Invalid shorthand property initializer",
    ),
    (
        "A 'get' accessor must not",
        "Getter must not have any formal parameters.",
    ),
    (
        "A 'set' accessor must have",
        "Setter must have exactly one formal parameter.",
    ),
    ("'super' can only be", "'super' keyword unexpected here"),
    ("'new super()'", "'super' keyword unexpected here"),
    (
        "Private fields cannot be accessed on super",
        "Unexpected private field",
    ),
    (
        "Constructor can't have get/set",
        "Class constructor may not be an accessor",
    ),
    (
        "Constructor can't be an async",
        "Class constructor may not be an async method",
    ),
    (
        "Constructor can't be a gen",
        "Class constructor may not be a generator",
    ),
    (
        "Classes can't have an element named",
        "Classes may not have a field named 'constructor'",
    ),
    (
        "Classes can't have a field named",
        "Classes may not have a field named 'constructor'",
    ),
    (
        "Classes may not have a static",
        "Classes may not have a static property named 'prototype'",
    ),
    (
        "Unexpected import.meta",
        "Cannot use 'import.meta' outside a module",
    ),
    ("import() requires", "import() requires a specifier"),
    ("Cannot use new with dynamic", "Cannot use new with import"),
    (
        "Missing catch or finally",
        "Missing catch or finally after try",
    ),
    (
        "A 'default' clause cannot",
        "More than one default clause in switch statement",
    ),
    (
        "Async functions can only",
        "Async functions can only be declared at the top level or inside a block.",
    ),
    (
        "Generators can only",
        "Generators can only be declared at the top level or inside a block.",
    ),
    (
        "A rest parameter must be last",
        "Rest parameter must be last formal parameter",
    ),
    (
        "A rest parameter cannot have",
        "Rest parameter may not have a default initializer",
    ),
    ("Spread must be last", "Rest element must be last element"),
    (
        "A rest element must be last",
        "Rest element must be last element",
    ),
    (
        "A rest parameter or binding",
        "Rest element must be last element",
    ),
    (
        "Invalid rest element target in destructuring assignment",
        "`...` must be followed by an assignable reference in assignment contexts",
    ),
    (
        "Invalid rest element target in destructuring pattern",
        "`...` must be followed by an identifier in declaration contexts",
    ),
    (
        "Invalid optional chain from new",
        "Invalid optional chain from new expression",
    ),
    (
        "Optional chaining cannot appear",
        "Invalid optional chain from new expression",
    ),
    (
        "Tagged template expressions",
        "Invalid tagged template on optional chain",
    ),
    (
        "A unary expression with",
        "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence",
    ),
    (
        "The left-hand side of a `for...of` statement may not be",
        "The left-hand side of a for-of loop may not be 'async'.",
    ),
    (
        "The left-hand side of a `for...of` statement may not start",
        "The left-hand side of a for-of loop may not be 'let'.",
    ),
    (
        "Keywords cannot contain",
        "Keyword must not contain escaped characters",
    ),
    ("Line terminator not permitted", ""),
    ("Unexpected right-hand side of private-in", ""),
];

fn say(error: &OxcDiagnostic, text: &str, at: usize) -> (String, usize) {
    let message: &str = &error.message;
    if let Some((name, rest)) = message
        .strip_prefix("Identifier `")
        .and_then(|rest| rest.split_once('`'))
        && rest == " has already been declared"
    {
        let message = format!("Import attributes has a duplicate key '{name}'");
        return (message, at);
    }
    if message.starts_with("Cannot assign to this expression") {
        return (invalid_target(text, at).to_owned(), at);
    }
    if message.starts_with("Invalid characters after number")
        || message.starts_with("Invalid Character")
    {
        let start = number_start(text, at);
        return ("Invalid or unexpected token".to_owned(), start);
    }
    if message.starts_with("Expected function name") {
        return ("Function statements require a function name".to_owned(), at);
    }
    if message.starts_with("Empty parenthesized") {
        return unexpected(text, at + 1);
    }
    if let Some((_, words)) = FIXED
        .iter()
        .find(|(start, words)| message.starts_with(start) && !words.is_empty())
    {
        return ((*words).to_owned(), at);
    }
    if names_token(message) {
        return expected(error, text, at);
    }
    (message.replace('`', "'"), at)
}

/// Is the parser's complaint that it met another token than it wanted?
fn names_token(message: &str) -> bool {
    [
        "Unexpected token",
        "Unexpected end of file",
        "Expected",
        "Identifier expected",
        "Cannot use `",
        "Lexical declaration",
        "Invalid class declaration",
        "Declaration cannot appear",
        "Line terminator",
        "A 'yield'",
        "`for await`",
        "Unexpected private",
        "Logical expressions and",
    ]
    .iter()
    .any(|start| message.starts_with(start))
}

/// What V8 calls the token at `at`, past blanks and comments.
fn unexpected(text: &str, at: usize) -> (String, usize) {
    let (token, shown, start) = token_at(text, at);
    let message = match token {
        Token::End => "Unexpected end of input".to_owned(),
        Token::Number => "Unexpected number".to_owned(),
        Token::String => "Unexpected string".to_owned(),
        Token::Template => "Unexpected template string".to_owned(),
        Token::Identifier if shown == "enum" => "Unexpected reserved word".to_owned(),
        Token::Identifier => format!("Unexpected identifier '{shown}'"),
        Token::Keyword | Token::Punctuator => format!("Unexpected token '{shown}'"),
        Token::Illegal => "Invalid or unexpected token".to_owned(),
    };
    (message, start)
}

/// An unexpected token, or what V8 says is missing before it.
fn expected(error: &OxcDiagnostic, text: &str, at: usize) -> (String, usize) {
    let message: &str = &error.message;
    if message.starts_with("Cannot use `await` as an identifier") {
        return ("Unexpected reserved word".to_owned(), at);
    }
    if message.starts_with("`for await`") {
        return unexpected(text, at);
    }
    if message.starts_with("Unexpected token") && is_regexp_flags(text, at) {
        return ("Invalid regular expression flags".to_owned(), at);
    }
    if message.starts_with("Lexical declaration") && text[at..].starts_with("let") {
        let words = "Lexical declaration cannot appear in a single-statement context";
        return (words.to_owned(), at);
    }
    let closing = message.starts_with("Expected `)`") || message.starts_with("Expected `,` or `)`");
    let opening = error
        .labels
        .iter()
        .map(|label| label.offset() as usize)
        .find(|&opening| opening < at)
        .or_else(|| open_before(text, at));
    if closing
        && let Some(opening) = opening
        && opening < at
        && is_call(text, opening)
    {
        return (
            "missing ) after argument list".to_owned(),
            previous_start(text, at),
        );
    }
    if message.starts_with("Expected `}`") && in_template(text, at) {
        return (
            "Missing } in template expression".to_owned(),
            previous_start(text, at),
        );
    }
    unexpected(text, at)
}

/// Does the parenthesis at `opening` begin arguments?
fn is_call(text: &str, opening: usize) -> bool {
    let before = text[..opening].trim_end();
    let word_start = before
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
    let word = &before[word_start..];
    if word.is_empty() {
        return before.ends_with([')', ']', '`']);
    }
    let around = before[..word_start].trim_end();
    !matches!(
        word,
        "if" | "while"
            | "for"
            | "switch"
            | "with"
            | "catch"
            | "function"
            | "return"
            | "typeof"
            | "await"
            | "async"
    ) && !around.ends_with("function")
        && !around.ends_with('*')
        && !around.ends_with("new")
}

/// The parenthesis that is still open at `at`, going by brackets alone.
fn open_before(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (start, byte) in text.as_bytes().get(..at)?.iter().enumerate().rev() {
        match byte {
            b')' | b']' | b'}' => depth += 1,
            b'(' if depth == 0 => return Some(start),
            b'[' | b'{' if depth == 0 => return None,
            b'(' | b'[' | b'{' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Is the innermost open brace before `at` that of `${`?
fn in_template(text: &str, at: usize) -> bool {
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    for start in (0..at.min(bytes.len())).rev() {
        match bytes[start] {
            b'}' => depth += 1,
            b'{' if depth == 0 => return start > 0 && bytes[start - 1] == b'$',
            b'{' => depth -= 1,
            _ => {}
        }
    }
    false
}

fn is_regexp_flags(text: &str, at: usize) -> bool {
    text[..at].ends_with('/')
        && text[at..].starts_with(|c: char| c.is_ascii_alphabetic())
        && text[..at.saturating_sub(1)].contains('/')
}

/// Which kind of target is wrong: of an assignment, of `++`, of a loop.
fn invalid_target(text: &str, at: usize) -> &'static str {
    let before = text[..at].trim_end();
    if before.ends_with("++") || before.ends_with("--") {
        return "Invalid left-hand side expression in prefix operation";
    }
    if before.ends_with('(') && before[..before.len() - 1].trim_end().ends_with("for") {
        return "Invalid left-hand side in for-loop";
    }
    let (_, shown, start) = token_at(text, at);
    let (_, next, _) = token_at(text, start + shown.len());
    if next == "++" || next == "--" {
        return "Invalid left-hand side expression in postfix operation";
    }
    if before.ends_with(['[', ',', ':']) && !before.ends_with("++") {
        return "Invalid destructuring assignment target";
    }
    "Invalid left-hand side in assignment"
}
