//! `String.prototype`: the methods that hand over to a pattern's own method, and what they do with plain text.

use super::{StringBuilder, search::is_regexp, text_units, this_string};
use crate::vm::{
    heap::{Obj, Str},
    machine::{Args, Completion, Vm},
    object::PropKey,
    text,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("match", 1, match_),
            ("matchAll", 1, match_all),
            ("replace", 2, replace),
            ("replaceAll", 2, replace_all),
            ("search", 1, search),
            ("split", 2, split),
        ],
    );
}

fn check_this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<()> {
    if args.this.is_nullish() {
        return Err(vm.throw_type(format!(
            "String.prototype.{method} called on null or undefined"
        )));
    }
    Ok(())
}

/// The pattern's method under a well-known symbol, if the pattern is an object that has one.
fn pattern_method(
    vm: &mut Vm,
    pattern: Value,
    symbol: crate::vm::heap::Sym,
) -> Completion<Option<Value>> {
    if !pattern.is_object() {
        return Ok(None);
    }
    let method = vm.get_method(pattern, PropKey::symbol(symbol))?;
    Ok((!method.is_undefined()).then_some(method))
}

fn match_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    by_regexp(vm, args, "match", vm.symbols.match_, "")
}

fn search(vm: &mut Vm, args: &Args<'_>) -> Completion {
    by_regexp(vm, args, "search", vm.symbols.search, "")
}

fn match_all(vm: &mut Vm, args: &Args<'_>) -> Completion {
    check_this(vm, args, "matchAll")?;
    if args.at(0).is_object() && is_regexp(vm, args.at(0))? {
        require_global(vm, args.at(0), "matchAll")?;
    }
    by_regexp(vm, args, "matchAll", vm.symbols.match_all, "g")
}

/// The flags of a regular expression must hold `g`.
fn require_global(vm: &mut Vm, pattern: Value, method: &str) -> Completion<()> {
    let key = vm.names.flags;
    let flags = vm.get_v(pattern, key)?;
    if flags.is_nullish() {
        return Err(vm.throw_type(format!(
            "String.prototype.{method} called with a non-global RegExp argument"
        )));
    }
    let flags = vm.to_string(flags)?;
    if !vm
        .heap
        .units(&flags)
        .iter()
        .any(|unit| unit == u16::from(b'g'))
    {
        return Err(vm.throw_type(format!(
            "String.prototype.{method} called with a non-global RegExp argument"
        )));
    }
    Ok(())
}

/// Hands over to the pattern's method, or makes a regular expression of the pattern first.
fn by_regexp(
    vm: &mut Vm,
    args: &Args<'_>,
    name: &str,
    symbol: crate::vm::heap::Sym,
    flags: &str,
) -> Completion {
    check_this(vm, args, name)?;
    let pattern = args.at(0);
    if let Some(method) = pattern_method(vm, pattern, symbol)? {
        return vm.call(method, pattern, &[args.this]);
    }
    let string = this_string(vm, args, name)?;
    vm.root(string);
    let source = if pattern.is_undefined() {
        vm.str("")
    } else {
        vm.to_string(pattern)?
    };
    vm.root(source);
    let flags = vm.str(flags);
    let regexp = vm.new_regexp(source, flags)?;
    vm.root(regexp);
    vm.invoke(regexp.into(), PropKey::symbol(symbol), &[string.into()])
}

fn replace(vm: &mut Vm, args: &Args<'_>) -> Completion {
    replace_with(vm, args, "replace", false)
}

fn replace_all(vm: &mut Vm, args: &Args<'_>) -> Completion {
    replace_with(vm, args, "replaceAll", true)
}

