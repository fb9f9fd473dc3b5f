//! Unix: descriptors, epoll on Linux, `polling` elsewhere.

#[cfg(target_os = "linux")]
mod epoll;
#[cfg(target_os = "linux")]
pub(crate) use epoll::{Selector, Waker};

#[cfg(not(target_os = "linux"))]
pub(crate) use super::portable::{Selector, Waker};

mod process;
mod signal;
#[cfg(target_os = "linux")]
mod watcher;

pub(crate) use process::{
    ChildEnd, ExitWatch, Identity, duplicate, exit_signal, set_blocking, spawn, stdio_pair,
};
pub(crate) use signal::{Diversion, SignalListener, send_signal};
#[cfg(target_os = "linux")]
pub(crate) use watcher::{Change, Watcher};

#[cfg(not(target_os = "linux"))]
pub(crate) use super::no_watcher::{Change, Watcher};

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, IoSlice};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::handle::DescriptorKind;

use rustix::fs::{FileType, OFlags};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, OutputModes, Termios};
use socket2::{Domain, SockAddr, SockRef, Socket, Type};

/// An owned descriptor that the loop can watch: an `OwnedFd` on Unix, an
/// `OwnedSocket` on Windows.
pub type Source = std::os::fd::OwnedFd;

/// The error of a request whose handle was closed.
pub(crate) fn cancelled() -> io::Error {
    Errno::CANCELED.into()
}

/// The error of a call on a descriptor that is not there.
pub(crate) fn bad_descriptor() -> io::Error {
    Errno::BADF.into()
}

/// The error of a write that nobody can read any more.
pub(crate) fn broken_pipe() -> io::Error {
    Errno::PIPE.into()
}

/// The error of a call on a process that has ended.
pub(crate) fn no_such_process() -> io::Error {
    Errno::SRCH.into()
}

/// Whether to try again when the reactor says so.
pub(crate) fn is_transient(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
    )
}

/// Whether a connect has begun and will be heard of.
pub(crate) fn is_in_progress(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::INPROGRESS)
}

/// Whether a connection was gone before it was accepted.
pub(crate) fn is_lost_connection(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(Errno::CONNABORTED | Errno::INTR | Errno::PROTO)
    )
}

/// Whether the process or the system has no descriptors left.
pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(Errno::MFILE | Errno::NFILE)
    )
}

/// Whether this is how a terminal says that its other side is gone.
pub(crate) fn is_hang_up(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::IO)
}

/// The descriptor's number.
#[allow(clippy::unnecessary_wraps, reason = "other systems have no numbers")]
pub(crate) fn descriptor_number(source: &Source) -> Option<i32> {
    Some(source.as_raw_fd())
}

/// A descriptor of no use but to be given up.
pub(crate) fn open_reserve() -> Option<Source> {
    File::open("/dev/null").ok().map(Source::from)
}

/// Reads once.
pub(crate) fn read(source: &Source, buffer: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::io::read(source, buffer)?)
}

/// Writes once, without raising SIGPIPE on a socket. For pipes the signal is
/// ignored by the process: Rust's standard library arranges that at start.
pub(crate) fn write(source: &Source, is_socket: bool, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    match slices {
        [bytes] if is_socket => send(source, bytes),
        [bytes] => Ok(rustix::io::write(source, bytes)?),
        slices if is_socket => SockRef::from(source).send_vectored_with_flags(slices, NO_SIGNAL),
        slices => Ok(rustix::io::writev(source, slices)?),
    }
}

#[cfg(not(target_vendor = "apple"))]
const NO_SIGNAL: i32 = libc::MSG_NOSIGNAL;

/// Apple's sockets have `SO_NOSIGPIPE` set by `socket2` instead.
#[cfg(target_vendor = "apple")]
const NO_SIGNAL: i32 = 0;

#[cfg(not(target_vendor = "apple"))]
fn send(source: &Source, bytes: &[u8]) -> io::Result<usize> {
    let flags = rustix::net::SendFlags::NOSIGNAL;
    Ok(rustix::net::send(source, bytes, flags)?)
}

#[cfg(target_vendor = "apple")]
fn send(source: &Source, bytes: &[u8]) -> io::Result<usize> {
    Ok(rustix::io::write(source, bytes)?)
}

/// Accepts a connection, non-blocking and not inherited by children.
#[cfg(not(target_vendor = "apple"))]
pub(crate) fn accept(source: &Source) -> io::Result<Source> {
    use rustix::net::SocketFlags;
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    Ok(rustix::net::accept_with(source, flags)?)
}

