//! Making a runtime from a command line, and running what was asked for.

use std::io::Read as _;

use ouro_engine::{Context, Limits, SourceKind, bytecode_listing};
use ouro_runtime::{Runtime, RuntimeError};
use ouro_stdlib::{InputType, NodeOptions, UnhandledRejections, run};

use crate::cli::{Command, Task};

/// Address space for the JavaScript thread: the engine's recursion limit times what a nested native call may take.
const MAIN_STACK_BYTES: usize = 4 << 30;

/// Runs the command on a thread whose stack is as large as the engine's recursion limit needs; gives the exit code.
pub fn run_on_own_stack(argv0: String, command: Command) -> i32 {
    ouro_engine::run_on_big_stack(MAIN_STACK_BYTES, move || run(&argv0, &command)).unwrap_or(1)
}

fn run(argv0: &str, command: &Command) -> i32 {
    let options = match options(argv0, command) {
        Ok(options) => options,
        Err(text) => {
            eprintln!("{argv0}: {text}");
            return 9;
        }
    };
    if command.is_on("print-bytecode") {
        return print_bytecode(argv0, &command.task);
    }
    let mut runtime = match build(options.clone()) {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{argv0}: {error}");
            return 1;
        }
    };
    match &command.task {
        Task::Script(file) if command.is_on("check") => check(&mut runtime, file),
        Task::Script(file) => run::run_to_end(&mut runtime, |ctx| run::run_main_file(ctx, file)),
        Task::Eval { code, print } => evaluate(&mut runtime, &options, "[eval]", code, *print),
        Task::Stdin => match stdin_text() {
            Ok(code) if command.is_on("check") => check_text(&mut runtime, "[stdin]", &code),
            Ok(code) => evaluate(
                &mut runtime,
                &options,
                "[stdin]",
                &code,
                command.is_on("print"),
            ),
            Err(error) => {
                eprintln!("{argv0}: stdin: {error}");
                1
            }
        },
        Task::Repl => crate::repl::start(&mut runtime, &options),
        Task::Version | Task::Help => 0,
    }
}

/// `--print-bytecode`: compiles the program the way it would run, lists the code, and runs nothing.
fn print_bytecode(argv0: &str, task: &Task) -> i32 {
    const COMMON_JS: SourceKind<'static> =
        SourceKind::Function(&["exports", "require", "module", "__filename", "__dirname"]);
    let (name, text) = match task {
        Task::Script(file) => (file.as_str(), std::fs::read(file)),
        Task::Eval { code, .. } => ("[eval]", Ok(code.clone().into_bytes())),
        _ => ("[stdin]", stdin_text().map(String::into_bytes)),
    };
    let text = match text {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => {
            eprintln!("{argv0}: {name}: {error}");
            return 1;
        }
    };
    let listing = match task {
        Task::Script(file) if file.ends_with(".mjs") => {
            bytecode_listing(&text, name, SourceKind::Module)
        }
        // Without a package.json at hand: what is no CommonJS module may be an ECMAScript module.
        Task::Script(_) => bytecode_listing(&text, name, COMMON_JS)
            .or_else(|error| bytecode_listing(&text, name, SourceKind::Module).map_err(|_| error)),
        _ => bytecode_listing(&text, name, SourceKind::Script),
    };
    match listing {
        Ok(listing) => {
            crate::exit::print(&format!("{listing}\n"));
            0
        }
        Err(error) => {
            eprintln!("{argv0}: {name}: {error}");
            1
        }
    }
}

/// A runtime with the core library in it.
pub fn build(options: NodeOptions) -> Result<Runtime, RuntimeError> {
    let context = Context::builder().limits(Limits {
        heap_bytes: options.heap_bytes(),
        ..Limits::default()
    });
    Runtime::builder()
        .context(context)
        .extension(move |ctx| ouro_stdlib::install(ctx, options))
        .build()
}

fn evaluate(
    runtime: &mut Runtime,
    options: &NodeOptions,
    name: &str,
    code: &str,
    print: bool,
) -> i32 {
    let module = options.input_type.map(|kind| kind == InputType::Module);
    run::run_to_end(runtime, |ctx| run::run_eval(ctx, name, code, print, module))
}

