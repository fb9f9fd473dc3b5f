//! `new` and `super()`: the same windows as calls, with `new.target` set, and the object that base constructors start with.

use super::{
    call::{
        Called, call_native, finish_call, new_window, poll_call, push_frame, spread_operands,
        unbind,
    },
    describe,
    exception::unwind,
    native_frame,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::frame,
    heap::{
        Code, Kind, Obj,
        code::{FACTS, LAST_PROTOTYPE, NEW_CACHE, REALM, code_flag},
        obj::INLINE,
    },
    machine::{Completion, Vm},
    object::{Lazy, attr, create::native_flag},
    realm::Intrinsic,
    value::Value,
};

/// `New`
#[inline(never)]
pub(super) fn new_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.heap.poll.left -= 1;
    if vm.heap.poll.left >= 0
        && let Some(go) = new_fast(vm, pc, fp)
    {
        return go;
    }
    vm.enter(pc, fp);
    if vm.heap.poll.left < 0
        && let Err(throw) = vm.safepoint()
    {
        return unwind(vm, throw);
    }
    let window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    window.set(frame::NEW_TARGET, window.get(frame::CALLEE));
    let result = construct_window(vm, window, pc.uc(), 0);
    finish_call(vm, pc, fp, result)
}

/// `New` of a base constructor whose instances' shape is known.
#[inline(always)]
fn new_fast(vm: &mut Vm, pc: Pc, fp: Fp) -> Option<Go> {
    let window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    let callee = window.get(frame::CALLEE);
    if !callee.is_object() {
        return None;
    }
    let function = window.callee();
    if function.kind() != Kind::Function {
        return None;
    }
    let code = window.code();
    let cache = code.cell().read(NEW_CACHE);
    // Only base constructors have something there.
    if function.shape() != cache as u32 {
        return None;
    }
    let facts = code.cell().read(FACTS);
    let (registers, params) = (facts as u16 as usize, (facts >> 16) as u16 as usize);
    let prototype = function.cell().read((cache >> 32) as u16 as usize);
    let fits = window.offset(registers as isize).0 <= vm.stack.limit;
    if !fits || facts >> 32 & u64::from(code_flag::NEEDS_ARGS) != 0 {
        return None;
    }
    let (shape, inline) = if prototype == code.cell().read(LAST_PROTOTYPE) {
        ((code.cell().read(REALM) >> 32) as u32, (cache >> 48) as u8)
    } else {
        let instances = &vm.heap.shapes.instances;
        instances.settled(Value::from_bits(prototype))?
    };
    let this = vm.heap.new_object(Kind::Object, shape, inline);
    let argc = pc.uc();
    window.set(frame::SAVED_PC, pc.to_raw());
    window.set(frame::SAVED_FP, fp.to_raw());
    window.set(
        frame::ARGC,
        Value::from_bits(argc as u64 | frame::CONSTRUCT),
    );
    window.set(frame::NEW_TARGET, callee);
    window.set(frame::THIS, this.into());
    if argc < params {
        window.clear(argc, params);
    }
    Some(Go {
        pc: Pc(code.words()),
        fp: window,
    })
}

/// `NewSpread`
#[inline(never)]
pub(super) fn new_spread(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = poll_call(vm)
        .and_then(|()| spread_operands(vm, pc, fp))
        .and_then(|(window, argc)| {
            window.set(frame::NEW_TARGET, window.get(frame::CALLEE));
            construct_window(vm, window, argc, 0)
        });
    finish_call(vm, pc, fp, result)
}

/// `SuperCall`
#[inline(never)]
pub(super) fn super_call(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    let result = poll_call(vm)
        .and_then(|()| check_super(vm, window, fp))
        .and_then(|()| construct_window(vm, window, pc.uc(), 0));
    finish_call(vm, pc, fp, result)
}

/// Is what `super()` calls a constructor?
#[inline(always)]
fn check_super(vm: &mut Vm, window: Fp, fp: Fp) -> Completion<()> {
    let parent = window.get(frame::CALLEE);
    if vm.is_constructor(parent) {
        return Ok(());
    }
    Err(super::class::throw_no_super_constructor(
        vm,
        parent,
        fp.callee(),
    ))
}

/// `SuperCallSpread`
#[inline(never)]
pub(super) fn super_call_spread(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = poll_call(vm)
        .and_then(|()| spread_operands(vm, pc, fp))
        .and_then(|(window, argc)| {
            check_super(vm, window, fp)?;
            construct_window(vm, window, argc, 0)
        });
    finish_call(vm, pc, fp, result)
}

