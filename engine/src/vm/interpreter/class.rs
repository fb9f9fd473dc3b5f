//! Classes: constructors, private names, fields; and explicit resource management.

use super::{
    call::Called,
    describe,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::frame,
    heap::{Kind, Obj},
    machine::{Args, Completion, Throw, Vm},
    object::{Own, PropDesc, PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// `NewClass`
#[inline(never)]
pub(super) fn new_class(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = define_class(vm, pc, fp);
    match result {
        Ok((class, prototype)) => {
            fp.set(pc.a(), class.into());
            fp.set(pc.a() + 1, prototype.into());
            Go::next(pc, fp)
        }
        Err(throw) => super::exception::unwind(vm, throw),
    }
}

fn define_class(vm: &mut Vm, pc: Pc, fp: Fp) -> Completion<(Obj, Obj)> {
    let function_proto: Value = vm.intrinsic(Intrinsic::FunctionPrototype).into();
    let mut proto_parent: Value = vm.intrinsic(Intrinsic::ObjectPrototype).into();
    let mut constructor_parent = function_proto;
    if pc.x() & 1 != 0 {
        let heritage = fp.get(pc.c());
        if heritage.is_null() {
            proto_parent = Value::NULL;
        } else if !vm.is_constructor(heritage) {
            let text = vm.display_heritage(heritage);
            return Err(vm.throw_type(format!(
                "Class extends value {text} is not a constructor or null"
            )));
        } else {
            let key = vm.names.prototype;
            proto_parent = vm.get_v(heritage, key)?;
            if !proto_parent.is_object() && !proto_parent.is_null() {
                let text = vm.display(proto_parent);
                return Err(vm.throw_type(format!(
                    "Class extends value does not have valid prototype property {text}"
                )));
            }
            constructor_parent = heritage;
        }
    }
    let prototype = vm.new_object_with_proto(proto_parent);
    vm.mark_as_proto(prototype);
    let Some(code) = vm.inner_code(fp.code(), pc.extra(1) as usize) else {
        return Ok((prototype, prototype));
    };
    let class = vm.new_closure(code, fp.get(pc.b()));
    class.set_internal(2, prototype.into());
    class.cell().add_flags(crate::vm::heap::flag::CLASS);
    vm.finish_lazy_all(class);
    let names = vm.names;
    vm.add_own(class, names.prototype, prototype.into(), 0);
    if constructor_parent != function_proto {
        vm.replace_proto(class, constructor_parent);
    }
    vm.add_own(prototype, names.constructor, class.into(), attr::METHOD);
    Ok((class, prototype))
}

/// `RunFields`
#[inline(never)]
pub(super) fn run_fields(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let class = fp
        .get(pc.b())
        .as_object()
        .filter(|class| class.kind() == Kind::Function);
    let Some(initialiser) = class
        .map(|class| class.internal(3))
        .filter(|value| value.is_object())
    else {
        return Go::next(pc, fp);
    };
    match vm.call_from_op(
        initialiser,
        fp.get(pc.a()),
        &[],
        frame::WIDE | frame::DISCARD,
    ) {
        Ok(Called::Frame(go)) => go,
        result => vm.done(pc, fp, result.map(|_| ())),
    }
}

/// `NewPrivate`
#[inline(never)]
pub(super) fn new_private(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let name = vm.heap.new_private_name(Value::from_bits(pc.extra(1)));
    fp.set(pc.a(), name.into());
    Go::next(pc, fp)
}

impl Vm {
    fn display_heritage(&mut self, value: Value) -> String {
        if let Some(object) = value.as_object()
            && object.kind() != Kind::Function
        {
            return self.display_receiver(value);
        }
        self.display(value).trim_matches('"').to_owned()
    }

    fn private_own(&mut self, base: Value, name: PropKey) -> Own {
        match base.as_object() {
            Some(object) => self.ordinary_own_property(object, name),
            None => Own::None,
        }
    }

    fn read_private(&mut self, base: Value, name: PropKey) -> Completion {
        match self.private_own(base, name) {
            Own::Data(value, _) => Ok(value),
            Own::Accessor(getter, _, _) if getter.is_undefined() => {
                let text = self.display_key(name);
                Err(self.throw_type(format!("'{text}' was defined without a getter")))
            }
            Own::Accessor(getter, _, _) => self.call(getter, base, &[]),
            Own::None => {
                let text = self.display_key(name);
                Err(self.throw_type(format!("Cannot read private member {text} from an object whose class did not declare it")))
            }
        }
    }

    fn write_private(&mut self, base: Value, name: PropKey, value: Value) -> Completion<()> {
        let own = self.private_own(base, name);
        let text = self.display_key(name);
        match (own, base.as_object()) {
            (Own::Data(_, attrs), Some(object)) if attrs & attr::W != 0 => {
                self.store_named(object, name, value, attr::W);
                Ok(())
            }
            (Own::Accessor(_, setter, _), _) if !setter.is_undefined() => {
                self.call(setter, base, &[value]).map(|_| ())
            }
            (Own::Accessor(..), _) => {
                Err(self.throw_type(format!("'{text}' was defined without a setter")))
            }
            (Own::Data(..), _) => {
                Err(self.throw_type(format!("Private method '{text}' is not writable")))
            }
            (Own::None, _) => Err(self.throw_type(format!(
                "Cannot write private member {text} to an object whose class did not declare it"
            ))),
        }
    }

    fn add_private(
        &mut self,
        base: Value,
        name: PropKey,
        value: Value,
        kind: u8,
    ) -> Completion<()> {
        let Some(object) = base.as_object() else {
            return Ok(());
        };
        let own = self.private_own(base, name);
        let (get, set) = match own {
            Own::None => (Value::UNDEFINED, Value::UNDEFINED),
            // The other half of a pair of accessors comes second.
            Own::Accessor(get, set, _)
                if kind == 2 && get.is_undefined() || kind == 3 && set.is_undefined() =>
            {
                (get, set)
            }
            _ => {
                let text = self.display_key(name);
                return Err(
                    self.throw_type(format!("Cannot initialize {text} twice on the same object"))
                );
            }
        };
        if own == Own::None && !self.heap.shapes.get(object.shape()).extensible {
            let text = self.display_key(name);
            return Err(self.throw_type(format!(
                "Cannot define property {text}, object is not extensible"
            )));
        }
        self.finish_lazy_all(object);
        match kind {
            0 => self.store_named(object, name, value, attr::W),
            1 => self.store_named(object, name, value, 0),
            _ => {
                let pair = if kind == 2 {
                    [value, set]
                } else {
                    [get, value]
                };
                let pair = Value::cell(self.heap.new_slots(&pair));
                self.store_named(object, name, pair, attr::ACCESSOR);
            }
        }
        Ok(())
    }
}

/// `GetPrivate`
#[inline(never)]
pub(super) fn get_private(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm.read_private(fp.get(pc.b()), PropKey::from_value(fp.get(pc.c())));
    vm.give(pc, fp, result)
}

/// `SetPrivate`
#[inline(never)]
pub(super) fn set_private(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm.write_private(
        fp.get(pc.a()),
        PropKey::from_value(fp.get(pc.b())),
        fp.get(pc.c()),
    );
    vm.done(pc, fp, result)
}

/// `DefPrivate`
#[inline(never)]
pub(super) fn define_private(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm.add_private(
        fp.get(pc.a()),
        PropKey::from_value(fp.get(pc.b())),
        fp.get(pc.c()),
        pc.x(),
    );
    vm.done(pc, fp, result)
}

/// `HasPrivate`
#[inline(never)]
pub(super) fn has_private(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let (base, name) = (fp.get(pc.b()), PropKey::from_value(fp.get(pc.c())));
    let result = if base.is_object() {
        Ok(Value::bool(vm.private_own(base, name) != Own::None))
    } else {
        let (name, text) = (vm.display_key(name), vm.display(base));
        Err(vm.throw_type(format!(
            "Cannot use 'in' operator to search for '{name}' in {}",
            text.trim_matches('"')
        )))
    };
    vm.give(pc, fp, result)
}

/// `GetSuperCtor`
#[inline(never)]
pub(super) fn get_super_constructor(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = super_constructor(vm, fp.get(pc.b()));
    vm.give(pc, fp, result)
}

fn super_constructor(vm: &mut Vm, function: Value) -> Completion {
    let Some(function) = function.as_object() else {
        return Ok(Value::UNDEFINED);
    };
    vm.get_prototype_of(function)
}

/// The `TypeError` of `super()` in `function` for a parent that is no constructor: its arguments are evaluated by then.
#[cold]
pub(super) fn throw_no_super_constructor(vm: &mut Vm, parent: Value, function: Obj) -> Throw {
    let (text, name) = (
        vm.display_heritage(parent),
        describe::class_name(vm, function),
    );
    let text = if parent == Value::from(vm.intrinsic(Intrinsic::FunctionPrototype)) {
        "null".to_owned()
    } else {
        text
    };
    let class = if name.is_empty() {
        "anonymous class".to_owned()
    } else {
        name
    };
    vm.throw_type(format!(
        "Super constructor {text} of {class} is not a constructor"
    ))
}

/// `CheckCtorReturn`
#[inline(never)]
pub(super) fn check_constructor_return(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let (value, this) = (fp.get(pc.a()), fp.get(pc.b()));
    if value.is_object() {
        return Go::next(pc, fp);
    }
    vm.enter(pc, fp);
    // The constructor is over: what is thrown is the caller's.
    let (caller_pc, caller) = super::exception::return_address(fp);
    if !caller_pc.0.is_null() {
        vm.realm = caller.code().realm();
    }
    let result = if !value.is_undefined() {
        Err(vm.throw_type("Derived constructors may only return object or undefined"))
    } else if this.is_hole() {
        Err(vm.throw_no_super())
    } else {
        Ok(this)
    };
    vm.give(pc, fp, result)
}

/// Disposable resources of a scope lie in an array that programs never see: value, method, is it asynchronous, and so on.
fn add_resource(vm: &mut Vm, pc: Pc, fp: Fp) -> Completion<()> {
    let is_async = pc.x() & 1 != 0;
    let value = fp.get(pc.b());
    let mut method = Value::UNDEFINED;
    if value.is_nullish() {
        if !is_async {
            return Ok(());
        }
    } else {
        if !value.is_object() {
            return Err(throw_not_disposable(vm, is_async));
        }
        if is_async {
            let key = PropKey::symbol(vm.symbols.async_dispose);
            method = vm.get_method(value, key)?;
        }
        if method.is_undefined() {
            let key = PropKey::symbol(vm.symbols.dispose);
            method = vm.get_method(value, key)?;
            if method.is_undefined() {
                return Err(throw_not_disposable(vm, is_async));
            }
            if is_async {
                let empty = vm.names.empty;
                method = vm.new_native_with(call_and_forget, empty, 0, method).into();
            }
        }
    }
    let list = match fp.get(pc.a()).as_object() {
        Some(list) => list,
        None => vm.new_array(),
    };
    fp.set(pc.a(), list.into());
    for item in [value, method, Value::bool(is_async)] {
        vm.array_push(list, item)?;
    }
    Ok(())
}

/// A synchronous dispose method where an asynchronous one was asked for: its result is not awaited.
fn call_and_forget(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.call(args.captured(), args.this, &[])?;
    Ok(Value::UNDEFINED)
}

fn throw_not_disposable(vm: &mut Vm, is_async: bool) -> Throw {
    let symbol = if is_async {
        "Symbol.asyncDispose"
    } else {
        "Symbol.dispose"
    };
    vm.throw_type(format!("Property [{symbol}] is not a function."))
}

/// `AddDisposable`
#[inline(never)]
pub(super) fn add_disposable(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = add_resource(vm, pc, fp);
    vm.done(pc, fp, result)
}

/// `DisposeNext`
#[inline(never)]
pub(super) fn dispose_next(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let list = fp
        .get(pc.b())
        .as_object()
        .filter(|list| list.dense_len() >= 3);
    let Some(list) = list else {
        return Go::jump(pc, fp, pc.extra(1) as i32);
    };
    let len = list.dense_len();
    let window = fp.offset(isize::from(pc.a()) + frame::HEADER as isize);
    fp.set(pc.c(), list.dense(len - 1));
    window.set(frame::CALLEE, list.dense(len - 2));
    window.set(frame::THIS, list.dense(len - 3));
    vm.truncate_array(list, len - 3);
    Go::next(pc, fp)
}

/// `SuppressError`
#[inline(never)]
pub(super) fn suppress_error(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let error = vm.new_error(
        Intrinsic::SuppressedErrorPrototype,
        "An error was suppressed during disposal",
    );
    let names = vm.names;
    for (key, value) in [
        (names.error, fp.get(pc.b())),
        (names.suppressed, fp.get(pc.c())),
    ] {
        let result = vm.define_or_throw(error, key, &PropDesc::data(value, attr::METHOD));
        if let Err(throw) = result {
            return super::exception::unwind(vm, throw);
        }
    }
    vm.give(pc, fp, Ok(error.into()))
}
