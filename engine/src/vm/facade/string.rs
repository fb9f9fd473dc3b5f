//! `JsString`: an immutable sequence of UTF-16 code units, stored as Latin-1 where that is enough.

use std::{
    fmt,
    hash::{Hash, Hasher},
};

use super::value::Value;
use crate::{
    StringUnits,
    vm::{
        heap::{Str, Units, off_heap},
        machine::Vm,
        value::Value as Raw,
    },
};

/// A JavaScript string. Cloning counts an owner.
///
/// It may hold lone surrogates, so it is not a Rust `str`.
/// Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-language-types-string-type>.
#[derive(Clone)]
#[repr(transparent)]
pub struct JsString(Value);

impl JsString {
    /// Of a value that is a string and no rope.
    pub(super) fn from_value(value: Value) -> Self {
        debug_assert!(value.is_string());
        Self(value)
    }

    pub(super) fn own(vm: &mut Vm, string: Str) -> Self {
        Self(Value::own(vm, string.into()))
    }

    pub(super) const fn value(&self) -> &Value {
        &self.0
    }

    pub(super) fn into_value(self) -> Value {
        self.0
    }

    /// The machine's string: copied into the heap if it lies outside.
    pub(super) fn enter(&self, vm: &mut Vm) -> Str {
        match self.0.enter(vm).as_string() {
            Some(string) => string,
            None => vm.heap.str(""),
        }
    }

    fn new_off_heap(units: Units<'_>) -> Self {
        Self(Value::from_counted(Raw::string(off_heap::new_string(
            units,
        ))))
    }

    fn with<R>(&self, look: impl FnOnce(Units<'_>) -> R) -> R {
        match self.0.raw().as_string() {
            Some(string) => look(string.flat_units()),
            None => look(Units::Latin1(&[])),
        }
    }

    /// The empty string.
    #[must_use]
    pub fn empty() -> Self {
        static EMPTY: StaticStr = StaticStr::new("");
        Self::from_static(&EMPTY)
    }

    /// From UTF-16 code units; lone surrogates are kept. Stored as Latin-1 when every unit fits.
    #[must_use]
    pub fn from_utf16(units: &[u16]) -> Self {
        if units.iter().all(|&unit| unit < 0x100) {
            let bytes: Vec<u8> = units.iter().map(|&unit| unit as u8).collect();
            return Self::from_latin1(&bytes);
        }
        Self::new_off_heap(Units::Utf16(units))
    }

    /// From Latin-1 bytes: each byte is the code unit of the same number.
    #[must_use]
    pub fn from_latin1(bytes: &[u8]) -> Self {
        Self::new_off_heap(Units::Latin1(bytes))
    }

    /// Length in UTF-16 code units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.with(|units| units.len())
    }

    /// Is it the empty string?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stored code units, without copying.
    #[must_use]
    pub fn units(&self) -> StringUnits<'_> {
        match super::cast::units(self.0.raw_ref()) {
            Units::Latin1(bytes) => StringUnits::Latin1(bytes),
            Units::Utf16(units) => StringUnits::Utf16(units),
        }
    }

    /// The code unit at `index`.
    #[must_use]
    pub fn code_unit_at(&self, index: usize) -> Option<u16> {
        self.with(|units| units.get(index))
    }

    /// The code units, copied.
    #[must_use]
    pub fn to_utf16(&self) -> Vec<u16> {
        self.with(|units| units.to_vec())
    }

    /// As Rust text; a lone surrogate becomes U+FFFD.
    #[must_use]
    pub fn to_string_lossy(&self) -> String {
        self.with(|units| units.to_string_lossy())
    }

    /// The part from `start` to `end` (code units, clamped).
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.len());
        if start >= end {
            return Self::empty();
        }
        self.with(|units| match units.slice(start, end) {
            Units::Latin1(bytes) => Self::from_latin1(bytes),
            Units::Utf16(units) => Self::from_utf16(units),
        })
    }

    /// `self` followed by `other`.
    #[must_use]
    pub fn concat(&self, other: &Self) -> Self {
        if let (StringUnits::Latin1(a), StringUnits::Latin1(b)) = (self.units(), other.units()) {
            return Self::from_latin1(&[a, b].concat());
        }
        let units: Vec<u16> = self.utf16().chain(other.utf16()).collect();
        Self::from_utf16(&units)
    }

    /// A string of static storage: no allocation, and cloning counts nothing.
    #[must_use]
    pub fn from_static(text: &'static StaticStr) -> Self {
        Self(Value::of_static(&text.0))
    }
}

impl Default for JsString {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for JsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string_lossy())
    }
}

impl PartialEq for JsString {
    fn eq(&self, other: &Self) -> bool {
        self.0.raw() == other.0.raw() || self.with(|a| other.with(|b| a == b))
    }
}

impl Eq for JsString {}

impl Hash for JsString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for unit in self.utf16() {
            state.write_u16(unit);
        }
    }
}

impl From<&str> for JsString {
    fn from(text: &str) -> Self {
        if text.is_ascii() {
            return Self::from_latin1(text.as_bytes());
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        Self::from_utf16(&units)
    }
}

/// An ASCII literal laid out as a JavaScript string at compile time; see [`crate::key!`] and [`crate::js_str!`].
#[derive(Debug)]
#[repr(transparent)]
pub struct StaticStr(off_heap::StaticText);

impl StaticStr {
    /// Lays out `text`.
    ///
    /// # Panics
    /// At compile time, when `text` is not ASCII.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self(off_heap::StaticText::new(text))
    }
}
