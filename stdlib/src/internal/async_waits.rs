//! `Atomics.waitAsync` on the loop: timeouts by one timer, notifications of other threads by a message.
//!
//! A wait keeps no program running, whatever its timeout, as in Node: the timer is unref'd, and so is the sender of messages.
//! A notification, once given, is a message, and the loop goes on until it has been heard.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ouro_engine::Context;
use ouro_runtime::event_loop::TimerId;
use ouro_runtime::{Host, RuntimeCore};

/// What a runtime has for its waits.
#[derive(Default)]
struct AsyncWaits {
    /// The timer of the earliest timeout, and when it is due by the loop's clock.
    timer: RefCell<Option<(TimerId, u64)>>,
    has_waker: Cell<bool>,
}

/// A wait began that takes no longer than `timeout`.
pub fn started(ctx: &mut Context, timeout: Option<Duration>) {
    // Without a loop nobody settles it but the engine itself.
    let Ok(core) = RuntimeCore::of(ctx) else {
        return;
    };
    let waits = core.state::<AsyncWaits>();
    if !waits.has_waker.replace(true) {
        set_waker(ctx, &core);
    }
    if let Some(timeout) = timeout {
        settle_in(&core, &waits, timeout);
    }
}

/// Lets other threads wake the loop.
fn set_waker(ctx: &mut Context, core: &Rc<RuntimeCore>) {
    let id = core.id();
    let mut sender = core.event_loop().sender();
    sender.set_ref(false);
    let sender = Mutex::new(sender);
    ctx.set_wait_waker(Some(Arc::new(move || {
        let sender = sender.lock().unwrap_or_else(PoisonError::into_inner);
        sender.post(move |host: &mut Host| {
            host.enter(id, |ctx| {
                settle(ctx);
                Ok(())
            });
        });
    })));
}

/// Settles what is over and waits for the next timeout.
fn settle(ctx: &mut Context) {
    let next = ctx.settle_async_waits();
    if let (Some(next), Ok(core)) = (next, RuntimeCore::of(ctx)) {
        let waits = core.state::<AsyncWaits>();
        settle_in(&core, &waits, next);
    }
}

/// Has the timer ring no later than after `timeout`.
fn settle_in(core: &Rc<RuntimeCore>, waits: &Rc<AsyncWaits>, timeout: Duration) {
    let handle = core.event_loop();
    let timeout_ns = u64::try_from(timeout.as_nanos()).unwrap_or(u64::MAX);
    let due_ns = handle.clock().now_ns().saturating_add(timeout_ns);
    if let Some((timer, before_ns)) = *waits.timer.borrow() {
        if before_ns <= due_ns {
            return;
        }
        handle.timer_stop(timer);
    }
    let id = core.id();
    let rung = Rc::clone(waits);
    let timer = handle.timer_start(timeout_ns.div_ceil(1_000_000), None, move |host| {
        *rung.timer.borrow_mut() = None;
        host.enter(id, |ctx| {
            settle(ctx);
            Ok(())
        });
    });
    handle.timer_set_ref(timer, false);
    *waits.timer.borrow_mut() = Some((timer, due_ns));
}
