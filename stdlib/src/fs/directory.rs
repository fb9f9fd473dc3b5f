//! Directories: making, listing, reading entry by entry.

use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, FileType, ReadDir};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use rustix::fs::Mode;

use super::stat::{Links, at_path};
use super::{Result, failed_at};
use crate::internal::system_error::SystemError;

/// How often `mkdtemp` looks for a name that is free.
const MAX_TEMP_ATTEMPTS: usize = 100;
const TEMP_LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const TEMP_MARK: &[u8] = b"XXXXXX";

/// An entry: its name, its `UV_DIRENT_*` number, and its directory below the one that was listed (empty: that itself).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The name alone.
    pub(super) name: OsString,
    /// The `UV_DIRENT_*` number.
    pub(super) kind: u8,
    /// Its directory, relative to the one that was listed.
    pub(super) directory: PathBuf,
}

/// Makes a directory.
pub(super) fn mkdir(path: &Path, mode: u32) -> Result<()> {
    rustix::fs::mkdir(path, Mode::from_raw_mode(mode)).map_err(failed_at("mkdir", path))
}

/// Makes a directory and those above it; gives the first one made, or nothing where the directory was there.
pub(super) fn mkdir_recursive(path: &Path, mode: u32) -> Result<Option<PathBuf>> {
    let mut missing = vec![path.to_path_buf()];
    let mut first = None;
    while let Some(next) = missing.last().cloned() {
        match rustix::fs::mkdir(&next, Mode::from_raw_mode(mode)) {
            Ok(()) => {
                first.get_or_insert_with(|| next.clone());
                missing.pop();
            }
            Err(rustix::io::Errno::NOENT) => match next.parent() {
                Some(parent) if !parent.as_os_str().is_empty() && missing.len() < 4096 => {
                    missing.push(parent.to_path_buf());
                }
                _ => return Err(failed_at("mkdir", path)(rustix::io::Errno::NOENT)),
            },
            Err(errno) => {
                let is_directory = at_path(&next, Links::Follow)
                    .is_ok_and(|stat| stat.numbers[1] & 0o170_000 == 0o040_000);
                if !is_directory {
                    // A file in the way of the last part exists; in the way of another it is no directory.
                    let errno = match errno {
                        rustix::io::Errno::EXIST if missing.len() > 1 => rustix::io::Errno::NOTDIR,
                        other => other,
                    };
                    return Err(failed_at("mkdir", path)(errno));
                }
                missing.pop();
            }
        }
    }
    Ok(first)
}

/// Makes a directory of a new name: the last six bytes of `template`, `XXXXXX`, are replaced.
pub(super) fn mkdtemp(template: &Path) -> Result<PathBuf> {
    let invalid = || failed_at("mkdtemp", template)(rustix::io::Errno::INVAL);
    let prefix = template
        .as_os_str()
        .as_bytes()
        .strip_suffix(TEMP_MARK)
        .ok_or_else(invalid)?;
    for _ in 0..MAX_TEMP_ATTEMPTS {
        let mut random = [0; 6];
        getrandom::fill(&mut random)
            .map_err(|_| failed_at("mkdtemp", template)(rustix::io::Errno::IO))?;
        let mut name = prefix.to_vec();
        name.extend(
            random
                .iter()
                .map(|byte| TEMP_LETTERS[usize::from(*byte) % TEMP_LETTERS.len()]),
        );
        let path = PathBuf::from(OsString::from_vec(name));
        match rustix::fs::mkdir(&path, Mode::RWXU) {
            Ok(()) => return Ok(path),
            Err(rustix::io::Errno::EXIST) => {}
            Err(errno) => return Err(failed_at("mkdtemp", template)(errno)),
        }
    }
    Err(failed_at("mkdtemp", template)(rustix::io::Errno::EXIST))
}

/// Removes an empty directory.
pub(super) fn rmdir(path: &Path) -> Result<()> {
    rustix::fs::rmdir(path).map_err(failed_at("rmdir", path))
}

/// The entries of a directory, sorted by name; with `recursive` also those of the directories below, each directory's
/// entries following all of the directory above it. Links are not followed.
pub(super) fn read_dir(path: &Path, recursive: bool) -> Result<Vec<Entry>> {
    let mut entries = list(path, PathBuf::new())?;
    if !recursive {
        return Ok(entries);
    }
    let mut at = 0;
    while let Some(entry) = entries.get(at) {
        if entry.kind == UV_DIRENT_DIR {
            let directory = entry.directory.join(&entry.name);
            let below = list(&path.join(&directory), directory)?;
            entries.extend(below);
        }
        at += 1;
    }
    Ok(entries)
}

