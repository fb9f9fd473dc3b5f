//! The element types. Source: ECMA-262 <https://tc39.es/ecma262/#table-the-typedarray-constructors>.

use num_bigint::BigInt;

use crate::vm::{
    heap::{Heap, bigint::Big},
    machine::{Completion, Vm},
    number,
    realm::Intrinsic,
    value::Value,
};

/// What the elements of a typed array are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are ECMA-262's")]
#[repr(u8)]
pub enum ElementKind {
    Int8,
    Uint8,
    Uint8Clamped,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Float16,
    Float32,
    Float64,
    BigInt64,
    BigUint64,
}

impl ElementKind {
    /// All of them, by number.
    pub const ALL: [Self; 12] = [
        Self::Int8,
        Self::Uint8,
        Self::Uint8Clamped,
        Self::Int16,
        Self::Uint16,
        Self::Int32,
        Self::Uint32,
        Self::Float16,
        Self::Float32,
        Self::Float64,
        Self::BigInt64,
        Self::BigUint64,
    ];

    /// The one of this number.
    #[inline]
    #[must_use]
    pub fn from_int(int: i32) -> Option<Self> {
        Self::ALL.get(usize::try_from(int).ok()?).copied()
    }

    /// Bytes of an element.
    #[inline]
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            Self::Int8 | Self::Uint8 | Self::Uint8Clamped => 1,
            Self::Int16 | Self::Uint16 | Self::Float16 => 2,
            Self::Int32 | Self::Uint32 | Self::Float32 => 4,
            Self::Float64 | Self::BigInt64 | Self::BigUint64 => 8,
        }
    }

    /// Are the elements BigInts?
    #[inline]
    #[must_use]
    pub const fn is_big(self) -> bool {
        matches!(self, Self::BigInt64 | Self::BigUint64)
    }

    /// Are they floating-point numbers?
    #[must_use]
    pub const fn is_float(self) -> bool {
        matches!(self, Self::Float16 | Self::Float32 | Self::Float64)
    }

    /// The name of the typed array class.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Int8 => "Int8Array",
            Self::Uint8 => "Uint8Array",
            Self::Uint8Clamped => "Uint8ClampedArray",
            Self::Int16 => "Int16Array",
            Self::Uint16 => "Uint16Array",
            Self::Int32 => "Int32Array",
            Self::Uint32 => "Uint32Array",
            Self::Float16 => "Float16Array",
            Self::Float32 => "Float32Array",
            Self::Float64 => "Float64Array",
            Self::BigInt64 => "BigInt64Array",
            Self::BigUint64 => "BigUint64Array",
        }
    }

    /// The intrinsic constructor.
    #[must_use]
    pub const fn constructor(self) -> Intrinsic {
        match self {
            Self::Int8 => Intrinsic::Int8Array,
            Self::Uint8 => Intrinsic::Uint8Array,
            Self::Uint8Clamped => Intrinsic::Uint8ClampedArray,
            Self::Int16 => Intrinsic::Int16Array,
            Self::Uint16 => Intrinsic::Uint16Array,
            Self::Int32 => Intrinsic::Int32Array,
            Self::Uint32 => Intrinsic::Uint32Array,
            Self::Float16 => Intrinsic::Float16Array,
            Self::Float32 => Intrinsic::Float32Array,
            Self::Float64 => Intrinsic::Float64Array,
            Self::BigInt64 => Intrinsic::BigInt64Array,
            Self::BigUint64 => Intrinsic::BigUint64Array,
        }
    }

    /// The intrinsic prototype object.
    #[must_use]
    pub const fn prototype(self) -> Intrinsic {
        match self {
            Self::Int8 => Intrinsic::Int8ArrayPrototype,
            Self::Uint8 => Intrinsic::Uint8ArrayPrototype,
            Self::Uint8Clamped => Intrinsic::Uint8ClampedArrayPrototype,
            Self::Int16 => Intrinsic::Int16ArrayPrototype,
            Self::Uint16 => Intrinsic::Uint16ArrayPrototype,
            Self::Int32 => Intrinsic::Int32ArrayPrototype,
            Self::Uint32 => Intrinsic::Uint32ArrayPrototype,
            Self::Float16 => Intrinsic::Float16ArrayPrototype,
            Self::Float32 => Intrinsic::Float32ArrayPrototype,
            Self::Float64 => Intrinsic::Float64ArrayPrototype,
            Self::BigInt64 => Intrinsic::BigInt64ArrayPrototype,
            Self::BigUint64 => Intrinsic::BigUint64ArrayPrototype,
        }
    }

    /// `RawBytesToNumeric`: the value that these bits stand for.
    #[inline]
    pub fn decode(self, heap: &mut Heap, bits: u64) -> Value {
        match self {
            Self::BigInt64 => heap.new_bigint(BigInt::from(bits as i64)).into(),
            Self::BigUint64 => heap.new_bigint(BigInt::from(bits)).into(),
            Self::Uint32 => Value::from(bits as u32),
            Self::Float16 | Self::Float32 | Self::Float64 => Value::number(self.decode_float(bits)),
            _ => Value::int(self.decode_small(bits)),
        }
    }

    fn decode_small(self, bits: u64) -> i32 {
        match self {
            Self::Int8 => i32::from(bits as i8),
            Self::Uint8 | Self::Uint8Clamped => i32::from(bits as u8),
            Self::Int16 => i32::from(bits as i16),
            Self::Uint16 => i32::from(bits as u16),
            _ => bits as i32,
        }
    }

    fn decode_float(self, bits: u64) -> f64 {
        match self {
            Self::Float16 => number::f16_bits_to_f64(bits as u16),
            Self::Float32 => f64::from(f32::from_bits(bits as u32)),
            _ => f64::from_bits(bits),
        }
    }

    /// The number that these bits stand for; of a BigInt type, the nearest.
    #[must_use]
    pub fn decode_f64(self, bits: u64) -> f64 {
        match self {
            Self::BigInt64 => bits as i64 as f64,
            Self::BigUint64 => bits as f64,
            Self::Uint32 => f64::from(bits as u32),
            Self::Float16 | Self::Float32 | Self::Float64 => self.decode_float(bits),
            _ => f64::from(self.decode_small(bits)),
        }
    }

    /// `NumericToRawBytes` of a number. For types that hold numbers.
    #[inline]
    #[must_use]
    pub fn encode(self, number: f64) -> u64 {
        match self {
            Self::Uint8Clamped => u64::from(number::to_uint8_clamp(number)),
            Self::Float16 => u64::from(number::f64_to_f16_bits(number)),
            Self::Float32 => u64::from((number as f32).to_bits()),
            Self::Float64 if number.is_nan() => f64::NAN.to_bits(),
            Self::Float64 => number.to_bits(),
            _ => u64::from(number::to_uint32(number)),
        }
    }

    /// The bits that this value is stored as, if that needs no conversion: a number here, a BigInt there.
    #[must_use]
    pub fn encode_exact(self, value: Value) -> Option<u64> {
        if self.is_big() {
            return Big::from_value(value).map(|big| big.to_u64_wrapping());
        }
        value.as_number().map(|number| self.encode(number))
    }

    /// Converts any value to an element: `ToNumber` or `ToBigInt`, then the raw bytes.
    ///
    /// # Errors
    /// Whatever the conversion throws.
    #[inline]
    pub fn convert(self, vm: &mut Vm, value: Value) -> Completion<u64> {
        if self.is_big() {
            return big_bits(vm, value);
        }
        Ok(self.encode(vm.to_number(value)?))
    }

    /// An integer for these bits: integers compare as `%TypedArray%.prototype.sort` without a comparator does, NaN last.
    #[must_use]
    pub fn to_ordinal(self, bits: u64) -> u64 {
        const SIGN: u64 = 1 << 63;
        match self {
            Self::BigUint64 => bits,
            Self::BigInt64 => bits ^ SIGN,
            Self::Float16 | Self::Float32 | Self::Float64 => {
                let number = self.decode_float(bits);
                if number.is_nan() {
                    return u64::MAX;
                }
                let bits = number.to_bits();
                if bits & SIGN == 0 { bits | SIGN } else { !bits }
            }
            Self::Uint32 => u64::from(bits as u32),
            _ => i64::from(self.decode_small(bits)) as u64 ^ SIGN,
        }
    }

    /// The bits of which [`ElementKind::to_ordinal`] made this integer; NaN is the usual one.
    #[must_use]
    pub fn from_ordinal(self, ordinal: u64) -> u64 {
        const SIGN: u64 = 1 << 63;
        match self {
            Self::BigUint64 | Self::Uint32 => ordinal,
            Self::Float16 | Self::Float32 | Self::Float64 => {
                if ordinal == u64::MAX {
                    return self.encode(f64::NAN);
                }
                self.encode(f64::from_bits(if ordinal & SIGN == 0 {
                    !ordinal
                } else {
                    ordinal ^ SIGN
                }))
            }
            _ => ordinal ^ SIGN,
        }
    }
}

