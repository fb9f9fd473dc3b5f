//! `JSON.parse`, from text straight to values.
//!
//! Boa's own reads about a megabyte a second, stops at 128 levels and words its errors differently. This one keeps its
//! open arrays and objects on a stack of its own, so depth costs heap and nothing else.
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-json.parse>, RFC 8259.

use boa_engine::{
    JsObject, JsValue,
    builtins::object::OrdinaryObject,
    object::builtins::JsArray,
    property::{Attribute, PropertyDescriptor, PropertyKey},
};

use super::{
    context::Context,
    error::{Error, Result},
    string::JsString,
};
use crate::{StringUnits, json_message::JsonFault};

/// Parses `text`.
///
/// # Errors
/// `SyntaxError` in V8's words.
pub(super) fn parse(ctx: &mut Context, text: &JsString) -> Result<JsValue> {
    let parsed = match text.units() {
        StringUnits::Latin1(units) => Parser { units, at: 0 }.parse(ctx),
        StringUnits::Utf16(units) => Parser { units, at: 0 }.parse(ctx),
    };
    parsed.map_err(|fault| Error::syntax_error(fault.message(&text.to_utf16())))
}

/// A code unit of either storage.
trait Unit: Copy {
    fn code(self) -> u16;
    fn string(units: &[Self]) -> JsString;
}

impl Unit for u8 {
    fn code(self) -> u16 {
        u16::from(self)
    }
    fn string(units: &[Self]) -> JsString {
        JsString::from_latin1(units)
    }
}

impl Unit for u16 {
    fn code(self) -> u16 {
        self
    }
    fn string(units: &[Self]) -> JsString {
        JsString::from_utf16(units)
    }
}

/// An array or object that is not closed yet.
enum Open {
    Array(Vec<JsValue>),
    Object(JsObject, PropertyKey),
}

struct Parser<'a, U> {
    units: &'a [U],
    at: usize,
}

type Parsed<T> = std::result::Result<T, JsonFault>;

