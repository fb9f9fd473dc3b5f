//! The compiler: golden listings, and a walk over whole directories of programs.
//!
//! A case is `cases/<name>.js` with its listing in `cases/<name>.txt`; `UPDATE_EXPECT=1` renews the listings. A name that
//! ends in `.module` is a module, in `.function` a function body, in `.strict` a strict script, in `.coverage` a script
//! that counts.
//! `BYTECODE_SMOKE=<directory>` compiles and verifies every `.js` file below it; `BYTECODE_SMOKE_MODE` is `test262`
//! (directives in the front matter count) or `commonjs`.
#![cfg(feature = "vm")]

mod messages;
mod smoke;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ouro_engine::vm::bytecode::{CodeTemplate, Source, listing::list, verifier::verify};
use ouro_engine::vm::compiler::{
    CompileError, CompileErrorKind, ScriptOptions, compile_function, compile_module, compile_script,
};

/// Compiles a text as its kind says and gives all of its code.
fn compile(kind: &str, text: &str) -> Result<Vec<Arc<CodeTemplate>>, CompileError> {
    let source = Arc::new(Source {
        name: "case.js".to_owned(),
        text: text.to_owned(),
        is_module: kind == "module",
        coverage: kind == "coverage",
        ..Source::default()
    });
    match kind {
        "module" => {
            let module = compile_module(source, &|_| true)?;
            Ok(vec![module.init.clone(), module.body.clone()])
        }
        "function" => Ok(vec![compile_function(
            source,
            &["exports", "require", "module", "__filename", "__dirname"],
            &|_| true,
        )?]),
        "strict" => Ok(vec![compile_script(
            source,
            ScriptOptions { strict: true },
            &|_| true,
        )?]),
        _ => Ok(vec![compile_script(
            source,
            ScriptOptions::default(),
            &|_| true,
        )?]),
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode/cases");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| {
            entries
                .filter_map(Result::ok)
                .map(|entry| entry.path())
                .collect()
        })
        .unwrap_or_default();
    found.retain(|path| path.extension().is_some_and(|ext| ext == "js"));
    found.sort();
    found
}

#[test]
fn listings_are_as_recorded() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for path in cases() {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let kind = stem.rsplit_once('.').map_or("script", |(_, kind)| kind);
        let listing = match compile(kind, &text) {
            Ok(all) => {
                for code in &all {
                    if let Err(problem) = verify(code) {
                        wrong.push(format!("{}: {problem}", path.display()));
                    }
                }
                all.iter()
                    .map(|code| list(code))
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Err(error) => format!("{error}\n"),
        };
        let expected = path.with_extension("txt");
        if update {
            std::fs::write(&expected, &listing).unwrap_or_default();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != listing {
            wrong.push(format!(
                "{}: the listing differs:\n{listing}",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn deep_sources_are_refused_and_never_abort() {
    // On a small stack, as a worker thread has.
    let run = |text: String| {
        std::thread::Builder::new()
            .stack_size(1 << 20)
            .spawn(move || {
                let result = compile("script", &text);
                result.map(|all| all.iter().all(|code| verify(code).is_ok()))
            })
            .map(|thread| thread.join())
    };
    let long = |count: usize| {
        vec![
            format!("{}1{}", "(".repeat(count), ")".repeat(count)),
            format!("{}1{}", "[".repeat(count), "]".repeat(count)),
            format!("x={}1{}", "{a:".repeat(count), "}".repeat(count)),
            format!("{}{}", "{".repeat(count), "}".repeat(count)),
            format!("{}{}", "function f(){".repeat(count), "}".repeat(count)),
            format!("{}1{}", "`${".repeat(count), "}`".repeat(count)),
            format!("{}1", "x=>".repeat(count)),
            format!("{}1", "!".repeat(count)),
            format!("{}1", "a?b:".repeat(count)),
            format!("{}1", "1+".repeat(count)),
            format!("{}1", "a&&".repeat(count)),
            format!("{}1", "a=".repeat(count)),
            format!("x{}", ".b".repeat(count)),
            format!("x{}", ".b()".repeat(count)),
            format!("x{}", "[0]".repeat(count)),
            format!("x{}", "?.b".repeat(count)),
            format!("{}x;", "if(0)".repeat(count)),
            format!("{}x;", "if(0){}else ".repeat(count)),
            format!("({}1)", "a,".repeat(count)),
            format!("{}x", "typeof ".repeat(count)),
            format!("{}{}", "class A{m(){".repeat(count), "}}".repeat(count)),
            format!("var {}x{} = 1", "[".repeat(count), "]".repeat(count)),
            format!("{}1", "1**".repeat(count)),
            format!("{}x", "new ".repeat(count)),
            format!("x{}", "``".repeat(count)),
            format!("x{}", " in x".repeat(count)),
        ]
    };
    for count in [50, 400, 2_400, 12_000, 24_000, 100_000] {
        for text in long(count) {
            let start: String = text.chars().take(12).collect();
            match run(text) {
                Ok(Ok(Ok(fine))) => assert!(fine, "{start} {count}"),
                Ok(Ok(Err(error))) => {
                    assert!(count > 400, "{start} {count}: {error}");
                    assert_eq!(error.kind, CompileErrorKind::Range, "{start} {count}");
                }
                other => panic!("{start} {count}: {}", other.is_ok()),
            }
        }
    }
}
