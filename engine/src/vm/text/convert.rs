//! Between UTF-8, Latin-1 and UTF-16.

use super::unit::Text;

/// The text of a Rust string in the narrower width that holds it.
#[must_use]
pub fn from_utf8(text: &str) -> Text {
    // FAST PATH: ASCII is Latin-1 as it stands.
    if text.is_ascii() {
        return Text::Latin1(text.as_bytes().to_vec());
    }
    // Latin-1 beyond ASCII begins with these two bytes.
    if text.bytes().all(|byte| byte < 0xC4) {
        return Text::Latin1(text.chars().map(|c| c as u8).collect());
    }
    Text::Utf16(text.encode_utf16().collect())
}

/// Whether every unit fits a byte.
#[must_use]
pub fn is_latin1(text: &[u16]) -> bool {
    text.chunks(64)
        .all(|chunk| chunk.iter().fold(0, |all, unit| all | unit) < 0x100)
}

/// UTF-16 as Latin-1, if it fits.
#[must_use]
pub fn to_latin1(text: &[u16]) -> Option<Vec<u8>> {
    is_latin1(text).then(|| text.iter().map(|&unit| unit as u8).collect())
}

/// Latin-1 as UTF-16.
#[must_use]
pub fn latin1_to_utf16(text: &[u8]) -> Vec<u16> {
    text.iter().map(|&byte| u16::from(byte)).collect()
}

/// Latin-1 as a Rust string.
#[must_use]
pub fn latin1_to_utf8(text: &[u8]) -> String {
    // FAST PATH: ASCII.
    if text.is_ascii()
        && let Ok(text) = core::str::from_utf8(text)
    {
        return text.to_owned();
    }
    text.iter().copied().map(char::from).collect()
}

/// UTF-16 as a Rust string, each lone surrogate as U+FFFD.
#[must_use]
pub fn utf16_to_utf8_lossy(text: &[u16]) -> String {
    String::from_utf16_lossy(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_the_narrower_width() {
        assert_eq!(from_utf8("abc"), Text::Latin1(b"abc".to_vec()));
        assert_eq!(from_utf8("aÿ\u{80}"), Text::Latin1(b"a\xFF\x80".to_vec()));
        assert_eq!(from_utf8("\u{100}"), Text::Utf16(vec![0x100]));
        assert_eq!(from_utf8("😀"), Text::Utf16(vec![0xD83D, 0xDE00]));
    }

    #[test]
    fn there_and_back() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(to_latin1(&latin1_to_utf16(&all)), Some(all.clone()));
        assert_eq!(from_utf8(&latin1_to_utf8(&all)), Text::Latin1(all));
        assert_eq!(to_latin1(&[0x61, 0x100]), None);
        assert_eq!(utf16_to_utf8_lossy(&[0x61, 0xD800]), "a\u{FFFD}");
        assert_eq!(latin1_to_utf8(b"abc"), "abc");
    }
}
