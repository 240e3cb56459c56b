//! A difference between what two sides say.

use std::fmt;

/// A difference.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// Name of the spec that it is about.
    pub api: String,
    /// The instance whose page says otherwise; none if it is what the pages say together.
    pub page: Option<String>,
    /// Operation, or `all`.
    pub place: String,
    /// What differs there.
    pub what: String,
    /// What each side says.
    pub said: String,
    /// What to do about it.
    pub help: String,
    /// File and line.
    pub at: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}: {}. {}", self.at, self.place, self.what, self.said, self.help)
    }
}

/// The place of what an API says of the whole.
pub(super) const ALL: &str = "all";
