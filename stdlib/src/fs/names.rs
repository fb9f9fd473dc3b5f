//! Names: what exists under a path, links, and moving from one name to another.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD};

use super::stat::{Links, at_path};
use super::{Result, failed_at};
use crate::internal::system_error::SystemError;

const S_IFMT: u64 = 0o170_000;
const S_IFIFO: u64 = 0o010_000;
const S_IFSOCK: u64 = 0o140_000;

/// Whether this process may use the path in the ways that `mode` names (`R_OK`, `W_OK`, `X_OK`).
pub(super) fn access(path: &Path, mode: u32) -> Result<()> {
    rustix::fs::access(path, Access::from_bits_truncate(mode as _))
        .map_err(failed_at("access", path))
}

/// Moves a file; an existing one of the new name is replaced.
pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    rustix::fs::rename(from, to).map_err(|errno| failed_at("rename", from)(errno).with_dest(to))
}

/// Removes a name of a file.
pub(super) fn unlink(path: &Path) -> Result<()> {
    rustix::fs::unlink(path).map_err(failed_at("unlink", path))
}

/// Gives an existing file another name.
pub(super) fn link(existing: &Path, path: &Path) -> Result<()> {
    rustix::fs::linkat(CWD, existing, CWD, path, AtFlags::empty())
        .map_err(|errno| failed_at("link", existing)(errno).with_dest(path))
}

/// Makes a symbolic link that says `target`, which need not exist.
pub(super) fn symlink(target: &Path, path: &Path) -> Result<()> {
    rustix::fs::symlink(target, path)
        .map_err(|errno| failed_at("symlink", target)(errno).with_dest(path))
}

/// What a symbolic link says.
pub(super) fn readlink(path: &Path) -> Result<PathBuf> {
    let target = rustix::fs::readlink(path, Vec::new()).map_err(failed_at("readlink", path))?;
    Ok(PathBuf::from(OsStr::from_bytes(target.as_bytes())))
}

/// The absolute path without links; errors are about the whole path.
pub(super) fn realpath(path: &Path) -> Result<PathBuf> {
    std::fs::canonicalize(path)
        .map_err(|error| SystemError::from_io(&error, "realpath").with_path(path))
}

/// The absolute path without links; an error is about the part of the path where it happened.
///
/// A link of `/proc` to a pipe or socket leads nowhere by its name, and is taken as it reads.
pub(super) fn realpath_by_link(path: &Path) -> Result<PathBuf> {
    match std::fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) => {
            if let Some(unnamed) = unnamed_target(path) {
                return Ok(unnamed);
            }
            Err(first_missing(path)
                .unwrap_or_else(|| SystemError::from_io(&error, "stat").with_path(path)))
        }
    }
}

fn unnamed_target(path: &Path) -> Option<PathBuf> {
    let kind = at_path(path, Links::Follow).ok()?.numbers[1] & S_IFMT;
    if kind != S_IFIFO && kind != S_IFSOCK {
        return None;
    }
    let parent = std::fs::canonicalize(path.parent()?).ok()?;
    Some(parent.join(readlink(path).ok()?))
}

// The error of the first part of a path that can't be looked at, or that is a link to nothing.
fn first_missing(path: &Path) -> Option<SystemError> {
    let absolute = std::path::absolute(path).ok()?;
    let mut part = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                part.pop();
            }
            Component::CurDir => {}
            other => part.push(other),
        }
        if let Err(error) = at_path(&part, Links::Keep).and_then(|_| at_path(&part, Links::Follow))
        {
            return Some(error);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn realpath_names_the_part_that_is_missing() {
        let error = realpath_by_link(Path::new("/tmp/../nowhere/at/all")).expect_err("missing");
        assert_eq!(
            (error.syscall, error.path),
            ("lstat", Some("/nowhere".into()))
        );
        let error = realpath(Path::new("/nowhere/at/all")).expect_err("missing");
        assert_eq!(
            (error.syscall, error.path),
            ("realpath", Some("/nowhere/at/all".into()))
        );
    }

    #[test]
    fn two_paths_are_in_the_message() {
        let error = rename(Path::new("/nowhere/a"), Path::new("/nowhere/b")).expect_err("missing");
        assert_eq!(
            error.to_string(),
            "ENOENT: no such file or directory, rename '/nowhere/a' -> '/nowhere/b'"
        );
    }
}
