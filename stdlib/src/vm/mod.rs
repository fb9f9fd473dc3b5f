//! `vm`: code that is compiled from a text, in this realm or in another.
//!
//! Binding functions:
//! * `compile(source, name, line, column)`, `run(script, hostDefined)`, `within(milliseconds, realm, function, breakOnSigint)`,
//!   `compileFunction(realm, body, parameters, name, line, column, hostDefined)`, where `realm` may be `undefined` for this
//!   one, `thrownAt()`: `vm`
//! * `createRealm()`, `globalOf(realm)`, `setGlobal(realm, object)`, `ownMicrotasks(realm)`, `refuseStrings(realm)`,
//!   `setHostDefined(realm, hostDefined)`, `compileIn(realm, source, name, line, column)`,
//!   `runIn(realm, script, hostDefined)`: `internal/vm/context`
//! * `exposeGc(whether)`, for realms made from now on: `v8`
//!
//! A `hostDefined` is what `import()` in the code is answered by: `internal/vm/import`.
//!
//! `hasModules` is set where `--experimental-vm-modules` is given; the functions for those are [`module`]'s.
//!
//! A script belongs to the realm that it was compiled in. Sandboxes, which Node connects with a realm's global object, are
//! JavaScript's work: `internal/vm/context`.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/vm.html>.

mod module;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ouro_engine::{
    Arguments, Array, Attributes, Context, Error, ErrorKind, NativeFn, Object, Payload, Realm,
    Script, ScriptOrigin, SourceLocation, Value,
};
use ouro_runtime::RuntimeCore;
use ouro_runtime::handle::DivertedSignal;

use crate::process::ProcessState;

struct ScriptPayload(Script);

impl Payload for ScriptPayload {}

/// Makes the binding `vm`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("compile", 4, compile as NativeFn),
        ("run", 2, run),
        ("thrownAt", 0, thrown_at),
        ("createRealm", 0, create_realm),
        ("globalOf", 1, global_of),
        ("compileIn", 5, compile_in),
        ("runIn", 3, run_in),
        ("setGlobal", 2, set_global),
        ("within", 4, within),
        ("ownMicrotasks", 1, own_microtasks),
        ("refuseStrings", 1, refuse_strings),
        ("setHostDefined", 2, set_host_defined),
        ("exposeGc", 1, expose_gc),
        ("compileFunction", 7, compile_function),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    module::define(ctx, &object)?;
    let has_modules = has_modules(ctx)?;
    object.set(ctx, "hasModules", has_modules)?;
    Ok(object)
}

/// Is `--experimental-vm-modules` given?
fn has_modules(ctx: &mut Context) -> Result<bool, Error> {
    let core = RuntimeCore::of(ctx)?;
    let options = core.state::<ProcessState>().options();
    let flag = options.flags.get("experimental-vm-modules");
    Ok(flag.is_some_and(|value| value != "false"))
}

fn payload<T: Payload>(value: &Value) -> Result<Rc<T>, Error> {
    let object = value.as_object();
    object
        .and_then(|object| object.payload::<T>())
        .ok_or_else(|| Error::type_error("not an object of vm"))
}

/// The realm that a value stands for: what `createRealm` gave. A program's objects must not hold a [`Realm`] itself, which would
/// keep the realm for ever.
fn realm_of(ctx: &mut Context, value: &Value) -> Result<Realm, Error> {
    value
        .as_object()
        .and_then(|object| Realm::of_object(ctx, &object))
        .ok_or_else(|| Error::type_error("not an object of vm"))
}

/// `name, line, column` from `args[at..]`.
fn origin(ctx: &mut Context, args: &[Value], at: usize) -> Result<ScriptOrigin, Error> {
    Ok(ScriptOrigin {
        name: args.at(at).to_rust_string(ctx)?,
        line_offset: args.at(at + 1).to_i32(ctx)?,
        column_offset: args.at(at + 2).to_i32(ctx)?,
    })
}

fn compile(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let source = args.at(0).to_rust_string(ctx)?;
    let origin = origin(ctx, args, 1)?;
    let first_line = origin.line_offset;
    let script = match Script::compile(ctx, &source, origin) {
        Ok(script) => script,
        Err(error) => return Err(placed(ctx, error, &source, first_line)),
    };
    Ok(Object::with_payload(ctx, None, ScriptPayload(script)).into())
}