/// The low 64 bits of `ToBigInt(value)`.
fn big_bits(vm: &mut Vm, value: Value) -> Completion<u64> {
    let value = vm.to_bigint(value)?;
    Ok(Big::from_value(value).map_or(0, |big| big.to_u64_wrapping()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_sort_as_numbers() {
        let numbers = [
            f64::NEG_INFINITY,
            -1.5,
            -0.0,
            0.0,
            1e-9,
            2.0,
            f64::INFINITY,
            f64::NAN,
        ];
        let keys = numbers.map(|number| ElementKind::Float64.to_ordinal(number.to_bits()));
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        for (number, key) in numbers.into_iter().zip(keys) {
            let back = f64::from_bits(ElementKind::Float64.from_ordinal(key));
            assert!(back.to_bits() == number.to_bits() || (back.is_nan() && number.is_nan()));
        }
    }

    #[test]
    fn encodes_what_it_decodes() {
        for kind in ElementKind::ALL.into_iter().filter(|kind| !kind.is_big()) {
            assert_eq!(kind.decode_f64(kind.encode(100.0)), 100.0, "{kind:?}");
            assert_eq!(ElementKind::from_int(kind as i32), Some(kind));
        }
        assert_eq!(
            ElementKind::Int8.decode_f64(ElementKind::Int8.encode(200.0)),
            -56.0
        );
        assert_eq!(
            ElementKind::Uint8Clamped.decode_f64(ElementKind::Uint8Clamped.encode(300.0)),
            255.0
        );
        assert_eq!(
            ElementKind::Uint32.decode_f64(ElementKind::Uint32.encode(-1.0)),
            4_294_967_295.0
        );
    }
}
