//! Randomness enters the runtime here, and only here.
//!
//! Whatever needs random bytes asks the [`Entropy`] that the runtime was built
//! with. [`SystemEntropy`] is the operating system's generator and the only
//! one fit for secrets; [`SeededEntropy`] makes a run repeatable.

use crate::error::EntropyError;

/// A source of random bytes.
pub trait Entropy {
    /// Overwrites all of `bytes` with random ones.
    ///
    /// # Errors
    ///
    /// [`EntropyError`] when the operating system has none to give; `bytes` is
    /// then unspecified and must not be used.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError>;

    /// A uniformly distributed 64-bit number.
    ///
    /// # Errors
    ///
    /// As [`Entropy::fill`].
    fn next_u64(&mut self) -> Result<u64, EntropyError> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }
}

/// The operating system's cryptographic generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(bytes).map_err(|source| EntropyError {
            message: source.to_string(),
        })
    }
}

/// A repeatable generator: the same seed gives the same bytes on every machine.
///
/// The generator is SplitMix64 (Steele, Lea, Flood: "Fast splittable
/// pseudorandom number generators", OOPSLA 2014). It is not fit for secrets.
#[derive(Debug, Clone)]
pub struct SeededEntropy {
    state: u64,
}

impl SeededEntropy {
    /// A generator at the start of the sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn step(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Entropy for SeededEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.step().to_le_bytes();
            for (to, from) in chunk.iter_mut().zip(word) {
                *to = from;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_names_a_sequence() {
        let mut a = SeededEntropy::new(42);
        let mut b = SeededEntropy::new(42);
        let mut c = SeededEntropy::new(43);
        let first = a.next_u64().ok();
        assert_eq!(first, b.next_u64().ok());
        assert_ne!(first, c.next_u64().ok());
    }

    #[test]
    fn splitmix64_gives_its_published_values() {
        let mut seeded = SeededEntropy::new(1_234_567);
        assert_eq!(seeded.next_u64().ok(), Some(6_457_827_717_110_365_317));
        assert_eq!(seeded.next_u64().ok(), Some(3_203_168_211_198_807_973));
    }

    #[test]
    fn the_system_fills_every_length() {
        for len in [0, 1, 7, 8, 9, 4096] {
            let mut bytes = vec![0; len];
            assert!(SystemEntropy.fill(&mut bytes).is_ok());
            assert!(len < 64 || bytes.iter().any(|&byte| byte != 0));
        }
    }
}
