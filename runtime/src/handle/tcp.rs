//! TCP: listening, connecting, and what only TCP connections have.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{Domain, SockAddr, SockRef, Socket, TcpKeepalive, Type};

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::sys::{self, Source};

use super::stream::{OnConnect, Stream, StreamKind};
use super::{HandleId, Kind, not_found};

/// How to listen.
#[derive(Debug, Clone)]
pub struct TcpListenOptions {
    /// Connections that the kernel keeps waiting; it has its own upper bound.
    /// Node's default is 511.
    pub backlog: i32,
    /// Whether a socket on `::` leaves IPv4 alone. By default it takes both.
    pub ipv6_only: bool,
    /// Whether several sockets may listen on this address and share its
    /// connections, on systems that have that.
    pub reuse_port: bool,
}

impl Default for TcpListenOptions {
    fn default() -> Self {
        Self {
            backlog: 511,
            ipv6_only: false,
            reuse_port: false,
        }
    }
}

/// How to connect.
#[derive(Debug, Clone, Default)]
pub struct TcpConnectOptions {
    /// The address to connect from; the system chooses otherwise. Port 0 lets
    /// it choose the port only.
    pub local_addr: Option<SocketAddr>,
}

/// TCP sockets.
impl<H: Host> LoopHandle<H> {
    /// Listens on `addr`; port 0 has the system choose one. `on_connection`
    /// gets the handle of each connection, which is not being read yet, or the
    /// error that accepting ended in; a listener goes on after an error.
    ///
    /// # Errors
    ///
    /// The system's, of `socket`, `bind` or `listen`.
    pub fn tcp_listen(
        &self,
        addr: SocketAddr,
        options: TcpListenOptions,
        on_connection: impl FnMut(&mut H, io::Result<HandleId>) + 'static,
    ) -> io::Result<HandleId> {
        let socket = sys::socket(Domain::for_address(addr), Type::STREAM)?;
        sys::set_listen_address_reuse(&socket)?;
        if addr.is_ipv6() {
            socket.set_only_v6(options.ipv6_only)?;
        }
        if options.reuse_port {
            sys::set_reuse_port(&socket)?;
        }
        socket.bind(&addr.into())?;
        socket.listen(options.backlog.max(1))?;
        self.insert_listener(
            socket.into(),
            StreamKind::Tcp,
            None,
            Box::new(on_connection),
        )
    }

    /// Connects to `addr`. `on_connect` runs later, with the outcome; after a
    /// failure the handle remains to be closed. Writes may be queued at once.
    ///
    /// # Errors
    ///
    /// The system's, of `socket` or `bind`. A `connect` that fails at once is
    /// told to the callback.
    pub fn tcp_connect(
        &self,
        addr: SocketAddr,
        options: TcpConnectOptions,
        on_connect: impl FnOnce(&mut H, HandleId, io::Result<()>) + 'static,
    ) -> io::Result<HandleId> {
        let socket = sys::socket(Domain::for_address(addr), Type::STREAM)?;
        if let Some(local_addr) = options.local_addr {
            sys::set_listen_address_reuse(&socket)?;
            socket.bind(&local_addr.into())?;
        }
        self.connect_stream(socket, &addr.into(), StreamKind::Tcp, Box::new(on_connect))
    }

    /// Makes a stream of a TCP socket that is connected already.
    ///
    /// # Errors
    ///
    /// The system's, when the socket can't be made non-blocking.
    pub fn tcp_open(&self, socket: std::net::TcpStream) -> io::Result<HandleId> {
        socket.set_nonblocking(true)?;
        self.insert_handle(Kind::Stream(Stream::new(socket.into(), StreamKind::Tcp)))
    }

    /// The address that a TCP handle is bound to.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn local_addr(&self, id: HandleId) -> io::Result<SocketAddr> {
        let addr = self.with_socket(id, |socket| socket.local_addr())?;
        addr.as_socket().ok_or_else(not_found)
    }

    /// The address that a TCP handle is connected to.
    ///
    /// # Errors
    ///
    /// The system's, `ENOTCONN` above all; `EBADF` when `id` is no open socket.
    pub fn peer_addr(&self, id: HandleId) -> io::Result<SocketAddr> {
        let addr = self.with_socket(id, |socket| socket.peer_addr())?;
        addr.as_socket().ok_or_else(not_found)
    }

    /// Whether small writes go out at once (`TCP_NODELAY`).
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn set_nodelay(&self, id: HandleId, nodelay: bool) -> io::Result<()> {
        self.with_socket(id, |socket| socket.set_tcp_nodelay(nodelay))
    }

    /// Turns keep-alive probes off, or on with the first one after so many
    /// seconds of silence; 0 leaves the system's own delay.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn set_keepalive(&self, id: HandleId, delay_s: Option<u32>) -> io::Result<()> {
        self.with_socket(id, |socket| match delay_s {
            None => socket.set_keepalive(false),
            Some(0) => socket.set_keepalive(true),
            Some(delay_s) => {
                let delay = Duration::from_secs(u64::from(delay_s));
                socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(delay))
            }
        })
    }

    /// The size in bytes of the kernel's receive buffer.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn recv_buffer_size(&self, id: HandleId) -> io::Result<usize> {
        self.with_socket(id, |socket| socket.recv_buffer_size())
    }

    /// Asks for another size in bytes of the kernel's receive buffer.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn set_recv_buffer_size(&self, id: HandleId, size_bytes: usize) -> io::Result<()> {
        self.with_socket(id, |socket| socket.set_recv_buffer_size(size_bytes))
    }

    /// The size in bytes of the kernel's send buffer.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn send_buffer_size(&self, id: HandleId) -> io::Result<usize> {
        self.with_socket(id, |socket| socket.send_buffer_size())
    }

    /// Asks for another size in bytes of the kernel's send buffer.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn set_send_buffer_size(&self, id: HandleId, size_bytes: usize) -> io::Result<()> {
        self.with_socket(id, |socket| socket.set_send_buffer_size(size_bytes))
    }

    /// Begins to connect and makes a handle of the socket.
    pub(super) fn connect_stream(
        &self,
        socket: Socket,
        addr: &SockAddr,
        kind: StreamKind,
        on_connect: OnConnect<H>,
    ) -> io::Result<HandleId> {
        let source = Source::from(socket);
        let connected = SockRef::from(&source).connect(addr);
        let mut stream = Stream::new(source, kind);
        match connected {
            Err(error) if sys::is_in_progress(&error) => {
                stream.on_connect = Some(on_connect);
                self.insert_handle(Kind::Stream(stream))
            }
            result => {
                let id = self.insert_handle(Kind::Stream(stream))?;
                let this = self.clone();
                self.later(CallbackKind::Connect, move |host| {
                    let result = if this.is_open(id) {
                        result
                    } else {
                        Err(sys::cancelled())
                    };
                    on_connect(host, id, result);
                });
                Ok(id)
            }
        }
    }
}
