//! Copying elements between typed arrays.

use super::{ElementKind, View};
use crate::vm::builtins::buffer_data::with_data;

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
pub(super) fn copy_elements(source: &View, from: usize, target: &View, to: usize, count: usize) {
    let left = |view: &View, at: usize| view.len().unwrap_or(0).saturating_sub(at);
    let count = count.min(left(source, from)).min(left(target, to));
    if is_same_encoding(source.kind, target.kind) {
        return copy_bytes(source, from, target, to, count);
    }
    // Within one buffer the parts may overlap, so all is read before anything is written.
    let chunk = if source.data == target.data {
        count.max(1)
    } else {
        CHUNK
    };
    for done in (0..count).step_by(chunk) {
        let mut elements = source.bits_range(from + done, from + count.min(done + chunk));
        for bits in &mut elements {
            *bits = convert_bits(source.kind, target.kind, *bits);
        }
        target.set_bits_range(to + done, &elements);
    }
}

fn copy_bytes(source: &View, from: usize, target: &View, to: usize, count: usize) {
    let size = source.kind.size();
    let (from, to, count) = (
        source.offset + from * size,
        target.offset + to * size,
        count * size,
    );
    if source.data == target.data {
        with_data(source.data, |data| data.copy_within(from, to, count));
        return;
    }
    with_data(source.data, |data| {
        data.view(from, count, |bytes| {
            with_data(target.data, |data| {
                data.view_mut(to, bytes.len(), |room| {
                    let len = room.len().min(bytes.len());
                    if let (Some(room), Some(bytes)) = (room.get_mut(..len), bytes.get(..len)) {
                        room.copy_from_slice(bytes);
                    }
                });
            });
        });
    });
}

/// Copies elements of the same encoding byte by byte, first to last, even when the parts overlap, as
/// `%TypedArray%.prototype.slice` does.
pub(super) fn copy_forward(source: &View, from: usize, target: &View, count: usize) {
    if source.data != target.data {
        return copy_bytes(
            source,
            from,
            target,
            0,
            count.min(target.len().unwrap_or(0)),
        );
    }
    let size = source.kind.size();
    let (from, to) = (source.offset + from * size, target.offset);
    let count = count.min(target.len().unwrap_or(0)) * size;
    with_data(source.data, |data| {
        data.view_mut(0, usize::MAX, |bytes| {
            for index in 0..count {
                if let Some(&byte) = bytes.get(from + index)
                    && let Some(target) = bytes.get_mut(to + index)
                {
                    *target = byte;
                }
            }
        });
    });
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
