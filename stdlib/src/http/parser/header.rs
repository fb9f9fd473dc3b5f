//! Header lines, of the head and of trailers, and what they say about the message's framing (RFC 9112 sections 5 and 6).

use super::body::BodyState;
use super::error::{self, ParseError};
use super::{Event, Kind, Method, Parser, State, Step};

/// Where in the header section the parser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeaderState {
    /// At the start of the first line after the start line.
    FirstLine,
    /// At the start of a line after a header: it may still fold the last value.
    LineStart,
    Name,
    /// White space between the colon and the value.
    BeforeValue,
    Value,
    ValueLineFeed,
    /// After the CR of the empty line.
    EndLineFeed,
}

/// The headers that say how a message is framed, and two whose presence the server must know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Field {
    #[default]
    Other,
    ContentLength,
    TransferEncoding,
    Connection,
    Upgrade,
    Host,
    Expect,
}

/// What the headers said about framing so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Framing {
    pub(super) content_length: Option<u64>,
    pub(super) transfer_encoding: bool,
    pub(super) chunked: bool,
    close: bool,
    keep_alive: bool,
    connection_upgrade: bool,
    upgrade: bool,
}

impl Parser {
    /// Takes bytes of header lines from `input[pos..]`.
    pub(super) fn header(&mut self, state: HeaderState, input: &[u8], mut pos: usize) -> Step {
        let mut state = state;
        while let Some(&byte) = input.get(pos) {
            state = match state {
                HeaderState::FirstLine | HeaderState::LineStart => {
                    let (next, taken) = self.line_start(state, byte, pos)?;
                    pos += taken;
                    next
                }
                HeaderState::Name => {
                    let (next, at) = self.name(input, pos)?;
                    pos = at;
                    next
                }
                HeaderState::BeforeValue if byte == b' ' || byte == b'\t' => {
                    pos += 1;
                    state
                }
                HeaderState::BeforeValue => HeaderState::Value,
                HeaderState::Value => {
                    let (next, at) = self.value(input, pos)?;
                    pos = at;
                    next
                }
                HeaderState::ValueLineFeed if byte == b'\n' => {
                    pos += 1;
                    HeaderState::LineStart
                }
                HeaderState::ValueLineFeed => return Err(error::HEADER_LF.at(pos)),
                HeaderState::EndLineFeed if byte == b'\n' => return self.end_of_headers(pos + 1),
                HeaderState::EndLineFeed => return Err(error::HEADERS_LF.at(pos)),
            };
        }
        self.state = State::Header(state);
        Ok((pos, Some(Event::NeedInput)))
    }

    /// The first byte of a line: a name, a fold, or the end. Returns how many bytes it took.
    fn line_start(
        &mut self,
        state: HeaderState,
        byte: u8,
        pos: usize,
    ) -> Result<(HeaderState, usize), ParseError> {
        let first = state == HeaderState::FirstLine;
        let lenient = self.limits.lenient;
        if byte == b' ' || byte == b'\t' {
            return match (first, lenient) {
                (true, true) => Ok((state, 1)),
                (true, false) => Err(error::SPACE_AFTER_START.at(pos + 1)),
                (false, true) => {
                    self.text().push(b' ');
                    Ok((HeaderState::BeforeValue, 1))
                }
                (false, false) => Err(error::HEADER_FOLD.at(pos)),
            };
        }
        if !first {
            self.finish_value(pos)?;
        }
        match byte {
            b'\r' => Ok((HeaderState::EndLineFeed, 1)),
            // The LF is taken by `EndLineFeed`.
            b'\n' if lenient => Ok((HeaderState::EndLineFeed, 0)),
            b'\n' => Err(error::HEADER_FIELD_CHAR.at(pos)),
            _ if is_token(byte) => {
                self.scratch.name_start = self.text().len();
                Ok((HeaderState::Name, 0))
            }
            _ => Err(error::HEADER_TOKEN.at(pos)),
        }
    }

