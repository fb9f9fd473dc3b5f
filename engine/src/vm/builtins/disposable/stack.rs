//! `DisposableStack`.

use super::{Kind, this_stack};
use crate::vm::{
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

const KIND: Kind = Kind::DisposableStack;
const PROTO: Intrinsic = Intrinsic::DisposableStackPrototype;

/// Declares `DisposableStack`.
pub(super) fn install(vm: &mut Vm) {
    let class = Constructor::new(
        "DisposableStack",
        0,
        construct,
        Intrinsic::DisposableStack,
        PROTO,
    );
    let (_, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        prototype,
        &[
            ("adopt", 2, adopt),
            ("defer", 1, defer),
            ("move", 0, move_),
            ("use", 1, use_),
        ],
    );
    let dispose = vm.define_method(prototype, "dispose", 0, dispose);
    vm.define_value(prototype, "@@dispose", dispose, attr::METHOD);
    vm.define_getter(prototype, "disposed", disposed);
    let tag = vm.str("DisposableStack");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `new DisposableStack()`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::construct(vm, args, KIND, PROTO, "DisposableStack")
}

/// `DisposableStack.prototype.adopt`
fn adopt(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::adopt(vm, args, KIND, "DisposableStack.prototype.adopt")
}

/// `DisposableStack.prototype.defer`
fn defer(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::defer(vm, args, KIND, "DisposableStack.prototype.defer")
}

/// `DisposableStack.prototype.move`
fn move_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::move_(vm, args, KIND, PROTO, "DisposableStack.prototype.move")
}

/// `DisposableStack.prototype.use`
fn use_(vm: &mut Vm, args: &Args<'_>) -> Completion {
    super::use_(vm, args, KIND, "DisposableStack.prototype.use")
}

/// `DisposableStack.prototype.dispose`
fn dispose(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let stack = this_stack(vm, args, KIND, "DisposableStack.prototype.dispose")?;
    if stack.internal(0) == Value::TRUE {
        return Ok(Value::UNDEFINED);
    }
    stack.set_internal(0, Value::TRUE);
    let chain = stack.internal(1);
    vm.root(chain);
    stack.set_internal(1, Value::UNDEFINED);
    vm.dispose_resources(chain)
}

/// `get DisposableStack.prototype.disposed`
fn disposed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    this_stack(vm, args, KIND, "get DisposableStack.prototype.disposed")
        .map(|stack| stack.internal(0))
}
