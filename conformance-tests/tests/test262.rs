//! A fixed part of test262 against the expectations, when `OURO_TEST262` says where the suite lies; else it says that it skips.

use std::path::PathBuf;

use ouro_conformance_tests::expectations::{Expectations, Totals};
use ouro_conformance_tests::test262;

/// Every so many tests one is run: about half a minute.
const EVERY: usize = 97;

#[test]
fn a_part_of_test262_is_as_expected() {
    let Some(suite) = std::env::var_os("OURO_TEST262").map(PathBuf::from) else {
        println!("skipped: OURO_TEST262 does not say where the suite is");
        return;
    };
    let setup = test262::Setup { suite, gc_every: 0 };
    let mut folders = vec!["language", "built-ins", "annexB"];
    if cfg!(feature = "temporal") {
        folders.push("built-ins/Temporal");
    }
    for folder in folders {
        let file = test262::expectations_file(folder);
        if !file.exists() {
            println!("skipped: no expectations for {folder} on this backend");
            continue;
        }
        let tests: Vec<String> = test262::find(&setup.suite, folder)
            .into_iter()
            .step_by(EVERY)
            .collect();
        let results = test262::run(&setup, &tests, 2);
        let totals = Totals::count(&results, &Expectations::read(&file));
        assert!(
            totals.is_as_expected(),
            "{folder}: {:?} {:?}",
            totals.regressions,
            totals.unexpected_passes
        );
    }
}
