//! Rules about the sources themselves: the floors stay apart, every file says what it is.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines from which on a file must argue for its size in its header.
const LONG: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file with one of the extensions below some folders of the workspace.
fn files(folders: &[&str], extensions: &[&str]) -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path
                .extension()
                .is_some_and(|e| extensions.iter().any(|x| e == *x))
            {
                let name = path
                    .strip_prefix(&root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .into_owned();
                found.push((name, fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    assert!(!found.is_empty(), "nothing below {folders:?}");
    found.sort();
    found
}

fn assert_none(title: &str, offenders: Vec<String>) {
    assert!(
        offenders.is_empty(),
        "{title}:\n  {}",
        offenders.join("\n  ")
    );
}

#[test]
fn crates_import_only_floors_below() {
    for (name, forbidden) in [
        (
            "engine",
            &["ouro-runtime", "ouro-stdlib", "polling", "socket2"][..],
        ),
        ("runtime", &["ouro-stdlib", "boa_engine", "boa_gc"]),
        ("stdlib", &["boa_engine", "boa_gc", "polling"]),
        ("repl", &["boa_engine", "boa_gc", "polling"]),
    ] {
        let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap_or_default();
        let dependencies = manifest
            .split("[dev-dependencies]")
            .next()
            .unwrap_or_default();
        for crate_name in forbidden {
            let named = dependencies
                .lines()
                .any(|line| line.starts_with(crate_name));
            assert!(!named, "{name}/Cargo.toml names {crate_name}");
        }
    }
}

#[test]
fn only_the_backend_names_boa() {
    let offenders = files(
        &["engine/src", "runtime/src", "stdlib/src", "repl/src"],
        &["rs"],
    )
    .into_iter()
    .filter(|(name, text)| {
        !name.starts_with("engine/src/boa")
            && (text.contains("boa_engine") || text.contains("boa_gc"))
    })
    .map(|(name, _)| name)
    .collect();
    assert_none("names a boa_* crate outside engine/src/boa", offenders);
}

#[test]
fn the_loop_knows_no_javascript() {
    let folders = [
        "runtime/src/event_loop",
        "runtime/src/reactor",
        "runtime/src/handle",
        "runtime/src/worker_pool",
        "runtime/src/sys",
    ];
    let offenders = files(&folders, &["rs"])
        .into_iter()
        .filter(|(_, text)| text.contains("ouro_engine"))
        .map(|(name, _)| name)
        .collect();
    assert_none("the loop names the engine", offenders);
}

#[test]
fn the_runtime_names_no_core_module() {
    let offenders = files(&["runtime/src"], &["rs"])
        .into_iter()
        .filter(|(_, text)| {
            ["\"fs\"", "\"http\"", "\"events\"", "\"node:fs\""]
                .iter()
                .any(|module| text.contains(module))
        })
        .map(|(name, _)| name)
        .collect();
    assert_none("the runtime knows a core module by name", offenders);
}

#[test]
fn every_file_says_what_it_is() {
    let rust = files(
        &[
            "engine/src",
            "runtime/src",
            "stdlib/src",
            "repl/src",
            "conformance-tests/src",
        ],
        &["rs"],
    );
    let silent = rust
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(name, _)| name);
    let scripts = files(&["stdlib/src"], &["js"]);
    let bare = scripts
        .into_iter()
        .filter(|(_, text)| !text.starts_with("'use strict';\n"))
        .map(|(name, _)| name);
    assert_none(
        "a file opens without saying what it is",
        silent.chain(bare).collect(),
    );
}

#[test]
fn long_files_are_listed() {
    let list = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("expectations/long-files.txt"),
    )
    .unwrap_or_default();
    let known: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    let offenders = files(
        &["engine/src", "runtime/src", "stdlib/src", "repl/src"],
        &["rs", "js"],
    )
    .into_iter()
    .filter(|(name, text)| text.lines().count() > LONG && !known.contains(&name.as_str()))
    .map(|(name, text)| format!("{name} ({} lines)", text.lines().count()))
    .collect();
    assert_none(
        "longer than 800 lines and not in expectations/long-files.txt",
        offenders,
    );
}

#[test]
fn sources_hold_no_unfinished_work() {
    let words = ["TODO", "FIXME", "XXX:", "todo!(", "unimplemented!("];
    // What the reporter of `node:test` prints behind a test that is expected to fail: the word is TAP's.
    let tap_directive = "` # TODO$";
    let offenders = files(
        &["engine/src", "runtime/src", "stdlib/src", "repl/src"],
        &["rs", "js"],
    )
    .into_iter()
    .filter(|(_, text)| {
        let text = text.replace(tap_directive, "");
        words.iter().any(|word| text.contains(word))
    })
    .map(|(name, _)| name)
    .collect();
    assert_none(
        "unfinished work belongs in the docs with its expectation",
        offenders,
    );
}
