//! `Function`: native functions and closures, and calling.

use boa_engine::{JsValue, NativeFunction, object::FunctionObjectBuilder};

use super::{
    cast, closure,
    context::Context,
    error::{Error, Result},
    object::{Object, object_newtype},
    string::JsString,
    value::Value,
};

/// A native function: context, `this`, arguments.
pub type NativeFn = fn(&mut Context, &Value, &[Value]) -> Result<Value>;

object_newtype! {
    /// Anything that can be called. Source: ECMA-262 <https://tc39.es/ecma262/#sec-ecmascript-function-objects>.
    Function
}

impl Function {
    /// A native function called `name`, whose `length` property is `length`. Not a constructor.
    #[must_use]
    pub fn from_native(ctx: &mut Context, name: &str, length: usize, function: NativeFn) -> Self {
        build(ctx, name, length, false, pointer(function))
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
        build(ctx, name, length, true, pointer(function))
    }

    /// A function over a Rust closure. What the closure captures lives as long as the function.
    #[must_use]
    pub fn from_closure<F>(ctx: &mut Context, name: &str, length: usize, closure: F) -> Self
    where
        F: Fn(&mut Context, &Value, &[Value]) -> Result<Value> + 'static,
    {
        let native =
            closure::from_closure(move |this, args, inner| enter(inner, this, args, &closure));
        build(ctx, name, length, false, native)
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
        let native =
            closure::from_closure(move |this, args, inner| enter(inner, this, args, &closure));
        build(ctx, name, length, true, native)
    }

    /// The function that `object` is, if it can be called.
    #[must_use]
    pub fn from_object(object: Object) -> Option<Self> {
        object.is_callable().then_some(Self(object))
    }
}

/// A Boa function over a plain pointer: nothing is captured but the pointer.
pub(super) fn pointer(function: NativeFn) -> NativeFunction {
    NativeFunction::from_copy_closure(move |this, args, inner| enter(inner, this, args, &function))
}

/// The border between Boa and a native function of ours: casts the arguments, converts the error, stops panics.
fn enter<F>(
    inner: &mut boa_engine::Context,
    this: &JsValue,
    args: &[JsValue],
    function: &F,
) -> boa_engine::JsResult<JsValue>
where
    F: Fn(&mut Context, &Value, &[Value]) -> Result<Value>,
{
    let ctx = cast::context(inner);
    let call =
        std::panic::AssertUnwindSafe(|| function(ctx, cast::value(this), cast::values(args)));
    let result =
        std::panic::catch_unwind(call).unwrap_or_else(|panic| Err(Error::from_panic(&*panic)));
    match result {
        Ok(value) => Ok(value.0),
        Err(error) => Err(error.into_inner(cast::context(inner))),
    }
}

fn build(
    ctx: &mut Context,
    name: &str,
    length: usize,
    constructor: bool,
    native: NativeFunction,
) -> Function {
    let function = FunctionObjectBuilder::new(ctx.inner.realm(), native)
        .name(JsString::from(name).0)
        .length(length)
        .constructor(constructor)
        .build();
    Function(Object(function.into()))
}
