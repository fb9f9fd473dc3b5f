//! Feeds the engine with programs that nobody wrote. `fuzz compile|run|print|differ [--seed N] [--count N] [FOLDER...]`
//!
//! * `compile`: damaged programs of the folders go through parser, compiler and verifier. They may be refused; no panic.
//! * `run`: generated and damaged programs run with little fuel, a heap limit, and collections at random safepoints.
//! * `print`: prints what generated programs print, each after a line with its seed; any backend.
//! * `show`: prints the program of `--seed`.
//! * `differ`: runs generated programs here and with `--against` (default: `node`; a path of another build of this binary),
//!   and shows where the output differs.
//!
//! What is about to run stands in the file that `--keep` names (default `fuzz-input.js`), for the case that the process dies.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use ouro_conformance_tests::fuzz::{Rng, mutate, program};
use ouro_engine::{Arguments as _, Context, Function, Limits, Value, run_on_big_stack};

struct Options {
    mode: String,
    seed: u64,
    count: u64,
    keep: PathBuf,
    against: String,
    folders: Vec<PathBuf>,
}

fn options() -> Options {
    let mut options = Options {
        mode: String::new(),
        seed: 1,
        count: 1000,
        keep: "fuzz-input.js".into(),
        against: "node".to_owned(),
        folders: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--seed" => options.seed = value().parse().unwrap_or(1),
            "--count" => options.count = value().parse().unwrap_or(1),
            "--keep" => options.keep = value().into(),
            "--against" => options.against = value(),
            _ if options.mode.is_empty() => options.mode = argument,
            _ => options.folders.push(argument.into()),
        }
    }
    options
}

fn corpus(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut waiting = folders.to_vec();
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path
                .extension()
                .is_some_and(|e| e == "js" || e == "mjs" || e == "cjs")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn some_file(rng: &mut Rng, corpus: &[PathBuf]) -> String {
    let path = corpus.get(rng.below(corpus.len()));
    path.and_then(|path| fs::read_to_string(path).ok())
        .unwrap_or_default()
}

/// A damaged program, or at times a generated one that is damaged.
fn damaged(rng: &mut Rng, corpus: &[PathBuf]) -> String {
    let base = if corpus.is_empty() || rng.once_in(4) {
        program(rng.next())
    } else {
        some_file(rng, corpus)
    };
    let other = some_file(rng, corpus);
    mutate(rng, &base, &other)
}

#[cfg(feature = "vm")]
mod machine {
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        sync::Arc,
    };

    use ouro_engine::vm::{
        Args, Completion, Vm,
        bytecode::{CodeTemplate, Source, verifier::verify},
        compiler::{self, ScriptOptions},
        value::Value,
    };

    fn source(text: &str, is_module: bool) -> Arc<Source> {
        Arc::new(Source {
            name: "fuzz.js".to_owned(),
            text: text.to_owned(),
            is_module,
            ..Source::default()
        })
    }

    /// Everything that `text` compiles to must verify.
    pub(super) fn compile(text: &str) -> Result<(), String> {
        let check = |code: &CodeTemplate| verify(code).map_err(|problem| problem.to_string());
        caught(|| {
            if let Ok(code) =
                compiler::compile_script(source(text, false), ScriptOptions::default(), &|_| true)
            {
                check(&code)?;
            }
            if let Ok(code) =
                compiler::compile_function(source(text, false), &["a", "b"], &|_| true)
            {
                check(&code)?;
            }
            if let Ok(module) = compiler::compile_module(source(text, true), &|_| true) {
                check(&module.init)?;
                check(&module.body)?;
            }
            Ok(())
        })
    }

    fn print(vm: &mut Vm, args: &Args<'_>) -> Completion {
        vm.to_string(args.at(0)).map(Value::from)
    }

    /// Runs `text`; whatever it does but panic is fine.
    pub(super) fn run(text: &str, stress: u32) -> Result<(), String> {
        let Ok(code) =
            compiler::compile_script(source(text, false), ScriptOptions::default(), &|_| true)
        else {
            return Ok(());
        };
        caught(|| {
            let mut vm = Vm::new(1 << 16);
            if let Some(global) = vm.realms[0].global.as_object() {
                vm.define_method(global, "print", 1, print);
            }
            vm.set_fuel(Some(2_000_000));
            vm.limits.native_depth = 300;
            vm.heap.set_limit(48 << 20);
            vm.heap.set_stress(stress);
            let code = vm.link(&code, 0, Value::UNDEFINED);
            let this = vm.realms[0].global_this;
            let _ = vm.run_code(code, Value::NULL, this);
            vm.run_jobs();
            Ok(())
        })
    }

    fn caught(run: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            Err(text
                .or_else(|| panic.downcast_ref::<&str>().map(|t| (*t).to_owned()))
                .unwrap_or_default())
        })
    }
}

#[cfg(not(feature = "vm"))]
mod machine {
    pub(super) fn compile(_: &str) -> Result<(), String> {
        Err("this backend is not ours".to_owned())
    }

    pub(super) fn run(_: &str, _: u32) -> Result<(), String> {
        Err("this backend is not ours".to_owned())
    }
}

/// Feeds `check` and counts what it reports.
fn feed(options: &Options, check: impl Fn(&mut Rng, &str) -> Result<(), String>) -> u32 {
    let corpus = corpus(&options.folders);
    let mut found = 0;
    for seed in options.seed..options.seed + options.count {
        let mut rng = Rng::new(seed);
        let text = if options.mode == "run" && rng.once_in(2) {
            program(seed)
        } else {
            damaged(&mut rng, &corpus)
        };
        if fs::write(&options.keep, &text).is_err() {
            eprintln!("{} cannot be written", options.keep.display());
        }
        if let Err(problem) = check(&mut rng, &text) {
            found += 1;
            let kept = options.keep.with_extension(format!("{seed}.js"));
            let _ = fs::write(&kept, &text);
            println!("seed {seed}: {problem} ({})", kept.display());
        }
    }
    found
}

