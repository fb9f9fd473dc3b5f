//! `process`: the native half of the global object.
//!
//! Binding functions, and the JavaScript that calls them:
//! * `queueMicrotask` — `internal/bootstrap/node`
//! * `environ`, `setEnv`, `unsetEnv` — `internal/process/env`
//! * `versions`, `hrtime`, `hrtimeBigInt`, `uptime`, `memoryUsage`, `rss`, `cpuUsage`, `threadCpuUsage`,
//!   `resourceUsage`, `constrainedMemory`, `availableMemory`, `activeResources`, `exit`, `abort`, `kill`, `cwd`,
//!   `chdir`, `umask`, `ids`, `setId`, `groups`, `setGroups`, `initGroups`, `rawDebug`, `execve`, `setCapture`,
//!   `hasCapture` — `internal/process/methods`
//! * `sleep` — `internal/util`
//! * `getCapture` — `internal/process/execution`
//! * `rejectionsMode`, `triggerUncaught` — `internal/process/promises`
//! * `warningOptions` — `internal/process/warning`, `internal/process/events`
//!
//! [`object`] makes the object itself with the few properties that nearly every program reads.

mod object;
mod resources;
pub mod signals;

use std::cell::{Cell, RefCell};
use std::time::Instant;

use ouro_engine::{
    Arguments, Array, BigInt, Context, Error, Function, JsString, Object, SourceLocation, TimeZone,
    Value,
};
use ouro_runtime::{Origin, RuntimeCore};

use crate::NodeOptions;
use crate::internal::node_error::invalid_arg_type;
use crate::internal::system_error::SystemError;
use crate::sys;

pub use object::create_process;

/// What `process` keeps for one runtime.
pub struct ProcessState {
    options: RefCell<NodeOptions>,
    started: Instant,
    exit_code: RefCell<Value>,
    exit_requested: Cell<Option<i32>>,
    capture: RefCell<Option<Function>>,
    pending_main: Cell<bool>,
    syntax_error: RefCell<Option<(Value, SourceLocation)>>,
    time_zone: RefCell<Option<String>>,
}

impl Default for ProcessState {
    fn default() -> Self {
        Self {
            options: RefCell::default(),
            started: Instant::now(),
            exit_code: RefCell::default(),
            exit_requested: Cell::new(None),
            capture: RefCell::default(),
            pending_main: Cell::new(false),
            syntax_error: RefCell::default(),
            time_zone: RefCell::default(),
        }
    }
}

impl ProcessState {
    /// The options that the program was started with.
    pub fn options(&self) -> NodeOptions {
        self.options.borrow().clone()
    }

    /// Sets the options; done once, before any JavaScript runs.
    pub fn set_options(&self, options: NodeOptions) {
        *self.options.borrow_mut() = options;
    }

    /// `process.exitCode` as a number, where it is set.
    pub fn exit_code(&self) -> Option<i32> {
        let value = self.exit_code.borrow();
        match value.as_number() {
            Some(number) => Some(number as i32),
            None => value
                .as_string()
                .and_then(|s| s.to_string_lossy().parse().ok()),
        }
    }

    /// Sets `process.exitCode` without checks.
    pub fn set_exit_code(&self, code: i32) {
        *self.exit_code.borrow_mut() = code.into();
    }

    /// Sets `process.exitCode` where the program has not.
    pub fn set_default_exit_code(&self, code: i32) {
        let unset = self.exit_code.borrow().is_nullish();
        if unset {
            self.set_exit_code(code);
        }
    }

    /// Remembers the newest syntax error with its place.
    pub fn note_syntax_error(&self, error: Value, location: SourceLocation) {
        *self.syntax_error.borrow_mut() = Some((error, location));
    }

    /// Where the text is wrong that gave this error.
    pub fn syntax_error_place(&self, error: &Value) -> Option<SourceLocation> {
        let noted = self.syntax_error.borrow();
        noted
            .as_ref()
            .filter(|(known, _)| known.same_value(error))
            .map(|(_, location)| location.clone())
    }

