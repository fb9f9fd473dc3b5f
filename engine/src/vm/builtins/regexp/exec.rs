//! `exec`, `test`, `toString`, and the making of matches.

use std::sync::Arc;

use super::{RegExpData, string_argument, this_object, this_regexp};
use crate::vm::{
    builtins::string::StringBuilder,
    heap::{Kind, Obj, Str},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    let exec = vm.define_method(prototype, "exec", 1, exec);
    vm.set_intrinsic(Intrinsic::RegExpExec, exec);
    vm.define_methods(prototype, &[("test", 1, test), ("toString", 0, to_string)]);
}

/// `RegExp.prototype.exec`
fn exec(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_regexp(vm, args, "exec")?;
    let string = string_argument(vm, args)?;
    vm.regexp_builtin_exec(regexp, string)
}

/// `RegExp.prototype.test`
fn test(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_object(vm, args, "test")?;
    let string = string_argument(vm, args)?;
    if vm.has_builtin_exec(regexp) {
        return vm.regexp_match(regexp, string).map(Value::bool);
    }
    let result = vm.regexp_exec(regexp, string)?;
    Ok(Value::bool(!result.is_null()))
}

/// `RegExp.prototype.toString`
fn to_string(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_object(vm, args, "toString")?;
    let names = vm.names;
    let source = vm.get_o(regexp, names.source)?;
    let source = vm.to_string(source)?;
    vm.root(source);
    let flags = vm.get_o(regexp, names.flags)?;
    let flags = vm.to_string(flags)?;
    let mut builder = StringBuilder::default();
    builder.push_latin1(b"/");
    builder.push_str(vm, source)?;
    builder.push_latin1(b"/");
    builder.push_str(vm, flags)?;
    Ok(builder.complete(vm)?.into())
}

impl Vm {
    /// `RegExpExec`: an object or null. `regexp` and `string` are rooted by the caller.
    ///
    /// # Errors
    /// Whatever `exec` throws; `TypeError` when it gives neither an object nor null.
    pub(super) fn regexp_exec(&mut self, regexp: Obj, string: Str) -> Completion {
        if self.has_builtin_exec(regexp) {
            return self.regexp_builtin_exec(regexp, string);
        }
        let key = self.names.exec;
        let exec = self.get_o(regexp, key)?;
        if self.is_callable(exec) {
            let result = self.call(exec, regexp.into(), &[string.into()])?;
            if !result.is_object() && !result.is_null() {
                return Err(self.throw_type(
                    "RegExp exec method returned something other than an Object or null",
                ));
            }
            return Ok(result);
        }
        if regexp.kind() != Kind::RegExp {
            return Err(super::incompatible(self, regexp.into(), "exec"));
        }
        self.regexp_builtin_exec(regexp, string)
    }

    /// `RegExpBuiltinExec`: the match's array, or null.
    ///
    /// # Errors
    /// Whatever converting or assigning `lastIndex` throws.
    pub(super) fn regexp_builtin_exec(&mut self, regexp: Obj, string: Str) -> Completion {
        if !self.regexp_match(regexp, string)? {
            return Ok(Value::NULL);
        }
        Ok(self.match_array(regexp, string).into())
    }

    /// The part of `RegExpBuiltinExec` that looks for the match and updates `lastIndex`. Is there one? Its positions are
    /// in `self.regexp.captures` then.
    ///
    /// # Errors
    /// As [`Vm::regexp_builtin_exec`].
    pub(super) fn regexp_match(&mut self, regexp: Obj, string: Str) -> Completion<bool> {
        let last_index = regexp.slot(0);
        let mut last_index = match last_index.as_int() {
            Some(int) => f64::from(int.max(0)),
            None => self.to_length(last_index)?,
        };
        let Some(data) = self.regexp_data(regexp) else {
            return Err(super::incompatible(self, regexp.into(), "exec"));
        };
        let program = Arc::clone(&data.program);
        let moves = data.parsed.global || data.parsed.sticky;
        if !moves {
            last_index = 0.0;
        }
        if last_index > string.len() as f64
            || !self.run_regexp(&program, string, last_index as usize)?
        {
            if moves {
                self.set_last_index(regexp, 0)?;
            }
            return Ok(false);
        }
        if moves {
            let end = self.capture(0).map_or(0, |(_, end)| end);
            self.set_last_index(regexp, end)?;
        }
        self.note_match(regexp, string);
        Ok(true)
    }

