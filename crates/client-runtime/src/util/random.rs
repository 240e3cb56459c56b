//! Random texts.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

/// The length of a [`hex`].
pub(crate) const HEX: usize = 32;

/// Returns a random text of 32 hexadecimal digits, so that no other text contains it by chance or by design.
pub(crate) fn hex() -> String {
    let random = RandomState::new();
    let bytes = [random.hash_one(0_u8), random.hash_one(1_u8)].map(u64::to_ne_bytes);
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
    let digits: Vec<u8> = bytes.as_flattened().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect();
    String::from_utf8(digits).expect("digits are ASCII")
}