/// Accepts a connection, non-blocking and not inherited by children.
#[cfg(target_vendor = "apple")]
pub(crate) fn accept(source: &Source) -> io::Result<Source> {
    let (socket, _) = SockRef::from(source).accept()?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// A socket that is non-blocking and not inherited by children.
#[cfg(not(target_vendor = "apple"))]
pub(crate) fn socket(domain: Domain, kind: Type) -> io::Result<Socket> {
    Socket::new(domain, kind.nonblocking(), None)
}

/// A socket that is non-blocking and not inherited by children.
#[cfg(target_vendor = "apple")]
pub(crate) fn socket(domain: Domain, kind: Type) -> io::Result<Socket> {
    let socket = Socket::new(domain, kind, None)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Lets an address be bound whose last connections are still winding down.
pub(crate) fn set_listen_address_reuse(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_address(true)
}

/// Lets several sockets share an address and its traffic.
pub(crate) fn set_reuse_port(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_port(true)
}

/// Receives one datagram.
pub(crate) fn receive_from(source: &Source, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
    let flags = rustix::net::RecvFlags::empty();
    let (len, _, from) = rustix::net::recvfrom(source, buffer, flags)?;
    let from = from.and_then(|from| SocketAddr::try_from(from).ok());
    from.map(|from| (len, from)).ok_or_else(bad_descriptor)
}

/// Undoes a `connect` of a datagram socket.
pub(crate) fn disconnect(socket: &SockRef<'_>) -> io::Result<()> {
    Ok(rustix::net::connect_unspec(&**socket)?)
}

/// Joins or leaves a multicast group for one sender.
pub(crate) fn set_source_membership(
    socket: &SockRef<'_>,
    sender: Ipv4Addr,
    group: Ipv4Addr,
    interface: Ipv4Addr,
    join: bool,
) -> io::Result<()> {
    match join {
        true => socket.join_ssm_v4(&sender, &group, &interface),
        false => socket.leave_ssm_v4(&sender, &group, &interface),
    }
}

/// Makes a descriptor that came from outside fit for a stream, or says that it
/// can't be watched. A terminal is opened anew, so that its other users keep
/// their blocking mode.
pub(crate) fn prepare_stream(source: Source, is_terminal: bool) -> io::Result<Source> {
    let status = rustix::fs::fstat(&source)?;
    let file_type = FileType::from_raw_mode(status.st_mode);
    if matches!(file_type, FileType::RegularFile | FileType::Directory) {
        return Err(io::ErrorKind::Unsupported.into());
    }
    if is_terminal && let Some(own) = reopen_terminal(&source) {
        return Ok(own);
    }
    let flags = rustix::fs::fcntl_getfl(&source)?;
    rustix::fs::fcntl_setfl(&source, flags | OFlags::NONBLOCK)?;
    Ok(source)
}

fn reopen_terminal(source: &Source) -> Option<Source> {
    let path = rustix::termios::ttyname(source, Vec::new()).ok()?;
    let access = rustix::fs::fcntl_getfl(source).ok()? & OFlags::RWMODE;
    let flags = access | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, rustix::fs::Mode::empty()).ok()
}

/// What kind of thing a descriptor is.
pub(crate) fn descriptor_kind(source: &Source) -> DescriptorKind {
    let Ok(status) = rustix::fs::fstat(source) else {
        return DescriptorKind::Unknown;
    };
    match FileType::from_raw_mode(status.st_mode) {
        FileType::RegularFile | FileType::BlockDevice => DescriptorKind::File,
        FileType::CharacterDevice if rustix::termios::isatty(source) => DescriptorKind::Tty,
        FileType::Fifo => DescriptorKind::Pipe,
        FileType::Socket => socket_kind(source),
        _ => DescriptorKind::Unknown,
    }
}

fn socket_kind(source: &Source) -> DescriptorKind {
    let socket = SockRef::from(source);
    let (Ok(addr), Ok(kind)) = (socket.local_addr(), socket.r#type()) else {
        return DescriptorKind::Unknown;
    };
    match kind {
        Type::STREAM if addr.is_unix() => DescriptorKind::Pipe,
        Type::STREAM if addr.as_socket().is_some() => DescriptorKind::Tcp,
        Type::DGRAM if addr.as_socket().is_some() => DescriptorKind::Udp,
        _ => DescriptorKind::Unknown,
    }
}

/// The file of a listening Unix domain socket; removed when this is dropped.
pub(crate) struct SocketFile(PathBuf);

impl SocketFile {
    /// `None` for an abstract name, which has no file.
    pub(crate) fn new(path: &Path) -> Option<Self> {
        let first = path.as_os_str().as_bytes().first();
        first
            .is_some_and(|&byte| byte != 0)
            .then(|| Self(path.to_owned()))
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // Somebody else may have removed it; that is as well.
        let _ = rustix::fs::unlink(&self.0);
    }
}

/// The path in a Unix domain address; an abstract name with its leading 0.
pub(crate) fn socket_path(addr: &SockAddr) -> Option<PathBuf> {
    if let Some(path) = addr.as_pathname() {
        return Some(path.to_owned());
    }
    abstract_name(addr)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn abstract_name(addr: &SockAddr) -> Option<PathBuf> {
    let name = addr.as_abstract_namespace()?;
    let bytes = [&[0], name].concat();
    Some(PathBuf::from(OsStr::from_bytes(&bytes)))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn abstract_name(_addr: &SockAddr) -> Option<PathBuf> {
    let _ = OsStr::from_bytes;
    None
}

/// A terminal's mode, to be set again later.
pub struct TerminalMode(Termios);

/// Sets a terminal's mode, or with `None` raw mode; answers that of before.
/// Raw mode leaves the treatment of output as it is.
pub(crate) fn set_terminal_mode(
    source: &Source,
    restore: Option<&TerminalMode>,
) -> io::Result<TerminalMode> {
    let before = rustix::termios::tcgetattr(source)?;
    let wanted = match restore {
        Some(mode) => mode.0.clone(),
        None => {
            let mut raw = before.clone();
            raw.make_raw();
            raw.output_modes |= OutputModes::OPOST | OutputModes::ONLCR;
            raw
        }
    };
    rustix::termios::tcsetattr(source, OptionalActions::Drain, &wanted)?;
    Ok(TerminalMode(before))
}

/// A terminal's columns and rows.
pub(crate) fn terminal_size(source: &Source) -> io::Result<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(source)?;
    Ok((size.ws_col, size.ws_row))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::termios::{LocalModes, tcgetattr};

    /// Both sides of a new terminal: the program's view of it, and ours.
    fn terminal() -> io::Result<(Source, Source)> {
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let ours = rustix::fs::open("/dev/ptmx", flags, rustix::fs::Mode::empty())?;
        // SAFETY: `ours` is an open terminal; the call keeps nothing of it.
        let unlocked = unsafe { libc::unlockpt(ours.as_raw_fd()) };
        let mut name = [0_u8; 64];
        // SAFETY: `name` has the length that is passed with it.
        let named =
            unsafe { libc::ptsname_r(ours.as_raw_fd(), name.as_mut_ptr().cast(), name.len()) };
        if unlocked != 0 || named != 0 {
            return Err(io::Error::last_os_error());
        }
        let end = name.iter().position(|&byte| byte == 0).unwrap_or(0);
        let path = OsStr::from_bytes(&name[..end]);
        let theirs = rustix::fs::open(path, flags, rustix::fs::Mode::empty())?;
        Ok((theirs, ours))
    }

    #[test]
    fn a_terminal_is_reopened_and_its_mode_restored() -> io::Result<()> {
        let (theirs, _ours) = terminal()?;
        assert_eq!(descriptor_kind(&theirs), DescriptorKind::Tty);
        let stream = prepare_stream(theirs.try_clone()?, true)?;
        let shared = rustix::fs::fcntl_getfl(&theirs)?;
        assert!(!shared.contains(OFlags::NONBLOCK));
        assert!(rustix::fs::fcntl_getfl(&stream)?.contains(OFlags::NONBLOCK));

        let before = set_terminal_mode(&stream, None)?;
        let raw = tcgetattr(&theirs)?;
        assert!(
            !raw.local_modes
                .intersects(LocalModes::ECHO | LocalModes::ISIG)
        );
        assert!(raw.output_modes.contains(OutputModes::OPOST));
        set_terminal_mode(&stream, Some(&before))?;
        assert!(tcgetattr(&theirs)?.local_modes.contains(LocalModes::ECHO));
        assert!(terminal_size(&stream).is_ok());
        Ok(())
    }
}
