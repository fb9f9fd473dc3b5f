//! Deep recursion and deep sources are errors, never crashes.

use ouro_engine::{Context, ErrorKind, Limits, run_on_big_stack};
#[cfg(not(feature = "boa"))]
use ouro_engine::{Function, Value};

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
        let source = open.repeat(300_000) + "1" + &close.repeat(300_000);
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

/// Programs that never end, or not for a very long time, in each kind of loop that the engine itself runs. `arm` asks for
/// the stop.
#[cfg(not(feature = "boa"))]
const ENDLESS: [&str; 14] = [
    "arm(); (function f(...a) { try { f(...a) } finally { f(...a) } })(1)",
    "class A { constructor(...a) { try { new A(...a) } finally { new A(...a) } } } arm(); new A(1)",
    "const s = 'a'.repeat(1e6); arm(); for (;;) /b/.test(s)",
    "arm(); for (;;) 'x'.padStart(2 ** 22, 'ab').charCodeAt(5)",
    "arm(); for (;;);",
    "(function f() { try { arm(); for (;;); } finally { f() } })()",
    "arm(); /^(a+)+$/.test('a'.repeat(60) + 'b')",
    "let a = Array.from({ length: 3e5 }, (_, i) => -i); arm(); for (;;) a.sort((x, y) => x - y)",
    "let o = []; for (let i = 0; i < 1e5; i++) o.push({ i }); arm(); for (;;) JSON.stringify(o)",
    "arm(); for (;;) 'x'.repeat(2 ** 28).charCodeAt(5)",
    "let a = new Array(1e6).fill('abc'); arm(); for (;;) a.join()",
    "arm(); [...{ *[Symbol.iterator]() { for (;;) yield } }]",
    "new Promise(r => { arm(); for (;;) r() })",
    "let x = 3n ** 200000n; arm(); for (;;) x * x",
];

#[cfg(not(feature = "boa"))]
#[test]
fn every_loop_can_be_stopped() {
    for source in ENDLESS {
        let (kind, after) = run_on_big_stack(Limits::STACK_BYTES, || {
            let mut ctx = Context::new().unwrap();
            let handle = ctx.stop_handle();
            let arm = Function::from_closure(&mut ctx, "arm", 0, move |_, _, _| {
                handle.stop();
                Ok(Value::undefined())
            });
            let global = ctx.global();
            global.set(&mut ctx, "arm", arm).unwrap();
            let kind = ctx.eval(source, "t.js").unwrap_err().kind();
            let after = ctx.eval("[1, 2].map(x => x * 2).join()", "t.js").unwrap();
            (kind, after.to_rust_string(&mut ctx).unwrap())
        })
        .unwrap();
        assert_eq!(
            (kind, after.as_str()),
            (ErrorKind::Internal, "2,4"),
            "{source}"
        );
    }
}

/// Programs that take ever more memory.
#[cfg(not(feature = "boa"))]
const GREEDY: [&str; 12] = [
    "(function f(...a) { f(...a, 1, 2, 3, 4) })()",
    "let a = []; for (let i = 0;; i++) a.push({ ['key' + i]: i })",
    "let s = '\\u1234'.repeat(1e6); for (;;) s += s",
    "let a = []; for (let i = 0;; i++) a[i * 1000] = i",
    "let s = 'ab'; for (;;) { s += s; s.charCodeAt(3) }",
    "let a = []; for (;;) a.push({ a })",
    "let m = new Map; for (let i = 0;; i++) m.set(i, [i])",
    "let a = []; for (;;) a.push(new Uint8Array(1e6))",
    "new Array(1e8).fill(0)",
    "let o = {}; for (let i = 0;; i++) o['key' + i] = i",
    "let f = () => {}; for (;;) { const g = f; f = () => g }",
    "[...{ *[Symbol.iterator]() { for (;;) yield 'abc' } }]",
];

#[cfg(not(feature = "boa"))]
#[test]
fn memory_ends_in_an_error_that_can_be_caught() {
    for source in GREEDY {
        let (caught, used) = run_on_big_stack(Limits::STACK_BYTES, || {
            let limits = Limits {
                heap_bytes: 64 << 20,
                ..Limits::default()
            };
            let mut ctx = Context::builder().limits(limits).build().unwrap();
            let program =
                format!("(function () {{ try {{ {source} }} catch (e) {{ return e.name }} }})()");
            let caught = ctx
                .eval(&program, "t.js")
                .unwrap()
                .to_rust_string(&mut ctx)
                .unwrap();
            ctx.gc();
            (
                caught,
                ctx.eval(
                    "let sum = 0; for (let i = 0; i < 1e5; i++) sum += [i].length; sum",
                    "t.js",
                )
                .unwrap()
                .as_number(),
            )
        })
        .unwrap();
        assert_eq!(
            (caught.as_str(), used),
            ("RangeError", Some(1e5)),
            "{source}"
        );
    }
}

