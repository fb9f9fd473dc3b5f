//! Permissions, owners and times of files.

use std::path::Path;

use rustix::fs::{AtFlags, CWD, Gid, Mode, Timespec, Timestamps, Uid};

use super::descriptor::with_fd;
use super::stat::Links;
use super::{Result, failed, failed_at};

/// Sets the permission bits of a path.
pub(super) fn chmod(path: &Path, mode: u32) -> Result<()> {
    rustix::fs::chmod(path, Mode::from_raw_mode(mode & 0o7777)).map_err(failed_at("chmod", path))
}

/// Sets the permission bits of an open file.
pub(super) fn fchmod(fd: i32, mode: u32) -> Result<()> {
    with_fd(fd, |fd| {
        rustix::fs::fchmod(fd, Mode::from_raw_mode(mode & 0o7777))
    })
    .map_err(failed("fchmod"))
}

/// Sets the owner of a path; `None` leaves that half as it is.
pub(super) fn chown(path: &Path, uid: Option<u32>, gid: Option<u32>, links: Links) -> Result<()> {
    let (flags, syscall) = at_flags(links, "chown", "lchown");
    rustix::fs::chownat(
        CWD,
        path,
        uid.map(Uid::from_raw),
        gid.map(Gid::from_raw),
        flags,
    )
    .map_err(failed_at(syscall, path))
}

/// Sets the owner of an open file.
pub(super) fn fchown(fd: i32, uid: Option<u32>, gid: Option<u32>) -> Result<()> {
    with_fd(fd, |fd| {
        rustix::fs::fchown(fd, uid.map(Uid::from_raw), gid.map(Gid::from_raw))
    })
    .map_err(failed("fchown"))
}

/// Sets the times of a path, in seconds since 1970.
pub(super) fn utimes(path: &Path, atime: f64, mtime: f64, links: Links) -> Result<()> {
    let (flags, syscall) = at_flags(links, "utime", "lutime");
    rustix::fs::utimensat(CWD, path, &timestamps(atime, mtime), flags)
        .map_err(failed_at(syscall, path))
}

/// Sets the times of an open file.
pub(super) fn futimes(fd: i32, atime: f64, mtime: f64) -> Result<()> {
    with_fd(fd, |fd| rustix::fs::futimens(fd, &timestamps(atime, mtime))).map_err(failed("futime"))
}

fn at_flags(links: Links, followed: &'static str, kept: &'static str) -> (AtFlags, &'static str) {
    match links {
        Links::Follow => (AtFlags::empty(), followed),
        Links::Keep => (AtFlags::SYMLINK_NOFOLLOW, kept),
    }
}

fn timestamps(atime: f64, mtime: f64) -> Timestamps {
    Timestamps {
        last_access: timespec(atime),
        last_modification: timespec(mtime),
    }
}

// JavaScript's times are milliseconds as doubles: microseconds are all that a double keeps of today's.
fn timespec(seconds: f64) -> Timespec {
    let whole = seconds.floor();
    let microseconds = ((seconds - whole) * 1e6).round().clamp(0.0, 999_999.0);
    Timespec {
        tv_sec: whole as _,
        tv_nsec: (microseconds as i64 * 1000) as _,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_count_from_below() {
        let time = timespec(-1.25);
        assert_eq!((time.tv_sec, time.tv_nsec), (-2, 750_000_000));
        let time = timespec(1_491_674_378.008);
        assert_eq!((time.tv_sec, time.tv_nsec), (1_491_674_378, 8_000_000));
    }
}
