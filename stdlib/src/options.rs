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
    /// Variables that `process.env` has besides those of the environment.
    pub env: Vec<(String, String)>,
    /// `--import`, each.
    pub import: Vec<String>,
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

/// Memory in which a program can start at all.
const LEAST_HEAP: usize = 16 << 20;

impl NodeOptions {
    /// Bytes that objects, strings and buffers may take: what `--max-old-space-size` (or `--max-heap-size`) says in MiB, else
    /// three quarters of the machine's or the container's memory, so that a program which takes ever more gets a
    /// `RangeError` before the system kills it. Source: <https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib>.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let flags = ["max-old-space-size", "max_old_space_size", "max-heap-size"];
        let given = flags.iter().find_map(|name| {
            let mib: usize = self.flags.get(*name)?.parse().ok()?;
            (mib > 0).then(|| mib.saturating_mul(1 << 20).max(LEAST_HEAP))
        });
        given.unwrap_or_else(|| share_of(crate::os::facts::memory_limit_bytes()))
    }
}

/// The share of a machine's memory that a program may take; no limit where the machine doesn't say what it has.
fn share_of(bytes: u64) -> usize {
    match usize::try_from(bytes / 4 * 3) {
        Ok(0) | Err(_) => usize::MAX,
        Ok(bytes) => bytes.max(LEAST_HEAP),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heap_bytes(flags: &[(&str, &str)]) -> usize {
        let flags = flags
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        NodeOptions {
            flags: flags.collect(),
            ..NodeOptions::default()
        }
        .heap_bytes()
    }

    #[test]
    fn the_heap_limit_is_what_the_flag_says_in_mebibytes() {
        assert_eq!(heap_bytes(&[("max-old-space-size", "64")]), 64 << 20);
        assert_eq!(heap_bytes(&[("max_old_space_size", "1")]), LEAST_HEAP);
        assert_eq!(heap_bytes(&[("max-heap-size", "100")]), 100 << 20);
        for nonsense in ["0", "-1", "x", ""] {
            let without = heap_bytes(&[]);
            assert_eq!(heap_bytes(&[("max-old-space-size", nonsense)]), without);
        }
    }

    #[test]
    fn a_machine_that_does_not_say_sets_no_limit() {
        assert_eq!(share_of(0), usize::MAX);
        assert_eq!(share_of(4 << 30), 3 << 30);
        assert_eq!(share_of(1), usize::MAX);
    }
}
