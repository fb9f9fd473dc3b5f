//! Message bodies: of known length, chunked, or until the connection closes (RFC 9112 sections 6.3 and 7.1).

use super::error::{self, ParseError};
use super::header::{HeaderState, is_value_byte};
use super::{Event, Kind, Method, Parser, State, Step};

/// Most bytes of extensions of one chunk.
const MAX_CHUNK_EXTENSION_BYTES: usize = 16 * 1024;

/// Where in the body the parser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyState {
    Fixed,
    UntilEof,
    /// Before the first digit of a chunk size.
    ChunkStart,
    ChunkSize,
    /// Right after a `;`.
    ExtensionStart,
    Extension,
    ExtensionQuoted,
    ExtensionEscaped,
    ChunkSizeLineFeed,
    ChunkData,
    ChunkDataCarriageReturn,
    ChunkDataLineFeed,
}

impl Parser {
    /// How the body of the message at hand is framed; `None` when there is none.
    pub(super) fn body_state(&self) -> Result<Option<BodyState>, ParseError> {
        let framing = self.framing;
        let head = &self.head;
        let bodiless = match self.kind {
            Kind::Request => head.upgrade && head.method == Some(Method::CONNECT),
            Kind::Response => head.upgrade || matches!(head.status, 100..=199 | 204 | 304),
        };
        if bodiless || self.skip_body {
            return Ok(None);
        }
        if framing.chunked {
            return Ok(Some(BodyState::ChunkStart));
        }
        if framing.transfer_encoding {
            let refused = self.kind == Kind::Request && !self.limits.lenient;
            return if refused {
                Err(error::TE_REQUEST.at(0))
            } else {
                Ok(Some(BodyState::UntilEof))
            };
        }
        Ok(match framing.content_length {
            Some(0) => None,
            Some(_) => Some(BodyState::Fixed),
            None if self.kind == Kind::Response => Some(BodyState::UntilEof),
            None => None,
        })
    }

    /// The caller has seen the head: begins the body, or ends the message.
    pub(super) fn after_head(&mut self, pos: usize) -> Step {
        let body = self.body_state().map_err(|error| ParseError {
            offset: pos,
            ..error
        })?;
        match body {
            None => {
                self.state = State::AfterMessage;
                Ok((pos, Some(Event::End)))
            }
            Some(state) => {
                self.remaining = if state == BodyState::Fixed {
                    self.framing.content_length.unwrap_or(0)
                } else {
                    0
                };
                self.state = State::Body(state);
                Ok((pos, None))
            }
        }
    }

    /// Takes bytes of the body from `input[pos..]`.
    pub(super) fn body(&mut self, state: BodyState, input: &[u8], mut pos: usize) -> Step {
        let mut state = state;
        while let Some(&byte) = input.get(pos) {
            match state {
                BodyState::Fixed | BodyState::UntilEof | BodyState::ChunkData => {
                    return Ok(self.body_bytes(state, input.len(), pos));
                }
                BodyState::ChunkSizeLineFeed => {
                    if byte != b'\n' {
                        return Err(error::CHUNK_SIZE_LF.at(pos));
                    }
                    pos += 1;
                    if self.remaining == 0 {
                        self.in_trailers = true;
                        self.state = State::Header(HeaderState::FirstLine);
                        return Ok((pos, None));
                    }
                    state = BodyState::ChunkData;
                }
                BodyState::ChunkDataCarriageReturn if self.limits.lenient && byte != b'\r' => {
                    pos += usize::from(byte == b'\n');
                    state = BodyState::ChunkStart;
                }
                BodyState::ChunkDataCarriageReturn => {
                    state = match byte {
                        b'\r' => BodyState::ChunkDataLineFeed,
                        b'\n' => return Err(error::CHUNK_DATA_CR.at(pos + 1)),
                        _ => return Err(error::CHUNK_DATA_LF.at(pos)),
                    };
                    pos += 1;
                }
                BodyState::ChunkDataLineFeed => {
                    if byte != b'\n' {
                        return Err(error::CHUNK_DATA_LF.at(pos));
                    }
                    pos += 1;
                    state = BodyState::ChunkStart;
                }
                _ => {
                    let (next, taken) = self.chunk_line(state, byte, pos)?;
                    state = next;
                    pos += taken;
                }
            }
        }
        self.state = State::Body(state);
        Ok((pos, Some(Event::NeedInput)))
    }

