//! Looking for elements, and elements as text. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object>.

use num_bigint::BigInt;

use super::{ElementKind, View, create::validate};
use crate::vm::{
    builtins::{buffer_data::with_data, string::StringBuilder},
    heap::{Obj, Units, bigint::Big},
    machine::{Args, Completion, Vm},
    number,
    value::Value,
};

/// Declares the methods.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("at", 1, at),
            ("includes", 1, includes),
            ("indexOf", 1, index_of),
            ("join", 1, join),
            ("lastIndexOf", 1, last_index_of),
            ("toLocaleString", 0, to_locale_string),
        ],
    );
}

/// Elements looked at between two counts of work.
const CHUNK: usize = 1 << 14;

fn at(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.at")?;
    let relative = vm.to_integer(args.at(0))?;
    let index = if relative < 0.0 {
        len as f64 + relative
    } else {
        relative
    };
    if index < 0.0 || index >= len as f64 {
        return Ok(Value::UNDEFINED);
    }
    Ok(view.get(&mut vm.heap, index as usize))
}

/// What a search compares raw elements with.
#[derive(Clone, Copy)]
enum Needle {
    /// These very bits.
    Bits(u64),
    /// A floating-point number that is equal.
    Float(f64),
    /// NaN, by `SameValueZero`.
    Nan,
}

impl Needle {
    /// `None` if no element can be equal.
    fn new(kind: ElementKind, value: Value, nan: bool) -> Option<Self> {
        if kind.is_big() {
            let big = Big::from_value(value)?;
            let bits = big.to_u64_wrapping();
            let back = if kind == ElementKind::BigInt64 {
                BigInt::from(bits as i64)
            } else {
                BigInt::from(bits)
            };
            return (back == *big.number()).then_some(Self::Bits(bits));
        }
        let number = value.as_number()?;
        if number.is_nan() {
            return (nan && kind.is_float()).then_some(Self::Nan);
        }
        if kind.is_float() {
            return Some(Self::Float(number));
        }
        let mask = u64::MAX >> (64 - kind.size() * 8);
        let bits = kind.encode(number) & mask;
        (kind.decode_f64(bits) == number).then_some(Self::Bits(bits))
    }

    /// The first element in `bytes` that is what is looked for.
    fn position(self, kind: ElementKind, bytes: &[u8]) -> Option<usize> {
        match (self, kind.size()) {
            (Self::Bits(wanted), 1) => memchr::memchr(wanted as u8, bytes),
            (Self::Bits(wanted), 2) => {
                let wanted = (wanted as u16).to_le_bytes();
                bytes
                    .as_chunks()
                    .0
                    .iter()
                    .position(|element| *element == wanted)
            }
            (Self::Bits(wanted), 4) => {
                let wanted = (wanted as u32).to_le_bytes();
                bytes
                    .as_chunks()
                    .0
                    .iter()
                    .position(|element| *element == wanted)
            }
            (Self::Bits(wanted), _) => {
                let wanted = wanted.to_le_bytes();
                bytes
                    .as_chunks()
                    .0
                    .iter()
                    .position(|element| *element == wanted)
            }
            (Self::Float(number), 8) => {
                let elements = bytes.as_chunks().0;
                elements
                    .iter()
                    .position(|element| f64::from_le_bytes(*element) == number)
            }
            (Self::Float(number), 4) => {
                let elements = bytes.as_chunks().0;
                elements
                    .iter()
                    .position(|element| f64::from(f32::from_le_bytes(*element)) == number)
            }
            (_, 8) => {
                let mut elements = bytes.as_chunks().0.iter();
                elements.position(|element| self.is(kind, u64::from_le_bytes(*element)))
            }
            (_, 4) => {
                let mut elements = bytes.as_chunks().0.iter();
                elements.position(|element| self.is(kind, u64::from(u32::from_le_bytes(*element))))
            }
            _ => {
                let mut elements = bytes.as_chunks().0.iter();
                elements.position(|element| self.is(kind, u64::from(u16::from_le_bytes(*element))))
            }
        }
    }

    fn is(self, kind: ElementKind, bits: u64) -> bool {
        match self {
            Self::Bits(wanted) => bits == wanted,
            Self::Float(number) => kind.decode_f64(bits) == number,
            Self::Nan => kind.decode_f64(bits).is_nan(),
        }
    }
}

