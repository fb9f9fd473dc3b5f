//! The HTTP/1 parser: bytes in, events out. It knows no socket and no JavaScript.
//!
//! A state machine that takes its input in pieces of any size and keeps what it has seen of a message's head, so a byte is
//! looked at once however the network cut the stream. The caller pulls: [`Parser::next`] consumes some of the input and
//! returns one [`Event`]; nothing is called back, so the caller may pause, change its mind or drop the parser between
//! any two events. Body bytes are returned as a range of the caller's input, never copied.
//!
//! ```text
//! start line -> headers -> Head -> (body -> Body)* -> (trailers) -> End -> start line ...
//!                            \-> Upgrade: the rest of the input is another protocol's
//! ```
//!
//! Strict by default, because two parsers that disagree on where a message ends are a security hole (request smuggling,
//! RFC 9112 section 11.2): a second or malformed Content-Length, Content-Length together with Transfer-Encoding, codings
//! after `chunked`, bare CR or LF, folded headers and control characters are errors. `lenient` accepts what Node's
//! `insecureHTTPParser` accepts. The files: `start_line.rs`, `header.rs`, `body.rs` hold the states of each part.
//!
//! Source: RFC 9112; the error codes and reasons are those Node shows (`error.rs`).

mod body;
mod error;
mod header;
mod method;
mod start_line;
#[cfg(test)]
mod tests;

pub use error::ParseError;
pub use header::{is_token, is_value_byte};
pub use method::{METHODS, Method};

use body::BodyState;
use header::HeaderState;
use start_line::StartState;
use std::ops::Range;

/// Which side of the conversation is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What a client sends.
    Request,
    /// What a server sends.
    Response,
}

/// What a parser accepts.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of URL or reason phrase, header names and header values together.
    pub max_head_bytes: usize,
    /// Header pairs beyond this many are dropped; 0 keeps all.
    pub max_header_pairs: usize,
    /// Accept the deviations of `insecureHTTPParser`.
    pub lenient: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_head_bytes: 16 * 1024,
            max_header_pairs: 2000,
            lenient: false,
        }
    }
}

/// One step of a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// All input is consumed, the message goes on.
    NeedInput,
    /// The start line and all headers are there: see [`Parser::head`]. Decisions about the body
    /// ([`Parser::skip_body`], [`Parser::set_upgrade`]) are taken before the next call.
    Head,
    /// Bytes of the body: a range of the input that was passed.
    Body(Range<usize>),
    /// The message is complete; trailers are in [`Parser::trailers`].
    End,
    /// The message asked for another protocol: the rest of the input is not HTTP.
    Upgrade,
}

/// A message's start line and headers. All bytes are Latin-1.
#[derive(Debug, Default, Clone)]
pub struct Head {
    /// The method of a request.
    pub method: Option<Method>,
    /// The request target, or the reason phrase of a response.
    pub target: Vec<u8>,
    /// The status code of a response.
    pub status: u16,
    /// Major HTTP version.
    pub major: u8,
    /// Minor HTTP version.
    pub minor: u8,
    /// The headers in order: name, LF, value, LF, name, ... Neither can contain LF.
    pub headers: Vec<u8>,
    /// How many pairs `headers` has.
    pub n_pairs: usize,
    /// The connection may carry another message after this one.
    pub keep_alive: bool,
    /// The message asks to change the protocol (`Upgrade` with `Connection: upgrade`, or `CONNECT`).
    pub upgrade: bool,
    /// There is a `Host` header.
    pub has_host: bool,
    /// There is an `Expect` header.
    pub has_expect: bool,
    /// A body with at least one byte follows, or may follow.
    pub has_body: bool,
}

/// Where in a message the parser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start(StartState),
    Header(HeaderState),
    /// `Head` was returned; the body's shape is decided on the next call.
    AfterHead,
    Body(BodyState),
    /// The message is complete; what follows depends on keep-alive and upgrade.
    AfterMessage,
    /// The peer said that this was its last message.
    Closed,
    Upgraded,
    Failed(ParseError),
}

/// An incremental HTTP/1 parser for one direction of one connection.
#[derive(Debug)]
pub struct Parser {
    kind: Kind,
    limits: Limits,
    state: State,
    head: Head,
    trailers: Vec<u8>,
    framing: header::Framing,
    scratch: Scratch,
    /// Body bytes that are still to come: of the whole body, or of this chunk.
    remaining: u64,
    chunk_extension_bytes: usize,
    skip_body: bool,
    in_trailers: bool,
}

/// What is collected of the element at hand.
#[derive(Debug, Default)]
struct Scratch {
    /// Method letters, or matched bytes of a fixed word.
    word: Vec<u8>,
    /// Where the name of the current header begins in the header text.
    name_start: usize,
    /// Where its value begins.
    value_start: usize,
    field: header::Field,
    /// Bytes counted against `max_head_bytes`.
    head_bytes: usize,
    /// Pairs seen, also those that were dropped.
    n_pairs: usize,
}

/// What a state did with the input: how far it came, and the event if there is one.
type Step = Result<(usize, Option<Event>), ParseError>;

