//! Versions, and which one a verdict requires.

use std::fmt;

use super::item::Verdict;

/// The rule as a text.
pub(super) const RULE: &str = "before 1.0, a breaking change increments the second number and any other change the \
    third (`cargo update` does not replace `0.1` with `0.2`); from 1.0 on, a breaking change increments the first number \
    and any other change the second; documentation and order need no release";

/// A version of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u64; 3]);

impl Version {
    /// Parses a version such as `0.1.0`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.split(['-', '+']).next().unwrap_or(text);
        let numbers: Vec<_> = plain.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        Some(Self(numbers.try_into().ok()?))
    }

    /// Returns the version that a change with this verdict requires.
    #[must_use]
    pub fn after(self, verdict: Verdict) -> Self {
        let Self([major, minor, patch]) = self;
        match (verdict, major) {
            (Verdict::Unchanged | Verdict::Documentation, _) => self,
            (Verdict::Compatible, 0) => Self([0, minor, patch + 1]),
            (Verdict::Breaking, 0) => Self([0, minor + 1, 0]),
            (Verdict::Compatible, _) => Self([major, minor + 1, 0]),
            (Verdict::Breaking, _) => Self([major + 1, 0, 0]),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}
