//! Which core files programs may require, and under which names.

use crate::internal::loader;

/// Modules that exist only behind `node:`.
const SCHEME_ONLY: [&str; 4] = ["sea", "sqlite", "test", "test/reporters"];

/// Files of the library that are no modules of their own.
const PRIVATE_FOLDERS: [&str; 3] = ["internal/", "module/", "process/"];

/// Whether a specifier, with or without `node:`, names a core module.
pub fn is_builtin(specifier: &str) -> bool {
    match specifier.strip_prefix("node:") {
        Some(name) => is_public(name),
        None => is_public(specifier) && !SCHEME_ONLY.contains(&specifier),
    }
}

/// The names as `module.builtinModules` lists them, sorted.
pub fn public_ids() -> Vec<String> {
    let mut ids: Vec<String> = loader::ids()
        .filter(|id| is_public(id))
        .map(|id| {
            if SCHEME_ONLY.contains(&id) {
                format!("node:{id}")
            } else {
                id.to_owned()
            }
        })
        .collect();
    ids.sort();
    ids
}

fn is_public(name: &str) -> bool {
    if name.starts_with("internal")
        || PRIVATE_FOLDERS
            .iter()
            .any(|folder| name.starts_with(folder))
    {
        return false;
    }
    let nested_is_public = match name.split_once('/') {
        None => true,
        Some((folder, rest)) => matches!(
            (folder, rest),
            ("assert", "strict")
                | ("dns" | "fs" | "readline" | "stream" | "timers", "promises")
                | ("path", "posix" | "win32")
                | ("stream", "consumers" | "web")
                | ("util", "types")
                | ("inspector", "promises")
                | ("test", "reporters")
        ),
    };
    nested_is_public && loader::exists(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internals_are_hidden() {
        assert!(is_builtin("module"));
        assert!(is_builtin("node:process"));
        assert!(!is_builtin("internal/process/events"));
        assert!(!is_builtin("node:internal/errors"));
        assert!(!is_builtin("nope"));
        assert!(public_ids().contains(&"tty".to_owned()));
    }
}
