//! `String.prototype`: new strings from old ones.

use std::convert::Infallible;

use super::{Conversion, never, this_string};
use crate::vm::{
    heap::{Obj, Str, str::MAX_LENGTH},
    machine::{Args, Completion, Vm},
    object::attr,
    text::{self, Form, Text, cut},
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("normalize", 0, normalize),
            ("padEnd", 1, pad_end),
            ("padStart", 1, pad_start),
            ("repeat", 1, repeat),
            ("slice", 2, slice),
            ("substr", 2, substr),
            ("substring", 2, substring),
            ("toLocaleLowerCase", 0, to_locale_lower),
            ("toLocaleUpperCase", 0, to_locale_upper),
            ("toLowerCase", 0, to_lower),
            ("toUpperCase", 0, to_upper),
            ("toWellFormed", 0, to_well_formed),
            ("trim", 0, |vm, args| trim(vm, args, "trim", true, true)),
        ],
    );
    let start = vm.define_method(prototype, "trimStart", 0, |vm, args| {
        trim(vm, args, "trimStart", true, false)
    });
    let end = vm.define_method(prototype, "trimEnd", 0, |vm, args| {
        trim(vm, args, "trimEnd", false, true)
    });
    vm.define_value(prototype, "trimLeft", start, attr::METHOD);
    vm.define_value(prototype, "trimRight", end, attr::METHOD);
}

fn slice(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "slice")?;
    let start = relative(vm, args.at(0), string, 0)?;
    let end = relative(vm, args.at(1), string, string.len())?;
    part(vm, string, start, end)
}

/// An index from the start, or of a negative number from the end, clamped to the string.
#[inline]
fn relative(vm: &mut Vm, value: Value, string: Str, default: usize) -> Completion<usize> {
    let length = string.len();
    // FAST PATH: an int.
    if let Some(int) = value.as_int() {
        let index = int.unsigned_abs() as usize;
        return Ok(match int < 0 {
            true => length.saturating_sub(index),
            false => index.min(length),
        });
    }
    Ok(vm.relative_index(value, length as f64, default as f64)? as usize)
}

/// The part from `start` to `end`; empty if they cross.
#[inline(always)]
fn part(vm: &mut Vm, string: Str, start: usize, end: usize) -> Completion {
    if start >= end {
        return Ok(vm.names.empty.value());
    }
    if end - start == 1 {
        return Ok(vm.char_at(string, start));
    }
    Ok(vm.substring(string, start, end)?.into())
}

fn substring(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "substring")?;
    let start = super::search::clamp(vm, args.at(0), string)?;
    let end = if args.at(1).is_undefined() {
        string.len()
    } else {
        super::search::clamp(vm, args.at(1), string)?
    };
    part(vm, string, start.min(end), start.max(end))
}

fn substr(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "substr")?;
    let size = string.len() as f64;
    let start = vm.relative_index(args.at(0), size, 0.0)?;
    let length = if args.at(1).is_undefined() {
        size
    } else {
        vm.to_integer(args.at(1))?
    };
    let end = (start + length.clamp(0.0, size)).min(size);
    part(vm, string, start as usize, end as usize)
}

fn repeat(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "repeat")?;
    let count = vm.to_integer(args.at(0))?;
    if !(0.0..f64::INFINITY).contains(&count) {
        let text = vm.to_string(args.at(0))?;
        let text = vm.heap.units(&text).to_string_lossy();
        return Err(vm.throw_range(format!("Invalid count value: {text}")));
    }
    if string.is_empty() || count == 0.0 {
        return Ok(vm.names.empty.value());
    }
    let length = count * string.len() as f64;
    if length > MAX_LENGTH as f64 {
        return Err(vm.throw_range("Invalid string length"));
    }
    match repeated(vm, string, count as usize) {
        Some(result) => Ok(result.into()),
        None => Err(vm.throw_range("Invalid string length")),
    }
}

/// `string`, `count` times (at least once), by doubling ropes: the text is written once, when somebody looks at it.
/// `None` if that is too long.
fn repeated(vm: &mut Vm, string: Str, count: usize) -> Option<Str> {
    let mut left = count;
    let mut power = string;
    let mut result: Option<Str> = None;
    loop {
        if left & 1 == 1 {
            result = match result {
                None => Some(power),
                Some(so_far) => Some(vm.heap.concat(so_far, power)?),
            };
        }
        left >>= 1;
        if left == 0 {
            return result;
        }
        power = vm.heap.concat(power, power)?;
    }
}

fn pad_start(vm: &mut Vm, args: &Args<'_>) -> Completion {
    pad(vm, args, "padStart", true)
}

fn pad_end(vm: &mut Vm, args: &Args<'_>) -> Completion {
    pad(vm, args, "padEnd", false)
}

