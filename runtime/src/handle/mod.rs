//! Handles: the long-lived things that the loop watches.
//!
//! One file per kind; this one is what they share. A handle lives in a slot of
//! the loop and is named by a [`HandleId`], never by a reference, so that a
//! callback may close any handle, its own included, at any moment. A call with
//! the id of a closed handle fails with `EBADF` or does nothing.
//!
//! A handle is *active* while it waits for events on its own account (reading,
//! listening, watching), and has *requests* while a connect, write or shutdown
//! is under way. It keeps the loop alive while it is active and ref'd, or has
//! requests.
//!
//! Invariants: `counted` of every handle says whether `n_alive` includes it;
//! `watched` says what the reactor has registered; no handle is borrowed while
//! a callback runs: callbacks are taken out for the call and put back.

mod fs_event;
mod listener;
mod pipe;
mod process;
mod signal;
mod stream;
mod tcp;
#[cfg(test)]
mod tests;
mod tty;
mod udp;
mod write_queue;

use std::cell::{Cell, RefCell};
use std::io;

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::reactor::token::{Slots, Token};
use crate::sys::{self, Interest, Readiness};

use fs_event::{FsEvent, Watcher};
use listener::Listener;
use process::Process;
use signal::Signal;
use stream::Stream;
use udp::Udp;

pub use crate::sys::{Source, TerminalMode};
pub use fs_event::FsChange;
pub use pipe::{DescriptorKind, descriptor_kind, duplicate_descriptor};
pub use process::{ChildStdio, Exit, SpawnOptions, Spawned};
pub use signal::{DivertedSignal, send_signal};
pub use stream::{OnConnect, OnDone, Read, StreamKind, Written};
pub use tcp::{TcpConnectOptions, TcpListenOptions};
pub use tty::TtyMode;
pub use udp::{Datagram, MulticastInterface, UdpOptions};
pub use write_queue::WriteBuf;

/// Names a handle until it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HandleId(pub(crate) Token);

impl HandleId {
    /// The id as one number, for a binding that hands it out.
    pub fn to_bits(self) -> u64 {
        u64::from(self.0.generation) << 32 | u64::from(self.0.index)
    }

    /// The id that [`HandleId::to_bits`] made `bits` of.
    pub fn from_bits(bits: u64) -> Self {
        Self(Token {
            index: bits as u32,
            generation: (bits >> 32) as u32,
        })
    }
}

/// Runs when a handle has been closed.
pub type OnClose<H> = Box<dyn FnOnce(&mut H)>;

/// Bytes that one read takes at most; the buffer belongs to the loop, so an
/// idle connection has none.
const READ_BUFFER_LEN: usize = 64 * 1024;

/// The handles of one loop.
pub(crate) struct Handles<H: Host> {
    slots: RefCell<Slots<Handle<H>>>,
    n_alive: Cell<usize>,
    /// Empty until the first read, and while a read's callback has it.
    read_buffer: Cell<Vec<u8>>,
    /// A descriptor to give up when accepting finds none left.
    reserve: RefCell<Option<Source>>,
    /// The handle of the file system watcher, once there is one.
    watcher: Cell<Option<HandleId>>,
}

/// A handle of any kind.
struct Handle<H: Host> {
    kind: Kind<H>,
    watched: Interest,
    refd: bool,
    counted: bool,
}

enum Kind<H: Host> {
    Stream(Stream<H>),
    Listener(Listener<H>),
    Udp(Udp<H>),
    Signal(Signal<H>),
    Process(Box<Process<H>>),
    FsEvent(FsEvent<H>),
    Watcher(Watcher),
}

impl<H: Host> Kind<H> {
    fn source(&self) -> Option<&Source> {
        match self {
            Self::Stream(stream) => stream.source.as_ref(),
            Self::Listener(listener) => Some(&listener.source),
            Self::Udp(udp) => Some(&udp.source),
            Self::Signal(signal) => Some(signal.listener.source()),
            Self::Process(process) => Some(process.watch.source()),
            Self::FsEvent(_) => None,
            Self::Watcher(watcher) => Some(watcher.system.source()),
        }
    }

    fn wanted(&self) -> Interest {
        match self {
            Self::Stream(stream) => stream.wanted(),
            Self::Udp(udp) => udp.wanted(),
            Self::Listener(_) | Self::Signal(_) | Self::Watcher(_) => Interest::READ,
            Self::Process(process) => Interest::new(process.on_exit.is_some(), false),
            Self::FsEvent(_) => Interest::NONE,
        }
    }

