//! What the book shows: programs that look into the machine, and what they print.
//!
//! A case is `cases/<name>.js` with its output in `cases/<name>.txt`; `UPDATE_EXPECT=1` renews the outputs. The chapters of
//! `docs/src/how-it-works` include both, so a page cannot say what the machine no longer does. Beside `print`, programs
//! have the functions of [`probe`], which show what JavaScript cannot see. Addresses and shape numbers differ from build to
//! build: addresses are left out, shapes are numbered in the order in which a program shows them.

mod probe;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ouro_engine::vm::{
    Vm, bytecode::Source, compiler::ScriptOptions, compiler::compile_script, value::Value,
};

/// Runs a program and gives what it printed, and its error if it ended with one.
fn run(name: &str, text: String) -> String {
    let mut vm = Vm::new(1 << 16);
    probe::install(&mut vm);
    let source = Arc::new(Source {
        name: name.to_owned(),
        text,
        ..Source::default()
    });
    let result = compile_script(source, ScriptOptions::default(), &|_| true)
        .map_err(|error| error.to_string())
        .and_then(|template| {
            let code = vm.link(&template, 0, Value::UNDEFINED);
            let this = vm.realms[0].global_this;
            let result = vm.run_code(code, Value::NULL, this);
            vm.run_jobs();
            result.map_err(|throw| {
                let text = vm.to_string(throw.0).ok();
                text.map_or_else(String::new, |text| vm.heap.units(&text).to_string_lossy())
            })
        });
    let mut output = probe::take_output();
    if let Err(error) = result {
        output.push_str(&format!("uncaught {error}\n"));
    }
    output
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book/cases");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "js"))
        .collect();
    found.sort();
    found
}

#[test]
fn outputs_are_as_recorded() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let all = cases();
    assert!(!all.is_empty());
    for path in all {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let output = run(&name, text);
        let expected = path.with_extension("txt");
        if update {
            std::fs::write(&expected, &output).unwrap_or_default();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != output {
            wrong.push(format!("{name} prints:\n{output}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
