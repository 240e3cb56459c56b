//! A reproducible sequence of random numbers.

/// A sequence of numbers that depends only on its seed (`SplitMix64`).
#[derive(Debug)]
pub(super) struct RandomSequence(u64);

impl RandomSequence {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number, from 0 to below 1.
    pub(super) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let high = u32::try_from(mixed >> 32).unwrap_or(u32::MAX);
        f64::from(high) / (f64::from(u32::MAX) + 1.0)
    }
}
