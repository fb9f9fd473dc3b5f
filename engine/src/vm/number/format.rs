//! Number::toString in radix 10.
//!
//! The shortest digits that read back as the same double come from `zmij`; what is ours is the
//! layout, which ECMAScript fixes: positional from 1e-6 up to 1e21, else with an exponent. Whole
//! numbers, by far the most common, never get that far and are written two digits at a time.

use core::str;

/// The longest text is 25 bytes: `-0.0000012345678901234567`.
const LEN: usize = 32;

/// The decimal digits of 0 to 99, two each.
const PAIRS: &[u8; 200] = b"0001020304050607080910111213141516171819\
    2021222324252627282930313233343536373839\
    4041424344454647484950515253545556575859\
    6061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899";

/// Integers below this are exact in a double and have at most sixteen digits.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Room for a number's text, to be reused or to live on the stack: formatting allocates nothing.
pub struct Buffer {
    bytes: [u8; LEN],
    shortest: zmij::Buffer,
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new()
    }
}

impl Buffer {
    /// An empty buffer.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self {
            bytes: [0; LEN],
            shortest: zmij::Buffer::new(),
        }
    }

    /// The number's text in ASCII, which is Latin-1 and UTF-8 as well.
    ///
    /// <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>
    #[inline]
    pub fn format(&mut self, x: f64) -> &[u8] {
        // FAST PATH: whole numbers. Both zeros are "0".
        let int = x as i64;
        if int as f64 == x && x.abs() < EXACT {
            return self.format_i64(int);
        }
        self.format_general(x)
    }

    /// As [`format`](Self::format), as `str`.
    #[inline]
    pub fn format_str(&mut self, x: f64) -> &str {
        str::from_utf8(self.format(x)).unwrap_or_default()
    }

    /// The text of a 32-bit integer.
    #[inline]
    pub fn format_i32(&mut self, x: i32) -> &[u8] {
        let end = self.bytes.len();
        let start = write_u32(&mut self.bytes, end, x.unsigned_abs());
        self.signed(start, x < 0)
    }

    /// The text of an unsigned 32-bit integer, an array index for instance.
    #[inline]
    pub fn format_u32(&mut self, x: u32) -> &[u8] {
        let end = self.bytes.len();
        let start = write_u32(&mut self.bytes, end, x);
        &self.bytes[start..]
    }

    /// The text of a 64-bit integer.
    pub fn format_i64(&mut self, x: i64) -> &[u8] {
        let mut rest = x.unsigned_abs();
        let mut start = self.bytes.len();
        while rest > u64::from(u32::MAX) {
            let low = (rest % 100_000_000) as u32;
            rest /= 100_000_000;
            write_pair(&mut self.bytes, start - 2, low % 100);
            write_pair(&mut self.bytes, start - 4, low / 100 % 100);
            write_pair(&mut self.bytes, start - 6, low / 10_000 % 100);
            write_pair(&mut self.bytes, start - 8, low / 1_000_000);
            start -= 8;
        }
        let start = write_u32(&mut self.bytes, start, rest as u32);
        self.signed(start, x < 0)
    }

    #[inline]
    fn signed(&mut self, start: usize, negative: bool) -> &[u8] {
        let start = start - usize::from(negative);
        if negative {
            self.bytes[start] = b'-';
        }
        &self.bytes[start..]
    }

    /// Anything but a small whole number.
    fn format_general(&mut self, x: f64) -> &[u8] {
        if x.is_nan() {
            return b"NaN";
        }
        if x.is_infinite() {
            return if x > 0.0 { b"Infinity" } else { b"-Infinity" };
        }
        let text = self.shortest.format_finite(x).as_bytes();
        // FAST PATH: between 1e-5 and 1e16 `zmij` writes what ECMAScript does. An exponent stands
        // in the last five bytes if there is one.
        let magnitude = x.abs();
        if (1e-5..1e15).contains(&magnitude) && !text.ends_with(b".0") {
            return text;
        }
        let shortest = Digits::read(text);
        let len = shortest.lay_out(x < 0.0, &mut self.bytes);
        &self.bytes[..len]
    }
}

/// The number's text.
///
/// <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>
#[must_use]
pub fn to_string(x: f64) -> String {
    Buffer::new().format_str(x).to_owned()
}

