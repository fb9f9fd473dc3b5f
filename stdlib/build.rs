//! Collects the core library's JavaScript: every `src/**/*.js` becomes a row `(module id, text)` of one sorted table.
//!
//! Ids follow the files: `fs/fs.js` is `fs`, `fs/promises.js` is `fs/promises`, `internal/errors.js` is
//! `internal/errors`, and a file whose name begins with `_` is named by itself (`http/_http_agent.js` is
//! `_http_agent`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut rows: Vec<(String, PathBuf)> = files.into_iter().map(|file| (module_id(&root, &file), file)).collect();
    rows.sort();
    let mut table = String::from("&[\n");
    for (id, file) in &rows {
        let _ = writeln!(table, "    ({id:?}, include_str!({:?})),", file.display().to_string());
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("sources.rs");
    fs::write(out, table).expect("the output folder is writable");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("src is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "js") {
            files.push(path);
        }
    }
}

fn module_id(root: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(root).expect("below src").with_extension("");
    let parts: Vec<String> = relative.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    match parts.as_slice() {
        [.., name] if name.starts_with('_') => name.clone(),
        [folder, name] if folder == name => name.clone(),
        _ => parts.join("/"),
    }
}
