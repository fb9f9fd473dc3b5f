//! How often long operations look at the limits. A program is stopped at a look, so what takes long must look often: each
//! of these operations works on some megabytes, and none of them may do that in one go, or unseen.
//!
//! Looks are counted, not timed: the host's clock is asked once at each.

use std::{cell::Cell, rc::Rc, time::Duration};

use ouro_engine::{Context, HostHooks, Limits, run_on_big_stack};

/// A clock that stands still and counts how often it is looked at.
#[derive(Default)]
struct Clock(Cell<usize>);

impl HostHooks for Clock {
    fn monotonic_time(&self) -> Duration {
        self.0.set(self.0.get() + 1);
        Duration::ZERO
    }
}

/// What comes before, and the operation.
const OPERATIONS: &[(&str, &str)] = &[
    // Arrays
    ("const a = new Array(1e6).fill(1)", "a.fill(2)"),
    ("const a = new Array(1e6).fill(1)", "a.slice()"),
    ("const a = new Array(1e6).fill(1)", "a.concat(a)"),
    ("const a = new Array(1e6).fill(1)", "[...a]"),
    ("const a = new Array(1e6).fill(1)", "Array.from(a)"),
    ("const a = new Array(2e6).fill(1)", "a.reverse()"),
    ("const a = new Array(4e6).fill(1)", "a.copyWithin(1)"),
    ("const a = new Array(4e6).fill(1)", "a.unshift(1)"),
    ("const a = new Array(4e6).fill(1)", "a.splice(1, 1)"),
    ("const a = new Array(2e6).fill(1)", "a.indexOf(2)"),
    ("const a = new Array(2e6).fill(1)", "a.includes(2)"),
    ("", "new Array(2e6).fill(1)"),
    ("const a = new Array(1e6).fill(1)", "Object.keys(a)"),
    (
        "const a = new Array(1e6).fill(1)",
        "Object.getOwnPropertyNames(a)",
    ),
    ("const a = new Array(1e6).fill(1)", "new AggregateError(a)"),
    (
        "const a = [...'xyzabcxyz'].map(end => 'k'.repeat(1e6) + end)",
        "a.sort()",
    ),
    (
        "const a = new Array(99).fill('k'.repeat(1e6)).map(s => s + 'y')",
        "a.indexOf('k'.repeat(1e6) + 'z')",
    ),
    // Sources
    ("let x; const s = 'x;'.repeat(1e6)", "eval(s)"),
    ("const s = 'x;'.repeat(1e6)", "new Function(s)"),
    // Strings
    ("const s = 'a'.repeat(1e7); s.at(0)", "s.indexOf('b')"),
    ("const s = 'a'.repeat(1e7); s.at(0)", "s.lastIndexOf('b')"),
    (
        "const s = 'a'.repeat(2e6), t = 'a'.repeat(1e6) + 'b'; s.at(0)",
        "s.indexOf(t)",
    ),
    (
        "const s = 'a'.repeat(2e6), t = 'b' + 'a'.repeat(1e6); s.at(0)",
        "s.lastIndexOf(t)",
    ),
    (
        "const s = 'a'.repeat(1e7); s.at(0)",
        "s.replaceAll('b', '')",
    ),
    ("const s = 'a'.repeat(1e7); s.at(0)", "s.split('b')"),
    (
        "const s = 'a'.repeat(1e7), t = 'a'.repeat(1e7); s.at(0)",
        "s.startsWith(t)",
    ),
    (
        "const s = 'a'.repeat(1e7), t = 'a'.repeat(1e7); s.at(0)",
        "s.endsWith(t)",
    ),
    ("const s = ' '.repeat(1e7); s.at(0)", "s.trim()"),
    ("const s = '\\u1234'.repeat(4e6); s.at(0)", "s.slice(1)"),
    (
        "const s = '\\u1234'.repeat(4e6); s.at(0)",
        "s.isWellFormed()",
    ),
    (
        "const s = '\\ud800'.repeat(1e6); s.at(0)",
        "s.toWellFormed()",
    ),
    ("const s = 'a'.repeat(1e6); s.at(0)", "s.toUpperCase()"),
    (
        "const s = 'A\\u1234'.repeat(1e6); s.at(0)",
        "s.toLowerCase()",
    ),
    (
        "const s = '\\u00e9'.repeat(1e6); s.at(0)",
        "s.normalize('NFD')",
    ),
    (
        "const s = '\\u1234'.repeat(1e6); s.at(0)",
        "encodeURIComponent(s)",
    ),
    (
        "const s = '%E1%88%B4'.repeat(1e6); s.at(0)",
        "decodeURIComponent(s)",
    ),
    ("const s = '\\u1234'.repeat(1e6); s.at(0)", "escape(s)"),
    ("const s = '%u1234'.repeat(1e6); s.at(0)", "unescape(s)"),
    ("const s = '\"'.repeat(1e6); s.at(0)", "s.anchor(s)"),
    // Numbers
    ("const s = '1'.repeat(1e7); s.at(0)", "Number(s)"),
    ("const s = ' '.repeat(1e7) + 'x'; s.at(0)", "Number(s)"),
    ("const s = '1'.repeat(1e7); s.at(0)", "parseFloat(s)"),
    ("const s = '1'.repeat(1e7); s.at(0)", "parseInt(s, 7)"),
    (
        "const x = 1n << 2n ** 26n",
        "for (let i = 0; i < 9; i++) x + x",
    ),
    ("const x = 1n << 2n ** 28n", "x % 10n"),
    (
        "const x = 1n << 2n ** 26n, y = 1n << 2n ** 26n",
        "for (let i = 0; i < 9; i++) x === y",
    ),
    (
        "const x = 1n << 2n ** 26n, y = 1n << 2n ** 26n",
        "for (let i = 0; i < 9; i++) x < y",
    ),
    // Tables
    ("const s = new Set(Array(1e5).keys())", "new Set(s)"),
    ("const s = new Set(Array(1e5).keys())", "s.union(new Set)"),
    (
        "const m = new Map; for (let i = 0; i < 2 ** 17; i++) m.set(i, i)",
        "m.set(-1, 0)",
    ),
    // Buffers
    ("const a = new Uint8Array(1e7)", "a.fill(7)"),
    ("const a = new Float64Array(1e6)", "a.fill(7)"),
    ("const a = new Uint8Array(1e7)", "a.slice()"),
    ("const a = new Uint8Array(1e7)", "a.set(a)"),
    ("const a = new Uint8Array(1e7)", "a.copyWithin(1)"),
    ("const a = new Uint8Array(1e7)", "a.reverse()"),
    ("const a = new Uint8Array(1e7)", "a.with(0, 1)"),
    ("const a = new Uint8Array(1e6)", "new Float64Array(a)"),
    ("const a = new Uint8Array(1e6).map((_, i) => i)", "a.sort()"),
    ("const a = new Array(1e6).fill(1)", "Float64Array.from(a)"),
    ("const b = new ArrayBuffer(1e7)", "b.slice(0)"),
    ("const b = new ArrayBuffer(1e6)", "b.transfer(2e7)"),
    (
        "const b = new ArrayBuffer(0, { maxByteLength: 1e7 })",
        "b.resize(1e7)",
    ),
    ("", "new SharedArrayBuffer(1e7)"),
    (
        "const a = new Uint8Array(new SharedArrayBuffer(1e6))",
        "a.fill(7)",
    ),
    // Keys, comparisons and patterns
    ("const s = 'a'.repeat(1e7), o = {}", "o[s + 'b']"),
    ("const s = 'a'.repeat(1e7), m = new Map", "m.get(s + 'b')"),
    (
        "const s = 'a'.repeat(1e6), t = s + 'b'",
        "s.localeCompare(t)",
    ),
    ("const s = 'a'.repeat(2e7); s.at(0)", "/b/.test(s)"),
    ("const s = 'a'.repeat(4e6); s.at(0)", "/^[ab]*c/.test(s)"),
    ("const s = '\\\\p{L}'.repeat(500)", "new RegExp(s, 'iu')"),
    ("const s = '1'.repeat(1e7)", "JSON.parse(s)"),
    (
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o)",
        "for (let i = 0; i < 9; i++) o instanceof Map",
    ),
    (
        "const m = new Map, x = 1n << 2n ** 26n",
        "for (let i = 0; i < 9; i++) m.get(x)",
    ),
    // Code and chains
    (
        "const f = Function('return [' + '1,'.repeat(1e6) + ']')",
        "f()",
    ),
    ("const f = Function('x', 'x.y;'.repeat(4e5))", "f({})"),
    (
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o)",
        "for (let i = 0; i < 9; i++) 'x' in o",
    ),
    (
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o)",
        "for (let i = 0; i < 9; i++) o.x",
    ),
    (
        "let f = () => 1; for (let i = 0; i < 500; i++) f = f.bind(0, 1)",
        "for (let i = 0; i < 50; i++) f()",
    ),
];

