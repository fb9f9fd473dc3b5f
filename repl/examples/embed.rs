//! Ouro inside a Rust program: a function of ours for JavaScript to call, a script, and the loop.
//!
//! `cargo run --example embed`

use ouro_engine::{Arguments, Context, Error, Value};
use ouro_runtime::Runtime;
use ouro_stdlib::NodeOptions;

/// What the script calls as `double(n)`.
fn double(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let number = args.at(0).to_number(ctx)?;
    Ok(Value::from(number * 2.0))
}

const SCRIPT: &str = "
    setTimeout(() => { answer = double(21); }, 5);
    require('fs').readFile('Cargo.toml', 'utf8', (err, text) => { lines = err ? 0 : text.split('\\n').length; });
";

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    // Deep JavaScript recursion needs stack; the engine says how much.
    ouro_engine::run_on_big_stack(ouro_engine::Limits::STACK_BYTES, embed)?.map_err(Into::into)
}

fn embed() -> Result<(), String> {
    let options = NodeOptions {
        argv: vec!["embed".into()],
        ..NodeOptions::default()
    };
    let mut runtime = Runtime::builder()
        .extension(move |ctx| ouro_stdlib::install(ctx, options))
        .extension(|ctx| {
            let global = ctx.global();
            global.set_function(ctx, "double", 1, double)
        })
        .build()
        .map_err(|error| error.to_string())?;

    // The script runs as `ouro -e` would run it; `run` then drives timers and files until nothing is left.
    runtime.enter(|ctx| ouro_stdlib::run::run_eval(ctx, "[embedded]", SCRIPT, false, Some(false)));
    runtime.run().map_err(|error| error.to_string())?;

    let read = |name: &'static str| move |ctx: &mut Context| ctx.global().get(ctx, name);
    let answer = runtime
        .with(read("answer"))
        .ok_or("the context is gone")?
        .map_err(|error| error.to_string())?;
    let lines = runtime
        .with(read("lines"))
        .ok_or("the context is gone")?
        .map_err(|error| error.to_string())?;
    println!(
        "answer {:?}, {:?} lines",
        answer.as_number(),
        lines.as_number()
    );
    Ok(())
}
