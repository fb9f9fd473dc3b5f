//! Child processes: what the standard library's `Command` does not do by
//! itself, and word of their end.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::Source;
use super::signal::SignalListener;

/// Says when a child ends: a pidfd where there are some, else SIGCHLD.
pub(crate) enum ExitWatch {
    Process(Source),
    Signal(SignalListener),
}

impl ExitWatch {
    pub(crate) fn new(child: &Child) -> io::Result<Self> {
        match open_pidfd(child) {
            Some(source) => Ok(Self::Process(source)),
            None => SignalListener::new(libc::SIGCHLD).map(Self::Signal),
        }
    }

    pub(crate) fn source(&self) -> &Source {
        match self {
            Self::Process(source) => source,
            Self::Signal(listener) => listener.source(),
        }
    }

    /// Takes the readiness away that brought us here.
    pub(crate) fn drain(&self) {
        if let Self::Signal(listener) = self {
            let mut bytes = [0; 64];
            while let Ok(1..) = super::read(listener.source(), &mut bytes) {}
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn open_pidfd(child: &Child) -> Option<Source> {
    use rustix::process::{Pid, PidfdFlags, pidfd_open};
    let pid = Pid::from_raw(i32::try_from(child.id()).ok()?)?;
    pidfd_open(pid, PidfdFlags::empty()).ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn open_pidfd(_child: &Child) -> Option<Source> {
    None
}

/// What a child's descriptor is connected to.
pub(crate) enum ChildEnd {
    /// `/dev/null`.
    Null,
    /// A descriptor of this process.
    Descriptor(OwnedFd),
}

/// A pair of connected sockets, as Node's `'pipe'` is: ours, non-blocking, and
/// the child's.
pub(crate) fn stdio_pair() -> io::Result<(Source, OwnedFd)> {
    let (ours, childs) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    Ok((ours.into(), childs.into()))
}

/// A copy of one of this process's descriptors, to be inherited.
pub(crate) fn duplicate(fd: i32) -> io::Result<OwnedFd> {
    if fd < 0 {
        return Err(super::bad_descriptor());
    }
    // SAFETY: `fcntl` with a number that is no descriptor fails with EBADF and
    // touches no memory.
    let copy = unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 3) };
    own(copy)
}

/// Makes reads and writes of a descriptor, and of all its copies, wait.
pub(crate) fn set_blocking(fd: &OwnedFd) -> io::Result<()> {
    let flags = rustix::fs::fcntl_getfl(fd)?;
    rustix::fs::fcntl_setfl(fd, flags - rustix::fs::OFlags::NONBLOCK)?;
    Ok(())
}

/// Takes ownership of what a duplicating call answered.
fn own(copy: RawFd) -> io::Result<OwnedFd> {
    use std::os::fd::FromRawFd;
    if copy < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the kernel has just made `copy` for this call; nobody else has it.
    Ok(unsafe { OwnedFd::from_raw_fd(copy) })
}

/// Who the child is to be.
#[derive(Default)]
pub(crate) struct Identity<'a> {
    pub(crate) argv0: Option<&'a std::ffi::OsStr>,
    pub(crate) uid: Option<u32>,
    pub(crate) gid: Option<u32>,
    pub(crate) detached: bool,
}

/// Starts `command` with `ends` as its descriptors 0, 1, 2, ….
pub(crate) fn spawn(
    mut command: Command,
    identity: &Identity<'_>,
    ends: Vec<ChildEnd>,
) -> io::Result<Child> {
    if let Some(argv0) = identity.argv0 {
        command.arg0(argv0);
    }
    if let Some(gid) = identity.gid {
        command.gid(gid);
    }
    if let Some(uid) = identity.uid {
        command.uid(uid);
    }
    let n_ends = ends.len();
    let mut ends = ends.into_iter();
    command.stdin(to_stdio(ends.next()));
    command.stdout(to_stdio(ends.next()));
    command.stderr(to_stdio(ends.next()));
    let extra = above_targets(ends, n_ends)?;
    let detached = identity.detached;
    if detached || !extra.is_empty() {
        let prepare = move || {
            if detached {
                rustix::process::setsid()?;
            }
            extra.iter().try_for_each(|(fd, target)| place(fd, *target))
        };
        // SAFETY: between fork and exec only system calls are made (`setsid`,
        // `dup2`); nothing is allocated and no lock is taken.
        unsafe { command.pre_exec(prepare) };
    }
    command.spawn()
}

fn to_stdio(end: Option<ChildEnd>) -> Stdio {
    match end {
        Some(ChildEnd::Descriptor(fd)) => Stdio::from(fd),
        Some(ChildEnd::Null) | None => Stdio::null(),
    }
}

/// Copies the ends of descriptors 3 and up out of the way of each other:
/// `dup2` in the child must not overwrite one that it still needs.
fn above_targets(
    ends: impl Iterator<Item = ChildEnd>,
    n_ends: usize,
) -> io::Result<Vec<(OwnedFd, RawFd)>> {
    let lowest = RawFd::try_from(n_ends.max(3)).map_err(|_| super::bad_descriptor())?;
    let mut placed = Vec::new();
    for (target, end) in (3..).zip(ends) {
        let fd = match end {
            ChildEnd::Descriptor(fd) => fd,
            ChildEnd::Null => std::fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open("/dev/null")?
                .into(),
        };
        // SAFETY: `fd` is open, and `fcntl` touches no memory of ours.
        let copy = unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_DUPFD_CLOEXEC, lowest) };
        placed.push((own(copy)?, target));
    }
    Ok(placed)
}

/// Puts a descriptor in its place in the child, to be kept over exec.
fn place(fd: &OwnedFd, target: RawFd) -> io::Result<()> {
    // SAFETY: runs in the child before exec, where nobody owns `target`.
    match unsafe { libc::dup2(fd.as_raw_fd(), target) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// The signal that ended a process.
pub(crate) fn exit_signal(status: ExitStatus) -> Option<i32> {
    status.signal()
}