/// What a program gives back, it may take again: sparse elements that are written over or removed are not counted twice.
#[cfg(not(feature = "boa"))]
#[test]
fn what_is_given_back_may_be_taken_again() {
    let limits = Limits {
        heap_bytes: 32 << 20,
        ..Limits::default()
    };
    let mut ctx = Context::builder().limits(limits).build().unwrap();
    let programs = [
        "let a = []; a[1e6] = 1; for (let i = 0; i < 2e6; i++) a[1e6] = i; a.length",
        "let b = []; b[1e6] = 1; for (let i = 0; i < 1e6; i++) { b[2e6] = i; delete b[2e6] } b.length",
        "let c = []; c[1e6] = 1; for (let i = 0; i < 1e6; i++) { c[2e6] = i; c.length = 1e6 + 1 } c.length",
        "let t = 0; for (let i = 0; i < 3e5; i++) t += Object.keys({ ['key' + i]: 1 }).length; t",
        "let n = 0; for (let i = 0; i < 60; i++) n += ('x'.repeat(5e6) + i).charCodeAt(7); n",
    ];
    for program in programs {
        assert!(ctx.eval(program, "t.js").is_ok(), "{program}");
    }
}

/// Arguments are copied onto the stack at once: they must fit or be refused, wherever on it the call stands.
#[test]
#[cfg(not(feature = "boa"))]
fn long_spreads_fit_or_are_refused() {
    let many = "const many = new Array(1e6).fill(7);";
    assert_eq!(
        outcome(&format!("{many} [...many, ...many].length")).unwrap(),
        "2000000"
    );
    for call in [
        "Math.max(...many)",
        "new Array(...many).length",
        "String.fromCharCode.apply(null, many).length",
    ] {
        match outcome(&format!("{many} {call}")) {
            Ok(text) => assert!(["7", "1000000"].contains(&text.as_str()), "{text}"),
            Err(error) => assert_eq!(error.0, ErrorKind::Range, "{call}"),
        }
    }
    for step in [1000, 1003, 1007] {
        let source = format!(
            "const list = new Array({step}).fill(1); let depth = 0;
            (function f(...values) {{ depth += values.length === list.length; f(...list); }})(...list);"
        );
        assert_eq!(outcome(&source).unwrap_err().0, ErrorKind::Range);
    }
}

#[cfg(not(feature = "boa"))]
#[test]
fn dead_buffers_make_room_for_the_next() {
    let limits = Limits {
        heap_bytes: 64 << 20,
        ..Limits::default()
    };
    let mut ctx = Context::builder().limits(limits).build().unwrap();
    for source in [
        "const make = (type) => new type(50e6).byteLength; make(ArrayBuffer) && make(ArrayBuffer) && make(Uint8Array)",
        "try { (() => [...new Uint8Array(50e6)])() } catch (e) {} make(Int8Array)",
    ] {
        let length = ctx.eval(source, "t.js").unwrap().as_number().unwrap();
        assert_eq!(length, 50e6, "{source}");
    }
    for _ in 0..3 {
        ouro_engine::ArrayBuffer::new(&mut ctx, 50_000_000).unwrap();
    }
}

/// What is left of the fuel, and how far the program came.
#[cfg(not(feature = "boa"))]
fn with_fuel(fuel: u64, source: &str) -> (Option<u64>, String) {
    let mut ctx = Context::new().unwrap();
    ctx.set_fuel(Some(fuel)).unwrap();
    if let Err(error) = ctx.eval(source, "t.js") {
        assert_eq!(error.kind(), ErrorKind::Internal, "{source}");
    }
    let left = ctx.fuel();
    ctx.set_fuel(None).unwrap();
    let came = ctx.eval("String(globalThis.n)", "t.js").unwrap();
    (left, came.to_rust_string(&mut ctx).unwrap())
}

