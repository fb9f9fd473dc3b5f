//! Running a program from start to exit code: the main module, `'beforeExit'`, `'exit'`.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/process.html#event-exit> and `#exit-codes`. The loop itself is the
//! caller's; this file holds the steps between its runs.

use std::cell::RefCell;
use std::rc::Rc;

use ouro_engine::{Context, Error, Function, Object, Promise, PromiseState, Value};
use ouro_runtime::{Origin, Runtime, RuntimeCore};

use crate::internal::loader::{CoreLoader, core_export};
use crate::perf_hooks::Timeline;
use crate::process::ProcessState;

/// Texts that have a name but no file (`[eval]`, `[stdin]`), kept for error messages.
#[derive(Default)]
pub struct EvalSources(RefCell<Vec<(String, Rc<str>)>>);

/// Remembers a text that has no file.
pub fn remember_source(core: &RuntimeCore, name: &str, text: &str) {
    core.state::<EvalSources>()
        .0
        .borrow_mut()
        .push((name.to_owned(), text.into()));
}

pub(crate) fn eval_source(ctx: &Context, name: &str) -> Option<String> {
    let core = RuntimeCore::of(ctx).ok()?;
    let sources = core.state::<EvalSources>();

    sources
        .0
        .borrow()
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, text)| text.to_string())
}

/// Runs `main` in the runtime's context, then the loop until nothing is left, and gives the exit code.
pub fn run_to_end(
    runtime: &mut Runtime,
    main: impl FnOnce(&mut Context) -> Result<(), Error>,
) -> i32 {
    runtime.enter(|ctx| {
        crate::v8::tools::start(ctx)?;
        main(ctx)
    });
    let timeline = runtime.core().state::<Timeline>();
    timeline.mark_loop_start();
    loop {
        if let Err(error) = runtime.run() {
            // Without a poller no event can come any more; say so and end.
            let _ = crate::sys::write_all(2, format!("ouro: {error}\n").as_bytes());
            return 1;
        }
        if let Some(code) = requested(runtime) {
            return code;
        }
        runtime.enter(|ctx| emit(ctx, "beforeExit"));
        if let Some(code) = requested(runtime) {
            return code;
        }
        if !runtime.is_alive() {
            break;
        }
    }
    timeline.mark_loop_exit();
    let core = runtime.core().clone();
    let state = core.state::<ProcessState>();
    if state.pending_main() {
        state.set_default_exit_code(13);
        eprint_unsettled();
    }
    runtime.enter(|ctx| {
        let emitted = emit(ctx, "exit");
        crate::v8::tools::finish(ctx);
        // Promise jobs of 'exit' listeners still run; ticks come too late.
        core.forget_ticks();
        if !core.is_stopped() {
            ctx.run_microtasks();
        }
        core.forget_ticks();
        emitted
    });
    requested(runtime).unwrap_or_else(|| state.exit_code().unwrap_or(0))
}

fn eprint_unsettled() {
    // A closed stderr changes nothing about the exit code.
    let _ = crate::sys::write_all(2, b"Warning: Detected unsettled top-level await\n");
}

fn requested(runtime: &Runtime) -> Option<i32> {
    runtime.core().state::<ProcessState>().exit_requested()
}

/// `process.emit(event, code)`, where the program may have listeners.
fn emit(ctx: &mut Context, event: &str) -> Result<(), Error> {
    let loader = CoreLoader::of(ctx)?;
    let core = RuntimeCore::of(ctx)?;
    let state = core.state::<ProcessState>();
    let process = loader.process().clone();
    if event == "exit" {
        process.set(ctx, "_exiting", true)?;
    }
    if !loader.is_loaded("internal/process/events") && !has_own_emit(ctx, &process)? {
        return Ok(());
    }
    let code = state.exit_code().unwrap_or(0);
    process.invoke(ctx, "emit", &[Value::from(event), Value::from(code)])?;
    Ok(())
}

fn has_own_emit(ctx: &mut Context, process: &Object) -> Result<bool, Error> {
    process.has_own(ctx, "emit")
}

