//! The first line of a message: `METHOD target HTTP/x.y` or `HTTP/x.y status reason` (RFC 9112 sections 3 and 4).

use super::error;
use super::header::HeaderState;
use super::{Event, Kind, Method, Parser, State, Step};

/// Where in the start line the parser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StartState {
    /// Before the line; empty lines are skipped.
    Blank,
    Method,
    SpaceBeforeTarget,
    Target(Target),
    /// In the word `HTTP/`.
    Protocol,
    Major,
    Dot,
    Minor,
    /// After the version of a request.
    LineEnd,
    LineFeed,
    /// After the version of a response.
    SpaceBeforeStatus,
    /// In the status code, after this many digits.
    Status(u8),
    AfterStatus,
    Reason,
    ReasonLineFeed,
}

/// Where in the request target the parser is: only as deep as needed to refuse what can't be a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    First,
    Schema,
    /// In `://`, after this many of its characters.
    SchemaEnd(u8),
    Server,
    Path,
    Query,
    Fragment,
}

const H2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const PROTOCOL: &[u8] = b"HTTP/";

impl Parser {
    /// Takes bytes of the start line from `input[pos..]`.
    pub(super) fn start_line(&mut self, state: StartState, input: &[u8], mut pos: usize) -> Step {
        let mut state = state;
        while let Some(&byte) = input.get(pos) {
            state = match state {
                StartState::Blank => {
                    if byte == b'\r' || byte == b'\n' {
                        pos += 1;
                        continue;
                    }
                    self.begin_message();
                    match self.kind {
                        Kind::Request => StartState::Method,
                        Kind::Response => StartState::Protocol,
                    }
                }
                StartState::Method => {
                    let next = self.method_byte(byte, pos)?;
                    pos += 1;
                    next
                }
                StartState::SpaceBeforeTarget if byte == b' ' => {
                    pos += 1;
                    state
                }
                StartState::SpaceBeforeTarget if self.head.method == Some(Method::CONNECT) => {
                    StartState::Target(Target::Server)
                }
                StartState::SpaceBeforeTarget => StartState::Target(Target::First),
                StartState::Target(target) => {
                    let (next, at) = self.target(target, input, pos)?;
                    pos = at;
                    next
                }
                StartState::Reason => {
                    let (next, at) = self.reason(input, pos)?;
                    pos = at;
                    next
                }
                _ => {
                    let next = self.version_or_status(state, byte, pos)?;
                    pos += 1;
                    next
                }
            };
            if state == StartState::Blank {
                // The line is complete.
                self.state = State::Header(HeaderState::FirstLine);
                return Ok((pos, None));
            }
        }
        self.state = State::Start(state);
        Ok((pos, Some(Event::NeedInput)))
    }

    fn method_byte(&mut self, byte: u8, pos: usize) -> Result<StartState, error::ParseError> {
        if let Some(expected) = self.h2_preface_byte() {
            if byte != expected {
                return Err(error::INVALID_METHOD.at(pos));
            }
            self.scratch.word.push(byte);
            if self.scratch.word.len() == H2_PREFACE.len() {
                return Err(error::H2_PREFACE.at(pos + 1));
            }
            return Ok(StartState::Method);
        }
        if byte == b' ' && !self.scratch.word.is_empty() {
            self.head.method = Method::from_name(&self.scratch.word);
            self.scratch.word.clear();
            return match self.head.method {
                Some(_) => Ok(StartState::SpaceBeforeTarget),
                None => Err(error::INVALID_METHOD.at(pos)),
            };
        }
        self.scratch.word.push(byte);
        if Method::has_prefix(&self.scratch.word) || H2_PREFACE.starts_with(&self.scratch.word) {
            return Ok(StartState::Method);
        }
        self.scratch.word.pop();
        let complete = Method::from_name(&self.scratch.word).is_some();
        let fault = if complete {
            error::SPACE_AFTER_METHOD
        } else {
            error::INVALID_METHOD
        };
        Err(fault.at(pos))
    }

