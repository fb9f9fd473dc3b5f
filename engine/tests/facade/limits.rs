//! Deep recursion and deep sources are errors, never crashes.

use ouro_engine::{Context, ErrorKind, Limits, run_on_big_stack};

/// Runs `source` on a stack that fits the default limits.
fn outcome(source: &str) -> Result<String, (ErrorKind, String)> {
    run_on_big_stack(Limits::STACK_BYTES, || {
        let mut ctx = Context::new().expect("a context can be made");
        let result = match ctx.eval(source, "deep.js") {
            Ok(value) => Ok(value.to_rust_string(&mut ctx).unwrap_or_default()),
            Err(error) => Err((error.kind(), error.message(&mut ctx))),
        };
        let after = ctx.eval("[1, 2].map(x => x + 1).join()", "after.js");
        assert_eq!(
            after.unwrap().as_string().unwrap(),
            "2,3",
            "the context works on after {source:.40}"
        );
        result
    })
    .expect("a thread can be made")
}

#[test]
fn ten_thousand_calls_nest() {
    let source = "function d(n) { return n ? 1 + d(n - 1) : 0 } d(10000)";
    assert_eq!(outcome(source).unwrap(), "10000");
}

#[test]
fn runaway_recursion_is_a_range_error() {
    let cases = [
        "function r() { r() } r()",
        "function r() { [1].map(r) } r()",
        "function r() { [1, 2].sort(r) } r()",
        "let p = new Proxy({}, { get() { return p.x } }); p.x",
        "let o = { toJSON() { return JSON.stringify(o) } }; JSON.stringify(o)",
        "let o = { get x() { return o.x } }; o.x",
        "class A { constructor() { new A } } new A",
        "function r() { 'a'.replace(/a/, r); return '' } r()",
        "let o = { [Symbol.toPrimitive]() { return +o } }; +o",
        "function r() { eval('r()') } r()",
    ];
    for source in cases {
        let error = outcome(source).unwrap_err();
        assert_eq!(
            error,
            (
                ErrorKind::Range,
                "Maximum call stack size exceeded".to_owned()
            ),
            "{source}"
        );
    }
}

#[test]
fn deep_sources_are_refused() {
    for (open, close) in [("(", ")"), ("[", "]"), ("`${", "}`"), ("!", "")] {
        let source = open.repeat(50_000) + "1" + &close.repeat(50_000);
        assert_eq!(outcome(&source).unwrap_err().0, ErrorKind::Range, "{open}");
        let source = format!("try {{ (0, eval)({source:?}) }} catch (e) {{ e.name }}");
        assert_eq!(outcome(&source).unwrap(), "RangeError", "eval {open}");
    }
    let source = "[".repeat(1_000) + &"]".repeat(1_000);
    assert!(outcome(&source).is_ok());
    assert!(outcome("new RegExp('('.repeat(1e5) + ')'.repeat(1e5))").is_err());
    assert!(
        outcome("let a = []; for (let i = 0; i < 1e4; i++) a = [a]; JSON.stringify(a).length")
            .is_ok()
    );
}

#[test]
fn a_native_call_makes_the_range_error_catchable() {
    let name = run_on_big_stack(Limits::STACK_BYTES, || {
        let mut ctx = Context::new().unwrap();
        let global = ctx.global();
        global
            .define_function(&mut ctx, "call", 1, |ctx, this, args| {
                args[0].as_function().unwrap().call(ctx, this, &[])
            })
            .unwrap();
        let source =
            "function r() { r() } try { call(r) } catch (e) { e.name + e.stack.split('\\n')[1] }";
        ctx.eval(source, "t.js")
            .unwrap()
            .to_rust_string(&mut ctx)
            .unwrap()
    });
    // Boa gives a call's parenthesis, V8 and our machine the name before it.
    let column = if cfg!(feature = "boa") { 17 } else { 16 };
    assert_eq!(
        name.unwrap(),
        format!("RangeError    at r (t.js:1:{column})")
    );
}
