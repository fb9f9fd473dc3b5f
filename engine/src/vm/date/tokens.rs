//! The words, numbers and signs of a date.

use super::super::text::{CodeUnit, is_white_space};

/// A piece of a date's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A run of decimal digits.
    Number(Number),
    /// A run of letters and whatever else is neither digit, space nor ASCII punctuation below `A`.
    Word(Word),
    /// One ASCII character of punctuation, or a control.
    Symbol(u8),
    /// White space, any amount.
    Space,
    /// The end of the text.
    End,
}

/// A run of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// The value; of a long run, something larger than any field.
    pub value: i64,
    /// How many digits there are.
    pub len: usize,
    /// The first three digits, as if zeros followed: milliseconds, read after a decimal point.
    pub thousandths: i64,
}

/// A run of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The first three letters in lower case, 0 where there are fewer.
    pub start: [u8; 3],
    /// How many letters there are.
    pub len: usize,
}

impl Token {
    /// A number of exactly this many digits.
    pub fn fixed(self, len: usize) -> Option<i64> {
        match self {
            Self::Number(number) if number.len == len => Some(number.value),
            _ => None,
        }
    }

    /// Whether this is a word of one letter, in either case.
    pub fn is_letter(self, letter: u8) -> bool {
        matches!(self, Self::Word(word) if word.len == 1 && word.start[0] == letter)
    }
}

/// Reads tokens off a text, which ends at its first NUL if it has one.
#[derive(Clone)]
pub(super) struct Tokens<'a, U> {
    text: &'a [U],
}

impl<'a, U: CodeUnit> Tokens<'a, U> {
    pub fn new(text: &'a [U]) -> Self {
        let end = text.iter().position(|unit| unit.code() == 0);
        Self {
            text: &text[..end.unwrap_or(text.len())],
        }
    }

    /// The next token, which stays.
    pub fn peek(&self) -> Token {
        self.clone().next()
    }

    /// Takes the next token if it is this symbol.
    pub fn skip(&mut self, symbol: u8) -> bool {
        let found = self.text.first().is_some_and(|unit| unit.ascii() == symbol);
        if found {
            self.text = &self.text[1..];
        }
        found
    }

    /// Takes the next token; [`Token::End`] again and again at the end.
    pub fn next(&mut self) -> Token {
        let Some(first) = self.text.first() else {
            return Token::End;
        };
        match first.ascii() {
            b'0'..=b'9' => self.number(),
            _ if is_space(*first) => {
                self.take(is_space);
                Token::Space
            }
            symbol if symbol < b'A' => {
                self.text = &self.text[1..];
                Token::Symbol(symbol)
            }
            _ => self.word(),
        }
    }

    /// Goes past the parenthesis that closes the one just taken, or to the end.
    pub fn skip_parenthesis(&mut self) {
        let mut depth = 1;
        while let Some((unit, rest)) = self.text.split_first() {
            self.text = rest;
            match unit.ascii() {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn take(&mut self, belongs: impl Fn(U) -> bool) -> &'a [U] {
        let end = self.text.iter().position(|&unit| !belongs(unit));
        let (run, rest) = self.text.split_at(end.unwrap_or(self.text.len()));
        self.text = rest;
        run
    }

    fn number(&mut self) -> Token {
        let digits = self.take(|unit| unit.ascii().is_ascii_digit());
        let mut value: i64 = 0;
        for digit in digits {
            // More than any field, and far from overflow.
            if value < 1_000_000_000_000 {
                value = value * 10 + i64::from(digit.ascii() - b'0');
            }
        }
        let mut thousandths = 0;
        for index in 0..3 {
            let digit = digits.get(index).map_or(0, |digit| digit.ascii() - b'0');
            thousandths = thousandths * 10 + i64::from(digit);
        }
        Token::Number(Number {
            value,
            len: digits.len(),
            thousandths,
        })
    }

    fn word(&mut self) -> Token {
        let letters = self.take(|unit| unit.ascii() >= b'A' && !is_space(unit));
        let mut start = [0; 3];
        for (place, letter) in start.iter_mut().zip(letters) {
            *place = letter.ascii().to_ascii_lowercase();
        }
        Token::Word(Word {
            start,
            len: letters.len(),
        })
    }
}

fn is_space<U: CodeUnit>(unit: U) -> bool {
    matches!(unit.code(), 0x0A | 0x0D) || is_white_space(unit.code())
}
