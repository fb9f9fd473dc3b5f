//! Weak collections and references: what they hold does not keep it alive. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-weakmap-objects> and on, <https://tc39.es/ecma262/#sec-managing-memory>.
//!
//! Internal slot 0 of each is a native cell with its weak data; the collector clears what is dead.

mod finalization_registry;
mod map;
mod reference;
mod set;
pub(in crate::vm) mod table;
#[cfg(test)]
mod tests;

pub(in crate::vm) use finalization_registry::Finalizers;

use super::keyed::incompatible;
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    value::Value,
};
use table::WeakTable;

/// Declares the weak collections, `WeakRef` and `FinalizationRegistry`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    map::install(vm);
    set::install(vm);
    reference::install(vm);
    finalization_registry::install(vm);
}

/// The native cell of the weak object that `this` is.
fn this_data(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion {
    match args.this.as_object() {
        Some(object) if object.kind() == kind => Ok(object.internal(0)),
        _ => Err(incompatible(vm, method, args.this)),
    }
}

impl Vm {
    /// The entries of a `WeakMap` (or a `WeakSet`, with undefined values) that are alive as far as is known.
    #[must_use]
    pub fn weak_entries(&self, collection: Obj) -> Vec<(Value, Value)> {
        self.heap
            .native::<WeakTable>(collection.internal(0))
            .map_or_else(Vec::new, WeakTable::entries)
    }
}
