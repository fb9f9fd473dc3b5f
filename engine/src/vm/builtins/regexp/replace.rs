//! `RegExp.prototype[Symbol.replace]`.

use super::{
    RegExpData, advance,
    iterator::advance_if_empty,
    string_argument,
    substitution::{Piece, pieces, push_part},
    this_object,
};
use crate::vm::{
    builtins::string::StringBuilder,
    heap::{Obj, Str},
    machine::{Args, Completion, Vm},
    object::PropKey,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_method(prototype, "@@replace", 2, replace);
}

fn replace(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_object(vm, args, "@@replace")?;
    let string = string_argument(vm, args)?;
    let function = args.at(1);
    let functional = vm.is_callable(function);
    let template = if functional {
        string
    } else {
        vm.to_string(function)?
    };
    vm.root(template);
    // `lastIndex` that is no integer would be converted, which may run code.
    if regexp.kind() == crate::vm::heap::Kind::RegExp
        && regexp.slot(0).is_int()
        && vm.is_pristine_regexp(regexp)
        && let Some(data) = vm.regexp_data(regexp)
    {
        let data = data.clone();
        return if functional {
            replace_by_function(vm, regexp, &data, string, function)
        } else {
            replace_by_template(vm, regexp, &data, string, template)
        };
    }
    let results = collect_results(vm, regexp, string)?;
    let mut builder = StringBuilder::default();
    let mut next_source_position = 0;
    for index in 0..vm.array_length(results) {
        let mark = vm.root_mark();
        let Some(result) = results.dense(index).as_object() else {
            break;
        };
        let (position, matched_len, replacement) =
            replacement(vm, result, string, function, functional, template)?;
        if position >= next_source_position {
            push_part(vm, &mut builder, string, next_source_position, position)?;
            builder.push_str(vm, replacement)?;
            next_source_position = position + matched_len;
        }
        vm.unroot_to(mark);
    }
    if next_source_position >= string.len() {
        return Ok(builder.finish(vm).into());
    }
    push_part(vm, &mut builder, string, next_source_position, string.len())?;
    Ok(builder.finish(vm).into())
}

/// Every result of `exec`, in an array that is rooted.
fn collect_results(vm: &mut Vm, regexp: Obj, string: Str) -> Completion<Obj> {
    let names = vm.names;
    let flags = vm.get_o(regexp, names.flags)?;
    let flags = vm.to_string(flags)?;
    let units = vm.heap.units(&flags);
    let has = |letter: u8| units.iter().any(|unit| unit == u16::from(letter));
    let (global, unicode) = (has(b'g'), has(b'u') || has(b'v'));
    if global {
        vm.put(regexp, names.last_index, Value::ZERO, true)?;
    }
    let results = vm.new_array();
    vm.root(results);
    loop {
        let found = vm.regexp_exec(regexp, string)?;
        let Some(result) = found.as_object() else {
            return Ok(results);
        };
        vm.array_push(results, found);
        if !global {
            return Ok(results);
        }
        advance_if_empty(vm, regexp, string, result, unicode)?;
        vm.work(1)?;
    }
}

/// Where a result lies, how long its match is and what replaces it.
fn replacement(
    vm: &mut Vm,
    result: Obj,
    string: Str,
    function: Value,
    functional: bool,
    template: Str,
) -> Completion<(usize, usize, Str)> {
    let names = vm.names;
    let count = (vm.length_of(result)? - 1.0).max(0.0);
    let matched = vm.get_o(result, PropKey::index(0))?;
    let matched = vm.to_string(matched)?;
    vm.root(matched);
    let position = vm.get_o(result, names.index)?;
    let position = vm.to_integer(position)?.clamp(0.0, string.len() as f64) as usize;
    let mut captures = Vec::new();
    let mut group = 1.0;
    while group <= count {
        let key = vm.key_of_number(group);
        let mut capture = vm.get_o(result, key)?;
        if !capture.is_undefined() {
            capture = vm.to_string(capture)?.into();
        }
        captures.push(vm.root(capture));
        vm.work(1)?;
        group += 1.0;
    }
    let named = vm.get_o(result, names.groups)?;
    vm.root(named);
    if functional {
        let mut list = vec![Value::from(matched)];
        list.append(&mut captures);
        list.push(Value::from(position));
        list.push(string.into());
        if !named.is_undefined() {
            list.push(named);
        }
        let replaced = vm.call(function, Value::UNDEFINED, &list)?;
        let replaced = vm.to_string(replaced)?;
        return Ok((position, matched.len(), replaced));
    }
    let named = if named.is_undefined() {
        named
    } else {
        vm.to_object(named)?.into()
    };
    vm.root(named);
    let replaced = vm.get_substitution(matched, string, position, &captures, named, template)?;
    Ok((position, matched.len(), replaced))
}

