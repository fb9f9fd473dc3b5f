//! `performance`: the clock of `node:perf_hooks`.
//!
//! Binding functions:
//! * `now()`, milliseconds since the process began — `internal/event`, `internal/perf/*`
//! * `timeOrigin()`, that moment in milliseconds since 1970 — `internal/perf/performance`
//! * `milestones()`, when the process reached what — `internal/perf/milestones`

use std::cell::Cell;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use ouro_engine::{Context, Error, NativeFn, Object, Value};
use ouro_runtime::RuntimeCore;

/// When the runtime did what; milliseconds since it began, -1 for not yet.
pub struct Timeline {
    started: Instant,
    started_unix_ms: f64,
    engine_start_ms: f64,
    environment: Cell<f64>,
    bootstrap_complete: Cell<f64>,
    loop_start: Cell<f64>,
    loop_exit: Cell<f64>,
}

impl Default for Timeline {
    fn default() -> Self {
        let started = Instant::now();
        let since_1970 = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            started,
            started_unix_ms: since_1970.as_secs_f64() * 1e3,
            // A runtime keeps a timeline from the moment it has a context.
            engine_start_ms: started.elapsed().as_secs_f64() * 1e3,
            environment: Cell::new(-1.0),
            bootstrap_complete: Cell::new(-1.0),
            loop_start: Cell::new(-1.0),
            loop_exit: Cell::new(-1.0),
        }
    }
}

impl Timeline {
    pub(crate) fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1e3
    }

    /// `process` exists; the library's bootstrap is next.
    pub fn mark_environment(&self) {
        self.environment.set(self.now_ms());
    }

    /// The library is in place and the program's main module is next.
    pub fn mark_bootstrap_complete(&self) {
        self.bootstrap_complete.set(self.now_ms());
    }

    /// The loop begins to turn. Only the first call counts.
    pub fn mark_loop_start(&self) {
        if self.loop_start.get() < 0.0 {
            self.loop_start.set(self.now_ms());
        }
    }

    /// The loop has nothing left to do.
    pub fn mark_loop_exit(&self) {
        self.loop_exit.set(self.now_ms());
    }
}

/// Makes the binding `performance`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, function) in [
        ("now", now as NativeFn),
        ("timeOrigin", time_origin),
        ("milestones", milestones),
    ] {
        object.set_function(ctx, name, 0, function)?;
    }
    Ok(object)
}

fn now(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(RuntimeCore::of(ctx)?.state::<Timeline>().now_ms().into())
}

fn time_origin(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(RuntimeCore::of(ctx)?
        .state::<Timeline>()
        .started_unix_ms
        .into())
}

/// The time the loop spent waiting is not measured: `idleTime` is 0.
fn milestones(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let timeline = RuntimeCore::of(ctx)?.state::<Timeline>();
    let object = Object::new(ctx);
    for (name, time) in [
        ("nodeStart", 0.0),
        ("v8Start", timeline.engine_start_ms),
        ("environment", timeline.environment.get()),
        ("bootstrapComplete", timeline.bootstrap_complete.get()),
        ("loopStart", timeline.loop_start.get()),
        ("loopExit", timeline.loop_exit.get()),
        ("idleTime", 0.0),
    ] {
        object.set(ctx, name, time)?;
    }
    Ok(object.into())
}