/// Ends the program from inside: `'exit'` listeners with `code`, then the process or, when embedded, the loop.
pub(crate) fn exit_now(ctx: &mut Context, core: &RuntimeCore, code: i32) {
    let state = core.state::<ProcessState>();
    state.set_exit_code(code);
    let exiting = CoreLoader::of(ctx)
        .ok()
        .map(|loader| loader.process().clone())
        .and_then(|process| process.get(ctx, "_exiting").ok())
        .is_some_and(|value| value.to_boolean());
    if !exiting
        && let Err(error) = emit(ctx, "exit")
        && !core.is_stopped()
    {
        let text = crate::uncaught::describe(ctx, &error);
        // As above: without stderr there is nobody to tell.
        let _ = crate::sys::write_all(2, text.as_bytes());
    }
    crate::v8::tools::finish(ctx);
    let code = state
        .exit_requested()
        .or_else(|| state.exit_code())
        .unwrap_or(code);
    state.request_exit(code);
    if state.options().exit_process {
        std::process::exit(code);
    }
    core.stop();
}

/// Runs the main module: a file, through the CommonJS loader or as an ES module.
///
/// # Errors
/// What the module throws while it runs synchronously.
pub fn run_main_file(ctx: &mut Context, file: &str) -> Result<(), Error> {
    preload(ctx)?;
    let file = file.to_owned();
    after_imports(ctx, move |ctx| {
        let main = core_export(ctx, "internal/modules/run_main", "runMain")?;
        call(ctx, &main, &[Value::from(file.as_str())])
    })
}

/// Runs a text as `--eval` does.
///
/// # Errors
/// What the text throws while it runs synchronously.
pub fn run_eval(
    ctx: &mut Context,
    name: &str,
    code: &str,
    print: bool,
    module: Option<bool>,
) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    remember_source(&core, name, code);
    preload(ctx)?;
    let (name, code) = (name.to_owned(), code.to_owned());
    after_imports(ctx, move |ctx| {
        let eval = core_export(ctx, "internal/modules/run_main", "runEval")?;
        let kind = module.map_or(Value::undefined(), Value::from);
        let args = [
            Value::from(name.as_str()),
            Value::from(code.as_str()),
            Value::from(print),
            kind,
        ];
        call(ctx, &eval, &args)
    })
}

/// Imports the modules of `--import` one after the other, then runs `main`.
///
/// Where none of them awaits anything, all of it happens at once, as without the flag.
fn after_imports(
    ctx: &mut Context,
    main: impl Fn(&mut Context) -> Result<(), Error> + 'static,
) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let options = core.state::<ProcessState>().options();
    if options.import.is_empty() {
        return main(ctx);
    }
    let steps = Rc::new(Preloads {
        specifiers: options.import.clone(),
        main: Box::new(main),
    });
    import_from(ctx, &steps, 0)
}

/// What `--import` puts before the main program, and that program.
struct Preloads {
    specifiers: Vec<String>,
    main: Box<MainProgram>,
}

type MainProgram = dyn Fn(&mut Context) -> Result<(), Error>;

/// Imports the specifiers from the `at`th on; goes on later where one waits.
fn import_from(ctx: &mut Context, steps: &Rc<Preloads>, at: usize) -> Result<(), Error> {
    for (index, specifier) in steps.specifiers.iter().enumerate().skip(at) {
        let promise = crate::module::import_preload(ctx, specifier)?;
        match promise.state() {
            PromiseState::Fulfilled(_) => {}
            PromiseState::Rejected(reason) => {
                promise.mark_handled(ctx);
                return Err(Error::from_value(reason));
            }
            PromiseState::Pending => return import_later(ctx, steps, index + 1, &promise),
        }
    }
    (steps.main)(ctx)
}

