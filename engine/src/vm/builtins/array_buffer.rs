//! `ArrayBuffer`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-arraybuffer-objects>.

use super::buffer_data::{
    self, BufferData, byte_length, check_size, data_of, is_detached, with_data, zeroes,
};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, Throw, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `ArrayBuffer`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "ArrayBuffer",
        1,
        construct,
        Intrinsic::ArrayBuffer,
        Intrinsic::ArrayBufferPrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_method(constructor, "isView", 1, is_view);
    vm.define_getter(constructor, "@@species", species);
    vm.define_getter(prototype, "byteLength", get_byte_length);
    vm.define_getter(prototype, "maxByteLength", get_max_byte_length);
    vm.define_getter(prototype, "resizable", get_resizable);
    vm.define_getter(prototype, "detached", get_detached);
    vm.define_methods(
        prototype,
        &[
            ("resize", 1, resize),
            ("slice", 2, slice),
            ("transfer", 0, transfer),
            ("transferToFixedLength", 0, transfer_to_fixed_length),
        ],
    );
    let tag = vm.str("ArrayBuffer");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `get [Symbol.species]`: `this`.
#[inline(never)]
pub(super) fn species(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(args.this)
}

/// `ToIndex` with the message of the `RangeError`.
pub(super) fn to_index(
    vm: &mut Vm,
    value: Value,
    message: impl FnOnce(f64) -> String,
) -> Completion<f64> {
    let integer = vm.to_integer(value)?;
    if (0.0..=9_007_199_254_740_991.0).contains(&integer) {
        return Ok(integer);
    }
    Err(vm.throw_range(message(integer)))
}

/// What `new ArrayBuffer(length, options)` and its shared sister are given: length and maximum.
pub(super) fn lengths(vm: &mut Vm, args: &Args<'_>) -> Completion<(f64, Option<f64>)> {
    let length = to_index(vm, args.at(0), |_| "Invalid array buffer length".to_owned())?;
    let max = match args.at(1).as_object() {
        Some(options) => {
            let key = vm.names.max_byte_length;
            vm.get_o(options, key)?
        }
        None => Value::UNDEFINED,
    };
    if max.is_undefined() {
        return Ok((length, None));
    }
    let max = to_index(vm, max, |_| "Invalid array buffer max length".to_owned())?;
    if length > max {
        return Err(vm.throw_range("Invalid array buffer max length"));
    }
    Ok((length, Some(max)))
}

fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor ArrayBuffer requires 'new'"));
    }
    let (length, max) = lengths(vm, args)?;
    // Garbage makes room; if there is none all the same, that is said below.
    vm.has_room(length as usize);
    let buffer = vm.create_from_constructor(
        Kind::ArrayBuffer,
        args.new_target,
        Intrinsic::ArrayBufferPrototype,
    )?;
    fill_new(vm, buffer, length, max)?;
    Ok(buffer.into())
}

/// Gives a new `ArrayBuffer` its bytes.
fn fill_new(vm: &mut Vm, buffer: Obj, length: f64, max: Option<f64>) -> Completion<()> {
    let max = max.map(|max| check_size(vm, max)).transpose()?;
    let bytes = zeroes(vm, length)?;
    let data = vm.heap.new_native(BufferData::local(bytes, max));
    buffer.set_internal(0, data.into());
    Ok(())
}

/// `AllocateArrayBuffer(%ArrayBuffer%, length)`
pub(super) fn allocate(vm: &mut Vm, length: f64) -> Completion<Obj> {
    let bytes = zeroes(vm, length)?;
    Ok(buffer_data::new_array_buffer(vm, bytes))
}

fn is_view(_: &mut Vm, args: &Args<'_>) -> Completion {
    let is_view = args
        .at(0)
        .as_object()
        .is_some_and(|object| matches!(object.kind(), Kind::TypedArray | Kind::DataView));
    Ok(Value::bool(is_view))
}

/// The `TypeError` for a receiver of the wrong kind.
pub(super) fn incompatible(vm: &mut Vm, method: &str, receiver: Value) -> Throw {
    let text = vm.display_receiver(receiver);
    vm.throw_type(format!(
        "Method {method} called on incompatible receiver {text}"
    ))
}

/// The `TypeError` for a buffer that is detached.
pub(super) fn detached(vm: &mut Vm, method: &str) -> Throw {
    vm.throw_type(format!("Cannot perform {method} on a detached ArrayBuffer"))
}

/// `this`, which must be a buffer of this kind.
pub(super) fn this_buffer(vm: &mut Vm, this: Value, kind: Kind, method: &str) -> Completion<Obj> {
    match this.as_object().filter(|object| object.kind() == kind) {
        Some(buffer) => Ok(buffer),
        None => Err(incompatible(vm, method, this)),
    }
}

/// The most bytes the buffer can hold, if its length can change.
pub(super) fn max_of(buffer: Obj) -> Option<usize> {
    with_data(data_of(buffer), BufferData::max_len).flatten()
}

fn get_byte_length(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let buffer = this_buffer(
        vm,
        args.this,
        Kind::ArrayBuffer,
        "get ArrayBuffer.prototype.byteLength",
    )?;
    Ok(byte_length(buffer).into())
}

