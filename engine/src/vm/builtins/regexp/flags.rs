//! `source`, `flags` and the getter of each flag.

use crate::vm::{
    builtins::string::StringBuilder,
    heap::{Obj, Units},
    machine::{Args, Completion, NativeFn, Vm},
    realm::Intrinsic,
    regexp::Flags,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    let getters: [(&str, NativeFn); 10] = [
        ("dotAll", |vm, args| {
            flag(vm, args, "dotAll", |flags| flags.dot_all)
        }),
        ("flags", flags),
        ("global", |vm, args| {
            flag(vm, args, "global", |flags| flags.global)
        }),
        ("hasIndices", |vm, args| {
            flag(vm, args, "hasIndices", |flags| flags.has_indices)
        }),
        ("ignoreCase", |vm, args| {
            flag(vm, args, "ignoreCase", |flags| flags.ignore_case)
        }),
        ("multiline", |vm, args| {
            flag(vm, args, "multiline", |flags| flags.multiline)
        }),
        ("source", source),
        ("sticky", |vm, args| {
            flag(vm, args, "sticky", |flags| flags.sticky)
        }),
        ("unicode", |vm, args| {
            flag(vm, args, "unicode", |flags| flags.unicode)
        }),
        ("unicodeSets", |vm, args| {
            flag(vm, args, "unicodeSets", |flags| flags.unicode_sets)
        }),
    ];
    for (name, getter) in getters {
        vm.define_getter(prototype, name, getter);
    }
}

/// `RegExpHasFlag`
fn flag(vm: &mut Vm, args: &Args<'_>, name: &str, read: fn(&Flags) -> bool) -> Completion {
    let Some(object) = args.this.as_object() else {
        return Err(not_regexp(vm, args.this, name));
    };
    if let Some(data) = vm.regexp_data(object) {
        return Ok(Value::bool(read(&data.parsed)));
    }
    if object == vm.intrinsic(Intrinsic::RegExpPrototype) {
        return Ok(Value::UNDEFINED);
    }
    Err(not_regexp(vm, args.this, name))
}

fn not_regexp(vm: &mut Vm, this: Value, name: &str) -> crate::vm::Throw {
    let _ = this;
    vm.throw_type(format!(
        "RegExp.prototype.{name} getter called on non-RegExp object"
    ))
}

/// `get RegExp.prototype.flags`
fn flags(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(object) = args.this.as_object() else {
        let text = vm.display(args.this);
        return Err(vm.throw_type(format!(
            "RegExp.prototype.flags getter called on non-object {text}"
        )));
    };
    if vm.is_pristine_regexp(object)
        && let Some(data) = vm.regexp_data(object)
    {
        let text: Vec<u8> = letters(&data.parsed)
            .into_iter()
            .filter(|&(_, on)| on)
            .map(|(letter, _)| letter)
            .collect();
        return Ok(vm.heap.str_latin1(&text).into());
    }
    let names = vm.names;
    let keys = [
        (b'd', names.has_indices),
        (b'g', names.global),
        (b'i', names.ignore_case),
        (b'm', names.multiline),
        (b's', names.dot_all),
        (b'u', names.unicode),
        (b'v', names.unicode_sets),
        (b'y', names.sticky),
    ];
    let mut text = Vec::new();
    for (letter, key) in keys {
        let value = vm.get_o(object, key)?;
        if vm.to_boolean(value) {
            text.push(letter);
        }
    }
    Ok(vm.heap.str_latin1(&text).into())
}

/// Each flag's letter, in the order of `flags`, and whether it is set.
pub(super) fn letters(flags: &Flags) -> [(u8, bool); 8] {
    [
        (b'd', flags.has_indices),
        (b'g', flags.global),
        (b'i', flags.ignore_case),
        (b'm', flags.multiline),
        (b's', flags.dot_all),
        (b'u', flags.unicode),
        (b'v', flags.unicode_sets),
        (b'y', flags.sticky),
    ]
}

/// `get RegExp.prototype.source`
fn source(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(object) = args.this.as_object() else {
        return Err(not_regexp(vm, args.this, "source"));
    };
    let Some(data) = vm.regexp_data(object) else {
        if object == vm.intrinsic(Intrinsic::RegExpPrototype) {
            return Ok(vm.str("(?:)").into());
        }
        return Err(not_regexp(vm, args.this, "source"));
    };
    let source = data.source;
    if source.is_empty() {
        return Ok(vm.str("(?:)").into());
    }
    let units = vm.heap.units(&source);
    if !needs_escape(units) {
        return Ok(source.into());
    }
    Ok(escape_pattern(units).complete(vm)?.into())
}

fn needs_escape(units: Units<'_>) -> bool {
    units
        .iter()
        .any(|unit| matches!(unit, 0x2F | 0x0A | 0x0D | 0x2028 | 0x2029))
}

/// `EscapeRegExpPattern`
fn escape_pattern(units: Units<'_>) -> StringBuilder {
    let mut builder = StringBuilder::default();
    let (mut in_class, mut escaped) = (false, false);
    for unit in units.iter() {
        let terminator: Option<&[u8]> = match unit {
            0x0A => Some(b"n"),
            0x0D => Some(b"r"),
            0x2028 => Some(b"u2028"),
            0x2029 => Some(b"u2029"),
            _ => None,
        };
        if let Some(text) = terminator {
            if !escaped {
                builder.push_latin1(b"\\");
            }
            builder.push_latin1(text);
            escaped = false;
            continue;
        }
        if unit == 0x2F && !escaped && !in_class {
            builder.push_latin1(b"\\");
        }
        builder.push_unit(unit);
        if escaped {
            escaped = false;
            continue;
        }
        match unit {
            0x5C => escaped = true,
            0x5B => in_class = true,
            0x5D => in_class = false,
            _ => {}
        }
    }
    builder
}
