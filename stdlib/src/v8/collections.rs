//! Collections of garbage as they happen, for whoever observes: `GCProfiler` and observers of the performance timeline.
//!
//! Binding functions (part of `v8`): `recordCollections(flush)` begins a record, and `flush` is called in each iteration of the
//! loop that finds something in it; without `flush` the record ends. `takeCollections()` empties it: an array with six numbers
//! a collection (kind, flags, start and length in milliseconds, used bytes before and after), kinds and flags being those of
//! `perf_hooks.constants`. `collect(minor)` collects now. Called by `internal/v8/collections`.
//!
//! As long as nobody observes, the engine records nothing and the loop has no hook.

use std::cell::RefCell;

use ouro_engine::{
    Arguments, Array, Context, Error, GcCause, GcEvent, GcKind, NativeFn, Object, Value,
};
use ouro_runtime::RuntimeCore;
use ouro_runtime::event_loop::{HookId, HookKind};

use crate::perf_hooks::Timeline;

/// How many collections are kept between two looks.
const CAPACITY: usize = 1 << 14;

/// The loop's hook, while somebody observes.
#[derive(Default)]
struct Watch(RefCell<Option<HookId>>);

/// Adds the functions of this file to the binding.
///
/// # Errors
/// Where a property can't be defined.
pub fn define(ctx: &mut Context, object: &Object) -> Result<(), Error> {
    for (name, length, function) in [
        ("recordCollections", 1, record as NativeFn),
        ("takeCollections", 0, take),
        ("collect", 1, collect),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(())
}

fn record(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let core = RuntimeCore::of(ctx)?;
    let watch = core.state::<Watch>();
    if let Some(hook) = watch.0.borrow_mut().take() {
        core.event_loop().hook_stop(hook);
    }
    let Some(flush) = args.at(0).as_function() else {
        ctx.record_gc_events(0);
        return Ok(Value::undefined());
    };
    ctx.record_gc_events(CAPACITY);
    let id = core.id();
    let hook = core
        .event_loop()
        .hook_start(HookKind::Prepare, move |host| {
            host.enter(id, |ctx| {
                if !ctx.has_gc_events() {
                    return Ok(());
                }
                flush.call(ctx, &Value::undefined(), &[]).map(drop)
            });
        });
    core.event_loop().hook_set_ref(hook, false);
    *watch.0.borrow_mut() = Some(hook);
    Ok(Value::undefined())
}

fn take(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let core = RuntimeCore::of(ctx)?;
    let now_ms = core.state::<Timeline>().now_ms();
    let clock_ms = core.event_loop().clock().now_ns() as f64 / 1e6;
    let events = ctx.take_gc_events();
    let events = events.iter().filter_map(|event| {
        let (kind, flags) = numbers_of(event)?;
        let start_ms = event.start.as_secs_f64() * 1e3 - clock_ms + now_ms;
        let pause_ms = event.pause.as_secs_f64() * 1e3;
        Some([
            f64::from(kind),
            f64::from(flags),
            start_ms,
            pause_ms,
            event.bytes_before as f64,
            event.bytes_after as f64,
        ])
    });
    let numbers: Vec<Value> = events.flatten().map(Value::from).collect();
    Ok(Array::from_iter(ctx, numbers).into())
}

/// `NODE_PERFORMANCE_GC_*`; `None` for what V8 does not tell of.
fn numbers_of(event: &GcEvent) -> Option<(u8, u8)> {
    let kind = match event.kind {
        GcKind::Minor => 1,
        GcKind::Major | GcKind::Full => 4,
        GcKind::MarkSlice => 8,
        _ => return None,
    };
    let flags = match event.cause {
        // FORCED
        GcCause::Host | GcCause::Stress => 4,
        // ALL_AVAILABLE_GARBAGE
        GcCause::Limit => 16,
        _ => 0,
    };
    Some((kind, flags))
}

fn collect(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    if args.at(0).to_boolean() {
        ctx.gc_minor();
    } else {
        ctx.gc();
    }
    Ok(Value::undefined())
}
