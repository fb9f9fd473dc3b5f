//! Descriptors: what is done with an open file that is neither reading nor writing.
//!
//! JavaScript names a file by its number, and may name one that is closed or somebody else's; the system then answers
//! `EBADF`, or does what was asked with that file, as in Node. This is the only file of the module with `unsafe`.
#![allow(
    unsafe_code,
    reason = "a descriptor that comes from JavaScript is a plain number"
)]

use std::os::fd::{BorrowedFd, IntoRawFd};
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::retry_on_intr;

use super::{Result, failed, failed_at};
use crate::internal::system_error::SystemError;

/// Opens a file; the number belongs to the caller, who closes it with [`close`].
pub(super) fn open(path: &Path, flags: i32, mode: u32) -> Result<i32> {
    let flags = OFlags::from_bits_retain(flags as u32) | OFlags::CLOEXEC;
    let mode = Mode::from_raw_mode(mode & 0o7777);
    let fd =
        retry_on_intr(|| rustix::fs::open(path, flags, mode)).map_err(failed_at("open", path))?;
    Ok(fd.into_raw_fd())
}

/// Closes a descriptor. It is gone even where an error is reported.
pub(super) fn close(fd: i32) -> Result<()> {
    // SAFETY: close(2) takes any number; what it does to a descriptor that something else owns is the program's wish,
    // which named it by number.
    let result = unsafe { libc::close(fd) };
    if result == 0 {
        return Ok(());
    }
    let error = std::io::Error::last_os_error();
    match error.raw_os_error() {
        // The descriptor is closed all the same, and must not be closed again.
        Some(libc::EINTR | libc::EINPROGRESS) => Ok(()),
        _ => Err(SystemError::from_io(&error, "close")),
    }
}

/// Lends a number as a descriptor for the time of one call.
pub(super) fn with_fd<R>(
    fd: i32,
    f: impl FnOnce(BorrowedFd<'_>) -> rustix::io::Result<R>,
) -> rustix::io::Result<R> {
    if fd < 0 {
        return Err(rustix::io::Errno::BADF);
    }
    // SAFETY: it is not -1 (checked above) and lives only for this call; should another thread close it meanwhile, the
    // system call answers EBADF or reaches the file that took the number over, which is what the program asked for.
    let borrowed = unsafe { BorrowedFd::borrow_raw(fd) };
    f(borrowed)
}

/// Writes data and metadata to the disk.
pub(super) fn fsync(fd: i32) -> Result<()> {
    retry_on_intr(|| with_fd(fd, |fd| rustix::fs::fsync(fd))).map_err(failed("fsync"))
}

/// Writes the data to the disk.
pub(super) fn fdatasync(fd: i32) -> Result<()> {
    #[cfg(target_vendor = "apple")]
    let result = retry_on_intr(|| with_fd(fd, |fd| rustix::fs::fsync(fd)));
    #[cfg(not(target_vendor = "apple"))]
    let result = retry_on_intr(|| with_fd(fd, |fd| rustix::fs::fdatasync(fd)));
    result.map_err(failed("fdatasync"))
}

/// Sets the length of an open file.
pub(super) fn ftruncate(fd: i32, len: u64) -> Result<()> {
    retry_on_intr(|| with_fd(fd, |fd| rustix::fs::ftruncate(fd, len))).map_err(failed("ftruncate"))
}

/// Sets the length of a file; an error of opening it says `open`, as in Node.
pub(super) fn truncate(path: &Path, len: u64) -> Result<()> {
    let fd = open(path, libc::O_RDWR, 0)?;
    let result = ftruncate(fd, len);
    close(fd)?;
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_no_descriptor_is_ebadf() {
        assert_eq!(close(987_654).expect_err("not open").code, "EBADF");
        assert_eq!(fsync(-1).expect_err("not a descriptor").code, "EBADF");
    }

    #[test]
    fn a_missing_file_is_named_by_the_error() {
        let error = open(Path::new("/no/such"), libc::O_RDONLY, 0).expect_err("missing");
        assert_eq!(
            error.to_string(),
            "ENOENT: no such file or directory, open '/no/such'"
        );
    }
}
