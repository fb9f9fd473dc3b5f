//! Rounding to narrower floats: binary32 and binary16.

/// The number as binary32 has it, rounded once, ties to even.
///
/// <https://tc39.es/ecma262/#sec-math.fround>
#[inline]
#[must_use]
pub fn fround(x: f64) -> f64 {
    f64::from(x as f32)
}

/// The number as binary16 has it, rounded once, ties to even.
///
/// <https://tc39.es/ecma262/#sec-math.f16round>
#[must_use]
pub fn f16round(x: f64) -> f64 {
    f16_bits_to_f64(f64_to_f16_bits(x))
}

/// The bits of the nearest binary16. NaN is the quiet one, without a payload.
#[must_use]
pub fn f64_to_f16_bits(x: f64) -> u16 {
    /// The mantissa bits that binary16 has not.
    const DROPPED: u32 = 52 - 10;
    let sign = ((x.to_bits() >> 48) & 0x8000) as u16;
    let magnitude = x.abs();
    if x.is_nan() {
        return 0x7E00;
    }
    // Half-way between the largest finite number and 2^16, and beyond.
    if magnitude >= 65520.0 {
        return sign | 0x7C00;
    }
    // Subnormal: multiples of 2^-24. Multiplying by a power of two is exact.
    if magnitude < f64::from_bits((1023 - 14) << 52) {
        return sign | (magnitude * 16_777_216.0).round_ties_even() as u16;
    }
    // Normal: move the exponent's bias, then round; a carry out of the mantissa is right.
    let bits = magnitude.to_bits() - ((1023 - 15) << 52);
    let odd = (bits >> DROPPED) & 1;
    let rounded = bits + ((1 << (DROPPED - 1)) - 1) + odd;
    sign | (rounded >> DROPPED) as u16
}

/// The number that these bits of binary16 stand for.
#[must_use]
pub fn f16_bits_to_f64(bits: u16) -> f64 {
    let mantissa = f64::from(bits & 0x3FF);
    let magnitude = match (bits >> 10) & 0x1F {
        0 => mantissa / 16_777_216.0,
        0x1F if mantissa == 0.0 => f64::INFINITY,
        0x1F => f64::NAN,
        exponent => {
            let power = f64::from_bits((u64::from(exponent) + 1023 - 15) << 52);
            (1.0 + mantissa / 1024.0) * power
        }
    };
    if bits & 0x8000 == 0 {
        magnitude
    } else {
        -magnitude
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_survives() {
        for bits in 0..=u16::MAX {
            let x = f16_bits_to_f64(bits);
            if !x.is_nan() {
                assert_eq!(f64_to_f16_bits(x), bits);
            }
        }
    }

    #[test]
    fn rounds_once_to_even() {
        for bits in 0..0x7BFF_u16 {
            let (low, high) = (f16_bits_to_f64(bits), f16_bits_to_f64(bits + 1));
            let middle = (low + high) / 2.0;
            assert_eq!(f64_to_f16_bits(middle), bits + (bits & 1));
            assert_eq!(f64_to_f16_bits(middle.next_down()), bits);
            assert_eq!(f64_to_f16_bits(middle.next_up()), bits + 1);
        }
        assert_eq!(f64_to_f16_bits(65519.999), 0x7BFF);
        assert_eq!(f64_to_f16_bits(65520.0), 0x7C00);
        assert_eq!(f64_to_f16_bits(-1e300), 0xFC00);
        assert_eq!(f64_to_f16_bits(-0.0), 0x8000);
        assert!(f16round(f64::NAN).is_nan());
        assert_eq!(fround(5.05), 5.050000190734863);
    }
}
