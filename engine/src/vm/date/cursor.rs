//! A place in the text of a date, and the small things that are read there.

use super::super::text::{CodeUnit, is_str_white_space};

/// What is left of a text, which ends at its first NUL if it has one.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a, U> {
    rest: &'a [U],
}

/// A run of decimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// The value; of a long run, something larger than any field.
    pub value: i64,
    /// How many digits there are.
    pub len: usize,
    /// The first three digits, with zeros after fewer: what they mean after a decimal point, in
    /// thousandths.
    pub thousandths: i64,
}

impl<'a, U: CodeUnit> Cursor<'a, U> {
    pub fn new(text: &'a [U]) -> Self {
        let end = text.iter().position(|unit| unit.code() == 0);
        Self {
            rest: text.split_at(end.unwrap_or(text.len())).0,
        }
    }

    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The character here if it is ASCII: 0 at the end, 0xFF for others.
    pub fn peek(&self) -> u8 {
        self.rest.first().map_or(0, |unit| unit.ascii())
    }

    pub fn is_at_digit(&self) -> bool {
        self.peek().is_ascii_digit()
    }

    pub fn is_at_space(&self) -> bool {
        let first = self.rest.first();
        // The two line terminators of Unicode are no space in a date.
        first.is_some_and(|unit| is_str_white_space(unit.code()) && unit.code() >> 1 != 0x2028 >> 1)
    }

    /// Goes past one code unit.
    pub fn skip(&mut self) {
        self.rest = self.rest.split_first().map_or(&[], |(_, rest)| rest);
    }

    /// Goes past this character if it is here.
    pub fn eat(&mut self, ascii: u8) -> bool {
        let is_here = self.peek() == ascii;
        if is_here {
            self.skip();
        }
        is_here
    }

    /// Goes past a letter, given in lower case, if it is here in either case.
    pub fn eat_letter(&mut self, letter: u8) -> bool {
        let is_here = self.peek().to_ascii_lowercase() == letter;
        if is_here {
            self.skip();
        }
        is_here
    }

    /// Takes a plus or minus sign: whether it is a minus.
    pub fn sign(&mut self) -> Option<bool> {
        match self.peek() {
            sign @ (b'+' | b'-') => {
                self.skip();
                Some(sign == b'-')
            }
            _ => None,
        }
    }

    /// Takes the digits here, maybe none.
    pub fn digits(&mut self) -> Digits {
        let mut digits = Digits {
            value: 0,
            len: 0,
            thousandths: 0,
        };
        let mut place = 100;
        while self.is_at_digit() {
            let digit = i64::from(self.peek() - b'0');
            // More than any field, and far from overflow.
            if digits.value < 1_000_000_000_000 {
                digits.value = digits.value * 10 + digit;
            }
            digits.thousandths += digit * place;
            place /= 10;
            digits.len += 1;
            self.skip();
        }
        digits
    }

    /// Takes a run of exactly this many digits, with no digit after them.
    pub fn exactly(&mut self, len: usize) -> Option<i64> {
        let digits = self.digits();
        (digits.len == len).then_some(digits.value)
    }

    /// Takes a word into a buffer in lower case, and says how long the whole of it is. A word is
    /// made of letters and all else that is neither space nor ASCII below `A`.
    pub fn word(&mut self, start: &mut [u8; 3]) -> usize {
        let mut len = 0;
        while self.is_at_word() {
            if let Some(place) = start.get_mut(len) {
                *place = self.peek().to_ascii_lowercase();
            }
            len += 1;
            self.skip();
        }
        len
    }

    /// Whether a character of a word is here.
    pub fn is_at_word(&self) -> bool {
        self.peek() >= b'A' && !self.is_at_space()
    }

    /// Goes past the parenthesis that closes the one just taken, or to the end.
    pub fn skip_comment(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 && !self.is_at_end() {
            match self.peek() {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.skip();
        }
    }
}
