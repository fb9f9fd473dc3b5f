//! How deeply a source nests, found before a recursive parser sees it. Backend-independent.

/// Does `source` nest deeper than `limit`?
pub(crate) fn exceeds(source: &str, limit: usize) -> bool {
    let mut depth = 0usize;
    for byte in source.bytes() {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > limit {
                    return true;
                }
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}