/// The first element from `start` to `end` that is what is looked for.
fn find(
    vm: &mut Vm,
    view: &View,
    needle: Option<Needle>,
    start: usize,
    end: usize,
) -> Completion<Option<usize>> {
    let Some(needle) = needle else {
        return Ok(None);
    };
    let end = end.min(view.len().unwrap_or(0));
    let mut at = start;
    while at < end {
        let stop = end.min(at + CHUNK);
        vm.work((stop - at) / 8)?;
        let size = view.kind.size();
        let found = with_data(view.data, |data| {
            data.view(view.offset + at * size, (stop - at) * size, |bytes| {
                needle.position(view.kind, bytes)
            })
        });
        if let Some(found) = found.flatten() {
            return Ok(Some(at + found));
        }
        at = stop;
    }
    Ok(None)
}

/// Where a search that is told `from` begins.
fn start_of(vm: &mut Vm, from: Value, len: usize) -> Completion<usize> {
    Ok(vm.relative_index(from, len as f64, 0.0)? as usize)
}

fn includes(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.includes")?;
    if len == 0 {
        return Ok(Value::FALSE);
    }
    let start = start_of(vm, args.at(1), len)?;
    // Elements that are gone since read as undefined.
    let now = view.len().unwrap_or(0);
    if args.at(0).is_undefined() {
        return Ok(Value::bool(start < len && now < len));
    }
    let needle = Needle::new(view.kind, args.at(0), true);
    Ok(Value::bool(find(vm, &view, needle, start, len)?.is_some()))
}

fn position(index: Option<usize>) -> Value {
    index.map_or(Value::int(-1), Value::from)
}

fn index_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.indexOf")?;
    if len == 0 {
        return Ok(Value::int(-1));
    }
    let start = start_of(vm, args.at(1), len)?;
    let needle = Needle::new(view.kind, args.at(0), false);
    Ok(position(find(vm, &view, needle, start, len)?))
}

fn last_index_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.lastIndexOf")?;
    if len == 0 {
        return Ok(Value::int(-1));
    }
    let from = if args.len() > 1 {
        vm.to_integer(args.at(1))?
    } else {
        len as f64 - 1.0
    };
    let last = if from < 0.0 {
        len as f64 + from
    } else {
        from.min(len as f64 - 1.0)
    };
    let Some(needle) = Needle::new(view.kind, args.at(0), false).filter(|_| last >= 0.0) else {
        return Ok(Value::int(-1));
    };
    let mut end = (last as usize + 1).min(view.len().unwrap_or(0));
    while end > 0 {
        let start = end.saturating_sub(CHUNK);
        vm.work((end - start) / 8)?;
        let found = view
            .bits_range(start, end)
            .into_iter()
            .rposition(|bits| needle.is(view.kind, bits));
        if let Some(found) = found {
            return Ok(Value::from(start + found));
        }
        end = start;
    }
    Ok(Value::int(-1))
}

fn join(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.join")?;
    let separator = match args.at(0) {
        Value::UNDEFINED => None,
        separator => Some(vm.to_string(separator)?),
    };
    let mut text = StringBuilder::default();
    let mut digits = number::Buffer::new();
    for index in 0..len {
        vm.work(1)?;
        if index > 0 {
            match separator {
                None => text.push_units(vm, Units::Latin1(b","))?,
                Some(separator) => text.push_str(vm, separator)?,
            }
        }
        let Some(bits) = view.bits(index) else {
            continue;
        };
        let big;
        let element = match view.kind {
            ElementKind::BigInt64 => {
                big = (bits as i64).to_string();
                big.as_bytes()
            }
            ElementKind::BigUint64 => {
                big = bits.to_string();
                big.as_bytes()
            }
            kind => digits.format(kind.decode_f64(bits)),
        };
        text.push_units(vm, Units::Latin1(element))?;
    }
    Ok(text.complete(vm)?.into())
}

fn to_locale_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.toLocaleString")?;
    let key = vm.heap.key("toLocaleString");
    let mut text = StringBuilder::default();
    for index in 0..len {
        vm.work(1)?;
        if index > 0 {
            text.push_units(vm, Units::Latin1(b","))?;
        }
        let element = view.get(&mut vm.heap, index);
        if element.is_undefined() {
            continue;
        }
        let mark = vm.root_mark();
        vm.root(element);
        let element = vm.invoke(element, key, &[])?;
        let element = vm.to_string(element)?;
        text.push_str(vm, element)?;
        vm.unroot_to(mark);
    }
    Ok(text.complete(vm)?.into())
}
