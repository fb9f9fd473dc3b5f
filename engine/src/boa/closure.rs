//! Rust closures as JavaScript functions.
//!
//! Boa asks that a closure capture nothing that its collector would have to trace. Its handles count references, and a
//! handle that tracing does not reach counts as a root: a captured `Value` is therefore kept alive, never dangling.
//! The price is that a cycle through a captured value is not collected.
#![allow(
    unsafe_code,
    reason = "Boa's closure constructor is unsafe; see the module text"
)]

use boa_engine::{
    JsResult, JsValue, NativeFunction,
    module::{SyntheticModule, SyntheticModuleInitializer},
};

/// Wraps `closure`; values that it captures are roots for as long as the function lives.
pub(super) fn from_closure<F>(closure: F) -> NativeFunction
where
    F: Fn(&JsValue, &[JsValue], &mut boa_engine::Context) -> JsResult<JsValue> + 'static,
{
    // SAFETY: captured handles are counted but not traced, so the collector treats them as roots (see the module text);
    // none of them can dangle.
    unsafe { NativeFunction::from_closure(closure) }
}

/// Wraps the evaluation steps of a synthetic module, as [`from_closure`] does a function.
pub(super) fn synthetic_steps<F>(closure: F) -> SyntheticModuleInitializer
where
    F: Fn(&SyntheticModule, &mut boa_engine::Context) -> JsResult<()> + 'static,
{
    // SAFETY: as in `from_closure`: what is captured counts as a root.
    unsafe { SyntheticModuleInitializer::from_closure(closure) }
}

#[cfg(test)]
mod tests {
    use crate::{Context, Function, Object, Value};

    #[test]
    fn captured_objects_survive_collection() {
        let mut ctx = Context::new().unwrap();
        let object = Object::new(&mut ctx);
        object.set(&mut ctx, "x", 42).unwrap();
        let function =
            Function::from_closure(&mut ctx, "f", 0, move |ctx, _, _| object.get(ctx, "x"));
        for _ in 0..3 {
            ctx.gc();
            for _ in 0..1000 {
                let _ = Object::new(&mut ctx);
            }
        }
        let result = function.call(&mut ctx, &Value::undefined(), &[]).unwrap();
        assert_eq!(result.as_number(), Some(42.0));
    }
}
