//! Where a source comes from, and what a module asks for. Backend-independent.

/// Where a source comes from: what stack traces and `import()` say.
#[derive(Clone, Debug, Default)]
pub struct ScriptOrigin {
    /// File name or URL.
    pub name: String,
    /// How many lines precede the source's first one in that file.
    pub line_offset: i32,
    /// How many columns precede the source on its first line.
    pub column_offset: i32,
}

impl ScriptOrigin {
    /// A source that starts at the beginning of `name`.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            line_offset: 0,
            column_offset: 0,
        }
    }
}

impl From<&str> for ScriptOrigin {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

/// An import request of a module: the specifier as written, and its attributes as key and value.
pub type ModuleRequest = (String, Vec<(String, String)>);