/// A syntax error whose stack begins with the place in the source, as in Node: `name:line`, that line, and a caret.
fn placed(ctx: &mut Context, error: Error, source: &str, first_line: i32) -> Error {
    let Some(location) = error.location().cloned() else {
        return error;
    };
    let index = i64::from(location.line) - 1 - i64::from(first_line);
    let line = usize::try_from(index)
        .ok()
        .and_then(|n| source.lines().nth(n));
    let value = error.into_value(ctx);
    if let (Some(line), Some(object)) = (line, value.as_object())
        && let Ok(stack) = object.get(ctx, "stack")
        && let Some(stack) = stack.as_string()
    {
        let column = usize::try_from(location.column).unwrap_or(1);
        let pad = " ".repeat(column.saturating_sub(1).min(line.chars().count()));
        let head = format!("{}:{}\n{line}\n{pad}^\n\n", location.file, location.line);
        let text = head + &stack.to_string_lossy();
        // The error tells as much without its place.
        let _ = object.define(ctx, "stack", text, Attributes::METHOD);
    }
    Error::from_value(value)
}

fn run(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let script = payload::<ScriptPayload>(args.at(0))?;
    let result = script.0.run_as(ctx, args.at(1));
    if let Err(error) = &result {
        let place = error.thrown_at(ctx);
        *RuntimeCore::of(ctx)?.state::<LastThrow>().0.borrow_mut() = place;
    }
    result
}

/// Whether new realms have a global `gc()`, where not the command line decides.
#[derive(Default)]
struct ExposesGc(Cell<Option<bool>>);

fn expose_gc(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let exposes = RuntimeCore::of(ctx)?.state::<ExposesGc>();
    exposes.0.set(Some(args.at(0).to_boolean()));
    Ok(Value::undefined())
}

/// Where the script that failed last threw.
#[derive(Default)]
struct LastThrow(RefCell<Option<SourceLocation>>);

/// `thrownAt()`: file, line and column; nothing the second time.
fn thrown_at(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let place = RuntimeCore::of(ctx)?
        .state::<LastThrow>()
        .0
        .borrow_mut()
        .take();
    let Some(place) = place else {
        return Ok(Value::undefined());
    };
    let parts = [
        place.file.into(),
        Value::from(place.line),
        place.column.into(),
    ];
    Ok(Array::from_iter(ctx, parts).into())
}

fn create_realm(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let realm = ctx.create_realm()?;
    let core = RuntimeCore::of(ctx)?;
    let by_flag = || core.state::<ProcessState>().options().expose_gc;
    if core.state::<ExposesGc>().0.get().unwrap_or_else(by_flag) {
        ctx.in_realm(&realm, crate::define_gc)?;
    }
    Ok(realm.to_object(ctx).into())
}

fn global_of(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = realm_of(ctx, args.at(0))?;
    Ok(ctx.global_of(&realm).into())
}

fn compile_in(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = realm_of(ctx, args.at(0))?;
    let rest = args.get(1..).unwrap_or_default();
    ctx.in_realm(&realm, |ctx| compile(ctx, this, rest))
}

fn run_in(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = realm_of(ctx, args.at(0))?;
    let rest = args.get(1..).unwrap_or_default();
    ctx.in_realm(&realm, |ctx| run(ctx, this, rest))
}

/// `setGlobal(realm, object)`: whether the engine can do that.
fn set_global(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = realm_of(ctx, args.at(0))?;
    let global = args.at(1).to_object(ctx)?;
    match ctx.set_global_of(&realm, &global) {
        Ok(()) => Ok(true.into()),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(false.into()),
        Err(error) => Err(error),
    }
}

/// `ownMicrotasks(realm)`: its microtasks wait for `within`.
fn own_microtasks(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = realm_of(ctx, args.at(0))?;
    ctx.give_microtask_queue(&realm);
    Ok(Value::undefined())
}

