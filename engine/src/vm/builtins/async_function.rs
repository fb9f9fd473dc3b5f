//! Async functions' constructor. Source: ECMA-262 <https://tc39.es/ecma262/#sec-async-function-objects>.

use crate::vm::{
    builtins::dynamic_function::{self, Flavour},
    compiler::DynamicFunctionKind,
    heap::Obj,
    machine::{Args, Completion, Vm},
    realm::Intrinsic,
};

/// Declares `%AsyncFunction%` and its prototype object.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let flavour = Flavour {
        name: "AsyncFunction",
        function: construct,
        constructor: Intrinsic::AsyncFunction,
        prototype: Intrinsic::AsyncFunctionPrototype,
        instances: None,
    };
    let shape = dynamic_function::declare(vm, &flavour);
    vm.realms[vm.realm as usize].shapes.async_function = shape;
}

/// `AsyncFunction(...)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    dynamic_function::construct(vm, args, DynamicFunctionKind::Async)
}
