//! What crossing the facade costs: context creation, calls both ways, properties, parsing, bytes.
//!
//! `cargo bench -p ouro-engine`; prints nanoseconds an operation, the best of five rounds. A claim is a ratio of two lines
//! of one run.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use ouro_engine::{
    Arguments, ArrayBuffer, Context, Function, Limits, Object, ObjectTemplate, Result, TypedArray,
    Value, compile_function, key, run_on_big_stack,
};

fn main() -> std::io::Result<()> {
    run_on_big_stack(Limits::STACK_BYTES, || {
        if let Err(error) = run() {
            eprintln!("bench failed: {error}");
        }
    })
}

/// Times `rounds` times `n` operations and prints the best.
fn report(name: &str, n: u32, mut work: impl FnMut() -> Result<()>) -> Result<()> {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        work()?;
        best = best.min(start.elapsed());
    }
    println!(
        "{name:34} {:>12.1} ns",
        best.as_nanos() as f64 / f64::from(n)
    );
    Ok(())
}

fn identity(_: &mut Context, _: &Value, args: &[Value]) -> Result<Value> {
    Ok(args.at(0).clone())
}

fn run() -> Result<()> {
    report("context creation", 1, || Context::new().map(drop))?;
    let mut ctx = Context::new()?;
    calls(&mut ctx)?;
    properties(&mut ctx)?;
    bytes(&mut ctx)?;
    errors(&mut ctx)?;
    parsing(&mut ctx)
}

fn calls(ctx: &mut Context) -> Result<()> {
    const N: u32 = 100_000;
    let global = ctx.global();
    global.define_function(ctx, "native", 1, identity)?;
    let closure = Function::from_closure(ctx, "closure", 1, |_, _, args| Ok(args.at(0).clone()));
    global.set(ctx, "closure", &closure)?;
    let body = "for (let i = 0; i < n; i++) ";
    for (name, statement) in [
        ("JS loop, empty", ""),
        ("JS loop calling JS", "js(i)"),
        ("JS loop calling native fn", "native(i)"),
        ("JS loop calling Rust closure", "closure(i)"),
    ] {
        let source = format!("const js = x => x; {body}{{ {statement} }}");
        let function = compile_function(ctx, &source, &["n", "native", "closure"], "bench.js")?;
        let args = [
            Value::from(N),
            global.get(ctx, "native")?,
            Value::from(&closure),
        ];
        report(name, N, || {
            function.call(ctx, &Value::undefined(), &args).map(drop)
        })?;
    }
    let function = ctx
        .eval("(x => x)", "bench.js")?
        .as_function()
        .ok_or_else(missing)?;
    let args = [Value::from(1)];
    report("Rust calling JS", N, || {
        for _ in 0..N {
            black_box(function.call(ctx, &Value::undefined(), &args)?);
        }
        Ok(())
    })?;
    report("native function creation", 10_000, || {
        for _ in 0..10_000 {
            black_box(Function::from_native(ctx, "f", 1, identity));
        }
        Ok(())
    })
}

fn properties(ctx: &mut Context) -> Result<()> {
    const N: u32 = 100_000;
    let object = Object::new(ctx);
    report("property set, key!", N, || {
        (0..N).try_for_each(|i| object.set(ctx, key!("answer"), i))
    })?;
    report("property get, key!", N, || {
        (0..N).try_for_each(|_| object.get(ctx, key!("answer")).map(drop))
    })?;
    report("property get, &str", N, || {
        (0..N).try_for_each(|_| object.get(ctx, "answer").map(drop))
    })?;
    report("object with three properties", N, || {
        (0..N).try_for_each(|i| {
            let object = Object::new(ctx);
            object.set(ctx, key!("a"), i)?;
            object.set(ctx, key!("b"), i)?;
            object.set(ctx, key!("c"), i)
        })
    })?;
    let template = ObjectTemplate::new(ctx, &["a", "b", "c"])?;
    report("the same from a template", N, || {
        (0..N).try_for_each(|i| {
            template
                .create(ctx, &[i.into(), i.into(), i.into()])
                .map(drop)
        })
    })
}

fn bytes(ctx: &mut Context) -> Result<()> {
    const N: u32 = 10_000;
    let buffer = ArrayBuffer::new(ctx, 8192)?;
    let prototype = Object::new(ctx);
    let view = TypedArray::uint8_with_prototype(ctx, &buffer, 0, 64, &prototype)?;
    let value = Value::from(&view);
    report("with_bytes", N, || {
        (0..N).try_for_each(|_| {
            ctx.with_bytes(&value, |bytes| black_box(bytes.len()))
                .map(drop)
        })
    })?;
    report("Uint8Array over a buffer", N, || {
        (0..N).try_for_each(|_| {
            TypedArray::uint8_with_prototype(ctx, &buffer, 8, 64, &prototype).map(drop)
        })
    })?;
    report("ArrayBuffer of 64 bytes", N, || {
        (0..N).try_for_each(|_| ArrayBuffer::new(ctx, 64).map(drop))
    })
}

fn errors(ctx: &mut Context) -> Result<()> {
    const N: u32 = 10_000;
    for (name, statement) in [
        ("new Error", "new Error('m')"),
        ("new Error and its stack", "new Error('m').stack"),
    ] {
        let source = format!("for (let i = 0; i < n; i++) {statement}");
        let function = compile_function(ctx, &source, &["n"], "bench.js")?;
        report(name, N, || {
            function
                .call(ctx, &Value::undefined(), &[Value::from(N)])
                .map(drop)
        })?;
    }
    Ok(())
}

fn parsing(ctx: &mut Context) -> Result<()> {
    let unit =
        "function add(a, b) { if (a > b) { return a + b } else { return [a, b, 'text'] } }\n";
    let source = unit.repeat(2_000);
    let bytes = u32::try_from(source.len()).unwrap_or(u32::MAX);
    report("parse and compile, a byte", bytes, || {
        compile_function(ctx, &source, &["exports"], "bench.js").map(drop)
    })
}

fn missing() -> ouro_engine::Error {
    ouro_engine::Error::internal("no function")
}