    /// Takes bytes of a field name, and its colon.
    fn name(&mut self, input: &[u8], pos: usize) -> Result<(HeaderState, usize), ParseError> {
        let rest = input.get(pos..).unwrap_or_default();
        let len = rest
            .iter()
            .position(|&byte| !is_token(byte))
            .unwrap_or(rest.len());
        self.text()
            .extend_from_slice(rest.get(..len).unwrap_or_default());
        self.count_head_bytes(len, input)?;
        let end = pos + len;
        match rest.get(len) {
            None => Ok((HeaderState::Name, end)),
            Some(b':') => {
                self.finish_name(end + 1)?;
                Ok((HeaderState::BeforeValue, end + 1))
            }
            Some(_) => Err(error::HEADER_TOKEN.at(end)),
        }
    }

    fn finish_name(&mut self, pos: usize) -> Result<(), ParseError> {
        let name_start = self.scratch.name_start;
        let field = if self.in_trailers {
            // Framing is settled: a trailer can't change it.
            Field::Other
        } else {
            classify(self.head.headers.get(name_start..).unwrap_or_default())
        };
        let framing = self.framing;
        match field {
            Field::ContentLength if framing.content_length.is_some() => {
                return Err(error::LENGTH_TWICE.at(pos));
            }
            Field::ContentLength if framing.transfer_encoding && !self.limits.lenient => {
                return Err(error::LENGTH_AFTER_TE.at(pos));
            }
            Field::TransferEncoding if framing.content_length.is_some() && !self.limits.lenient => {
                return Err(error::TE_AFTER_LENGTH.at(pos));
            }
            _ => {}
        }
        self.scratch.field = field;
        let text = self.text();
        text.push(b'\n');
        let value_start = text.len();
        self.scratch.value_start = value_start;
        Ok(())
    }