    /// Returns the body bytes that are there, at least one.
    fn body_bytes(
        &mut self,
        state: BodyState,
        input_len: usize,
        pos: usize,
    ) -> (usize, Option<Event>) {
        let available = input_len - pos;
        if state == BodyState::UntilEof {
            self.state = State::Body(state);
            return (input_len, Some(Event::Body(pos..input_len)));
        }
        let wanted = usize::try_from(self.remaining).unwrap_or(usize::MAX);
        let taken = available.min(wanted);
        self.remaining -= taken as u64;
        self.state = match (self.remaining, state) {
            (0, BodyState::ChunkData) => State::Body(BodyState::ChunkDataCarriageReturn),
            (0, _) => {
                // The next call finds no more body: an End without input.
                self.skip_body = true;
                State::AfterHead
            }
            _ => State::Body(state),
        };
        (pos + taken, Some(Event::Body(pos..pos + taken)))
    }

    /// A byte of the line `size[;extensions] CRLF`. Returns the next state and how many bytes were taken.
    fn chunk_line(
        &mut self,
        state: BodyState,
        byte: u8,
        pos: usize,
    ) -> Result<(BodyState, usize), ParseError> {
        let is_extension = !matches!(state, BodyState::ChunkStart | BodyState::ChunkSize);
        if is_extension {
            self.chunk_extension_bytes += 1;
            if self.chunk_extension_bytes > MAX_CHUNK_EXTENSION_BYTES {
                return Err(error::CHUNK_EXTENSIONS_OVERFLOW.at(pos));
            }
        }
        let next = match state {
            BodyState::ChunkStart => {
                self.remaining = 0;
                self.chunk_extension_bytes = 0;
                self.chunk_digit(byte)
                    .ok_or(error::CHUNK_SIZE.at(pos))?
                    .map_err(|fault| fault.at(pos))?;
                BodyState::ChunkSize
            }
            BodyState::ChunkSize => match byte {
                b'\r' => BodyState::ChunkSizeLineFeed,
                b'\n' if self.limits.lenient => return Ok((BodyState::ChunkSizeLineFeed, 0)),
                b'\n' => return Err(error::CHUNK_SIZE_CR.at(pos + 1)),
                b';' => BodyState::ExtensionStart,
                b' ' if self.limits.lenient => BodyState::ChunkSize,
                _ => {
                    let faulty = if byte == b' ' { pos + 1 } else { pos };
                    self.chunk_digit(byte)
                        .ok_or(error::CHUNK_SIZE.at(faulty))?
                        .map_err(|fault| fault.at(pos))?;
                    BodyState::ChunkSize
                }
            },
            BodyState::ExtensionStart if byte == b'\r' || byte == b'\n' || byte == b' ' => {
                return Err(error::CHUNK_EXTENSION.at(pos));
            }
            BodyState::ExtensionStart | BodyState::Extension => match byte {
                b'\r' => BodyState::ChunkSizeLineFeed,
                b'\n' if self.limits.lenient => return Ok((BodyState::ChunkSizeLineFeed, 0)),
                b'\n' => return Err(error::CHUNK_SIZE_CR.at(pos + 1)),
                b'"' => BodyState::ExtensionQuoted,
                b';' => BodyState::ExtensionStart,
                _ if is_value_byte(byte) => BodyState::Extension,
                _ => return Err(error::CHUNK_EXTENSION.at(pos)),
            },
            BodyState::ExtensionQuoted => match byte {
                b'"' => BodyState::Extension,
                b'\\' => BodyState::ExtensionEscaped,
                _ if is_value_byte(byte) => BodyState::ExtensionQuoted,
                _ => return Err(error::CHUNK_EXTENSION.at(pos)),
            },
            _ if is_value_byte(byte) => BodyState::ExtensionQuoted,
            _ => return Err(error::CHUNK_EXTENSION.at(pos)),
        };
        Ok((next, 1))
    }

    /// Adds a hex digit to the chunk size; `None` if it is none.
    fn chunk_digit(&mut self, byte: u8) -> Option<Result<(), error::Fault>> {
        let digit = char::from(byte).to_digit(16)?;
        if self.remaining >> 60 != 0 {
            return Some(Err(error::CHUNK_SIZE_OVERFLOW));
        }
        self.remaining = (self.remaining << 4) | u64::from(digit);
        Some(Ok(()))
    }
}
