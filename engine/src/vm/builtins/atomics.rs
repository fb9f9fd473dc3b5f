//! `Atomics`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-atomics-object>.
//!
//! A machine may block in `wait` and be woken by another one that shares the block, if its host lets it block at all.
//! Those that wait stand in the block's list ([`super::shared_block`]); promises of `waitAsync` are in [`super::async_wait`].

use std::{sync::Arc, time::Duration};

use super::{
    array_buffer::{detached, to_index},
    buffer_data::with_data,
    shared_block::{SharedBlock, Wait},
    typed_array::{ElementKind, View},
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Throw, Vm},
    object::attr,
    realm::Intrinsic,
    value::Value,
};

/// Declares `Atomics`.
pub(super) fn install(vm: &mut Vm, global: Obj) {
    let atomics = vm.new_plain_object();
    vm.set_intrinsic(Intrinsic::Atomics, atomics);
    vm.define_methods(
        atomics,
        &[
            ("add", 3, add),
            ("and", 3, and),
            ("compareExchange", 4, compare_exchange),
            ("exchange", 3, exchange),
            ("isLockFree", 1, is_lock_free),
            ("load", 2, load),
            ("notify", 3, notify),
            ("or", 3, or),
            ("pause", 0, pause),
            ("store", 3, store),
            ("sub", 3, sub),
            ("wait", 4, wait),
            ("waitAsync", 4, wait_async),
            ("xor", 3, xor),
        ],
    );
    let tag = vm.str("Atomics");
    vm.define_value(atomics, "@@toStringTag", tag, attr::C);
    vm.define_value(global, "Atomics", atomics, attr::METHOD);
}

/// The place of an element: what is waited for, changed or read.
struct Place {
    view: View,
    /// Its index in the array.
    index: usize,
}

impl Place {
    /// Its place in the buffer, in bytes.
    fn at(&self) -> usize {
        self.view.offset + self.index * self.view.kind.size()
    }
}

fn wrong(vm: &mut Vm, value: Value, what: &str) -> Throw {
    let text = match value.as_object() {
        Some(object) => format!("[object {}]", vm.constructor_name(object)),
        None => vm.display(value),
    };
    vm.throw_type(format!("{text} is not {what} typed array."))
}

/// `ValidateIntegerTypedArray`
fn validate(vm: &mut Vm, value: Value, waitable: bool, method: &str) -> Completion<View> {
    let fits = |kind: ElementKind| match kind {
        ElementKind::Int32 | ElementKind::BigInt64 => true,
        ElementKind::Uint8Clamped => false,
        kind => !waitable && !kind.is_float(),
    };
    let Some(view) = View::of_value(value).filter(|view| fits(view.kind)) else {
        return Err(wrong(
            vm,
            value,
            if waitable {
                "an int32 or BigInt64"
            } else {
                "an integer"
            },
        ));
    };
    if view.len().is_none() {
        return Err(detached(vm, &format!("Atomics.{method}")));
    }
    Ok(view)
}

fn invalid_index(_: f64) -> String {
    "Invalid atomic access index".to_owned()
}

/// `ValidateAtomicAccess`
fn access(vm: &mut Vm, view: View, index: Value) -> Completion<Place> {
    let length = view.len().unwrap_or(0);
    let index = to_index(vm, index, invalid_index)?;
    if index >= length as f64 {
        return Err(vm.throw_range(invalid_index(index)));
    }
    Ok(Place {
        view,
        index: index as usize,
    })
}

