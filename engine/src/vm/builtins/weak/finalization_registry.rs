//! `FinalizationRegistry`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-finalization-registry-objects>.
//!
//! A collection that finds a registered target dead moves the registry's callback and the held value to the machine's list
//! of finalizers, which become jobs when the queue runs empty ([`Vm::run_jobs`]).

use std::{cell::RefCell, rc::Rc};

use super::{table::can_be_held, this_data};
use crate::vm::{
    heap::{Kind, NativeData, Tracer},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// A registered target.
#[derive(Debug)]
struct Cell {
    target: Value,
    held: Value,
    /// Undefined if there is none (or it is dead: then nobody can name it).
    token: Value,
}

/// What a registry watches.
#[derive(Debug)]
struct Registry {
    cleanup: Value,
    cells: Vec<Cell>,
    finalizers: Finalizers,
    charged: usize,
}

/// Callbacks with the held values that they shall get: shared by a machine and its registries.
pub type Finalizers = Rc<RefCell<Vec<(Value, Value)>>>;

impl NativeData for Registry {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(self.cleanup);
        self.cells.iter().for_each(|cell| tracer.value(cell.held));
    }

    fn is_weak(&self) -> bool {
        true
    }

    fn sweep_weak(&mut self, tracer: &Tracer<'_>) {
        let Self {
            cleanup,
            cells,
            finalizers,
            ..
        } = self;
        cells.retain_mut(|cell| {
            if !tracer.is_alive(cell.token) {
                cell.token = Value::UNDEFINED;
            }
            let alive = tracer.is_alive(cell.target);
            if !alive {
                finalizers.borrow_mut().push((*cleanup, cell.held));
            }
            alive
        });
    }

    fn external_bytes(&self) -> usize {
        self.charged
    }
}

/// Declares `FinalizationRegistry`.
pub(super) fn install(vm: &mut Vm) {
    let class = Constructor::new(
        "FinalizationRegistry",
        1,
        construct,
        Intrinsic::FinalizationRegistry,
        Intrinsic::FinalizationRegistryPrototype,
    );
    let (_, prototype) = vm.define_constructor(&class);
    vm.define_methods(
        prototype,
        &[("register", 2, register), ("unregister", 1, unregister)],
    );
    let tag = vm.str("FinalizationRegistry");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `new FinalizationRegistry(cleanup)`
fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor FinalizationRegistry requires 'new'"));
    }
    let cleanup = args.at(0);
    if !vm.is_callable(cleanup) {
        return Err(vm.throw_type("FinalizationRegistry: cleanup must be callable"));
    }
    let registry = vm.create_from_constructor(
        Kind::FinalizationRegistry,
        args.new_target,
        Intrinsic::FinalizationRegistryPrototype,
    )?;
    let finalizers = Rc::clone(&vm.jobs.finalizers);
    let data = Registry {
        cleanup,
        cells: Vec::new(),
        finalizers,
        charged: 0,
    };
    registry.set_internal(0, vm.heap.new_native(data).into());
    Ok(registry.into())
}

/// `FinalizationRegistry.prototype.register`
fn register(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let data = this_data(
        vm,
        args,
        Kind::FinalizationRegistry,
        "FinalizationRegistry.prototype.register",
    )?;
    let (target, held, mut token) = (args.at(0), args.at(1), args.at(2));
    if !can_be_held(target) {
        return Err(vm.throw_type("FinalizationRegistry.prototype.register: invalid target"));
    }
    if vm.heap.same_value(target, held) {
        let message =
            "FinalizationRegistry.prototype.register: target and holdings must not be same";
        return Err(vm.throw_type(message));
    }
    if !can_be_held(token) {
        if !token.is_undefined() {
            return Err(throw_invalid_token(vm, token));
        }
        token = Value::UNDEFINED;
    }
    let growth = vm.heap.native::<Registry>(data).map_or(0, |registry| {
        let cells = &registry.cells;
        if cells.len() < cells.capacity() || cells.len() < 1024 {
            return 0;
        }
        cells.len() * 2 * size_of::<Cell>()
    });
    vm.ensure_room(growth, &[data, token])?;
    let Some(registry) = vm.heap.native_mut::<Registry>(data) else {
        return Ok(Value::UNDEFINED);
    };
    registry.cells.push(Cell {
        target,
        held,
        token,
    });
    let bytes = registry.cells.capacity() * size_of::<Cell>();
    let change = bytes as isize - registry.charged as isize;
    registry.charged = bytes;
    vm.heap.charge_external(change);
    Ok(Value::UNDEFINED)
}

/// `FinalizationRegistry.prototype.unregister`
fn unregister(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let data = this_data(
        vm,
        args,
        Kind::FinalizationRegistry,
        "FinalizationRegistry.prototype.unregister",
    )?;
    let token = args.at(0);
    if !can_be_held(token) {
        return Err(throw_invalid_token(vm, token));
    }
    let Some(registry) = vm.heap.native_mut::<Registry>(data) else {
        return Ok(Value::FALSE);
    };
    let before = registry.cells.len();
    registry.cells.retain(|cell| cell.token != token);
    let (removed, steps) = (registry.cells.len() < before, before);
    vm.work(steps / 8)?;
    Ok(removed.into())
}

fn throw_invalid_token(vm: &mut Vm, token: Value) -> crate::vm::Throw {
    let text = vm.display(token);
    let text = text.trim_matches('"');
    vm.throw_type(format!("Invalid unregisterToken ('{text}')"))
}

/// The job of a finalizer: arguments are the callback and the held value.
fn run(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.call(args.at(0), Value::UNDEFINED, &[args.at(1)])
}

impl Vm {
    /// Makes jobs of the finalizers that collections found; were there any?
    pub(in crate::vm) fn queue_finalizers(&mut self) -> bool {
        let ready = std::mem::take(&mut *self.jobs.finalizers.borrow_mut());
        let any = !ready.is_empty();
        for (cleanup, held) in ready {
            let realm = cleanup
                .as_object()
                .and_then(|cleanup| self.function_realm(cleanup).ok())
                .unwrap_or(self.realm);
            let values = [cleanup, held, Value::UNDEFINED, Value::UNDEFINED];
            let async_context = Value::UNDEFINED;
            self.queue_job(crate::vm::job::Job {
                run,
                values,
                realm,
                async_context,
            });
        }
        any
    }
}
