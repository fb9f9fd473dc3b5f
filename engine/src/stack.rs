//! Stack traces as data and as the text that V8 writes. Backend-independent.
//!
//! The text is what Node programs parse; its form is documented at <https://v8.dev/docs/stack-trace-api>.

use std::fmt;

/// One call in a stack trace, innermost first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackFrame {
    /// The function's name; `None` for top-level code and anonymous functions.
    pub function: Option<String>,
    /// File name or URL that the code was compiled under; empty for code made at run time.
    pub file: String,
    /// Line, from 1; 0 when unknown.
    pub line: u32,
    /// Column in UTF-16 code units, from 1; 0 when unknown.
    pub column: u32,
}

/// Where a syntax error is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLocation {
    /// File name or URL that the code was compiled under.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// As V8 writes a call site, without `at`.
impl fmt::Display for StackFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = if self.file.is_empty() {
            "<anonymous>"
        } else {
            &self.file
        };
        match &self.function {
            Some(function) => write!(f, "{function} ({file}:{}:{})", self.line, self.column),
            None => write!(f, "{file}:{}:{}", self.line, self.column),
        }
    }
}

/// The `stack` text: the header, then at most `limit` frames, a line each.
#[cfg(any(feature = "boa", test))]
pub(crate) fn format_stack(header: &str, frames: &[StackFrame], limit: usize) -> String {
    use fmt::Write;
    let mut text = String::with_capacity(header.len() + 64 * frames.len().min(limit));
    text.push_str(header);
    for frame in frames.iter().take(limit) {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "\n    at {frame}");
    }
    text
}

/// `Error.prototype.toString` of a name and a message.
#[cfg(any(feature = "boa", test))]
pub(crate) fn header(name: &str, message: &str) -> String {
    match (name, message) {
        (name, "") => name.to_owned(),
        ("", message) => message.to_owned(),
        (name, message) => format!("{name}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_v8s() {
        let frame = |function: Option<&str>, line| StackFrame {
            function: function.map(str::to_owned),
            file: "/a/b.js".into(),
            line,
            column: 9,
        };
        let frames = [frame(Some("f"), 1), frame(None, 2), frame(Some("g"), 3)];
        let text = format_stack(&header("TypeError", "no"), &frames, 2);
        assert_eq!(
            text,
            "TypeError: no\n    at f (/a/b.js:1:9)\n    at /a/b.js:2:9"
        );
        assert_eq!(header("E", ""), "E");
        assert_eq!(header("", "m"), "m");
    }
}
