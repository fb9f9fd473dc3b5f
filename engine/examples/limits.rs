//! Measures how well limits hold: how long after a stop was asked for a program stops, and by how much the memory that it
//! really takes goes over a heap limit of 64 MiB. `limits [time|memory] [NAME]`
//!
//! Memory is what the allocator gave out since before the context was made, so the engine's own tables count too.

use std::path::{Path, PathBuf};
use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use greedy::GREEDY;
use ouro_engine::{Context, ErrorKind, Limits, run_on_big_stack};

#[path = "../tests/memory/counting.rs"]
mod counting;
#[path = "../tests/memory/greedy.rs"]
mod greedy;

/// What runs before the clock starts, and what then runs for ever.
const ENDLESS: [(&str, &str, &str); 60] = [
    ("loop", "", "for (;;);"),
    ("calls", "const f = n => n && f(n - 1)", "for (;;) f(1000)"),
    ("regexp", "", "/^(a+)+$/.test('a'.repeat(60) + 'b')"),
    (
        "regexp, long",
        "const s = 'a'.repeat(1e7)",
        "for (;;) /b/.test(s)",
    ),
    (
        "regexp, quadratic",
        "const s = 'a'.repeat(1e6)",
        "for (;;) /a*b/.test(s)",
    ),
    (
        "regexp, captures",
        "const s = 'ab'.repeat(1e6)",
        "for (;;) s.match(/(a)(b)/g)",
    ),
    (
        "regexp, exec",
        "const s = 'ab'.repeat(1e5), r = /(a)|(b)/g",
        "for (;;) r.exec(s)",
    ),
    (
        "regexp, ignoring case",
        "const s = '\\u0101'.repeat(1e6)",
        "for (;;) /\\u0100b/i.test(s)",
    ),
    (
        "regexp, compiled",
        "let n = 0, s = 'a|b'.repeat(1e5)",
        "for (;;) new RegExp(s + n++)",
    ),
    (
        "sort",
        "const a = Array.from({ length: 1e6 }, (_, i) => -i % 1000)",
        "for (;;) [...a].sort()",
    ),
    (
        "sort, comparator",
        "const a = Array.from({ length: 1e6 }, (_, i) => -i % 1000)",
        "for (;;) [...a].sort((x, y) => x - y)",
    ),
    (
        "sort, strings",
        "const a = Array.from({ length: 3e5 }, (_, i) => 'k' + (i * 7919) % 1e6)",
        "for (;;) [...a].sort()",
    ),
    (
        "sort, long strings",
        "const a = Array.from({ length: 1e3 }, (_, i) => 'k'.repeat(1e5) + i)",
        "for (;;) [...a].sort()",
    ),
    (
        "sort, typed",
        "const a = new Float64Array(3e6).map((_, i) => -i % 1000)",
        "for (;;) a.slice().sort()",
    ),
    (
        "sort, typed comparator",
        "const a = new Float64Array(1e6).map((_, i) => -i % 1000)",
        "for (;;) a.slice().sort((x, y) => x - y)",
    ),
    (
        "JSON.stringify",
        "const o = Array.from({ length: 3e5 }, (_, i) => ({ i }))",
        "for (;;) JSON.stringify(o)",
    ),
    (
        "JSON.stringify, string",
        "const s = 'x\\n'.repeat(5e6)",
        "for (;;) JSON.stringify(s)",
    ),
    (
        "JSON.parse",
        "const s = '[' + '1,'.repeat(2e6) + '1]'",
        "for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, string",
        "const s = '\"' + 'x'.repeat(2e7) + '\"'",
        "for (;;) JSON.parse(s)",
    ),
    ("repeat", "", "for (;;) 'x'.repeat(2 ** 28).charCodeAt(5)"),
    (
        "repeat, wide",
        "",
        "for (;;) '\\u1234y'.repeat(2 ** 26).charCodeAt(5)",
    ),
    ("padStart", "", "for (;;) 'x'.padStart(2 ** 28, 'ab')"),
    (
        "join",
        "const a = new Array(3e6).fill('abc')",
        "for (;;) a.join()",
    ),
    (
        "join, holes",
        "const a = []; a.length = 5e7",
        "for (;;) a.join('')",
    ),
    (
        "rope",
        "let s",
        "for (;;) { s = 'ab'; for (let i = 0; i < 26; i++) s += s; s.charCodeAt(3) }",
    ),
    (
        "spread",
        "const a = new Array(3e6).fill(1)",
        "for (;;) [...a]",
    ),
    (
        "spread, endless",
        "",
        "[...{ *[Symbol.iterator]() { for (;;) yield } }]",
    ),
    (
        "spread, call",
        "const a = new Array(1e5).fill(1)",
        "for (;;) Math.max(...a)",
    ),
    (
        "destructuring",
        "",
        "const [...a] = { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }",
    ),
    ("BigInt **", "", "for (;;) 3n ** 3000000n"),
    ("BigInt *", "const x = 3n ** 2000000n", "for (;;) x * x"),
    (
        "BigInt /",
        "const x = 3n ** 2000000n, y = 7n ** 300000n",
        "for (;;) x / y",
    ),
    (
        "BigInt toString",
        "const x = 3n ** 1000000n",
        "for (;;) x.toString()",
    ),
    (
        "BigInt of text",
        "const s = '7'.repeat(1e6)",
        "for (;;) BigInt(s)",
    ),
    ("BigInt <<", "", "for (;;) 1n << 2n ** 29n"),
    (
        "BigInt.asUintN",
        "const x = 3n ** 2000000n",
        "for (;;) BigInt.asUintN(3000000, -x)",
    ),
    ("fill", "const a = new Array(3e7)", "for (;;) a.fill(0)"),
    ("new Array.fill", "", "for (;;) new Array(3e7).fill(0)"),
    (
        "copyWithin",
        "const a = new Array(3e6).fill(1)",
        "for (;;) a.copyWithin(1)",
    ),
    (
        "indexOf",
        "const a = new Array(3e6).fill(1)",
        "for (;;) a.indexOf(2)",
    ),
    (
        "indexOf, string",
        "const s = 'a'.repeat(1e6), t = 'a'.repeat(5e5) + 'b'",
        "for (;;) s.indexOf(t)",
    ),
    (
        "unshift",
        "const a = new Array(3e6).fill(1)",
        "for (;;) { a.unshift(0); a.shift() }",
    ),
    (
        "splice",
        "const a = new Array(3e6).fill(1)",
        "for (;;) { a.splice(5, 1); a.splice(5, 0, 1) }",
    ),
    (
        "concat",
        "const a = new Array(3e6).fill(1)",
        "for (;;) a.concat(a)",
    ),
    (
        "Map",
        "",
        "for (;;) { const m = new Map; for (let i = 0; i < 1e7; i++) m.set(i, i) }",
    ),
    (
        "Set operations",
        "const a = new Set(Array(1e6).keys())",
        "for (;;) a.union(a)",
    ),
    ("typed array", "", "for (;;) new Uint8Array(1e8)"),
    (
        "typed array, fill",
        "const a = new Uint8Array(2e8)",
        "for (;;) a.fill(7)",
    ),
    (
        "typed array, from",
        "const a = new Array(3e6).fill(1)",
        "for (;;) Float64Array.from(a)",
    ),
    (
        "proxy",
        "const p = new Proxy({}, { ownKeys: () => Array.from({ length: 1e5 }, (_, i) => 'k' + i) })",
        "for (;;) Object.keys(p)",
    ),
    (
        "Object.keys",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) Object.keys(o)",
    ),
    (
        "encodeURIComponent",
        "const s = '\\u1234'.repeat(3e6)",
        "for (;;) encodeURIComponent(s)",
    ),
    (
        "normalize",
        "const s = '\\u00e9\\u1e9b\\u0323'.repeat(1e6)",
        "for (;;) s.normalize('NFD')",
    ),
    (
        "toUpperCase",
        "const s = 'a\\u00df'.repeat(5e6)",
        "for (;;) s.toUpperCase()",
    ),
    (
        "source of 1 MB",
        "let n = 0, s = 'f(a + b, [1, x]);'.repeat(6e4)",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 10 MB",
        "let n = 0, s = 'f(a + b, [1, x]);'.repeat(6e5)",
        "for (;;) Function(s + n++)",
    ),
    (
        "rope, appended to",
        "let s",
        "for (;;) { s = 'ab'; for (let i = 0; i < 26; i++) s += s; for (let i = 0; i < 9; i++) s += i }",
    ),
    (
        "strings, compared",
        "const s = 'a'.repeat(2 ** 28), t = 'a'.repeat(2 ** 28)",
        "for (;;) s === t",
    ),
    (
        "string as a key",
        "const s = 'a'.repeat(2 ** 28), m = new Map",
        "for (;;) m.get(s + '')",
    ),
    (
        "jobs",
        "",
        "Promise.resolve().then(function f() { for (;;); }); for (;;) Promise.resolve(1)",
    ),
];

