//! Errors in a spec.

use std::fmt;

/// An error in a spec, with its location.
#[derive(Debug, PartialEq, Eq)]
pub struct SpecError {
    /// The path of the file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The JSON pointer of the value.
    pub pointer: String,
    /// What is wrong, and how to fix it.
    pub message: String,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for SpecError {}

/// The result of reading a spec.
pub type Result<T> = std::result::Result<T, SpecError>;