    /// The next byte of the HTTP/2 connection preface, once `PRI` was read (no method begins so).
    fn h2_preface_byte(&self) -> Option<u8> {
        let word = &self.scratch.word;
        if word.len() >= 3 && H2_PREFACE.starts_with(word) {
            return H2_PREFACE.get(word.len()).copied();
        }
        None
    }

    /// Takes bytes of the request target.
    fn target(
        &mut self,
        target: Target,
        input: &[u8],
        pos: usize,
    ) -> Result<(StartState, usize), error::ParseError> {
        let mut target = target;
        let mut end = pos;
        let mut ended_by = None;
        while let Some(&byte) = input.get(end) {
            if matches!(byte, b' ' | b'\r' | b'\n') {
                ended_by = Some(byte);
                break;
            }
            target = next_target_state(target, byte).ok_or_else(|| target_fault(target).at(end))?;
            end += 1;
        }
        self.head
            .target
            .extend_from_slice(input.get(pos..end).unwrap_or_default());
        self.count_head_bytes(end - pos, input)?;
        let Some(terminator) = ended_by else {
            return Ok((StartState::Target(target), end));
        };
        let unfinished = matches!(
            target,
            Target::First | Target::Schema | Target::SchemaEnd(_)
        );
        if unfinished || (target == Target::Server && terminator != b' ') {
            return Err(error::URL_CHARACTERS.at(end + 1));
        }
        if terminator == b' ' {
            return Ok((StartState::Protocol, end + 1));
        }
        // A request line without a version is HTTP/0.9.
        (self.head.major, self.head.minor) = (0, 9);
        if terminator == b'\n' {
            return if self.limits.lenient {
                Ok((StartState::Blank, end + 1))
            } else {
                Err(error::VERSION_CRLF.at(end))
            };
        }
        Ok((StartState::LineFeed, end + 1))
    }

    /// The states of one byte each: the protocol word, the version, the status code, line ends.
    fn version_or_status(
        &mut self,
        state: StartState,
        byte: u8,
        pos: usize,
    ) -> Result<StartState, error::ParseError> {
        match state {
            StartState::Protocol => self.protocol_byte(byte, pos),
            StartState::Major if byte.is_ascii_digit() => {
                self.head.major = byte - b'0';
                Ok(StartState::Dot)
            }
            StartState::Major => Err(error::VERSION_MAJOR.at(pos)),
            StartState::Dot if byte == b'.' => Ok(StartState::Minor),
            StartState::Dot => Err(error::VERSION_DOT.at(pos)),
            StartState::Minor if byte.is_ascii_digit() => self.minor(byte, pos),
            StartState::Minor => Err(error::VERSION_MINOR.at(pos)),
            StartState::LineEnd => match byte {
                b'\r' => Ok(StartState::LineFeed),
                b'\n' if self.limits.lenient => Ok(StartState::Blank),
                _ => Err(error::VERSION_CRLF.at(pos)),
            },
            StartState::LineFeed if byte == b'\n' => Ok(StartState::Blank),
            StartState::LineFeed => Err(error::VERSION_LF.at(pos)),
            StartState::SpaceBeforeStatus if byte == b' ' => Ok(StartState::Status(0)),
            StartState::SpaceBeforeStatus => Err(error::VERSION_SPACE.at(pos)),
            StartState::Status(n) if byte.is_ascii_digit() => {
                self.head.status = self.head.status * 10 + u16::from(byte - b'0');
                Ok(if n == 2 {
                    StartState::AfterStatus
                } else {
                    StartState::Status(n + 1)
                })
            }
            StartState::Status(_) => Err(error::STATUS_CODE.at(pos)),
            StartState::AfterStatus => match byte {
                b' ' => Ok(StartState::Reason),
                b'\r' => Ok(StartState::ReasonLineFeed),
                b'\n' if self.limits.lenient => Ok(StartState::Blank),
                b'\n' => Err(error::STATUS_CR.at(pos + 1)),
                _ => Err(error::STATUS_END.at(pos)),
            },
            StartState::ReasonLineFeed if byte == b'\n' => Ok(StartState::Blank),
            _ => Err(error::STATUS_LF.at(pos)),
        }
    }

