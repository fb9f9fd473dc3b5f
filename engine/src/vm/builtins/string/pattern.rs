//! `String.prototype`: the methods that hand over to a pattern's own method, and what they do with plain text.

use std::sync::Arc;

use super::{StringBuilder, replacing, search::is_regexp, text_units, this_string};
use crate::vm::{
    builtins::regexp,
    heap::{Obj, Str, Units},
    interpreter::{NativeFrame, Phase, Slot, Step},
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
            ("search", 1, search),
            ("split", 2, split),
        ],
    );
    vm.define_resumables(
        prototype,
        &[("replace", 2, replace), ("replaceAll", 2, replace_all)],
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

/// What a step of `replace` continues: the hole where the pattern's own method was called.
const MODE: Slot = Slot::new(7);

fn replace(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    replace_with(vm, frame, phase, "replace", false)
}

fn replace_all(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    replace_with(vm, frame, phase, "replaceAll", true)
}

fn replace_with(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    phase: Phase,
    name: &str,
    all: bool,
) -> Completion<Step> {
    if phase != Phase::Start {
        return if frame.get(MODE).is_hole() {
            Ok(Step::Return(frame.result()))
        } else {
            replacing::proceed(vm, frame)
        };
    }
    frame.set(MODE, Value::UNDEFINED);
    check_this(vm, &frame.args(), name)?;
    let (pattern, replacement) = (frame.arg(0), frame.arg(1));
    if pattern.is_object() {
        if all && is_regexp(vm, pattern)? {
            require_global(vm, pattern, "replaceAll")?;
        }
        let symbol = vm.symbols.replace;
        if let Some(method) = pattern_method(vm, pattern, symbol)? {
            let string = frame.this();
            if let Some(step) = regexp::replace_here(vm, frame, method, (pattern, string))? {
                return Ok(step);
            }
            frame.set(MODE, Value::HOLE);
            return Ok(frame.call(method, pattern, [string, replacement]));
        }
    }
    let string = this_string(vm, &frame.args(), name)?;
    vm.root(string);
    let needle = vm.to_string(pattern)?;
    vm.root(needle);
    if vm.is_callable(replacement) {
        let positions = positions(vm, string, needle, all)?;
        return replacing::begin(
            vm,
            frame,
            string,
            replacement,
            (positions, 2, Arc::default()),
        );
    }
    let template = vm.to_string(replacement)?;
    vm.root(template);
    let template_units = vm.heap.units(&template);
    let replacement = if template_units.iter().any(|unit| unit == u16::from(b'$')) {
        Replacement::Template(template)
    } else {
        Replacement::Text(template_units)
    };
    replace_matches(vm, string, needle, replacement, all).map(Step::Return)
}

/// Start and end of the first match, or of all without overlap.
fn positions(vm: &mut Vm, string: Str, needle: Str, all: bool) -> Completion<Vec<usize>> {
    let mut positions = Vec::new();
    let finder = text::Finder::new(text_units(vm.heap.units(&needle)));
    let units = vm.heap.units(&string);
    let mut from = 0;
    while let Some(at) = vm.find_next(&finder, units, from)? {
        if positions.len() == positions.capacity() && vm.heap.would_exceed(32 * positions.len()) {
            return Err(vm.throw_range("Invalid string length"));
        }
        positions.extend([at, at + needle.len()]);
        from = at + needle.len().max(1);
        if !all {
            break;
        }
    }
    Ok(positions)
}

/// What comes in place of a match.
enum Replacement<'a> {
    Text(Units<'a>),
    Template(Str),
}

/// Replaces the first match, or all without overlap. Everything is rooted by the caller.
fn replace_matches(
    vm: &mut Vm,
    string: Str,
    needle: Str,
    replacement: Replacement<'_>,
    all: bool,
) -> Completion {
    let needle_units = vm.heap.units(&needle);
    let units = vm.heap.units(&string);
    let finder = text::Finder::new(text_units(needle_units));
    let mut builder = StringBuilder::default();
    let (mut from, mut end) = (0, None);
    while let Some(at) = vm.find_next(&finder, units, from)? {
        builder.push_units(vm, units.slice(end.unwrap_or(0), at))?;
        match replacement {
            Replacement::Text(text) => builder.push_units(vm, text)?,
            Replacement::Template(template) => {
                let part =
                    vm.get_substitution(needle, string, at, &[], Value::UNDEFINED, template)?;
                builder.push_str(vm, part)?;
            }
        }
        end = Some(at + needle.len());
        from = at + needle.len().max(1);
        if !all {
            break;
        }
    }
    let Some(end) = end else {
        return Ok(string.into());
    };
    builder.push_units(vm, units.slice(end, units.len()))?;
    Ok(builder.complete(vm)?.into())
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
            vm.array_push(array, string.into())?;
        }
        return Ok(array.into());
    }
    if needle.is_empty() {
        split_units(vm, string, limit as usize, array)?;
        return Ok(array.into());
    }
    split_by(vm, string, needle, limit, array)?;
    Ok(array.into())
}

/// Every code unit as a string.
fn split_units(vm: &mut Vm, string: Str, limit: usize, array: Obj) -> Completion<()> {
    let units = vm.heap.units(&string);
    let count = units.len().min(limit);
    let mut parts = [Value::UNDEFINED; 64];
    let mut start = 0;
    while start < count {
        vm.check_memory(parts.len() * 16)?;
        vm.work(parts.len() / 2)?;
        let end = count.min(start + parts.len());
        for (part, unit) in parts.iter_mut().zip(units.slice(start, end).iter()) {
            *part = vm.unit_string(unit);
        }
        let parts = parts.get(..end - start).unwrap_or_default();
        vm.heap.extend_dense(array, parts);
        start = end;
    }
    array.set_internal(0, Value::from(count));
    Ok(())
}

/// Parts between two looks at the memory limit.
const PARTS: u32 = 16;

fn split_by(vm: &mut Vm, string: Str, needle: Str, limit: u32, array: Obj) -> Completion<()> {
    let needle_units = vm.heap.units(&needle);
    let units = vm.heap.units(&string);
    let finder = text::Finder::new(text_units(needle_units));
    let (mut start, mut n_parts) = (0, 0_u32);
    loop {
        if n_parts % PARTS == 0 {
            vm.check_memory(64 * PARTS as usize)?;
        }
        n_parts += 1;
        let at = vm.find_next(&finder, units, start)?;
        let end = at.unwrap_or(string.len());
        let part = match end - start {
            0 => vm.names.empty.value(),
            1 => vm.unit_string(units.get(start).unwrap_or(0)),
            _ => vm.substring(string, start, end)?.into(),
        };
        vm.array_push(array, part)?;
        if at.is_none() || n_parts == limit {
            return Ok(());
        }
        start = end + needle.len();
    }
}
