//! `Iterator`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-iterator-objects>.
//!
//! The methods that give iterators are in `helper`, those that use one up in `consume`.

mod advance;
mod consume;
mod helper;
pub(in crate::vm::builtins) mod stepping;
mod zip;

pub(in crate::vm) use helper::abandon;

use crate::vm::{
    heap::{Kind, Obj},
    interpreter::{NativeFrame, Phase, Step, StepFn},
    iterate::IteratorRecord,
    machine::{Args, Completion, Throw, Vm},
    object::{Own, PropKey, attr},
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `Iterator` and the prototypes of its helpers.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "Iterator",
        0,
        iterator,
        Intrinsic::Iterator,
        Intrinsic::IteratorPrototype,
    );
    let (constructor, proto) = vm.define_constructor(&class);
    vm.define_methods(
        constructor,
        &[
            ("concat", 0, helper::concat),
            ("from", 1, from),
            ("zip", 1, zip::zip),
            ("zipKeyed", 1, zip::zip_keyed),
        ],
    );
    vm.define_methods(
        proto,
        &[
            ("@@dispose", 0, dispose),
            ("@@iterator", 0, this),
            ("chunks", 1, helper::chunks),
            ("drop", 1, helper::drop),
            ("filter", 1, helper::filter),
            ("flatMap", 1, helper::flat_map),
            ("includes", 1, consume::includes),
            ("join", 1, consume::join),
            ("map", 1, helper::map),
            ("take", 1, helper::take),
            ("windows", 1, helper::windows),
        ],
    );
    for (name, length, step) in [
        ("every", 1, consume::every as StepFn),
        ("find", 1, consume::find),
        ("forEach", 1, consume::for_each),
        ("reduce", 1, consume::reduce),
        ("some", 1, consume::some),
    ] {
        vm.define_catching(proto, name, length, step);
    }
    vm.define_resumable(proto, "toArray", 0, consume::to_array);
    vm.define_accessor(
        proto,
        "constructor",
        Some(get_constructor),
        Some(set_constructor),
    );
    vm.define_accessor(proto, "@@toStringTag", Some(get_tag), Some(set_tag));
    helper::install(vm, proto);
    let wrap = vm.new_object_with_proto(proto.into());
    vm.set_intrinsic(Intrinsic::WrapForValidIteratorPrototype, wrap);
    vm.define_resumables(
        wrap,
        &[("next", 0, wrapped_next), ("return", 0, wrapped_return)],
    );
}

/// `Iterator()`: only for subclasses.
fn iterator(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor Iterator requires 'new'"));
    }
    if args.new_target == Value::from(args.callee) {
        return Err(vm.throw_type("Abstract class Iterator not directly constructable"));
    }
    vm.create_from_constructor(Kind::Object, args.new_target, Intrinsic::IteratorPrototype)
        .map(Value::from)
}

/// `%IteratorPrototype%[Symbol.iterator]`
fn this(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(args.this)
}

/// `%IteratorPrototype%[Symbol.dispose]`
fn dispose(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = vm.names.return_;
    let method = vm.get_method(args.this, key)?;
    if !method.is_undefined() {
        vm.call(method, args.this, &[])?;
    }
    Ok(Value::UNDEFINED)
}

fn get_constructor(vm: &mut Vm, _: &Args<'_>) -> Completion {
    Ok(vm.intrinsic(Intrinsic::Iterator).into())
}

fn get_tag(vm: &mut Vm, _: &Args<'_>) -> Completion {
    Ok(vm.str("Iterator").into())
}

fn set_constructor(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = vm.names.constructor;
    set_on_others(vm, args, key)
}

fn set_tag(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let key = PropKey::symbol(vm.symbols.to_string_tag);
    set_on_others(vm, args, key)
}

/// `SetterThatIgnoresPrototypeProperties` of `%Iterator.prototype%`
fn set_on_others(vm: &mut Vm, args: &Args<'_>, key: PropKey) -> Completion {
    let Some(object) = args.this.as_object() else {
        let text = vm.display(args.this);
        return Err(vm.throw_type(format!(
            "Iterator.prototype setter called on non-object {text}"
        )));
    };
    if object == vm.intrinsic(Intrinsic::IteratorPrototype) {
        return Err(vm.throw_read_only(args.this, key));
    }
    if vm.own_property(object, key)? == Own::None {
        vm.create_data_property_or_throw(object, key, args.at(0))?;
    } else {
        vm.put(object, key, args.at(0), true)?;
    }
    Ok(Value::UNDEFINED)
}

