//! The `process` object itself: what is there before any JavaScript runs.

use ouro_engine::{Arguments, Array, Attributes, Context, Error, Function, Object, Symbol, Value};
use ouro_runtime::RuntimeCore;

use super::{ProcessState, state};
use crate::internal::node_error::{invalid_arg_type, node_error};

/// Makes the object, its prototype (whose constructor is named `process`) and the eager properties.
///
/// # Errors
/// Where a property can't be defined.
pub fn create_process(ctx: &mut Context) -> Result<Object, Error> {
    let constructor = Function::constructor_from_native(ctx, "process", 0, construct_process);
    let base = Object::new(ctx);
    let proto = Object::with_prototype(ctx, Some(&base));
    proto.define(
        ctx,
        "constructor",
        Value::from(&constructor),
        Attributes::METHOD,
    )?;
    constructor.define(ctx, "prototype", Value::from(&proto), Attributes::NONE)?;
    let process = Object::with_prototype(ctx, Some(&proto));
    let tag = Symbol::to_string_tag();
    process.define(ctx, tag, "process", Attributes::CONFIGURABLE)?;
    define_facts(ctx, &process)?;
    define_exit_code(ctx, &process)?;
    process.set_function(ctx, "nextTick", 1, next_tick)?;
    Ok(process)
}

fn construct_process(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(this.clone())
}

fn define_facts(ctx: &mut Context, process: &Object) -> Result<(), Error> {
    let options = state(ctx)?.options();
    let constant = Attributes::ENUMERABLE;
    process.define(ctx, "version", crate::VERSION, constant)?;
    process.define(ctx, "arch", arch(), constant)?;
    process.define(ctx, "platform", platform(), constant)?;
    let argv = Array::from_iter(ctx, options.argv.iter());
    process.set(ctx, "argv", Value::from(argv))?;
    let exec_argv = Array::from_iter(ctx, options.exec_argv.iter());
    process.set(ctx, "execArgv", Value::from(exec_argv))?;
    process.set(ctx, "execPath", options.exec_path.as_str())?;
    process.set(ctx, "argv0", options.argv0.as_str())?;
    process.set(ctx, "title", options.title.as_str())?;
    process.define(ctx, "pid", std::process::id(), constant)?;
    process.define(ctx, "ppid", parent_id(), constant)?;
    process.set(ctx, "debugPort", 9229)?;
    process.set(ctx, "_exiting", false)?;
    for (name, value) in &options.process_flags {
        process.define(ctx, name.as_str(), *value, Attributes::ALL)?;
    }
    if let Some(code) = &options.eval {
        process.set(ctx, "_eval", code.as_str())?;
    }
    Ok(())
}

#[cfg(unix)]
fn parent_id() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent_id() -> u32 {
    0
}

fn arch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "x64",
        "x86" => "ia32",
        "aarch64" => "arm64",
        "powerpc64" => "ppc64",
        other => other,
    }
}

fn platform() -> &'static str {
    match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    }
}

/// `process.exitCode` takes an integer, its text, or nothing.
fn define_exit_code(ctx: &mut Context, process: &Object) -> Result<(), Error> {
    let get = Function::from_native(ctx, "exitCode", 0, get_exit_code);
    let set = Function::from_native(ctx, "exitCode", 1, set_exit_code);
    process.define_accessor(
        ctx,
        "exitCode",
        Some(&get),
        Some(&set),
        Attributes::ENUMERABLE,
    )
}

fn get_exit_code(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(state(ctx)?.exit_code.borrow().clone())
}

fn set_exit_code(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let value = args.at(0);
    if !value.is_nullish() {
        let number = match (value.as_number(), value.as_string()) {
            (Some(number), _) => Some(number),
            (None, Some(text)) if !text.is_empty() => {
                Some(value.to_number(ctx)?).filter(|n| !n.is_nan())
            }
            _ => None,
        };
        match number {
            None => return Err(invalid_arg_type(ctx, "code", "number", value)),
            Some(n) if n.fract() != 0.0 || !n.is_finite() => {
                return Err(node_error(
                    ctx,
                    "ERR_OUT_OF_RANGE",
                    &[
                        Value::from("code"),
                        Value::from("an integer"),
                        value.clone(),
                    ],
                ));
            }
            Some(_) => {}
        }
    }
    *state(ctx)?.exit_code.borrow_mut() = value.clone();
    Ok(Value::undefined())
}

/// `process.nextTick(callback, ...args)`; <https://nodejs.org/docs/latest-v24.x/api/process.html#processnexttickcallback-args>.
fn next_tick(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(callback) = args.at(0).as_function() else {
        return Err(invalid_arg_type(ctx, "callback", "Function", args.at(0)));
    };
    let core = RuntimeCore::of(ctx)?;
    if core.state::<ProcessState>().exit_requested().is_none() {
        core.next_tick(ctx, callback, args.get(1..).unwrap_or_default());
    }
    Ok(Value::undefined())
}
