//! What an import reports about its document.

use std::fmt;

use crate::document::At;

/// A place in the document, and what the import does not take from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line, from 1.
    pub line: usize,
    /// The JSON pointer.
    pub pointer: String,
    /// What cannot be expressed, and what to do about it.
    pub reason: String,
}

/// The longest reason, in characters. A longer one quotes a part of the document, and is cut.
const LONGEST: usize = 1000;

impl Finding {
    pub(super) fn at(at: &At<'_>, reason: impl Into<String>) -> Self {
        let reason: String = reason.into();
        let reason = match reason.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &reason[..end]),
            None => reason,
        };
        Self { line: at.line(), pointer: at.pointer(), reason }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.pointer, self.reason)
    }
}

/// The result of a step that can meet what a spec cannot express.
pub(super) type Result<T> = std::result::Result<T, Finding>;
