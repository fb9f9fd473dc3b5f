//! `RegExp.prototype[Symbol.replace]`.

use super::{
    RegExpData, advance,
    iterator::advance_if_empty,
    string_argument,
    substitution::{Piece, pieces, push_part},
    this_object,
};
use crate::vm::{
    builtins::string::{StringBuilder, replacing},
    heap::{Kind, NativeData, Obj, Str, Tracer},
    interpreter::{NativeFrame, Phase, Slot, Step, StepFn},
    machine::{Completion, Vm},
    object::PropKey,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_resumable(prototype, "@@replace", 2, replace);
}

/// The string in which matches are replaced.
const STRING: Slot = Slot::new(0);
/// The results of `exec`; the hole where `string::replacing` works.
const RESULTS: Slot = Slot::new(5);
/// The index after the result under way.
const INDEX: Slot = Slot::new(1);
/// A native cell with the text so far.
const TEXT: Slot = Slot::new(2);
/// Where the result under way lies.
const POSITION: Slot = Slot::new(3);
/// How long its match is.
const LENGTH: Slot = Slot::new(4);

/// What is put together from results.
#[derive(Debug, Default)]
struct Text {
    builder: StringBuilder,
    /// Up to where the string is copied.
    copied: usize,
}

impl NativeData for Text {
    fn trace(&self, _: &mut Tracer<'_>) {}
}

#[inline(never)]
fn replace(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    let function = frame.arg(1);
    if phase == Phase::Start {
        let args = frame.args();
        let regexp = this_object(vm, &args, "@@replace")?;
        let string = string_argument(vm, &args)?;
        frame.set(RESULTS, Value::HOLE);
        if vm.is_callable(function) {
            return start_function(vm, frame, regexp, string, function);
        }
        return replace_by_text(vm, regexp, string, function).map(Step::Return);
    }
    if frame.get(RESULTS).is_hole() {
        return replacing::proceed(vm, frame);
    }
    let string = vm.to_string(frame.get(STRING))?;
    let replaced = vm.to_string(frame.result())?;
    let (position, length) = (
        frame.number(POSITION) as usize,
        frame.number(LENGTH) as usize,
    );
    put_part(vm, frame, string, (position, length), replaced)?;
    next_result(vm, frame, string)
}

/// Does in the frame of `String.prototype.replace` what `method` would do there, if that is the built-in one and the pattern
/// is as it was made.
///
/// # Errors
/// As the method's.
pub(in crate::vm::builtins) fn replace_here(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    method: Value,
    (pattern, string): (Value, Value),
) -> Completion<Option<Step>> {
    let built_in = method.as_object().is_some_and(|method| {
        method.kind() == Kind::NativeFunction
            && method.internal(0) == Value::from_bits(replace as StepFn as usize as u64)
    });
    let regexp = pattern.as_object().filter(|_| built_in);
    let (Some(regexp), Some(string)) = (regexp, string.as_string()) else {
        return Ok(None);
    };
    let replacement = frame.arg(1);
    if !vm.is_callable(replacement) {
        let text = replace_by_text(vm, regexp, string, replacement)?;
        return Ok(Some(Step::Return(text)));
    }
    match pristine(vm, regexp) {
        Some(data) => begin_by_function(vm, frame, (regexp, &data), string, replacement).map(Some),
        None => Ok(None),
    }
}

/// The data of a regular expression that nobody changed, whose matches can be found without anybody noticing.
fn pristine(vm: &mut Vm, regexp: Obj) -> Option<RegExpData> {
    // `lastIndex` that is no integer would be converted, which may run code.
    if regexp.kind() == Kind::RegExp && regexp.slot(0).is_int() && vm.is_pristine_regexp(regexp) {
        return vm.regexp_data(regexp).cloned();
    }
    None
}

/// Replaces by a text with `$` patterns.
fn replace_by_text(vm: &mut Vm, regexp: Obj, string: Str, replacement: Value) -> Completion {
    let template = vm.to_string(replacement)?;
    vm.root(template);
    if let Some(data) = pristine(vm, regexp) {
        return replace_by_template(vm, regexp, &data, string, template);
    }
    let results = collect_results(vm, regexp, string)?;
    let mut text = Text::default();
    for index in 0..vm.array_length(results) {
        let mark = vm.root_mark();
        let Some(result) = results.dense(index).as_object() else {
            break;
        };
        let found = Found::read(vm, result, string)?;
        let replaced = found.substitute(vm, string, template)?;
        append(
            vm,
            &mut text,
            string,
            (found.position, found.matched.len()),
            replaced,
        )?;
        vm.unroot_to(mark);
    }
    end(vm, text, string)
}

/// The first step of replacing by what a function gives.
fn start_function(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    regexp: Obj,
    string: Str,
    function: Value,
) -> Completion<Step> {
    if let Some(data) = pristine(vm, regexp) {
        return begin_by_function(vm, frame, (regexp, &data), string, function);
    }
    let results = collect_results(vm, regexp, string)?;
    let text = vm.heap.new_native(Text::default());
    frame.set(STRING, string);
    frame.set(RESULTS, results);
    frame.set(INDEX, Value::ZERO);
    frame.set(TEXT, text);
    next_result(vm, frame, string)
}

/// Calls the function for the next result, or ends.
fn next_result(vm: &mut Vm, frame: &mut NativeFrame<'_>, string: Str) -> Completion<Step> {
    let results = frame.object(vm, RESULTS)?;
    let index = frame.number(INDEX);
    frame.set(INDEX, Value::number(index + 1.0));
    let Some(result) = results.dense(index as u32).as_object() else {
        let text = take_text(vm, frame);
        return end(vm, text, string).map(Step::Return);
    };
    let found = Found::read(vm, result, string)?;
    frame.set(POSITION, Value::from(found.position));
    frame.set(LENGTH, Value::from(found.matched.len()));
    let mut list = vec![Value::from(found.matched)];
    list.extend(found.captures);
    list.push(Value::from(found.position));
    list.push(string.into());
    if !found.named.is_undefined() {
        list.push(found.named);
    }
    frame.call_with(vm, frame.arg(1), Value::UNDEFINED, &list)
}

fn take_text(vm: &mut Vm, frame: &NativeFrame<'_>) -> Text {
    let text = vm.heap.native_mut::<Text>(frame.get(TEXT));
    text.map(std::mem::take).unwrap_or_default()
}

fn put_part(
    vm: &mut Vm,
    frame: &NativeFrame<'_>,
    string: Str,
    at: (usize, usize),
    replaced: Str,
) -> Completion<()> {
    let mut text = take_text(vm, frame);
    let result = append(vm, &mut text, string, at, replaced);
    if let Some(place) = vm.heap.native_mut::<Text>(frame.get(TEXT)) {
        *place = text;
    }
    result
}

/// Appends what lies before a match, and its replacement, unless an earlier result went further.
fn append(
    vm: &mut Vm,
    text: &mut Text,
    string: Str,
    (position, length): (usize, usize),
    replaced: Str,
) -> Completion<()> {
    if position >= text.copied {
        push_part(vm, &mut text.builder, string, text.copied, position)?;
        text.builder.push_str(vm, replaced)?;
        text.copied = position + length;
    }
    Ok(())
}

fn end(vm: &mut Vm, mut text: Text, string: Str) -> Completion {
    if text.copied < string.len() {
        push_part(vm, &mut text.builder, string, text.copied, string.len())?;
    }
    Ok(text.builder.complete(vm)?.into())
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
        vm.array_push(results, found)?;
        if !global {
            return Ok(results);
        }
        advance_if_empty(vm, regexp, string, result, unicode)?;
        vm.work(1)?;
    }
}

