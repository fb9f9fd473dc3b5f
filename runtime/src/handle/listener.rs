//! Listening sockets, TCP and Unix domain alike.
//!
//! One readiness accepts a bounded number of connections, so that a burst needs
//! few waits and a flood leaves others their turn. When descriptors run out,
//! the connection that waits is accepted with a reserve descriptor and closed
//! at once: its peer learns of it, and the loop does not spin on a readiness
//! that it can't take away.

use std::io;

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::sys::{self, Readiness, Source};

use super::stream::{Stream, StreamKind};
use super::{Handle, HandleId, Kind};

/// Connections that one readiness accepts at most.
const MAX_ACCEPTS: usize = 64;

type OnConnection<H> = Box<dyn FnMut(&mut H, io::Result<HandleId>)>;

/// The state of a listening socket.
pub(super) struct Listener<H> {
    pub(super) source: Source,
    pub(super) kind: StreamKind,
    /// `None` while it runs.
    on_connection: Option<OnConnection<H>>,
    /// What a Unix domain socket leaves behind, removed on close.
    _path: Option<sys::SocketFile>,
}

impl<H: Host> LoopHandle<H> {
    /// Makes a handle of a socket that listens.
    pub(super) fn insert_listener(
        &self,
        source: Source,
        kind: StreamKind,
        path: Option<sys::SocketFile>,
        on_connection: OnConnection<H>,
    ) -> io::Result<HandleId> {
        let reserve = &self.core.handles.reserve;
        if reserve.borrow().is_none() {
            reserve.replace(sys::open_reserve());
        }
        self.insert_handle(Kind::Listener(Listener {
            source,
            kind,
            on_connection: Some(on_connection),
            _path: path,
        }))
    }

    pub(super) fn on_listener_ready(&self, host: &mut H, id: HandleId, _event: Readiness) {
        for _ in 0..MAX_ACCEPTS {
            let Some((accepted, mut on_connection)) = self.accept_from(id) else {
                return;
            };
            let (connection, last) = match accepted {
                Ok((source, kind)) => {
                    let stream = Kind::Stream(Stream::new(source, kind));
                    (self.insert_handle(stream), false)
                }
                Err(error) => (Err(error), true),
            };
            self.dispatch(host, CallbackKind::Connection, |host| {
                on_connection(host, connection);
            });
            self.put_back_acceptor(id, on_connection);
            if last || self.is_stopping() {
                return;
            }
        }
    }

    /// Accepts one connection and takes the callback out for the call.
    #[allow(clippy::type_complexity, reason = "one use, and the parts are plain")]
    fn accept_from(
        &self,
        id: HandleId,
    ) -> Option<(io::Result<(Source, StreamKind)>, OnConnection<H>)> {
        let mut slots = self.core.handles.slots.borrow_mut();
        let Some(Handle {
            kind: Kind::Listener(listener),
            ..
        }) = slots.get_mut(id.0)
        else {
            return None;
        };
        let accepted = loop {
            match sys::accept(&listener.source) {
                Ok(source) => break Ok((source, listener.kind)),
                Err(error) if sys::is_lost_connection(&error) => {}
                Err(error) if sys::is_transient(&error) => return None,
                Err(error) => {
                    if sys::is_out_of_descriptors(&error) {
                        self.shed(&listener.source);
                    }
                    break Err(error);
                }
            }
        };
        Some((accepted, listener.on_connection.take()?))
    }

    /// Accepts a connection on the reserve descriptor and closes it.
    fn shed(&self, source: &Source) {
        let mut reserve = self.core.handles.reserve.borrow_mut();
        drop(reserve.take());
        drop(sys::accept(source));
        *reserve = sys::open_reserve();
    }

    fn put_back_acceptor(&self, id: HandleId, on_connection: OnConnection<H>) {
        let mut slots = self.core.handles.slots.borrow_mut();
        if let Some(Handle {
            kind: Kind::Listener(listener),
            ..
        }) = slots.get_mut(id.0)
        {
            listener.on_connection = Some(on_connection);
            return;
        }
        drop(slots);
        drop(on_connection);
    }
}
