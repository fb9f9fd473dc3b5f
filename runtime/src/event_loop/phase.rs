//! The names of the loop's phases and of what can be called in them, and the
//! hook that watches the calls.

/// A phase of an iteration, in the order in which an iteration visits them.
///
/// See "Event loop explained" in the Node.js guides and "Design overview" in
/// libuv's documentation for the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Outside of any iteration.
    Outside,
    /// Timers that are due.
    Timers,
    /// Results that were ready at once and were put off, so that a callback
    /// never runs before the call that asked for it has returned.
    Pending,
    /// Idle hooks: once per iteration, and poll does not sleep.
    Idle,
    /// Prepare hooks: once per iteration, right before poll.
    Prepare,
    /// Waiting for events, then the callbacks of handles, requests and other
    /// threads.
    Poll,
    /// Immediates, then check hooks.
    Check,
    /// Requests cancelled by a close, then close callbacks.
    Closing,
}

impl Phase {
    /// The phase's name in lower case, as Node's documentation has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Timers => "timers",
            Self::Pending => "pending",
            Self::Idle => "idle",
            Self::Prepare => "prepare",
            Self::Poll => "poll",
            Self::Check => "check",
            Self::Closing => "closing",
        }
    }
}

/// What a callback belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallbackKind {
    /// A timer that came due.
    Timer,
    /// A result put off to the pending phase.
    Pending,
    /// An idle, prepare or check hook.
    Hook,
    /// An immediate.
    Immediate,
    /// A new connection on a listening socket.
    Connection,
    /// The end of an attempt to connect.
    Connect,
    /// Bytes, the end or an error of a stream.
    Read,
    /// The end of a write request.
    Write,
    /// The end of a shutdown request.
    Shutdown,
    /// A datagram that arrived, or an error in its place.
    Datagram,
    /// The end of a send request.
    Send,
    /// A signal.
    Signal,
    /// A change that a file system watch saw.
    FsEvent,
    /// The end of a child process.
    ProcessExit,
    /// The end of a request on the worker pool.
    Work,
    /// A callback posted through a [`LoopSender`](super::LoopSender).
    Posted,
    /// The end of a close.
    Close,
}

/// Watches every callback that the loop runs. Off unless one is set.
pub trait Tracer {
    /// A callback and its checkpoint have run.
    ///
    /// `duration_ns` is the time that both took together on the loop's clock.
    /// The tracer runs inside the loop and must not call into it.
    fn callback(&mut self, phase: Phase, kind: CallbackKind, duration_ns: u64);
}
