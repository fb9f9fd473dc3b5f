//! Copying elements between typed arrays.

use super::{ElementKind, View};
use crate::vm::{
    builtins::buffer_data::{copy_bytes, count_part, with_data},
    limits::PART_BYTES,
    machine::{Completion, Vm},
    value::Value,
};

/// Elements that a conversion handles at a time.
const CHUNK: usize = 4096;

/// Are elements of the one kind elements of the other, bit by bit?
#[must_use]
pub(super) fn is_same_encoding(from: ElementKind, to: ElementKind) -> bool {
    let is_float = from.is_float() || to.is_float();
    let fits = to != ElementKind::Uint8Clamped || from == ElementKind::Uint8;
    from == to || (from.size() == to.size() && !is_float && fits)
}

/// Converts a raw element of one kind to one of another kind of the same content type.
#[must_use]
pub(super) fn convert_bits(from: ElementKind, to: ElementKind, bits: u64) -> u64 {
    if is_same_encoding(from, to) {
        bits
    } else {
        to.encode(from.decode_f64(bits))
    }
}

/// Copies elements (as many of them as there are and fit) from one typed array to another of the same content type, as if
/// by way of a copy.
///
/// # Errors
/// `RangeError` when there is no memory for that copy; as [`Vm::work`].
pub(super) fn copy_elements(
    vm: &mut Vm,
    (source, from): (&View, usize),
    (target, to): (&View, usize),
    count: usize,
) -> Completion<()> {
    let left = |view: &View, at: usize| view.len().unwrap_or(0).saturating_sub(at);
    let count = count.min(left(source, from)).min(left(target, to));
    if is_same_encoding(source.kind, target.kind) {
        let size = source.kind.size();
        let (from, to) = (source.offset + from * size, target.offset + to * size);
        if source.data == target.data {
            return move_bytes(vm, source.data, from, to, count * size);
        }
        return copy_bytes(vm, (source.data, from), (target.data, to), count * size);
    }
    if source.data != target.data {
        for done in (0..count).step_by(CHUNK) {
            let mut elements = source.bits_range(from + done, from + count.min(done + CHUNK));
            for bits in &mut elements {
                *bits = convert_bits(source.kind, target.kind, *bits);
            }
            target.set_bits_range(to + done, &elements);
            vm.work(CHUNK / 4)?;
        }
        return Ok(());
    }
    // Within one buffer the parts may overlap, so all is read before anything is written.
    let mut elements = source.all_bits(vm, from, from + count)?;
    for part in elements.chunks_mut(CHUNK) {
        for bits in part {
            *bits = convert_bits(source.kind, target.kind, *bits);
        }
        vm.work(CHUNK / 4)?;
    }
    target.set_all_bits(vm, to, &elements)
}

/// Copies bytes within a block, as if by way of a copy.
fn move_bytes(vm: &mut Vm, cell: Value, from: usize, to: usize, count: usize) -> Completion<()> {
    for done in (0..count).step_by(PART_BYTES) {
        let part = PART_BYTES.min(count - done);
        // The part that another one would overwrite goes first.
        let at = if from < to { count - done - part } else { done };
        with_data(cell, |data| data.copy_within(from + at, to + at, part));
        count_part(vm, cell, part)?;
    }
    Ok(())
}

/// Copies elements of the same encoding byte by byte, first to last, even when the parts overlap, as
/// `%TypedArray%.prototype.slice` does.
///
/// # Errors
/// As [`Vm::work`].
pub(super) fn copy_forward(
    vm: &mut Vm,
    source: &View,
    from: usize,
    target: &View,
    count: usize,
) -> Completion<()> {
    let size = source.kind.size();
    let (from, to) = (source.offset + from * size, target.offset);
    let count = count.min(target.len().unwrap_or(0)) * size;
    if source.data != target.data {
        return copy_bytes(vm, (source.data, from), (target.data, to), count);
    }
    for done in (0..count).step_by(PART_BYTES) {
        let end = count.min(done + PART_BYTES);
        with_data(source.data, |data| {
            for index in done..end {
                if let Some(byte) = data.read(from + index, 1) {
                    data.write(to + index, 1, byte);
                }
            }
        });
        vm.work((end - done) / 8)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_kinds_share_their_bits() {
        use ElementKind::{BigInt64, BigUint64, Float32, Int8, Int32, Uint8, Uint8Clamped, Uint32};
        for (from, to) in [
            (Int8, Uint8),
            (Uint8Clamped, Int8),
            (Uint8, Uint8Clamped),
            (Int32, Uint32),
            (BigInt64, BigUint64),
        ] {
            assert!(is_same_encoding(from, to), "{from:?} {to:?}");
        }
        for (from, to) in [
            (Int8, Uint8Clamped),
            (Float32, Uint32),
            (Int32, Float32),
            (Int8, Int32),
        ] {
            assert!(!is_same_encoding(from, to), "{from:?} {to:?}");
        }
        assert_eq!(convert_bits(Int8, Uint8Clamped, 0xFF), 0);
    }
}
