//! Shows the length of a text instead of the text.

use std::fmt::{Debug, Formatter, Result};

/// The length of a text, for `Debug` of values that must not end up in logs.
pub(crate) struct Characters(usize);

impl Characters {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.chars().count())
    }
}

impl Debug for Characters {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "({} characters)", self.0)
    }
}
