//! Programs that nobody wrote: what the `fuzz` binary feeds the engine with.
//!
//! Everything comes from a seed, so that a number is enough to see a finding again. `generate.rs` makes programs that are
//! valid, end by themselves and print what they compute (to be compared with another engine's output); `mutate.rs` damages
//! programs that somebody did write.

mod generate;
mod mutate;

pub use generate::program;
pub use mutate::mutate;

/// A generator of pseudo-random numbers (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The generator of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 if that is 0.
    pub const fn below(&mut self, n: usize) -> usize {
        if n == 0 {
            return 0;
        }
        (self.next() % n as u64) as usize
    }

    /// True once in `n` times.
    pub const fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of them.
    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_program_again() {
        assert_eq!(program(7), program(7));
        assert_ne!(program(7), program(8));
        let text = program(9);
        assert_eq!(
            mutate(&mut Rng::new(3), &text, "let x = 1;"),
            mutate(&mut Rng::new(3), &text, "let x = 1;")
        );
    }
}
