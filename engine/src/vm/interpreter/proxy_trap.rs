//! The traps `get`, `set` and `has` of proxies, when an instruction runs into them: they take frames, no native stack.
//!
//! The trap's frame has the flag [`frame::TRAP`], and below its window stands what its answer has to be checked against:
//!
//! | word | holds |
//! |---|---|
//! | 0 | the target, which a proxy that is revoked meanwhile has no more |
//! | 1 | the property's key |
//! | 2 | which trap it is |
//! | 3 | the value that `set` assigns |
//!
//! Whatever is not usual, a proxy without the trap, behind an object that inherits from it, or revoked, a trap that is no
//! plain function, is left to the internal methods in `object/exotic/proxy.rs`.
//! Source: ECMA-262, 10.5.7 to 10.5.9.

use super::{
    call::push_frame,
    exception::unwind,
    native_frame::enter_plain,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::frame,
    heap::{Code, Kind, Obj, code::code_flag},
    machine::{Completion, Vm},
    object::{PropKey, attr},
    value::Value,
};

/// How many words stand below the window.
const WORDS: isize = 4;

/// Which trap runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trap {
    Get,
    Has,
    Set,
    /// `set`, where a refusal throws.
    SetStrict,
}

impl Trap {
    const ALL: [Self; 4] = [Self::Get, Self::Has, Self::Set, Self::SetStrict];
}

/// Reads a property of `base` into the instruction's register; `None` if `base` is no proxy with a usual trap for that.
pub(super) fn get(vm: &mut Vm, pc: Pc, fp: Fp, base: Value, key: PropKey) -> Option<Go> {
    let found = trap_of(vm, base, vm.names.get)?;
    Some(call(vm, pc, fp, Trap::Get, found, key, [base]))
}

/// As [`get`] for `in`.
pub(super) fn has(vm: &mut Vm, pc: Pc, fp: Fp, base: Value, key: PropKey) -> Option<Go> {
    let found = trap_of(vm, base, vm.names.has)?;
    Some(call(vm, pc, fp, Trap::Has, found, key, []))
}

/// Assigns a property of `base`; `None` if `base` is no proxy with a usual trap for that.
pub(super) fn set(
    vm: &mut Vm,
    (pc, fp): (Pc, Fp),
    base: Value,
    key: PropKey,
    value: Value,
    strict: bool,
) -> Option<Go> {
    let found = trap_of(vm, base, vm.names.set)?;
    let trap = if strict { Trap::SetStrict } else { Trap::Set };
    Some(call(vm, pc, fp, trap, found, key, [value, base]))
}

/// A proxy's parts.
struct Found {
    target: Value,
    handler: Value,
    function: Value,
    code: Code,
}

/// What a proxy has for `name`, where finding that runs nothing.
#[inline]
fn trap_of(vm: &mut Vm, base: Value, name: PropKey) -> Option<Found> {
    let proxy = base.as_object().filter(|it| it.kind() == Kind::Proxy)?;
    let handler = proxy.internal(1).as_object()?;
    let function = vm
        .cached_property(handler, name)
        .or_else(|| vm.find_property(handler, name))?;
    let object = function
        .as_object()
        .filter(|it| it.kind() == Kind::Function)?;
    let unusual = code_flag::GENERATOR | code_flag::ASYNC | code_flag::CLASS;
    let code = Code::from_value(object.internal(0))?;
    (code.flags() & unusual == 0).then_some(Found {
        target: proxy.internal(0),
        handler: handler.into(),
        function,
        code,
    })
}