/// `ValidateAtomicAccessOnIntegerTypedArray`
fn place(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Place> {
    let view = validate(vm, args.at(0), false, method)?;
    access(vm, view, args.at(1))
}

/// `RevalidateAtomicAccess`: the conversion of an argument may have changed the buffer.
fn check_again(vm: &mut Vm, place: &Place, method: &str) -> Completion<()> {
    match place.view.len() {
        None => Err(detached(vm, &format!("Atomics.{method}"))),
        Some(length) if place.index >= length => Err(vm.throw_range(invalid_index(0.0))),
        Some(_) => Ok(()),
    }
}

/// The raw element that an operand becomes.
fn operand(vm: &mut Vm, kind: ElementKind, value: Value) -> Completion<u64> {
    if kind.is_big() {
        kind.convert(vm, value)
    } else {
        Ok(kind.encode(vm.to_integer(value)?))
    }
}

/// `AtomicReadModifyWrite`
fn update(
    vm: &mut Vm,
    args: &Args<'_>,
    method: &str,
    change: impl Fn(u64, u64) -> u64,
) -> Completion {
    let place = place(vm, args, method)?;
    let bits = operand(vm, place.view.kind, args.at(2))?;
    check_again(vm, &place, method)?;
    Ok(apply(vm, &place, |old| change(old, bits)))
}

/// Changes the element; returns the old one.
fn apply(vm: &mut Vm, place: &Place, change: impl Fn(u64) -> u64) -> Value {
    let kind = place.view.kind;
    let old = with_data(place.view.data, |data| {
        data.update(place.at(), kind.size(), change)
    })
    .flatten();
    kind.decode(&mut vm.heap, old.unwrap_or(0))
}

fn add(vm: &mut Vm, args: &Args<'_>) -> Completion {
    update(vm, args, "add", u64::wrapping_add)
}

fn and(vm: &mut Vm, args: &Args<'_>) -> Completion {
    update(vm, args, "and", |old, bits| old & bits)
}

fn exchange(vm: &mut Vm, args: &Args<'_>) -> Completion {
    update(vm, args, "exchange", |_, bits| bits)
}

fn or(vm: &mut Vm, args: &Args<'_>) -> Completion {
    update(vm, args, "or", |old, bits| old | bits)
}

fn sub(vm: &mut Vm, args: &Args<'_>) -> Completion {
    update(vm, args, "sub", u64::wrapping_sub)
}

fn xor(vm: &mut Vm, args: &Args<'_>) -> Completion {
    update(vm, args, "xor", |old, bits| old ^ bits)
}

fn compare_exchange(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "compareExchange";
    let place = place(vm, args, METHOD)?;
    let kind = place.view.kind;
    let expected = operand(vm, kind, args.at(2))? & (u64::MAX >> (64 - kind.size() * 8));
    let replacement = operand(vm, kind, args.at(3))?;
    check_again(vm, &place, METHOD)?;
    Ok(apply(vm, &place, |old| {
        if old == expected { replacement } else { old }
    }))
}

fn load(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let place = place(vm, args, "load")?;
    check_again(vm, &place, "load")?;
    Ok(place.view.get(&mut vm.heap, place.index))
}

fn store(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let place = place(vm, args, "store")?;
    let kind = place.view.kind;
    let (value, bits) = if kind.is_big() {
        let value = vm.to_bigint(args.at(2))?;
        (value, kind.encode_exact(value).unwrap_or(0))
    } else {
        let number = vm.to_integer(args.at(2))?;
        (Value::number(number), kind.encode(number))
    };
    check_again(vm, &place, "store")?;
    place.view.set_bits(place.index, bits);
    Ok(value)
}

fn is_lock_free(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let size = vm.to_integer(args.at(0))?;
    Ok(Value::bool([1.0, 2.0, 4.0, 8.0].contains(&size)))
}

fn pause(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let is_integer = |number: f64| number.is_finite() && number.trunc() == number;
    if !args.at(0).is_undefined() && !args.at(0).as_number().is_some_and(is_integer) {
        return Err(vm.throw_type("Atomics.pause expects an integer"));
    }
    std::hint::spin_loop();
    Ok(Value::UNDEFINED)
}

fn notify(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = validate(vm, args.at(0), true, "notify")?;
    let place = access(vm, view, args.at(1))?;
    let count = match args.at(2) {
        Value::UNDEFINED => f64::INFINITY,
        count => vm.to_integer(count)?.max(0.0),
    };
    let at = place.at();
    let block = with_data(view.data, |data| data.block().cloned()).flatten();
    let Some(block) = block else {
        return Ok(Value::ZERO);
    };
    let woken = block.notify(at, count as usize);
    // Promises of this machine settle at once, those of others when they look.
    vm.settle_async_waits();
    Ok(Value::from(woken))
}

/// What `wait` and `waitAsync` are given.
struct Wanted {
    place: Place,
    block: Arc<SharedBlock>,
    /// The expected element.
    expected: u64,
    /// How long at most; `None`: for ever.
    timeout: Option<Duration>,
}

fn wait_arguments(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<Wanted> {
    let view = validate(vm, args.at(0), true, method)?;
    let Some(block) = with_data(view.data, |data| data.block().cloned()).flatten() else {
        return Err(wrong(vm, args.at(0), "a shared"));
    };
    let place = access(vm, view, args.at(1))?;
    let expected = if view.kind.is_big() {
        view.kind.convert(vm, args.at(2))?
    } else {
        u64::from(vm.to_uint32(args.at(2))?)
    };
    let timeout = vm.to_number(args.at(3))?;
    let timeout = if timeout.is_nan() {
        f64::INFINITY
    } else {
        timeout.max(0.0)
    };
    Ok(Wanted {
        place,
        block,
        expected,
        // What is longer than a duration can be is for ever.
        timeout: Duration::try_from_secs_f64(timeout / 1000.0).ok(),
    })
}

fn wait(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let wanted = wait_arguments(vm, args, "wait")?;
    if !vm.limits.can_block {
        return Err(vm.throw_type("Atomics.wait cannot be called in this context"));
    }
    let place = wanted.place;
    let mut stopped = None;
    let result = wanted.block.wait(
        place.at(),
        place.view.kind.size(),
        wanted.expected,
        wanted.timeout,
        || {
            stopped = vm.look_while_waiting().err();
            stopped.is_some()
        },
    );
    if let Some(throw) = stopped {
        return Err(throw);
    }
    // However few steps that was, it may have taken long.
    vm.look_at_clock()?;
    let text = match result {
        Wait::NotEqual => "not-equal",
        Wait::Ok => "ok",
        Wait::TimedOut | Wait::Stopped => "timed-out",
    };
    Ok(vm.str(text).into())
}

fn wait_async(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let wanted = wait_arguments(vm, args, "waitAsync")?;
    let place = &wanted.place;
    let (is_async, value) = if place.view.bits(place.index) != Some(wanted.expected) {
        (false, vm.str("not-equal").into())
    } else if wanted.timeout == Some(Duration::ZERO) {
        (false, vm.str("timed-out").into())
    } else {
        let number = (place.at(), place.view.kind.size(), wanted.expected);
        match vm.start_async_wait(&wanted.block, number, wanted.timeout) {
            Some(promise) => (true, promise.into()),
            None => (false, vm.str("not-equal").into()),
        }
    };
    let result = vm.new_plain_object();
    let key = vm.heap.key("async");
    vm.add_own(result, key, Value::bool(is_async), attr::ALL);
    let key = vm.names.value;
    vm.add_own(result, key, value, attr::ALL);
    Ok(result.into())
}