/// Goes on with the `next`th specifier when the promise is fulfilled.
fn import_later(
    ctx: &mut Context,
    steps: &Rc<Preloads>,
    next: usize,
    promise: &Promise,
) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    core.state::<ProcessState>().set_pending_main(true);
    let steps = Rc::clone(steps);
    let settled = Function::from_closure(ctx, "", 1, move |ctx, _, _| {
        let core = RuntimeCore::of(ctx)?;
        core.state::<ProcessState>().set_pending_main(false);
        if let Err(error) = import_from(ctx, &steps, next) {
            core.report(ctx, error, Origin::UncaughtException);
        }
        Ok(Value::undefined())
    });
    let failed = Function::from_closure(ctx, "", 1, move |ctx, _, args| {
        let core = RuntimeCore::of(ctx)?;
        core.state::<ProcessState>().set_pending_main(false);
        let reason = args.first().cloned().unwrap_or_default();
        core.report(ctx, Error::from_value(reason), Origin::UncaughtException);
        Ok(Value::undefined())
    });
    promise.then(ctx, Some(&settled), Some(&failed))?;
    Ok(())
}

fn preload(ctx: &mut Context) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let options = core.state::<ProcessState>().options();
    if options.require.is_empty() {
        return Ok(());
    }
    let preload = core_export(ctx, "internal/modules/run_main", "preload")?;
    let list = ouro_engine::Array::from_iter(ctx, options.require.iter());
    call(ctx, &preload, &[Value::from(list)])
}

fn call(ctx: &mut Context, function: &Value, args: &[Value]) -> Result<(), Error> {
    let function = function
        .as_object()
        .ok_or_else(|| Error::internal("a core export is missing"))?;
    function.call(ctx, &Value::undefined(), args).map(|_| ())
}

/// `--check`: compiles a file the way it would run.
///
/// # Errors
/// `SyntaxError`, or where the file can't be read.
pub fn check_main_file(ctx: &mut Context, file: &str) -> Result<(), Error> {
    let check = core_export(ctx, "internal/modules/run_main", "checkMain")?;
    call(ctx, &check, &[Value::from(file)])
}

/// `--check` of a text that has no file.
///
/// # Errors
/// `SyntaxError`.
pub fn check_text(ctx: &mut Context, name: &str, text: &str) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    remember_source(&core, name, text);
    let check = core_export(ctx, "internal/modules/run_main", "checkText")?;
    call(ctx, &check, &[Value::from(text), Value::from(name)])
}

/// Reports an error as if a callback had thrown it.
pub fn report(ctx: &mut Context, error: Error) {
    if let Ok(core) = RuntimeCore::of(ctx) {
        core.report(ctx, error, Origin::UncaughtException);
    }
}

/// Requires a core module from a host.
///
/// # Errors
/// What loading it throws.
pub fn require(ctx: &mut Context, id: &str) -> Result<Value, Error> {
    CoreLoader::of(ctx)?.require(ctx, id)
}

/// `process.exit()` from a host.
///
/// # Errors
/// What an `'exit'` listener throws.
pub fn exit(ctx: &mut Context) -> Result<Value, Error> {
    let process = CoreLoader::of(ctx)?.process().clone();
    process.invoke(ctx, "exit", &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NodeOptions;

    /// The exit code of a text that is run as `--eval` does.
    fn exit_code_of(code: &str) -> Result<i32, Box<dyn std::error::Error>> {
        let mut runtime = Runtime::builder().build()?;
        runtime
            .with(|ctx| crate::install(ctx, NodeOptions::default()))
            .ok_or("the context is gone")??;
        Ok(run_to_end(&mut runtime, |ctx| {
            run_eval(ctx, "[eval]", code, false, Some(false))
        }))
    }

    #[test]
    fn programs_end_with_their_exit_code() -> Result<(), Box<dyn std::error::Error>> {
        assert_eq!(exit_code_of("setTimeout(() => {}, 1)")?, 0);
        assert_eq!(exit_code_of("process.exitCode = 3")?, 3);
        assert_eq!(
            exit_code_of("process.on('exit', () => { process.exitCode = 5; })")?,
            5
        );
        assert_eq!(
            exit_code_of(
                "process.once('beforeExit', () => setImmediate(() => { process.exitCode = 7; }))"
            )?,
            7
        );
        Ok(())
    }
}
