//! The binding functions that compile and run: CommonJS functions, ES modules, texts from the command line.

use std::path::PathBuf;

use ouro_engine::{
    Arguments, Context, Error, Function, Module, NativeFn, Object, Promise, PromiseState, Script,
    Value,
};
use ouro_runtime::modules::file_url;
use ouro_runtime::modules::host::{has_module_syntax, read_source};
use ouro_runtime::{Origin, RuntimeCore};

use super::esm;
use crate::process::ProcessState;

const PARAMETERS: [&str; 5] = ["exports", "require", "module", "__filename", "__dirname"];

/// Adds the functions of this file to the binding.
///
/// # Errors
/// Where a property can't be defined.
pub fn define(ctx: &mut Context, object: &Object) -> Result<(), Error> {
    for (name, length, function) in [
        ("readSource", 1, native_read_source as NativeFn),
        ("compileFunction", 3, compile_function),
        ("requireEsm", 3, require_esm),
        ("syncBuiltins", 0, sync_builtins),
        ("importMain", 1, import_main),
        ("evalScript", 3, eval_script),
        ("evalModule", 2, eval_module),
        ("checkSyntax", 3, check_syntax),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(())
}

fn native_read_source(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = PathBuf::from(args.at(0).to_rust_string(ctx)?);
    read_source(ctx, &path).map(Value::from)
}

/// `compileFunction(source, filename, mayBeModule)`: the function, or `undefined` where the text is an ES module.
fn compile_function(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let source = args.at(0).to_rust_string(ctx)?;
    let name = args.at(1).to_rust_string(ctx)?;
    match ouro_engine::compile_function(ctx, &source, &PARAMETERS, name.as_str()) {
        Ok(function) => Ok(function.into()),
        Err(_) if args.at(2).to_boolean() && has_module_syntax(ctx, &source, name.as_ref()) => {
            Ok(Value::undefined())
        }
        Err(error) => Err(placed(ctx, error)),
    }
}

/// Remembers where a text is wrong, for whoever prints the error.
pub(super) fn placed(ctx: &mut Context, error: Error) -> Error {
    let location = error.location().cloned();
    let value = error.into_value(ctx);
    if let (Some(location), Ok(core)) = (location, RuntimeCore::of(ctx)) {
        core.state::<ProcessState>()
            .note_syntax_error(value.clone(), location);
    }
    Error::from_value(value)
}

/// `checkSyntax(source, name, isModule)`: throws the `SyntaxError` that running it would.
fn check_syntax(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let source = args.at(0).to_rust_string(ctx)?;
    let name = args.at(1).to_rust_string(ctx)?;
    if args.at(2).to_boolean() {
        return match Module::compile(ctx, &source, &name) {
            Ok(_) => Ok(Value::undefined()),
            Err(error) => Err(placed(ctx, error)),
        };
    }
    match ouro_engine::compile_function(ctx, &source, &PARAMETERS, name.as_str()) {
        Err(error) if !has_module_syntax(ctx, &source, name.as_ref()) => Err(placed(ctx, error)),
        _ => Ok(Value::undefined()),
    }
}

/// `requireEsm(filename, source | undefined, parentFilename | undefined)`.
fn require_esm(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = PathBuf::from(args.at(0).to_rust_string(ctx)?);
    let source = args.at(1).as_string().map(|text| text.to_string_lossy());
    let loader = esm(ctx)?;
    let parent = args.at(2).as_string().map(|text| text.to_string_lossy());
    loader.require_esm(ctx, &path, source.as_deref(), parent.as_deref())
}

/// `syncBuiltins()`: the exports of core modules follow what programs made of `module.exports`.
fn sync_builtins(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    esm(ctx)?.sync_builtins(ctx)?;
    Ok(Value::undefined())
}

/// Runs the main module.
fn import_main(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = PathBuf::from(args.at(0).to_rust_string(ctx)?);
    let loader = esm(ctx)?;
    let promise = loader.import_main(ctx, &path)?;
    watch_main(ctx, &promise)?;
    Ok(Value::undefined())
}

/// `evalModule(text, name)`.
fn eval_module(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let name = args.at(1).to_rust_string(ctx)?;
    let here = std::env::current_dir().unwrap_or_default();
    let url = file_url::path_to_file_url(&here.join(format!("{name}1")));
    crate::run::remember_source(&*RuntimeCore::of(ctx)?, &url, &text);
    let loader = esm(ctx)?;
    let promise = loader.evaluate_text(ctx, &url, &text)?;
    watch_main(ctx, &promise)?;
    Ok(Value::undefined())
}

/// `evalScript(text, name, mayBeModule)`: the completion value.
fn eval_script(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let name = args.at(1).to_rust_string(ctx)?;
    match Script::compile(ctx, &text, name.as_str()) {
        Ok(script) => script.run(ctx),
        Err(_) if args.at(2).to_boolean() && has_module_syntax(ctx, &text, name.as_ref()) => {
            eval_module(ctx, this, args)
        }
        Err(error) => Err(placed(ctx, error)),
    }
}

/// An error of the main module is an uncaught exception; a main module that never settles is exit code 13.
fn watch_main(ctx: &mut Context, promise: &Promise) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let state = core.state::<ProcessState>();
    match promise.state() {
        PromiseState::Fulfilled(_) => return Ok(()),
        PromiseState::Rejected(reason) => {
            promise.mark_handled(ctx);
            return Err(Error::from_value(reason));
        }
        PromiseState::Pending => state.set_pending_main(true),
    }
    let settled = Function::from_closure(ctx, "", 1, move |ctx, _, _| {
        RuntimeCore::of(ctx)?
            .state::<ProcessState>()
            .set_pending_main(false);
        Ok(Value::undefined())
    });
    let failed = Function::from_closure(ctx, "", 1, move |ctx, _, args| {
        let core = RuntimeCore::of(ctx)?;
        core.state::<ProcessState>().set_pending_main(false);
        core.report(
            ctx,
            Error::from_value(args.at(0)),
            Origin::UncaughtException,
        );
        Ok(Value::undefined())
    });
    promise.then(ctx, Some(&settled), Some(&failed))?;
    Ok(())
}
