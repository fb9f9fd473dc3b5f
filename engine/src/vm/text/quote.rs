//! QuoteJSONString.
//!
//! Most text needs no escape, so it is looked over in blocks, without a branch per unit, and what
//! is clean is copied whole.
//!
//! <https://tc39.es/ecma262/#sec-quotejsonstring>

const HEX: &[u8; 16] = b"0123456789abcdef";

/// How many units are looked at together.
const BLOCK: usize = 16;

/// Appends Latin-1 text in quotes, its escapes in ASCII. The output may be of either width.
pub fn quote_json_latin1<O: Copy + From<u8>>(text: &[u8], out: &mut Vec<O>) {
    out.reserve(text.len() + 2);
    out.push(O::from(b'"'));
    let mut rest = text;
    loop {
        let clean = clean_prefix(rest, needs_escape);
        let (plain, tail) = rest.split_at(clean);
        out.extend(plain.iter().map(|&byte| O::from(byte)));
        let [byte, tail @ ..] = tail else { break };
        push_escape(u16::from(*byte), out);
        rest = tail;
    }
    out.push(O::from(b'"'));
}

/// Appends UTF-16 text in quotes, its escapes in ASCII; lone surrogates are escaped too.
pub fn quote_json_utf16(text: &[u16], out: &mut Vec<u16>) {
    out.reserve(text.len() + 2);
    out.push(u16::from(b'"'));
    let mut rest = text;
    loop {
        let clean = clean_prefix(rest, |unit| needs_escape_wide(unit) | is_surrogate(unit));
        let (plain, tail) = rest.split_at(clean);
        out.extend_from_slice(plain);
        rest = match tail {
            [] => break,
            [high @ 0xD800..=0xDBFF, low @ 0xDC00..=0xDFFF, tail @ ..] => {
                out.extend_from_slice(&[*high, *low]);
                tail
            }
            [unit, tail @ ..] => {
                push_escape(*unit, out);
                tail
            }
        };
    }
    out.push(u16::from(b'"'));
}

#[inline]
fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

#[inline]
fn needs_escape_wide(unit: u16) -> bool {
    (unit < 0x20) | (unit == u16::from(b'"')) | (unit == u16::from(b'\\'))
}

#[inline]
fn is_surrogate(unit: u16) -> bool {
    unit & 0xF800 == 0xD800
}

/// How many units from the start are all clean.
#[inline]
fn clean_prefix<U: Copy>(text: &[U], dirty: impl Fn(U) -> bool) -> usize {
    let mut len = 0;
    for block in text.chunks_exact(BLOCK) {
        // No early exit, so that the comparisons are done side by side.
        if block.iter().fold(false, |any, &unit| any | dirty(unit)) {
            break;
        }
        len += BLOCK;
    }
    let tail = &text[len..];
    len + tail
        .iter()
        .position(|&unit| dirty(unit))
        .unwrap_or(tail.len())
}

/// The shortest escape of the table, else `\uXXXX`.
fn push_escape<O: Copy + From<u8>>(unit: u16, out: &mut Vec<O>) {
    let short = match unit {
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        0x22 => b'"',
        0x5C => b'\\',
        _ => {
            let hex = |shift: u32| HEX[usize::from(unit >> shift) & 15];
            let long = [b'\\', b'u', hex(12), hex(8), hex(4), hex(0)];
            out.extend(long.map(O::from));
            return;
        }
    };
    out.extend([b'\\', short].map(O::from));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin1(text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        quote_json_latin1(text, &mut out);
        let mut wide: Vec<u16> = Vec::new();
        quote_json_latin1(text, &mut wide);
        assert!(wide.iter().copied().eq(out.iter().map(|&b| u16::from(b))));
        let text: Vec<u16> = text.iter().map(|&b| u16::from(b)).collect();
        let mut from_wide = Vec::new();
        quote_json_utf16(&text, &mut from_wide);
        assert_eq!(wide, from_wide);
        out
    }

    #[test]
    fn escapes() {
        assert_eq!(latin1(b""), br#""""#);
        assert_eq!(latin1(b"plain \xE9\x7F"), b"\"plain \xE9\x7F\"");
        assert_eq!(
            latin1(b"\x08\t\n\x0B\x0C\r\"\\\0"),
            br#""\b\t\n\u000b\f\r\"\\\u0000""#
        );
        let mut long = vec![b'x'; 100];
        long[70] = b'"';
        let quoted = latin1(&long);
        assert_eq!((quoted.len(), &quoted[71..73]), (103, &b"\\\""[..]));
    }

    #[test]
    fn surrogates() {
        let mut out = Vec::new();
        quote_json_utf16(&[0xD83D, 0xDE00, 0xD83D, 0xDE00 - 0x300, 0xDC01], &mut out);
        let text = String::from_utf16_lossy(&out);
        assert_eq!(
            text,
            "\"😀\\ud83d\\udb00\\udc01\"".replace("\\udb00\\udc01", {
                // U+DB00 is a high surrogate, so it pairs with the low one after it.
                "\u{D0001}"
            })
        );
    }
}
