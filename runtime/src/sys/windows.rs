//! Windows: sockets, through `polling`'s completion ports.
//!
//! What Ouro does not do here yet answers [`io::ErrorKind::Unsupported`]:
//! terminals and pipes as streams, signals, children with streams, and watches
//! on the file system.

pub(crate) use super::no_watcher::{Change, Watcher};
pub(crate) use super::portable::{Selector, Waker};

use std::ffi::OsStr;
use std::io::{self, IoSlice, Read};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, atomic::AtomicBool};

use crate::handle::DescriptorKind;

use socket2::{Domain, SockAddr, SockRef, Socket, Type};

/// An owned descriptor that the loop can watch: an `OwnedFd` on Unix, an
/// `OwnedSocket` on Windows.
pub type Source = std::os::windows::io::OwnedSocket;

/// Winsock's error numbers, as its documentation lists them.
mod number {
    pub(super) const BAD_DESCRIPTOR: i32 = 10009;
    pub(super) const OUT_OF_DESCRIPTORS: i32 = 10024;
    pub(super) const IN_PROGRESS: i32 = 10036;
    pub(super) const NOT_CONNECTED_ANY_MORE: i32 = 10058;
    pub(super) const CANCELLED: i32 = 10111;
    /// `ERROR_INVALID_PARAMETER`: what opening a process that is gone gives.
    pub(super) const NO_SUCH_PROCESS: i32 = 87;
}

/// The error of a request whose handle was closed.
pub(crate) fn cancelled() -> io::Error {
    io::Error::from_raw_os_error(number::CANCELLED)
}

/// The error of a call on a descriptor that is not there.
pub(crate) fn bad_descriptor() -> io::Error {
    io::Error::from_raw_os_error(number::BAD_DESCRIPTOR)
}

/// The error of a write that nobody can read any more.
pub(crate) fn broken_pipe() -> io::Error {
    io::Error::from_raw_os_error(number::NOT_CONNECTED_ANY_MORE)
}

/// The error of a call on a process that has ended.
pub(crate) fn no_such_process() -> io::Error {
    io::Error::from_raw_os_error(number::NO_SUCH_PROCESS)
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
    error.kind() == io::ErrorKind::WouldBlock || error.raw_os_error() == Some(number::IN_PROGRESS)
}

/// Whether a connection was gone before it was accepted.
pub(crate) fn is_lost_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

/// Whether the process has no descriptors left.
pub(crate) fn is_out_of_descriptors(error: &io::Error) -> bool {
    error.raw_os_error() == Some(number::OUT_OF_DESCRIPTORS)
}

/// Terminals are no streams here.
pub(crate) fn is_hang_up(_error: &io::Error) -> bool {
    false
}

/// Sockets have no numbers that a program could use.
pub(crate) fn descriptor_number(_source: &Source) -> Option<i32> {
    None
}

/// Descriptors are not scarce here.
pub(crate) fn open_reserve() -> Option<Source> {
    None
}

/// Reads once.
pub(crate) fn read(source: &Source, buffer: &mut [u8]) -> io::Result<usize> {
    (&*SockRef::from(source)).read(buffer)
}

