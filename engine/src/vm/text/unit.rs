//! The two widths in which text is stored.
//!
//! A string is kept either as Latin-1 (a byte a code unit) or as UTF-16. Algorithms that treat
//! both alike are generic over [`CodeUnit`], so each is compiled once per width.

/// One code unit of stored text: `u8` for Latin-1, `u16` for UTF-16.
pub trait CodeUnit: Copy + Eq + Ord + 'static {
    /// The unit's value as UTF-16 has it; a Latin-1 byte is the code point of the same number.
    fn code(self) -> u16;

    /// The unit as a byte if it is ASCII, else 0xFF, which no ASCII test accepts.
    #[inline]
    fn ascii(self) -> u8 {
        let code = self.code();
        if code < 0x80 { code as u8 } else { 0xFF }
    }
}

impl CodeUnit for u8 {
    #[inline]
    fn code(self) -> u16 {
        u16::from(self)
    }
}

impl CodeUnit for u16 {
    #[inline]
    fn code(self) -> u16 {
        self
    }
}

/// Borrowed text of either width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units<'a> {
    /// A byte a code unit.
    Latin1(&'a [u8]),
    /// UTF-16, not necessarily well formed.
    Utf16(&'a [u16]),
}

impl Units<'_> {
    /// How many code units there are.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Latin1(units) => units.len(),
            Self::Utf16(units) => units.len(),
        }
    }

    /// Whether there are none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code unit at this place.
    #[inline]
    #[must_use]
    pub fn get(&self, index: usize) -> Option<u16> {
        match self {
            Self::Latin1(units) => units.get(index).map(|&unit| u16::from(unit)),
            Self::Utf16(units) => units.get(index).copied(),
        }
    }
}

/// Owned text of either width. Which width it has says nothing about what is in it: UTF-16 may
/// well fit Latin-1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// A byte a code unit.
    Latin1(Vec<u8>),
    /// UTF-16, not necessarily well formed.
    Utf16(Vec<u16>),
}

impl Text {
    /// The same text, borrowed.
    #[must_use]
    pub fn as_units(&self) -> Units<'_> {
        match self {
            Self::Latin1(units) => Units::Latin1(units),
            Self::Utf16(units) => Units::Utf16(units),
        }
    }
}
