//! Lists the bytecode of a JavaScript file, or says how fast it compiles: `bytecode [--time] [--function|--module] FILE`.

use std::{process::ExitCode, sync::Arc, time::Instant};

use ouro_engine::vm::bytecode::{CodeTemplate, Source, listing::list, verifier::verify};
use ouro_engine::vm::compiler::{
    CompileError, ScriptOptions, compile_function, compile_module, compile_script,
};

fn compile(kind: &str, source: Arc<Source>) -> Result<Vec<Arc<CodeTemplate>>, CompileError> {
    Ok(match kind {
        "--module" => {
            let module = compile_module(source, &|_| true)?;
            vec![module.init.clone(), module.body.clone()]
        }
        "--function" => vec![compile_function(
            source,
            &["exports", "require", "module", "__filename", "__dirname"],
            &|_| true,
        )?],
        _ => vec![compile_script(source, ScriptOptions::default(), &|_| true)?],
    })
}

fn main() -> ExitCode {
    let (mut time, mut kind, mut path) = (false, String::new(), String::new());
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--time" => time = true,
            "--module" | "--function" => kind = argument,
            _ => path = argument,
        }
    }
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let bytes = text.len();
    let source = Arc::new(Source {
        name: path,
        text,
        ..Source::default()
    });
    let start = Instant::now();
    let all = match compile(&kind, source.clone()) {
        Ok(all) => all,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if time {
        let mut best = start.elapsed();
        for _ in 0..4 {
            let start = Instant::now();
            drop(compile(&kind, source.clone()));
            best = best.min(start.elapsed());
        }
        let speed = bytes as f64 / best.as_secs_f64() / 1e6;
        println!("{bytes} bytes in {best:?}: {speed:.1} MB/s");
        return ExitCode::SUCCESS;
    }
    for code in &all {
        if let Err(problem) = verify(code) {
            eprintln!("{problem}");
        }
        println!("{}", list(code));
    }
    ExitCode::SUCCESS
}
