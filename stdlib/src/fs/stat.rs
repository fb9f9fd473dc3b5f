//! What the system knows about a file, and about a file system.

use std::path::Path;

use rustix::fs::AtFlags;

use super::descriptor::with_fd;
use super::{Result, failed, failed_at};

/// Seconds and nanoseconds since 1970; the seconds may be negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Time {
    /// Whole seconds, rounded down.
    pub(super) seconds: i64,
    /// Nanoseconds, 0 to 999 999 999.
    pub(super) nanoseconds: u32,
}

impl Time {
    /// Milliseconds since 1970, with a fraction.
    pub(super) fn as_ms(self) -> f64 {
        self.seconds as f64 * 1e3 + f64::from(self.nanoseconds) / 1e6
    }

    /// Nanoseconds since 1970; saturates in the year 2262.
    pub(super) fn as_ns(self) -> i64 {
        self.seconds
            .saturating_mul(1_000_000_000)
            .saturating_add(i64::from(self.nanoseconds))
    }
}

/// The fields of `fs.Stats`.
#[derive(Debug, Clone, Default)]
pub(super) struct FileStat {
    /// `dev`, `mode`, `nlink`, `uid`, `gid`, `rdev`, `blksize`, `ino`, `size`, `blocks`, in this order.
    pub(super) numbers: [u64; 10],
    /// `atime`, `mtime`, `ctime`, `birthtime`, in this order.
    pub(super) times: [Time; 4],
}

/// Which file a path names that ends in a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// The one that the link points to.
    Follow,
    /// The link itself.
    Keep,
}

/// The status of the file at a path.
pub(super) fn at_path(path: &Path, links: Links) -> Result<FileStat> {
    let (flags, syscall) = match links {
        Links::Follow => (AtFlags::empty(), "stat"),
        Links::Keep => (AtFlags::SYMLINK_NOFOLLOW, "lstat"),
    };
    // An empty path would name the current directory to some calls.
    if path.as_os_str().is_empty() {
        return Err(failed_at(syscall, path)(rustix::io::Errno::NOENT));
    }
    imp::at_path(path, flags).map_err(failed_at(syscall, path))
}

/// The status of an open file.
pub(super) fn of_descriptor(fd: i32) -> Result<FileStat> {
    imp::of_descriptor(fd).map_err(failed("fstat"))
}

/// The length of an open file where it is a regular one, else 0.
pub(super) fn regular_file_len(fd: i32) -> Result<u64> {
    let stat = with_fd(fd, |fd| rustix::fs::fstat(fd)).map_err(failed("fstat"))?;
    let is_regular =
        rustix::fs::FileType::from_raw_mode(stat.st_mode as _) == rustix::fs::FileType::RegularFile;
    Ok(if is_regular { stat.st_size as u64 } else { 0 })
}

/// `type`, `bsize`, `blocks`, `bfree`, `bavail`, `files`, `ffree` of the file system that holds a path.
pub(super) fn file_system(path: &Path) -> Result<[u64; 7]> {
    let stat = rustix::fs::statfs(path).map_err(failed_at("statfs", path))?;
    #[allow(
        clippy::unnecessary_cast,
        reason = "the fields' types differ between platforms"
    )]
    Ok([
        stat.f_type as u64,
        stat.f_bsize as u64,
        stat.f_blocks as u64,
        stat.f_bfree as u64,
        stat.f_bavail as u64,
        stat.f_files as u64,
        stat.f_ffree as u64,
    ])
}

#[cfg(target_os = "linux")]
mod imp {
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Statx, StatxFlags, StatxTimestamp, statx};

    use super::super::descriptor::with_fd;
    use super::{FileStat, Time};

    fn wanted() -> StatxFlags {
        StatxFlags::BASIC_STATS | StatxFlags::BTIME
    }

    pub(super) fn at_path(path: &Path, flags: AtFlags) -> rustix::io::Result<FileStat> {
        statx(CWD, path, flags, wanted()).map(|stat| convert(&stat))
    }

    pub(super) fn of_descriptor(fd: i32) -> rustix::io::Result<FileStat> {
        with_fd(fd, |fd| statx(fd, c"", AtFlags::EMPTY_PATH, wanted())).map(|stat| convert(&stat))
    }

    fn convert(s: &Statx) -> FileStat {
        FileStat {
            numbers: [
                rustix::fs::makedev(s.stx_dev_major, s.stx_dev_minor),
                s.stx_mode.into(),
                s.stx_nlink.into(),
                s.stx_uid.into(),
                s.stx_gid.into(),
                rustix::fs::makedev(s.stx_rdev_major, s.stx_rdev_minor),
                s.stx_blksize.into(),
                s.stx_ino,
                s.stx_size,
                s.stx_blocks,
            ],
            times: [
                time(&s.stx_atime),
                time(&s.stx_mtime),
                time(&s.stx_ctime),
                time(&s.stx_btime),
            ],
        }
    }

    fn time(t: &StatxTimestamp) -> Time {
        Time {
            seconds: t.tv_sec,
            nanoseconds: t.tv_nsec,
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Stat, fstat, statat};

    use super::super::descriptor::with_fd;
    use super::{FileStat, Time};

    pub(super) fn at_path(path: &Path, flags: AtFlags) -> rustix::io::Result<FileStat> {
        statat(CWD, path, flags).map(|stat| convert(&stat))
    }

    pub(super) fn of_descriptor(fd: i32) -> rustix::io::Result<FileStat> {
        with_fd(fd, |fd| fstat(fd)).map(|stat| convert(&stat))
    }

    #[allow(
        clippy::unnecessary_cast,
        reason = "the fields' types differ between platforms"
    )]
    fn convert(s: &Stat) -> FileStat {
        let time = |seconds, nanoseconds| Time {
            seconds: seconds as i64,
            nanoseconds: nanoseconds as u32,
        };
        let ctime = time(s.st_ctime, s.st_ctime_nsec);
        #[cfg(target_vendor = "apple")]
        let birthtime = time(s.st_birthtime, s.st_birthtime_nsec);
        #[cfg(not(target_vendor = "apple"))]
        let birthtime = ctime;
        FileStat {
            numbers: [
                s.st_dev as u64,
                s.st_mode as u64,
                s.st_nlink as u64,
                s.st_uid as u64,
                s.st_gid as u64,
                s.st_rdev as u64,
                s.st_blksize as u64,
                s.st_ino as u64,
                s.st_size as u64,
                s.st_blocks as u64,
            ],
            times: [
                time(s.st_atime, s.st_atime_nsec),
                time(s.st_mtime, s.st_mtime_nsec),
                ctime,
                birthtime,
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_not_its_link() {
        let dir = std::env::temp_dir().join(format!("ouro-stat-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a directory");
        let link = dir.join("link");
        std::os::unix::fs::symlink("/", &link).expect("a link");
        let followed = at_path(&link, Links::Follow).expect("the root");
        let kept = at_path(&link, Links::Keep).expect("the link");
        assert_eq!(followed.numbers[1] & 0o170_000, 0o040_000);
        assert_eq!(kept.numbers[1] & 0o170_000, 0o120_000);
        std::fs::remove_dir_all(&dir).expect("removed");
    }

    #[test]
    fn times_before_1970_count_down() {
        let time = Time {
            seconds: -2,
            nanoseconds: 500_000_000,
        };
        assert_eq!((time.as_ms(), time.as_ns()), (-1500.0, -1_500_000_000));
    }
}
