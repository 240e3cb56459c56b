//! How `Debug` shows texts.

use std::fmt::{Debug, Formatter, Result};

/// How long a text is.
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
