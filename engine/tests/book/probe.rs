//! Functions that show programs of the book what lies behind a value.

use std::cell::RefCell;
use std::fmt::Write;

use ouro_engine::vm::{
    Args, Completion, Throw, Vm,
    bytecode::caches::op_of,
    heap::{Code, Kind, Obj, flag, str::repr},
    object::{KeyKind, PropKey},
    regexp::{Flags, Program},
    value::Value,
};

thread_local! {
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
    /// Shapes by the order in which they were shown.
    static SHAPES: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// What was printed since the last time.
pub fn take_output() -> String {
    OUTPUT.take()
}

/// Gives a machine `print` and the functions of this file.
pub fn install(vm: &mut Vm) {
    SHAPES.take();
    let Some(global) = vm.realms[0].global.as_object() else {
        return;
    };
    vm.define_method(global, "print", 1, print);
    vm.define_method(global, "bits", 1, bits);
    vm.define_method(global, "storage", 1, storage);
    vm.define_method(global, "layout", 1, layout);
    vm.define_method(global, "instructions", 1, instructions);
    vm.define_method(global, "pattern", 1, pattern);
    vm.define_method(global, "newRealm", 0, new_realm);
    vm.define_method(global, "withFuel", 2, with_fuel);
    vm.define_method(global, "withHeap", 2, with_heap);
}

fn give(vm: &mut Vm, text: &str) -> Completion {
    Ok(vm.str(text).into())
}

fn rust_text(vm: &mut Vm, value: Value) -> Completion<String> {
    let text = vm.to_string(value)?;
    Ok(vm.heap.units(&text).to_string_lossy())
}

fn print(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut line = Vec::new();
    for &value in args.values {
        line.push(rust_text(vm, value)?);
    }
    OUTPUT.with_borrow_mut(|output| {
        output.push_str(line.join(" ").trim_end());
        output.push('\n');
    });
    Ok(Value::UNDEFINED)
}

/// `bits(value)`: the 64 bits of a value; of a pointer, the tag and what it points at.
fn bits(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let value = args.at(0);
    let word = value.bits();
    let text = match value.as_cell() {
        Some(cell) => format!("{:04X} -> {:?}", word >> 48, cell.kind()),
        None => {
            let part = |shift: u32| word >> shift & 0xFFFF;
            format!(
                "{:04X}_{:04X}_{:04X}_{:04X}",
                part(48),
                part(32),
                part(16),
                part(0)
            )
        }
    };
    give(vm, &text)
}

/// `storage(string)`: how its units are stored.
fn storage(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = match args.at(0).as_string() {
        Some(string) => {
            let form = match string.cell().header().inline {
                repr::FLAT => "flat",
                repr::ROPE => "rope",
                repr::REF => "reference",
                _ => "external",
            };
            let width = if string.is_latin1() {
                "Latin-1"
            } else {
                "UTF-16"
            };
            let atom = if string.is_atom() { ", interned" } else { "" };
            format!("{form}, {width}, {} units{atom}", string.len())
        }
        None => "no string".to_owned(),
    };
    give(vm, &text)
}

fn key_text(vm: &mut Vm, key: PropKey) -> String {
    match key.kind() {
        KeyKind::Index(index) => index.to_string(),
        KeyKind::String(name) => vm.heap.units(&name).to_string_lossy(),
        KeyKind::Symbol(symbol) => match symbol.description().as_string() {
            Some(name) => format!("[{}]", vm.heap.units(&name).to_string_lossy()),
            None => "[]".to_owned(),
        },
    }
}

/// `layout(object)`: its shape with the names in it, where their slots are, and its elements.
fn layout(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = match args.at(0).as_object() {
        Some(object) => object_layout(vm, object),
        None => "no object".to_owned(),
    };
    give(vm, &text)
}

fn object_layout(vm: &mut Vm, object: Obj) -> String {
    let id = object.shape();
    let shape = vm.heap.shapes.get(id);
    let (dictionary, room) = (
        shape.dictionary,
        u32::from(object.cell().header().inline - object.kind().internal_slots()),
    );
    let mut text = if dictionary {
        "dictionary".to_owned()
    } else {
        let number = SHAPES.with_borrow_mut(|shapes| {
            shapes
                .iter()
                .position(|&known| known == id)
                .unwrap_or_else(|| {
                    shapes.push(id);
                    shapes.len() - 1
                })
        });
        format!("shape {}", char::from(b'A' + (number % 26) as u8))
    };
    text.push_str(" {");
    for (key, slot) in vm.heap.shapes.entries(id) {
        let name = key_text(vm, key);
        let place = if slot.slot < room { "" } else { " outside" };
        let _ = write!(text, " {name}: slot {}{place},", slot.slot);
    }
    if text.ends_with(',') {
        text.pop();
        text.push(' ');
    }
    text.push('}');
    if object.has_flag(flag::EXOTIC) {
        text.push_str(", elements elsewhere");
    } else if object.dense_len() > 0 {
        let holes = object
            .dense_slice()
            .iter()
            .filter(|value| value.is_hole())
            .count();
        let _ = write!(text, ", {} dense elements", object.dense_len());
        if holes > 0 {
            let _ = write!(text, " with {holes} holes");
        }
    }
    text
}

/// `instructions(function)`: the opcodes of its linked code as they stand now, caches included.
fn instructions(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let code = args
        .at(0)
        .as_object()
        .filter(|object| object.kind() == Kind::Function)
        .and_then(|object| Code::from_value(object.internal(0)));
    let mut names = Vec::new();
    if let Some(code) = code {
        let words = &code.data().words;
        let mut at = 0;
        while let Some(op) = words.get(at).copied().and_then(op_of) {
            names.push(op.name());
            at += op.words();
        }
    }
    give(vm, &names.join(" "))
}

/// `pattern(regexp)`: the program that its pattern is compiled to.
fn pattern(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut parts = Vec::new();
    for name in ["source", "flags"] {
        let key = PropKey::atom(vm.heap.atom_str(name));
        let part = vm.get_v(args.at(0), key)?;
        parts.push(rust_text(vm, part)?.encode_utf16().collect::<Vec<u16>>());
    }
    let flags = Flags::parse(&parts[1]).unwrap_or_default();
    let text = match Program::compile(&parts[0], flags) {
        Ok(program) => program.listing(),
        Err(error) => error.message,
    };
    give(vm, text.trim_end())
}

/// `withFuel(steps, function)`: the function's result, or that it was stopped.
fn with_fuel(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let steps = vm.to_number(args.at(0))? as u64;
    vm.set_fuel(Some(steps));
    let result = vm.call(args.at(1), Value::UNDEFINED, &[]);
    vm.set_fuel(None);
    match result {
        Err(Throw(Value::TERMINATION)) => give(vm, "stopped"),
        result => result,
    }
}

/// `withHeap(bytes, function)`: calls it while the heap may grow by so much.
fn with_heap(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let before = vm.heap.limit();
    let bytes = vm.to_number(args.at(0))? as usize;
    vm.collect(true);
    vm.heap.set_limit(vm.heap.used() + bytes);
    let result = vm.call(args.at(1), Value::UNDEFINED, &[]);
    vm.heap.set_limit(before);
    result
}

/// `newRealm()`: the global object of a new realm.
fn new_realm(vm: &mut Vm, _: &Args<'_>) -> Completion {
    let realm = vm.create_realm();
    Ok(vm.realms[realm as usize].global)
}
