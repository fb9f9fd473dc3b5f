//! Runs JavaScript files on the machine alone, with `print`: for tests and measurements. `vm [--gc N] [--stats] [--gc-events] FILE...`
//!
//! `--gc N` collects at every N-th safepoint; `--stats` ends with counts of collections and what lies in the heap on stderr, and
//! `--gc-events` with the collector's pauses by kind and cause.

use std::{collections::BTreeMap, process::ExitCode, sync::Arc, time::Duration};

use ouro_engine::vm::{Args, Completion, Throw, Vm, bytecode::Source, compiler, value::Value};

fn print(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let mut line = String::new();
    for (index, &value) in args.values.iter().enumerate() {
        let text = vm.to_string(value)?;
        if index > 0 {
            line.push(' ');
        }
        line.push_str(&vm.heap.units(&text).to_string_lossy());
    }
    println!("{line}");
    Ok(Value::UNDEFINED)
}

fn run(vm: &mut Vm, path: &str) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let source = Source {
        name: path.to_owned(),
        text,
        ..Source::default()
    };
    let options = compiler::ScriptOptions::default();
    let template = compiler::compile_script(Arc::new(source), options, &|_| true)
        .map_err(|error| error.to_string())?;
    let code = vm.link(&template, 0, Value::UNDEFINED);
    let this = vm.realms[0].global_this;
    let result = vm.run_code(code, Value::NULL, this);
    vm.run_jobs();
    result.map(drop).map_err(|throw| describe(vm, throw))
}

fn describe(vm: &mut Vm, Throw(value): Throw) -> String {
    vm.root(value);
    let key = vm.names.stack;
    let stack = value
        .as_object()
        .and_then(|object| vm.get_o(object, key).ok())
        .filter(|stack| stack.is_string());
    let text = vm.to_string(stack.unwrap_or(value));
    match text {
        Ok(text) => vm.heap.units(&text).to_string_lossy(),
        Err(_) => "an error that has no text".to_owned(),
    }
}

/// Prints how many pauses of each kind and cause there were, their median, 99th percentile, longest, and sum.
fn print_events(vm: &mut Vm) {
    let mut pauses: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for event in vm.heap.events.drain() {
        let name = format!("{:?}/{:?}", event.kind, event.cause);
        pauses.entry(name).or_default().push(event.pause);
        pauses
            .entry("all".to_owned())
            .or_default()
            .push(event.pause);
    }
    let ms = |pause: Option<&Duration>| pause.map_or(0.0, |pause| pause.as_secs_f64() * 1000.0);
    eprintln!("pauses in ms              count   median      p99      max      sum");
    for (name, mut pauses) in pauses {
        pauses.sort_unstable();
        let count = pauses.len();
        let sum: Duration = pauses.iter().sum();
        eprintln!(
            "{name:24} {count:6} {:8.3} {:8.3} {:8.3} {:8.1}",
            ms(pauses.get(count / 2)),
            ms(pauses.get(count * 99 / 100)),
            ms(pauses.last()),
            ms(Some(&sum)),
        );
    }
}

fn main() -> ExitCode {
    let mut vm = Vm::new(1 << 20);
    let global = vm.realms[0].global.as_object();
    if let Some(global) = global {
        vm.define_method(global, "print", 1, print);
    }
    let started = std::time::Instant::now();
    vm.host.now_ms = Some(Box::new(move || {
        1.7e12 + (started.elapsed().as_secs_f64() * 1000.0).floor()
    }));
    vm.host.monotonic_time = Some(Box::new(move || started.elapsed()));
    let mut args = std::env::args().skip(1);
    let (mut stats, mut events) = (false, false);
    while let Some(arg) = args.next() {
        if arg == "--gc" {
            vm.heap.set_stress(
                args.next()
                    .and_then(|every| every.parse().ok())
                    .unwrap_or(1),
            );
            continue;
        }
        if arg == "--stats" {
            stats = true;
            continue;
        }
        if arg == "--gc-events" {
            events = true;
            vm.heap.events.set_capacity(1 << 20);
            continue;
        }
        if let Err(error) = run(&mut vm, &arg) {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    if events {
        print_events(&mut vm);
    }
    if stats {
        eprintln!("{:?}, {} bytes in use", vm.heap.counts, vm.heap.used());
        eprintln!("{:#?}", vm.heap_statistics());
    }
    ExitCode::SUCCESS
}
