//! `WeakRef`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-weak-ref-objects>.

use super::{table::can_be_held, this_data};
use crate::vm::{
    heap::{Kind, NativeData, Tracer},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// A weak reference's target; undefined once it is dead.
#[derive(Debug)]
struct Target(Value);

impl NativeData for Target {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn is_weak(&self) -> bool {
        true
    }

    fn sweep_weak(&mut self, tracer: &Tracer<'_>) {
        if !tracer.is_alive(self.0) {
            self.0 = Value::UNDEFINED;
        }
    }
}

/// Declares `WeakRef`.
pub(super) fn install(vm: &mut Vm) {
    let class = Constructor::new(
        "WeakRef",
        1,
        construct,
        Intrinsic::WeakRef,
        Intrinsic::WeakRefPrototype,
    );
    let (_, prototype) = vm.define_constructor(&class);
    vm.define_methods(prototype, &[("deref", 0, deref)]);
    let tag = vm.str("WeakRef");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `new WeakRef(target)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor WeakRef requires 'new'"));
    }
    let target = args.at(0);
    if !can_be_held(target) {
        return Err(vm.throw_type("WeakRef: invalid target"));
    }
    let reference =
        vm.create_from_constructor(Kind::WeakRef, args.new_target, Intrinsic::WeakRefPrototype)?;
    vm.add_to_kept_objects(target);
    reference.set_internal(0, vm.heap.new_native(Target(target)).into());
    Ok(reference.into())
}

/// `WeakRef.prototype.deref`
fn deref(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let data = this_data(vm, args, Kind::WeakRef, "WeakRef.prototype.deref")?;
    let target = vm
        .heap
        .native::<Target>(data)
        .map_or(Value::UNDEFINED, |target| target.0);
    if !target.is_undefined() {
        vm.add_to_kept_objects(target);
    }
    Ok(target)
}

impl Vm {
    /// `AddToKeptObjects`: keeps the target alive until the jobs of this turn are done.
    fn add_to_kept_objects(&mut self, target: Value) {
        if self.kept.last() == Some(&target) {
            return;
        }
        self.kept.push(target);
        // Now and then duplicates go, so that a long turn keeps each target once.
        if self.kept.len() >= 1024 && self.kept.len().is_power_of_two() {
            self.kept.sort_unstable_by_key(|value| value.bits());
            self.kept.dedup();
        }
    }

    /// The target of a `WeakRef`; undefined once it is dead. Keeps it not alive.
    #[must_use]
    pub fn weak_ref_target(&self, reference: crate::vm::heap::Obj) -> Value {
        self.heap
            .native::<Target>(reference.internal(0))
            .map_or(Value::UNDEFINED, |target| target.0)
    }
}
