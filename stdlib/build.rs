//! Collects the core library's JavaScript: every `src/**/*.js` becomes a row `(module id, text)` of one sorted table.
//!
//! Ids follow the files: `fs/fs.js` is `fs`, `fs/promises.js` is `fs/promises`, `internal/errors.js` is
//! `internal/errors`, and a file whose name begins with `_` is named by itself (`http/_http_agent.js` is
//! `_http_agent`). Lines that are nothing but a comment become empty: they would be read at every start and say
//! nothing to the machine, while line numbers in stack traces stay those of the file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut rows: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|file| (module_id(&root, &file), file))
        .collect();
    rows.sort();
    let mut table = String::from("&[\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for (id, file) in &rows {
        let text = fs::read_to_string(file).expect("sources are UTF-8");
        let stripped = out.join(format!("{}.js", id.replace('/', "+")));
        fs::write(&stripped, without_comment_lines(&text)).expect("the output folder is writable");
        let _ = writeln!(
            table,
            "    ({id:?}, include_str!({:?})),",
            stripped.display().to_string()
        );
    }
    table.push_str("]\n");
    fs::write(out.join("sources.rs"), table).expect("the output folder is writable");
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

/// The text with every line emptied that is wholly a comment. Inside a template literal nothing is touched.
fn without_comment_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_template = false;
    let mut in_block = false;
    for line in text.lines() {
        let code = line.trim();
        let block_starts = !in_block && !in_template && code.starts_with("/*");
        let block_ends = (in_block || block_starts) && code.ends_with("*/");
        let whole_block_line = (in_block || block_starts) && (block_ends || !code.contains("*/"));
        let comment = whole_block_line || (!in_template && !in_block && code.starts_with("//"));
        in_block = (in_block || block_starts) && !code.contains("*/");
        if !comment {
            out.push_str(line);
            let ticks = line.matches('`').count() - line.matches("\\`").count();
            in_template ^= ticks % 2 == 1;
        }
        out.push('\n');
    }
    out
}

fn module_id(root: &Path, file: &Path) -> String {
    let relative = file
        .strip_prefix(root)
        .expect("below src")
        .with_extension("");
    let parts: Vec<String> = relative
        .iter()
        .map(|p| p.to_string_lossy().into_owned())
        .collect();
    match parts.as_slice() {
        [.., name] if name.starts_with('_') => name.clone(),
        [folder, name] if folder == name => name.clone(),
        _ => parts.join("/"),
    }
}
