//! Numbers written with very many characters: a short text that stands for the same number.
//!
//! Hundreds of megabytes of digits take long to read. What they say beyond the first some hundred is how many there are,
//! and whether all of the rest are zeroes. The caller is asked now and then whether to go on.

use super::super::text::{CodeUnit, is_str_white_space};

/// Texts up to this long need not be shortened.
pub const SHORT: usize = 1 << 14;

/// Units that are looked at before the caller is asked.
const PART: usize = 1 << 16;

/// More significant digits than decide a double's value, in any radix from 2 to 36.
const DIGITS: usize = 1_200;

/// A text on its way: asks every so many units.
struct Reader<'u, 'p, U, E> {
    text: &'u [U],
    at: usize,
    asked: usize,
    poll: &'p mut dyn FnMut(usize) -> Result<(), E>,
}

impl<'u, 'p, U: CodeUnit, E> Reader<'u, 'p, U, E> {
    fn new(text: &'u [U], poll: &'p mut dyn FnMut(usize) -> Result<(), E>) -> Self {
        Self {
            text,
            at: 0,
            asked: 0,
            poll,
        }
    }

    fn peek(&self) -> u8 {
        self.text.get(self.at).map_or(0, |unit| unit.ascii())
    }

    fn step(&mut self) -> Result<(), E> {
        self.at += 1;
        if self.at - self.asked >= PART {
            self.asked = self.at;
            (self.poll)(PART)?;
        }
        Ok(())
    }

    fn skip_space(&mut self) -> Result<(), E> {
        while let Some(unit) = self.text.get(self.at)
            && is_str_white_space(unit.code())
        {
            self.step()?;
        }
        Ok(())
    }

    /// Copies the sign, if there is one.
    fn sign(&mut self, short: &mut Vec<u8>) -> Result<(), E> {
        if matches!(self.peek(), b'+' | b'-') {
            short.push(self.peek());
            self.step()?;
        }
        Ok(())
    }

    /// Copies digits of this radix without the zeroes at their start, as many as tell the value. Were there any?
    fn digits(&mut self, radix: u32, short: &mut Vec<u8>) -> Result<bool, E> {
        let (start, first) = (self.at, short.len());
        while char::from(self.peek()).is_digit(radix) {
            let digit = self.peek();
            let is_zero = short.len() == first && digit == b'0';
            if !is_zero && short.len() - first < DIGITS {
                short.push(digit);
            }
            self.step()?;
        }
        if short.len() == first && self.at > start {
            short.push(b'0');
        }
        Ok(self.at > start)
    }

    /// Digits, point and exponent, as digits and an exponent. Were there digits?
    fn decimal(&mut self, short: &mut Vec<u8>) -> Result<bool, E> {
        let (start, first) = (self.at, short.len());
        let (mut exponent, mut point, mut has_digits, mut has_more) = (0_i64, false, false, false);
        loop {
            match self.peek() {
                digit @ b'0'..=b'9' => {
                    has_digits = true;
                    let is_kept = if short.len() == first {
                        digit != b'0'
                    } else {
                        short.len() - first < DIGITS
                    };
                    if is_kept {
                        short.push(digit);
                    } else {
                        has_more |= digit != b'0';
                    }
                    let is_dropped = !is_kept && short.len() > first;
                    exponent += i64::from(is_dropped) - i64::from(point);
                }
                b'.' if !point => point = true,
                _ => break,
            }
            self.step()?;
        }
        if !has_digits {
            self.at = start;
            return Ok(false);
        }
        if short.len() == first {
            short.push(b'0');
            exponent = 0;
        } else if has_more {
            short.push(b'1');
            exponent -= 1;
        }
        let more = self.exponent()?;
        short.push(b'e');
        short.extend_from_slice(exponent.saturating_add(more).to_string().as_bytes());
        Ok(true)
    }

    /// The exponent; 0 if there is none.
    fn exponent(&mut self) -> Result<i64, E> {
        let start = self.at;
        if self.peek() | 0x20 != b'e' {
            return Ok(0);
        }
        self.step()?;
        let is_negative = self.peek() == b'-';
        if matches!(self.peek(), b'+' | b'-') {
            self.step()?;
        }
        let digits = self.at;
        let mut exponent = 0_i64;
        while let digit @ b'0'..=b'9' = self.peek() {
            // Far beyond what so many digits could make up for.
            exponent = (exponent * 10 + i64::from(digit - b'0')).min(1 << 50);
            self.step()?;
        }
        if self.at == digits {
            self.at = start;
        }
        Ok(if is_negative { -exponent } else { exponent })
    }

    /// Marks that something follows.
    fn end(&mut self, short: &mut Vec<u8>) -> Result<(), E> {
        self.skip_space()?;
        if self.at < self.text.len() {
            short.push(b'!');
        }
        Ok(())
    }
}