/// What the programs of these seeds print here.
fn printed(options: &Options) -> String {
    let mut all = String::new();
    for seed in options.seed..options.seed + options.count {
        let _ = writeln!(all, "seed {seed}");
        let text = program(seed);
        let _ = fs::write(&options.keep, &text);
        all.push_str(&output(&text));
    }
    all
}

fn output(text: &str) -> String {
    run_on_big_stack(Limits::STACK_BYTES, || {
        let lines = std::rc::Rc::new(std::cell::RefCell::new(String::new()));
        let limits = Limits {
            heap_bytes: 2 << 30,
            ..Limits::default()
        };
        let Ok(mut ctx) = Context::builder().limits(limits).build() else {
            return String::new();
        };
        let sink = lines.clone();
        let print = Function::from_closure(&mut ctx, "print", 1, move |ctx, _, args| {
            let line = args.at(0).to_rust_string(ctx)?;
            sink.borrow_mut().push_str(&line);
            sink.borrow_mut().push('\n');
            Ok(Value::undefined())
        });
        let _ = ctx.global().set(&mut ctx, "print", print);
        if let Err(error) = ctx.eval(text, "fuzz.js") {
            let _ = writeln!(lines.borrow_mut(), "uncaught {:?}", error.kind());
        }
        lines.take()
    })
    .unwrap_or_default()
}

/// What they print with Node, all in one process.
fn printed_by_node(options: &Options) -> String {
    let folder = std::env::temp_dir().join(format!("ouro-fuzz-{}", std::process::id()));
    let _ = fs::create_dir_all(&folder);
    let mut main = String::from(
        "const vm = require('vm'), fs = require('fs');\nlet text = '';\nfor (const seed of SEEDS) {\n  text += `seed ${seed}\\n`;\n  \
         try { vm.runInNewContext(fs.readFileSync(`${__dirname}/${seed}.js`, 'utf8'), { print: line => { text += line + '\\n' } }, { filename: 'fuzz.js' }) }\n  \
         catch (e) { text += 'uncaught ' + e.name.replace('Error', '') + '\\n' }\n}\nfs.writeSync(1, text);\n",
    );
    let mut seeds = Vec::new();
    for seed in options.seed..options.seed + options.count {
        let _ = fs::write(folder.join(format!("{seed}.js")), program(seed));
        seeds.push(seed.to_string());
    }
    main = main.replace("SEEDS", &format!("[{}]", seeds.join(",")));
    let path = folder.join("main.cjs");
    let _ = fs::write(&path, main);
    let text = text_of(Command::new(&options.against).arg(&path));
    let _ = fs::remove_dir_all(&folder);
    text
}

fn text_of(command: &mut Command) -> String {
    match command.output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => format!("cannot be run: {error}\n"),
    }
}

/// Compares output by output, fifty programs at a time.
fn differ(options: &Options) -> u32 {
    let mut found = 0;
    let end = options.seed + options.count;
    for seed in (options.seed..end).step_by(50) {
        let part = Options {
            seed,
            count: 50.min(end - seed),
            mode: String::new(),
            keep: options.keep.clone(),
            against: options.against.clone(),
            folders: Vec::new(),
        };
        let ours = printed(&part);
        let theirs = if Path::new(&options.against)
            .file_name()
            .is_some_and(|name| name == "node")
        {
            printed_by_node(&part)
        } else {
            let (seed, count) = (part.seed.to_string(), part.count.to_string());
            text_of(
                Command::new(&options.against).args(["print", "--seed", &seed, "--count", &count]),
            )
        };
        found += compare(&ours, &theirs);
    }
    found
}

fn compare(ours: &str, theirs: &str) -> u32 {
    let sections = |text: &str| -> Vec<String> { text.split("seed ").map(str::to_owned).collect() };
    let (ours, theirs) = (sections(ours), sections(theirs));
    let mut found = 0;
    for (at, mine) in ours.iter().enumerate() {
        let other = theirs.get(at).cloned().unwrap_or_default();
        if *mine == other {
            continue;
        }
        found += 1;
        let line = mine.lines().zip(other.lines()).position(|(a, b)| a != b);
        let line = line.unwrap_or_else(|| mine.lines().count().min(other.lines().count()));
        println!(
            "seed {} line {line}",
            mine.lines().next().unwrap_or_default()
        );
        println!(
            "  ours   {:.150}",
            mine.lines().nth(line).unwrap_or("(end)")
        );
        println!(
            "  theirs {:.150}",
            other.lines().nth(line).unwrap_or("(end)")
        );
    }
    found
}

fn main() -> ExitCode {
    let options = options();
    let found = run_on_big_stack(Limits::STACK_BYTES, || match options.mode.as_str() {
        "compile" => feed(&options, |_, text| machine::compile(text)),
        "run" => feed(&options, |rng, text| {
            let stress = if rng.once_in(2) {
                0
            } else {
                1 + rng.below(50) as u32
            };
            machine::run(text, stress)
        }),
        "differ" => differ(&options),
        "print" => {
            print!("{}", printed(&options));
            0
        }
        "show" => {
            print!("{}", program(options.seed));
            0
        }
        other => {
            eprintln!("no mode {other:?}: compile, run, print, show or differ");
            1
        }
    });
    match found {
        Ok(0) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
