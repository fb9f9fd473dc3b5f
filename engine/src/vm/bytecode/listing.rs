//! A readable listing of compiled code, for people and golden tests.

use std::fmt::Write;

use super::operands::{Field, Operand, flags, op_of, operands, short, wide};
use super::{CodeTemplate, Constant, Text};

/// Lists a function and the functions in it.
#[must_use]
pub fn list(code: &CodeTemplate) -> String {
    let mut out = String::new();
    function(&mut out, code, "");
    out
}

fn function(out: &mut String, code: &CodeTemplate, path: &str) {
    let name = code.name.as_ref().map_or(String::new(), text);
    let what = if path.is_empty() { "top" } else { path };
    let _ = write!(out, "function {what} {name:?} {:?}", code.kind);
    for (set, word) in [
        (code.flags.strict, "strict"),
        (code.flags.is_async, "async"),
        (code.flags.is_generator, "generator"),
        (code.flags.has_eval, "eval"),
    ] {
        if set {
            let _ = write!(out, " {word}");
        }
    }
    let _ = write!(
        out,
        " params={} registers={} length={}",
        code.params, code.registers, code.length
    );
    if code.flags.needs_args {
        let _ = write!(out, " args=r{}", code.args_reg);
    }
    out.push('\n');
    let mut at = 0;
    let mut positions = code.positions.iter().peekable();
    while let Some(&word) = code.words.get(at) {
        while let Some(position) = positions.next_if(|position| position.word as usize <= at) {
            if position.statement {
                source_line(out, code, position.offset);
            }
        }
        at += instruction(out, code, at, word);
    }
    for handler in &code.handlers {
        let _ = writeln!(
            out,
            "  handler {}..{} -> {} r{}",
            handler.start, handler.end, handler.target, handler.reg
        );
    }
    tables(out, code);
    for (index, inner) in code.functions.iter().enumerate() {
        out.push('\n');
        let path = if path.is_empty() {
            index.to_string()
        } else {
            format!("{path}.{index}")
        };
        function(out, inner, &path);
    }
}

fn source_line(out: &mut String, code: &CodeTemplate, offset: u32) {
    let source = code.source.text.as_str();
    let offset = (offset as usize).min(source.len());
    let before = source.get(..offset).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let rest = source.get(offset..).unwrap_or_default();
    let shown: String = rest
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect();
    let column = before
        .get(start..)
        .unwrap_or_default()
        .encode_utf16()
        .count()
        + 1;
    let _ = writeln!(out, "  ; {line}:{column} {}", shown.trim_end());
}

/// Writes the instruction at word `at` and gives its length.
fn instruction(out: &mut String, code: &CodeTemplate, at: usize, word: u64) -> usize {
    let Some(op) = op_of(word) else {
        let _ = writeln!(out, "  {at:>4} ?");
        return 1;
    };
    let _ = write!(out, "  {at:>4} {:<14}", op.name());
    for (field, operand) in operands(op) {
        let Some(shown) = show(code, at, word, field, operand) else {
            continue;
        };
        out.push(' ');
        out.push_str(&shown);
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out.push('\n');
    op.words()
}

fn show(
    code: &CodeTemplate,
    at: usize,
    word: u64,
    field: Field,
    operand: Operand,
) -> Option<String> {
    let extra = match field {
        Field::Word(index) => code.words.get(at + index).copied().unwrap_or(0),
        _ => 0,
    };
    Some(match operand {
        Operand::Dst | Operand::Src | Operand::ReadWrite | Operand::Window | Operand::Registers => {
            register(short(word, field))
        }
        Operand::Signed => format!("{}", short(word, field)),
        Operand::Unsigned => format!("#{}", short(word, field) as u16),
        Operand::Wide => format!("{}", wide(word)),
        Operand::Jump => {
            let distance = match field {
                Field::C => i64::from(short(word, Field::C)),
                Field::Word(_) => i64::from(extra as u32 as i32),
                _ => i64::from(wide(word)),
            };
            format!("->{}", at as i64 + distance)
        }
        Operand::Jumps => format!(
            "->{} ->{}",
            at as i64 + i64::from(extra as u32 as i32),
            at as i64 + i64::from(wide(extra))
        ),
        Operand::Flags => match flags(word) {
            0 => return None,
            set => format!("x={set}"),
        },
        Operand::Key | Operand::Constant => constant(code, extra),
        Operand::Function => format!("f{extra}"),
        Operand::Data => format!("@{extra}"),
        Operand::Cache => return None,
    })
}

fn register(number: i16) -> String {
    match number {
        super::frame::THIS => "this".to_owned(),
        super::frame::CALLEE => "callee".to_owned(),
        super::frame::NEW_TARGET => "newtarget".to_owned(),
        _ => format!("r{number}"),
    }
}

fn constant(code: &CodeTemplate, index: u64) -> String {
    match code.constants.get(index as usize) {
        Some(it @ Constant::Source(..)) => {
            format!("{:?}", String::from_utf8_lossy(it.bytes_in(&code.source)))
        }
        Some(Constant::Text(it)) => format!("{:?}", text(it)),
        Some(Constant::Number(it)) => format!("{it:?}"),
        Some(Constant::BigInt(it)) => format!("{it}n"),
        None => "?".to_owned(),
    }
}

fn text(it: &Text) -> String {
    match it {
        Text::Latin1(bytes) => bytes.iter().map(|&byte| char::from(byte)).collect(),
        Text::Utf16(units) => String::from_utf16_lossy(units),
    }
}

fn tables(out: &mut String, code: &CodeTemplate) {
    for (index, scope) in code.scopes.iter().enumerate() {
        let names: Vec<String> = scope
            .bindings
            .iter()
            .map(|binding| {
                format!(
                    "{}={}:{:?}",
                    text(&binding.name),
                    binding.slot,
                    binding.kind
                )
            })
            .collect();
        let var = if scope.is_var_scope { " var" } else { "" };
        let _ = writeln!(out, "  scope {}{var} {}", index + 1, names.join(" "));
    }
    for (index, globals) in code.globals.iter().enumerate() {
        let names = |list: &[Text]| list.iter().map(text).collect::<Vec<_>>().join(",");
        let _ = writeln!(
            out,
            "  globals {index} let={} const={} var={} function={} annexB={}",
            names(&globals.lets),
            names(&globals.consts),
            names(&globals.vars),
            names(&globals.functions),
            names(&globals.annex_b)
        );
    }
    for (index, map) in code.argument_maps.iter().enumerate() {
        let _ = writeln!(out, "  arguments {index} {map:?}");
    }
}
