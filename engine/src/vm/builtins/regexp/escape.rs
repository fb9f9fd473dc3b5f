//! `RegExp.escape`. Source: <https://tc39.es/ecma262/#sec-regexp.escape>.

use crate::vm::{
    builtins::string::StringBuilder,
    heap::Units,
    machine::{Args, Completion, Vm},
    text::is_str_white_space,
};

pub(super) fn escape(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(string) = args.at(0).as_string() else {
        return Err(vm.throw_type("RegExp.escape requires a string argument"));
    };
    if string.len() > crate::vm::heap::str::MAX_LENGTH / 6
        || vm.heap.would_exceed(string.len() * 12)
    {
        return Err(vm.throw_range("Invalid string length"));
    }
    vm.work(string.len())?;
    let units = vm.heap.units(&string);
    Ok(escaped(units).complete(vm)?.into())
}

fn escaped(units: Units<'_>) -> StringBuilder {
    let mut builder = StringBuilder::default();
    for index in 0..units.len() {
        let unit = units.get(index).unwrap_or(0);
        let ascii = if unit < 0x80 { unit as u8 } else { 0 };
        if index == 0 && ascii.is_ascii_alphanumeric() {
            push_hex(&mut builder, unit);
            continue;
        }
        match ascii {
            b'^' | b'$' | b'\\' | b'.' | b'*' | b'+' | b'?' | b'(' | b')' | b'[' | b']' | b'{'
            | b'}' | b'|' | b'/' => {
                builder.push_latin1(&[b'\\', ascii]);
            }
            b'\t' => builder.push_latin1(b"\\t"),
            b'\n' => builder.push_latin1(b"\\n"),
            0x0B => builder.push_latin1(b"\\v"),
            0x0C => builder.push_latin1(b"\\f"),
            b'\r' => builder.push_latin1(b"\\r"),
            b',' | b'-' | b'=' | b'<' | b'>' | b'#' | b'&' | b'!' | b'%' | b':' | b';' | b'@'
            | b'~' | b'\'' | b'`' | b'"' => {
                push_hex(&mut builder, unit);
            }
            _ if is_str_white_space(unit) || is_lone_surrogate(units, index) => {
                push_hex(&mut builder, unit)
            }
            _ => builder.push_unit(unit),
        }
    }
    builder
}

fn is_lone_surrogate(units: Units<'_>, index: usize) -> bool {
    let at = |index: usize| units.get(index).unwrap_or(0);
    match at(index) {
        0xD800..=0xDBFF => !matches!(at(index + 1), 0xDC00..=0xDFFF),
        0xDC00..=0xDFFF => index == 0 || !matches!(at(index - 1), 0xD800..=0xDBFF),
        _ => false,
    }
}

fn push_hex(builder: &mut StringBuilder, unit: u16) {
    let text = if unit < 0x100 {
        format!("\\x{unit:02x}")
    } else {
        format!("\\u{unit:04x}")
    };
    builder.push_latin1(text.as_bytes());
}
