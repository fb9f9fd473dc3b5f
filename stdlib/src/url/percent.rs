//! Percent-encoding and the sets of characters that need it. Source: <https://url.spec.whatwg.org/#percent-encoded-bytes>.

use std::fmt::Write as _;

/// Which characters are written as `%XX`; every set contains those before it, `SpecialQuery` and `Path` aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeSet {
    /// C0 controls and everything beyond `~`.
    Control,
    /// The fragment percent-encode set.
    Fragment,
    /// The query percent-encode set.
    Query,
    /// The special-query percent-encode set.
    SpecialQuery,
    /// The path percent-encode set.
    Path,
    /// The userinfo percent-encode set.
    Userinfo,
    /// What a file's path must not bring into a URL: more than [`EncodeSet::Path`], `%` above all.
    FilePath,
    /// The application/x-www-form-urlencoded percent-encode set, space left to the caller.
    Form,
}

impl EncodeSet {
    /// Whether the ASCII character is in the set.
    #[must_use]
    pub fn contains(self, byte: u8) -> bool {
        if byte <= 0x1f || byte >= 0x7f {
            return true;
        }
        match self {
            Self::Control => false,
            Self::Fragment => b" \"<>`".contains(&byte),
            Self::Query => b" \"#<>".contains(&byte),
            Self::SpecialQuery => b" \"#<>'".contains(&byte),
            Self::Path => b" \"#<>?^`{}".contains(&byte),
            Self::Userinfo => b" \"#<>?^`{}/:;=@[\\]|".contains(&byte),
            Self::FilePath => b" \"#%<>?[\\]^`{|}~".contains(&byte),
            Self::Form => !(byte.is_ascii_alphanumeric() || b"*-._".contains(&byte)),
        }
    }
}

/// Appends one character, encoded as UTF-8 where the set says so.
pub fn push_encoded(out: &mut String, c: char, set: EncodeSet) {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() && !set.contains(byte) => out.push(c),
        _ => {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// Appends text, encoded.
pub fn push_all_encoded(out: &mut String, text: &str, set: EncodeSet) {
    text.chars().for_each(|c| push_encoded(out, c, set));
}

/// Every `%XX` as its byte; anything else stays.
#[must_use]
pub fn decode(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        rest = behind;
        let pair = match (first, behind) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match pair {
            Some((high, low)) => {
                out.push(high << 4 | low);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => out.push(*first),
        }
    }
    out
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_and_decodes() {
        let mut out = String::new();
        push_all_encoded(&mut out, "a b€%", EncodeSet::Path);
        assert_eq!(out, "a%20b%E2%82%AC%");
        assert_eq!(decode(b"%41%4%zz%"), b"A%4%zz%");
    }
}
