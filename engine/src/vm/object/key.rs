//! Property keys: an array index, an interned string or a symbol. One word; equal keys have equal bits.

use crate::vm::{
    heap::{Cell, Heap, Str, Sym, Units, flag},
    value::Value,
};

/// A property key. Source: ECMA-262 <https://tc39.es/ecma262/#property-key>.
///
/// Strings that are canonical array indexes (0 to 2^32 - 2) are indexes here, never strings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct PropKey(Value);

impl std::hash::Hash for PropKey {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.bits());
    }
}

/// A key taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// An array index, at most 2^32 - 2.
    Index(u32),
    /// An interned string that is no array index.
    String(Str),
    /// A symbol or private name.
    Symbol(Sym),
}

impl PropKey {
    /// Has the cell of the name survived a collection already?
    #[inline]
    pub(super) fn is_old(self) -> bool {
        let is_old = |cell: Cell| cell.flags() & (flag::OLD | flag::OFF_HEAP) != 0;
        self.0.as_cell().is_none_or(is_old)
    }

    /// An array index.
    #[inline]
    #[must_use]
    pub fn index(index: u32) -> Self {
        Self(Value::from(index))
    }

    /// An interned string that is no array index.
    #[inline]
    #[must_use]
    pub fn atom(atom: Str) -> Self {
        debug_assert!(atom.is_atom());
        Self(Value::string(atom))
    }

    /// A symbol.
    #[inline]
    #[must_use]
    pub fn symbol(symbol: Sym) -> Self {
        Self(symbol.into())
    }

    /// From the value that [`PropKey::value`] gave (an index, an atom or a symbol).
    #[inline(always)]
    #[must_use]
    pub const fn from_value(value: Value) -> Self {
        Self(value)
    }

    /// The key as one word: a number for an index, else the string or symbol.
    #[inline(always)]
    #[must_use]
    pub const fn value(self) -> Value {
        self.0
    }

    /// Takes the key apart.
    #[inline]
    #[must_use]
    pub fn kind(self) -> KeyKind {
        if let Some(index) = self.as_index() {
            KeyKind::Index(index)
        } else if let Some(atom) = self.0.as_string() {
            KeyKind::String(atom)
        } else {
            match Sym::from_value(self.0) {
                Some(symbol) => KeyKind::Symbol(symbol),
                None => KeyKind::Index(0),
            }
        }
    }

    /// The array index, if it is one.
    #[inline]
    #[must_use]
    pub fn as_index(self) -> Option<u32> {
        if self.0.is_int() {
            Some(self.0.to_int_unchecked() as u32)
        } else if self.0.is_double() {
            Some(self.0.to_double_unchecked() as u32)
        } else {
            None
        }
    }

    /// The symbol, if it is one.
    #[inline]
    #[must_use]
    pub fn as_symbol(self) -> Option<Sym> {
        if self.0.is_other_cell() {
            Sym::from_value(self.0)
        } else {
            None
        }
    }

    /// Is it a private name, which no reflection shows?
    #[inline]
    #[must_use]
    pub fn is_private(self) -> bool {
        self.as_symbol().is_some_and(Sym::is_private)
    }

    /// Is it a symbol?
    #[inline]
    #[must_use]
    pub fn is_symbol(self) -> bool {
        self.0.is_other_cell()
    }
}

impl Heap {
    /// The key for a string: an index if it is the canonical text of one, else interned.
    pub fn key_of_str(&mut self, string: Str) -> PropKey {
        if string.is_atom() && string.len() > 10 {
            return PropKey::atom(string);
        }
        let units = self.units(&string);
        if let Some(index) = array_index(units) {
            return PropKey::index(index);
        }
        PropKey::atom(self.atom(string))
    }

    /// The key for Rust text.
    pub fn key(&mut self, text: &str) -> PropKey {
        if let Some(index) = array_index(Units::Latin1(text.as_bytes())) {
            return PropKey::index(index);
        }
        PropKey::atom(self.atom_str(text))
    }

    /// The key as a string or symbol value, as reflection shows it.
    pub fn key_to_value(&mut self, key: PropKey) -> Value {
        match key.kind() {
            KeyKind::Index(index) => {
                let mut text = itoa(index);
                Value::string(self.str_latin1(text.as_bytes_mut()))
            }
            _ => key.value(),
        }
    }
}

/// Decimal digits of an index on the stack.
struct Digits {
    bytes: [u8; 10],
    start: usize,
}

impl Digits {
    fn as_bytes_mut(&mut self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }
}

fn itoa(mut number: u32) -> Digits {
    let mut digits = Digits {
        bytes: [b'0'; 10],
        start: 10,
    };
    loop {
        digits.start -= 1;
        digits.bytes[digits.start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return digits;
        }
    }
}

/// The array index whose canonical text this is.
#[must_use]
pub fn array_index(units: Units<'_>) -> Option<u32> {
    let len = units.len();
    let first = units.get(0)?;
    if len > 10 || !(48..58).contains(&first) || (first == 48 && len > 1) {
        return None;
    }
    let mut number = 0u64;
    for unit in units.iter() {
        if !(48..58).contains(&unit) {
            return None;
        }
        number = number * 10 + u64::from(unit - 48);
    }
    u32::try_from(number)
        .ok()
        .filter(|&index| index != u32::MAX)
}
