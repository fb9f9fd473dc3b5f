//! `String.prototype.normalize`.
//!
//! The tables and the algorithm are ICU4X's; here the text is cut around lone surrogates, which
//! ICU4X would replace and ECMAScript keeps.
//!
//! <https://tc39.es/ecma262/#sec-string.prototype.normalize>

use super::well_formed::well_formed_runs;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// A normalization form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Canonical decomposition, then canonical composition.
    Nfc,
    /// Canonical decomposition.
    Nfd,
    /// Compatibility decomposition, then canonical composition.
    Nfkc,
    /// Compatibility decomposition.
    Nfkd,
}

impl Form {
    /// The form of this name: exactly `NFC`, `NFD`, `NFKC` or `NFKD`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "NFC" => Self::Nfc,
            "NFD" => Self::Nfd,
            "NFKC" => Self::Nfkc,
            "NFKD" => Self::Nfkd,
            _ => return None,
        })
    }
}

/// Latin-1 in this form; `None` if that is the text itself, as it always is for NFC.
#[must_use]
pub fn normalize_latin1(text: &[u8], form: Form) -> Option<Vec<u16>> {
    // FAST PATH: ASCII is in every form, and all of Latin-1 is in NFC.
    if form == Form::Nfc || text.is_ascii() {
        return None;
    }
    let wide: Vec<u16> = text.iter().map(|&byte| u16::from(byte)).collect();
    normalize_utf16(&wide, form)
}

/// UTF-16 in this form; `None` if that is the text itself. Lone surrogates stay as they are.
#[must_use]
pub fn normalize_utf16(text: &[u16], form: Form) -> Option<Vec<u16>> {
    let mut out = Vec::with_capacity(text.len());
    for (run, lone) in well_formed_runs(text) {
        let normal = match form {
            Form::Nfc => ComposingNormalizerBorrowed::new_nfc().normalize_utf16(run),
            Form::Nfkc => ComposingNormalizerBorrowed::new_nfkc().normalize_utf16(run),
            Form::Nfd => DecomposingNormalizerBorrowed::new_nfd().normalize_utf16(run),
            Form::Nfkd => DecomposingNormalizerBorrowed::new_nfkd().normalize_utf16(run),
        };
        out.extend_from_slice(&normal);
        out.extend(lone);
    }
    (out != text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn forms() {
        let text = utf16("\u{1E9B}\u{323}");
        assert_eq!(normalize_utf16(&text, Form::Nfc), None);
        let cases = [
            (Form::Nfd, "\u{17F}\u{323}\u{307}"),
            (Form::Nfkc, "\u{1E69}"),
            (Form::Nfkd, "s\u{323}\u{307}"),
        ];
        for (form, normal) in cases {
            assert_eq!(normalize_utf16(&text, form), Some(utf16(normal)));
        }
        assert_eq!(Form::named("NFKC"), Some(Form::Nfkc));
        assert_eq!(Form::named("nfc"), None);
    }

    #[test]
    fn lone_surrogates_stay() {
        let text = [0xD800, 0x65, 0x301, 0xDC00, 0x301];
        let normal = vec![0xD800, 0xE9, 0xDC00, 0x301];
        assert_eq!(normalize_utf16(&text, Form::Nfc), Some(normal));
    }

    #[test]
    fn latin1() {
        assert_eq!(normalize_latin1(b"abc", Form::Nfkd), None);
        assert_eq!(normalize_latin1(b"\xE9", Form::Nfc), None);
        assert_eq!(
            normalize_latin1(b"\xE9", Form::Nfd),
            Some(utf16("e\u{301}"))
        );
        assert_eq!(
            normalize_latin1(b"\xBD", Form::Nfkc),
            Some(utf16("1\u{2044}2"))
        );
    }
}
