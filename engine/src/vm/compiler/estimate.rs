//! How much memory compiling a text takes, before it is parsed: nobody can stop the parser on its way.
//!
//! The estimate is a weight for each byte, by what it begins: measured on sources that repeat one construct, syntax tree,
//! scopes and code together. It is about right for such sources, and two to three times too high for what people write.

/// Bytes that compiling `text` takes at most, the text aside.
#[must_use]
pub(in crate::vm) fn compile_bytes(text: &str) -> usize {
    let (mut bytes, mut in_word, mut last) = (0usize, false, b' ');
    for byte in text.bytes() {
        let is_word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..);
        bytes += match byte {
            _ if is_word && in_word => 1,
            _ if is_word => 160,
            b' ' | b'\t' | b'\r' => 1,
            // Assignments to patterns.
            b'=' if matches!(last, b']' | b'}') => 1200,
            b'=' => 120,
            b'>' if last == b'=' => 700,
            b'\'' | b'"' | b'`' => 280,
            // Functions.
            b'{' if last == b')' => 700,
            b'{' => 360,
            b'?' => 160,
            b'[' | b'(' => 90,
            _ => 80,
        };
        in_word = is_word;
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    bytes
}

/// The most that a byte of a text weighs, on average over any text.
pub(in crate::vm) const MOST: usize = 700;
