//! `String`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-string-objects>.

mod builder;
mod html;
mod iterator;
mod parts;
mod pattern;
pub(super) mod replacing;
mod search;
mod transform;

use crate::vm::{
    heap::{Kind, Obj, Str, Units},
    machine::{Args, Completion, Vm},
    realm::{Constructor, Intrinsic},
    text,
    value::Value,
};

pub use builder::StringBuilder;
pub(in crate::vm) use parts::{Conversion, never};
pub(super) use search::is_regexp;

/// Declares `String`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor {
        kind: Kind::StringObject,
        ..Constructor::new(
            "String",
            1,
            construct,
            Intrinsic::String,
            Intrinsic::StringPrototype,
        )
    };
    let (constructor, prototype) = vm.define_constructor(&class);
    let empty = vm.names.empty.value();
    prototype.set_internal(0, empty);
    vm.define_methods(
        constructor,
        &[
            ("fromCharCode", 1, from_char_code),
            ("fromCodePoint", 1, from_code_point),
            ("raw", 1, raw),
        ],
    );
    vm.define_methods(
        prototype,
        &[("toString", 0, to_string), ("valueOf", 0, to_string)],
    );
    search::install(vm, prototype);
    transform::install(vm, prototype);
    pattern::install(vm, prototype);
    html::install(vm, prototype);
    iterator::install(vm, prototype);
}

/// `String(value)`, `new String(value)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = if args.is_empty() {
        vm.str("")
    } else if !args.is_construct() && args.at(0).is_symbol() {
        let text = symbol_descriptive_string(vm, args.at(0));
        return Ok(text.into());
    } else {
        vm.to_string(args.at(0))?
    };
    if !args.is_construct() {
        return Ok(string.into());
    }
    vm.root(string);
    let object = vm.create_from_constructor(
        Kind::StringObject,
        args.new_target,
        Intrinsic::StringPrototype,
    )?;
    object.set_internal(0, string.into());
    Ok(object.into())
}

/// `SymbolDescriptiveString`
fn symbol_descriptive_string(vm: &mut Vm, symbol: Value) -> Str {
    let mut builder = StringBuilder::default();
    builder.push_latin1(b"Symbol(");
    if let Some(text) =
        crate::vm::heap::Sym::from_value(symbol).and_then(|symbol| symbol.description().as_string())
    {
        let units = vm.heap.units(&text);
        builder.push(units);
    }
    builder.push_latin1(b")");
    builder.finish(vm)
}

/// `RequireObjectCoercible(this)`, then `ToString`. The string is rooted, and no long rope.
#[inline]
fn this_string(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Str> {
    if let Some(string) = args.this.as_string() {
        vm.flatten_long(args.this)?;
        return Ok(string);
    }
    this_to_string(vm, args, method)
}

#[inline(never)]
fn this_to_string(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Str> {
    if args.this.is_nullish() {
        return Err(vm.throw_type(format!(
            "String.prototype.{method} called on null or undefined"
        )));
    }
    let string = vm.to_string(args.this)?;
    Ok(vm.root(string))
}

/// The same units in the text module's words.
fn text_units(units: Units<'_>) -> text::Units<'_> {
    match units {
        Units::Latin1(bytes) => text::Units::Latin1(bytes),
        Units::Utf16(units) => text::Units::Utf16(units),
    }
}

/// `String.prototype.toString`, `valueOf`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if args.this.is_string() {
        return Ok(args.this);
    }
    match args.this.as_object() {
        Some(object) if object.kind() == Kind::StringObject => Ok(object.internal(0)),
        _ => {
            let key = vm.names.name;
            let method = vm.plain_property(args.callee, key);
            let method = vm.display_plain(method);
            Err(vm.throw_type(format!(
                "String.prototype.{method} requires that 'this' be a String"
            )))
        }
    }
}

/// `String.fromCharCode`
fn from_char_code(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let [single] = args.values {
        let unit = vm.to_uint32(*single)? as u16;
        return Ok(vm.unit_string(unit));
    }
    vm.work(args.len() / 8)?;
    let mut units = Vec::with_capacity(args.len());
    for &value in args.values {
        units.push(vm.to_uint32(value)? as u16);
    }
    Ok(vm.heap.str_utf16(&units).into())
}

/// `String.fromCodePoint`
fn from_code_point(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.work(args.len() / 8)?;
    let mut units = Vec::with_capacity(args.len());
    for &value in args.values {
        let number = vm.to_number(value)?;
        if number.trunc() != number || !(0.0..=1_114_111.0).contains(&number) {
            let text = vm.to_string(value)?;
            let text = vm.heap.units(&text).to_string_lossy();
            return Err(vm.throw_range(format!("Invalid code point {text}")));
        }
        push_code_point(&mut units, number as u32);
    }
    Ok(vm.heap.str_utf16(&units).into())
}

/// Appends a code point, a lone surrogate as it is.
fn push_code_point(units: &mut Vec<u16>, code: u32) {
    if code < 0x10000 {
        units.push(code as u16);
    } else {
        let code = code - 0x10000;
        units.extend([0xD800 + (code >> 10) as u16, 0xDC00 + (code & 0x3FF) as u16]);
    }
}

/// `String.raw`
fn raw(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let cooked = vm.to_object(args.at(0))?;
    vm.root(cooked);
    let key = vm.names.raw;
    let raw = vm.get_o(cooked, key)?;
    let raw = vm.to_object(raw)?;
    vm.root(raw);
    let length = vm.length_of(raw)?;
    let mut builder = StringBuilder::default();
    let mut index = 0.0;
    while index < length {
        let key = vm.key_of_number(index);
        let part = vm.get_o(raw, key)?;
        let part = vm.to_string(part)?;
        builder.push_str(vm, part)?;
        index += 1.0;
        if index < length
            && let Some(&value) = args.values.get(index as usize)
        {
            let text = vm.to_string(value)?;
            builder.push_str(vm, text)?;
        }
        vm.work(1)?;
    }
    Ok(builder.complete(vm)?.into())
}

/// The code point at `index`: a surrogate pair as one, a lone surrogate as it is. How many units it takes, too.
fn code_point_at(units: Units<'_>, index: usize) -> Option<(u32, usize)> {
    let first = units.get(index)?;
    if (0xD800..0xDC00).contains(&first)
        && let Some(second) = units.get(index + 1)
        && (0xDC00..0xE000).contains(&second)
    {
        let code = 0x10000 + ((u32::from(first) - 0xD800) << 10) + (u32::from(second) - 0xDC00);
        return Some((code, 2));
    }
    Some((u32::from(first), 1))
}
