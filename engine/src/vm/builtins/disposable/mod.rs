//! `DisposableStack`, `AsyncDisposableStack` and the disposal of resources. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-disposablestack-objects>, <https://tc39.es/ecma262/#sec-asyncdisposablestack-objects>.
//!
//! Internal slots of a stack: 0 was it disposed of (bool), 1 its resources: a chain of `Slots` cells, newest first.

mod async_stack;
mod stack;

use super::keyed::incompatible;
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Throw, Vm},
    object::{PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

/// Declares both kinds of stack.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    stack::install(vm);
    async_stack::install(vm);
}

/// A resource: what is called with which `this` and argument when it is disposed of.
#[derive(Clone, Copy, Debug)]
struct Resource {
    /// Undefined: nothing is called.
    method: Value,
    this: Value,
    /// The hole: none.
    argument: Value,
    /// A synchronous method stands in for an asynchronous one: its result is not awaited.
    forgets: bool,
}

impl Resource {
    /// A call of `method` on nothing.
    const fn call(method: Value, argument: Value) -> Self {
        Self {
            method,
            this: Value::UNDEFINED,
            argument,
            forgets: false,
        }
    }

    /// Calls the method.
    fn dispose(&self, vm: &mut Vm) -> Completion {
        let args = [self.argument];
        let args = if self.argument.is_hole() {
            &[]
        } else {
            &args[..]
        };
        let result = vm.call(self.method, self.this, args)?;
        Ok(if self.forgets {
            Value::UNDEFINED
        } else {
            result
        })
    }
}

/// Puts a resource onto the stack.
fn push(vm: &mut Vm, stack: Obj, resource: &Resource) {
    let Resource {
        method,
        this,
        argument,
        forgets,
    } = *resource;
    let cell = vm.heap.new_slots(&[
        stack.internal(1),
        method,
        this,
        argument,
        Value::bool(forgets),
    ]);
    stack.set_internal(1, Value::cell(cell));
}

/// The newest resource of a chain, and the rest of it.
fn pop(chain: Value) -> Option<(Resource, Value)> {
    let cell = chain.as_cell()?;
    let resource = Resource {
        method: cell.slots_get(1),
        this: cell.slots_get(2),
        argument: cell.slots_get(3),
        forgets: cell.slots_get(4) == Value::TRUE,
    };
    Some((resource, cell.slots_get(0)))
}

/// The stack that `this` is.
fn this_stack(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion<Obj> {
    match args.this.as_object() {
        Some(object) if object.kind() == kind => Ok(object),
        _ => Err(incompatible(vm, method, args.this)),
    }
}

/// As [`this_stack`], of one that was not disposed of.
fn pending_stack(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion<Obj> {
    let stack = this_stack(vm, args, kind, method)?;
    if stack.internal(0) == Value::TRUE {
        return Err(vm.throw_reference("Cannot add values to a disposed stack!"));
    }
    Ok(stack)
}

/// `new DisposableStack()` and its sister.
fn construct(vm: &mut Vm, args: &Args<'_>, kind: Kind, proto: Intrinsic, name: &str) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type(format!("Constructor {name} requires 'new'")));
    }
    let stack = vm.create_from_constructor(kind, args.new_target, proto)?;
    stack.set_internal(0, Value::FALSE);
    Ok(stack.into())
}

/// `adopt(value, onDispose)`
fn adopt(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion {
    let stack = pending_stack(vm, args, kind, method)?;
    if !vm.is_callable(args.at(1)) {
        return Err(vm.throw_not_callable(args.at(1)));
    }
    push(vm, stack, &Resource::call(args.at(1), args.at(0)));
    Ok(args.at(0))
}

/// `defer(onDispose)`
fn defer(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion {
    let stack = pending_stack(vm, args, kind, method)?;
    if !vm.is_callable(args.at(0)) {
        return Err(vm.throw_not_callable(args.at(0)));
    }
    push(vm, stack, &Resource::call(args.at(0), Value::HOLE));
    Ok(Value::UNDEFINED)
}

/// `use(value)`
fn use_(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion {
    let stack = pending_stack(vm, args, kind, method)?;
    let value = args.at(0);
    let is_async = kind == Kind::AsyncDisposableStack;
    if !value.is_nullish() {
        let (method, forgets) = vm.dispose_method(value, is_async)?;
        push(
            vm,
            stack,
            &Resource {
                method,
                this: value,
                argument: Value::HOLE,
                forgets,
            },
        );
    } else if is_async {
        push(vm, stack, &Resource::call(Value::UNDEFINED, Value::HOLE));
    }
    Ok(value)
}

/// `move()`
fn move_(vm: &mut Vm, args: &Args<'_>, kind: Kind, proto: Intrinsic, method: &str) -> Completion {
    let stack = pending_stack(vm, args, kind, method)?;
    let moved = vm.new_intrinsic_object(kind, proto);
    moved.set_internal(0, Value::FALSE);
    moved.set_internal(1, stack.internal(1));
    stack.set_internal(0, Value::TRUE);
    stack.set_internal(1, Value::UNDEFINED);
    Ok(moved.into())
}

impl Vm {
    /// The dispose method of a resource that is neither undefined nor null; was a synchronous one found where an
    /// asynchronous one was asked for?
    ///
    /// # Errors
    /// `TypeError` when it has none; whatever the getters throw.
    pub fn dispose_method(&mut self, value: Value, is_async: bool) -> Completion<(Value, bool)> {
        if value.is_object() {
            if is_async {
                let key = PropKey::symbol(self.symbols.async_dispose);
                let method = self.get_method(value, key)?;
                if !method.is_undefined() {
                    return Ok((method, false));
                }
            }
            let key = PropKey::symbol(self.symbols.dispose);
            let method = self.get_method(value, key)?;
            if !method.is_undefined() {
                return Ok((method, is_async));
            }
        }
        let symbol = if is_async {
            "Symbol.asyncDispose"
        } else {
            "Symbol.dispose"
        };
        Err(self.throw_type(format!("Property [{symbol}] is not a function.")))
    }

    /// What is thrown when disposing throws `error` after `earlier` was thrown (the hole: nothing was).
    fn suppress(&mut self, error: Value, earlier: Value) -> Value {
        if earlier.is_hole() || error == Value::TERMINATION {
            return error;
        }
        let suppressed = self.new_error(
            Intrinsic::SuppressedErrorPrototype,
            "An error was suppressed during disposal",
        );
        let (error_key, suppressed_key) = (self.names.error, self.names.suppressed);
        self.add_own(suppressed, error_key, error, attr::METHOD);
        self.add_own(suppressed, suppressed_key, earlier, attr::METHOD);
        suppressed.into()
    }

    /// `DisposeResources` of a chain of synchronous resources, which must be rooted.
    fn dispose_resources(&mut self, chain: Value) -> Completion {
        let mut rest = chain;
        let mut thrown = Value::HOLE;
        while let Some((resource, next)) = pop(rest) {
            rest = next;
            if let Err(Throw(error)) = resource.dispose(self) {
                if error == Value::TERMINATION {
                    return Err(Throw(error));
                }
                thrown = self.suppress(error, thrown);
                self.root(thrown);
            }
        }
        if thrown.is_hole() {
            Ok(Value::UNDEFINED)
        } else {
            Err(Throw(thrown))
        }
    }
}
