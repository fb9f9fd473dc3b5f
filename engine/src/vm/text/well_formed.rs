//! Lone surrogates: finding them, replacing them, and going around them.

/// Whether every surrogate is half of a pair.
///
/// <https://tc39.es/ecma262/#sec-string.prototype.iswellformed>
#[must_use]
pub fn is_well_formed(text: &[u16]) -> bool {
    lone_surrogate(text).is_none()
}

/// The text with each lone surrogate replaced by U+FFFD; `None` if there is none.
///
/// <https://tc39.es/ecma262/#sec-string.prototype.towellformed>
#[must_use]
pub fn to_well_formed(text: &[u16]) -> Option<Vec<u16>> {
    let mut from = lone_surrogate(text)?;
    let mut out = text.to_vec();
    loop {
        out[from] = 0xFFFD;
        from += 1;
        match lone_surrogate(&text[from..]) {
            Some(next) => from += next,
            None => return Some(out),
        }
    }
}

/// The text cut at its lone surrogates: each well-formed run with the lone surrogate that follows
/// it, which only the last run lacks.
pub fn well_formed_runs(mut text: &[u16]) -> impl Iterator<Item = (&[u16], Option<u16>)> {
    let mut done = false;
    core::iter::from_fn(move || {
        if done {
            return None;
        }
        let Some(lone) = lone_surrogate(text) else {
            done = true;
            return Some((text, None));
        };
        let run = (&text[..lone], Some(text[lone]));
        text = &text[lone + 1..];
        Some(run)
    })
}

/// Where the first lone surrogate is. The text must not begin within a pair.
fn lone_surrogate(text: &[u16]) -> Option<usize> {
    let mut index = 0;
    while let Some(&unit) = text.get(index) {
        match unit {
            0xD800..=0xDBFF => match text.get(index + 1) {
                Some(0xDC00..=0xDFFF) => index += 2,
                _ => return Some(index),
            },
            0xDC00..=0xDFFF => return Some(index),
            _ => index += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_only_lone_surrogates() {
        assert!(is_well_formed(&[0x61, 0xD83D, 0xDE00]));
        assert!(!is_well_formed(&[0xDE00, 0xD83D]));
        assert_eq!(to_well_formed(&[0x61]), None);
        let text = [0xD800, 0xD83D, 0xDE00, 0xDC00, 0x61, 0xD800];
        let repaired = vec![0xFFFD, 0xD83D, 0xDE00, 0xFFFD, 0x61, 0xFFFD];
        assert_eq!(to_well_formed(&text), Some(repaired));
    }

    #[test]
    fn runs() {
        let runs: Vec<_> = well_formed_runs(&[0xD800, 0x61, 0xDC00]).collect();
        let expected: [(&[u16], _); 3] =
            [(&[], Some(0xD800)), (&[0x61], Some(0xDC00)), (&[], None)];
        assert_eq!(runs, expected);
        assert_eq!(well_formed_runs(&[]).count(), 1);
    }
}
