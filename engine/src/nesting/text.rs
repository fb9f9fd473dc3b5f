//! How spaces, comments, strings, templates, regular expressions, numbers and words end.

use super::scan::{Last, Scan};

/// How many digits a BigInt literal may have.
const MAX_BIGINT: usize = 200_000;

/// Length of the line terminator that `bytes` begin with; a CR LF is two.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\n' | b'\r', ..] => 1,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => 0,
    }
}

/// Length of the space outside of ASCII that `bytes` begin with.
fn wide_space(bytes: &[u8]) -> usize {
    match bytes {
        [0xC2, 0xA0, ..] => 2,
        [0xE1, 0x9A, 0x80, ..]
        | [0xE2, 0x80, 0x80..=0x8A | 0xAF, ..]
        | [0xE2, 0x81, 0x9F, ..]
        | [0xE3, 0x80, 0x80, ..]
        | [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 0,
    }
}

/// Could a line terminator begin with this byte?
const fn may_end_line(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | 0xE2)
}

/// Bytes of words without escapes, in ASCII.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'_' | b'$');
        byte += 1;
    }
    table
};

impl Scan<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_hashbang(&mut self) {
        self.at += wide_space(self.rest());
        if self.rest().starts_with(b"#!") {
            self.skip_line();
        }
    }

    fn skip_line(&mut self) {
        while let Some(next) = self.rest().iter().position(|byte| may_end_line(*byte)) {
            self.at += next;
            if line_end(self.rest()) > 0 {
                return;
            }
            self.at += 1;
        }
        self.at = self.bytes.len();
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest().iter();
        self.at += rest.take_while(|byte| **byte == b' ').count();
    }

    /// Skips a space, a line break or a comment, if one begins here.
    pub(super) fn skip_space(&mut self, byte: u8) -> bool {
        match byte {
            b' ' => self.skip_spaces(),
            b'\t' | 0x0B | 0x0C => self.at += 1,
            b'\n' | b'\r' => {
                self.newline = true;
                self.at += 1;
            }
            b'/' if self.rest().starts_with(b"//") => self.skip_line(),
            b'/' if self.rest().starts_with(b"/*") => self.skip_block_comment(),
            b'<' if !self.goal.module && self.rest().starts_with(b"<!--") => self.skip_line(),
            b'-' if !self.goal.module && self.newline && self.rest().starts_with(b"-->") => {
                self.skip_line();
            }
            0x80.. => {
                let (line, space) = (line_end(self.rest()), wide_space(self.rest()));
                self.newline |= line > 0;
                self.at += line + space;
                return line + space > 0;
            }
            _ => return false,
        }
        true
    }

    fn skip_block_comment(&mut self) {
        self.at += 2;
        let stops = |byte: &u8| *byte == b'*' || may_end_line(*byte);
        while let Some(next) = self.rest().iter().position(stops) {
            self.at += next;
            if self.rest().starts_with(b"*/") {
                self.at += 2;
                return;
            }
            self.newline |= line_end(self.rest()) > 0;
            self.at += 1;
        }
        self.at = self.bytes.len();
    }

    /// From inside a string to behind its end.
    pub(super) fn skip_string(&mut self, quote: u8) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' if self.rest().starts_with(b"\r\n") => self.at += 2,
                b'\\' => self.at += 1,
                b'\n' | b'\r' => break,
                _ if byte == quote => break,
                _ => {}
            }
        }
    }

    /// From inside a template's text to behind its end; or behind a `${`, then it says so.
    pub(super) fn skip_template(&mut self) -> bool {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => return false,
                b'$' if self.bytes.get(self.at) == Some(&b'{') => {
                    self.at += 1;
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// From behind the slash that begins a regular expression to behind its flags.
    pub(super) fn skip_regexp(&mut self) {
        let mut class = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            if line_end(self.rest()) > 0 {
                return;
            }
            self.at += 1;
            match byte {
                b'\\' if line_end(self.rest()) == 0 => self.at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => break,
                _ => {}
            }
        }
        self.skip_word();
        self.last = Last::Other;
    }

    /// A number, with its suffix. At most one dot belongs to it.
    pub(super) fn skip_number(&mut self) {
        let start = self.at;
        let mut dot = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            let exponent = matches!(byte, b'+' | b'-')
                && matches!(self.bytes.get(self.at - 1), Some(b'e' | b'E'))
                && self.at > start + 1
                && !matches!(self.bytes.get(start + 1), Some(b'x' | b'X'));
            match byte {
                b'.' if !dot => dot = true,
                _ if exponent || byte.is_ascii_alphanumeric() || byte == b'_' => {}
                _ => break,
            }
            self.at += 1;
        }
        // The parser's work on a BigInt grows with the square of its length.
        let is_bigint = self.bytes.get(self.at - 1) == Some(&b'n');
        self.refused |= is_bigint && self.at - start > MAX_BIGINT;
    }

    /// A word; was it written with an escape?
    pub(super) fn skip_word(&mut self) -> bool {
        let mut escaped = false;
        loop {
            let rest = self.rest().iter();
            self.at += rest.take_while(|byte| IN_WORD[usize::from(**byte)]).count();
            let Some(&byte) = self.bytes.get(self.at) else {
                break;
            };
            match byte {
                b'\\' => {
                    escaped = true;
                    self.at += 1;
                    if self.rest().starts_with(b"u{") {
                        let end = self.rest().iter().position(|&byte| byte == b'}');
                        self.at += end.map_or(2, |end| end + 1);
                    }
                }
                0x80.. if line_end(self.rest()) + wide_space(self.rest()) == 0 => self.at += 1,
                _ => break,
            }
        }
        escaped
    }
}
