//! `RegExp.prototype[Symbol.split]`.

use super::{advance, string_argument, this_object};
use crate::vm::{
    builtins::string::StringBuilder,
    heap::{Obj, Str},
    machine::{Args, Completion, Vm},
    object::{Own, PropKey},
    realm::Intrinsic,
    regexp::Flags,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_method(prototype, "@@split", 2, split);
}

fn split(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_object(vm, args, "@@split")?;
    let string = string_argument(vm, args)?;
    let limit = args.at(1);
    if (limit.is_undefined() || limit.is_int())
        && vm.is_pristine_regexp(regexp)
        && has_builtin_species(vm)
    {
        let limit = limit.as_int().map_or(u32::MAX, |limit| limit as u32);
        return split_pristine(vm, regexp, string, limit);
    }
    let names = vm.names;
    let constructor = vm.species_constructor(regexp)?;
    vm.root(constructor);
    let flags = vm.get_o(regexp, names.flags)?;
    let mut flags = vm.to_string(flags)?;
    vm.root(flags);
    let units = vm.heap.units(&flags);
    let has = |letter: u8| units.iter().any(|unit| unit == u16::from(letter));
    let unicode = has(b'u') || has(b'v');
    if !has(b'y') {
        let mut builder = StringBuilder::default();
        builder.push_str(vm, flags)?;
        builder.push_latin1(b"y");
        flags = builder.finish(vm);
        vm.root(flags);
    }
    let constructor = constructor
        .as_object()
        .unwrap_or_else(|| vm.intrinsic(Intrinsic::RegExp));
    let splitter =
        Value::from(vm.construct(constructor, &[regexp.into(), flags.into()], constructor)?);
    vm.root(splitter);
    let Some(splitter) = splitter.as_object() else {
        return Err(vm.throw_type("object.constructor[Symbol.species] is not a constructor"));
    };
    let parts = vm.new_array();
    vm.root(parts);
    let limit = if limit.is_undefined() {
        u32::MAX
    } else {
        vm.to_uint32(limit)?
    };
    if limit == 0 {
        return Ok(parts.into());
    }
    if string.is_empty() {
        if vm.regexp_exec(splitter, string)?.is_null() {
            vm.array_push(parts, string.into())?;
        }
        return Ok(parts.into());
    }
    split_by(vm, splitter, string, limit, unicode, parts)
}

/// The loop of the clause: asks `splitter`, which is sticky, at every place.
fn split_by(
    vm: &mut Vm,
    splitter: Obj,
    string: Str,
    limit: u32,
    unicode: bool,
    parts: Obj,
) -> Completion {
    let names = vm.names;
    let size = string.len();
    let (mut start, mut at) = (0, 0);
    while at < size {
        let mark = vm.root_mark();
        vm.work(1)?;
        vm.put(splitter, names.last_index, Value::from(at), true)?;
        let found = vm.regexp_exec(splitter, string)?;
        let Some(result) = found.as_object() else {
            at = advance(vm, string, at, unicode);
            continue;
        };
        vm.root(found);
        let end = vm.get_o(splitter, names.last_index)?;
        let end = vm.to_length(end)?.min(size as f64) as usize;
        if end == start {
            at = advance(vm, string, at, unicode);
            vm.unroot_to(mark);
            continue;
        }
        let part = vm.heap.substring(string, start.min(at), at);
        vm.array_push(parts, part.into())?;
        if vm.array_length(parts) == limit {
            return Ok(parts.into());
        }
        start = end;
        let count = (vm.length_of(result)? - 1.0).max(0.0);
        let mut group = 1.0;
        while group <= count {
            let key = vm.key_of_number(group);
            let value = vm.get_o(result, key)?;
            vm.array_push(parts, value)?;
            if vm.array_length(parts) == limit {
                return Ok(parts.into());
            }
            vm.work(1)?;
            group += 1.0;
        }
        at = start;
        vm.unroot_to(mark);
    }
    let part = vm.heap.substring(string, start.min(size), size);
    vm.array_push(parts, part.into())?;
    Ok(parts.into())
}

/// Is `RegExp[Symbol.species]` the built-in getter? It gives `RegExp` then.
fn has_builtin_species(vm: &mut Vm) -> bool {
    let constructor = vm.intrinsic(Intrinsic::RegExp);
    let key = PropKey::symbol(vm.symbols.species);
    let Own::Accessor(getter, ..) = vm.ordinary_own_property(constructor, key) else {
        return false;
    };
    vm.is_builtin_species(getter)
}

/// As the clause, for a regular expression that is as it was made: looks for the next match instead of asking everywhere.
fn split_pristine(vm: &mut Vm, regexp: Obj, string: Str, limit: u32) -> Completion {
    let Some(data) = vm.regexp_data(regexp) else {
        return Ok(Value::UNDEFINED);
    };
    let (source, flags) = (data.source, data.parsed);
    let mut program = std::sync::Arc::clone(&data.program);
    if flags.sticky {
        program = vm.compile_regexp(
            source,
            Flags {
                sticky: false,
                ..flags
            },
        )?;
    }
    let unicode = flags.is_unicode_mode();
    let parts = vm.new_array();
    vm.root(parts);
    if limit == 0 {
        return Ok(parts.into());
    }
    let size = string.len();
    if size == 0 {
        if vm.run_regexp(&program, string, 0)? {
            vm.note_match(regexp, string);
        } else {
            vm.array_push(parts, string.into())?;
        }
        return Ok(parts.into());
    }
    let (mut start, mut at) = (0, 0);
    while at < size && vm.run_regexp(&program, string, at)? {
        let (index, end) = vm.capture(0).unwrap_or((size, size));
        if index >= size {
            break;
        }
        vm.note_match(regexp, string);
        if end == start {
            at = advance(vm, string, index, unicode);
            continue;
        }
        if vm.heap.would_exceed(64) {
            return Err(vm.throw_range("Invalid array length"));
        }
        let part = vm.heap.substring(string, start, index.max(start));
        vm.array_push(parts, part.into())?;
        if vm.array_length(parts) == limit {
            return Ok(parts.into());
        }
        for group in 1..program.capture_count() {
            let value = vm.capture_value(string, group);
            vm.array_push(parts, value)?;
            if vm.array_length(parts) == limit {
                return Ok(parts.into());
            }
        }
        start = end;
        at = if end == index {
            advance(vm, string, end, unicode)
        } else {
            end
        };
    }
    let part = vm.heap.substring(string, start, size);
    vm.array_push(parts, part.into())?;
    Ok(parts.into())
}
