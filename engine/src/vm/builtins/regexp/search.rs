//! `RegExp.prototype[Symbol.match]` and `[Symbol.search]`.

use std::sync::Arc;

use super::{advance, string_argument, this_object};
use crate::vm::{
    heap::{Obj, Str},
    machine::{Args, Completion, Vm},
    object::PropKey,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[("@@match", 1, match_), ("@@search", 1, search)],
    );
}

/// `RegExp.prototype[Symbol.match]`
fn match_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_object(vm, args, "@@match")?;
    let string = string_argument(vm, args)?;
    if vm.is_pristine_regexp(regexp)
        && let Some(data) = vm.regexp_data(regexp)
    {
        if !data.parsed.global {
            return vm.regexp_builtin_exec(regexp, string);
        }
        return match_all_pristine(vm, regexp, string);
    }
    let names = vm.names;
    let flags = vm.get_o(regexp, names.flags)?;
    let flags = vm.to_string(flags)?;
    let units = vm.heap.units(&flags);
    let has = |letter: u8| units.iter().any(|unit| unit == u16::from(letter));
    if !has(b'g') {
        return vm.regexp_exec(regexp, string);
    }
    let unicode = has(b'u') || has(b'v');
    vm.put(regexp, names.last_index, Value::ZERO, true)?;
    let matches = vm.new_array();
    vm.root(matches);
    loop {
        let mark = vm.root_mark();
        let found = vm.regexp_exec(regexp, string)?;
        let Some(result) = found.as_object() else {
            break;
        };
        vm.root(found);
        let text = vm.get_o(result, PropKey::index(0))?;
        let text = vm.to_string(text)?;
        vm.array_push(matches, text.into())?;
        if text.is_empty() {
            advance_last_index(vm, regexp, string, unicode)?;
        }
        vm.unroot_to(mark);
        vm.work(1)?;
    }
    Ok(if vm.array_length(matches) == 0 {
        Value::NULL
    } else {
        matches.into()
    })
}

fn advance_last_index(vm: &mut Vm, regexp: Obj, string: Str, unicode: bool) -> Completion<()> {
    let key = vm.names.last_index;
    let last_index = vm.get_o(regexp, key)?;
    let last_index = vm.to_length(last_index)?;
    let next = if last_index < string.len() as f64 {
        advance(vm, string, last_index as usize, unicode) as f64
    } else {
        last_index + 1.0
    };
    vm.put(regexp, key, Value::number(next), true)
}

/// Every match of a global regular expression that is as it was made.
fn match_all_pristine(vm: &mut Vm, regexp: Obj, string: Str) -> Completion {
    let Some(data) = vm.regexp_data(regexp) else {
        return Ok(Value::NULL);
    };
    let (program, unicode) = (Arc::clone(&data.program), data.parsed.is_unicode_mode());
    vm.set_last_index(regexp, 0)?;
    let matches = vm.new_array();
    vm.root(matches);
    let mut at = 0;
    while at <= string.len() && vm.run_regexp(&program, string, at)? {
        let (start, end) = vm.capture(0).unwrap_or((at, at));
        let text = vm.capture_value(string, 0);
        vm.array_push(matches, text)?;
        vm.note_match(regexp, string);
        at = if start == end {
            advance(vm, string, end, unicode)
        } else {
            end
        };
        if vm.heap.would_exceed(64) {
            return Err(vm.throw_range("Invalid array length"));
        }
    }
    Ok(if vm.array_length(matches) == 0 {
        Value::NULL
    } else {
        matches.into()
    })
}

/// `RegExp.prototype[Symbol.search]`
fn search(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_object(vm, args, "@@search")?;
    let string = string_argument(vm, args)?;
    if vm.has_builtin_exec(regexp)
        && let Some(data) = vm.regexp_data(regexp)
    {
        let program = Arc::clone(&data.program);
        if !vm.run_regexp(&program, string, 0)? {
            return Ok(Value::int(-1));
        }
        vm.note_match(regexp, string);
        return Ok(vm
            .capture(0)
            .map_or(Value::int(-1), |(start, _)| Value::from(start)));
    }
    let names = vm.names;
    let previous = vm.get_o(regexp, names.last_index)?;
    vm.root(previous);
    if !vm.heap.same_value(previous, Value::ZERO) {
        vm.put(regexp, names.last_index, Value::ZERO, true)?;
    }
    let found = vm.regexp_exec(regexp, string)?;
    vm.root(found);
    let current = vm.get_o(regexp, names.last_index)?;
    if !vm.heap.same_value(current, previous) {
        vm.put(regexp, names.last_index, previous, true)?;
    }
    match found.as_object() {
        Some(result) => vm.get_o(result, names.index),
        None => Ok(Value::int(-1)),
    }
}
