//! `node-suite PATH --bin OURO [--groups fs,http] [--jobs 2] [--update] [--page FILE]`: Node's test suite against the expectations.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use ouro_conformance_tests::expectations::{self, Expectations, Totals};
use ouro_conformance_tests::node_suite::{self, Plan};
use ouro_conformance_tests::page;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut plan = Plan {
        suite: PathBuf::new(),
        bin: PathBuf::from("target/release/ouro"),
        groups: Vec::new(),
        n_threads: 2,
        limit: Duration::from_secs(60),
    };
    let mut update = false;
    let mut page_file: Option<PathBuf> = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bin" => plan.bin = arguments.next().unwrap_or_default().into(),
            "--groups" => {
                plan.groups = arguments
                    .next()
                    .unwrap_or_default()
                    .split(',')
                    .map(str::to_owned)
                    .collect()
            }
            "--jobs" => plan.n_threads = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(2),
            "--update" => update = true,
            "--page" => page_file = arguments.next().map(PathBuf::from),
            path => plan.suite = path.into(),
        }
    }
    plan.bin = std::fs::canonicalize(&plan.bin).unwrap_or(plan.bin);
    plan.suite = std::fs::canonicalize(&plan.suite).unwrap_or(plan.suite);
    let tests = node_suite::find(&plan);
    if tests.is_empty() {
        println!(
            "skipped: no Node test suite at {:?}",
            plan.suite.display().to_string()
        );
        return ExitCode::SUCCESS;
    }
    let results = node_suite::run(&plan, &tests);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("expectations/node-suite.tsv");
    if update && let Err(error) = expectations::write(&file, "Node's test suite", &results) {
        eprintln!("{}: {error}", file.display());
        return ExitCode::FAILURE;
    }
    if let Some(file) = page_file {
        let group = |test: &str| {
            let name = test
                .rsplit('/')
                .next()
                .unwrap_or(test)
                .trim_start_matches("test-");
            let known = plan
                .groups
                .iter()
                .find(|group| name.starts_with(group.as_str()));
            known
                .cloned()
                .unwrap_or_else(|| name.split(['-', '.']).next().unwrap_or_default().to_owned())
        };
        if let Err(error) = page::update(&file, "node-suite", &page::table(&results, group)) {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    let totals = Totals::count(&results, &Expectations::read(&file));
    // A closed stdout leaves the exit code to say it.
    let _ = totals.print(&mut std::io::stdout().lock());
    if totals.is_as_expected() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
