//! A difference between a page, the page model and the spec.

use std::fmt;

/// A difference.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The name of the spec.
    pub api: String,
    /// The instance whose page differs; `None` if the page model differs from the spec.
    pub page: Option<String>,
    /// The operation, or `all`.
    pub operation: String,
    /// What differs in the operation, such as `form city`.
    pub what: String,
    /// What both sides say.
    pub sides: String,
    /// How to resolve it.
    pub help: String,
    /// The file and the line.
    pub at: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}: {}. {}", self.at, self.operation, self.what, self.sides, self.help)
    }
}

/// Stands for all operations in a difference that concerns the whole API.
pub(super) const ALL: &str = "all";
