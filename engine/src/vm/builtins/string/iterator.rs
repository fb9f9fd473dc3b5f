//! `String.prototype[Symbol.iterator]` and its iterators. Internal slots: 0 the string (undefined when done), 1 the next
//! index. Source: ECMA-262 <https://tc39.es/ecma262/#sec-string-iterator-objects>.

use super::{code_point_at, this_string};
use crate::vm::{
    heap::{Kind, Obj, Str},
    machine::{Args, Completion, Vm},
    object::{PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    let method = vm.define_method(prototype, "@@iterator", 0, iterator);
    vm.set_intrinsic(Intrinsic::StringProtoIterator, method);
    let parent = vm.intrinsic(Intrinsic::IteratorPrototype);
    let proto = vm.new_object_with_proto(parent.into());
    vm.set_intrinsic(Intrinsic::StringIteratorPrototype, proto);
    let next = vm.define_method(proto, "next", 0, next);
    vm.set_intrinsic(Intrinsic::StringIteratorNext, next);
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
    let value = part(vm, string, index, count);
    Ok(vm.iter_result(value, false).into())
}

fn part(vm: &mut Vm, string: Str, index: usize, count: usize) -> Value {
    if count == 1 {
        vm.char_at(string, index)
    } else {
        vm.heap.substring(string, index, index + count).into()
    }
}

impl Vm {
    /// Does iterating over a string run nothing but the built-in methods?
    pub(in crate::vm) fn is_string_iteration_pristine(&mut self) -> bool {
        let methods = [
            (
                Intrinsic::StringPrototype,
                PropKey::symbol(self.symbols.iterator),
                Intrinsic::StringProtoIterator,
            ),
            (
                Intrinsic::StringIteratorPrototype,
                self.names.next,
                Intrinsic::StringIteratorNext,
            ),
        ];
        methods.into_iter().all(|(holder, key, method)| {
            let (holder, method) = (self.intrinsic(holder), self.intrinsic(method));
            let slot = self.heap.shapes.lookup(holder.shape(), key);
            slot.filter(|slot| slot.attrs & attr::ACCESSOR == 0)
                .is_some_and(|slot| holder.slot(slot.slot) == method.into())
        })
    }

    /// The code point at `index` as a string, and the index of the next one; `None` at the end.
    pub(in crate::vm) fn string_step(
        &mut self,
        string: Str,
        index: usize,
    ) -> Option<(Value, usize)> {
        let units = self.heap.units(&string);
        let (_, count) = code_point_at(units, index)?;
        Some((part(self, string, index, count), index + count))
    }
}
