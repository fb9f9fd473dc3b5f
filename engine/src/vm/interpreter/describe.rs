//! Errors that name what was called or iterated by its source text, as V8 does.

use super::{
    exception::{source_offset, word_index},
    regs::{Fp, Pc},
    source_text,
};
use crate::vm::{
    heap::Obj,
    machine::{Throw, Vm},
    object::Own,
    value::Value,
};

/// What the source says where the machine stands.
fn at_position<T>(vm: &Vm, read: impl FnOnce(&str, usize) -> Option<T>) -> Option<T> {
    let (template, offset) = vm.here()?;
    read(&template.source.text, offset as usize)
}

/// Does the source call a method named `call` at this instruction?
pub(super) fn calls_call(pc: Pc, fp: Fp) -> bool {
    let code = fp.code();
    let template = &code.data().template;
    let offset = source_offset(template, word_index(code, pc)) as usize;
    template
        .source
        .text
        .get(offset..)
        .is_some_and(|text| text.starts_with("call"))
}

/// The source text of what is about to be called, else how messages show the value.
fn callee(vm: &mut Vm, value: Value) -> String {
    match at_position(vm, source_text::callee) {
        Some(text) => text,
        None => vm.display(value),
    }
}

/// `TypeError`: x is not a function
#[cold]
pub(super) fn not_a_function(vm: &mut Vm, value: Value) -> Throw {
    let text = callee(vm, value);
    vm.throw_type(format!("{text} is not a function"))
}

/// `TypeError`: x is not a constructor
#[cold]
pub(super) fn not_a_constructor(vm: &mut Vm, value: Value) -> Throw {
    let text = callee(vm, value);
    vm.throw_type(format!("{text} is not a constructor"))
}

/// `TypeError`: x is not iterable
#[cold]
pub(super) fn not_iterable(vm: &mut Vm, value: Value) -> Throw {
    if at_position(vm, |source, at| {
        Some(source_text::is_spread_argument(source, at))
    }) == Some(true)
    {
        return vm
            .throw_type("Spread syntax requires ...iterable[Symbol.iterator] to be a function");
    }
    iteration_error(vm, value, "iterable")
}

/// `TypeError`: x is not async iterable
#[cold]
pub(super) fn not_async_iterable(vm: &mut Vm, value: Value) -> Throw {
    iteration_error(vm, value, "async iterable")
}

fn iteration_error(vm: &mut Vm, value: Value, what: &str) -> Throw {
    let text = at_position(vm, |source, at| {
        let rest = source.get(at..)?;
        if rest.starts_with("yield") {
            return None;
        }
        if rest.starts_with("function") || rest.starts_with("class") {
            return Some(("(intermediate value)".to_owned(), false));
        }
        if !rest.starts_with(['[', '{']) {
            return source_text::expression(source, at);
        }
        let initialiser = rest
            .starts_with('[')
            .then(|| source_text::initialiser(source, at))
            .flatten();
        match initialiser {
            Some(name) => (!name.contains('.')).then_some((name, false)),
            None => source_text::expression(source, at).filter(|(text, _)| text == "{}"),
        }
    });
    let message = match text {
        Some((text, true)) => {
            format!("{text} is not a function or its return value is not {what}")
        }
        Some((text, false)) => format!("{text} is not {what}"),
        None => {
            let text = typed(vm, value);
            format!("{text} is not {what} (cannot read property Symbol(Symbol.iterator))")
        }
    };
    vm.throw_type(message)
}

/// A value that the source has no text for: its type, and what it is if that is short.
fn typed(vm: &mut Vm, value: Value) -> String {
    if value.is_undefined() {
        return "undefined".to_owned();
    }
    if value.is_null() {
        return "object null".to_owned();
    }
    let kind = vm.type_of(value);
    let kind = vm.display_key(kind);
    if value.is_object() {
        return kind;
    }
    let text = vm.display(value);
    format!("{kind} {text}")
}

/// `TypeError`: an undefined or null value meets an object pattern.
#[cold]
pub(super) fn not_destructurable(vm: &mut Vm, value: Value) -> Throw {
    let kind = vm.display(value);
    let is_nested = at_position(vm, |source, at| {
        let start = source_text::pattern_start(source, at);
        Some(source.get(..start)?.trim_end().ends_with(':'))
    });
    let source = at_position(vm, |source, at| {
        source_text::initialiser(source, source_text::pattern_start(source, at))
    });
    let property = at_position(vm, |source, at| {
        source_text::first_property(source, source_text::pattern_start(source, at))
            .map(str::to_owned)
    });
    let subject = match (&source, &property) {
        (Some(text), _) => text.clone(),
        (None, Some(_)) if value.is_null() => "object null".to_owned(),
        (None, _) => kind.clone(),
    };
    vm.throw_type(match property {
        Some(name) if is_nested == Some(true) => {
            format!("Cannot read properties of {kind} (reading '{name}')")
        }
        Some(name) => {
            format!("Cannot destructure property '{name}' of '{subject}' as it is {kind}.")
        }
        None => format!("Cannot destructure '{subject}' as it is {kind}."),
    })
}

/// The name of a class, for messages.
pub(super) fn class_name(vm: &mut Vm, class: Obj) -> String {
    let name = vm.names.name;
    match vm.ordinary_own_property(class, name) {
        Own::Data(text, _) => match text.as_string() {
            Some(text) => vm.heap.units(&text).to_string_lossy(),
            None => String::new(),
        },
        _ => String::new(),
    }
}