    /// Whether the main module has not settled yet.
    pub fn pending_main(&self) -> bool {
        self.pending_main.get()
    }

    /// Notes whether the main module has settled.
    pub fn set_pending_main(&self, pending: bool) {
        self.pending_main.set(pending);
    }

    /// Whether `process.setUncaughtExceptionCaptureCallback` has set one.
    pub fn has_capture(&self) -> bool {
        self.capture.borrow().is_some()
    }

    /// The time zone that the program set through `process.env.TZ`.
    pub fn time_zone(&self) -> Option<String> {
        self.time_zone.borrow().clone()
    }

    /// The code of a `process.exit()`, where there was one.
    pub fn exit_requested(&self) -> Option<i32> {
        self.exit_requested.get()
    }

    /// Asks the program to end with a code.
    pub fn request_exit(&self, code: i32) {
        self.exit_requested.set(Some(code));
    }
}

/// Makes the binding `process`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    resources::define(ctx, &object)?;
    for (name, length, function) in [
        (
            "queueMicrotask",
            1,
            queue_microtask as ouro_engine::NativeFn,
        ),
        ("environ", 0, environ),
        ("setEnv", 2, set_env),
        ("unsetEnv", 1, unset_env),
        ("versions", 0, versions),
        ("hrtime", 0, hrtime),
        ("hrtimeBigInt", 0, hrtime_big_int),
        ("uptime", 0, uptime),
        ("exit", 1, exit),
        ("abort", 0, abort),
        ("kill", 2, kill),
        ("cwd", 0, cwd),
        ("chdir", 1, chdir),
        ("umask", 1, umask),
        ("sleep", 1, sleep),
        ("ids", 0, ids),
        ("setId", 2, set_id),
        ("groups", 0, groups),
        ("setGroups", 1, set_groups),
        ("initGroups", 2, init_groups),
        ("rawDebug", 1, raw_debug),
        ("execve", 3, execve),
        ("setCapture", 1, set_capture),
        ("hasCapture", 0, has_capture),
        ("getCapture", 0, get_capture),
        ("rejectionsMode", 0, rejections_mode),
        ("triggerUncaught", 2, trigger_uncaught),
        ("warningOptions", 0, warning_options),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn state(ctx: &Context) -> Result<std::rc::Rc<ProcessState>, Error> {
    Ok(RuntimeCore::of(ctx)?.state::<ProcessState>())
}

fn text(ctx: &mut Context, args: &[Value], index: usize) -> Result<String, Error> {
    args.at(index).to_rust_string(ctx)
}

/// `queueMicrotask(callback)`; <https://nodejs.org/docs/latest-v24.x/api/globals.html#queuemicrotaskcallback>.
fn queue_microtask(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    match args.at(0).as_function() {
        Some(callback) => {
            ctx.enqueue_microtask(callback);
            Ok(Value::undefined())
        }
        None => Err(invalid_arg_type(ctx, "callback", "Function", args.at(0))),
    }
}

fn environ(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let object = Object::new(ctx);
    for (key, value) in std::env::vars_os() {
        let (key, value) = (
            key.to_string_lossy().into_owned(),
            value.to_string_lossy().into_owned(),
        );
        object.define(ctx, key, value, ouro_engine::Attributes::ALL)?;
    }
    for (key, value) in state(ctx)?.options().env {
        object.define(ctx, key, value, ouro_engine::Attributes::ALL)?;
    }
    Ok(object.into())
}

/// The environment of this process never changes (other threads may be reading it); what depends on a variable asks
/// `process.env`. The one exception is the time zone, which the engine is told about.
fn set_env(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    if text(ctx, args, 0)? == "TZ" {
        let zone = text(ctx, args, 1)?;
        // A name that no zone has means UTC, as in C.
        if let Some(known) = TimeZone::named(&zone).or_else(|| TimeZone::named("UTC")) {
            ctx.set_time_zone(known);
        }
        core_zone(ctx, Some(zone))?;
    }
    Ok(Value::undefined())
}

fn core_zone(ctx: &Context, zone: Option<String>) -> Result<(), Error> {
    *state(ctx)?.time_zone.borrow_mut() = zone;
    Ok(())
}

fn unset_env(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    if text(ctx, args, 0)? == "TZ" {
        ctx.set_time_zone(TimeZone::system());
        core_zone(ctx, None)?;
    }
    Ok(Value::undefined())
}

fn versions(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let object = Object::new(ctx);
    for (name, version) in crate::VERSIONS {
        object.set(ctx, *name, *version)?;
    }
    Ok(object.into())
}

/// Nanoseconds on the loop's monotonic clock.
fn monotonic_ns(ctx: &Context) -> Result<u64, Error> {
    Ok(RuntimeCore::of(ctx)?.event_loop().clock().now_ns())
}

fn hrtime(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let now = monotonic_ns(ctx)?;
    let pair = [now / 1_000_000_000, now % 1_000_000_000].map(|n| Value::from(n as f64));
    Ok(ouro_engine::Array::from_values(ctx, &pair).into())
}

fn hrtime_big_int(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(BigInt::from(monotonic_ns(ctx)?).into())
}

fn uptime(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Value::from(state(ctx)?.started.elapsed().as_secs_f64()))
}