fn replace_with(vm: &mut Vm, args: &Args<'_>, name: &str, all: bool) -> Completion {
    check_this(vm, args, name)?;
    let (pattern, replacement) = (args.at(0), args.at(1));
    if pattern.is_object() {
        if all && is_regexp(vm, pattern)? {
            require_global(vm, pattern, "replaceAll")?;
        }
        let symbol = vm.symbols.replace;
        if let Some(method) = pattern_method(vm, pattern, symbol)? {
            return vm.call(method, pattern, &[args.this, replacement]);
        }
    }
    let string = this_string(vm, args, name)?;
    let needle = vm.to_string(pattern)?;
    vm.root(needle);
    let functional = vm.is_callable(replacement);
    let template = if functional {
        vm.str("")
    } else {
        vm.to_string(replacement)?
    };
    vm.root(template);
    let positions = positions(vm, string, needle, all)?;
    if positions.is_empty() {
        return Ok(string.into());
    }
    let mut builder = StringBuilder::default();
    let mut end = 0;
    for position in positions {
        let part = if functional {
            let result = vm.call(
                replacement,
                Value::UNDEFINED,
                &[needle.into(), Value::from(position), string.into()],
            )?;
            vm.to_string(result)?
        } else {
            vm.get_substitution(needle, string, position, &[], Value::UNDEFINED, template)?
        };
        let before = vm.heap.substring(string, end, position);
        builder.push_str(vm, before)?;
        builder.push_str(vm, part)?;
        end = position + needle.len();
    }
    let rest = vm.heap.substring(string, end, string.len());
    builder.push_str(vm, rest)?;
    Ok(builder.finish(vm).into())
}

/// Where the text occurs: once, or everywhere without overlap.
fn positions(vm: &mut Vm, string: Str, needle: Str, all: bool) -> Completion<Vec<usize>> {
    let _ = vm.heap.units(&needle);
    let _ = vm.heap.units(&string);
    let advance = needle.len().max(1);
    let mut found = Vec::new();
    let mut from = 0;
    while from <= string.len() {
        vm.work(1)?;
        let at = text::index_of(
            text_units(string.flat_units()),
            text_units(needle.flat_units()),
            from,
        );
        let Some(at) = at else { break };
        found.push(at);
        if !all {
            break;
        }
        from = at + advance;
    }
    Ok(found)
}

fn split(vm: &mut Vm, args: &Args<'_>) -> Completion {
    check_this(vm, args, "split")?;
    let (separator, limit) = (args.at(0), args.at(1));
    let symbol = vm.symbols.split;
    if let Some(method) = pattern_method(vm, separator, symbol)? {
        return vm.call(method, separator, &[args.this, limit]);
    }
    let string = this_string(vm, args, "split")?;
    vm.root(string);
    let limit = if limit.is_undefined() {
        u32::MAX
    } else {
        vm.to_uint32(limit)?
    };
    let needle = vm.to_string(separator)?;
    vm.root(needle);
    let array = vm.new_array();
    vm.root(array);
    if limit == 0 {
        return Ok(array.into());
    }
    if separator.is_undefined() || string.is_empty() {
        if separator.is_undefined() || !needle.is_empty() {
            vm.array_push(array, string.into());
        }
        return Ok(array.into());
    }
    if needle.is_empty() {
        for index in 0..string.len().min(limit as usize) {
            vm.work(1)?;
            let unit = vm.char_at(string, index);
            vm.array_push(array, unit);
        }
        return Ok(array.into());
    }
    split_by(vm, string, needle, limit, array)?;
    Ok(array.into())
}

fn split_by(vm: &mut Vm, string: Str, needle: Str, limit: u32, array: Obj) -> Completion<()> {
    let _ = vm.heap.units(&needle);
    let _ = vm.heap.units(&string);
    let mut start = 0;
    loop {
        vm.work(1)?;
        let at = text::index_of(
            text_units(string.flat_units()),
            text_units(needle.flat_units()),
            start,
        );
        let end = at.unwrap_or(string.len());
        let part = match end - start {
            0 => vm.names.empty.value(),
            1 => vm.char_at(string, start),
            _ => vm.heap.substring(string, start, end).into(),
        };
        vm.array_push(array, part);
        if at.is_none() || vm.array_length(array) == limit {
            return Ok(());
        }
        start = end + needle.len();
    }
}
