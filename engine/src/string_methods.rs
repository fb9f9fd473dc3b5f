//! `JsString`: what every backend does the same way, over what each does its own. Backend-independent.

use std::fmt;

use crate::JsString;

/// How a string's code units are stored.
#[derive(Clone, Copy, Debug)]
pub enum StringUnits<'a> {
    /// One byte a code unit, U+0000 to U+00FF.
    Latin1(&'a [u8]),
    /// Two bytes a code unit.
    Utf16(&'a [u16]),
}

impl JsString {
    /// The bytes, if every code unit is ASCII (then they are UTF-8 too).
    #[must_use]
    pub fn as_ascii(&self) -> Option<&str> {
        match self.units() {
            StringUnits::Latin1(bytes) if bytes.is_ascii() => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// Every code unit in order.
    pub fn utf16(&self) -> impl Iterator<Item = u16> + '_ {
        let (bytes, units): (&[u8], &[u16]) = match self.units() {
            StringUnits::Latin1(bytes) => (bytes, &[]),
            StringUnits::Utf16(units) => (&[], units),
        };
        bytes
            .iter()
            .map(|&byte| u16::from(byte))
            .chain(units.iter().copied())
    }

    /// As Rust text, or `None` when it holds a lone surrogate.
    #[must_use]
    pub fn to_str_checked(&self) -> Option<String> {
        match self.units() {
            StringUnits::Latin1(_) => Some(self.to_string_lossy()),
            StringUnits::Utf16(units) => String::from_utf16(units).ok(),
        }
    }
}

impl From<String> for JsString {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for JsString {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl PartialEq<str> for JsString {
    fn eq(&self, other: &str) -> bool {
        self.utf16().eq(other.encode_utf16())
    }
}

impl PartialEq<&str> for JsString {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

/// Lossy: a lone surrogate shows as U+FFFD.
impl fmt::Display for JsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_string_lossy())
    }
}