    /// `Set(regexp, "lastIndex", index, true)`
    ///
    /// # Errors
    /// `TypeError` when it is not writable; whatever a setter throws.
    pub(super) fn set_last_index(&mut self, regexp: Obj, index: usize) -> Completion<()> {
        // Attributes change only in a shape of the object's own.
        if regexp.kind() == Kind::RegExp && !self.heap.shapes.get(regexp.shape()).dictionary {
            regexp.set_slot(0, Value::from(index));
            return Ok(());
        }
        let key = self.names.last_index;
        self.put(regexp, key, Value::from(index), true)
    }

    /// The array of the match that was found last.
    pub(super) fn match_array(&mut self, regexp: Obj, string: Str) -> Obj {
        let (count, has_indices, names) = match self.regexp_data(regexp) {
            Some(RegExpData {
                program,
                parsed,
                names,
                ..
            }) => {
                let names = if names.is_empty() {
                    None
                } else {
                    Some(Arc::clone(names))
                };
                (program.capture_count(), parsed.has_indices, names)
            }
            None => (1, false, None),
        };
        let array = self.new_match_array();
        self.heap.reserve_dense(array, count as u32);
        for group in 0..count {
            let value = self.capture_value(string, group);
            self.heap.push_dense(array, value);
        }
        array.set_internal(0, Value::from(count));
        let index = self.capture(0).map_or(0, |(start, _)| start);
        array.set_slot(0, Value::from(index));
        array.set_slot(1, string.into());
        if let Some(names) = &names {
            let groups = self.groups_object(names, array);
            array.set_slot(2, groups.into());
        }
        if has_indices {
            let indices = self.indices_array(count, names.as_deref());
            let key = self.names.indices;
            self.add_own(array, key, indices.into(), attr::ALL);
        }
        array
    }

    /// The text of a group in the last match, or undefined.
    pub(super) fn capture_value(&mut self, string: Str, group: usize) -> Value {
        match self.capture(group) {
            Some((start, end)) => self.capture_value_at(string, start, end),
            None => Value::UNDEFINED,
        }
    }

    /// The part of the string that a match or group takes.
    #[inline]
    pub(in crate::vm::builtins) fn capture_value_at(
        &mut self,
        string: Str,
        start: usize,
        end: usize,
    ) -> Value {
        if end - start == 1 {
            self.char_at(string, start)
        } else {
            self.heap.substring(string, start, end).into()
        }
    }

    /// The `groups` of the last match, with values taken from the array of all groups.
    pub(in crate::vm::builtins) fn groups_object(
        &mut self,
        names: &[(crate::vm::object::PropKey, Vec<u32>)],
        values: Obj,
    ) -> Obj {
        let groups = self.new_object_with_proto(Value::NULL);
        for (key, numbers) in names {
            let value = numbers
                .iter()
                .find(|&&number| self.capture(number as usize).is_some())
                .map_or(Value::UNDEFINED, |&number| values.dense(number));
            self.store_named(groups, *key, value, attr::ALL);
        }
        groups
    }

    /// `MakeMatchIndicesIndexPairArray`
    fn indices_array(
        &mut self,
        count: usize,
        names: Option<&[(crate::vm::object::PropKey, Vec<u32>)]>,
    ) -> Obj {
        let indices = self.new_array();
        for group in 0..count {
            let pair = match self.capture(group) {
                Some((start, end)) => self
                    .new_array_from(&[Value::from(start), Value::from(end)])
                    .into(),
                None => Value::UNDEFINED,
            };
            self.heap.push_dense(indices, pair);
        }
        indices.set_internal(0, Value::from(count));
        let groups = match names {
            Some(names) => self.groups_object(names, indices).into(),
            None => Value::UNDEFINED,
        };
        let key = self.names.groups;
        self.add_own(indices, key, groups, attr::ALL);
        indices
    }
}
