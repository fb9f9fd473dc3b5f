//! `Function`: native functions and closures, and calling.

use std::{panic::AssertUnwindSafe, rc::Rc};

use super::{
    cast,
    context::Context,
    error::{Error, Result},
    object::{Object, object_newtype},
    value::{Value, flatten_all},
};
use crate::vm::{
    Args, Completion,
    heap::{NativeData, Tracer},
    machine::Vm,
    value::Value as Raw,
};

/// A native function: context, `this`, arguments.
pub type NativeFn = fn(&mut Context, &Value, &[Value]) -> Result<Value>;

object_newtype! {
    /// Anything that can be called. Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-function-objects>.
    Function
}

type Closure = dyn Fn(&mut Context, &Value, &[Value]) -> Result<Value>;

/// What a facade function's object captures. What the closure itself captures are owned handles, which are roots: a cycle
/// through them is not collected.
enum Host {
    Pointer(NativeFn),
    Closure(Rc<Closure>),
}

impl NativeData for Host {
    fn trace(&self, _: &mut Tracer<'_>) {}
}

impl Function {
    /// A native function called `name`, whose `length` property is `length`. Not a constructor.
    #[must_use]
    pub fn from_native(ctx: &mut Context, name: &str, length: usize, function: NativeFn) -> Self {
        build(ctx, name, length, false, Host::Pointer(function))
    }

    /// A native function that also works with `new`: `this` is then the new target, else `undefined`. What it returns is
    /// the result of `new`, so it must be an object. Prefer [`crate::ClassBuilder`] for classes.
    #[must_use]
    pub fn constructor_from_native(
        ctx: &mut Context,
        name: &str,
        length: usize,
        function: NativeFn,
    ) -> Self {
        build(ctx, name, length, true, Host::Pointer(function))
    }

    /// A function over a Rust closure. What the closure captures lives as long as the function.
    #[must_use]
    pub fn from_closure<F>(ctx: &mut Context, name: &str, length: usize, closure: F) -> Self
    where
        F: Fn(&mut Context, &Value, &[Value]) -> Result<Value> + 'static,
    {
        build(ctx, name, length, false, Host::Closure(Rc::new(closure)))
    }

    /// As [`Function::from_closure`], but it also works with `new`: `this` is then the new target, else `undefined`.
    /// What the closure returns is the result of `new`, so it must be an object.
    #[must_use]
    pub fn constructor_from_closure<F>(
        ctx: &mut Context,
        name: &str,
        length: usize,
        closure: F,
    ) -> Self
    where
        F: Fn(&mut Context, &Value, &[Value]) -> Result<Value> + 'static,
    {
        build(ctx, name, length, true, Host::Closure(Rc::new(closure)))
    }

    /// The function that `object` is, if it can be called.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        object.is_callable().then_some(Self(object))
    }
}

impl Function {
    /// As [`Function::from_closure`], of an object that passes for `undefined` where a program tests it, as browsers'
    /// `document.all` does. Source: ECMA-262 <https://tc39.es/ecma262/#sec-IsHTMLDDA-internal-slot>.
    #[must_use]
    pub fn undetectable<F>(ctx: &mut Context, name: &str, length: usize, closure: F) -> Self
    where
        F: Fn(&mut Context, &Value, &[Value]) -> Result<Value> + 'static,
    {
        let function = Self::from_closure(ctx, name, length, closure);
        let object = function.obj();
        ctx.vm().make_undetectable(object);
        function
    }
}

fn build(ctx: &mut Context, name: &str, length: usize, constructor: bool, host: Host) -> Function {
    let vm = ctx.vm();
    let captured = vm.heap.new_native(host);
    let name = vm.heap.key(name);
    let entry = if constructor {
        enter_constructor
    } else {
        enter_function
    };
    let function = vm.new_native_with(
        entry,
        name,
        u32::try_from(length).unwrap_or(0),
        captured.into(),
    );
    vm.hide_from_traces(function);
    if constructor {
        vm.make_constructor(function);
    }
    Function(Object::own(function))
}

fn enter_function(vm: &mut Vm, args: &Args<'_>) -> Completion {
    enter(vm, args, args.this)
}

fn enter_constructor(vm: &mut Vm, args: &Args<'_>) -> Completion {
    enter(vm, args, args.new_target)
}

/// The border between the machine and a function of the host: lends the arguments, converts the error, stops panics.
fn enter(vm: &mut Vm, args: &Args<'_>, this: Raw) -> Completion {
    flatten_all(vm, &[this])?;
    flatten_all(vm, args.values)?;
    let target = match vm.heap.native::<Host>(args.captured()) {
        Some(Host::Pointer(function)) => Ok(*function),
        Some(Host::Closure(closure)) => Err(Rc::clone(closure)),
        None => return Ok(Raw::UNDEFINED),
    };
    let ctx = cast::context(vm);
    let (this, values) = (cast::value(&this), cast::values(args.values));
    let call = AssertUnwindSafe(|| match &target {
        Ok(function) => function(ctx, this, values),
        Err(closure) => closure(ctx, this, values),
    });
    let result =
        std::panic::catch_unwind(call).unwrap_or_else(|panic| Err(Error::from_panic(&*panic)));
    match result {
        Ok(value) => Ok(value.enter(vm)),
        Err(error) => Err(error.enter(vm)),
    }
}