/// What a result says; all of it is rooted.
struct Found {
    position: usize,
    matched: Str,
    captures: Vec<Value>,
    named: Value,
}

impl Found {
    /// Reads a result of `exec`.
    fn read(vm: &mut Vm, result: Obj, string: Str) -> Completion<Self> {
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
        Ok(Self {
            position,
            matched,
            captures,
            named,
        })
    }

    /// What a text with `$` patterns makes of it.
    fn substitute(&self, vm: &mut Vm, string: Str, template: Str) -> Completion<Str> {
        let mut named = self.named;
        if !named.is_undefined() {
            named = vm.to_object(named)?.into();
            vm.root(named);
        }
        let (matched, captures) = (self.matched, &self.captures);
        vm.get_substitution(matched, string, self.position, captures, named, template)
    }
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
    Ok(builder.complete(vm)?.into())
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

fn begin_by_function(
    vm: &mut Vm,
    frame: &mut NativeFrame<'_>,
    (regexp, data): (Obj, &RegExpData),
    string: Str,
    function: Value,
) -> Completion<Step> {
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
    let found = (positions, width, data.names.clone());
    replacing::begin(vm, frame, string, function, found)
}

impl Vm {
    /// The texts of a match and its groups, given their positions: undefined for those that took no part.
    pub(in crate::vm::builtins) fn capture_values(
        &mut self,
        string: Str,
        positions: &[usize],
    ) -> Vec<Value> {
        self.regexp.captures.clear();
        self.regexp.captures.extend_from_slice(positions);
        (0..positions.len() / 2)
            .map(|group| self.capture_value(string, group))
            .collect()
    }
}
