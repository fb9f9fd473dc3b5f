//! `String.prototype`: looking for text and at characters.

use super::{code_point_at, text_units, this_string};
use crate::vm::{
    heap::{Kind, Obj, Str},
    machine::{Args, Completion, Vm},
    object::PropKey,
    text,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("at", 1, at),
            ("charAt", 1, char_at),
            ("charCodeAt", 1, char_code_at),
            ("codePointAt", 1, code_point),
            ("concat", 1, concat),
            ("endsWith", 1, ends_with),
            ("includes", 1, includes),
            ("indexOf", 1, index_of),
            ("isWellFormed", 0, is_well_formed),
            ("lastIndexOf", 1, last_index_of),
            ("localeCompare", 1, locale_compare),
            ("startsWith", 1, starts_with),
        ],
    );
}

fn at(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "at")?;
    let index = vm.to_integer(args.at(0))?;
    let index = if index < 0.0 {
        string.len() as f64 + index
    } else {
        index
    };
    if index < 0.0 || index >= string.len() as f64 {
        return Ok(Value::UNDEFINED);
    }
    Ok(vm.char_at(string, index as usize))
}

/// The index that an argument names, if it lies in the string.
fn position(vm: &mut Vm, string: Str, value: Value) -> Completion<Option<usize>> {
    let index = vm.to_integer(value)?;
    Ok((0.0..string.len() as f64)
        .contains(&index)
        .then_some(index as usize))
}

fn char_at(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "charAt")?;
    Ok(match position(vm, string, args.at(0))? {
        Some(index) => vm.char_at(string, index),
        None => vm.names.empty.value(),
    })
}

fn char_code_at(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "charCodeAt")?;
    Ok(match position(vm, string, args.at(0))? {
        Some(index) => Value::int(i32::from(vm.heap.units(&string).get(index).unwrap_or(0))),
        None => Value::NAN,
    })
}

fn code_point(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "codePointAt")?;
    let Some(index) = position(vm, string, args.at(0))? else {
        return Ok(Value::UNDEFINED);
    };
    let units = vm.heap.units(&string);
    Ok(code_point_at(units, index).map_or(Value::UNDEFINED, |(code, _)| Value::from(code)))
}

fn concat(vm: &mut Vm, args: &Args<'_>) -> Completion {
    // FAST PATH: what is only appended to stays a rope.
    let mut string = match args.this.as_string() {
        Some(string) => string,
        None => this_string(vm, args, "concat")?,
    };
    for &value in args.values {
        let next = match value.as_string() {
            Some(next) => next,
            None => vm.to_string(value)?,
        };
        vm.before_append(string, next.len())?;
        string = match vm.heap.concat(string, next) {
            Some(string) => vm.root(string),
            None => return Err(vm.throw_range("Invalid string length")),
        };
    }
    Ok(string.into())
}

/// The text to look for; a regular expression is refused.
#[inline]
fn needle(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Str> {
    // FAST PATH: a string, which the arguments keep alive.
    if let Some(needle) = args.at(0).as_string() {
        vm.flatten_long(needle.into())?;
        return Ok(needle);
    }
    needle_of_other(vm, args, method)
}

#[inline(never)]
fn needle_of_other(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Str> {
    if is_regexp(vm, args.at(0))? {
        return Err(vm.throw_type(format!(
            "First argument to String.prototype.{method} must not be a regular expression"
        )));
    }
    let needle = vm.to_string(args.at(0))?;
    Ok(vm.root(needle))
}

/// `IsRegExp`
pub(in crate::vm::builtins) fn is_regexp(vm: &mut Vm, value: Value) -> Completion<bool> {
    let Some(object) = value.as_object() else {
        return Ok(false);
    };
    let key = PropKey::symbol(vm.symbols.match_);
    let matcher = vm.get_o(object, key)?;
    if !matcher.is_undefined() {
        return Ok(vm.to_boolean(matcher));
    }
    Ok(object.kind() == Kind::RegExp)
}

fn find(vm: &mut Vm, string: Str, needle: Str, from: usize) -> Completion<Option<usize>> {
    let haystack = vm.heap.units(&string);
    let needle = vm.heap.units(&needle);
    vm.index_of_units(haystack, needle, from)
}

fn includes(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "includes")?;
    let needle = needle(vm, args, "includes")?;
    let from = clamp(vm, args.at(1), string)?;
    Ok(Value::bool(find(vm, string, needle, from)?.is_some()))
}

/// A position argument, clamped to the string.
#[inline]
pub(super) fn clamp(vm: &mut Vm, value: Value, string: Str) -> Completion<usize> {
    if let Some(int) = value.as_int() {
        return Ok((int.max(0) as usize).min(string.len()));
    }
    // FAST PATH: `ToInteger` of undefined.
    if value.is_undefined() {
        return Ok(0);
    }
    Ok(vm.to_integer(value)?.clamp(0.0, string.len() as f64) as usize)
}

fn index_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "indexOf")?;
    let needle = vm.to_string(args.at(0))?;
    vm.root(needle);
    let from = clamp(vm, args.at(1), string)?;
    Ok(found(find(vm, string, needle, from)?))
}

fn found(index: Option<usize>) -> Value {
    index.map_or(Value::int(-1), Value::from)
}

fn last_index_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "lastIndexOf")?;
    let needle = vm.to_string(args.at(0))?;
    vm.root(needle);
    let from = vm.to_number(args.at(1))?;
    let from = if from.is_nan() { f64::INFINITY } else { from };
    let from = from.clamp(0.0, string.len() as f64) as usize;
    let haystack = vm.heap.units(&string);
    let needle = vm.heap.units(&needle);
    Ok(found(vm.last_index_of_units(haystack, needle, from)?))
}

fn starts_with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "startsWith")?;
    let needle = needle(vm, args, "startsWith")?;
    let start = clamp(vm, args.at(1), string)?;
    Ok(Value::bool(matches_at(vm, string, needle, start)?))
}

fn ends_with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "endsWith")?;
    let needle = needle(vm, args, "endsWith")?;
    let end = if args.at(1).is_undefined() {
        string.len()
    } else {
        clamp(vm, args.at(1), string)?
    };
    let start = end.checked_sub(needle.len());
    Ok(Value::bool(match start {
        Some(start) => matches_at(vm, string, needle, start)?,
        None => false,
    }))
}

#[inline(always)]
fn matches_at(vm: &mut Vm, string: Str, needle: Str, start: usize) -> Completion<bool> {
    let end = start + needle.len();
    if end > string.len() {
        return Ok(false);
    }
    let units = vm.heap.units(&string).slice(start, end);
    let needle = vm.heap.units(&needle);
    vm.units_equal(units, needle)
}

fn is_well_formed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "isWellFormed")?;
    Ok(Value::bool(vm.is_well_formed(string)?))
}

fn locale_compare(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "localeCompare")?;
    let other = vm.to_string(args.at(0))?;
    #[cfg(feature = "intl")]
    return super::super::intl::locale_compare(vm, string, other, args.at(1), args.at(2));
    #[cfg(not(feature = "intl"))]
    {
        vm.flatten_long(other.into())?;
        let (units, other) = (vm.heap.units(&string), vm.heap.units(&other));
        // FAST PATH: the same text.
        if vm.units_equal(units, other)? {
            return Ok(Value::ZERO);
        }
        let mut poll = |count| vm.work(count / 4);
        let (left, right) = (text_units(units), text_units(other));
        let order = text::locale_compare_while(left, right, &mut poll)?;
        Ok(Value::int(order as i32))
    }
}
