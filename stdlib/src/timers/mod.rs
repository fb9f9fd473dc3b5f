//! `timers`: the lists stand in the loop, their callbacks in JavaScript.
//!
//! Binding functions, all called by `timers`: `setup(onTimeout, onImmediate)`, `start(timeout, delayMs, repeat)`,
//! `refresh(id)`, `stop(id)`, `setRef(id, on)`, `hasRef(id)`, `isActive(id)`, `immediate(object)`, `clearImmediate(id)`,
//! `immediateSetRef(id, on)`, `immediateHasRef(id)`, `now()`.
//! The loop calls `onTimeout(timeout)` or `onImmediate(immediate)` once per expiry and then runs the checkpoint.

use std::cell::RefCell;

use ouro_engine::{Arguments, Context, Error, Function, NativeFn, Object, Value};
use ouro_runtime::event_loop::{ImmediateId, TimerId};
use ouro_runtime::{Host, RuntimeCore};

/// The two functions that timers end in.
#[derive(Default)]
struct TimerCallbacks {
    on_timeout: RefCell<Option<Function>>,
    on_immediate: RefCell<Option<Function>>,
}

/// Makes the binding `timers`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("setup", 2, setup as NativeFn),
        ("start", 3, start),
        ("refresh", 1, refresh),
        ("stop", 1, stop),
        ("setRef", 2, set_ref),
        ("hasRef", 1, has_ref),
        ("isActive", 1, is_active),
        ("immediate", 1, immediate),
        ("clearImmediate", 1, clear_immediate),
        ("immediateRef", 2, immediate_set_ref),
        ("immediateSetRef", 2, immediate_set_ref),
        ("immediateHasRef", 1, immediate_has_ref),
        ("now", 0, now),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn setup(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let callbacks = RuntimeCore::of(ctx)?.state::<TimerCallbacks>();
    *callbacks.on_timeout.borrow_mut() = args.at(0).as_function();
    *callbacks.on_immediate.borrow_mut() = args.at(1).as_function();
    Ok(Value::undefined())
}

fn timer_id(value: &Value) -> TimerId {
    TimerId::from_bits(value.as_number().map_or(u64::MAX, |n| n as u64))
}

fn immediate_id(value: &Value) -> ImmediateId {
    ImmediateId::from_bits(value.as_number().map_or(u64::MAX, |n| n as u64))
}

/// Calls one of the two functions with the object that it is about, in the async context of the call that set it.
fn callback(
    ctx: &Context,
    object: Value,
    pick: fn(&TimerCallbacks) -> &RefCell<Option<Function>>,
) -> Result<impl FnMut(&mut Host) + use<>, Error> {
    let core = RuntimeCore::of(ctx)?;
    let callbacks = core.state::<TimerCallbacks>();
    let id = core.id();
    let async_context = ctx.async_context();
    Ok(move |host: &mut Host| {
        host.enter(id, |ctx| {
            let function = pick(&callbacks).borrow().clone();
            let Some(function) = function else {
                return Ok(());
            };
            let outer = ctx.set_async_context(async_context.clone());
            let result = function.call(ctx, &Value::undefined(), std::slice::from_ref(&object));
            ctx.set_async_context(outer);
            result.map(|_| ())
        });
    })
}

fn start(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let delay_ms = args.at(1).as_number().map_or(1, |delay| delay as u64);
    let repeat = args.at(2).to_boolean().then_some(delay_ms);
    let callback = callback(ctx, args.at(0).clone(), |callbacks| &callbacks.on_timeout)?;
    let id = RuntimeCore::of(ctx)?
        .event_loop()
        .timer_start(delay_ms, repeat, callback);
    Ok((id.to_bits() as f64).into())
}

fn refresh(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(RuntimeCore::of(ctx)?
        .event_loop()
        .timer_refresh(timer_id(args.at(0)))
        .into())
}

fn stop(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    RuntimeCore::of(ctx)?
        .event_loop()
        .timer_stop(timer_id(args.at(0)));
    Ok(Value::undefined())
}

fn set_ref(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    RuntimeCore::of(ctx)?
        .event_loop()
        .timer_set_ref(timer_id(args.at(0)), args.at(1).to_boolean());
    Ok(Value::undefined())
}

fn has_ref(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(RuntimeCore::of(ctx)?
        .event_loop()
        .timer_has_ref(timer_id(args.at(0)))
        .into())
}

fn is_active(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(RuntimeCore::of(ctx)?
        .event_loop()
        .timer_is_active(timer_id(args.at(0)))
        .into())
}

fn immediate(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let mut callback = callback(ctx, args.at(0).clone(), |callbacks| &callbacks.on_immediate)?;
    let id = RuntimeCore::of(ctx)?
        .event_loop()
        .immediate(move |host| callback(host));
    Ok((id.to_bits() as f64).into())
}

fn clear_immediate(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    RuntimeCore::of(ctx)?
        .event_loop()
        .immediate_clear(immediate_id(args.at(0)));
    Ok(Value::undefined())
}

fn immediate_set_ref(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    RuntimeCore::of(ctx)?
        .event_loop()
        .immediate_set_ref(immediate_id(args.at(0)), args.at(1).to_boolean());
    Ok(Value::undefined())
}

fn immediate_has_ref(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(RuntimeCore::of(ctx)?
        .event_loop()
        .immediate_has_ref(immediate_id(args.at(0)))
        .into())
}

/// The loop's time in milliseconds, as of the start of this iteration.
fn now(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok((RuntimeCore::of(ctx)?.event_loop().now_ms() as f64).into())
}