/// Pushes the trap's frame.
#[inline]
fn call<const N: usize>(
    vm: &mut Vm,
    pc: Pc,
    fp: Fp,
    trap: Trap,
    found: Found,
    key: PropKey,
    more: [Value; N],
) -> Go {
    let name = vm.heap.key_to_value(key);
    let argc = N + 2;
    if !vm
        .stack
        .reserve(WORDS as usize + frame::HEADER as usize + argc)
    {
        let throw = vm.throw_range("Maximum call stack size exceeded");
        return unwind(vm, throw);
    }
    let below = vm.stack.top_fp();
    let value = more.first().copied().unwrap_or(Value::UNDEFINED);
    below.set(0, found.target);
    below.set(1, key.value());
    below.set(2, Value::int(trap as i32));
    below.set(3, value);
    let window = below.offset(WORDS + frame::HEADER as isize);
    window.set(frame::CALLEE, found.function);
    window.set(frame::THIS, found.handler);
    window.set(0, found.target);
    window.set(1, name);
    for (index, value) in more.into_iter().enumerate() {
        window.set(index as i16 + 2, value);
    }
    let flags = frame::WIDE | frame::TRAP;
    if let Some(go) = enter_plain(vm, found.code, window, argc, (pc, fp), flags) {
        return go;
    }
    window.set(frame::NEW_TARGET, Value::UNDEFINED);
    window.set(frame::ARGC, Value::UNDEFINED);
    window.set(frame::SAVED_FP, Value::UNDEFINED);
    window.set(frame::SAVED_PC, Value::UNDEFINED);
    vm.raise_top(window, argc);
    match push_frame(vm, window, found.code, argc, flags) {
        Ok(go) => go,
        Err(throw) => unwind(vm, throw),
    }
}

/// Goes on behind the instruction at `pc` with the answer of the trap whose frame was at `trap_fp`.
pub(super) fn finish(vm: &mut Vm, (pc, fp): (Pc, Fp), trap_fp: Fp, answer: Value) -> Go {
    let below = trap_fp.offset(-(frame::HEADER as isize) - WORDS);
    let (target, key, value) = (below.get(0), below.get(1), below.get(3));
    let trap = below.get(2).as_int().unwrap_or(0) as usize;
    let known = target.as_object().zip(Trap::ALL.get(trap).copied());
    let Some((target, trap)) = known else {
        return vm.give(pc, fp, Ok(answer));
    };
    let key = PropKey::from_value(key);
    if let Some(value) = vm.answer_of(trap, target, key, answer) {
        if let Trap::Get | Trap::Has = trap {
            fp.set(pc.a(), value);
        }
        return Go::next(pc, fp);
    }
    vm.enter(pc, fp);
    let mark = vm.root_mark();
    // A proxy for a target runs traps of its own.
    for held in [target.into(), key.value(), value, answer] {
        vm.root(held);
    }
    let checked = vm.check_answer(trap, target, key, value, answer);
    vm.unroot_to(mark);
    match (trap, checked) {
        (_, Err(throw)) => unwind(vm, throw),
        (Trap::Get, Ok(())) => vm.give(pc, fp, Ok(answer)),
        (Trap::Has, Ok(())) => {
            let found = vm.to_boolean(answer);
            vm.give(pc, fp, Ok(Value::bool(found)))
        }
        (Trap::Set, Ok(())) => Go::next(pc, fp),
        (Trap::SetStrict, Ok(())) => {
            if vm.to_boolean(answer) {
                return Go::next(pc, fp);
            }
            let proxy = fp.get(pc.a());
            let throw = vm.throw_read_only(proxy, key);
            unwind(vm, throw)
        }
    }
}

impl Vm {
    /// FAST PATH: what a trap's answer means, where there is nothing to check.
    #[inline]
    fn answer_of(&mut self, trap: Trap, target: Obj, key: PropKey, answer: Value) -> Option<Value> {
        match trap {
            Trap::Get => self.may_change(target, key).then_some(answer),
            Trap::Has => self.to_boolean(answer).then_some(Value::bool(true)),
            Trap::Set | Trap::SetStrict => {
                (self.to_boolean(answer) && self.may_change(target, key)).then_some(answer)
            }
        }
    }

    /// Is a named property of an ordinary object configurable, or missing?
    #[inline]
    fn may_change(&mut self, object: Obj, key: PropKey) -> bool {
        if object.kind() != Kind::Object || key.as_index().is_some() || key == self.names.stack {
            return false;
        }
        self.finish_lazy(object, key);
        let slot = self.heap.shapes.lookup(object.shape(), key);
        slot.is_none_or(|slot| slot.attrs & attr::C != 0)
    }

    fn check_answer(
        &mut self,
        trap: Trap,
        target: Obj,
        key: PropKey,
        value: Value,
        answer: Value,
    ) -> Completion<()> {
        match trap {
            Trap::Get => self.check_proxy_get(target, key, answer),
            Trap::Has if !self.to_boolean(answer) => self.check_proxy_has_not(target, key),
            Trap::Set | Trap::SetStrict if self.to_boolean(answer) => {
                self.check_proxy_set(target, key, value)
            }
            _ => Ok(()),
        }
    }
}