/// `GetIteratorFlattenable`. The record is rooted.
pub(super) fn flattenable(vm: &mut Vm, value: Value, strings: bool) -> Completion<IteratorRecord> {
    if !(value.is_object() || (strings && value.is_string())) {
        let text = vm.display(value);
        return Err(vm.throw_type(format!("{text} is not an object")));
    }
    let key = PropKey::symbol(vm.symbols.iterator);
    let method = vm.get_method(value, key)?;
    let iterator = if method.is_undefined() {
        value
    } else {
        vm.call(method, value, &[])?
    };
    match iterator.as_object() {
        Some(iterator) => vm.get_iterator_direct(iterator),
        None => {
            let text = vm.display(iterator);
            Err(vm.throw_type(format!("{text} is not an object")))
        }
    }
}

/// `Iterator.from`
fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let record = flattenable(vm, args.at(0), true)?;
    let constructor = vm.intrinsic(Intrinsic::Iterator);
    if vm.ordinary_has_instance(constructor.into(), record.iterator.into())? {
        return Ok(record.iterator.into());
    }
    let wrapper = vm.new_intrinsic_object(
        Kind::WrapForValidIterator,
        Intrinsic::WrapForValidIteratorPrototype,
    );
    wrapper.set_internal(0, record.iterator.into());
    wrapper.set_internal(1, record.next);
    Ok(wrapper.into())
}

/// The wrapper that `this` is.
fn wrapper(vm: &mut Vm, args: &Args<'_>, name: &str) -> Completion<Obj> {
    match args.this.as_object() {
        Some(object) if object.kind() == Kind::WrapForValidIterator => Ok(object),
        _ => Err(throw_incompatible(
            vm,
            &format!("%WrapForValidIteratorPrototype%.{name}"),
            args.this,
        )),
    }
}

fn throw_incompatible(vm: &mut Vm, method: &str, receiver: Value) -> Throw {
    let text = vm.display_receiver(receiver);
    vm.throw_type(format!(
        "Method {method} called on incompatible receiver {text}"
    ))
}

/// `%WrapForValidIteratorPrototype%.next`
fn wrapped_next(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Result {
        return Ok(Step::Return(frame.result()));
    }
    let wrapper = wrapper(vm, &frame.args(), "next")?;
    Ok(frame.call(wrapper.internal(1), wrapper.internal(0), []))
}

/// `%WrapForValidIteratorPrototype%.return`
fn wrapped_return(vm: &mut Vm, frame: &mut NativeFrame<'_>, phase: Phase) -> Completion<Step> {
    if phase == Phase::Result {
        return Ok(Step::Return(frame.result()));
    }
    let wrapper = wrapper(vm, &frame.args(), "return")?;
    let iterator = wrapper.internal(0);
    let key = vm.names.return_;
    let method = vm.get_method(iterator, key)?;
    if method.is_undefined() {
        let result = vm.iter_result(Value::UNDEFINED, true);
        return Ok(Step::Return(result.into()));
    }
    Ok(frame.call(method, iterator, []))
}

/// `this` as an object.
fn this_object(vm: &mut Vm, args: &Args<'_>, name: &str) -> Completion<Obj> {
    match args.this.as_object() {
        Some(object) => Ok(object),
        None => Err(vm.throw_type(format!("Iterator.prototype.{name} called on non-object"))),
    }
}

/// Closes the iterator that a method was called on, whose `next` was not read yet, and throws.
fn close_with(vm: &mut Vm, iterator: Obj, throw: Throw) -> Throw {
    let record = IteratorRecord {
        iterator,
        next: Value::UNDEFINED,
        done: false,
    };
    match vm.iterator_close::<()>(&record, Err(throw)) {
        Err(throw) => throw,
        Ok(()) => throw,
    }
}

/// `this` and the callback; if that is none, the iterator is closed.
fn this_and_callback(vm: &mut Vm, args: &Args<'_>, name: &str) -> Completion<(Obj, Value)> {
    let object = this_object(vm, args, name)?;
    let function = args.at(0);
    if !vm.is_callable(function) {
        let throw = super::array::throw_not_function(vm, function);
        return Err(close_with(vm, object, throw));
    }
    Ok((object, function))
}

/// The attributes of an unchangeable, hidden tag.
const TAG: u8 = attr::C;