fn list(path: &Path, directory: PathBuf) -> Result<Vec<Entry>> {
    let failed = |error: std::io::Error| SystemError::from_io(&error, "scandir").with_path(path);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        entries.push(Entry {
            kind: kind_of(&entry),
            name: entry.file_name(),
            directory: directory.clone(),
        });
    }
    entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// A directory that is read a few entries at a time.
#[derive(Debug)]
pub(super) struct OpenDirectory {
    path: PathBuf,
    entries: ReadDir,
}

impl OpenDirectory {
    /// Opens a directory.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let entries = std::fs::read_dir(path)
            .map_err(|error| SystemError::from_io(&error, "opendir").with_path(path))?;
        Ok(Self {
            path: path.to_path_buf(),
            entries,
        })
    }

    /// The next entries, at most `max` of them; none at the end.
    pub(super) fn read(&mut self, max: usize) -> Result<Vec<(OsString, u8)>> {
        let mut batch = Vec::new();
        for entry in self.entries.by_ref().take(max.max(1)) {
            let entry = entry
                .map_err(|error| SystemError::from_io(&error, "readdir").with_path(&self.path))?;
            batch.push((entry.file_name(), kind_of(&entry)));
        }
        Ok(batch)
    }
}

/// The `UV_DIRENT_*` number of a directory.
pub(super) const UV_DIRENT_DIR: u8 = 2;

fn kind_of(entry: &DirEntry) -> u8 {
    entry.file_type().map_or(0, kind_number)
}

fn kind_number(kind: FileType) -> u8 {
    match () {
        () if kind.is_file() => 1,
        () if kind.is_dir() => UV_DIRENT_DIR,
        () if kind.is_symlink() => 3,
        () if kind.is_fifo() => 4,
        () if kind.is_socket() => 5,
        () if kind.is_char_device() => 6,
        () if kind.is_block_device() => 7,
        () => 0,
    }
}

/// An entry's path below the directory that was listed.
pub(super) fn relative_path(entry: &Entry) -> OsString {
    if entry.directory.as_os_str().is_empty() {
        return entry.name.clone();
    }
    entry
        .directory
        .join(OsStr::new(&entry.name))
        .into_os_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("ouro-directory-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a directory");
        path
    }

    #[test]
    fn mkdir_recursive_gives_the_first_one_made() {
        let root = scratch("mkdir");
        let deep = root.join("a/b/c");
        assert_eq!(
            mkdir_recursive(&deep, 0o777).expect("made"),
            Some(root.join("a"))
        );
        assert_eq!(mkdir_recursive(&deep, 0o777).expect("there"), None);
        std::fs::write(root.join("file"), "").expect("written");
        assert_eq!(
            mkdir_recursive(&root.join("file"), 0o777)
                .expect_err("a file")
                .code,
            "EEXIST"
        );
        assert_eq!(
            mkdir_recursive(&root.join("file/x/y"), 0o777)
                .expect_err("a file")
                .code,
            "ENOTDIR"
        );
        std::fs::remove_dir_all(&root).expect("removed");
    }

    #[test]
    fn listing_goes_below_but_not_through_links() {
        let root = scratch("list");
        std::fs::create_dir(root.join("b")).expect("made");
        std::fs::write(root.join("b/x"), "").expect("written");
        std::fs::write(root.join("a"), "").expect("written");
        std::os::unix::fs::symlink("b", root.join("c")).expect("linked");
        let paths: Vec<_> = read_dir(&root, true)
            .expect("listed")
            .iter()
            .map(relative_path)
            .collect();
        assert_eq!(paths, ["a", "b", "c", "b/x"]);
        assert_eq!(
            read_dir(&root.join("a"), false).expect_err("a file").code,
            "ENOTDIR"
        );
        std::fs::remove_dir_all(&root).expect("removed");
    }

    #[test]
    fn names_need_not_be_text() {
        let root = scratch("bytes");
        let name = OsString::from_vec(vec![b'f', 0xff]);
        std::fs::write(root.join(&name), "").expect("written");
        assert_eq!(
            read_dir(&root, false)
                .expect("listed")
                .first()
                .map(|entry| entry.name.clone()),
            Some(name)
        );
        std::fs::remove_dir_all(&root).expect("removed");
    }

    #[test]
    fn temporary_directories_differ() {
        let root = scratch("temp");
        let template = root.join("t-XXXXXX");
        let (one, two) = (
            mkdtemp(&template).expect("made"),
            mkdtemp(&template).expect("made"),
        );
        assert_ne!(one, two);
        std::fs::remove_dir_all(&root).expect("removed");
    }
}
