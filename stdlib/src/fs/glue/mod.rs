//! The glue between the binding functions and the plain functions: arguments in, a call now or on the pool, a value out.
//!
//! Every function follows one rule: where its last argument is a function, the call runs on the worker pool and the
//! function is called back from the loop; else it runs here and its error is thrown. Arguments were checked by the
//! JavaScript that calls; what is wrong here all the same is a `TypeError`, never a panic.

mod arguments;
mod content;
mod directories;
mod files;
mod stats;
mod watch;

use ouro_engine::{Context, Error, NativeFn, Object, Value};

use super::Result;
use super::constants::CONSTANTS;
use crate::internal::request::spawn_blocking;

/// Makes the binding `fs`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> std::result::Result<Object, Error> {
    let object = Object::new(ctx);
    let families = [
        FUNCTIONS,
        content::FUNCTIONS,
        directories::FUNCTIONS,
        files::FUNCTIONS,
        stats::FUNCTIONS,
        watch::FUNCTIONS,
    ];
    for (name, function) in families.into_iter().flatten() {
        object.set_function(ctx, name, 0, *function)?;
    }
    Ok(object)
}

/// Binding functions and their names.
type Functions = &'static [(&'static str, NativeFn)];

const FUNCTIONS: Functions = &[("getConstants", get_constants)];

fn get_constants(
    ctx: &mut Context,
    _this: &Value,
    _args: &[Value],
) -> std::result::Result<Value, Error> {
    let object = Object::with_prototype(ctx, None);
    for (name, value) in CONSTANTS {
        object.set(ctx, *name, *value)?;
    }
    Ok(object.into())
}

/// Runs `work` on the pool where `args` ends with a function, else here; `convert` makes the result's value.
fn run<T: Send + 'static>(
    ctx: &mut Context,
    args: &[Value],
    work: impl FnOnce() -> Result<T> + Send + 'static,
    convert: impl FnOnce(&mut Context, T) -> std::result::Result<Value, Error> + 'static,
) -> std::result::Result<Value, Error> {
    let Some(callback) = args.last().and_then(Value::as_function) else {
        let value = work().map_err(|error| error.into_error(ctx))?;
        return convert(ctx, value);
    };
    spawn_blocking(ctx, callback, work, |ctx, value| {
        let value = convert(ctx, value)?;
        Ok(if value.is_undefined() {
            Vec::new()
        } else {
            vec![value]
        })
    })?;
    Ok(Value::undefined())
}

/// [`run`] for work without a result.
fn run_unit(
    ctx: &mut Context,
    args: &[Value],
    work: impl FnOnce() -> Result<()> + Send + 'static,
) -> std::result::Result<Value, Error> {
    run(ctx, args, work, |_, ()| Ok(Value::undefined()))
}