fn pad(vm: &mut Vm, args: &Args<'_>, method: &str, at_start: bool) -> Completion {
    let string = this_string(vm, args, method)?;
    let target = vm.to_length(args.at(0))?;
    if target <= string.len() as f64 {
        return Ok(string.into());
    }
    let filler = if args.at(1).is_undefined() {
        vm.str(" ")
    } else {
        vm.to_string(args.at(1))?
    };
    if filler.is_empty() {
        return Ok(string.into());
    }
    if target > MAX_LENGTH as f64 || vm.heap.would_exceed(target as usize * 2) {
        return Err(vm.throw_range("Invalid string length"));
    }
    let missing = target as usize - string.len();
    vm.work(missing / 64)?;
    let Some(padding) = repeated(vm, filler, missing.div_ceil(filler.len())) else {
        return Err(vm.throw_range("Invalid string length"));
    };
    if padding.len() > missing {
        vm.flatten_long(padding.into())?;
    }
    let padding = vm.substring(padding, 0, missing)?;
    let joined = if at_start {
        vm.heap.concat(padding, string)
    } else {
        vm.heap.concat(string, padding)
    };
    match joined {
        Some(joined) => Ok(joined.into()),
        None => Err(vm.throw_range("Invalid string length")),
    }
}

fn trim(vm: &mut Vm, args: &Args<'_>, method: &str, start: bool, end: bool) -> Completion {
    let string = this_string(vm, args, method)?;
    let units = vm.heap.units(&string);
    let (from, to) = vm.trimmed_bounds(units, start, end)?;
    part(vm, string, from, to)
}

/// `String.prototype.toLocaleLowerCase`
fn to_locale_lower(vm: &mut Vm, args: &Args<'_>) -> Completion {
    #[cfg(feature = "intl")]
    {
        let string = this_string(vm, args, "toLocaleLowerCase")?;
        let special = super::super::intl::special_case(vm, string, args.at(0), false)?;
        if let Some(lower) = special {
            return Ok(lower.into());
        }
    }
    to_lower(vm, args)
}

/// `String.prototype.toLocaleUpperCase`
fn to_locale_upper(vm: &mut Vm, args: &Args<'_>) -> Completion {
    #[cfg(feature = "intl")]
    {
        let string = this_string(vm, args, "toLocaleUpperCase")?;
        let special = super::super::intl::special_case(vm, string, args.at(0), true)?;
        if let Some(upper) = special {
            return Ok(upper.into());
        }
    }
    to_upper(vm, args)
}

fn to_lower(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const LOWER: Conversion<Infallible> = Conversion {
        latin1: |units| Ok(text::to_lower_latin1(units).map(Text::Latin1)),
        utf16: |units| Ok(text::to_lower_utf16(units).map(Text::Utf16)),
        cut_latin1: cut::between_code_points,
        cut_utf16: cut::between_letters,
    };
    let string = this_string(vm, args, "toLowerCase")?;
    Ok(vm.convert_text(string, &LOWER, never)?.into())
}

fn to_upper(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const UPPER: Conversion<Infallible> = Conversion {
        latin1: |units| Ok(text::to_upper_latin1(units)),
        utf16: |units| Ok(text::to_upper_utf16(units).map(Text::Utf16)),
        cut_latin1: cut::between_code_points,
        cut_utf16: cut::between_code_points,
    };
    let string = this_string(vm, args, "toUpperCase")?;
    Ok(vm.convert_text(string, &UPPER, never)?.into())
}

/// How a text gets into a normalization form.
macro_rules! normalization {
    ($form:expr) => {
        Conversion {
            latin1: |units| Ok(text::normalize_latin1(units, $form).map(Text::Utf16)),
            utf16: |units| Ok(text::normalize_utf16(units, $form).map(Text::Utf16)),
            cut_latin1: cut::before_starter,
            cut_utf16: cut::before_starter,
        }
    };
}

fn normalize(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "normalize")?;
    let name = if args.at(0).is_undefined() {
        "NFC".to_owned()
    } else {
        let name = vm.to_string(args.at(0))?;
        vm.heap.units(&name).to_string_lossy()
    };
    let conversion = match Form::named(&name) {
        Some(Form::Nfc) => normalization!(Form::Nfc),
        Some(Form::Nfd) => normalization!(Form::Nfd),
        Some(Form::Nfkc) => normalization!(Form::Nfkc),
        Some(Form::Nfkd) => normalization!(Form::Nfkd),
        None => {
            let message = "The normalization form should be one of NFC, NFD, NFKC, NFKD.";
            return Err(vm.throw_range(message));
        }
    };
    Ok(vm.convert_text(string, &conversion, never)?.into())
}

fn to_well_formed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const WELL_FORMED: Conversion<Infallible> = Conversion {
        latin1: |_| Ok(None),
        utf16: |units| Ok(text::to_well_formed(units).map(Text::Utf16)),
        cut_latin1: cut::between_code_points,
        cut_utf16: cut::between_code_points,
    };
    let string = this_string(vm, args, "toWellFormed")?;
    if string.is_latin1() {
        return Ok(string.into());
    }
    Ok(vm.convert_text(string, &WELL_FORMED, never)?.into())
}
