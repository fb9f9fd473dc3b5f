//! `JsString`: an immutable sequence of UTF-16 code units, stored as Latin-1 where that is enough.

use crate::StringUnits;
use boa_engine::string::{JsStr, JsStrVariant, StaticString};

/// A JavaScript string. Cloning counts a reference.
///
/// It may hold lone surrogates, so it is not a Rust `str`.
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types-string-type>.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
#[repr(transparent)]
pub struct JsString(pub(super) boa_engine::JsString);

impl JsString {
    /// The empty string.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// From UTF-16 code units; lone surrogates are kept. Stored as Latin-1 when every unit fits.
    #[must_use]
    pub fn from_utf16(units: &[u16]) -> Self {
        if units.iter().all(|&unit| unit < 0x100) {
            let bytes: Vec<u8> = units.iter().map(|&unit| unit as u8).collect();
            return Self::from_latin1(&bytes);
        }
        Self(boa_engine::JsString::from(units))
    }

    /// From Latin-1 bytes: each byte is the code unit of the same number.
    #[must_use]
    pub fn from_latin1(bytes: &[u8]) -> Self {
        Self(boa_engine::JsString::from(JsStr::latin1(bytes)))
    }

    /// Length in UTF-16 code units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is it the empty string?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The stored code units, without copying.
    #[must_use]
    pub fn units(&self) -> StringUnits<'_> {
        match self.0.as_str().variant() {
            JsStrVariant::Latin1(bytes) => StringUnits::Latin1(bytes),
            JsStrVariant::Utf16(units) => StringUnits::Utf16(units),
        }
    }

    /// The code unit at `index`.
    #[must_use]
    pub fn code_unit_at(&self, index: usize) -> Option<u16> {
        match self.units() {
            StringUnits::Latin1(bytes) => bytes.get(index).map(|&byte| u16::from(byte)),
            StringUnits::Utf16(units) => units.get(index).copied(),
        }
    }

    /// The code units, copied.
    #[must_use]
    pub fn to_utf16(&self) -> Vec<u16> {
        self.0.to_vec()
    }

    /// As Rust text; a lone surrogate becomes U+FFFD.
    #[must_use]
    pub fn to_string_lossy(&self) -> String {
        match self.units() {
            StringUnits::Latin1(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) if bytes.is_ascii() => text.to_owned(),
                _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
            },
            StringUnits::Utf16(units) => String::from_utf16_lossy(units),
        }
    }

    /// The part from `start` to `end` (code units, clamped); shares storage where the backend can.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.len());
        if start >= end {
            Self::empty()
        } else {
            Self(self.0.slice(start, end))
        }
    }

    /// `self` followed by `other`.
    #[must_use]
    pub fn concat(&self, other: &Self) -> Self {
        Self(boa_engine::JsString::concat(
            self.0.as_str(),
            other.0.as_str(),
        ))
    }

    /// A string of static storage: no allocation, and cloning counts nothing.
    #[must_use]
    pub const fn from_static(text: &'static StaticStr) -> Self {
        Self(boa_engine::JsString::from_static(&text.0))
    }
}

impl From<&str> for JsString {
    fn from(text: &str) -> Self {
        if !text.is_ascii() && text.chars().all(|c| u32::from(c) < 0x100) {
            let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
            return Self::from_latin1(&bytes);
        }
        Self(boa_engine::JsString::from(text))
    }
}

/// An ASCII literal laid out as a JavaScript string at compile time; see [`crate::key!`] and [`crate::js_str!`].
#[derive(Debug)]
#[repr(transparent)]
pub struct StaticStr(StaticString);

impl StaticStr {
    /// Lays out `text`.
    ///
    /// # Panics
    /// At compile time, when `text` is not ASCII.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        assert!(text.is_ascii(), "static JavaScript strings are ASCII");
        Self(StaticString::new(JsStr::latin1(text.as_bytes())))
    }
}
