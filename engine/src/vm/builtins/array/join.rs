//! `join`, `toLocaleString`, `toString`.

use super::{callback, is_dense, is_empty_from};
use crate::vm::{
    builtins::string::StringBuilder,
    heap::{Obj, Str, Units, str::MAX_LENGTH},
    machine::{Args, Completion, Vm},
    number,
    realm::Intrinsic,
    value::Value,
};

impl Vm {
    /// Appends a string to text under way.
    pub(in crate::vm) fn append(
        &mut self,
        text: &mut StringBuilder,
        string: Str,
    ) -> Completion<()> {
        self.work(string.len() / 64)?;
        text.push_str(self, string)
    }

    /// Runs `body` unless the object's text is being made already: then it is the empty string.
    pub(in crate::vm) fn join_once(
        &mut self,
        object: Obj,
        body: impl FnOnce(&mut Self) -> Completion<Str>,
    ) -> Completion {
        if self.joining.contains(&object) {
            return Ok(self.names.empty.value());
        }
        self.joining.push(object);
        let result = body(self);
        self.joining.pop();
        result.map(Value::string)
    }
}

/// `Array.prototype.join`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-array.prototype.join>.
#[inline(never)]
pub(super) fn join(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    vm.root(object);
    join_object(vm, object, args.at(0))
}

fn join_object(vm: &mut Vm, object: Obj, separator: Value) -> Completion {
    if vm.joining.contains(&object) {
        return Ok(vm.names.empty.value());
    }
    let length = vm.length_of(object)?;
    let separator = if separator.is_undefined() {
        None
    } else {
        Some(vm.to_string(separator)?)
    };
    if let Some(separator) = separator {
        vm.root(separator);
    }
    if let Some(text) = join_strings(vm, object, length, separator)? {
        return Ok(text.into());
    }
    join_with(vm, object, length, separator, |vm, index| {
        vm.get_at(object, index)
    })
}

/// Elements between two looks at the limits.
const PART: usize = 1 << 12;

/// FAST PATH: an array of Latin-1 strings that are no ropes. Their text is written into its place at once; `None` if it is
/// anything else, or would be too long.
fn join_strings(
    vm: &mut Vm,
    object: Obj,
    length: f64,
    separator: Option<Str>,
) -> Completion<Option<Str>> {
    let between = match &separator {
        Some(separator) => vm.heap.units(separator),
        None => Units::Latin1(b","),
    };
    let Units::Latin1(between) = between else {
        return Ok(None);
    };
    let values = object.dense_slice();
    if !is_dense(vm, object) || values.is_empty() || values.len() as f64 != length {
        return Ok(None);
    }
    let mut total = (values.len() - 1).saturating_mul(between.len());
    for part in values.chunks(PART) {
        for value in part {
            match value.as_string() {
                Some(string) if string.is_latin1() && !string.is_rope() => {
                    total = total.saturating_add(string.len());
                }
                _ => return Ok(None),
            }
        }
        vm.work(part.len() / 8)?;
    }
    if total > MAX_LENGTH || vm.heap.would_exceed(total) {
        return Ok(None);
    }
    let mut text = vm.heap.new_text(total);
    for (nth, part) in values.chunks(PART).enumerate() {
        let written = text.len();
        for (index, value) in part.iter().enumerate() {
            if nth + index > 0 {
                text.push(between);
            }
            if let Some(string) = value.as_string()
                && let Units::Latin1(bytes) = string.flat_units()
            {
                text.push(bytes);
            }
        }
        vm.work((text.len() - written) / 64)?;
    }
    Ok(Some(text.finish()))
}

/// The elements that `get` gives as text, with the separator (`,`) between them.
pub(in crate::vm) fn join_with(
    vm: &mut Vm,
    object: Obj,
    length: f64,
    separator: Option<Str>,
    mut get: impl FnMut(&mut Vm, f64) -> Completion,
) -> Completion {
    vm.join_once(object, |vm| {
        let between = separator.map_or(1, Str::len);
        let mut text = StringBuilder::default();
        let mut digits = number::Buffer::new();
        let mut index = 0.0;
        while index < length {
            vm.work(1)?;
            if index > 0.0 {
                match separator {
                    None => {
                        text.push_units(vm, Units::Latin1(b","))?;
                    }
                    Some(separator) => vm.append(&mut text, separator)?,
                }
            }
            let value = get(vm, index)?;
            if let Some(number) = value.as_number() {
                let digits = match value.as_int() {
                    Some(int) => digits.format_i32(int),
                    None => digits.format(number),
                };
                text.push_units(vm, Units::Latin1(digits))?;
            } else if !value.is_nullish() {
                let mark = vm.root_mark();
                vm.root(value);
                let part = vm.to_string(value)?;
                vm.append(&mut text, part)?;
                vm.unroot_to(mark);
            } else if is_empty_from(vm, object, index) {
                // Only separators are left.
                let rest = length - 1.0 - index;
                if rest * between as f64 > MAX_LENGTH as f64 {
                    return Err(vm.throw_range("Invalid string length"));
                }
                for _ in 0..if between == 0 { 0 } else { rest as usize } {
                    vm.work(1)?;
                    match separator {
                        None => {
                            text.push_units(vm, Units::Latin1(b","))?;
                        }
                        Some(separator) => vm.append(&mut text, separator)?,
                    }
                }
                break;
            }
            index += 1.0;
        }
        text.complete(vm)
    })
}

/// `Array.prototype.toString`: `%Array.prototype.toString%`.
pub(super) fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    vm.root(object);
    let key = vm.names.join;
    let join_method = vm.get_o(object, key)?;
    if super::is_native(join_method, join) {
        return join_object(vm, object, Value::UNDEFINED);
    }
    if vm.is_callable(join_method) {
        vm.root(join_method);
        return vm.call(join_method, object.into(), &[]);
    }
    let method = vm.intrinsic(Intrinsic::ObjectProtoToString);
    vm.call(method.into(), object.into(), &[])
}

/// `Array.prototype.toLocaleString`
pub(super) fn to_locale_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let object = vm.to_object(args.this)?;
    vm.root(object);
    if vm.joining.contains(&object) {
        return Ok(vm.names.empty.value());
    }
    let length = vm.length_of(object)?;
    join_locale(vm, object, length, |vm, index| vm.get_at(object, index))
}

/// As [`join_with`], each element by its `toLocaleString`.
pub(in crate::vm) fn join_locale(
    vm: &mut Vm,
    object: Obj,
    length: f64,
    mut get: impl FnMut(&mut Vm, f64) -> Completion,
) -> Completion {
    let key = vm.heap.key("toLocaleString");
    vm.root(key.value());
    join_with(vm, object, length, None, |vm, index| {
        let value = get(vm, index)?;
        if value.is_nullish() {
            return Ok(value);
        }
        vm.root(value);
        let method = vm.get_v(value, key)?;
        let method = callback(vm, method)?;
        let text = vm.call(method, value, &[])?;
        vm.root(text);
        vm.to_string(text).map(Value::string)
    })
}
