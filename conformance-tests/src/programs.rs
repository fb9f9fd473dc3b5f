//! Our own cases: whole programs and what they must print.
//!
//! `programs/<area>/<case>.js` (or `.mjs`, `.cjs`) is run with its folder as the working directory. Beside it stand:
//! `<case>.out`, what it must write to stdout, to the letter; `<case>.code`, its exit code where that is not 0;
//! `<case>.err`, lines that must each occur in stderr; `<case>.args`, arguments, one a line, `{file}` for the case
//! itself (without that line the file comes first). The outputs are those of real Node; a case whose expectation follows
//! the documentation of a newer Node than the recording one says so in its first comment.
//! `UPDATE_EXPECT=1` writes what the program under test gave: read the diff before committing it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::{child, pool};

/// A case may take this long before it counts as hanging.
const LIMIT: Duration = Duration::from_secs(60);

/// How a run went.
#[derive(Debug, Default)]
pub struct Report {
    /// How many cases passed.
    pub passed: usize,
    /// Each failed case with what differs.
    pub failed: Vec<String>,
}

/// Every case below a folder, sorted.
pub fn find(root: &Path) -> Vec<PathBuf> {
    let mut cases = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                let is_data = path
                    .file_name()
                    .is_some_and(|n| n == "fixtures" || n == "node_modules");
                if !is_data {
                    folders.push(path);
                }
            } else if is_case(&path) {
                cases.push(path);
            }
        }
    }
    cases.sort();
    cases
}

fn is_case(path: &Path) -> bool {
    matches!(
        path.extension().and_then(|e| e.to_str()),
        Some("js" | "mjs" | "cjs")
    ) && path.with_extension("out").exists()
}

/// Runs every case with the program `bin` on `n_threads` threads.
pub fn run_all(bin: &Path, cases: &[PathBuf], n_threads: usize) -> Report {
    let results = pool::map(cases, n_threads, |case| run_case(bin, case));
    let mut report = Report::default();
    for (case, result) in cases.iter().zip(results) {
        match result.unwrap_or_else(|| Err("the runner failed".to_owned())) {
            Ok(()) => report.passed += 1,
            Err(difference) => report
                .failed
                .push(format!("{}\n{difference}", case.display())),
        }
    }
    report
}

/// Runs one case and says what differs.
///
/// # Errors
/// The difference, for people.
pub fn run_case(bin: &Path, case: &Path) -> Result<(), String> {
    let folder = case.parent().unwrap_or(Path::new("."));
    let beside = |extension: &str| fs::read_to_string(case.with_extension(extension)).ok();
    let mut command = Command::new(bin);
    command
        .current_dir(folder)
        .args(arguments(case, beside("args")));
    for (name, _) in std::env::vars() {
        if name.starts_with("NODE_") || matches!(name.as_str(), "FORCE_COLOR" | "NO_COLOR") {
            command.env_remove(name);
        }
    }
    command.env("TZ", "UTC");
    let outcome =
        child::run(&mut command, LIMIT).map_err(|error| format!("  can't be run: {error}"))?;
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return fs::write(case.with_extension("out"), &outcome.stdout)
            .map_err(|error| error.to_string());
    }
    if outcome.timed_out {
        return Err(format!(
            "  still running after {LIMIT:?}; stdout so far:\n{}",
            outcome.stdout
        ));
    }
    let expected = beside("out").unwrap_or_default();
    let code: i32 = beside("code")
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0);
    let mut differences = Vec::new();
    if outcome.stdout != expected {
        differences.push(difference(&expected, &outcome.stdout));
    }
    if outcome.code != Some(code) {
        differences.push(format!("  exit code {:?}, expected {code}", outcome.code));
    }
    for line in beside("err")
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.is_empty())
    {
        if !outcome.stderr.contains(line) {
            differences.push(format!("  stderr lacks: {line}"));
        }
    }
    if differences.is_empty() {
        return Ok(());
    }
    let stderr: String = outcome
        .stderr
        .lines()
        .take(12)
        .map(|line| format!("  | {line}\n"))
        .collect();
    Err(format!("{}\n  stderr:\n{stderr}", differences.join("\n")))
}

fn arguments(case: &Path, lines: Option<String>) -> Vec<String> {
    let file = case
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let Some(lines) = lines else {
        return vec![file];
    };
    if lines.contains("{file}") {
        return lines
            .lines()
            .map(|line| line.replace("{file}", &file))
            .collect();
    }
    std::iter::once(file)
        .chain(lines.lines().map(str::to_owned))
        .collect()
}

/// The first line that differs, with both sides.
fn difference(expected: &str, actual: &str) -> String {
    let mut expected_lines = expected.split('\n');
    let mut actual_lines = actual.split('\n');
    for number in 1.. {
        match (expected_lines.next(), actual_lines.next()) {
            (None, None) => break,
            (want, got) if want == got => {}
            (want, got) => {
                let show = |line: Option<&str>| {
                    line.map_or("(end of output)".to_owned(), |l| format!("{l:?}"))
                };
                return format!(
                    "  stdout line {number}\n    expected {}\n    got      {}",
                    show(want),
                    show(got)
                );
            }
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_first_line_that_differs() {
        let text = difference("a\nb\n", "a\nc\n");
        assert!(
            text.contains("line 2") && text.contains("\"b\"") && text.contains("\"c\""),
            "{text}"
        );
        assert!(difference("a\nb", "a").contains("(end of output)"));
    }

    #[test]
    fn arguments_may_name_the_file() {
        let case = Path::new("x/case.js");
        assert_eq!(arguments(case, None), ["case.js"]);
        assert_eq!(
            arguments(case, Some("one\ntwo".into())),
            ["case.js", "one", "two"]
        );
        assert_eq!(
            arguments(case, Some("--check\n{file}".into())),
            ["--check", "case.js"]
        );
    }
}
