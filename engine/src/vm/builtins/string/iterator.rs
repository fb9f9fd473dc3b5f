//! `String.prototype[Symbol.iterator]` and its iterators. Internal slots: 0 the string (undefined when done), 1 the next
//! index. Source: ECMA-262 <https://tc39.es/ecma262/#sec-string-iterator-objects>.

use super::{code_point_at, this_string};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_method(prototype, "@@iterator", 0, iterator);
    let parent = vm.intrinsic(Intrinsic::IteratorPrototype);
    let proto = vm.new_object_with_proto(parent.into());
    vm.set_intrinsic(Intrinsic::StringIteratorPrototype, proto);
    vm.define_method(proto, "next", 0, next);
    let tag = vm.str("String Iterator");
    vm.define_value(proto, "@@toStringTag", tag, attr::C);
}

fn iterator(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let string = this_string(vm, args, "[Symbol.iterator]")?;
    let iterator =
        vm.new_intrinsic_object(Kind::StringIterator, Intrinsic::StringIteratorPrototype);
    iterator.set_internal(0, string.into());
    iterator.set_internal(1, Value::ZERO);
    Ok(iterator.into())
}

fn next(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(iterator) = args
        .this
        .as_object()
        .filter(|object| object.kind() == Kind::StringIterator)
    else {
        let text = vm.display(args.this);
        return Err(vm.throw_type(format!(
            "Method String Iterator.prototype.next called on incompatible receiver {text}"
        )));
    };
    let Some(string) = iterator.internal(0).as_string() else {
        return Ok(vm.iter_result(Value::UNDEFINED, true).into());
    };
    let index = iterator.internal(1).as_number().unwrap_or(0.0) as usize;
    let units = vm.heap.units(&string);
    let Some((_, count)) = code_point_at(units, index) else {
        iterator.set_internal(0, Value::UNDEFINED);
        return Ok(vm.iter_result(Value::UNDEFINED, true).into());
    };
    iterator.set_internal(1, Value::from(index + count));
    let value = if count == 1 {
        vm.char_at(string, index)
    } else {
        vm.heap.substring(string, index, index + count).into()
    };
    Ok(vm.iter_result(value, false).into())
}
