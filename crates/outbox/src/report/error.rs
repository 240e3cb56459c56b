//! The error of a report.

use std::{error, fmt, io};

use crate::error::LedgerError;

/// The error of [`Ledger::report`](crate::Ledger::report).
#[derive(Debug)]
#[non_exhaustive]
pub enum ReportError {
    /// The ledger could not be read.
    Ledger(LedgerError),
    /// The file could not be written.
    Write(io::Error),
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(error) => error.fmt(f),
            Self::Write(_) => f.write_str("the report could not be written"),
        }
    }
}

impl error::Error for ReportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            // The text is that of the error itself.
            Self::Ledger(error) => error.source(),
            Self::Write(error) => Some(error),
        }
    }
}

impl From<LedgerError> for ReportError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}
