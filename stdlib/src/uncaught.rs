//! Errors that nobody caught and promises that nobody handled: Node's events, Node's texts, Node's exit codes.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/process.html#process-events> and `cli.html#--unhandled-rejectionsmode`.
//! The listeners are asked in `internal/process/execution` and `internal/process/promises`, which are loaded only when
//! something goes wrong. If nobody takes the error, its text goes to stderr and the program ends with code 1, or 7
//! where a listener threw itself.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use ouro_engine::{Context, Error, HostHooks, Promise, Value};
use ouro_runtime::clock::Clock;
use ouro_runtime::modules::file_url;
use ouro_runtime::{Origin, RuntimeCore, RuntimeHooks};

use crate::internal::async_waits;
use crate::internal::loader::{CoreLoader, call_core};
use crate::process::ProcessState;
use crate::sys;

/// The exit code where a listener for uncaught errors threw itself. `'exit'` is not emitted then.
const LISTENER_FAILED: i32 = 7;

/// What the core library does where the runtime asks.
#[derive(Default)]
pub struct NodeHooks {
    rejected: RefCell<Vec<(Promise, Value)>>,
    /// A promise that had been reported as unhandled got a handler.
    handled_late: Cell<bool>,
    handling: Cell<bool>,
}

impl NodeHooks {
    /// A rejected promise got a handler.
    fn handled(&self, ctx: &mut Context, promise: &Promise) {
        let waiting = self
            .rejected
            .borrow()
            .iter()
            .position(|(waiting, _)| waiting == promise);
        if let Some(at) = waiting {
            self.rejected.borrow_mut().remove(at);
            return;
        }
        let loaded =
            CoreLoader::of(ctx).is_ok_and(|loader| loader.is_loaded("internal/process/promises"));
        if loaded {
            self.handled_late.set(true);
            let args = [Value::from(1), Value::from(promise)];
            if let Err(error) = call_core(
                ctx,
                "internal/process/promises",
                "promiseRejectHandler",
                &args,
            ) {
                self.uncaught(ctx, error, Origin::UncaughtException);
            }
        }
    }

    fn flush_rejections(&self, ctx: &mut Context) -> Result<bool, Error> {
        let rejected = std::mem::take(&mut *self.rejected.borrow_mut());
        for (promise, reason) in rejected {
            let args = [Value::from(0), Value::from(promise), reason];
            call_core(
                ctx,
                "internal/process/promises",
                "promiseRejectHandler",
                &args,
            )?;
        }
        call_core(
            ctx,
            "internal/process/promises",
            "processPromiseRejections",
            &[],
        )
        .map(|more| more.to_boolean())
    }
}

impl RuntimeHooks for NodeHooks {
    fn uncaught(&self, ctx: &mut Context, error: Error, origin: Origin) {
        let Ok(core) = RuntimeCore::of(ctx) else {
            return;
        };
        if core.is_stopped() {
            return;
        }
        if self.handling.replace(true) {
            finish(ctx, &core, &error, LISTENER_FAILED);
            return;
        }
        let taken = offer(ctx, &error, origin);
        self.handling.set(false);
        match taken {
            Ok(true) => {}
            Ok(false) => finish(ctx, &core, &error, 1),
            Err(_) if core.is_stopped() => {}
            Err(second) => finish(ctx, &core, &second, LISTENER_FAILED),
        }
    }

    fn after_microtasks(&self, ctx: &mut Context) -> bool {
        if self.rejected.borrow().is_empty() && !self.handled_late.replace(false) {
            return false;
        }
        match self.flush_rejections(ctx) {
            Ok(more) => more,
            Err(error) => {
                self.uncaught(ctx, error, Origin::UnhandledRejection);
                true
            }
        }
    }
}

/// The engine's questions, answered by the same object.
pub struct EngineHooks {
    /// What becomes of errors.
    pub hooks: Rc<NodeHooks>,
    /// The loop's clock.
    pub clock: Rc<dyn Clock>,
}

impl HostHooks for EngineHooks {
    fn promise_rejected(&self, _ctx: &mut Context, promise: &Promise, reason: &Value) {
        self.hooks
            .rejected
            .borrow_mut()
            .push((promise.clone(), reason.clone()));
    }

    fn promise_handled(&self, ctx: &mut Context, promise: &Promise) {
        self.hooks.handled(ctx, promise);
    }

    fn microtask_error(&self, ctx: &mut Context, error: Error) {
        self.hooks.uncaught(ctx, error, Origin::UncaughtException);
    }

    fn async_wait_started(&self, ctx: &mut Context, timeout: Option<Duration>) {
        async_waits::started(ctx, timeout);
    }

    fn monotonic_time(&self) -> Duration {
        Duration::from_nanos(self.clock.now_ns())
    }

    fn script_url(&self, name: &str) -> String {
        let path = Path::new(name);
        if path.is_absolute() {
            file_url::path_to_file_url(path)
        } else {
            name.to_owned()
        }
    }