    fn is_active(&self) -> bool {
        match self {
            Self::Stream(stream) => stream.reading,
            Self::Udp(udp) => udp.receiving,
            Self::Process(process) => process.on_exit.is_some(),
            Self::Listener(_) | Self::Signal(_) | Self::FsEvent(_) => true,
            Self::Watcher(_) => false,
        }
    }

    /// The name of this kind in Node's list of asynchronous resources.
    fn resource_name(&self) -> &'static str {
        match self {
            Self::Stream(stream) => match stream.kind {
                StreamKind::Tcp => "TCPSocketWrap",
                StreamKind::Pipe | StreamKind::Fifo => "PipeWrap",
                StreamKind::Tty => "TTYWrap",
            },
            Self::Listener(listener) if listener.kind == StreamKind::Tcp => "TCPServerWrap",
            Self::Listener(_) => "PipeServerWrap",
            Self::Udp(_) => "UDPWRAP",
            Self::Signal(_) => "SignalWrap",
            Self::Process(_) => "ProcessWrap",
            Self::FsEvent(_) | Self::Watcher(_) => "FSEventWrap",
        }
    }

    fn has_requests(&self) -> bool {
        match self {
            Self::Stream(stream) => stream.has_requests(),
            Self::Udp(udp) => udp.has_requests(),
            _ => false,
        }
    }
}

impl<H: Host> Handles<H> {
    pub(crate) fn new() -> Self {
        Self {
            slots: RefCell::new(Slots::new()),
            n_alive: Cell::new(0),
            read_buffer: Cell::default(),
            reserve: RefCell::new(None),
            watcher: Cell::new(None),
        }
    }

    /// How many handles keep the loop alive.
    pub(crate) fn n_alive(&self) -> usize {
        self.n_alive.get()
    }

    /// The shared read buffer; goes back through [`Handles::return_buffer`].
    fn take_buffer(&self) -> Vec<u8> {
        let mut buffer = self.read_buffer.take();
        buffer.resize(READ_BUFFER_LEN, 0);
        buffer
    }

    fn return_buffer(&self, buffer: Vec<u8>) {
        self.read_buffer.set(buffer);
    }

    /// The kinds of those that keep the loop alive.
    pub(crate) fn alive_resources(&self) -> Vec<&'static str> {
        let slots = self.slots.borrow();
        let handles = slots.tokens().filter_map(|token| slots.get(token));
        handles
            .filter(|handle| handle.counted)
            .map(|handle| handle.kind.resource_name())
            .collect()
    }

    fn recount(&self, handle: &mut Handle<H>) {
        let counts = handle.refd && handle.kind.is_active() || handle.kind.has_requests();
        if std::mem::replace(&mut handle.counted, counts) != counts {
            let n_alive = self.n_alive.get();
            let n_alive = if counts { n_alive + 1 } else { n_alive - 1 };
            self.n_alive.set(n_alive);
        }
    }
}

/// The error of a call with the id of a handle that is closed or of another
/// kind.
fn not_found() -> io::Error {
    sys::bad_descriptor()
}

/// What all handles have.
impl<H: Host> LoopHandle<H> {
    /// Closes a handle: at once nothing more happens on it and its descriptor is
    /// free. Requests under way end with `ECANCELED` in the next closing phase,
    /// `callback` runs behind them. Does nothing, and drops `callback`, when
    /// the handle is closed already.
    pub fn close(&self, id: HandleId, callback: Option<OnClose<H>>) {
        let removed = self.core.handles.slots.borrow_mut().remove(id.0);
        let Some(handle) = removed else { return };
        self.dispose(id, handle);
        if let Some(callback) = callback {
            self.when_closing(CallbackKind::Close, callback);
        }
    }

    /// Says whether a handle keeps the loop alive while it is active.
    pub fn set_ref(&self, id: HandleId, refd: bool) {
        let mut slots = self.core.handles.slots.borrow_mut();
        if let Some(handle) = slots.get_mut(id.0) {
            handle.refd = refd;
            self.core.handles.recount(handle);
        }
    }

    /// Whether a handle exists and is ref'd.
    pub fn has_ref(&self, id: HandleId) -> bool {
        let slots = self.core.handles.slots.borrow();
        slots.get(id.0).is_some_and(|handle| handle.refd)
    }

    /// Whether a handle is active or has requests under way.
    pub fn is_active(&self, id: HandleId) -> bool {
        let slots = self.core.handles.slots.borrow();
        slots
            .get(id.0)
            .is_some_and(|handle| handle.kind.is_active() || handle.kind.has_requests())
    }

