//! Only `src/boa/` may name a `boa_*` crate: a second backend has to fit behind the same facade.

use std::{fs, io, path::Path};

fn visit(folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("src/boa") {
            visit(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            if text.contains("boa_") && !path.ends_with("backend_fence.rs") {
                found.push(path.display().to_string());
            }
        }
    }
    Ok(())
}

#[test]
fn the_backend_stays_in_its_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches"] {
        visit(&root.join(folder), &mut found).expect("the crate's folders are readable");
    }
    assert!(found.is_empty(), "these files name the backend: {found:?}");
}
