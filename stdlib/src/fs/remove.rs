//! `rm`: removing a file or a whole tree, with retries where something else is using it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::directory::{UV_DIRENT_DIR, read_dir, rmdir};
use super::stat::{Links, at_path};
use super::{Result, names};

/// How `rm` goes about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct RemoveOptions {
    /// A path that does not exist is no error.
    pub(super) force: bool,
    /// Directories are removed with what is in them.
    pub(super) recursive: bool,
    /// How often a step is tried again after `EBUSY`, `EMFILE`, `ENFILE`, `ENOTEMPTY` or `EPERM`.
    pub(super) max_retries: u32,
    /// The wait before the first retry, in milliseconds; each one waits that much longer.
    pub(super) retry_delay_ms: u32,
}

/// Removes what is at a path. Links are removed, never followed.
pub(super) fn remove(path: &Path, options: RemoveOptions) -> Result<()> {
    let stat = match at_path(path, Links::Keep) {
        Ok(stat) => stat,
        Err(error) if options.force && error.code == "ENOENT" => return Ok(()),
        Err(error) => return Err(error),
    };
    if stat.numbers[1] & 0o170_000 == 0o040_000 && options.recursive {
        return remove_tree(path, options);
    }
    retrying(options, || names::unlink(path))
}

// An explicit stack: a tree may be deeper than the thread's stack. A directory is on it until its entries are gone.
fn remove_tree(root: &Path, options: RemoveOptions) -> Result<()> {
    let mut pending: Vec<(PathBuf, bool)> = vec![(root.to_path_buf(), false)];
    while let Some((path, is_emptied)) = pending.pop() {
        if is_emptied {
            ignore_missing(retrying(options, || rmdir(&path)))?;
            continue;
        }
        let entries = match retrying(options, || read_dir(&path, false)) {
            Ok(entries) => entries,
            Err(error) if error.code == "ENOENT" => continue,
            Err(error) => return Err(error),
        };
        pending.push((path.clone(), true));
        for entry in entries {
            let below = path.join(&entry.name);
            if entry.kind == UV_DIRENT_DIR {
                pending.push((below, false));
            } else {
                ignore_missing(retrying(options, || names::unlink(&below)))?;
            }
        }
    }
    Ok(())
}

// Somebody else may be removing the same tree.
fn ignore_missing(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.code == "ENOENT" => Ok(()),
        other => other,
    }
}

fn retrying<T>(options: RemoveOptions, step: impl Fn() -> Result<T>) -> Result<T> {
    let mut n_retries = 0;
    loop {
        match step() {
            Err(error) if n_retries < options.max_retries && is_passing(error.code) => {
                n_retries += 1;
                let delay_ms =
                    u64::from(options.retry_delay_ms).saturating_mul(u64::from(n_retries));
                pause(Duration::from_millis(delay_ms));
            }
            result => return result,
        }
    }
}

/// Waits on a pool thread, or where the caller asked for a blocking call.
#[allow(
    clippy::disallowed_methods,
    reason = "the caller of a blocking removal asked to wait between tries"
)]
fn pause(span: Duration) {
    std::thread::sleep(span);
}

fn is_passing(code: &str) -> bool {
    matches!(code, "EBUSY" | "EMFILE" | "ENFILE" | "ENOTEMPTY" | "EPERM")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: RemoveOptions = RemoveOptions {
        force: false,
        recursive: true,
        max_retries: 0,
        retry_delay_ms: 0,
    };

    #[test]
    fn a_tree_goes_but_not_what_its_links_name() {
        let root = std::env::temp_dir().join(format!("ouro-remove-{}", std::process::id()));
        let kept = root.join("kept");
        std::fs::create_dir_all(root.join("tree/a/b")).expect("made");
        std::fs::create_dir_all(&kept).expect("made");
        std::os::unix::fs::symlink(&kept, root.join("tree/a/link")).expect("linked");
        remove(&root.join("tree"), TREE).expect("removed");
        assert!(kept.exists() && !root.join("tree").exists());
        assert_eq!(
            remove(&root.join("tree"), TREE).expect_err("gone").syscall,
            "lstat"
        );
        remove(
            &root.join("tree"),
            RemoveOptions {
                force: true,
                ..TREE
            },
        )
        .expect("force");
        remove(&root, TREE).expect("removed");
    }
}