/// Goes through the matches of a pristine regular expression, which are one or all; `each` gets start and end.
fn for_each_match(
    vm: &mut Vm,
    regexp: Obj,
    data: &RegExpData,
    string: Str,
    mut each: impl FnMut(&mut Vm, usize, usize) -> Completion<()>,
) -> Completion<()> {
    if !data.parsed.global {
        if vm.regexp_match(regexp, string)? {
            let (start, end) = vm.capture(0).unwrap_or((0, 0));
            each(vm, start, end)?;
        }
        return Ok(());
    }
    let unicode = data.parsed.is_unicode_mode();
    vm.set_last_index(regexp, 0)?;
    let mut at = 0;
    while at <= string.len() && vm.run_regexp(&data.program, string, at)? {
        let (start, end) = vm.capture(0).unwrap_or((at, at));
        vm.note_match(regexp, string);
        each(vm, start, end)?;
        at = if start == end {
            advance(vm, string, end, unicode)
        } else {
            end
        };
    }
    Ok(())
}

fn replace_by_template(
    vm: &mut Vm,
    regexp: Obj,
    data: &RegExpData,
    string: Str,
    template: Str,
) -> Completion {
    let units = vm.heap.units(&template);
    let pieces = pieces(
        units,
        data.program.capture_count().saturating_sub(1),
        !data.names.is_empty(),
    );
    let mut builder = StringBuilder::default();
    let mut end_of_last = None;
    for_each_match(vm, regexp, data, string, |vm, start, end| {
        push_part(vm, &mut builder, string, end_of_last.unwrap_or(0), start)?;
        end_of_last = Some(end);
        for &piece in &pieces {
            let (source, from, to) = match piece {
                Piece::Text(from, to) => (template, from, to),
                Piece::Match => (string, start, end),
                Piece::Before => (string, 0, start),
                Piece::After => (string, end, string.len()),
                Piece::Group(group) => {
                    let (from, to) = vm.capture(group).unwrap_or((0, 0));
                    (string, from, to)
                }
                Piece::Named(from, to) => {
                    let (from, to) = named_capture(vm, data, template, from, to);
                    (string, from, to)
                }
            };
            push_part(vm, &mut builder, source, from, to)?;
        }
        Ok(())
    })?;
    let Some(end) = end_of_last else {
        return Ok(string.into());
    };
    push_part(vm, &mut builder, string, end, string.len())?;
    Ok(builder.finish(vm).into())
}

/// The positions of the group whose name stands in the template.
fn named_capture(
    vm: &mut Vm,
    data: &RegExpData,
    template: Str,
    from: usize,
    to: usize,
) -> (usize, usize) {
    let name = vm.heap.substring(template, from, to);
    let key = vm.heap.key_of_str(name);
    let groups = data
        .names
        .iter()
        .find(|(name, _)| *name == key)
        .map(|(_, groups)| groups);
    groups
        .into_iter()
        .flatten()
        .find_map(|&group| vm.capture(group as usize))
        .unwrap_or((0, 0))
}

fn replace_by_function(
    vm: &mut Vm,
    regexp: Obj,
    data: &RegExpData,
    string: Str,
    function: Value,
) -> Completion {
    // All matches are found before the function sees the first.
    let mut positions: Vec<usize> = Vec::new();
    for_each_match(vm, regexp, data, string, |vm, _, _| {
        let added = vm.regexp.captures.len();
        if positions.capacity() < positions.len() + added
            && vm.heap.would_exceed(16 * (positions.len() + added))
        {
            return Err(vm.throw_range("Invalid string length"));
        }
        positions.extend_from_slice(&vm.regexp.captures);
        Ok(())
    })?;
    let width = 2 * data.program.capture_count();
    if positions.is_empty() || width == 0 {
        return Ok(string.into());
    }
    let mut builder = StringBuilder::default();
    let mut end_of_last = 0;
    let mut list = Vec::with_capacity(width / 2 + 3);
    for found in positions.chunks_exact(width) {
        let (start, end) = (
            found.first().copied().unwrap_or(0),
            found.get(1).copied().unwrap_or(0),
        );
        push_part(vm, &mut builder, string, end_of_last, start)?;
        list.clear();
        vm.regexp.captures.clear();
        vm.regexp.captures.extend_from_slice(found);
        for group in 0..width / 2 {
            let value = vm.capture_value(string, group);
            list.push(value);
        }
        let groups = if data.names.is_empty() {
            Value::UNDEFINED
        } else {
            let values = vm.new_array_from(&list);
            vm.groups_object(&data.names, values).into()
        };
        list.push(Value::from(start));
        list.push(string.into());
        if !groups.is_undefined() {
            list.push(groups);
        }
        let replaced = vm.call(function, Value::UNDEFINED, &list)?;
        let replaced = vm.to_string(replaced)?;
        builder.push_str(vm, replaced)?;
        end_of_last = end;
    }
    push_part(vm, &mut builder, string, end_of_last, string.len())?;
    Ok(builder.finish(vm).into())
}
