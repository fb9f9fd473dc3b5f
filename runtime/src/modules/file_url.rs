//! `file:` URLs to paths and back, and relative references against them: the part of URL that module loading needs.
//!
//! The whole WHATWG parser lives in the core library; this floor must not know it. Percent-encoding follows
//! `url.pathToFileURL` (<https://nodejs.org/docs/latest-v24.x/api/url.html#urlpathtofileurlpath-options>).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The `file:` URL of an absolute path.
pub fn path_to_file_url(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut out = String::with_capacity(bytes.len() + 7);
    out.push_str("file://");
    for &byte in bytes {
        let keep = byte.is_ascii_alphanumeric() || b"/-_.!~*'();:@&=+$,[]|^".contains(&byte);
        if keep {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The path of a `file:` URL without its query and fragment; `None` where it names another host or is not one.
pub fn file_url_to_path(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("file://")?;
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let path = rest[..end]
        .strip_prefix("localhost")
        .unwrap_or(&rest[..end]);
    path.starts_with('/')
        .then(|| PathBuf::from(percent_decode(path)))
}

/// The scheme of an absolute URL, lower case and without the colon.
pub fn scheme(text: &str) -> Option<String> {
    let (scheme, _) = text.split_once(':')?;
    let mut chars = scheme.chars();
    let valid = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// A path reference (`./x`, `../x`, `/x`) with optional query and fragment, against a `file:` URL.
pub fn join(base: &str, reference: &str) -> String {
    let end = base.find(['?', '#']).unwrap_or(base.len());
    let base_path = base[..end].strip_prefix("file://").unwrap_or("/");
    let split = reference.find(['?', '#']).unwrap_or(reference.len());
    let (path, suffix) = reference.split_at(split);
    let joined = if path.starts_with('/') {
        path.to_owned()
    } else {
        let directory = base_path.rfind('/').map_or("/", |at| &base_path[..=at]);
        format!("{directory}{path}")
    };
    format!(
        "file://{}{suffix}",
        remove_dot_segments(&encode_reference(&joined))
    )
}

fn encode_reference(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'\\' => out.push('/'),
            0..=0x20 | b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | 0x7f.. => {
                out.push_str(&format!("%{byte:02X}"))
            }
            _ => out.push(byte as char),
        }
    }
    out
}

fn remove_dot_segments(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut trailing = false;
    for segment in path.split('/').skip(1) {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        trailing = matches!(plain.as_str(), "." | ".." | "");
        match plain.as_str() {
            "." => {}
            ".." => {
                out.pop();
            }
            _ => out.push(segment),
        }
    }
    let ends_with_empty = out.last().is_some_and(|s| s.is_empty());
    let mut text = format!("/{}", out.join("/"));
    if trailing && !ends_with_empty && !out.is_empty() {
        text.push('/');
    }
    text
}

/// The bytes of `text` with `%XX` decoded, as a path.
fn percent_decode(text: &str) -> OsString {
    crate::sys::os_string_from_bytes(percent_decode_bytes(text))
}

/// The bytes of `text` with `%XX` decoded.
pub fn percent_decode_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |offset: usize| {
            bytes
                .get(at + offset)
                .and_then(|b| (*b as char).to_digit(16))
        };
        match (byte, hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// The bytes of a base64 text, white space allowed; `None` where it is none.
pub fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0u32);
    for &byte in text {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let path = Path::new("/a b/%2f#?é.js");
        let url = path_to_file_url(path);
        assert_eq!(url, "file:///a%20b/%252f%23%3F%C3%A9.js");
        assert_eq!(file_url_to_path(&url).as_deref(), Some(path));
    }

    #[test]
    fn join_follows_url_rules() {
        for (base, reference, expected) in [
            ("file:///a/b.mjs?x", "./c.mjs", "file:///a/c.mjs"),
            ("file:///a/b.mjs", "../../c.mjs?q#h", "file:///c.mjs?q#h"),
            ("file:///a/b.mjs", "/x/./y", "file:///x/y"),
            ("file:///a/b/", ".", "file:///a/b/"),
            ("file:///a/b.mjs", "./d/", "file:///a/d/"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