    /// Takes bytes of a field value, and the CR after it.
    fn value(&mut self, input: &[u8], pos: usize) -> Result<(HeaderState, usize), ParseError> {
        let rest = input.get(pos..).unwrap_or_default();
        let lenient = self.limits.lenient;
        let len = if lenient {
            memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len())
        } else {
            rest.iter()
                .position(|&byte| !is_value_byte(byte))
                .unwrap_or(rest.len())
        };
        self.text()
            .extend_from_slice(rest.get(..len).unwrap_or_default());
        self.count_head_bytes(len, input)?;
        let end = pos + len;
        match rest.get(len) {
            None => Ok((HeaderState::Value, end)),
            Some(b'\r') => Ok((HeaderState::ValueLineFeed, end + 1)),
            Some(b'\n') if lenient => Ok((HeaderState::LineStart, end + 1)),
            Some(b'\n') => Err(error::HEADER_CR.at(end)),
            Some(_) => Err(error::HEADER_VALUE_CHAR.at(end)),
        }
    }

    /// The value that precedes is complete: trims it, reads what it says, keeps or drops the pair.
    fn finish_value(&mut self, pos: usize) -> Result<(), ParseError> {
        let value_start = self.scratch.value_start;
        let text = self.text();
        while text.len() > value_start && matches!(text.last(), Some(b' ' | b'\t')) {
            text.pop();
        }
        if !self.in_trailers {
            self.read_framing(pos)?;
        }
        self.scratch.n_pairs += 1;
        let max = self.limits.max_header_pairs;
        let name_start = self.scratch.name_start;
        if max > 0 && self.scratch.n_pairs > max {
            self.text().truncate(name_start);
        } else {
            self.text().push(b'\n');
            if !self.in_trailers {
                self.head.n_pairs += 1;
            }
        }
        Ok(())
    }

    /// Applies the header that was just completed.
    fn read_framing(&mut self, pos: usize) -> Result<(), ParseError> {
        let value = self
            .head
            .headers
            .get(self.scratch.value_start..)
            .unwrap_or_default();
        let framing = &mut self.framing;
        match self.scratch.field {
            Field::Other => {}
            Field::Host => self.head.has_host = true,
            Field::Expect => self.head.has_expect = true,
            Field::Upgrade => framing.upgrade = true,
            Field::ContentLength => framing.content_length = Some(content_length(value, pos)?),
            Field::TransferEncoding => {
                framing.transfer_encoding = true;
                for coding in tokens(value) {
                    if framing.chunked && self.kind == Kind::Request && !self.limits.lenient {
                        return Err(error::TE_VALUE.at(pos.saturating_sub(2)));
                    }
                    framing.chunked = coding.eq_ignore_ascii_case(b"chunked");
                }
            }
            Field::Connection => {
                for option in tokens(value) {
                    framing.close |= option.eq_ignore_ascii_case(b"close");
                    framing.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
                    framing.connection_upgrade |= option.eq_ignore_ascii_case(b"upgrade");
                }
            }
        }
        Ok(())
    }

    /// After the empty line.
    fn end_of_headers(&mut self, pos: usize) -> Step {
        if self.in_trailers {
            self.state = State::AfterMessage;
            return Ok((pos, Some(Event::End)));
        }
        let framing = self.framing;
        let head = &mut self.head;
        let asks_upgrade = framing.upgrade && framing.connection_upgrade;
        head.upgrade = match self.kind {
            Kind::Request => asks_upgrade || head.method == Some(Method::CONNECT),
            Kind::Response => asks_upgrade && head.status == 101,
        };
        let persistent = if head.major > 0 && head.minor > 0 {
            !framing.close
        } else {
            framing.keep_alive
        };
        let body = self.body_state();
        self.head.has_body = !matches!(body, Ok(None));
        self.head.keep_alive = persistent && body != Ok(Some(BodyState::UntilEof));
        self.scratch.head_bytes = 0;
        self.state = State::AfterHead;
        Ok((pos, Some(Event::Head)))
    }

    /// The buffer that header lines go to.
    fn text(&mut self) -> &mut Vec<u8> {
        if self.in_trailers {
            &mut self.trailers
        } else {
            &mut self.head.headers
        }
    }
}

fn content_length(value: &[u8], pos: usize) -> Result<u64, ParseError> {
    let line_end = pos.saturating_sub(2);
    if value.is_empty() {
        return Err(error::LENGTH_EMPTY.at(line_end + 1));
    }
    let mut length = 0u64;
    for (index, &byte) in value.iter().enumerate() {
        let at = line_end.saturating_sub(value.len() - index);
        if !byte.is_ascii_digit() {
            return Err(error::LENGTH_CHAR.at(at));
        }
        length = length
            .checked_mul(10)
            .and_then(|length| length.checked_add(u64::from(byte - b'0')))
            .ok_or(error::LENGTH_OVERFLOW.at(at))?;
    }
    Ok(length)
}

/// The comma-separated members of a header value, without white space; empty ones are skipped.
fn tokens(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value
        .split(|&byte| byte == b',')
        .map(<[u8]>::trim_ascii)
        .filter(|token| !token.is_empty())
}

fn classify(name: &[u8]) -> Field {
    let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
    match name.len() {
        4 if is(b"host") => Field::Host,
        6 if is(b"expect") => Field::Expect,
        7 if is(b"upgrade") => Field::Upgrade,
        10 if is(b"connection") => Field::Connection,
        14 if is(b"content-length") => Field::ContentLength,
        16 if is(b"proxy-connection") => Field::Connection,
        17 if is(b"transfer-encoding") => Field::TransferEncoding,
        _ => Field::Other,
    }
}

/// Whether a byte may stand in a token (RFC 9110 section 5.6.2).
pub fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// Whether a byte may stand in a field value: visible ASCII, space, tab and obs-text (RFC 9110 section 5.5).
pub fn is_value_byte(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7f)
}
