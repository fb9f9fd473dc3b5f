//! `JSON.parse`: straight from the code units of the text to values, with a stack of its own for what is open.
//!
//! Nothing here runs JavaScript, so nothing is collected and nothing needs to be rooted.

use super::{
    problem::{Problem, throw},
    state::Reading,
};
use crate::vm::{
    builtins::string::StringBuilder,
    heap::Units,
    machine::{Completion, Vm},
    number,
    object::PropKey,
    text::CodeUnit,
    value::Value,
};

/// Longer strings are read in parts.
const PART: usize = 1 << 16;

/// What came of a text.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) value: Value,
    /// With `record`: every value, the outermost last.
    pub(super) nodes: Vec<Node>,
}

/// A value and what in the text it came from.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// What in the text a value came from; numbers are indexes of nodes.
#[derive(Debug)]
pub(super) enum Origin {
    /// A primitive, from and to there.
    Text(usize, usize),
    Elements(Vec<u32>),
    Entries(Vec<(PropKey, u32)>),
}

/// An array or object that is not complete.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Is it an array? Else the keys alternate with the values.
    array: bool,
    /// Where its values begin on the stack.
    values: usize,
    /// Where its nodes begin.
    nodes: usize,
}

/// Reads one text.
pub(super) struct Parser<'a, U> {
    text: &'a [U],
    at: usize,
    record: bool,
    /// What is open; its values, keys too.
    memory: Reading,
    nodes: Vec<Node>,
    /// Nodes of what is open.
    pending: Vec<u32>,
}

/// Strings above this many units ask for room.
const LONG_TEXT: usize = 4096;

type Step<T = ()> = Result<T, Problem>;

const fn expected<T>(message: &'static str) -> Step<T> {
    Err(Problem::Message(message))
}

impl<'a, U: CodeUnit> Parser<'a, U> {
    pub(super) fn new(text: &'a [U], record: bool, memory: Reading) -> Self {
        Self {
            text,
            at: 0,
            record,
            memory,
            nodes: Vec::new(),
            pending: Vec::new(),
        }
    }

    /// Reads the whole text.
    pub(super) fn parse(mut self, vm: &mut Vm) -> Completion<Parsed> {
        let result = self.parse_text(vm);
        self.memory.keep(vm);
        result
    }

    fn parse_text(&mut self, vm: &mut Vm) -> Completion<Parsed> {
        let mut worked = 0;
        loop {
            // Every so many units: the limits.
            if self.at - worked >= 4096 {
                vm.work((self.at - worked) / 16)?;
                worked = self.at;
                let nodes = self.nodes.len() * size_of::<Node>();
                if vm
                    .heap
                    .would_exceed(16 * self.memory.values.len() + 4 * nodes)
                {
                    return Err(vm.throw_range("Invalid array length"));
                }
            }
            match self.step(vm) {
                Ok(None) => {}
                Ok(Some(value)) => {
                    return Ok(Parsed {
                        value,
                        nodes: std::mem::take(&mut self.nodes),
                    });
                }
                Err(problem) => return Err(throw(vm, self.text, self.at, problem)),
            }
        }
    }

    /// Reads up to the end of one value; gives the outermost one when it is complete.
    fn step(&mut self, vm: &mut Vm) -> Step<Option<Value>> {
        let mut value = match self.peek() {
            b'[' => {
                self.at += 1;
                self.begin(true);
                if self.peek() != b']' {
                    return Ok(None);
                }
                self.at += 1;
                self.finish(vm)
            }
            b'{' => {
                self.at += 1;
                self.begin(false);
                if self.peek() != b'}' {
                    self.key(vm, "Expected property name or '}' in JSON")?;
                    return Ok(None);
                }
                self.at += 1;
                self.finish(vm)
            }
            first => {
                let start = self.at;
                let value = self.primitive(vm, first)?;
                self.note(value, Origin::Text(start, self.at));
                value
            }
        };
        // Closes what ends here.
        loop {
            let Some(&Open { array, .. }) = self.memory.open.last() else {
                self.peek();
                if self.at < self.text.len() {
                    return Err(Problem::Message(
                        "Unexpected non-whitespace character after JSON",
                    ));
                }
                return Ok(Some(value));
            };
            self.memory.values.push(value);
            match (self.peek(), array) {
                (b',', true) => {
                    self.at += 1;
                    return Ok(None);
                }
                (b',', false) => {
                    self.at += 1;
                    self.peek();
                    self.key(vm, "Expected double-quoted property name in JSON")?;
                    return Ok(None);
                }
                (b']', true) | (b'}', false) => {
                    self.at += 1;
                    value = self.finish(vm);
                }
                (_, true) => return expected("Expected ',' or ']' after array element in JSON"),
                (_, false) => return expected("Expected ',' or '}' after property value in JSON"),
            }
        }
    }

