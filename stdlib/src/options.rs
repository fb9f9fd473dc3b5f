//! What a program was started with, as far as the library must know it.

/// How `--input-type` wants text without a file name to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputType {
    /// CommonJS.
    CommonJs,
    /// An ECMAScript module.
    Module,
}

/// What to do about a rejected promise that nobody handles (`--unhandled-rejections`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnhandledRejections {
    /// Raise it as an uncaught exception unless an `unhandledRejection` listener takes it.
    #[default]
    Throw,
    /// Raise it as an uncaught exception first.
    Strict,
    /// Print a warning.
    Warn,
    /// Print a warning and end with code 1.
    WarnWithErrorCodes,
    /// Nothing.
    None,
}

impl UnhandledRejections {
    /// The mode of a name as the command line has it.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "throw" => Self::Throw,
            "strict" => Self::Strict,
            "warn" => Self::Warn,
            "warn-with-error-codes" => Self::WarnWithErrorCodes,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// The name as the command line has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Throw => "throw",
            Self::Strict => "strict",
            Self::Warn => "warn",
            Self::WarnWithErrorCodes => "warn-with-error-codes",
            Self::None => "none",
        }
    }
}

/// What a program was started with.
#[derive(Clone, Debug, Default)]
pub struct NodeOptions {
    /// `process.argv`.
    pub argv: Vec<String>,
    /// `process.execArgv`.
    pub exec_argv: Vec<String>,
    /// `process.execPath`.
    pub exec_path: String,
    /// `process.argv0`.
    pub argv0: String,
    /// `process.title`.
    pub title: String,
    /// Flags that are visible on `process`, such as `noDeprecation`.
    pub process_flags: Vec<(String, bool)>,
    /// The text of `--eval`.
    pub eval: Option<String>,
    /// `--unhandled-rejections`.
    pub unhandled_rejections: UnhandledRejections,
    /// Whether warnings are printed.
    pub warnings: bool,
    /// `--disable-warning`, each.
    pub disabled_warnings: Vec<String>,
    /// `--trace-uncaught`.
    pub trace_uncaught: bool,
    /// `--conditions`, each.
    pub conditions: Vec<String>,
    /// `--preserve-symlinks`.
    pub preserve_symlinks: bool,
    /// `--preserve-symlinks-main`.
    pub preserve_symlinks_main: bool,
    /// `--require`, each.
    pub require: Vec<String>,
    /// `--input-type`.
    pub input_type: Option<InputType>,
    /// `--stack-trace-limit`.
    pub stack_trace_limit: Option<u32>,
    /// `--expose-gc`.
    pub expose_gc: bool,
    /// Whether `process.exit()` ends the operating system's process (the binary) or only this runtime (a host).
    pub exit_process: bool,
    /// Every flag by name with its last value, for modules that have flags of their own.
    pub flags: std::collections::BTreeMap<String, String>,
}