#[inline]
fn write_pair(bytes: &mut [u8; LEN], at: usize, pair: u32) {
    let pair = pair as usize * 2;
    bytes[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
}

/// Writes `rest` so that it ends before `end`; returns where it starts.
#[inline]
fn write_u32(bytes: &mut [u8; LEN], end: usize, mut rest: u32) -> usize {
    let mut start = end;
    while rest >= 100 {
        start -= 2;
        write_pair(bytes, start, rest % 100);
        rest /= 100;
    }
    if rest >= 10 {
        start -= 2;
        write_pair(bytes, start, rest);
    } else {
        start -= 1;
        bytes[start] = b'0' + rest as u8;
    }
    start
}

/// Significant digits without zeros at either end, and where the point is: the number is
/// 0.d₁d₂d₃… × 10^`point`, so `point` is the *n* of the specification.
pub(super) struct Digits {
    digits: [u8; 24],
    len: usize,
    point: i32,
}

impl Digits {
    /// The shortest digits of a finite, positive number.
    pub(super) fn of(x: f64) -> Self {
        Self::read(zmij::Buffer::new().format_finite(x).as_bytes())
    }

    /// The digits in ASCII.
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.digits[..self.len]
    }

    /// The *n* of the specification.
    pub(super) fn point(&self) -> i32 {
        self.point
    }

    /// Takes apart `-123.45`, `1.5e300` or `1e-7`: any decimal text of a finite, non-zero number.
    fn read(text: &[u8]) -> Self {
        let mut this = Self {
            digits: [0; 24],
            len: 0,
            point: 0,
        };
        let mut seen_point = false;
        let mut zeros = 0; // seen but not yet known to be inside
        let mut bytes = text.iter().copied();
        for byte in bytes.by_ref() {
            match byte {
                b'.' => seen_point = true,
                b'0' => {
                    this.point += i32::from(!seen_point && this.len > 0);
                    this.point -= i32::from(seen_point && this.len == 0);
                    zeros += usize::from(this.len > 0);
                }
                b'1'..=b'9' => {
                    this.point += i32::from(!seen_point);
                    let at = this.len + zeros;
                    if let Some(places) = this.digits.get_mut(this.len..=at) {
                        places.fill(b'0');
                        places[zeros] = byte;
                        this.len = at + 1;
                    }
                    zeros = 0;
                }
                b'e' => break,
                _ => {}
            }
        }
        let mut exponent = 0;
        let mut negative = false;
        for byte in bytes {
            match byte {
                b'-' => negative = true,
                b'0'..=b'9' => exponent = exponent * 10 + i32::from(byte - b'0'),
                _ => {}
            }
        }
        this.point += if negative { -exponent } else { exponent };
        this
    }

    /// Steps 5 to 11 of Number::toString. Returns the length of the text.
    fn lay_out(&self, negative: bool, bytes: &mut [u8; LEN]) -> usize {
        let digits = &self.digits[..self.len];
        let (k, n) = (self.len as i32, self.point);
        let mut out = Writer { bytes, len: 0 };
        if negative {
            out.push(b'-');
        }
        if (k..=21).contains(&n) {
            out.extend(digits);
            out.zeros(n - k);
        } else if (1..=21).contains(&n) {
            let (whole, fraction) = digits.split_at(n as usize);
            out.extend(whole);
            out.push(b'.');
            out.extend(fraction);
        } else if (-5..=0).contains(&n) {
            out.extend(b"0.");
            out.zeros(-n);
            out.extend(digits);
        } else {
            let (first, rest) = digits.split_at(1);
            out.extend(first);
            if !rest.is_empty() {
                out.push(b'.');
                out.extend(rest);
            }
            out.extend(if n > 0 { b"e+" } else { b"e-" });
            let exponent = (n - 1).unsigned_abs();
            if exponent >= 100 {
                out.push(b'0' + (exponent / 100) as u8);
            }
            if exponent >= 10 {
                out.push(b'0' + (exponent / 10 % 10) as u8);
            }
            out.push(b'0' + (exponent % 10) as u8);
        }
        out.len
    }
}

struct Writer<'a> {
    bytes: &'a mut [u8; LEN],
    len: usize,
}

impl Writer<'_> {
    fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    fn extend(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        if let Some(room) = self.bytes.get_mut(self.len..end) {
            room.copy_from_slice(bytes);
            self.len = end;
        }
    }

    fn zeros(&mut self, count: i32) {
        for _ in 0..count {
            self.push(b'0');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lays_out_as_the_specification_says() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
            (123.0, "123"),
            (-7.0, "-7"),
            (100.0, "100"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (123456789012345680000.0, "123456789012345680000"),
            (9007199254740992.0, "9007199254740992"),
            (-9007199254740993.0, "-9007199254740992"),
            (1e15, "1000000000000000"),
            (4294967295.5, "4294967295.5"),
            (1e-6, "0.000001"),
            (1.5e-6, "0.0000015"),
            (-0.0000012345678901234567, "-0.0000012345678901234567"),
            (1e-7, "1e-7"),
            (-1.5e-7, "-1.5e-7"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (-1.234e100, "-1.234e+100"),
            (1.05e-10, "1.05e-10"),
            (4e15 + 0.5, "4000000000000000.5"),
            (i64::MIN as f64, "-9223372036854776000"),
        ];
        for (x, text) in cases {
            assert_eq!(to_string(x), text);
        }
    }

    #[test]
    fn integers_of_every_length() {
        let mut buffer = Buffer::new();
        let mut x: i64 = 1;
        for _ in 0..19 {
            for y in [x - 1, x, x + 1, -x] {
                assert_eq!(buffer.format_i64(y), y.to_string().as_bytes());
            }
            x = x.wrapping_mul(10);
        }
        for y in [i32::MIN, i32::MAX, 0, -1, 42] {
            assert_eq!(buffer.format_i32(y), y.to_string().as_bytes());
        }
        assert_eq!(buffer.format_u32(u32::MAX), b"4294967295");
        assert_eq!(buffer.format_i64(i64::MIN), i64::MIN.to_string().as_bytes());
    }

    #[test]
    fn reads_back_as_the_same_double() {
        let mut random = super::super::Random::new(1, 2);
        for _ in 0..20_000 {
            let x = f64::from_bits((random.next_f64() * 1.8e19) as u64);
            if x.is_finite() {
                assert_eq!(to_string(x).parse(), Ok(x));
            }
        }
    }
}
