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

/// May the byte be part of an identifier?
const fn ident(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#') || byte >= 0x80
}

/// Where the chain of members begins that the name (or computed key) at `at` ends.
fn chain_start(bytes: &[u8], at: usize) -> usize {
    let mut start = at;
    loop {
        let Some(before) = before_blanks(bytes, start) else {
            return start;
        };
        let object_end = match bytes[before] {
            b'.' if before > 0 && bytes[before - 1] == b'?' => before - 1,
            b'.' | b'[' => before,
            _ => return start,
        };
        let Some(mut last) = before_blanks(bytes, object_end) else {
            return start;
        };
        // The object: a name, or brackets with what they follow.
        loop {
            match bytes[last] {
                b')' | b']' => match opening(bytes, last) {
                    Some(open) => {
                        start = open;
                        match before_blanks(bytes, open) {
                            Some(before) if ident(bytes[before]) || matches!(bytes[before], b')' | b']') => last = before,
                            _ => break,
                        }
                    }
                    None => return start,
                },
                byte if ident(byte) => {
                    start = last;
                    while start > 0 && ident(bytes[start - 1]) {
                        start -= 1;
                    }
                    break;
                }
                _ => return last,
            }
        }
    }
}

/// The last byte before `at` that is no blank.
fn before_blanks(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(..at)?.iter().rposition(|byte| !byte.is_ascii_whitespace())
}

/// The bracket that the one at `at` closes.
fn opening(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for index in (at.saturating_sub(10_000)..=at).rev() {
        match bytes[index] {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' => {
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

/// The callee of the call at byte `at` of the source, as V8 prints it: members of a chain as they are, arguments as
/// `(...)`, whatever is no chain as `(intermediate value)`.
fn callee_text(source: &str, at: usize) -> Option<String> {
    let bytes = source.as_bytes();
    let mut start = chain_start(bytes, at);
    let mut at = at;
    for prefix in ["new ", "await "] {
        if source.get(start..)?.starts_with(prefix) {
            start += prefix.len();
            at = at.max(start);
        }
    }
    let mut out = String::new();
    let mut index = start;
    while index < bytes.len() && out.len() < 200 {
        let from = index;
        match bytes[index] {
            byte if ident(byte) => {
                while index < bytes.len() && ident(bytes[index]) {
                    index += 1;
                }
                out.push_str(source.get(from..index)?);
                if from >= at {
                    break;
                }
            }
            b'.' => {
                out.push('.');
                index += 1;
            }
            b'?' if bytes.get(index + 1) == Some(&b'.') => {
                out.push_str("?.");
                index += 2;
            }
            b'(' => {
                index = matching(bytes, index)? + 1;
                out.push_str(if out.is_empty() { "(intermediate value)" } else { "(...)" });
                if index > at && from >= at {
                    break;
                }
            }
            b'[' => {
                let end = matching(bytes, index)?;
                push_key(&mut out, source.get(index + 1..end)?);
                index = end + 1;
                if end > at {
                    break;
                }
            }
            byte if byte.is_ascii_whitespace() => index += 1,
            _ => {
                out.push_str("(intermediate value)");
                if from >= at {
                    break;
                }
                // A literal as the object of a member: go on at the member.
                index = before_blanks(bytes, at)?;
                if bytes.get(index.wrapping_sub(1)) == Some(&b'?') {
                    index -= 1;
                }
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

/// A computed key as V8 prints it.
fn push_key(out: &mut String, key: &str) {
    let quoted = key.trim_matches(['"', '\'']);
    if out.is_empty() {
        out.push_str("(intermediate value)");
    } else if quoted != key && quoted.bytes().all(ident) {
        out.push('.');
        out.push_str(quoted);
    } else if !key.is_empty() && key.bytes().all(|byte| ident(byte) || byte == b'.') {
        out.push('[');
        out.push_str(key);
        out.push(']');
    } else {
        out.push_str("[...]");
    }
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
    callee_text(&template.source.text, offset as usize)
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
    use super::callee_text;

    fn text(source: &str, at: &str) -> String {
        callee_text(source, source.rfind(at).unwrap_or(0)).unwrap_or_default()
    }

    #[test]
    fn callees_print_as_v8_does() {
        assert_eq!(text("a.b()", "b()"), "a.b");
        assert_eq!(text("  foo(1, 2).bar(3);", "bar"), "foo(...).bar");
        assert_eq!(text("x[y](1)", "y]"), "x[y]");
        assert_eq!(text("f()", "f"), "f");
        assert_eq!(text("this.a.b.c()", "c()"), "this.a.b.c");
        assert_eq!(text("({}).x()", "x"), "(intermediate value).x");
        assert_eq!(text("'abc'.foo()", "foo"), "(intermediate value).foo");
        assert_eq!(text("new Foo(1)", "new"), "Foo");
        assert_eq!(text("let r = a?.b()", "b"), "a?.b");
    }
}