    /// As the environment says: `LC_ALL`, `LC_MESSAGES`, `LANG`.
    fn locale(&self) -> Option<String> {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())?;
        let tag = named.split(['.', '@']).next()?.replace('_', "-");
        (!matches!(tag.as_str(), "C" | "POSIX")).then_some(tag)
    }
}

/// Asks the listeners of `process`. Where the program never loaded `events` there can't be one.
fn offer(ctx: &mut Context, error: &Error, origin: Origin) -> Result<bool, Error> {
    let core = RuntimeCore::of(ctx)?;
    let may_listen = CoreLoader::of(ctx)?.is_loaded("internal/process/events")
        || core.state::<ProcessState>().has_capture()
        || CoreLoader::of(ctx)?.is_loaded("domain");
    if !may_listen {
        return Ok(false);
    }
    let value = error.to_value(ctx);
    let args = [value, Value::from(origin.as_str())];
    call_core(ctx, "internal/process/execution", "onUncaught", &args)
        .map(|taken| taken.to_boolean())
}

/// Prints the error, lets `'exit'` listeners run, ends the program.
fn finish(ctx: &mut Context, core: &RuntimeCore, error: &Error, code: i32) {
    let text = describe(ctx, error);
    // Nothing is left to tell the user with if stderr is closed.
    let _ = sys::write_all(2, text.as_bytes());
    if code == LISTENER_FAILED
        && let Ok(loader) = CoreLoader::of(ctx)
    {
        // If the mark can't be set, listeners run once more than they should.
        let _ = loader.process().clone().set(ctx, "_exiting", true);
    }
    crate::run::exit_now(ctx, core, code);
}

/// The whole text that Node prints for an uncaught error, its own version's line at the end.
pub fn describe(ctx: &mut Context, error: &Error) -> String {
    let value = error.to_value(ctx);
    let noted = RuntimeCore::of(ctx)
        .ok()
        .and_then(|core| core.state::<ProcessState>().syntax_error_place(&value));
    let noted = noted.map(|place| Frame {
        file: place.file,
        line: place.line,
        column: place.column,
    });
    let mut place = noted
        .or_else(|| Frame::of_throw(ctx, error))
        .or_else(|| Frame::of(ctx, &value))
        .map(|frame| source_line(ctx, &frame))
        .unwrap_or_default();
    let body = call_core(
        ctx,
        "internal/process/execution",
        "describe",
        &[value.clone(), Value::from(place.is_empty())],
    )
    .ok()
    .and_then(|text| text.as_string())
    .map(|text| text.to_string_lossy());
    let body = body.unwrap_or_else(|| error.message(ctx));
    // What is no error stands closer to the line.
    let is_error = value.as_object().is_some_and(|object| object.is_error());
    let mut lead = "";
    if !is_error && !place.is_empty() {
        lead = "\n";
        place.pop();
    }
    format!(
        "{lead}{place}{body}\n\nOuro v{} (Node.js {} API)\n",
        crate::OURO_VERSION,
        crate::VERSION
    )
}

/// Where an error came from.
struct Frame {
    file: String,
    line: u32,
    column: u32,
}

impl Frame {
    /// Where a program threw it; nothing if the core library did.
    fn of_throw(ctx: &mut Context, error: &Error) -> Option<Self> {
        let place = error.thrown_at(ctx)?;
        let is_ours = place.file.is_empty() || place.file.starts_with("node:");
        (!is_ours).then_some(Self {
            file: place.file,
            line: place.line,
            column: place.column,
        })
    }

    /// The first frame of an error's stack that has a position.
    fn of(ctx: &mut Context, value: &Value) -> Option<Self> {
        let stack = value
            .as_object()?
            .get(ctx, "stack")
            .ok()?
            .as_string()?
            .to_string_lossy();
        stack
            .lines()
            .filter(|line| line.starts_with("    at "))
            .find_map(Self::parse)
    }

    fn parse(line: &str) -> Option<Self> {
        let place = line.trim_start().strip_prefix("at ")?;
        let place = match place.rsplit_once(" (") {
            Some((_, inside)) => inside.strip_suffix(')')?,
            None => place,
        };
        let (rest, column) = place.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        Some(Self {
            file: file.to_owned(),
            line: line.parse().ok()?,
            column: column.parse().ok()?,
        })
    }
}

/// `file:line`, the line itself and a caret under the column, as Node shows where an error came from.
fn source_line(ctx: &Context, frame: &Frame) -> String {
    let text = crate::run::eval_source(ctx, &frame.file).or_else(|| {
        std::fs::read_to_string(frame.file.strip_prefix("file://").unwrap_or(&frame.file)).ok()
    });
    let Some(text) = text else {
        return String::new();
    };
    let Some(line) = text.lines().nth(frame.line as usize - 1) else {
        return String::new();
    };
    if line.len() > 2000 {
        return format!("{}:{}\n", frame.file, frame.line);
    }
    let column = (frame.column as usize).saturating_sub(1);
    let pad: String = line
        .chars()
        .take(column)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    format!("{}:{}\n{line}\n{pad}^\n\n", frame.file, frame.line)
}
