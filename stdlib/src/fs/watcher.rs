//! Watching: one inotify instance and one thread for all that a runtime watches.
//!
//! The thread sleeps until the system reports something and hands it on in batches; what the numbers of the watches mean
//! is known on the other side only. It ends when the [`Watcher`] is dropped. Linux only; elsewhere watching is `ENOSYS`.
//!
//! Source: inotify(7), <https://nodejs.org/docs/latest-v24.x/api/fs.html#fswatchfilename-options-listener>

use std::path::Path;

use super::Result;

/// What happened to something that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The number that [`Watcher::add`] gave.
    pub(super) watch: i32,
    /// Whether the bytes or attributes changed; else a name came or went.
    pub(super) is_content: bool,
    /// Whether the watch ended by itself, because what it watched is gone.
    pub(super) has_ended: bool,
    /// The name in the watched directory; `None` where the watched file itself is meant.
    pub(super) name: Option<Vec<u8>>,
}

#[cfg(target_os = "linux")]
pub(super) use linux::Watcher;

#[cfg(target_os = "linux")]
mod linux {
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::sync::Arc;

    use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
    use rustix::fs::inotify::{
        CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init, remove_watch,
    };

    use super::{Change, Path, Result};
    use crate::fs::{failed, failed_at};
    use crate::internal::system_error::SystemError;

    /// Room for a batch of events, each 16 bytes and a name of at most 256.
    const BUFFER_LEN: usize = 16 * 1024;

    /// An inotify instance and its thread.
    #[derive(Debug)]
    pub(in crate::fs) struct Watcher {
        inotify: Arc<OwnedFd>,
        stop: Arc<OwnedFd>,
    }

    impl Watcher {
        /// Starts the thread; it calls `report` with what happened, in order.
        pub(in crate::fs) fn start(
            report: impl FnMut(Vec<Change>) + Send + 'static,
        ) -> Result<Self> {
            let inotify = Arc::new(
                init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).map_err(failed("watch"))?,
            );
            let stop = Arc::new(eventfd(0, EventfdFlags::CLOEXEC).map_err(failed("watch"))?);
            let (events, end) = (Arc::clone(&inotify), Arc::clone(&stop));
            std::thread::Builder::new()
                .name("fs-watch".into())
                .spawn(move || run(&events, &end, report))
                .map_err(|error| SystemError::from_io(&error, "watch"))?;
            Ok(Self { inotify, stop })
        }

        /// Watches a path; the same file gives the same number again.
        pub(in crate::fs) fn add(&self, path: &Path) -> Result<i32> {
            let wanted = WatchFlags::ATTRIB
                | WatchFlags::CREATE
                | WatchFlags::MODIFY
                | WatchFlags::DELETE
                | WatchFlags::DELETE_SELF
                | WatchFlags::MOVE_SELF
                | WatchFlags::MOVED_FROM
                | WatchFlags::MOVED_TO;
            add_watch(&*self.inotify, path, wanted).map_err(failed_at("watch", path))
        }

        /// Ends a watch. One that ended by itself is no error.
        pub(in crate::fs) fn remove(&self, watch: i32) {
            let _ = remove_watch(&*self.inotify, watch);
        }
    }

    impl Drop for Watcher {
        fn drop(&mut self) {
            let _ = rustix::io::write(&*self.stop, &1_u64.to_ne_bytes());
        }
    }

    fn run(inotify: &OwnedFd, stop: &OwnedFd, mut report: impl FnMut(Vec<Change>)) {
        let mut buffer = [MaybeUninit::uninit(); BUFFER_LEN];
        loop {
            let mut ready = [
                PollFd::new(inotify, PollFlags::IN),
                PollFd::new(stop, PollFlags::IN),
            ];
            match poll(&mut ready, None) {
                Ok(_) if !ready[1].revents().is_empty() => return,
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
            let mut changes = Vec::new();
            let mut reader = Reader::new(inotify, &mut buffer);
            while let Ok(event) = reader.next() {
                changes.push(Change {
                    watch: event.wd(),
                    is_content: event
                        .events()
                        .intersects(ReadFlags::ATTRIB | ReadFlags::MODIFY),
                    has_ended: event.events().contains(ReadFlags::IGNORED),
                    name: event.file_name().map(|name| name.to_bytes().to_vec()),
                });
            }
            if !changes.is_empty() {
                report(changes);
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use std::sync::mpsc;
        use std::time::Duration;

        use super::*;

        #[test]
        fn a_new_file_is_reported_by_name() {
            let dir = std::env::temp_dir().join(format!("ouro-watch-{}", std::process::id()));
            std::fs::create_dir_all(&dir).expect("a directory");
            let (sender, receiver) = mpsc::channel();
            let watcher =
                Watcher::start(move |changes| drop(sender.send(changes))).expect("started");
            let watch = watcher.add(&dir).expect("watched");
            std::fs::write(dir.join("new"), "x").expect("written");
            let changes = receiver
                .recv_timeout(Duration::from_secs(10))
                .expect("reported");
            let first = changes.first().expect("a change");
            assert_eq!(
                (first.watch, first.is_content, first.name.as_deref()),
                (watch, false, Some(&b"new"[..]))
            );
            assert_eq!(
                watcher
                    .add(Path::new("/no/such"))
                    .expect_err("missing")
                    .code,
                "ENOENT"
            );
            std::fs::remove_dir_all(&dir).expect("removed");
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::Watcher;

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use super::{Change, Path, Result};
    use crate::internal::system_error::SystemError;

    /// A watcher that can't be started.
    #[derive(Debug)]
    pub(in crate::fs) struct Watcher(std::convert::Infallible);

    impl Watcher {
        /// Fails.
        pub(in crate::fs) fn start(
            _report: impl FnMut(Vec<Change>) + Send + 'static,
        ) -> Result<Self> {
            Err(SystemError::from_code("ENOSYS", "watch"))
        }

        /// Never called.
        pub(in crate::fs) fn add(&self, _path: &Path) -> Result<i32> {
            match self.0 {}
        }

        /// Never called.
        pub(in crate::fs) fn remove(&self, _watch: i32) {
            match self.0 {}
        }
    }
}