    /// Whether a handle has not been closed.
    pub fn is_open(&self, id: HandleId) -> bool {
        self.core.handles.slots.borrow().get(id.0).is_some()
    }

    /// How many handles are open.
    pub fn n_handles(&self) -> usize {
        self.core.handles.slots.borrow().len()
    }

    /// A handle's descriptor as a number, for `fd` properties; it stays the
    /// handle's. `None` on systems that don't number them as Unix does.
    pub fn descriptor(&self, id: HandleId) -> Option<i32> {
        let slots = self.core.handles.slots.borrow();
        sys::descriptor_number(slots.get(id.0)?.kind.source()?)
    }

    fn insert_handle(&self, kind: Kind<H>) -> io::Result<HandleId> {
        let handle = Handle {
            kind,
            watched: Interest::NONE,
            refd: true,
            counted: false,
        };
        let id = HandleId(self.core.handles.slots.borrow_mut().insert(handle));
        match self.with_handle(id, |_| ()) {
            Ok(()) => Ok(id),
            Err(error) => {
                self.close(id, None);
                Err(error)
            }
        }
    }

    /// Changes a handle, then brings liveness and registration up to date.
    ///
    /// An interest in reading that has ended is left registered: often the next
    /// thing is that it begins again, or a close. [`LoopHandle::on_ready`] ends
    /// it when an event comes that nobody wants.
    fn with_handle<R>(
        &self,
        id: HandleId,
        change: impl FnOnce(&mut Handle<H>) -> R,
    ) -> io::Result<R> {
        let handles = &self.core.handles;
        let mut slots = handles.slots.borrow_mut();
        let handle = slots.get_mut(id.0).ok_or_else(not_found)?;
        let result = change(handle);
        handles.recount(handle);
        let mut wanted = handle.kind.wanted();
        wanted.read |= handle.watched.read;
        self.watch(id, handle, wanted)?;
        Ok(result)
    }

    fn watch(&self, id: HandleId, handle: &mut Handle<H>, wanted: Interest) -> io::Result<()> {
        if handle.watched == wanted {
            return Ok(());
        }
        if let Some(source) = handle.kind.source() {
            let reactor = self.core.reactor.borrow();
            reactor.watch(source, id.0, handle.watched, wanted)?;
            handle.watched = wanted;
        }
        Ok(())
    }

    /// Gives an event to the handle that its key names, if that still exists.
    pub(crate) fn on_ready(&self, host: &mut H, event: Readiness) {
        let handles = &self.core.handles;
        let Some(token) = handles.slots.borrow().resolve(event.key) else {
            return;
        };
        let id = HandleId(token);
        let run: fn(&Self, &mut H, HandleId, Readiness) = {
            let mut slots = handles.slots.borrow_mut();
            let Some(handle) = slots.get_mut(token) else {
                return;
            };
            let wanted = handle.kind.wanted();
            if wanted != handle.watched {
                // Nothing else can be done about a registration that won't
                // change; its events are ignored.
                let _ = self.watch(id, handle, wanted);
            }
            match handle.kind {
                Kind::Stream(_) => Self::on_stream_ready,
                Kind::Listener(_) => Self::on_listener_ready,
                Kind::Udp(_) => Self::on_udp_ready,
                Kind::Signal(_) => Self::on_signal_ready,
                Kind::Process(_) => Self::on_process_ready,
                Kind::Watcher(_) => Self::on_watcher_ready,
                Kind::FsEvent(_) => return,
            }
        };
        run(self, host, id, event);
    }

    /// Ends what is left of a handle that is out of its slot.
    fn dispose(&self, id: HandleId, mut handle: Handle<H>) {
        if handle.counted {
            let n_alive = &self.core.handles.n_alive;
            n_alive.set(n_alive.get() - 1);
        }
        let _ = self.watch(id, &mut handle, Interest::NONE);
        match handle.kind {
            Kind::Stream(stream) => self.dispose_stream(id, stream),
            Kind::Udp(udp) => self.dispose_udp(udp),
            Kind::FsEvent(event) => self.dispose_fs_event(id, event),
            kind => drop(kind),
        }
    }

    /// Closes every handle without a callback; part of the loop's end.
    pub(crate) fn clear_handles(&self) {
        let slots = &self.core.handles.slots;
        loop {
            let first = slots.borrow().tokens().next();
            let Some(token) = first else { break };
            self.close(HandleId(token), None);
        }
    }
}
