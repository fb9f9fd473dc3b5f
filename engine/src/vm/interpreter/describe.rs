//! What error messages call things: the source text of a callee or iterable, as V8 prints it.
//!
//! Positions say where in the source the failing expression begins. Its text is read from there: names and members are
//! shown as they are, arguments as `(...)`, anything that is no plain chain of members as `(intermediate value)`.

use crate::vm::{
    heap::Obj,
    machine::{Throw, Vm},
    object::Own,
    value::Value,
};

/// A chain of members as source text: `a.b[c](...).d`. What follows its last call is the call that failed.
fn chain(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut at = 0;
    let mut callee_end = None;
    let ident = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte == b'#' || byte >= 0x80;
    if text.starts_with("new ") {
        at = 4;
    }
    while at < bytes.len() && out.len() < 200 {
        let start = at;
        match bytes[at] {
            byte if ident(byte) => {
                while at < bytes.len() && ident(bytes[at]) {
                    at += 1;
                }
                out.push_str(text.get(start..at)?);
            }
            b'.' => {
                out.push('.');
                at += 1;
            }
            b'?' if bytes.get(at + 1) == Some(&b'.') => {
                out.push_str("?.");
                at += 2;
            }
            open @ (b'(' | b'[') => {
                let end = matching(bytes, at)?;
                if open == b'(' {
                    if out.is_empty() {
                        out.push_str("(intermediate value)");
                    } else {
                        callee_end = Some(out.len());
                        out.push_str("(...)");
                    }
                } else if out.is_empty() {
                    return None;
                } else {
                    let inner = text.get(at + 1..end)?;
                    let simple = !inner.is_empty() && inner.bytes().all(|byte| ident(byte) || byte == b'.' || byte == b'"' || byte == b'\'');
                    let quoted = inner.trim_matches(['"', '\'']);
                    if simple && quoted != inner {
                        out.push('.');
                        out.push_str(quoted);
                    } else if simple {
                        out.push('[');
                        out.push_str(inner);
                        out.push(']');
                    } else {
                        out.push_str("[...]");
                    }
                }
                at = end + 1;
            }
            byte if byte.is_ascii_whitespace() => {
                let mut after = at;
                while after < bytes.len() && bytes[after].is_ascii_whitespace() {
                    after += 1;
                }
                if !matches!(bytes.get(after), Some(b'.' | b'(' | b'[')) || out.is_empty() {
                    break;
                }
                at = after;
            }
            _ => break,
        }
    }
    if let Some(end) = callee_end {
        out.truncate(end);
    }
    (!out.is_empty()).then_some(out)
}

/// The index of the bracket that closes the one at `at`; strings are skipped roughly.
fn matching(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    for (index, &byte) in bytes.iter().enumerate().skip(at).take(10_000) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

/// The text of the expression at which the machine stands.
fn here(vm: &mut Vm) -> Option<String> {
    let (template, offset) = vm.here()?;
    chain(template.source.text.get(offset as usize..)?)
}

/// The source text of what is about to be called or iterated, else how messages show the value.
fn expression(vm: &mut Vm, value: Value) -> String {
    match here(vm) {
        Some(text) => text,
        None => vm.display(value),
    }
}

/// `TypeError`: x is not a function
#[cold]
pub(super) fn not_a_function(vm: &mut Vm, callee: Value) -> Throw {
    let text = expression(vm, callee);
    vm.throw_type(format!("{text} is not a function"))
}

/// `TypeError`: x is not a constructor
#[cold]
pub(super) fn not_a_constructor(vm: &mut Vm, callee: Value) -> Throw {
    let text = expression(vm, callee);
    vm.throw_type(format!("{text} is not a constructor"))
}

/// `TypeError`: x is not iterable
#[cold]
pub(super) fn not_iterable(vm: &mut Vm, value: Value) -> Throw {
    let text = if value.is_nullish() || !value.is_object() { vm.display(value) } else { expression(vm, value) };
    if value.is_nullish() {
        return vm.throw_type(format!("{text} is not iterable (cannot read property Symbol(Symbol.iterator))"));
    }
    vm.throw_type(format!("{text} is not iterable"))
}

/// `TypeError`: x is not async iterable
#[cold]
pub(super) fn not_async_iterable(vm: &mut Vm, value: Value) -> Throw {
    let text = if value.is_nullish() || !value.is_object() { vm.display(value) } else { expression(vm, value) };
    vm.throw_type(format!("{text} is not async iterable"))
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

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn chains_print_as_v8_does() {
        assert_eq!(chain("a.b()").as_deref(), Some("a.b"));
        assert_eq!(chain("foo(1, 2).bar(3);").as_deref(), Some("foo(...).bar"));
        assert_eq!(chain("x[y](1)").as_deref(), Some("x[y]"));
        assert_eq!(chain("(1, 2)(3)").as_deref(), Some("(intermediate value)"));
    }
}
