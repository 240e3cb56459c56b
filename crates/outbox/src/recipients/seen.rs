//! Finds duplicates.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A prime, so that keys with a common ending, such as a block of numbers, are distributed evenly.
const SHARDS: usize = 83;

/// The keys of all recipients so far, with the line of each.
///
/// A key is a phone number of at most 15 digits and so fits into a `u64`. Keys are compared whole: there are no
/// collisions. Each shard grows on its own, so that the whole never exists twice.
pub(super) struct Seen {
    /// The halves of a key and its line. Three `u32` take 12 bytes where a `u64` and a `u32` take 16.
    shards: Vec<HashMap<[u32; 2], u32>>,
    /// Keys that do not fit.
    others: HashMap<String, u32>,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { shards: vec![HashMap::new(); SHARDS], others: HashMap::new() }
    }

    /// Adds a key. If it was added before, returns the line from then and keeps that.
    pub(super) fn add(&mut self, key: &str, line: u64) -> Option<u64> {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        // A leading zero would be lost. No calling code has one.
        let number = key.parse::<u64>().ok().filter(|_| !key.starts_with(['0', '+']));
        if let Some(number) = number {
            let shard = usize::try_from(number % SHARDS as u64).unwrap_or_default();
            let halves =
                [number >> 32, number & u64::from(u32::MAX)].map(|half| u32::try_from(half).unwrap_or_default());
            match self.shards[shard].entry(halves) {
                Entry::Occupied(first) => return Some((*first.get()).into()),
                Entry::Vacant(vacant) => vacant.insert(line),
            };
        } else {
            match self.others.entry(key.to_owned()) {
                Entry::Occupied(first) => return Some((*first.get()).into()),
                Entry::Vacant(vacant) => vacant.insert(line),
            };
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn the_first_line_of_a_key_stays() {
        let mut seen = Seen::new();
        let long = "1".repeat(30);
        for key in ["5511900000001", "05511900000001", &long] {
            assert_eq!(seen.add(key, 2), None, "{key}");
            assert_eq!(seen.add(key, 5), Some(2), "{key}");
            assert_eq!(seen.add(key, 9), Some(2), "{key}");
        }
    }

    #[test]
    fn keys_that_share_a_shard_differ() {
        let mut seen = Seen::new();
        let keys = (0..1_000_u64).map(|at| (5_511_900_000_000 + at * 83).to_string());
        assert!(keys.enumerate().all(|(line, key)| seen.add(&key, line as u64 + 2).is_none()));
    }
}