/// `refuseStrings(realm)`: `eval` and `Function` throw there.
fn refuse_strings(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = realm_of(ctx, args.at(0))?;
    supported(ctx.allow_strings_as_code_in(&realm, false))
}

/// `setHostDefined(realm, hostDefined)`: for code that no script or module makes.
fn set_host_defined(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let realm = realm_of(ctx, args.at(0))?;
    supported(ctx.set_host_defined_of(&realm, args.at(1)))
}

/// What an engine cannot do stays undone.
fn supported(result: Result<(), Error>) -> Result<Value, Error> {
    match result {
        Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
        _ => Ok(Value::undefined()),
    }
}

/// `within(milliseconds, realm, function, breakOnSigint)`: its result; `ERR_SCRIPT_EXECUTION_TIMEOUT` if it takes longer.
/// Then the own microtasks of the realm, if one is given, run as well. With `breakOnSigint`, that signal ends both with
/// `ERR_SCRIPT_EXECUTION_INTERRUPTED`, and listeners do not hear of it.
fn within(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let time_ms = args.at(0).as_number();
    let time = time_ms.and_then(|ms| Duration::try_from_secs_f64(ms / 1000.0).ok());
    let realm = if args.at(1).is_undefined() {
        None
    } else {
        Some(realm_of(ctx, args.at(1))?)
    };
    let function = args.at(2).to_object(ctx)?;
    let interruption = match args.at(3).to_boolean() {
        true => Interruption::listen(ctx),
        false => None,
    };
    let (result, timed_out) = ctx.with_timeout(time, realm.as_ref(), |ctx| {
        function.call(ctx, &Value::undefined(), &[])
    });
    if interruption.is_some_and(Interruption::end) {
        let text = "Script execution was interrupted by `SIGINT`";
        return Err(Error::error(text).with_code("ERR_SCRIPT_EXECUTION_INTERRUPTED"));
    }
    if !timed_out {
        return result;
    }
    let text = format!(
        "Script execution timed out after {}ms",
        time_ms.unwrap_or_default()
    );
    Err(Error::error(text).with_code("ERR_SCRIPT_EXECUTION_TIMEOUT"))
}

/// Its number is the same on all systems.
const SIGINT: i32 = 2;

/// Stops the program at [`SIGINT`].
struct Interruption {
    signal: DivertedSignal,
    arrived: Arc<AtomicBool>,
    stops: Arc<AtomicBool>,
}

impl Interruption {
    /// `None` where signals can't be listened to.
    fn listen(ctx: &mut Context) -> Option<Self> {
        let arrived = Arc::new(AtomicBool::new(false));
        let stops = ctx.stop_handle().flag();
        let flags = vec![Arc::clone(&arrived), Arc::clone(&stops)];
        Some(Self {
            signal: DivertedSignal::new(SIGINT, flags).ok()?,
            arrived,
            stops,
        })
    }

    /// Listens no longer. Did the signal arrive?
    fn end(self) -> bool {
        drop(self.signal);
        let arrived = self.arrived.load(Ordering::SeqCst);
        if arrived {
            // The program may have ended before it was stopped.
            self.stops.store(false, Ordering::SeqCst);
        }
        arrived
    }
}

fn compile_function(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let body = args.at(1).to_rust_string(ctx)?;
    let parameters = match args.at(2).as_array() {
        Some(list) => list.to_vec(ctx)?,
        None => Vec::new(),
    };
    let parameters: Vec<String> = parameters
        .iter()
        .map(|name| name.to_rust_string(ctx))
        .collect::<Result<_, _>>()?;
    let parameters: Vec<&str> = parameters.iter().map(String::as_str).collect();
    let origin = origin(ctx, args, 3)?;
    let first_line = origin.line_offset;
    let function = if args.at(0).is_undefined() {
        ouro_engine::compile_function_as(ctx, &body, &parameters, origin, args.at(6))
    } else {
        let realm = realm_of(ctx, args.at(0))?;
        ctx.in_realm(&realm, |ctx| {
            ouro_engine::compile_function_as(ctx, &body, &parameters, origin, args.at(6))
        })
    };
    match function {
        Ok(function) => Ok(function.into()),
        Err(error) => Err(placed(ctx, error, &body, first_line)),
    }
}