/// `process.reallyExit`: in the binary the process ends here; a host that embeds gets the code from its runtime.
fn exit(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let code = args.at(0).as_i32().unwrap_or(0);
    let core = RuntimeCore::of(ctx)?;
    let state = core.state::<ProcessState>();
    state.request_exit(code);
    if state.options.borrow().exit_process {
        std::process::exit(code);
    }
    core.stop();
    Err(Error::error("process.exit() was called"))
}

fn abort(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    std::process::abort();
}

fn kill(_ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let number = |index: usize| args.at(index).as_i32().unwrap_or(0);
    let status = match sys::kill(number(0), number(1)) {
        Ok(()) => 0,
        Err(error) => -error.raw_os_error().unwrap_or(1),
    };
    Ok(status.into())
}

fn cwd(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    match std::env::current_dir() {
        Ok(path) => Ok(path.to_string_lossy().into_owned().into()),
        Err(error) => {
            let error = SystemError::from_io(&error, "uv_cwd");
            Err(error.into_error(ctx))
        }
    }
}

fn chdir(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let target = text(ctx, args, 0)?;
    let here = std::env::current_dir().unwrap_or_default();
    std::env::set_current_dir(&target)
        .map(|()| Value::undefined())
        .map_err(|error| {
            SystemError::from_io(&error, "chdir")
                .with_path(here)
                .with_dest(target)
                .into_error(ctx)
        })
}

fn umask(_ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(sys::umask(args.at(0).as_number().map(|mask| mask as u32)).into())
}

#[allow(
    clippy::disallowed_methods,
    reason = "blocking the thread is what the caller asks for"
)]
fn sleep(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let time_ms = args.at(0).to_u32(ctx)?;
    std::thread::sleep(std::time::Duration::from_millis(time_ms.into()));
    Ok(Value::undefined())
}

fn ids(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(ouro_engine::Array::from_iter(ctx, sys::ids()).into())
}

fn resolve_id(ctx: &mut Context, user: bool, value: &Value) -> Result<Option<u32>, Error> {
    if let Some(number) = value.as_number() {
        return Ok(Some(number as u32));
    }
    let name = value.to_rust_string(ctx)?;
    Ok(sys::lookup_id(user, &name))
}

/// `false` where the name is not known.
fn set_id(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let call = text(ctx, args, 0)?;
    let Some(id) = resolve_id(ctx, call.ends_with("uid"), args.at(1))? else {
        return Ok(false.into());
    };
    let call: &'static str = match call.as_str() {
        "setuid" => "setuid",
        "seteuid" => "seteuid",
        "setgid" => "setgid",
        _ => "setegid",
    };
    sys::set_id(call, id)
        .map(|()| Value::from(true))
        .map_err(|error| SystemError::from_io(&error, call).into_error(ctx))
}

