//! UDP sockets.
//!
//! A datagram is sent at once if the kernel takes it, which it nearly always
//! does, and queued otherwise. Received ones are lent to the callback from the
//! loop's own buffer.
//!
//! See <https://nodejs.org/docs/latest-v24.x/api/dgram.html>.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use socket2::{Domain, SockRef, Type};

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::sys::{self, Interest, Readiness, Source};

use super::stream::{OnDone, Written};
use super::{Handle, HandleId, Kind, WriteBuf, not_found};

/// Datagrams that one readiness receives, or sends, at most.
const MAX_ROUNDS: usize = 32;

/// What a receive callback is given.
#[derive(Debug)]
pub enum Datagram<'a> {
    /// A datagram and its sender; it may be empty. Gone after the callback.
    Data(&'a [u8], SocketAddr),
    /// Receiving failed, often because an earlier send was refused. It goes on.
    Error(io::Error),
}

/// How to make a UDP socket.
#[derive(Debug, Clone, Default)]
pub struct UdpOptions {
    /// Whether other sockets may use the address too.
    pub reuse_addr: bool,
    /// Whether several sockets share the address and its datagrams, on systems
    /// that have that.
    pub reuse_port: bool,
    /// Whether a socket on `::` leaves IPv4 alone. By default it takes both.
    pub ipv6_only: bool,
}

