//! Whole files in one job: open, read or write everything, close.

use std::path::PathBuf;

use rustix::buffer::spare_capacity;
use rustix::io::retry_on_intr;

use super::descriptor::{close, open, with_fd};
use super::{Result, failed, stat, transfer};

/// The longest file that `readFile` takes, in bytes. Source: `ERR_FS_FILE_TOO_LARGE` on Node's page `errors`.
const MAX_LEN: u64 = (1 << 31) - 1;

/// How much a file without a size (a pipe, `/proc`) is read by, in bytes.
const CHUNK_LEN: usize = 64 * 1024;

/// A file named by the caller: by its path, to be opened and closed, or by a descriptor that stays open.
#[derive(Debug)]
pub(super) enum Target {
    /// A path.
    Path(PathBuf),
    /// An open file.
    Descriptor(i32),
}

/// What reading a whole file gave.
#[derive(Debug)]
pub(super) enum Contents {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Its text where every byte is ASCII.
    Ascii(Vec<u8>),
    /// Its text, decoded from UTF-8; what is not UTF-8 became U+FFFD.
    Text(Vec<u16>),
    /// It is too long; its length in bytes.
    TooLarge(u64),
}

/// Reads a file from start to end, or from where the descriptor is to the end.
pub(super) fn read_file(target: &Target, flags: i32, as_text: bool) -> Result<Contents> {
    let contents = with_target(target, flags, 0o666, read_to_end)?;
    Ok(match contents {
        Contents::Bytes(bytes) if as_text => decode(bytes),
        other => other,
    })
}

/// Writes a file; with `O_APPEND` in the flags at its end.
pub(super) fn write_file(target: &Target, bytes: &[u8], flags: i32, mode: u32) -> Result<()> {
    with_target(target, flags, mode, |fd| transfer::write_all(fd, bytes))
}

fn with_target<T>(
    target: &Target,
    flags: i32,
    mode: u32,
    f: impl FnOnce(i32) -> Result<T>,
) -> Result<T> {
    match target {
        Target::Descriptor(fd) => f(*fd),
        Target::Path(path) => {
            let fd = open(path, flags, mode)?;
            let result = f(fd);
            let closed = close(fd);
            let value = result?;
            closed?;
            Ok(value)
        }
    }
}

fn read_to_end(fd: i32) -> Result<Contents> {
    let size = stat::regular_file_len(fd)?;
    if size > MAX_LEN {
        return Ok(Contents::TooLarge(size));
    }
    // One byte more than the size, so that the read that finds the end needs no growth.
    let mut bytes: Vec<u8> = Vec::new();
    let wanted = if size == 0 {
        CHUNK_LEN
    } else {
        size as usize + 1
    };
    loop {
        if bytes.capacity() == bytes.len() {
            let more = if bytes.is_empty() {
                wanted
            } else {
                bytes.len().max(CHUNK_LEN)
            };
            bytes
                .try_reserve(more)
                .map_err(|_| failed("read")(rustix::io::Errno::NOMEM))?;
        }
        let count =
            retry_on_intr(|| with_fd(fd, |fd| rustix::io::read(fd, spare_capacity(&mut bytes))));
        if count.map_err(failed("read"))? == 0 {
            return Ok(Contents::Bytes(bytes));
        }
        if bytes.len() as u64 > MAX_LEN {
            return Ok(Contents::TooLarge(bytes.len() as u64));
        }
    }
}

fn decode(bytes: Vec<u8>) -> Contents {
    if bytes.is_ascii() {
        return Contents::Ascii(bytes);
    }
    Contents::Text(String::from_utf8_lossy(&bytes).encode_utf16().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("ouro-whole-file-{}-{name}", std::process::id()))
    }

    #[test]
    fn what_was_written_is_read() {
        let target = Target::Path(scratch("a"));
        write_file(
            &target,
            "käse".as_bytes(),
            libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC,
            0o600,
        )
        .expect("written");
        write_file(&target, b"!", libc::O_WRONLY | libc::O_APPEND, 0o600).expect("appended");
        let Contents::Text(units) = read_file(&target, libc::O_RDONLY, true).expect("read") else {
            panic!("text that is not ASCII");
        };
        assert_eq!(String::from_utf16_lossy(&units), "käse!");
        std::fs::remove_file(scratch("a")).expect("removed");
    }

    #[test]
    fn files_that_claim_to_be_empty_are_read_too() {
        let target = Target::Path("/proc/self/status".into());
        if let Ok(Contents::Ascii(text)) = read_file(&target, libc::O_RDONLY, true) {
            assert!(!text.is_empty());
        }
    }

    #[test]
    fn a_directory_is_eisdir() {
        let error =
            read_file(&Target::Path("/".into()), libc::O_RDONLY, false).expect_err("a directory");
        assert_eq!(
            (error.code, error.syscall, error.path),
            ("EISDIR", "read", None)
        );
    }
}
