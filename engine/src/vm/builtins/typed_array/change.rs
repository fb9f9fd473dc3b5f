//! The methods that copy and change elements. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object>.

use super::{
    View, attach,
    copy::{convert_bits, copy_elements, copy_forward, is_same_encoding},
    create::{
        create_plain, has_plain_species, mixed, species_create, species_create_over, validate,
    },
};
use crate::vm::{
    builtins::{
        array_buffer::{detached, incompatible},
        buffer_data::{count_part, with_data, write_slice},
    },
    heap::{Kind, Obj},
    limits::PART_BYTES,
    machine::{Args, Completion, Throw, Vm},
    value::Value,
};

/// Declares the methods.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("copyWithin", 2, copy_within),
            ("fill", 1, fill),
            ("reverse", 0, reverse),
            ("set", 1, set),
            ("slice", 2, slice),
            ("subarray", 2, subarray),
            ("toReversed", 0, to_reversed),
            ("with", 2, with),
        ],
    );
}

fn copy_within(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "prototype.copyWithin";
    let (view, len) = validate(vm, args.this, METHOD)?;
    let length = len as f64;
    let to = vm.relative_index(args.at(0), length, 0.0)? as usize;
    let from = vm.relative_index(args.at(1), length, 0.0)? as usize;
    let end = vm.relative_index(args.at(2), length, length)? as usize;
    let count = end.saturating_sub(from).min(len - to.min(len));
    if count > 0 {
        validate(vm, args.this, METHOD)?;
        copy_elements(vm, (&view, from), (&view, to), count)?;
    }
    Ok(args.this)
}

fn fill(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "prototype.fill";
    let (view, len) = validate(vm, args.this, METHOD)?;
    let bits = view.kind.convert(vm, args.at(0))?;
    let start = vm.relative_index(args.at(1), len as f64, 0.0)? as usize;
    let end = vm.relative_index(args.at(2), len as f64, len as f64)? as usize;
    let (_, len) = validate(vm, args.this, METHOD)?;
    let end = end.min(len);
    let size = view.kind.size();
    for start in (start..end).step_by(PART_BYTES / size) {
        let count = (end - start).min(PART_BYTES / size);
        with_data(view.data, |data| {
            data.view_mut(
                view.offset + start * size,
                count * size,
                |bytes| match size {
                    1 => bytes.fill(bits as u8),
                    _ => fill_bytes(bytes, size, bits),
                },
            );
        });
        count_part(vm, view.data, count * size)?;
    }
    Ok(args.this)
}

/// Fills with elements of `size` bytes: writes out a block of them, which is copied over and over.
fn fill_bytes(bytes: &mut [u8], size: usize, bits: u64) {
    const BLOCK: usize = 4096;
    let (block, rest) = bytes.split_at_mut(bytes.len().min(BLOCK));
    block
        .chunks_exact_mut(size)
        .for_each(|element| write_slice(element, bits));
    for part in rest.chunks_mut(BLOCK) {
        let len = part.len();
        part.copy_from_slice(block.get(..len).unwrap_or_default());
    }
}

/// The bytes of some elements, the last element first.
fn turned(view: &View, start: usize, count: usize) -> Vec<u8> {
    let size = view.kind.size();
    let turn = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes.reverse();
        if size > 1 {
            bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
        }
        bytes
    };
    let bytes = with_data(view.data, |data| {
        data.view(view.offset + start * size, count * size, turn)
    });
    bytes.unwrap_or_default()
}

/// Turns the elements of `view` round: parts of its beginning change places with parts of its end.
fn turn(vm: &mut Vm, view: &View, len: usize) -> Completion<()> {
    let part = PART_BYTES / 2 / view.kind.size();
    let (mut start, mut end) = (0, len);
    while end - start > 1 {
        let count = part.min((end - start).div_ceil(2));
        let first = turned(view, start, count);
        let last = turned(view, end - count, count);
        for (at, bytes) in [(start, last), (end - count, first)] {
            let at = view.offset + at * view.kind.size();
            with_data(view.data, |data| {
                data.view_mut(at, bytes.len(), |room| {
                    room.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
                });
            });
        }
        (start, end) = (start + count, (end - count).max(start + count));
        count_part(vm, view.data, 8 * count * view.kind.size())?;
    }
    Ok(())
}

fn reverse(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.reverse")?;
    turn(vm, &view, len)?;
    Ok(args.this)
}

fn to_reversed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.toReversed")?;
    let new = create_plain(vm, view.kind, len)?;
    copy_elements(vm, (&view, 0), (&new, 0), len)?;
    turn(vm, &new, len)?;
    Ok(new.array.into())
}

fn out_of_bounds(vm: &mut Vm) -> Throw {
    vm.throw_range("offset is out of bounds")
}

