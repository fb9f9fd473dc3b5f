//! The book names only what there is: every file, every included listing, every link, every function that stands behind a
//! file's name or a type's (`Heap::concat`), and every chapter in the table of contents.
//!
//! What counts as a name of a file: text between backquotes that ends in `.rs`, or that begins with a folder of the
//! workspace. A chapter may leave out the first folders (`heap/str.rs`): some file must end in what it says. Behind
//! `file.rs: name` that name must occur in the file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders of the workspace that a path may begin with.
const FOLDERS: [&str; 7] = [
    "engine/",
    "runtime/",
    "stdlib/",
    "repl/",
    "conformance-tests/",
    "docs/",
    "examples/",
];

/// A module that does not exist: a chapter shows how one would be made.
const IMAGINED: &str = "/dice/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file of the workspace's folders, by its path from the root.
fn files() -> BTreeSet<String> {
    let root = root();
    let mut found = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
    for entry in fs::read_dir(&root).into_iter().flatten().flatten() {
        if entry.path().is_file() {
            found.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("target") && !path.ends_with("node_modules") {
                    waiting.push(path);
                }
            } else {
                let name = path.strip_prefix(&root).unwrap_or(&path);
                found.insert(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}

/// The chapters, and the page that is read beside them.
fn pages(files: &BTreeSet<String>) -> Vec<(String, String)> {
    let pages: Vec<(String, String)> = files
        .iter()
        .filter(|name| {
            name.starts_with("docs/src/") && name.ends_with(".md") || *name == "ARCHITECTURE.md"
        })
        .map(|name| {
            let text = fs::read_to_string(root().join(name)).unwrap_or_default();
            (name.clone(), text)
        })
        .collect();
    assert!(pages.len() > 10, "the book is gone");
    pages
}

/// The text without blocks of code.
fn prose(text: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if !inside {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((inner, next)) = after.split_once(close) else {
            break;
        };
        found.push(inner);
        rest = next;
    }
    found
}

/// Joins a path to the folder of the page that names it.
fn beside(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn assert_none(title: &str, offenders: &[String]) {
    assert!(
        offenders.is_empty(),
        "{title}:\n  {}",
        offenders.join("\n  ")
    );
}

#[test]
fn every_file_that_is_named_exists() {
    let files = files();
    let mut offenders = Vec::new();
    for (page, text) in pages(&files) {
        for span in between(&prose(&text), "`", "`") {
            let span = span.split_whitespace().collect::<Vec<_>>().join(" ");
            let (path, symbol) = match span.split_once(": ") {
                Some((path, symbol)) => (path, Some(symbol)),
                None => (span.as_str(), None),
            };
            let in_workspace = FOLDERS.iter().any(|folder| path.starts_with(folder));
            let is_pattern = path.contains(['*', '<', '{', ' ', '…']);
            if is_pattern || path.contains(IMAGINED) || !(in_workspace || path.ends_with(".rs")) {
                continue;
            }
            let path = path.trim_end_matches('/');
            let suffix = format!("/{path}");
            let folder = format!("{path}/");
            let found: Vec<&String> = files
                .iter()
                .filter(|file| {
                    *file == path || file.ends_with(&suffix) || file.starts_with(&folder)
                })
                .collect();
            if found.is_empty() {
                offenders.push(format!("{page}: {path}"));
            }
            if let Some(symbol) = symbol {
                let occurs = found.iter().any(|file| {
                    fs::read_to_string(root().join(file)).is_ok_and(|text| text.contains(symbol))
                });
                if !occurs {
                    offenders.push(format!("{page}: {symbol} in {path}"));
                }
            }
        }
    }
    assert_none("the book names what is not there", &offenders);
}

#[test]
fn every_function_that_is_named_exists() {
    let files = files();
    let mut sources = String::new();
    for file in files.iter().filter(|file| file.ends_with(".rs")) {
        sources.push_str(&fs::read_to_string(root().join(file)).unwrap_or_default());
    }
    let is_word = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let mut offenders = Vec::new();
    for (page, text) in pages(&files) {
        for span in between(&prose(&text), "`", "`") {
            let Some((owner, name)) = span.split_once("::") else {
                continue;
            };
            let name = name.split(['(', ' ']).next().unwrap_or_default();
            if is_word(owner)
                && is_word(name)
                && !(sources.contains(owner) && sources.contains(name))
            {
                offenders.push(format!("{page}: {span}"));
            }
        }
    }
    assert_none("the book names functions that are not there", &offenders);
}

#[test]
fn every_included_text_exists() {
    let files = files();
    let mut offenders = Vec::new();
    let mut count = 0;
    for (page, text) in pages(&files) {
        for include in between(&text, "{{#include ", "}}") {
            count += 1;
            let (path, anchor) = match include.split_once(':') {
                Some((path, anchor)) => (path, Some(anchor)),
                None => (include, None),
            };
            let path = beside(&page, path.trim());
            let Ok(included) = fs::read_to_string(root().join(&path)) else {
                offenders.push(format!("{page}: {path}"));
                continue;
            };
            if let Some(anchor) = anchor
                && !included.contains(&format!("ANCHOR: {anchor}\n"))
            {
                offenders.push(format!("{page}: no anchor {anchor} in {path}"));
            }
        }
    }
    assert!(count > 0, "no page includes anything");
    assert_none("the book includes what is not there", &offenders);
}

#[test]
fn every_link_leads_somewhere() {
    let files = files();
    let mut offenders = Vec::new();
    for (page, text) in pages(&files) {
        for target in between(&prose(&text), "](", ")") {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            let path = beside(&page, path);
            if !files.contains(&path) && !root().join(&path).is_dir() {
                offenders.push(format!("{page}: {target}"));
            }
        }
    }
    assert_none("links of the book that lead nowhere", &offenders);
}

#[test]
fn every_chapter_is_in_the_table_of_contents() {
    let files = files();
    let summary = fs::read_to_string(root().join("docs/src/SUMMARY.md")).unwrap_or_default();
    let listed: Vec<&str> = between(&summary, "](", ")");
    let missing: Vec<String> = files
        .iter()
        .filter_map(|file| file.strip_prefix("docs/src/"))
        .filter(|chapter| chapter.ends_with(".md") && *chapter != "SUMMARY.md")
        // Decisions are listed by their own page.
        .filter(|chapter| !chapter.starts_with("decisions/0"))
        .filter(|chapter| !listed.contains(chapter))
        .map(str::to_owned)
        .collect();
    assert_none("chapters that SUMMARY.md does not list", &missing);
}
