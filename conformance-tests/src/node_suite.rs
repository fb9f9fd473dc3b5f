//! Node's own test suite on `ouro`.
//!
//! The suite is the `test` folder of a Node source tree, outside this repository. A test is a program that ends with
//! code 0; one that prints `1..0 # Skipped` left its work out and does not count as passed. Flags that a test asks for
//! in its first lines (`// Flags: --x`) go before its name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::expectations::Verdict;
use crate::{child, pool};

/// What to run.
#[derive(Debug)]
pub struct Plan {
    /// The folder that holds `parallel/`.
    pub suite: PathBuf,
    /// The program under test.
    pub bin: PathBuf,
    /// Prefixes of test names behind `test-`, such as `fs`; empty for all.
    pub groups: Vec<String>,
    /// How many tests run at a time.
    pub n_threads: usize,
    /// How long a test may take.
    pub limit: Duration,
}

/// The tests of a plan, as paths below the suite, sorted; those that need Node's internals are left out.
pub fn find(plan: &Plan) -> Vec<String> {
    let mut tests = Vec::new();
    for folder in ["parallel", "sequential", "es-module"] {
        for entry in fs::read_dir(plan.suite.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with("test-") || !(name.ends_with(".js") || name.ends_with(".mjs")) {
                continue;
            }
            let stem = name
                .trim_start_matches("test-")
                .trim_end_matches(".mjs")
                .trim_end_matches(".js");
            let wanted = plan.groups.is_empty()
                || plan.groups.iter().any(|group| {
                    stem == group
                        || stem
                            .strip_prefix(group.as_str())
                            .is_some_and(|r| r.starts_with('-'))
                });
            if wanted
                && !flags(&entry.path())
                    .iter()
                    .any(|flag| flag == "--expose-internals")
            {
                tests.push(format!("{folder}/{name}"));
            }
        }
    }
    tests.sort();
    tests
}

/// Runs the tests and gives each one's verdict.
pub fn run(plan: &Plan, tests: &[String]) -> Vec<(String, Verdict)> {
    let indexed: Vec<(usize, &String)> = tests.iter().enumerate().collect();
    let results = pool::map(&indexed, plan.n_threads, |(serial, test)| {
        run_test(plan, test, *serial)
    });
    tests
        .iter()
        .zip(results)
        .map(|(test, verdict)| {
            (
                test.clone(),
                verdict.unwrap_or_else(|| Verdict::Fail("the runner failed".into())),
            )
        })
        .collect()
}

fn run_test(plan: &Plan, test: &str, serial: usize) -> Verdict {
    let file = plan.suite.join(test);
    let mut command = Command::new(&plan.bin);
    command
        .args(flags(&file))
        .arg(&file)
        .current_dir(plan.suite.parent().unwrap_or(&plan.suite));
    command
        .env("TEST_SERIAL_ID", serial.to_string())
        .env("NODE_TEST_KNOWN_GLOBALS", "0");
    let outcome = match child::run(&mut command, plan.limit) {
        Ok(outcome) => outcome,
        Err(error) => return Verdict::Fail(error.to_string()),
    };
    if outcome.timed_out {
        return Verdict::Fail("time limit".into());
    }
    match outcome.code {
        Some(0) if outcome.stdout.contains("1..0 # Skipped") => Verdict::Skip,
        Some(0) => Verdict::Pass,
        code => Verdict::Fail(first_complaint(&outcome.stderr, code)),
    }
}

/// The line of stderr that names the error.
fn first_complaint(stderr: &str, code: Option<i32>) -> String {
    let named = stderr
        .lines()
        .find(|line| line.contains("Error") && !line.trim_start().starts_with("at "));
    let line = named.or_else(|| stderr.lines().find(|line| !line.trim().is_empty()));
    line.map_or_else(
        || format!("exit code {code:?}"),
        |line| line.trim().to_owned(),
    )
}

fn flags(file: &Path) -> Vec<String> {
    let text = fs::read(file).unwrap_or_default();
    let head =
        String::from_utf8_lossy(text.get(..1500.min(text.len())).unwrap_or_default()).into_owned();
    let line = head.lines().find_map(|line| line.strip_prefix("// Flags:"));
    line.map(|flags| flags.split_whitespace().map(str::to_owned).collect())
        .unwrap_or_default()
}