fn groups(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(ouro_engine::Array::from_iter(ctx, sys::groups()).into())
}

/// Zero, or the place (from one) of a group whose name is not known.
fn set_groups(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let list = match args.at(0).as_array() {
        Some(array) => array.to_vec(ctx)?,
        None => Vec::new(),
    };
    let mut groups = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        match resolve_id(ctx, false, value)? {
            Some(id) => groups.push(id),
            None => return Ok((at + 1).into()),
        }
    }
    sys::set_groups(&groups)
        .map(|()| Value::from(0))
        .map_err(|error| SystemError::from_io(&error, "setgroups").into_error(ctx))
}

/// Zero, or which of the two arguments (from one) is not known.
fn init_groups(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(extra) = resolve_id(ctx, false, args.at(1))? else {
        return Ok(2.into());
    };
    if resolve_id(ctx, true, args.at(0))?.is_none() {
        return Ok(1.into());
    }
    sys::set_groups(&[extra])
        .map(|()| Value::from(0))
        .map_err(|error| SystemError::from_io(&error, "initgroups").into_error(ctx))
}

/// The mode of `--unhandled-rejections`.
fn rejections_mode(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let mode = state(ctx)?.options.borrow().unhandled_rejections;
    Ok(JsString::from(mode.name()).into())
}

/// Raises an error as an uncaught exception: `(error, origin)`.
fn trigger_uncaught(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let from_promise = text(ctx, args, 1)? == Origin::UnhandledRejection.as_str();
    let origin = if from_promise {
        Origin::UnhandledRejection
    } else {
        Origin::UncaughtException
    };
    RuntimeCore::of(ctx)?.report(ctx, Error::from_value(args.at(0).clone()), origin);
    Ok(Value::undefined())
}

/// `{ print, disabled, redirect }`: what the command line says of warnings.
fn warning_options(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let options = state(ctx)?.options();
    let disabled: Vec<Value> = options
        .disabled_warnings
        .iter()
        .map(|name| JsString::from(name.as_str()).into())
        .collect();
    let disabled = Array::from_values(ctx, &disabled);
    let object = Object::new(ctx);
    object.set(ctx, "print", options.warnings)?;
    object.set(ctx, "disabled", disabled)?;
    let from_environment = std::env::var("NODE_REDIRECT_WARNINGS").ok();
    let given = options.flags.get("redirect-warnings").cloned();
    let file = given.or(from_environment.filter(|file| !file.is_empty()));
    if let Some(file) = file {
        object.set(ctx, "redirect", file.as_str())?;
    }
    Ok(object.into())
}

fn raw_debug(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let line = text(ctx, args, 0)?;
    // A closed stderr is not this function's business.
    let _ = sys::write_all(2, line.as_bytes());
    Ok(Value::undefined())
}

fn execve(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = text(ctx, args, 0)?;
    let mut lists = [Vec::new(), Vec::new()];
    for (list, value) in lists.iter_mut().zip([args.at(1), args.at(2)]) {
        let values = match value.as_array() {
            Some(array) => array.to_vec(ctx)?,
            None => Vec::new(),
        };
        for value in values {
            list.push(value.to_rust_string(ctx)?);
        }
    }
    #[cfg(unix)]
    if let Err(error) = sys::execve(&path, &lists[0], &lists[1]) {
        return Err(SystemError::from_io(&error, "execve")
            .with_path(path)
            .into_error(ctx));
    }
    Ok(Value::undefined())
}

fn set_capture(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    *state(ctx)?.capture.borrow_mut() = args.at(0).as_function();
    Ok(Value::undefined())
}

fn has_capture(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(state(ctx)?.capture.borrow().is_some().into())
}

fn get_capture(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let capture = state(ctx)?.capture.borrow().clone();
    Ok(capture.map_or(Value::undefined(), Value::from))
}