/// Short text that `StringToNumber` and `parseFloat` take for the same number.
///
/// # Errors
/// When `poll`, which is told of so many units, says stop.
pub fn shortened<U: CodeUnit, E>(
    text: &[U],
    poll: &mut dyn FnMut(usize) -> Result<(), E>,
) -> Result<Vec<u8>, E> {
    let mut reader = Reader::new(text, poll);
    let mut short = Vec::new();
    reader.skip_space()?;
    let start = reader.at;
    let begins = |word: &[u8], at: usize| {
        let part = text.get(at..at + word.len());
        part.is_some_and(|part| {
            part.iter()
                .zip(word)
                .all(|(unit, &byte)| unit.ascii() == byte)
        })
    };
    let radix = match text.get(start + 1).map_or(0, |unit| unit.ascii() | 0x20) {
        _ if reader.peek() != b'0' => 10,
        b'x' => 16,
        b'o' => 8,
        b'b' => 2,
        _ => 10,
    };
    if radix != 10 {
        short.extend(text.iter().skip(start).take(2).map(|unit| unit.ascii()));
        reader.at += 2;
        reader.digits(radix, &mut short)?;
        reader.end(&mut short)?;
        return Ok(short);
    }
    reader.sign(&mut short)?;
    if begins(b"Infinity", reader.at) {
        short.extend_from_slice(b"Infinity");
        reader.at += 8;
    } else if !reader.decimal(&mut short)? && reader.at < text.len() {
        short.push(b'!');
        return Ok(short);
    }
    reader.end(&mut short)?;
    Ok(short)
}

/// Short text that `parseInt` takes for the same number.
///
/// # Errors
/// As [`shortened`].
pub fn shortened_integer<U: CodeUnit, E>(
    text: &[U],
    radix: i32,
    poll: &mut dyn FnMut(usize) -> Result<(), E>,
) -> Result<Vec<u8>, E> {
    let mut reader = Reader::new(text, poll);
    let mut short = Vec::new();
    reader.skip_space()?;
    reader.sign(&mut short)?;
    let has_prefix = matches!(radix, 0 | 16)
        && reader.peek() == b'0'
        && text
            .get(reader.at + 1)
            .is_some_and(|unit| unit.ascii() | 0x20 == b'x');
    if has_prefix {
        short.extend_from_slice(b"0x");
        reader.at += 2;
    }
    let radix = match radix {
        _ if has_prefix => 16,
        2..=36 => radix.unsigned_abs(),
        _ => 10,
    };
    reader.digits(radix, &mut short)?;
    Ok(short)
}

#[cfg(test)]
mod tests {
    use super::super::parse::{parse_float, parse_int, string_to_number};
    use super::*;

    fn same(a: f64, b: f64) -> bool {
        a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
    }

    #[test]
    fn short_text_is_the_same_number() {
        let many = |unit: &str, count: usize| unit.repeat(count);
        let texts = [
            String::new(),
            " ".to_owned(),
            " 12 ".to_owned(),
            "-0".to_owned(),
            "-12.5e3 x".to_owned(),
            "1e".to_owned(),
            "1e+".to_owned(),
            "1e5e5".to_owned(),
            ".".to_owned(),
            "5.".to_owned(),
            ".5".to_owned(),
            "..5".to_owned(),
            "0x1F".to_owned(),
            "0x".to_owned(),
            "-0x1F".to_owned(),
            "0b102".to_owned(),
            "0o17".to_owned(),
            "Infinity".to_owned(),
            "-Infinity ".to_owned(),
            "Infinityx".to_owned(),
            "Inf".to_owned(),
            "abc".to_owned(),
            "+".to_owned(),
            many("1", 5_000),
            many("1", 5_000) + "e-4990",
            many("0", 5_000) + "12",
            "0.".to_owned() + &many("0", 400) + "12e380",
            "0.".to_owned() + &many("0", 5_000) + "12e5000",
            "9007199254740993".to_owned() + &many("0", 3_000) + "1e-3001",
            "9007199254740993".to_owned() + &many("0", 3_000) + "e-3000",
            "0x".to_owned() + &many("0", 5_000) + "ff",
            "0x".to_owned() + &many("f", 5_000),
            "0x1".to_owned() + &many("0", 200) + "g",
            many("1", 300) + "." + &many("7", 3_000) + " ",
            "1e".to_owned() + &many("9", 3_000),
            "1e-".to_owned() + &many("9", 3_000),
            many(" ", 3_000) + "7" + &many(" ", 3_000),
        ];
        for text in texts {
            let units = text.as_bytes();
            let mut go_on = |_| Ok::<(), ()>(());
            let short = shortened(units, &mut go_on).unwrap_or_default();
            let shown = String::from_utf8_lossy(&short);
            assert!(
                same(string_to_number(units), string_to_number(&short)),
                "{text:.60} {shown}"
            );
            assert!(
                same(parse_float(units), parse_float(&short)),
                "{text:.60} {shown}"
            );
            for radix in [0, 1, 2, 10, 16, 36] {
                let short = shortened_integer(units, radix, &mut go_on).unwrap_or_default();
                assert!(
                    same(parse_int(units, radix), parse_int(&short, radix)),
                    "{text:.60}"
                );
            }
        }
    }

    #[test]
    fn long_text_can_be_stopped() {
        let text = vec![b'7'; 4 * PART];
        let mut n_polls = 0;
        let mut twice = |_| {
            n_polls += 1;
            if n_polls < 2 { Ok(()) } else { Err(()) }
        };
        assert_eq!(shortened(&text, &mut twice), Err(()));
        assert_eq!(n_polls, 2);
        assert_eq!(shortened_integer(&text, 10, &mut |_| Err(())), Err(()));
    }
}