/// Constructs with the window's callee, arguments and `new.target`. The machine stands at the calling instruction.
pub(super) fn construct_window(
    vm: &mut Vm,
    mut window: Fp,
    mut argc: usize,
    flags: u64,
) -> Completion<Called> {
    // What a bound function binds was found to be a constructor with it.
    let callee = window.get(frame::CALLEE);
    if !vm.is_constructor(callee) {
        return Err(describe::not_a_constructor(vm, callee));
    }
    loop {
        let callee = window.get(frame::CALLEE);
        let function = window.callee();
        match function.kind() {
            Kind::Function => {
                let code = window.code();
                let this = if code.flags() & code_flag::DERIVED != 0 {
                    Value::HOLE
                } else {
                    vm.raise_top(window, argc);
                    instance(vm, code, window.get(frame::NEW_TARGET))?
                };
                window.set(frame::THIS, this);
                return push_frame(vm, window, code, argc, flags | frame::CONSTRUCT)
                    .map(Called::Frame);
            }
            Kind::NativeFunction => {
                window.set(frame::THIS, Value::UNDEFINED);
                let special = function.internal(1).to_int_unchecked() & native_flag::SPECIAL;
                if special == native_flag::RESUMABLE {
                    let flags = flags | frame::CONSTRUCT;
                    return native_frame::push(vm, window, function, argc, flags)
                        .map(Called::Frame);
                }
                let value = call_native(vm, window, argc)?;
                return Ok(Called::Value(value));
            }
            Kind::BoundFunction => {
                if window.get(frame::NEW_TARGET) == callee {
                    window.set(frame::NEW_TARGET, function.internal(0));
                }
                (window, argc) = unbind(vm, window, function, argc)?;
            }
            _ => {
                vm.raise_top(window, argc);
                let new_target = window
                    .get(frame::NEW_TARGET)
                    .as_object()
                    .unwrap_or(function);
                return vm
                    .proxy_construct(function, window.slice(argc), new_target)
                    .map(|object| Called::Value(object.into()));
            }
        }
    }
}

/// The object that a base constructor starts with: its prototype is `new_target.prototype`.
///
/// The code cell remembers the last prototype and the shape of its instances, and where on which shape of function
/// `prototype` was found.
#[inline]
fn instance(vm: &mut Vm, code: Code, new_target: Value) -> Completion {
    let cache = code.cell().read(NEW_CACHE);
    if let Some(target) = new_target.as_object()
        && target.shape() == cache as u32
    {
        let prototype = target.cell().read((cache >> 32) as u16 as usize);
        if prototype == code.cell().read(LAST_PROTOTYPE) {
            let shape = (code.cell().read(REALM) >> 32) as u32;
            return Ok(vm
                .heap
                .new_object(Kind::Object, shape, (cache >> 48) as u8)
                .into());
        }
        let instances = &vm.heap.shapes.instances;
        if let Some((shape, inline)) = instances.settled(Value::from_bits(prototype)) {
            return Ok(vm.heap.new_object(Kind::Object, shape, inline).into());
        }
    }
    instance_slow(vm, code, new_target)
}

#[cold]
#[inline(never)]
fn instance_slow(vm: &mut Vm, code: Code, new_target: Value) -> Completion {
    let prototype = vm.prototype_from_constructor(new_target, Intrinsic::ObjectPrototype)?;
    if let Some(object) = prototype.as_object() {
        vm.mark_as_proto(object);
    }
    let shapes = &mut vm.heap.shapes;
    let wanted = shapes.instances.wanted(prototype);
    let inline = code.template().this_properties.max(wanted).clamp(2, 64);
    let shape = shapes.root(prototype, Kind::Object, inline, true, Lazy::No);
    if shapes.instances.learn(prototype, shape, inline)
        && let Some(target) = new_target.as_object()
    {
        learn(vm, code, target, prototype, shape, inline);
    }
    Ok(vm.heap.new_object(Kind::Object, shape, inline).into())
}

/// Remembers where `prototype` was found, if that is an inline slot of a shared shape.
fn learn(vm: &mut Vm, code: Code, target: Obj, prototype: Value, shape: u32, inline: u8) {
    let function_shape = target.shape();
    let key = vm.names.prototype;
    let Some(slot) = vm.heap.shapes.lookup(function_shape, key) else {
        return;
    };
    let index = slot.slot as usize + usize::from(target.kind().internal_slots());
    let in_object = index < usize::from(target.cell().header().inline);
    if vm.heap.shapes.get(function_shape).dictionary
        || slot.attrs & attr::ACCESSOR != 0
        || !in_object
    {
        return;
    }
    if target.slot(slot.slot) != prototype {
        return;
    }
    let cell = code.cell();
    let offset = (INLINE + index * 8) as u64;
    cell.write(
        NEW_CACHE,
        u64::from(function_shape) | offset << 32 | u64::from(inline) << 48,
    );
    cell.write(
        REALM,
        cell.read(REALM) & 0xFFFF_FFFF | u64::from(shape) << 32,
    );
    cell.write(LAST_PROTOTYPE, prototype.bits());
    cell.write_barrier();
}

impl Vm {
    /// `Construct(f, args, new_target)`; `f` and `new_target` must be constructors.
    ///
    /// # Errors
    /// Whatever the constructor throws; `RangeError` when calls are nested too deeply.
    pub fn construct(&mut self, f: Obj, args: &[Value], new_target: Obj) -> Completion<Obj> {
        let result = self.nested(|vm| {
            let window = new_window(vm, args.len())?;
            window.set(frame::CALLEE, f.into());
            window.set(frame::THIS, Value::UNDEFINED);
            window.set(frame::NEW_TARGET, new_target.into());
            for (index, &arg) in args.iter().enumerate() {
                window.offset(index as isize).set(0, arg);
            }
            match construct_window(vm, window, args.len(), frame::ENTRY)? {
                Called::Frame(go) => vm.run_nested(go),
                Called::Value(value) => Ok(value),
            }
        })?;
        match result.as_object() {
            Some(object) => Ok(object),
            None => Err(self.throw_type("Constructor returned no object")),
        }
    }
}
