//! `test262 PATH [--folder language] [--jobs 2] [--gc N] [--every N] [--update] [--page FILE]`: the language's suite against the expectations.
//!
//! `--page FILE` writes the figures between the page's `<!-- test262 FOLDER -->` markers.
//! `--gc N` collects garbage at every N-th safepoint, `--every N` runs every N-th test only.

use std::path::PathBuf;
use std::process::ExitCode;

use ouro_conformance_tests::expectations::{self, Expectations, Totals};
use ouro_conformance_tests::{page, test262};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut suite, mut folder, mut n_threads, mut update) =
        (PathBuf::new(), "language".to_owned(), 2, false);
    let (mut gc_every, mut every) = (0, 1);
    let mut page_file: Option<PathBuf> = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--folder" => folder = arguments.next().unwrap_or_default(),
            "--jobs" => n_threads = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(2),
            "--gc" => gc_every = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1),
            "--every" => {
                every = arguments
                    .next()
                    .and_then(|n| n.parse().ok())
                    .unwrap_or(1)
                    .max(1)
            }
            "--update" => update = true,
            "--page" => page_file = arguments.next().map(PathBuf::from),
            path => suite = path.into(),
        }
    }
    let tests: Vec<String> = test262::find(&suite, &folder)
        .into_iter()
        .step_by(every)
        .collect();
    if tests.is_empty() {
        println!("skipped: no test262 at {:?}", suite.display().to_string());
        return ExitCode::SUCCESS;
    }
    std::panic::set_hook(Box::new(|_| {}));
    let setup = test262::Setup { suite, gc_every };
    let results = test262::run(&setup, &tests, n_threads);
    let file = test262::expectations_file(&folder);
    if update
        && let Err(error) = expectations::write(&file, &format!("test262 {folder}/"), &results)
    {
        eprintln!("{}: {error}", file.display());
        return ExitCode::FAILURE;
    }
    if let Some(file) = page_file {
        let text = page::table(&results, |test| {
            test.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
        });
        let part = format!("test262 {folder}");
        if let Err(error) = page::update(&file, &part, &text) {
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
