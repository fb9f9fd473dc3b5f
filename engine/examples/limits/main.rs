//! Measures how well limits hold: how long after its deadline a program may go on, and by how much the memory that it
//! really takes goes over a heap limit of 64 MiB. `limits [time|memory] [NAME]`
//!
//! Time is the longest that passed from one look at the limits to the next, or from the last one to the program's end; it is
//! the thread's own, where the system tells it.
//!
//! Memory is what the allocator gave out since before the context was made, so the engine's own tables count too.

use std::{
    cell::Cell,
    rc::Rc,
    sync::mpsc,
    time::{Duration, Instant},
};

use endless::ENDLESS;
use greedy::GREEDY;
use ouro_engine::{Context, HostHooks, Limits, run_on_big_stack};

#[path = "../../tests/memory/counting.rs"]
mod counting;
mod endless;
#[path = "../../tests/memory/greedy.rs"]
mod greedy;

/// How long every program runs.
const RUN: Duration = Duration::from_millis(500);

/// A clock that remembers the longest time from one look at it to the next.
#[derive(Default)]
struct Looks {
    last: Cell<Duration>,
    longest: Cell<Duration>,
}

impl Looks {
    fn look(&self) -> Duration {
        let now = processor_time();
        let passed = now.saturating_sub(self.last.replace(now));
        self.longest.set(self.longest.get().max(passed));
        now
    }
}

impl HostHooks for Looks {
    fn monotonic_time(&self) -> Duration {
        self.look()
    }
}

/// How long this thread has run.
#[cfg(target_os = "linux")]
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.try_into().unwrap_or_default()
}

/// The clock's time, where the thread's own is not known.
#[cfg(not(target_os = "linux"))]
fn processor_time() -> Duration {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    elapsed.unwrap_or_default()
}

/// Milliseconds for which the program ran on without a look at its deadline, at most.
fn longest_between_looks(setup: &str, program: &str) -> f64 {
    let measure = || {
        let looks = Rc::new(Looks::default());
        let hooks = looks.clone();
        let mut ctx = Context::builder().hooks(hooks).build().expect("a context");
        ctx.eval(setup, "setup.js").expect("the setup runs");
        let (error, timed_out) = ctx.with_timeout(Some(RUN), None, |ctx| {
            looks.longest.set(Duration::ZERO);
            ctx.eval(program, "endless.js").err()
        });
        looks.look();
        let other = error.filter(|_| !timed_out);
        if let Some(other) = other {
            println!("{program}: {}", other.message(&mut ctx));
        }
        looks.longest.get().as_secs_f64() * 1e3
    };
    run_on_big_stack(Limits::STACK_BYTES, measure).expect("a thread")
}

/// Is this the name that was asked for, or does it contain that? `=` in front asks for all of it.
fn is_meant(name: &str, only: &str) -> bool {
    match only.strip_prefix('=') {
        Some(only) => name == only,
        None => name.contains(only),
    }
}

fn time(only: &str) {
    for (name, setup, program) in ENDLESS.iter().filter(|case| is_meant(case.0, only)) {
        let longest = longest_between_looks(setup, program);
        let mark = if longest > 10.0 { "  <<<" } else { "" };
        println!("{name:34} {longest:9.2} ms{mark}");
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
    for (name, program) in GREEDY.iter().filter(|case| is_meant(case.0, only)) {
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
