//! `fs`: files and directories.
//!
//! Three layers. `descriptor`, `transfer`, `whole_file`, `stat`, `names`, `copy`, `directory`, `remove` and `attributes`
//! are plain functions over system calls, without a JavaScript type. The files of `glue` take arguments apart and call
//! them: at once, or on the worker pool where the last argument is a function. What users observe is JavaScript.
//!
//! Binding functions, and the JavaScript that calls them:
//! * `getConstants`, `access`, `exists`, `open`, `close`, `read`, `write`, `readFile`, `writeFile`, `stat`, `lstat`,
//!   `fstat`, `mkdir`, `readdir`, `rmdir`, `mkdtemp`, `rename`, `unlink`, `link`, `symlink`, `readlink`, `realpath`,
//!   `realpathByLink`, `copyFile`, `ftruncate`, `truncate`, `chmod`, `fchmod`, `fsync`, `fdatasync` — `fs`,
//!   `fs/promises`, and some of them the files of `internal/fs`
//! * `chown`, `fchown`, `lchown`, `utimes`, `futimes`, `lutimes`, `statfs` — `internal/fs/attributes`, `fs/promises`
//! * `readv`, `writev` — `internal/fs/vectored`, `internal/fs/file_handle`
//! * `rm` — `internal/fs/rm`
//! * `opendir`, `dirRead`, `dirClose` — `internal/fs/dir`
//! * `watchStart`, `watchStop`, `watchSetRef` — `internal/fs/watch`
//!
//! Paths are bytes: a name that is not UTF-8 passes through unharmed as a `Buffer`, and as text with U+FFFD.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/fs.html>

mod attributes;
mod constants;
mod copy;
mod descriptor;
mod directory;
mod glue;
mod names;
mod remove;
mod stat;
mod transfer;
mod watcher;
mod whole_file;

pub use glue::binding;

use crate::internal::system_error::SystemError;

/// What every plain function of this module gives.
type Result<T> = std::result::Result<T, SystemError>;

/// The error of a call that was about no path.
fn failed(syscall: &'static str) -> impl Fn(rustix::io::Errno) -> SystemError {
    move |errno| SystemError::from_errno(-errno.raw_os_error(), syscall)
}

/// The error of a call about one path.
fn failed_at(
    syscall: &'static str,
    path: &std::path::Path,
) -> impl Fn(rustix::io::Errno) -> SystemError {
    move |errno| SystemError::from_errno(-errno.raw_os_error(), syscall).with_path(path)
}
