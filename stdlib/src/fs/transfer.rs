//! Reading and writing at an open file: one system call each, as `read(2)` and `write(2)` have it.

use rustix::buffer::spare_capacity;
use rustix::io::retry_on_intr;

use super::descriptor::with_fd;
use super::{Result, failed};

/// Reads into `bytes`, from `position` or from where the file is; gives the count, 0 at the end.
pub(super) fn read(fd: i32, bytes: &mut [u8], position: Option<u64>) -> Result<usize> {
    retry_on_intr(|| {
        with_fd(fd, |fd| match position {
            Some(at) => rustix::io::pread(fd, &mut *bytes, at),
            None => rustix::io::read(fd, &mut *bytes),
        })
    })
    .map_err(failed("read"))
}

/// Reads at most `len` bytes into a vector of its own.
pub(super) fn read_vec(fd: i32, len: usize, position: Option<u64>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(len).map_err(|_| failed("read")(rustix::io::Errno::NOMEM))?;
    bytes.reserve_exact(len);
    retry_on_intr(|| {
        bytes.clear();
        with_fd(fd, |fd| match position {
            Some(at) => rustix::io::pread(fd, spare_capacity(&mut bytes), at),
            None => rustix::io::read(fd, spare_capacity(&mut bytes)),
        })
    })
    .map_err(failed("read"))?;
    bytes.truncate(len);
    Ok(bytes)
}

/// Writes from `bytes`, at `position` or where the file is; gives the count, which may be short.
pub(super) fn write(fd: i32, bytes: &[u8], position: Option<u64>) -> Result<usize> {
    retry_on_intr(|| {
        with_fd(fd, |fd| match position {
            Some(at) => rustix::io::pwrite(fd, bytes, at),
            None => rustix::io::write(fd, bytes),
        })
    })
    .map_err(failed("write"))
}

/// Writes all of `bytes` where the file is.
pub(super) fn write_all(fd: i32, mut bytes: &[u8]) -> Result<()> {
    while !bytes.is_empty() {
        let count = write(fd, bytes, None)?;
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(())
}
