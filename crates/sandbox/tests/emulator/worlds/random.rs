//! Random numbers, ids and times.

use serde_json::{Value, json};

/// A random number generator (splitmix64). The same seed gives the same worlds and calls.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    /// True with the probability 1 in `of`.
    pub(super) fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// Ids with gaps, in random order.
pub(super) struct Ids(Vec<i64>);

impl Ids {
    pub(super) fn new(random: &mut Random) -> Self {
        let mut last = 0;
        let mut ids: Vec<i64> = (0..600)
            .map(|_| {
                last += 1 + if random.once_in(4) { i64::try_from(random.below(40)).unwrap() } else { 0 };
                last
            })
            .collect();
        ids.truncate(500);
        random.shuffle(&mut ids);
        Self(ids)
    }

    pub(super) fn take(&mut self) -> i64 {
        self.0.pop().unwrap()
    }
}

/// A time in 2026.
pub(super) fn when(random: &mut Random) -> String {
    format!(
        "2026-0{}-{:02}T{:02}:{:02}:{:02}.000000Z",
        1 + random.below(9),
        1 + random.below(28),
        random.below(24),
        random.below(60),
        random.below(60)
    )
}

/// A time or null.
pub(super) fn maybe_when(random: &mut Random) -> Value {
    if random.once_in(6) { Value::Null } else { json!(when(random)) }
}
