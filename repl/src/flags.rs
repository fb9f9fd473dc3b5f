//! The table of command-line flags: names, values, help. Everything about a flag but its effect is here.
//!
//! Names and meanings are Node's (<https://nodejs.org/docs/latest-v24.x/api/cli.html>). A flag whose `help` is empty is
//! accepted and has no effect here: it tunes an engine that this program does not have, or switches on what always is.

/// What follows a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing: the flag is on or, as `--no-flag`, off.
    Nothing,
    /// A value, as `--flag=value` or `--flag value`.
    Value,
    /// A value that may be left out (`--flag` alone means `true`).
    Optional,
}

/// One flag.
#[derive(Debug)]
pub struct Flag {
    /// The long name without dashes.
    pub name: &'static str,
    /// The one-letter name, where there is one.
    pub short: Option<char>,
    /// What follows.
    pub takes: Takes,
    /// A line for `--help`; empty for flags that have no effect.
    pub help: &'static str,
}

const fn flag(name: &'static str, short: Option<char>, takes: Takes, help: &'static str) -> Flag {
    Flag {
        name,
        short,
        takes,
        help,
    }
}

use Takes::{Nothing, Optional, Value};

/// Every flag, in the order of `--help`.
pub static FLAGS: &[Flag] = &[
    flag(
        "check",
        Some('c'),
        Nothing,
        "check the syntax of the script and do not run it",
    ),
    flag(
        "conditions",
        Some('C'),
        Value,
        "add a condition for `exports` and `imports` of package.json",
    ),
    flag(
        "cpu-prof",
        None,
        Nothing,
        "write a CPU profile when the program ends",
    ),
    flag("cpu-prof-dir", None, Value, "the profile's folder"),
    flag(
        "cpu-prof-interval",
        None,
        Value,
        "microseconds between two samples",
    ),
    flag("cpu-prof-name", None, Value, "the profile's file name"),
    flag(
        "disable-proto",
        None,
        Value,
        "remove (`delete`) or refuse (`throw`) Object.prototype.__proto__",
    ),
    flag(
        "disallow-code-generation-from-strings",
        None,
        Nothing,
        "have eval and new Function throw an EvalError",
    ),
    flag(
        "disable-warning",
        None,
        Value,
        "do not print warnings of this code or type",
    ),
    flag(
        "dns-result-order",
        None,
        Value,
        "order of addresses: ipv4first, ipv6first or verbatim",
    ),
    flag("enable-source-maps", None, Nothing, ""),
    flag(
        "env-file",
        None,
        Value,
        "set environment variables from a file",
    ),
    flag(
        "env-file-if-exists",
        None,
        Value,
        "the same, where the file is there",
    ),
    flag("eval", Some('e'), Value, "run the argument as a script"),
    flag("expose-gc", None, Nothing, "give programs a global gc()"),
    flag("expose_gc", None, Nothing, ""),
    flag("heap-prof", None, Nothing, ""),
    flag("heap-prof-dir", None, Value, ""),
    flag("heap-prof-interval", None, Value, ""),
    flag("heap-prof-name", None, Value, ""),
    flag("heapsnapshot-near-heap-limit", None, Value, ""),
    flag(
        "heapsnapshot-signal",
        None,
        Value,
        "write a snapshot of the heap at this signal",
    ),
    flag(
        "experimental-vm-modules",
        None,
        Nothing,
        "give `vm` its classes of modules",
    ),
    flag("help", Some('h'), Nothing, "print this page"),
    flag("import", None, Value, "import a module before the program"),
    flag(
        "input-type",
        None,
        Value,
        "`commonjs` or `module` for --eval, --print and stdin",
    ),
    flag(
        "insecure-http-parser",
        None,
        Nothing,
        "accept malformed HTTP",
    ),
    flag(
        "interactive",
        Some('i'),
        Nothing,
        "open the REPL even if stdin is not a terminal",
    ),
    flag(
        "max-http-header-size",
        None,
        Value,
        "largest HTTP head in bytes",
    ),
    flag(
        "deprecation",
        None,
        Nothing,
        "print deprecation warnings (--no-deprecation: do not)",
    ),
    flag(
        "pending-deprecation",
        None,
        Nothing,
        "print pending deprecation warnings",
    ),
    flag(
        "preserve-symlinks",
        None,
        Nothing,
        "keep symbolic links when resolving modules",
    ),
    flag(
        "preserve-symlinks-main",
        None,
        Nothing,
        "the same for the main program",
    ),
    flag(
        "print",
        Some('p'),
        Optional,
        "evaluate the argument and print the result",
    ),
    flag(
        "print-bytecode",
        None,
        Nothing,
        "list the bytecode of the script and do not run it",
    ),
    flag("redirect-warnings", None, Value, "write warnings to a file"),
    flag(
        "require",
        Some('r'),
        Value,
        "require a module before the program",
    ),
    flag(
        "stack-trace-limit",
        None,
        Value,
        "how many frames a stack trace has",
    ),
    flag("throw-deprecation", None, Nothing, "throw on deprecations"),
    flag("title", None, Value, "the title of the process"),
    flag(
        "trace-deprecation",
        None,
        Nothing,
        "print stacks with deprecation warnings",
    ),
    flag(
        "trace-uncaught",
        None,
        Nothing,
        "print where an uncaught value was thrown",
    ),
    flag(
        "trace-warnings",
        None,
        Nothing,
        "print stacks with warnings",
    ),
    flag("trace-exit", None, Nothing, ""),
    flag("trace-sigint", None, Nothing, ""),
    flag(
        "unhandled-rejections",
        None,
        Value,
        "strict, warn, none, throw or warn-with-error-codes",
    ),
    flag("version", Some('v'), Nothing, "print the version"),
    flag(
        "warnings",
        None,
        Nothing,
        "print warnings (--no-warnings: do not)",
    ),
    flag("abort-on-uncaught-exception", None, Nothing, ""),
    flag("addons", None, Nothing, ""),
    flag("allow-natives-syntax", None, Nothing, ""),
    flag("allow_natives_syntax", None, Nothing, ""),
    flag("async-context-frame", None, Nothing, ""),
    flag("diagnostic-dir", None, Value, ""),
    flag("entry-url", None, Nothing, ""),
    flag("force-context-aware", None, Nothing, ""),
    flag(
        "force-node-api-uncaught-exceptions-policy",
        None,
        Nothing,
        "",
    ),
    flag("frozen-intrinsics", None, Nothing, ""),
    flag("global-search-paths", None, Nothing, ""),
    flag("icu-data-dir", None, Value, ""),
    flag("gc-interval", None, Value, ""),
    flag("huge-max-old-generation-size", None, Nothing, ""),
    flag("initial-heap-size", None, Value, ""),
    flag("initial-old-space-size", None, Value, ""),
    flag("interpreted-frames-native-stack", None, Nothing, ""),
    flag("jitless", None, Nothing, ""),
    flag("lazy", None, Nothing, ""),
    flag("lite-mode", None, Nothing, ""),
    flag("maglev", None, Nothing, ""),
    flag("max-lazy", None, Nothing, ""),
    flag("min-semi-space-size", None, Value, ""),
    flag("optimize-for-size", None, Nothing, ""),
    flag("predictable", None, Nothing, ""),
    flag("predictable-gc-schedule", None, Nothing, ""),
    flag("random-seed", None, Value, ""),
    flag("single-threaded", None, Nothing, ""),
    flag("sparkplug", None, Nothing, ""),
    flag("stress-compaction", None, Nothing, ""),
    flag("stress-opt", None, Nothing, ""),
    flag("track-heap-objects", None, Nothing, ""),
    flag("js-source-phase-imports", None, Nothing, ""),
    flag("max-heap-size", None, Value, ""),
    flag("max-old-space-size", None, Value, ""),
    flag("max-semi-space-size", None, Value, ""),
    flag("max_old_space_size", None, Value, ""),
    flag("network-family-autoselection", None, Nothing, ""),
    flag(
        "network-family-autoselection-attempt-timeout",
        None,
        Value,
        "",
    ),
    flag("node-memory-debug", None, Nothing, ""),
    flag("report-on-signal", None, Nothing, ""),
    flag("report-uncaught-exception", None, Nothing, ""),
    flag("secure-heap", None, Value, ""),
    flag("secure-heap-min", None, Value, ""),
    flag("stack-size", None, Value, ""),
    flag("stack_size", None, Value, ""),
    flag("tls-cipher-list", None, Value, ""),
    flag("tls-max-v1.2", None, Nothing, ""),
    flag("tls-max-v1.3", None, Nothing, ""),
    flag("tls-min-v1.0", None, Nothing, ""),
    flag("tls-min-v1.1", None, Nothing, ""),
    flag("tls-min-v1.2", None, Nothing, ""),
    flag("tls-min-v1.3", None, Nothing, ""),
    flag("use-bundled-ca", None, Nothing, ""),
    flag("use-openssl-ca", None, Nothing, ""),
    flag("use-system-ca", None, Nothing, ""),
    flag("v8-pool-size", None, Value, ""),
    flag("verify-base-objects", None, Nothing, ""),
    flag("zero-fill-buffers", None, Nothing, ""),
];

