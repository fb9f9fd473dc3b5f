//! Which bytes at the end of a piece belong to a character that is not complete yet. Layer 1, but for the last function.

use ouro_engine::JsString;

use crate::buffer::codec::{Decoded, Encoding};

const MISSING: usize = 4;
const WAITING: usize = 5;
const ENCODING: usize = 6;

const ENCODINGS: [Encoding; 7] = [
    Encoding::Utf8,
    Encoding::Utf16le,
    Encoding::Latin1,
    Encoding::Ascii,
    Encoding::Base64,
    Encoding::Base64Url,
    Encoding::Hex,
];

/// The number of an encoding in the state.
pub(super) fn id_of(encoding: Encoding) -> u32 {
    let place = ENCODINGS.iter().position(|known| *known == encoding);
    place
        .and_then(|place| u32::try_from(place).ok())
        .unwrap_or(0)
}

/// A decoder between two pieces.
pub(super) struct State {
    pub(super) encoding: Encoding,
    waiting: Vec<u8>,
    missing: u8,
}

impl State {
    /// From its seven bytes; `None` where these are no state.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let encoding = *ENCODINGS.get(usize::from(*bytes.get(ENCODING)?))?;
        let waiting = usize::from(*bytes.get(WAITING)?).min(4);
        Some(Self {
            encoding,
            waiting: bytes.get(..waiting)?.to_vec(),
            missing: *bytes.get(MISSING)?,
        })
    }

    /// Into its seven bytes.
    pub(super) fn write(&self, bytes: &mut [u8]) {
        if let [first, second, third, fourth, missing, waiting, ..] = bytes {
            for (to, from) in [first, second, third, fourth]
                .into_iter()
                .zip(&self.waiting)
            {
                *to = *from;
            }
            *missing = self.missing;
            *waiting = u8::try_from(self.waiting.len()).unwrap_or(0);
        }
    }

    /// Is every byte of this encoding a character by itself?
    pub(super) fn never_waits(&self) -> bool {
        matches!(
            self.encoding,
            Encoding::Latin1 | Encoding::Ascii | Encoding::Hex
        )
    }

    /// What waited and the new piece, up to the last complete character; the rest waits.
    pub(super) fn take(&mut self, piece: &[u8]) -> Vec<u8> {
        let waited = self.waiting.len();
        let mut whole = std::mem::take(&mut self.waiting);
        whole.extend_from_slice(piece);
        let (waiting, missing) = match self.encoding {
            Encoding::Utf8 => unfinished_utf8(&whole),
            Encoding::Utf16le if waited >= 2 && whole.len() < 4 => (whole.len(), 4 - whole.len()),
            Encoding::Utf16le => unfinished_utf16(&whole),
            Encoding::Base64 | Encoding::Base64Url => match whole.len() % 3 {
                0 => (0, 0),
                over => (over, 3 - over),
            },
            Encoding::Latin1 | Encoding::Ascii | Encoding::Hex => (0, 0),
        };
        self.waiting = whole.split_off(whole.len() - waiting);
        self.missing = u8::try_from(missing).unwrap_or(0);
        whole
    }

    /// What waited, at the end of the input.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        self.missing = 0;
        std::mem::take(&mut self.waiting)
    }
}

/// `(bytes of the unfinished character, bytes that it lacks)`.
fn unfinished_utf8(bytes: &[u8]) -> (usize, usize) {
    for back in 1..=bytes.len().min(3) {
        let Some(tail) = bytes.get(bytes.len() - back..) else {
            break;
        };
        let needed = match tail.first() {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            // Beyond 0xf4 no character begins, but Node waits here, too.
            Some(0xf0..=0xf7) => 4,
            Some(0x80..=0xbf) => continue,
            _ => return (0, 0),
        };
        let begins_well = match tail {
            [0xe0, second, ..] => *second >= 0xa0,
            [0xed, second, ..] => *second < 0xa0,
            [0xf0, second, ..] => *second >= 0x90,
            [0xf4, second, ..] => *second < 0x90,
            _ => true,
        };
        return if back < needed && begins_well {
            (back, needed - back)
        } else {
            (0, 0)
        };
    }
    (0, 0)
}

fn unfinished_utf16(bytes: &[u8]) -> (usize, usize) {
    match bytes {
        _ if bytes.len() % 2 == 1 => (1, 1),
        // The first half of a surrogate pair waits for the second.
        [.., 0xd8..=0xdb] => (2, 2),
        _ => (0, 0),
    }
}

/// Text that is known to be no longer than its bytes were.
pub(super) fn string_of(decoded: &Decoded<'_>) -> JsString {
    match decoded {
        Decoded::Latin1(bytes) => JsString::from_latin1(bytes),
        Decoded::Utf16(units) => JsString::from_utf16(units),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encoding: Encoding, piece: &[u8], waiting: usize, missing: u8) {
        let mut state = State {
            encoding,
            waiting: Vec::new(),
            missing: 0,
        };
        let whole = state.take(piece);
        assert_eq!(
            (state.waiting.len(), state.missing),
            (waiting, missing),
            "{piece:x?}"
        );
        assert_eq!(whole.len() + waiting, piece.len());
    }

    #[test]
    fn waits_for_the_rest() {
        check(Encoding::Utf8, b"a\xe2\x82", 2, 1);
        check(Encoding::Utf8, b"\xf0", 1, 3);
        check(Encoding::Utf8, b"\xe2\x82\xac", 0, 0);
        check(Encoding::Utf8, b"\xed\xa0", 0, 0);
        check(Encoding::Utf8, b"\x80\x80\x80", 0, 0);
        check(Encoding::Utf16le, b"a\0\x3d\xd8", 2, 2);
        check(Encoding::Utf16le, b"a\0\x3d\xd8\x4d", 1, 1);
        check(Encoding::Utf16le, b"a\0b", 1, 1);
        check(Encoding::Base64, b"abcd", 1, 2);
    }
}