/// To begin is a step, and so is each jump back.
#[cfg(not(feature = "boa"))]
#[test]
fn fuel_ends_at_the_very_step() {
    for fuel in [1, 2, 999, 10_000, 10_001, 123_456] {
        let (left, came) = with_fuel(fuel, "var n = 0; for (;;) n++");
        assert_eq!((left, came), (Some(0), fuel.to_string()));
    }
    let source = "var n = 0; for (let i = 0; i < 100; i++) n++";
    assert_eq!(with_fuel(1_000, source), (Some(899), "100".into()));
    let guarded = "var n = 0; for (;;) try { for (;;) n++ } catch {} finally { n = -1 }";
    assert_eq!(with_fuel(50, guarded).1, "50");
}

/// Neither collections nor tools change what is counted.
#[cfg(not(feature = "boa"))]
#[test]
fn the_same_program_takes_the_same_steps() {
    let source =
        "var n = []; for (;;) { n.push([{}].map((x) => ({ x }))); if (n.length > 500) n = [] }";
    let length = |prepare: &dyn Fn(&mut Context)| {
        let mut ctx = Context::new().unwrap();
        prepare(&mut ctx);
        ctx.set_fuel(Some(30_000)).unwrap();
        ctx.eval(source, "t.js").unwrap_err();
        ctx.set_fuel(None).unwrap();
        let length = ctx.eval("n.length", "t.js").unwrap();
        length.as_number().unwrap()
    };
    let plain = length(&|_| {});
    assert_eq!(length(&|ctx| ctx.set_gc_stress(7)), plain);
    let profiled = length(&|ctx| {
        let interval = std::time::Duration::from_millis(1);
        ctx.start_cpu_profile(interval).unwrap();
    });
    assert_eq!(profiled, plain);
}

#[cfg(not(feature = "boa"))]
#[test]
fn a_program_without_fuel_waits_for_more() {
    let mut ctx = Context::new().unwrap();
    ctx.set_fuel(Some(0)).unwrap();
    for _ in 0..3 {
        assert!(ctx.eval("for (;;);", "t.js").is_err());
        assert_eq!(ctx.fuel(), Some(0));
    }
    ctx.set_fuel(Some(100)).unwrap();
    assert!(ctx.eval("for (let i = 0; i < 50; i++);", "t.js").is_ok());
    assert_eq!(ctx.fuel(), Some(49));
}

#[cfg(not(feature = "boa"))]
#[test]
fn the_host_is_asked_whether_to_go_on() {
    let mut ctx = Context::new().unwrap();
    let asked = std::rc::Rc::new(std::cell::Cell::new(0));
    let counter = std::rc::Rc::clone(&asked);
    let shall_stop = move || {
        counter.set(counter.get() + 1);
        counter.get() == 5
    };
    ctx.set_interrupt(Some(Box::new(shall_stop))).unwrap();
    let error = ctx.eval("for (;;);", "t.js").unwrap_err();
    assert_eq!((error.kind(), asked.get()), (ErrorKind::Internal, 5));
    ctx.set_interrupt(None).unwrap();
    assert!(ctx.eval("for (let i = 0; i < 1e6; i++);", "t.js").is_ok());
    assert_eq!(asked.get(), 5);
}

#[cfg(feature = "boa")]
#[test]
fn steps_are_not_counted_here() {
    let mut ctx = Context::new().unwrap();
    let error = ctx.set_fuel(Some(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(ctx.set_interrupt(None).is_err());
}

/// A generator that a stop went through is done; so is an iterator's helper.
#[cfg(not(feature = "boa"))]
#[test]
fn what_a_stop_went_through_is_done() {
    for make in [
        "[1].values().map(endless)",
        "[1].values().flatMap(endless)",
        "Iterator.concat({ [Symbol.iterator]: () => ({ next: endless }) })",
        "({ __proto__: Iterator.prototype, next: endless }).take(3)",
        "(function* () { endless() })()",
    ] {
        let mut ctx = Context::new().unwrap();
        let source = format!("function endless() {{ for (;;); }} var it = {make}; it.next()");
        ctx.set_fuel(Some(20_000)).unwrap();
        assert!(ctx.eval(&source, "t.js").is_err());
        ctx.set_fuel(None).unwrap();
        let after = ctx.eval("JSON.stringify(it.next())", "t.js").unwrap();
        let after = after.to_rust_string(&mut ctx).unwrap();
        assert_eq!(after, "{\"done\":true}", "{make}");
    }
}
