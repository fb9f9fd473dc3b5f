//! Compiles every program of a directory; see the crate's header.

use std::path::{Path, PathBuf};

use ouro_engine::vm::bytecode::verifier::verify;

fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            programs(&path, found);
        } else if path
            .extension()
            .is_some_and(|ext| ext == "js" || ext == "mjs")
        {
            found.push(path);
        }
    }
}

/// The kinds that a test262 file is to be compiled as, and whether that must fail.
fn test262_kinds(text: &str) -> (Vec<&'static str>, bool) {
    let front = text
        .split_once("/*---")
        .and_then(|(_, rest)| rest.split_once("---*/"))
        .map_or("", |(front, _)| front);
    let negative = front.contains("phase: parse") && front.contains("negative:");
    let flags = front
        .split_once("flags:")
        .and_then(|(_, rest)| rest.split_once(']'))
        .map_or("", |(flags, _)| flags);
    let kinds = if flags.contains("module") {
        vec!["module"]
    } else if flags.contains("raw") || flags.contains("noStrict") {
        vec!["script"]
    } else if flags.contains("onlyStrict") {
        vec!["strict"]
    } else {
        vec!["script", "strict"]
    };
    (kinds, negative)
}

#[test]
fn every_program_compiles() {
    let Some(folder) = std::env::var_os("BYTECODE_SMOKE") else {
        return;
    };
    let mode = std::env::var("BYTECODE_SMOKE_MODE").unwrap_or_default();
    let mut found = Vec::new();
    programs(Path::new(&folder), &mut found);
    found.sort();
    let mut problems = Vec::new();
    let mut compiled = 0;
    for path in found {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        if path.to_str().is_some_and(|path| path.contains("_FIXTURE")) {
            continue;
        }
        let (kinds, negative) = if mode == "commonjs" {
            let module = path.extension().is_some_and(|ext| ext == "mjs");
            (vec![if module { "module" } else { "function" }], false)
        } else {
            test262_kinds(&text)
        };
        for kind in kinds {
            compiled += 1;
            let result = std::panic::catch_unwind(|| super::compile(kind, &text));
            let problem = match result {
                Err(_) => Some("panicked".to_owned()),
                Ok(Ok(_)) if negative => Some("should be refused".to_owned()),
                Ok(Err(error)) if !negative => Some(error.to_string()),
                Ok(Ok(all)) => all.iter().find_map(|code| verify(code).err()),
                Ok(Err(_)) => None,
            };
            if let Some(problem) = problem {
                problems.push(format!("{} ({kind}): {problem}", path.display()));
            }
        }
    }
    println!("{compiled} compilations");
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}
