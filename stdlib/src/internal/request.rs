//! Requests: work that blocks, done on the worker pool, its result given to a JavaScript callback.
//!
//! Every asynchronous binding function of the library that is not a socket goes through [`spawn_blocking`]. The work
//! gets owned data and no JavaScript value; `convert` runs back on the JavaScript thread and makes the callback's
//! arguments; the loop's dispatch calls the callback once and then runs the checkpoint.

use ouro_engine::{Context, Error, Function, Value};
use ouro_runtime::RuntimeCore;

use super::system_error::SystemError;

/// Runs `work` on the pool, then `callback(null, ...convert(result))` or `callback(error)` on the loop.
///
/// # Errors
/// Where the context has no loop. Errors of the work itself go to the callback.
pub fn spawn_blocking<T: Send + 'static>(
    ctx: &mut Context,
    callback: Function,
    work: impl FnOnce() -> Result<T, SystemError> + Send + 'static,
    convert: impl FnOnce(&mut Context, T) -> Result<Vec<Value>, Error> + 'static,
) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let id = core.id();
    let async_context = ctx.async_context();
    core.event_loop().submit(work, move |host, result| {
        host.enter(id, |ctx| {
            let outer = ctx.set_async_context(async_context);
            let result =
                result.unwrap_or_else(|_| Err(SystemError::from_code("ECANCELED", "request")));
            let args = match result {
                Ok(value) => match convert(ctx, value) {
                    Ok(mut values) => {
                        values.insert(0, Value::null());
                        values
                    }
                    Err(error) => vec![error.into_value(ctx)],
                },
                Err(error) => vec![error.into_error(ctx).into_value(ctx)],
            };
            let outcome = callback.call(ctx, &Value::undefined(), &args);
            ctx.set_async_context(outer);
            outcome.map(|_| ())
        });
    });
    Ok(())
}