fn stdin_text() -> std::io::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// `--check`: compiles the file the way it would run, and runs nothing.
fn check(runtime: &mut Runtime, file: &str) -> i32 {
    run::run_to_end(runtime, |ctx| run::check_main_file(ctx, file))
}

fn check_text(runtime: &mut Runtime, name: &str, code: &str) -> i32 {
    run::run_to_end(runtime, |ctx| run::check_text(ctx, name, code))
}

fn options(argv0: &str, command: &Command) -> Result<NodeOptions, String> {
    let exec_path = std::env::current_exe()
        .map_or_else(|_| argv0.to_owned(), |path| path.display().to_string());
    let mut argv = vec![exec_path.clone()];
    match &command.task {
        Task::Script(file) => argv.push(file.clone()),
        Task::Stdin if !command.args.is_empty() => argv.push("-".to_owned()),
        _ => {}
    }
    argv.extend(command.args.iter().cloned());
    check_profiling(command)?;
    let mode = match command.value("unhandled-rejections") {
        None => UnhandledRejections::default(),
        Some(name) => UnhandledRejections::from_name(name)
            .ok_or_else(|| "invalid value for --unhandled-rejections".to_owned())?,
    };
    let input_type = match command.value("input-type") {
        None => None,
        Some("module") => Some(InputType::Module),
        Some("commonjs") => Some(InputType::CommonJs),
        Some(_) => return Err("--input-type must be \"module\", \"commonjs\", \"module-typescript\" or \"commonjs-typescript\"".to_owned()),
    };
    if input_type.is_some() && matches!(command.task, Task::Script(_)) {
        return Err(
            "--input-type can only be used with string input via --eval, --print, or STDIN"
                .to_owned(),
        );
    }
    let quiet = std::env::var_os("NODE_NO_WARNINGS").is_some_and(|value| value == "1");
    Ok(NodeOptions {
        argv,
        exec_argv: command.exec_argv.clone(),
        exec_path,
        argv0: argv0.to_owned(),
        title: command.value("title").unwrap_or(argv0).to_owned(),
        process_flags: process_flags(command),
        eval: match &command.task {
            Task::Eval { code, .. } => Some(code.clone()),
            _ => None,
        },
        unhandled_rejections: mode,
        warnings: !command.is_off("warnings") && !quiet,
        disabled_warnings: command.values("disable-warning").to_vec(),
        trace_uncaught: command.is_on("trace-uncaught"),
        conditions: command.values("conditions").to_vec(),
        preserve_symlinks: command.is_on("preserve-symlinks"),
        preserve_symlinks_main: command.is_on("preserve-symlinks-main"),
        require: command.values("require").to_vec(),
        import: command.values("import").to_vec(),
        env: command.env.clone(),
        input_type,
        stack_trace_limit: command
            .value("stack-trace-limit")
            .and_then(|text| text.parse().ok()),
        expose_gc: command.is_on("expose-gc") || command.is_on("expose_gc"),
        exit_process: true,
        flags: command
            .flags
            .iter()
            .filter_map(|(name, values)| Some(((*name).to_owned(), values.last()?.clone())))
            .collect(),
    })
}

/// Refuses flags of profiles that do not go together, or that nothing here can do.
fn check_profiling(command: &Command) -> Result<(), String> {
    for main in ["cpu-prof", "heap-prof"] {
        for part in ["dir", "interval", "name"] {
            if command.value(&format!("{main}-{part}")).is_some() && !command.is_on(main) {
                return Err(format!("--{main}-{part} must be used with --{main}"));
            }
        }
    }
    if command.is_on("heap-prof") {
        return Err("--heap-prof is not supported: see v8.writeHeapSnapshot()".to_owned());
    }
    Ok(())
}

/// The flags that Node shows as properties of `process`.
fn process_flags(command: &Command) -> Vec<(String, bool)> {
    let mut flags = Vec::new();
    for (name, property) in [
        ("throw-deprecation", "throwDeprecation"),
        ("trace-deprecation", "traceDeprecation"),
    ] {
        if command.is_on(name) {
            flags.push((property.to_owned(), true));
        }
    }
    if command.is_off("deprecation") {
        flags.push(("noDeprecation".to_owned(), true));
    }
    if command.is_on("trace-warnings") {
        flags.push(("traceProcessWarnings".to_owned(), true));
    }
    flags
}
