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
