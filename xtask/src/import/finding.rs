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
    /// Whether nothing is left out, but the import decided something that the document does not say.
    pub is_review: bool,
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
        Self { line: at.line(), pointer: at.pointer(), reason, is_review: false }
    }

    /// Something that the document does not say, which the import decided.
    pub(super) fn review(at: &At<'_>, reason: impl Into<String>) -> Self {
        Self { is_review: true, ..Self::at(at, reason) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, pointer, reason, .. } = self;
        match pointer.as_str() {
            "" => f.write_str(reason),
            pointer => write!(f, "line {line}, {pointer}: {reason}"),
        }
    }
}

/// The result of a step that can meet what a spec cannot express.
pub(super) type Result<T> = std::result::Result<T, Finding>;
