//! `RegExp`: the objects around [`crate::vm::regexp`]'s programs. Internal slot 0 is a [`RegExpData`], slot 1 says whether
//! matches show in `RegExp.$1` and its like, slot 2 is the realm; `lastIndex` is always property slot 0.
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-regexp-regular-expression-objects>.
//!
//! Operations whose outcome a program can change by replacing `exec`, `flags` and so on have a short cut for regular
//! expressions that are as they were made ([`Vm::is_pristine_regexp`]); the rest of each reads like its clause.

mod create;
mod data;
mod escape;
mod exec;
mod flags;
mod iterator;
mod legacy;
mod replace;
mod search;
mod split;
mod state;
mod substitution;

use crate::vm::{
    heap::{Kind, Obj, Str},
    machine::{Args, Completion, Vm},
    realm::{Constructor, Intrinsic},
    value::Value,
};

pub use data::RegExpData;
pub use state::RegExpState;
pub(super) use {replace::replace_here, substitution::push_part};

/// Declares `RegExp`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "RegExp",
        2,
        create::construct,
        Intrinsic::RegExp,
        Intrinsic::RegExpPrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    exec::install(vm, prototype);
    flags::install(vm, prototype);
    create::install(vm, constructor, prototype);
    vm.define_method(constructor, "escape", 1, escape::escape);
    search::install(vm, prototype);
    replace::install(vm, prototype);
    split::install(vm, prototype);
    legacy::install(vm, constructor);
    iterator::install(vm, prototype);
    vm.guard_regexp_prototype(prototype);
}

/// `this`, which must be an object.
fn this_object(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Obj> {
    match args.this.as_object() {
        Some(object) => Ok(object),
        None => Err(incompatible(vm, args.this, method)),
    }
}

/// `this`, which must be a regular expression.
fn this_regexp(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Obj> {
    match args.this.as_object() {
        Some(object) if object.kind() == Kind::RegExp => Ok(object),
        _ => Err(incompatible(vm, args.this, method)),
    }
}

fn incompatible(vm: &mut Vm, this: Value, method: &str) -> crate::vm::Throw {
    let text = match this.as_string() {
        Some(string) => vm.heap.units(&string).to_string_lossy(),
        None => vm.display_receiver(this),
    };
    vm.throw_type(format!(
        "Method RegExp.prototype.{method} called on incompatible receiver {text}"
    ))
}

/// `ToString(argument 0)`, rooted.
fn string_argument(vm: &mut Vm, args: &Args<'_>) -> Completion<Str> {
    let value = args.at(0);
    if let Some(string) = value.as_string() {
        return Ok(string);
    }
    let string = vm.to_string(value)?;
    Ok(vm.root(string))
}

/// `AdvanceStringIndex`
fn advance(vm: &mut Vm, string: Str, index: usize, unicode: bool) -> usize {
    if unicode && !string.is_latin1() {
        let units = vm.heap.units(&string);
        let pair = matches!(
            (units.get(index), units.get(index + 1)),
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF))
        );
        if pair {
            return index + 2;
        }
    }
    index + 1
}