    fn protocol_byte(&mut self, byte: u8, pos: usize) -> Result<StartState, error::ParseError> {
        let n = self.scratch.word.len();
        if PROTOCOL.get(n) != Some(&byte) {
            return Err(error::EXPECTED_HTTP.at(pos));
        }
        self.scratch.word.push(byte);
        if self.scratch.word.len() < PROTOCOL.len() {
            return Ok(StartState::Protocol);
        }
        self.scratch.word.clear();
        Ok(StartState::Major)
    }

    fn minor(&mut self, byte: u8, pos: usize) -> Result<StartState, error::ParseError> {
        self.head.minor = byte - b'0';
        let known = matches!(
            (self.head.major, self.head.minor),
            (0, 9) | (1, 0 | 1) | (2, 0)
        );
        if !known && !self.limits.lenient {
            return Err(error::VERSION.at(pos + 1));
        }
        Ok(match self.kind {
            Kind::Request => StartState::LineEnd,
            Kind::Response => StartState::SpaceBeforeStatus,
        })
    }

    /// Takes bytes of the reason phrase.
    fn reason(
        &mut self,
        input: &[u8],
        pos: usize,
    ) -> Result<(StartState, usize), error::ParseError> {
        let rest = input.get(pos..).unwrap_or_default();
        let len = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
        self.head
            .target
            .extend_from_slice(rest.get(..len).unwrap_or_default());
        self.count_head_bytes(len, input)?;
        match rest.get(len) {
            None => Ok((StartState::Reason, pos + len)),
            Some(b'\r') => Ok((StartState::ReasonLineFeed, pos + len + 1)),
            Some(_) if self.limits.lenient => Ok((StartState::Blank, pos + len + 1)),
            Some(_) => Err(error::STATUS_CR.at(pos + len + 1)),
        }
    }
}

/// The state after one more byte of a target, or `None` if it can't be there.
fn next_target_state(target: Target, byte: u8) -> Option<Target> {
    match target {
        Target::First => match byte {
            b'/' | b'*' => Some(Target::Path),
            b'a'..=b'z' | b'A'..=b'Z' => Some(Target::Schema),
            _ => None,
        },
        Target::Schema => match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Some(Target::Schema),
            b':' => Some(Target::SchemaEnd(1)),
            _ => None,
        },
        Target::SchemaEnd(1) => (byte == b'/').then_some(Target::SchemaEnd(2)),
        Target::SchemaEnd(_) => (byte == b'/').then_some(Target::Server),
        Target::Server => match byte {
            b'/' => Some(Target::Path),
            b'?' => Some(Target::Query),
            b'@' | b'[' | b']' | b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')'
            | b'%' | b';' | b':' | b'&' | b'=' | b'+' | b'$' | b',' => Some(Target::Server),
            _ => byte.is_ascii_alphanumeric().then_some(Target::Server),
        },
        Target::Path | Target::Query | Target::Fragment if !(0x21..0x7f).contains(&byte) => None,
        Target::Path if byte == b'?' => Some(Target::Query),
        Target::Path | Target::Query if byte == b'#' => Some(Target::Fragment),
        Target::Path | Target::Query | Target::Fragment => Some(target),
    }
}

fn target_fault(target: Target) -> error::Fault {
    match target {
        Target::First => error::URL_START,
        Target::Schema | Target::SchemaEnd(_) => error::URL_SCHEMA,
        Target::Server => error::URL_SERVER,
        Target::Path => error::URL_PATH,
        Target::Query => error::URL_QUERY,
        Target::Fragment => error::URL_FRAGMENT,
    }
}
