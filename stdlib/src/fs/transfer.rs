//! Reading and writing at an open file: one system call each, as `read(2)` and `write(2)` have it.

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
    bytes
        .try_reserve_exact(len)
        .map_err(|_| failed("read")(rustix::io::Errno::NOMEM))?;
    bytes.resize(len, 0);
    let count = read(fd, &mut bytes, position)?;
    bytes.truncate(count);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::descriptor::{close, open};

    #[test]
    fn what_is_written_at_a_position_is_read_there() {
        let path = std::env::temp_dir().join(format!("ouro-transfer-{}", std::process::id()));
        let fd = open(&path, libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC, 0o600).expect("opened");
        write_all(fd, b"0123456789").expect("written");
        assert_eq!(write(fd, b"ab", Some(4)).expect("written"), 2);
        assert_eq!(read_vec(fd, 4, Some(3)).expect("read"), b"3ab6");
        assert_eq!(read_vec(fd, 0, Some(3)).expect("nothing asked"), b"");
        assert_eq!(read_vec(fd, 4, Some(100)).expect("behind the end"), b"");
        assert_eq!(read(fd, &mut [0; 4], None).expect("at the end"), 0);
        close(fd).expect("closed");
        std::fs::remove_file(&path).expect("removed");
    }
}
