//! Why a source was refused.

/// Which error the refusal becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompileErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `RangeError`: nested too deep, or more registers or functions than the format holds.
    Range,
    /// None: the program shall stop.
    Stopped,
}

/// A refused source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// Which error it becomes.
    pub kind: CompileErrorKind,
    /// Its message, in V8's words.
    pub message: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in UTF-16 code units, counted from 1.
    pub column: u32,
    /// Byte offset into the source.
    pub offset: u32,
}

impl CompileError {
    /// A syntax error at a byte offset of `text`.
    pub(in crate::vm) fn syntax(message: impl Into<String>, text: &str, offset: u32) -> Self {
        let (line, column) = line_and_column(text, offset);
        Self {
            kind: CompileErrorKind::Syntax,
            message: message.into(),
            line,
            column,
            offset,
        }
    }

    /// The source needs more of something than there can be.
    pub(in crate::vm) fn range(message: &str) -> Self {
        Self {
            kind: CompileErrorKind::Range,
            message: message.to_owned(),
            line: 1,
            column: 1,
            offset: 0,
        }
    }

    /// Nobody wants the result any more.
    pub(in crate::vm) fn stopped() -> Self {
        Self {
            kind: CompileErrorKind::Stopped,
            ..Self::range("the program was stopped")
        }
    }

    /// Nested too deep.
    pub(in crate::vm) fn too_deep() -> Self {
        Self::range("Maximum call stack size exceeded")
    }
}

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self.kind {
            CompileErrorKind::Syntax => "SyntaxError",
            CompileErrorKind::Range => "RangeError",
            CompileErrorKind::Stopped => "stopped",
        };
        write!(
            f,
            "{name}: {} ({}:{})",
            self.message, self.line, self.column
        )
    }
}

impl std::error::Error for CompileError {}

/// Line and UTF-16 column, both from 1, of a byte offset.
pub(in crate::vm) fn line_and_column(text: &str, offset: u32) -> (u32, u32) {
    let mut end = (offset as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let mut line = 1;
    let mut start = 0;
    let mut rest = before.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let ends = match c {
            '\n' | '\u{2028}' | '\u{2029}' => true,
            '\r' => rest.peek().is_none_or(|&(_, next)| next != '\n'),
            _ => false,
        };
        if ends {
            line += 1;
            start = at + c.len_utf8();
        }
    }
    let column = before[start..].encode_utf16().count() as u32 + 1;
    (line, column)
}
