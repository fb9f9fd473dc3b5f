//! What a cell refers to, edge by edge, and what it is called: the part of a snapshot that knows the kinds of cells.
//!
//! Nothing here changes the heap, runs JavaScript or allocates a cell.

use super::heap_snapshot::{EdgeKind, NodeKind};
use crate::vm::{
    builtins::weak::table::WeakTable,
    heap::{Cell, Code, Env, Kind, Obj, Str, Sym, obj},
    interpreter::LinkedScope,
    machine::Vm,
    object::{PropKey, attr, shape::Lazy},
    value::Value,
};

/// A reference. Its name is a text, or (elements, hidden edges) a number.
pub(super) struct Edge {
    pub(super) kind: EdgeKind,
    pub(super) name: Result<Box<str>, usize>,
    pub(super) to: Cell,
}

/// Units of a string that become a node's name.
const MAX_NAME: usize = 1024;
/// Prototypes that are searched for a constructor.
const MAX_CHAIN: usize = 100;

/// Names of the internal slots of kinds whose slots say something.
const INTERNAL: &[(Kind, &[&str])] = &[
    (
        Kind::Function,
        &["code", "context", "home_object", "fields"],
    ),
    (Kind::NativeFunction, &["", "", "data", "captured"]),
    (
        Kind::BoundFunction,
        &["bound_function", "bound_this", "bound_arguments"],
    ),
    (Kind::Promise, &["state", "result", "reactions", "flags"]),
    (Kind::Generator, &["frame", "", "queue", ""]),
    (Kind::AsyncFunction, &["frame", "", "promise", ""]),
    (Kind::AsyncGenerator, &["frame", "", "queue", ""]),
    (Kind::Proxy, &["target", "handler", "flags"]),
    (Kind::Map, &["table", "", ""]),
    (Kind::Set, &["table", "", ""]),
    (Kind::ArrayBuffer, &["backing_store", "", ""]),
];

fn push(out: &mut Vec<Edge>, kind: EdgeKind, name: &str, value: Value) {
    if let Some(to) = value.as_cell() {
        let name = Ok(name.into());
        out.push(Edge { kind, name, to });
    }
}

fn push_index(out: &mut Vec<Edge>, kind: EdgeKind, index: usize, to: Cell) {
    let name = Err(index);
    out.push(Edge { kind, name, to });
}

impl Vm {
    /// Everything that `cell` refers to.
    pub(super) fn edges_of(&mut self, cell: Cell, out: &mut Vec<Edge>) {
        let kind = cell.kind();
        if kind.is_object() {
            return self.edges_of_object(Obj::from_cell(cell), out);
        }
        match kind {
            Kind::String => {
                let names = ["first", "second"];
                let parts = self.heap.children(cell);
                for (&part, name) in parts.iter().zip(names) {
                    let name = if parts.len() == 1 { "parent" } else { name };
                    push(out, EdgeKind::Internal, name, Value::cell(part));
                }
            }
            Kind::Env => self.edges_of_env(cell, out),
            // Their owner names what they hold.
            Kind::Slots | Kind::Elements => {}
            Kind::Symbol => {
                if let Some(symbol) = Sym::from_value(Value::cell(cell)) {
                    push(out, EdgeKind::Internal, "description", symbol.description());
                }
            }
            Kind::Native => {
                for (index, to) in self.heap.children(cell).into_iter().enumerate() {
                    push_index(out, EdgeKind::Hidden, index + 1, to);
                }
                if let Some(table) = self.heap.native::<WeakTable>(Value::cell(cell)) {
                    for (key, value) in table.entries() {
                        push(out, EdgeKind::Weak, "key", key);
                        push(out, EdgeKind::Weak, "value of key", value);
                    }
                }
            }
            _ => {
                for (index, to) in self.heap.children(cell).into_iter().enumerate() {
                    push_index(out, EdgeKind::Hidden, index + 1, to);
                }
            }
        }
    }

    fn edges_of_object(&mut self, object: Obj, out: &mut Vec<Edge>) {
        let (shape, kind) = (object.shape(), object.kind());
        let proto = self.heap.shapes.get(shape).proto;
        push(out, EdgeKind::Property, "__proto__", proto);
        for (key, slot) in self.heap.shapes.entries(shape) {
            let value = object.slot(slot.slot);
            let Some(cell) = value.as_cell() else {
                continue;
            };
            let name = key_text(key);
            if slot.attrs & attr::ACCESSOR != 0 && cell.kind() == Kind::Slots {
                for (part, prefix) in ["get ", "set "].into_iter().enumerate() {
                    let function = cell.slots_get(part);
                    push(
                        out,
                        EdgeKind::Property,
                        &format!("{prefix}{name}"),
                        function,
                    );
                }
            } else {
                push(out, EdgeKind::Property, &name, value);
            }
        }
        let named = INTERNAL.iter().find(|(known, _)| *known == kind);
        for index in 0..usize::from(kind.internal_slots()) {
            let value = object.internal(index);
            if kind == Kind::NativeFunction && index == 0 {
                continue;
            }
            match named.and_then(|(_, names)| names.get(index)) {
                Some(name) => push(out, EdgeKind::Internal, name, value),
                None => push(out, EdgeKind::Internal, &format!("slot {index}"), value),
            }
        }
        let out_of_line = object.cell().read(obj::OUT);
        if out_of_line != 0 {
            let storage = Cell::from_addr(out_of_line);
            push(out, EdgeKind::Internal, "properties", Value::cell(storage));
        }
        let elements = object.elements();
        if elements != self.heap.empty_elements() {
            push(out, EdgeKind::Internal, "elements", Value::cell(elements));
        }
        for (index, value) in object.dense_slice().iter().enumerate() {
            if let Some(to) = value.as_cell() {
                push_index(out, EdgeKind::Element, index, to);
            }
        }
    }

