//! Traces of whole runs, on a clock that jumps: (phase, label) lines.

use std::cell::RefCell;
use std::rc::Rc;

use super::*;
use crate::clock::FakeClock;
use crate::error::WorkError;

/// A host that notes what ran, in which phase, and at what time.
struct Trace {
    event_loop: LoopHandle<Trace>,
    lines: Vec<String>,
    n_checkpoints: usize,
}

impl Host for Trace {
    fn checkpoint(&mut self) {
        self.n_checkpoints += 1;
    }
}

impl Trace {
    fn note(&mut self, label: &str) {
        let (phase, now_ms) = (self.event_loop.phase().name(), self.event_loop.now_ms());
        self.lines.push(format!("{phase} {label} @{now_ms}"));
    }
}

fn fake() -> (EventLoop<Trace>, Trace, FakeClock) {
    let clock = FakeClock::new();
    let options = LoopOptions {
        clock: Rc::new(clock.clone()),
        pool: WorkerPool::new(1),
    };
    let event_loop = EventLoop::with_options(options).expect("descriptors for a loop");
    let trace = Trace {
        event_loop: event_loop.handle(),
        lines: Vec::new(),
        n_checkpoints: 0,
    };
    (event_loop, trace, clock)
}

fn notes(label: &'static str) -> impl Fn(&mut Trace) + 'static {
    move |trace| trace.note(label)
}

#[track_caller]
fn check(event_loop: &EventLoop<Trace>, trace: &mut Trace, expected: &[&str]) {
    let alive = event_loop.run(trace);
    assert!(matches!(alive, Ok(false)), "{alive:?}");
    assert_eq!(trace.lines, expected);
    assert_eq!(trace.n_checkpoints, trace.lines.len());
}

#[test]
fn every_phase_in_its_order() {
    let (event_loop, mut trace, _) = fake();
    let hooks = Rc::new(RefCell::new(Vec::new()));
    for (kind, label) in [
        (HookKind::Check, "check hook"),
        (HookKind::Prepare, "prepare hook"),
        (HookKind::Idle, "idle hook"),
    ] {
        let id = event_loop.hook_start(kind, notes(label));
        hooks.borrow_mut().push(id);
    }
    event_loop.on_close(move |trace: &mut Trace| {
        trace.note("close");
        for id in hooks.take() {
            trace.event_loop.hook_stop(id);
        }
    });
    event_loop.immediate(notes("immediate"));
    event_loop.timer_start(0, None, notes("timer"));
    event_loop.pending(notes("pending"));
    let mut sender = event_loop.sender();
    sender.set_ref(false);
    sender.post(notes("posted"));
    check(
        &event_loop,
        &mut trace,
        &[
            "timers timer @0",
            "pending pending @0",
            "idle idle hook @0",
            "prepare prepare hook @0",
            "poll posted @0",
            "check immediate @0",
            "check check hook @0",
            "closing close @0",
        ],
    );
}

#[test]
fn timers_and_immediates_alternate() {
    let (event_loop, mut trace, _) = fake();
    event_loop.timer_start(1, None, |trace: &mut Trace| {
        trace.note("one");
        trace.event_loop.immediate(notes("from one"));
        trace.event_loop.timer_start(1, None, notes("two"));
    });
    event_loop.immediate(notes("first"));
    check(
        &event_loop,
        &mut trace,
        &[
            "check first @0",
            "timers one @1",
            "check from one @1",
            "timers two @2",
        ],
    );
}

#[test]
fn immediates_of_a_pass_wait_for_the_next_and_a_cleared_one_is_skipped() {
    let (event_loop, mut trace, _) = fake();
    let doomed = Rc::new(Cell::new(None));
    let victim = Rc::clone(&doomed);
    event_loop.immediate(move |trace: &mut Trace| {
        trace.note("a");
        trace.event_loop.immediate(notes("next"));
        if let Some(id) = victim.get() {
            trace.event_loop.immediate_clear(id);
        }
    });
    doomed.set(Some(event_loop.immediate(notes("cleared"))));
    event_loop.immediate(|trace: &mut Trace| {
        trace.note("b");
        trace.event_loop.on_close(notes("between"));
    });
    check(
        &event_loop,
        &mut trace,
        &[
            "check a @0",
            "check b @0",
            "closing between @0",
            "check next @0",
        ],
    );
}

#[test]
fn a_timer_that_comes_due_during_a_pass_waits_for_the_next() {
    let (event_loop, mut trace, clock) = fake();
    event_loop.timer_start(1, None, move |trace: &mut Trace| {
        trace.note("slow");
        clock.advance_ms(20);
        trace.event_loop.immediate(notes("immediate"));
    });
    event_loop.timer_start(5, None, notes("late"));
    check(
        &event_loop,
        &mut trace,
        &["timers slow @1", "check immediate @21", "timers late @21"],
    );
}

#[test]
fn an_interval_counts_from_the_end_of_its_callback() {
    let (event_loop, mut trace, clock) = fake();
    let own = Rc::new(Cell::new(None));
    let id = Rc::clone(&own);
    let mut n_left = 3;
    own.set(Some(event_loop.timer_start(
        10,
        Some(10),
        move |trace: &mut Trace| {
            trace.note("tick");
            clock.advance_ms(4);
            n_left -= 1;
            if let (0, Some(id)) = (n_left, id.get()) {
                trace.event_loop.timer_stop(id);
            }
        },
    )));
    check(
        &event_loop,
        &mut trace,
        &["timers tick @10", "timers tick @24", "timers tick @38"],
    );
}

#[test]
fn a_one_shot_can_start_itself_again() {
    let (event_loop, mut trace, _) = fake();
    let own = Rc::new(Cell::new(None));
    let id = Rc::clone(&own);
    let mut again = true;
    own.set(Some(event_loop.timer_start(
        3,
        None,
        move |trace: &mut Trace| {
            trace.note("ring");
            if std::mem::take(&mut again)
                && let Some(id) = id.get()
            {
                assert!(trace.event_loop.timer_refresh(id));
            }
        },
    )));
    check(
        &event_loop,
        &mut trace,
        &["timers ring @3", "timers ring @6"],
    );
    assert!(own.get().is_some_and(|id| !event_loop.timer_refresh(id)));
}

#[test]
fn what_is_not_referenced_does_not_hold_the_loop() {
    let (event_loop, mut trace, _) = fake();
    let timer = event_loop.timer_start(5, None, notes("unref'd timer"));
    event_loop.timer_set_ref(timer, false);
    let immediate = event_loop.immediate(notes("unref'd immediate"));
    event_loop.immediate_set_ref(immediate, false);
    let hook = event_loop.hook_start(HookKind::Check, notes("unref'd hook"));
    event_loop.hook_set_ref(hook, false);
    check(&event_loop, &mut trace, &[]);
    event_loop.hook_stop(hook);
    event_loop.timer_start(7, None, notes("ref'd"));
    check(
        &event_loop,
        &mut trace,
        &[
            "check unref'd immediate @5",
            "timers unref'd timer @5",
            "timers ref'd @7",
        ],
    );
}

#[test]
fn stop_ends_the_run_at_once_and_keeps_the_queues() {
    let (event_loop, mut trace, _) = fake();
    event_loop.timer_start(1, None, |trace: &mut Trace| {
        trace.note("stops");
        trace.event_loop.stop();
    });
    event_loop.timer_start(1, None, notes("left"));
    assert!(matches!(event_loop.run(&mut trace), Ok(true)));
    assert_eq!(trace.lines, ["timers stops @1"]);
    check(
        &event_loop,
        &mut trace,
        &["timers stops @1", "timers left @1"],
    );
}

#[test]
fn a_loop_can_be_run_again() {
    let (event_loop, mut trace, _) = fake();
    check(&event_loop, &mut trace, &[]);
    event_loop.immediate(notes("later work"));
    check(&event_loop, &mut trace, &["check later work @0"]);
}

#[test]
fn a_run_inside_a_run_is_refused() {
    let (event_loop, mut trace, _) = fake();
    event_loop.immediate(|trace: &mut Trace| {
        let inner = trace.event_loop.clone().run(trace);
        assert!(matches!(inner, Err(LoopError::AlreadyRunning)));
        trace.note("still running");
    });
    check(&event_loop, &mut trace, &["check still running @0"]);
}

#[test]
fn single_iterations_sleep_or_not() {
    let (event_loop, mut trace, _) = fake();
    event_loop.timer_start(3, None, notes("timer"));
    assert!(matches!(event_loop.run_nowait(&mut trace), Ok(true)));
    assert!(trace.lines.is_empty());
    assert!(matches!(event_loop.run_once(&mut trace), Ok(false)));
    assert_eq!(trace.lines, ["timers timer @3"]);
}

#[test]
fn work_comes_back_in_order_and_its_failures_are_results() {
    let (event_loop, mut trace, _) = fake();
    let done = |label: &'static str| {
        move |trace: &mut Trace, result: Result<u32, WorkError>| {
            let text = result.map_or_else(|error| error.to_string(), |n| n.to_string());
            trace.lines.push(format!("{label}: {text}"));
        }
    };
    let (go, wait) = std::sync::mpsc::channel::<()>();
    event_loop.submit(move || wait.recv().map_or(1, |()| 0), done("first"));
    event_loop.submit(|| std::panic::resume_unwind(Box::new("oops")), done("bad"));
    let cancelled = event_loop.submit(|| 2, done("cancelled"));
    event_loop.submit(|| 3, done("last"));
    assert!(event_loop.cancel(cancelled));
    assert!(!event_loop.cancel(cancelled));
    drop(go);
    check(
        &event_loop,
        &mut trace,
        &[
            "cancelled: the request was cancelled",
            "first: 1",
            "bad: the request's work panicked: oops",
            "last: 3",
        ],
    );
}

