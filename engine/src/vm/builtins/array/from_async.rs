//! `Array.fromAsync`.

use crate::vm::machine::{Args, Completion, Vm};

/// `Array.fromAsync`
pub(super) fn from_async(vm: &mut Vm, _args: &Args<'_>) -> Completion {
    Err(vm.throw_type("Array.fromAsync is missing"))
}
