//! Errors that name what was called or iterated by its source text, as V8 does.

use super::{
    exception::{source_offset, word_index},
    regs::{Fp, Pc},
};
use crate::vm::{
    front::{Answer, Asked, ask},
    heap::Obj,
    machine::{Throw, Vm},
    object::Own,
    value::Value,
};

/// What the source says where the machine stands.
fn here(vm: &Vm, asked: Asked) -> Option<Answer> {
    let (template, offset) = vm.here()?;
    ask(&template, offset, asked)
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

/// The source text of what is about to be called, else the value's type and the value.
fn callee(vm: &mut Vm, value: Value) -> String {
    match here(vm, Asked::Callee).and_then(|answer| answer.text) {
        Some(text) => text,
        None => typed(vm, value),
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
    iteration_error(vm, value, "iterable")
}

/// `TypeError`: x is not async iterable
#[cold]
pub(super) fn not_async_iterable(vm: &mut Vm, value: Value) -> Throw {
    iteration_error(vm, value, "async iterable")
}

fn iteration_error(vm: &mut Vm, value: Value, what: &str) -> Throw {
    let answer = here(vm, Asked::Iterated).unwrap_or_default();
    if answer.is_argument {
        return vm
            .throw_type("Spread syntax requires ...iterable[Symbol.iterator] to be a function");
    }
    let message = match answer.text {
        Some(text) if answer.is_call => {
            format!("{text} is not a function or its return value is not {what}")
        }
        Some(text) => format!("{text} is not {what}"),
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
    let answer = here(vm, Asked::Destructured).unwrap_or_default();
    let message = match (answer.property, answer.text) {
        (Some(name), _) if answer.is_read => {
            format!("Cannot read properties of {kind} (reading '{name}')")
        }
        (Some(name), text) => {
            let subject = text.unwrap_or_else(|| typed(vm, value));
            format!("Cannot destructure property '{name}' of '{subject}' as it is {kind}.")
        }
        (None, text) => {
            let subject = text.as_ref().unwrap_or(&kind);
            format!("Cannot destructure '{subject}' as it is {kind}.")
        }
    };
    vm.throw_type(message)
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