/// Writes once.
pub(crate) fn write(
    source: &Source,
    _is_socket: bool,
    slices: &[IoSlice<'_>],
) -> io::Result<usize> {
    SockRef::from(source).send_vectored(slices)
}

/// Accepts a connection, non-blocking and not inherited by children.
pub(crate) fn accept(source: &Source) -> io::Result<Source> {
    let (socket, _) = SockRef::from(source).accept()?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// A socket that is non-blocking and not inherited by children.
pub(crate) fn socket(domain: Domain, kind: Type) -> io::Result<Socket> {
    let socket = Socket::new(domain, kind, None)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Addresses are free here as soon as their socket is closed; the option of
/// that name would let others steal them.
pub(crate) fn set_listen_address_reuse(_socket: &Socket) -> io::Result<()> {
    Ok(())
}

/// Not on Windows.
pub(crate) fn set_reuse_port(_socket: &Socket) -> io::Result<()> {
    unsupported()
}

/// Receives one datagram.
pub(crate) fn receive_from(source: &Source, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
    UdpSocket::from(source.try_clone()?).recv_from(buffer)
}

/// Undoes a `connect` of a datagram socket.
pub(crate) fn disconnect(socket: &SockRef<'_>) -> io::Result<()> {
    socket.connect(&SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)).into())
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

/// Sockets only.
pub(crate) fn prepare_stream(source: Source, is_terminal: bool) -> io::Result<Source> {
    if is_terminal {
        return unsupported();
    }
    SockRef::from(&source).set_nonblocking(true)?;
    Ok(source)
}

/// The file of a listening Unix domain socket; removed when this is dropped.
pub(crate) struct SocketFile(PathBuf);

impl SocketFile {
    pub(crate) fn new(path: &Path) -> Option<Self> {
        Some(Self(path.to_owned()))
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // Somebody else may have removed it; that is as well.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Unix domain addresses don't tell their paths here.
pub(crate) fn socket_path(_addr: &SockAddr) -> Option<PathBuf> {
    None
}

/// A terminal's mode, to be set again later.
pub struct TerminalMode(());

/// Not yet.
pub(crate) fn set_terminal_mode(
    _source: &Source,
    restore: Option<&TerminalMode>,
) -> io::Result<TerminalMode> {
    let _ = restore.map(|mode| mode.0);
    unsupported()
}

/// Not yet.
pub(crate) fn terminal_size(_source: &Source) -> io::Result<(u16, u16)> {
    unsupported()
}

/// Console events; not yet.
pub(crate) struct SignalListener(Source);

impl SignalListener {
    pub(crate) fn new(_signum: i32) -> io::Result<Self> {
        unsupported()
    }

    pub(crate) fn source(&self) -> &Source {
        &self.0
    }
}

/// Not yet.
pub(crate) struct Diversion;

impl Diversion {
    pub(crate) fn new(_signum: i32, _flags: Vec<Arc<AtomicBool>>) -> io::Result<Self> {
        unsupported()
    }
}

/// Not yet.
pub(crate) fn send_signal(_pid: i32, _signum: i32) -> io::Result<()> {
    unsupported()
}

/// Says when a child ends; not yet.
pub(crate) struct ExitWatch(Source);

impl ExitWatch {
    pub(crate) fn new(_child: &Child) -> io::Result<Self> {
        unsupported()
    }

    pub(crate) fn source(&self) -> &Source {
        &self.0
    }

    pub(crate) fn drain(&self) {}
}

/// What a child's descriptor is connected to.
pub(crate) enum ChildEnd {
    /// Nothing.
    Null,
    /// A descriptor of this process.
    #[allow(dead_code, reason = "children have no streams here yet")]
    Descriptor(Source),
}

/// Not yet.
pub(crate) fn descriptor_kind(_source: &Source) -> DescriptorKind {
    DescriptorKind::Unknown
}

/// Not yet.
pub(crate) fn stdio_pair() -> io::Result<(Source, Source)> {
    unsupported()
}

/// Not yet.
pub(crate) fn duplicate(_fd: i32) -> io::Result<Source> {
    unsupported()
}

/// Not yet.
pub(crate) fn set_blocking(_source: &Source) -> io::Result<()> {
    unsupported()
}

/// Who the child is to be.
#[derive(Default)]
#[allow(dead_code, reason = "children can't be started here yet")]
pub(crate) struct Identity<'a> {
    pub(crate) argv0: Option<&'a OsStr>,
    pub(crate) uid: Option<u32>,
    pub(crate) gid: Option<u32>,
    pub(crate) detached: bool,
}

/// Not yet.
pub(crate) fn spawn(
    _command: Command,
    _identity: &Identity<'_>,
    _ends: Vec<ChildEnd>,
) -> io::Result<Child> {
    unsupported()
}

/// Signals end no process here.
pub(crate) fn exit_signal(_status: ExitStatus) -> Option<i32> {
    None
}

fn unsupported<T>() -> io::Result<T> {
    Err(io::ErrorKind::Unsupported.into())
}
