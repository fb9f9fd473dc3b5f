//! Word of changes in the file system: not on this system.

use std::io;
use std::path::Path;

use super::Source;

/// A change that a watch saw.
pub(crate) struct Change {
    pub(crate) watch: i32,
    pub(crate) renamed: bool,
    pub(crate) name: Option<std::ffi::OsString>,
}

/// Watches paths; can't be made here.
pub(crate) struct Watcher {
    source: Source,
}

impl Watcher {
    pub(crate) fn new() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    pub(crate) fn add(&self, _path: &Path) -> io::Result<i32> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn remove(&self, _watch: i32) {}

    pub(crate) fn read(&self) -> io::Result<Vec<Change>> {
        Ok(Vec::new())
    }
}
