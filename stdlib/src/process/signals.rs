//! Signals that `process.on('SIGX')` listens for.
//!
//! Binding functions: `start(number, callback)` gives a handle, `stop(handle)` — `internal/process/events`. The handle does
//! not keep the program running, as in Node.

use ouro_engine::{Arguments, Context, Error, NativeFn, Object, Value};
use ouro_runtime::RuntimeCore;
use ouro_runtime::handle::HandleId;

use crate::internal::system_error::SystemError;

/// Makes the binding `signals`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [("start", 2, start as NativeFn), ("stop", 1, stop)] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn start(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let number = args.at(0).to_i32(ctx)?;
    let Some(callback) = args.at(1).as_function() else {
        return Ok(Value::undefined());
    };
    let core = RuntimeCore::of(ctx)?;
    let id = core.id();
    let started = core.event_loop().signal_start(number, move |host| {
        host.call(id, &callback, &Value::undefined(), &[]);
    });
    match started {
        Ok(handle) => {
            core.event_loop().set_ref(handle, false);
            Ok((handle.to_bits() as f64).into())
        }
        Err(error) => Err(SystemError::from_io(&error, "uv_signal_start").into_error(ctx)),
    }
}

fn stop(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    if let Some(bits) = args.at(0).as_number() {
        RuntimeCore::of(ctx)?
            .event_loop()
            .close(HandleId::from_bits(bits as u64), None);
    }
    Ok(Value::undefined())
}
