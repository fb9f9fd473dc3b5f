//! Streams: connected sockets, pipes and terminals.
//!
//! Reading: one readiness gives a bounded number of reads into the loop's own
//! buffer, whose bytes the callback borrows. A short read ends the round, as
//! the rest, if any, is reported again. After the end or an error reading has
//! stopped.
//!
//! Writing: tried at once; only what the kernel does not take is queued, and
//! only then is the stream watched for writing. Callbacks of queued writes run
//! in the order of the writes. A shutdown waits for the queue.
//!
//! Each kind of stream has its own way to come about: `tcp.rs`, `pipe.rs`,
//! `tty.rs`; they share everything here.

use std::io::{self, IoSlice};

use socket2::SockRef;

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::sys::{self, Interest, Readiness, Source};

use super::write_queue::{MAX_SLICES, WriteBuf, WriteQueue, repeat};
use super::{Handle, HandleId, Kind, OnClose, not_found};

/// Reads, or vectored writes, that one readiness gives a stream before others
/// have their turn.
const MAX_ROUNDS: usize = 8;

/// What a read callback is given.
#[derive(Debug)]
pub enum Read<'a> {
    /// Bytes that arrived; never empty. They are gone after the callback.
    Data(&'a [u8]),
    /// The peer will send nothing more. Reading has stopped.
    Eof,
    /// The stream is broken. Reading has stopped.
    Error(io::Error),
}

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// All of it went out; the callback was dropped and will not run.
    Done,
    /// Some of it waits; the callback runs when it is out or has failed.
    Queued,
}

/// What a stream is connected through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamKind {
    /// A TCP connection.
    Tcp,
    /// A Unix domain socket.
    Pipe,
    /// A pipe of `pipe(2)` or a FIFO, which goes one way.
    Fifo,
    /// A terminal.
    Tty,
}

impl StreamKind {
    fn is_socket(self) -> bool {
        matches!(self, Self::Tcp | Self::Pipe)
    }
}

/// Runs when a request has ended.
pub type OnDone<H> = Box<dyn FnOnce(&mut H, io::Result<()>)>;

/// Runs when an attempt to connect has ended.
pub type OnConnect<H> = Box<dyn FnOnce(&mut H, HandleId, io::Result<()>)>;