fn set(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "%TypedArray%.prototype.set";
    let Some(target) = View::of_value(args.this) else {
        return Err(vm.throw_type("this is not a typed array."));
    };
    let offset = vm.to_integer(args.at(1))?;
    if offset < 0.0 {
        return Err(out_of_bounds(vm));
    }
    let Some(length) = target.len() else {
        return Err(detached(vm, METHOD));
    };
    if let Some(source) = View::of_value(args.at(0)) {
        let Some(count) = source.len() else {
            return Err(detached(vm, METHOD));
        };
        if source.kind.is_big() != target.kind.is_big() {
            return Err(mixed(vm));
        }
        if count as f64 + offset > length as f64 {
            return Err(out_of_bounds(vm));
        }
        copy_elements(vm, (&source, 0), (&target, offset as usize), count)?;
        return Ok(Value::UNDEFINED);
    }
    let source = vm.to_object(args.at(0))?;
    vm.root(source);
    let count = vm.length_of(source)?;
    if count + offset > length as f64 {
        return Err(out_of_bounds(vm));
    }
    for index in 0..count as usize {
        vm.work(1)?;
        let key = vm.index_key(index);
        let value = vm.get_o(source, key)?;
        let bits = target.kind.convert(vm, value)?;
        target.set_bits(offset as usize + index, bits);
    }
    Ok(Value::UNDEFINED)
}

fn slice(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "prototype.slice";
    let (view, len) = validate(vm, args.this, METHOD)?;
    let start = vm.relative_index(args.at(0), len as f64, 0.0)? as usize;
    let end = vm.relative_index(args.at(1), len as f64, len as f64)? as usize;
    let count = end.saturating_sub(start);
    let new = species_create(vm, &view, count, METHOD)?;
    if count == 0 {
        return Ok(new.array.into());
    }
    let (_, len) = validate(vm, args.this, METHOD)?;
    let count = end.min(len).saturating_sub(start);
    if view.kind == new.kind {
        copy_forward(vm, &view, start, &new, count)?;
    } else if is_same_encoding(view.kind, new.kind) && view.data != new.data {
        copy_elements(vm, (&view, start), (&new, 0), count)?;
    } else {
        for index in 0..count {
            vm.work(1)?;
            if let Some(bits) = view.bits(start + index) {
                new.set_bits(index, convert_bits(view.kind, new.kind, bits));
            }
        }
    }
    Ok(new.array.into())
}

fn subarray(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "prototype.subarray";
    let Some(view) = View::of_value(args.this) else {
        return Err(incompatible(
            vm,
            "%TypedArray%.prototype.subarray",
            args.this,
        ));
    };
    let len = view.len().unwrap_or(0) as f64;
    let start = vm.relative_index(args.at(0), len, 0.0)?;
    // FAST PATH: the intrinsic class, over a buffer that is there.
    if view.fixed.is_some() && view.len().is_some() {
        let end = vm.relative_index(args.at(1), len, len)?;
        if let (Some(now), Some(buffer)) = (view.len(), view.buffer().as_object())
            && now as f64 == len
            && has_plain_species(vm, &view)
        {
            let offset = view.offset + start as usize * view.kind.size();
            let array = vm.new_intrinsic_object(Kind::TypedArray, view.kind.prototype());
            attach(
                array,
                view.kind,
                buffer,
                offset,
                Some((end - start).max(0.0) as usize),
            );
            return Ok(array.into());
        }
        let begin = Value::number(view.offset as f64 + start * view.kind.size() as f64);
        let count = Value::number((end - start).max(0.0));
        return Ok(
            species_create_over(vm, &view, &[view.buffer(), begin, count], METHOD)?
                .array
                .into(),
        );
    }
    let begin = Value::number(view.offset as f64 + start * view.kind.size() as f64);
    let new = if view.fixed.is_none() && args.at(1).is_undefined() {
        species_create_over(vm, &view, &[view.buffer(), begin], METHOD)?
    } else {
        let end = vm.relative_index(args.at(1), len, len)?;
        let count = Value::number((end - start).max(0.0));
        species_create_over(vm, &view, &[view.buffer(), begin, count], METHOD)?
    };
    Ok(new.array.into())
}

fn with(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = validate(vm, args.this, "prototype.with")?;
    let relative = vm.to_integer(args.at(0))?;
    let index = if relative < 0.0 {
        len as f64 + relative
    } else {
        relative
    };
    let bits = view.kind.convert(vm, args.at(1))?;
    if !(index >= 0.0 && index < view.len().unwrap_or(0) as f64) {
        return Err(vm.throw_range("Invalid typed array index"));
    }
    let new = create_plain(vm, view.kind, len)?;
    copy_elements(vm, (&view, 0), (&new, 0), len)?;
    new.set_bits(index as usize, bits);
    Ok(new.array.into())
}