/// The flag of a long name, without its dashes and without `no-`.
pub fn by_name(name: &str) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| flag.name == name)
}

/// The flag of a one-letter name.
pub fn by_letter(letter: char) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| flag.short == Some(letter))
}

/// Whether an unknown name is one of the families that are accepted without effect.
pub fn is_accepted_family(name: &str) -> bool {
    [
        "experimental-",
        "harmony",
        "no-experimental-",
        "no-harmony",
        "trace-event",
        "perf-",
        "no-opt",
        "turbo",
    ]
    .iter()
    .any(|family| name.starts_with(family))
}

/// The text of `--help`.
pub fn help() -> String {
    let mut text = String::from(
        "Usage: ouro [options] [ script.js ] [arguments]\n       ouro [options] -e code [arguments]\n\nOptions:\n",
    );
    for flag in FLAGS.iter().filter(|flag| !flag.help.is_empty()) {
        let short = flag.short.map(|c| format!("-{c}, ")).unwrap_or_default();
        let value = match flag.takes {
            Takes::Nothing => "",
            Takes::Value => "=...",
            Takes::Optional => " [...]",
        };
        let name = format!("{short}--{}{value}", flag.name);
        text.push_str(&format!("  {name:<34} {}\n", flag.help));
    }
    text.push_str("\nEnvironment variables:\n");
    for (name, meaning) in [
        (
            "NODE_OPTIONS",
            "flags in front of those of the command line",
        ),
        (
            "NODE_PATH",
            "folders to look for modules in, ':' between them",
        ),
        ("NODE_NO_WARNINGS", "set to 1 to print no warnings"),
        ("NO_COLOR, FORCE_COLOR", "whether output is coloured"),
        ("NODE_REPL_HISTORY", "file of the REPL's history"),
        (
            "UV_THREADPOOL_SIZE",
            "threads for blocking work, 4 unless set",
        ),
    ] {
        text.push_str(&format!("  {name:<34} {meaning}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        for (at, flag) in FLAGS.iter().enumerate() {
            assert!(
                !FLAGS[..at].iter().any(|f| f.name == flag.name),
                "{}",
                flag.name
            );
            assert!(
                !flag.name.starts_with("no-"),
                "{}: negation is general",
                flag.name
            );
        }
    }

    #[test]
    fn help_lists_what_has_an_effect() {
        assert!(help().contains("--input-type=..."));
        assert!(!help().contains("--jitless"));
    }
}
