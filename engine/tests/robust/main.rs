//! Programs that have too much of something: each gives its result or an error that can be caught, and the context works
//! on. No panic, no abort, no overflow of the Rust stack, on big stacks and on small ones.
//!
//! `cases/*.js` hold them: a preamble, then blocks that begin with `//# what it shows => what comes of it`. The outcome is
//! the value as text, or the name of the error. Where a block says so (`RangeError on small stacks`), or the outcome is a
//! `RangeError` for want of depth, nothing else is accepted; a smaller stack may always end in a `RangeError`.

use ouro_engine::{Context, Limits};

/// Kilobytes of stack that the cases run on: what limits are made for, a main thread's, a spawned thread's.
const STACKS: [usize; 3] = [Limits::STACK_BYTES >> 10, 8 << 10, 2 << 10];

struct Case<'a> {
    title: &'a str,
    expected: &'a str,
    program: String,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let mut blocks = text.split("\n//# ");
    let preamble = blocks.next().unwrap_or_default();
    blocks
        .map(|block| {
            let (head, code) = block.split_once('\n').unwrap_or((block, ""));
            let (title, expected) = head.split_once(" => ").unwrap_or((head, "?"));
            Case {
                title,
                expected,
                program: format!("{preamble}\n{code}"),
            }
        })
        .collect()
}

/// Runs `program` on a stack of `bytes`, with the limits that fit it.
fn outcome(program: &str, bytes: usize) -> String {
    let work = || {
        let limits = Limits::for_stack(bytes);
        let mut ctx = Context::builder()
            .limits(limits)
            .build()
            .expect("a context can be made");
        let global = ctx.global();
        let program = ouro_engine::JsString::from(program);
        global
            .set(&mut ctx, "program", program)
            .expect("globals can be set");
        let caught =
            "(() => { try { return String((0, eval)(program)) } catch (e) { return e.name } })()";
        let result = match ctx.eval(caught, "caught.js") {
            Ok(value) => value.to_rust_string(&mut ctx).unwrap_or_default(),
            Err(error) => format!("uncatchable {}", error.message(&mut ctx)),
        };
        let after = ctx.eval("[1, 2].map(x => x + 1).join()", "after.js");
        let after = after.ok().and_then(|value| value.as_string());
        assert!(after.is_some_and(|text| text == "2,3"), "works on");
        result
    };
    // A smaller stack than `run_on_big_stack` would make.
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(bytes);
        let thread = thread.spawn_scoped(scope, work).expect("a thread");
        thread.join().unwrap_or_else(|_| "a panic".to_owned())
    })
}

fn check(text: &str, stacks: &[usize]) {
    let only = std::env::var("CASE").unwrap_or_default();
    let times = std::env::var_os("TIMES").is_some();
    let mut wrong = String::new();
    for case in cases(text).iter().filter(|c| c.title.contains(&only)) {
        for (nth, &kib) in stacks.iter().enumerate() {
            let start = std::time::Instant::now();
            let got = outcome(&case.program, kib << 10);
            if times {
                eprintln!("{:?}\t{}", start.elapsed(), case.title);
            }
            if got != case.expected && (nth == 0 || got != "RangeError") {
                wrong += &format!("{} => {got} (stack of {kib} KiB)\n", case.title);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn calls_may_nest() {
    check(include_str!("cases/recursion.js"), &STACKS);
}

#[test]
fn sources_may_nest() {
    check(include_str!("cases/nesting.js"), &[STACKS[0], STACKS[2]]);
}

#[test]
fn operands_may_be_wide() {
    check(include_str!("cases/wide.js"), &STACKS[..1]);
}

#[test]
fn lines_and_spreads_may_be_long() {
    check(include_str!("cases/long.js"), &STACKS[..1]);
}