impl<U: Unit> Parser<'_, U> {
    fn parse(mut self, ctx: &mut Context) -> Parsed<JsValue> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let Some(mut value) = self.value(ctx, &mut open)? else {
                continue;
            };
            // A value is complete: hand it to what surrounds it, and close what ends here.
            loop {
                let Some(around) = open.pop() else {
                    return self.finish(value);
                };
                match self.add(ctx, around, value)? {
                    (Some(unfinished), _) => {
                        open.push(unfinished);
                        break;
                    }
                    (None, closed) => value = closed,
                }
            }
        }
    }

    /// A scalar or an empty collection; `None` after opening one that is not empty.
    fn value(&mut self, ctx: &mut Context, open: &mut Vec<Open>) -> Parsed<Option<JsValue>> {
        let code = self.peek_token().ok_or(JsonFault::End)?;
        Ok(Some(match u8::try_from(code).unwrap_or(0) {
            b'{' => {
                self.at += 1;
                let prototype = ctx.inner.intrinsics().constructors().object().prototype();
                let object =
                    JsObject::new(ctx.inner.root_shape(), prototype, OrdinaryObject).upcast();
                if self.peek_token() == Some(u16::from(b'}')) {
                    self.at += 1;
                    return Ok(Some(object.into()));
                }
                let key = self.key("Expected property name or '}' in JSON")?;
                open.push(Open::Object(object, key));
                return Ok(None);
            }
            b'[' => {
                self.at += 1;
                if self.peek_token() == Some(u16::from(b']')) {
                    self.at += 1;
                    return Ok(Some(JsArray::from_iter([], &mut ctx.inner).into()));
                }
                open.push(Open::Array(Vec::new()));
                return Ok(None);
            }
            b'"' => JsValue::from(self.string()?.0),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word(b"true", JsValue::from(true))?,
            b'f' => self.word(b"false", JsValue::from(false))?,
            b'n' => self.word(b"null", JsValue::null())?,
            _ => return Err(JsonFault::Token(self.at)),
        }))
    }

    /// Adds a value to the innermost open collection: what stays open, or the finished collection.
    fn add(
        &mut self,
        ctx: &mut Context,
        around: Open,
        value: JsValue,
    ) -> Parsed<(Option<Open>, JsValue)> {
        let next = self.peek_token().and_then(|code| u8::try_from(code).ok());
        match (around, next) {
            (Open::Array(mut items), Some(b',')) => {
                self.at += 1;
                items.push(value);
                Ok((Some(Open::Array(items)), JsValue::undefined()))
            }
            (Open::Array(mut items), Some(b']')) => {
                self.at += 1;
                items.push(value);
                Ok((None, JsArray::from_iter(items, &mut ctx.inner).into()))
            }
            (Open::Array(_), _) => Err(JsonFault::Phrase(
                "Expected ',' or ']' after array element in JSON",
                self.at,
            )),
            (Open::Object(object, key), Some(b',')) => {
                self.at += 1;
                insert(&object, key, value);
                let key = self.key("Expected double-quoted property name in JSON")?;
                Ok((Some(Open::Object(object, key)), JsValue::undefined()))
            }
            (Open::Object(object, key), Some(b'}')) => {
                self.at += 1;
                insert(&object, key, value);
                Ok((None, object.into()))
            }
            (Open::Object(..), _) => Err(JsonFault::Phrase(
                "Expected ',' or '}' after property value in JSON",
                self.at,
            )),
        }
    }

    fn finish(&mut self, value: JsValue) -> Parsed<JsValue> {
        match self.peek_token() {
            None => Ok(value),
            Some(_) => Err(JsonFault::Phrase(
                "Unexpected non-whitespace character after JSON",
                self.at,
            )),
        }
    }

    /// A property name and its colon.
    fn key(&mut self, phrase: &'static str) -> Parsed<PropertyKey> {
        if self.peek_token() != Some(u16::from(b'"')) {
            return Err(JsonFault::Phrase(phrase, self.at));
        }
        let key = PropertyKey::from(self.string()?.0);
        if self.peek_token() != Some(u16::from(b':')) {
            return Err(JsonFault::Phrase(
                "Expected ':' after property name in JSON",
                self.at,
            ));
        }
        self.at += 1;
        Ok(key)
    }

    fn peek(&self) -> Option<u16> {
        self.units.get(self.at).map(|unit| unit.code())
    }

    /// The next code unit that is no white space.
    fn peek_token(&mut self) -> Option<u16> {
        while matches!(self.peek(), Some(0x20 | 0x09 | 0x0a | 0x0d)) {
            self.at += 1;
        }
        self.peek()
    }

    fn word(&mut self, word: &[u8], value: JsValue) -> Parsed<JsValue> {
        for &expected in word {
            match self.peek() {
                Some(code) if code == u16::from(expected) => self.at += 1,
                Some(_) => return Err(JsonFault::Token(self.at)),
                None => return Err(JsonFault::End),
            }
        }
        Ok(value)
    }

    fn number(&mut self) -> Parsed<JsValue> {
        let start = self.at;
        if self.peek() == Some(u16::from(b'-')) {
            self.at += 1;
        }
        let first = self.at;
        if self.digits() == 0 {
            return Err(JsonFault::Phrase(
                "No number after minus sign in JSON",
                self.at,
            ));
        }
        if self.units.get(first).map(|unit| unit.code()) == Some(u16::from(b'0'))
            && self.at > first + 1
        {
            return Err(JsonFault::Phrase("Unexpected number in JSON", first + 1));
        }
        if self.peek() == Some(u16::from(b'.')) {
            self.at += 1;
            if self.digits() == 0 {
                return Err(JsonFault::Phrase(
                    "Unterminated fractional number in JSON",
                    self.at,
                ));
            }
        }
        if matches!(self.peek(), Some(0x45 | 0x65)) {
            self.at += 1;
            if matches!(self.peek(), Some(0x2b | 0x2d)) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(JsonFault::Phrase(
                    "Exponent part is missing a number in JSON",
                    self.at,
                ));
            }
        }
        let units = self.units.get(start..self.at).unwrap_or_default();
        let text: String = units
            .iter()
            .map(|unit| char::from(unit.code() as u8))
            .collect();
        let integer = text.parse::<i32>().ok().filter(|_| text != "-0");
        Ok(match integer {
            Some(integer) => JsValue::from(integer),
            None => JsValue::from(text.parse::<f64>().unwrap_or(f64::NAN)),
        })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(0x30..=0x39)) {
            self.at += 1;
        }
        self.at - start
    }

    fn string(&mut self) -> Parsed<JsString> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek() {
                // FAST PATH: no escape, so the text itself is the value.
                Some(0x22) => {
                    let string = U::string(self.units.get(start..self.at).unwrap_or_default());
                    self.at += 1;
                    return Ok(string);
                }
                Some(0x5c) => return self.escaped_string(start),
                Some(code) => self.plain(code)?,
                None => return Err(self.unterminated()),
            }
        }
    }

    fn escaped_string(&mut self, start: usize) -> Parsed<JsString> {
        let before = self.units.get(start..self.at).unwrap_or_default();
        let mut units: Vec<u16> = before.iter().map(|unit| unit.code()).collect();
        loop {
            match self.peek() {
                Some(0x22) => {
                    self.at += 1;
                    return Ok(JsString::from_utf16(&units));
                }
                Some(0x5c) => {
                    self.at += 1;
                    units.push(self.escape()?);
                }
                Some(code) => {
                    self.plain(code)?;
                    units.push(code);
                }
                None => return Err(self.unterminated()),
            }
        }
    }

    fn plain(&mut self, code: u16) -> Parsed<()> {
        if code < 0x20 {
            return Err(JsonFault::Phrase(
                "Bad control character in string literal in JSON",
                self.at,
            ));
        }
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self) -> Parsed<u16> {
        let code = self.peek().ok_or(JsonFault::End)?;
        let plain = match u8::try_from(code).unwrap_or(0) {
            b'"' | b'\\' | b'/' => code,
            b'b' => 8,
            b'f' => 12,
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            b'u' => return self.unicode_escape(),
            _ => return Err(JsonFault::Phrase("Bad escaped character in JSON", self.at)),
        };
        self.at += 1;
        Ok(plain)
    }

    fn unicode_escape(&mut self) -> Parsed<u16> {
        let mut value = 0;
        for _ in 0..4 {
            self.at += 1;
            let digit = self
                .peek()
                .and_then(|code| char::from_u32(code.into())?.to_digit(16));
            let Some(digit) = digit else {
                return Err(JsonFault::Phrase("Bad Unicode escape in JSON", self.at));
            };
            value = value * 16 + digit as u16;
        }
        self.at += 1;
        Ok(value)
    }

    fn unterminated(&self) -> JsonFault {
        JsonFault::Phrase("Unterminated string in JSON", self.at)
    }
}

/// `CreateDataProperty` on a fresh ordinary object.
fn insert(object: &JsObject, key: PropertyKey, value: JsValue) {
    let all = Attribute::all();
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(all.writable())
        .enumerable(all.enumerable())
        .configurable(all.configurable());
    object.insert_property(key, property);
}