/// How many looks are asked for.
const LEAST: usize = 4;

#[test]
fn long_operations_look_at_the_limits() {
    let mut wrong = Vec::new();
    for &(setup, operation) in OPERATIONS {
        let looks = run_on_big_stack(Limits::STACK_BYTES, || {
            let clock = Rc::new(Clock::default());
            let mut ctx = Context::builder().hooks(clock.clone()).build().unwrap();
            assert!(ctx.eval(setup, "setup.js").is_ok(), "{setup}");
            let (result, _) = ctx.with_timeout(Some(Duration::MAX / 2), None, |ctx| {
                clock.0.set(0);
                ctx.eval(operation, "operation.js").map(drop)
            });
            let error = result.err().map(|error| error.message(&mut ctx));
            assert_eq!(error, None, "{operation}");
            clock.0.get()
        });
        let looks = looks.unwrap();
        if looks < LEAST {
            wrong.push(format!("{looks}: {setup}; {operation}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// However long an operation is, it is stopped in the middle, and what it worked on is whole.
#[test]
fn who_is_stopped_in_the_middle_goes_on_afterwards() {
    /// A clock that is past every deadline from its third look on.
    #[derive(Default)]
    struct Late(Cell<usize>);
    impl HostHooks for Late {
        fn monotonic_time(&self) -> Duration {
            self.0.set(self.0.get() + 1);
            Duration::from_secs(if self.0.get() < 3 { 0 } else { 9 })
        }
    }
    for &(setup, operation) in OPERATIONS {
        let after = run_on_big_stack(Limits::STACK_BYTES, || {
            let clock = Rc::new(Late::default());
            let mut ctx = Context::builder().hooks(clock.clone()).build().unwrap();
            assert!(ctx.eval(setup, "setup.js").is_ok(), "{setup}");
            clock.0.set(0);
            let (result, timed_out) = ctx.with_timeout(Some(Duration::from_secs(1)), None, |ctx| {
                ctx.eval(operation, "operation.js").map(drop)
            });
            assert!(result.is_err() && timed_out, "{operation}");
            ctx.gc();
            ctx.eval("[1, 2].map(x => x * 2).join()", "after.js")
                .and_then(|value| value.to_rust_string(&mut ctx))
        });
        assert_eq!(after.unwrap().ok().as_deref(), Some("2,4"), "{operation}");
    }
}