type OnDatagram<H> = Box<dyn FnMut(&mut H, HandleId, Datagram<'_>)>;

struct Outgoing<H> {
    bytes: WriteBuf,
    to: Option<SocketAddr>,
    on_done: Option<OnDone<H>>,
}

/// The state of a UDP socket.
pub(super) struct Udp<H> {
    pub(super) source: Source,
    pub(super) receiving: bool,
    on_datagram: Option<OnDatagram<H>>,
    queue: VecDeque<Outgoing<H>>,
}

impl<H> Udp<H> {
    pub(super) fn wanted(&self) -> Interest {
        Interest::new(self.receiving, !self.queue.is_empty())
    }

    pub(super) fn has_requests(&self) -> bool {
        !self.queue.is_empty()
    }

    fn send(&self, bytes: &[u8], to: Option<SocketAddr>) -> io::Result<usize> {
        let socket = SockRef::from(&self.source);
        match to {
            Some(to) => socket.send_to(bytes, &to.into()),
            None => socket.send(bytes),
        }
    }
}

/// UDP sockets.
impl<H: Host> LoopHandle<H> {
    /// Binds a UDP socket to `addr`; port 0 has the system choose one.
    ///
    /// # Errors
    ///
    /// The system's, of `socket` or `bind`.
    pub fn udp_bind(&self, addr: SocketAddr, options: &UdpOptions) -> io::Result<HandleId> {
        let socket = sys::socket(Domain::for_address(addr), Type::DGRAM)?;
        if options.reuse_addr {
            socket.set_reuse_address(true)?;
        }
        if options.reuse_port {
            sys::set_reuse_port(&socket)?;
        }
        if addr.is_ipv6() {
            socket.set_only_v6(options.ipv6_only)?;
        }
        socket.bind(&addr.into())?;
        self.insert_handle(Kind::Udp(Udp {
            source: socket.into(),
            receiving: false,
            on_datagram: None,
            queue: VecDeque::new(),
        }))
    }

    /// Sets the address that sends without one go to, and the only one that is
    /// received from; `None` undoes it.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn udp_connect(&self, id: HandleId, addr: Option<SocketAddr>) -> io::Result<()> {
        self.with_socket(id, |socket| match addr {
            Some(addr) => socket.connect(&addr.into()),
            None => sys::disconnect(&socket),
        })
    }

    /// Sends one datagram, to `to` or to where the socket is connected.
    /// [`Written::Done`] is the usual answer, and then `on_done` does not run.
    ///
    /// # Errors
    ///
    /// The system's when it fails at once: `EMSGSIZE`, `EDESTADDRREQ`, …;
    /// `EBADF` when `id` is no open UDP socket.
    pub fn udp_send(
        &self,
        id: HandleId,
        bytes: WriteBuf,
        to: Option<SocketAddr>,
        on_done: Option<OnDone<H>>,
    ) -> io::Result<Written> {
        self.with_udp(id, |udp| {
            if udp.queue.is_empty() {
                match udp.send(bytes.as_slice(), to) {
                    Ok(_) => return Ok(Written::Done),
                    Err(error) if sys::is_transient(&error) => {}
                    Err(error) => return Err(error),
                }
            }
            udp.queue.push_back(Outgoing { bytes, to, on_done });
            Ok(Written::Queued)
        })?
    }

    /// Bytes and datagrams that wait to be sent.
    pub fn udp_queue_size(&self, id: HandleId) -> (usize, usize) {
        let slots = self.core.handles.slots.borrow();
        let Some(Handle {
            kind: Kind::Udp(udp),
            ..
        }) = slots.get(id.0)
        else {
            return (0, 0);
        };
        let sizes = udp.queue.iter().map(|out| out.bytes.as_slice().len());
        (sizes.sum(), udp.queue.len())
    }

    /// Starts to receive, or gives a socket that does another callback.
    ///
    /// # Errors
    ///
    /// `EBADF` when `id` is no open UDP socket; the system's when the socket
    /// can't be watched.
    pub fn udp_recv_start(
        &self,
        id: HandleId,
        on_datagram: impl FnMut(&mut H, HandleId, Datagram<'_>) + 'static,
    ) -> io::Result<()> {
        let on_datagram: OnDatagram<H> = Box::new(on_datagram);
        let old = self.with_udp(id, |udp| {
            udp.receiving = true;
            udp.on_datagram.replace(on_datagram)
        })?;
        drop(old);
        Ok(())
    }

    /// Stops to receive; the callback is dropped.
    pub fn udp_recv_stop(&self, id: HandleId) {
        let old = self.with_udp(id, |udp| {
            udp.receiving = false;
            udp.on_datagram.take()
        });
        drop(old);
    }

    /// Whether datagrams may go to broadcast addresses.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn udp_set_broadcast(&self, id: HandleId, broadcast: bool) -> io::Result<()> {
        self.with_socket(id, |socket| socket.set_broadcast(broadcast))
    }

    /// How many hops a datagram may take, 1 to 255.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn udp_set_ttl(&self, id: HandleId, ttl: u32) -> io::Result<()> {
        let v6 = self.is_ipv6(id)?;
        self.with_socket(id, |socket| match v6 {
            true => socket.set_unicast_hops_v6(ttl),
            false => socket.set_ttl_v4(ttl),
        })
    }

    /// How many hops a multicast datagram may take, 0 to 255.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn udp_set_multicast_ttl(&self, id: HandleId, ttl: u32) -> io::Result<()> {
        let v6 = self.is_ipv6(id)?;
        self.with_socket(id, |socket| match v6 {
            true => socket.set_multicast_hops_v6(ttl),
            false => socket.set_multicast_ttl_v4(ttl),
        })
    }

    /// Whether this machine hears the multicast datagrams that it sends.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn udp_set_multicast_loop(&self, id: HandleId, heard: bool) -> io::Result<()> {
        let v6 = self.is_ipv6(id)?;
        self.with_socket(id, |socket| match v6 {
            true => socket.set_multicast_loop_v6(heard),
            false => socket.set_multicast_loop_v4(heard),
        })
    }

    /// Chooses the interface that multicast datagrams leave by: an IPv4 address
    /// of it, or an IPv6 interface index.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn udp_set_multicast_interface(
        &self,
        id: HandleId,
        interface: MulticastInterface,
    ) -> io::Result<()> {
        self.with_socket(id, |socket| match interface {
            MulticastInterface::V4(addr) => socket.set_multicast_if_v4(&addr),
            MulticastInterface::V6(index) => socket.set_multicast_if_v6(index),
        })
    }

    /// Joins (`true`) or leaves a multicast group on an interface.
    ///
    /// # Errors
    ///
    /// The system's, `EINVAL` for an address that is no group or of another
    /// family than the interface; `EBADF` when `id` is no open socket.
    pub fn udp_set_membership(
        &self,
        id: HandleId,
        group: IpAddr,
        interface: MulticastInterface,
        join: bool,
    ) -> io::Result<()> {
        use MulticastInterface::{V4, V6};
        self.with_socket(id, |socket| match (group, interface, join) {
            (IpAddr::V4(group), V4(on), true) => socket.join_multicast_v4(&group, &on),
            (IpAddr::V4(group), V4(on), false) => socket.leave_multicast_v4(&group, &on),
            (IpAddr::V6(group), V6(on), true) => socket.join_multicast_v6(&group, on),
            (IpAddr::V6(group), V6(on), false) => socket.leave_multicast_v6(&group, on),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        })
    }

    /// Joins (`true`) or leaves a multicast group for one sender only. IPv4.
    ///
    /// # Errors
    ///
    /// The system's; `EBADF` when `id` is no open socket.
    pub fn udp_set_source_membership(
        &self,
        id: HandleId,
        sender: Ipv4Addr,
        group: Ipv4Addr,
        interface: Ipv4Addr,
        join: bool,
    ) -> io::Result<()> {
        self.with_socket(id, |socket| {
            sys::set_source_membership(&socket, sender, group, interface, join)
        })
    }

    fn is_ipv6(&self, id: HandleId) -> io::Result<bool> {
        self.local_addr(id).map(|addr| addr.is_ipv6())
    }

    fn with_udp<R>(&self, id: HandleId, change: impl FnOnce(&mut Udp<H>) -> R) -> io::Result<R> {
        self.with_handle(id, |handle| match &mut handle.kind {
            Kind::Udp(udp) => Ok(change(udp)),
            _ => Err(not_found()),
        })?
    }

    pub(super) fn on_udp_ready(&self, host: &mut H, id: HandleId, event: Readiness) {
        if event.writable {
            self.on_udp_writable(host, id);
        }
        if event.readable {
            self.on_udp_readable(host, id);
        }
    }

    fn on_udp_readable(&self, host: &mut H, id: HandleId) {
        let mut buffer = self.core.handles.take_buffer();
        for _ in 0..MAX_ROUNDS {
            let Some((received, mut on_datagram)) = self.receive_into(id, &mut buffer) else {
                break;
            };
            let failed = received.is_err();
            let datagram = match received {
                Ok((len, from)) => Datagram::Data(buffer.get(..len).unwrap_or_default(), from),
                Err(error) => Datagram::Error(error),
            };
            self.dispatch(host, CallbackKind::Datagram, |host| {
                on_datagram(host, id, datagram);
            });
            self.put_back_receiver(id, on_datagram);
            if failed || self.is_stopping() {
                break;
            }
        }
        self.core.handles.return_buffer(buffer);
    }

    #[allow(clippy::type_complexity, reason = "one use, and the parts are plain")]
    fn receive_into(
        &self,
        id: HandleId,
        buffer: &mut [u8],
    ) -> Option<(io::Result<(usize, SocketAddr)>, OnDatagram<H>)> {
        let mut slots = self.core.handles.slots.borrow_mut();
        let Some(Handle {
            kind: Kind::Udp(udp),
            ..
        }) = slots.get_mut(id.0)
        else {
            return None;
        };
        if !udp.receiving {
            return None;
        }
        match sys::receive_from(&udp.source, buffer) {
            Err(error) if sys::is_transient(&error) => None,
            received => Some((received, udp.on_datagram.take()?)),
        }
    }

    fn put_back_receiver(&self, id: HandleId, on_datagram: OnDatagram<H>) {
        let mut slots = self.core.handles.slots.borrow_mut();
        if let Some(Handle {
            kind: Kind::Udp(udp),
            ..
        }) = slots.get_mut(id.0)
            && udp.on_datagram.is_none()
        {
            udp.on_datagram = Some(on_datagram);
            return;
        }
        drop(slots);
        drop(on_datagram);
    }

    fn on_udp_writable(&self, host: &mut H, id: HandleId) {
        for _ in 0..MAX_ROUNDS {
            let sent = self.with_udp(id, |udp| {
                let out = udp.queue.front()?;
                let result = match udp.send(out.bytes.as_slice(), out.to) {
                    Err(error) if sys::is_transient(&error) => return None,
                    result => result.map(drop),
                };
                Some((udp.queue.pop_front()?.on_done, result))
            });
            let Ok(Some((on_done, result))) = sent else {
                return;
            };
            if let Some(on_done) = on_done {
                self.dispatch(host, CallbackKind::Send, |host| on_done(host, result));
            }
        }
    }

    /// Calls off the sends of a closed socket.
    pub(super) fn dispose_udp(&self, udp: Udp<H>) {
        for on_done in udp.queue.into_iter().filter_map(|out| out.on_done) {
            let callback = Box::new(|host: &mut H| on_done(host, Err(sys::cancelled())));
            self.when_closing(CallbackKind::Send, callback);
        }
    }
}

