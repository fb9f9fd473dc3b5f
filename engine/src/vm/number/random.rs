//! `Math.random`: xorshift128+, as Vigna published it. Fast and well spread, and not for secrets.
//!
//! The seed comes from outside: there is no entropy here, so a run can be repeated.

/// The generator's state, never all zero.
#[derive(Clone, Debug)]
pub struct Random {
    state: [u64; 2],
}

impl Random {
    /// A generator seeded with 128 bits. Seeds that are alike still give unlike sequences: each
    /// word passes through a mixing step first (splitmix64).
    #[must_use]
    pub fn new(seed0: u64, seed1: u64) -> Self {
        let state = [mix(seed0), mix(seed1 ^ 0x6A09_E667_F3BC_C909)];
        if state == [0, 0] {
            return Self { state: [1, 2] };
        }
        Self { state }
    }

    /// What the next number is made of.
    #[must_use]
    pub fn state(&self) -> [u64; 2] {
        self.state
    }

    /// The next 64 bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        let [mut x, y] = self.state;
        let sum = x.wrapping_add(y);
        x ^= x << 23;
        x ^= x >> 18;
        self.state = [y, x ^ y ^ (y >> 5)];
        sum
    }

    /// The next number of [0, 1), a multiple of 2^-53.
    ///
    /// <https://tc39.es/ecma262/#sec-math.random>
    #[inline]
    pub fn next_f64(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }
}

fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_range_and_spreads() {
        let mut random = Random::new(0, 0);
        let mut buckets = [0_u32; 10];
        for _ in 0..100_000 {
            let x = random.next_f64();
            assert!((0.0..1.0).contains(&x));
            buckets[(x * 10.0) as usize] += 1;
        }
        assert!(buckets.iter().all(|&n| (9_500..10_500).contains(&n)));
    }

    #[test]
    fn the_seed_decides() {
        let draw = |a, b| Random::new(a, b).next_u64();
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(2, 1));
    }
}