#[test]
fn a_sender_holds_the_loop_until_it_is_dropped() {
    let (event_loop, mut trace, _) = fake();
    let sender = event_loop.sender();
    let thread = std::thread::spawn(move || {
        for _ in 0..3 {
            sender.post(|trace: &mut Trace| trace.lines.push("posted".to_owned()));
        }
    });
    check(&event_loop, &mut trace, &["posted"; 3]);
    assert!(thread.join().is_ok());
}

#[test]
fn a_tracer_sees_each_callback() {
    struct Seen(Rc<RefCell<Vec<(Phase, CallbackKind, u64)>>>);
    impl Tracer for Seen {
        fn callback(&mut self, phase: Phase, kind: CallbackKind, duration_ns: u64) {
            self.0.borrow_mut().push((phase, kind, duration_ns));
        }
    }
    let (event_loop, mut trace, clock) = fake();
    let seen = Rc::new(RefCell::new(Vec::new()));
    event_loop.set_tracer(Some(Box::new(Seen(Rc::clone(&seen)))));
    event_loop.immediate(notes("immediate"));
    event_loop.timer_start(2, None, move |_: &mut Trace| clock.advance_ns(70));
    assert!(matches!(event_loop.run(&mut trace), Ok(false)));
    assert_eq!(
        *seen.borrow(),
        [
            (Phase::Check, CallbackKind::Immediate, 0),
            (Phase::Timers, CallbackKind::Timer, 70),
        ]
    );
}

#[test]
fn dropping_the_loop_drops_callbacks_that_hold_it() {
    let (event_loop, _, _) = fake();
    let alive = Rc::new(());
    let (held, inner) = (Rc::clone(&alive), event_loop.handle());
    event_loop.timer_start(1, Some(1), move |_: &mut Trace| {
        let _ = (&held, &inner);
    });
    assert_eq!(Rc::strong_count(&alive), 2);
    drop(event_loop);
    assert_eq!(Rc::strong_count(&alive), 1);
}
