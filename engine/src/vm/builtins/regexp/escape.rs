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
    vm.flatten_long(string.into())?;
    let units = vm.heap.units(&string);
    Ok(escaped(vm, units)?.complete(vm)?.into())
}

fn escaped(vm: &mut Vm, units: Units<'_>) -> Completion<StringBuilder> {
    let mut builder = StringBuilder::default();
    for index in 0..units.len() {
        vm.work(1)?;
        let unit = units.get(index).unwrap_or(0);
        let ascii = if unit < 0x80 { unit as u8 } else { 0 };
        if index == 0 && ascii.is_ascii_alphanumeric() {
            push_hex(vm, &mut builder, unit)?;
            continue;
        }
        let escape: &[u8] = match ascii {
            b'^' | b'$' | b'\\' | b'.' | b'*' | b'+' | b'?' | b'(' | b')' | b'[' | b']' | b'{'
            | b'}' | b'|' | b'/' => &[b'\\', ascii],
            b'\t' => b"\\t",
            b'\n' => b"\\n",
            0x0B => b"\\v",
            0x0C => b"\\f",
            b'\r' => b"\\r",
            b',' | b'-' | b'=' | b'<' | b'>' | b'#' | b'&' | b'!' | b'%' | b':' | b';' | b'@'
            | b'~' | b'\'' | b'`' | b'"' => {
                push_hex(vm, &mut builder, unit)?;
                continue;
            }
            _ if is_str_white_space(unit) || is_lone_surrogate(units, index) => {
                push_hex(vm, &mut builder, unit)?;
                continue;
            }
            _ => {
                builder.add_unit(vm, unit)?;
                continue;
            }
        };
        builder.push_units(vm, Units::Latin1(escape))?;
    }
    Ok(builder)
}

fn is_lone_surrogate(units: Units<'_>, index: usize) -> bool {
    let at = |index: usize| units.get(index).unwrap_or(0);
    match at(index) {
        0xD800..=0xDBFF => !matches!(at(index + 1), 0xDC00..=0xDFFF),
        0xDC00..=0xDFFF => index == 0 || !matches!(at(index - 1), 0xD800..=0xDBFF),
        _ => false,
    }
}

fn push_hex(vm: &mut Vm, builder: &mut StringBuilder, unit: u16) -> Completion<()> {
    let text = if unit < 0x100 {
        format!("\\x{unit:02x}")
    } else {
        format!("\\u{unit:04x}")
    };
    builder.push_units(vm, Units::Latin1(text.as_bytes()))
}
