//! Watching files and directories for changes.
//!
//! The loop has one watcher of the system's, made when it is first needed; it
//! is a handle itself, never ref'd, and knows which watches a change concerns.
//! Two watches on one file share the system's number.
//!
//! See <https://nodejs.org/docs/latest-v24.x/api/fs.html#fswatchfilename-options-listener>.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::sys::{self, Change, Readiness};

use super::{Handle, HandleId, Kind, not_found};

/// What a watch is told.
#[derive(Debug)]
pub enum FsChange<'a> {
    /// An entry came, went or was moved: Node's `'rename'`. With its name; for
    /// a watch on a file that is the file's own.
    Rename(&'a OsStr),
    /// Contents or attributes changed: Node's `'change'`.
    Change(&'a OsStr),
    /// The watcher is broken.
    Error(&'a io::Error),
}

type OnChange<H> = Box<dyn FnMut(&mut H, FsChange<'_>)>;

/// The state of a watch.
pub(super) struct FsEvent<H> {
    watch: i32,
    /// The last part of the path that is watched.
    own_name: OsString,
    /// `None` while it runs.
    on_change: Option<OnChange<H>>,
}

/// The loop's watcher and who listens to it.
pub(super) struct Watcher {
    pub(super) system: sys::Watcher,
    listeners: FxHashMap<i32, Vec<HandleId>>,
}

/// Watching the file system.
impl<H: Host> LoopHandle<H> {
    /// Watches `path`, and if it is a directory the entries right in it. The
    /// callback runs once for each change that the system tells.
    ///
    /// # Errors
    ///
    /// The system's: `ENOENT`, `EACCES`, `ENOSPC` when it can watch no more;
    /// [`io::ErrorKind::Unsupported`] where Ouro has no way to watch.
    pub fn fs_watch(
        &self,
        path: &Path,
        on_change: impl FnMut(&mut H, FsChange<'_>) + 'static,
    ) -> io::Result<HandleId> {
        let watcher = self.watcher()?;
        let watch = self.with_watcher(watcher, |watcher| watcher.system.add(path))??;
        let own_name = path.file_name().unwrap_or(path.as_os_str());
        let id = self.insert_handle(Kind::FsEvent(FsEvent {
            watch,
            own_name: own_name.to_owned(),
            on_change: Some(Box::new(on_change)),
        }))?;
        self.with_watcher(watcher, |watcher| {
            watcher.listeners.entry(watch).or_default().push(id);
        })?;
        Ok(id)
    }

    /// The handle of the loop's watcher, which is made if there is none.
    fn watcher(&self) -> io::Result<HandleId> {
        let known = &self.core.handles.watcher;
        if let Some(id) = known.get() {
            return Ok(id);
        }
        let id = self.insert_handle(Kind::Watcher(Watcher {
            system: sys::Watcher::new()?,
            listeners: FxHashMap::default(),
        }))?;
        known.set(Some(id));
        Ok(id)
    }

    fn with_watcher<R>(
        &self,
        id: HandleId,
        change: impl FnOnce(&mut Watcher) -> R,
    ) -> io::Result<R> {
        self.with_handle(id, |handle| match &mut handle.kind {
            Kind::Watcher(watcher) => Ok(change(watcher)),
            _ => Err(not_found()),
        })?
    }

    pub(super) fn on_watcher_ready(&self, host: &mut H, id: HandleId, _event: Readiness) {
        let changes = match self.with_watcher(id, |watcher| watcher.system.read()) {
            Ok(Ok(changes)) => changes,
            Ok(Err(error)) => return self.watcher_failed(host, id, &error),
            Err(_) => return,
        };
        for change in changes {
            let listeners =
                self.with_watcher(id, |watcher| watcher.listeners.get(&change.watch).cloned());
            for listener in listeners.ok().flatten().unwrap_or_default() {
                self.tell(host, listener, Ok(&change));
            }
        }
    }

    fn watcher_failed(&self, host: &mut H, id: HandleId, error: &io::Error) {
        let listeners = self.with_watcher(id, |watcher| {
            let all = std::mem::take(&mut watcher.listeners);
            all.into_values().flatten().collect::<Vec<_>>()
        });
        for listener in listeners.unwrap_or_default() {
            self.tell(host, listener, Err(error));
        }
    }

    fn tell(&self, host: &mut H, id: HandleId, what: Result<&Change, &io::Error>) {
        let taken = self.with_fs_event(id, |event| {
            let on_change = event.on_change.take()?;
            Some((on_change, event.own_name.clone()))
        });
        let Ok(Some((mut on_change, own_name))) = taken else {
            return;
        };
        let name = |change: &'_ Change| change.name.clone().unwrap_or(own_name);
        self.dispatch(host, CallbackKind::FsEvent, |host| match what {
            Ok(change) if change.renamed => on_change(host, FsChange::Rename(&name(change))),
            Ok(change) => on_change(host, FsChange::Change(&name(change))),
            Err(error) => on_change(host, FsChange::Error(error)),
        });
        let mut on_change = Some(on_change);
        // The watch may have been closed by its callback.
        let _ = self.with_fs_event(id, |event| event.on_change = on_change.take());
        drop(on_change);
    }

    fn with_fs_event<R>(
        &self,
        id: HandleId,
        change: impl FnOnce(&mut FsEvent<H>) -> R,
    ) -> io::Result<R> {
        let mut slots = self.core.handles.slots.borrow_mut();
        match slots.get_mut(id.0) {
            Some(Handle {
                kind: Kind::FsEvent(event),
                ..
            }) => Ok(change(event)),
            _ => Err(not_found()),
        }
    }

    /// Takes a closed watch off the watcher.
    pub(super) fn dispose_fs_event(&self, id: HandleId, event: FsEvent<H>) {
        if let Some(watcher) = self.core.handles.watcher.get() {
            // At the loop's end the watcher may have gone first.
            let _ = self.with_watcher(watcher, |watcher| {
                if let Some(listeners) = watcher.listeners.get_mut(&event.watch) {
                    listeners.retain(|listener| *listener != id);
                    if listeners.is_empty() {
                        watcher.listeners.remove(&event.watch);
                        watcher.system.remove(event.watch);
                    }
                }
            });
        }
        drop(event);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::super::tests::{Log, finish, start};
    use super::*;

    #[test]
    fn changes_in_a_directory_come_with_names() {
        let (event_loop, mut log) = start();
        let dir = std::env::temp_dir().join(format!("ouro-watch-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a directory");
        let own = std::rc::Rc::new(std::cell::Cell::new(None));
        let id = std::rc::Rc::clone(&own);
        let watching = event_loop.fs_watch(&dir, move |log: &mut Log, change| {
            match change {
                FsChange::Rename(name) => log.note(format!("rename {}", name.display())),
                FsChange::Change(name) => log.note(format!("change {}", name.display())),
                FsChange::Error(error) => log.note(error.to_string()),
            }
            if let (4, Some(id)) = (log.lines.len(), id.get()) {
                log.event_loop.close(id, None);
            }
        });
        own.set(watching.ok());
        let file = dir.join("a.txt");
        event_loop.immediate(move |_| {
            assert!(std::fs::write(&file, "x").is_ok());
            assert!(std::fs::rename(&file, file.with_extension("old")).is_ok());
        });
        let expected = [
            "rename a.txt",
            "change a.txt",
            "rename a.txt",
            "rename a.old",
        ];
        finish(&event_loop, &mut log, &expected);
        assert!(std::fs::remove_dir_all(&dir).is_ok());
    }

    #[test]
    fn what_is_not_there_can_not_be_watched() {
        let (event_loop, _) = start();
        let watching = event_loop.fs_watch(Path::new("/no/such/file"), |_, _| {});
        assert!(watching.is_err_and(|error| error.kind() == io::ErrorKind::NotFound));
        assert!(!event_loop.alive());
    }
}
