//! `Iterator` and its helpers.

use crate::vm::{
    heap::{Kind, Obj},
    machine::Vm,
    realm::Intrinsic,
};

/// Declares `%IteratorPrototype%`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let proto = vm.new_intrinsic_object(Kind::Object, Intrinsic::ObjectPrototype);
    vm.set_intrinsic(Intrinsic::IteratorPrototype, proto);
    vm.define_method(proto, "@@iterator", 0, |_, args| Ok(args.this));
}
