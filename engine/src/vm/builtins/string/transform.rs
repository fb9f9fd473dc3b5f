//! `String.prototype`: new strings from old ones.

use super::this_string;
use crate::vm::{
    heap::{Obj, Str, Units, str::MAX_LENGTH},
    machine::{Args, Completion, Vm},
    object::attr,
    text,
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
    let length = string.len() as f64;
    let start = vm.relative_index(args.at(0), length, 0.0)? as usize;
    let end = vm.relative_index(args.at(1), length, length)? as usize;
    Ok(part(vm, string, start, end))
}

/// The part from `start` to `end`; empty if they cross.
fn part(vm: &mut Vm, string: Str, start: usize, end: usize) -> Value {
    if start >= end {
        return vm.names.empty.value();
    }
    if end - start == 1 {
        return vm.char_at(string, start);
    }
    vm.heap.substring(string, start, end).into()
}

fn substring(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "substring")?;
    let start = super::search::clamp(vm, args.at(0), string)?;
    let end = if args.at(1).is_undefined() {
        string.len()
    } else {
        super::search::clamp(vm, args.at(1), string)?
    };
    Ok(part(vm, string, start.min(end), start.max(end)))
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
    Ok(part(vm, string, start as usize, end as usize))
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
    let padding = vm.heap.substring(padding, 0, missing);
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
    let (from, to) = match vm.heap.units(&string) {
        Units::Latin1(bytes) => bounds(bytes, start, end),
        Units::Utf16(units) => bounds(units, start, end),
    };
    Ok(part(vm, string, from, to))
}

fn bounds<U: text::CodeUnit>(units: &[U], start: bool, end: bool) -> (usize, usize) {
    let from = if start {
        units.len() - text::trim_start(units).len()
    } else {
        0
    };
    let to = if end {
        text::trim_end(units).len()
    } else {
        units.len()
    };
    (from, to)
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
    let string = this_string(vm, args, "toLowerCase")?;
    vm.work(string.len() / 64)?;
    vm.ensure_text_room(string, 2)?;
    Ok(match vm.heap.units(&string) {
        Units::Latin1(bytes) => match text::to_lower_latin1(bytes) {
            Some(lower) => vm.heap.str_latin1(&lower).into(),
            None => string.into(),
        },
        Units::Utf16(units) => match text::to_lower_utf16(units) {
            Some(lower) => vm.heap.str_utf16(&lower).into(),
            None => string.into(),
        },
    })
}

fn to_upper(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "toUpperCase")?;
    vm.work(string.len() / 64)?;
    vm.ensure_text_room(string, 4)?;
    Ok(match vm.heap.units(&string) {
        Units::Latin1(bytes) => match text::to_upper_latin1(bytes) {
            Some(text::Text::Latin1(upper)) => vm.heap.str_latin1(&upper).into(),
            Some(text::Text::Utf16(upper)) => vm.heap.str_utf16(&upper).into(),
            None => string.into(),
        },
        Units::Utf16(units) => match text::to_upper_utf16(units) {
            Some(upper) => vm.heap.str_utf16(&upper).into(),
            None => string.into(),
        },
    })
}

fn normalize(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "normalize")?;
    let name = if args.at(0).is_undefined() {
        "NFC".to_owned()
    } else {
        let name = vm.to_string(args.at(0))?;
        vm.heap.units(&name).to_string_lossy()
    };
    let Some(form) = text::Form::named(&name) else {
        return Err(vm.throw_range("The normalization form should be one of NFC, NFD, NFKC, NFKD."));
    };
    vm.work(string.len() / 16)?;
    vm.ensure_text_room(string, if string.is_latin1() { 8 } else { 6 })?;
    let normal = match vm.heap.units(&string) {
        Units::Latin1(bytes) => text::normalize_latin1(bytes, form),
        Units::Utf16(units) => text::normalize_utf16(units, form),
    };
    Ok(match normal {
        Some(normal)
            if vm
                .heap
                .would_exceed(normal.capacity() * 2 + normal.len() * 2) =>
        {
            return Err(vm.throw_out_of_memory());
        }
        Some(normal) => vm.heap.str_utf16(&normal).into(),
        None => string.into(),
    })
}

fn to_well_formed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "toWellFormed")?;
    vm.ensure_text_room(string, 2)?;
    let changed = match vm.heap.units(&string) {
        Units::Latin1(_) => None,
        Units::Utf16(units) => text::to_well_formed(units),
    };
    Ok(match changed {
        Some(units) => vm.heap.str_utf16(&units).into(),
        None => string.into(),
    })
}
