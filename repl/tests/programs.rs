//! Runs every case of `conformance-tests/programs` on the binary that cargo built for this test.

use std::path::Path;

use ouro_conformance_tests::programs;

/// What Boa cannot do: stacks and messages as V8 has them, stopping a program, contexts with microtasks of their own, telling
/// of its heap, who imports, and what iterators hold; refusing texts as code; a module's evaluation looked into.
const NOT_ON_BOA: [&str; 22] = [
    "errors",
    "event_loop/wait_async.js",
    "http/abort_drops_data.js",
    "inspect/iterators_and_weak.js",
    "language/array_with.js",
    "language/instanceof.js",
    "language/proxy_traps.js",
    "language/unseen_promises.js",
    "modules/require_awaiting.js",
    "modules/sync_builtins.mjs",
    "process/heap_limit.js",
    "process/memory_usage.js",
    "process/no_code_from_strings.js",
    "v8/gc.js",
    "v8/query_objects.js",
    "vm/break_on_sigint.js",
    "vm/code_generation.js",
    "vm/global_object.js",
    "vm/import_callback.js",
    "vm/import_refused.js",
    "vm/own_microtasks.js",
    "vm/thrown_place.js",
];

#[test]
fn programs_print_what_node_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance-tests/programs");
    let only = std::env::var("CASES").unwrap_or_default();
    let mut cases = programs::find(&root);
    cases.retain(|case| case.to_string_lossy().contains(&only));
    if cfg!(feature = "boa") {
        cases.retain(|case| {
            NOT_ON_BOA
                .iter()
                .all(|part| !case.starts_with(root.join(part)))
        });
    }
    assert!(!cases.is_empty(), "no cases below {}", root.display());
    let n_threads = std::thread::available_parallelism().map_or(2, usize::from);
    let report = programs::run_all(Path::new(env!("CARGO_BIN_EXE_ouro")), &cases, n_threads);
    println!(
        "{} programs passed, {} failed",
        report.passed,
        report.failed.len()
    );
    assert!(report.failed.is_empty(), "\n{}", report.failed.join("\n"));
}