impl Parser {
    /// A parser at the beginning of its first message.
    pub fn new(kind: Kind, limits: Limits) -> Self {
        Parser {
            kind,
            limits,
            state: State::Start(StartState::Blank),
            head: Head::default(),
            trailers: Vec::new(),
            framing: header::Framing::default(),
            scratch: Scratch::default(),
            remaining: 0,
            chunk_extension_bytes: 0,
            skip_body: false,
            in_trailers: false,
        }
    }

    /// Takes bytes from the front of `input` until there is an event; returns how many were taken.
    ///
    /// Call again with the rest until [`Event::NeedInput`] (everything was taken) or [`Event::Upgrade`] (the rest belongs
    /// to another protocol).
    ///
    /// # Errors
    /// The message is malformed. Every later call returns the same error.
    pub fn next(&mut self, input: &[u8]) -> Result<(usize, Event), ParseError> {
        let mut pos = 0;
        loop {
            let step = match self.state {
                State::Start(state) => self.start_line(state, input, pos),
                State::Header(state) => self.header(state, input, pos),
                State::AfterHead => self.after_head(pos),
                State::Body(state) => self.body(state, input, pos),
                State::AfterMessage => self.after_message(pos),
                State::Closed => self.closed(input, pos),
                State::Upgraded => return Ok((pos, Event::Upgrade)),
                State::Failed(error) => return Err(error),
            };
            match step {
                Ok((next, Some(event))) => return Ok((next, event)),
                Ok((next, None)) => pos = next,
                Err(error) => {
                    self.state = State::Failed(error);
                    return Err(error);
                }
            }
        }
    }

    /// Tells the parser that no byte will follow.
    ///
    /// Returns `End` if that completes a message whose body lasts until the connection closes.
    ///
    /// # Errors
    /// The stream ended within a message.
    pub fn finish(&mut self) -> Result<Option<Event>, ParseError> {
        match self.state {
            State::Body(BodyState::UntilEof) => {
                self.state = State::Closed;
                Ok(Some(Event::End))
            }
            State::Start(StartState::Blank)
            | State::AfterMessage
            | State::Closed
            | State::Upgraded => Ok(None),
            State::AfterHead if self.body_state() == Ok(None) => Ok(Some(Event::End)),
            State::Failed(error) => Err(error),
            _ => Err(error::EOF_STATE.at(0)),
        }
    }

    /// The head of the message at hand; complete after [`Event::Head`].
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The trailers of the message that just ended, in the form of [`Head::headers`].
    pub fn trailers(&self) -> &[u8] {
        &self.trailers
    }

    /// The message whose head was just returned has no body whatever its headers say (the response to `HEAD`).
    pub fn skip_body(&mut self) {
        self.skip_body = true;
    }

    /// Overrules whether the message whose head was just returned ends HTTP on this connection.
    pub fn set_upgrade(&mut self, upgrade: bool) {
        self.head.upgrade = upgrade;
    }

    /// Whether the parser is between two messages.
    pub fn is_idle(&self) -> bool {
        matches!(
            self.state,
            State::Start(StartState::Blank) | State::AfterMessage | State::Closed
        )
    }

    /// The connection goes on after a complete message: decides what may follow.
    fn after_message(&mut self, pos: usize) -> Step {
        if self.head.upgrade {
            self.state = State::Upgraded;
            return Ok((pos, Some(Event::Upgrade)));
        }
        let may_follow = self.head.keep_alive || self.limits.lenient || self.head.status / 100 == 1;
        self.state = if may_follow {
            State::Start(StartState::Blank)
        } else {
            State::Closed
        };
        Ok((pos, None))
    }

    /// After the last message only line ends are tolerated.
    fn closed(&self, input: &[u8], pos: usize) -> Step {
        let rest = input.get(pos..).unwrap_or_default();
        match rest.iter().position(|&byte| byte != b'\r' && byte != b'\n') {
            Some(offset) => Err(error::AFTER_CLOSE.at(pos + offset + 1)),
            None => Ok((input.len(), Some(Event::NeedInput))),
        }
    }

    /// Counts head bytes against the limit.
    fn count_head_bytes(&mut self, n: usize, input: &[u8]) -> Result<(), ParseError> {
        self.scratch.head_bytes = self.scratch.head_bytes.saturating_add(n);
        if self.scratch.head_bytes >= self.limits.max_head_bytes {
            return Err(error::HEADER_OVERFLOW.at(input.len()));
        }
        Ok(())
    }

    /// Forgets the last message; its buffers keep their memory.
    fn begin_message(&mut self) {
        self.head.target.clear();
        self.head.headers.clear();
        let target = std::mem::take(&mut self.head.target);
        let headers = std::mem::take(&mut self.head.headers);
        self.head = Head {
            target,
            headers,
            ..Head::default()
        };
        self.trailers.clear();
        self.framing = header::Framing::default();
        self.scratch.word.clear();
        self.scratch.head_bytes = 0;
        self.scratch.n_pairs = 0;
        self.remaining = 0;
        self.chunk_extension_bytes = 0;
        self.skip_body = false;
        self.in_trailers = false;
    }
}
