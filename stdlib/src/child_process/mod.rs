//! `child_process`: other programs, started, watched and waited for.
//!
//! Binding functions: `spawn(options, onExit)` (`internal/child_process/process`), `kill(handle, signal)`,
//! `setRef(handle, on)` (same file), `spawnSync(options)` (`internal/child_process/sync`).
//!
//! `options` is an object that the JavaScript has already checked: `file`, `args` (with `argv[0]` first), `env` (an array of
//! `NAME=value`), `cwd`, `uid`, `gid`, `detached` and `stdio`. An entry of `stdio` is `'ignore'`, `'pipe'`, the number of a
//! descriptor, or a handle object of `net`. Failures to start are negative errno numbers, as libuv has them.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/child_process.html>.

mod request;
mod sync;

use ouro_engine::{Arguments, Array, Context, Error, NativeFn, Object, Value};
use ouro_runtime::RuntimeCore;
use ouro_runtime::handle::{Exit, HandleId};

use crate::internal::loader::CoreLoader;
use crate::internal::system_error::errno_of;
use crate::net::new_handle;

/// Makes the binding `child_process`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    // The children's streams are handle objects of `net`, whose prototypes that binding makes.
    CoreLoader::of(ctx)?.binding(ctx, "net")?;
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("spawn", 2, spawn as NativeFn),
        ("kill", 2, kill),
        ("setRef", 2, set_ref),
        ("spawnSync", 1, sync::spawn_sync),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

/// Starts a child: `{ handle, pid, stdio }` with a stream handle for each pipe, or a negative errno.
/// `onExit(code, signal)` is called once, with numbers; its handle is closed by then.
fn spawn(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let from = args.at(0).to_object(ctx)?;
    let options = match request::read(ctx, &from)? {
        Ok(options) => options,
        Err(errno) => return Ok(errno.into()),
    };
    let callback = args
        .at(1)
        .as_function()
        .ok_or_else(|| Error::type_error("onExit must be a function"))?;
    let core = RuntimeCore::of(ctx)?;
    let context = core.id();
    let own = std::rc::Rc::new(std::cell::Cell::new(None::<HandleId>));
    let handle = own.clone();
    let event_loop = core.event_loop().clone();
    let spawned = core.event_loop().spawn(&options, move |host, exit| {
        if let Some(id) = handle.get() {
            event_loop.close(id, None);
        }
        let Exit { code, signal } = exit;
        let args = [
            Value::from(code.unwrap_or(0)),
            Value::from(signal.unwrap_or(0)),
        ];
        host.call(context, &callback, &Value::undefined(), &args);
    });
    let spawned = match spawned {
        Ok(spawned) => spawned,
        Err(error) => return Ok(errno_of(&error).into()),
    };
    own.set(Some(spawned.id));
    let mut streams = Vec::with_capacity(spawned.stdio.len());
    for id in spawned.stdio {
        streams.push(match id {
            Some(id) => Value::from(new_handle(ctx, true, Some(id))?),
            None => Value::null(),
        });
    }
    let streams = Array::from_values(ctx, &streams);
    let result = Object::new(ctx);
    result.set(ctx, "handle", spawned.id.to_bits() as f64)?;
    result.set(ctx, "pid", spawned.pid)?;
    result.set(ctx, "stdio", streams)?;
    Ok(result.into())
}

fn handle_id(value: &Value) -> HandleId {
    HandleId::from_bits(value.as_number().unwrap_or(0.0) as u64)
}

/// Sends a signal; zero or a negative errno.
fn kill(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let signal = args.at(1).to_i32(ctx)?;
    let sent = RuntimeCore::of(ctx)?
        .event_loop()
        .process_kill(handle_id(args.at(0)), signal);
    Ok(sent.err().map_or(0, |error| errno_of(&error)).into())
}

/// Whether the child keeps the program running.
fn set_ref(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    RuntimeCore::of(ctx)?
        .event_loop()
        .set_ref(handle_id(args.at(0)), args.at(1).to_boolean());
    Ok(Value::undefined())
}
