//! `escape` and `unescape`, of Annex B: `%XX` for Latin-1 and `%uXXXX` for the rest.

use super::unit::CodeUnit;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// The global function `escape`. The result is ASCII.
///
/// <https://tc39.es/ecma262/#sec-escape-string>
#[must_use]
pub fn escape<U: CodeUnit>(text: &[U]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let hex = |code: u16, shift: u32| HEX[usize::from(code >> shift) & 15];
    for unit in text {
        let (ascii, code) = (unit.ascii(), unit.code());
        if ascii.is_ascii_alphanumeric() || b"@*_+-./".contains(&ascii) {
            out.push(ascii);
        } else if code < 0x100 {
            out.extend_from_slice(&[b'%', hex(code, 4), hex(code, 0)]);
        } else {
            out.extend_from_slice(b"%u");
            out.extend([12, 8, 4, 0].map(|shift| hex(code, shift)));
        }
    }
    out
}

/// The global function `unescape`; `None` if there is nothing to do. A `%` that begins no escape
/// stays.
///
/// <https://tc39.es/ecma262/#sec-unescape-string>
#[must_use]
pub fn unescape<U: CodeUnit>(text: &[U]) -> Option<Vec<u16>> {
    let mut index = text.iter().position(|unit| unit.ascii() == b'%')?;
    let mut out: Vec<u16> = text[..index].iter().map(|unit| unit.code()).collect();
    while let Some(unit) = text.get(index) {
        let at = |offset: usize| text.get(index + offset).map_or(0xFF, |unit| unit.ascii());
        let (code, len) = match (unit.ascii(), at(1)) {
            (b'%', b'u') => (hex_value(text, index + 2, 4), 6),
            (b'%', _) => (hex_value(text, index + 1, 2), 3),
            _ => (None, 1),
        };
        match code {
            Some(code) => {
                out.push(code);
                index += len;
            }
            None => {
                out.push(unit.code());
                index += 1;
            }
        }
    }
    Some(out)
}

fn hex_value<U: CodeUnit>(text: &[U], start: usize, len: usize) -> Option<u16> {
    text.get(start..start + len)?
        .iter()
        .try_fold(0, |value, unit| {
            let digit = char::from(unit.ascii()).to_digit(16)?;
            Some(value << 4 | digit as u16)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        let text: Vec<u16> = "aé €@*_+-./ü😀%".encode_utf16().collect();
        let escaped = escape(&text);
        assert_eq!(escaped, b"a%E9%20%u20AC@*_+-./%FC%uD83D%uDE00%25");
        assert_eq!(unescape(&escaped), Some(text));
        assert_eq!(unescape::<u8>(b"abc"), None);
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in ["%", "%4", "%u", "%u12", "%u12g4", "%g0", "a%u20A"] {
            let same: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(unescape(text.as_bytes()), Some(same), "{text}");
        }
        assert_eq!(unescape::<u8>(b"%%41%u0041"), Some(vec![0x25, 0x41, 0x41]));
    }
}
