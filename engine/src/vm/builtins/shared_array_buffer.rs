//! `SharedArrayBuffer`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-sharedarraybuffer-objects>.

use std::sync::{Arc, atomic::AtomicU64};

use super::{
    array_buffer::{incompatible, lengths, max_of, slice_of, species, this_buffer, to_index},
    buffer_data::{
        self, BufferData, MAPPED_STEPS, allocation_failed, byte_length, check_size, data_of,
    },
    shared_block::SharedBlock,
};
use crate::vm::{
    heap::{Kind, Obj},
    limits::PART_BYTES,
    machine::{Args, Completion, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares `SharedArrayBuffer`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "SharedArrayBuffer",
        1,
        construct,
        Intrinsic::SharedArrayBuffer,
        Intrinsic::SharedArrayBufferPrototype,
    );
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_getter(constructor, "@@species", species);
    vm.define_getter(prototype, "byteLength", get_byte_length);
    vm.define_getter(prototype, "growable", get_growable);
    vm.define_getter(prototype, "maxByteLength", get_max_byte_length);
    vm.define_methods(prototype, &[("grow", 1, grow), ("slice", 2, slice)]);
    let tag = vm.str("SharedArrayBuffer");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor SharedArrayBuffer requires 'new'"));
    }
    let (length, max) = lengths(vm, args)?;
    let buffer = vm.create_from_constructor(
        Kind::SharedArrayBuffer,
        args.new_target,
        Intrinsic::SharedArrayBufferPrototype,
    )?;
    let block = new_block(vm, length, max)?;
    let data = vm.heap.new_native(BufferData::shared(block, max.is_some()));
    buffer.set_internal(0, data.into());
    Ok(buffer.into())
}

/// `CreateSharedByteDataBlock`: its whole capacity is reserved at once.
fn new_block(vm: &mut Vm, length: f64, max: Option<f64>) -> Completion<Arc<SharedBlock>> {
    let capacity = check_size(vm, max.unwrap_or(length))?;
    if Vec::<u8>::new().try_reserve_exact(capacity).is_err() {
        return Err(allocation_failed(vm));
    }
    let mut words = Vec::with_capacity(capacity.div_ceil(8));
    for start in (0..capacity.div_ceil(8)).step_by(PART_BYTES / 8) {
        let end = capacity.div_ceil(8).min(start + PART_BYTES / 8);
        words.extend((start..end).map(|_| AtomicU64::new(0)));
        vm.work_bytes((end - start) * 8)?;
    }
    vm.work(MAPPED_STEPS)?;
    Ok(Arc::new(SharedBlock::of_words(
        words,
        length as usize,
        capacity,
    )))
}

/// `AllocateSharedArrayBuffer(%SharedArrayBuffer%, length)`
pub(super) fn allocate(vm: &mut Vm, length: f64) -> Completion<Obj> {
    let block = new_block(vm, length, None)?;
    Ok(buffer_data::new_shared_array_buffer(vm, block, false))
}

fn get_byte_length(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let method = "get SharedArrayBuffer.prototype.byteLength";
    let buffer = this_buffer(vm, args.this, Kind::SharedArrayBuffer, method)?;
    Ok(byte_length(buffer).into())
}

fn get_growable(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let method = "get SharedArrayBuffer.prototype.growable";
    let buffer = this_buffer(vm, args.this, Kind::SharedArrayBuffer, method)?;
    Ok(Value::bool(max_of(buffer).is_some()))
}

fn get_max_byte_length(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let method = "get SharedArrayBuffer.prototype.maxByteLength";
    let buffer = this_buffer(vm, args.this, Kind::SharedArrayBuffer, method)?;
    Ok(max_of(buffer).unwrap_or_else(|| byte_length(buffer)).into())
}

fn grow(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "SharedArrayBuffer.prototype.grow";
    let buffer = this_buffer(vm, args.this, Kind::SharedArrayBuffer, METHOD)?;
    let Some(max) = max_of(buffer) else {
        return Err(incompatible(vm, METHOD, args.this));
    };
    let message = |_| format!("{METHOD}: Invalid length parameter");
    let length = to_index(vm, args.at(0), message)?;
    if length > max as f64 || length < byte_length(buffer) as f64 {
        return Err(vm.throw_range(message(length)));
    }
    buffer_data::resize(vm, data_of(buffer), length as usize)?;
    Ok(Value::UNDEFINED)
}

fn slice(vm: &mut Vm, args: &Args<'_>) -> Completion {
    slice_of(
        vm,
        args,
        Kind::SharedArrayBuffer,
        "SharedArrayBuffer.prototype.slice",
    )
}
