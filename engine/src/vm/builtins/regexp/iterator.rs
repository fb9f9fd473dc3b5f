//! `RegExp.prototype[Symbol.matchAll]` and its iterators. Internal slots: 0 the regular expression (undefined when done),
//! 1 the string, 2 bits: 1 global, 2 unicode.
//! Source: <https://tc39.es/ecma262/#sec-regexp-string-iterator-objects>.

use super::{advance, string_argument, this_object};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::{PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_method(prototype, "@@matchAll", 1, match_all);
    let parent = vm.intrinsic(Intrinsic::IteratorPrototype);
    let proto = vm.new_object_with_proto(parent.into());
    vm.set_intrinsic(Intrinsic::RegExpStringIteratorPrototype, proto);
    vm.define_method(proto, "next", 0, next);
    let tag = vm.str("RegExp String Iterator");
    vm.define_value(proto, "@@toStringTag", tag, attr::C);
}

fn match_all(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_object(vm, args, "@@matchAll")?;
    let string = string_argument(vm, args)?;
    let names = vm.names;
    let constructor = vm.species_constructor(regexp)?;
    vm.root(constructor);
    let flags = vm.get_o(regexp, names.flags)?;
    let flags = vm.to_string(flags)?;
    vm.root(flags);
    let constructor = constructor
        .as_object()
        .unwrap_or_else(|| vm.intrinsic(Intrinsic::RegExp));
    let matcher =
        Value::from(vm.construct(constructor, &[regexp.into(), flags.into()], constructor)?);
    vm.root(matcher);
    let Some(matcher) = matcher.as_object() else {
        return Err(vm.throw_type("object.constructor[Symbol.species] is not a constructor"));
    };
    let last_index = vm.get_o(regexp, names.last_index)?;
    let last_index = vm.to_length(last_index)?;
    vm.put(matcher, names.last_index, Value::number(last_index), true)?;
    let units = vm.heap.units(&flags);
    let has = |letter: u8| units.iter().any(|unit| unit == u16::from(letter));
    let bits = i32::from(has(b'g')) | i32::from(has(b'u') || has(b'v')) << 1;
    let iterator = vm.new_intrinsic_object(
        Kind::RegExpStringIterator,
        Intrinsic::RegExpStringIteratorPrototype,
    );
    iterator.set_internal(0, matcher.into());
    iterator.set_internal(1, string.into());
    iterator.set_internal(2, Value::int(bits));
    Ok(iterator.into())
}

fn next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(iterator) = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::RegExpStringIterator)
    else {
        let text = vm.display_receiver(args.this);
        return Err(vm.throw_type(format!(
            "Method %RegExpStringIterator%.prototype.next called on incompatible receiver {text}"
        )));
    };
    let (Some(regexp), Some(string)) = (
        iterator.internal(0).as_object(),
        iterator.internal(1).as_string(),
    ) else {
        return Ok(vm.iter_result(Value::UNDEFINED, true).into());
    };
    vm.root(regexp);
    vm.root(string);
    let bits = iterator.internal(2).as_int().unwrap_or(0);
    let found = match vm.regexp_exec(regexp, string) {
        Ok(found) => found,
        Err(throw) => {
            // The generator that the clause describes is done when it throws.
            iterator.set_internal(0, Value::UNDEFINED);
            return Err(throw);
        }
    };
    let Some(result) = found.as_object() else {
        iterator.set_internal(0, Value::UNDEFINED);
        return Ok(vm.iter_result(Value::UNDEFINED, true).into());
    };
    if bits & 1 == 0 {
        iterator.set_internal(0, Value::UNDEFINED);
        return Ok(vm.iter_result(found, false).into());
    }
    vm.root(found);
    let advanced = advance_if_empty(vm, regexp, string, result, bits & 2 != 0);
    if let Err(throw) = advanced {
        iterator.set_internal(0, Value::UNDEFINED);
        return Err(throw);
    }
    Ok(vm.iter_result(found, false).into())
}

/// After an empty match, `lastIndex` moves on. `result` is rooted by the caller.
pub(super) fn advance_if_empty(
    vm: &mut Vm,
    regexp: Obj,
    string: crate::vm::heap::Str,
    result: Obj,
    unicode: bool,
) -> Completion<()> {
    let text = vm.get_o(result, PropKey::index(0))?;
    let text = vm.to_string(text)?;
    if !text.is_empty() {
        return Ok(());
    }
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