type OnRead<H> = Box<dyn FnMut(&mut H, HandleId, Read<'_>)>;

/// The state of a stream.
pub(super) struct Stream<H> {
    /// `None` once a one-way pipe was shut down.
    pub(super) source: Option<Source>,
    pub(super) kind: StreamKind,
    pub(super) reading: bool,
    /// Whether the writing side was, or is about to be, shut down.
    ended: bool,
    on_read: Option<OnRead<H>>,
    pub(super) on_connect: Option<OnConnect<H>>,
    queue: WriteQueue<H>,
    on_shutdown: Option<OnDone<H>>,
}

impl<H> Stream<H> {
    pub(super) fn new(source: Source, kind: StreamKind) -> Self {
        Self {
            source: Some(source),
            kind,
            reading: false,
            ended: false,
            on_read: None,
            on_connect: None,
            queue: WriteQueue::new(),
            on_shutdown: None,
        }
    }

    pub(super) fn wanted(&self) -> Interest {
        let connecting = self.on_connect.is_some();
        let read = self.reading && !connecting;
        Interest::new(read, connecting || !self.queue.is_empty())
    }

    pub(super) fn has_requests(&self) -> bool {
        self.on_connect.is_some() || !self.queue.is_empty() || self.on_shutdown.is_some()
    }

    fn try_write(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let source = self.source.as_ref().ok_or_else(sys::broken_pipe)?;
        if self.ended {
            return Err(sys::broken_pipe());
        }
        if self.on_connect.is_some() || !self.queue.is_empty() {
            return Ok(0);
        }
        match sys::write(source, self.kind.is_socket(), slices) {
            Err(error) if sys::is_transient(&error) => Ok(0),
            result => result,
        }
    }

    /// Writes from the queue until it is empty or the kernel takes no more.
    fn flush(&mut self, ended: &mut Vec<OnDone<H>>) -> io::Result<()> {
        for _ in 0..MAX_ROUNDS {
            let Some(source) = &self.source else {
                return Err(sys::broken_pipe());
            };
            let mut slices = [IoSlice::new(&[]); MAX_SLICES];
            let n_slices = self.queue.slices(&mut slices);
            let slices = slices.get(..n_slices).unwrap_or_default();
            match sys::write(source, self.kind.is_socket(), slices) {
                Ok(written) => self.queue.advance(written, ended),
                Err(error) if sys::is_transient(&error) => return Ok(()),
                Err(error) => return Err(error),
            }
            if self.queue.is_empty() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Reading and writing.
impl<H: Host> LoopHandle<H> {
    /// Starts to read, or gives a stream that is being read another callback.
    /// It runs in the poll phase, until [`LoopHandle::read_stop`] or the end.
    ///
    /// # Errors
    ///
    /// `EBADF` when `id` is no open stream; the system's error when the stream
    /// can't be watched, which no regular file can.
    pub fn read_start(
        &self,
        id: HandleId,
        on_read: impl FnMut(&mut H, HandleId, Read<'_>) + 'static,
    ) -> io::Result<()> {
        let on_read: OnRead<H> = Box::new(on_read);
        let old = self.with_stream(id, |stream| {
            stream.reading = true;
            stream.on_read.replace(on_read)
        })?;
        drop(old);
        Ok(())
    }

    /// Stops to read; the callback is dropped. What arrives stays with the
    /// kernel. Costs no system call unless something does arrive.
    pub fn read_stop(&self, id: HandleId) {
        let old = self.with_stream(id, |stream| {
            stream.reading = false;
            stream.on_read.take()
        });
        drop(old);
    }

    /// Stops to read but keeps the callback for [`LoopHandle::read_resume`].
    pub fn read_pause(&self, id: HandleId) {
        // A stream that is closed is as quiet as can be.
        let _ = self.with_stream(id, |stream| stream.reading = false);
    }

    /// Reads on with the callback of before. Answers whether there is one.
    pub fn read_resume(&self, id: HandleId) -> bool {
        let resumed = self.with_stream(id, |stream| {
            stream.reading = stream.on_read.is_some();
            stream.reading
        });
        resumed.unwrap_or(false)
    }

    /// Writes `buffers` in order, as far as possible at once.
    ///
    /// [`Written::Done`] is the usual answer, and then `on_done` does not run.
    /// A stream that is still connecting queues.
    ///
    /// # Errors
    ///
    /// The system's error when the write failed at once (`on_done` does not
    /// run), `EPIPE` after a shutdown, `EBADF` when `id` is no open stream.
    pub fn write(
        &self,
        id: HandleId,
        buffers: Vec<WriteBuf>,
        on_done: Option<OnDone<H>>,
    ) -> io::Result<Written> {
        let mut slices = [IoSlice::new(&[]); MAX_SLICES];
        for (slot, buffer) in slices.iter_mut().zip(&buffers) {
            *slot = IoSlice::new(buffer.as_slice());
        }
        let n_slices = buffers.len().min(MAX_SLICES);
        let len = buffers.iter().map(|buffer| buffer.as_slice().len()).sum();
        let slices = slices.get(..n_slices).unwrap_or_default();
        let Some(written) = self.write_now(id, slices, len)? else {
            return Ok(Written::Done);
        };
        self.with_stream(id, |stream| stream.queue.push(buffers, written, on_done))?;
        Ok(Written::Queued)
    }

    /// Writes `bytes` as [`LoopHandle::write`] does; only what the kernel does
    /// not take at once is copied.
    ///
    /// # Errors
    ///
    /// As [`LoopHandle::write`].
    pub fn write_slice(
        &self,
        id: HandleId,
        bytes: &[u8],
        on_done: Option<OnDone<H>>,
    ) -> io::Result<Written> {
        let slices = [IoSlice::new(bytes)];
        let Some(written) = self.write_now(id, &slices, bytes.len())? else {
            return Ok(Written::Done);
        };
        let rest = bytes.get(written..).unwrap_or_default().to_vec();
        self.with_stream(id, |stream| {
            stream.queue.push([WriteBuf::Owned(rest)], 0, on_done);
        })?;
        Ok(Written::Queued)
    }

    /// Writes as much of `bytes` as the kernel takes and queues nothing;
    /// answers how much it was: 0 while something is queued.
    ///
    /// # Errors
    ///
    /// As [`LoopHandle::write`].
    pub fn try_write(&self, id: HandleId, bytes: &[u8]) -> io::Result<usize> {
        let mut slots = self.core.handles.slots.borrow_mut();
        match slots.get_mut(id.0) {
            Some(Handle {
                kind: Kind::Stream(stream),
                ..
            }) => stream.try_write(&[IoSlice::new(bytes)]),
            _ => Err(not_found()),
        }
    }

    /// Bytes that [`LoopHandle::write`] has taken and the kernel has not.
    pub fn write_queue_size(&self, id: HandleId) -> usize {
        let slots = self.core.handles.slots.borrow();
        match slots.get(id.0) {
            Some(Handle {
                kind: Kind::Stream(stream),
                ..
            }) => stream.queue.len_bytes(),
            _ => 0,
        }
    }

    /// Ends the writing side when all that is queued is written; reading goes
    /// on. `on_done` runs later, with the system's error if there was one.
    ///
    /// # Errors
    ///
    /// `EBADF` when `id` is no open stream, `EPIPE` when this was done before;
    /// `on_done` is dropped.
    pub fn shutdown(&self, id: HandleId, on_done: Option<OnDone<H>>) -> io::Result<()> {
        let on_done = on_done.unwrap_or_else(|| Box::new(|_, _| {}));
        let at_once = self.with_stream(id, |stream| {
            if std::mem::replace(&mut stream.ended, true) {
                return Err(sys::broken_pipe());
            }
            stream.on_shutdown = Some(on_done);
            Ok(stream.queue.is_empty() && stream.on_connect.is_none())
        })??;
        if at_once && let Some((on_done, result)) = self.finish_shutdown(id) {
            self.later(CallbackKind::Shutdown, move |host| on_done(host, result));
        }
        Ok(())
    }

    /// Closes a TCP connection with a reset: what is queued or unread is thrown
    /// away, and the peer gets `ECONNRESET`. `callback` is as with
    /// [`LoopHandle::close`].
    ///
    /// # Errors
    ///
    /// `EBADF` when `id` is no open stream, the system's when it is no socket;
    /// nothing is closed then.
    pub fn reset(&self, id: HandleId, callback: Option<OnClose<H>>) -> io::Result<()> {
        self.with_socket(id, |socket| {
            socket.set_linger(Some(std::time::Duration::ZERO))
        })?;
        self.close(id, callback);
        Ok(())
    }

    /// Changes a stream, as `with_handle` does a handle.
    pub(super) fn with_stream<R>(
        &self,
        id: HandleId,
        change: impl FnOnce(&mut Stream<H>) -> R,
    ) -> io::Result<R> {
        self.with_handle(id, |handle| match &mut handle.kind {
            Kind::Stream(stream) => Ok(change(stream)),
            _ => Err(not_found()),
        })?
    }

    /// Tries a write of `len` bytes in all: `None` when that was it, else how
    /// many of them are gone. Touches neither liveness nor registration.
    fn write_now(
        &self,
        id: HandleId,
        slices: &[IoSlice<'_>],
        len: usize,
    ) -> io::Result<Option<usize>> {
        let slots = self.core.handles.slots.borrow();
        let Some(Handle {
            kind: Kind::Stream(stream),
            ..
        }) = slots.get(id.0)
        else {
            return Err(not_found());
        };
        let written = stream.try_write(slices)?;
        let waits = stream.on_connect.is_some() || !stream.queue.is_empty();
        Ok((written < len || waits).then_some(written))
    }

    /// Shuts the writing side down now; answers who is to be told what.
    fn finish_shutdown(&self, id: HandleId) -> Option<(OnDone<H>, io::Result<()>)> {
        let mut slots = self.core.handles.slots.borrow_mut();
        let handle = slots.get_mut(id.0)?;
        let Kind::Stream(stream) = &mut handle.kind else {
            return None;
        };
        let on_done = stream.on_shutdown.take()?;
        let (kind, reading) = (stream.kind, stream.reading);
        let result = match &stream.source {
            Some(source) if kind.is_socket() => {
                SockRef::from(source).shutdown(std::net::Shutdown::Write)
            }
            _ => Ok(()),
        };
        if kind == StreamKind::Fifo && !reading {
            // Half of a one-way pipe is all of it.
            let _ = self.watch(id, handle, Interest::NONE);
            if let Kind::Stream(stream) = &mut handle.kind {
                stream.source = None;
            }
        }
        self.core.handles.recount(handle);
        Some((on_done, result))
    }

    pub(super) fn on_stream_ready(&self, host: &mut H, id: HandleId, event: Readiness) {
        if event.writable {
            self.on_stream_writable(host, id);
        }
        if event.readable {
            self.on_stream_readable(host, id);
        }
    }

    fn on_stream_readable(&self, host: &mut H, id: HandleId) {
        let mut buffer = self.core.handles.take_buffer();
        for _ in 0..MAX_ROUNDS {
            let Some((result, mut on_read)) = self.read_into(id, &mut buffer) else {
                break;
            };
            let full = matches!(result, Ok(len) if len == buffer.len());
            let read = match result {
                Ok(0) => Read::Eof,
                Ok(len) => Read::Data(buffer.get(..len).unwrap_or_default()),
                Err(error) => Read::Error(error),
            };
            self.dispatch(host, CallbackKind::Read, |host| on_read(host, id, read));
            self.put_back_reader(id, on_read);
            if !full || self.is_stopping() {
                break;
            }
        }
        self.core.handles.return_buffer(buffer);
    }

    /// Reads once and takes the callback out for the call.
    fn read_into(&self, id: HandleId, buffer: &mut [u8]) -> Option<(io::Result<usize>, OnRead<H>)> {
        let mut slots = self.core.handles.slots.borrow_mut();
        let handle = slots.get_mut(id.0)?;
        let Kind::Stream(stream) = &mut handle.kind else {
            return None;
        };
        if !stream.reading || stream.on_connect.is_some() {
            return None;
        }
        let result = match sys::read(stream.source.as_ref()?, buffer) {
            Err(error) if sys::is_transient(&error) => return None,
            // A terminal whose other side is gone says so in its own way.
            Err(error) if stream.kind == StreamKind::Tty && sys::is_hang_up(&error) => Ok(0),
            result => result,
        };
        let on_read = stream.on_read.take()?;
        if !matches!(result, Ok(len) if len > 0) {
            stream.reading = false;
            self.core.handles.recount(handle);
        }
        Some((result, on_read))
    }

    /// Puts a read callback back, unless it was replaced or is over.
    fn put_back_reader(&self, id: HandleId, on_read: OnRead<H>) {
        let mut slots = self.core.handles.slots.borrow_mut();
        if let Some(Handle {
            kind: Kind::Stream(stream),
            ..
        }) = slots.get_mut(id.0)
            && stream.on_read.is_none()
        {
            stream.on_read = Some(on_read);
            return;
        }
        drop(slots);
        drop(on_read);
    }

    fn on_stream_writable(&self, host: &mut H, id: HandleId) {
        if let Some((on_connect, result)) = self.finish_connect(id) {
            self.dispatch(host, CallbackKind::Connect, |host| {
                on_connect(host, id, result);
            });
        }
        let (mut ended, mut failed) = (Vec::new(), Vec::new());
        let flushed = self.with_stream(id, |stream| {
            if stream.on_connect.is_some() || stream.queue.is_empty() {
                return Ok(());
            }
            let result = stream.flush(&mut ended);
            if result.is_err() {
                failed = stream.queue.fail();
            }
            result
        });
        for on_done in ended {
            self.dispatch(host, CallbackKind::Write, |host| on_done(host, Ok(())));
        }
        // The write at the front failed, and those behind it with it.
        if let Ok(Err(error)) = flushed {
            for on_done in failed {
                let result = Err(repeat(&error));
                self.dispatch(host, CallbackKind::Write, |host| on_done(host, result));
            }
        }
        if self.shutdown_is_next(id)
            && let Some((on_done, result)) = self.finish_shutdown(id)
        {
            self.dispatch(host, CallbackKind::Shutdown, |host| on_done(host, result));
        }
    }

    fn shutdown_is_next(&self, id: HandleId) -> bool {
        let slots = self.core.handles.slots.borrow();
        matches!(slots.get(id.0), Some(Handle { kind: Kind::Stream(stream), .. })
            if stream.on_shutdown.is_some()
                && stream.queue.is_empty()
                && stream.on_connect.is_none())
    }

    /// Ends an attempt to connect that became writable.
    fn finish_connect(&self, id: HandleId) -> Option<(OnConnect<H>, io::Result<()>)> {
        let mut slots = self.core.handles.slots.borrow_mut();
        let handle = slots.get_mut(id.0)?;
        let Kind::Stream(stream) = &mut handle.kind else {
            return None;
        };
        stream.on_connect.as_ref()?;
        let result = match SockRef::from(stream.source.as_ref()?).take_error() {
            Ok(None) => Ok(()),
            Ok(Some(error)) | Err(error) => Err(error),
        };
        let on_connect = stream.on_connect.take()?;
        self.core.handles.recount(handle);
        Some((on_connect, result))
    }

    /// Calls off what a closed stream still had to do.
    pub(super) fn dispose_stream(&self, id: HandleId, mut stream: Stream<H>) {
        if let Some(on_connect) = stream.on_connect.take() {
            let callback = Box::new(move |host: &mut H| {
                on_connect(host, id, Err(sys::cancelled()));
            });
            self.when_closing(CallbackKind::Connect, callback);
        }
        for on_done in stream.queue.fail() {
            let callback = Box::new(|host: &mut H| on_done(host, Err(sys::cancelled())));
            self.when_closing(CallbackKind::Write, callback);
        }
        if let Some(on_done) = stream.on_shutdown.take() {
            let callback = Box::new(|host: &mut H| on_done(host, Err(sys::cancelled())));
            self.when_closing(CallbackKind::Shutdown, callback);
        }
    }

    /// Runs `call` on the socket of a stream or listener.
    pub(super) fn with_socket<R>(
        &self,
        id: HandleId,
        call: impl FnOnce(SockRef<'_>) -> io::Result<R>,
    ) -> io::Result<R> {
        let slots = self.core.handles.slots.borrow();
        let source = slots.get(id.0).and_then(|handle| handle.kind.source());
        call(SockRef::from(source.ok_or_else(not_found)?))
    }
}
