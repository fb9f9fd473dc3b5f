//! `JSON`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-json-object>.

mod object;
mod parse;
mod problem;
mod raw;
mod revive;
mod state;
mod stringify;
mod write;

use crate::vm::{
    heap::{Obj, Str, Units},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};
use parse::{Parsed, Parser};
pub use state::JsonState;
use state::Reading;

/// How deeply `stringify` and a reviver follow a value where the host does not say what its stack bears.
const MAX_DEPTH: usize = 2_000;

/// How deeply `stringify` and a reviver may follow a value: a level takes less native stack than a nested call.
fn max_depth(vm: &Vm) -> usize {
    MAX_DEPTH.max(vm.limits.native_depth as usize)
}

/// Declares `JSON`.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let proto = vm.intrinsic(Intrinsic::ObjectPrototype);
    let json = vm.new_object_with_proto(proto.into());
    vm.set_intrinsic(Intrinsic::Json, json);
    vm.define_methods(
        json,
        &[
            ("parse", 2, parse),
            ("stringify", 3, stringify),
            ("rawJSON", 1, raw::raw_json),
            ("isRawJSON", 1, raw::is_raw_json),
        ],
    );
    let tag = vm.str("JSON");
    vm.define_value(json, "@@toStringTag", tag, attr::C);
    vm.define_value(global, "JSON", json, attr::METHOD);
}

/// `JSON.parse`
fn parse(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let text = vm.to_string(args.at(0))?;
    let reviver = args.at(1);
    if !vm.is_callable(reviver) {
        return vm.json_parse(text);
    }
    vm.root(text);
    let parsed = read(vm, text, true)?;
    revive::revive(vm, text, &parsed, reviver)
}

/// `JSON.stringify`
fn stringify(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.json_stringify(args.at(0), args.at(1), args.at(2))
}

/// Reads a text; with `record`, notes what in the text each value came from.
fn read(vm: &mut Vm, text: Str, record: bool) -> Completion<Parsed> {
    vm.work(text.len() / 64)?;
    let memory = Reading::take(vm);
    match vm.heap.units(&text) {
        Units::Latin1(units) => Parser::new(units, record, memory).parse(vm),
        Units::Utf16(units) => Parser::new(units, record, memory).parse(vm),
    }
}

impl Vm {
    /// `JSON.parse(text)`
    ///
    /// # Errors
    /// `SyntaxError` when the text is not JSON.
    pub fn json_parse(&mut self, text: Str) -> Completion {
        read(self, text, false).map(|parsed| parsed.value)
    }

    /// `JSON.stringify(value, replacer, space)`: a string, or undefined where there is nothing to show.
    ///
    /// # Errors
    /// `TypeError` for cycles and BigInts; whatever the program's code throws.
    pub fn json_stringify(&mut self, value: Value, replacer: Value, space: Value) -> Completion {
        stringify::stringify(self, value, replacer, space)
    }
}
