//! Unix domain sockets, which Node calls pipes, and descriptors that the
//! program was given: pipes, FIFOs, sockets and terminals.

use std::io;
use std::path::{Path, PathBuf};

use socket2::{Domain, SockAddr, SockRef, Type};

use crate::event_loop::{Host, LoopHandle};
use crate::sys::{self, Source};

use super::stream::{Stream, StreamKind};
use super::{HandleId, Kind};

/// Unix domain sockets and descriptors from outside.
impl<H: Host> LoopHandle<H> {
    /// Listens on a Unix domain socket at `path`, which is removed when the
    /// handle closes. On Linux a path whose first byte is 0 is an abstract name
    /// and leaves no file. `on_connection` is as with
    /// [`LoopHandle::tcp_listen`].
    ///
    /// # Errors
    ///
    /// The system's, of `socket`, `bind` or `listen`; an error for a path that
    /// is too long for the system.
    pub fn pipe_listen(
        &self,
        path: &Path,
        backlog: i32,
        on_connection: impl FnMut(&mut H, io::Result<HandleId>) + 'static,
    ) -> io::Result<HandleId> {
        let socket = sys::socket(Domain::UNIX, Type::STREAM)?;
        socket.bind(&SockAddr::unix(path)?)?;
        let file = sys::SocketFile::new(path);
        socket.listen(backlog.max(1))?;
        self.insert_listener(
            socket.into(),
            StreamKind::Pipe,
            file,
            Box::new(on_connection),
        )
    }

    /// Connects to the Unix domain socket at `path`. `on_connect` is as with
    /// [`LoopHandle::tcp_connect`].
    ///
    /// # Errors
    ///
    /// The system's, of `socket`; an error for a path that is too long for the
    /// system.
    pub fn pipe_connect(
        &self,
        path: &Path,
        on_connect: impl FnOnce(&mut H, HandleId, io::Result<()>) + 'static,
    ) -> io::Result<HandleId> {
        let addr = SockAddr::unix(path)?;
        self.connect_stream(
            sys::socket(Domain::UNIX, Type::STREAM)?,
            &addr,
            StreamKind::Pipe,
            Box::new(on_connect),
        )
    }

    /// The path that a Unix domain socket is bound to, if it has one.
    pub fn pipe_local_path(&self, id: HandleId) -> Option<PathBuf> {
        let addr = self.with_socket(id, |socket| socket.local_addr()).ok()?;
        sys::socket_path(&addr)
    }

    /// The path that a Unix domain socket is connected to, if it has one.
    pub fn pipe_peer_path(&self, id: HandleId) -> Option<PathBuf> {
        let addr = self.with_socket(id, |socket| socket.peer_addr()).ok()?;
        sys::socket_path(&addr)
    }

    /// Makes a stream of a descriptor, which becomes non-blocking and belongs
    /// to the loop from here on. A terminal is opened anew where the system can
    /// do so, since the mode is shared with every process that has it.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::Unsupported`] for what can't be watched, regular files
    /// above all: read and write them on the worker pool. Else the system's.
    pub fn stream_open_fd(&self, source: Source, kind: StreamKind) -> io::Result<HandleId> {
        let source = sys::prepare_stream(source, kind == StreamKind::Tty)?;
        self.insert_handle(Kind::Stream(Stream::new(source, kind)))
    }

    /// Listens on a socket that the program was given and that is bound.
    /// `on_connection` is as with [`LoopHandle::tcp_listen`].
    ///
    /// # Errors
    ///
    /// The system's, of `listen`; `ENOTSOCK` for what is no socket.
    pub fn listen_open_fd(
        &self,
        source: Source,
        kind: StreamKind,
        backlog: i32,
        on_connection: impl FnMut(&mut H, io::Result<HandleId>) + 'static,
    ) -> io::Result<HandleId> {
        let source = sys::prepare_stream(source, false)?;
        SockRef::from(&source).listen(backlog.max(1))?;
        self.insert_listener(source, kind, None, Box::new(on_connection))
    }
}

/// What a descriptor that the program was given is, in the words of Node's
/// `process.stdin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescriptorKind {
    /// A regular file or a block device: not for the loop.
    File,
    /// A pipe, a FIFO or a Unix domain socket.
    Pipe,
    /// A terminal.
    Tty,
    /// A TCP socket.
    Tcp,
    /// A UDP socket.
    Udp,
    /// Something else, `/dev/null` for instance, or nothing open at all.
    Unknown,
}

/// What the descriptor with this number is.
pub fn descriptor_kind(fd: i32) -> DescriptorKind {
    match sys::duplicate(fd) {
        Ok(source) => sys::descriptor_kind(&source),
        Err(_) => DescriptorKind::Unknown,
    }
}

/// A copy of the descriptor with this number, for
/// [`LoopHandle::stream_open_fd`]: closing the copy leaves the original.
///
/// # Errors
///
/// `EBADF` when there is none, `EMFILE` when there are too many.
pub fn duplicate_descriptor(fd: i32) -> io::Result<Source> {
    sys::duplicate(fd)
}