/// How long a thread of this process has run, where Linux tells: on a busy machine that says more than the clock.
fn processor_time(thread: &Path) -> Option<Duration> {
    let text = std::fs::read_to_string(thread.join("schedstat")).ok()?;
    let nanoseconds = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// This thread's place below `/proc`.
fn this_thread() -> PathBuf {
    let link = std::fs::read_link("/proc/thread-self").unwrap_or_default();
    Path::new("/proc").join(link)
}

/// Milliseconds from the request to the stop: the thread's own where they are known, else the clock's.
fn stop_time(setup: &str, program: &str) -> f64 {
    let (ready, armed) = mpsc::channel();
    std::thread::scope(|scope| {
        let run = scope.spawn(move || {
            run_on_big_stack(Limits::STACK_BYTES, move || {
                let mut ctx = Context::new().expect("a context");
                ctx.eval(setup, "setup.js").expect("the setup runs");
                let thread = this_thread();
                ready
                    .send((ctx.stop_handle(), thread.clone()))
                    .expect("somebody waits");
                let error = ctx.eval(program, "endless.js").err();
                let ended = (Instant::now(), processor_time(&thread));
                assert_eq!(
                    error.map(|error| error.kind()),
                    Some(ErrorKind::Internal),
                    "{program}"
                );
                ended
            })
            .expect("a thread")
        });
        let (handle, thread) = armed.recv().expect("it gets ready");
        std::thread::park_timeout(Duration::from_millis(60));
        let asked = (Instant::now(), processor_time(&thread));
        handle.stop();
        let ended = run.join().expect("it ends");
        let passed = match (asked.1, ended.1) {
            (Some(asked), Some(ended)) => ended.saturating_sub(asked),
            _ => ended.0.duration_since(asked.0),
        };
        passed.as_secs_f64() * 1e3
    })
}

fn time(only: &str) {
    for (name, setup, program) in ENDLESS.iter().filter(|case| case.0.contains(only)) {
        let worst = (0..5)
            .map(|_| stop_time(setup, program))
            .fold(0.0, f64::max);
        let mark = if worst > 10.0 { "  <<<" } else { "" };
        println!("{name:28} {worst:9.2} ms{mark}");
    }
}

const LIMIT: usize = 64 << 20;

/// What the program caught, and the most bytes that were allocated.
fn most_bytes(program: &str) -> (String, usize) {
    let before = counting::start();
    let caught = run_on_big_stack(Limits::STACK_BYTES, || {
        let limits = Limits {
            heap_bytes: LIMIT,
            ..Limits::default()
        };
        let mut ctx = Context::builder()
            .limits(limits)
            .build()
            .expect("a context");
        let stop = ctx.stop_handle();
        let program =
            format!("(() => {{ try {{ {program} }} catch (e) {{ return e.message }} }})()");
        std::thread::scope(|scope| {
            let (done, wait) = mpsc::channel::<()>();
            scope.spawn(move || {
                if wait.recv_timeout(Duration::from_secs(20)).is_err() {
                    stop.stop();
                }
            });
            let result = ctx.eval(&program, "greedy.js");
            let _ = done.send(());
            match result {
                Ok(value) => value.to_rust_string(&mut ctx).unwrap_or_default(),
                Err(error) => error.message(&mut ctx),
            }
        })
    });
    (caught.unwrap_or_default(), counting::peak() - before)
}

fn memory(only: &str) {
    for (name, program) in GREEDY.iter().filter(|case| case.0.contains(only)) {
        let started = Instant::now();
        let (caught, bytes) = most_bytes(program);
        let seconds = started.elapsed().as_secs_f64();
        let over = (bytes as f64 / LIMIT as f64 - 1.0) * 100.0;
        let mark = if over > 2.0 { "  <<<" } else { "" };
        println!(
            "{name:28} {:7.1} MiB {over:+7.1} % {seconds:6.2} s  {caught:.60}{mark}",
            bytes as f64 / 1_048_576.0
        );
    }
}

fn main() {
    let what = std::env::args().nth(1).unwrap_or_default();
    let only = std::env::args().nth(2).unwrap_or_default();
    if what != "memory" {
        time(&only);
    }
    if what != "time" {
        memory(&only);
    }
}
