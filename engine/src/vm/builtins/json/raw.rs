//! `JSON.rawJSON` and `JSON.isRawJSON`. Source: <https://tc39.es/proposal-json-parse-with-source/>.

use super::read;
use crate::vm::{
    heap::Kind,
    machine::{Args, Completion, Vm},
    object::attr,
    value::Value,
};

pub(super) fn raw_json(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = vm.to_string(args.at(0))?;
    vm.root(text);
    let units = vm.heap.units(&text);
    let is_blank = |unit: Option<u16>| matches!(unit, None | Some(0x09 | 0x0A | 0x0D | 0x20));
    if is_blank(units.get(0)) || is_blank(units.get(units.len().wrapping_sub(1))) {
        return Err(vm.throw_syntax("Invalid value for JSON.rawJSON"));
    }
    if matches!(units.get(0), Some(0x5B | 0x7B)) {
        return Err(vm.throw_syntax("Invalid value for JSON.rawJSON"));
    }
    read(vm, text, false)?;
    let object = vm.new_object_of(Kind::RawJson, Value::NULL);
    let key = vm.names.raw_json;
    vm.add_own(object, key, text.into(), attr::E);
    vm.prevent_extensions(object)?;
    Ok(object.into())
}

pub(super) fn is_raw_json(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(Value::bool(
        args.at(0)
            .as_object()
            .is_some_and(|object| object.kind() == Kind::RawJson),
    ))
}