    fn edges_of_env(&mut self, cell: Cell, out: &mut Vec<Edge>) {
        let Some(env) = Env::from_value(Value::cell(cell)) else {
            return;
        };
        if let Some(parent) = env.parent() {
            push(out, EdgeKind::Internal, "previous", parent.into());
        }
        push(out, EdgeKind::Internal, "scope_info", env.info());
        let names = match self.heap.native::<LinkedScope>(env.info()) {
            Some(scope) => scope
                .info
                .bindings
                .iter()
                .map(|binding| (usize::from(binding.slot), binding.name.to_string_lossy()))
                .collect(),
            None => Vec::new(),
        };
        for slot in 0..env.len() {
            let name = names.iter().find(|(known, _)| *known == slot);
            match name {
                Some((_, name)) => push(out, EdgeKind::Context, name, env.get(slot)),
                None => push(
                    out,
                    EdgeKind::Context,
                    &format!("slot {slot}"),
                    env.get(slot),
                ),
            }
        }
    }

    /// What a cell is and what it is called.
    pub(super) fn describe_cell(&mut self, cell: Cell) -> (NodeKind, String) {
        let kind = cell.kind();
        match kind {
            Kind::String => {
                let string = Str::from_cell(cell);
                let n_parts = self.heap.children(cell).len();
                let kind = match n_parts {
                    0 => NodeKind::String,
                    1 => NodeKind::SlicedString,
                    _ => NodeKind::ConcatenatedString,
                };
                (kind, text_of(string))
            }
            Kind::Symbol => {
                let symbol = Sym::from_value(Value::cell(cell));
                let description = symbol.and_then(|symbol| symbol.description().as_string());
                (
                    NodeKind::Symbol,
                    description.map(text_of).unwrap_or_default(),
                )
            }
            Kind::BigInt => (NodeKind::BigInt, "bigint".to_owned()),
            Kind::Env => (NodeKind::Object, "system / Context".to_owned()),
            Kind::Code => {
                let code = Code::from_value(Value::cell(cell));
                (NodeKind::Code, code.map(code_name).unwrap_or_default())
            }
            Kind::Native => (NodeKind::Native, "system / Native".to_owned()),
            Kind::Slots => (NodeKind::Array, "(object properties)".to_owned()),
            Kind::Elements => (NodeKind::Array, "(object elements)".to_owned()),
            Kind::Bytes | Kind::Free => (NodeKind::Hidden, "system / Bytes".to_owned()),
            Kind::Function | Kind::NativeFunction | Kind::BoundFunction => {
                let name = self.function_name_of(Obj::from_cell(cell));
                (NodeKind::Closure, name)
            }
            Kind::RegExp => (NodeKind::RegExp, "RegExp".to_owned()),
            Kind::Global => (NodeKind::Object, "global".to_owned()),
            _ => {
                let name = self.class_name_of(Obj::from_cell(cell));
                (NodeKind::Object, name)
            }
        }
    }

    /// The value of an own data property that is there without being asked for.
    fn peek(&mut self, object: Obj, key: PropKey) -> Option<Value> {
        let slot = self.heap.shapes.lookup(object.shape(), key)?;
        (slot.attrs & attr::ACCESSOR == 0).then(|| object.slot(slot.slot))
    }

    fn function_name_of(&mut self, function: Obj) -> String {
        let key = self.names.name;
        if let Some(name) = self.peek(function, key).and_then(Value::as_string) {
            return text_of(name);
        }
        let is_lazy = self.heap.shapes.get(function.shape()).lazy != Lazy::No;
        if !is_lazy || function.kind() != Kind::Function {
            return String::new();
        }
        Code::from_value(function.internal(0))
            .map(code_name)
            .unwrap_or_default()
    }

    /// The name of an object's constructor.
    fn class_name_of(&mut self, object: Obj) -> String {
        let key = self.names.constructor;
        let mut at = Some(object);
        for _ in 0..MAX_CHAIN {
            let Some(holder) = at else { break };
            let constructor = self.peek(holder, key).and_then(Value::as_object);
            if let Some(constructor) = constructor {
                let name = self.function_name_of(constructor);
                if !name.is_empty() {
                    return name;
                }
            }
            at = self.heap.shapes.get(holder.shape()).proto.as_object();
        }
        "Object".to_owned()
    }
}

fn code_name(code: Code) -> String {
    let name = code.template().name.as_ref();
    name.map(|name| name.to_string_lossy()).unwrap_or_default()
}

fn key_text(key: PropKey) -> String {
    if let Some(index) = key.as_index() {
        return index.to_string();
    }
    let value = key.value();
    match Sym::from_value(value) {
        Some(symbol) => {
            let description = symbol.description().as_string();
            format!("<symbol {}>", description.map(text_of).unwrap_or_default())
        }
        None => value.as_string().map(text_of).unwrap_or_default(),
    }
}

/// The beginning of a string. A rope stays one.
fn text_of(string: Str) -> String {
    let mut units = Vec::new();
    let mut parts = vec![string];
    while let Some(part) = parts.pop() {
        if units.len() >= MAX_NAME {
            break;
        }
        match part.halves() {
            Some((left, right)) => parts.extend([right, left]),
            None => units.extend(part.flat_units().iter().take(MAX_NAME - units.len())),
        }
    }
    String::from_utf16_lossy(&units)
}
