//! `copyFile`: a copy of one file's bytes and permissions, in the kernel where it can.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::Result;
use crate::internal::system_error::SystemError;

/// Fail where the destination exists.
pub(super) const COPYFILE_EXCL: u32 = 1;
/// Share the blocks where the file system can.
pub(super) const COPYFILE_FICLONE: u32 = 2;
/// Share the blocks, or fail.
pub(super) const COPYFILE_FICLONE_FORCE: u32 = 4;

/// Copies a file. A copy that fails half-way is removed again, unless it is the source itself.
pub(super) fn copy_file(from: &Path, to: &Path, mode: u32) -> Result<()> {
    copy(from, to, mode).map_err(|error| {
        SystemError::from_io(&error, "copyfile")
            .with_path(from)
            .with_dest(to)
    })
}

fn copy(from: &Path, to: &Path, mode: u32) -> io::Result<()> {
    let mut source = File::open(from)?;
    let status = source.metadata()?;
    if status.is_dir() {
        return Err(io::Error::from_raw_os_error(libc::EISDIR));
    }
    let permissions = status.permissions().mode() & 0o7777;
    let mut target = OpenOptions::new()
        .write(true)
        .create(true)
        .create_new(mode & COPYFILE_EXCL != 0)
        .mode(permissions & 0o777)
        .open(to)?;
    let target_status = target.metadata()?;
    if (target_status.dev(), target_status.ino()) == (status.dev(), status.ino()) {
        return Ok(());
    }
    let result = fill(&mut source, &mut target, permissions, mode);
    if result.is_err() {
        drop(target);
        // The error that counts is the one of the copy.
        let _ = std::fs::remove_file(to);
    }
    result
}

fn fill(source: &mut File, target: &mut File, permissions: u32, mode: u32) -> io::Result<()> {
    if target.metadata()?.is_file() {
        target.set_len(0)?;
        target.set_permissions(std::fs::Permissions::from_mode(permissions))?;
    }
    if mode & (COPYFILE_FICLONE | COPYFILE_FICLONE_FORCE) != 0 {
        match share_blocks(source, target) {
            Ok(()) => return Ok(()),
            Err(error) if mode & COPYFILE_FICLONE_FORCE != 0 => return Err(error),
            Err(_) => {}
        }
    }
    io::copy(source, target).map(|_| ())
}

#[cfg(target_os = "linux")]
fn share_blocks(source: &File, target: &File) -> io::Result<()> {
    Ok(rustix::fs::ioctl_ficlone(target, source)?)
}

#[cfg(not(target_os = "linux"))]
fn share_blocks(_source: &File, _target: &File) -> io::Result<()> {
    Err(io::Error::from_raw_os_error(libc::ENOTSUP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_refuses() {
        let dir = std::env::temp_dir().join(format!("ouro-copy-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a directory");
        let (from, to) = (dir.join("from"), dir.join("to"));
        std::fs::write(&from, "bytes").expect("written");
        copy_file(&from, &to, 0).expect("copied");
        assert_eq!(std::fs::read(&to).expect("read"), b"bytes");
        assert_eq!(
            copy_file(&from, &to, COPYFILE_EXCL)
                .expect_err("exists")
                .code,
            "EEXIST"
        );
        assert_eq!(std::fs::read(&to).expect("still there"), b"bytes");
        assert_eq!(
            copy_file(&dir, &to, 0).expect_err("a directory").code,
            "EISDIR"
        );
        copy_file(&from, &from, 0).expect("onto itself");
        assert_eq!(std::fs::read(&from).expect("read"), b"bytes");
        std::fs::remove_dir_all(&dir).expect("removed");
    }
}