    /// Skips white space; the next unit as ASCII, 0xFF for others, 0 at the end.
    #[inline]
    fn peek(&mut self) -> u8 {
        while let Some(unit) = self.text.get(self.at) {
            match unit.ascii() {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                0 => return 0xFF,
                other => return other,
            }
        }
        0
    }

    #[inline]
    fn unit(&self) -> u8 {
        self.text.get(self.at).map_or(0, |unit| unit.ascii())
    }

    fn begin(&mut self, array: bool) {
        self.memory.open.push(Open {
            array,
            values: self.memory.values.len(),
            nodes: self.pending.len(),
        });
    }

    /// Makes the array or object whose end was read.
    fn finish(&mut self, vm: &mut Vm) -> Value {
        let Some(open) = self.memory.open.pop() else {
            return Value::UNDEFINED;
        };
        let parts = self.memory.values.get(open.values..).unwrap_or_default();
        let value: Value = if open.array {
            vm.new_array_from(parts).into()
        } else {
            self.memory.shaper.object(vm, parts).into()
        };
        if self.record {
            let nodes = self.pending.split_off(open.nodes);
            let origin = if open.array {
                Origin::Elements(nodes)
            } else {
                let keys = parts.iter().step_by(2).map(|&key| PropKey::from_value(key));
                Origin::Entries(keys.zip(nodes).collect())
            };
            self.memory.values.truncate(open.values);
            self.note(value, origin);
        } else {
            self.memory.values.truncate(open.values);
        }
        value
    }

    fn note(&mut self, value: Value, origin: Origin) {
        if self.record {
            self.pending.push(self.nodes.len() as u32);
            self.nodes.push(Node { value, origin });
        }
    }

    /// Reads a key and its colon.
    fn key(&mut self, vm: &mut Vm, otherwise: &'static str) -> Step {
        if self.unit() != b'"' {
            return expected(otherwise);
        }
        self.at += 1;
        let start = self.at;
        let key = if self.scan(vm)? {
            let text = self.text.get(start..self.at).unwrap_or_default();
            self.at += 1;
            self.intern(vm, text)
        } else {
            let units = self.unescape(vm, start)?;
            let string = vm.heap.str_utf16(&units);
            vm.heap.key_of_str(string)
        };
        self.memory.values.push(key.value());
        if self.peek() != b':' {
            return expected("Expected ':' after property name in JSON");
        }
        self.at += 1;
        Ok(())
    }

    fn intern(&mut self, vm: &mut Vm, text: &[U]) -> PropKey {
        self.memory.narrow.clear();
        for unit in text {
            match u8::try_from(unit.code()) {
                Ok(byte) => self.memory.narrow.push(byte),
                Err(_) => {
                    let units: Vec<u16> = text.iter().map(|unit| unit.code()).collect();
                    return PropKey::atom(vm.heap.atom_of(Units::Utf16(&units)));
                }
            }
        }
        if self.memory.narrow.first().is_some_and(u8::is_ascii_digit) {
            let string = vm.heap.str_latin1(&self.memory.narrow);
            return vm.heap.key_of_str(string);
        }
        PropKey::atom(vm.heap.atom_of(Units::Latin1(&self.memory.narrow)))
    }