fn get_max_byte_length(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let buffer = this_buffer(
        vm,
        args.this,
        Kind::ArrayBuffer,
        "get ArrayBuffer.prototype.maxByteLength",
    )?;
    if is_detached(buffer) {
        return Ok(Value::ZERO);
    }
    Ok(max_of(buffer).unwrap_or_else(|| byte_length(buffer)).into())
}

fn get_resizable(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let buffer = this_buffer(
        vm,
        args.this,
        Kind::ArrayBuffer,
        "get ArrayBuffer.prototype.resizable",
    )?;
    Ok(Value::bool(max_of(buffer).is_some()))
}

fn get_detached(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let buffer = this_buffer(
        vm,
        args.this,
        Kind::ArrayBuffer,
        "get ArrayBuffer.prototype.detached",
    )?;
    Ok(Value::bool(is_detached(buffer)))
}

fn resize(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "ArrayBuffer.prototype.resize";
    let buffer = this_buffer(vm, args.this, Kind::ArrayBuffer, METHOD)?;
    let Some(max) = max_of(buffer) else {
        return Err(incompatible(vm, METHOD, args.this));
    };
    let message = |_| format!("{METHOD}: Invalid length parameter");
    let length = to_index(vm, args.at(0), message)?;
    if is_detached(buffer) {
        return Err(detached(vm, METHOD));
    }
    if length > max as f64 {
        return Err(vm.throw_range(message(length)));
    }
    buffer_data::resize(vm, data_of(buffer), length as usize)?;
    Ok(Value::UNDEFINED)
}

fn slice(vm: &mut Vm, args: &Args<'_>) -> Completion {
    slice_of(vm, args, Kind::ArrayBuffer, "ArrayBuffer.prototype.slice")
}

/// `slice` of both kinds of buffers.
pub(super) fn slice_of(vm: &mut Vm, args: &Args<'_>, kind: Kind, method: &str) -> Completion {
    let buffer = this_buffer(vm, args.this, kind, method)?;
    if is_detached(buffer) {
        return Err(detached(vm, method));
    }
    let length = byte_length(buffer) as f64;
    let first = vm.relative_index(args.at(0), length, 0.0)?;
    let last = vm.relative_index(args.at(1), length, length)?;
    let new_length = (last - first).max(0.0);
    let species = vm.species_constructor(buffer)?;
    let new = match species.as_object() {
        Some(species) => {
            let new = vm.construct(species, &[Value::number(new_length)], species)?;
            this_buffer(vm, new.into(), kind, method)?
        }
        None if kind == Kind::SharedArrayBuffer => {
            super::shared_array_buffer::allocate(vm, new_length)?
        }
        None => allocate(vm, new_length)?,
    };
    if is_detached(new) {
        return Err(detached(vm, method));
    }
    if new == buffer {
        return Err(vm.throw_type("ArrayBuffer subclass returned this from species constructor"));
    }
    if (byte_length(new) as f64) < new_length {
        return Err(
            vm.throw_type("Derived ArrayBuffer constructor created a buffer which was too small")
        );
    }
    if is_detached(buffer) {
        return Err(detached(vm, method));
    }
    let (source, target) = (data_of(buffer), data_of(new));
    let count = new_length as usize;
    buffer_data::copy_bytes(vm, (source, first as usize), (target, 0), count)?;
    Ok(new.into())
}

fn transfer(vm: &mut Vm, args: &Args<'_>) -> Completion {
    copy_and_detach(vm, args, true, "ArrayBuffer.prototype.transfer")
}

fn transfer_to_fixed_length(vm: &mut Vm, args: &Args<'_>) -> Completion {
    copy_and_detach(
        vm,
        args,
        false,
        "ArrayBuffer.prototype.transferToFixedLength",
    )
}

/// `ArrayBufferCopyAndDetach`
fn copy_and_detach(vm: &mut Vm, args: &Args<'_>, keep_resizable: bool, method: &str) -> Completion {
    let buffer = this_buffer(vm, args.this, Kind::ArrayBuffer, method)?;
    let length = if args.at(0).is_undefined() {
        byte_length(buffer) as f64
    } else {
        to_index(vm, args.at(0), |_| "Invalid array buffer length".to_owned())?
    };
    if is_detached(buffer) {
        return Err(detached(vm, method));
    }
    let max = max_of(buffer).filter(|_| keep_resizable);
    if max.is_some_and(|max| length > max as f64) {
        return Err(vm.throw_range("Invalid array buffer length"));
    }
    let more = (length - byte_length(buffer) as f64).max(0.0);
    check_size(vm, length.max(more))?;
    let Some(mut bytes) = buffer_data::detach(buffer) else {
        return Err(detached(vm, method));
    };
    let length = length as usize;
    let more = length.saturating_sub(bytes.len());
    if bytes.try_reserve_exact(more).is_err() {
        return Err(buffer_data::allocation_failed(vm));
    }
    buffer_data::set_len(vm, &mut bytes, length)?;
    let new = vm.new_intrinsic_object(Kind::ArrayBuffer, Intrinsic::ArrayBufferPrototype);
    let data = vm.heap.new_native(BufferData::local(bytes, max));
    new.set_internal(0, data.into());
    Ok(new.into())
}