/// An interface for multicast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MulticastInterface {
    /// By one of its IPv4 addresses; the unspecified one has the system choose.
    V4(Ipv4Addr),
    /// By its index; 0 has the system choose.
    V6(u32),
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Log, finish, start};
    use super::*;

    #[test]
    fn a_datagram_comes_back_from_its_receiver() {
        let (event_loop, mut log) = start();
        let localhost = SocketAddr::from(([127, 0, 0, 1], 0));
        let bind = || event_loop.udp_bind(localhost, &UdpOptions::default());
        let server = bind().expect("a socket");
        let client = bind().expect("a socket");
        let addr = event_loop.local_addr(server).expect("its address");
        let started = event_loop.udp_recv_start(server, |log: &mut Log, id, datagram| {
            if let Datagram::Data(bytes, from) = datagram {
                let answer = WriteBuf::Owned(bytes.to_ascii_uppercase());
                let sent = log.event_loop.udp_send(id, answer, Some(from), None);
                assert_eq!(sent.ok(), Some(Written::Done));
                log.event_loop.close(id, None);
            }
        });
        assert!(started.is_ok());
        let started = event_loop.udp_recv_start(client, move |log: &mut Log, id, datagram| {
            if let Datagram::Data(bytes, from) = datagram {
                assert_eq!(from, addr);
                log.note(String::from_utf8_lossy(bytes));
                log.event_loop.close(id, None);
            }
        });
        assert!(started.is_ok());
        assert!(event_loop.udp_connect(client, Some(addr)).is_ok());
        let hello = WriteBuf::Static(b"hello");
        assert!(event_loop.udp_send(client, hello, None, None).is_ok());
        finish(&event_loop, &mut log, &["HELLO"]);
    }

    #[test]
    fn options_and_refusals_come_from_the_system() {
        let (event_loop, _) = start();
        let localhost = SocketAddr::from(([127, 0, 0, 1], 0));
        let id = event_loop
            .udp_bind(localhost, &UdpOptions::default())
            .expect("a socket");
        assert!(event_loop.udp_set_broadcast(id, true).is_ok());
        assert!(event_loop.udp_set_ttl(id, 64).is_ok());
        assert!(event_loop.udp_set_multicast_ttl(id, 3).is_ok());
        assert!(event_loop.udp_set_multicast_loop(id, false).is_ok());
        let too_long = WriteBuf::Owned(vec![0; 70_000]);
        let sent = event_loop.udp_send(id, too_long, Some(localhost), None);
        assert!(sent.is_err());
        let no_group = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let on = MulticastInterface::V4(Ipv4Addr::UNSPECIFIED);
        assert!(
            event_loop
                .udp_set_membership(id, no_group, on, true)
                .is_err()
        );
        assert_eq!(event_loop.udp_queue_size(id), (0, 0));
    }
}
