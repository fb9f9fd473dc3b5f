//! Finding, filling and comparing bytes. Layer 1.

use memchr::memmem;

/// Where a search begins, from `byteOffset` as JavaScript gave it and the length of what is searched.
///
/// A negative offset counts from the end. `None` means that nothing can be found.
/// Source: <https://nodejs.org/docs/latest-v24.x/api/buffer.html#bufindexofvalue-byteoffset-encoding>.
#[must_use]
pub fn start_of_search(len: usize, offset: f64, forward: bool) -> Option<usize> {
    let from_start = if offset < 0.0 {
        offset + len as f64
    } else {
        offset
    };
    if from_start < 0.0 {
        return forward.then_some(0);
    }
    let from_start = from_start as usize;
    match forward {
        true if from_start > len => None,
        _ => Some(from_start.min(len)),
    }
}

/// The first place of `needle` at or after `start` (or the last at or before it), on a multiple of `step` bytes.
#[must_use]
pub fn find(hay: &[u8], needle: &[u8], start: usize, forward: bool, step: usize) -> Option<usize> {
    if needle.is_empty() || needle.len() > hay.len() {
        return None;
    }
    if forward {
        find_forward(hay, needle, start, step)
    } else {
        let end = start.saturating_add(needle.len()).min(hay.len());
        find_backward(hay.get(..end)?, needle, step)
    }
}

fn find_forward(hay: &[u8], needle: &[u8], start: usize, step: usize) -> Option<usize> {
    let finder = memmem::Finder::new(needle);
    let mut from = start;
    loop {
        let at = from + finder.find(hay.get(from..)?)?;
        if at.is_multiple_of(step) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn find_backward(mut hay: &[u8], needle: &[u8], step: usize) -> Option<usize> {
    let finder = memmem::FinderRev::new(needle);
    loop {
        let at = finder.rfind(hay)?;
        if at.is_multiple_of(step) {
            return Some(at);
        }
        hay = hay.get(..at + needle.len() - 1)?;
    }
}

/// Repeats `pattern` over `target`; an empty pattern writes zeros.
pub fn fill(target: &mut [u8], pattern: &[u8]) {
    match pattern {
        [] => target.fill(0),
        [byte] => target.fill(*byte),
        _ => {
            for chunk in target.chunks_mut(pattern.len()) {
                let len = chunk.len();
                chunk.copy_from_slice(&pattern[..len]);
            }
        }
    }
}

/// Reverses every group of `width` bytes. The caller has checked that the length is a multiple.
pub fn swap(bytes: &mut [u8], width: usize) {
    for group in bytes.chunks_exact_mut(width.max(1)) {
        group.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_both_ways() {
        assert_eq!(find(b"abcabc", b"bc", 2, true, 1), Some(4));
        assert_eq!(find(b"abcabc", b"bc", 3, false, 1), Some(1));
        assert_eq!(find(b"abcabc", b"bc", 4, false, 1), Some(4));
        assert_eq!(find(b"xa\0a\0", b"a\0", 0, true, 2), None);
        assert_eq!(find(b"xa\0a\0a\0", b"\0a", 0, true, 2), Some(2));
        assert_eq!(find(b"ab", b"abc", 0, true, 1), None);
        assert_eq!(find(b"ab", b"a", 9, true, 1), None);
    }

    #[test]
    fn starts() {
        assert_eq!(start_of_search(5, -2.0, true), Some(3));
        assert_eq!(start_of_search(5, -9.0, true), Some(0));
        assert_eq!(start_of_search(5, -9.0, false), None);
        assert_eq!(start_of_search(5, 9.0, true), None);
        assert_eq!(start_of_search(5, f64::INFINITY, false), Some(5));
    }

    #[test]
    fn fills_with_a_pattern() {
        let mut bytes = [9; 5];
        fill(&mut bytes, b"ab");
        assert_eq!(&bytes, b"ababa");
    }
}