    /// Goes to the next quote (true) or backslash (false).
    #[inline]
    fn scan(&mut self, vm: &mut Vm) -> Step<bool> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let part = rest.get(..PART).unwrap_or(rest);
            for unit in part {
                match unit.code() {
                    0x22 => return Ok(true),
                    0x5C => return Ok(false),
                    0..=0x1F => return expected("Bad control character in string literal in JSON"),
                    _ => self.at += 1,
                }
            }
            if part.len() < PART {
                return expected("Unterminated string in JSON");
            }
            vm.work(PART / 64).map_err(Problem::Stop)?;
        }
    }

    /// The rest of a string that began at `start` and has a backslash here; goes past its end.
    fn unescape(&mut self, vm: &mut Vm, start: usize) -> Step<Vec<u16>> {
        let mut units: Vec<u16> = Vec::new();
        let mut plain = start;
        loop {
            let end = self.scan(vm)?;
            units.extend(
                self.text
                    .get(plain..self.at)
                    .unwrap_or_default()
                    .iter()
                    .map(|unit| unit.code()),
            );
            self.at += 1;
            if end {
                return Ok(units);
            }
            let unit = match self.unit() {
                escaped @ (b'"' | b'\\' | b'/') => u16::from(escaped),
                b'b' => 0x08,
                b'f' => 0x0C,
                b'n' => 0x0A,
                b'r' => 0x0D,
                b't' => 0x09,
                b'u' => {
                    let mut code = 0;
                    for _ in 0..4 {
                        self.at += 1;
                        match char::from(self.unit()).to_digit(16) {
                            Some(digit) => code = code << 4 | digit as u16,
                            None => return expected("Bad Unicode escape in JSON"),
                        }
                    }
                    code
                }
                _ if self.at >= self.text.len() => return Err(Problem::Token),
                _ => return expected("Bad escaped character in JSON"),
            };
            self.at += 1;
            units.push(unit);
            plain = self.at;
            vm.work(1).map_err(Problem::Stop)?;
        }
    }

    fn primitive(&mut self, vm: &mut Vm, first: u8) -> Step<Value> {
        match first {
            b'"' => {
                self.at += 1;
                let start = self.at;
                if !self.scan(vm)? {
                    let units = self.unescape(vm, start)?;
                    if units.len() > LONG_TEXT && vm.heap.would_exceed(4 * units.capacity()) {
                        return Err(Problem::NoRoom);
                    }
                    let string = vm.string_in_parts(Units::Utf16(&units));
                    return string.map(Value::string).map_err(Problem::Stop);
                }
                let text = self.text.get(start..self.at).unwrap_or_default();
                self.at += 1;
                // The text is copied twice on its way.
                if text.len() > LONG_TEXT && vm.heap.would_exceed(2 * size_of_val(text)) {
                    return Err(Problem::NoRoom);
                }
                Ok(match text {
                    [unit] => vm.unit_string(unit.code()),
                    text if text.len() > PART => long_string_of(vm, text)?,
                    text => string_of(vm, text, &mut self.memory.narrow),
                })
            }
            b'-' | b'0'..=b'9' => self.number(vm),
            b't' => self.word(b"true", Value::TRUE),
            b'f' => self.word(b"false", Value::FALSE),
            b'n' => self.word(b"null", Value::NULL),
            _ => Err(Problem::Token),
        }
    }

    fn word(&mut self, word: &[u8], value: Value) -> Step<Value> {
        for &letter in word {
            if self.unit() != letter {
                return Err(Problem::Token);
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn digits(&mut self, vm: &mut Vm) -> Step<usize> {
        let start = self.at;
        while self.unit().is_ascii_digit() {
            self.at += 1;
            if (self.at - start).is_multiple_of(PART) {
                vm.work(PART / 16).map_err(Problem::Stop)?;
            }
        }
        Ok(self.at - start)
    }

    fn number(&mut self, vm: &mut Vm) -> Step<Value> {
        let start = self.at;
        let negative = self.unit() == b'-';
        if negative {
            self.at += 1;
        }
        let first = self.at;
        let leading_zero = self.unit() == b'0';
        let count = self.digits(vm)?;
        if count == 0 {
            return expected("No number after minus sign in JSON");
        }
        if leading_zero && count > 1 {
            self.at = first + 1;
            return expected("Unexpected number in JSON");
        }
        let mut integer = true;
        if self.unit() == b'.' {
            integer = false;
            self.at += 1;
            if self.digits(vm)? == 0 {
                return expected("Unterminated fractional number in JSON");
            }
        }
        if matches!(self.unit(), b'e' | b'E') {
            integer = false;
            self.at += 1;
            if matches!(self.unit(), b'+' | b'-') {
                self.at += 1;
            }
            if self.digits(vm)? == 0 {
                return expected("Exponent part is missing a number in JSON");
            }
        }
        if integer && count <= 9 && !(negative && leading_zero) {
            let digits = self.text.get(first..self.at).unwrap_or_default();
            let int = digits
                .iter()
                .fold(0, |int, unit| int * 10 + i32::from(unit.ascii() & 15));
            return Ok(Value::int(if negative { -int } else { int }));
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        if text.len() <= number::long::SHORT {
            return Ok(Value::number(number::parse::string_to_number(text)));
        }
        let short = number::long::shortened(text, &mut |count| vm.work(count / 16));
        let short = short.map_err(Problem::Stop)?;
        Ok(Value::number(number::parse::string_to_number(&short)))
    }
}

/// As [`string_of`], looking at the limits meanwhile.
#[cold]
fn long_string_of<U: CodeUnit>(vm: &mut Vm, text: &[U]) -> Step<Value> {
    let mut string = StringBuilder::default();
    for part in text.chunks(PART) {
        if part.iter().all(|unit| unit.code() < 0x100) {
            let bytes: Vec<u8> = part.iter().map(|unit| unit.code() as u8).collect();
            string
                .push_units(vm, Units::Latin1(&bytes))
                .map_err(Problem::Stop)?;
        } else {
            let units: Vec<u16> = part.iter().map(|unit| unit.code()).collect();
            string
                .push_units(vm, Units::Utf16(&units))
                .map_err(Problem::Stop)?;
        }
        vm.work(PART / 64).map_err(Problem::Stop)?;
    }
    let string = string.complete(vm).map_err(Problem::Stop)?;
    Ok(string.into())
}

fn string_of<U: CodeUnit>(vm: &mut Vm, text: &[U], narrow: &mut Vec<u8>) -> Value {
    narrow.clear();
    if text.iter().all(|unit| unit.code() < 0x100) {
        narrow.extend(text.iter().map(|unit| unit.code() as u8));
        return vm.heap.str_latin1(narrow).into();
    }
    let units: Vec<u16> = text.iter().map(|unit| unit.code()).collect();
    vm.heap.str_utf16(&units).into()
}
