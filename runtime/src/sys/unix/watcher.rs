//! Word of changes in the file system: inotify on Linux.

use std::ffi::OsStr;
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use rustix::io::Errno;

use super::Source;

/// A change that a watch saw.
pub(crate) struct Change {
    pub(crate) watch: i32,
    /// Whether an entry came, went or moved; else contents or attributes
    /// changed.
    pub(crate) renamed: bool,
    /// The entry, for a watch on a directory.
    pub(crate) name: Option<std::ffi::OsString>,
}

/// Watches paths; one for a loop.
pub(crate) struct Watcher {
    source: Source,
}

impl Watcher {
    pub(crate) fn new() -> io::Result<Self> {
        let source = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        Ok(Self { source })
    }

    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Watches a path; two watches on one file have the same number.
    pub(crate) fn add(&self, path: &Path) -> io::Result<i32> {
        let flags = WatchFlags::ATTRIB
            | WatchFlags::CREATE
            | WatchFlags::MODIFY
            | WatchFlags::DELETE
            | WatchFlags::DELETE_SELF
            | WatchFlags::MOVE_SELF
            | WatchFlags::MOVED_FROM
            | WatchFlags::MOVED_TO;
        Ok(inotify::add_watch(&self.source, path, flags)?)
    }

    /// Ends a watch; one whose file is gone has ended by itself.
    pub(crate) fn remove(&self, watch: i32) {
        let _ = inotify::remove_watch(&self.source, watch);
    }

    /// Takes the changes that have arrived.
    pub(crate) fn read(&self) -> io::Result<Vec<Change>> {
        let mut bytes = [MaybeUninit::uninit(); 16 * 1024];
        let mut reader = inotify::Reader::new(&self.source, &mut bytes);
        let mut changes = Vec::new();
        loop {
            match reader.next() {
                Ok(event) => changes.extend(change(&event)),
                Err(Errno::AGAIN | Errno::INTR) => return Ok(changes),
                Err(error) => return Err(error.into()),
            }
            if reader.is_buffer_empty() {
                return Ok(changes);
            }
        }
    }
}

fn change(event: &inotify::Event<'_>) -> Option<Change> {
    let flags = event.events();
    if flags.intersects(ReadFlags::IGNORED | ReadFlags::QUEUE_OVERFLOW) {
        return None;
    }
    let contents = ReadFlags::ATTRIB | ReadFlags::MODIFY;
    let renamed = !(flags - contents - ReadFlags::ISDIR).is_empty();
    let name = event.file_name();
    Some(Change {
        watch: event.wd(),
        renamed,
        name: name.map(|name| OsStr::from_bytes(name.to_bytes()).to_owned()),
    })
}
