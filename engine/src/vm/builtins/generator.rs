//! Generator functions and generators. Source: ECMA-262 <https://tc39.es/ecma262/#sec-generatorfunction-objects>,
//! <https://tc39.es/ecma262/#sec-generator-objects>.
//!
//! Resuming is the interpreter's: it sees the three methods by their special flag and pushes the generator's frame.

use crate::vm::{
    builtins::dynamic_function::{self, Flavour},
    compiler::DynamicFunctionKind,
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::{attr, create::native_flag},
    realm::Intrinsic,
};

/// Declares `%GeneratorFunction%`, `%GeneratorFunction.prototype%` and `%GeneratorPrototype%`.
pub(in crate::vm::builtins) fn install(vm: &mut Vm, _global: Obj) {
    let parent = vm.ensure_iterator_prototype();
    let prototype = vm.new_object_of(Kind::Object, parent.into());
    vm.set_intrinsic(Intrinsic::GeneratorPrototype, prototype);
    vm.mark_as_proto(prototype);
    for (name, special) in [
        ("next", native_flag::RESUME_NEXT),
        ("return", native_flag::RESUME_RETURN),
        ("throw", native_flag::RESUME_THROW),
    ] {
        let method = vm.define_method(prototype, name, 1, resume);
        vm.make_special(method, special);
        if special == native_flag::RESUME_NEXT {
            vm.set_intrinsic(Intrinsic::GeneratorNext, method);
        }
    }
    let tag = vm.str("Generator");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
    let flavour = Flavour {
        name: "GeneratorFunction",
        function: construct,
        constructor: Intrinsic::GeneratorFunction,
        prototype: Intrinsic::GeneratorFunctionPrototype,
        instances: Some(Intrinsic::GeneratorPrototype),
    };
    let shape = dynamic_function::declare(vm, &flavour);
    vm.realms[vm.realm as usize].shapes.generator_function = shape;
}

/// `GeneratorFunction(...)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    dynamic_function::construct(vm, args, DynamicFunctionKind::Generator)
}

/// What runs where a call does not pass the interpreter: nowhere.
fn resume(vm: &mut Vm, _args: &Args<'_>) -> Completion {
    Err(vm.throw_type("next method called on incompatible receiver"))
}
